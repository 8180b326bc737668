"""What is in a store, counted: the counts are those of the graph, and reasons of refusals go together."""

from collections import Counter

import pytest
from calling import fails, keep
from small import small_graph

from newsloom.graph.asking.causal import causal
from newsloom.graph.model import Graph
from newsloom.graph.stats import by_reason, statistics
from newsloom.graph.store import Store
from newsloom.graph.types import Refusal


@pytest.fixture
def told(stored):
    with Store.open("newsloom.db", create=False) as store:
        return statistics(store)


def test_the_small_graph(told):
    assert told.articles.count == told.articles.dated == 2
    assert (told.articles.first, told.articles.last) == ("2024-04-14", "2024-04-15")
    assert told.articles.sources == {"Example Post": 1, "Example Wire": 1}
    assert told.readings.sentences == 3
    assert told.readings.mentions == {"actor": 5, "event": 6, "place": 2, "time": 2, "quantity": 1}
    assert told.nodes == {"event": 4, "place": 3, "actor": 2, "article": 2}
    assert told.events == {"ASSAULT": 3, "THREATEN": 1}
    assert told.factuality == {"asserted": 3, "planned": 1}
    assert told.days == ("2024-04-01", "2024-04-15")
    assert told.located == 3
    assert told.refused == {}
    assert told.bytes > 0


def test_coverage(told):
    covered = told.coverage
    assert (covered.date, covered.precision) == (3, {"day": 2, "before": 1})
    assert (covered.place, covered.actor) == (2, 3)
    assert (covered.cause, covered.effect, covered.cause_or_effect) == (2, 2, 3)
    assert (covered.sources, covered.evidence) == (1, 4)


@pytest.mark.slow
def test_the_sample_articles_agree_with_their_graph(demo, tmp_path):
    keep(demo, tmp_path / "demo.db")
    with Store.open(tmp_path / "demo.db", create=False) as store:
        told = statistics(store)
    assert told.events == Counter(event.type for event in demo.events)
    assert told.relations == Counter(relation.type for relation in demo.relations)
    assert sum(told.readings.mentions.values()) == len(demo.mentions)
    assert told.coverage.cause == sum(bool(causal(demo, event, "why")) for event in demo.events)
    assert told.coverage.effect == sum(bool(causal(demo, event, "effects")) for event in demo.events)


def test_no_graph_is_made_of_it(stored, monkeypatch):
    monkeypatch.setattr(Graph, "__init__", None)
    with Store.open("newsloom.db", create=False) as store:
        assert statistics(store).articles.count == 2


def test_reasons_go_together():
    reasons = (
        "duplicate of a1",
        "duplicate of b2: the same id with another text",
        "its text has 1,234,567 characters; newsloom reads articles of up to 1,000,000",
        "its text has 9,999,999 characters; newsloom reads articles of up to 1,000,000",
        "an internal error while reading it (ValueError: no verb); please report it",
        "not in English but in German, which newsloom does not read",
        "its text is empty",
        "its text is empty",
    )
    assert by_reason([Refusal(f"f{n}", reason) for n, reason in enumerate(reasons)]) == {
        "duplicate of …": 2,
        "its text has … characters": 2,
        "its text is empty": 2,
        "an internal error while reading it": 1,
        "not in English but in German, which newsloom does not read": 1,
    }


def test_the_verb(stored, call):
    code, out, err = call("stats", "--top", "1")
    text = "\n".join(out)
    assert (code, err) == (0, "")
    assert "events  4  (2024-04-01 to 2024-04-15)  ASSAULT 3, 1 more" in text
    assert "  a date                          3   75.0%" in text
    assert "    day                           2   50.0%" in text


def test_a_store_without_a_graph(place, call):
    assert "there is no store" in fails(call, 5, "stats")
    with Store.open("begun.db"):
        pass
    assert "cut off" in fails(call, 5, "stats", "--store", "begun.db")


def test_a_cut_off_build_and_hostile_names_are_shown_safely(place, call):
    graph = small_graph()
    evil = Refusal("a\x1b[31m", "evil \x1b]0;x\x07")
    keep(Graph(graph.schema, graph.readings, graph.nodes.values(), graph.relations, graph.resolution, [evil]))
    with Store.open("newsloom.db") as store:
        store.add_readings(graph.readings, "r")
    code, out, _ = call("stats")
    assert code == 0
    assert "cut off" in "\n".join(out)
    assert not set("\x1b\x07") & set("\n".join(out))
