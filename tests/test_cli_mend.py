"""`newsloom merges`, `merge` and `split` as a user meets them, and what a store keeps of what was decided."""

import json
import sqlite3
import subprocess
import sys

import marked
import pytest
from calling import fails, keep
from small import small_graph

from newsloom import building
from newsloom.graph.store import Store
from newsloom.graph.types import Anchor, Decision
from newsloom.schemas.errors import NotFound, StoreError

ARTICLES = [
    {
        "id": "a1",
        "published": "2024-01-02",
        "text": "[Ismail Haniyeh](x actor Person) spoke in [Gaza](g place Region key=gaza country=PSE).",
    },
    {"id": "a2", "published": "2024-01-03", "text": "[Haniyeh](x actor Person) left [Gaza Strip](g place Region)."},
    {"id": "a3", "published": "2024-01-04", "text": "[Ismail Haniyeh](x actor Person) met [Abu Abed](y actor Person)."},
    {
        "id": "a4",
        "text": "[Georgia](x actor State key=GEO) and [Georgia](p place Country key=GEO) and [Georgia](q place City).",
    },
    {"id": "a5", "text": "[Tbilisi](x actor State key=GEO) and [WFP](w actor Body) and [Gaza Strip](g place Region)."},
    {"id": "a6", "text": "[WFP](w actor Body) and [Georgia](x actor State key=GEO)."},
]
HANIYEH, ABED = "actor/ismail-haniyeh", "actor/abu-abed"


@pytest.fixture
def shelf(place, monkeypatch, schema, knowledge):
    """A store of the articles, woven as a build does it, in the current folder."""
    monkeypatch.setattr(building, "load_schema", lambda: schema)
    monkeypatch.setattr(building, "_knowledge", lambda given: knowledge)
    add(ARTICLES)
    return place / "newsloom.db"


def add(articles):
    """Add articles to the store and weave it again, as a build does."""
    with Store.open("newsloom.db") as store:
        desk = building.desk_of("newsloom.db")
        store.add_readings([marked.reading(**article) for article in articles], desk.reader)
        desk.weave_all(store, ())


def graph():
    return building.load("newsloom.db")


def decisions():
    with Store.open("newsloom.db", create=False) as store:
        return store.decisions()


def test_merges_are_listed_the_doubtful_first(shelf, call):
    code, out, err = call("merges", "--top", "2")
    assert (code, out[:3]) == (
        0,
        [
            f"1  Ismail Haniyeh  =  Haniyeh  the only surname of its kind, ismail haniyeh  [surname 0.60]  {HANIYEH}",
            "    “Ismail Haniyeh spoke in Gaza.”  — 2024-01-02",
            "    “Haniyeh left Gaza Strip.”  — 2024-01-03",
        ],
    )
    assert out[3].startswith("2  Gaza Strip  =  Gaza Strip  the same name, Gaza Strip  [name 0.80]")
    assert err == "4 merges that are surer left out; raise --top to see more.\n"


def test_merges_as_json(shelf, call):
    call("merge", HANIYEH, ABED)
    found = json.loads("\n".join(call("merges", "--json")[1]))
    first, last = found["merges"][0], found["merges"][-1]
    assert (first["number"], first["confidence"], first["node"], first["rule"]) == (1, 0.6, HANIYEH, "surname")
    assert first["other"] == {
        "words": "Haniyeh",
        "article": "a2",
        "mention": "a2:0-7:actor",
        "sentence": "Haniyeh left Gaza Strip.",
    }
    assert (last["rule"], last["confidence"], last["reason"]) == ("by-hand", 1.0, "merged by hand")
    assert [(d["number"], d["verb"], d["one"]["name"], d["other"]["name"]) for d in found["decisions"]] == [
        (1, "merge", "Ismail Haniyeh", "Abu Abed")
    ]


def test_show_tells_how_sure_each_reason_is(shelf, call):
    shown = "\n".join(call("show", HANIYEH)[1])
    assert "one actor because: the same name, ismail haniyeh (0.90)" in shown
    assert "one actor because: the only surname of its kind, ismail haniyeh (0.60)" in shown


def test_split_undoes_the_least_sure_merge(shelf, call):
    code, out, err = call("split", "Ismail Haniyeh")
    assert (code, out) == (
        0,
        [
            "decision 1: Haniyeh is parted off Ismail Haniyeh",
            f"  Ismail Haniyeh  actor Person  2 mentions in 2 articles  {HANIYEH}",
            "  Haniyeh  actor Person  1 mention in 1 article  actor/haniyeh",
        ],
    )
    assert f"`newsloom split {HANIYEH}` goes on" in err
    assert "`newsloom merges --forget 1` takes it back." in err
    assert call("merges", "--top", "1")[1][-2:] == ["decided by hand:", "  1  Haniyeh is parted off Ismail Haniyeh"]
    code, out, _ = call("split", "Ismail Haniyeh")
    assert (code, len(out)) == (0, 3)
    assert "a single mention, and nothing can be split" in fails(call, 2, "split", "actor/haniyeh")


def test_split_by_name_article_and_number(shelf, call):
    assert call("split", "actor/georgia", "--name", "tbilisi")[1][0] == "decision 1: Tbilisi is parted off Georgia"
    assert call("split", "actor/georgia", "--article", "a6")[1][0] == "decision 2: Georgia is parted off Georgia"
    (number,) = [n for n, merge in enumerate(graph().merges, 1) if merge.one.words == "WFP"]
    assert call("split", "WFP", "--merge", str(number))[1][0] == "decision 3: WFP is parted off WFP"
    states = [node for node in graph().actors if node.type == "State"]
    assert sorted(node.name for node in states) == ["Georgia", "Georgia", "Tbilisi"]
    assert len({node.id for node in states}) == 3


def test_what_cannot_be_split(shelf, call):
    assert "2 merges of Georgia are equally unsure. Choose one:\n  --merge " in fails(call, 2, "split", "actor/georgia")
    several = fails(call, 2, "split", "Georgia")
    for id in ("actor/georgia (actor State Georgia)", "place/georgia", "place/georgia-"):
        assert id in several
    assert "no actor is called 'Hanieh'. The nearest names" in fails(call, 6, "split", "Hanieh")
    assert "is nowhere called 'Ivan', but: Georgia; Tbilisi" in fails(
        call, 6, "split", "actor/georgia", "--name", "Ivan"
    )
    assert "a1 does not mention" in fails(call, 6, "split", "actor/georgia", "--article", "a1")
    assert "no article is called 'zz'" in fails(call, 6, "split", "actor/georgia", "--article", "zz")
    assert "99 is no merge of Georgia" in fails(call, 6, "split", "actor/georgia", "--merge", "99")
    assert "give one of them" in fails(call, 2, "split", "WFP", "--name", "WFP", "--article", "a5")
    assert "only actors and places" in fails(call, 2, "split", "article/a1")
    assert decisions() == {}


def test_merge(shelf, call):
    code, out, err = call("merge", "Ismail Haniyeh", "Abu Abed")
    assert (code, out) == (
        0,
        [
            "decision 1: Ismail Haniyeh and Abu Abed are one",
            f"  Ismail Haniyeh  actor Person  4 mentions in 3 articles  {HANIYEH}",
        ],
    )
    assert err == "`newsloom merges --forget 1` takes it back.\n"
    assert "merged by hand (1.00)" in "\n".join(call("show", "Abu Abed")[1])
    assert call("merge", "place/gaza", "Gaza Strip")[0] == 0
    assert len(graph().nodes["place/gaza"].mentions) == 3


def test_what_cannot_be_merged(shelf, call):
    assert "nothing to merge" in fails(call, 2, "merge", "Ismail Haniyeh", "Haniyeh")
    assert "'Georgia' may be several" in fails(call, 2, "merge", "Georgia", "Gaza Strip")
    assert "these cannot be one" in fails(call, 2, "merge", "Abu Abed", "Gaza Strip")
    assert "no actor is called 'Abu Abd'. The nearest names: Abu Abed" in fails(call, 6, "merge", "Abu Abd", HANIYEH)
    assert "it is empty" in fails(call, 2, "merge", "", HANIYEH)
    assert "missing argument" in fails(call, 2, "merge", HANIYEH).lower()
    assert decisions() == {}


def test_a_name_means_what_is_of_the_kind_of_the_other(shelf, call):
    assert call("merge", "Georgia", "WFP")[1][0] == "decision 1: Georgia and WFP are one"


def test_forgetting(shelf, call):
    before = graph().nodes
    call("merge", HANIYEH, ABED)
    call("split", "WFP")
    assert "there is no decision 7 in newsloom.db. There are: 1, 2." in fails(call, 6, "merges", "--forget", "7")
    code, out, _ = call("merges", "--forget", "1")
    assert (code, out[0]) == (0, "forgotten: Ismail Haniyeh and Abu Abed are one")
    assert out[2].endswith(ABED)
    assert list(decisions()) == [2]
    call("merges", "--forget", "2")
    assert graph().nodes == before
    assert "Nothing was decided by hand." in fails(call, 6, "merges", "--forget", "2")


def test_decisions_survive_articles_and_other_knowledge(shelf, call, monkeypatch, knowledge):
    call("merge", HANIYEH, ABED)
    call("split", "actor/georgia", "--name", "Tbilisi")
    add(
        [
            {
                "id": "a0",
                "published": "2024-01-01",
                "text": "[Abu Abed](y actor Person) and [Tbilisi](x actor State key=GEO).",
            }
        ]
    )
    own = type("Other", (), {"digest": "f" * 64, "actors": {}, "places": {}, "names": {}, "roles": knowledge.roles})()
    for known in (knowledge, own):
        monkeypatch.setattr(building, "_knowledge", lambda given, known=known: known)
        add([])
        who = graph().resolution
        assert who["a0:0-8:actor"] == who["a1:0-14:actor"] == who["a3:19-27:actor"]
        assert who["a0:13-20:actor"] == who["a5:0-7:actor"] != who["a4:0-7:actor"]


def test_build_follows_what_was_decided(shelf, call, monkeypatch):
    call("merge", HANIYEH, ABED)
    with Store.open("newsloom.db") as store:
        store.add_readings([], "r")
    assert building.build([], store="newsloom.db").resolution["a3:19-27:actor"] == HANIYEH


def test_a_store_of_other_knowledge_is_left_alone(shelf, call, monkeypatch):
    monkeypatch.setattr(building, "_knowledge", lambda given: type("Other", (), {"digest": "f" * 64})())
    assert "built with other knowledge. Name with --knowledge" in fails(call, 2, "merge", HANIYEH, ABED)
    assert "there is no store none.db" in fails(call, 5, "merge", HANIYEH, ABED, "--store", "none.db")
    assert decisions() == {}


def test_a_weaving_that_is_cut_off_leaves_the_decision(shelf, call, monkeypatch):
    def cut(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(building.Desk, "weave_all", cut)
        assert call("merge", HANIYEH, ABED)[0] == 130
    assert len(decisions()) == 1
    assert graph().resolution["a3:19-27:actor"] == ABED
    assert "was cut off" in call("show", ABED)[2]
    assert "nothing to merge" in fails(call, 2, "merge", HANIYEH, "Abu Abed")  # it was woven first
    assert graph().resolution["a3:19-27:actor"] == HANIYEH
    assert "was cut off" not in call("show", HANIYEH)[2]


KILLED = """
import os, signal, sys
from newsloom import building, cli

building.Desk.weave_all = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
cli.main(["merge", *sys.argv[1:]])
"""


def test_being_killed_before_the_weaving_leaves_the_decision(shelf, call):
    killed = subprocess.run([sys.executable, "-c", KILLED, HANIYEH, ABED], capture_output=True)
    assert killed.returncode == -9, killed.stderr
    with Store.open("newsloom.db") as store:
        assert store.is_stale
        assert len(store.decisions()) == 1
        assert store.load().resolution["a3:19-27:actor"] == ABED
    assert call("split", "WFP")[0] == 0
    assert graph().resolution["a3:19-27:actor"] == HANIYEH


def test_a_store_without_decisions_gets_the_table(shelf, call):
    connection = sqlite3.connect("newsloom.db")
    connection.execute("DROP TABLE decisions")
    connection.execute("PRAGMA user_version = 2")
    connection.execute("DELETE FROM meta WHERE key = 'merges'")
    connection.commit()
    connection.close()
    assert decisions() == {}
    assert "was built before merges were kept" in call("merges")[2]
    assert call("split", "Ismail Haniyeh")[0] == 0
    assert len(decisions()) == 1
    assert "before merges were kept" not in call("merges")[2]


def test_the_store_keeps_each_decision_once_and_in_order(tmp_path):
    first = Decision("merge", "actor", Anchor("A", ("m1",), ("a1",)), Anchor("B", ("m2",), ("a2",)))
    second = Decision("split", "actor", first.one, first.other)
    with Store.open(tmp_path / "s.db") as store:
        numbers = [store.add_decision(decision) for decision in (first, second, first)]
        assert store.decisions() == {numbers[1]: second, numbers[2]: first}
        assert store.is_stale
        assert store.remove_decision(numbers[2]) == first
        with pytest.raises(NotFound, match="no decision"):
            store.remove_decision(numbers[2])
        assert store.add_decision(first) > max(numbers)
    with Store.open(tmp_path / "s.db", create=False) as store, pytest.raises(StoreError):
        store.add_decision(first)


def test_merges_come_back_as_they_were(shelf):
    with Store.open("newsloom.db") as store:
        desk = building.desk_of("newsloom.db")
        desk.weave_all(store, ())
        assert store.load().merges == desk.weave(store.readings(), ()).merges != ()


def test_nothing_merged(place, call):
    keep(small_graph())
    assert call("merges") == (0, [], "nothing was merged.\n")
