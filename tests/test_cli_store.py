"""`newsloom check` and `compact` as a user meets them."""

import json
import os
import random

import batches
import pytest
from calling import fails

from newsloom.graph.store import Store


@pytest.fixture
def store(place):
    batches.build("newsloom.db", 6)
    return place / "newsloom.db"


def damage(store):
    """Overwrite a record, and nothing else."""
    with Store.open(store) as shelf, shelf._writing() as db:
        db.execute("UPDATE readings SET data = substr(data, 9) WHERE position = 2")


def test_a_store_that_is_whole(store, call):
    code, out, err = call("check")
    assert (code, err) == (0, "")
    assert out == [f"24 articles, 34 nodes, {_relations(store)} relations checked.", "Nothing is wrong."]


def _relations(store):
    with Store.open(store, create=False) as shelf:
        return len(shelf.load().relations)


def test_what_is_wrong_is_listed(store, call):
    damage(store)
    code, out, err = call("check")
    assert code == 5
    assert out[1].startswith("reading 0-1: its record is damaged (")
    assert err.startswith("error: newsloom.db: 1 fault. `newsloom check --repair --store newsloom.db` rescues ")
    code, out, _ = call("check", "--json")
    assert code == 5
    found = json.loads("\n".join(out))
    assert [found[key] for key in ("store", "articles", "is_stale")] == ["newsloom.db", 24, False]
    assert [fault["name"] for fault in found["faults"]] == ["0-1"]


def test_repair(store, call):
    damage(store)
    code, out, err = call("check", "--repair")
    assert (code, err) == (0, "")
    assert out == [
        "newsloom.db is a new file with 24 articles and 0 decisions.",
        "The damaged one is kept as newsloom.db.damaged.",
        "reading 0-1: it is damaged: the next build reads the article again",
        "1 article will be read again by the next build.",
        "The next build weaves the graph.",
    ]
    assert call("check")[1][-2:] == [
        "The graph is older than the readings, or missing: the next build weaves it.",
        "Nothing is wrong.",
    ]
    assert sorted(os.listdir()) == ["newsloom.db", "newsloom.db.damaged"]
    assert "holds no graph yet" in fails(call, 5, "timeline")


def test_repair_of_what_is_whole_does_nothing(store, call):
    assert call("check", "--repair")[1][-1] == "Nothing is wrong."
    assert os.listdir() == ["newsloom.db"]


def test_repair_of_what_cannot_be_opened(store, call):
    with open(store, "r+b") as file:
        file.write(random.Random(1).randbytes(90))
    assert "it is not a database" in fails(call, 5, "check")
    code, out, err = call("check", "--repair", "--json")
    assert code == 0
    assert err.startswith("newsloom.db is no store of newsloom: it is not a database.")
    found = json.loads("\n".join(out))
    assert (found["articles"], found["lost"], found["has_graph"]) == (24, [], True)
    assert call("check")[0] == 0


def test_a_store_that_is_not_there(place, call):
    for verb in (["check"], ["check", "--repair"], ["compact"]):
        assert "there is no store newsloom.db" in fails(call, 5, *verb)
    assert os.listdir() == []


def test_compact_says_the_size_before_and_after(store, call):
    with Store.open(store) as shelf:
        for batch in range(6, 40):
            shelf.add_readings(batches.readings(batch), "r")
        with shelf._writing() as db:
            db.execute("DELETE FROM articles WHERE position > 24")
    before = os.path.getsize(store)
    code, out, err = call("compact", "--json")
    assert (code, err) == (0, "")
    found = json.loads("\n".join(out))
    assert found["before"] == before
    assert found["after"] == os.path.getsize(store) < before * 0.7
    assert found["dropped"] == 1  # the name of the reader
    code, out, _ = call("compact")
    assert out[0].startswith("newsloom.db: ")
    assert call("check")[0] == 0


def test_names_from_a_store_cannot_steer_a_terminal(store, call):
    with Store.open(store) as shelf, shelf._writing() as db:
        db.execute("UPDATE articles SET id = ? WHERE position = 1", ("\x1b[31m",))
    assert "\x1b" not in "".join(call("check")[1])
