"""`.graphml`: for yEd, Gephi, Cytoscape, igraph and networkx."""

from pathlib import Path

import networkx as nx

from ..graph.model import Graph
from .flat import flatten


def write(graph: Graph, path: Path) -> None:
    """Write the graph to `path`, with the columns of `flat` on nodes and edges."""
    nx.write_graphml(flatten(graph), path)
