"""How the file is opened."""

import os
import sqlite3
from pathlib import Path
from urllib.parse import quote

from ...schemas.errors import StoreError, UsageError
from .tables import check, upgrade

WAIT = 5.0  # seconds to wait for another process that is writing, unless NEWSLOOM_WAIT says how many
Place = str | os.PathLike[str]
LONGEST = 1_000_000.0  # seconds


def check_place(file: Path, create: bool) -> None:
    """StoreError when there can be no store in that place; without `create`, also when there is none."""
    if not create and not os.path.exists(file) and os.access(file.absolute().parent, os.X_OK):
        raise StoreError(f"there is no store {file}. Make one with `newsloom build`, or name another with --store.")
    if os.path.isdir(file):
        raise StoreError(f"cannot open the store {file}: it is a folder. Name a file in it.")
    if os.path.exists(file) and not os.path.isfile(file):
        raise StoreError(f"cannot open the store {file}: it is a device, a pipe or a socket. Name a file.")
    if not os.path.isdir(file.absolute().parent):
        raise StoreError(f"cannot open the store {file}: there is no folder {file.absolute().parent}.")


def patience() -> float:
    """How many seconds to wait for another process: NEWSLOOM_WAIT, else `WAIT`; UsageError when it is no number."""
    given = os.environ.get("NEWSLOOM_WAIT")
    if not given:
        return WAIT
    try:
        seconds = float(given)
    except ValueError:
        seconds = -1.0
    if not 0 <= seconds <= LONGEST:
        raise UsageError(f"NEWSLOOM_WAIT is {given!r}: give a number of seconds from 0 to {LONGEST:,.0f}, such as 60.")
    return seconds


def connect(file: Path, write: bool, wait: float) -> sqlite3.Connection:
    """A connection in autocommit mode to a file that is a store; one that cannot change anything unless to `write`.

    StoreError when it is another program's; nothing of it is changed then.
    """
    connection = sqlite3.connect(address(file, _mode(file, write)), uri=True, timeout=wait, isolation_level=None)
    try:
        check(connection, file, write)
        if write:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute("PRAGMA foreign_keys = ON")
            upgrade(connection)
        else:
            connection.execute("PRAGMA query_only = ON")
    except BaseException:
        connection.close()
        raise
    return connection


def address(file: Path, mode: str) -> str:
    """The URI by which SQLite opens a file."""
    return f"file:{quote(str(file.absolute()))}?mode={mode}"


def _mode(file: Path, write: bool) -> str:
    if write:
        return "rwc"
    if os.access(file.absolute().parent, os.W_OK) and os.access(file, os.W_OK):
        return "rw"  # so that SQLite tidies its side files away
    return "ro" if os.path.exists(f"{file}-wal") else "ro&immutable=1"
