"""Days narrowed by what is tied to them: nothing follows from what comes later, nothing leads to what came before."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import Literal, NamedTuple

from msgspec import structs

from ...schemas.types import Schema
from ..types import Event, Node, Relation, When

SURE = 0.5  # a weaker cause narrows nothing
SURE_ORDER = 0.8  # nor does a weaker order
ROUNDS = 5  # how far a day is handed on along a chain


class Narrowing(NamedTuple):
    """The first (`earliest`) or last (`latest`) day of one event holds for another as well."""

    event: str
    side: Literal["earliest", "latest"]
    by: str
    rule: str


def bounded(nodes: Mapping[str, Node], relations: Iterable[Relation], schema: Schema) -> dict[str, Event]:
    """The events whose days get narrower, by id.

    An effect is not before its cause and a cause not after its effect; the same holds for what comes before and after;
    what happens during something happens on its days; what happens at the same time has the same days.
    Only events of which the text gives no first day change, and only between events that are told as facts. A cause
    that is not asserted tells no days, nor does one that runs backwards in time.
    """
    narrowings = sorted(
        narrowing for relation in relations for narrowing in _narrowings(relation, schema) if _told(relation, nodes)
    )
    changed: dict[str, Event] = {}
    for _ in range(ROUNDS):
        before = dict(changed)
        for narrowing in narrowings:
            event, other = (changed.get(end) or nodes[end] for end in (narrowing.event, narrowing.by))
            assert isinstance(event, Event)
            assert isinstance(other, Event)
            when = _narrowed(event.when, other.when, narrowing) if other.when else None
            if when is not None:
                changed[event.id] = structs.replace(event, when=when)
        if changed == before:
            break
    return changed


def _told(relation: Relation, nodes: Mapping[str, Node]) -> bool:
    ends = nodes[relation.source], nodes[relation.target]
    sound = relation.factuality == "asserted" and not relation.backwards
    return sound and all(isinstance(node, Event) and node.factuality == "asserted" for node in ends)


def sure_order(relation: Relation) -> bool:
    """Whether what a relation says of the order of its ends is sure enough to be relied on.

    What a model alone says is not: it orders where things start, and words say nothing of it.
    """
    judged = all(evidence.rule.startswith("model:") for evidence in relation.evidence)
    return relation.confidence >= SURE_ORDER and not judged


def _narrowings(relation: Relation, schema: Schema) -> Iterator[Narrowing]:
    """What a relation says about the days of its ends."""
    known = schema.relations.get(relation.type)
    source, target = relation.source, relation.target
    if known is not None and known.causal is not None and relation.confidence >= SURE:
        cause, effect = (source, target) if known.causal == "source" else (target, source)
        yield Narrowing(cause, "latest", effect, "effect")
        yield Narrowing(effect, "earliest", cause, "cause")
    elif sure_order(relation):
        yield from _narrowings_by_order(source, relation.type, target)


def _narrowings_by_order(source: str, type: str, target: str) -> Iterator[Narrowing]:
    if type == "before":
        yield Narrowing(source, "latest", target, "order:before")
        yield Narrowing(target, "earliest", source, "order:after")
    elif type == "includes":
        yield Narrowing(target, "latest", source, "order:during")
        yield Narrowing(target, "earliest", source, "order:during")
    elif type == "simultaneous":
        for one, other in ((source, target), (target, source)):
            yield Narrowing(one, "latest", other, "order:simultaneous")
            yield Narrowing(one, "earliest", other, "order:simultaneous")


def _narrowed(when: When | None, other: When, narrowing: Narrowing) -> When | None:
    """An event's days once narrowed; None when they stay as they are, or when nothing would be left of them."""
    when = when or When(None, None, "before")
    handed_on = when.rule in ("cause", "effect") or when.rule.startswith("order:")
    if when.partial is not None or (when.earliest is not None and not handed_on):
        return None
    earliest, latest = when.earliest, when.latest
    if narrowing.side == "latest":
        if other.latest is None or (latest is not None and other.latest >= latest):
            return None
        latest = other.latest
    else:
        if other.earliest is None or (earliest is not None and other.earliest <= earliest):
            return None
        earliest = other.earliest
    if earliest is not None and latest is not None and earliest >= latest:
        return None
    return When(earliest, latest, _precision(earliest, latest), when.phrase, narrowing.rule)


def _precision(earliest: date | None, latest: date | None) -> str:
    if earliest is None or latest is None:
        return "before" if earliest is None else "after"
    return "day" if latest - earliest == timedelta(days=1) else "interval"
