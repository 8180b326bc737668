"""The rows of a file of which some pages may be damaged: what can be read of each table, and what cannot.

Rows are read in the order of their numbers; behind a place that cannot be read, number after number is tried until
one can.
"""

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from msgspec import Struct

from .opening import address, connect

FAR = 10_000  # numbers that are tried behind a damaged place when it is unknown which is the last
PAGE = b"SQLite format 3\0"  # how a database begins
HEADER = 100  # bytes of the header, in front of the first page's rows
TREE = (2, 5, 10, 13)  # what a page with rows begins with


class Gap(Struct, frozen=True):
    """Rows that cannot be read, by the first and the last of their numbers, and what SQLite says."""

    first: int
    last: int
    problem: str

    def __str__(self) -> str:
        return f"row {self.first}" if self.first == self.last else f"rows {self.first} to {self.last}"

    def without(self, found: Collection[int]) -> "Iterator[Gap]":
        """The gaps that are left when some of its rows were found elsewhere."""
        first = None
        for number in range(self.first, self.last + 1):
            if number in found and first is not None:
                yield Gap(first, number - 1, self.problem)
                first = None
            elif number not in found and first is None:
                first = number
        if first is not None:
            yield Gap(first, self.last, self.problem)


def rows(db: sqlite3.Connection, table: str, columns: str) -> Iterator[tuple[Any, ...] | Gap]:
    """The rows of a table that has numbers: each its number and its columns, or a gap where some cannot be read."""
    sweep = f"SELECT rowid, {columns} FROM {table} WHERE rowid > ? ORDER BY rowid"
    at = 0
    while True:
        try:
            for row in db.execute(sweep, (at,)):
                if row[0] <= at:
                    raise sqlite3.DatabaseError("the rows are not in order")
                at = row[0]
                yield row
            return
        except sqlite3.DatabaseError as error:
            first, problem = at + 1, str(error)
        row = _next(db, table, columns, first)
        at = row[0] if row else _last(db, table) or first
        if at > first or not row:
            yield Gap(first, max(at - 1, first) if row else max(at, first), problem)
        if not row:
            return
        yield row


def _next(db: sqlite3.Connection, table: str, columns: str, first: int) -> tuple[Any, ...] | None:
    """The first row from a number on that can be read."""
    one = f"SELECT rowid, {columns} FROM {table} WHERE rowid = ?"
    for number in range(first, (_last(db, table) or first + FAR) + 1):
        try:
            row = db.execute(one, (number,)).fetchone()
        except sqlite3.DatabaseError:
            continue
        if row:
            found: tuple[Any, ...] = row
            return found
    return None


def _last(db: sqlite3.Connection, table: str) -> int | None:
    """The number of the last row, if it can be read."""
    try:
        number: int | None = db.execute(f"SELECT rowid FROM {table} ORDER BY rowid DESC LIMIT 1").fetchone()[0]
    except (sqlite3.DatabaseError, TypeError):
        return None
    return number


@contextmanager
def damaged_file(file: Path) -> Iterator[tuple[sqlite3.Connection, bool]]:
    """A connection that reads a store whatever its state and changes nothing of it, while nobody writes to it.

    A header that is overwritten is replaced in a copy, which is removed at the end. Where all of the first page is
    gone, the connection is to an empty store, and the second of what is yielded is False.
    """
    with tempfile.TemporaryDirectory(dir=file.absolute().parent, prefix=f"{file.name}-") as folder:
        new = Path(folder, "new.db")
        connect(new, True, 0).close()
        source = file if _has_header(file) else _with_header(file, new, Path(folder))
        db = _lenient(source)
        try:
            db.execute("SELECT count(*) FROM sqlite_schema").fetchone()
            is_readable = True
        except sqlite3.DatabaseError:
            db.close()
            db, is_readable = _lenient(new), False
        try:
            yield db, is_readable
        finally:
            db.close()


def _lenient(file: Path) -> sqlite3.Connection:
    """A connection that reads as much as it can."""
    mode = "ro" if os.path.exists(f"{file}-wal") else "ro&immutable=1"
    db = sqlite3.connect(address(file, mode), uri=True, isolation_level=None)
    db.execute("PRAGMA writable_schema = ON")  # reads also what is shorter than its header says
    db.execute("PRAGMA cell_size_check = ON")
    return db


def _has_header(file: Path) -> bool:
    with file.open("rb") as content:
        head = content.read(HEADER + 1)
    return head.startswith(PAGE) or len(head) <= HEADER or head[HEADER] not in TREE


def _with_header(file: Path, new: Path, folder: Path) -> Path:
    """A copy with the header of a new store."""
    copy = folder / "copy.db"
    header = bytearray(new.read_bytes()[:HEADER])
    shutil.copyfile(file, copy)
    size = int.from_bytes(header[16:18])
    header[28:32] = (os.path.getsize(copy) // size).to_bytes(4)
    header[32:40] = bytes(8)  # the list of free pages is unknown
    with copy.open("r+b") as content:
        content.write(header)
    if os.path.exists(f"{file}-wal"):
        shutil.copyfile(f"{file}-wal", f"{copy}-wal")
    return copy
