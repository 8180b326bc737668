"""The readings in a store as a corpus: in the order of weaving, read from the file whenever they are asked for."""

from collections.abc import Callable, Collection, Iterator
from functools import cached_property
from itertools import islice
from typing import Any

from ..types import Article, Reading
from .records import to_article, to_said

ASKED = 500  # readings that are asked for at once
Rows = Callable[..., Iterator[tuple[Any, ...]]]
_IN_ORDER = "ORDER BY coalesce(nullif(published, ''), '9999'), id"  # as `newsloom.graph.corpus.place` has it


class Shelf:
    """The corpus of a store. `rows` are the answers to a statement, `decoded` what stands in a column."""

    def __init__(self, rows: Rows, decoded: Callable[[Any, bytes], Any]):
        self._rows = rows
        self._decoded = decoded

    @cached_property
    def articles(self) -> list[Article]:
        """All articles that were read, in the order of weaving."""
        rows = f"SELECT articles.data FROM articles JOIN readings USING (position) {_IN_ORDER}"
        return [self._decoded(to_article, data) for (data,) in self._rows(rows)]

    @cached_property
    def _article(self) -> dict[str, Article]:
        return {article.id: article for article in self.articles}

    def readings(self, articles: Collection[str] | None = None) -> Iterator[Reading]:
        """The readings of some articles, by their ids, or of all, in the order of weaving."""
        asked = iter(self._article if articles is None else sorted(articles, key=self._place.__getitem__))
        while some := list(islice(asked, ASKED)):
            rows = (
                "SELECT id, readings.data FROM articles JOIN readings USING (position)"
                f" WHERE id IN ({', '.join('?' * len(some))})"
            )
            found: dict[str, bytes] = dict(self._rows(rows, *some))
            for id in some:
                said = self._decoded(to_said, found[id])
                yield Reading(self._article[id], said.sentences, said.mentions, said.links)

    def some(self, articles: Collection[str]) -> Iterator[Reading]:
        """The readings of a few articles, by their ids, without a look at the others."""
        rows = (
            "SELECT articles.data, readings.data FROM articles JOIN readings USING (position)"
            f" WHERE id IN ({', '.join('?' * len(articles))})"
        )
        for article, data in self._rows(rows, *articles):
            said = self._decoded(to_said, data)
            yield Reading(self._decoded(to_article, article), said.sentences, said.mentions, said.links)

    @cached_property
    def _place(self) -> dict[str, int]:
        return {article.id: n for n, article in enumerate(self.articles)}
