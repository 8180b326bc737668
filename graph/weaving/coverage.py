"""Which articles cover the same happening: alike in the words that tell most, and of the same days.

What is only described ("the suspect", "a prison") can be the same in two articles if these cover one happening.
"""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from datetime import timedelta

from ..types import Article

ALIKE = 0.12  # mean cosine of an article with those of its group
TERMS = 100  # of an article: those that tell most
NAMES = 1.5  # what a name counts for against another word
TELLING = 60  # of these, those of which an article must share some with its group
SHARED = 5  # so many
NEAR = timedelta(days=14)
BACKGROUND = 300  # articles that a collection is taken to have at least, so that a few can be compared
_NAME = re.compile(r"(?<=[^\W\dA-Z_,] )[A-Z][^\W\d_]{2,}")  # capitalised behind a small letter
_WORD = re.compile(r"[^\W\d_]{3,}")

Vector = Mapping[str, float]


def coverage(articles: Iterable[Article], vectors: Mapping[str, Vector]) -> dict[str, int]:
    """The number of the group that each article is in, by its id; an article like no other is alone in its group.

    Cosine of the articles' tf-idf `vectors`, groups by their mean, in the order of the articles.
    """
    holding: dict[str, set[int]] = defaultdict(set)
    groups: list[_Group] = []
    found: dict[str, int] = {}
    for article in articles:
        vector = vectors[article.id]
        telling = sorted(vector, key=lambda term: -vector[term])[:TELLING]
        shared = Counter(group for term in telling for group in holding[term])
        near = [g for g, terms in shared.items() if terms >= SHARED and _same_days(article, groups[g].latest)]
        best, group = max(((groups[g].likeness(vector), g) for g in near), default=(0.0, -1))
        if best < ALIKE:
            group = len(groups)
            groups.append(_Group(article))
        groups[group].add(article, vector)
        found[article.id] = group
        for term in telling:
            holding[term].add(group)
    return found


class _Group:
    """Articles on one happening: the sum of their vectors, how many they are, the latest of them."""

    def __init__(self, article: Article):
        self.total: dict[str, float] = defaultdict(float)
        self.size = 0
        self.latest = article

    def likeness(self, vector: Vector) -> float:
        """The mean cosine of an article with those of the group."""
        return sum(weight * self.total.get(term, 0.0) for term, weight in vector.items()) / self.size

    def add(self, article: Article, vector: Vector) -> None:
        """Take an article in."""
        self.latest = article
        self.size += 1
        for term, weight in vector.items():
            self.total[term] += weight


def vectors_of(articles: Iterable[Article], common: frozenset[str]) -> dict[str, Vector]:
    """The strongest terms of each article with their weights, by its id, each vector of length one.

    `common` are words that tell nothing.
    """
    pile = list(articles)
    counts = [Counter(_stem(word) for word in _words(article) if word not in common) for article in pile]
    holders = Counter(term for count in counts for term in count)
    size = max(len(pile), BACKGROUND)
    vectors: dict[str, Vector] = {}
    for article, count in zip(pile, counts, strict=True):
        names = {_stem(word.lower()) for word in _NAME.findall(article.text)}
        weights = {
            term: (1 + math.log(n)) * math.log(size / holders[term]) * (NAMES if term in names else 1)
            for term, n in count.items()
        }
        strongest = sorted(weights, key=lambda term: (-weights[term], term))[:TERMS]
        length = math.sqrt(sum(weights[term] ** 2 for term in strongest)) or 1.0
        vectors[article.id] = {term: weights[term] / length for term in strongest}
    return vectors


def cosine(one: Vector, other: Vector) -> float:
    """The cosine of two vectors of length one."""
    if len(one) > len(other):
        one, other = other, one
    if one.keys().isdisjoint(other):
        return 0.0
    return sum([weight * other[term] for term, weight in one.items() if term in other])


def _words(article: Article) -> list[str]:
    return _WORD.findall(f"{article.title or ''} {article.text}".lower())


def _stem(word: str) -> str:
    return word[:-1] if len(word) > 4 and word.endswith("s") and not word.endswith("ss") else word


def _same_days(one: Article, other: Article) -> bool:
    return one.day is None or other.day is None or abs(one.day - other.day) <= NEAR
