"""What is woven into one node, and what is not: the table in cases/weaving.yaml, both ways round."""

from pathlib import Path

import marked
import pytest

from newsloom.graph.weaving.assemble import weave
from newsloom.schemas.loader import load_yaml

FILE = Path(__file__).parent / "cases" / "weaving.yaml"
CASES = load_yaml(FILE.read_text(encoding="utf-8"), str(FILE))


@pytest.fixture(scope="module", params=CASES, ids=[case["name"] for case in CASES])
def case(request):
    return request.param


@pytest.fixture(scope="module", params=["in order", "reversed"])
def woven(request, case, schema, knowledge):
    readings = tuple(marked.reading(**article) for article in case["articles"])
    handles = {h: m for article in case["articles"] for h, m in marked.handles(article["id"], article["text"]).items()}
    return weave(readings[:: -1 if request.param == "reversed" else 1], schema, knowledge), handles


def test_the_same_is_one_node(case, woven):
    graph, handles = woven
    for group in case.get("same", []):
        nodes = {handle: graph.resolution.get(handles[handle]) for handle in group}
        assert None not in nodes.values() and len(set(nodes.values())) == 1, nodes


def test_the_different_are_several(case, woven):
    graph, handles = woven
    for group in case.get("apart", []):
        nodes = [graph.resolution.get(handles[handle]) for handle in group]
        assert None not in nodes and len(set(nodes)) == len(group), nodes


def test_nobody_is_no_node(case, woven):
    graph, handles = woven
    assert {handle: graph.resolution.get(handles[handle]) for handle in case.get("nobody", [])} == dict.fromkeys(
        case.get("nobody", [])
    )


def test_names_read_well(case, woven):
    graph, handles = woven
    names = case.get("names", {})
    assert {handle: graph.nodes[graph.resolution[handles[handle]]].name for handle in names} == names
