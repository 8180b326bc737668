"""Plain text: one article, or a scraped page that holds several with a site's furniture around them."""

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise

from .blocks import Block, is_heading, is_paragraph, line_blocks, page_blocks, usual_gap
from .dateline import find_dateline
from .dates import read_date
from .draft import Draft, Problem

_BULLET = re.compile(r"^[•▪◦‣·*-]\s+")
_ENOUGH = 3  # points of evidence that make a headline the start of another article


def read_text(text: str) -> Iterator[Draft | Problem]:
    """The articles of a page of plain text, furniture left out."""
    yield from drafts(page_blocks(text))


def drafts(blocks: list[Block]) -> Iterator[Draft | Problem]:
    """The articles that these blocks make."""
    starts = [0, *_starts(blocks)]
    several = len(starts) > 1
    found = False
    for number, (start, end) in enumerate(zip(starts, [*starts[1:], len(blocks)], strict=True), 1):
        article = draft(blocks[start:end], f"article {number}" if several else None)
        if article:
            found = True
            yield article
    if not found:
        yield Problem("no article text in it, only headings or the furniture of a site")


def _starts(blocks: list[Block]) -> Iterator[int]:
    """Where another article starts, apart from the first one."""
    usual = usual_gap(blocks)
    running = [i for i, block in enumerate(blocks) if block.kind == "text" and not is_heading(block)]
    underway = False
    for before, after in pairwise(running):
        underway = underway or is_paragraph(blocks[before])
        if not underway or not is_paragraph(blocks[after]):
            continue
        start = _start_between(blocks, before, after, usual)
        if start is not None:
            underway = False
            yield start


def _start_between(blocks: list[Block], before: int, after: int, usual: int) -> int | None:
    """Where an article starts between two paragraphs, if one does: a title header, or a headline with evidence."""
    for i in range(before + 1, after):
        if blocks[i].field == "title":
            return i
    run = [i for i in range(before + 1, after) if is_heading(blocks[i])]
    title = _title_of(blocks, run, usual, top=False)
    if title < 0 or len(blocks[title].text.split()) < 3:
        return None
    between = [block.kind for block in blocks[before + 1 : run[0]]]
    points = 2 * ("source" in between) + 3 * ("closing" in between) + 2 * ("rule" in between)
    points += min(2, between.count("around"))
    points += 2 * (max(block.gap for block in blocks[run[0] : title + 1]) > usual)
    points += 2 * (blocks[title + 1].gap > usual)
    points += 3 * _signed(blocks[title + 1 : after], blocks[after])
    return title if points >= _ENOUGH else None


def _title_of(blocks: list[Block], run: list[int], usual: int, top: bool) -> int:
    """Which heading of a run is the title; -1 when the run is empty.

    The one that a byline or a date follows, or else most space, or the one that has these for its
    standfirst; when they stand evenly, at the `top` of a page the first one, and elsewhere, where links
    to other articles may come before it, the last one.
    """
    run = [i for i in run if not _is_name(blocks[i].text)] or run
    if not run:
        return -1
    space = [blocks[i + 1].gap for i in run]
    signed = [i for i in run if blocks[i + 1].kind == "header"]
    if len(signed) == 1:
        title = signed[0]
    elif max(space) > usual and space.count(max(space)) == 1:
        title = run[space.index(max(space))]
    else:
        title = run[0] if top else run[-1]
    above = title - 1
    standfirst = above in run and blocks[title].gap <= usual and len(blocks[title].text) > len(blocks[above].text)
    return above if standfirst and (top or len(run) == 2) else title


def _is_name(text: str) -> bool:
    """Whether a heading looks like the name of a site or a section: "World news", "The Daily Example"."""
    names = text.split()
    return len(names) < 3 or (len(names) < 5 and all(name[0].isupper() for name in names) and not text.isupper())


def _signed(between: list[Block], paragraph: Block) -> bool:
    """Whether a byline, a date, or a dateline with an agency or a date follows a title."""
    if any(block.field in ("author", "published") for block in between):
        return True
    line = find_dateline(paragraph.text)
    return bool(line and (line.agency or line.month))


def draft(blocks: list[Block], place: str | None = None, title: str | None = None) -> Draft | None:
    """The one article in these blocks, or None when they hold no text; a known `title` is not looked for."""
    said: dict[str, str] = {"title": title} if title else {}
    body: list[str] = []
    running = [i for i, block in enumerate(blocks) if is_paragraph(block)]
    first, last = (running[0], running[-1]) if running else (len(blocks), len(blocks))
    at = _title_at(blocks, first, title)
    for i, block in enumerate(blocks):
        if (block.kind == "closing" and i > first) or (block.kind in ("around", "rule") and i > last):
            break
        if block.kind == "source":
            said["source"] = block.value
        elif block.kind == "header" and (i < first or not body or (i > last and _is_dated(block))):
            said.setdefault(block.field, block.value)
        elif block.kind == "header" or (block.kind == "text" and (i > at if title is None else i != at)):
            body.append(_BULLET.sub("", block.text))
    while body and at >= 0 and body[0] == blocks[at].text:
        body.pop(0)
    if not body or (place is not None and first == len(blocks)):
        return None
    day, rule = _published(said)
    return Draft(
        text="\n\n".join(body),
        title=said.get("title") or (blocks[at].text if at >= 0 else None),
        published=day,
        published_from=rule,
        source=said.get("source"),
        url=said.get("url"),
        author=said.get("author"),
        language=said.get("language"),
        place=place,
    )


def _is_dated(block: Block) -> bool:
    """Whether a header says with a word of its own when the article appeared: no date alone, which may be a link's."""
    return block.field in ("published", "updated") and block.value != block.text


def _published(said: Mapping[str, str]) -> tuple[str | None, str | None]:
    """The date in what headers say, and its rule; a publication behind its own update is not believed."""
    published, updated = (read_date(said.get(field, "")) for field in ("published", "updated"))
    if published and not (updated and published[:10] > updated[:10]):
        return published, "byline"
    return updated, "updated" if updated else None


def from_paragraphs(paragraphs: Iterable[str], title: str | None = None) -> Draft | None:
    """The one article in paragraphs that markup has told apart."""
    lines = (" ".join(paragraph.split()) for paragraph in paragraphs)
    return draft([block for line in lines for block in line_blocks(line, 1)], title=title)


def _title_at(blocks: list[Block], first: int, title: str | None) -> int:
    """The block before the first paragraph that is the title, or repeats most of the known one; -1 when none is."""
    headings = [i for i in range(first) if is_heading(blocks[i])]
    if title is None:
        return _title_of(blocks, headings, usual_gap(blocks), top=True) if first < len(blocks) else -1
    wanted = " ".join(title.split()).casefold()
    return next(
        (i for i in headings if 2 * len(blocks[i].text) >= len(wanted) and blocks[i].text.casefold() in wanted), -1
    )
