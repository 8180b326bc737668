"""What is wrong in a store: the file, every record, and what one record says of another.

Memory does not grow with the store: what is met is written down in a temporary database of SQLite's.
"""

import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any, TypeVar

from msgspec import Struct

from ..types import Article, Relation
from .opening import Place
from .records import Said, Undecodable, digest, to_article, to_decision, to_node, to_relation, to_said
from .rescuing import Gap, rows
from .store import Store

MOST = 1000  # faults that are listed of one part
SCRATCH = """
CREATE TABLE articles (id TEXT PRIMARY KEY, length INTEGER) WITHOUT ROWID;
CREATE TABLE said (mention TEXT PRIMARY KEY, article TEXT) WITHOUT ROWID;
CREATE TABLE nodes (id TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE held (mention TEXT, node TEXT, PRIMARY KEY (mention, node)) WITHOUT ROWID;
CREATE TABLE resolved (mention TEXT PRIMARY KEY, node TEXT) WITHOUT ROWID;
"""
CROSSED = (
    ("SELECT * FROM resolved WHERE node NOT IN (SELECT id FROM nodes)", "it leads to node {}, which is not there"),
    ("SELECT * FROM resolved EXCEPT SELECT * FROM held", "it leads to node {}, which does not hold it"),
    ("SELECT * FROM held EXCEPT SELECT * FROM resolved", "node {} holds it, but it does not lead there"),
)
UNSAID = (
    "SELECT * FROM resolved WHERE mention NOT IN (SELECT mention FROM said)",
    "it leads to node {}, but no reading has it",
)
T = TypeVar("T")
Row = tuple[Any, ...]


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
    """The check of one open database.

    What records say of one another is looked at only while all of them could be read: else it follows from that.
    """

    def __init__(self, db: sqlite3.Connection, is_stale: bool):
        self._db = db
        self._is_stale = is_stale
        self._scratch = sqlite3.connect("", isolation_level=None)  # a temporary file
        self._scratch.executescript(SCRATCH)
        self._faults: list[Fault] = []
        self._number = Counter[str]()  # of faults by part
        self._met = Counter[str]()  # records by table
        self._is_readable = True

    def health(self) -> Health:
        """What is wrong, of each part up to `MOST` faults."""
        self._scratch.execute("BEGIN")
        self._file()
        self._articles()
        for _ in self._records("decisions", "decision", "position", to_decision):
            pass
        self._nodes()
        self._relations()
        self._resolution()
        self._scratch.close()
        for part, number in self._number.items():
            if number > MOST:
                self._faults.append(Fault(part, "", f"and {number - MOST} more faults of this kind"))
        met = self._met
        return Health(met["articles"], met["nodes"], met["relations"], self._is_stale, tuple(self._faults))

    def _blame(self, part: str, name: str, problem: str) -> None:
        self._number[part] += 1
        if self._number[part] <= MOST:
            self._faults.append(Fault(part, name, problem))

    def _unreadable(self, part: str, name: str, problem: object) -> None:
        self._blame(part, name, f"its record is damaged ({problem})")
        self._is_readable = False

    def _records(self, table: str, part: str, name: str, decode: Callable[[bytes], T]) -> Iterator[tuple[Row, T]]:
        """The rows of a table that can be decoded, each with its record; `name` is the column that names it."""
        for row in rows(self._db, table, f"{name}, *"):
            if isinstance(row, Gap):
                self._unreadable(part, str(row), row.problem)
                continue
            self._met[table] += 1
            try:
                record = decode(row[-1])
            except Undecodable as error:
                self._unreadable(part, str(row[1]), error)
                continue
            yield row, record

    def _file(self) -> None:
        """Whether SQLite finds its pages, indexes and keys in order."""
        try:
            for (line,) in self._db.execute("PRAGMA integrity_check"):
                for problem in line.splitlines():
                    if problem != "ok" and not problem.startswith("***"):
                        self._blame("file", "", problem)
            for table, row, parent, _ in self._db.execute("PRAGMA foreign_key_check"):
                self._blame("file", "", f"row {row} of {table} belongs to none of {parent}")
        except sqlite3.DatabaseError as error:
            self._blame("file", "", str(error))

    def _articles(self) -> None:
        """Whether articles are what was stored, and readings fit them."""
        for (position, id, _, _, content, *_), article in self._records("articles", "article", "id", to_article):
            if article.id != id or digest(article) != content:
                self._blame("article", id, "its record is not what was stored: its digest is another")
            self._scratch.execute("INSERT OR IGNORE INTO articles VALUES (?, ?)", (id, len(article.text)))
            try:
                row = self._db.execute("SELECT data FROM readings WHERE position = ?", (position,)).fetchone()
                said = to_said(row[0]) if row else None
            except (sqlite3.DatabaseError, *Undecodable) as error:
                self._unreadable("reading", id, error)
                continue
            for problem in _misread(article, said) if said else ["there is none"]:
                self._blame("reading", id, problem)
            mentions = ((mention.id, id) for mention in said.mentions) if said else ()
            self._scratch.executemany("INSERT OR IGNORE INTO said VALUES (?, ?)", mentions)

    def _nodes(self) -> None:
        for _, node in self._records("nodes", "node", "id", to_node):
            self._scratch.execute("INSERT OR IGNORE INTO nodes VALUES (?)", (node.id,))
            held = ((mention, node.id) for mention in getattr(node, "mentions", ()))
            self._scratch.executemany("INSERT OR IGNORE INTO held VALUES (?, ?)", held)

    def _relations(self) -> None:
        """Whether relations have their ends and their evidence."""
        for _, relation in self._records("relations", "relation", "position", to_relation):
            if not self._is_readable:
                continue
            name = f"{relation.source} {relation.type} {relation.target}"
            for end in (relation.source, relation.target):
                if not self._noted("SELECT 1 FROM nodes WHERE id = ?", end):
                    self._blame("relation", name, f"there is no node {end}")
            if not self._is_stale:
                for problem in self._unproven(relation):
                    self._blame("relation", name, problem)

    def _unproven(self, relation: Relation) -> Iterator[str]:
        """What is wrong with the evidence of a relation."""
        for one in relation.evidence:
            length = self._noted("SELECT length FROM articles WHERE id = ?", one.article)
            if length is None:
                yield f"its evidence is in article {one.article}, which is not there"
            elif not 0 <= one.start < one.end <= length:
                yield f"its evidence lies outside of the text of article {one.article} ({one.start} to {one.end})"
            for mention in filter(None, (one.source, one.target)):
                if self._noted("SELECT article FROM said WHERE mention = ?", mention) != one.article:
                    yield f"its evidence names mention {mention}, which article {one.article} has not"

    def _resolution(self) -> None:
        """Whether every mention leads to a node that is there and holds it, and the other way round."""
        try:
            resolved = self._db.execute("SELECT mention, node FROM resolution")
            self._scratch.executemany("INSERT OR IGNORE INTO resolved VALUES (?, ?)", resolved)
        except sqlite3.DatabaseError as error:
            self._unreadable("graph", "", error)
        if not self._is_readable:
            return
        for query, problem in CROSSED if self._is_stale else (*CROSSED, UNSAID):
            for mention, node in self._scratch.execute(query):
                self._blame("mention", mention, problem.format(node))

    def _noted(self, statement: str, value: str) -> Any:
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
