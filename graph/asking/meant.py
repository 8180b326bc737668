"""Which event a question means: an id, a type, or words; where several fit about equally, they are offered."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import TYPE_CHECKING, TypedDict

from msgspec import Struct

from ...schemas.errors import NotFound, Unclear, UsageError, nearest
from ..edtf import to_edtf
from ..finding import TIE, Match, find, find_events, not_found
from ..timeline import narrowed, narrower, participating
from ..types import Actor, Event, Node, Place

if TYPE_CHECKING:
    from ..model import Graph

NEAR = 0.15  # events that score no further apart fit about equally
NAMED = 0.75  # score from which a text names an actor or place rather than an event
CERTAIN = ("id", "name", "alias", "type")  # what comes less close than one that is found so is not as good
MANY = 200  # events that are looked at
OFFERED = 8  # events that a message names


class Scope(Struct, frozen=True):
    """What a question admits.

    `min_confidence` of each hop; `by` an outlet, or an actor who claims; `until` a year, month or day up to whose end
    an article must have been published (undated ones are left out); `backwards` whether causes that are dated behind
    their effects count.
    """

    min_confidence: float = 0.0
    by: str | None = None
    until: str | int | date | None = None
    backwards: bool = False


class Filters(Struct, frozen=True):
    """What an event must have to be meant: a type (or a narrower one), somebody who takes part, a place, its own days.

    `on` is a year, month or day in which it may have happened, or two of them: "2024-04-01/2024-04-14".
    """

    types: str | Iterable[str] | None = None
    actor: str | None = None
    place: str | None = None
    on: str | int | date | None = None


NO_FILTERS = Filters()


class Counted(TypedDict, total=False):
    """The options that say what counts: the fields of `Scope`."""

    min_confidence: float
    by: str | None
    until: str | int | date | None
    backwards: bool


class Asked(Counted, total=False):
    """The options of a question: also those that say which events are meant, the fields of `Filters`."""

    types: str | Iterable[str] | None
    actor: str | None
    place: str | None
    on: str | int | date | None


def split(asked: Asked) -> tuple[Scope, Filters]:
    """The options of a question: what counts, and which events are meant."""
    filters = {name: value for name, value in asked.items() if name in Filters.__struct_fields__}
    scope = {name: value for name, value in asked.items() if name not in filters}
    return Scope(**scope), Filters(**filters)  # type: ignore[arg-type]


class Meant(Struct, frozen=True):
    """The events that a question may mean, best first; the first `near` fit about equally well."""

    events: tuple[Event, ...]
    near: int


def the_event(
    graph: "Graph",
    text: str,
    filters: Filters = NO_FILTERS,
    tells: Callable[[Event], bool] = lambda event: False,
    pick: int | None = None,
) -> Meant:
    """The event that a question means (the first), and others; `tells` says of which there is something to tell.

    Of several that fit about equally, the only one with something to tell is taken, and the best where none has;
    `pick` takes the one of a number, from 1. NotFound when none fits; Unclear when several do; UsageError when there
    is no event of the number.
    """
    meant = candidates(graph, text, filters, tells)
    if pick is not None:
        if pick > len(meant.events) or pick < 1:
            raise UsageError(f"there is no number {pick}: {len(meant.events)} events fit {text!r}.")
        picked = meant.events[pick - 1]
        return Meant((picked, *(event for event in meant.events if event is not picked)), 1)
    near = meant.events[: meant.near]
    if len(near) > 1 and tells(near[1]):
        raise unclear(text, near, tells)
    return meant


def unclear(text: str, events: tuple[Event, ...], tells: Callable[[Event], bool]) -> Unclear:
    """The error that offers events, those with something to tell."""
    offered = [event for event in events if tells(event)]
    named = "; ".join(f"{event.id} ({event.name}, {to_edtf(event.when) or 'undated'})" for event in offered[:OFFERED])
    more = f"; and {len(offered) - OFFERED} more" if len(offered) > OFFERED else ""
    return Unclear(
        f"{text!r} fits {len(offered)} events about equally. Give the id of one, or more words: {named}{more}.",
        text,
        [event.id for event in offered],
    )


def candidates(
    graph: "Graph", text: str, filters: Filters = NO_FILTERS, tells: Callable[[Event], bool] = lambda event: False
) -> Meant:
    """The events that a question may mean, best first; of those that fit about equally, the ones that tell something.

    NotFound when none fits.
    """
    matches = of_type(graph, text) or events_meant(graph, text)
    kept = passing(graph, filters, [match.node for match in matches])
    fitting = [match for match in matches if kept is None or match.node.id in kept]
    if not fitting:
        raise NotFound(
            f"{len(matches)} events fit {text!r}, but none of them the filters: leave out or change one of them."
        )
    margin = TIE if fitting[0].how in CERTAIN else NEAR
    near = [match for match in fitting if match.score >= fitting[0].score - margin]
    if fitting[0].how == "participant" and not any(tells(match.node) for match in near):
        near = fitting  # what was done to an actor is better than nothing told
    near.sort(key=lambda match: (not tells(match.node), -round(match.score / NEAR), -match.node.sources))
    rest = sorted(fitting[len(near) :], key=lambda match: not tells(match.node))
    return Meant(tuple(match.node for match in (*near, *rest)), len(near))


def of_type(graph: "Graph", text: str) -> tuple[Match[Event], ...]:
    """The events of a type, for its name in capitals ("PROTEST") or with a mode ("PROTEST/riot"); none for other words.

    UsageError for a mode that the type has not.
    """
    name, slash, mode = text.strip().partition("/")
    known = graph.schema.event_types.get(name.upper() if slash else name)
    if known is None or name in graph.nodes or text.strip() in graph.nodes:
        return ()
    wanted = narrower(graph, name)
    modes = {mode.casefold() for type in wanted for mode in graph.schema.event_types[type].modes}
    if slash and mode.casefold() not in modes:
        raise UsageError(f"{name.upper()} has no mode {mode!r}.{nearest(mode, modes)}")
    events = [
        e for e in graph.events if e.type in wanted and (not slash or (e.mode or "").casefold() == mode.casefold())
    ]
    if not events:
        raise NotFound(f"the graph has no event of type {text.strip().upper() if not slash else text.strip()}.")
    return tuple(Match(event, 1.0, "type") for event in events)


def events_meant(graph: "Graph", text: str) -> tuple[Match[Event], ...]:
    """The events that a text may mean, best first: by their own words, or as those of the actor or place it names."""
    matches = find(graph, text, limit=MANY)
    if known := tuple(Match(m.node, m.score, m.how) for m in matches if m.how == "id" and isinstance(m.node, Event)):
        return known
    named = bool(matches) and isinstance(matches[0].node, Actor | Place) and _is_named(matches)
    doings = _doings(graph, [match.node for match in matches if match.score >= matches[0].score - TIE]) if named else ()
    events = doings or find_events(graph, text, MANY)
    if not events and named:
        raise NotFound(f"{matches[0].node.name!r} takes part in no event of the graph.")
    if not events:
        raise not_found(graph, text, "event")
    return events


def _is_named(matches: tuple[Match[Node], ...]) -> bool:
    """Whether the best match is meant by its name, or by words that fit no event as well."""
    best = matches[0]
    rival = max((match.score for match in matches if isinstance(match.node, Event)), default=0.0)
    return best.how in CERTAIN or (best.score >= NAMED and rival < best.score - TIE)


def _doings(graph: "Graph", nodes: Iterable[Node]) -> tuple[Match[Event], ...]:
    """The events of some actors and places: those they do first, then those they take part in or are the place of."""
    scores: dict[str, float] = {}
    for relation in (r for node in nodes for r in graph.incoming.get(node.id, ()) if r.type in participating(graph)):
        scores[relation.source] = max(0.9 if relation.type == "agent" else 0.6, scores.get(relation.source, 0.0))
    events = ((graph.nodes[id], score) for id, score in scores.items())
    matches = [Match(event, score, "participant") for event, score in events if isinstance(event, Event)]
    return tuple(sorted(matches, key=lambda match: (-match.score, -match.node.sources, match.node.id))[:MANY])


def passing(graph: "Graph", filters: Filters, events: Iterable[Event] | None = None) -> set[str] | None:
    """The ids of the events that have what the filters ask for; None where they ask for nothing and all do."""
    if filters == NO_FILTERS:
        return None
    since, _, until = str(filters.on if filters.on is not None else "").partition("/")
    found = narrowed(
        graph,
        graph.events if events is None else events,
        actor=filters.actor,
        place=filters.place,
        since=since or None,
        until=until or since or None,
    )
    wanted = None if filters.types is None else narrower(graph, filters.types)
    return {event.id for event in found if wanted is None or event.type in wanted}
