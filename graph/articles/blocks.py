"""A page as blocks: its lines told apart and joined to paragraphs.

furniture   of the site: "Share this", "We use cookies ..."   (`inside` an article, `around` it, or `closing` it)
header      "Date: 2024-02-23", "By Jane Doe", a date alone: says something about the article
source      "Source(s): Xinhua"
rule        a line of dashes, stars or equals signs
text        everything else
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from .dates import could_be_two, is_date_line
from .words import key, words

Kind = Literal["inside", "around", "closing", "header", "source", "rule", "text"]

_RULE = re.compile(r"[-=*_~#•·\s—–+]{3,}")
_SOURCE = re.compile(r"[(\[]?(?:sources?|source\(s\))\s*:\s*(?P<name>[^\s.].{0,80}?)[.)\]]?", re.IGNORECASE)
_HEADER = re.compile(r"(?P<name>[A-Za-z][A-Za-z ()]{1,20}?)\s*:\s*(?P<value>\S.*)")
_ADDRESS = re.compile(r"https?://\S+")
_BYLINE = re.compile(r"(?:By|BY|Written by) (?P<names>[^\W\d_a-z][^|•.!?]*?)(?:\s*[|•]\s*(?P<rest>.+))?")
_DATE_LABEL = re.compile(
    r"(?:first |last )?(?:(?P<published>published|posted|issued)|updated|modified)(?: by [^:]{2,40}?)?"
    r"(?: on| at)?\s*:?\s+(?P<value>\S.*)",
    re.IGNORECASE,
)
_BETWEEN = re.compile(
    r"\s*[|•·(]\s*|,\s+|\s+[–—-]\s+|\s+(?=(?:first |last )?(?:published|posted|updated|modified)\b)", re.I
)
_SHARED = ("author", "published", "updated")
_HEADED = 160  # characters that a line of several headers can have
_BULLET = re.compile(r"[•▪◦‣·*]\s+|-\s+(?=\S)|\d{1,2}[.)]\s")
_HYPHEN = re.compile(r"\w-$")
_FEW = 8  # words that the name of a source or an author can have
_CLOSERS = "\"'”’)]»"
_WRAPPED = 120  # characters: longer lines are paragraphs, not lines of one


class Block(Struct, frozen=True):
    """A line with a meaning of its own, or a paragraph. `gap` counts the blank lines before it.

    `field` and `value` are what a header or source line says; `indented` lines start paragraphs
    in a page where others are not.
    """

    kind: Kind
    text: str
    gap: int
    field: str = ""
    value: str = ""
    indented: bool = False


def page_blocks(text: str) -> list[Block]:
    """The blocks of a page of plain text."""
    return _join(list(_lines(text)))


def line_blocks(line: str, gap: int = 0) -> list[Block]:
    """One line as a block; as several where it says two things of the article ("By Jane Doe | 3 May 2024")."""
    for match in _BETWEEN.finditer(line) if len(line) <= _HEADED else ():
        if not line[: match.start()]:
            continue
        first = classify(line[: match.start()], gap)
        if first.kind == "header" and first.field in _SHARED:
            rest = line_blocks(line[match.end() :].rstrip(" )"))
            if all(block.kind == "header" and block.field in _SHARED for block in rest):
                return [first, *rest]
    return [classify(line, gap)] if line else []


def classify(line: str, gap: int = 0) -> Block:
    """One line that says one thing, as a block."""
    if _RULE.fullmatch(line):
        return Block("rule", line, gap)
    if (match := _SOURCE.fullmatch(line)) and len(match["name"].split()) <= _FEW:
        return Block("source", line, gap, "source", match["name"].strip())
    if not line[0].islower() and len(line) <= 300:
        line_key = key(line)
        if line_key in words().closing:
            return Block("closing", line, gap)
        if line_key in words().around:
            return Block("around", line, gap)
        if line_key in words().inside:
            return Block("inside", line, gap)
    return _header(line, gap) or Block("text", line, gap)


def is_paragraph(block: Block) -> bool:
    """Whether a text block is running text: sentences, or too long for a heading."""
    if block.kind != "text":
        return False
    size = len(block.text.split())
    return size > 22 or block.text.rstrip(_CLOSERS).endswith((".", "…")) or (size > 14 and ends_sentence(block.text))


def is_heading(block: Block) -> bool:
    """Whether a text block can be a headline or the heading of a section."""
    return (
        block.kind == "text"
        and not is_paragraph(block)
        and block.text[-1] not in ",;:"
        and not _BULLET.match(block.text)
        and any(character.isalpha() for character in block.text)
    )


def ends_sentence(line: str) -> bool:
    """Whether a line ends like a sentence."""
    return line.rstrip(_CLOSERS).endswith((".", "!", "?", "…"))


def usual_gap(blocks: Iterable[Block]) -> int:
    """How many blank lines stand between paragraphs here."""
    gaps = Counter(b.gap for a, b in pairwise(blocks) if is_paragraph(a) and is_paragraph(b))
    return max(gaps, key=lambda gap: (gaps[gap], -gap), default=1)


def _lines(text: str) -> Iterator[Block]:
    gap = 0
    last = None
    for raw in text.split("\n"):
        line = " ".join(raw.split())
        if not line:
            gap += 1
            continue
        found = line_blocks(line, gap)
        if last and last.kind == "text" and gap == 0 and ends_sentence(line) and not ends_sentence(last.text):
            found = [Block("text", line, gap)]
        for block in found:
            last = replace(block, indented=raw[0] == " ")
            yield last
        gap = 0


def _header(line: str, gap: int) -> Block | None:
    """A line that says something about the article, or None."""
    if len(line) > 300:
        return None
    if match := _HEADER.fullmatch(line):
        field = words().headers.get(match["name"].casefold())
        if field and (field in ("title", "url") or len(match["value"].split()) <= _FEW):
            return Block("header", line, gap, field, match["value"])
    if _ADDRESS.fullmatch(line):
        return Block("header", line, gap, "url", line)
    if (match := _DATE_LABEL.fullmatch(line)) and (is_date_line(match["value"]) or could_be_two(match["value"])):
        field = "published" if match["published"] else "updated"
        return Block("header", line, gap, field, match["value"])
    if is_date_line(line):
        return Block("header", line, gap, "published", line)
    if match := _BYLINE.fullmatch(line):
        names = match["names"].replace(",", " ").split()
        if len(names) <= 12 and all(not n[0].islower() or n in words().name_particles for n in names):
            return Block("header", line, gap, "author", match["names"].strip(" ,"))
    return None


def _join(lines: list[Block]) -> list[Block]:
    """The lines with the wrapped ones put together again."""
    width = max((len(line.text) for pair in pairwise(lines) if pair[1].gap == 0 for line in pair), default=0)
    paragraphs: list[list[Block]] = []
    last = None
    for line in lines:
        if last and last.kind == line.kind == "text" and line.gap == 0 and not _breaks(last, line, width):
            paragraphs[-1].append(line)
        else:
            paragraphs.append([line])
        last = line
    return [replace(wrapped[0], text=_unwrap(wrapped)) for wrapped in paragraphs]


def _unwrap(lines: list[Block]) -> str:
    """The text of a paragraph; a word that was cut at its hyphen is whole again."""
    pieces = (line.text if _HYPHEN.search(line.text) else f"{line.text} " for line in lines)
    return "".join(pieces).rstrip()


def _breaks(last: Block, line: Block, width: int) -> bool:
    """Whether a paragraph ends between two lines: a wrapped line ends where the next word had no room."""
    if line.indented and not last.indented:
        return True
    if _BULLET.match(line.text) and (_BULLET.match(last.text) or last.text[-1] == ":" or ends_sentence(last.text)):
        return True
    if line.text[0].islower() and not ends_sentence(last.text):
        return False
    if width > _WRAPPED:
        return True
    room = len(last.text) + 1 + len(line.text.split()[0]) <= width
    return room and (ends_sentence(last.text) or len(last.text) < 0.6 * width)
