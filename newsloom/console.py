"""What a terminal shows: nothing of an article's text can steer it, and piped output is plain, each line whole.

Lines are made of parts: a string, or a pair of a string and a style of `click.style`.
"""

import json
import os
import re
import shutil
import sys
from collections.abc import Sequence
from itertools import chain, zip_longest
from textwrap import wrap
from typing import Any

import click

Style = dict[str, Any]
Part = str | tuple[str, Style]
Row = Sequence[str]

BOLD: Style = {"bold": True}
FAINT: Style = {"dim": True}
CAUSE: Style = {"fg": "yellow"}
NARROWEST = 20  # characters of a column that is wrapped
_WORD = re.compile(r" *[^ ]+| +")
# controls of terminals, and characters that turn the direction of text or cannot be encoded
_UNSAFE = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def visible(text: str) -> str:
    """A text on one line in which every control character has become a space or U+FFFD.

    >>> visible("one\\n two\\x1b[31m")
    'one two\\ufffd[31m'
    """
    return _UNSAFE.sub("\ufffd", " ".join(text.split()))


def say(*parts: Part, indent: int = 0, err: bool = False) -> None:
    """Print one line, wrapped and in colours only where a terminal shows it (colours not if NO_COLOR is set)."""
    pairs = [(_safe(part), {}) if isinstance(part, str) else (_safe(part[0]), part[1]) for part in parts]
    room = columns(err)
    lines = _wrapped(pairs, room - indent) if room else [pairs]
    for number, line in enumerate(lines):
        margin = " " * (indent + 2 if number else indent)
        styled = "".join(click.style(text, **style) if style else text for text, style in line)
        click.echo(margin + styled, err=err, color=False if os.environ.get("NO_COLOR") else None)


def counted(number: int, what: str) -> str:
    """A number with what it counts.

    >>> counted(1, "event"), counted(2, "event")
    ('1 event', '2 events')
    """
    return f"{number} {what}{'' if number == 1 else 's'}"


def say_text(text: str) -> None:
    """Print lines, each with the indent that it has."""
    for line in text.splitlines():
        words = line.lstrip(" ")
        say(words, indent=len(line) - len(words))


def columns(err: bool = False) -> int | None:
    """How wide the terminal is that shows standard output (or error); None when it goes elsewhere."""
    stream = sys.stderr if err else sys.stdout
    return max(shutil.get_terminal_size().columns, 40) if stream.isatty() else None


def _wrapped(pairs: Sequence[tuple[str, Style]], room: int) -> list[list[tuple[str, Style]]]:
    """The parts of a line as lines of at most `room` characters, those after the first two shorter; cut at spaces."""
    lines: list[list[tuple[str, Style]]] = [[]]
    used = 0
    for text, style in pairs:
        for word in _WORD.findall(text):
            if lines[-1] and used + len(word.rstrip()) > room - (2 if len(lines) > 1 else 0):
                lines.append([])
                used, word = 0, word.lstrip(" ")
            lines[-1].append((word, style))
            used += len(word)
    return lines


def _safe(text: str) -> str:
    """`visible`, with the spaces at both ends and between columns kept."""
    return _UNSAFE.sub(lambda found: " " if found[0].isspace() else "\ufffd", text)


def table(rows: Sequence[Row], styles: Sequence[Style], wide: int = 0) -> None:
    """Print rows in columns as wide as their longest cell.

    On a terminal that is too narrow for them the last column (the ids) goes, then the one numbered
    `wide` is wrapped.
    """
    sections([((), rows)], styles, wide)


def sections(groups: Sequence[tuple[Sequence[Part], Sequence[Row]]], styles: Sequence[Style], wide: int = 0) -> None:
    """Print one table whose rows stand indented under headings; under an empty heading they are not indented."""
    cells = [[[visible(cell) for cell in row] for row in rows] for _, rows in groups]
    widths = [max(map(len, column)) for column in zip(*chain(*cells), strict=True)]
    indent = 2 if any(heading for heading, _ in groups) else 0
    room = columns()
    narrow = room is not None and _across(widths) > room - indent
    if room and narrow:
        del widths[-1]
        widths[wide] = min(widths[wide], max(widths[wide] - _across(widths) + room - indent, NARROWEST))
    for (heading, _), rows in zip(groups, cells, strict=True):
        if heading:
            say(*heading)
        for row in rows:
            _say_row(row, widths, styles, wide if narrow else None, indent)


def _across(widths: Sequence[int]) -> int:
    """How many characters a row takes, with two spaces between columns."""
    return sum(widths) + 2 * len(widths) - 2


def _say_row(row: Row, widths: Sequence[int], styles: Sequence[Style], wrapped: int | None, indent: int) -> None:
    """Print one row, its cell numbered `wrapped` on as many lines as it takes; no spaces behind the last cell."""
    shown = [[cell] for cell in row[: len(widths)]]
    if wrapped is not None:
        shown[wrapped] = wrap(row[wrapped], widths[wrapped], subsequent_indent="  ") or [""]
    for cells in zip_longest(*shown, fillvalue=""):
        last = max((i for i, cell in enumerate(cells) if cell), default=0)
        padded = [cell.ljust(width) + "  " for cell, width in zip(cells[:last], widths, strict=False)]
        say(*zip([*padded, cells[last]], styles, strict=False), indent=indent)


def print_json(value: Any, err: bool = False, in_a_line: bool = False) -> None:
    """Print a value as JSON, on standard error on one line; characters that could steer a terminal stand as escapes."""
    text = json.dumps(value, ensure_ascii=False, indent=None if err or in_a_line else 2)
    click.echo(_UNSAFE.sub(lambda found: found[0] if found[0] == "\n" else f"\\u{ord(found[0]):04x}", text), err=err)
