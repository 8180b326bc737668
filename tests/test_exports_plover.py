"""PLOVER's records: one JSON object a line, with the fields of its manual."""

import json

import pytest
from hostile import ATTACKS, hostile_graph
from msgspec import structs
from small import small_graph, small_schema

from newsloom import exports
from newsloom.graph.model import Graph
from newsloom.graph.types import Actor, Event, Relation

FIELDS = {
    *("id", "date", "enddate", "actor", "recipient", "event", "event_loc", "event_text", "quad_code", "event_scale"),
    *("mode", "size", "text", "text_info", "cite_info", "coder"),
}


def records(graph: Graph, folder) -> list[dict]:
    """The records of a graph's file; none has a field that is empty or no field of PLOVER's."""
    (path,) = exports.write(graph, folder / "graph.plover.jsonl")
    found = [json.loads(text) for text in path.read_text(encoding="utf-8").split("\n")[:-1]]
    for record in found:
        assert set(record) <= FIELDS
        assert all(value not in (None, "", [], {}) for value in record.values())
    return found


def test_a_record_tells_what_is_known(tmp_path):
    strike, launch, vow = records(small_graph(), tmp_path)
    assert launch["coder"].startswith("newsloom ")
    assert (launch["id"], launch["date"], "enddate" in launch) == ("event/launch", "2024-04-13", False)
    assert launch["actor"] == [
        {
            "code": "IRN",
            "sector": "GOV",
            "entity_text": "Iran",
            "identifier_id": "Q794",
            "identifier_text": "Iran",
        }
    ]
    assert [actor["code"] for actor in launch["recipient"]] == ["ISR"]
    assert (launch["event"], launch["mode"], launch["quad_code"], launch["event_scale"]) == (
        ["ASSAULT"],
        ["drone"],
        4,
        -9.5,
    )
    assert launch["event_loc"]["resolution"] == 1
    assert launch["text_info"] == {"start": 0, "end": 98}
    assert launch["text"].startswith("Iran launched drones")
    assert launch["cite_info"]["publication"] == "Example Wire"
    assert strike["size"] == {"dead": 7}
    assert strike["event_loc"] == {
        "resolved_place": "Damascus",
        "geonameid": 170654,
        "lat": 33.51,
        "lon": 36.29,
        "city": "Damascus",
        "country": "Syria",
        "country_code": "SYR",
        "resolution": 4,
    }
    assert "date" not in vow
    assert vow["enddate"] == "2024-04-15"


def test_only_what_happened_and_what_plover_knows(tmp_path):
    graph = small_graph()
    event = graph.nodes["event/vow"]
    assert isinstance(event, Event)
    for other in (structs.replace(event, factuality="planned"), structs.replace(event, type="EARTHQUAKE")):
        assert records(Graph(graph.schema, graph.readings, [other], [], {}), tmp_path) == []


def test_a_narrower_type_stands_as_the_broader(tmp_path):
    (record,) = records(Graph(small_schema(), [], [Event("event/w", "WAR", "War")], [], {}), tmp_path)
    assert record["event"] == ["ASSAULT"]


def test_equals_are_all_actors(tmp_path):
    actors = [Actor(f"actor/{n}", "Person", f"Person {n}") for n in (1, 2)]
    relations = [Relation("event/m", "participant", actor.id, 0.9, ()) for actor in actors]
    (record,) = records(
        Graph(small_schema(), [], [Event("event/m", "CONSULT", "Talks"), *actors], relations, {}), tmp_path
    )
    assert [actor["identifier_text"] for actor in record["actor"]] == ["Person 1", "Person 2"]
    assert "recipient" not in record


@pytest.mark.parametrize("attack", ATTACKS.values(), ids=ATTACKS.keys())
def test_hostile_text(tmp_path, attack):
    assert len(records(hostile_graph(attack), tmp_path)) == 3
