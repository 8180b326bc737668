"""A part of the page: everything it shows of some events and what they are tied to, as plain data.

Records leave out what is as in `DEFAULTS`, which each part brings along; relations, the order and the lanes name
nodes by their number, which is the place in `nodes`.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from msgspec import structs

from ...graph.model import Graph
from ...graph.types import Event, Node
from ..labels import clean, wrap
from .layout import Layout, arrange
from .records import Choice, view

DEFAULTS: dict[str, dict[str, Any]] = {
    "node": {
        **{"kind": "event", "aliases": [], "mentions": 1, "evidence": [], "drawn": True, "degree": 0, "importance": 0},
        **{"label": None, "width": None, "mode": None, "factuality": "asserted", "day": None, "edtf": None},
        **{"date": None, "brief": "undated", "earliest": None, "latest": None, "phrase": None, "rule": None},
        **{"precision": None, "intensity": None, "figures": [], "claims": [], "sources": 1, "reasons": []},
        **{"country": None, "sector": [], "wikidata": None, "offices": [], "lat": None, "lon": None},
        **{"geonames": None, "within": None, "article": None},
    },
    "relation": {"confidence": 0.9, "factuality": "asserted", "backwards": False, "claimed": False, "evidence": []},
    "proof": {"marks": [], "rule": None, "confidence": 0.9, "cue": None, "factuality": "asserted", "says": None},
    "quote": {"marks": [], "factuality": None, "says": None},
    "figure": {
        **{"bound": None, "source": None, "holds": None, "factuality": "asserted", "article": None, "reported": None},
        "sentence": None,
    },
    "claim": {
        **{"factuality": "asserted", "source": None, "article": None, "reported": None, "date": None, "places": []},
        "sentence": None,
    },
}
"""What the fields of a record are where they are left out. Its lists in `evidence` are quotes of a node, proofs of a
relation; `figures` and `claims` are lists of records too. A `label` left out is the name."""


def part(
    graph: Graph, events: Iterable[Event] | None = None, name: str = "all", title: str | None = None
) -> dict[str, Any]:
    """Everything the page shows of some events (all, if None), ready for JSON."""
    choice = Choice(graph)
    layout = arrange(graph, choice.drawn)
    shown = view(graph, choice)
    number = {node.id: at for at, node in enumerate(choice.held)}
    degree = _degrees(graph)
    nodes = [
        record | _place(graph, node, layout) | {"degree": degree.get(node.id, 0)}
        for record, node in zip(shown["nodes"], choice.held, strict=True)
    ]
    return {
        "name": name,
        "title": title,
        "defaults": DEFAULTS,
        **shown,
        "nodes": [_node(record) for record in nodes],
        "relations": [_relation(record, number) for record in shown["relations"]],
        "order": [number[id] for id in shown["order"]],
        "layout": _layout(layout, number),
    }


def _degrees(graph: Graph) -> dict[str, int]:
    """How many others each node of the whole graph is tied to."""
    near: dict[str, set[str]] = {}
    for relation in graph.relations:
        if relation.source != relation.target:
            near.setdefault(relation.source, set()).add(relation.target)
            near.setdefault(relation.target, set()).add(relation.source)
    return {id: len(others) for id, others in near.items()}


def _place(graph: Graph, node: Node, layout: Layout) -> dict[str, Any]:
    """Where a node stands, with what label, and how much it matters."""
    x, y = layout.positions.get(node.id, (0.0, 0.0))
    label, width = wrap(clean(node.name) or node.id, 16, 2), None
    importance = 0.0
    if isinstance(node, Event):
        importance = round(graph.importance(node), 1)
        if node.id in layout.boxes:
            label, width = layout.boxes[node.id].label, round(layout.boxes[node.id].width - 8)
    return {
        "x": round(x),
        "y": round(y),
        "label": label if label != clean(node.name) else None,
        "width": width,
        "importance": importance,
    }


def _node(record: dict[str, Any]) -> dict[str, Any]:
    lean = record | {"evidence": _each(record["evidence"], "quote")}
    for field, kind in (("figures", "figure"), ("claims", "claim")):
        if field in lean:
            lean[field] = _each(lean[field], kind)
    return _lean(lean, "node")


def _relation(record: dict[str, Any], number: Mapping[str, int]) -> dict[str, Any]:
    """A relation without its id, which is `r` and its place in the list."""
    ends = {"source": number[record["source"]], "target": number[record["target"]]}
    lean = _lean(record | ends | {"evidence": _each(record["evidence"], "proof")}, "relation")
    del lean["id"]
    return lean


def _each(records: Iterable[dict[str, Any]], kind: str) -> list[dict[str, Any]]:
    return [_lean(record, kind) for record in records]


def _lean(record: dict[str, Any], kind: str) -> dict[str, Any]:
    """A record without what is as in the table of defaults."""
    usual = DEFAULTS[kind]
    return {key: value for key, value in record.items() if key not in usual or usual[key] != value}


def _layout(layout: Layout, number: Mapping[str, int]) -> dict[str, Any]:
    """What is drawn behind the graph."""
    return {
        "lanes": [
            structs.asdict(lane) | {"name": clean(lane.name), "events": [number[id] for id in lane.events]}
            for lane in layout.lanes
        ],
        "columns": [
            {"label": label, "left": round(column.left), "right": round(column.right), "dated": column.day is not None}
            for column, label in zip(layout.columns, _axis([c.label for c in layout.columns]), strict=True)
        ],
        "bands": [structs.asdict(band) for band in layout.bands],
        "axis": layout.axis,
        "width": round(layout.width),
        "height": round(layout.height),
    }


def _axis(labels: list[str]) -> list[str]:
    """Dates without their year where the date before has the same."""
    years = ["", *(label[-4:] for label in labels)]
    return [label.removesuffix(f" {year}") if year else label for label, year in zip(labels, years, strict=False)]
