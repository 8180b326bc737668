"""GEXF 1.3: the rules of its schema, and days at which Gephi's timeline shows nodes and edges."""

from datetime import date
from xml.etree import ElementTree

import networkx as nx
import pytest
from hostile import ATTACKS, hostile_graph
from small import small_graph, small_schema

from newsloom import exports
from newsloom.exports import spells
from newsloom.graph.model import Graph
from newsloom.graph.types import Actor, Event, Relation, When

SPACE = "{http://gexf.net/1.3}"
# what may stand in what, and the attributes that each may have, the needed ones first
CHILDREN = {
    "gexf": {"meta", "graph"},
    "graph": {"attributes", "nodes", "edges"},
    "attributes": {"attribute"},
    "attribute": {"default", "options"},
    "nodes": {"node"},
    "edges": {"edge"},
    "node": {"attvalues", "spells", "nodes", "edges", "parents"},
    "edge": {"attvalues", "spells"},
    "attvalues": {"attvalue"},
    "attvalue": set(),
    "spells": {"spell"},
    "spell": set(),
}
NEEDED = {
    "gexf": {"version"},
    "attributes": {"class"},
    "attribute": {"id", "title", "type"},
    "node": {"id"},
    "edge": {"source", "target"},
    "attvalue": {"for", "value"},
}
ALLOWED = {
    "graph": {"mode", "defaultedgetype", "idtype", "timeformat", "timerepresentation", "timezone", "start", "end"},
    "attributes": {"mode"},
    "node": {"label", "start", "end", "intervals", "timestamp", "timestamps", "pid"},
    "edge": {"id", "type", "label", "weight", "kind", "start", "end", "intervals", "timestamp", "timestamps"},
    "attvalue": {"start", "end", "timestamp"},
    "spell": {"start", "end", "timestamp"},
}
TYPES = {"string": str, "long": int, "double": float, "boolean": {"true": True, "false": False}.__getitem__}
DAYS = ("start", "end")


def checked(graph: Graph, folder) -> ElementTree.Element:
    """The file of a graph, by the rules of GEXF 1.3."""
    (path,) = exports.write(graph, folder / "graph.gexf")
    root = ElementTree.parse(path).getroot()
    columns = {}
    for element in root.iter():
        name = element.tag.removeprefix(SPACE)
        assert element.tag == SPACE + name
        assert {child.tag.removeprefix(SPACE) for child in element} <= CHILDREN[name]
        assert NEEDED.get(name, set()) <= set(element.keys())
        assert set(element.keys()) <= NEEDED.get(name, set()) | ALLOWED.get(name, set())
        first, last = (date.fromisoformat(day) if (day := element.get(end)) else None for end in DAYS)
        assert not (first and last) or first <= last
        assert element.find(f"{SPACE}spells") is None or not (first or last)
        if name == "attribute":
            columns[element.get("id")] = TYPES[element.get("type")]
        if name == "attvalue":
            columns[element.get("for")](element.get("value"))
    nodes = [node.get("id") for node in root.iter(f"{SPACE}node")]
    edges = [edge.get("id") for edge in root.iter(f"{SPACE}edge")]
    assert len(set(nodes)) == len(nodes) == len(graph.nodes)
    assert len(set(edges)) == len(edges) == len(graph.relations)
    assert all({edge.get("source"), edge.get("target")} <= set(nodes) for edge in root.iter(f"{SPACE}edge"))
    return root


def times(element: ElementTree.Element) -> list[tuple[str | None, ...]]:
    """When a node or an edge is there."""
    inside = element.findall(f"{SPACE}spells/{SPACE}spell")
    return [tuple(spell.get(end) for end in DAYS) for spell in inside or [element]]


def test_events_are_there_on_their_days(tmp_path):
    root = checked(small_graph(), tmp_path)
    node = {element.get("id"): times(element) for element in root.iter(f"{SPACE}node")}
    assert node["event/launch"] == [("2024-04-13", "2024-04-13")]
    assert node["event/vow"] == [(None, "2024-04-15")]
    assert node["event/respond"] == [(None, None)]
    assert root.find(f"{SPACE}graph").get("timeformat") == "date"


def test_others_are_there_on_the_days_of_their_events(tmp_path):
    node = {element.get("id"): times(element) for element in checked(small_graph(), tmp_path).iter(f"{SPACE}node")}
    assert node["actor/iran"] == [("2024-04-01", "2024-04-01"), ("2024-04-13", "2024-04-13")]
    assert node["actor/israel"] == [(None, None)]  # one of its events can have been at any time
    assert node["place/damascus"] == [("2024-04-01", "2024-04-01")]
    assert node["place/syria"] == [(None, None)]
    assert node["article/a1"] == [("2024-04-01", "2024-04-01"), ("2024-04-13", "2024-04-14")]


def test_edges_are_there_on_the_days_of_their_events(tmp_path):
    edges = list(checked(small_graph(), tmp_path).iter(f"{SPACE}edge"))
    found = {(edge.get("source"), edge.get("kind"), edge.get("target")): times(edge) for edge in edges}
    assert found["event/launch", "agent", "actor/iran"] == [("2024-04-13", "2024-04-13")]
    assert found["event/launch", "responds-to", "event/strike"] == [("2024-04-01", "2024-04-13")]
    assert found["event/launch", "before", "event/vow"] == [(None, "2024-04-15")]
    assert found["event/respond", "agent", "actor/israel"] == [(None, None)]
    assert found["place/damascus", "within", "place/syria"] == [(None, None)]


def test_ties_of_the_same_ends_differ_in_kind(tmp_path):
    event, actor = Event("event/x", "AID", "Aid"), Actor("actor/x", "Person", "Someone")
    relations = [Relation("event/x", role, "actor/x", 0.9, ()) for role in ("agent", "recipient")]
    root = checked(Graph(small_schema(), [], [event, actor], relations, {}), tmp_path)
    assert {edge.get("kind") for edge in root.iter(f"{SPACE}edge")} == {"agent", "recipient"}
    assert nx.read_gexf(tmp_path / "graph.gexf").number_of_edges() == 2


@pytest.mark.parametrize("attack", ATTACKS.values(), ids=ATTACKS.keys())
def test_hostile_text(tmp_path, attack):
    checked(hostile_graph(attack), tmp_path)


def test_days_that_touch_are_one_spell():
    days = [date(2024, 4, day) for day in range(1, 6)]
    assert spells.joined([(days[0], days[0]), (days[1], days[2]), (days[4], None)]) == (
        (days[0], days[2]),
        (days[4], None),
    )
    assert spells.joined([(days[3], None), (None, days[2])]) == ()
    assert spells.joined([]) == ()


def test_an_event_with_one_known_end(tmp_path):
    event = Event("event/x", "AID", "Aid", when=When(date(2024, 4, 1), None, "after"))
    (node,) = checked(Graph(small_schema(), [], [event], [], {}), tmp_path).iter(f"{SPACE}node")
    assert times(node) == [("2024-04-01", None)]
