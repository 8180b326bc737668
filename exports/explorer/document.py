"""The page: one HTML file that works from disk and asks no network for anything.

pyvis gives the model of nodes, edges and options and the vis-network it bundles; the template, the
layout and the scripts are ours. A Content-Security-Policy names every script by its hash, so that
nothing an article says can run.
"""

from pathlib import Path
from typing import Any

import pyvis.network

from ...graph.model import Graph
from ..offline import asset, environment, inline, policy, style
from .packing import HEIGHT
from .parts import part
from .records import filled

SCRIPTS = tuple(
    f"explorer/scripts/{name}.js"
    for name in (
        *("data", "state", "views", "canvas", "background", "world", "circles", "map"),
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
        shown = filled(part(graph))
        drawn = [node for node in shown["nodes"] if node["drawn"]]
        self.options = OPTIONS
        self.nodes = [_vis_node(node) for node in drawn]
        self.edges = _vis_edges(shown, {node["id"] for node in drawn})
        bundled = Path(pyvis.network.__file__).parent / "templates/lib/vis-9.1.2/vis-network.min.js"
        scripts = [bundled.read_text(encoding="utf-8"), *map(asset, SCRIPTS)]
        self.templateEnv.globals.update(
            view=shown,
            style=style("explorer/styles/page.css"),
            scripts=[inline(script) for script in scripts],
            policy=policy(scripts),
            counts=f"{len(graph.articles)} articles, {len(graph.events)} events",
        )

    def get_network_data(self) -> tuple[Any, ...]:
        """What the template is given, the options as a mapping rather than as text."""
        return self.nodes, self.edges, self.heading, self.height, self.width, self.options


def _vis_node(node: dict[str, Any]) -> dict[str, Any]:
    """A node for vis-network: its place and its shape; the page's scripts colour it."""
    drawn = {field: node[field] for field in ("id", "x", "y", "kind", "label")} | {"shape": SHAPES[node["kind"]]}
    if node["kind"] == "event":
        drawn |= {"widthConstraint": {"minimum": node["width"]}, "heightConstraint": HEIGHT - 8}
    return drawn


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
