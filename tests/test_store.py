"""The store: what goes in comes out, whatever happens in between, and each thing that can go wrong is explained."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest
from msgspec import structs
from small import FIRST, SECOND, small_graph

from newsloom.graph.model import Graph
from newsloom.graph.store import VERSION, Store, opening
from newsloom.graph.store import store as room
from newsloom.graph.types import Article, Evidence, Reading, Relation
from newsloom.schemas.errors import StoreError

READER = "reader 1"


@pytest.fixture
def graph():
    return small_graph()


@pytest.fixture
def path(tmp_path, graph):
    file = tmp_path / "newsloom.db"
    with Store.open(file) as store:
        store.add_readings(graph.readings, READER)
        store.replace_graph(graph, store.revision, READER)
    return file


def test_a_graph_comes_back_as_it_was(path, graph):
    with Store.open(path, create=False) as store:
        back = store.load()
    assert back.readings == graph.readings
    assert list(back.nodes.items()) == list(graph.nodes.items())
    assert back.relations == graph.relations
    assert back.resolution == graph.resolution
    assert back.schema.digest == graph.schema.digest


def test_closing_leaves_one_file(path):
    with Store.open(path, create=False) as store:
        store.load()
    assert os.listdir(path.parent) == [path.name]


def test_known_means_the_same_content(path):
    other_title = structs.replace(FIRST, title="Another title")
    other_file = structs.replace(SECOND, origin="elsewhere.txt")
    with Store.open(path) as store:
        assert store.known([FIRST, SECOND]) == {"a1", "a2"}
        assert store.known([other_title, other_file]) == {"a2"}


def test_a_changed_article_replaces_the_old_one_in_its_place(path):
    changed = structs.replace(FIRST, text="Iran said nothing.")
    with Store.open(path) as store:
        store.add_readings([Reading(changed, ((0, 18),), (), ())], READER)
        assert [reading.article for reading in store.readings()] == [changed, SECOND]


def test_readings_of_another_reader_are_outdated(path):
    with Store.open(path) as store:
        assert list(store.outdated(READER)) == []
        assert list(store.outdated("reader 2")) == [FIRST, SECOND]


def test_readings_without_a_graph_of_them_are_noticed(path, graph):
    with Store.open(path) as store:
        assert not store.is_stale
        before = store.revision
        store.add_readings(graph.readings[:1], READER)
        assert store.is_stale
        store.replace_graph(graph, before, READER)  # woven before the reading came
        assert store.is_stale
        store.replace_graph(graph, store.revision, READER)
        assert not store.is_stale


def test_a_failing_batch_leaves_nothing(path, graph):
    def batch():
        yield Reading(Article("a3", "Text."), (), (), ())
        raise KeyboardInterrupt

    with Store.open(path) as store:
        with pytest.raises(KeyboardInterrupt):
            store.add_readings(batch(), READER)
        assert [reading.article.id for reading in store.readings()] == ["a1", "a2"]
        assert not store.is_stale


def test_a_store_without_a_graph_says_that_its_build_was_cut_off(tmp_path, graph):
    with Store.open(tmp_path / "s.db") as store:
        store.add_readings(graph.readings, READER)
        with pytest.raises(StoreError, match="cut off"):
            store.load()


def test_a_missing_store(tmp_path):
    with pytest.raises(StoreError, match=r"there is no store .*newsloom build"):
        Store.open(tmp_path / "none.db", create=False)
    assert os.listdir(tmp_path) == []


def test_a_missing_folder(tmp_path):
    with pytest.raises(StoreError, match="there is no folder"):
        Store.open(tmp_path / "none" / "s.db")


def test_a_folder_is_no_store(tmp_path):
    with pytest.raises(StoreError, match="it is a folder"):
        Store.open(tmp_path)


@pytest.mark.parametrize("create", [True, False])
def test_a_file_that_is_no_database(tmp_path, create):
    file = tmp_path / "notes.txt"
    file.write_text("Iran launched drones at Israel on Saturday. " * 50)
    with pytest.raises(StoreError, match="not a database"):
        Store.open(file, create)
    assert file.read_text().startswith("Iran launched")


def test_a_database_of_another_program(tmp_path):
    file = tmp_path / "theirs.db"
    connection = sqlite3.connect(file)
    connection.execute("CREATE TABLE songs (title TEXT)")
    connection.close()
    with pytest.raises(StoreError, match="another program's database"):
        Store.open(file)


def test_a_newer_store_is_refused(path):
    connection = sqlite3.connect(path)
    connection.execute(f"PRAGMA user_version = {VERSION + 1}")
    connection.close()
    with pytest.raises(StoreError, match=r"newer newsloom.*Upgrade"):
        Store.open(path)


def test_a_damaged_store(path):
    content = bytearray(path.read_bytes())
    content[5000:] = os.urandom(len(content) - 5000)
    path.write_bytes(content)
    with pytest.raises(StoreError, match="is damaged"), Store.open(path, create=False) as store:
        store.load()


def test_a_record_that_is_none(path):
    connection = sqlite3.connect(path)
    connection.execute('UPDATE nodes SET data = \'{"kind": "event"}\'')
    connection.commit()
    connection.close()
    with pytest.raises(StoreError, match="is damaged"), Store.open(path, create=False) as store:
        store.load()


def test_a_store_that_another_process_writes_to(path, graph, monkeypatch):
    monkeypatch.setattr(opening, "WAIT", 0.05)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with Store.open(path) as store:
        assert store.load().nodes == graph.nodes  # reading goes on
        with pytest.raises(StoreError, match="in use by another process"):
            store.add_readings(graph.readings, READER)
        other.execute("ROLLBACK")
        store.add_readings(graph.readings, READER)
    other.close()


def test_a_full_disk_loses_nothing(path, graph):
    with Store.open(path) as store:
        pages = store._db.execute("PRAGMA page_count").fetchone()[0]
        store._db.execute(f"PRAGMA max_page_count = {pages}")
        long = Reading(Article("a3", os.urandom(200_000).hex()), (), (), ())
        with pytest.raises(StoreError, match="disk is full"):
            store.add_readings([long], READER)
    with Store.open(path, create=False) as store:
        assert store.load().readings == graph.readings


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="the superuser may write anywhere")
def test_a_folder_that_cannot_be_written(path, graph):
    path.parent.chmod(0o500)
    try:
        with Store.open(path, create=False) as store:
            assert store.load().nodes == graph.nodes
        with pytest.raises(StoreError, match="permissions"):
            Store.open(path.parent / "new.db")
    finally:
        path.parent.chmod(0o700)


WRITER = """
import sys
from newsloom.graph.model import Graph
from newsloom.graph.store import Store
from newsloom.graph.types import Article, Evidence, Reading, Relation

with Store.open(sys.argv[1]) as store:
    for batch in range(10_000):
        ids = [f"{batch}-{n}" for n in range(32)]
        store.add_readings([Reading(Article(id, "Some text. " * 200), (), (), ()) for id in ids], "r")
        print(batch, flush=True)
"""


@pytest.mark.parametrize("nth", range(3))
def test_being_killed_loses_no_batch_and_leaves_no_half_one(tmp_path, nth):
    file = tmp_path / "s.db"
    writer = subprocess.Popen([sys.executable, "-c", WRITER, str(file)], stdout=subprocess.PIPE, text=True)
    assert writer.stdout is not None
    told = [writer.stdout.readline() for _ in range(3 + nth)]
    time.sleep(0.003 * nth)
    writer.send_signal(signal.SIGKILL)
    told += writer.stdout.readlines()
    writer.wait()
    writer.stdout.close()
    with Store.open(file) as store:
        ids = [reading.article.id for reading in store.readings()]
    batches = len(ids) // 32
    assert len(ids) % 32 == 0
    assert batches >= len([line for line in told if line.endswith("\n")])
    assert ids == [f"{batch}-{n}" for batch in range(batches) for n in range(32)]


def test_paths_with_odd_characters(tmp_path, graph):
    file = Path(tmp_path, "a ? # %20 é.db")
    with Store.open(file) as store:
        store.add_readings(graph.readings, READER)
    assert os.listdir(tmp_path) == [file.name]


def test_a_folder_that_cannot_be_entered(path, monkeypatch):
    monkeypatch.setattr(os.path, "exists", lambda _: False)
    monkeypatch.setattr(os, "access", lambda *_: False)
    monkeypatch.setattr(room, "connect", lambda *_: sqlite3.connect(f"file:{path}/none?mode=ro", uri=True))
    with pytest.raises(StoreError, match="cannot be opened: check the permissions"):
        Store.open(path, create=False)


def test_causes_keep_their_status(tmp_path, graph):
    said = Evidence("a2", 0, 9, "r", 0.8, claimed_by="actor/israel", factuality="negated")
    denied = Relation("event/strike", "causes", "event/vow", 0.29, (said,), "negated", backwards=True)
    link = structs.replace(graph.readings[1].links[0], factuality="hypothetical", claimed_by="a2:40-46:actor")
    readings = (graph.readings[0], structs.replace(graph.readings[1], links=(link,)))
    changed = Graph(graph.schema, readings, graph.nodes.values(), [denied], graph.resolution)
    with Store.open(tmp_path / "s.db") as store:
        store.add_readings(readings, READER)
        store.replace_graph(changed, store.revision, READER)
        back = store.load()
    assert back.relations == (denied,)
    assert back.readings == readings
