"""Days narrowed by causes: nothing follows from what comes later, and nothing leads to what came before."""

from collections.abc import Iterable, Mapping
from datetime import timedelta

from msgspec import structs

from ...schemas.types import Schema
from ..types import Event, Node, Relation, When

SURE = 0.5  # a weaker line narrows nothing
ROUNDS = 5  # how far a day is handed on along a chain


def bounded(nodes: Mapping[str, Node], relations: Iterable[Relation], schema: Schema) -> dict[str, Event]:
    """The events whose days get narrower, by id: an effect is not before its cause, a cause not after its effect.

    Only events of which no first day is known change, and only between events that are told as facts.
    """
    pairs = [pair for relation in relations if (pair := _cause_and_effect(relation, nodes, schema))]
    changed: dict[str, Event] = {}
    for _ in range(ROUNDS):
        before = dict(changed)
        for ends in sorted(pairs):
            cause, effect = (changed.get(end) or nodes[end] for end in ends)
            assert isinstance(cause, Event)
            assert isinstance(effect, Event)
            if not cause.when or not effect.when:
                continue
            earlier, later = _not_after(cause.when, effect.when), _not_before(effect.when, cause.when)
            if earlier:
                changed[cause.id] = structs.replace(cause, when=earlier)
            if later:
                changed[effect.id] = structs.replace(effect, when=later)
        if changed == before:
            break
    return changed


def _cause_and_effect(relation: Relation, nodes: Mapping[str, Node], schema: Schema) -> tuple[str, str] | None:
    known = schema.relations.get(relation.type)
    if known is None or known.causal is None or relation.confidence < SURE:
        return None
    ends = (relation.source, relation.target) if known.causal == "source" else (relation.target, relation.source)
    told = [node for node in (nodes[end] for end in ends) if isinstance(node, Event) and node.factuality == "asserted"]
    return ends if len(told) == 2 else None


def _not_after(cause: When, effect: When) -> When | None:
    """The cause's days, ending with the effect's, when that is sooner and no first day is known."""
    if cause.earliest or not cause.latest or not effect.latest or effect.latest >= cause.latest:
        return None
    return When(None, effect.latest, "before", cause.phrase, "effect")


def _not_before(effect: When, cause: When) -> When | None:
    """The effect's days, beginning with the cause's, when no first day is known."""
    if effect.earliest or not effect.latest or not cause.earliest or cause.earliest >= effect.latest:
        return None
    precision = "day" if effect.latest - cause.earliest == timedelta(days=1) else "interval"
    return When(cause.earliest, effect.latest, precision, effect.phrase, "cause")
