"""Rows of GDELT's event table, 2.0 and 1.0, out of plain, gzipped and zipped files, whatever these hold."""

import gzip
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import IO

from msgspec import Struct

from ...schemas.coding import gdelt
from ..articles.decode import clean
from ..types import Refusal

MAX_ROW = 64 * 1024  # bytes; GDELT's own rows have about one thousand
MAX_FILE = 512 * 1024 * 1024  # bytes of a file, unpacked
MAX_MEMBERS = 1000  # files in a zip
YEARS = range(1500, 2200)  # that news tells of


class Row(Struct, frozen=True):
    """One row by column, without empty cells, each cell on one line; `line` is its number in the file."""

    line: int
    cells: dict[str, str]

    def get(self, column: str) -> str:
        """A cell, or nothing."""
        return self.cells.get(column, "")

    @property
    def day(self) -> date | None:
        """The day of the event, if the row tells it."""
        return _day(self.get("SQLDATE")) if self.get("SQLDATE") else None

    @property
    def added(self) -> str | None:
        """When GDELT took the event in, if the row tells it: a moment (UTC) or a day, as ISO 8601 has it."""
        return _moment(self.get("DATEADDED")) if self.get("DATEADDED") else None

    @property
    def point(self) -> tuple[float, float] | None:
        """Latitude and longitude of where it happened, in degrees, if the row tells both."""
        latitude, longitude = self.get("ActionGeo_Lat"), self.get("ActionGeo_Long")
        return (float(latitude), float(longitude)) if latitude and longitude else None


class _Unreadable(Exception):
    """Why a row is no row of GDELT: the reason, and what more there is to tell of this one."""

    def __init__(self, reason: str, more: str = ""):
        super().__init__(reason)
        self.reason, self.more = reason, more


class _Refused:
    """Rows that could not be read, by reason: the first of each, and how many."""

    def __init__(self) -> None:
        self._first: dict[str, tuple[int, str]] = {}
        self._count: Counter[str] = Counter()

    def add(self, line: int, problem: _Unreadable) -> None:
        """Take one in."""
        self._first.setdefault(problem.reason, (line, problem.more))
        self._count[problem.reason] += 1

    def told(self, path: Path) -> Iterator[Refusal]:
        """A refusal for each reason."""
        for reason, (line, more) in self._first.items():
            yield Refusal(several(path, line, self._count[reason]), f"{reason}{more}")


def several(path: Path, line: int, count: int) -> str:
    """Where some rows of a file are.

    >>> several(Path("a.tsv"), 3, 1), several(Path("a.tsv"), 3, 5)
    ('a.tsv, row 3', 'a.tsv, row 3 and 4 more')
    """
    return f"{path}, row {line}{f' and {count - 1} more' if count > 1 else ''}"


def rows(path: Path) -> Iterator[Row | Refusal]:
    """The rows of a file in order, then for each reason how many could not be read, and where the first of these is.

    Whatever goes wrong with the file ends it with a Refusal; what was read before stays.
    """
    refused = _Refused()
    try:
        for line, data in _lines(path):
            try:
                row = _row(line, data)
            except _Unreadable as problem:
                refused.add(line, problem)
                continue
            if row:
                yield row
    except (OSError, EOFError, zlib.error, zipfile.BadZipFile, NotImplementedError, RuntimeError) as error:
        yield Refusal(str(path), f"cannot be read, or not to its end: {getattr(error, 'strerror', None) or error}")
    yield from refused.told(path)


def _lines(path: Path) -> Iterator[tuple[int, bytes | None]]:
    """The numbered lines of a file, of all files in a zip; None for a line that is too long."""
    number = total = 0
    for stream in _streams(path):
        while line := stream.readline(MAX_ROW):
            number += 1
            total += len(line)
            rest = line
            while len(rest) == MAX_ROW and not rest.endswith(b"\n"):
                rest = stream.readline(MAX_ROW)
                total += len(rest)
                if total > MAX_FILE:
                    break
            if total > MAX_FILE:
                raise OSError(f"it is larger than {MAX_FILE // 2**20} MB. Cut it into several")
            yield number, line if rest is line else None


def _streams(path: Path) -> Iterator[IO[bytes]]:
    suffix = path.suffix.lower()
    if suffix == ".zip":
        with zipfile.ZipFile(path) as packed:
            members = [member for member in packed.infolist() if not member.is_dir()]
            if len(members) > MAX_MEMBERS:
                raise OSError(f"it holds more than {MAX_MEMBERS} files")
            for member in members:
                with packed.open(member) as stream:
                    yield stream
        return
    with _opened(path, suffix) as stream:
        yield stream


@contextmanager
def _opened(path: Path, suffix: str) -> Iterator[IO[bytes]]:
    with gzip.open(path) if suffix == ".gz" else open(path, "rb") as stream:
        yield stream  # type: ignore[misc]


def _row(line: int, data: bytes | None) -> Row | None:
    """The row in a line, None for an empty line and for a header; _Unreadable says what is wrong with another."""
    if data is None:
        raise _Unreadable(f"it is longer than {MAX_ROW // 1024} KB")
    try:
        text = data.decode("utf-8-sig" if line == 1 else "utf-8").rstrip("\r\n")
    except UnicodeDecodeError:
        raise _Unreadable("it is not text in UTF-8") from None
    if not text.strip():
        return None
    if "\x00" in text:
        raise _Unreadable("it holds a NUL character")
    values = text.split("\t")
    columns = _layouts().get(len(values))
    if columns is None:
        counts = ", ".join(map(str, _layouts()))
        raise _Unreadable(f"it has not the cells of a row of GDELT's events ({counts})", f", but {len(values)}")
    if values[0] == columns[0]:
        return None
    cells = {
        name: cell for name, value in zip(columns, values, strict=True) if (cell := " ".join(clean(value).split()))
    }
    row = Row(line, cells)
    _check(row)
    return row


@lru_cache(maxsize=1)
def _layouts() -> dict[int, tuple[str, ...]]:
    """The columns by how many they are: GDELT 2.0's, 1.0's (without ADM2Codes), older ones of 1.0 (nor addresses)."""
    whole = gdelt().columns
    daily = tuple(column for column in whole if not column.endswith("ADM2Code"))
    return {len(own): own for own in (whole, daily, daily[:-1])}


def _check(row: Row) -> None:
    """_Unreadable when a cell that newsloom reads holds what its column cannot."""
    code = row.get("EventCode")
    if not (code.isascii() and code.isdigit() and 3 <= len(code) <= 4):
        raise _Unreadable("its EventCode is no code of CAMEO, which has three digits or four")
    try:
        _ = row.day, row.added
        month, year = row.get("MonthYear"), row.get("Year")
        if month:
            _day(f"{month}01")
        if year:
            _day(f"{year}0101")
    except ValueError:
        raise _Unreadable("one of SQLDATE, MonthYear, Year and DATEADDED is no date") from None
    try:
        point = row.point
    except ValueError:
        raise _Unreadable("ActionGeo_Lat or ActionGeo_Long is no number") from None
    if point and not (abs(point[0]) <= 90 and abs(point[1]) <= 180):
        raise _Unreadable("ActionGeo_Lat and ActionGeo_Long lie nowhere on the earth")


def _day(text: str) -> date:
    """The day in YYYYMMDD; ValueError for anything else."""
    if len(text) != 8 or not (text.isascii() and text.isdigit()):
        raise ValueError(text)
    day = date(int(text[:4]), int(text[4:6]), int(text[6:]))
    if day.year not in YEARS:
        raise ValueError(text)
    return day


def _moment(text: str) -> str:
    """YYYYMMDDHHMMSS, or YYYYMMDD as GDELT 1.0 has it, in ISO 8601; ValueError for anything else.

    >>> _moment("20240414081500"), _moment("20240414")
    ('2024-04-14T08:15:00Z', '2024-04-14')
    """
    day = _day(text[:8])
    if len(text) == 8:
        return day.isoformat()
    if len(text) != 14 or not (text.isascii() and text.isdigit()):
        raise ValueError(text)
    time = datetime(day.year, day.month, day.day, int(text[8:10]), int(text[10:12]), int(text[12:]))
    return f"{time.isoformat()}Z"
