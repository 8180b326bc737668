"""How the file is opened."""

import os
import sqlite3
from pathlib import Path
from urllib.parse import quote

from ...schemas.errors import StoreError

WAIT = 5.0  # seconds to wait for another process that is writing


def check_place(file: Path, create: bool) -> None:
    """StoreError when there can be no store in that place; without `create`, also when there is none."""
    if not create and not os.path.exists(file) and os.access(file.absolute().parent, os.X_OK):
        raise StoreError(f"there is no store {file}. Make one with `newsloom build`, or name another with --store.")
    if os.path.isdir(file):
        raise StoreError(f"cannot open the store {file}: it is a folder. Name a file in it.")
    if not os.path.isdir(file.absolute().parent):
        raise StoreError(f"cannot open the store {file}: there is no folder {file.absolute().parent}.")


def connect(file: Path, create: bool) -> sqlite3.Connection:
    """A connection in autocommit mode; without `create` one that cannot change anything."""
    folder = file.absolute().parent
    if create:
        mode = "rwc"
    elif os.access(folder, os.W_OK) and os.access(file, os.W_OK):
        mode = "rw"  # so that SQLite tidies its side files away
    else:
        mode = "ro" if os.path.exists(f"{file}-wal") else "ro&immutable=1"
    uri = f"file:{quote(str(file.absolute()))}?mode={mode}"
    connection = sqlite3.connect(uri, uri=True, timeout=WAIT, isolation_level=None)
    if create:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA foreign_keys = ON")
    else:
        connection.execute("PRAGMA query_only = ON")
    return connection
