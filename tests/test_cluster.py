"""A Dask cluster reads and gathers what this machine would, though a worker is killed. The reading is faked."""

import os
import signal
from collections.abc import Iterator

import msgspec
import pytest
from faking import DeadlyDesk, DeadlyGatherer, FastDesk, SlowGatherer
from msgspec import structs
from repeated import over_years

from newsloom import building, gathering
from newsloom.graph.corpus import Held
from newsloom.graph.pipeline import weave_corpus
from newsloom.graph.types import Article
from newsloom.schemas.errors import NewsloomError, UsageError

distributed = pytest.importorskip("distributed")
ARTICLES = [Article(f"{n}", f"Anna{n} hits Bert.", origin="news.txt") for n in range(60)]


def started(workers: int) -> "distributed.LocalCluster":
    options = {"threads_per_worker": 1, "processes": True, "dashboard_address": "127.0.0.1:0", "silence_logs": 50}
    return distributed.LocalCluster(n_workers=workers, host="127.0.0.1", **options)


@pytest.fixture(scope="module", autouse=True)
def pause() -> Iterator[None]:
    os.environ["FAKING_PAUSE"] = "0.02"
    yield
    del os.environ["FAKING_PAUSE"]


@pytest.fixture(scope="module")
def cluster(pause) -> Iterator["distributed.LocalCluster"]:
    with started(workers=2) as made:
        yield made


@pytest.fixture
def deserted(monkeypatch) -> Iterator["distributed.LocalCluster"]:
    """A cluster that may lose its only worker, which is noticed after a second."""
    from newsloom.engines import cluster

    monkeypatch.setattr(cluster, "MANNED", 1)
    monkeypatch.setattr(cluster, "LOOKS", 0.2)
    with started(workers=1) as made:
        yield made


@pytest.fixture(scope="module")
def readings(demo):
    return over_years(demo, 3)


@pytest.fixture(autouse=True)
def small_batches(monkeypatch):
    monkeypatch.setattr(building, "BATCH", 4)


def address(cluster) -> str:
    return cluster.scheduler_address.replace("tcp://", "dask://")


def kill_one(cluster) -> None:
    worker = next(iter(cluster.workers.values()))
    os.kill(worker.process.process.pid, signal.SIGKILL)


def test_a_worker_is_killed_and_the_readings_are_the_same(cluster, schema, knowledge):
    bad = Article("x", "Crash.", origin="bad.txt")
    desk = DeadlyDesk(schema, knowledge, engine=address(cluster))
    readings = []
    for number, batch in enumerate(desk.read([*ARTICLES[:30], bad, *ARTICLES[30:]])):
        if number == 2:
            kill_one(cluster)
        readings += batch
    assert readings == FastDesk(schema, knowledge).read_batch(ARTICLES)
    assert [refusal.origin for refusal in desk.refused] == ["bad.txt, article x"]


def test_an_article_that_kills_ends_no_worker(cluster, schema, knowledge):
    pids = {worker.process.process.pid for worker in cluster.workers.values()}
    desk = DeadlyDesk(schema, knowledge, engine=address(cluster))
    read = [reading.article.id for batch in desk.read([*ARTICLES[:6], Article("x", "Kill.")]) for reading in batch]
    assert read == ["0", "1", "2", "3", "4", "5"]
    assert "ended the process that read it: SIGKILL" in desk.refused[0].reason
    assert pids == {worker.process.process.pid for worker in cluster.workers.values()}


def test_a_build_on_a_cluster(cluster, schema, knowledge, monkeypatch, tmp_path):
    monkeypatch.setattr(building, "Desk", FastDesk)
    far = building.run(ARTICLES, schema=schema, knowledge=knowledge, store=tmp_path / "far.db", engine=address(cluster))
    near = building.run(ARTICLES, schema=schema, knowledge=knowledge, store=tmp_path / "near.db", jobs=1)
    assert far.graph.readings == near.graph.readings
    assert far.graph.nodes == near.graph.nodes


def test_a_worker_that_would_read_otherwise_is_told(cluster, schema, knowledge, monkeypatch):
    monkeypatch.setattr(building, "__version__", "99")
    desk = FastDesk(schema, knowledge, engine=address(cluster))
    with pytest.raises(NewsloomError, match=r"the worker .* has other models"):
        list(desk.read(ARTICLES))


def test_a_scheduler_that_does_not_answer_is_told(schema, knowledge, monkeypatch):
    from newsloom.engines import cluster

    monkeypatch.setattr(cluster, "REACHED", "500ms")
    desk = FastDesk(schema, knowledge, engine="dask://127.0.0.1:9")
    with pytest.raises(NewsloomError, match=r"no Dask scheduler answers at 127\.0\.0\.1:9 .*dask scheduler"):
        list(desk.read(ARTICLES))


def test_a_cluster_that_loses_all_workers_is_told(deserted, schema, knowledge):
    batches = FastDesk(schema, knowledge, engine=address(deserted)).read(ARTICLES)
    next(batches)
    deserted.scale(0)
    with pytest.raises(NewsloomError, match=r"has had no workers for 1 seconds.*goes on from there"):
        list(batches)


def test_what_a_cluster_without_workers_leaves_is_woven_here(deserted, readings, schema, knowledge, monkeypatch):
    monkeypatch.setattr(gathering, "BATCH", 4)
    by = gathering.gathering(1, address(deserted))

    def left(gatherer, happenings):
        for number, told in enumerate(by(SlowGatherer(gatherer.schema, gatherer.rarity, gatherer.denied), happenings)):
            if number == 1:
                deserted.scale(0)
            yield told

    corpus = Held(readings)
    far = weave_corpus(corpus, schema, knowledge, (), left)
    assert msgspec.json.encode(far) == msgspec.json.encode(weave_corpus(corpus, schema, knowledge))


def test_dask_is_named_when_it_is_missing(schema, knowledge, monkeypatch):
    import sys

    monkeypatch.setitem(sys.modules, "distributed", None)
    monkeypatch.delitem(sys.modules, "newsloom.engines.cluster", raising=False)
    desk = FastDesk(schema, knowledge, engine="dask://127.0.0.1:9")
    with pytest.raises(UsageError, match=r"pip install 'newsloom\[dask\]'"):
        list(desk.read(ARTICLES))


def test_what_is_woven_on_a_cluster_is_the_same(cluster, readings, schema, knowledge, monkeypatch):
    monkeypatch.setattr(gathering, "BATCH", 4)
    corpus = Held(readings)
    far = weave_corpus(corpus, schema, knowledge, (), gathering.gathering(1, address(cluster)))
    assert msgspec.json.encode(far) == msgspec.json.encode(weave_corpus(corpus, schema, knowledge))


def test_a_worker_is_killed_while_all_is_woven(cluster, readings, schema, knowledge, monkeypatch):
    monkeypatch.setattr(gathering, "BATCH", 4)
    by = gathering.gathering(1, address(cluster))
    asked = []

    def killing(gatherer, happenings):
        for number, told in enumerate(by(SlowGatherer(gatherer.schema, gatherer.rarity, gatherer.denied), happenings)):
            if number == 1:
                asked.append(kill_one(cluster))
            yield told

    corpus = Held(readings)
    far = weave_corpus(corpus, schema, knowledge, (), killing)
    assert asked
    assert msgspec.json.encode(far) == msgspec.json.encode(weave_corpus(corpus, schema, knowledge))


def test_an_article_that_kills_what_gathers_ends_no_worker(cluster, readings, schema, knowledge, monkeypatch):
    monkeypatch.setattr(gathering, "BATCH", 4)
    pids = {worker.process.process.pid for worker in cluster.workers.values()}
    first, *others = readings
    article = structs.replace(first.article, text=f"{first.article.text} Kill.")
    corpus = Held([structs.replace(first, article=article), *others])

    def deadly(gatherer, happenings):
        given = DeadlyGatherer(gatherer.schema, gatherer.rarity, gatherer.denied)
        return gathering.gathering(1, address(cluster))(given, happenings)

    far = weave_corpus(corpus, schema, knowledge, (), deadly)
    assert msgspec.json.encode(far) == msgspec.json.encode(weave_corpus(corpus, schema, knowledge))
    assert pids == {worker.process.process.pid for worker in cluster.workers.values()}
