"""What a format finds in a file, before it becomes an Article."""

from typing import Any

from msgspec import Struct

MAX_FILE = 32 * 1024 * 1024  # bytes of a file that is read as a whole
MAX_PAGE = 4 * 1024 * 1024  # bytes of a page of HTML or Markdown, whose tree takes many times that
MAX_FEED = 8 * 1024 * 1024  # bytes of a feed
MAX_LINE = 8 * 1024 * 1024  # bytes of one line of JSON
MAX_JSONL = 4 * 1024 * 1024 * 1024  # bytes of a file of JSON lines, unpacked
_KINDS = {dict: "an object", list: "a list", str: "text", bool: "true or false", int: "a number", float: "a number"}


class Draft(Struct, frozen=True):
    """One article as a format gives it. `exact` texts are taken as they are, their offsets being promised.

    `published` and the other fields are what the article says of itself, `published_from` where it says its date
    (see `Article`); `place` says where in the file it stood ("line 3"), for messages.
    """

    text: str
    title: str | None = None
    published: str | None = None
    published_from: str | None = None
    source: str | None = None
    url: str | None = None
    author: str | None = None
    language: str | None = None
    id: str | None = None
    place: str | None = None
    exact: bool = False


class Problem(Struct, frozen=True):
    """Why there is no article at this place of the file."""

    reason: str
    place: str | None = None


def kind_of(value: Any) -> str:
    """What a value of JSON or YAML is, in words."""
    return _KINDS.get(type(value), "nothing")
