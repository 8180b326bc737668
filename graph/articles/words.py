"""The word lists of `schemas/articles.yaml`, made ready for look-ups."""

import re
from collections.abc import Iterable
from functools import lru_cache
from importlib.resources import files

from msgspec import Struct

from ...schemas.loader import load_yaml

_EDGES = re.compile(r"^[\W_]+|[^\w)\]*#]+$")


class Words(Struct, frozen=True):
    """Compiled word lists: `inside`, `around` and `closing` match whole lines given as `key`s."""

    inside: re.Pattern[str]
    around: re.Pattern[str]
    closing: re.Pattern[str]
    headers: dict[str, str]
    months: dict[str, int]
    weekdays: frozenset[str]
    not_places: frozenset[str]
    place_particles: frozenset[str]
    name_particles: frozenset[str]
    english: frozenset[str]
    candidates: tuple[str, ...]
    language_names: dict[str, str]


@lru_cache(maxsize=1)
def words() -> Words:
    """The word lists, read once."""
    raw = load_yaml(files("newsloom.schemas").joinpath("articles.yaml").read_text("utf-8"), "articles.yaml")
    furniture = {kind: _lines(patterns) for kind, patterns in raw["furniture"].items()}
    return Words(
        inside=furniture["inside"],
        around=furniture["around"],
        closing=furniture["closing"],
        headers={name: field for field, names in raw["headers"].items() for name in names},
        months=raw["months"],
        weekdays=frozenset(raw["weekdays"]),
        not_places=frozenset(raw["not_places"]),
        place_particles=frozenset(raw["place_particles"]),
        name_particles=frozenset(raw["name_particles"]),
        english=frozenset(raw["english"]),
        candidates=tuple(raw["candidates"]),
        language_names=raw["language_names"],
    )


def key(line: str) -> str:
    """A line as the furniture lists hold it: small letters, one space between words, # for numbers, bare ends."""
    plain = " ".join(line.casefold().replace("’", "'").split())
    return re.sub(r"\d[\d,.]*", "#", _EDGES.sub("", plain) if plain[:1] not in "([©#" else plain.rstrip(" .…»›→"))


def _lines(patterns: Iterable[str]) -> re.Pattern[str]:
    """One pattern that matches the key of any of these lines."""
    alternatives = (re.escape(p).replace(r"\*", ".*") for p in sorted({_pattern_key(p) for p in patterns}))
    return re.compile("|".join(alternatives))


def _pattern_key(pattern: str) -> str:
    return pattern.casefold().rstrip(" .:") if not pattern.endswith("*") else pattern.casefold()
