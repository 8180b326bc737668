"""Which articles cover the same happening: alike in the words that tell most, and of the same days.

What is only described ("the suspect", "a prison") can be the same in two articles if these cover one happening.
"""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from itertools import chain

from ..types import Article
from .rarity import Rarity

ALIKE = 0.12  # mean cosine of an article with those of its group
TERMS = 100  # of an article: those that tell most
NAMES = 1.5  # what a name counts for against another word
TELLING = 60  # of these, those of which an article must share some with its group
SHARED = 5  # so many
NEAR = timedelta(days=14)
SHORTEST = 3  # letters of a term
_NAME = re.compile(r"(?<=[^\W\dA-Z_,] )[A-Z][^\W\d_]{2,}")  # capitalised behind a small letter

Vector = Mapping[str, float]


def coverage(articles: Iterable[Article], vectors: Mapping[str, Vector]) -> dict[str, int]:
    """The number of the group that each article is in, by its id; an article like no other is alone in its group.

    Cosine of the articles' tf-idf `vectors`, groups by their mean, in the order of the articles.
    """
    groups = _Groups()
    for article in articles:
        vector = vectors[article.id]
        likeness, group = max(groups.near(vector, article.day), default=(0.0, None))
        groups.add(article, vector, group if likeness >= ALIKE else None)
    return groups.of


class _Groups:
    """Articles on one happening, in groups by number: for each term those that have it, and how much of it."""

    def __init__(self) -> None:
        self.of: dict[str, int] = {}  # by an article's id
        self._sizes: list[int] = []
        self._latest: list[date | None] = []  # the day of the article that came last
        self._telling: dict[str, dict[int, None]] = defaultdict(dict)  # those that have it among the words that tell
        self._weights: dict[str, dict[int, float]] = defaultdict(dict)

    def near(self, vector: Vector, day: date | None) -> Iterator[tuple[float, int]]:
        """Groups of the same days that share enough with an article: the mean cosine with their articles, and which."""
        shared = Counter(chain.from_iterable(self._telling[term] for term in _telling(vector)))
        near = {
            group: 0.0 for group, terms in shared.items() if terms >= SHARED and _same_days(day, self._latest[group])
        }
        for term, weight in vector.items() if near else ():
            held = self._weights[term]
            for group in held.keys() & near.keys():
                near[group] += weight * held[group]
        return ((total / self._sizes[group], group) for group, total in near.items())

    def add(self, article: Article, vector: Vector, group: int | None) -> None:
        """Take an article into a group, or into one of its own."""
        if group is None:
            group = len(self._sizes)
            self._sizes.append(0)
            self._latest.append(None)
        self.of[article.id] = group
        self._sizes[group] += 1
        self._latest[group] = article.day
        for term in _telling(vector):
            self._telling[term][group] = None
        for term, weight in vector.items():
            held = self._weights[term]
            held[group] = held.get(group, 0.0) + weight


def _telling(vector: Vector) -> list[str]:
    """The terms that tell most of an article."""
    return sorted(vector, key=lambda term: -vector[term])[:TELLING]


def vectors_of(articles: Iterable[Article], rarity: Rarity) -> dict[str, Vector]:
    """The strongest terms of each article with their weights, by its id, each vector of length one."""
    return {article.id: _vector(article, rarity) for article in articles}


def _vector(article: Article, rarity: Rarity) -> Vector:
    counts = Counter(stem for stem in rarity.stems(f"{article.title or ''} {article.text}") if _is_term(stem))
    names = set(rarity.stems(" ".join(_NAME.findall(article.text))))
    weights = {
        term: (1 + math.log(n)) * rarity.of(term) * (NAMES if term in names else 1) for term, n in counts.items()
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
