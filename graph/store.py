"""Where readings and their graph are kept: one SQLite file that survives being killed at any moment.

    with Store.open("newsloom.db") as store:
        store.add_readings(batch, reader)                   # one transaction
        store.replace_graph(graph, store.revision, reader)  # one transaction
        graph = store.load()

`revision` counts the additions of readings and the changes of decisions; the graph remembers the one it was
woven at, so that a build that was cut off in between is noticed (`is_stale`).
"""

import os
import re
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from itertools import chain
from pathlib import Path
from typing import Any, Self
from urllib.parse import quote

import msgspec
from msgspec import Struct

from ..schemas.errors import NotFound, StoreError
from ..schemas.loader import schema_from
from ..schemas.types import Schema
from .model import Graph
from .types import Article, Decision, Dropped, Link, Mention, Merge, Node, Offsets, Reading, Refusal, Relation

VERSION = 2
APPLICATION = 0x4E4C4F4D  # "NLOM", in SQLite's application_id: tells our files from others'
IMPORTED = "import"  # how the readers begin whose readings are of no text that could be read again
WAIT = 5.0  # seconds to wait for another process that is writing
_TABLES = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE articles (
    position INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, digest TEXT NOT NULL,
    title TEXT, published TEXT, source TEXT, data BLOB NOT NULL
);
CREATE TABLE readings (
    article TEXT PRIMARY KEY REFERENCES articles (id) ON DELETE CASCADE, reader TEXT NOT NULL, data BLOB NOT NULL
) WITHOUT ROWID;
CREATE TABLE nodes (
    position INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, kind TEXT, type TEXT, name TEXT, data BLOB NOT NULL
);
CREATE TABLE relations (
    position INTEGER PRIMARY KEY, source TEXT, type TEXT, target TEXT, confidence REAL, data BLOB NOT NULL
);
CREATE TABLE resolution (mention TEXT PRIMARY KEY, node TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE refusals (origin TEXT, reason TEXT, PRIMARY KEY (origin, reason)) WITHOUT ROWID;
"""
_DECISIONS = "CREATE TABLE IF NOT EXISTS decisions (position INTEGER PRIMARY KEY AUTOINCREMENT, data BLOB NOT NULL)"


class Said(Struct, frozen=True):
    """A reading without its article, as it is stored."""

    sentences: tuple[Offsets, ...]
    mentions: tuple[Mention, ...]
    links: tuple[Link, ...]


_encode = msgspec.json.Encoder().encode
_article = msgspec.json.Decoder(Article).decode
_said = msgspec.json.Decoder(Said).decode
_node = msgspec.json.Decoder(Node).decode
_relation = msgspec.json.Decoder(Relation).decode
_dropped = msgspec.json.Decoder(tuple[Dropped, ...]).decode
_merges = msgspec.json.Decoder(tuple[Merge, ...]).decode
_decision = msgspec.json.Decoder(Decision).decode


class Store:
    """An open database. Use it as a context manager, or `close` it."""

    def __init__(self, path: Path, connection: sqlite3.Connection):
        self.path = path
        self._db = connection

    @classmethod
    def open(cls, path: str | os.PathLike[str], create: bool = True) -> Self:
        """The store in that file, made first if need be; without `create` it is only read, and must be there.

        StoreError when it cannot be opened, is no store of newsloom, or of a newer version.
        """
        file = Path(path)
        if not create and not os.path.exists(file) and os.access(file.absolute().parent, os.X_OK):
            raise StoreError(f"there is no store {file}. Make one with `newsloom build`, or name another with --store.")
        if os.path.isdir(file):
            raise StoreError(f"cannot open the store {file}: it is a folder. Name a file in it.")
        if not os.path.isdir(file.absolute().parent):
            raise StoreError(f"cannot open the store {file}: there is no folder {file.absolute().parent}.")
        with _explained(file):
            store = cls(file, _connect(file, create))
            try:
                store._prepare(create)
            except BaseException:
                store.close()
                raise
        return store

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the file; what was added is already safe."""
        self._db.close()

    @property
    def revision(self) -> int:
        """How often readings were added or decisions changed."""
        return int(self._meta("revision") or 0)

    @property
    def is_stale(self) -> bool:
        """Whether readings were added or decisions changed since the graph was woven."""
        return self.revision != int(self._meta("woven") or 0)

    @property
    def edition(self) -> str:
        """A short word for the graph that is here: another after every weaving of something new."""
        counts = [self._number(f"SELECT count(*) FROM {table}") for table in ("articles", "nodes", "relations")]
        latest = next(self._rows("SELECT digest FROM articles ORDER BY position DESC LIMIT 1"), ("",))
        parts = (self._meta("woven"), self._meta("reader"), *counts, *latest)
        return sha256(repr(parts).encode()).hexdigest()[:16]

    @property
    def keeps_merges(self) -> bool:
        """Whether the graph tells its merges: that of a newsloom that did not know them has to be woven again."""
        return self._meta("merges") is not None

    @property
    def reader(self) -> str | None:
        """What the graph was woven with, or None before the first graph."""
        reader = self._meta("reader")
        return reader.decode() if reader else None

    def known(self, articles: Iterable[Article], reader: str | None = None) -> set[str]:
        """The ids of those articles that are in the store with the same content; of a `reader`, if one is given."""
        rows = "SELECT id, digest FROM articles JOIN readings ON article = id WHERE ? IS NULL OR reader = ?"
        with _explained(self.path):
            stored = dict(self._db.execute(rows, (reader, reader)))
        return {article.id for article in articles if stored.get(article.id) == digest(article)}

    def outdated(self, reader: str) -> list[Article]:
        """The articles whose reading is of another reader, to be read again; what was imported never is."""
        rows = (
            "SELECT articles.data FROM articles JOIN readings ON article = id"
            " WHERE reader <> ? AND reader NOT LIKE ? ORDER BY position"
        )
        return [self._decoded(_article, data) for (data,) in self._rows(rows, reader, f"{IMPORTED}%")]

    def add_readings(self, readings: Iterable[Reading], reader: str) -> None:
        """Add some readings, in one transaction; one of an article that is there replaces it.

        `reader` says what read them: another program, schema or knowledge is another reader. That of what was coded
        elsewhere begins with `IMPORTED`.
        """
        with self._writing() as db:
            for reading in readings:
                article = reading.article
                db.execute(
                    "INSERT INTO articles (id, digest, title, published, source, data) VALUES (?, ?, ?, ?, ?, ?)"
                    " ON CONFLICT (id) DO UPDATE SET digest=excluded.digest, title=excluded.title,"
                    " published=excluded.published, source=excluded.source, data=excluded.data",
                    (article.id, digest(article), article.title, article.published, article.source, _encode(article)),
                )
                said = _encode(Said(reading.sentences, reading.mentions, reading.links))
                db.execute("INSERT OR REPLACE INTO readings VALUES (?, ?, ?)", (article.id, reader, said))
            self._set_meta("revision", self.revision + 1)

    def replace_graph(self, graph: Graph, revision: int, reader: str) -> None:
        """Put a graph in the place of the one before, in one transaction; `revision` is that of its readings."""
        with self._writing() as db:
            for table in ("nodes", "relations", "resolution", "refusals"):
                db.execute(f"DELETE FROM {table}")
            nodes = graph.nodes.values()
            db.executemany(
                "INSERT INTO nodes (id, kind, type, name, data) VALUES (?, ?, ?, ?, ?)",
                ((node.id, node.kind, node.type, node.name, _encode(node)) for node in nodes),
            )
            db.executemany(
                "INSERT INTO relations (source, type, target, confidence, data) VALUES (?, ?, ?, ?, ?)",
                ((r.source, r.type, r.target, r.confidence, _encode(r)) for r in graph.relations),
            )
            db.executemany("INSERT INTO resolution VALUES (?, ?)", graph.resolution.items())
            refusals = ((refusal.origin, refusal.reason) for refusal in graph.refused)
            db.executemany("INSERT OR IGNORE INTO refusals VALUES (?, ?)", refusals)
            self._set_meta("schema", _encode(graph.schema.raw))
            self._set_meta("dropped", _encode(graph.dropped))
            self._set_meta("merges", _encode(graph.merges))
            self._set_meta("woven", revision)
            self._set_meta("reader", reader)

    def decisions(self) -> dict[int, Decision]:
        """What was decided by hand, by its number, in the order in which it was."""
        if not self._has_decisions():
            return {}
        rows = self._rows("SELECT position, data FROM decisions ORDER BY position")
        return {position: self._decoded(_decision, data) for position, data in rows}

    def add_decision(self, decision: Decision) -> int:
        """The number of a decision, from now on the latest; one that is there already moves to the end."""
        with self._writing() as db:
            data = _encode(decision)
            db.execute("DELETE FROM decisions WHERE data = ?", (data,))
            number = db.execute("INSERT INTO decisions (data) VALUES (?)", (data,)).lastrowid
            self._set_meta("revision", self.revision + 1)
        assert number is not None
        return number

    def remove_decision(self, number: int) -> Decision:
        """The decision of that number, which the store has forgotten; NotFound when there is none."""
        with self._writing() as db:
            known = self.decisions()
            if number not in known:
                listed = f"There are: {', '.join(map(str, known))}." if known else "Nothing was decided by hand."
                raise NotFound(f"there is no decision {number} in {self.path}. {listed}")
            db.execute("DELETE FROM decisions WHERE position = ?", (number,))
            self._set_meta("revision", self.revision + 1)
        return known[number]

    def _has_decisions(self) -> bool:
        """Whether the table is there: a store of an earlier newsloom gets it when it is next written to."""
        return bool(self._number("SELECT count(*) FROM sqlite_schema WHERE name = 'decisions'"))

    def readings(self) -> Iterator[Reading]:
        """Every reading, in the order in which the articles came."""
        rows = "SELECT articles.data, readings.data FROM articles JOIN readings ON article = id ORDER BY position"
        for article, data in self._rows(rows):
            said = self._decoded(_said, data)
            yield Reading(self._decoded(_article, article), said.sentences, said.mentions, said.links)

    def nodes(self) -> Iterator[Node]:
        """Every node of the graph as it was woven last, one at a time."""
        rows = self._rows("SELECT data FROM nodes ORDER BY position")
        return (self._decoded(_node, data) for (data,) in rows)

    def relations(self) -> Iterator[Relation]:
        """Every relation of the graph as it was woven last, one at a time."""
        rows = self._rows("SELECT data FROM relations ORDER BY position")
        return (self._decoded(_relation, data) for (data,) in rows)

    def names(self, start: str, limit: int, kind: str | None = None) -> list[tuple[str, str]]:
        """The ids and names of nodes (of a kind) whose name or id begins so, in any case, at most so many of each."""
        like = re.sub(r"([%_\\])", r"\\\1", start) + "%"
        rows = (
            "SELECT id, name FROM nodes WHERE {} LIKE ? ESCAPE '\\' AND (? IS NULL OR kind = ?)"
            " ORDER BY position LIMIT ?"
        )
        asked = (self._rows(rows.format(column), like, kind, kind, limit) for column in ("name", "id"))
        return [(id, name) for id, name in dict.fromkeys(chain(*asked))]

    @contextmanager
    def moment(self) -> Iterator[None]:
        """Whatever is read inside is of one moment, though another process may be writing."""
        with _explained(self.path):
            self._db.execute("BEGIN")
            try:
                yield
            finally:
                self._db.execute("COMMIT")

    def refusals(self) -> list[Refusal]:
        """What the build of the graph left out."""
        return [Refusal(*row) for row in self._rows("SELECT origin, reason FROM refusals")]

    @property
    def schema(self) -> Schema | None:
        """The schema of the graph as it was woven last, or None when there is no graph yet."""
        raw = self._meta("schema")
        if raw is None:
            return None
        return schema_from(self._decoded(msgspec.json.decode, raw), f"the schema in {self.path}")

    def load(self) -> Graph:
        """The graph as it was woven last; StoreError when there is none yet."""
        schema = self.schema
        if schema is None:
            self._check()
            raise StoreError(f"the store {self.path} holds no graph yet: its build was cut off. Run the build again.")
        nodes = "SELECT data FROM nodes ORDER BY position"
        relations = "SELECT data FROM relations ORDER BY position"
        self._db.execute("BEGIN")  # all of it from one moment, though another process may be writing
        try:
            return Graph(
                schema,
                self.readings(),
                (self._decoded(_node, data) for (data,) in self._rows(nodes)),
                (self._decoded(_relation, data) for (data,) in self._rows(relations)),
                dict(self._rows("SELECT mention, node FROM resolution")),
                self.refusals(),
                self._decoded(_dropped, self._meta("dropped") or b"[]"),
                self._decoded(_merges, self._meta("merges") or b"[]"),
            )
        finally:
            self._db.execute("COMMIT")

    def _prepare(self, create: bool) -> None:
        """Check whose file it is, and make the tables in a new one."""
        application, version = (self._number(f"PRAGMA {name}") for name in ("application_id", "user_version"))
        tables = "SELECT count(*) FROM sqlite_schema"
        if create and self._number(tables) == 0:
            with self._writing() as db:
                if self._number(tables) == 0:  # nobody else did meanwhile
                    for statement in filter(str.strip, _TABLES.split(";")):
                        db.execute(statement)
                    db.execute(f"PRAGMA application_id = {APPLICATION}")
                    db.execute(f"PRAGMA user_version = {VERSION}")
        elif self._number(tables) == 0:
            raise StoreError(f"{self.path} is empty. Make a store of it with `newsloom build`, or name another one.")
        elif application != APPLICATION:
            raise StoreError(
                f"{self.path} is no store of newsloom, but another program's database. Name another with --store."
            )
        elif version > VERSION:
            raise StoreError(
                f"the store {self.path} was written by a newer newsloom (format {version}; this one knows {VERSION}). "
                "Upgrade newsloom."
            )
        elif create and version < VERSION:
            self._upgrade()
        if create and not self._has_decisions():
            with self._writing() as db:
                db.execute(_DECISIONS)

    def _upgrade(self) -> None:
        """A store of an earlier format becomes one of this: its articles are read anew at the next build.

        Until then its graph stays as it is. Format 1 knew of no cause that is denied or runs backwards in time, and an
        earlier newsloom would take one from this store for a fact.
        """
        with self._writing() as db:
            db.execute("UPDATE readings SET reader = '' WHERE reader NOT LIKE ?", (f"{IMPORTED}%",))
            db.execute(f"PRAGMA user_version = {VERSION}")

    def _check(self) -> None:
        """StoreError when the file is damaged, so that what is not found in it may be there."""
        found = next(self._rows("PRAGMA quick_check(1)"))[0]
        if found != "ok":
            raise StoreError(_damaged(self.path, found))

    def _number(self, statement: str) -> int:
        return int(self._db.execute(statement).fetchone()[0])

    def _meta(self, key: str) -> bytes | None:
        row = next(self._rows("SELECT value FROM meta WHERE key = ?", key), None)
        return row[0] if row else None

    def _set_meta(self, key: str, value: bytes | str | int) -> None:
        blob = value if isinstance(value, bytes) else str(value).encode()
        self._db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, blob))

    def _rows(self, statement: str, *parameters: Any) -> Iterator[tuple[Any, ...]]:
        with _explained(self.path):
            yield from iter(self._db.execute(statement, parameters).fetchone, None)

    def _decoded(self, decode: Any, data: bytes) -> Any:
        try:
            return decode(data)
        except msgspec.DecodeError as error:
            raise StoreError(_damaged(self.path, error)) from error

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        """A transaction that writes: all of it is kept, or nothing."""
        with _explained(self.path):
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield self._db
                self._db.execute("COMMIT")
            except BaseException:
                if self._db.in_transaction:
                    self._db.execute("ROLLBACK")
                raise


def digest(article: Article) -> str:
    """What an article's content comes to: another text, title or date is another digest, another origin is not."""
    a = article
    return sha256(_encode((a.text, a.title, a.published, a.source, a.url, a.dateline, a.body))).hexdigest()


def _connect(file: Path, create: bool) -> sqlite3.Connection:
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


@contextmanager
def _explained(path: Path) -> Iterator[None]:
    """SQLite's errors as a StoreError that says what to do."""
    try:
        yield
    except sqlite3.Error as error:
        explanation = _explanation(path, error)
        if explanation is None:
            raise
        raise StoreError(explanation) from error


def _explanation(path: Path, error: sqlite3.Error) -> str | None:
    """What happened and what to do, or None for what can only be a bug of ours."""
    other = "or name another with --store"
    match getattr(error, "sqlite_errorcode", 0) & 0xFF:  # the low byte is the primary code
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return f"the store {path} is in use by another process. Wait until it has finished, {other}."
        case sqlite3.SQLITE_FULL:
            return f"the disk is full: the store {path} keeps what it had. Make room and run the same command again."
        case sqlite3.SQLITE_READONLY | sqlite3.SQLITE_PERM | sqlite3.SQLITE_AUTH:
            return f"the store {path} cannot be written: check the permissions, {other}."
        case sqlite3.SQLITE_CANTOPEN:
            return f"the store {path} cannot be opened: check the permissions of the file and its folder, {other}."
        case sqlite3.SQLITE_NOTADB:
            return f"{path} is no store of newsloom: it is not a database. Name another with --store."
        case sqlite3.SQLITE_CORRUPT | sqlite3.SQLITE_IOERR:
            return _damaged(path, error)
    return None


def _damaged(path: Path, error: Exception | str) -> str:
    return f"the store {path} is damaged ({error}). Move it away and build it again from the articles."
