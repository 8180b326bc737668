"""The examples in docstrings run; in them `graph` is the small graph."""

import doctest
import importlib
from pathlib import Path

import pytest
from small import small_graph

ROOT = Path(__file__).parents[1]
MODULES = sorted(
    ".".join(("newsloom", *path.relative_to(ROOT if room != "newsloom" else ROOT / room).with_suffix("").parts))
    for room in ("newsloom", "schemas", "graph", "exports")
    for path in (ROOT / room).rglob("*.py")
    if not path.stem.startswith("__")
)


@pytest.fixture(scope="module")
def graph():
    return small_graph()


@pytest.mark.parametrize("name", MODULES)
def test_examples(name, graph):
    module = importlib.import_module(name)
    flags = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
    failed, _ = doctest.testmod(module, extraglobs={"graph": graph}, optionflags=flags)
    assert not failed
