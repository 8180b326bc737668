"""What lies around some events or a node: the events to look at with them.

with_causes(graph, events, depth=1)   the events with those that led to them and followed from them
around(graph, node, depth=1)          the events at a node: an event's neighbours, an actor's doings
"""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from msgspec import Struct

from ..importance import top_events
from ..types import Event, Node
from .causal import causal

if TYPE_CHECKING:
    from ..model import Graph


class Surroundings(Struct, frozen=True):
    """The events around a node, in order of time, and how many more there are that matter less or lie further off."""

    events: tuple[Event, ...]
    more: int = 0


def with_causes(graph: "Graph", events: Iterable[Event], depth: int = 1) -> tuple[Event, ...]:
    """Some events and all that led to them or followed from them over at most `depth` hops, in order of time.

    A cause that is denied, or dated behind its effect, leads nowhere.

    >>> [event.name for event in with_causes(graph, graph.timeline(place="Damascus"))]
    ['Strike on the consulate in Damascus', 'Iran launches drones at Israel']
    """
    found = {event.id: event for event in events}
    for ring in _rings(graph, list(found.values()), depth):
        found |= {event.id: event for event in ring}
    return _in_order(graph, found)


def around(graph: "Graph", node: Node, depth: int = 1, limit: int = 500) -> Surroundings:
    """The events around a node: those tied to it in whatever way, then what led to and followed from them.

    The first of the `depth` hops is any relation, the others are causes and effects. Nearer events come before those
    further off when there are more than `limit`, then those that matter more; an event itself is always among them.

    >>> [event.name for event in around(graph, graph.nodes["actor/israel"]).events]
    ['Iran launches drones at Israel', 'Israel vows to respond', 'Israel responds']
    """
    found: dict[str, Event] = {node.id: node} if isinstance(node, Event) else {}
    near = [event for event in _tied(graph, node) if event.id not in found] if depth > 0 else []
    more = 0
    for ring in (near, *_rings(graph, [*found.values(), *near], depth - 1)):
        fresh = [event for event in ring if event.id not in found]
        room = max(limit - len(found), 0)
        kept = top_events(graph, fresh, room) if len(fresh) > room else fresh
        more += len(fresh) - len(kept)
        found |= {event.id: event for event in kept}
    return Surroundings(_in_order(graph, found), more)


def _rings(graph: "Graph", events: list[Event], depth: int) -> Iterator[list[Event]]:
    """What leads to and follows from some events, one list a hop, each event once."""
    seen = {event.id for event in events}
    edge = events
    for _ in range(depth):
        reached = {there.id: there for event in edge for there in _causal(graph, event) if there.id not in seen}
        if not reached:
            return
        seen |= reached.keys()
        edge = list(reached.values())
        yield edge


def _causal(graph: "Graph", event: Event) -> Iterator[Event]:
    for direction in ("why", "effects"):
        yield from (there for relation, there in causal(graph, event, direction) if not relation.backwards)


def _tied(graph: "Graph", node: Node) -> list[Event]:
    """The events at the other end of a node's relations, each once."""
    ends = [relation.target for relation in graph.outgoing.get(node.id, ())]
    ends += [relation.source for relation in graph.incoming.get(node.id, ())]
    nodes = (graph.nodes.get(end) for end in dict.fromkeys(ends))
    return [node for node in nodes if isinstance(node, Event)]


def _in_order(graph: "Graph", found: dict[str, Event]) -> tuple[Event, ...]:
    return tuple(event for event in graph.events if event.id in found)
