"""Whom and what place the codes and names of a row mean, as far as the knowledge tells."""

from math import cos, hypot, radians

from msgspec import Struct

from ...schemas.coding import RoleCode, cameo
from ..knowledge import Knowledge, KnownActor, KnownPlace
from ..knowledge.fips import country_of
from ..types import ActorValue, PlaceValue
from .rows import Row

NEAR = 0.5  # degrees within which a place of that name is the one meant
COUNTRY, PARTS = "1", ("2", "5")  # ActionGeo_Type
TYPES = {"1": "Country", "2": "Region", "3": "City", "4": "City", "5": "Region"}


class CodedActor(Struct, frozen=True):
    """A type of actors and who is meant."""

    type: str
    value: ActorValue


class CodedPlace(Struct, frozen=True):
    """A type of places, which is meant, and the words of the column that name it."""

    type: str
    value: PlaceValue
    words: str


def actor_of(row: Row, column: str, knowledge: Knowledge) -> CodedActor | None:
    """Who stands in the columns of Actor1 or Actor2, None if nobody does.

    A code that is only a state's is the state where it, its people or a place in it is named ("IRANIAN", "TEHRAN"). A
    name that the knowledge has, of the same state if the row tells one, is that actor. Anybody else is described by
    the name, the state and the roles.
    """
    code, name = row.get(f"{column}Code"), row.get(f"{column}Name")
    if not (code or name):
        return None
    codes = cameo()
    country = codes.country(row.get(f"{column}CountryCode"))
    country = country if country in knowledge.places and country in knowledge.actors else ""
    group = row.get(f"{column}KnownGroupCode")
    known_roles = [
        codes.roles[role] for n in (1, 2, 3) if (role := row.get(f"{column}Type{n}Code")) and role in codes.roles
    ]
    is_state = country and not (known_roles or group) and code in ("", row.get(f"{column}CountryCode"))
    if is_state and _stands_for(name, country, knowledge):
        known: KnownActor | None = knowledge.actors[country]
    else:
        known = _named(name, country, knowledge)
    if known:
        value = ActorValue(
            known.name, "name", known.key, known.country, known.sectors, gender=known.gender, wikidata=known.wikidata
        )
        return CodedActor(known.type, value)
    stands = next((own for own, other in codes.groups.items() if other == group), None)
    of_none = next((role.country for role in known_roles if role.country), None)
    sectors = tuple(dict.fromkeys(role.sector for role in known_roles if role.sector))
    value = ActorValue(name or code, "description", country=country or stands or of_none, sectors=sectors)
    return CodedActor(_type(known_roles), value)


def _type(roles: list[RoleCode]) -> str:
    """The kind of actor that the first role tells; people of no role are a group."""
    return roles[0].type if roles else "Group"


def _stands_for(name: str, country: str, knowledge: Knowledge) -> bool:
    """Whether a name is a state's, its people's, or that of a place in it; no name stands for the code alone."""
    senses = knowledge.names.get(name.lower(), ())
    places = (knowledge.places.get(sense.key) for sense in senses)
    inside = any(place and place.country == country for place in (*places, *knowledge.cities(name)))
    return not name or inside or any(sense.key == country for sense in senses)


def _named(name: str, country: str, knowledge: Knowledge) -> KnownActor | None:
    """The actor of that name, if all in the knowledge who go by it, of that country if one is given, are one."""
    senses = [
        sense for sense in knowledge.names.get(name.lower(), ()) if sense.kind == "actor" and sense.form == "name"
    ]
    found = {sense.key: knowledge.actors[sense.key] for sense in senses if not sense.exact or sense.spelling == name}
    fits = [actor for actor in found.values() if (actor.country or "") == country or (not country and actor.listed)]
    return fits[0] if len(fits) == 1 else None


def place_of(row: Row, knowledge: Knowledge) -> CodedPlace | None:
    """Where a row says that it happened, None if it does not.

    The name before the first comma, at the row's coordinates: the state, or a known city or region of that name near
    there. Another place has its coordinates from the row, and GDELT's number for it as its own.
    """
    full = row.get("ActionGeo_FullName")
    words = full.split(",")[0].strip()
    if not words:
        return None
    kind, country, point = row.get("ActionGeo_Type"), country_of(row.get("ActionGeo_CountryCode")), row.point
    if kind == COUNTRY and country in knowledge.places:
        return CodedPlace("Country", knowledge.value(knowledge.places[country]), words)
    if known := _near(words, country, point, kind in PARTS, knowledge):
        return CodedPlace(known.type, knowledge.value(known), words)
    feature = row.get("ActionGeo_FeatureID")
    outer = knowledge.places.get(country or "")
    value = PlaceValue(
        name=words,
        key=f"gdelt:{feature}" if feature else None,
        lat=point[0] if point else None,
        lon=point[1] if point else None,
        country=country,
        within=(knowledge.value(outer),) if outer else (),
    )
    return CodedPlace(TYPES.get(kind, "Place"), value, words)


def _near(
    words: str, country: str | None, point: tuple[float, float] | None, is_part: bool, knowledge: Knowledge
) -> KnownPlace | None:
    """The known place of that name in that state which lies nearest to a point, if one lies near."""
    if point is None:
        return None
    listed = (knowledge.places[s.key] for s in knowledge.names.get(words.lower(), ()) if s.key in knowledge.places)
    found = {place.key: place for place in (*listed, *knowledge.cities(words)) if place.type != "Country"}
    fits = [place for place in found.values() if country in (place.country, None) or place.country is None]
    if is_part:
        return next((place for place in fits if place.type == "Region"), None)
    away = {place.key: _degrees(point, place) for place in fits}
    nearest = min(fits, key=lambda place: (away[place.key], place.type == "Region"), default=None)
    return nearest if nearest and away[nearest.key] <= NEAR else None


def _degrees(point: tuple[float, float], place: KnownPlace) -> float:
    """How far apart two points are, in degrees of latitude."""
    east = (point[1] - place.lon + 180) % 360 - 180
    return hypot(point[0] - place.lat, east * cos(radians(place.lat)))
