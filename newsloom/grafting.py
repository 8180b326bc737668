"""Articles put onto the graph of a store one by one: a few of them, where the graph is large and knows its words."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from .graph.store import Store
from .graph.types import Reading, Refusal

if TYPE_CHECKING:
    from .building import Desk

FEW = 32  # articles at a time
LEAST = 100  # articles in a graph that is not woven again as quickly as a few are put onto it
SHARE = 0.1  # of the articles that can be put so before all is woven again


class Grafter:
    """Knows whether a store can take articles one by one, from before they are read into it."""

    def __init__(self, shelf: Store, desk: "Desk", wanted: bool):
        self._shelf = shelf
        self._desk = desk
        self._is_ready = wanted and shelf.size >= LEAST and shelf.reader == desk.reader and not shelf.is_stale
        self._readings: list[Reading] = []

    def note(self, readings: Iterable[Reading]) -> None:
        """These were read, and are in the store from now on."""
        if self._is_ready:
            self._readings += readings
            room = self._shelf.size * SHARE - self._shelf.grafted
            self._is_ready = len(self._readings) <= min(FEW, room)

    def put(self, refused: Sequence[Refusal]) -> bool:
        """Put what was read onto the graph; False, with nothing done, where all has to be woven again."""
        from .graph.pipeline import graft
        from .graph.weaving.relations import article_node

        stock = self._shelf.stock()
        revision = self._shelf.revision
        if not self._is_ready or any(stock.node(article_node(reading.article.id)) for reading in self._readings):
            return False
        decisions = self._shelf.decisions().values()
        for number, reading in enumerate(self._readings, 1):
            made = graft(reading, stock, self._desk.schema, self._desk.knowledge, decisions)
            self._shelf.put(made, reading.article, refused, revision if number == len(self._readings) else None)
        return True
