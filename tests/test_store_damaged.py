"""What can happen to a file: each time one sentence that says what to do, and nothing of it is destroyed."""

import os
import random
import sqlite3
import subprocess
import sys
from contextlib import suppress
from hashlib import sha256

import batches
import pytest
from msgspec import structs

from newsloom.graph.decisions import merged
from newsloom.graph.store import IMPORTED, Store, check, repair, tables
from newsloom.graph.types import Evidence
from newsloom.schemas.errors import StoreError

PAGE = 4096
SIZE = 12  # batches


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """The bytes of a store that is whole."""
    path = tmp_path_factory.mktemp("built") / "s.db"
    batches.build(path, SIZE)
    with Store.open(path) as store:
        graph = store.load()
        store.add_decision(merged(graph, graph.nodes["actor/Ada"], graph.nodes["actor/Bea"]))
        store.replace_graph(graph, store.revision, batches.READER)
    return path.read_bytes()


@pytest.fixture
def path(tmp_path, built):
    (tmp_path / "s.db").write_bytes(built)
    return tmp_path / "s.db"


def change(path, *statements):
    db = sqlite3.connect(path)
    for statement in statements:
        db.execute(statement)
    db.commit()
    db.close()


def pages(path, table):
    """The numbers of the pages of a table or index, as far as SQLite was built to tell."""
    db = sqlite3.connect(path)
    try:
        found = db.execute("SELECT pageno FROM dbstat WHERE name = ? AND pagetype = 'leaf'", (table,)).fetchall()
    except sqlite3.OperationalError:
        pytest.skip("this SQLite has no dbstat")
    finally:
        db.close()
    return [number for (number,) in found]


def overwrite(path, first, size, seed=1):
    with open(path, "r+b") as file:
        file.seek(first)
        file.write(random.Random(seed).randbytes(size))


def one_sentence(error):
    """The message of an error, which is one line and says what to do."""
    message = str(error.value)
    assert "\n" not in message
    assert message.endswith(".")
    return message


# what is no store, or none of ours


def _notes(path):
    path.write_text("Nothing of this is a database. " * 500)


def _songs(path):
    change(path, "CREATE TABLE songs (title TEXT)", "INSERT INTO songs VALUES ('a song')")


def _newer(path):
    with Store.open(path):
        pass
    change(path, f"PRAGMA user_version = {tables.VERSION + 1}")


@pytest.mark.parametrize("write", [True, False])
@pytest.mark.parametrize(
    ("make", "said"),
    [(_notes, "it is not a database"), (_songs, "another program's database"), (_newer, "written by a newer newsloom")],
)
def test_what_is_no_store_of_ours_stays_as_it_is(tmp_path, make, said, write):
    file = tmp_path / "theirs.db"
    make(file)
    before = file.read_bytes()
    with pytest.raises(StoreError, match=said) as error:
        Store.open(file, write)
    one_sentence(error)
    with pytest.raises(StoreError) as error:
        repair(file)
    one_sentence(error)
    assert file.read_bytes() == before
    assert os.listdir(tmp_path) == [file.name]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes of POSIX")
@pytest.mark.parametrize("write", [True, False])
def test_a_pipe_is_no_store(tmp_path, write):
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(StoreError, match="a device, a pipe or a socket") as error:
        Store.open(tmp_path / "pipe", write)
    one_sentence(error)


def test_an_empty_file_is_filled_and_not_read(tmp_path):
    (tmp_path / "s.db").touch()
    for use in (lambda path: Store.open(path, create=False), check, repair):
        with pytest.raises(StoreError, match="is empty") as error:
            use(tmp_path / "s.db")
        one_sentence(error)
    batches.build(tmp_path / "s.db", 1)
    assert check(tmp_path / "s.db").faults == ()


# what a disk can do


def _fill(path, folder="."):
    """Add batches in another process until something happens: its exit code and what it says."""
    script = (
        "import batches, itertools, sys\nfrom newsloom.graph.store import Store, StoreError\n"
        "try:\n    with Store.open(sys.argv[1]) as store:\n"
        "        for n in itertools.count(100): store.add_readings(batches.readings(n), 'r')\n"
        "except StoreError as error: sys.exit(str(error))\n"
    )
    environment = {**os.environ, "PYTHONPATH": os.path.dirname(__file__)}
    command = f'ulimit -f 400; exec "{sys.executable}" -c "$1" "$2"' if folder == "." else 'exec "$3" -c "$1" "$2"'
    done = subprocess.run(
        ["sh", "-c", command, "sh", script, path, sys.executable], env=environment, capture_output=True, text=True
    )
    return done.returncode, done.stderr


@pytest.mark.skipif(os.name != "posix", reason="limits of POSIX")
def test_a_file_that_may_not_grow_keeps_what_it_had(path):
    code, said = _fill(path)
    assert code == 1
    assert "Traceback" not in said
    assert said.count("\n") == 1
    assert "keeps what it had" in said
    assert check(path).faults == ()
    assert _count(path) % batches.SIZE == 0
    assert _count(path) > SIZE * batches.SIZE


def _count(path):
    with Store.open(path, create=False) as store:
        return len(list(store.readings()))


@pytest.fixture
def small_disk(tmp_path, built):
    """A disk of 1 MB with a store on it, where the user may mount one."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "none", disk], capture_output=True)
    if mounted.returncode:
        pytest.skip("only the superuser can mount a small disk")
    (disk / "s.db").write_bytes(built)
    yield disk
    subprocess.run(["umount", "-l", disk], check=True)


def test_a_full_disk_keeps_what_it_had(small_disk):
    code, said = _fill(small_disk / "s.db", small_disk)
    assert code == 1
    assert said.startswith("the disk is full: the store ")
    assert said.count("\n") == 1
    assert check(small_disk / "s.db").faults == ()
    assert _count(small_disk / "s.db") % batches.SIZE == 0


def test_a_disk_that_may_only_be_read_is_read(small_disk):
    subprocess.run(["mount", "-o", "remount,ro", small_disk], check=True)
    path = small_disk / "s.db"
    assert _count(path) == SIZE * batches.SIZE
    assert check(path).faults == ()
    for write in (lambda: Store.open(path), lambda: Store.open(small_disk / "new.db"), lambda: repair(path)):
        with pytest.raises(StoreError, match="cannot be written: check the permissions") as error:
            write()
        one_sentence(error)


# what can become of its bytes


@pytest.mark.parametrize("seed", range(12))
def test_whatever_is_overwritten_is_told_in_a_sentence_and_mended_as_far_as_can_be(path, seed):
    """Some bytes, some pages, or the end: never another error than ours, and the damaged file is kept as it is."""
    chance = random.Random(seed)
    size = path.stat().st_size
    if seed % 3 == 0:
        for _ in range(5):
            overwrite(path, chance.randrange(size - 10), 10, seed)
    elif seed % 3 == 1:
        for _ in range(3):
            overwrite(path, chance.randrange(1, size // PAGE) * PAGE, PAGE, seed)
    else:
        os.truncate(path, chance.randrange(PAGE, size))
    before = path.read_bytes()
    for use in (_load, check):
        with suppress(StoreError):
            use(path)
    assert path.read_bytes() == before
    try:
        done = repair(path)
    except StoreError as error:
        if "nothing of" not in str(error):
            raise
        assert path.read_bytes() == before
        return
    assert _digest(done.kept) == sha256(before).digest()
    health = check(path)
    assert health.faults == ()
    assert health.is_stale
    batches.build(path, SIZE)  # what was lost is read again, and all is woven
    _whole(path)


def _load(path):
    with Store.open(path, create=False) as store:
        store.load()


def _digest(file):
    with open(file, "rb") as content:
        return sha256(content.read()).digest()


def _whole(path):
    """The store has every article, its reading and the graph of them; not always in the first order."""
    with Store.open(path, create=False) as store:
        for article in store.outdated(batches.READER):
            pytest.fail(f"{article.id} was not read again")
        graph = store.load()
    expected = batches.woven(batches.all_readings(SIZE))
    assert sorted(graph.readings, key=lambda r: r.article.id) == sorted(expected.readings, key=lambda r: r.article.id)
    assert graph.nodes.keys() == expected.nodes.keys()
    assert graph.resolution == expected.resolution
    assert check(path) == structs.replace(check(path), faults=(), is_stale=False)


def test_a_header_that_is_overwritten_costs_nothing(path):
    overwrite(path, 0, 100)
    with pytest.raises(StoreError, match=r"not a database.*looks for what is left") as error:
        check(path)
    one_sentence(error)
    done = repair(path)
    assert (done.lost, done.articles, done.again, done.decisions, done.has_graph) == ((), 48, 0, 1, True)
    _load(path)


@pytest.mark.parametrize("page", [1, "articles", "readings"])
def test_where_no_way_leads_to_rows_they_are_found_all_the_same(path, page):
    """The first page, or that from which the way to all rows of a table begins."""
    number = page if page == 1 else _root(path, page)
    overwrite(path, (number - 1) * PAGE, PAGE)
    done = repair(path)
    assert (done.articles, done.again, done.decisions) == (SIZE * batches.SIZE, 0, 1)
    batches.build(path, SIZE)
    _whole(path)


def test_what_was_removed_does_not_come_back(path):
    change(path, "PRAGMA foreign_keys = ON", "DELETE FROM articles WHERE position > 20")
    overwrite(path, (_root(path, "articles") - 1) * PAGE, PAGE)
    assert repair(path).articles == 20


def _root(path, table):
    db = sqlite3.connect(path)
    number = db.execute("SELECT rootpage FROM sqlite_schema WHERE name = ?", (table,)).fetchone()[0]
    db.close()
    return number


def test_a_damaged_page_of_articles_costs_these_articles(path):
    number = pages(path, "articles")[1]
    overwrite(path, (number - 1) * PAGE, PAGE)
    faults = check(path).faults
    assert any(fault.part == "article" and "rows" in fault.name for fault in faults)
    done = repair(path)
    assert 0 < SIZE * batches.SIZE - done.articles < 16
    assert done.again == 0
    assert done.decisions == 1
    assert not done.has_graph
    with pytest.raises(StoreError, match="holds no graph yet"):
        _load(path)


def test_a_damaged_reading_costs_no_article(path):
    number = pages(path, "readings")[2]
    overwrite(path, (number - 1) * PAGE, PAGE)
    assert {fault.part for fault in check(path).faults} <= {"file", "reading"}
    done = repair(path)
    assert done.articles == SIZE * batches.SIZE
    assert 0 < done.again == len(done.lost) < 8
    with Store.open(path) as store:
        assert len(list(store.outdated(batches.READER))) == done.again


def test_a_damaged_reading_of_what_was_imported_is_imported_again(path):
    change(path, f"UPDATE readers SET name = '{IMPORTED} ' || name")
    change(path, "UPDATE readings SET data = x'00' WHERE position = 3")
    done = repair(path)
    assert [str(fault) for fault in done.lost] == ["article 0-2: its reading is damaged: import it again"]
    assert done.articles == SIZE * batches.SIZE - 1


def test_a_log_that_is_damaged_costs_what_was_not_yet_in_the_file(tmp_path, path):
    """The log of a process that was killed: what stands in front of the damage comes back."""
    with Store.open(path) as store:
        for batch in range(SIZE, SIZE + 4):
            store.add_readings(batches.readings(batch), batches.READER)
        file, log = path.read_bytes(), path.with_name("s.db-wal").read_bytes()
    copy = tmp_path / "copy.db"
    for start in (0, len(log) // 2, len(log) - 5000):
        copy.write_bytes(file)
        copy.with_name("copy.db-wal").write_bytes(log)
        overwrite(copy.with_name("copy.db-wal"), start, 3000)
        assert check(copy).faults == ()
        assert SIZE * batches.SIZE <= _count(copy) < (SIZE + 4) * batches.SIZE
    os.remove(copy)


def test_the_log_stays_with_the_file_that_is_kept(tmp_path, path):
    with Store.open(path) as store:
        store.add_readings(batches.readings(SIZE), batches.READER)
        file, log = path.read_bytes(), path.with_name("s.db-wal").read_bytes()
    copy = tmp_path / "copy.db"
    copy.write_bytes(file)
    copy.with_name("copy.db-wal").write_bytes(log)
    change_nothing = repair(copy)
    assert change_nothing.articles == (SIZE + 1) * batches.SIZE
    assert sorted(name for name in os.listdir(tmp_path) if name.startswith("copy")) == [
        "copy.db",
        "copy.db.damaged",
        "copy.db.damaged-wal",
    ]
    assert (tmp_path / "copy.db.damaged-wal").read_bytes() == log
    assert repair(copy).kept.endswith("copy.db.damaged-2")


def test_a_repair_that_is_cut_off_leaves_the_store(path, monkeypatch):
    overwrite(path, (pages(path, "readings")[2] - 1) * PAGE, PAGE)
    before = path.read_bytes()
    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            repair(path)
    assert path.read_bytes() == before
    assert repair(path).articles == SIZE * batches.SIZE


# what records say of one another


def test_a_store_that_is_whole_has_no_faults(path):
    health = check(path)
    assert (health.articles, health.nodes, health.is_stale, health.faults) == (48, 58, False, ())


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("UPDATE articles SET digest = 'other' WHERE id = '0-1'", "article 0-1: its record is not what was stored"),
        ("UPDATE articles SET data = x'7b7d' WHERE id = '0-1'", "article 0-1: its record is damaged"),
        ("UPDATE readings SET data = substr(data, 5) WHERE position = 2", "reading 0-1: its record is damaged"),
        ("DELETE FROM readings WHERE position = 2", "reading 0-1: there is none"),
        ("UPDATE nodes SET data = '{}' WHERE id = 'actor/Ada'", "node actor/Ada: its record is damaged"),
        ("DELETE FROM nodes WHERE id = 'article/0-1'", "reported-in article/0-1: there is no node article/0-1"),
        ("DELETE FROM nodes WHERE id = 'actor/Ada'", "it leads to node actor/Ada, which is not there"),
        ("UPDATE resolution SET node = 'actor/Bea' WHERE node = 'actor/Ada'", "which does not hold it"),
        ("DELETE FROM resolution WHERE node = 'actor/Ada'", "node actor/Ada holds it, but it does not lead there"),
        ("UPDATE relations SET data = '[]' WHERE position = 1", "relation 1: its record is damaged"),
        ("UPDATE decisions SET data = '[]'", "decision 1: its record is damaged"),
        ("DELETE FROM articles WHERE id = '0-1'", "its evidence is in article 0-1, which is not there"),
    ],
)
def test_what_does_not_fit_is_told(path, statement, said):
    change(path, statement)
    assert any(said in str(fault) for fault in check(path).faults)
    repair(path)
    assert check(path).faults == ()


def test_evidence_outside_of_its_article_is_told(path):
    with Store.open(path) as store:
        graph = store.load()
        far = Evidence("0-1", 5, 100_000, "r", 1.0, source="0-2:0-3:actor")
        strange = structs.replace(graph.relations[0], evidence=(far,))
        graph.relations = (strange, *graph.relations[1:])
        store.replace_graph(graph, store.revision, batches.READER)
    said = " ".join(map(str, check(path).faults))
    assert "its evidence lies outside of the text of article 0-1 (5 to 100000)" in said
    assert "which article 0-1 has not" in said


def test_a_graph_that_is_older_than_its_readings_is_no_fault(path):
    with Store.open(path) as store:
        store.add_readings(batches.readings(SIZE), batches.READER)
    assert check(path).is_stale
    assert check(path).faults == ()
