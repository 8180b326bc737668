"""The questions people ask of a graph: why something happened, what came of it, and how two nodes are connected.

why(graph, event)                  hops from the event back to its causes
answer(graph, "Iran", "why")       the same for words: which events they mean, and the hops of each
path(graph, "Hamas", "Egypt")      the steps that tie them
"""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from itertools import product
from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from ..schemas.errors import NotFound
from .finding import TIE, Match, find, find_events, not_found, resolve
from .types import Actor, Event, Node, Place, Relation, Report

if TYPE_CHECKING:
    from .model import Graph

Direction = Literal["why", "effects"]
LOOSE = ("says", "before", "includes", "simultaneous")  # they tie less than taking part or causing does
NEAR = 0.15  # of events that score no further apart, one with something to tell comes first
NAMED = 0.75  # score from which a text names an actor or place rather than an event
AT_ONCE = 3  # how many events one answer explains


class Hop(Struct, frozen=True):
    """One step of a chain: the cause, the relation that says so, the effect; `depth` is 1 at the event asked for."""

    depth: int
    cause: Event
    relation: Relation
    effect: Event


class Chain(Struct, frozen=True):
    """An event and the hops that lead to it (why) or from it (effects), breadth first."""

    event: Event
    hops: tuple[Hop, ...]


class Answer(Struct, frozen=True):
    """What was asked, the chains of the events that it fits best, and other events that it might have meant."""

    asked: str
    direction: Direction
    chains: tuple[Chain, ...]
    others: tuple[Event, ...] = ()


class Step(Struct, frozen=True):
    """One step of a path, from `source` to `target`; `forward` tells whether the relation runs that way."""

    source: Node
    relation: Relation
    target: Node
    forward: bool


def why(graph: "Graph", event: Event | str, depth: int = 5, min_confidence: float = 0.0) -> tuple[Hop, ...]:
    """The hops from an event (or its id) back to its causes, breadth first; each relation once, no circles."""
    return _hops(graph, event, "why", depth, min_confidence)


def effects(graph: "Graph", event: Event | str, depth: int = 5, min_confidence: float = 0.0) -> tuple[Hop, ...]:
    """The hops from an event (or its id) on to its effects, breadth first; each relation once, no circles."""
    return _hops(graph, event, "effects", depth, min_confidence)


def answer(
    graph: "Graph", text: str, direction: Direction = "why", depth: int = 5, min_confidence: float = 0.0
) -> Answer:
    """The causes or effects of the events that a text means: an event in any words, or those of an actor or place.

    Of several events that fit equally well, those with something to tell come first.
    NotFound when it fits none.
    """
    ranked = events_meant(graph, text)
    chains = [(m.score, Chain(m.node, _hops(graph, m.node, direction, depth, min_confidence))) for m in ranked]
    certain = ranked[0].how in ("id", "name", "alias")
    floor = ranked[0].score - (TIE if certain else NEAR)
    if ranked[0].how == "participant" and any(chain.hops for _, chain in chains):
        floor = 0.0  # what was done to an actor is better than nothing told
    best = [(score, chain) for score, chain in chains if score >= floor]
    best.sort(key=lambda pair: (not pair[1].hops, -round(pair[0] / NEAR), -pair[1].event.sources, -len(pair[1].hops)))
    told: list[Chain] = []
    for _, chain in best:
        if not told or (chain.hops and len(told) < AT_ONCE and not _is_told(chain, told)):
            told.append(chain)
    shown = {chain.event.id for chain in told}
    others = [chain for _, chain in chains if chain.event.id not in shown and not _is_told(chain, told)]
    others.sort(key=lambda chain: not chain.hops)
    return Answer(text, direction, tuple(told), tuple(chain.event for chain in others))


def events_meant(graph: "Graph", text: str) -> tuple[Match[Event], ...]:
    """The events that a text may mean, best first: by their own words, or as those of the actor or place it names."""
    matches = find(graph, text)
    named = matches and isinstance(matches[0].node, Actor | Place) and matches[0].score >= NAMED
    doings = _doings(graph, [match.node for match in matches if match.score >= matches[0].score - TIE]) if named else ()
    events = doings or find_events(graph, text)
    if not events and named:
        raise NotFound(f"{matches[0].node.name!r} takes part in no event of the graph.")
    if not events:
        raise not_found(graph, text, "event")
    return events


def path(graph: "Graph", a: str, b: str) -> tuple[Step, ...]:
    """The steps of the shortest and surest connection between two nodes, given by id or words; empty for one node.

    What lies in what, and which article reports what, is used only when nothing else connects them.
    NotFound when nothing does.
    """
    starts, ends = resolve(graph, a), resolve(graph, b)
    if {node.id for node in starts} & {node.id for node in ends}:
        return ()
    levels: tuple[Callable[[Relation], bool], ...] = (
        lambda relation: relation.type != "within" and not _in_article(graph, relation),
        lambda relation: not _in_article(graph, relation),
        lambda relation: True,
    )
    for usable in levels:
        found = _shortest(graph, starts, ends, usable)
        if found:
            return found
    raise NotFound(f"nothing in the graph connects {starts[0].name!r} with {ends[0].name!r}.")


def participating(graph: "Graph") -> tuple[str, ...]:
    """The roles in which a node takes part in an event (saying that it happened is none)."""
    return tuple(role for role in graph.schema.roles if role not in ("says", "time"))


def _hops(
    graph: "Graph", event: Event | str, direction: Direction, depth: int, min_confidence: float
) -> tuple[Hop, ...]:
    root = graph.nodes.get(event) if isinstance(event, str) else event
    if not isinstance(root, Event):
        raise not_found(graph, str(event), "event")
    found: list[Hop] = []
    parents: dict[str, str | None] = {root.id: None}
    queue = deque([(root, 0)])
    while queue:
        here, level = queue.popleft()
        if level == depth:
            continue
        for relation, there in causal(graph, here, direction):
            if relation.confidence < min_confidence or there.id in _line(parents, here.id):
                continue
            cause, effect = (there, here) if direction == "why" else (here, there)
            found.append(Hop(level + 1, cause, relation, effect))
            if there.id not in parents:
                parents[there.id] = here.id
                queue.append((there, level + 1))
    return tuple(found)


def causal(graph: "Graph", event: Event, direction: Direction) -> list[tuple[Relation, Event]]:
    """The causal relations of an event and the event at their other end, surest first."""
    pairs = []
    for relations, own, other in ((graph.outgoing, "source", "target"), (graph.incoming, "target", "source")):
        for relation in relations.get(event.id, ()):
            known = graph.schema.relations.get(relation.type)
            cause_end = known.causal if known else None
            there = graph.nodes.get(getattr(relation, other))
            if cause_end and isinstance(there, Event) and cause_end == (other if direction == "why" else own):
                pairs.append((relation, there))
    return sorted(pairs, key=lambda pair: (-pair[0].confidence, pair[1].id, pair[0].type))


def _line(parents: dict[str, str | None], id: str | None) -> Iterator[str]:
    """An event and those through which it was reached."""
    while id is not None:
        yield id
        id = parents[id]


def _is_told(chain: Chain, told: Iterable[Chain]) -> bool:
    return any(chain.event in (hop.cause, hop.effect) for other in told for hop in other.hops)


def _doings(graph: "Graph", nodes: Iterable[Node], limit: int = 200) -> tuple[Match[Event], ...]:
    """The events of some actors and places: those they do first, then those they take part in or are the place of."""
    scores: dict[str, float] = {}
    for relation in (r for node in nodes for r in graph.incoming.get(node.id, ()) if r.type in participating(graph)):
        scores[relation.source] = max(0.9 if relation.type == "agent" else 0.6, scores.get(relation.source, 0.0))
    events = ((graph.nodes[id], score) for id, score in scores.items())
    matches = [Match(event, score, "participant") for event, score in events if isinstance(event, Event)]
    return tuple(sorted(matches, key=lambda match: (-match.score, -match.node.sources, match.node.id))[:limit])


def _in_article(graph: "Graph", relation: Relation) -> bool:
    return any(isinstance(graph.nodes.get(id), Report) for id in (relation.source, relation.target))


def _shortest(
    graph: "Graph", starts: Iterable[Node], ends: Iterable[Node], usable: Callable[[Relation], bool]
) -> tuple[Step, ...]:
    """The steps of the lightest connection of any start with any end: few relations, and sure ones."""
    import networkx as nx

    lines: nx.Graph = nx.Graph()
    lines.add_nodes_from(graph.nodes)
    for relation in filter(usable, graph.relations):
        known = lines.get_edge_data(relation.source, relation.target)
        weight = 2.0 - relation.confidence + (relation.type in LOOSE)
        if known is None or weight < known["weight"]:
            lines.add_edge(relation.source, relation.target, weight=weight, relation=relation)
    best: tuple[float, list[str]] | None = None
    for start, end in product(starts, ends):
        try:
            length, ids = nx.bidirectional_dijkstra(lines, start.id, end.id)
        except nx.NetworkXNoPath:
            continue
        if best is None or length < best[0]:
            best = length, ids
    if best is None:
        return ()
    steps = []
    for source, target in zip(best[1], best[1][1:], strict=False):
        relation = lines.edges[source, target]["relation"]
        steps.append(Step(graph.nodes[source], relation, graph.nodes[target], relation.source == source))
    return tuple(steps)
