"""Whose turn it is to write: one process at a time has a store open for writing. Who only reads never asks.

The lock is an advisory one on a file beside the store. It vanishes with its process, however that ends, and is not
inherited by processes that this one starts. Where the system has none (Windows), SQLite's own locks have to do: they
keep the file whole, only the work of two builds may be done twice. Two stores of one process do not exclude each other.
"""

import errno
import os
import time
from datetime import datetime
from pathlib import Path
from typing import Self

from ...schemas.errors import StoreError
from .telling import OTHER, os_error

PAUSE = 0.05  # seconds between two attempts


class Turn:
    """The right to write to a store, until it is over (or the process is)."""

    def __init__(self, path: str, descriptor: int | None):
        self._path = path
        self._descriptor = descriptor

    @classmethod
    def take(cls, store: Path, wait: float) -> Self:
        """The turn, as soon as no other process has it; StoreError when one still has it after `wait` seconds."""
        path = f"{os.path.realpath(store)}-lock"
        until = time.monotonic() + wait
        while True:
            try:
                descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
            except OSError as error:
                raise StoreError(os_error(store, error)) from error
            if _locked(descriptor) and _is_at(descriptor, path):
                _sign(descriptor)
                return cls(path, descriptor)
            holder = _holder(descriptor)
            os.close(descriptor)
            if time.monotonic() >= until:
                raise StoreError(
                    f"the store {store} is in use by another process{holder} that writes to it. Wait until it has "
                    f"finished, set NEWSLOOM_WAIT to the seconds to wait for it, {OTHER}."
                )
            time.sleep(min(PAUSE, wait))

    def end(self) -> None:
        """Let others write; a second time does nothing."""
        if self._descriptor is None:
            return
        if _is_at(self._descriptor, self._path):  # removed before it is unlocked: who waits for it looks again
            os.unlink(self._path)
        os.close(self._descriptor)
        self._descriptor = None


def _locked(descriptor: int) -> bool:
    """Whether the file is locked now by this process."""
    try:
        import fcntl
    except ImportError:
        return True
    try:
        fcntl.lockf(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno in (errno.EACCES, errno.EAGAIN):
            return False
        # a file system without locks: those of SQLite fail there, too, and are explained
    return True


def _is_at(descriptor: int, path: str) -> bool:
    """Whether a path still leads to an open file: its last owner may have removed it."""
    try:
        return os.path.samestat(os.fstat(descriptor), os.stat(path))
    except OSError:
        return False


def _sign(descriptor: int) -> None:
    """Write who has the turn, for those who wait; a full disk does not hinder."""
    try:
        os.ftruncate(descriptor, 0)
        os.write(descriptor, f"{os.getpid()} {datetime.now():%Y-%m-%d %H:%M:%S}\n".encode())
    except OSError:
        return


def _holder(descriptor: int) -> str:
    """Who has the turn, in words, as far as the file says so."""
    number, _, since = os.pread(descriptor, 100, 0).decode("ascii", "replace").strip().partition(" ")
    try:
        return f" (pid {int(number)}, since {datetime.fromisoformat(since):%Y-%m-%d %H:%M:%S})"
    except ValueError:
        return ""
