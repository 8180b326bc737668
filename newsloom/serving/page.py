"""The page as it is served: the explorer without its parts, which it fetches, and these parts."""

from collections.abc import Iterable
from typing import Any

from msgspec import Struct

from ..exports.explorer.document import Contents, Page
from ..exports.explorer.parts import part as make_part
from ..graph.model import Graph
from ..graph.types import Event
from ..schemas.errors import NotFound

FIRST = "all"


class Made(Struct, frozen=True):
    """The page, and the Content-Security-Policy that goes with it."""

    content: bytes
    policy: str


def page(graph: Graph) -> Made:
    """The page of a graph, which fetches what it shows."""
    title = f"{len(graph.articles)} articles, {len(graph.events)} events"
    listed = [{"name": FIRST, "title": None, "events": len(graph.events)}]
    made = Page(Contents(title, listed, served=True))
    content = str(made.generate_html()).encode()
    return Made(content, f"{made.templateEnv.globals['policy']}; frame-ancestors 'none'")


def part(graph: Graph, name: str) -> dict[str, Any]:
    """A part of the page by its name; NotFound, with the names, for another."""
    if name != FIRST:
        raise NotFound(f"the page has no part {name[:80]!r}. There are: {FIRST}.", [FIRST])
    return make_part(graph)


def part_of(graph: Graph, events: Iterable[Event], name: str, title: str) -> dict[str, Any]:
    """A part with some events and what they are tied to."""
    return make_part(graph, events, name=name, title=title)
