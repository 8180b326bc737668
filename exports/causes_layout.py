"""Where everything stands in a drawing of causes: causes left of their effects, earlier events not right of later ones.

    drawing = arrange(boxes, lines, "event/1")     # the places of the boxes, a path and a label for each line

Boxes stand in columns; between two columns the lines have a column of their own for their labels, so that no label
can lie on another or on a box. A line that spans more columns is led between the boxes on its way.
"""

from bisect import bisect_right, insort
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import combinations, pairwise

import networkx as nx
from msgspec import Struct

SLACK = 24.0  # on either side of a label, for the bend of its line
VIA = 6.0  # height of a line between boxes
APART = {"box": 20.0, "label": 10.0, "via": 10.0}  # least distance to the next one in a column, by kind
MARGIN = 12.0
PORT = 18.0  # between two lines at one side of a box
HEAD = 10.0  # length of an arrow's head
SWEEPS = 12
STRAIGHT = 300.0  # how much more a line on its way wants to be level than a box wants to be beside its neighbours
FIRM = {"box": 1.0, "label": 2.0, "via": 4.0}  # how much a cell's wish counts against those of its column


Point = tuple[float, float]


class Box(Struct, frozen=True):
    """An event to draw: its size, and the first and the last day on which it can have happened."""

    id: str
    width: float
    height: float
    first: date | None = None
    last: date | None = None


class Line(Struct, frozen=True):
    """A line to draw from a cause to its effect, and the size of its label."""

    cause: str
    effect: str
    width: float
    height: float


class Curve(Struct, frozen=True):
    """A drawn line: its path (SVG), the tip of its arrow, whether that points right (1) or left (-1).

    `label` is the middle of its label, through which it runs level from the `left` on.
    """

    path: str
    tip: Point
    way: int
    label: Point
    left: float


class Drawing(Struct, frozen=True):
    """The left upper corner of each box by id, the curves in the order of the lines, and the size of it all."""

    corners: dict[str, Point]
    curves: tuple[Curve, ...]
    width: float
    height: float


class Cell(Struct):
    """Something that takes room in a column: a box, a label, or a line on its way."""

    kind: str
    column: int
    height: float
    y: float = 0.0  # of its middle
    rank: float = 0.0  # where it stands in its column, from 0 to 1


def arrange(boxes: Sequence[Box], lines: Sequence[Line], root: str) -> Drawing:
    """The drawing of some events and of the lines between them, around the event asked for; the same for the same.

    >>> drawing = arrange([Box("fire", 90, 40), Box("blast", 90, 40)], [Line("fire", "blast", 60, 30)], "blast")
    >>> drawing.corners["fire"][0] + 90 < drawing.curves[0].label[0] < drawing.corners["blast"][0]
    True
    """
    turned = _turned(lines)
    grid = Grid(boxes, lines, _layers(boxes, lines, turned, root), turned)
    grid.sort()
    grid.place()
    return grid.drawing()


def _turned(lines: Sequence[Line]) -> set[int]:
    """The numbers of the lines that would close a circle: these run from right to left."""
    web = nx.DiGraph()
    turned = set()
    for number, line in enumerate(lines):
        if web.has_node(line.effect) and web.has_node(line.cause) and nx.has_path(web, line.effect, line.cause):
            turned.add(number)
        else:
            web.add_edge(line.cause, line.effect)
    return turned


def _layers(boxes: Sequence[Box], lines: Sequence[Line], turned: set[int], root: str) -> dict[str, int]:
    """The column of each box: what led to the root close at its left, all else as far left as its causes allow."""
    web = nx.DiGraph()
    web.add_nodes_from(box.id for box in boxes)
    web.add_edges_from(_ends(line, number in turned) for number, line in enumerate(lines))
    led = nx.ancestors(web, root) | {root}
    nx.set_edge_attributes(web, 1, "steps")
    web.add_edges_from(_dated(web, boxes), steps=0)
    columns = {root: 0}
    order = list(nx.topological_sort(web))
    for id in reversed(order):
        if id in led and id != root:
            columns[id] = min(columns[next] - web.edges[id, next]["steps"] for next in web[id] if next in columns)
    for id in order:
        if id not in columns:
            before = [columns[cause] + web.edges[cause, id]["steps"] for cause in web.pred[id] if cause in columns]
            columns[id] = max(before, default=0)
    used = {column: number for number, column in enumerate(sorted(set(columns.values())))}
    return {id: used[column] for id, column in columns.items()}


def _dated(web: nx.DiGraph, boxes: Sequence[Box]) -> list[tuple[str, str]]:
    """Pairs of events of which the one was certainly over before the other, unless causes say the contrary."""
    pairs = [
        (one.id, other.id)
        for a, b in combinations(boxes, 2)
        for one, other in ((a, b), (b, a))
        if one.last and other.first and one.last < other.first and not web.has_edge(one.id, other.id)
    ]
    both = nx.DiGraph(web)
    both.add_edges_from(pairs)
    circle = {id: number for number, ids in enumerate(nx.strongly_connected_components(both)) for id in ids}
    return [(one, other) for one, other in pairs if circle[one] != circle[other]]


def _ends(line: Line, turned: bool) -> tuple[str, str]:
    """The left and the right end of a line."""
    return (line.effect, line.cause) if turned else (line.cause, line.effect)


class Grid:
    """Columns of cells, boxes in the even and labels in the odd ones, and the cells each line passes, left to right."""

    def __init__(self, boxes: Sequence[Box], lines: Sequence[Line], layers: Mapping[str, int], turned: set[int]):
        self.boxes, self.lines, self.turned = boxes, lines, turned
        self.columns: list[list[Cell]] = [[] for _ in range(2 * max(layers.values(), default=0) + 1)]
        self.cells = {box.id: self._add("box", 2 * layers[box.id], box.height) for box in boxes}
        self.routes = [self._route(line, number in turned) for number, line in enumerate(lines)]
        self.before: dict[int, list[Cell]] = defaultdict(list)
        self.after: dict[int, list[Cell]] = defaultdict(list)
        for route in self.routes:
            for left, right in pairwise(route):
                self.after[id(left)].append(right)
                self.before[id(right)].append(left)

    def _add(self, kind: str, column: int, height: float) -> Cell:
        cell = Cell(kind, column, height)
        self.columns[column].append(cell)
        return cell

    def _route(self, line: Line, turned: bool) -> list[Cell]:
        """The cells of a line; its label stands beside its cause."""
        start, end = (self.cells[name] for name in _ends(line, turned))
        between = range(start.column + 1, end.column)
        labelled = between[-1] if turned else between[0]
        inner = [self._add("label", c, line.height) if c == labelled else self._add("via", c, VIA) for c in between]
        return [start, *inner, end]

    def sort(self) -> None:
        """Put the cells of each column in an order with few crossings."""
        for column in self.columns:
            _rank(column)
        best, fewest = [list(column) for column in self.columns], self._crossings()
        for sweep in range(SWEEPS):
            ahead = sweep % 2 == 1
            ties = self.before if ahead else self.after
            for column in self.columns if ahead else reversed(self.columns):
                wanted = {id(cell): _mean((other.rank for other in ties[id(cell)]), cell.rank) for cell in column}
                column.sort(key=lambda cell, wanted=wanted: wanted[id(cell)])  # type: ignore[misc]
                _rank(column)
            crossings = self._crossings()
            if crossings < fewest:
                best, fewest = [list(column) for column in self.columns], crossings
        self.columns = best

    def _crossings(self) -> int:
        """How often two lines cross."""
        found = 0
        for left, right in pairwise(self.columns):
            position = {id(cell): number for number, cell in enumerate(right)}
            passed: list[int] = []
            for cell in left:
                ends = sorted(position[id(other)] for other in self.after[id(cell)])
                found += sum(len(passed) - bisect_right(passed, end) for end in ends)
                for end in ends:
                    insort(passed, end)
        return found

    def place(self) -> None:
        """Give each cell its y: as near to the cells it is tied to as the others in its column allow."""
        for column in self.columns:
            _settle(column, [0.0] * len(column))
        for sweep in range(4 * SWEEPS):
            ahead = sweep % 2 == 1
            for column in self.columns if ahead else reversed(self.columns):
                _settle(column, [self._wanted(cell, ahead, sweep >= SWEEPS) for cell in column])

    def _wanted(self, cell: Cell, ahead: bool, both: bool) -> float:
        near = self.before[id(cell)] if ahead else self.after[id(cell)]
        if both or not near:
            near = [*self.before[id(cell)], *self.after[id(cell)]]
        weights = [STRAIGHT if cell.kind != "box" != other.kind else 1.0 for other in near]
        return sum(w * other.y for w, other in zip(weights, near, strict=True)) / sum(weights) if near else cell.y

    def drawing(self) -> Drawing:
        """What came of it."""
        top = min((c.y - c.height / 2 for column in self.columns for c in column), default=0.0) - MARGIN
        for cell in (cell for column in self.columns for cell in column):
            cell.y -= top
        bottom = max((c.y + c.height / 2 for column in self.columns for c in column), default=0.0) + MARGIN
        spans = self._spans()
        corners = {}
        for box in self.boxes:
            cell = self.cells[box.id]
            left, right = spans[cell.column]
            corners[box.id] = (_short((left + right - box.width) / 2), _short(cell.y - box.height / 2))
        ports = self._ports()
        curves = tuple(self._curve(number, spans, corners, ports) for number in range(len(self.lines)))
        return Drawing(corners, curves, spans[-1][1] + MARGIN, _short(bottom))

    def _spans(self) -> list[tuple[float, float]]:
        """The left and right edge of each column."""
        widths = [0.0] * len(self.columns)
        for box in self.boxes:
            column = self.cells[box.id].column
            widths[column] = max(widths[column], box.width)
        for line, route in zip(self.lines, self.routes, strict=True):
            column = next(cell.column for cell in route if cell.kind == "label")
            widths[column] = max(widths[column], line.width)
        spans, x = [], MARGIN
        for width in widths:
            spans.append((x, x + width))
            x += width + SLACK
        return spans

    def _ports(self) -> dict[tuple[int, int], float]:
        """The y at which each line (by number) leaves its left end (0) and reaches its right end (-1)."""
        sides: dict[tuple[int, int], list[int]] = defaultdict(list)
        for number, route in enumerate(self.routes):
            for end in (0, -1):
                sides[id(route[end]), end].append(number)
        found = {}
        for (_, end), numbers in sides.items():
            cell = self.routes[numbers[0]][end]
            numbers.sort(key=lambda number, end=end: self.routes[number][-2 if end else 1].y)  # type: ignore[misc]
            step = min(PORT, (cell.height - 20) / max(1, len(numbers) - 1))
            for place, number in enumerate(numbers):
                found[number, end] = cell.y + (place - (len(numbers) - 1) / 2) * step
        return found

    def _curve(
        self,
        number: int,
        spans: Sequence[tuple[float, float]],
        corners: Mapping[str, Point],
        ports: Mapping[tuple[int, int], float],
    ) -> Curve:
        widths = {box.id: box.width for box in self.boxes}
        turned = number in self.turned
        left, right = _ends(self.lines[number], turned)
        start = (corners[left][0] + widths[left], ports[number, 0])
        end = (corners[right][0], ports[number, -1])
        tip = start if turned else end
        start, end = ((start[0] + HEAD - 2, start[1]), end) if turned else (start, (end[0] - HEAD + 2, end[1]))
        inner = self.routes[number][1:-1]
        stops = [(spans[cell.column], cell.y) for cell in inner]
        label = next(cell for cell in inner if cell.kind == "label")
        left_edge, right_edge = spans[label.column]
        return Curve(
            path=_path(start, stops, end),
            tip=(_short(tip[0]), _short(tip[1])),
            way=-1 if turned else 1,
            label=(_short((left_edge + right_edge) / 2), _short(label.y)),
            left=_short(left_edge),
        )


def _path(
    start: tuple[float, float], stops: Iterable[tuple[tuple[float, float], float]], end: tuple[float, float]
) -> str:
    """A path that bends between columns and is level within them."""
    parts = [f"M{_short(start[0]):g} {_short(start[1]):g}"]
    here = start
    for (left, right), y in [*stops, ((end[0], end[0]), end[1])]:
        half = (here[0] + left) / 2
        numbers = (half, here[1], half, y, left, y)
        parts.append("C" + " ".join(f"{_short(n):g}" for n in numbers))
        if right > left:
            parts.append(f"H{_short(right):g}")
        here = (right, y)
    return "".join(parts)


def _settle(column: Sequence[Cell], wanted: Sequence[float]) -> None:
    """Give the cells of a column the y they want, as far as their order and distances allow, by least squares.

    This is isotonic regression: neighbours that want to be too close move as one block.
    """
    offsets = list(_offsets(column))
    blocks: list[tuple[float, float, int]] = []
    for cell, y, offset in zip(column, wanted, offsets, strict=True):
        weight = FIRM[cell.kind]
        total, count = weight * (y - offset), 1
        while blocks and blocks[-1][0] / blocks[-1][1] >= total / weight:
            before = blocks.pop()
            total, weight, count = total + before[0], weight + before[1], count + before[2]
        blocks.append((total, weight, count))
    levels = [total / weight for total, weight, count in blocks for _ in range(count)]
    for cell, level, offset in zip(column, levels, offsets, strict=True):
        cell.y = level + offset


def _offsets(column: Sequence[Cell]) -> Iterator[float]:
    """The least distance of each cell's middle from that of the first."""
    offset = 0.0
    for number, cell in enumerate(column):
        if number:
            above = column[number - 1]
            offset += (above.height + cell.height) / 2 + max(APART[above.kind], APART[cell.kind])
        yield offset


def _rank(column: Sequence[Cell]) -> None:
    for number, cell in enumerate(column):
        cell.rank = (number + 0.5) / len(column)


def _mean(numbers: Iterable[float], otherwise: float) -> float:
    found = list(numbers)
    return sum(found) / len(found) if found else otherwise


def _short(number: float) -> float:
    return round(number, 1)
