"""Several processes at one store: any number read, one writes, and the next one waits or is told."""

import os
import subprocess
import sys
import threading
import time

import batches
import pytest

from newsloom.graph.store import Store, compact, locking
from newsloom.schemas.errors import StoreError, UsageError

posix = pytest.mark.skipif(os.name != "posix", reason="locks of POSIX")
HOLD = """
import sys
from newsloom.graph.store import Store

with Store.open(sys.argv[1]):
    print("open", flush=True)
    sys.stdin.read()
"""
REWEAVE = """
import sys
import batches
from newsloom.graph.store import Store

readings = batches.all_readings(8)
whole, half = batches.woven(readings), batches.woven(readings[:16])
with Store.open(sys.argv[1]) as store:
    print("open", flush=True)
    for turn in range(int(sys.argv[2])):
        store.replace_graph(half if turn % 2 else whole, store.revision, f"reader {turn % 2}")
"""
READ = """
import sys
from newsloom.graph.store import Store

seen = set()
for _ in range(int(sys.argv[2])):
    with Store.open(sys.argv[1], create=False) as store:
        graph = store.load()
    names = {end for relation in graph.relations for end in (relation.source, relation.target)}
    assert names <= graph.nodes.keys()
    assert set(graph.resolution.values()) <= graph.nodes.keys()
    held = sum(len(node.mentions) for node in graph.nodes.values() if node.kind == "actor")
    assert held == len(graph.resolution)
    seen.add(len(graph.resolution))
print(*sorted(seen))
"""


def process(script, *arguments):
    return subprocess.Popen(
        [sys.executable, "-c", script, *map(str, arguments)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": os.path.dirname(__file__)},
    )


@pytest.fixture
def path(tmp_path):
    batches.build(tmp_path / "s.db", 8)
    return tmp_path / "s.db"


@pytest.fixture
def holder(path):
    """Another process that has the store open for writing."""
    with process(HOLD, path) as other:
        assert other.stdout.readline() == "open\n"
        yield other
        other.kill()


def test_two_processes_read_whole_graphs_while_one_writes(path):
    with process(REWEAVE, path, 40) as writer:
        assert writer.stdout.readline() == "open\n"
        readers = [process(READ, path, 12) for _ in range(2)]
        answers = [reader.communicate() for reader in readers]
        assert writer.poll() is None or writer.returncode == 0
        _, told = writer.communicate()
    assert writer.returncode == 0, told
    for reader, (seen, told) in zip(readers, answers, strict=True):
        assert reader.returncode == 0, told
        assert set(seen.split()) <= {"1920", "960"}


def test_a_long_reading_sees_one_moment(path):
    """Between two rows that one process reads, another one replaces all of them."""
    with Store.open(path, create=False) as reader, reader.reading():
        before = reader.reader
        with process(REWEAVE, path, 1) as writer:
            assert writer.wait(20) == 0
        assert reader.reader == before
        assert len(list(reader.readings())) == 32
        graph = reader.refusals(), reader.edition
    with Store.open(path, create=False) as reader:
        assert reader.reader != before
        assert (reader.refusals(), reader.edition) != graph


@posix
def test_a_second_writer_is_told_who_writes(path, holder):
    with pytest.raises(StoreError, match=rf"in use by another process \(pid {holder.pid}, since 20.*NEWSLOOM_WAIT"):
        Store.open(path, wait=0.1)
    with Store.open(path, create=False) as store:  # reading is not hindered
        assert len(store.load().readings) == 32


@posix
def test_a_second_writer_waits(path, holder):
    threading.Timer(0.3, holder.stdin.close).start()
    began = time.monotonic()
    with Store.open(path, wait=20):
        assert 0.2 < time.monotonic() - began < 15


@posix
def test_a_writer_that_is_killed_hinders_nobody(path, holder):
    assert os.path.exists(f"{path}-lock")
    holder.kill()
    holder.wait()
    assert os.path.exists(f"{path}-lock")  # left behind, and not locked
    with Store.open(path, wait=0):
        pass
    assert not os.path.exists(f"{path}-lock")


@posix
def test_who_waits_longer_than_a_turn_gets_the_next_one(path):
    """A lock file that is removed while another process has it open is no lock any more."""
    first = locking.Turn.take(path, 0)
    late = os.open(f"{path}-lock", os.O_RDWR)
    first.end()
    assert not locking._is_at(late, f"{path}-lock")
    os.close(late)
    second = locking.Turn.take(path, 0)
    first.end()  # does nothing, and above all not to the lock of another
    assert os.path.exists(f"{path}-lock")
    second.end()


@posix
def test_a_link_to_a_store_is_the_same_store(path, holder):
    link = path.with_name("link.db")
    link.symlink_to(path)
    with pytest.raises(StoreError, match="in use by another process"):
        Store.open(link, wait=0)


@posix
def test_compact_waits_for_its_turn(path, holder):
    with pytest.raises(StoreError, match="in use by another process"):
        compact(path, wait=0)


@posix
def test_how_long_to_wait_is_told_by_the_environment(path, holder, monkeypatch):
    monkeypatch.setenv("NEWSLOOM_WAIT", "0.1")
    with pytest.raises(StoreError, match="in use by another process"):
        Store.open(path)
    for wrong in ("soon", "-1", "nan", "1e99"):
        monkeypatch.setenv("NEWSLOOM_WAIT", wrong)
        with pytest.raises(UsageError, match="NEWSLOOM_WAIT is"):
            Store.open(path)


def test_many_processes_make_one_store(tmp_path):
    """Whoever comes first makes the tables; each adds its own."""
    script = (
        "import sys, batches\nfrom newsloom.graph.store import Store\n"
        "with Store.open(sys.argv[1], wait=60) as store: store.add_readings(batches.readings(int(sys.argv[2])), 'r')"
    )
    writers = [process(script, tmp_path / "s.db", number) for number in range(5)]
    for writer in writers:
        _, told = writer.communicate()
        assert writer.returncode == 0, told
    with Store.open(tmp_path / "s.db", create=False) as store:
        assert len(list(store.readings())) == 5 * batches.SIZE
        assert store.revision == 5
    assert os.listdir(tmp_path) == ["s.db"]
