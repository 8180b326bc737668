"""A build that is killed at any moment loses at most the batch in flight, and the next one comes to the same end."""

import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time

import batches
import pytest

from newsloom.graph.store import Store
from newsloom.schemas.errors import StoreError

KILLS = 100
EACH = 10  # times that one build is killed, unless it is faster


def content(path):
    """All that a store holds."""
    with Store.open(path, create=False) as store:
        graph = store.load()
    return graph.readings, list(graph.nodes.items()), graph.relations, graph.resolution


@pytest.fixture
def driver():
    command = [sys.executable, batches.__file__]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        yield process
        process.stdin.close()


def run(driver, path, seconds="-"):
    """Build in another process, killed after some seconds: whether it was, and the batches that it said are safe."""
    print(path, seconds, sep="\t", file=driver.stdin, flush=True)
    safe = []
    while (line := driver.stdout.readline().strip()).isdigit():
        safe.append(int(line))
    assert line in ("killed", "ended 0")
    return line == "killed", safe


def present(path):
    """The ids of the articles in a store."""
    try:
        with Store.open(path, create=False) as store:
            return [reading.article.id for reading in store.readings()]
    except StoreError as error:
        if "is empty" not in str(error):
            raise
        return []


def check_killed(path, safe, before):
    """How many batches the file holds: every one that was told or there before, no half one, and at most one more."""
    database = sqlite3.connect(path)  # also before it was made
    assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert database.execute("PRAGMA foreign_key_check").fetchall() == []
    database.close()
    ids = present(path)
    whole = len(ids) // batches.SIZE
    assert ids == [reading.article.id for reading in batches.all_readings(whole)]
    told = max(before, min(max(safe, default=-1) + 1, batches.BATCHES))
    assert told <= whole <= min(told + 1, batches.BATCHES)
    return whole


@pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")
def test_a_build_that_is_killed_a_hundred_times_comes_to_the_same_end(tmp_path, driver):
    undisturbed = tmp_path / "undisturbed.db"
    run(driver, tmp_path / "warm.db")
    began = time.monotonic()
    assert run(driver, undisturbed) == (False, list(range(batches.BATCHES + 1)))
    usual = time.monotonic() - began
    expected = content(undisturbed)
    chance = random.Random(9)
    kills = builds = 0
    while kills < KILLS:
        path, there = tmp_path / f"{builds}.db", 0
        for _ in range(EACH):
            killed, safe = run(driver, path, chance.uniform(0, usual / 3))
            there = check_killed(path, safe, there)
            kills += killed
        assert run(driver, path)[0] is False
        assert content(path) == expected
        assert not os.path.exists(f"{path}-lock")
        builds += 1


TOWNS = ("Lyon", "Porto", "Izmir", "Turin", "Gdansk", "Varna", "Split", "Graz")
SAID = (
    "Police arrested {n} people in {town} on {day} March 2024 after protesters set fire to a bank.",
    "The government of Chile sent soldiers to {town} on {day} March 2024. The protests followed the arrest of {name}.",
    "An explosion killed {n} people in {town} on {day} March 2024, {name} said. In response, ministers met in Paris.",
)


def _articles(file):
    """Articles about nobody and nothing: names and numbers in made-up sentences."""
    chance = random.Random(4)
    with open(file, "w", encoding="utf-8") as lines:
        for number in range(96):
            text = " ".join(
                choice.format(
                    n=chance.randrange(3, 90),
                    town=chance.choice(TOWNS),
                    day=chance.randrange(1, 29),
                    name=chance.choice(batches.NAMES),
                )
                for choice in chance.choices(SAID, k=4)
            )
            lines.write(json.dumps({"id": f"a{number}", "text": text, "published": "2024-04-01"}) + "\n")


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")
def test_a_real_build_that_is_killed_comes_to_the_same_end(tmp_path):
    _articles(tmp_path / "news.jsonl")

    def build(store, articles=None):
        """Its exit code; killed a little after so many articles are in the store."""
        command = [sys.executable, "-m", "newsloom", "build", "news.jsonl", "--store", store]
        with subprocess.Popen(command, cwd=tmp_path, stderr=subprocess.DEVNULL) as process:
            while articles is not None and process.poll() is None:
                if os.path.exists(tmp_path / store) and len(present(tmp_path / store)) >= articles:
                    time.sleep(chance.uniform(0, 0.3))
                    process.kill()
                    break
                time.sleep(0.02)
            return process.wait()

    chance = random.Random(9)
    assert build("undisturbed.db") == 0
    codes = [build("killed.db", articles) for articles in (0, 32, 32, 64, 96)]
    assert codes.count(-signal.SIGKILL) >= 3
    assert build("killed.db") == 0
    assert content(tmp_path / "killed.db") == content(tmp_path / "undisturbed.db")
