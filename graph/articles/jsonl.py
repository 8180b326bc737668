"""JSON: articles one a line, one object, a list, or newsloom's own interchange file. Texts are taken as they are."""

from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from .dates import FORMS, iso, read_date
from .draft import MAX_LINE, Draft, Problem, kind_of

_FIELDS = ("title", "source", "url", "author", "language", "published")
_LONGEST_DATE = 80  # characters


def read_lines(lines: Iterable[bytes | None]) -> Iterator[Draft | Problem]:
    """An article a line; blank lines are passed over, None stands for one that is too long."""
    for number, line in enumerate(lines, 1):
        place = f"line {number}"
        if line is None:
            yield Problem(f"longer than {MAX_LINE // 2**20} MB", place)
        elif line.strip():
            value = _decode(line)
            yield from _articles(value, place) if _has_articles(value) else [_draft(value, place)]


def read_json(data: bytes) -> Iterator[Draft | Problem]:
    """The articles of one JSON value: an article, a list of them, or an object that has them under `articles`.

    A file that holds a JSON object a line is read so, whatever its name says.
    """
    value = _decode(data)
    lines = data.strip().splitlines()
    if isinstance(value, Problem) and len(lines) > 1 and isinstance(_decode(lines[0]), dict):
        yield from read_lines(data.splitlines())
    else:
        yield from _articles(value, None) if isinstance(value, list) or _has_articles(value) else [_draft(value, None)]


def _has_articles(value: Any) -> bool:
    """Whether a value is newsloom's interchange object, or one like it."""
    return isinstance(value, dict) and "text" not in value and isinstance(value.get("articles"), list)


def _articles(value: Any, place: str | None) -> Iterator[Draft | Problem]:
    """The articles in a list or under `articles`."""
    items = value if isinstance(value, list) else value["articles"]
    if not items:
        yield Problem("a list without articles", place)
    for number, item in enumerate(items, 1):
        yield _draft(item, f"{place}, article {number}" if place else f"article {number}")


def _decode(data: bytes) -> Any:
    """The JSON value, or the Problem with it."""
    try:
        return msgspec.json.decode(data)
    except RecursionError:
        return Problem("bad JSON: nested too deeply")
    except (msgspec.DecodeError, UnicodeError) as error:
        return Problem(f"bad JSON: {error}")


def _draft(value: Any, place: str | None) -> Draft | Problem:
    """The article that a JSON object describes; a Problem stays one, with its place."""
    if isinstance(value, Problem):
        return Problem(value.reason, place)
    if not isinstance(value, dict):
        return Problem(f"an article must be an object with a text, not {kind_of(value)}", place)
    if value.get("text") is None:
        return Problem("`text` is missing", place)
    for field in ("text", *_FIELDS):
        if not isinstance(value.get(field), str | None):
            return Problem(f"`{field}` must be text, not {kind_of(value[field])}", place)
    identifier = value.get("id")
    if isinstance(identifier, bool) or not isinstance(identifier, str | int | None):
        return Problem(f"`id` must be text, not {kind_of(identifier)}", place)
    fields = {field: value.get(field) or None for field in _FIELDS}
    if fields["published"]:
        fields["published"] = iso(fields["published"])
        if fields["published"] is None:
            return Problem(f"`published` is {value['published'][:40]!r}, which is no date; possible: {FORMS}", place)
    elif isinstance(given := value.get("date"), str):  # as many collections call it, in whatever form
        fields["published"] = read_date(given[:_LONGEST_DATE])
    name = None if identifier is None or identifier == "" else str(identifier)
    rule = "given" if fields["published"] else None
    return Draft(text=value["text"], id=name, place=place, exact=True, published_from=rule, **fields)
