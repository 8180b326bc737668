"""A store without what nothing leads to any more, in as few pages as it takes."""

import os
from pathlib import Path

from msgspec import Struct

from .opening import Place, check_place
from .store import Store

ORPHANS = {
    "readings": "DELETE FROM readings WHERE position NOT IN (SELECT position FROM articles)",
    "articles": "DELETE FROM articles WHERE position NOT IN (SELECT position FROM readings)",
    "readers": "DELETE FROM readers WHERE number NOT IN (SELECT reader FROM readings)",
}


class Compaction(Struct, frozen=True):
    """Bytes on disk before and after, and how many rows nothing led to.

    `is_shared` tells that somebody reads: the file becomes smaller when the store is next written to.
    """

    before: int
    after: int
    dropped: int
    is_shared: bool


def compact(path: Place, wait: float | None = None) -> Compaction:
    """Write the store anew without gaps; a store of an earlier format becomes one of this.

    It takes as much room again while it runs, and is whole at every moment. StoreError: it cannot be opened, is in use
    by another process (after `wait` seconds), or the disk is full.
    """
    file = Path(path)
    check_place(file, create=False)
    before = size(file)
    with Store.open(file, wait=wait) as store:
        dropped, is_shared = store.compact(ORPHANS.values())
    return Compaction(before, size(file), dropped, is_shared)


def size(file: Path) -> int:
    """The bytes that a store takes on disk, with its log."""
    return sum(os.path.getsize(f"{file}{suffix}") for suffix in ("", "-wal") if os.path.exists(f"{file}{suffix}"))
