"""Files and folders to articles.

paths -> files -> (by suffix) drafts -> finish: dateline, date, language, id -> Article
"""

import codecs
import gzip
import io
import os
import re
import sys
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, repeat
from pathlib import Path
from typing import Any, BinaryIO

from ...schemas.errors import InputError, UsageError, nearest
from ..parquet import arrow
from ..remote import check_address, files_at, is_remote
from ..types import Article, Refusal
from .dates import FORMS, iso
from .decode import clean, decode
from .draft import MAX_FEED, MAX_FILE, MAX_JSONL, MAX_LINE, MAX_PAGE, Draft, Problem
from .feeds import read_feed
from .finish import Duplicates, finish
from .html import read_html
from .jsonl import read_json, read_lines
from .markdown import read_markdown
from .tables import read_tables
from .text import read_text

STDIN = "standard input"
_MARKS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_SUFFIXES = {
    ".txt": "text",
    ".text": "text",
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".xml": "feed",
    ".rss": "feed",
    ".atom": "feed",
    ".json": "json",
    ".jsonl": "lines",
    ".ndjson": "lines",
    ".parquet": "table",
}
_READERS: dict[str, Callable[[str], Iterator[Draft | Problem]]] = {
    "text": read_text,
    "markdown": read_markdown,
    "html": read_html,
    "feed": read_feed,
}


def read_articles(
    paths: str | Path | Iterable[str | Path], *, published: str | Sequence[str] | None = None
) -> Iterator[Article | Refusal]:
    """The articles in files and folders, in the order of the paths, and a Refusal for each that cannot be used.

    A folder gives all files in it, sorted, whose suffix is known; "-" is standard input. `published`
    is the day (ISO 8601) of every article that gives none of its own; of several days the first is that of
    the first article, and so on, and the last one holds for all that are left. An article that comes twice
    is yielded once; the other is a Refusal whose reason starts with "duplicate of".

    Raises, before anything is read: InputError when a path does not exist, UsageError when `published`
    is no date.
    """
    given = [paths] if isinstance(paths, str | Path) else list(paths)
    days = [_day(day) for day in ([published] if isinstance(published, str) else published or ())]
    for path in given:
        _check(path)
    return _read(given, days)


def _day(text: str) -> str:
    """The ISO 8601 date that is given for articles; UsageError when it is none."""
    found = iso(text)
    if found is None:
        raise UsageError(f"{text!r} is no date that newsloom reads. Possible: {FORMS}.")
    return found


def suffixes() -> tuple[str, ...]:
    """The suffixes of files that can be read; each also with .gz behind it."""
    return tuple(_SUFFIXES)


def _check(path: str | Path) -> None:
    """Raise InputError when there is no such file or folder."""
    if not str(path):
        raise InputError("an empty path: give a file, a folder, or - for standard input.")
    if _suffix(Path(path)) == ".parquet":
        arrow()
    if is_remote(path):
        return check_address(str(path))
    if str(path) == "-" or os.path.exists(path):
        return
    if os.path.islink(path):
        raise InputError(f"{_shown(path)} is a link to something that does not exist.")
    path = Path(path)
    try:
        names = os.listdir(path.parent)
    except OSError:
        raise InputError(f"{_shown(path)} does not exist, nor can its folder be read.") from None
    near = nearest(path.name, [n for n in names if not n.startswith(".")][:2000])
    hint = near if near.startswith(" Did") else ""
    raise InputError(f"{_shown(path)} does not exist.{hint}")


def read_feed_as(data: bytes, origin: str) -> Iterator[Article | Refusal]:
    """The articles in the bytes of a feed, which comes from `origin`, and a Refusal for each that cannot be used."""
    return _finished(((origin, item) for item in _guarded(_whole(data, "feed"))), repeat(None))


def is_readable(path: str | Path) -> bool:
    """Whether a file has a suffix that is read, as `read_articles` does in a folder.

    >>> is_readable("news/page.html.gz"), is_readable("news/page.docx")
    (True, False)
    """
    return _suffix(Path(path)) in _SUFFIXES


def _read(paths: Iterable[str | Path], published: Sequence[str]) -> Iterator[Article | Refusal]:
    days = chain(published[:-1], repeat(published[-1] if published else None))
    return _finished(chain.from_iterable(map(_found, paths)), days)


def _finished(items: Iterable[tuple[str, Draft | Problem]], days: Iterator[str | None]) -> Iterator[Article | Refusal]:
    """The articles that drafts become, each with the file that it comes from."""
    seen = Duplicates()
    for origin, found in items:
        where = f"{origin}, {found.place}" if found.place else origin
        if isinstance(found, Draft):
            article = finish(found, origin, where, next(days))
            yield seen.check(article, where) if isinstance(article, Article) else article
        else:
            yield Refusal(where, found.reason)


def _found(path: str | Path) -> Iterator[tuple[str, Draft | Problem]]:
    """What a path holds, with the file it comes from."""
    if str(path) == "-":
        yield from ((STDIN, item) for item in _guarded(_sniffed(sys.stdin.buffer)))
        return
    if is_remote(path):
        for name, opened in files_at(str(path), lambda name: _suffix(Path(name)) in _SUFFIXES):
            yield from ((_shown(name), item) for item in _guarded(_named(Path(name), opened)))
        return
    path = Path(path)
    closed: list[OSError] = []
    files = list(_files(path, closed.append)) if path.is_dir() else [path]
    for error in closed:
        yield _shown(error.filename), Problem(f"a folder that cannot be read: {error.strerror}")
    if not files and not closed:
        yield _shown(path), Problem(f"a folder without files that newsloom reads ({', '.join(_SUFFIXES)})")
    for file in files:
        yield from ((_shown(file), item) for item in _guarded(_file(file)))


def _files(folder: Path, closed: Callable[[OSError], None]) -> Iterator[Path]:
    """The files of known suffixes below a folder, sorted; nothing hidden, nothing that a link has elsewhere.

    `closed` is called with the error of each folder in it that cannot be read.
    """
    root = folder.resolve()
    for place, folders, names in os.walk(folder, onerror=closed):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            file = Path(place, name)
            if (
                not name.startswith(".")
                and _suffix(file) in _SUFFIXES
                and file.is_file()
                and file.resolve().is_relative_to(root)
            ):
                yield file


def _guarded(items: Iterator[Draft | Problem]) -> Iterator[Draft | Problem]:
    """What one file holds; whatever goes wrong in it ends it and no other.

    The parsers below are other people's, and the file may be anything.
    """
    try:
        yield from items
    except OSError as error:
        yield Problem(f"cannot be read: {error.strerror or error}")
    except (EOFError, zlib.error) as error:
        yield Problem(f"broken gzip file: {error}")
    except (RecursionError, MemoryError):
        yield Problem("too deeply nested or too large to be read")
    except Exception as error:
        yield Problem(f"could not be understood ({type(error).__name__}: {str(error)[:200]})")


def _suffix(path: Path) -> str:
    """The suffix that tells the format: ".txt" of page.txt and of page.txt.gz."""
    return Path(path.name.lower().removesuffix(".gz")).suffix


def _file(path: Path) -> Iterator[Draft | Problem]:
    """What one file holds; one without a suffix is told by its content."""
    return _named(path, lambda: open(path, "rb"))


def _named(path: Path, opened: Callable[[], BinaryIO]) -> Iterator[Draft | Problem]:
    """What a file of this name holds."""
    suffix = _suffix(path)
    kind = _SUFFIXES.get(suffix)
    if kind is None and suffix:
        yield Problem(f"unknown suffix {suffix!r}; known: {', '.join(_SUFFIXES)}, each also with .gz")
        return
    with opened() as plain:
        file: Any = gzip.GzipFile(fileobj=plain) if path.suffix.lower() == ".gz" else plain
        if kind == "lines":
            yield from _json_lines(file)
        elif kind == "table":
            yield from read_tables(file)
        elif kind is None:
            yield from _sniffed(file)
        else:
            yield from _whole(file.read(MAX_FILE + 1), kind)


def _json_lines(file: BinaryIO) -> Iterator[Draft | Problem]:
    """Lines of JSON, read one by one; a file with a byte order mark as a whole."""
    lines = _limited(file)
    first = next(lines, b"")
    if first and first.startswith(_MARKS):
        yield from _whole(first + file.read(MAX_FILE + 1), "lines")
    elif first == b"":
        yield Problem("empty")
    else:
        yield from read_lines(chain([first], lines))


def _limited(file: BinaryIO) -> Iterator[bytes | None]:
    """The lines of a file; None for one longer than MAX_LINE."""
    total = 0
    while line := file.readline(MAX_LINE):
        total += len(line)
        rest = line
        while len(rest) == MAX_LINE and not rest.endswith(b"\n"):
            rest = file.readline(MAX_LINE)
            total += len(rest)
        if total > MAX_JSONL:
            raise OSError(f"larger than {MAX_JSONL // 2**30} GB")
        yield line if rest is line else None


def _sniffed(file: BinaryIO) -> Iterator[Draft | Problem]:
    """What a stream without a name holds, by its content."""
    stream: Any = file if hasattr(file, "peek") else io.BufferedReader(file)
    if stream.peek(2).startswith(b"\x1f\x8b"):
        stream = gzip.GzipFile(fileobj=stream)
    kind = _sniff((decode(stream.peek(4096)[:4096]) or "").lstrip())
    yield from _json_lines(stream) if kind == "lines" else _whole(stream.read(MAX_FILE + 1), kind)


def _whole(data: bytes, kind: str) -> Iterator[Draft | Problem]:
    """What the bytes of one file hold."""
    limit = {"html": MAX_PAGE, "markdown": MAX_PAGE, "feed": MAX_FEED}.get(kind, MAX_FILE)
    if len(data) > limit:
        yield Problem(f"larger than {limit // 2**20} MB")
        return
    text = decode(data, markup=kind in ("html", "feed"))
    cleaned = clean(text or "")
    if text is None:
        yield Problem("binary, not text")
    elif not cleaned.strip():
        yield Problem("empty")
    elif kind == "json":
        yield from read_json(_utf8(data, text))
    elif kind == "lines":
        yield from read_lines(_utf8(data, text).splitlines())
    else:
        yield from _READERS[kind](cleaned)


def _utf8(data: bytes, text: str) -> bytes:
    """The bytes for a JSON parser, which takes UTF-8 without a mark; bytes in no Unicode encoding stay as they are."""
    return text.encode() if data.startswith(_MARKS) else data


def _sniff(start: str) -> str:
    """The kind of a text, from how it starts."""
    if start[:1] in ("{", "["):
        return "lines" if re.match(r"\{.*\}[ \t\r]*\n\s*\{", start) or re.match(r"\{[^\n]*$", start) else "json"
    if re.match(r"(?:<\?xml[^>]*>\s*)?(?:<!--(?>.*?-->)\s*)*+<(?:rss|feed|rdf:RDF)\b", start, re.DOTALL):
        return "feed"
    if start.startswith("<?xml"):
        return "html" if re.search(r"<html\b", start, re.IGNORECASE) else "feed"
    if re.match(r"<(?:!doctype|!--|[a-z][a-z0-9]*[\s/>])", start, re.IGNORECASE):
        return "html"
    return "markdown" if re.match(r"---[ \t]*\r?\n", start) else "text"


def _shown(path: str | Path) -> str:
    """A path for messages and records; bytes in its name that are no text are replaced."""
    return os.fsencode(path).decode("utf-8", "replace")
