"""Relations against the calendar: causes that come too late are doubted, circles of `before` are opened."""

from collections.abc import Iterable, Mapping

import networkx as nx
from msgspec import structs

from ...schemas.types import Schema
from ..types import Event, Node, Relation

DOUBTFUL = 0.29  # the confidence of a line that the dates speak against


def checked(relations: Iterable[Relation], nodes: Mapping[str, Node], schema: Schema) -> list[Relation]:
    """The relations, those against the dates with little confidence, without the weakest `before` of each circle."""
    weighed = [_doubted(r) if _backwards(r, nodes, schema) else r for r in relations]
    closing = _closing(weighed)
    return [r for r in weighed if (r.source, r.type, r.target) not in closing]


def _backwards(relation: Relation, nodes: Mapping[str, Node], schema: Schema) -> bool:
    """Whether what should come first is over only after the other, by their dates."""
    known = schema.relations.get(relation.type)
    side = "source" if relation.type == "before" else known.causal if known else None
    if side is None:
        return False
    ends = nodes[relation.source], nodes[relation.target]
    first, second = ends if side == "source" else ends[::-1]
    if not (isinstance(first, Event) and isinstance(second, Event) and first.when and second.when):
        return False
    begins, over = first.when.earliest, second.when.latest
    return begins is not None and over is not None and begins >= over


def _doubted(relation: Relation) -> Relation:
    evidence = tuple(structs.replace(e, rule=f"{e.rule}, against the dates") for e in relation.evidence)
    return structs.replace(relation, confidence=min(relation.confidence, DOUBTFUL), evidence=evidence)


def _closing(relations: list[Relation]) -> set[tuple[str, str, str]]:
    """The `before` relations to leave out so that no event comes before itself: of each circle the weakest."""
    graph = nx.DiGraph()
    for relation in relations:
        if relation.type == "before":
            graph.add_edge(relation.source, relation.target, confidence=relation.confidence)
    found: set[tuple[str, str, str]] = set()
    tangled = [c for c in nx.strongly_connected_components(graph) if len(c) > 1]
    while tangled:
        part = graph.subgraph(tangled.pop()).copy()
        circle = nx.find_cycle(part)
        one, other = min(circle, key=lambda edge: (part.edges[edge]["confidence"], edge))
        found.add((one, "before", other))
        part.remove_edge(one, other)
        graph.remove_edge(one, other)
        tangled += [c for c in nx.strongly_connected_components(part) if len(c) > 1]
    return found
