"""Markdown, with YAML front matter or without."""

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Any

from msgspec.structs import replace

from ...schemas.errors import InputError
from ...schemas.loader import load_yaml
from .blocks import Block, line_blocks
from .dates import FORMS, read_date
from .draft import Draft, Problem, kind_of
from .text import draft

_FRONT = re.compile(r"---[ \t]*\n(.*?)(?:\n|(?<=\n))(?:---|\.\.\.)[ \t]*(?:\n|$)", re.DOTALL)
_FIELDS = {
    "title": ("title", "headline"),
    "published": ("published", "date", "publishdate", "pubdate"),
    "source": ("source", "publisher"),
    "url": ("url", "link"),
    "author": ("author", "authors", "by"),
    "language": ("language", "lang"),
    "id": ("id",),
}


def read_markdown(text: str) -> Iterator[Draft | Problem]:
    """The article of a Markdown file; several when it has several first-level headings and no title before them."""
    front, text = _front_matter(text)
    if isinstance(front, Problem):
        yield front
        return
    parts = [part for part in _split(list(_blocks(text))) if part]
    if front.get("title") or len(parts) < 2:
        parts = [[block for part in parts for block in part]]
    for number, part in enumerate(parts, 1):
        place = f"article {number}" if len(parts) > 1 else None
        title = front.get("title") or (part[0].text if part and part[0].field == "h1" else None)
        found = draft(part, title=title)
        if found is None:
            yield Problem("no article text in it", place)
            continue
        if front.get("published"):
            found = replace(found, published_from="meta")
        yield replace(found, place=place, **{k: v for k, v in front.items() if v})


def _front_matter(text: str) -> tuple[dict[str, str] | Problem, str]:
    """What the front matter says, by field of Draft, and the text behind it."""
    match = _FRONT.match(text)
    if not match:
        return {}, text
    try:
        raw = load_yaml(match[1], "front matter", InputError)
    except InputError as error:
        return Problem(str(error)), ""
    if raw is None:
        return {}, text[match.end() :]
    if not isinstance(raw, dict):
        return Problem(f"front matter: must be fields such as `title: ...`, not {kind_of(raw)}"), ""
    given = {str(name).casefold(): value for name, value in raw.items()}
    front: dict[str, str] = {}
    for field, names in _FIELDS.items():
        name = next((n for n in names if given.get(n) is not None), None)
        if name is None:
            continue
        value = _words(given[name])
        if value is None:
            return Problem(f"front matter: {name} must be text, not {kind_of(given[name])}"), ""
        front[field] = value
    if front.get("published"):
        day = read_date(front["published"])
        if day is None:
            return Problem(f"front matter: {front['published']!r} is no date; possible: {FORMS}"), ""
        front["published"] = day
    return front, text[match.end() :]


def _words(value: Any) -> str | None:
    """A value of the front matter as text, a list of texts as one; None for what cannot be read so."""
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return ", ".join(value)
    return str(value).strip() if isinstance(value, str | int | float) and not isinstance(value, bool) else None


def _blocks(text: str) -> Iterator[Block]:
    """Headings, paragraphs and list items as blocks; code, pictures, tables and raw HTML left out."""
    from markdown_it import MarkdownIt

    tokens = MarkdownIt("commonmark").enable("table").parse(text)
    in_table = 0
    for before, token in zip([None, *tokens], tokens, strict=False):
        in_table += (token.type == "table_open") - (token.type == "table_close")
        if token.type != "inline" or in_table:
            continue
        line = " ".join(_inline(token.children or []).split())
        if not line:
            continue
        if before and before.type == "heading_open":
            yield Block("text", line, 1, "h1" if before.tag == "h1" else "heading")
        else:
            yield from line_blocks(line, 1)


def _inline(tokens: Iterable[Any]) -> str:
    """The words of inline markup: link texts and code stay, pictures and HTML tags go."""
    words = {"softbreak": " ", "hardbreak": " "}
    return "".join(t.content if t.type in ("text", "code_inline") else words.get(t.type, "") for t in tokens)


def _split(blocks: list[Block]) -> Iterator[list[Block]]:
    """The blocks, cut before every first-level heading."""
    cuts = [0, *(i for i, block in enumerate(blocks) if block.field == "h1" and i), len(blocks)]
    for start, end in pairwise(cuts):
        yield blocks[start:end]
