"""The page as it is served: the explorer without its parts, which it fetches, and these parts, made when asked for."""

from collections.abc import Iterable
from typing import Any

from msgspec import Struct

from ..exports.explorer.document import Contents, Page
from ..exports.explorer.parts import Parts
from ..graph.model import Graph
from ..graph.types import Event, Node
from ..schemas.errors import NotFound, nearest


class Made(Struct, frozen=True):
    """The page, and the Content-Security-Policy that goes with it."""

    content: bytes
    policy: str


class Pages:
    """The page of a graph, and its parts, which together leave nothing out.

    >>> pages = Pages(graph)
    >>> len(pages.part("all")["order"]), pages.holding("event/vow")
    (4, 'all')
    """

    def __init__(self, graph: Graph):
        self.graph = graph
        self._parts = Parts(graph, len(graph.nodes))

    def page(self) -> Made:
        """The page, which fetches what it shows."""
        title = f"{len(self.graph.articles)} articles, {len(self.graph.events)} events"
        made = Page(Contents(title, self._parts.listed(), served=True))
        content = str(made.generate_html()).encode("utf-8", "replace")
        return Made(content, f"{made.templateEnv.globals['policy']}; frame-ancestors 'none'")

    def part(self, name: str) -> dict[str, Any]:
        """A part by its name; NotFound, with the names that come close, for another."""
        try:
            return self._parts.part(name)
        except KeyError:
            names = self._parts.names
            raise NotFound(f"the page has no part {name[:80]!r}.{nearest(name[:80], names)}", names) from None

    def part_of(self, events: Iterable[Event], others: Iterable[Node], name: str, title: str) -> dict[str, Any]:
        """A part with some events, what goes with them, and other nodes."""
        return self._parts.made(events, others, name, title)

    def holding(self, id: str) -> str | None:
        """The part of an event's story; None for other nodes, which many parts may hold."""
        return self._parts.holding(id)
