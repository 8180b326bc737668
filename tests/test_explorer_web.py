"""Who deals with whom: pairs, their scores, and places that always are the same."""

import math
from itertools import combinations
from pathlib import Path

import pytest
import yaml
from random_graphs import random_graph
from small import small_graph, small_schema

from newsloom.exports.explorer.places import HIGH, room, stand
from newsloom.exports.explorer.web import MOST_DRAWN, MOST_TOGETHER, Deal, deals, pairs, web
from newsloom.graph.model import Graph
from newsloom.graph.types import Actor, Event, Place, Relation

CASES = yaml.safe_load((Path(__file__).parent / "cases" / "dealings.yaml").read_text(encoding="utf-8"))


def made(events: list[dict]) -> Graph:
    """A graph of the events of a case, of the actors A to D and the place P."""
    nodes: list[Event | Actor | Place] = [Actor(name, "Person", name) for name in "ABCD"]
    nodes.append(Place("P", "City", "P"))
    relations = []
    for number, told in enumerate(events):
        event = Event(
            f"e{number}", "ASSAULT", "It", factuality=told.get("status", "asserted"), intensity=told.get("score")
        )
        nodes.append(event)
        for name in set(told) & set("ABCDP"):
            relations += [Relation(event.id, role, name, 0.9, ()) for role in told[name].split()]
    return Graph(small_schema(), (), nodes, relations, {})


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_pairs_of_actors(case):
    found = {f"{pair.one} {pair.other}": pair for pair in pairs(made(case["events"]))}
    for ends, expected in case["pairs"].items():
        if expected is False:
            assert ends not in found
            continue
        pair = found[ends]
        kept = {name: getattr(pair, name) for name in ("there", "back", "open", "score")}
        assert kept | {"denied": len(pair.denied)} | expected == kept | {"denied": len(pair.denied)}
    if not case["pairs"]:
        assert not found


def test_the_small_graph_has_one_pair():
    [pair] = pairs(small_graph())
    assert (pair.one, pair.other, pair.events, pair.there, pair.score) == (
        "actor/iran",
        "actor/israel",
        ("event/launch",),
        1,
        -9.5,
    )
    assert deals(small_graph()) == [Deal("event/launch", "actor/iran", "actor/israel", "to")]


def test_only_the_events_that_are_asked_for_count():
    graph = small_graph()
    assert pairs(graph, [event for event in graph.events if event.id != "event/launch"]) == []


def test_a_crowded_event_does_not_pair_everyone_with_everyone():
    nodes = [Event("e", "CONSULT", "All meet"), *(Actor(f"a{n}", "State", f"State {n}") for n in range(200))]
    ties = [Relation("e", "participant", f"a{n}", 0.9, ()) for n in range(200)]
    assert len(deals(Graph(small_schema(), (), nodes, ties, {}))) == math.comb(MOST_TOGETHER, 2)


def test_the_page_is_told_numbers_of_what_it_holds():
    graph = small_graph()
    held = list(graph.nodes.values())
    told = web(graph, held)
    [[event, one, other, way]] = told["deals"]
    assert [held[number].id for number in (event, one, other)] == ["event/launch", "actor/iran", "actor/israel"]
    assert way == "to"
    assert {held[int(number)].id for number in told["positions"]} == {"actor/iran", "actor/israel"}
    assert web(graph, [node for node in held if node.id != "actor/israel"]) == {"positions": {}, "deals": []}


def test_a_graph_without_actors_has_no_web():
    assert web(Graph(small_schema(), (), (), (), {}), ()) == {"positions": {}, "deals": []}


def test_the_same_pairs_always_have_the_same_places():
    ties = {(f"a{n}", f"a{n * 7 % 31}"): 1.0 + n % 3 for n in range(1, 31)}
    names = {id: f"Actor {id}" for ends in ties for id in ends}
    backwards = dict(reversed(ties.items()))
    assert stand(ties, names) == stand(backwards, names)


def boxes(places, names):
    return [(x, y, room(names[id])) for id, (x, y) in places.items()]


@pytest.mark.parametrize("size", [2, 3, 12, 80])
def test_no_name_lies_on_another(size):
    ties = {(f"a{n}", f"a{(n * 5 + 1) % size}"): 1.0 for n in range(size) if n != (n * 5 + 1) % size}
    names = {id: f"An actor called {id}" for ends in ties for id in ends}
    for (x, y, w), (x2, y2, w2) in combinations(boxes(stand(ties, names), names), 2):
        assert abs(y - y2) >= HIGH - 1 or abs(x - x2) >= (w + w2) / 2 - 1


def test_names_of_the_demo_do_not_overlap(demo):
    held = list(demo.nodes.values())
    found = {held[int(number)].id: place for number, place in web(demo, held)["positions"].items()}
    assert len(found) > 20
    names = {id: demo.nodes[id].name for id in found}
    for (x, y, w), (x2, y2, w2) in combinations(boxes(found, names), 2):
        assert abs(y - y2) >= HIGH - 2 or abs(x - x2) >= (w + w2) / 2 - 2


def test_groups_stand_beside_one_another_and_not_far_off():
    ties = {(f"{group}{n}", f"{group}{n + 1}"): 1.0 for group in "abcdefgh" for n in range(4)}
    names = {id: id for ends in ties for id in ends}
    places = stand(ties, names)
    spans = {
        group: [
            (min(values), max(values))
            for values in zip(*(place for id, place in places.items() if id[0] == group), strict=True)
        ]
        for group in "abcdefgh"
    }
    for one, other in combinations(spans.values(), 2):
        assert any(low > high2 or low2 > high for (low, high), (low2, high2) in zip(one, other, strict=True))
    assert max(x for x, _ in places.values()) < 2500
    assert max(y for _, y in places.values()) < 1500


def test_of_very_many_actors_the_most_tied_are_drawn():
    nodes: list[Event | Actor] = [Actor(f"a{n}", "State", f"State {n}") for n in range(600)]
    relations = []
    for n in range(600):
        for step in range(1, 4 if n < 300 else 2):
            event = Event(f"e{n}-{step}", "CONSULT", "They meet", intensity=2.5)
            nodes.append(event)
            relations += [Relation(event.id, "participant", f"a{m % 600}", 0.9, ()) for m in (n, n + step)]
    told = web(graph := Graph(small_schema(), (), nodes, relations, {}), list(graph.nodes.values()))
    held = [node.id for node in graph.nodes.values()]
    drawn = {held[int(number)] for number in told["positions"]}
    assert len(drawn) <= MOST_DRAWN
    assert {f"a{n}" for n in range(10, 290)} <= drawn
    assert len(told["deals"]) == len(graph.events)


def test_graphs_by_chance_have_finite_places():
    for seed in range(5):
        graph = random_graph(seed, 60)
        held = list(graph.nodes.values())
        for x, y in web(graph, held)["positions"].values():
            assert math.isfinite(x)
            assert math.isfinite(y)
