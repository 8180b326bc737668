"""Looking for nodes: words and what they find are in cases/finding.yaml."""

from pathlib import Path

import pytest
from small import small_graph

from newsloom.graph.finding import find, resolve, search
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
