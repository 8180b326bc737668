"""Values as RDF has them: for each kind of value in `schemas/rdf.yaml` its sort, and its words."""

from base64 import b64encode
from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import msgspec

from .names import valid
from .syntaxes import ABSOLUTE, RELATIVE, TEXT

LARGEST = 2**53  # up to which a float holds every whole number

SORTS: dict[str, tuple[str, ...]] = {
    "text": (TEXT,),
    "integer": ("xsd:integer",),
    "index": ("xsd:nonNegativeInteger",),
    "decimal": ("xsd:decimal",),
    "number": ("xsd:integer", "xsd:decimal", "xsd:double"),
    "boolean": ("xsd:boolean",),
    "date": ("xsd:date",),
    "last-day": ("xsd:date",),
    "stamp": ("xsd:date", "xsd:dateTime", TEXT),
    "binary": ("xsd:base64Binary",),
    "json": ("rdf:JSON",),
    "wkt": ("geo:wktLiteral",),
    "iri": (ABSOLUTE,),
    "mode": (ABSOLUTE,),
    "web": (ABSOLUTE, TEXT),
}
"""The sorts that values of a kind can have; concepts are absolute IRIs, every other kind is one under the base."""


def sorts(kind: str) -> tuple[str, ...]:
    """The sorts that values of a kind can have."""
    return (ABSOLUTE,) if kind.startswith("concept:") else SORTS.get(kind, (RELATIVE,))


def decimal(value: float) -> str:
    """A number as xsd:decimal, all its digits and at least one behind the point.

    >>> decimal(0.54), decimal(3), decimal(1e-7)
    ('0.54', '3.0', '0.0000001')
    """
    digits = repr(float(value))
    if "e" in digits:
        digits = format(Decimal(digits), "f")
    return digits if "." in digits else f"{digits}.0"


def number(value: float) -> tuple[str, str]:
    """The sort and the words of a count: a whole number where it is one."""
    if isinstance(value, int):
        return "xsd:integer", str(value)
    if abs(value) < LARGEST:
        return ("xsd:integer", str(int(value))) if value == int(value) else ("xsd:decimal", decimal(value))
    return "xsd:double", repr(float(value)).replace("inf", "INF").replace("nan", "NaN")


def stamp(value: str) -> tuple[str, str]:
    """The sort and the words of a date or a time as an article has it."""
    try:
        date.fromisoformat(value)
        return ("xsd:date" if len(value) == 10 else TEXT), value
    except ValueError:
        pass
    try:
        datetime.fromisoformat(value)
    except ValueError:
        return TEXT, value
    return ("xsd:dateTime" if len(value) >= 19 and value[10] == "T" and value[4] == value[7] == "-" else TEXT), value


def web(value: str) -> tuple[str, str]:
    """An address as an IRI where it is one of the web, else as text."""
    is_iri = value.startswith(("http://", "https://")) and valid(value) == value
    return (ABSOLUTE if is_iri else TEXT), value


def _json(value: Any) -> str:
    return msgspec.json.encode(value).decode()


WORDS: dict[str, Callable[[Any], str]] = {
    "text": str,
    "integer": str,
    "index": str,
    "decimal": decimal,
    "boolean": lambda value: "true" if value else "false",
    "date": date.isoformat,
    "last-day": lambda value: (value - timedelta(days=1)).isoformat(),
    "binary": lambda value: b64encode(value).decode(),
    "json": _json,
    "iri": str,
    "wkt": str,
}
"""The words of a value, for kinds that have one sort and need no names."""

EITHER: dict[str, Callable[[Any], tuple[str, str]]] = {"number": number, "stamp": stamp, "web": web}
"""The sort and the words of a value, for kinds that have several."""
