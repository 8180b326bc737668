"""What is woven into one node, and what is not: the table in cases/weaving.yaml, both ways round."""

from pathlib import Path

import marked
import pytest

from newsloom.graph.pipeline import weave
from newsloom.schemas.loader import load_yaml

FILE = Path(__file__).parent / "cases" / "weaving.yaml"
CASES = load_yaml(FILE.read_text(encoding="utf-8"), str(FILE))


def _params(gap: bool):
    return [
        pytest.param(case, id=case["name"], marks=[pytest.mark.xfail(reason=case["gap"], strict=True)] if gap else [])
        for case in CASES
        if ("gap" in case) == gap
    ]


@pytest.fixture(scope="module", params=_params(gap=False))
def case(request):
    return request.param


def _weave(case, schema, knowledge, step: int = 1):
    readings = tuple(marked.reading(**article) for article in case["articles"])
    handles = {h: m for article in case["articles"] for h, m in marked.handles(article["id"], article["text"]).items()}
    return weave(readings[::step], schema, knowledge), handles


@pytest.fixture(scope="module", params=[1, -1], ids=["in order", "reversed"])
def woven(request, case, schema, knowledge):
    return _weave(case, schema, knowledge, request.param)


def _check_same(case, woven):
    graph, handles = woven
    for group in case.get("same", []):
        nodes = {handle: graph.resolution.get(handles[handle]) for handle in group}
        assert None not in nodes.values(), nodes
        assert len(set(nodes.values())) == 1, nodes


def test_the_same_is_one_node(case, woven):
    _check_same(case, woven)


@pytest.mark.parametrize("gap", _params(gap=True))
def test_known_gaps(gap, schema, knowledge):
    _check_same(gap, _weave(gap, schema, knowledge))


def test_the_different_are_several(case, woven):
    graph, handles = woven
    for group in case.get("apart", []):
        nodes = [graph.resolution.get(handles[handle]) for handle in group]
        assert None not in nodes, nodes
        assert len(set(nodes)) == len(group), nodes


def test_nobody_is_no_node(case, woven):
    graph, handles = woven
    assert {handle: graph.resolution.get(handles[handle]) for handle in case.get("nobody", [])} == dict.fromkeys(
        case.get("nobody", [])
    )


def test_names_read_well(case, woven):
    graph, handles = woven
    names = case.get("names", {})
    assert {handle: graph.nodes[graph.resolution[handles[handle]]].name for handle in names} == names
