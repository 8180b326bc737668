"""What the file of a store costs: bytes, and seconds of the processor to write, to look up and to read.

    python tests/benchmarks/store_file.py STORE [ARTICLES]

The readings are those of a store that was built from real articles, repeated under other names until there are as many
as asked for. The same readings as plain JSON in a bare table of SQLite, written in the same batches, are the reference.
"""

import os
import sqlite3
import sys
import tempfile
import time
from contextlib import contextmanager
from itertools import count, islice
from pathlib import Path

import msgspec

from newsloom.graph.store import Store, check, compact
from newsloom.graph.store.records import Said, encode
from newsloom.graph.types import Article, Reading

BATCH = 32
to_article = msgspec.json.Decoder(Article).decode
to_said = msgspec.json.Decoder(Said).decode


def renamed(reading: Reading, number: int) -> Reading:
    """The reading under another id of its article."""
    old = encode(reading.article.id)[1:-1]
    new = encode(f"{reading.article.id}x{number}")[1:-1]
    text = encode((reading.article, Said(reading.sentences, reading.mentions, reading.links)))
    for before in (b'"%s"', b'"%s:'):
        text = text.replace(before % old, before % new)
    article, said = msgspec.json.decode(text, type=tuple[Article, Said])
    return Reading(article, said.sentences, said.mentions, said.links)


def readings(path: str, number: int):
    """So many readings, those of the store again and again."""
    with Store.open(path, create=False) as store:
        real = list(store.readings())
    return islice((renamed(reading, turn) for turn in count() for reading in real), number)


@contextmanager
def timed(what: str, seconds: dict[str, float]):
    began = time.process_time()
    yield
    seconds[what] = seconds.get(what, 0.0) + time.process_time() - began


def plain(db: sqlite3.Connection, batch) -> None:
    """The reference: JSON as it is, one transaction."""
    db.execute("BEGIN IMMEDIATE")
    for reading in batch:
        said = encode(Said(reading.sentences, reading.mentions, reading.links))
        db.execute("INSERT INTO readings VALUES (?, ?, ?)", (reading.article.id, encode(reading.article), said))
    db.execute("COMMIT")


def main(path: str, number: int) -> None:
    seconds: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as folder:
        ours, theirs = Path(folder, "ours.db"), Path(folder, "plain.db")
        reference = sqlite3.connect(theirs, isolation_level=None)
        reference.execute("PRAGMA journal_mode = WAL")
        reference.execute("PRAGMA synchronous = FULL")
        reference.execute("CREATE TABLE readings (id TEXT PRIMARY KEY, article BLOB, said BLOB)")
        ids = []
        with Store.open(ours) as store:
            waiting = readings(path, number)
            while batch := list(islice(waiting, BATCH)):
                ids += [reading.article for reading in batch[:2]]
                with timed("write", seconds):
                    store.add_readings(batch, "reader")
                with timed("write plain JSON", seconds):
                    plain(reference, batch)
        reference.close()
        with Store.open(ours) as store:
            with timed("known, 500 articles", seconds):
                assert len(store.known(ids[:500])) == len(ids[:500])
            with timed("outdated, none", seconds):
                assert not list(store.outdated("reader"))
            one = [renamed(next(readings(path, 1)), 10**6)]
            with timed("add one", seconds):
                store.add_readings(one, "reader")
            with timed("compare with another reader", seconds):
                assert next(store.outdated("another"))
            with timed("read all", seconds):
                assert sum(1 for _ in store.readings()) == number + 1
        with timed("read all plain JSON", seconds):
            for _, article, said in sqlite3.connect(theirs).execute("SELECT * FROM readings"):
                to_article(article), to_said(said)
        with timed("check", seconds):
            assert not check(ours).faults
        with timed("compact", seconds):
            compact(ours)
        for what, file in (("bytes", ours), ("bytes of plain JSON", theirs)):
            size = os.path.getsize(file)
            print(f"{what:24} {size / 1e6:10.1f} MB  {size / number / 1e3:8.2f} kB an article")
    for what, took in seconds.items():
        print(f"{what:24} {took:10.3f} s   {took / number * 1e3:8.3f} ms an article")


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 20_000)
