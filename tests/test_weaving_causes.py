"""What leads to what once articles are woven together: the table in cases/causes_woven.yaml, both ways round."""

from pathlib import Path

import marked
import pytest

from newsloom.graph.edtf import to_edtf
from newsloom.graph.pipeline import weave
from newsloom.graph.weaving.standing import ends_of
from newsloom.schemas.loader import load_yaml

FILE = Path(__file__).parent / "cases" / "causes_woven.yaml"
CASES = load_yaml(FILE.read_text(encoding="utf-8"), str(FILE))


@pytest.fixture(scope="module", params=CASES, ids=lambda case: case["name"])
def case(request):
    return request.param


@pytest.fixture(scope="module", params=[1, -1], ids=["in order", "reversed"])
def woven(request, case, schema, knowledge):
    """The graph of a case, and a function from a handle to its node's id."""
    readings = [marked.reading(**article) for article in case["articles"]]
    handles = {h: m for article in case["articles"] for h, m in marked.handles(article["id"], article["text"]).items()}
    graph = weave(tuple(readings[:: request.param]), schema, knowledge)
    return graph, lambda handle: handle and graph.resolution.get(handles[handle])


def test_the_lines_are_these(case, woven):
    graph, node = woven
    found = {(r.source, r.type, r.target): r for r in graph.relations if ends_of(r.type, graph.schema)}
    expected = {(node(source), type, node(target)): more for source, type, target, more in case["lines"]}
    assert found.keys() == expected.keys()
    for ends, more in expected.items():
        line = found[ends]
        assert line.factuality == more.get("factuality", "asserted")
        assert line.backwards == more.get("backwards", False)
        assert line.confidence == pytest.approx(more.get("confidence", line.confidence))
        assert [one.claimed_by for one in line.evidence] == [node(handle) for handle in more["by"]]
        assert [one.factuality for one in line.evidence] == more["status"]


def test_what_is_one_event(case, woven):
    _, node = woven
    for group in case.get("same", []):
        nodes = {handle: node(handle) for handle in group}
        assert None not in nodes.values(), nodes
        assert len(set(nodes.values())) == 1, nodes
    assert [handle for handle in case.get("nobody", []) if node(handle)] == []


def test_names_and_days(case, woven):
    graph, node = woven
    names, days = case.get("names", {}), case.get("days", {})
    assert {handle: graph.nodes[node(handle)].name for handle in names} == names
    assert {handle: to_edtf(graph.nodes[node(handle)].when) for handle in days} == {
        handle: str(when) for handle, when in days.items()
    }
