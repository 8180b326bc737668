"""The overview of a divided graph: its cells as boxes, a row for each story and a column for each stretch of time."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from .choice import Whole
from .cutting import named
from .dividing import Division
from .layout import AXIS, HEAD

WIDTH, HEIGHT = 84.0, 40.0  # of a cell
BETWEEN = 8.0
STEP = WIDTH + BETWEEN
LANE = HEAD + HEIGHT + BETWEEN


def grid(division: Division) -> dict[str, Any]:
    """The cells as boxes, a row for each lane and a column for each period, and what is drawn behind them."""
    tops = [AXIS + number * LANE for number in range(len(division.lanes))]
    return {
        "lanes": [
            {"name": name, "top": top, "bottom": top + LANE - 4, "left": None, "right": None, "events": []}
            for name, top in zip(division.lanes, tops, strict=True)
        ],
        "columns": [
            {"label": column.label, "left": n * STEP, "right": (n + 1) * STEP, "dated": column.first is not None}
            for n, column in enumerate(division.columns)
        ],
        "bands": [],
        "axis": (0.0, AXIS),
        "width": len(division.columns) * STEP,
        "height": AXIS + len(tops) * LANE,
    }


def homes(division: Division, ids: Iterable[str]) -> list[int | None]:
    """The number of the cell of each of some nodes; None for what is in none."""
    home = {event.id: number for number, cell in enumerate(division.cells) for event in cell.events}
    return [home.get(id) for id in ids]


def cells(division: Division, whole: Whole) -> list[dict[str, Any]]:
    """The cells as records, with the place of the middle of each."""
    found = []
    for number, cell in enumerate(division.cells):
        top = whole.ranked(cell.events)[0]
        types = Counter(event.type for event in cell.events)
        record = {
            "id": f"c{number}",
            "lane": cell.lane,
            "label": division.columns[cell.column].label,
            "events": len(cell.events),
            "types": dict(sorted(types.items(), key=lambda one: (-one[1], one[0]))),
            "top": named(top.name) or top.id,
            "topId": top.id,
            "part": cell.sections[0],
            "more": list(cell.sections[1:]),
            "x": cell.column * STEP + STEP / 2,
            "y": AXIS + cell.lane * LANE + HEAD + HEIGHT / 2,
            "width": WIDTH,
            "height": HEIGHT,
        }
        found.append(record)
    return found
