"""How much events matter: by independent articles, mentions, causes and effects."""

from collections.abc import Iterable
from math import log1p
from typing import TYPE_CHECKING

from msgspec import Struct

from .asking.causal import causal
from .asking.reasons import Direction
from .chronology import lanes
from .types import Event

if TYPE_CHECKING:
    from .model import Graph

WEIGHTS = {"sources": 3.0, "mentions": 1.0, "causes": 1.0, "effects": 2.0}
"""What counts how much: that others report it independently most, then what came of it."""


class Counts(Struct, frozen=True):
    """What speaks for an event, or for all events of a day together.

    `sources` are independent articles (of a day's events, those of the most reported one); a cause or
    an effect counts by the confidence of the relation to it.
    """

    sources: int
    mentions: int
    causes: float = 0.0
    effects: float = 0.0


def importance(counts: Counts) -> float:
    """How much events matter: the sum of their counts, each damped by a logarithm, times its weight in `WEIGHTS`.

    More of anything never counts less, and the tenth article adds less than the second.

    >>> round(importance(Counts(sources=1, mentions=1)), 2)
    2.77
    >>> round(importance(Counts(sources=5, mentions=9, causes=0.9, effects=2.6)), 2)
    10.88
    """
    return sum(weight * log1p(getattr(counts, name)) for name, weight in WEIGHTS.items())


def counts(graph: "Graph", events: Iterable[Event]) -> Counts:
    """What speaks for some events together."""
    together = list(events)
    return Counts(
        sources=max((event.sources for event in together), default=0),
        mentions=sum(len(event.mentions) for event in together),
        causes=sum(_tied(graph, event, "why") for event in together),
        effects=sum(_tied(graph, event, "effects") for event in together),
    )


def _tied(graph: "Graph", event: Event, direction: Direction) -> float:
    """How many other events are a cause (or an effect) of it, each by the surest relation."""
    surest: dict[str, float] = {}
    for relation, other in causal(graph, event, direction):
        surest[other.id] = max(relation.confidence, surest.get(other.id, 0.0))
    return sum(surest.values())


def top_events(graph: "Graph", events: Iterable[Event], number: int) -> list[Event]:
    """The events that matter most, in the order in which they came; of equal ones the first."""
    candidates = list(events)
    ranked = sorted(candidates, key=lambda event: -importance(counts(graph, [event])))
    kept = {event.id for event in ranked[:number]}
    return [event for event in candidates if event.id in kept]


def top_days(graph: "Graph", events: Iterable[Event], number: int) -> list[Event]:
    """All events of the days that matter most, in the order in which they came; of equal days the first.

    An event whose day is not known for certain belongs to no day.
    """
    candidates = list(events)
    known = [day for when, day in lanes(candidates) if when and when.is_day]
    ranked = sorted(known, key=lambda day: -importance(counts(graph, day)))
    kept = {event.id for day in ranked[:number] for event in day}
    return [event for event in candidates if event.id in kept]
