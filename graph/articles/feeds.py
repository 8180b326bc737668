"""RSS and Atom files (feedparser); nothing is fetched."""

import io
import re
from collections.abc import Iterator
from typing import Any

from msgspec.structs import replace

from .dates import iso, read_date
from .draft import Draft, Problem
from .html import paragraphs
from .text import from_paragraphs

_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_HALF_CHARACTER = re.compile(r"&#(?:x0*d[89a-f][0-9a-f]{2}|0*5[5-7]\d{3});?", re.IGNORECASE)
_BLANK_LINES = re.compile(r"\n\s+")


def read_feed(text: str) -> Iterator[Draft | Problem]:
    """An article for each entry that has text."""
    import feedparser

    if _declares(text):
        yield Problem(
            "the XML declares entities of its own, which newsloom does not expand; take the <!DOCTYPE ...> away"
        )
        return
    told = _BLANK_LINES.sub("\n", _DECLARATION.sub("", text))  # feedparser takes the square of their number
    data = io.BytesIO(_HALF_CHARACTER.sub("", told).lstrip().encode())
    try:
        feed = feedparser.parse(data, response_headers={"content-type": "application/xml; charset=utf-8"})
    except Exception as error:  # from any depth of other people's parsers
        yield Problem(f"broken XML, which cannot be taken apart ({type(error).__name__})")
        return
    if not feed.entries:
        yield Problem(_no_entries(feed))
        return
    for number, entry in enumerate(feed.entries, 1):
        yield _entry(entry, feed.feed, f"entry {number}")


def _declares(text: str) -> bool:
    """Whether XML declares entities, which can grow beyond measure, or has more than one document type."""
    large = text.upper()
    behind = large.partition("<!DOCTYPE")[2]
    return "<!ENTITY" in large or "[" in behind.partition(">")[0] or "<!DOCTYPE" in behind


def _no_entries(feed: Any) -> str:
    if feed.get("bozo") and not isinstance(feed.bozo_exception, UnicodeError):
        error = feed.bozo_exception
        line = getattr(error, "getLineNumber", lambda: None)()
        return f"broken XML{f' in line {line}' if line else ''}: {getattr(error, 'getMessage', lambda: error)()}"
    return "a feed without entries" if feed.get("version") else "XML, but no RSS or Atom feed"


def _entry(entry: Any, feed: Any, place: str) -> Draft | Problem:
    """The article in one entry: its content, or its summary when it has none."""
    title = " ".join(paragraphs(entry.get("title", ""))) or None
    texts = [part.get("value", "") for part in entry.get("content", [])] + [entry.get("summary", "")]
    found = next((d for text in texts if (d := from_paragraphs(paragraphs(text), title=title))), None)
    if found is None:
        return Problem(f"no text{f' under {title!r}' if title else ''}", place)
    source = entry.get("source", {}).get("title") or feed.get("title")
    day, rule = _published(entry)
    return replace(
        found,
        published=day or found.published,
        published_from=rule or found.published_from,
        source=found.source or (" ".join(paragraphs(source)) if source else None),
        url=entry.get("link") or None,
        author=entry.get("author") or found.author,
        place=place,
    )


def _published(entry: Any) -> tuple[str | None, str | None]:
    """The entry's date as it was given, with its own offset from UTC, and its rule; of an entry only updated, that."""
    for field, rule in (("published", "meta"), ("updated", "updated")):
        if (stamp := entry.get(field)) and (day := iso(stamp) or read_date(stamp)):
            return day, rule
    return None, None
