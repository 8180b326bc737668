"""Rows found in the pages of a file itself, when the way to them is damaged: its first page, or one that leads on.

The format is that of https://www.sqlite.org/fileformat2.html: pages that begin with 13 hold rows of tables, each a
number and a record; what does not fit runs on in a chain of pages. Which table a row is of is told by its columns.
"""

import mmap
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import Any, Self

LEAF = 13  # what a page with rows begins with
SIZES = (0, 1, 2, 3, 4, 6, 8, 8, 0, 0)  # bytes of the kinds of values below 12
USUAL = 4096  # bytes of a page
Shape = tuple[type, ...]
ARTICLE: Shape = (type(None), str, str, object, object, object, bytes)
READING: Shape = (type(None), int, bytes)
READER: Shape = (type(None), str)
DECISION: Shape = (type(None), bytes)


class Leaves:
    """The rows in a file, by their shape and number. Use it as a context manager."""

    def __init__(self, file: Path):
        self._file = file.open("rb")
        self._bytes = mmap.mmap(self._file.fileno(), 0, access=mmap.ACCESS_READ)
        size = int.from_bytes(self._bytes[16:18]) if self._bytes[:6] == b"SQLite" else 0
        self._size = size if size in (512, 1024, 2048, 4096, 8192, 16384, 32768) else USUAL

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self._bytes.close()
        self._file.close()

    def numbers(self, shape: Shape) -> list[int]:
        """The numbers of the rows of a shape, in their order."""
        return sorted(number for number, columns in self._places if columns == len(shape))

    def row(self, shape: Shape, number: int) -> tuple[Any, ...] | None:
        """The row of a shape and number, or None: there is none, or it is not whole."""
        for place in self._places.get((number, len(shape)), ()):
            try:
                values = tuple(self._values(place))
            except (IndexError, ValueError):
                continue
            if all(isinstance(value, kind) for value, kind in zip(values, shape, strict=True)):
                return values
        return None

    @cached_property
    def _places(self) -> dict[tuple[int, int], list[int]]:
        """Where rows stand, by their number and how many columns they have."""
        places: dict[tuple[int, int], list[int]] = {}
        for page in range(len(self._bytes) // self._size):
            for place in self._cells(page):
                try:
                    length, number, at = self._head(place)
                    columns = len(self._kinds(at)[0])
                except (IndexError, ValueError):
                    continue
                if number > 0 and length <= len(self._bytes):
                    places.setdefault((number, columns), []).append(place)
        return places

    def _cells(self, page: int) -> Iterator[int]:
        """Where the rows of a page begin, if it is one with rows."""
        start = page * self._size
        head = start + (100 if page == 0 else 0)
        if self._bytes[head] != LEAF or page in self._free:
            return
        for n in range(int.from_bytes(self._bytes[head + 3 : head + 5])):
            at = head + 8 + 2 * n
            offset = int.from_bytes(self._bytes[at : at + 2])
            if at + 2 > start + self._size:
                return
            if 8 <= offset < self._size:
                yield start + offset

    @cached_property
    def _free(self) -> set[int]:
        """The pages that are in no use: what stands there was removed."""
        free: set[int] = set()
        trunk = int.from_bytes(self._bytes[32:36]) if self._bytes[:6] == b"SQLite" else 0
        while 0 < trunk <= len(self._bytes) // self._size and trunk - 1 not in free:
            free.add(trunk - 1)
            start = (trunk - 1) * self._size
            number = int.from_bytes(self._bytes[start + 4 : start + 8])
            for n in range(min(number, self._size // 4 - 2)):
                at = start + 8 + 4 * n
                free.add(int.from_bytes(self._bytes[at : at + 4]) - 1)
            trunk = int.from_bytes(self._bytes[start : start + 4])
        return free

    def _head(self, place: int) -> tuple[int, int, int]:
        """Of the row at a place the length of its record, its number, and where the record begins."""
        length, at = self._varint(place)
        number, at = self._varint(at)
        return length, number, at

    def _kinds(self, at: int) -> tuple[list[int], int]:
        """The kinds of the values of a record, and how long its head is."""
        length, first = self._varint(at)
        if length > 100:  # no record of ours
            raise ValueError
        kinds, here = [], first
        while here < at + length:
            kind, here = self._varint(here)
            kinds.append(kind)
        return kinds, length

    def _values(self, place: int) -> Iterator[Any]:
        length, _, at = self._head(place)
        kinds, start = self._kinds(at)
        record = self._record(place, length, at)
        for kind in kinds:
            size = SIZES[kind] if kind < 12 else (kind - 12) // 2
            value = record[start : start + size]
            if len(value) != size:
                raise ValueError
            start += size
            if kind == 0:
                yield None
            elif kind < 12:
                yield int.from_bytes(value, signed=True) if kind < 7 else kind - 8
            else:
                yield value.decode() if kind % 2 else value

    def _record(self, place: int, length: int, at: int) -> bytes:
        """A record of some length, put together from the pages that it runs over."""
        most, least = self._size - 35, (self._size - 12) * 32 // 255 - 23
        kept = least + (length - least) % (self._size - 4)
        here = length if length <= most else kept if kept <= most else least
        if at + here > (place // self._size + 1) * self._size or length > len(self._bytes):
            raise ValueError
        parts, left = [self._bytes[at : at + here]], length - here
        following = at + here
        while left > 0:
            page = int.from_bytes(self._bytes[following : following + 4]) - 1
            if not 0 < page < len(self._bytes) // self._size:
                raise ValueError
            following = page * self._size
            parts.append(self._bytes[following + 4 : following + min(self._size, left + 4)])
            left -= self._size - 4
        return b"".join(parts)

    def _varint(self, at: int) -> tuple[int, int]:
        """A number of one to nine bytes, and where it ends."""
        number = 0
        for n in range(8):
            byte = self._bytes[at + n]
            number = number << 7 | byte & 127
            if byte < 128:
                return number, at + n + 1
        return number << 8 | self._bytes[at + 8], at + 9
