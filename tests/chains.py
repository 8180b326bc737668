"""Graphs of causes, as large and as entangled as wanted, in own words."""

import random
from collections.abc import Sequence
from datetime import date, timedelta

from small import small_graph

from newsloom.graph.model import Graph
from newsloom.graph.types import Event, Relation, When

PROOF = small_graph().relations[5].evidence
TYPES = ("causes", "causes", "enables", "intends-to-cause", "responds-to")


def related(count: int, relations: Sequence[Relation], names: Sequence[str] = ()) -> Graph:
    """A graph of some events, `event/0` on 1 January 2024 and each a day later, and of these relations."""
    graph = small_graph()
    days = [date(2024, 1, 1) + timedelta(number) for number in range(count)]
    events = [
        Event(
            f"event/{number}",
            "CONSULT",
            names[number % len(names)] if names else f"Meeting {number}",
            when=When(day, day + timedelta(1), "day"),
        )
        for number, day in enumerate(days)
    ]
    return Graph(graph.schema, graph.readings, [*graph.nodes.values(), *events], relations, graph.resolution)


def tie(cause: int, effect: int, type: str = "causes", confidence: float = 0.9, **fields) -> Relation:
    """A relation with a sentence from the one event to the other, as its type has it."""
    ends = (effect, cause) if type == "responds-to" else (cause, effect)
    return Relation(f"event/{ends[0]}", type, f"event/{ends[1]}", confidence, PROOF, **fields)


def web(count: int, seed: int = 1) -> Graph:
    """So many events, each but the first with one or two causes among the nine before it."""
    pick = random.Random(seed)
    pairs = {(max(0, n - pick.randint(1, 9)), n) for n in range(1, count) for _ in range(pick.choice((1, 1, 2)))}
    return related(count, [tie(a, b, pick.choice(TYPES), round(pick.uniform(0.4, 0.99), 2)) for a, b in sorted(pairs)])
