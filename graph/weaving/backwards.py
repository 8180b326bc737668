"""Causes against time: a relation whose cause comes only after its effect is kept, and marked.

    relations = marked(relations, nodes, schema)

The days of the two events tell, and where these leave it open, what articles surely say of their order, also by way of
other events. The same holds of what is meant to bring about something, whose aim comes later, and of what prevents it.
Only an answer may come before what it answers, where that is not more than planned or feared.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from msgspec import structs

from ...schemas.types import Schema
from ..types import Event, Node, Relation
from .bounds import sure_order
from .standing import CAUSE_OPEN, ends_of

DOUBTFUL = 0.29  # the confidence, at most, of a line that time speaks against
STEPS = 5  # how far what comes before what is followed


def marked(relations: Iterable[Relation], nodes: Mapping[str, Node], schema: Schema) -> list[Relation]:
    """The relations in the order they came; those that run backwards in time say so, and are little trusted."""
    given = list(relations)
    order = _Order(given)
    return [_backward(one) if _runs_backwards(one, nodes, schema, order) else one for one in given]


class _Order:
    """What comes after what, as articles surely say."""

    def __init__(self, relations: Iterable[Relation]):
        self._next: dict[str, set[str]] = defaultdict(set)
        self._later: dict[str, frozenset[str]] = {}
        for relation in relations:
            if relation.type == "before" and relation.factuality == "asserted" and sure_order(relation):
                self._next[relation.source].add(relation.target)

    def later(self, event: str) -> frozenset[str]:
        """The events that come after an event."""
        if event not in self._later:
            found: set[str] = set()
            front = {event}
            for _ in range(STEPS):
                front = {one for before in front for one in self._next.get(before, ())} - found
                found |= front
            self._later[event] = frozenset(found)
        return self._later[event]


def _runs_backwards(relation: Relation, nodes: Mapping[str, Node], schema: Schema, order: _Order) -> bool:
    ends = ends_of(relation.type, schema)
    if ends is None:
        return False
    cause, effect = (nodes[getattr(relation, end)] for end in ends)
    if not (isinstance(cause, Event) and isinstance(effect, Event)):
        return False
    if relation.type in CAUSE_OPEN and cause.factuality in ("planned", "hypothetical"):
        return False
    if _surely_after(cause, effect):
        return True
    return not _surely_after(effect, cause) and cause.id in order.later(effect.id)


def _surely_after(one: Event, other: Event) -> bool:
    """Whether the one begins, by their days, when the other is over."""
    begins = one.when.earliest if one.when else None
    over = other.when.latest if other.when else None
    return begins is not None and over is not None and begins >= over


def _backward(relation: Relation) -> Relation:
    return structs.replace(relation, backwards=True, confidence=min(relation.confidence, DOUBTFUL))
