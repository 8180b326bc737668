"""Where everything stands on the page: time runs along x, a lane is a story, actors above, places below.

Time is ordinal: every distinct date is a column, and a crowded date gets a wider one, so that no two
boxes overlap. Units are the canvas pixels of the page at scale 1.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

import networkx as nx
from msgspec import Struct

from ..graph.model import Graph, in_time
from ..graph.types import Actor, Event, Node, Place, Report, When
from .labels import clean, wrap

LETTER = 6.2  # the usual width of a letter in a box
LINES = (20, 2)  # letters a line and lines of an event's label
HEIGHT = 34.0  # of an event's box
GAP = 12.0
ARROW = 22.0  # room between a cause and its effect
ROW = HEIGHT + 10
HEAD = 20.0  # above a lane's first row: its name
AXIS = 44.0
BAND_ROW = 46.0
MOST_LANES = 6
PITCHES = (30.0, 44.0, 58.0, 76.0, 100.0, 140.0)  # least distance between two dates
CANVAS = (1070.0, 660.0)  # the shape to fill
OTHER = "Other events"
UNDATED = "undated"


class Box(Struct, frozen=True):
    """An event's box: its label, over lines, and its width."""

    label: str
    width: float


class Lane(Struct, frozen=True):
    """A story: its name, its stretch of y, its events in time."""

    name: str
    top: float
    bottom: float
    events: tuple[str, ...]


class Column(Struct, frozen=True):
    """A date on the axis: its label, its stretch of x, the first day it means (None: undated)."""

    label: str
    left: float
    right: float
    day: date | None


class Band(Struct, frozen=True):
    """A stretch of y for nodes of one kind."""

    kind: str
    top: float
    bottom: float


class Layout(Struct, frozen=True):
    """Centres of nodes by id, and what is drawn behind them."""

    positions: dict[str, tuple[float, float]]
    boxes: dict[str, Box]
    lanes: tuple[Lane, ...]
    columns: tuple[Column, ...]
    bands: tuple[Band, ...]
    axis: tuple[float, float]
    width: float
    height: float


class _Slot(Struct, frozen=True):
    """A column before it has a place: its label and, lane by lane, the layers of events from cause to effect."""

    label: str
    day: date | None
    layers: dict[int, list[list[str]]]


def arrange(graph: Graph, nodes: Iterable[Node]) -> Layout:
    """The layout of some nodes of the graph; the same nodes always get the same places."""
    drawn = {node.id: node for node in nodes}
    events = sorted((n for n in drawn.values() if isinstance(n, Event)), key=in_time)
    effects = _effects(graph, {event.id for event in events})
    lanes = stories(graph, events)
    boxes = {event.id: _box(event) for event in events}
    slots = _slots(events, lanes, effects)
    tries = (_pack(slots, [0] * len(lanes), boxes, effects, rows, pitch) for rows in _row_limits(lanes) for pitch in PITCHES)
    best = min(tries, key=_scale)
    again = _pack(slots, best.rows, boxes, effects, best.limit, best.pitch, best.places)
    packed = min(again, best, key=_scale)
    places, columns, rows, width = packed.places, packed.columns, packed.rows, packed.width
    width = max(width, CANVAS[0] * 0.6) + GAP
    ties = _ties(graph, drawn, places)
    positions: dict[str, tuple[float, float]] = {}
    bands: list[Band] = []

    row = ROW * _stretch(width, rows)
    top = _band("actor", [n for n in drawn.values() if isinstance(n, Actor)], ties, width, 0.0, positions, bands)
    axis = (top, top + AXIS)
    top += AXIS
    drawn_lanes = []
    for (name, members), height in zip(lanes, rows, strict=True):
        bottom = top + HEAD + height * row
        drawn_lanes.append(Lane(name, top, bottom, members))
        for member in members:
            x, number = places[member]
            positions[member] = (x, top + HEAD - 4 + (number + 0.5) * row)
        top = bottom + 6
    top = _band("place", [n for n in drawn.values() if isinstance(n, Place)], ties, width, top + 4, positions, bands)
    top = _band("article", [n for n in drawn.values() if isinstance(n, Report)], ties, width, top + 4, positions, bands)
    return Layout(positions, boxes, tuple(drawn_lanes), tuple(columns), tuple(bands), axis, width, top)


def stories(graph: Graph, events: Sequence[Event]) -> list[tuple[str, tuple[str, ...]]]:
    """The stories that events belong to, as (name, event ids in time), the largest first.

    A story is a community (Louvain) of the graph of causes and participants; an actor who is
    everywhere ties less. What belongs to no story of some size comes last.
    """
    ids = {event.id for event in events}
    actors: dict[str, set[str]] = defaultdict(set)
    web: nx.Graph = nx.Graph()
    web.add_nodes_from(event.id for event in events)
    for relation in graph.relations:
        if relation.source in ids and relation.target in ids and relation.source != relation.target:
            kind = graph.schema.relations.get(relation.type)
            web.add_edge(relation.source, relation.target, weight=3.0 if kind and kind.causal else 0.5)
        elif relation.source in ids and isinstance(graph.nodes.get(relation.target), Actor):
            actors[relation.target].add(relation.source)
    for actor, members in actors.items():
        web.add_weighted_edges_from((actor, member, 1.5 / len(members)) for member in members)
    if not web.number_of_edges():
        return [(OTHER if len(events) > 1 else "Events", tuple(event.id for event in events))] if events else []

    order = {event.id: number for number, event in enumerate(events)}
    found = [sorted(c & ids, key=order.__getitem__) for c in nx.community.louvain_communities(web, resolution=0.7, seed=1)]
    found = sorted((c for c in found if c), key=lambda c: (-len(c), order[c[0]]))
    least = max(2, len(events) // 30)
    kept = [c for c in found if len(c) >= least][:MOST_LANES]
    rest = sorted(ids.difference(*kept), key=order.__getitem__)
    named: list[tuple[str, tuple[str, ...]]] = []
    for members in kept:
        name = _name(graph, members, actors, {name for name, _ in named})
        named.append((name, tuple(members)))
    return [*named, (OTHER, tuple(rest))] if rest else named


def _name(graph: Graph, members: Sequence[str], actors: dict[str, set[str]], taken: set[str]) -> str:
    """A story's name: the actors that matter most in it, who matter less elsewhere."""
    inside = set(members)
    weight = {actor: len(own & inside) ** 2 / len(own) for actor, own in actors.items() if own & inside}
    names = [graph.nodes[actor].name for actor in sorted(weight, key=lambda actor: (-weight[actor], actor))]
    for count in range(min(2, len(names)), len(names) + 1):
        name = " · ".join(names[:count])
        if name and name not in taken:
            return name
    types = Counter(graph.nodes[member].type for member in members)
    return " · ".join(type.capitalize() for type, _ in types.most_common(2))


def _effects(graph: Graph, ids: set[str]) -> dict[str, list[str]]:
    """The direct effects of each event."""
    effects: dict[str, list[str]] = defaultdict(list)
    for relation in graph.relations:
        kind = graph.schema.relations.get(relation.type)
        if kind and kind.causal and relation.source in ids and relation.target in ids:
            cause, effect = relation.source, relation.target
            if kind.causal == "target":
                cause, effect = effect, cause
            effects[cause].append(effect)
    return effects


def _slots(events: Sequence[Event], lanes: list[tuple[str, tuple[str, ...]]], effects: dict[str, list[str]]) -> list[_Slot]:
    """One slot for every distinct date, in time, undated last."""
    lane_of = {member: number for number, (_, members) in enumerate(lanes) for member in members}
    dates: dict[tuple[date | None, str], list[str]] = defaultdict(list)
    previous: date | None = None
    for event in events:
        dates[anchor(event.when), _label(event.when)].append(event.id)
    slots = []
    for (day, label), members in dates.items():
        by_lane: dict[int, list[str]] = defaultdict(list)
        for member in members:
            by_lane[lane_of[member]].append(member)
        new_year = day is not None and (previous is None or previous.year != day.year)
        shown = f"{label} {day.year}" if new_year and day and str(day.year) not in label else label
        previous = day or previous
        slots.append(_Slot(shown, day, {lane: _layers(own, effects) for lane, own in by_lane.items()}))
    return slots


def anchor(when: When | None) -> date | None:
    """The day an event is drawn at: the earliest possible, else the latest, else None."""
    if when is None or (when.earliest is None and when.latest is None):
        return None
    return when.earliest or (when.latest - timedelta(days=1) if when.latest else None)


def _label(when: When | None) -> str:
    """The days of an event in a few letters; the axis adds the year where it changes."""
    if when is None or anchor(when) is None:
        return UNDATED
    last = when.latest - timedelta(days=1) if when.latest else None
    if when.earliest is None and last:
        return f"by {_day(last)}"
    assert when.earliest
    if last is None:
        return f"from {_day(when.earliest)}"
    if when.earliest == last:
        return _day(last)
    if when.precision == "month" and when.earliest.day == 1:
        return f"{when.earliest:%b %Y}"
    if when.precision in ("year", "decade") and when.earliest.day == 1:
        return str(when.earliest.year) if when.earliest.year == last.year else f"{when.earliest.year}–{last.year}"
    if (when.earliest.year, when.earliest.month) == (last.year, last.month):
        return f"{when.earliest.day}–{_day(last)}"
    return f"{_day(when.earliest)} – {_day(last)}"


def _day(day: date) -> str:
    return f"{day.day} {day:%b}"


def _layers(members: list[str], effects: dict[str, list[str]]) -> list[list[str]]:
    """Events of one date and story, causes before their effects; a circle of causes is one layer."""
    own = set(members)
    web = nx.DiGraph()
    web.add_nodes_from(members)
    web.add_edges_from((cause, effect) for cause in members for effect in effects.get(cause, ()) if effect in own)
    order = {member: number for number, member in enumerate(members)}
    circles = nx.condensation(web)
    layers = []
    for layer in nx.topological_generations(circles):
        found = [member for circle in layer for member in circles.nodes[circle]["members"]]
        layers.append(sorted(found, key=order.__getitem__))
    return layers


def _row_limits(lanes: list[tuple[str, tuple[str, ...]]]) -> list[int]:
    most = max((len(members) for _, members in lanes), default=1)
    return [rows for rows in (1, 2, 3, 4, 5, 6, 8, 10, 14, 20, 30) if rows <= most] or [1]


class _Packed(Struct, frozen=True):
    """One way to place the events: (x, row) of each, the dates, the rows of each lane, the width, and what led to it."""

    places: dict[str, tuple[float, int]]
    columns: list[Column]
    rows: list[int]
    width: float
    limit: int
    pitch: float


def _pack(
    slots: list[_Slot],
    rows: Sequence[int],
    boxes: dict[str, Box],
    effects: dict[str, list[str]],
    limit: int,
    pitch: float,
    hints: dict[str, tuple[float, int]] | None = None,
) -> _Packed:
    """The events packed into rows, no more than `limit` of a date above one another.

    An event stands near the rows of its causes and, where `hints` tell them, of its effects.
    """
    hints = hints or {}
    places: dict[str, tuple[float, int]] = {}
    lane_of: dict[str, int] = {}
    ends: list[list[float]] = [[0.0] * count for count in rows]  # the right end of every row of every lane
    causes: dict[str, list[str]] = defaultdict(list)
    for cause, own in effects.items():
        for effect in own:
            causes[effect].append(cause)
    columns: list[Column] = []
    members: dict[int, set[str]] = defaultdict(set)
    for slot in slots:
        for lane, layers in slot.layers.items():
            members[lane].update(member for layer in layers for member in layer)
    left = GAP
    for slot in slots:
        stacks = {lane: [s for layer in layers for s in _stacks(layer, limit)] for lane, layers in slot.layers.items()}
        count = max(map(len, stacks.values()))
        widths = [max(boxes[m].width for own in stacks.values() for m in (own[n] if n < len(own) else ())) for n in range(count)]
        if slot.day is None and columns:
            left = max((end for lane_ends in ends for end in lane_ends), default=left) + 4 * GAP
        first = max(left + pitch / 2, _after_causes(stacks, places, boxes, causes), GAP + widths[0] / 2 if not columns else 0.0)
        x = first
        for number in range(count):
            for lane, own in stacks.items():
                for member in own[number] if number < len(own) else ():
                    half = boxes[member].width / 2
                    wanted = [places[c][1] for c in causes[member] if lane_of.get(c) == lane]
                    wanted += [hints[e][1] for e in effects.get(member, ()) if e in hints and e in members[lane]]
                    row = _free_row(ends[lane], x - half, sum(wanted) / len(wanted) if wanted else 0.0)
                    ends[lane][row] = x + half
                    places[member] = (x, row)
                    lane_of[member] = lane
            if number + 1 < count:
                x += (widths[number] + widths[number + 1]) / 2 + ARROW
        columns.append(Column(slot.label, first - pitch / 2, x + pitch / 2, slot.day))
        left = x + pitch / 2
    furthest = max((end for lane_ends in ends for end in lane_ends), default=left)
    return _Packed(places, columns, [max(1, len(own)) for own in ends], max(left, furthest), limit, pitch)


def _after_causes(
    stacks: dict[int, list[list[str]]],
    places: dict[str, tuple[float, int]],
    boxes: dict[str, Box],
    causes: dict[str, list[str]],
) -> float:
    """How far right a date must stand, so that its first events stand clear of what caused them."""
    clear = 0.0
    for own in stacks.values():
        for member in own[0]:
            for cause in causes[member]:
                if cause in places:
                    clear = max(clear, places[cause][0] + (boxes[cause].width + boxes[member].width) / 2 + ARROW)
    return clear


def _box(event: Event) -> Box:
    """The box of an event: its name over as short lines as will hold it."""
    name = clean(event.name) or event.id
    label = next((found for width in range(8, LINES[0]) if "…" not in (found := wrap(name, width, LINES[1]))), None)
    label = label or wrap(name, *LINES)
    return Box(label, max(map(len, label.split("\n"))) * LETTER + 16)


def _stacks(layer: list[str], limit: int) -> list[list[str]]:
    return [layer[start : start + limit] for start in range(0, len(layer), limit)]


def _free_row(ends: list[float], left: float, wanted: float) -> int:
    """The row to stand in: the free one nearest to the wanted one, or a new one."""
    free = [row for row, end in enumerate(ends) if end + GAP <= left]
    if not free:
        ends.append(0.0)
        return len(ends) - 1
    return min(free, key=lambda row: (abs(row - wanted), row))


def _scale(packed: _Packed) -> float:
    """How far the page must be scaled down to show everything: the smaller the better."""
    return max(packed.width / CANVAS[0], _height(packed.rows) / CANVAS[1])


def _height(rows: Sequence[int], row: float = ROW) -> float:
    return sum(rows) * row + (HEAD + 6) * len(rows) + AXIS + 2 * (HEAD + BAND_ROW)


def _stretch(width: float, rows: Sequence[int]) -> float:
    """How much more room rows can have where the page is wider than it is high."""
    spare = CANVAS[1] * width / CANVAS[0] - _height(rows, 0.0)
    return min(1.6, max(1.0, spare / (sum(rows) * ROW))) if rows else 1.0


def _ties(graph: Graph, drawn: dict[str, Node], places: dict[str, tuple[float, int]]) -> dict[str, list[float]]:
    """Where the events stand that a node has to do with."""
    ties: dict[str, list[float]] = defaultdict(list)
    for relation in graph.relations:
        for event, other in ((relation.source, relation.target), (relation.target, relation.source)):
            if event in places and other in drawn and other not in places:
                ties[other].append(places[event][0])
    return ties


def _band(
    kind: str,
    nodes: Sequence[Node],
    ties: dict[str, list[float]],
    width: float,
    top: float,
    positions: dict[str, tuple[float, float]],
    bands: list[Band],
) -> float:
    """The bottom of a band, after its nodes got their places: by the middle of their events, evenly spread over rows."""
    if not nodes:
        return top
    middle = {node.id: sum(ties[node.id]) / len(ties[node.id]) if ties[node.id] else width for node in nodes}
    ordered = sorted(nodes, key=lambda node: (middle[node.id], node.id))
    rows = max(1, -(-int(len(ordered) * 100) // int(width)))
    top += HEAD
    for number, node in enumerate(ordered):
        positions[node.id] = ((number + 0.5) * width / len(ordered), top + 8 + (number % rows) * BAND_ROW)
    bottom = top + rows * BAND_ROW
    bands.append(Band(kind, top - HEAD, bottom))
    return bottom
