"""The questions people ask of a graph: why something happened, what came of it, and how two nodes are connected.

answer(graph, "Iran launches drones", "why", Scope())   the hops from the event back to its causes, or on to its effects
chain(graph, a, b, Scope())                             the surest routes from a cause to a late effect
path(graph, "Hamas", "Egypt")                           the steps that tie two nodes, whatever they are
"""

from collections.abc import Callable, Iterable
from itertools import accumulate, product
from operator import mul
from typing import TYPE_CHECKING

from msgspec import Struct

from ..schemas.errors import NotFound, UsageError
from .asking.meant import NO_FILTERS, Filters, Scope, the_event
from .asking.reasons import Answer, Direction, Route
from .finding import resolve
from .types import Event, Node, Relation, Report

if TYPE_CHECKING:
    from .asking.causality import Causality, View
    from .model import Graph

LOOSE = ("says", "before", "includes", "simultaneous")  # they tie less than taking part or causing does
HOPS = 100  # hops of one answer at most


class Step(Struct, frozen=True):
    """One step of a path, from `source` to `target`; `forward` tells whether the relation runs that way."""

    source: Node
    relation: Relation
    target: Node
    forward: bool


def answer(
    graph: "Graph",
    asked: str,
    direction: Direction,
    scope: Scope,
    filters: Filters = NO_FILTERS,
    depth: int = 5,
    limit: int = HOPS,
    pick: int | None = None,
) -> Answer:
    """The causes (why) or effects of the event that a text means, hop by hop.

    `pick` takes the event of that number, from 1, of those that fit. NotFound: nothing fits; Unclear: several
    events do about equally; UsageError: there is no event of the number to pick.
    """
    causality = graph.causality
    view = causality.view(scope)
    meant = the_event(graph, asked, filters, _telling(causality, view, direction), pick)
    event, silent, others = meant.events[0], meant.events[1 : meant.near], meant.events[meant.near :]
    number = causality.number.get(event.id)
    if number is None:
        return Answer(asked, direction, event, others=others, silent=silent)
    found = causality.around(view, number, direction, depth, limit)
    hops = tuple(
        causality.hop(view, pair, level, sure)
        for pair, level, sure in zip(found.pairs, found.depths, found.confidences, strict=True)
    )
    told = {node.id for hop in hops for node in (hop.cause, hop.effect)}
    beside = causality.pairs_at(number, direction)
    denied = (causality.hop(view, pair) for pair in beside if view.denied[pair] and not view.sure[pair])
    return Answer(
        asked,
        direction,
        event,
        hops,
        found.more,
        tuple(causality.hop(view, pair) for pair in beside if view.prevents[pair] > 0)[:limit],
        tuple(hop for hop in denied if not hop.grounds)[:limit],
        tuple(other for other in others if other.id not in told),
        tuple(other for other in silent if other.id not in told),
    )


def _telling(causality: "Causality", view: "View", direction: Direction) -> Callable[[Event], bool]:
    """A function that tells of which events there is anything to tell."""
    worth = (view.sure > 0) | (view.prevents > 0) | view.denied

    def tells(event: Event) -> bool:
        number = causality.number.get(event.id)
        return number is not None and bool(worth[causality.pairs_at(number, direction)].any())

    return tells


def chain(graph: "Graph", a: str, b: str, scope: Scope, limit: int = 3, depth: int | None = None) -> tuple[Route, ...]:
    """The surest routes from one event to another that it led to, of at most `depth` hops, surest first.

    NotFound when an event fits nothing, or no route leads there; Unclear when a text may mean several.
    """
    causality = graph.causality
    view = causality.view(scope)
    start = the_event(graph, a, tells=_telling(causality, view, "effects")).events[0]
    end = the_event(graph, b, tells=_telling(causality, view, "why")).events[0]
    if start.id == end.id:
        raise UsageError(f"{a!r} and {b!r} are the same event, {start.name}: name two.")
    found = _routes(causality, view, start, end, limit, depth)
    if not found:
        back = _routes(causality, view, end, start, 1, depth)
        hint = " The other way round there is one." if back else ""
        raise NotFound(f"no chain of causes leads from {start.name!r} to {end.name!r}.{hint}")
    return found


def _routes(
    causality: "Causality", view: "View", start: Event, end: Event, limit: int, depth: int | None
) -> tuple[Route, ...]:
    numbers = causality.number.get(start.id), causality.number.get(end.id)
    if numbers[0] is None or numbers[1] is None:
        return ()
    routes = []
    for pairs in view.roads.surest(numbers[0], numbers[1], limit, depth):
        ways = accumulate((float(view.sure[pair]) for pair in pairs), mul)
        hops = tuple(
            causality.hop(view, pair, n, way) for n, (pair, way) in enumerate(zip(pairs, ways, strict=True), 1)
        )
        routes.append(Route(hops, hops[-1].path_confidence))
    return tuple(routes)


def path(graph: "Graph", a: str, b: str) -> tuple[Step, ...]:
    """The steps of the shortest and surest connection between two nodes, given by id or words; empty for one node.

    What lies in what, and which article reports what, is used only when nothing else connects them; what is denied
    connects nothing.
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


def _in_article(graph: "Graph", relation: Relation) -> bool:
    return any(isinstance(graph.nodes.get(id), Report) for id in (relation.source, relation.target))


def _shortest(
    graph: "Graph", starts: Iterable[Node], ends: Iterable[Node], usable: Callable[[Relation], bool]
) -> tuple[Step, ...]:
    """The steps of the lightest connection of any start with any end: few relations, and sure ones."""
    import networkx as nx

    lines: nx.Graph = nx.Graph()
    lines.add_nodes_from(graph.nodes)
    for relation in (r for r in graph.relations if r.factuality != "negated" and usable(r)):
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
