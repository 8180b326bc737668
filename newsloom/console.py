"""What a terminal shows: nothing of an article's text can steer it, and piped output is plain.

Lines are made of parts: a string, or a pair of a string and a style of `click.style`.
"""

import json
import os
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import click

Part = str | tuple[str, dict[str, Any]]

BOLD: dict[str, Any] = {"bold": True}
FAINT: dict[str, Any] = {"dim": True}
CAUSE: dict[str, Any] = {"fg": "yellow"}
# controls of terminals, and characters that turn the direction of text or cannot be encoded
_UNSAFE = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def visible(text: str) -> str:
    """A text on one line in which every control character has become a space or U+FFFD.

    >>> visible("one\\n two\\x1b[31m")
    'one two\\ufffd[31m'
    """
    return _UNSAFE.sub("\ufffd", " ".join(text.split()))


def say(*parts: Part, indent: int = 0, err: bool = False) -> None:
    """Print one line, in colours only where a terminal shows them and NO_COLOR is not set."""
    pairs = ((part, {}) if isinstance(part, str) else part for part in parts)
    line = "".join(click.style(_safe(text), **style) for text, style in pairs)
    click.echo(" " * indent + line, err=err, color=False if os.environ.get("NO_COLOR") else None)


def _safe(text: str) -> str:
    """`visible`, with the spaces at both ends and between columns kept."""
    return _UNSAFE.sub(lambda found: " " if found[0].isspace() else "\ufffd", text)


def table(rows: Sequence[Sequence[str]], styles: Sequence[dict[str, Any]] = ()) -> None:
    """Print rows in columns as wide as their longest cell; the last one is not padded."""
    cells = [[visible(cell) for cell in row] for row in rows]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    for row in cells:
        parts: list[Part] = []
        for i, (cell, width) in enumerate(zip(row, widths, strict=True)):
            padded = cell if i == len(row) - 1 else cell.ljust(width) + "  "
            parts.append((padded, styles[i]) if i < len(styles) and styles[i] else padded)
        say(*parts)


def print_json(value: Any) -> None:
    """Print a value as JSON; characters that could steer a terminal stand as escapes."""
    text = json.dumps(value, ensure_ascii=False, indent=2)
    click.echo(_UNSAFE.sub(lambda found: found[0] if found[0] == "\n" else f"\\u{ord(found[0]):04x}", text))


@contextmanager
def progress(label: str) -> Iterator[Callable[[int, int], None] | None]:
    """A function to call with what is done and what there is to do; None where no terminal shows it."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(label, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)
