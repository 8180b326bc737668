"""A story by what it is called: by its name in the lanes of the page, or by a node in it."""

from collections.abc import Sequence
from typing import NamedTuple

from ...graph.finding import find
from ...graph.model import Graph
from ...graph.types import UNTYPED, Event
from ...schemas.errors import NotFound, nearest
from .stories import Story, stories


class Told(NamedTuple):
    """A story: what it is called, and its events in time."""

    name: str
    events: tuple[Event, ...]


def told(graph: Graph, text: str) -> Told:
    """The story of that name, or of a name with these words in it, else the one that a node of that name is in most.

    NotFound, with the names of the stories, when there is none.

    >>> told(graph, "the strike on the consulate").name
    'Iran'
    """
    found = stories(graph, [event for event in graph.events if event.type != UNTYPED])
    story = _called(found, text) or _with_node(graph, found, text)
    if story is None:
        names = [name for name, _ in found]
        raise NotFound(f"there is no story {text!r}.{nearest(text, names)}", names)
    name, ids = story
    return Told(name, tuple(event for event in map(graph.nodes.get, ids) if isinstance(event, Event)))


def _called(found: Sequence[Story], text: str) -> Story | None:
    """The story of a name, in capitals or not, or the only one with these words in its name."""
    wanted = " ".join(text.casefold().split())
    exact = [story for story in found if story[0].casefold() == wanted]
    part = [story for story in found if wanted in story[0].casefold()]
    return exact[0] if exact else part[0] if len(part) == 1 else None


def _with_node(graph: Graph, found: Sequence[Story], text: str) -> Story | None:
    """The story that holds the event that a text means best, or most events of the actor or place."""
    for match in find(graph, text):
        node = match.node
        own = {node.id, *(relation.source for relation in graph.incoming.get(node.id, ()))}
        shared = {name: len(own.intersection(ids)) for name, ids in found}
        best = max(found, key=lambda story: shared[story[0]], default=None)
        if best and shared[best[0]]:
            return best
    return None
