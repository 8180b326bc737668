"""The order in which events are told: what is known to be earlier comes first.

Days decide where they are known, `before` relations where days leave it open, else the place in which
events are told. Events without a day come last, in the same order among themselves.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING

from .edtf import to_edtf
from .types import Event, Relation, When

if TYPE_CHECKING:
    import networkx as nx

SURE = 0.5  # confidence from which `before` orders
_END = date.max


def chronological(
    events: Iterable[Event], relations: Iterable[Relation], told: Mapping[str, tuple[int, int]]
) -> list[Event]:
    """The events in order of time, undated ones last; `told` is where each is told first, by its id.

    Events of which only the last possible day is known stand just before what happened on that day.
    Of `before` relations in a circle some are not kept; days always are.
    """
    import networkx as nx

    ranked = sorted(events, key=lambda event: (*in_time(event), told[event.id], event.id))
    by_id = {event.id: event for event in ranked}
    earlier = _earlier(ranked, [r for r in relations if _orders(r, by_id)])
    ordered = [by_id[node] for node in nx.dfs_postorder_nodes(earlier) if node in by_id]
    return sorted(ordered, key=is_undated)


def in_time(event: Event) -> tuple[bool, date, bool, date]:
    """A sort key: by the first day possible, else by the last one and ahead of what begins on it; undated ones last."""
    when = event.when
    if when and when.earliest:
        return False, when.earliest, True, when.latest or _END
    if when and when.last_day:
        return False, when.last_day, False, _END
    return True, _END, True, _END


def is_undated(event: Event) -> bool:
    """Whether neither a first nor a last possible day is known."""
    return event.when is None or (event.when.earliest is None and event.when.latest is None)


def lanes(events: Iterable[Event]) -> list[tuple[When | None, list[Event]]]:
    """Events that are in order, in groups of those of which the same days are known; undated ones last, under None."""
    groups: dict[str | None, list[Event]] = {}
    for event in sorted(events, key=in_time):
        groups.setdefault(None if is_undated(event) else to_edtf(event.when), []).append(event)
    return [(group[0].when if days else None, group) for days, group in groups.items()]


def _orders(relation: Relation, events: Mapping[str, Event]) -> bool:
    """Whether a relation tells the order of two events, and their days do not contradict it."""
    first, second = events.get(relation.source), events.get(relation.target)
    if relation.type != "before" or relation.confidence < SURE or first is None or second is None:
        return False
    begins = first.when.earliest if first.when else None
    over = second.when.latest if second.when else None
    return begins is None or over is None or begins < over


def _earlier(ranked: list[Event], relations: list[Relation]) -> "nx.DiGraph":
    """From each event to those known to be earlier; days are nodes too, between what is over and what begins then."""
    import networkx as nx

    rank = {event.id: number for number, event in enumerate(ranked)}
    bounds = {bound for e in ranked if e.when for bound in (e.when.earliest, e.when.latest) if bound}
    graph = nx.DiGraph()
    graph.add_nodes_from(rank)
    nx.add_path(graph, sorted(bounds, reverse=True))
    for event in ranked:
        if event.when and event.when.earliest:
            graph.add_edge(event.id, event.when.earliest)
        if event.when and event.when.latest:
            graph.add_edge(event.when.latest, event.id)
    pairs = {(rank[relation.source], rank[relation.target]) for relation in relations}
    graph.add_edges_from((ranked[second].id, ranked[first].id) for first, second in sorted(pairs))
    return graph
