"""`newsloom add` to a graph that is large enough: which articles are put onto it, and when all is woven again instead.

The reading is faked (faking.py), the weaving is not; a graph of two articles counts as large.
"""

from pathlib import Path

import pytest
from faking import FastDesk

from newsloom import building, grafting, keeping
from newsloom.graph import pipeline
from newsloom.graph.store import Store, check
from newsloom.graph.types import Anchor, Article, Decision

STORE = "newsloom.db"
NAMES = ("Anna", "Bert", "Carl", "Dora", "Emil", "Fay")


class WeavingDesk(FastDesk):
    """Reads by a pattern, and weaves as usual."""

    _woven = building.Desk._woven


class Dying:
    """`Store.grafted` that works once, and kills when it is asked for last, with all else of an article written."""

    asked = 0

    def __get__(self, *_):
        self.asked += 1
        if self.asked > 1:
            raise KeyboardInterrupt
        return 0


def article(n, text=None, **fields):
    one, other = NAMES[n % len(NAMES)], NAMES[(n + 1 + n // len(NAMES)) % len(NAMES)]
    return Article(f"a{n}", text or f"{one} hits {other}. It rained for {n} days.", published="2024-05-06", **fields)


@pytest.fixture(autouse=True)
def desk(monkeypatch, schema, knowledge, place):
    monkeypatch.setattr(building, "load_schema", lambda: schema)
    monkeypatch.setattr(building, "_knowledge", lambda given: knowledge)
    monkeypatch.setattr(building, "Desk", WeavingDesk)
    monkeypatch.setattr(grafting, "LEAST", 2)
    monkeypatch.setattr(grafting, "SHARE", 2.0)


@pytest.fixture
def shelf(desk):
    building.build([article(0), article(1)], store=STORE)


def kept():
    """How many articles were put onto the graph, and whether it is behind what was read."""
    assert not check(STORE).faults
    with Store.open(STORE, create=False) as store:
        assert store.is_stale or store.counts() == store._counted()
        return store.grafted, store.is_stale


def same_as_anew(articles, name="anew.db"):
    whole = building.build(articles, store=name)
    graph = building.load(STORE)
    return all(getattr(graph, what) == getattr(whole, what) for what in ("nodes", "relations", "resolution", "merges"))


def test_a_few_are_put_onto_the_graph(shelf):
    outcome = keeping.add([article(2), article(3)], STORE)
    assert (outcome.read, outcome.counts["articles"], kept()) == (2, 4, (2, False))
    assert len(building.load(STORE).events) == 4


def test_what_is_there_is_not_put_again(shelf):
    keeping.add([article(2)], STORE)
    assert keeping.add([article(2), article(0)], STORE).read == 0
    assert kept() == (1, False)


def test_a_build_weaves_all_anew(shelf):
    keeping.add([article(2)], STORE)
    building.build([], store=STORE)
    assert kept() == (0, False)
    assert same_as_anew([article(n) for n in range(3)])


def test_what_is_taken_out_again_leaves_nothing(shelf):
    keeping.add([article(2)], STORE)
    keeping.remove(["a2"], STORE)
    assert kept() == (0, False)
    assert same_as_anew([article(0), article(1)])


@pytest.mark.parametrize("why", ["many", "changed", "small"])
def test_else_all_is_woven_anew(shelf, monkeypatch, why):
    new = [article(2)]
    if why == "many":
        monkeypatch.setattr(grafting, "FEW", 1)
        new.append(article(3))
    if why == "changed":
        new = [article(1, "Dora hits Emil. It was another day, and all was otherwise.")]
    if why == "small":
        monkeypatch.setattr(grafting, "LEAST", 3)
    keeping.add(new, STORE)
    assert kept() == (0, False)
    assert same_as_anew([article(0), article(1), *new] if why != "changed" else [article(0), *new])


def test_what_was_decided_by_hand_has_nothing_woven_anew(shelf):
    sides = [Anchor(name, (), (), names=(name,)) for name in ("anna", "bert")]
    with Store.open(STORE) as store:
        store.add_decision(Decision("merge", "actor", *sides))
    building.build([], store=STORE)
    keeping.add([article(2)], STORE)
    assert kept() == (1, False)


def test_a_share_can_be_put_before_all_is_woven_again(shelf, monkeypatch):
    monkeypatch.setattr(grafting, "SHARE", 1.0)
    grafted = []
    for n in range(2, 6):
        keeping.add([article(n)], STORE)
        grafted.append(kept()[0])
    assert grafted == [1, 2, 0, 1]


@pytest.mark.parametrize("after", [0, 1])
def test_a_kill_leaves_what_the_next_build_weaves(shelf, monkeypatch, after):
    """Killed before the first or between two articles: what was read is there, and nothing is half on the graph."""
    whole, done = pipeline.graft, []

    def killed(*given):
        if len(done) == after:
            raise KeyboardInterrupt
        done.append(1)
        return whole(*given)

    monkeypatch.setattr(pipeline, "graft", killed)
    with pytest.raises(KeyboardInterrupt):
        keeping.add([article(2), article(3)], STORE)
    assert kept() == (after, True)
    monkeypatch.setattr(pipeline, "graft", whole)
    assert keeping.add([article(2)], STORE).read == 0
    assert kept() == (0, False)
    assert same_as_anew([article(n) for n in range(4)])


def test_a_kill_while_it_is_written_changes_nothing(shelf, monkeypatch):
    before = building.load(STORE)

    with monkeypatch.context() as patched:
        patched.setattr(Store, "grafted", Dying())
        with pytest.raises(KeyboardInterrupt):
            keeping.add([article(2)], STORE)
    assert kept() == (0, True)
    graph = building.load(STORE)
    assert (graph.nodes, graph.relations, graph.resolution) == (before.nodes, before.relations, before.resolution)


def test_refused_beside_it(shelf):
    outcome = keeping.add([article(2), article(3, "Crash. There is no verb in here.")], STORE)
    assert (outcome.read, len(outcome.refused), kept()) == (1, 1, (1, False))
    assert [refusal.reason for refusal in building.load(STORE).refused]


def test_watching_puts_them_too(shelf):
    Path("inbox").mkdir()
    Path("inbox/late.txt").write_text("Dora hits Emil. It was late, and the light was bad by then.")
    assert [outcome.read for outcome in keeping.watch("inbox", STORE, once=True)] == [1]
    assert kept() == (1, False)
