"""Each format's file of the small graph, byte for byte: `make golden` writes them anew.

python -m pytest tests/test_exports_golden.py --regenerate
"""

import json
import random
import re
from pathlib import Path

import pytest
from pyarrow import parquet
from small import small_graph

from newsloom import exports
from newsloom.exports.explorer.chunks import unpacked
from newsloom.graph.model import Graph

GOLDEN = Path(__file__).parent / "golden"
FORMATS = exports.suffixes()
DATA = re.compile(rb'<script type="application/(json|gzip)" id="(?:manifest|part/.*?)">(.*?)</script>', re.DOTALL)


def contents(graph: Graph, folder: Path, suffix: str) -> dict[str, bytes]:
    """What is written for a graph, by file name; the program's version is taken out, of a page only its data stays."""
    written = exports.write(graph, folder / f"small{suffix}")
    if suffix == ".html":
        data = (
            unpacked(text) if kind == b"gzip" else json.loads(text)
            for kind, text in DATA.findall(written[0].read_bytes())
        )
        return {"small.html.json": "\n".join(json.dumps(one, indent=1, ensure_ascii=False) for one in data).encode()}
    if suffix == ".parquet":
        return {f"{path.name}.jsonl": lines_of(path) for path in written}
    return {path.name: re.sub(rb'"newsloom \d[^"]*"', b'"newsloom 0"', path.read_bytes()) for path in written}


def lines_of(table: Path) -> bytes:
    """A table of Parquet with a line for its columns and one for each row."""
    found = parquet.read_table(table)
    columns = {field.name: str(field.type) for field in found.schema}
    lines = (json.dumps(line, ensure_ascii=False, default=str) for line in (columns, *found.to_pylist()))
    return "".join(f"{line}\n" for line in lines).encode()


@pytest.mark.parametrize("suffix", FORMATS)
def test_golden(tmp_path, suffix, request):
    found = contents(small_graph(), tmp_path, suffix)
    if request.config.getoption("--regenerate", default=False):
        for name, content in found.items():
            (GOLDEN / name).write_bytes(content)
    assert found == {name: (GOLDEN / name).read_bytes() for name in found}


@pytest.mark.parametrize(
    "suffix", [suffix for suffix in FORMATS if suffix != ".html"]
)  # a page keeps the graph's order
def test_order_of_nodes_and_relations_does_not_matter(tmp_path, suffix):
    graph = small_graph()
    nodes, relations = list(graph.nodes.values()), list(graph.relations)
    random.Random(1).shuffle(nodes)
    random.Random(2).shuffle(relations)
    shuffled = Graph(graph.schema, graph.readings, nodes, relations, graph.resolution)
    assert contents(shuffled, tmp_path, suffix) == contents(graph, tmp_path, suffix)
