"""The format of the file: its tables, its version, and how a store of an earlier version becomes one of this.

To change the format, append a step to `STEPS`: the step at place n makes version n + 1 of version n, and a new store
goes through all of them. The steps that a file lacks run when it is opened for writing, in one transaction with the
count of them, so that what is killed in between leaves the file as it was. A step that was published stays as it is.
A table that weaving fills belongs into `GRAPH`, unless it can be empty beside a graph: a repair knows no others.
"""

import sqlite3
from collections.abc import Callable
from pathlib import Path

from ...schemas.errors import StoreError
from .records import pack, pack_short

APPLICATION = 0x4E4C4F4D  # "NLOM", in SQLite's application_id: tells our files from others'
Step = Callable[[sqlite3.Connection], None]


def _first(db: sqlite3.Connection) -> None:
    """The tables of the first format."""
    _run(
        db,
        """
        CREATE TABLE meta (key TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID;
        CREATE TABLE articles (
            position INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, digest TEXT NOT NULL,
            title TEXT, published TEXT, source TEXT, data BLOB NOT NULL
        );
        CREATE TABLE readings (
            article TEXT PRIMARY KEY REFERENCES articles (id) ON DELETE CASCADE,
            reader TEXT NOT NULL, data BLOB NOT NULL
        ) WITHOUT ROWID;
        CREATE TABLE nodes (
            position INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, kind TEXT, type TEXT, name TEXT, data BLOB NOT NULL
        );
        CREATE TABLE relations (
            position INTEGER PRIMARY KEY, source TEXT, type TEXT, target TEXT, confidence REAL, data BLOB NOT NULL
        );
        CREATE TABLE resolution (mention TEXT PRIMARY KEY, node TEXT NOT NULL) WITHOUT ROWID;
        CREATE TABLE refusals (origin TEXT, reason TEXT, PRIMARY KEY (origin, reason)) WITHOUT ROWID;
        """,
    )


def _read_anew(db: sqlite3.Connection) -> None:
    """Every article is read anew at the next build; until then the graph stays as it is.

    The first format knew of no cause that is denied or runs backwards in time, and an earlier newsloom would take one
    from this store for a fact.
    """
    db.execute("UPDATE readings SET reader = '' WHERE reader NOT LIKE 'import%'")


def _decisions(db: sqlite3.Connection) -> None:
    """What is decided by hand has a table; some stores of the second format have it already."""
    db.execute("CREATE TABLE IF NOT EXISTS decisions (position INTEGER PRIMARY KEY AUTOINCREMENT, data BLOB NOT NULL)")


def _packed(db: sqlite3.Connection) -> None:
    """Articles and readings are compressed; readings lie in the order of their articles and share names of readers."""
    db.create_function("pack", 1, pack, deterministic=True)
    _run(
        db,
        """
        CREATE TABLE readers (number INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
        INSERT INTO readers (name) SELECT DISTINCT reader FROM readings;
        ALTER TABLE readings RENAME TO plain;
        CREATE TABLE readings (
            position INTEGER PRIMARY KEY REFERENCES articles (position) ON DELETE CASCADE,
            reader INTEGER NOT NULL REFERENCES readers (number), data BLOB NOT NULL
        );
        INSERT INTO readings
            SELECT articles.position, number, pack(plain.data) FROM articles
            JOIN plain ON plain.article = articles.id JOIN readers ON name = plain.reader
            ORDER BY articles.position;
        DROP TABLE plain;
        CREATE INDEX readings_reader ON readings (reader);
        UPDATE articles SET data = pack(data);
        UPDATE meta SET value = pack(value) WHERE key IN ('schema', 'merges', 'dropped')
        """,
    )


def _short(db: sqlite3.Connection) -> None:
    """Nodes and relations are compressed, too."""
    db.create_function("pack_short", 1, pack_short, deterministic=True)
    db.execute("UPDATE nodes SET data = pack_short(data)")
    db.execute("UPDATE relations SET data = pack_short(data)")


def _grafts(db: sqlite3.Connection) -> None:
    """What is looked up when an article is put onto the graph: words, the articles they tell of, relations by ends.

    They are filled when all is woven the next time.
    """
    _run(
        db,
        """
        CREATE TABLE words (word TEXT PRIMARY KEY, holders INTEGER NOT NULL) WITHOUT ROWID;
        CREATE TABLE telling (
            word TEXT, article TEXT NOT NULL REFERENCES articles (id) ON DELETE CASCADE, PRIMARY KEY (word, article)
        ) WITHOUT ROWID;
        CREATE TABLE merges (position INTEGER PRIMARY KEY, data BLOB NOT NULL);
        CREATE INDEX relations_ends ON relations (source, target, type);
        """,
    )


STEPS: tuple[Step, ...] = (_first, _read_anew, _decisions, _packed, _short, _grafts)
VERSION = len(STEPS)
GRAPH = {  # what weaving makes: the columns of each table
    "nodes": "id, kind, type, name, data",
    "relations": "source, type, target, confidence, data",
    "resolution": "mention, node",
    "refusals": "origin, reason",
}
GRAFTS = ("words", "telling", "merges")  # what weaving makes beside it, so that an article can be put onto it
READABLE = 6  # the earliest version that can be read as it is


def check(db: sqlite3.Connection, file: Path, write: bool) -> None:
    """StoreError: the file is empty and only read, of another program, of a newer newsloom, or too old to be read."""
    version = _version(db)
    if is_empty(db):
        if not write:
            raise StoreError(f"{file} is empty. Make a store of it with `newsloom build`, or name another one.")
    elif _number(db, "PRAGMA application_id") != APPLICATION:
        raise StoreError(f"{file} is no store of newsloom, but another program's database. Name another with --store.")
    elif version > VERSION:
        raise StoreError(
            f"the store {file} was written by a newer newsloom (format {version}; this one knows {VERSION}). "
            "Upgrade newsloom."
        )
    elif version < READABLE and not write:
        raise StoreError(
            f"the store {file} is of an earlier newsloom (format {version}; this one reads {READABLE} and later). "
            f"Bring it up to date with `newsloom compact --store {file}`, or by the next build."
        )


def is_empty(db: sqlite3.Connection) -> bool:
    """Whether nothing was ever made in the file."""
    return _number(db, "SELECT count(*) FROM sqlite_schema") == 0


def upgrade(db: sqlite3.Connection) -> None:
    """The steps that the file has not gone through."""
    if _version(db) == VERSION:
        return
    db.execute("BEGIN IMMEDIATE")
    try:
        for step in STEPS[_version(db) :]:  # asked again: another process may have been faster
            step(db)
        db.execute(f"PRAGMA application_id = {APPLICATION}")
        db.execute(f"PRAGMA user_version = {VERSION}")
        db.execute("COMMIT")
    except BaseException:
        if db.in_transaction:
            db.execute("ROLLBACK")
        raise


def _version(db: sqlite3.Connection) -> int:
    return _number(db, "PRAGMA user_version")


def _run(db: sqlite3.Connection, statements: str) -> None:
    """Run some statements, in the transaction that is open."""
    for statement in filter(str.strip, statements.split(";")):
        db.execute(statement)


def _number(db: sqlite3.Connection, statement: str) -> int:
    return int(db.execute(statement).fetchone()[0])
