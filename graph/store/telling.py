"""SQLite's errors in words: what happened, and what to do."""

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ...schemas.errors import StoreError

OTHER = "or name another with --store"


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """SQLite's errors as a StoreError that says what to do."""
    try:
        yield
    except sqlite3.Error as error:
        explanation = _explanation(path, error)
        if explanation is None:
            raise
        raise StoreError(explanation) from error


def damaged(path: Path, error: Exception | str) -> str:
    """What to say of a file in which something is not as it was written."""
    return (
        f"the store {path} is damaged ({error}). `newsloom check --repair --store {path}` rescues what can be read, or "
        "move it away and build it again from the articles."
    )


def os_error(path: Path, error: OSError) -> str:
    """What to say when a file beside the store cannot be made."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return _full(path)
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return f"the store {path} cannot be written: check the permissions of the file and its folder, {OTHER}."
    return f"the store {path} cannot be opened ({error.strerror}). Name another with --store."


def _full(path: Path) -> str:
    return f"the disk is full: the store {path} keeps what it had. Make room and run the same command again."


def _explanation(path: Path, error: sqlite3.Error) -> str | None:
    """What happened and what to do, or None for what can only be a bug of ours."""
    match getattr(error, "sqlite_errorcode", 0) & 0xFF:  # the low byte is the primary code
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return f"the store {path} is in use by another process. Wait until it has finished, {OTHER}."
        case sqlite3.SQLITE_FULL:
            return _full(path)
        case sqlite3.SQLITE_READONLY | sqlite3.SQLITE_PERM | sqlite3.SQLITE_AUTH:
            return f"the store {path} cannot be written: check the permissions of the file and its folder, {OTHER}."
        case sqlite3.SQLITE_CANTOPEN:
            return f"the store {path} cannot be opened: check the permissions of the file and its folder, {OTHER}."
        case sqlite3.SQLITE_NOTADB:
            return (
                f"{path} is no store of newsloom: it is not a database. Name another with --store; if it was one, "
                f"`newsloom check --repair --store {path}` looks for what is left of it."
            )
        case sqlite3.SQLITE_IOERR:
            return (
                f"the disk does not let the store {path} be read or written ({error}); it keeps what it had. Check "
                "that the disk is whole and has room, and run the same command again."
            )
        case sqlite3.SQLITE_CORRUPT:
            return damaged(path, error)
    if str(error).startswith("Could not decode to UTF-8"):  # has no code: text that is none
        return damaged(path, "text that is none")
    return None
