"""Which articles cover the same happening: alike in the words that tell most, and of the same days.

What is only described ("the suspect", "a prison") can be the same in two articles if these cover one happening.
"""

import math
from array import array
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from itertools import groupby, islice

import numpy as np
from msgspec import Struct

from ..types import Article
from .rarity import Rarity, Stems

ALIKE = 0.12  # mean cosine of an article with those of its group
TERMS = 100  # of an article: those that tell most
NAMES = 1.5  # what a name counts for against another word
TELLING = 60  # of these, those of which an article must share some with its group
SHARED = 5  # so many
NEAR = timedelta(days=14)
SHORTEST = 3  # letters of a term

Vector = Mapping[str, float]


def coverage(articles: Iterable[Article], vectors: Mapping[str, Vector]) -> dict[str, int]:
    """The number of the group that each article is in, by its id; an article like no other is alone in its group.

    Cosine of the articles' tf-idf `vectors` (their strongest terms first), groups by their mean, in the order of the
    articles.
    """
    groups: list[_Group] = []
    found: dict[str, int] = {}
    for fortnight, some in groupby(articles, key=lambda article: _fortnight(article.day)):
        near = _Near(group for group in groups if _in_reach(fortnight, _fortnight(group.latest)))
        for article in some:
            vector = vectors[article.id]
            group = near.likest(vector, article.day)
            if group is None:
                group = _Group(len(groups))
                groups.append(group)
            group.take(vector, article.day)
            near.put(group, vector)
            found[article.id] = group.number
    return found


class _Group(Struct):
    """Articles on one happening: how many, the day of the one that came last, and how much each term tells in them."""

    number: int
    size: int = 0
    latest: date | None = None
    weights: dict[str, float] = {}
    telling: set[str] = set()  # the terms that tell most of one of them

    def take(self, vector: Vector, day: date | None) -> None:
        """Take in an article."""
        self.size += 1
        self.latest = day
        self.telling.update(_telling(vector))
        for term, weight in vector.items():
            self.weights[term] = self.weights.get(term, 0.0) + weight


class _Postings:
    """The groups that have a term: the place of each, how much it has, and whether the term tells most there (1, 0)."""

    def __init__(self) -> None:
        self.places = array("i")
        self.weights = array("d")
        self.telling = array("d")
        self._rows: dict[int, int] = {}

    def put(self, place: int, weight: float, telling: bool) -> None:
        """Note what a group has of the term by now."""
        row = self._rows.setdefault(place, len(self._rows))
        if row == len(self.places):
            self.places.append(place)
            self.weights.append(weight)
            self.telling.append(telling)
        else:
            self.weights[row] = weight
            self.telling[row] = telling


class _Near:
    """The groups that articles of one fortnight can be of, each at its place."""

    def __init__(self, groups: Iterable[_Group]):
        self._groups: list[_Group] = []
        self._places: dict[int, int] = {}
        self._sizes = array("d")
        self._postings: dict[str, _Postings] = defaultdict(_Postings)
        for group in groups:
            self.put(group, group.weights)

    def put(self, group: _Group, terms: Iterable[str]) -> None:
        """Note how much a group has by now of some terms."""
        place = self._places.setdefault(group.number, len(self._groups))
        if place == len(self._groups):
            self._groups.append(group)
            self._sizes.append(group.size)
        self._sizes[place] = group.size
        for term in terms:
            self._postings[term].put(place, group.weights[term], term in group.telling)

    def likest(self, vector: Vector, day: date | None) -> _Group | None:
        """The group of the same days that shares enough with an article and is most like it, of equals the latest."""
        if not self._groups:
            return None
        shared = self._sums(dict.fromkeys(_telling(vector), 1.0), "telling")
        likeness = self._sums(vector, "weights") / np.frombuffer(self._sizes)
        alike = np.flatnonzero((shared >= SHARED) & (likeness >= ALIKE)).tolist()
        groups = [self._groups[place] for place in alike if _same_days(day, self._groups[place].latest)]
        return max(groups, key=lambda group: (likeness[self._places[group.number]], group.number), default=None)

    def _sums(self, factors: Mapping[str, float], column: str) -> np.ndarray:
        """For each group the sum of what it has of some terms, each times its factor."""
        terms = [term for term in factors if term in self._postings]
        if not terms:
            return np.zeros(len(self._groups))
        held = [self._postings[term] for term in terms]
        places = np.concatenate([np.frombuffer(postings.places, np.int32) for postings in held])
        values = np.concatenate([np.frombuffer(getattr(postings, column)) for postings in held])
        values *= np.repeat([factors[term] for term in terms], [len(postings.places) for postings in held])
        return np.bincount(places, values, len(self._groups))


def _fortnight(day: date | None) -> int | None:
    """The number of the fortnight of a day; days as far from one another as `NEAR` are in one or in two that touch."""
    return day.toordinal() // NEAR.days if day else None


def _in_reach(one: int | None, other: int | None) -> bool:
    """Whether days of two fortnights can be as near as `NEAR`."""
    return one is None or other is None or abs(one - other) <= 1


def _telling(vector: Vector) -> list[str]:
    """The terms that tell most of an article."""
    return list(islice(vector, TELLING))


def vectors_of(stems: Mapping[str, Stems], rarity: Rarity) -> dict[str, Vector]:
    """The strongest terms of articles with their weights, by id, given the stems of each; a vector is of length one."""
    return {article: _vector(own, rarity) for article, own in stems.items()}


def _vector(stems: Stems, rarity: Rarity) -> Vector:
    weights = {
        term: (1 + math.log(n)) * rarity.of(term) * (NAMES if term in stems.names else 1)
        for term, n in stems.counts.items()
        if _is_term(term)
    }
    strongest = sorted(weights, key=lambda term: (-weights[term], term))[:TERMS]
    length = math.sqrt(sum(weights[term] ** 2 for term in strongest)) or 1.0
    return {term: weights[term] / length for term in strongest}


def _is_term(stem: str) -> bool:
    return len(stem) >= SHORTEST and not stem[0].isdigit()


def cosine(one: Vector, other: Vector) -> float:
    """The cosine of two vectors of length one."""
    if len(one) > len(other):
        one, other = other, one
    if one.keys().isdisjoint(other):
        return 0.0
    return sum([weight * other[term] for term, weight in one.items() if term in other])


def _same_days(one: date | None, other: date | None) -> bool:
    return one is None or other is None or abs(one - other) <= NEAR
