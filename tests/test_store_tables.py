"""The format of the file: what an earlier newsloom wrote becomes what this one reads, whole or not at all."""

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256

import pytest
from small import FIRST, SECOND, small_graph

from newsloom.graph.store import VERSION, Store, compact, tables
from newsloom.graph.store.examples import EXAMPLES
from newsloom.graph.store.records import (
    Said,
    Undecodable,
    digest,
    encode,
    pack_short,
    to_node,
    to_relation,
    unpack_short,
)
from newsloom.graph.types import Relation
from newsloom.schemas.errors import StoreError

READER = "newsloom 0.0"


def old_store(path, version):
    """A store of the small graph as a newsloom of format 1, 2 or 3 wrote it."""
    graph = small_graph()
    db = sqlite3.connect(path, isolation_level=None)
    db.execute("PRAGMA journal_mode = WAL")
    for step in tables.STEPS[:version]:
        step(db)
    for a, reading in zip((FIRST, SECOND), graph.readings, strict=True):
        db.execute(
            "INSERT INTO articles (id, digest, title, published, source, data) VALUES (?, ?, ?, ?, ?, ?)",
            (a.id, digest(a), a.title, a.published, a.source, encode(a)),
        )
        said = encode(Said(reading.sentences, reading.mentions, reading.links))
        db.execute("INSERT INTO readings VALUES (?, ?, ?)", (a.id, READER, said))
    for node in graph.nodes.values():
        db.execute(
            "INSERT INTO nodes (id, kind, type, name, data) VALUES (?, ?, ?, ?, ?)",
            (node.id, node.kind, node.type, node.name, encode(node)),
        )
    for r in graph.relations:
        db.execute(
            "INSERT INTO relations (source, type, target, confidence, data) VALUES (?, ?, ?, ?, ?)",
            (r.source, r.type, r.target, r.confidence, encode(r)),
        )
    db.executemany("INSERT INTO resolution VALUES (?, ?)", graph.resolution.items())
    schema, nothing = encode(graph.schema.raw), encode(())
    meta = {"revision": b"1", "woven": b"1", "reader": READER.encode(), "schema": schema, "dropped": nothing}
    db.executemany("INSERT INTO meta VALUES (?, ?)", {**meta, "merges": nothing}.items())
    db.execute(f"PRAGMA application_id = {tables.APPLICATION}")
    db.execute(f"PRAGMA user_version = {version}")
    db.close()


@pytest.fixture(params=[1, 2, 3])
def old(tmp_path, request):
    old_store(tmp_path / "old.db", request.param)
    return tmp_path / "old.db"


def test_a_new_store_is_of_this_version(tmp_path):
    with Store.open(tmp_path / "s.db") as store, store.reading() as db:
        assert db.execute("PRAGMA user_version").fetchone() == (VERSION,)
        assert db.execute("PRAGMA application_id").fetchone() == (tables.APPLICATION,)
        assert db.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_what_reads_an_earlier_store_says_what_to_do(old):
    with pytest.raises(StoreError, match=r"of an earlier newsloom \(format \d; .* `newsloom compact --store"):
        Store.open(old, create=False)


def test_an_earlier_store_keeps_all_that_it_holds(old):
    graph = small_graph()
    was_first = sqlite3.connect(old).execute("PRAGMA user_version").fetchone() == (1,)
    compact(old)
    with Store.open(old, create=False) as store:
        back = store.load()
        assert list(store.outdated(READER)) == ([FIRST, SECOND] if was_first else [])
        assert list(store.outdated("another")) == [FIRST, SECOND]
        assert store.known([FIRST, SECOND]) == {"a1", "a2"}
        assert store.known([FIRST], READER) == (set() if was_first else {"a1"})
        assert store.decisions() == {}
        assert not store.is_stale
    assert back.readings == graph.readings
    assert list(back.nodes.items()) == list(graph.nodes.items())
    assert back.relations == graph.relations
    assert back.resolution == graph.resolution
    assert back.schema.digest == graph.schema.digest


def test_a_store_of_format_4_is_brought_up_to_date(tmp_path, monkeypatch):
    graph, path = small_graph(), tmp_path / "old.db"
    with monkeypatch.context() as patch:
        patch.setattr(tables, "STEPS", tables.STEPS[:4])
        patch.setattr(tables, "VERSION", 4)
        with Store.open(path) as store:
            store.add_readings(graph.readings, READER)
    with pytest.raises(StoreError, match=r"earlier newsloom \(format 4; this one reads 6"):
        Store.open(path, create=False)
    compact(path)
    with Store.open(path) as store:
        assert list(store.readings()) == list(graph.readings)
        store.replace_graph(graph, store.revision, READER)
    assert Store.open(path, create=False).load().relations == graph.relations


@pytest.mark.parametrize("record", [*small_graph().nodes.values(), *small_graph().relations])
def test_short_records_are_what_they_were(record):
    packed = pack_short(encode(record))
    assert (to_relation if isinstance(record, Relation) else to_node)(packed) == record
    assert len(packed) < len(encode(record)) * 0.7
    with pytest.raises(Undecodable):
        unpack_short(packed[:-5] + bytes([packed[-5] ^ 1]) + packed[-4:])


def test_the_words_that_short_records_refer_to_never_change():
    """Whoever changes them cannot read any store: a new format needs words of its own."""
    assert sha256(EXAMPLES).hexdigest() == "a360ac430ef2fcbe0e0a391a241286a67fb28889c7b2c85ba8974b44fca2c722"
    assert (
        to_relation(
            bytes.fromhex(
                "28b52ffd64b5000d0200786c61756e636869726161392c3236341000e12e13449022784c6387286449301661c08b80ef8b48"
                "d88be0ac817c017606e0f990c9222a1805c032a1180630321087b2aedc"
            )
        )
        == small_graph().relations[0]
    )


def test_many_threads_pack_at_once():
    records = [encode(node) for node in small_graph().nodes.values()] * 50
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(lambda data: unpack_short(pack_short(data)), records)) == records


def test_what_was_imported_is_not_read_anew(tmp_path):
    old_store(tmp_path / "old.db", 1)
    db = sqlite3.connect(tmp_path / "old.db")
    db.execute("UPDATE readings SET reader = 'import 1' WHERE article = 'a1'")
    db.commit()
    db.close()
    with Store.open(tmp_path / "old.db") as store:
        assert list(store.outdated(READER)) == [SECOND]


def test_a_step_that_fails_leaves_the_file_as_it_was(old, monkeypatch):
    def broken(db):
        db.execute("DROP TABLE nodes")
        raise KeyboardInterrupt

    version = sqlite3.connect(old).execute("PRAGMA user_version").fetchone()
    with monkeypatch.context() as patch:
        patch.setattr(tables, "STEPS", (*tables.STEPS, broken))
        patch.setattr(tables, "VERSION", len(tables.STEPS))
        with pytest.raises(KeyboardInterrupt):
            Store.open(old)
    db = sqlite3.connect(old)
    assert db.execute("PRAGMA user_version").fetchone() == version
    assert db.execute("SELECT count(*) FROM nodes").fetchone() == (len(small_graph().nodes),)
    db.close()
    with Store.open(old) as store:
        assert store.load().relations == small_graph().relations


def test_a_newer_step_runs_once(tmp_path, monkeypatch):
    with Store.open(tmp_path / "s.db"):
        pass
    calls = []
    monkeypatch.setattr(tables, "STEPS", (*tables.STEPS, calls.append))
    monkeypatch.setattr(tables, "VERSION", len(tables.STEPS))
    for _ in range(2):
        with Store.open(tmp_path / "s.db"):
            pass
    assert len(calls) == 1
    monkeypatch.undo()
    with pytest.raises(StoreError, match=r"newer newsloom.*Upgrade"):
        Store.open(tmp_path / "s.db", create=False)
