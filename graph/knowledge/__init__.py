"""What newsloom knows of the world before it reads: states, organisations, people, places, and words for roles.

    knowledge = load()                      # what ships with newsloom
    knowledge = load(Path("my-names.yaml")) # with your own organisations, people and places on top

Names are looked up as they are written; a name is a `Sense` or several ("Georgia" is a state and a
part of one).
"""

from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from ...schemas.errors import InputError
from ...schemas.loader import load_yaml
from . import own
from .base import Knowledge
from .entries import Description, KnownActor, KnownPlace, Office, People, Sense
from .roles import Roles
from .spelling import first_words, fold, slug

__all__ = [
    "Description",
    "Knowledge",
    "KnownActor",
    "KnownPlace",
    "Office",
    "People",
    "Roles",
    "Sense",
    "first_words",
    "fold",
    "load",
    "roles",
    "slug",
    "states",
]

_FILES = ("states", "organisations", "people", "places", "regions", "counties", "outlets", "firstnames", "contexts")
_OFFICES = ("africa", "americas", "asia", "europe")


def load(path: Path | None = None) -> Knowledge:
    """What newsloom knows, with what a file of the user's own knows on top (its formats: `own`).

    An entry of a name that newsloom knows takes its place. InputError: the file cannot be read, or an entry
    lacks what it needs.
    """
    raw: dict[str, Any] = {}
    for name in _FILES:
        loaded = _shipped(name)
        raw |= {name: loaded} if name == "contexts" else loaded
    raw["offices"] = [row for part in _OFFICES for row in _shipped(f"offices-{part}")["offices"]]
    if path is None:
        return Knowledge(raw, roles())
    for section, entries in own.read(path).items():
        raw[section] = _with(raw[section], entries)
    try:
        return Knowledge(raw, roles())
    except InputError as error:
        raise InputError(f"{path}: {error}") from None


def _with(shipped: list[Mapping[str, Any]], entries: list[dict[str, Any]]) -> list[Mapping[str, Any]]:
    """The entries, a user's in the place of those of the same name."""
    names = {entry["name"] for entry in entries if "name" in entry}
    return [*(entry for entry in shipped if entry.get("name") not in names), *entries]


@lru_cache(maxsize=1)
def roles() -> Roles:
    """The words for roles that ship with newsloom, read once."""
    return Roles(_shipped("roles"))


@lru_cache(maxsize=1)
def states() -> Mapping[str, Mapping[str, Any]]:
    """The states of the world by ISO 3166 alpha-3 code, as `states.yaml` has them: name, capital, geonames, iso ..."""
    found: Mapping[str, Mapping[str, Any]] = _shipped("states")["states"]
    return found


def _shipped(name: str) -> Any:
    file = files("newsloom.schemas") / "knowledge" / f"{name}.yaml"
    return load_yaml(file.read_text(encoding="utf-8"), f"{name}.yaml")
