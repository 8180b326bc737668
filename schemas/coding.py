"""The codes of other tools: CAMEO's for events and actors (`cameo.yaml`), and GDELT's columns (`gdelt.yaml`)."""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from importlib.resources import files
from typing import Any, TypeVar

import msgspec
from msgspec import Struct, field

from .loader import load_yaml
from .types import Schema

Held = TypeVar("Held")

BASE = 3  # digits of a code that is no root


class RoleCode(Struct, frozen=True, forbid_unknown_fields=True):
    """What a code of CAMEO for actors stands for: PLOVER's sector, newsloom's type, what is in place of a country."""

    type: str
    sector: str | None = None
    country: str | None = None


class Cameo(Struct, frozen=True, forbid_unknown_fields=True):
    """CAMEO's codes; a code says the same as longer ones that begin with it, unless these have a line of their own."""

    modes: Mapping[str, Mapping[str, tuple[str, ...]]]
    plain: Mapping[str, str]
    also: Mapping[str, str]
    goldstein: Mapping[str, float | None]
    roles: Mapping[str, RoleCode]
    groups: Mapping[str, str]
    countries: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def code(self, schema: Schema, type: str, mode: str | None = None) -> str | None:
        """The code of an event of that type, done in that way: three digits or four, None where CAMEO has none.

        A type whose list in the schema begins with several codes of one root has the root's ("080").

        >>> from newsloom.schemas import load_schema
        >>> cameo().code(load_schema(), "PROTEST", "riot"), cameo().code(load_schema(), "EARTHQUAKE")
        ('145', None)
        """
        lineage = [*ancestry(schema, type)]
        if own := next((own for name in lineage if (own := self.modes.get(name, {}).get(mode or ""))), None):
            return own[0]
        name = next((name for name in lineage if schema.event_types[name].cameo), None)
        codes = schema.event_types[name].cameo if name else ()
        if not name or not codes:
            return None
        return codes[0] if len(codes) == 1 and len(codes[0]) >= BASE else self.plain.get(name, f"{codes[0][:2]}0")

    def type(self, schema: Schema, code: str) -> str | None:
        """The type of the schema that a code is of: that of the longest code in its lists; None where there is none.

        >>> from newsloom.schemas import load_schema
        >>> [cameo().type(load_schema(), code) for code in ("190", "0841", "010")]
        ['ASSAULT', 'RETREAT', None]
        """
        fits = [
            (len(listed), -len([*ancestry(schema, name)]), name)
            for name, known in schema.event_types.items()
            for listed in known.cameo
            if code.startswith(listed)
        ]
        if fits:
            return max(fits)[2]
        name = _longest(self.also, code)
        return name if name in schema.event_types else None

    def mode(self, schema: Schema, type: str, code: str) -> str | None:
        """How an event of that type was done, as far as its code tells and the schema knows."""
        listed = {own: mode for mode, codes in self.modes.get(type, {}).items() for own in codes}
        mode = _longest(listed, code)
        return mode if mode in schema.event_types[type].modes else None

    def scale(self, code: str) -> float | None:
        """A code's place on Goldstein's scale, None where it has none.

        >>> cameo().scale("1823"), cameo().scale("190"), cameo().scale("1952")
        (-10.0, -10.0, None)
        """
        return _longest(self.goldstein, code)

    def country_code(self, country: str) -> str:
        """CAMEO's code for a state, by its ISO 3166 alpha-3."""
        return self.countries.get(country, (country,))[0]

    def country(self, code: str) -> str:
        """The ISO 3166 alpha-3 that a code of CAMEO stands for, or the code where the two are the same."""
        return next((country for country, codes in self.countries.items() if code in codes), code)


class Gdelt(Struct, frozen=True, forbid_unknown_fields=True):
    """GDELT 2.0's columns of events, those that an imported text tells, and the numbers in some of them."""

    columns: tuple[str, ...]
    told: tuple[str, ...]
    quads: Mapping[int, tuple[str, ...]]
    places: Mapping[str, tuple[int, int]]

    def quad(self, code: str) -> int | None:
        """The QuadClass of a code of CAMEO."""
        return next((quad for quad, roots in self.quads.items() if code[:2] in roots), None)


def ancestry(schema: Schema, type: str) -> Iterator[str]:
    """An event type of the schema and its broader ones, the narrowest first."""
    seen: set[str] = set()
    name: str | None = type
    while name and name in schema.event_types and name not in seen:
        seen.add(name)
        yield name
        name = schema.event_types[name].extends


@lru_cache(maxsize=1)
def cameo() -> Cameo:
    """CAMEO's codes, read once."""
    return msgspec.convert(_shipped("cameo"), Cameo)


@lru_cache(maxsize=1)
def gdelt() -> Gdelt:
    """GDELT's columns, read once."""
    raw = _shipped("gdelt")
    return msgspec.convert({**raw, "quads": {int(quad): roots for quad, roots in raw["quads"].items()}}, Gdelt)


def _shipped(name: str) -> Any:
    return load_yaml((files(__package__) / f"{name}.yaml").read_text(encoding="utf-8"), f"{name}.yaml")


def _longest(table: Mapping[str, Held], code: str) -> Held | None:
    """What the table has for the longest beginning of a code."""
    return next((table[code[:n]] for n in range(len(code), 1, -1) if code[:n] in table), None)
