"""The graph in a store as far as one article needs it: what is near to the article, and what it touches."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import Any

from ..types import Node, Reading, Relation
from .records import to_node, to_relation
from .shelf import Shelf

Rows = Callable[..., Iterator[tuple[Any, ...]]]
ASKED = 500  # values that are asked for at once
CANDIDATES = 1000  # articles that share most words, of which those of other days are left out
NEAREST = """
    WITH candidates AS (
        SELECT article, count(*) AS shared FROM telling WHERE word IN ({})
        GROUP BY article ORDER BY shared DESC, article LIMIT ?
    )
    SELECT id FROM candidates JOIN articles ON id = article
    WHERE published IS NULL OR ? IS NULL OR abs(julianday(substr(published, 1, 10)) - julianday(substr(?, 1, 10))) <= ?
    ORDER BY shared DESC, id LIMIT ?
"""


class Stock:
    """What is looked up in a store. `rows` are the answers to a statement, `decoded` what stands in a column."""

    def __init__(self, rows: Rows, decoded: Callable[[Any, bytes], Any], shelf: Shelf, size: int):
        self.size = size  # articles that were woven together
        self._rows = rows
        self._decoded = decoded
        self._shelf = shelf

    def node(self, id: str) -> Node | None:
        """The node of that id."""
        found = next(self._rows("SELECT data FROM nodes WHERE id = ?", id), None)
        return self._decoded(to_node, found[0]) if found else None

    def nodes_of(self, mentions: Collection[str]) -> Mapping[str, str]:
        """The ids of the nodes that mentions are, as far as they are any."""
        return dict(self._asked("SELECT mention, node FROM resolution WHERE mention IN ({})", mentions))

    def relation(self, ends: tuple[str, str, str]) -> Relation | None:
        """The relation of that source, type and target."""
        rows = "SELECT data FROM relations WHERE source = ? AND type = ? AND target = ?"
        found = next(self._rows(rows, *ends), None)
        return self._decoded(to_relation, found[0]) if found else None

    def sources(self, articles: Collection[str]) -> Mapping[str, str | None]:
        """The sources of articles."""
        return dict(self._asked("SELECT id, source FROM articles WHERE id IN ({})", articles))

    def holders(self, words: Collection[str]) -> dict[str, int]:
        """How many articles held each of the words when all was woven last."""
        return dict(self._asked("SELECT word, holders FROM words WHERE word IN ({})", words))

    def near(self, words: Collection[str], day: str | None, days: int, number: int) -> list[Reading]:
        """The readings of so many articles at most that have most of these words among those that tell most of them.

        They are of no more than so many days before or after the day, where both are known.
        """
        listed = list(words)[:ASKED]
        found = self._rows(NEAREST.format(", ".join("?" * len(listed))), *listed, CANDIDATES, day, day, days, number)
        return list(self._shelf.some([article for (article,) in found]))

    def _asked(self, statement: str, values: Iterable[str], *more: Any) -> Iterator[tuple[Any, ...]]:
        """The rows for all of the values, which stand for {} in the statement, so many at a time."""
        listed = list(values)
        for start in range(0, len(listed), ASKED):
            some = listed[start : start + ASKED]
            yield from self._rows(statement.format(", ".join("?" * len(some))), *some, *more)
