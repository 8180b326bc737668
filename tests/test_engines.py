"""Engines: whatever reads, the same comes out in the same order, though processes die. The reading is faked."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from children import are_gone, end, workers_of
from faking import DeadlyDesk, FastDesk

from newsloom import building, engines
from newsloom.engines import processes
from newsloom.engines.hands import Reads
from newsloom.engines.here import Here
from newsloom.engines.processes import Processes
from newsloom.graph.types import Article, Reading, Refusal
from newsloom.schemas import schema_from
from newsloom.schemas.errors import NewsloomError, UsageError

PAIRS = [Article(f"{n}", f"Anna{n} hits Bert.", origin="news.txt") for n in range(40)]


@pytest.fixture
def desk(schema, knowledge) -> DeadlyDesk:
    return DeadlyDesk(schema, knowledge)


@pytest.fixture(params=["here", "processes"])
def engine(request, desk) -> Iterator[engines.Engine]:
    made = Here(Reads(desk)) if request.param == "here" else Processes(Reads(desk), 2)
    yield made
    made.close()


@pytest.fixture
def two(desk) -> Iterator[Processes]:
    made = Processes(Reads(desk), 2)
    yield made
    made.close()


def batches(articles: list[Article], size: int = 4) -> Iterator[list[Article]]:
    yield from (articles[start : start + size] for start in range(0, len(articles), size))


def read(engine: engines.Engine, *articles: Article, size: int = 4) -> list[Reading | Refusal]:
    return [answer for answers in engine.map(batches(list(articles), size)) for answer in answers]


def ids(answers: list[Reading | Refusal]) -> list[str]:
    return [answer.article.id for answer in answers if isinstance(answer, Reading)]


def refused(answers: list[Reading | Refusal]) -> list[Refusal]:
    return [answer for answer in answers if isinstance(answer, Refusal)]


def test_every_engine_reads_the_same_in_order(engine, desk):
    assert read(engine, *PAIRS) == desk.read_batch(PAIRS)


def test_what_cannot_be_read_is_refused(engine):
    result = read(engine, *PAIRS[:3], Article("x", "Crash."), *PAIRS[3:5])
    assert ids(result) == ["0", "1", "2", "3", "4"]
    assert [refusal.origin for refusal in refused(result)] == ["article x"]
    assert "internal error while reading it (ValueError: no verb)" in refused(result)[0].reason


def test_what_is_printed_disturbs_nothing(two):
    assert ids(read(two, Article("x", "Print."), *PAIRS[:6])) == ["x", "0", "1", "2", "3", "4", "5"]


def test_an_article_that_kills_is_refused_and_the_rest_is_read(two):
    result = read(two, *PAIRS[:5], Article("x", "Kill.", origin="bad.txt"), *PAIRS[5:])
    assert ids(result) == [article.id for article in PAIRS]
    (refusal,) = refused(result)
    assert refusal.origin == "bad.txt, article x"
    assert refusal.reason == "reading it ended the process that read it: SIGKILL, perhaps for want of memory"


def test_an_article_whose_process_was_killed_once_is_read(two, tmp_path):
    once = Article("x", "Kill once. Carl hits Dora.", url=str(tmp_path / "killed"))
    result = read(two, *PAIRS[:5], once, *PAIRS[5:8])
    assert ids(result) == ["0", "1", "2", "3", "4", "x", "5", "6", "7"]
    assert not refused(result)


def test_an_article_that_takes_too_long_is_refused(engine, monkeypatch):
    monkeypatch.setattr(engines, "PATIENCE", 0.4)
    result = read(engine, *PAIRS[:2], Article("x", "Hang."), *PAIRS[2:6])
    assert ids(result) == ["0", "1", "2", "3", "4", "5"]
    assert [(r.origin, r.reason) for r in refused(result)] == [("article x", "reading it took longer than 0 seconds")]


def test_an_article_that_takes_too_much_memory_is_refused(two):
    result = read(two, *PAIRS[:2], Article("x", "Swallow."), *PAIRS[2:6])
    assert ids(result) == ["0", "1", "2", "3", "4", "5"]
    assert [refusal.reason for refusal in refused(result)] == ["reading it takes more memory than there is"]


def test_few_batches_are_asked_for_ahead(two):
    asked = 0

    def endless() -> Iterator[list[Article]]:
        nonlocal asked
        while True:
            asked += 1
            yield PAIRS[:2]

    results = two.map(endless())
    for _ in range(5):
        next(results)
    assert asked <= 5 + 2 * processes.AHEAD
    results.close()


def test_processes_that_never_get_ready_are_told(schema, knowledge):
    with pytest.raises(NewsloomError, match=r"could be started \(SIGKILL.*--jobs 1"):
        read(Processes(Reads(DeadlyDesk(schema_from({**schema.raw, "name": "deadly"}), knowledge)), 2), *PAIRS)


def test_what_a_process_lacks_is_told_as_here(schema, knowledge):
    with pytest.raises(UsageError, match="onnxruntime, which is not installed"):
        read(Processes(Reads(DeadlyDesk(schema_from({**schema.raw, "name": "lacking"}), knowledge)), 2), *PAIRS)


@pytest.mark.skipif(not os.path.exists("/proc/self/task"), reason="looks for processes in /proc")
@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_workers_end_with_the_build_and_the_store_keeps_what_was_read(tmp_path, sign, monkeypatch, schema, knowledge):
    news, store = tmp_path / "news.jsonl", tmp_path / "s.db"
    told = "Person{n} hits Person{m}. It rained on the village for a whole day."
    news.write_text("".join(f'{{"id": "{n}", "text": "{told.format(n=n, m=n % 3)}"}}\n' for n in range(23)))
    faking = Path(__file__).parent / "faking.py"
    command = [sys.executable, str(faking), "0.2", str(news), str(store), "2"]
    build = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    assert build.stdout is not None
    assert build.stdout.readline()
    children = workers_of(build.pid)
    assert len(children) == 2
    end(build, sign)
    build.stdout.close()
    assert are_gone(children)
    monkeypatch.setattr(building, "Desk", FastDesk)
    monkeypatch.setattr(building, "_knowledge", lambda given: knowledge)
    monkeypatch.setattr(building, "load_schema", lambda: schema)
    outcome = building.run(building.read_articles(news), store=store)
    assert outcome.skipped >= 4
    assert outcome.read + outcome.skipped == 23


@pytest.mark.parametrize("jobs", [1, 2])
def test_few_articles_stay_in_this_process(schema, knowledge, monkeypatch, jobs):
    asked = []
    monkeypatch.setattr(engines, "engine", lambda hands, jobs, address: asked.append(jobs) or Here(hands))
    monkeypatch.setattr(building, "SMALL", 10)
    desk = FastDesk(schema, knowledge, jobs=jobs)
    assert len(list(desk.read(PAIRS[:10]))) == 1
    assert len(list(desk.read(PAIRS))) == 2
    assert asked == [1, jobs]


@pytest.mark.parametrize(("allowed", "jobs"), [("max", 4), (f"{3 << 30}", 3), (f"{1 << 20}", 1)])
def test_as_many_processes_as_cores_and_memory_allow(monkeypatch, tmp_path, allowed, jobs):
    limit = tmp_path / "memory.max"
    limit.write_text(f"{allowed}\n")
    monkeypatch.setattr(engines, "CONTAINER", limit)
    monkeypatch.setattr(os, "sched_getaffinity", lambda process: {0, 1, 2, 3}, raising=False)
    monkeypatch.setattr(os, "sysconf", lambda name: 8 << 20 if name == "SC_PHYS_PAGES" else 4096)
    assert engines.usual_jobs() == jobs


def test_nothing_to_read_asks_no_engine(schema, knowledge):
    assert list(FastDesk(schema, knowledge, engine="dask://127.0.0.1:9").read([])) == []


@pytest.mark.parametrize("address", ["spark://there", "dask", "dask://", ""])
def test_an_unknown_engine_is_told(schema, knowledge, address):
    with pytest.raises(UsageError, match=r"no engine that newsloom knows\. Possible: dask://HOST:PORT"):
        FastDesk(schema, knowledge, engine=address)
