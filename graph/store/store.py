"""The store as the rest of the house sees it."""

import re
import sqlite3
from collections.abc import Collection, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from hashlib import sha256
from itertools import chain, islice
from pathlib import Path
from typing import Any, Self

from ...schemas.errors import NotFound, StoreError
from ...schemas.loader import schema_from
from ...schemas.types import Schema
from ..model import Graph
from ..types import Article, Decision, Graft, Merge, Node, Reading, Refusal, Relation, Woven, most_doubtful
from .locking import Turn
from .opening import Place, check_place, connect, patience
from .records import (
    Said,
    Undecodable,
    digest,
    encode,
    pack_short,
    packed,
    to_any,
    to_article,
    to_counts,
    to_decision,
    to_dropped,
    to_merge,
    to_merges,
    to_node,
    to_relation,
    to_said,
)
from .shelf import Shelf
from .stock import Stock
from .tables import GRAFTS, GRAPH
from .telling import damaged, explained

ASKED = 500  # articles that are looked up at once
IMPORTED = "import"  # how the readers begin whose readings are of no text that could be read again


class Store:
    """An open database. Use it as a context manager, or `close` it."""

    def __init__(self, path: Path, connection: sqlite3.Connection, turn: Turn | None = None):
        self.path = path
        self._db = connection
        self._turn = turn

    @classmethod
    def open(cls, path: Place, create: bool = True, wait: float | None = None) -> Self:
        """The store in that file, made first if need be; without `create` it is only read, and must be there.

        One process at a time has it open for writing, any number read meanwhile. Another one that wants to write waits
        for it for `wait` seconds (None: as NEWSLOOM_WAIT says, else 5). StoreError when it cannot be opened, is no
        store of newsloom, of a newer version, or in use for longer.
        """
        file = Path(path)
        seconds = patience() if wait is None else wait
        check_place(file, create)
        with ExitStack() as undone, explained(file):
            turn = Turn.take(file, seconds) if create else None
            if turn:
                undone.callback(turn.end)
            store = cls(file, connect(file, create, seconds), turn)
            undone.pop_all()
        return store

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the file; what was added is already safe."""
        self._db.close()
        if self._turn:
            self._turn.end()

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
        known: set[str] = set()
        waiting = iter(articles)
        while batch := {article.id: article for article in islice(waiting, ASKED)}:
            rows = (
                f"SELECT id, digest FROM articles JOIN readings USING (position) WHERE id IN ({_places(batch)})"
                " AND (? IS NULL OR reader = (SELECT number FROM readers WHERE name = ?))"
            )
            stored = self._rows(rows, *batch, reader, reader)
            known |= {id for id, content in stored if content == digest(batch[id])}
        return known

    def outdated(self, reader: str) -> Iterator[Article]:
        """The articles whose reading is of another reader, to be read again; what was imported never is."""
        rows = "SELECT position FROM readings JOIN readers ON reader = number WHERE name <> ? AND name NOT LIKE ?"
        waiting = iter(sorted(position for (position,) in self._rows(rows, reader, f"{IMPORTED}%")))
        while batch := list(islice(waiting, ASKED)):
            found = f"SELECT data FROM articles WHERE position IN ({_places(batch)}) ORDER BY position"
            yield from [self._decoded(to_article, data) for (data,) in self._rows(found, *batch)]

    def add_readings(self, readings: Iterable[Reading], reader: str) -> None:
        """Add some readings, in one transaction; one of an article that is there replaces it.

        `reader` says what read them: another program, schema or knowledge is another reader. That of what was coded
        elsewhere begins with `IMPORTED`.
        """
        with self._writing() as db:
            db.execute("INSERT OR IGNORE INTO readers (name) VALUES (?)", (reader,))
            number = next(self._rows("SELECT number FROM readers WHERE name = ?", reader))[0]
            for reading in readings:
                a = reading.article
                (position,) = db.execute(
                    "INSERT INTO articles (id, digest, title, published, source, data) VALUES (?, ?, ?, ?, ?, ?)"
                    " ON CONFLICT (id) DO UPDATE SET digest=excluded.digest, title=excluded.title,"
                    " published=excluded.published, source=excluded.source, data=excluded.data RETURNING position",
                    (a.id, digest(a), a.title, a.published, a.source, packed(a)),
                ).fetchone()
                said = packed(Said(reading.sentences, reading.mentions, reading.links))
                db.execute("INSERT OR REPLACE INTO readings VALUES (?, ?, ?)", (position, number, said))
            self._set_meta("revision", self.revision + 1)

    def replace_graph(self, graph: Graph, revision: int, reader: str) -> None:
        """Put a graph in the place of the one before, in one transaction; `revision` is that of its readings."""
        woven = Woven(graph.nodes, graph.relations, graph.resolution, graph.dropped, graph.merges)
        self.keep(woven, graph.schema, graph.refused, revision, reader)

    def remove(self, articles: Iterable[str]) -> None:
        """Forget some articles, by their ids, and what was read of them, in one transaction."""
        with self._writing() as db:
            ids = [(id,) for id in articles]
            db.executemany("DELETE FROM readings WHERE position = (SELECT position FROM articles WHERE id = ?)", ids)
            db.executemany("DELETE FROM articles WHERE id = ?", ids)
            self._set_meta("revision", self.revision + 1)

    def keep(self, woven: Woven, schema: Schema, refused: Iterable[Refusal], revision: int, reader: str) -> None:
        """Put what was woven of all readings in the place of the graph before, in one transaction.

        `refused` is what the build left out; `revision` is that of the readings, `reader` what read them.
        """
        with self._writing() as db:
            for table in (*GRAPH, *GRAFTS):
                db.execute(f"DELETE FROM {table}")
            nodes = woven.nodes.values()
            db.executemany(
                "INSERT INTO nodes (id, kind, type, name, data) VALUES (?, ?, ?, ?, ?)",
                ((node.id, node.kind, node.type, node.name, pack_short(encode(node))) for node in nodes),
            )
            db.executemany(
                "INSERT INTO relations (source, type, target, confidence, data) VALUES (?, ?, ?, ?, ?)",
                ((r.source, r.type, r.target, r.confidence, pack_short(encode(r))) for r in woven.relations),
            )
            db.executemany("INSERT INTO resolution VALUES (?, ?)", woven.resolution.items())
            refusals = ((refusal.origin, refusal.reason) for refusal in refused)
            db.executemany("INSERT OR IGNORE INTO refusals VALUES (?, ?)", refusals)
            self._set_meta("schema", packed(schema.raw))
            self._set_meta("dropped", packed(woven.dropped))
            self._set_meta("merges", packed(woven.merges))
            db.executemany("INSERT INTO words VALUES (?, ?)", woven.holders.items())
            words = ((word, article) for article, own in woven.telling.items() for word in own)
            db.executemany("INSERT OR IGNORE INTO telling VALUES (?, ?)", words)
            self._set_meta("woven", revision)
            self._set_meta("reader", reader)
            self._set_meta("size", len(woven.telling))
            self._set_meta("grafted", 0)
            self._set_meta("counts", encode(self._counted()))

    def stock(self) -> Stock:
        """The graph as far as one article needs it."""
        return Stock(self._rows, self._decoded, self.corpus(), self.size)

    @property
    def size(self) -> int:
        """How many articles there were when all was woven last; 0 where an article cannot be put onto the graph."""
        return int(self._meta("size") or 0)

    @property
    def grafted(self) -> int:
        """How many articles were put onto the graph since all was woven last."""
        return int(self._meta("grafted") or 0)

    def put(self, graft: Graft, article: Article, refused: Iterable[Refusal], revision: int | None) -> None:
        """Put an article onto the graph, in one transaction; `revision` is that of the readings, once all are put so.

        `refused` is what was left out beside it.
        """
        counts = self.counts()
        with self._writing() as db:
            for node in graft.nodes:
                row = node.kind, node.type, node.name, pack_short(encode(node)), node.id
                if not db.execute("UPDATE nodes SET kind=?, type=?, name=?, data=? WHERE id=?", row).rowcount:
                    db.execute("INSERT INTO nodes (kind, type, name, data, id) VALUES (?, ?, ?, ?, ?)", row)
                    if node.kind != "article":
                        counts[f"{node.kind}s"] += 1
            for r in graft.relations:
                line = r.confidence, pack_short(encode(r)), r.source, r.type, r.target
                ends = "source=? AND type=? AND target=?"
                if not db.execute(f"UPDATE relations SET confidence=?, data=? WHERE {ends}", line).rowcount:
                    columns = "(confidence, data, source, type, target)"
                    db.execute(f"INSERT INTO relations {columns} VALUES (?, ?, ?, ?, ?)", line)
                    counts["relations"] += 1
            db.executemany("INSERT OR REPLACE INTO resolution VALUES (?, ?)", graft.resolution.items())
            db.executemany("INSERT INTO merges (data) VALUES (?)", ((encode(merge),) for merge in graft.merges))
            told = ((word, article.id) for word in graft.telling)
            db.executemany("INSERT OR IGNORE INTO telling VALUES (?, ?)", told)
            refusals = ((refusal.origin, refusal.reason) for refusal in refused)
            db.executemany("INSERT OR IGNORE INTO refusals VALUES (?, ?)", refusals)
            counts["articles"] += 1
            counts["undated"] += article.published is None
            self._set_meta("counts", encode(counts))
            self._set_meta("grafted", self.grafted + 1)
            if revision is not None:
                self._set_meta("woven", revision)

    def decisions(self) -> dict[int, Decision]:
        """What was decided by hand, by its number, in the order in which it was."""
        rows = self._rows("SELECT position, data FROM decisions ORDER BY position")
        return {position: self._decoded(to_decision, data) for position, data in rows}

    def add_decision(self, decision: Decision) -> int:
        """The number of a decision, from now on the latest; one that is there already moves to the end."""
        with self._writing() as db:
            data = encode(decision)
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

    def readings(self) -> Iterator[Reading]:
        """Every reading, in the order in which the articles came."""
        rows = "SELECT articles.data, readings.data FROM articles JOIN readings USING (position) ORDER BY position"
        for article, data in self._rows(rows):
            said = self._decoded(to_said, data)
            yield Reading(self._decoded(to_article, article), said.sentences, said.mentions, said.links)

    def nodes(self) -> Iterator[Node]:
        """Every node of the graph as it was woven last, one at a time."""
        return (self._decoded(to_node, data) for (data,) in self._rows("SELECT data FROM nodes ORDER BY position"))

    def relations(self) -> Iterator[Relation]:
        """Every relation of the graph as it was woven last, one at a time."""
        rows = self._rows("SELECT data FROM relations ORDER BY position")
        return (self._decoded(to_relation, data) for (data,) in rows)

    def names(self, start: str, limit: int, kind: str | None = None) -> list[tuple[str, str]]:
        """The ids and names of nodes (of a kind) whose name or id begins so, in any case, at most so many of each."""
        like = re.sub(r"([%_\\])", r"\\\1", start) + "%"
        rows = (
            "SELECT id, name FROM nodes WHERE {} LIKE ? ESCAPE '\\' AND (? IS NULL OR kind = ?)"
            " ORDER BY position LIMIT ?"
        )
        asked = (self._rows(rows.format(column), like, kind, kind, limit) for column in ("name", "id"))
        return [(id, name) for id, name in dict.fromkeys(chain(*asked))]

    def corpus(self) -> Shelf:
        """The readings as they are woven."""
        return Shelf(self._rows, self._decoded)

    def counts(self) -> dict[str, int]:
        """How many articles, undated ones of them, nodes of each kind, and relations there are."""
        counts = self._meta("counts")
        return self._decoded(to_counts, counts) if counts else self._counted()

    def _counted(self) -> dict[str, int]:
        kinds = dict(self._rows("SELECT kind, count(*) FROM nodes GROUP BY kind"))
        several = {
            "articles": "readings",
            "undated": "articles JOIN readings USING (position) WHERE published IS NULL",
            "relations": "relations",
        }
        totals = {name: self._number(f"SELECT count(*) FROM {table}") for name, table in several.items()}
        return {**totals, **{f"{kind}s": kinds.get(kind, 0) for kind in ("event", "actor", "place")}}

    def refusals(self) -> list[Refusal]:
        """What the build of the graph left out."""
        return [Refusal(*row) for row in self._rows("SELECT origin, reason FROM refusals")]

    @property
    def schema(self) -> Schema | None:
        """The schema of the graph as it was woven last, or None when there is no graph yet."""
        raw = self._meta("schema")
        if raw is None:
            return None
        return schema_from(self._decoded(to_any, raw), f"the schema in {self.path}")

    def load(self) -> Graph:
        """The graph as it was woven last; StoreError when there is none yet."""
        with self.reading():  # all of it from one moment, though another process may be writing
            schema = self.schema
            if schema is None or self._meta("woven") is None:
                self._check()
                raise StoreError(
                    f"the store {self.path} holds no graph yet: its build was cut off. Run the build again."
                )
            dropped = self._meta("dropped")
            return Graph(
                schema,
                self.readings(),
                self.nodes(),
                self.relations(),
                dict(self._rows("SELECT mention, node FROM resolution")),
                self.refusals(),
                self._decoded(to_dropped, dropped) if dropped else (),
                self._merges(),
            )

    def _merges(self) -> tuple[Merge, ...]:
        """Why mentions are one, the doubtful first."""
        kept = self._meta("merges")
        all_at_once = self._decoded(to_merges, kept) if kept else ()
        later = [self._decoded(to_merge, data) for (data,) in self._rows("SELECT data FROM merges ORDER BY position")]
        return tuple(sorted((*all_at_once, *later), key=most_doubtful)) if later else all_at_once

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """The database, as it is at one moment: what another process writes meanwhile is not seen."""
        with explained(self.path):
            self._db.execute("BEGIN")
            try:
                yield self._db
            finally:
                if self._db.in_transaction:
                    self._db.execute("ROLLBACK")  # which, unlike COMMIT, ends what stumbled over a damaged page

    def compact(self, cleaning: Iterable[str] = ()) -> tuple[int, bool]:
        """Run some statements, then write the file anew without gaps: the rows that went, and whether a reader is in
        the way of making the file smaller at once (it becomes so when the next writer closes it).
        """
        with self._writing() as db:
            gone = sum(db.execute(statement).rowcount for statement in cleaning)
        with explained(self.path):
            self._db.execute("VACUUM")
            (is_busy, *_) = self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        return gone, bool(is_busy)

    def _check(self) -> None:
        """StoreError when the file is damaged, so that what is not found in it may be there."""
        found = next(self._rows("PRAGMA quick_check(1)"))[0]
        if found != "ok":
            raise StoreError(damaged(self.path, found))

    def _number(self, statement: str) -> int:
        return int(self._db.execute(statement).fetchone()[0])

    def _meta(self, key: str) -> bytes | None:
        row = next(self._rows("SELECT value FROM meta WHERE key = ?", key), None)
        return row[0] if row else None

    def _set_meta(self, key: str, value: bytes | str | int) -> None:
        blob = value if isinstance(value, bytes) else str(value).encode()
        self._db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, blob))

    def _rows(self, statement: str, *parameters: Any) -> Iterator[tuple[Any, ...]]:
        with explained(self.path):
            yield from iter(self._db.execute(statement, parameters).fetchone, None)

    def _decoded(self, decode: Any, data: bytes) -> Any:
        try:
            return decode(data)
        except Undecodable as error:
            raise StoreError(damaged(self.path, error)) from error

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        """A transaction that writes: all of it is kept, or nothing."""
        with explained(self.path):
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield self._db
                self._db.execute("COMMIT")
            except BaseException:
                if self._db.in_transaction:
                    self._db.execute("ROLLBACK")
                raise


def _places(values: Collection[Any]) -> str:
    """As many places for parameters as there are values: `?, ?`."""
    return ", ".join("?" * len(values))
