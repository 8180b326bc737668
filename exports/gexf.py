"""`.gexf`: for Gephi, whose timeline reads the days of the events."""

from datetime import date, timedelta
from pathlib import Path

from networkx.readwrite.gexf import GEXFWriter

from ..graph.model import Graph
from .flat import flatten


def write(graph: Graph, path: Path) -> None:
    """Write the graph to `path`, with the columns of `flat` on nodes and edges.

    What GEXF means otherwise differs: `end` is the last day possible, for its intervals are closed,
    and an edge's type is called `relation`, for its own `type` is the direction. The date and the
    maker are left out, so that the same graph gives the same bytes.
    """
    flat = flatten(graph)
    for _, columns in flat.nodes(data=True):
        if end := columns.get("end"):
            columns["end"] = (date.fromisoformat(end) - timedelta(days=1)).isoformat()
    for _, _, columns in flat.edges(data=True):
        columns["relation"] = columns.pop("type")
    writer = GEXFWriter(prettyprint=True, version="1.2draft")
    writer.add_graph(flat)
    for meta in writer.xml.iter("meta"):
        meta.attrib.clear()
        meta[:] = []
    with open(path, "wb") as file:
        writer.write(file)
