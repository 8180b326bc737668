"""Everything that is known, as look-ups from names."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cached_property
from hashlib import sha256
from typing import Any

from msgspec import json, structs

from ...schemas.errors import InputError, nearest
from ..types import PlaceValue
from .cities import Cities
from .entries import KnownActor, KnownPlace, Office, Sense
from .offices import holders
from .roles import Roles
from .spelling import first_words, slug

_LISTED, _STATE, _PART = 50_000_000, 1_000_000, 100_000  # what places that are no cities weigh against a city's people
_NEVER = 10**9  # people of a city that would be famous in a list of towns
_SEVERAL = re.compile(r"[^\w.]")


class Knowledge:
    """Everything known, as look-ups; made by `load`, unchanged afterwards (towns are read when first asked for)."""

    def __init__(self, raw: Mapping[str, Any], roles: Roles):
        self.digest = sha256(json.encode(raw, order="sorted")).hexdigest()  # changes when anything in `raw` does
        self.actors: dict[str, KnownActor] = {}
        self.places: dict[str, KnownPlace] = {}
        self.names: dict[str, tuple[Sense, ...]] = {}
        self.starts: dict[str, tuple[int, ...]] = {}
        self.low_starts: frozenset[str] = frozenset()
        self.abbreviations: dict[str, str] = {}  # "Ill." -> key
        self._iso: dict[str, str] = {}
        self._capitals: dict[str, str] = {}
        self._surnames: dict[str, set[str]] = defaultdict(set)
        self._serves: dict[str, set[str]] = defaultdict(set)  # key of a person -> states whose offices are the person's
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
        self._tie()
        for entry in raw["offices"]:
            self._add_holders(entry)
        self._cities = Cities("cities15000", self._iso, self._admin)
        self._counties: dict[str, list[KnownPlace]] = defaultdict(list)
        self._add_counties(raw["counties"])
        self._weigh_parts()
        self._outlets = {row["site"]: row for row in raw["outlets"]}
        self._titles = {name.lower(): row for row in raw["outlets"] for name in (row["name"], *row.get("aliases", ()))}
        self._close()
        self.first_names = {name: gender for gender, names in raw["first_names"].items() for name in names}
        self.roles = roles
        self.contexts = {key: _words(value) for key, value in raw["contexts"].items()}

    def _add_states(self, states: Mapping[str, Any]) -> None:
        for key, state in states.items():
            name, aliases = state["name"], tuple(state.get("aliases", ()))
            self.actors[key] = KnownActor(key, name, "State", aliases, key, ("GOV",))
            self.places[key] = KnownPlace(
                key, name, "Country", float(state["lat"]), float(state["lon"]), key, str(state["geonames"]), _STATE
            )
            self._iso[state["iso"]] = key
            forms = {"name": (name, *aliases), "nationality": state.get("adjectives", ())}
            forms |= {"people": state.get("people", ()), "seat": state.get("seats", ())}
            self._capitals[key] = state.get("capital", "")
            forms["capital"] = (state["capital"], *state.get("spellings", ())) if "capital" in state else ()
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
            lat=float(entry["lat"]),
            lon=float(entry["lon"]),
            country=entry.get("country"),
            geonames=str(entry["geonames"]) if "geonames" in entry else None,
            weight=_LISTED,
            within=self._key_of(within) if within else None,
        )
        for spelling in (entry["name"], *entry.get("aliases", ())):
            self._sense("place", key, spelling)
        for spelling in entry.get("adjectives", ()):
            self._sense("place", key, spelling, "nationality")

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

    def _add_counties(self, table: str) -> None:
        for line in table.splitlines():
            code, name, lat, lon, people, geonames = line.split("|")
            country = self._iso.get(code[:2])
            within = self._admin.get(code) or country
            self._counties[name.lower()].append(
                KnownPlace(
                    f"geonames:{geonames}",
                    name,
                    "Region",
                    float(lat),
                    float(lon),
                    country,
                    geonames,
                    int(people),
                    within,
                )
            )

    def _weigh_parts(self) -> None:
        """Give the parts of states the weight of the people in their cities."""
        for key, people in self._cities.people().items():
            part = self.places.get(key)
            if part is not None and part.type == "Region" and part.weight == _PART:
                self.places[key] = structs.replace(part, weight=max(people, _PART))

    def _add_organisation(self, entry: Mapping[str, Any]) -> None:
        self._add_actor(entry, entry["type"])
        if "capital" in entry:
            self._sense("actor", slug(entry["name"]), entry["capital"], "capital")

    def _add_person(self, entry: Mapping[str, Any]) -> None:
        self._add_actor(entry, "Person")

    def _add_actor(self, entry: Mapping[str, Any], type: str) -> None:
        key, leads, member = slug(entry["name"]), entry.get("leads"), entry.get("member")
        country, office = entry.get("country"), entry.get("office")
        self.actors[key] = KnownActor(
            key=key,
            name=entry["name"],
            type=type,
            aliases=tuple(entry.get("aliases", ())),
            country=self._iso.get(country or "", country),
            sectors=tuple(entry.get("sectors", ())),
            gender=entry.get("gender"),
            wikidata=entry.get("wikidata"),
            offices=(Office(office, leads or member or country),) if office else (),
            leads=leads,
            member=member,
        )
        if type == "Person":
            self._serves[key] = {state for state in (self.actors[key].country, *entry.get("states", ())) if state}
        self._name(self.actors[key], (entry["name"], *entry.get("aliases", ())))

    def _tie(self) -> None:
        """Put keys in the place of the names of what actors lead and belong to, once all of these are known."""
        for key, actor in self.actors.items():
            if actor.leads or actor.member:
                leads, member = (self._key_of(body) if body else None for body in (actor.leads, actor.member))
                offices = tuple(Office(office.title, leads or member) for office in actor.offices)
                self.actors[key] = structs.replace(actor, leads=leads, member=member, offices=offices)

    def _add_holders(self, entry: Mapping[str, Any]) -> None:
        """The people of one office of a state, each joined with what is known of them already."""
        state = self._key_of(entry["state"])
        for holder in holders(state, entry["office"], entry["held"]):
            spellings = (holder.name, *holder.aliases)
            known = self._servant(spellings, state)
            if known is None:
                key = slug(holder.name)
                key = f"{key}-{state.lower()}" if key in self.actors else key
                known = KnownActor(key, holder.name, "Person", (), state, ("GOV",), holder.gender, listed=False)
                self._serves[key].add(state)
                self._name(known, (known.name,))
            fresh = [name for name in spellings if name not in (known.name, *known.aliases)]
            dated = tuple(office for office in known.offices if office.start is not None)
            self.actors[known.key] = structs.replace(
                known, aliases=(*known.aliases, *fresh), offices=(*dated, *holder.offices)
            )
            self._name(known, fresh)

    def _servant(self, spellings: Iterable[str], state: str) -> KnownActor | None:
        """Who bears one of these names and is known to serve that state."""
        keys = (sense.key for spelling in spellings for sense in self._names.get(spelling.lower(), ()))
        return next((self.actors[key] for key in keys if state in self._serves.get(key, ())), None)

    def _name(self, actor: KnownActor, spellings: Iterable[str]) -> None:
        """Make an actor known under its names, and a person under the last word of each."""
        for spelling in spellings:
            self._sense("actor", actor.key, spelling)
            if actor.type == "Person" and " " in spelling:
                self._surnames[spelling.rsplit(" ", 1)[1]].add(actor.key)

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

    def _close(self) -> None:
        """Fills `names`, and `starts`: for the first word of names of several, how long those names are."""
        self.names = {name: tuple(senses) for name, senses in self._names.items()}
        lengths: dict[str, set[int]] = {}
        for name in (*self.names, *self._cities.by_name, *self._counties):
            if not name.isalnum() and _SEVERAL.search(name):
                for first in first_words(name):
                    lengths.setdefault(first, set()).add(len(name))
        self.starts = {first: tuple(sorted(found, reverse=True)) for first, found in lengths.items()}
        lower = {sense.spelling for senses in self.names.values() for sense in senses if sense.spelling[0].islower()}
        self.low_starts = frozenset(first for spelling in lower for first in first_words(spelling.lower()))
        self._names.clear()

    def cities(self, name: str) -> list[KnownPlace]:
        """The cities of 15,000 people and more with that name, the largest first, then the counties."""
        return [*self._cities.named(name.lower()), *self._counties.get(name.lower(), ())]

    def towns(self, name: str) -> list[KnownPlace]:
        """The smaller towns with that name, the largest first (the first call reads them)."""
        return self._towns.named(name.lower())

    @cached_property
    def _towns(self) -> Cities:
        return Cities("cities500", self._iso, self._admin, _NEVER)

    def capital(self, state: str) -> KnownPlace | None:
        """The city that a state is governed from, by the state's alpha-3; None if it is not known."""
        cities = self.cities(self._capitals.get(state, ""))
        return next((city for city in cities if city.country == state), None)

    def outlet(self, name: str | None, site: str) -> KnownPlace | None:
        """Where a news outlet is at home, by its site or its name: a city or a country; None if it is unknown."""
        hosts = [".".join(site.split(".")[n:]) for n in range(site.count("."))]
        row = next((self._outlets[host] for host in hosts if host in self._outlets), None)
        row = row or self._titles.get((name or "").lower().removeprefix("the "))
        if row is None:
            return None
        country, region = self.places.get(row.get("country", "")), row.get("region")
        towns = self.cities(row["place"]) if "place" in row else []
        inside = [
            town
            for town in towns
            if (country is None or town.country == country.key)
            and (region is None or town.within is None or self.places[town.within].name == region)
        ]
        return next(iter(inside), country)

    def domain(self, site: str) -> KnownPlace | None:
        """The country of a site's top-level domain, unless the world uses it."""
        end = site.rsplit(".", 1)[-1].upper()
        country = self._iso.get("GB" if end == "UK" else end)
        return self.places[country] if country and end.lower() not in self.contexts["global_domains"] else None

    @cached_property
    def people(self) -> dict[str, str]:
        """The names of the known people, by key."""
        return {key: actor.name for key, actor in self.actors.items() if actor.type == "Person"}

    def bearers(self, surname: str) -> list[KnownActor]:
        """The known people of that last name."""
        return [self.actors[key] for key in sorted(self._surnames.get(surname, ()))]

    def place(self, key: str) -> KnownPlace | None:
        """The place with that key, or None."""
        if key in self.places:
            return self.places[key]
        number = key.removeprefix("geonames:")
        return self._cities.numbered(int(number)) if number.isdigit() else None

    def chain(self, place: KnownPlace) -> list[KnownPlace]:
        """What a place lies in, nearest first."""
        found: list[KnownPlace] = []
        while place.within and (outer := self.places.get(place.within)) and outer not in found:
            found.append(outer)
            place = outer
        return found

    def value(self, place: KnownPlace) -> PlaceValue:
        """A known place as a mention's value, with what it lies in."""
        within = (PlaceValue(o.name, o.key, o.lat, o.lon, o.country, o.geonames) for o in self.chain(place))
        return PlaceValue(place.name, place.key, place.lat, place.lon, place.country, place.geonames, tuple(within))


def _words(value: Any) -> Any:
    """Lists as frozen sets; a mapping of lists as a mapping from each word to its key."""
    if isinstance(value, Mapping):
        return {word: key for key, words in value.items() for word in words}
    return frozenset(value)
