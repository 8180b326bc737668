"""Where everything stands on the page: time runs along x, a lane is a story, actors above, places below.

Everything has a place. What would crowd the page is not drawn at first: events without a type, which stand in gaps of
the lanes, and the actors, places and articles with the fewest ties, which stand outside their bands.
"""

from bisect import bisect
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise

from msgspec import Struct

from ...graph.model import Graph
from ...graph.types import UNTYPED, Actor, Event, Node, Place, Report
from ..labels import abbreviations, anchor
from .bands import LABEL, Gaps, Point, in_rows
from .bands import ROW as BAND_ROW
from .cutting import named
from .packing import HEIGHT, Box, Column, Packed, Packer, box
from .stories import effects_of, stories

ROW = HEIGHT + 10
HEAD = 20.0  # above a lane's first row: its name
AXIS = 44.0
APART = 30.0  # between two stories on one shelf
CANVAS = (1070.0, 660.0)  # the shape to fill
MOST_STACKS = (1, 2, 3, 4, 5, 6, 8, 10, 14)
SPARE_ROWS = (1, 2, 3, 4, 6)
MANY = 400  # events; above, fewer ways are tried
LEAST = {"actor": 40, "place": 30, "article": 60}  # drawn, however small the page is
BAND = 0.1  # of the height of the lanes: how high a band may be
MOST_ROWS = 6  # of a band


class Lane(Struct, frozen=True):
    """A story: its name, its stretch of y and of x (None: as far as one sees), its events in time."""

    name: str
    top: float
    bottom: float
    left: float | None
    right: float | None
    events: tuple[str, ...]


class Band(Struct, frozen=True):
    """A stretch of y for nodes of one kind."""

    kind: str
    top: float
    bottom: float


class Layout(Struct, frozen=True):
    """Centres of nodes by id, the boxes of events, which nodes are drawn, and what is drawn behind them."""

    positions: dict[str, Point]
    boxes: dict[str, Box]
    drawn: frozenset[str]
    lanes: tuple[Lane, ...]
    columns: tuple[Column, ...]
    bands: tuple[Band, ...]
    axis: Point
    width: float
    height: float


def arrange(graph: Graph, nodes: Iterable[Node]) -> Layout:
    """The layout of some nodes of the graph; the same nodes always get the same places."""
    held = {node.id: node for node in nodes}
    events = [event for event in graph.events if event.id in held]
    drawn = [event for event in events if event.type != UNTYPED] or events
    names = stories(graph, drawn)
    short = abbreviations(graph.actors)
    packer = Packer(drawn, names, effects_of(graph, {event.id for event in drawn}), short)
    packed = _best(packer, len(drawn))
    width = max(packed.width, CANVAS[0] * 0.6)
    shelves = _shelves(packed)
    heights = [max(packed.rows[lane] for lane in shelf) for shelf in shelves]
    row = ROW * _stretch(width, heights)
    bands = _Bands(graph, held, packed.places, width, sum(heights) * row)

    top = bands.add(Actor, 0.0)
    axis = (top, top + AXIS)
    top += AXIS
    lanes = []
    for shelf, rows in zip(shelves, heights, strict=True):
        bottom = top + HEAD + rows * row
        edges = [None, *(sum(_gap(packed, *pair)) / 2 for pair in pairwise(shelf)), None]
        for lane, (left, right) in zip(shelf, pairwise(edges), strict=True):
            name, members = names[lane]
            lanes.append(Lane(named(name), top, bottom, left, right, members))
            for member in members:
                x, number = packed.places[member]
                bands.positions[member] = (x, top + HEAD - 4 + (number + 0.5) * row)
        top = bottom + 6
    height = bands.add(Report, bands.add(Place, top + 4))
    bands.spare(Actor, -BAND_ROW, -BAND_ROW)
    bands.spare(Report, bands.spare(Place, height + BAND_ROW, BAND_ROW), BAND_ROW)
    spare = [event for event in events if event.id not in packed.places]
    boxes = packer.boxes | {event.id: box(event, short) for event in spare}
    bands.positions |= _in_gaps(spare, boxes, bands.positions, packed, lanes, row)
    shown = bands.drawn | packed.places.keys()
    found = (bands.positions, boxes, frozenset(shown), tuple(lanes), packed.columns, tuple(bands.found))
    return Layout(*found, axis, width, height)


class _Bands:
    """The bands of actors, places and articles, filled one after the other."""

    def __init__(
        self, graph: Graph, held: dict[str, Node], places: dict[str, tuple[float, int]], width: float, height: float
    ):
        self.positions: dict[str, Point] = {}
        self.drawn: set[str] = set()
        self.found: list[Band] = []
        self._members: dict[str, list[Node]] = defaultdict(list)
        for node in held.values():
            self._members[node.kind].append(node)
        self._middles, self._weight = _ties(graph, held, places)
        self._width = width
        self._most = int(width // LABEL) * max(1, min(MOST_ROWS, round(height * BAND / BAND_ROW)))

    def add(self, kind: type[Actor] | type[Place] | type[Report], top: float) -> float:
        """A band from `top` on of those of a kind that have most ties; where it ends."""
        tied = [node for node in self._members[kind.kind] if self._weight[node.id]]
        tied.sort(key=lambda node: (-self._weight[node.id], -len(node.mentions), node.id))
        members = [node.id for node in tied[: max(self._most, LEAST[kind.kind])]]
        if not members:
            return top
        self.drawn.update(members)
        places = in_rows(members, self._middles, self._width, 0.0)
        deep = max(y for _, y in places.values())
        for id, (x, y) in places.items():
            self.positions[id] = (x, top + HEAD + 8 + (deep - y if kind is Actor else y))
        bottom = top + HEAD + 8 + deep + BAND_ROW - 8
        self.found.append(Band(kind.kind, top, bottom))
        return bottom + 4

    def spare(self, kind: type[Actor] | type[Place] | type[Report], first: float, step: float) -> float:
        """Places for the others of a kind, in rows from `first` on; where the row after them is."""
        members = [node.id for node in self._members[kind.kind] if node.id not in self.drawn]
        places = in_rows(members, self._middles, self._width, first, step)
        self.positions |= places
        return max((y for _, y in places.values()), default=first - step) + step


def _in_gaps(
    events: Sequence[Event],
    boxes: dict[str, Box],
    positions: dict[str, Point],
    packed: Packed,
    lanes: Sequence[Lane],
    row: float,
) -> dict[str, Point]:
    """Places for events among those that are drawn, near their dates: the last lane's rows, the lowest first."""
    if not events:
        return {}
    gaps = Gaps((*positions[id], boxes[id].width) for id in packed.places)
    last = max(lanes, key=lambda lane: lane.bottom)
    rows = sorted({positions[id][1] for id in packed.places if last.top < positions[id][1] < last.bottom}, reverse=True)
    dated = [column for column in packed.columns if column.day]
    days = [column.day for column in dated if column.day]
    undated = next((column for column in packed.columns if not column.day), None)
    found: dict[str, Point] = {}
    for event in events:
        day = anchor(event.when)
        before = bisect(days, day) - 1 if day else -1
        column = undated if day is None else dated[max(before, 0)] if dated else None
        x = (column.left + column.right) / 2 if column else packed.width
        found[event.id] = gaps.put(x, boxes[event.id].width, rows)
    return found


def _best(packer: Packer, count: int) -> Packed:
    """The way of packing that shows the events largest."""
    many = [(4, 2), (10, 4), (25, 6)]
    ways = many if count > MANY else [(most, spare) for most in MOST_STACKS for spare in SPARE_ROWS]
    first, most, spare = min(((packer.pack(*way), *way) for way in ways), key=lambda found: _scale(found[0]))
    return min(packer.pack(most, spare, first), first, key=_scale)


def _shelves(packed: Packed) -> list[list[int]]:
    """Lanes that share a stretch of y, from left to right: stories of different times stand beside one another."""
    shelves: list[list[int]] = []
    for lane, (left, right) in enumerate(packed.spans):
        for shelf in shelves:
            others = (packed.spans[other] for other in shelf)
            if all(right + APART < start or end + APART < left for start, end in others):
                shelf.append(lane)
                shelf.sort(key=packed.spans.__getitem__)
                break
        else:
            shelves.append([lane])
    return shelves


def _gap(packed: Packed, lane: int, after: int) -> tuple[float, float]:
    """The room between a lane and the one after it on a shelf."""
    return packed.spans[lane][1], packed.spans[after][0]


def _scale(packed: Packed) -> float:
    """How far the page must be scaled down to show everything: the smaller the better."""
    rows = [max(packed.rows[lane] for lane in shelf) for shelf in _shelves(packed)]
    return max(packed.width / CANVAS[0], _height(rows) / CANVAS[1])


def _height(rows: Sequence[int], row: float = ROW) -> float:
    return sum(rows) * row + (HEAD + 6) * len(rows) + AXIS + 2 * (HEAD + BAND_ROW)


def _stretch(width: float, rows: Sequence[int]) -> float:
    """How much more room rows can have where the page is wider than it is high."""
    spare = CANVAS[1] * width / CANVAS[0] - _height(rows, 0.0)
    return min(1.3, max(1.0, spare / (sum(rows) * ROW))) if rows else 1.0


def _ties(
    graph: Graph, held: dict[str, Node], places: dict[str, tuple[float, int]]
) -> tuple[dict[str, float], dict[str, float]]:
    """Of each node that is no placed event: the middle of the events it has to do with, and how closely tied it is."""
    ties: dict[str, list[float]] = defaultdict(list)
    weight: dict[str, float] = defaultdict(float)
    for relation in graph.relations:
        known = graph.schema.relations.get(relation.type)
        for one, other in ((relation.source, relation.target), (relation.target, relation.source)):
            if other in held and one in held and other not in places:
                weight[other] += 3.0 if known and known.causal else 1.0
                if one in places:
                    ties[other].append(places[one][0])
    return {id: sum(xs) / len(xs) for id, xs in ties.items()}, weight
