"""What an article says of where it plays: the lands and parts it names, where it is at home, the places that are sure.

Of several places of one name the likeliest is the one with most people, many times over for one that lies where
the article plays. A small town that nothing vouches for is not meant.
"""

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from urllib.parse import urlsplit

from ..knowledge import Knowledge, KnownPlace
from ..types import Article

PART_OF = 100_000  # what a part of a state weighs that bears the name of a city in it
LARGE = 100_000  # people of a place beside which small towns of its name are not thought of
SMALL = 15_000  # people of a town that needs somebody to vouch for it
# How many times a place outweighs its namesakes for each thing that speaks for it.
EXACT, ENGLISH, LAND, PART, HOME_LAND, HOME_PART, NEAR, INSIDE = 5, 3, 20, 400, 10, 100, 50, 30
_CLOSE = 120.0  # kilometres that places of one story lie apart
_RADIUS = 6371.0


class Surroundings:
    """What speaks for one of several places of a name.

    `named` counts the keys of the countries and regions that the article names, `home` are the places that its
    dateline, its outlet and its address tell; `english` are the lands that news in English writes of most.
    """

    def __init__(self, named: Counter[str], home: Sequence[KnownPlace] = (), english: frozenset[str] = frozenset()):
        self.named, self.english = named, english
        self.home_lands: set[str] = set()
        self.home_parts: set[str] = set()
        self.sure: list[KnownPlace] = []
        for place in home:
            self.at_home(place)

    def at_home(self, place: KnownPlace) -> None:
        """Take the article to be at home there."""
        if place.country:
            self.home_lands.add(place.country)
        if place.type != "Country":
            self.home_parts.add(place.key if place.type == "Region" else place.within or place.key)
            self.sure.append(place)

    def choose(
        self, name: str, namesakes: Sequence[KnownPlace], container: KnownPlace | None = None
    ) -> KnownPlace | None:
        """The likeliest of several places of one name: in the named container, else the weightiest here."""
        if container:
            inside = [place for place in namesakes if container.key in (place.key, place.country, place.within)]
            if inside:
                return max(inside, key=lambda place: self.weight(place, name, inside))
        best = max(namesakes, key=lambda place: self.weight(place, name, namesakes), default=None)
        return best if best and (best.weight >= SMALL or self.vouches(best)) else None

    def weight(self, place: KnownPlace, name: str, namesakes: Sequence[KnownPlace] = ()) -> float:
        """What a place counts for here, against others of the same name."""
        own = {other.key for other in namesakes}  # a region does not vouch for the town that bears its name
        seat = place.type == "Region" and any(_is_seat(other, place) for other in namesakes)
        weight = float(PART_OF if seat else place.weight) + 1000  # "Aleppo" is the city, not the land around it
        if place.name.lower() == name.lower():
            weight *= EXACT
        if place.country in self.named:
            weight *= LAND
        if place.within in self.named and place.within != place.country and place.within not in own:
            weight *= PART
        if place.country in self.english:
            weight *= ENGLISH
        if place.country in self.home_lands:
            weight *= HOME_LAND
        if place.within in self.home_parts or place.key in self.home_parts:
            weight *= HOME_PART
        if any(other.name != name and distance(place, other) < _CLOSE for other in self.sure):
            weight *= NEAR
        if any(other.within == place.key and other.name != name for other in self.sure):
            weight *= INSIDE
        return weight

    def vouches(self, place: KnownPlace) -> bool:
        """Whether a place lies where the article plays."""
        here = place.country in self.named or place.country in self.home_lands
        return here or any(distance(place, other) < _CLOSE for other in self.sure)

    def settle(self, names: Iterable[tuple[str, Sequence[KnownPlace], KnownPlace | None]]) -> None:
        """Take those places for sure of which one outweighs all its namesakes, or whose container is named."""
        found = []
        for name, namesakes, container in names:
            place = self.choose(name, namesakes, container)
            if place is None or place.type == "Country":
                continue
            weights = sorted((self.weight(other, name, namesakes) for other in namesakes), reverse=True)
            if container or len(weights) == 1 or weights[0] > 20 * weights[1]:
                found.append(place)
        self.sure = list({place.key: place for place in (*self.sure, *found)}.values())


def _is_seat(city: KnownPlace, part: KnownPlace) -> bool:
    """Whether a city gives its name to the part of a state around it."""
    near = city.country == part.country and distance(city, part) < _CLOSE
    return city.type == "City" and (city.within == part.key or (near and city.name == part.name))


def home_of(article: Article, knowledge: Knowledge) -> list[KnownPlace]:
    """Where an article is at home: the place of its dateline, of its outlet, the country of its address."""
    found: list[KnownPlace] = []
    outlet = knowledge.outlet(article.source, site_of(article.url))
    if outlet:
        found.append(outlet)
    land = knowledge.domain(site_of(article.url))
    if land:
        found.append(land)
    return found


def site_of(url: str | None) -> str:
    """The host of an address, without "www."; empty when there is none.

    >>> site_of("https://www.example.co.uk/news/1")
    'example.co.uk'
    """
    try:
        host = urlsplit(url or "").hostname or ""
    except ValueError:
        return ""
    return host.removeprefix("www.")


def distance(one: KnownPlace, other: KnownPlace) -> float:
    """Kilometres between two places along the great circle."""
    return great_circle(one.lat, one.lon, other.lat, other.lon)


def great_circle(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """Kilometres along the great circle between two points in degrees.

    >>> round(great_circle(0, 0, 0, 90))
    10008
    """
    a, b = math.radians(lat), math.radians(other_lat)
    half = math.sin((b - a) / 2) ** 2 + math.cos(a) * math.cos(b) * math.sin(math.radians(other_lon - lon) / 2) ** 2
    return 2 * _RADIUS * math.asin(math.sqrt(min(1.0, half)))
