"""The schema's `times` table, complete: the words that times, dates and order are read by."""

from collections.abc import Mapping
from typing import Any

from ...schemas.types import Schema

_TABLES = ("words", "phrases", "macros", "patterns", "holidays", "feasts", "signals", "successions", "sequels")
_LISTS = (
    "glue",
    "ahead",
    "fixed",
    "limits",
    "says",
    "prepositions",
    "numbered",
    "counted",
    "names_too",
    "bearers",
    "anchored",
    "light",
    "effects",
    "stretches",
    "motions",
)


def time_words(schema: Schema) -> Mapping[str, Any]:
    """Every table and list of `times`, empty where the schema has none: then there are no times to find."""
    table = schema.raw.get("times") or {}
    return {**{name: table.get(name) or {} for name in _TABLES}, **{name: table.get(name) or () for name in _LISTS}}
