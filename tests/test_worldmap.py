"""The outlines of the map: rings cut at ±180 degrees, and the file that the page carries."""

import json
import re
import runpy
from itertools import pairwise
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
TOOL = runpy.run_path(str(ROOT / "tools/worldmap.py"))
ASSET = (ROOT / "exports/explorer/scripts/map/world.js").read_text(encoding="utf-8")
EAST = [(170.0, 10.0), (-170.0, 10.0), (-170.0, 20.0), (170.0, 20.0)]


def lines(script: str, name: str) -> list[list[tuple[float, float]]]:
    """The lines of a script in degrees."""
    (step,) = re.findall(r"step: ([\d.]+)", script)
    (packed,) = re.findall(rf'{name}: "([^"]*)"', script)
    found = []
    for way in packed.split(";"):
        x = y = 0
        points = []
        for dx, dy in (map(int, pair.split(",")) for pair in way.split()):
            x, y = x + dx, y + dy
            points.append((x * float(step), y * float(step)))
        found.append(points)
    return found


def extent(ring) -> tuple[float, float, float, float]:
    xs, ys = zip(*ring, strict=True)
    return min(xs), min(ys), max(xs), max(ys)


@pytest.mark.parametrize(
    ("ring", "expected"),
    [
        ([(0.0, 0.0), (10.0, 0.0), (10.0, 10.0)], [(0, 0, 10, 10)]),
        (EAST, [(-180, 10, -170, 20), (170, 10, 180, 20)]),
        ([(x, -70.0) for x in range(-180, 180, 60)], [(-180, -90, 180, -70)]),
    ],
    ids=["within", "over 180", "round the pole"],
)
def test_rings_are_cut(ring, expected):
    assert sorted(extent(part) for part in TOOL["cut"](ring)) == expected


def test_a_border_is_held_once():
    square = {
        "transform": {"scale": [1, 1], "translate": [0, 0]},
        "arcs": [[[10, 0], [0, 10]], [[10, 10], [-10, 0], [0, -10], [10, 0]], [[10, 0], [10, 0], [0, 10], [-10, 0]]],
        "objects": {
            "land": {"type": "Polygon", "arcs": [[1, 2]]},
            "countries": {
                "type": "GeometryCollection",
                "geometries": [{"type": "Polygon", "arcs": [[0, 1]]}, {"type": "MultiPolygon", "arcs": [[[~0, 2]]]}],
            },
        },
    }
    script = TOOL["world"](json.loads(json.dumps(square)))
    assert lines(script, "borders") == [[(10, 0), (10, 10)]]
    assert [extent(ring) for ring in lines(script, "land")] == [(0, 0, 20, 10)]


def test_the_outlines_of_the_page_are_small_and_on_the_earth():
    assert len(ASSET) < 100_000
    land = lines(ASSET, "land")
    assert extent([point for ring in land for point in ring]) == pytest.approx((-180, -90, 180, 83.65))
    assert all(len(ring) > 2 for ring in land)
    assert all(abs(b[0] - a[0]) < 30 for ring in lines(ASSET, "borders") for a, b in pairwise(ring))


def test_the_source_is_named():
    assert "Natural Earth" in ASSET.splitlines()[0]
    assert "Natural Earth" in (ROOT / "NOTICE").read_text(encoding="utf-8")
