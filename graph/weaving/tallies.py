"""A tally that somebody keeps is of one event: "29,514 killed since October 7" and, weeks later, "33,482 killed"."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from itertools import pairwise

from msgspec import structs

from ..types import Figure, When
from . import cases
from .cases import Case, Scene

Reasons = Mapping[str, list[str]]
Figures = Mapping[str, list[Figure]]

KEPT = frozenset({"killed", "injured", "missing", "arrested", "displaced"})  # what is counted on and on


def with_tallies(found: Iterable[Case], figures: Figures, scene: Scene, reasons: Reasons) -> list[Case]:
    """The cases, those joined whose numbers are one tally: of one source and place, of many days, never less."""
    now = {case.mentions[0]: case for case in found}
    by_tally: dict[tuple[str, str], dict[str, float]] = defaultdict(dict)
    for first, case in now.items():
        for of, source, count in tallies_of(case, figures):
            by_tally[of, source][first] = count
    joined: dict[str, str] = {}
    for (of, _), counts in sorted(by_tally.items()):
        dated = [first for first in counts if now[first].published]
        dated.sort(key=lambda first: (now[first].published, counts[first]))
        for one, other in pairwise(dated):
            root = joined.get(one, one)
            if other in joined or root == other or counts[one] > counts[other]:
                continue
            if _goes_on(now[root], now[other], scene):
                now[root] = _both(now[root], now.pop(other), scene)
                reasons[other].append(f"one tally of the {of} by one source")
                joined[other] = root
                for moved, to in joined.items():
                    joined[moved] = root if to == other else to
    return list(now.values())


def tallies_of(case: Case, figures: Figures) -> set[tuple[str, str, float]]:
    """What somebody counts in a case that is of more than some days, with its number."""
    if case.status != "real" or cases.short(case.when) or len(case.articles) != 1:
        return set()
    told = (figure for mention in case.mentions for figure in figures.get(mention, ()))
    return {(f.of, f.source, f.count) for f in told if f.source and f.of in KEPT and not f.part and f.form == "number"}


def _goes_on(one: Case, other: Case, scene: Scene) -> bool:
    """Whether the later case can be the earlier one gone on: in the same place, by the same, told in the same words."""
    if not one.articles.isdisjoint(other.articles) or not scene.nested(one.places, other.places):
        return False
    first, second = (structs.replace(case, when=None, stamps=frozenset()) for case in (one, other))
    return not cases.at_odds(first, second, scene) and "words" in cases.ties(first, second, scene)


def _both(one: Case, other: Case, scene: Scene) -> Case:
    """The case of both, from the first day of the one to the last of the other."""
    return structs.replace(cases.joined(one, other, scene), when=_span(one.when, other.when))


def _span(one: When | None, other: When | None) -> When | None:
    if one is None or one.earliest is None or other is None or other.latest is None:
        return cases.tighter(one, other)
    latest = max(other.latest, one.latest) if one.latest else other.latest
    return structs.replace(one, latest=latest, precision="interval")
