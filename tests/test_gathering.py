"""What is woven is the same to the byte, whoever gathers what articles tell, and though processes die over it."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from children import are_gone, end, workers_of
from faking import DeadlyGatherer
from msgspec import structs
from repeated import over_years

import newsloom
from newsloom import building, engines, gathering
from newsloom.engines import processes
from newsloom.engines.hands import Gathers
from newsloom.engines.processes import Processes
from newsloom.graph.corpus import Held
from newsloom.graph.pipeline import weave_corpus
from newsloom.graph.types import Woven
from newsloom.graph.weaving.happenings import Happening, here

SAMPLES = Path(newsloom.__file__).parent / "samples"


@pytest.fixture(scope="module")
def readings(demo):
    return tuple(over_years(demo, 3))


@pytest.fixture(autouse=True)
def small_batches(monkeypatch):
    monkeypatch.setattr(gathering, "BATCH", 4)


@pytest.fixture
def given(readings, schema, knowledge):
    """Who gathers what the readings tell, and the happenings."""
    found = []

    def by(gatherer, happenings):
        found.extend((gatherer, list(happenings)))
        return here(*found)

    weave_corpus(Held(readings), schema, knowledge, (), by)
    return found


@pytest.fixture
def woven(schema, knowledge):
    """A function from readings and who gathers to what is woven, as bytes."""

    def weave(readings, by=here) -> dict[str, bytes]:
        return written(weave_corpus(Held(readings), schema, knowledge, (), by))

    return weave


def written(woven: Woven) -> dict[str, bytes]:
    return {name: msgspec.json.encode(getattr(woven, name)) for name in woven.__struct_fields__}


def deadly(by):
    """Has a gatherer that dies of some articles do what `by` has one do."""

    def given(gatherer, happenings):
        return by(DeadlyGatherer(gatherer.schema, gatherer.rarity, gatherer.denied), happenings)

    return given


def ended(readings, number: int, word: str, url: str | None = None):
    """The readings, of which one article ends in a word."""
    reading = readings[number]
    article = structs.replace(reading.article, text=f"{reading.article.text} {word}", url=url)
    return (*readings[:number], structs.replace(reading, article=article), *readings[number + 1 :])


def test_two_processes_come_to_the_same(readings, woven):
    assert woven(readings, gathering.gathering(2)) == woven(readings)


def test_what_is_given_away_is_enough(readings, schema, knowledge, monkeypatch):
    """The part of what is known that goes with a happening tells as much of it as all that is known."""
    own = written(weave_corpus(Held(readings), schema, knowledge))
    monkeypatch.setattr("newsloom.graph.weaving.settling.Settled.part", lambda known, readings: known)
    assert written(weave_corpus(Held(readings), schema, knowledge)) == own


@pytest.mark.parametrize("word", ["Kill.", "Crash."])
def test_what_cannot_be_gathered_elsewhere_is_gathered_here(readings, woven, word):
    given = ended(readings, 5, word)
    assert woven(given, deadly(gathering.gathering(2))) == woven(given)


def test_a_process_is_killed_once(readings, woven, tmp_path):
    killed = tmp_path / "killed"
    given = ended(readings, 5, "Kill once.", str(killed))
    assert woven(given, deadly(gathering.gathering(2))) == woven(given)
    assert killed.exists()


def test_what_takes_too_long_elsewhere_is_gathered_here(readings, woven, monkeypatch):
    monkeypatch.setattr(engines, "PATIENCE", 1)
    monkeypatch.setattr(engines, "SLOWEST", 1e9)
    given = ended(readings, 5, "Hang.")
    assert woven(given, deadly(gathering.gathering(2))) == woven(given)


def test_all_is_gathered_here_when_no_process_starts(readings, woven, monkeypatch):
    monkeypatch.setattr(processes.sys, "executable", "/bin/false")
    assert woven(readings, gathering.gathering(2)) == woven(readings)


def test_the_rest_is_gathered_here_when_the_engine_is_gone(readings, woven, monkeypatch):
    class Going(Processes):
        def map(self, batches):
            for number, answers in enumerate(super().map(batches)):
                if number == 2:
                    raise engines.Gone("it is gone")
                yield answers

    monkeypatch.setattr(engines, "engine", lambda hands, jobs, address: Going(hands, jobs))
    assert woven(readings, gathering.gathering(2)) == woven(readings)


def test_an_error_of_the_store_is_one(schema, knowledge, readings):
    class Torn(Held):
        def readings(self, articles=None):
            if articles is not None:
                raise newsloom.StoreError("torn")
            return super().readings()

    with pytest.raises(newsloom.StoreError, match="torn"):
        weave_corpus(Torn(readings), schema, knowledge, (), gathering.gathering(2))


def test_few_happenings_are_asked_for_ahead(given):
    gatherer, (first, *_) = given
    taken = 0

    def endless() -> Iterator[Happening]:
        nonlocal taken
        while True:
            taken += 1
            yield first

    results = gathering.gathering(2)(gatherer, endless())
    for _ in range(10):
        next(results)
    results.close()
    most = max(len(first.readings), gathering.BATCH)
    assert taken <= 10 + (2 * processes.AHEAD + 1) * most


def test_batches_have_few_articles(readings):
    sizes = (1, 2, 1, 3, 9, 1, 1)
    happenings = [Happening(readings[:size], None) for size in sizes]
    batches = [[len(happening.readings) for happening in batch] for batch in gathering._batches(happenings)]
    assert batches == [[1, 2, 1], [3], [9], [1, 1]]


def test_no_models_are_loaded_to_gather():
    code = (
        "import sys; from newsloom.engines import worker, hands; import newsloom.graph.weaving.happenings; "
        "assert not {'spacy', 'onnxruntime', 'tokenizers', 'sqlite3'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


@pytest.mark.parametrize(
    ("jobs", "engine", "number", "by"),
    [(1, None, 11, None), (2, None, 11, (2, None)), (2, None, 10, None), (1, "dask://x:1", 11, (1, "dask://x:1"))],
)
def test_a_desk_has_many_articles_gathered_elsewhere(
    readings, schema, knowledge, monkeypatch, jobs, engine, number, by
):
    asked = []
    monkeypatch.setattr(building, "LEAST", 10)
    monkeypatch.setattr(building, "gathering", lambda *how: asked.append(how) or here)
    building.Desk(schema, knowledge, jobs=jobs, engine=engine).weave(readings[:number], ())
    assert asked == ([by] if by else [])


WEAVING = """
import signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell has what it starts behind its back ignore it
from faking import DeadlyGatherer
from newsloom import building, gathering
from newsloom.graph.weaving import happenings
happenings.Gatherer = DeadlyGatherer
building.LEAST, gathering.BATCH = 5, 1
building.build(building.read_articles(sys.argv[1]), jobs=2)
"""


@pytest.mark.skipif(not os.path.exists("/proc/self/task"), reason="looks for processes in /proc")
@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGKILL])
def test_processes_end_with_the_one_that_weaves(tmp_path, sign):
    for number in range(8):
        (tmp_path / f"{number}.txt").write_text(f"A storm killed {number + 2} people in Cairo. Hang.")
    env = {**os.environ, "PYTHONPATH": str(Path(__file__).parent)}
    weaving = subprocess.Popen([sys.executable, "-c", WEAVING, str(tmp_path)], env=env, stderr=subprocess.DEVNULL)
    children = _children(weaving.pid)
    end(weaving, sign)
    assert len(children) == 2
    assert are_gone(children)


def _children(process: int, seconds: float = 60) -> set[int]:
    """The two processes that a process has started, once there are so many."""
    end = time.monotonic() + seconds
    found: set[int] = set()
    while len(found) < 2 and time.monotonic() < end:
        time.sleep(0.05)
        found = workers_of(process)
    return found


def test_hands_that_gather_answer_none_for_what_they_cannot():
    class Failing:
        def gather(self, happening):
            if happening:
                raise MemoryError
            return "told"

    assert Gathers(Failing()).work([0, 1, 0]) == ["told", None, "told"]
