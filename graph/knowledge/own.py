"""A user's own knowledge: YAML in the shape of newsloom's, or a public list of names as CSV or FollowTheMoney entities.

    organisations:                       name,aliases,schema,countries
    - {name: Harbour Watch, type: ...}   Harbour Watch,HW;Watch at the Harbour,Organization,ie

A table (.csv) has a heading row with `name` and any of aliases, type, country, sectors, gender, wikidata, where
several values are parted by `;`. Entities (.json, .jsonl, .ftm) stand one a line (https://followthemoney.tech).
"""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any

import msgspec
from msgspec import Meta, Struct

from ...schemas.errors import InputError, nearest
from ...schemas.loader import load_yaml, read_file
from ...schemas.values import Problem, convert

Sections = dict[str, list[dict[str, Any]]]

TABLES, ENTITIES = (".csv",), (".json", ".jsonl", ".ijson", ".ftm")
# What FollowTheMoney calls the kinds of actors; a kind that is not here is not read.
KINDS = {
    "Person": "Person",
    "Organization": "Organisation",
    "LegalEntity": "Organisation",
    "Company": "Company",
    "PublicBody": "Government",
}
COLUMNS = {
    "name": ("name", "caption"),
    "aliases": ("aliases", "alias"),
    "type": ("type", "schema"),
    "country": ("country", "countries"),
    "sectors": ("sectors", "sector"),
    "gender": ("gender",),
    "wikidata": ("wikidata", "wikidataid", "wikidata_id"),
}


class _Actor(Struct, forbid_unknown_fields=True):
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
    states: list[str] = []
    see: str | None = None


class _Organisation(_Actor, forbid_unknown_fields=True, kw_only=True):
    """An organisation in a user's file."""

    type: str


class _Place(Struct, forbid_unknown_fields=True):
    """A place in a user's file."""

    name: str
    type: str
    lat: Annotated[float, Meta(ge=-90, le=90)]
    lon: Annotated[float, Meta(ge=-180, le=180)]
    aliases: list[str] = []
    adjectives: list[str] = []
    country: str | None = None
    geonames: str | int | None = None
    within: str | None = None
    see: str | None = None


class Offices(Struct, forbid_unknown_fields=True):
    """Who held an office of a state: a line each, `Name; other spelling | 1996-1999 2009-2021 | f`."""

    state: str
    office: str
    held: str
    see: str | None = None


SECTIONS = {"organisations": _Organisation, "people": _Actor, "places": _Place, "offices": Offices}


def read(path: Path) -> Sections:
    """The sections of a file, each entry checked; InputError says what is wrong and where."""
    suffix = path.suffix.lower()
    text = read_file(path, InputError)
    if suffix in TABLES:
        return _sections(_rows(text, path), path)
    if suffix in ENTITIES:
        return _sections(_entities(text, path), path)
    return _checked(load_yaml(text, str(path), InputError), path)


def _checked(own: Any, path: Path) -> Sections:
    if not isinstance(own, Mapping):
        raise InputError(f"{path}: knowledge is a mapping with any of {', '.join(SECTIONS)}")
    for section, entries in own.items():
        if section not in SECTIONS:
            raise InputError(f"{path}: no section {section!r} in knowledge.{nearest(section, SECTIONS)}")
        try:
            for number, entry in enumerate(convert(entries or [], list[Any], (section,)), 1):
                convert(entry, SECTIONS[section], (section, str(number)))
        except Problem as problem:
            raise InputError(f"{path}: {'.'.join(problem.path)}: {problem}") from None
    return {section: entries or [] for section, entries in own.items()}


def _rows(text: str, path: Path) -> Iterator[dict[str, Any]]:
    """The rows of a table as entries."""
    table = csv.DictReader(io.StringIO(text))
    heads = {head.strip().lower(): head for head in table.fieldnames or ()}
    columns = {field: heads[word] for field, words in COLUMNS.items() for word in words if word in heads}
    if "name" not in columns:
        raise InputError(
            f"{path}: the table has no column `name`. It needs one, and may have {', '.join(list(COLUMNS)[1:])}."
        )
    for row in table:
        values = {field: (row[head] or "").strip() for field, head in columns.items()}
        yield {field: _several(value) for field, value in values.items() if value}


def _several(value: str) -> list[str]:
    return [part.strip() for part in value.split(";") if part.strip()]


def _entities(text: str, path: Path) -> Iterator[dict[str, Any]]:
    """FollowTheMoney entities as entries; `weakAlias` names too many others to be read."""
    decode = msgspec.json.Decoder(dict[str, Any]).decode
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        try:
            entity = decode(line)
            properties = msgspec.convert(entity.get("properties", {}), dict[str, list[Any]])
        except msgspec.MsgspecError as error:
            raise InputError(
                f"{path}: line {number} is no entity of FollowTheMoney ({error}). Each line is a JSON object with "
                "`schema` and `properties`."
            ) from None
        names = [str(name) for name in properties.get("name", ())]
        if names:
            yield {
                "name": names[:1],
                "aliases": [*names[1:], *map(str, properties.get("alias", ()))],
                "type": [str(entity.get("schema", ""))],
                "country": [str(code) for code in properties.get("country", ())],
                "gender": [str(gender) for gender in properties.get("gender", ())],
                "wikidata": [str(number) for number in properties.get("wikidataId", ())],
            }


def _sections(entries: Iterable[Mapping[str, list[str]]], path: Path) -> Sections:
    """Entries of a list of names as those of newsloom; of a kind that is no actor's they are left out."""
    sections: Sections = {"organisations": [], "people": []}
    for entry in entries:
        named = {field: values[0] for field, values in entry.items() if values}
        if "name" not in named:
            continue
        kind = KINDS.get(named.get("type", "Organization"), named.get("type", ""))
        if kind not in ("Person", *KINDS.values()) and path.suffix.lower() in ENTITIES:
            continue
        found: dict[str, Any] = {"name": named["name"], "aliases": list(entry.get("aliases", ()))}
        found["sectors"] = list(entry.get("sectors", ()))
        country = named.get("country")
        found["country"] = country.upper() if country else None
        found["gender"] = named.get("gender", "")[:1].lower() or None
        found["wikidata"] = named.get("wikidata")
        if kind == "Person":
            sections["people"].append(found)
        else:
            sections["organisations"].append(found | {"type": kind})
    return sections
