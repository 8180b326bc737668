"""GraphML, GEXF and CSV: they open again and hold kinds, names, types, dates and evidence."""

import csv
from datetime import date
from xml.etree import ElementTree

import networkx as nx
import pytest
from hostile import ATTACKS, hostile_graph
from small import small_graph

from newsloom import exports
from newsloom.exports.flat import EDGE_COLUMNS, NODE_COLUMNS
from newsloom.exports.text import unicode_text, xml_text

READERS = {".graphml": lambda path: nx.read_graphml(path, force_multigraph=True), ".gexf": nx.read_gexf}

ANSWER = ("event/vow", "event/launch", "responds-to")


@pytest.fixture(scope="module")
def graph():
    return small_graph()


def reread(graph, folder, suffix):
    (path,) = exports.write(graph, folder / f"graph{suffix}")
    return READERS[suffix](path)


def tables(graph, folder):
    """The rows of the two tables, as dicts."""
    edges, nodes = exports.write(graph, folder / "graph.csv")
    assert (nodes.name, edges.name) == ("graph.nodes.csv", "graph.edges.csv")
    return [list(csv.DictReader(path.open(encoding="utf-8", newline=""), strict=True)) for path in (nodes, edges)]


@pytest.mark.parametrize("suffix", READERS)
def test_opens_again(graph, tmp_path, suffix):
    found = reread(graph, tmp_path, suffix)
    assert found.is_directed()
    assert set(found) == set(graph.nodes)
    assert sorted((source, target) for source, target in found.edges()) == sorted(
        (relation.source, relation.target) for relation in graph.relations
    )
    launch = found.nodes["event/launch"]
    assert launch["label"] == launch.get("name", launch["label"]) == "Iran launches drones at Israel"
    assert (launch["kind"], launch["type"], launch["when"], launch["start"]) == (
        *("event", "ASSAULT", "2024-04-13", "2024-04-13"),
    )
    assert launch["intensity"] == -9.5
    assert found.nodes["place/damascus"]["lat"] == 33.51
    assert "when" not in found.nodes["event/respond"]
    assert "killed" not in launch
    assert found.nodes["article/a1"]["publisher"] == "Example Wire"


def test_graphml_edges(graph, tmp_path):
    found = reread(graph, tmp_path, ".graphml")
    (answer,) = (
        data for _, _, data in found.edges(data=True) if data["type"] == "responds-to" and data["confidence"] == 0.6
    )
    assert answer["sentences"] == "After Iran launched drones on April 13, Israel vowed to respond."
    assert (answer["articles"], answer["evidence"], answer["label"]) == ("a2", 1, "was a response to")
    agent = next(data for s, t, data in found.edges(data=True) if (s, t) == ("event/launch", "actor/iran"))
    assert agent["articles"] == "a1|a2"


def test_graphml_ids_are_unique(graph, tmp_path):
    (path,) = exports.write(graph, tmp_path / "graph.graphml")
    ids = [element.get("id") for element in ElementTree.parse(path).iter() if element.get("id")]
    assert len(ids) == len(set(ids))


def test_tables_have_headers_for_neo4j(graph, tmp_path):
    nodes, edges = tables(graph, tmp_path)
    assert next(iter(nodes[0])) == "id:ID"
    assert list(nodes[0])[-1] == ":LABEL"
    assert list(edges[0])[:3] == [":START_ID", ":END_ID", ":TYPE"]
    assert len(nodes[0]) == len(NODE_COLUMNS) + 2
    assert len(edges[0]) == len(EDGE_COLUMNS) + 2


def test_headers_and_cells_are_of_types_that_neo4j_knows(graph, tmp_path):
    """Names and types of the importer's header, arrays with `;`; cells that the types can hold."""
    read = {"int": int, "double": float, "date": date.fromisoformat, "boolean": ["true", "false"].index}
    for table in tables(graph, tmp_path):
        for column in table[0]:
            name, _, type = column.partition(":")
            assert type in {"", "ID", "LABEL", "START_ID", "END_ID", "TYPE", "string[]", *read}
            assert name or type in {"LABEL", "START_ID", "END_ID", "TYPE"}
            for row in table:
                if row[column] and type in read:
                    read[type](row[column])


def test_tables(graph, tmp_path):
    nodes, edges = tables(graph, tmp_path)
    by_id = {row["id:ID"]: row for row in nodes}
    assert (
        by_id["event/strike"].items()
        >= {
            ":LABEL": "Event;ASSAULT",
            "name": "Strike on the consulate in Damascus",
            "start:date": "2024-04-01",
            "end:date": "2024-04-02",
            "killed:int": "7",
            "injured:int": "",
            "intensity:double": "-9.5",
        }.items()
    )
    assert by_id["article/a1"][":LABEL"] == "Article"
    assert by_id["place/damascus"]["lat:double"] == "33.51"
    assert all({row[":START_ID"], row[":END_ID"]} <= set(by_id) for row in edges)
    assert {row[":TYPE"] for row in edges} == {relation.type for relation in graph.relations}
    assert edges[0]["articles:string[]"] == "a1;a2"


@pytest.mark.parametrize("attack", ATTACKS.values(), ids=ATTACKS.keys())
@pytest.mark.parametrize("suffix", READERS)
def test_hostile_text(tmp_path, suffix, attack):
    graph = hostile_graph(attack)
    found = reread(graph, tmp_path, suffix)
    assert len(found) == len(graph.nodes)
    assert found.number_of_edges() == len(graph.relations)
    kinds = {node.id: node.kind for node in graph.nodes.values()}
    assert sorted(data["kind"] for _, data in found.nodes(data=True)) == sorted(kinds.values())


@pytest.mark.parametrize("attack", ATTACKS.values(), ids=ATTACKS.keys())
def test_hostile_tables(tmp_path, attack):
    graph = hostile_graph(attack)
    nodes, edges = tables(graph, tmp_path)
    assert len(nodes) == len(graph.nodes)
    assert len(edges) == len(graph.relations)
    ids = {row["id:ID"] for row in nodes}
    assert len(ids) == len(nodes)
    assert all({row[":START_ID"], row[":END_ID"]} <= ids for row in edges)
    for row in [*nodes, *edges]:
        assert None not in row
        for column, cell in row.items():
            assert not any(line in cell for line in "\r\n\x0b\x85\u2028\u2029\x00")
            if not column.endswith((":double", ":int")):
                assert not cell.startswith(("=", "+", "-", "@", "\t"))


def test_negative_numbers_stay_numbers(graph, tmp_path):
    nodes, _ = tables(graph, tmp_path)
    assert "-9.5" in {row["intensity:double"] for row in nodes}


def test_cleaning_keeps_the_length():
    for attack in ATTACKS.values():
        assert len(unicode_text(attack)) == len(xml_text(attack)) == len(attack)
    assert xml_text("a\r\nb\x00\ud800\ufffe") == "a\n\nb\ufffd\ufffd\ufffd"
    assert unicode_text("\x00\r\ud800") == "\x00\r\ufffd"
