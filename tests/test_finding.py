"""Looking for nodes: words and what they find are in cases/finding.yaml."""

from pathlib import Path

import pytest
from small import small_graph

from newsloom.graph.finding import find, resolve, search
from newsloom.graph.model import Graph
from newsloom.graph.types import Event
from newsloom.schemas.errors import NotFound
from newsloom.schemas.loader import load_yaml

CASES = Path(__file__).parent / "cases" / "finding.yaml"
TABLE = load_yaml(CASES.read_text(), str(CASES))


@pytest.fixture(scope="module")
def graph():
    return small_graph()


@pytest.mark.parametrize(("text", "ids"), TABLE["found"].items())
def test_found(graph, text, ids):
    assert sorted(node.id for node in resolve(graph, text)) == sorted(ids)


@pytest.mark.parametrize("text", TABLE["nothing"])
def test_nothing_found(graph, text):
    assert find(graph, text) == ()
    with pytest.raises(NotFound, match="nothing in the graph is called"):
        resolve(graph, text)


def test_nodes_of_a_kind(graph):
    assert [match.node.id for match in find(graph, "Israel", "place")] == ["place/israel"]


def test_scores_fall(graph):
    scores = [match.score for match in find(graph, "Iran")]
    assert scores == sorted(scores, reverse=True)
    assert scores[0] == 1.0


def test_the_nearest_names_are_told(graph):
    with pytest.raises(NotFound, match="The nearest names: Israel") as raised:
        resolve(graph, "Isrxxl", "actor")
    assert raised.value.nearest[0] == "Israel"


def test_search_looks_in_the_sentences(graph):
    found = search(graph, "seven officers")
    assert [(quote.article, graph.articles["a1"].text[quote.start : quote.end]) for quote in found.sentences] == [
        ("a1", graph.articles["a1"].text[slice(*graph.readings[0].sentences[1])])
    ]
    assert search(graph, "officers of Zanzibar").sentences == ()


def test_search_gives_no_more_than_asked(graph):
    assert len(search(graph, "Iran", 1).sentences) == 1
    assert len(search(graph, "Iran", 1).nodes) == 1


def test_parts_of_ids(graph):
    event = graph.events[0]
    assert [node.id for node in resolve(graph, event.id[:-1])] == [event.id]
    assert {node.id for node in resolve(graph, "actor/i")} == {id for id in graph.nodes if id.startswith("actor/i")}
    assert [node.name for node in resolve(graph, "a1")] == [graph.nodes["article/a1"].name]
    assert find(graph, event.id[:-1], "actor") == ()
    assert find(graph, "event/") == ()
    hashed = Graph(graph.schema, (), [Event("event/2024-assault-d3497f6f", "ASSAULT", "raid")], (), {})
    assert [match.how for match in find(hashed, "d3497f6f")] == ["id"]
    assert find(hashed, "d3497f6") == ()
