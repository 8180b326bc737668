"""The timeline: which events, in order of time, and of many those that matter most.

timeline(graph, actor="Hamas", since="2024-02")     the events, in order
timeline(graph, place="Gaza", top=10)               the ten of them that matter most, still in order
"""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING

from ..schemas.errors import UsageError, nearest
from .finding import resolve
from .importance import top_days as most_important_days
from .importance import top_events as most_important
from .types import UNTYPED, Event, Place, When

if TYPE_CHECKING:
    from .model import Graph

PLACE_ROLES = ("place", "origin", "destination")


def timeline(
    graph: "Graph",
    *,
    actor: str | None = None,
    place: str | None = None,
    types: str | Iterable[str] | None = None,
    since: str | int | date | None = None,
    until: str | int | date | None = None,
    top: int | None = None,
    top_days: int | None = None,
) -> tuple[Event, ...]:
    """The events in order of time, undated ones last.

    `actor` takes part in them, `place` is where they happen or what that lies in; `types` includes
    narrower types, and without it events of no type (OTHER) are left out; `since` and `until` (a year, a month or a
    day, both included) leave undated events out.
    Of what is left, `top` keeps the events that matter most, `top_days` all events of the days that do
    (`graph.importance` tells how that is weighed). UsageError: an unknown type, no date, no time between
    two dates, both `top` and `top_days`; NotFound: nobody and no place of that name.
    """
    if top is not None and top_days is not None:
        raise UsageError("either the most important events (top) or the most important days (top days), not both.")
    if types is None:
        events: Iterable[Event] = [event for event in graph.events if event.type != UNTYPED]
    else:
        wanted = narrower(graph, types)
        events = [event for event in graph.events if event.type in wanted]
    events = narrowed(graph, events, actor=actor, place=place, since=since, until=until)
    if top is not None:
        events = most_important(graph, events, top)
    if top_days is not None:
        events = most_important_days(graph, events, top_days)
    return tuple(events)


def narrowed(
    graph: "Graph",
    events: Iterable[Event],
    *,
    actor: str | None = None,
    place: str | None = None,
    since: str | int | date | None = None,
    until: str | int | date | None = None,
) -> list[Event]:
    """Those of some events that an actor takes part in, that are at a place, and that are of some days."""
    found = list(events)
    if actor is not None:
        who = {node.id for node in resolve(graph, actor, "actor")}
        found = [event for event in found if who & set(_ends(graph, event, participating(graph)))]
    if place is not None:
        where = _inside(graph, {node.id for node in resolve(graph, place, "place")})
        found = [event for event in found if where & set(_ends(graph, event, PLACE_ROLES))]
    first = None if since is None else days(since)[0]
    too_late = None if until is None else days(until)[1]
    if first and too_late and first >= too_late:
        raise UsageError(f"no time lies between {since} and {until}: the first day must not be after the last one.")
    if first or too_late:
        found = [event for event in found if _overlaps(event.when, first, too_late)]
    return found


def participating(graph: "Graph") -> tuple[str, ...]:
    """The roles in which a node takes part in an event (saying that it happened is none)."""
    return tuple(role for role in graph.schema.roles if role not in ("says", "time"))


def narrower(graph: "Graph", types: str | Iterable[str]) -> set[str]:
    """Names of event types and of all types that extend them; UsageError with the nearest names for an unknown one."""
    known = graph.schema.event_types
    by_name = {name.casefold(): name for name in known}
    wanted = set()
    for asked in [types] if isinstance(types, str) else types:
        name = by_name.get(asked.strip().casefold())
        if name is None:
            raise UsageError(f"unknown event type {asked!r}.{nearest(asked.upper(), known)}")
        wanted.add(name)
    while more := {name for name, type in known.items() if type.extends in wanted} - wanted:
        wanted |= more
    return wanted


def days(text: str | int | date) -> tuple[date, date]:
    """The first day of a year, month or day, and the first day after it; UsageError when it is none of them.

    >>> days("2024-02")
    (datetime.date(2024, 2, 1), datetime.date(2024, 3, 1))
    """
    parts = str(text).strip().split("-")
    try:
        year, month, day = (*map(int, parts), 1, 1)[:3]
        first = date(year, month, day)
        if len(parts) == 1 and len(parts[0]) == 4:
            return first, date(year + 1, 1, 1)
        if len(parts) == 2:
            return first, date(year + month // 12, month % 12 + 1, 1)
        if len(parts) == 3:
            return first, first + timedelta(days=1)
    except (ValueError, OverflowError):
        pass
    raise UsageError(f"{text!r} is no date: give a year, a month or a day, such as 2024, 2024-02 or 2024-02-23.")


def _ends(graph: "Graph", event: Event, roles: Iterable[str]) -> Iterator[str]:
    wanted = set(roles)
    return (relation.target for relation in graph.outgoing.get(event.id, ()) if relation.type in wanted)


def _inside(graph: "Graph", places: set[str]) -> set[str]:
    """Some places and all that lie in them."""
    found = set(places)
    while True:
        more = {node.id for node in graph.nodes.values() if isinstance(node, Place) and node.within in found} - found
        if not more:
            return found
        found |= more


def _overlaps(when: When | None, first: date | None, too_late: date | None) -> bool:
    """Whether something can have happened in some days; of an open stretch only its known end counts."""
    if when is None or (when.earliest is None and when.latest is None):
        return False
    earliest = when.earliest or (when.latest - timedelta(days=1) if when.latest else None)
    latest = when.latest or (when.earliest + timedelta(days=1) if when.earliest else None)
    assert earliest is not None
    assert latest is not None
    return (first is None or latest > first) and (too_late is None or earliest < too_late)
