"""Who deals with whom: the pairs of actors who share events, and where each actor stands in the view of them.

    deals(graph)      which event ties which two actors, and how
    pairs(graph)      the same, pair by pair, from cooperation to conflict
    web(graph, ...)   what the page is told of it

The rule stands here alone: the page's scripts only count the deals that the reader's filters leave.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations
from typing import Any, Literal

from msgspec import Struct

from ...graph.model import Graph
from ...graph.types import Actor, Event, Node
from .places import stand

MOST_DRAWN = 400  # actors, the most tied first; the others are found by search and in lists
MOST_TOGETHER = 30  # actors of one event that are paired, in the order in which the graph names them
OPEN = 0.4  # what a planned, possible or alleged dealing weighs beside one that happened

Way = Literal["to", "with", "beside"]


class Deal(Struct, frozen=True):
    """An event in which two actors take part, and what the one is to the other in it.

    `to`: the one does it to the other; `with`: they do it with one another; `beside`: they stand on the same side of
    it (both do it to a third, or it is done to both), which says nothing of how they get on.
    """

    event: str
    one: str
    other: str
    way: Way


class Pair(Struct, frozen=True):
    """Two actors and the events that they share, the denied ones apart.

    `there` and `back` count what happened and was done by the one to the other, and the other way round; `open` what
    is only planned, possible or alleged. `score` is the mean of the scores of what happened (else of what is open)
    on PLOVER's scale from -10, conflict, to 10, cooperation; None where no event between the two has one.
    """

    one: str
    other: str
    events: tuple[str, ...]
    there: int = 0
    back: int = 0
    open: int = 0
    denied: tuple[str, ...] = ()
    score: float | None = None

    @property
    def weight(self) -> float:
        """How strong the tie is: by its events, of which those that are not certain count less."""
        return len(self.events) - (1 - OPEN) * self.open


def deals(graph: Graph, events: Iterable[Event] | None = None) -> list[Deal]:
    """The deals of some events (or all of a graph), in the order of time; who says so takes no part.

    Of an event with very many actors only the first `MOST_TOGETHER` are paired.
    """
    sides = _sides(graph)
    found: list[Deal] = []
    for event in graph.events if events is None else events:
        actors = list(sides.get(event.id, {}).items())[:MOST_TOGETHER]
        for (one, own), (other, others) in combinations(actors, 2):
            found.append(_deal(event.id, one, own, other, others))
    return found


def pairs(graph: Graph, events: Iterable[Event] | None = None) -> list[Pair]:
    """The pairs of actors who deal with each other, the most tied first.

    >>> from newsloom.schemas import load_schema
    >>> from newsloom.graph.types import Relation
    >>> event = Event("e", "ASSAULT", "One hits another", intensity=-9.0)
    >>> nodes = [event, Actor("a", "Person", "one"), Actor("b", "Person", "another")]
    >>> ties = [Relation("e", "agent", "a", 0.9, ()), Relation("e", "recipient", "b", 0.9, ())]
    >>> [pair] = pairs(Graph(load_schema(), (), nodes, ties, {}))
    >>> pair.one, pair.there, pair.other, pair.back, pair.score
    ('a', 1, 'b', 0, -9.0)
    """
    shared: dict[tuple[str, str], list[Deal]] = defaultdict(list)
    for deal in deals(graph, events):
        shared[min(deal.one, deal.other), max(deal.one, deal.other)].append(deal)
    found = (_pair(graph, *ends, own) for ends, own in shared.items())
    return sorted((pair for pair in found if pair.events), key=lambda pair: (-pair.weight, pair.one, pair.other))


def web(graph: Graph, held: Sequence[Node]) -> dict[str, Any]:
    """What the page is told: the deals of the nodes it holds, and the places of the actors that it draws.

    Nodes are given by their numbers in `held`; `positions` are pixels at the scale at which all names have room.
    """
    numbers = {node.id: number for number, node in enumerate(held)}
    events = [event for event in graph.events if event.id in numbers]
    known = [deal for deal in deals(graph, events) if deal.one in numbers and deal.other in numbers]
    ties = {
        (pair.one, pair.other): pair.weight
        for pair in pairs(graph, events)
        if pair.one in numbers and pair.other in numbers
    }
    drawn = _most_tied(ties)
    names = {id: graph.nodes[id].name for ends in drawn for id in ends}
    positions = stand(drawn, names)
    return {
        "positions": {str(numbers[id]): [round(x), round(y)] for id, (x, y) in sorted(positions.items())},
        "deals": [[numbers[d.event], numbers[d.one], numbers[d.other], d.way] for d in known],
    }


def _sides(graph: Graph) -> dict[str, dict[str, set[str]]]:
    """The roles of each actor in each event; saying that it happened is none."""
    sides: dict[str, dict[str, set[str]]] = defaultdict(dict)
    for relation in graph.relations:
        if relation.type == "says" or relation.factuality == "negated":
            continue
        if isinstance(graph.nodes.get(relation.source), Event) and isinstance(graph.nodes.get(relation.target), Actor):
            sides[relation.source].setdefault(relation.target, set()).add(relation.type)
    return sides


def _deal(event: str, one: str, own: set[str], other: str, others: set[str]) -> Deal:
    there = "agent" in own and "recipient" in others
    back = "agent" in others and "recipient" in own
    if there != back:
        return Deal(event, one, other, "to") if there else Deal(event, other, one, "to")
    same = own == others and own in ({"agent"}, {"recipient"})
    return Deal(event, one, other, "beside" if same else "with")


def _pair(graph: Graph, one: str, other: str, own: Sequence[Deal]) -> Pair:
    status = {deal.event: _event(graph, deal.event).factuality for deal in own}
    events = tuple(id for id, factuality in status.items() if factuality != "negated")
    open = sum(status[id] not in ("asserted", "negated") for id in status)
    happened = [deal for deal in own if status[deal.event] == "asserted"]
    scores = list(_scores(graph, happened)) or list(_scores(graph, (d for d in own if d.event in events)))
    return Pair(
        one,
        other,
        events,
        there=sum(deal.way == "to" and deal.one == one for deal in happened),
        back=sum(deal.way == "to" and deal.one == other for deal in happened),
        open=open,
        denied=tuple(id for id, factuality in status.items() if factuality == "negated"),
        score=round(sum(scores) / len(scores), 2) if scores else None,
    )


def _scores(graph: Graph, own: Iterable[Deal]) -> Iterator[float]:
    """The scores of events that the two do to or with each other, as far as they have one."""
    for deal in own:
        intensity = _event(graph, deal.event).intensity
        if deal.way != "beside" and intensity is not None:
            yield intensity


def _event(graph: Graph, id: str) -> Event:
    event = graph.nodes[id]
    assert isinstance(event, Event)
    return event


def _most_tied(ties: dict[tuple[str, str], float]) -> dict[tuple[str, str], float]:
    """The pairs between the most tied actors."""
    weight: dict[str, float] = defaultdict(float)
    for ends, strength in ties.items():
        for id in ends:
            weight[id] += strength
    drawn = set(sorted(weight, key=lambda id: (-weight[id], id))[:MOST_DRAWN])
    return {ends: strength for ends, strength in ties.items() if drawn.issuperset(ends)}
