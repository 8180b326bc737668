"""The page: one HTML file that works from disk and asks no network for anything.

pyvis gives the model of nodes, edges and options and the vis-network it bundles; the template, the
layout and the scripts are ours. A Content-Security-Policy names every script by its hash, so that
nothing an article says can run.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pyvis.network
from msgspec import structs

from ...graph.model import Graph
from ...graph.types import Event, Node
from ..labels import clean, wrap
from ..offline import asset, environment, inline, policy, style
from .layout import Layout, arrange
from .libraries import LIBRARIES, library
from .packing import HEIGHT
from .records import Choice, view

SCRIPTS = tuple(
    f"explorer/scripts/{name}.js"
    for name in (
        *("data", "core/library", "state", "views", "canvas", "background", "world", "circles", "map"),
        *("evidence", "panel", "filters", "time", "page"),
    )
)
OPTIONS = {
    "autoResize": True,
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False},
    "interaction": {
        "hover": True,
        "hoverConnectedEdges": False,
        "selectConnectedEdges": False,
        "selectable": False,
        "dragNodes": False,
        "keyboard": False,
        "zoomSpeed": 0.6,
    },
    "nodes": {"chosen": False, "physics": False, "shadow": False},
    "edges": {"chosen": False, "physics": False, "smooth": False, "selectionWidth": 0, "hoverWidth": 0},
}
SHAPES = {"event": "box", "actor": "dot", "place": "diamond", "article": "square"}


class Page(pyvis.network.Network):
    """A pyvis network with our own template, escaped throughout, and everything inline."""

    def __init__(self, graph: Graph):
        super().__init__(directed=True, cdn_resources="in_line", heading="newsloom")
        self.path = "explorer/page.html"
        self.templateEnv = environment()
        choice = Choice(graph)
        layout = arrange(graph, choice.drawn)
        shown = view(graph, choice)
        self.options = OPTIONS
        self.nodes = [_vis_node(node, layout) for node in choice.drawn]
        self.edges = _vis_edges(shown, {node.id for node in choice.drawn})
        bundled = Path(pyvis.network.__file__).parent / "templates/lib/vis-9.1.2/vis-network.min.js"
        scripts = [bundled.read_text(encoding="utf-8"), *map(asset, SCRIPTS)]
        libraries = [library(name) for name in LIBRARIES]
        self.templateEnv.globals.update(
            view=shown | {"layout": _layout(layout)},
            style=style("explorer/styles/page.css"),
            scripts=[inline(script) for script in scripts],
            libraries=libraries,
            policy=policy([*scripts, *(one.script for one in libraries)]),
            counts=f"{len(graph.articles)} articles, {len(graph.events)} events",
        )

    def get_network_data(self) -> tuple[Any, ...]:
        """What the template is given, the options as a mapping rather than as text."""
        return self.nodes, self.edges, self.heading, self.height, self.width, self.options


def _vis_node(node: Node, layout: Layout) -> dict[str, Any]:
    """A node for vis-network: its place and its shape; the page's scripts colour it."""
    x, y = layout.positions[node.id]
    drawn: dict[str, Any] = {"id": node.id, "x": round(x, 1), "y": round(y, 1), "shape": SHAPES[node.kind]}
    drawn["kind"] = node.kind
    if isinstance(node, Event):
        box = layout.boxes[node.id]
        size = {"widthConstraint": {"minimum": round(box.width - 8)}, "heightConstraint": HEIGHT - 8}
        return drawn | {"label": box.label} | size
    return drawn | {"label": wrap(clean(node.name) or node.id, 16, 2)}


def _vis_edges(shown: dict[str, Any], drawn: set[str]) -> list[dict[str, Any]]:
    """Edges for vis-network, from cause to effect; lines of one group between the same two nodes are one, thicker."""
    merged: dict[tuple[str, str, str], dict[str, Any]] = {}
    for relation in shown["relations"]:
        kind = shown["relationTypes"][relation["type"]]
        start, end = relation["source"], relation["target"]
        if start not in drawn or end not in drawn or start == end:
            continue
        if kind["causal"] == "target":
            start, end = end, start
        edge = merged.setdefault(
            (start, end, kind["group"]),
            {"id": f"e{len(merged)}", "from": start, "to": end, "group": kind["group"], "relations": [], "weight": 0},
        )
        edge["relations"].append(relation["id"])
        edge["weight"] += len(relation["evidence"])
    return list(merged.values())


def _layout(layout: Layout) -> dict[str, Any]:
    """What is drawn behind the graph."""
    return {
        "lanes": [structs.asdict(lane) | {"name": clean(lane.name)} for lane in layout.lanes],
        "columns": [
            {"label": label, "left": column.left, "right": column.right, "dated": column.day is not None}
            for column, label in zip(layout.columns, _axis([c.label for c in layout.columns]), strict=True)
        ],
        "bands": [structs.asdict(band) for band in layout.bands],
        "axis": layout.axis,
        "width": layout.width,
        "height": layout.height,
    }


def _axis(labels: Sequence[str]) -> list[str]:
    """Dates without their year where the date before has the same."""
    years = ["", *(label[-4:] for label in labels)]
    return [label.removesuffix(f" {year}") if year else label for label, year in zip(labels, years, strict=False)]
