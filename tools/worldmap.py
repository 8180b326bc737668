"""Makes the outlines of the page's map from Natural Earth's countries at 1:110 million.

    npm pack world-atlas@2.0.2 && tar xzf world-atlas-2.0.2.tgz
    python tools/worldmap.py package/countries-110m.json > exports/explorer/scripts/map/world.js

Land is closed rings, borders are the lines between two countries; a coast is thus held once. The input has
no seam, so that its rings run on over ±180 degrees and round the pole: they are cut there. Coordinates are
whole steps of STEP degrees, a ring or line is its first point and then the way from each point to the next.
"""

import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import chain, pairwise
from pathlib import Path
from typing import Any

STEP = 0.05
Point = tuple[float, float]
Line = list[Point]


def world(topology: dict[str, Any]) -> str:
    """The script that holds the outlines of a TopoJSON topology with the objects `land` and `countries`."""
    arcs = list(_arcs(topology))
    land = chain.from_iterable(cut(ring) for ring in _rings(topology["objects"]["land"], arcs))
    lines = (arcs[number] for number in _shared(topology["objects"]["countries"]))
    return (
        "// Outlines of land and borders: Natural Earth, 1:110 million, public domain. Made by tools/worldmap.py.\n"
        f"newsloom.world = {{ step: {STEP},\n"
        f'land: "{_packed(land, 3)}",\n'
        f'borders: "{_packed(lines, 2)}" }};\n'
    )


def cut(ring: Line) -> list[Line]:
    """The parts of a ring, which may run over ±180 degrees or round the south pole, that lie within ±180."""
    flat = [ring[0]]
    for x, y in (*ring[1:], ring[0]):
        flat.append((x - 360 * round((x - flat[-1][0]) / 360), y))
    (first, _), (last, _) = flat[0], flat[-1]
    if last == first:
        flat.pop()
    else:  # round the pole: closed along it
        flat += [(last, -90.0), (first, -90.0)]
    copies = ([(x + shift, y) for x, y in flat] for shift in (-360, 0, 360))
    parts = (_clip(_clip(copy, -180, 1), 180, -1) for copy in copies)
    return [part for part in parts if len({x for x, _ in part}) > 1]


def _clip(ring: Line, limit: float, side: int) -> Line:
    """What of a ring lies right (side 1) or left (side -1) of a meridian."""
    kept: Line = []
    for (x, y), (x2, y2) in pairwise([*ring, ring[0]] if ring else []):
        inside, follows = side * (x - limit) >= 0, side * (x2 - limit) >= 0
        if inside:
            kept.append((x, y))
        if inside != follows:
            kept.append((limit, y + (y2 - y) * (limit - x) / (x2 - x)))
    return kept


def _arcs(topology: dict[str, Any]) -> Iterator[Line]:
    """The arcs in degrees."""
    (kx, ky), (dx, dy) = topology["transform"]["scale"], topology["transform"]["translate"]
    for arc in topology["arcs"]:
        x = y = 0
        line = []
        for east, north in arc:
            x, y = x + east, y + north
            line.append((x * kx + dx, y * ky + dy))
        yield line


def _polygons(thing: dict[str, Any]) -> Iterator[list[list[int]]]:
    """The polygons of an object, each a list of rings, each a list of arcs."""
    match thing["type"]:
        case "GeometryCollection":
            yield from chain.from_iterable(map(_polygons, thing["geometries"]))
        case "MultiPolygon":
            yield from thing["arcs"]
        case "Polygon":
            yield thing["arcs"]


def _rings(thing: dict[str, Any], arcs: list[Line]) -> Iterator[Line]:
    for ring in chain.from_iterable(_polygons(thing)):
        lines = (arcs[number] if number >= 0 else arcs[~number][::-1] for number in ring)
        yield list(chain.from_iterable(line[:-1] for line in lines))


def _shared(thing: dict[str, Any]) -> list[int]:
    """The arcs that two polygons have in common."""
    rings = chain.from_iterable(_polygons(thing))
    counts = Counter(number if number >= 0 else ~number for number in chain.from_iterable(rings))
    return sorted(number for number, count in counts.items() if count > 1)


def _packed(lines: Iterable[Line], least: int) -> str:
    """Lines as text; those that are left with fewer than `least` points are dropped."""
    steps = ([(round(x / STEP), round(y / STEP)) for x, y in line] for line in lines)
    thinned = ([line[0], *(b for a, b in pairwise(line) if a != b)] for line in steps)
    return ";".join(_way(line) for line in thinned if len(line) >= least)


def _way(line: list[tuple[int, int]]) -> str:
    ways = (f"{x2 - x},{y2 - y}" for (x, y), (x2, y2) in pairwise([(0, 0), *line]))
    return " ".join(ways)


if __name__ == "__main__":
    sys.stdout.write(world(json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))))
