"""Relations of order that were dropped, as lines for people and as records for programs."""

from datetime import timedelta
from typing import Any

from .console import BOLD, CAUSE, FAINT, say
from .graph.model import Graph
from .graph.types import Dropped, Event
from .wording import best, day, label, quotation, relation_note, relation_record


def say_dropped(graph: Graph, dropped: Dropped) -> None:
    """Print a dropped relation with its surest sentence, and what is against it."""
    relation = dropped.relation
    _say_line(graph, relation.source, relation.type, relation.target, relation_note(relation))
    say(*quotation(graph, best(relation)), indent=4)
    say("but", indent=2)
    for source, type, target in dropped.chain:
        _say_line(graph, source, type, target, indent=4)
    if dropped.limits:
        first, last = dropped.limits
        over = last.day - timedelta(days=1)
        say((graph.nodes[first.event].name, BOLD), f"  did not begin before {first.day}", indent=4)
        say((graph.nodes[last.event].name, BOLD), f"  was over by {over}", indent=4)


def _say_line(graph: Graph, source: str, type: str, target: str, note: str = "", indent: int = 0) -> None:
    first, second = graph.nodes[source], graph.nodes[target]
    assert isinstance(first, Event)
    assert isinstance(second, Event)
    words = f"  ({day(first)})  ", (f"{label(graph, type, True)}  ", CAUSE)
    say((first.name, BOLD), *words, (second.name, BOLD), f"  ({day(second)})  ", (note, FAINT), indent=indent)


def dropped_record(graph: Graph, dropped: Dropped) -> dict[str, Any]:
    """A dropped relation as in the interchange format, with the relations and the days against it."""
    return {
        "relation": relation_record(graph, dropped.relation),
        "against": [dict(zip(("source", "type", "target"), line, strict=True)) for line in dropped.chain],
        "limits": _limits(dropped),
    }


def _limits(dropped: Dropped) -> dict[str, dict[str, str]] | None:
    """The first day of the one event and the day by which the other was over (half-open, as everywhere)."""
    if dropped.limits is None:
        return None
    first, last = dropped.limits
    return {
        "earliest": {"event": first.event, "day": first.day.isoformat()},
        "latest": {"event": last.event, "day": last.day.isoformat()},
    }
