"""What is wrong in a store: the file, every record, and what one record says of another.

Memory does not grow with the store: what is met is written down in a temporary database of SQLite's.
"""

import sqlite3
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any

from msgspec import Struct

from ..types import Article, Node, Relation
from .opening import Place
from .records import Said, Undecodable, digest, to_article, to_decision, to_node, to_relation, to_said
from .rescuing import Gap, rows
from .store import Store

MOST = 1000  # faults that are listed of one kind
SCRATCH = """
CREATE TABLE articles (id TEXT PRIMARY KEY, length INTEGER) WITHOUT ROWID;
CREATE TABLE said (mention TEXT PRIMARY KEY, article TEXT) WITHOUT ROWID;
CREATE TABLE nodes (id TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE held (mention TEXT, node TEXT, PRIMARY KEY (mention, node)) WITHOUT ROWID;
CREATE TABLE resolved (mention TEXT PRIMARY KEY, node TEXT) WITHOUT ROWID;
"""


class Fault(Struct, frozen=True):
    """One thing that is wrong: in the file, an article, a reading, a decision, the graph, a node or a relation."""

    part: str
    name: str
    problem: str

    def __str__(self) -> str:
        return f"{self.part} {self.name}: {self.problem}" if self.name else f"{self.part}: {self.problem}"

    @property
    def is_of_graph(self) -> bool:
        """Whether weaving again mends it."""
        return self.part in ("graph", "node", "relation", "mention")


class Health(Struct, frozen=True):
    """What was looked at, and what is wrong; `is_stale` when the graph is older than its readings, or missing."""

    articles: int
    nodes: int
    relations: int
    is_stale: bool
    faults: tuple[Fault, ...]


def check(path: Place) -> Health:
    """What is wrong in the store in that file; StoreError when it cannot be opened.

    What is in it is looked at as it is at one moment, though another process may be writing.
    """
    with Store.open(path, create=False) as store, store.reading() as db:
        return Examination(db, store.is_stale).health()


class Examination:
    """The check of one open database."""

    def __init__(self, db: sqlite3.Connection, is_stale: bool):
        self._db = db
        self._is_stale = is_stale
        self._scratch = sqlite3.connect("", isolation_level=None)  # a temporary file
        self._scratch.executescript(SCRATCH)
        self._counts = dict.fromkeys(("articles", "nodes", "relations"), 0)

    def health(self) -> Health:
        """What is wrong, each kind of it up to `MOST` times."""
        self._scratch.execute("BEGIN")
        parts = (
            self._file(),
            self._articles(),
            self._decisions(),
            self._nodes(),
            self._relations(),
            self._resolution(),
        )
        faults = tuple(chain.from_iterable(_some(part) for part in parts))
        self._scratch.close()
        return Health(**self._counts, is_stale=self._is_stale, faults=faults)

    def _file(self) -> Iterator[Fault]:
        try:
            for (line,) in self._db.execute("PRAGMA integrity_check"):
                if line != "ok":
                    yield Fault("file", "", line)
            for table, row, parent, _ in self._db.execute("PRAGMA foreign_key_check"):
                yield Fault("file", "", f"row {row} of {table} belongs to none of {parent}")
        except sqlite3.DatabaseError as error:
            yield Fault("file", "", str(error))

    def _articles(self) -> Iterator[Fault]:
        """Faults of articles, each followed by those of its reading."""
        for row in rows(self._db, "articles", "id, digest, data"):
            if isinstance(row, Gap):
                yield Fault("article", str(row), row.problem)
                continue
            position, id, content, data = row
            self._counts["articles"] += 1
            try:
                article = to_article(data)
            except Undecodable as error:
                yield Fault("article", id, f"its record is damaged ({error})")
                continue
            if article.id != id or digest(article) != content:
                yield Fault("article", id, "its record is not what was stored: its digest is another")
            self._scratch.execute("INSERT OR IGNORE INTO articles VALUES (?, ?)", (id, len(article.text)))
            yield from self._reading(position, article)

    def _reading(self, position: int, article: Article) -> Iterator[Fault]:
        try:
            row = self._db.execute("SELECT data FROM readings WHERE position = ?", (position,)).fetchone()
            said = to_said(row[0]) if row else None
        except (sqlite3.DatabaseError, *Undecodable) as error:
            yield Fault("reading", article.id, f"its record is damaged ({error})")
            return
        if said is None:
            yield Fault("reading", article.id, "there is none")
            return
        for problem in _misread(article, said):
            yield Fault("reading", article.id, problem)
        self._scratch.executemany(
            "INSERT OR IGNORE INTO said VALUES (?, ?)", ((mention.id, article.id) for mention in said.mentions)
        )

    def _decisions(self) -> Iterator[Fault]:
        for row in rows(self._db, "decisions", "data"):
            if isinstance(row, Gap):
                yield Fault("decision", str(row), row.problem)
                continue
            try:
                to_decision(row[1])
            except Undecodable as error:
                yield Fault("decision", str(row[0]), f"its record is damaged ({error})")

    def _nodes(self) -> Iterator[Fault]:
        for row in rows(self._db, "nodes", "id, data"):
            if isinstance(row, Gap):
                yield Fault("node", str(row), row.problem)
                continue
            self._counts["nodes"] += 1
            try:
                node: Node = to_node(row[2])
            except Undecodable as error:
                yield Fault("node", row[1], f"its record is damaged ({error})")
                continue
            self._scratch.execute("INSERT OR IGNORE INTO nodes VALUES (?)", (node.id,))
            held = ((mention, node.id) for mention in getattr(node, "mentions", ()))
            self._scratch.executemany("INSERT OR IGNORE INTO held VALUES (?, ?)", held)

    def _relations(self) -> Iterator[Fault]:
        for row in rows(self._db, "relations", "data"):
            if isinstance(row, Gap):
                yield Fault("relation", str(row), row.problem)
                continue
            self._counts["relations"] += 1
            try:
                relation: Relation = to_relation(row[1])
            except Undecodable as error:
                yield Fault("relation", f"row {row[0]}", f"its record is damaged ({error})")
                continue
            name = f"{relation.source} {relation.type} {relation.target}"
            for end in (relation.source, relation.target):
                if not self._met("SELECT 1 FROM nodes WHERE id = ?", end):
                    yield Fault("relation", name, f"there is no node {end}")
            if not self._is_stale:
                yield from (Fault("relation", name, problem) for problem in self._unproven(relation))

    def _unproven(self, relation: Relation) -> Iterator[str]:
        """What is wrong with the evidence of a relation."""
        for one in relation.evidence:
            length = self._met("SELECT length FROM articles WHERE id = ?", one.article)
            if length is None:
                yield f"its evidence is in article {one.article}, which is not there"
            elif not 0 <= one.start < one.end <= length:
                yield f"its evidence lies outside of the text of article {one.article} ({one.start} to {one.end})"
            for mention in filter(None, (one.source, one.target)):
                if self._met("SELECT article FROM said WHERE mention = ?", mention) != one.article:
                    yield f"its evidence names mention {mention}, which article {one.article} has not"

    def _resolution(self) -> Iterator[Fault]:
        """Whether every mention leads to a node that is there and holds it, and the other way round."""
        try:
            resolved = self._db.execute("SELECT mention, node FROM resolution")
            self._scratch.executemany("INSERT OR IGNORE INTO resolved VALUES (?, ?)", resolved)
        except sqlite3.DatabaseError as error:
            yield Fault("graph", "", f"it cannot be read to which nodes mentions lead ({error})")
        rows = "SELECT mention, node FROM resolved WHERE node NOT IN (SELECT id FROM nodes)"
        for mention, node in self._scratch.execute(rows):
            yield Fault("mention", mention, f"it leads to node {node}, which is not there")
        rows = "SELECT mention, node FROM resolved EXCEPT SELECT mention, node FROM held"
        for mention, node in self._scratch.execute(rows):
            yield Fault("mention", mention, f"it leads to node {node}, which does not hold it")
        rows = "SELECT mention, node FROM held EXCEPT SELECT mention, node FROM resolved"
        for mention, node in self._scratch.execute(rows):
            yield Fault("mention", mention, f"node {node} holds it, but it does not lead there")
        if not self._is_stale:
            rows = "SELECT mention, node FROM resolved WHERE mention NOT IN (SELECT mention FROM said)"
            for mention, node in self._scratch.execute(rows):
                yield Fault("mention", mention, f"it leads to node {node}, but no reading has it")

    def _met(self, statement: str, value: str) -> Any:
        row = self._scratch.execute(statement, (value,)).fetchone()
        return row[0] if row else None


def _misread(article: Article, said: Said) -> Iterator[str]:
    """What in a reading does not fit its article."""
    known = {mention.id for mention in said.mentions}
    for start, end in said.sentences:
        if not 0 <= start <= end <= len(article.text):
            yield f"a sentence lies outside of the text ({start} to {end})"
    for mention in said.mentions:
        span = mention.span
        if span.article != article.id:
            yield f"mention {mention.id} belongs to article {span.article}"
        elif not mention.is_coded and article.text[span.start : span.end] != mention.text:
            yield f"mention {mention.id} is not what stands there"
    for link in said.links:
        for unknown in {link.source, link.target} - known:
            yield f"a link {link.type} has an end that is no mention, {unknown}"


def _some(faults: Iterable[Fault]) -> Iterator[Fault]:
    """The faults, of which only the first are listed."""
    number = 0
    for number, fault in enumerate(faults, 1):
        if number <= MOST:
            yield fault
    if number > MOST:
        yield Fault(fault.part, "", f"and {number - MOST} more faults of its kind")
