"""The word lists of `schemas/articles.yaml`, made ready for look-ups."""

import re
from collections.abc import Iterable
from functools import lru_cache
from importlib.resources import files

from msgspec import Struct

from ...schemas.loader import load_yaml

_EDGES = re.compile(r"^[\W_]+|[^\w)\]*#]+$")


class Lines:
    """A set of lines, held as `key`s; some stand for many ("share on *")."""

    def __init__(self, patterns: Iterable[str]):
        keys = {p.casefold().rstrip(" .:") if not p.endswith("*") else p.casefold() for p in patterns}
        self._whole = frozenset(k for k in keys if "*" not in k)
        open_ended = sorted(keys - self._whole)
        self._pattern = re.compile("|".join(re.escape(k).replace(r"\*", ".*") for k in open_ended))

    def __contains__(self, line_key: str) -> bool:
        return line_key in self._whole or bool(self._pattern.fullmatch(line_key))


class Words(Struct, frozen=True):
    """The word lists; `inside`, `around` and `closing` hold furniture, `ending` the lines that an article ends with."""

    inside: Lines
    around: Lines
    closing: Lines
    ending: Lines
    headers: dict[str, str]
    months: dict[str, int]
    weekdays: frozenset[str]
    zones: dict[str, int]
    not_places: frozenset[str]
    small_agencies: frozenset[str]
    place_particles: frozenset[str]
    name_particles: frozenset[str]
    english: frozenset[str]
    candidates: tuple[str, ...]
    language_names: dict[str, str]


@lru_cache(maxsize=1)
def words() -> Words:
    """The word lists, read once."""
    raw = load_yaml(files("newsloom.schemas").joinpath("articles.yaml").read_text("utf-8"), "articles.yaml")
    furniture = raw["furniture"]
    return Words(
        inside=Lines(furniture["inside"] + furniture["credits"]),
        around=Lines(furniture["around"]),
        closing=Lines(furniture["closing"]),
        ending=Lines(furniture["credits"] + furniture["ending"]),
        headers={name: field for field, names in raw["headers"].items() for name in names},
        months=raw["months"],
        weekdays=frozenset(raw["weekdays"]),
        zones=raw["zones"],
        not_places=frozenset(raw["not_places"]),
        small_agencies=frozenset(raw["small_agencies"]),
        place_particles=frozenset(raw["place_particles"]),
        name_particles=frozenset(raw["name_particles"]),
        english=frozenset(raw["english"]),
        candidates=tuple(raw["candidates"]),
        language_names=raw["language_names"],
    )


def key(line: str) -> str:
    """A line as the furniture lists hold it: small letters, one space between words, # for numbers, bare ends."""
    plain = " ".join(line.casefold().replace("’", "'").split())
    return re.sub(
        r"\d[\d,.]*[km]?\b", "#", _EDGES.sub("", plain) if plain[:1] not in "([©#" else plain.rstrip(" .…»›→")
    )
