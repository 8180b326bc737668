"""The numbers that articles give for events, side by side, and the one to show."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence

from msgspec import structs

from ..types import Figure, Mention, Offsets, QuantityValue, Reading

ADDED_ALREADY = re.compile(r"[.;]|\b(?:including|among|of (?:them|whom|which))\b")


def killed_in(reading: Reading) -> dict[str, frozenset[float]]:
    """The numbers of dead that an article gives for each of its event mentions."""
    found: dict[str, set[float]] = defaultdict(set)
    for mention, figures in figures_of((reading,)).items():
        found[mention] = {figure.count for figure in figures if figure.of == "killed"}
    return {mention: frozenset(counts) for mention, counts in found.items()}


def figures_of(readings: Iterable[Reading]) -> dict[str, list[Figure]]:
    """The numbers given for each event mention."""
    found: dict[str, list[Figure]] = defaultdict(list)
    for reading in readings:
        mentions = {m.id: m for m in reading.mentions}
        for link in reading.links:
            for event, quantity in ((link.source, link.target), (link.target, link.source)):
                value = mentions[quantity].value if quantity in mentions else None
                if isinstance(value, QuantityValue) and event in mentions and mentions[event].kind == "event":
                    article = reading.article
                    figure = Figure(value.count, value.of, value.bound, quantity, article.id, article.day)
                    found[event].append(figure)
    return found


def totals_of(
    figures: Sequence[Figure], mentions: Mapping[str, Mention], text: Callable[[Offsets], str]
) -> list[Figure]:
    """One mention's figures with those added up that "and" ties: three sons and four grandchildren."""
    totals: list[Figure] = []
    last: dict[str, Figure] = {}
    for figure in sorted(figures, key=lambda figure: mentions[figure.mention].span.start):
        before = last.get(figure.of)
        last[figure.of] = figure
        between = text((mentions[before.mention].span.end, mentions[figure.mention].span.start)) if before else ""
        if before and re.search(r"\band\b", between) and not ADDED_ALREADY.search(between):
            index = next(n for n, total in reversed(list(enumerate(totals))) if total.of == figure.of)
            totals[index] = structs.replace(totals[index], count=totals[index].count + figure.count)
        else:
            totals.append(figure)
    return totals


def best_figure(figures: Sequence[Figure], of: str) -> int | None:
    """The number to show: of the latest report, an exact one before a bound, the highest of those."""
    wanted = [figure for figure in figures if figure.of == of]
    if not wanted:
        return None
    latest = max((figure.reported.isoformat() if figure.reported else "", figure.article) for figure in wanted)[0]
    last = [f for f in wanted if (f.reported.isoformat() if f.reported else "") == latest]
    return int(max(last, key=lambda figure: (figure.bound is None, figure.count)).count)
