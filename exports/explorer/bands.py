"""Actors, places and articles in bands of rows, each as near to its events as there is room; and boxes put into gaps.

Those who have few ties stand outside the band, where the page draws them only when they are asked for.
"""

from bisect import bisect, insort
from collections.abc import Iterable, Mapping, Sequence
from math import ceil

from .packing import GAP

ROW = 46.0
LABEL = 100.0  # room for the name of an actor or a place

Point = tuple[float, float]


def in_rows(
    members: Sequence[str], middles: Mapping[str, float], width: float, first: float, step: float = ROW
) -> dict[str, Point]:
    """Places for nodes in as few rows as hold their names, near where each wants to be; rows nearer to `first` fill
    before those that are further off, which are `step` apart."""
    found: dict[str, Point] = {}
    wanted = {id: middles.get(id, width) for id in members}
    for number, row in enumerate(_rows(wanted, max(1, int(width // LABEL)))):
        xs = spread([wanted[id] for id in row], LABEL, LABEL / 2, width - LABEL / 2)
        found |= {id: (x, first + number * step) for id, x in zip(row, xs, strict=True)}
    return found


def _rows(wanted: Mapping[str, float], room: int) -> list[list[str]]:
    """Nodes in rows of at most so many: each in the first row that is free where it wants to be, else in the freest."""
    rows: list[list[str]] = [[] for _ in range(ceil(len(wanted) / room))]
    ends = [float("-inf")] * len(rows)
    for id in sorted(wanted, key=lambda id: (wanted[id], id)):
        open_rows = [row for row in range(len(rows)) if len(rows[row]) < room]
        free = next((row for row in open_rows if ends[row] + LABEL <= wanted[id]), None)
        row = min(open_rows, key=ends.__getitem__) if free is None else free
        rows[row].append(id)
        ends[row] = max(wanted[id], ends[row] + LABEL)
    return rows


def spread(wanted: Sequence[float], apart: float, low: float, high: float) -> list[float]:
    """Numbers in the order of the wanted ones, at least so far apart, together as near to them as can be.

    >>> spread([10, 10, 90], 20, 0, 100)
    [0.0, 20.0, 90.0]
    """
    blocks: list[tuple[float, int]] = []  # sum of what its members want for the first one, and how many they are
    for number, one in enumerate(wanted):
        total, count = one - number * apart, 1
        while blocks and blocks[-1][0] / blocks[-1][1] >= total / count:
            before = blocks.pop()
            total, count = total + before[0], count + before[1]
        blocks.append((total, count))
    last = high - (len(wanted) - 1) * apart
    firsts = [min(max(total / count, low), max(last, low)) for total, count in blocks for _ in range(count)]
    return [first + number * apart for number, first in enumerate(firsts)]


class Gaps:
    """The gaps between boxes that stand in rows."""

    def __init__(self, boxes: Iterable[tuple[float, float, float]]):
        self._rows: dict[float, list[tuple[float, float]]] = {}
        for x, y, width in boxes:
            self._rows.setdefault(y, []).append((x - width / 2 - GAP, x + width / 2 + GAP))
        for taken in self._rows.values():
            taken.sort()

    def put(self, x: float, width: float, rows: Sequence[float]) -> Point:
        """The place nearest to x in one of the rows, of equally near ones in the first; from then on it is taken."""
        best = min(((abs(at - x), number, at) for number, at in self._near(x, width, rows)), default=None)
        assert best is not None, "there is no row"
        _, number, at = best
        insort(self._rows.setdefault(rows[number], []), (at - width / 2 - GAP, at + width / 2 + GAP))
        return at, rows[number]

    def _near(self, x: float, width: float, rows: Sequence[float]) -> Iterable[tuple[int, float]]:
        """The places in each row, up to the first where nothing has to give way."""
        for number, row in enumerate(rows):
            at = self._free(self._rows.get(row, []), x, width / 2)
            yield number, at
            if at == x:
                return

    @staticmethod
    def _free(taken: Sequence[tuple[float, float]], x: float, half: float) -> float:
        """The middle of the nearest gap."""
        place = bisect(taken, (x,))
        right, number = x, place
        if number and taken[number - 1][1] > right - half:
            right = taken[number - 1][1] + half
        while number < len(taken) and taken[number][0] < right + half:
            right = max(right, taken[number][1] + half)
            number += 1
        left, number = x, place - 1
        if place < len(taken) and taken[place][0] < left + half:
            left = taken[place][0] - half
        while number >= 0 and taken[number][1] > left - half:
            left = min(left, taken[number][0] - half)
            number -= 1
        return left if x - left < right - x and left >= half else right
