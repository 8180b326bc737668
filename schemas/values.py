"""Values out of YAML, checked one by one; a Problem tells at which keys something is wrong."""

import re
from collections.abc import Collection, Iterable, Mapping
from typing import Any, TypeVar

import msgspec
from msgspec import Struct

from .errors import nearest

GROWING = ("triggers", "examples", "cues", "lexicons")  # keys whose lists a file that extends another adds to
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
_UNKNOWN_FIELD = re.compile(r"unknown field `([^`]+)`")
_MISSING_FIELD = re.compile(r".*missing required field `([^`]+)`")
_OTHER_KIND = re.compile(r"Expected `([^`]+)`, got `([^`]+)`")
_KINDS = {
    "array": "a list",
    "object": "a mapping",
    "str": "text",
    "int": "a whole number",
    "float": "a number",
    "bool": "true or false",
    "null": "nothing",
}

T = TypeVar("T")


class Source(Struct, frozen=True):
    """One file's values, kept to name the file in an error."""

    origin: str
    raw: Mapping[str, Any]


class Problem(Exception):
    """Something wrong at a path of keys; becomes a SchemaError that names the file."""

    def __init__(self, path: Collection[str], message: str):
        super().__init__(message)
        self.path = tuple(path)


def entries_of(raw: Mapping[str, Any], key: str) -> Iterable[tuple[str, Any]]:
    """The named entries under a top key."""
    found: Mapping[str, Any] = convert(raw.get(key, {}), dict[str, Any], (key,))
    return found.items()


def struct_of(value: Any, cls: type[T], name: str, path: tuple[str, ...]) -> T:
    """A value of a type whose name is its key in the YAML."""
    fields = [f for f in cls.__struct_fields__ if f != "name"]  # type: ignore[attr-defined]
    given: Mapping[str, Any] = convert(value, dict[str, Any], path)
    for key in given:
        check_known(key, fields, (*path, key), "key")
    return convert({**given, "name": name}, cls, path)


def convert(value: Any, kind: Any, path: tuple[str, ...]) -> Any:
    """The value as that type; raises Problem when it is another."""
    try:
        return msgspec.convert(value, kind)
    except msgspec.ValidationError as problem:
        message, _, at = str(problem).partition(" - at `")
        inner = tuple(part for part in re.split(r"[$.`\[\]]+", at) if part and part != "...")
        if unknown := _UNKNOWN_FIELD.search(message):
            fields = [f.encode_name for f in msgspec.structs.fields(kind)]
            message = f"there is no such key here.{nearest(unknown[1], fields)}"
            inner = (*inner, unknown[1])
        elif missing := _MISSING_FIELD.fullmatch(message):
            message = f"`{missing[1]}` is missing"
        elif other := _OTHER_KIND.fullmatch(message):
            message = f"must be {_kind(other[1])}, not {_kind(other[2])}"
        raise Problem((*path, *inner), message) from None


def _kind(names: str) -> str:
    """What msgspec calls `float | null`, in words."""
    return " or ".join(_KINDS.get(name, name) for name in names.split(" | "))


def check_known(name: str, known: Collection[str], path: tuple[str, ...], what: str) -> None:
    """Raises Problem when a name is not among the known ones."""
    if name not in known:
        raise Problem(path, f"there is no {what} `{name}`.{nearest(name, known) or ' None is known here.'}")


def words_of(value: str | list[str]) -> tuple[str, ...]:
    """One word or a list of words as a tuple."""
    return (value,) if isinstance(value, str) else tuple(value)


def origin_of(path: tuple[str, ...], sources: Iterable[Source]) -> str:
    """The file that sets the value at a path: the last of those that go furthest along it."""
    best, depth = "schema", -1
    for source in sources:
        value: Any = source.raw
        steps = 0
        for key in path:
            if not isinstance(value, Mapping) or key not in value:
                break
            value = value[key]
            steps += 1
        if steps >= depth:
            best, depth = source.origin, steps
    return best


def located(path: tuple[str, ...], sources: Collection[Source]) -> tuple[str, tuple[str, ...]]:
    """The file that sets the value at a path, and the path in that file: lists that grow are counted in each anew."""
    at = next((i for i, key in enumerate(path) if key.isdigit() and i and path[i - 1] in GROWING), None)
    if at is None:
        return origin_of(path, sources), path
    position = int(path[at])
    for source in sources:
        listed: Any = source.raw
        for key in path[:at]:
            listed = listed.get(key) if isinstance(listed, Mapping) else None
        length = len(listed) if isinstance(listed, list) else 0
        if position <= length:
            return source.origin, (*path[:at], str(position), *path[at + 1 :])
        position -= length
    return origin_of(path, sources), path


def check_extends(name: str, parents: Mapping[str, str | None], key: str) -> None:
    """Raises Problem when a type extends an unknown type or, over others, itself."""
    line = [name]
    while (parent := parents[line[-1]]) is not None:
        check_known(parent, parents, (key, line[-1], "extends"), "type")
        if parent in line:
            raise Problem((key, name, "extends"), f"goes in a circle: {' -> '.join((*line, parent))}")
        line.append(parent)


def check_colour(colour: str, path: tuple[str, ...]) -> None:
    if not _COLOUR.fullmatch(colour):
        raise Problem(path, f"{colour!r} is not a colour; write it as '#0072b2', in quotes")


def iri_of(iri: str, prefixes: Mapping[str, str], path: tuple[str, ...]) -> str:
    """The full IRI of `prefix:name`."""
    if "://" in iri:
        return iri
    prefix, colon, name = iri.partition(":")
    if not colon:
        raise Problem(path, f"{iri!r} is no IRI; write prefix:name or a full http IRI")
    check_known(prefix, prefixes, path, "prefix")
    return prefixes[prefix] + name
