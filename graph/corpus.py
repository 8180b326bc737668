"""The readings that are woven, in the order of weaving, as often as they are asked for: few in memory at a time.

corpus = Held(readings)
corpus.articles                      # all of them
corpus.readings(["a2", "a7"])        # of these articles, in the order of weaving
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Protocol

from .types import Article, Reading


class Corpus(Protocol):
    """The articles of a collection by day of publication, then by id, and their readings."""

    @property
    def articles(self) -> Sequence[Article]:
        """All articles, in the order of weaving."""

    def readings(self, articles: Collection[str] | None = None) -> Iterator[Reading]:
        """The readings of some articles, by their ids, or of all, in the order of weaving."""


class Held:
    """A corpus in memory."""

    def __init__(self, readings: Iterable[Reading]):
        self._readings = {reading.article.id: reading for reading in in_order(readings)}

    @property
    def articles(self) -> Sequence[Article]:
        """All articles, in the order of weaving."""
        return [reading.article for reading in self._readings.values()]

    def readings(self, articles: Collection[str] | None = None) -> Iterator[Reading]:
        """The readings of some articles, by their ids, or of all, in the order of weaving."""
        if articles is None:
            return iter(self._readings.values())
        return iter(in_order(self._readings[article] for article in articles))


def in_order(readings: Iterable[Reading]) -> list[Reading]:
    """The readings by day of publication, then by id, so that the order of the input does not matter."""
    return sorted(readings, key=lambda reading: place(reading.article))


def place(article: Article) -> tuple[str, str]:
    """A sort key: where an article stands in the order of weaving."""
    return article.published or "9999", article.id
