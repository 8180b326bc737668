"""Which relations tell of causes, and which of their ends is the cause."""

from typing import TYPE_CHECKING

from ..types import Event, Evidence, Relation
from .reasons import Direction

if TYPE_CHECKING:
    from ...schemas.types import Schema
    from ..model import Graph


def cause_and_effect(schema: "Schema", relation: Relation) -> tuple[str, str] | None:
    """The ids of the cause and of the effect that a relation ties, None when it is not causal.

    >>> from newsloom.schemas import load_schema
    >>> cause_and_effect(load_schema(), Relation("reply", "responds-to", "attack", 0.9, ()))
    ('attack', 'reply')
    """
    known = schema.relations.get(relation.type)
    if known is None or known.causal is None:
        return None
    ends = relation.source, relation.target
    return ends if known.causal == "source" else ends[::-1]


def backwards(graph: "Graph") -> frozenset[tuple[str, str]]:
    """The ids of the cause and the effect of each pair that some causal relation ties backwards in time."""
    ends = (cause_and_effect(graph.schema, relation) for relation in graph.relations if relation.backwards)
    return frozenset(pair for pair in ends if pair)


def supports(relation: Relation, evidence: Evidence) -> float:
    """How sure evidence makes a relation; where that is negated on the whole, how sure what speaks for it is."""
    return evidence.confidence if relation.factuality == "negated" else relation.confidence


def causal(graph: "Graph", event: Event, direction: Direction) -> list[tuple[Relation, Event]]:
    """The causal relations of an event and the event at their other end, surest first; without denied ones."""
    near, far = (1, 0) if direction == "why" else (0, 1)
    pairs = []
    for relation in (*graph.outgoing.get(event.id, ()), *graph.incoming.get(event.id, ())):
        ends = cause_and_effect(graph.schema, relation)
        if ends is None or ends[near] != event.id or relation.factuality == "negated" or ends[0] == ends[1]:
            continue
        there = graph.nodes.get(ends[far])
        if isinstance(there, Event):
            pairs.append((relation, there))
    return sorted(pairs, key=lambda pair: (-pair[0].confidence, pair[1].id, pair[0].type))
