"""RDF back to a graph: nothing is lost in any syntax, and what is wrong with a file is said in one line."""

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from random_graphs import graphs, random_graph

from newsloom import exports
from newsloom.exports.rdf.reader import read
from newsloom.graph.model import Graph

SUFFIXES = (".trig", ".nq", ".jsonld", ".ttl", ".nt", ".rdf")
IN_XML = st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff", include_characters="\t\n\r")


def again(graph: Graph, suffix: str) -> Graph:
    """The graph written and read."""
    with TemporaryDirectory() as folder:
        (path,) = exports.write(graph, Path(folder, f"graph{suffix}"))
        return read(path)


def assert_same(found: Graph, graph: Graph) -> None:
    def ends(relation):
        return relation.source, relation.type, relation.target

    assert found.schema == graph.schema
    assert found.readings == graph.readings
    assert found.nodes == graph.nodes
    assert found.relations == tuple(sorted(graph.relations, key=ends))
    assert found.resolution == graph.resolution
    assert (found.refused, found.dropped, found.merges) == (graph.refused, graph.dropped, graph.merges)


@given(graph=graphs(), suffix=st.sampled_from(SUFFIXES[:-1]))
@settings(max_examples=100, deadline=None)
def test_nothing_is_lost(graph, suffix):
    assert_same(again(graph, suffix), graph)


@given(graph=graphs(IN_XML))
@settings(max_examples=30, deadline=None)
def test_nothing_is_lost_in_xml(graph):
    assert_same(again(graph, ".rdf"), graph)


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_nothing_is_lost_of_a_larger_graph(suffix):
    graph = random_graph(1, 60)
    assert_same(again(graph, suffix), graph)
