"""Where everything stands on the page: time runs along x, a lane is a story, actors above, places below."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise

from msgspec import Struct

from ...graph.model import Graph
from ...graph.types import Actor, Node, Place, Report
from ..labels import abbreviations
from .packing import HEIGHT, Box, Column, Packed, Packer
from .stories import effects_of, stories

ROW = HEIGHT + 10
HEAD = 20.0  # above a lane's first row: its name
AXIS = 44.0
BAND_ROW = 46.0
APART = 30.0  # between two stories on one shelf
LABEL = 100.0  # room for the name of an actor or a place
CANVAS = (1070.0, 660.0)  # the shape to fill
MOST_STACKS = (1, 2, 3, 4, 5, 6, 8, 10, 14)
SPARE_ROWS = (1, 2, 3, 4, 6)
MANY = 400  # events; above, fewer ways are tried


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
    """Centres of nodes by id, the boxes of events, and what is drawn behind them."""

    positions: dict[str, tuple[float, float]]
    boxes: dict[str, Box]
    lanes: tuple[Lane, ...]
    columns: tuple[Column, ...]
    bands: tuple[Band, ...]
    axis: tuple[float, float]
    width: float
    height: float


def arrange(graph: Graph, nodes: Iterable[Node]) -> Layout:
    """The layout of some nodes of the graph; the same nodes always get the same places."""
    drawn = {node.id: node for node in nodes}
    events = [event for event in graph.events if event.id in drawn]
    lanes = stories(graph, events)
    effects = effects_of(graph, {event.id for event in events})
    packer = Packer(events, lanes, effects, abbreviations(graph.actors))
    packed = _best(packer, len(events))
    width = max(packed.width, CANVAS[0] * 0.6)
    middles = _middles(graph, drawn, packed.places)
    positions: dict[str, tuple[float, float]] = {}
    bands: list[Band] = []

    def band(kind: type[Actor] | type[Place] | type[Report], top: float) -> float:
        members = sorted(
            (n.id for n in drawn.values() if isinstance(n, kind)), key=lambda id: (middles.get(id, width), id)
        )
        if not members:
            return top
        found = _band(members, width, top + HEAD)
        positions.update(found)
        bottom = max(y for _, y in found.values()) + BAND_ROW - 8
        bands.append(Band(kind.kind, top, bottom))
        return bottom + 4

    top = band(Actor, 0.0)
    axis = (top, top + AXIS)
    top += AXIS
    shelves = _shelves(packed)
    row = ROW * _stretch(width, [max(packed.rows[lane] for lane in shelf) for shelf in shelves])
    drawn_lanes = []
    for shelf in shelves:
        bottom = top + HEAD + max(packed.rows[lane] for lane in shelf) * row
        edges = [None, *(sum(_gap(packed, *pair)) / 2 for pair in pairwise(shelf)), None]
        for lane, (left, right) in zip(shelf, pairwise(edges), strict=True):
            name, members = lanes[lane]
            drawn_lanes.append(Lane(name, top, bottom, left, right, members))
            for member in members:
                x, number = packed.places[member]
                positions[member] = (x, top + HEAD - 4 + (number + 0.5) * row)
        top = bottom + 6
    bottom = band(Report, band(Place, top + 4))
    return Layout(positions, packer.boxes, tuple(drawn_lanes), packed.columns, tuple(bands), axis, width, bottom)


def _best(packer: Packer, count: int) -> Packed:
    """The way of packing that shows the events largest."""
    ways = [(4, 2), (10, 4)] if count > MANY else [(most, spare) for most in MOST_STACKS for spare in SPARE_ROWS]
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


def _middles(graph: Graph, drawn: dict[str, Node], places: dict[str, tuple[float, int]]) -> dict[str, float]:
    """The middle of the events that an actor, a place or an article has to do with."""
    ties: dict[str, list[float]] = defaultdict(list)
    for relation in graph.relations:
        for event, other in ((relation.source, relation.target), (relation.target, relation.source)):
            if event in places and other in drawn and other not in places:
                ties[other].append(places[event][0])
    return {id: sum(xs) / len(xs) for id, xs in ties.items()}


def _band(members: Sequence[str], width: float, top: float) -> dict[str, tuple[float, float]]:
    """Places for nodes in a band, evenly spread and staggered over as many rows as their names need."""
    rows = max(1, -(-int(len(members) * LABEL) // int(width)))
    step = width / len(members)
    return {id: ((number + 0.5) * step, top + 8 + (number % rows) * BAND_ROW) for number, id in enumerate(members)}
