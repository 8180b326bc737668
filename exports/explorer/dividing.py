"""A graph that is too large for one part, divided: a part for each story, large ones cut by time, and cells over them.

A cell is what one story has in one column of time: the page shows how much that is and opens the part that holds it.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from ...graph.types import Event, Node
from ..labels import anchor
from .choice import Whole, left_out, without_events
from .columns import Period, column_of, periods
from .cutting import named
from .stories import stories

MOST_HELD = 60_000  # nodes of all parts together: a file of about 25 MB
MOST_IN_PART = 8_000  # nodes of a story or of a stretch of its time
MOST_LANES = 12
APART = "apart"  # the part of what goes with no event


class Section(Struct, frozen=True):
    """What one part is made of."""

    name: str
    title: str
    events: tuple[Event, ...]
    others: tuple[Node, ...] = ()


class Cell(Struct, frozen=True):
    """The events of one lane and column, and the sections that hold them."""

    lane: int
    column: int
    events: tuple[Event, ...]
    sections: tuple[str, ...]


class Division(Struct, frozen=True):
    """All sections and cells, the names of the lanes, and what found no room, by kind."""

    lanes: tuple[str, ...]
    columns: tuple[Period, ...]
    cells: tuple[Cell, ...]
    sections: tuple[Section, ...]
    left_out: dict[str, int]


def divide(whole: Whole, most: int = MOST_HELD, in_part: int = MOST_IN_PART) -> Division:
    """A graph divided into sections of about so many nodes, the events that matter most first."""
    graph = whole.graph
    events, held = _held(whole, most)
    rest = without_events(whole, events)[: max(0, min(most - len(held), in_part))]
    kept = held | {node.id for node in rest}
    out = Counter(node.kind for node in graph.nodes.values() if node.id not in kept)
    chosen = {event.id for event in events}
    in_time = [event for event in graph.events if event.id in chosen]
    lanes = stories(whole.extract([n for n in graph.nodes.values() if n.id in kept]), in_time, MOST_LANES)
    columns = periods(anchor(event.when) for event in in_time)
    sections: list[Section] = []
    cells: list[Cell] = []
    for number, (name, members) in enumerate(lanes):
        own = _columns([graph.nodes[id] for id in members], columns)
        cut = list(_cut(whole, own, in_part))
        titles = _titles(named(name), [_stretch(columns[first], columns[last]) for first, last, _ in cut])
        made = [
            Section(f"story-{number + 1}{f'-{place + 1}' if titles[1:] else ''}", title, tuple(part))
            for place, (title, (_, _, part)) in enumerate(zip(titles, cut, strict=True))
        ]
        sections += made
        for column, inside in own.items():
            holding = tuple(s.name for s, (first, last, _) in zip(made, cut, strict=True) if first <= column <= last)
            cells.append(Cell(number, column, tuple(inside), holding))
    if rest:
        sections.append(Section(APART, "Actors and places without events", (), tuple(rest)))
    names = tuple(named(name) for name, _ in lanes)
    return Division(names, tuple(columns), tuple(cells), tuple(sections), left_out(out))


def _held(whole: Whole, most: int) -> tuple[list[Event], set[str]]:
    """The events there is room for, those that matter most first, and all that goes with them."""
    held: set[str] = set()
    events: list[Event] = []
    for event in whole.ranked(node for node in whole.graph.nodes.values() if isinstance(node, Event)):
        new = {event.id, *whole.near[event.id]} - held
        if events and len(held) + len(new) > most:
            break
        held |= new
        events.append(event)
    return events, held


def _columns(events: Iterable[Node], columns: list[Period]) -> dict[int, list[Event]]:
    found: dict[int, list[Event]] = {}
    for event in events:
        if isinstance(event, Event):
            found.setdefault(column_of(anchor(event.when), columns), []).append(event)
    return dict(sorted(found.items()))


def _cut(whole: Whole, columns: dict[int, list[Event]], most: int) -> Iterator[tuple[int, int, list[Event]]]:
    """The first and the last column of each run of a lane's events, and these events.

    A run holds at most so many nodes, with what goes with its events, and ends with a column where it can.
    """
    run: list[Event] = []
    held: set[str] = set()
    first = last = -1
    for column, events in columns.items():
        own = {id for event in events for id in (event.id, *whole.near[event.id])}
        pieces = [(events, own)] if len(own) <= most else list(_pieces(whole, events, most))
        for piece, ids in pieces:
            if run and len(held | ids) > most:
                yield first, last, run
                run, held, first = [], set(), -1
            first = column if first < 0 else first
            run, held, last = run + piece, held | ids, column
    if run:
        yield first, last, run


def _pieces(whole: Whole, events: Sequence[Event], most: int) -> Iterator[tuple[list[Event], set[str]]]:
    """Events one after the other as long as they hold at most so many nodes."""
    piece: list[Event] = []
    held: set[str] = set()
    for event in events:
        own = {event.id, *whole.near[event.id]}
        if piece and len(held | own) > most:
            yield piece, held
            piece, held = [], set()
        piece.append(event)
        held |= own
    yield piece, held


def _titles(name: str, stretches: Sequence[str]) -> list[str]:
    """The titles of a lane's sections: of several each with its time, and a number where that is the same."""
    if len(stretches) == 1:
        return [name]
    count = Counter(stretches)
    seen: Counter[str] = Counter()
    titles = []
    for stretch in stretches:
        seen[stretch] += 1
        titles.append(f"{name}, {stretch}{f' ({seen[stretch]})' if count[stretch] > 1 else ''}")
    return titles


def _stretch(first: Period, last: Period) -> str:
    """Two columns and what is between them, in a few letters."""
    if first == last or first.first is None:
        return first.label
    if last.last is None:
        return f"{first.label} – undated"
    return Period(first.first, last.last).label
