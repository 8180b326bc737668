"""Words that tell something, and how much: the more, the fewer articles of a collection hold them."""

import math
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from itertools import chain
from typing import NamedTuple

from ...schemas.types import Schema
from ..types import Article
from .wordkin import stem

BACKGROUND = 300  # articles that a collection is taken to have at least, so that a few can be compared
_WORD = re.compile(r"[^\W\d_]{2,}|\d[\d,.]*")
_NAME = re.compile(r"(?<=[^\W\dA-Z_,] )[A-Z][^\W\d_]{2,}")  # capitalised behind a small letter
_PRONOUNS = frozenset("he she it they his her their its him them who which that this".split())


class Words(NamedTuple):
    """Words of a text that tell something: where each begins, and its stem."""

    starts: list[int]
    stems: list[str]

    def between(self, start: int, end: int) -> list[str]:
        """The stems of those that begin in a stretch of the text."""
        return self.stems[bisect_left(self.starts, start) : bisect_left(self.starts, end)]


class Stems(NamedTuple):
    """The stems of such words in an article, how often each is there, and those of names."""

    counts: Counter[str]
    names: frozenset[str]


class Stemmer:
    """Takes texts apart into the stems of words that tell something: not of those that are in most texts."""

    def __init__(self, schema: Schema):
        self._idle = _PRONOUNS.union(*(schema.lexicons.get(name, ()) for name in ("common", "little")))

    def words(self, text: str) -> Words:
        """The words of a text, with their places."""
        words = ((match.start(), match[0].lower()) for match in _WORD.finditer(text))
        found = [(start, word) for start, word in words if word not in self._idle]
        return Words([start for start, _ in found], [stem(word) for _, word in found])

    def stems(self, text: str) -> list[str]:
        """The stems of the words of a text."""
        return [stem(word) for word in _WORD.findall(text.lower()) if word not in self._idle]

    def of(self, article: Article) -> Stems:
        """The stems of an article's title and text."""
        counts = Counter(self.stems(f"{article.title or ''} {article.text}"))
        return Stems(counts, frozenset(self.stems(" ".join(_NAME.findall(article.text)))))


def stems_of(articles: Iterable[Article], schema: Schema) -> dict[str, Stems]:
    """The stems of articles, by their ids."""
    stemmer = Stemmer(schema)
    return {article.id: stemmer.of(article) for article in articles}


class Rarity:
    """How much each word of a collection tells, given how many articles there are, and how many of them hold it."""

    def __init__(self, holders: Mapping[str, int], size: int):
        self.holders = holders
        self.size = size
        self._most = math.log(max(size, BACKGROUND))
        self._found: dict[str, float] = {}

    @classmethod
    def among(cls, articles: Collection[Stems]) -> "Rarity":
        """How much each word tells in some articles, given the stems of each."""
        return cls(Counter(chain.from_iterable(stems.counts for stems in articles)), len(articles))

    def of(self, word: str) -> float:
        """How much a stem tells: 1 where only one article holds it, less the more do."""
        found = self._found.get(word)
        if found is None:
            found = self._found[word] = 1 - math.log(max(self.holders.get(word, 0), 1)) / self._most
        return found
