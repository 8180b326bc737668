"""The page as it is served: the explorer without its parts, which it fetches, and these parts, made when asked for."""

from collections.abc import Iterable
from functools import cached_property
from typing import Any

from msgspec import Struct

from ..exports.explorer.cells import cells, grid
from ..exports.explorer.choice import MOST_NODES, Whole
from ..exports.explorer.dividing import Division, Section, divide
from ..exports.explorer.document import Contents, Page
from ..exports.explorer.parts import MOST_IN_OVERVIEW, part
from ..graph.model import Graph
from ..graph.types import Event, Node
from ..schemas.errors import NotFound, nearest

ALL, OVERVIEW = "all", "overview"
Part = dict[str, Any]


class Made(Struct, frozen=True):
    """The page, and the Content-Security-Policy that goes with it."""

    content: bytes
    policy: str


class Pages:
    """The page of a graph and its parts: one, or for a graph that is too large for one an overview and its sections.

    >>> pages = Pages(graph)
    >>> [one["name"] for one in pages.listed], len(pages.part("all")["order"])
    (['all'], 4)
    """

    def __init__(self, graph: Graph, most: int = MOST_NODES):
        self.graph = graph
        self._most = most
        self._whole = Whole(graph)

    @cached_property
    def _division(self) -> Division | None:
        size = len(self.graph.nodes)
        return divide(self._whole, most=size) if size > self._most else None

    @cached_property
    def _sections(self) -> dict[str, Section]:
        return {section.name: section for section in self._division.sections} if self._division else {}

    @property
    def listed(self) -> list[Part]:
        """What the page is told of the parts, the one that opens first at the head."""
        if not self._division:
            return [{"name": ALL, "title": None, "events": len(self.graph.events)}]
        sections = [{"name": s.name, "title": s.title, "events": len(s.events)} for s in self._sections.values()]
        return [{"name": OVERVIEW, "title": "Overview", "events": len(self.graph.events)}, *sections]

    def page(self) -> Made:
        """The page, which fetches what it shows."""
        title = f"{len(self.graph.articles)} articles, {len(self.graph.events)} events"
        made = Page(Contents(title, {}, self.listed, self.listed[0]["name"], served=True))
        content = str(made.generate_html()).encode("utf-8", "replace")
        return Made(content, f"{made.templateEnv.globals['policy']}; frame-ancestors 'none'")

    def part(self, name: str) -> Part:
        """A part by its name; NotFound, with the names that come close, for another."""
        names = [one["name"] for one in self.listed]
        if name not in names:
            raise NotFound(f"the page has no part {name[:80]!r}.{nearest(name[:80], names)}", names)
        if name == OVERVIEW and self._division:
            return self._overview(self._division)
        section = self._sections.get(name)
        if section is None:
            return part(self.graph, name=name, whole=self._whole, most=self._most)
        return self.part_of(section.events, section.others, name, section.title)

    def part_of(self, events: Iterable[Event], others: Iterable[Node], name: str, title: str) -> Part:
        """A part with some events, what goes with them, and other nodes."""
        return part(self.graph, events, name, title, others=tuple(others), whole=self._whole)

    def _overview(self, division: Division) -> Part:
        """The events that matter most, and how much there is of each story at each time."""
        chosen = self._whole.ranked(event for section in division.sections for event in section.events)
        made = self.part_of(chosen[:MOST_IN_OVERVIEW], (), OVERVIEW, "Overview")
        return made | {"cells": cells(division, self._whole), "grid": grid(division)}
