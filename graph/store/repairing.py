"""A store out of what can be read of a damaged one; the damaged one is kept under another name."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from itertools import chain, count
from pathlib import Path
from typing import Any

from msgspec import Struct

from ...schemas.errors import StoreError
from .checking import Examination, Fault, Health
from .leaves import ARTICLE, DECISION, READER, READING, Leaves, Shape
from .locking import Turn
from .opening import Place, check_place, connect, patience
from .records import Said, Undecodable, digest, packed, to_article, to_decision, to_said
from .rescuing import Gap, damaged_file, rows
from .store import IMPORTED
from .tables import APPLICATION, GRAPH, READABLE, VERSION
from .telling import explained, os_error

BATCH = 1000  # rows of one transaction
META = ("revision", "woven", "reader", "schema", "merges", "dropped")


class Repair(Struct, frozen=True):
    """What became of a damaged store: where it is `kept`, what was `lost` of it, and what there is in the new one.

    `again` articles are read again by the next build; `has_graph` tells whether the graph could be kept meanwhile.
    """

    kept: str
    lost: tuple[Fault, ...]
    articles: int
    again: int
    decisions: int
    has_graph: bool


def repair(path: Place, wait: float | None = None) -> Repair:
    """Put a new store, with all that can be rescued, in the place of a damaged one, which is renamed and stays.

    The next build weaves its graph and reads the articles whose reading was lost. StoreError when the file is no store,
    of another version, in use by another process (after `wait` seconds), or nothing of it can be read.
    """
    file = Path(path)
    check_place(file, create=False)
    if not os.path.getsize(file):
        raise StoreError(
            f"{file} is empty: there is nothing in it to repair. Make a store of it with `newsloom build`."
        )
    new = Path(f"{file}.repaired")
    with _turn(file, patience() if wait is None else wait):
        _remove(new)
        try:
            with (
                explained(file),
                Leaves(file) as leaves,
                damaged_file(file) as (source, is_readable),
                closing(connect(new, True, 0)) as target,
            ):
                done = Rescue(file, source, is_readable, leaves, target).run()
            kept = _exchange(file, new)
        except OSError as error:
            raise StoreError(os_error(file, error)) from error
        finally:
            _remove(new)
    return Repair(str(kept), *done)


class Rescue:
    """The way of what can be read from one database into another."""

    def __init__(
        self, file: Path, source: sqlite3.Connection, is_readable: bool, leaves: Leaves, target: sqlite3.Connection
    ):
        self._file = file
        self._source = source
        self._leaves = leaves
        self._target = target
        self._lost = (
            [] if is_readable else [Fault("file", "", "its first page is damaged: rows were looked for in all")]
        )
        self._is_readable = is_readable

    def run(self) -> tuple[tuple[Fault, ...], int, int, int, bool]:
        """The last fields of a `Repair`."""
        self._check_source()
        meta = self._meta()
        articles, again = self._articles()
        decisions = self._decisions()
        if not articles and not decisions:
            raise StoreError(
                f"nothing of {self._file} can be rescued: no article in it can be read. Move it away and build it "
                "again from the articles."
            )
        whole = not self._lost and self._graph()
        self._mark(meta, whole)
        if whole and any(fault.is_of_graph for fault in self._examined().faults):
            self._lost.append(Fault("graph", "", "it does not fit its articles"))
            whole = False
            self._mark(meta, whole)
        return tuple(self._lost), articles, again, decisions, whole

    def _check_source(self) -> None:
        """StoreError unless the file is a store of this version, as far as it says what it is."""
        application, version = (
            self._source.execute(f"PRAGMA {name}").fetchone()[0] for name in ("application_id", "user_version")
        )
        tables = {name for (name,) in self._source.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}
        if application != APPLICATION or "articles" not in tables:
            raise StoreError(f"{self._file} is no store of newsloom: there is nothing in it to repair.")
        if not READABLE <= version <= VERSION:
            raise StoreError(
                f"the store {self._file} is of format {version}, and only formats {READABLE} to {VERSION} can be "
                "repaired. Use the newsloom that wrote it."
            )

    def _articles(self) -> tuple[int, int]:
        """How many articles came over, and how many of them have to be read again."""
        names = self._readers()
        articles = again = 0
        for batch in _batches(self._found()):
            with _transaction(self._target):
                for row in batch:
                    if isinstance(row, Gap):
                        self._lost.append(Fault("article", str(row), row.problem))
                        continue
                    is_there, is_read = self._article(names, *row)
                    articles += is_there
                    again += is_there and not is_read
        return articles, again

    def _found(self) -> Iterator[tuple[int, str, bytes] | Gap]:
        """The articles by the table, then those that no way leads to any more, then what is missing of either."""
        seen: set[int] = set()
        gaps: list[Gap] = []
        for row in rows(self._source, "articles", "id, data"):
            if isinstance(row, Gap):
                gaps.append(row)
            else:
                seen.add(row[0])
                yield row[0], row[1], row[2]
        if gaps or not self._is_readable:
            first = gaps[0].first if gaps else 0
            for number in self._leaves.numbers(ARTICLE):
                values = self._leaves.row(ARTICLE, number) if number >= first and number not in seen else None
                if values and _is_article(values[-1], values[2]):
                    seen.add(number)
                    yield number, values[1], values[-1]
        for gap in gaps:
            yield from gap.without(seen)

    def _article(self, names: dict[int, str], position: int, id: str, data: bytes) -> tuple[bool, bool]:
        """Whether an article came over, and whether its reading did."""
        try:
            a = to_article(data)
        except Undecodable as error:
            self._lost.append(Fault("article", id, f"its record is damaged ({error}): give it to the next build"))
            return False, False
        reader, said = self._said(position, a.id, names)
        if said is None and reader.startswith(IMPORTED):
            self._lost.append(Fault("article", id, "its reading is damaged: import it again"))
            return False, False
        if said is None:
            self._lost.append(Fault("reading", id, "it is damaged: the next build reads the article again"))
        added = self._target.execute(
            "INSERT OR IGNORE INTO articles VALUES (?, ?, ?, ?, ?, ?, ?)",
            (position, a.id, digest(a), a.title, a.published, a.source, data),
        ).rowcount
        if not added:
            self._lost.append(Fault("article", id, "it is there twice"))
            return False, False
        self._target.execute("INSERT OR IGNORE INTO readers (name) VALUES (?)", (reader if said else "",))
        self._target.execute(
            "INSERT INTO readings SELECT ?, number, ? FROM readers WHERE name = ?",
            (position, said or packed(Said((), (), ())), reader if said else ""),
        )
        return True, said is not None

    def _said(self, position: int, id: str, names: dict[int, str]) -> tuple[str, bytes | None]:
        """The reader of an article and its reading, if it can be decoded."""
        reader = ""
        for number, data in self._readings(position):
            reader = names.get(number, "")
            try:
                if all(mention.span.article == id for mention in to_said(data).mentions):
                    return reader, data
            except Undecodable:
                continue
        return reader, None

    def _readings(self, position: int) -> Iterator[tuple[int, bytes]]:
        """What there is of the reading at a position: by the table, then where no way leads any more."""
        with suppress(sqlite3.DatabaseError):
            yield from self._source.execute("SELECT reader, data FROM readings WHERE position = ?", (position,))
        values = self._leaves.row(READING, position)
        if values:
            yield values[1], values[2]

    def _readers(self) -> dict[int, str]:
        """The names of readers by their numbers."""
        return {number: name for number, name in self._pairs("readers", "name", READER) if isinstance(name, str)}

    def _decisions(self) -> int:
        """How many decisions came over."""
        kept = 0
        with _transaction(self._target):
            for number, data in self._pairs("decisions", "data", DECISION):
                try:
                    to_decision(data)
                except Undecodable as error:
                    self._lost.append(Fault("decision", str(number), f"it is damaged ({error}): decide it again"))
                    continue
                self._target.execute("INSERT INTO decisions VALUES (?, ?)", (number, data))
                kept += 1
        return kept

    def _pairs(self, table: str, column: str, shape: Shape) -> Iterator[tuple[int, Any]]:
        """The rows of a small table with one column, in the order of their numbers."""
        found = list(rows(self._source, table, column))
        gaps = [row for row in found if isinstance(row, Gap)]
        pairs = {row[0]: row[1] for row in found if not isinstance(row, Gap)}
        if gaps or not self._is_readable:
            for number in self._leaves.numbers(shape):
                values = self._leaves.row(shape, number)
                if values:
                    pairs.setdefault(number, values[1])
        left = chain.from_iterable(gap.without(pairs) for gap in gaps)
        self._lost += (Fault(table, str(gap), gap.problem) for gap in left)
        yield from sorted(pairs.items())

    def _graph(self) -> bool:
        """Whether all rows of the graph came over."""
        try:
            for table, columns in GRAPH.items():
                with _transaction(self._target):
                    order = " ORDER BY rowid" if table in ("nodes", "relations") else ""
                    found = self._source.execute(f"SELECT {columns} FROM {table}{order}")
                    places = ", ".join("?" * (columns.count(",") + 1))
                    self._target.executemany(f"INSERT INTO {table} ({columns}) VALUES ({places})", found)
        except sqlite3.DatabaseError as error:
            self._lost.append(Fault("graph", "", f"it is damaged ({error}): the next build weaves it"))
            return False
        return True

    def _meta(self) -> dict[str, bytes]:
        found = {}
        for key in META:
            try:
                row = self._source.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
            except sqlite3.DatabaseError as error:
                self._lost.append(Fault("graph", "", f"its {key} cannot be read ({error})"))
                continue
            if row:
                found[key] = row[0]
        return found

    def _mark(self, meta: dict[str, bytes], has_graph: bool) -> None:
        """Keep what is known of the graph, stale in any case; without a graph only its schema and its reader."""
        try:
            revision = int(meta.get("revision", b"1"))
        except ValueError:
            revision = 1
        kept = {key: value for key, value in meta.items() if has_graph or key in ("schema", "reader")}
        kept["revision"] = str(revision + 1).encode()
        with _transaction(self._target):
            if not has_graph:
                for table in GRAPH:
                    self._target.execute(f"DELETE FROM {table}")
            self._target.execute("DELETE FROM meta")
            self._target.executemany("INSERT INTO meta VALUES (?, ?)", kept.items())

    def _examined(self) -> Health:
        return Examination(self._target, is_stale=False).health()


def _is_article(data: bytes, content: str) -> bool:
    """Whether a record is that of an article with that digest."""
    try:
        return digest(to_article(data)) == content
    except Undecodable:
        return False


@contextmanager
def _turn(file: Path, wait: float) -> Iterator[None]:
    turn = Turn.take(file, wait)
    try:
        yield
    finally:
        turn.end()


@contextmanager
def _transaction(db: sqlite3.Connection) -> Iterator[None]:
    db.execute("BEGIN")
    try:
        yield
        db.execute("COMMIT")
    except BaseException:
        if db.in_transaction:
            db.execute("ROLLBACK")
        raise


def _batches(found: Iterator[object]) -> Iterator[list[Any]]:
    batch: list[Any] = []
    for row in found:
        batch.append(row)
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _exchange(file: Path, new: Path) -> Path:
    """The other name of the old file, in whose place the new one is from now on.

    There is a file of that name at every moment, and its log never stands beside another file than its own.
    """
    file = Path(os.path.realpath(file)) if os.path.islink(file) else file
    kept = next(
        name
        for number in count(1)
        if not (name := Path(f"{file}.damaged{f'-{number}' if number > 1 else ''}")).exists()
    )
    try:
        os.link(file, kept)
    except OSError:  # a disk without links: for a moment there is no file of the old name
        os.rename(file, kept)
    if os.path.exists(f"{file}-wal"):
        os.rename(f"{file}-wal", f"{kept}-wal")
    _unlink(f"{file}-shm")
    os.replace(new, file)
    return kept


def _remove(file: Path) -> None:
    for suffix in ("", "-wal", "-shm"):
        _unlink(f"{file}{suffix}")


def _unlink(path: str) -> None:
    Path(path).unlink(missing_ok=True)
