"""JSON: articles one a line, one object, a list, or newsloom's own interchange file. Texts are taken as they are."""

from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from .dates import FORMS, iso
from .draft import MAX_LINE, Draft, Problem

_FIELDS = ("title", "source", "url", "author", "language", "published")
_KINDS = {dict: "an object", list: "a list", str: "text", bool: "true or false", int: "a number", float: "a number"}


def read_lines(lines: Iterable[bytes | None]) -> Iterator[Draft | Problem]:
    """An article a line; blank lines are passed over, None stands for one that is too long."""
    for number, line in enumerate(lines, 1):
        if line is None:
            yield Problem(f"longer than {MAX_LINE // 2**20} MB", f"line {number}")
        elif line.strip():
            yield _read(line, f"line {number}")


def read_json(data: bytes) -> Iterator[Draft | Problem]:
    """The articles of one JSON value: an article, a list of them, or an object that has them under `articles`."""
    value = _decode(data)
    if isinstance(value, Problem):
        yield value
        return
    if isinstance(value, dict) and "text" not in value and isinstance(value.get("articles"), list):
        value = value["articles"]
    if not isinstance(value, list):
        yield _draft(value, None)
        return
    if not value:
        yield Problem("a list without articles")
    for number, item in enumerate(value, 1):
        yield _draft(item, f"article {number}")


def _read(line: bytes, place: str) -> Draft | Problem:
    value = _decode(line)
    return Problem(value.reason, place) if isinstance(value, Problem) else _draft(value, place)


def _decode(data: bytes) -> Any:
    """The JSON value, or the Problem with it."""
    try:
        return msgspec.json.decode(data)
    except RecursionError:
        return Problem("bad JSON: nested too deeply")
    except (msgspec.DecodeError, UnicodeError) as error:
        return Problem(f"bad JSON: {error}")


def _draft(value: Any, place: str | None) -> Draft | Problem:
    """The article that a JSON object describes."""
    if not isinstance(value, dict):
        return Problem(f"an article must be an object with a text, not {_kind(value)}", place)
    if value.get("text") is None:
        return Problem("`text` is missing", place)
    for field in ("text", *_FIELDS):
        if not isinstance(value.get(field), str | None):
            return Problem(f"`{field}` must be text, not {_kind(value[field])}", place)
    identifier = value.get("id")
    if isinstance(identifier, bool) or not isinstance(identifier, str | int | None):
        return Problem(f"`id` must be text, not {_kind(identifier)}", place)
    fields = {field: value.get(field) or None for field in _FIELDS}
    if fields["published"]:
        fields["published"] = iso(fields["published"])
        if fields["published"] is None:
            return Problem(f"`published` is {value['published'][:40]!r}, which is no date; possible: {FORMS}", place)
    name = None if identifier is None or identifier == "" else str(identifier)
    return Draft(text=value["text"], id=name, place=place, exact=True, **fields)


def _kind(value: Any) -> str:
    return _KINDS.get(type(value), "null")
