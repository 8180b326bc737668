"""Cases that are one event: which are compared, and how they are joined, the surest first.

First those of an article are joined, then those of the articles that cover one happening, then those of all articles.
Mentions of one happening are compared where they share a word or a family of words, or where their vectors are near (or
their types, without vectors): in an article and over the articles that cover it. A pair is joined where the trained
score of its mentions is high enough on average. Over all articles, two cases that share a type, actors or places, and
days are compared by these alone.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from itertools import combinations, islice, product

import numpy as np
from msgspec import Struct

from ..types import UNIT
from . import cases
from .cases import Case, Scene
from .linkage import MANY, Bond, Pair, linked
from .sameness import Judged, Sameness, clauses_differ, of_one_root
from .telling import Told
from .wordkin import ROOT

CLOSE = 0.35  # cosine of two articles from which they tell the same story, so that less must agree
ENOUGH = 0.35  # how sure a pair of groups must be on average
AGREED = 0.95  # how sure type, actors and days make it
NEAREST = 20  # how many mentions of other words a mention is compared with
NEAR = 0.75  # cosine
LATEST = 1000  # mentions of a happening among which the nearest are looked for
ROWS = 256  # mentions whose nearest are looked for at a time
NEIGHBOURS = 40  # how many cases of one block a case is compared with

UNLIKE = Judged(0.0, "", ())  # of mentions that cannot be of one event

Reasons = dict[str, list[str]]


class Bonds(Struct):
    """What ties numbered cases, and why the surest pairs of their mentions are of one event, in words."""

    ties: dict[Pair, Bond] = {}
    why: dict[tuple[str, str], str] = {}


class Joiner:
    """Joins cases of one event; knows what each of their mentions tells."""

    def __init__(self, scene: Scene, judge: Sameness, told: Mapping[str, Told]):
        self._scene = scene
        self._judge = judge
        self._told = told

    def here(self, found: list[Case], reasons: Reasons) -> list[Case]:
        """The cases of one article, joined where they are one event."""
        return self._joined(found, self.scored(found, within=True), reasons)

    def _apart(self, one: Case, other: Case) -> bool:
        """Whether two cases, the earlier one first, are two: by what is certain, of types by other parties, and where
        their articles do not tell the same story, by what is denied or only planned.
        """
        here, typed = one.articles == other.articles, one.typed and other.typed
        if cases.surely_two(one, other, self._scene) or (here and cases.clash(other, one)):
            return True
        if typed and cases.other_parties(one, other, self._scene):
            return True
        if (cases.denied(one, other) or (typed and one.status != other.status)) and not self._one_story(one, other):
            return True
        told = ((self._told[a], self._told[b]) for a in one.mentions for b in other.mentions)
        pairs = ((a, b) if a.place < b.place else (b, a) for a, b in told if a.article == b.article)
        return any(_told_apart(earlier, later) or (here and clauses_differ(earlier, later)) for earlier, later in pairs)

    def _one_story(self, one: Case, other: Case) -> bool:
        """Whether two articles of theirs are nearly alike."""
        pairs = product(sorted(one.articles), sorted(other.articles))
        return any(a != b and self._judge.articles_alike(a, b) >= CLOSE for a, b in pairs)

    def over(self, found: list[Case], reasons: Reasons) -> list[Case]:
        """The cases of the articles on one happening, joined where they are one event."""
        return self._joined(found, self._agreed(found, self.scored(found, within=False)), reasons)

    def everywhere(self, found: list[Case], reasons: Reasons) -> list[Case]:
        """The cases of all articles, joined where they share enough to be one event."""
        return self._joined(found, self._agreed(found, Bonds()), reasons)

    def _agreed(self, found: list[Case], bonds: Bonds) -> Bonds:
        """The bonds, and those of cases of different articles that share type, actors or places, and days."""
        for one, other in sorted(candidates(found, self._scene)):
            first, second = found[one], found[other]
            if first.articles.isdisjoint(second.articles) and not cases.at_odds(first, second, self._scene):
                ties = cases.ties(first, second, self._scene)
                if _same_event(first, second, ties, self._scene):
                    pair = first.mentions[0], second.mentions[0]
                    bonds.why[pair] = f"same type, {', '.join(sorted(ties))}"
                    many = len(first.mentions) * len(second.mentions)
                    sure = AGREED + len(ties) / 1000  # what shares most is joined first
                    bonds.ties[one, other] = Bond(sure * many, many, 1.0, pair)
        return bonds

    def scored(self, found: list[Case], within: bool) -> Bonds:
        """What ties cases of one happening: those of one article, or of different ones."""
        case_of = {mention: n for n, case in enumerate(found) for mention in case.mentions}
        ties: dict[Pair, Bond] = {}
        sure: dict[tuple[str, str], Judged] = {}
        worded = (self._told[mention] for mention in case_of if not self._scene.mentions[mention].is_coded)
        for one, other in compared(sorted(worded, key=lambda told: told.place), self._scene, within):
            ends = case_of[one.mention], case_of[other.mention]
            if ends[0] != ends[1]:
                may = _may_be_one(one, other) or self._one_story(one.case, other.case)
                judged = self._judge.of(one, other) if may else UNLIKE
                mentions = one.mention, other.mention
                bond = Bond(judged.score, 1, judged.score, mentions)
                pair = min(ends), max(ends)
                ties[pair] = ties[pair] + bond if pair in ties else bond
                if judged.score >= ENOUGH:
                    sure[mentions] = judged
        surest = {bond.pair for bond in ties.values() if bond.best >= ENOUGH}
        return Bonds(ties, {mentions: self._judge.reason(sure[mentions]) for mentions in surest})

    def _joined(self, found: list[Case], bonds: Bonds, reasons: Reasons) -> list[Case]:
        current = dict(enumerate(found))

        def join(one: int, other: int, bond: Bond, sure: float) -> bool:
            if self._apart(current[one], current[other]):
                return False
            first, second = (self._told[mention] for mention in bond.pair)
            where = " and ".join(sorted({first.article, second.article}))
            reasons[second.mention].append(f"{bonds.why[bond.pair]}, in {where} ({min(sure, 0.99):.2f})")
            current[one] = cases.joined(current[one], current.pop(other), self._scene)
            return True

        linked([len(case.mentions) for case in found], bonds.ties, ENOUGH, join)
        return list(current.values())


def _may_be_one(one: Told, other: Told) -> bool:
    """Whether words can make two one event. What is only said is said in words of one root, or of the same thing; over
    articles by somebody who is in both.
    """
    if not (one.case.verbal or other.case.verbal):
        return True
    if one.article != other.article and one.case.actors.isdisjoint(other.case.actors):
        return False
    return of_one_root(one, other) or not one.object.keys().isdisjoint(other.object)


def _told_apart(earlier: Told, later: Told) -> bool:
    """Whether an article tells of another one, or of other days."""
    return later.is_another(earlier) or not cases.overlap(earlier.when, later.when)


def compared(told: Sequence[Told], scene: Scene, within: bool) -> Iterator[tuple[Told, Told]]:
    """Pairs of mentions of one happening, the earlier one first: those of one article, or those of two.

    Each mention is compared with at most `MANY` that share a word with it, the latest ones, and with the `NEAREST` of
    the latest by vector.
    """
    blocks: dict[tuple, list[Told]] = defaultdict(list)
    nearest = _nearest(told)
    for later in told:
        near: dict[str, Told] = {}
        for key in _keys(later, scene):
            alike = (other for other in reversed(blocks[key]) if (other.article == later.article) == within)
            near.update((other.mention, other) for other in islice(alike, MANY))
            blocks[key].append(later)
        alike = (other for other in nearest.get(later.mention, ()) if (other.article == later.article) == within)
        near.update((other.mention, other) for other in alike)
        yield from ((other, later) for other in near.values() if other is not later)


def _nearest(told: Sequence[Told]) -> dict[str, list[Told]]:
    """For each mention those of the `LATEST` before it that are nearest to it by vector, where any are near."""
    placed = [one for one in told if one.vector is not None]
    vectors = np.array([one.vector for one in placed])
    found: dict[str, list[Told]] = defaultdict(list)
    for first in range(0, len(placed), ROWS):
        start = max(0, first - LATEST)
        before = first - start
        likeness = np.einsum("id,jd->ij", vectors[first : first + ROWS], vectors[start : first + ROWS])  # on one thread
        likeness = np.triu(np.tril(likeness, before - 1), before - LATEST)
        rows, columns = np.nonzero(likeness >= NEAR * UNIT**2)
        order = np.lexsort((columns, -likeness[rows, columns], rows))
        for row, column in zip((rows[order] + first).tolist(), (columns[order] + start).tolist(), strict=True):
            nearest = found[placed[row].mention]
            if len(nearest) < NEAREST:
                nearest.append(placed[column])
    return found


def _keys(told: Told, scene: Scene) -> Iterator[tuple]:
    yield "root", told.lemma[:ROOT]
    yield "stem", told.stem
    yield from (("family", number) for number in sorted(told.families))
    if told.case.typed and told.vector is None:
        yield "type", scene.ancestry(told.case.type)[-1]


def candidates(found: list[Case], scene: Scene) -> set[Pair]:
    """Pairs of cases that share a block: type, status, and actors or place, and a day or a time of publication."""
    blocks: dict[tuple, list[int]] = defaultdict(list)
    for index, case in enumerate(found):
        root = scene.ancestry(case.type)[-1]
        for block in _blocks(case) if case.typed else ():
            blocks[(root, case.status, *block)].append(index)
    pairs = set()
    for indices in blocks.values():
        for n, one in enumerate(indices):
            pairs |= {(one, other) for other in indices[n + 1 : n + 1 + NEIGHBOURS]}
    return pairs


def _blocks(case: Case) -> Iterator[tuple]:
    if case.when and cases.short(case.when):
        assert case.when.earliest
        assert case.when.latest
        for n in range((case.when.latest - case.when.earliest).days):
            for name in case.actors or cases.settings(case):
                yield (name, case.when.earliest + timedelta(n))
    actors = sorted(case.actors | case.towards)
    week = case.published.toordinal() // 7 if case.published else None
    for one, other in combinations(actors, 2):
        if week is not None:
            yield from ((one, other, week), (one, other, week + 1))
        elif case.origin is not None:
            yield (one, other, case.origin)
    if case.when and cases.vague(case.when):
        yield from ((name, case.when.earliest) for name in actors)


def _same_event(one: Case, other: Case, ties: frozenset[str], scene: Scene) -> bool:
    """Whether two cases of different articles share enough, nothing speaking against it."""
    actors = len(ties & {"agent", "recipient"})
    if one.modes and other.modes and "manner" not in ties and not (actors == 2 and "day" in ties):
        return False
    if not (cases.short(one.when) and cases.short(other.when)):
        certain = actors == 2 or (bool(actors) and cases.vague(one.when) and cases.vague(other.when))
        return certain and len(ties & {"place", "land", "words"}) > 2 - actors and reported_together(one, other)
    if not one.actors and not other.actors:
        same_setting = scene.quiet(one.type) and bool(cases.settings(one) & cases.settings(other))
        return "place" in ties or {"land", "words"} <= ties or (same_setting and "day" in ties)
    if one.verbal and not (one.participants or other.participants):
        return actors == 2
    if actors == 2 or (actors and "place" in ties):
        return True
    if one.killed and other.killed and one.killed.isdisjoint(other.killed):
        return False
    if actors and ({"land", "words"} <= ties or {"day", "words", "manner"} <= ties):
        return True
    return scene.quiet(one.type) and bool(actors) and {"words", "day"} <= ties


def reported_together(one: Case, other: Case) -> bool:
    """Whether their articles are of one week, or stand undated in one file."""
    if one.published is None or other.published is None:
        return one.origin is not None and one.origin == other.origin
    return abs(one.published - other.published) <= cases.WEEK
