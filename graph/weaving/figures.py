"""The numbers that articles give for events, side by side with who says so, and the one to show."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Literal

from msgspec import structs

from ..types import (
    Article,
    Claim,
    EventValue,
    Factuality,
    Figure,
    Link,
    Mention,
    QuantityValue,
    Reading,
    TimeValue,
    When,
)

ADDED_ALREADY = re.compile(r"[.;]|\b(?:including|among|of (?:them|whom|which))\b")
FORMS: dict[str, Literal["single", "plural"]] = {"quantity:single": "single", "quantity:plural": "plural"}
UP_TO = frozenset({"by", "until", "till", "as"})


def killed_in(reading: Reading) -> dict[str, frozenset[float]]:
    """The numbers of dead that an article gives for each of its event mentions: no parts, dozens or "a soldier"."""
    found: dict[str, set[float]] = defaultdict(set)
    for mention, figures in figures_of(reading, {}).items():
        found[mention] = {f.count for f in figures if f.of == "killed" and not f.part and f.form == "number"}
    return {mention: frozenset(counts) for mention, counts in found.items()}


def figures_of(reading: Reading, resolution: Mapping[str, str]) -> dict[str, list[Figure]]:
    """The numbers that an article gives for each of its event mentions; `resolution` is that of actors."""
    found: dict[str, list[Figure]] = defaultdict(list)
    mentions = {m.id: m for m in reading.mentions}
    told = _links_of(reading, mentions)
    for link in reading.links:
        for event, quantity in ((link.source, link.target), (link.target, link.source)):
            value = mentions[quantity].value if quantity in mentions else None
            if isinstance(value, QuantityValue) and event in mentions and mentions[event].kind == "event":
                figure = _figure(mentions[event], mentions[quantity], told, mentions, reading.article, resolution)
                found[event].append(figure)
    return found


def _links_of(reading: Reading, mentions: Mapping[str, Mention]) -> dict[tuple[str, str], Link]:
    """(number, type) to its first link: who says it, for which days."""
    found: dict[tuple[str, str], Link] = {}
    for link in reading.links:
        if link.type in ("told-by", "holds") and link.source in mentions and mentions[link.source].kind == "quantity":
            found.setdefault((link.source, link.type), link)
    return found


def _figure(
    event: Mention,
    quantity: Mention,
    told: Mapping[tuple[str, str], Link],
    mentions: Mapping[str, Mention],
    article: Article,
    resolution: Mapping[str, str],
) -> Figure:
    value, about = quantity.value, event.value
    assert isinstance(value, QuantityValue)
    assert isinstance(about, EventValue)
    says, dated = told.get((quantity.id, "told-by")), told.get((quantity.id, "holds"))
    speaker = says.target if says else about.source
    return Figure(
        count=value.count,
        of=value.of,
        bound=value.bound,
        mention=quantity.id,
        article=article.id,
        reported=article.day,
        source=resolution.get(speaker) if speaker else None,
        holds=_holds(dated, mentions, article) if dated else _said(about),
        upper=value.upper,
        unit=value.unit,
        part=value.part,
        factuality=about.factuality,
        form=FORMS.get(quantity.rule, "number"),
    )


def _said(event: EventValue) -> When | None:
    """The days that the text gives a verb: "killed since October 7"; a noun's are those of the event alone."""
    return event.when if event.tense and event.when and event.when.phrase else None


def _holds(link: Link, mentions: Mapping[str, Mention], article: Article) -> When | None:
    """The days of a time that stands with a number: since it up to the article's day, by it, or on it."""
    time = mentions[link.target]
    when = time.value.when if isinstance(time.value, TimeValue) else None
    cue = article.text[slice(*link.cue)].lower() if link.cue else ""
    to_come = when and when.earliest and article.day and when.earliest > article.day
    if when is None or to_come:  # of no known day: the words alone
        return When(None, None, "day", f"{cue} {time.text}".strip(), "phrase")
    if cue == "since":
        latest = article.day + timedelta(days=1) if article.day else None
        return When(when.earliest, latest, "interval" if latest else "after", f"{cue} {time.text}", when.rule)
    if cue in UP_TO:
        return When(None, when.latest, "before", f"{cue} {time.text}", when.rule)
    return when


def series(figures: Iterable[Figure]) -> tuple[Figure, ...]:
    """The figures, each once, by what they count, then by day, then by who says so."""
    return tuple(sorted(dict.fromkeys(figures), key=_place_in_series))


def _place_in_series(figure: Figure) -> tuple[str, bool, date, str, str, str]:
    day = figure.reported or (figure.holds.last_day if figure.holds else None)
    return figure.of, day is None, day or date.min, figure.source or "", figure.article, figure.mention


def claims_of(
    own: Iterable[Mention], resolution: Mapping[str, str], articles: Mapping[str, Article]
) -> tuple[Claim, ...]:
    """The versions of an event: each status that each source gives it in each article, as first told."""
    found: dict[tuple[Factuality, str | None, str], Claim] = {}
    for mention in own:
        value, article = mention.value, mention.span.article
        assert isinstance(value, EventValue)
        source = resolution.get(value.source) if value.source else None
        claim = Claim(value.factuality, source, mention.id, article, articles[article].day)
        found.setdefault((claim.factuality, source, article), claim)
    return tuple(found.values())


def totals_of(figures: Sequence[Figure], mentions: Mapping[str, Mention], text: str) -> list[Figure]:
    """One mention's figures with those added up that "and" ties: three sons and four grandchildren; parts left out."""
    totals: list[Figure] = []
    last: dict[str, Figure] = {}
    whole = (figure for figure in figures if not figure.part)
    for figure in sorted(whole, key=lambda figure: mentions[figure.mention].span.start):
        before = last.get(figure.of)
        last[figure.of] = figure
        between = text[mentions[before.mention].span.end : mentions[figure.mention].span.start] if before else ""
        if before and re.search(r"\band\b", between) and not ADDED_ALREADY.search(between):
            index = next(n for n, total in reversed(list(enumerate(totals))) if total.of == figure.of)
            totals[index] = _sum(totals[index], figure)
        else:
            totals.append(figure)
    return totals


def _sum(one: Figure, other: Figure) -> Figure:
    """Both together, as sure as the surer one and bounded where one of them is."""
    upper = (one.upper or one.count) + (other.upper or other.count) if one.upper or other.upper else None
    return structs.replace(
        one,
        count=one.count + other.count,
        upper=upper,
        bound=one.bound or other.bound,
        form=min(one.form, other.form, key=("plural", "number", "single").index),
    )


def best_figure(figures: Sequence[Figure], of: str) -> int | None:
    """The number to show: of the latest report, an exact one before a bound, the highest; none that is denied."""
    wanted = [figure for figure in figures if figure.of == of and not figure.part and figure.form != "plural"]
    wanted = [figure for figure in wanted if figure.factuality != "negated" or figure.count == 0] or wanted
    if not wanted:
        return None
    latest = max((figure.reported.isoformat() if figure.reported else "", figure.article) for figure in wanted)[0]
    last = [f for f in wanted if (f.reported.isoformat() if f.reported else "") == latest]
    return int(max(last, key=lambda figure: (figure.form == "number", figure.bound is None, figure.count)).count)
