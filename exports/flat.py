"""A graph flattened for formats whose nodes and edges carry strings and numbers only.

The columns are the same for GraphML, GEXF and CSV; what is unknown is left out.
"""

from collections.abc import Iterable, Iterator

import networkx as nx

from ..graph.edtf import to_edtf
from ..graph.model import Graph
from ..graph.types import Actor, Event, Node, Place, Relation, Report
from .text import xml_text

Value = str | int | float
Row = dict[str, Value]

NODE_COLUMNS: dict[str, type] = {
    "kind": str,
    "type": str,
    "name": str,
    "aliases": str,
    "mentions": int,
    "when": str,
    "start": str,
    "end": str,
    "precision": str,
    "factuality": str,
    "mode": str,
    "intensity": float,
    "killed": int,
    "injured": int,
    "sources": int,
    "country": str,
    "sector": str,
    "wikidata": str,
    "lat": float,
    "lon": float,
    "geonames": str,
    "within": str,
    "publisher": str,
    "published": str,
    "url": str,
}
EDGE_COLUMNS: dict[str, type] = {
    "type": str,
    "label": str,
    "confidence": float,
    "factuality": str,
    "backwards": bool,
    "evidence": int,
    "sentences": str,
    "articles": str,
    "claimed_by": str,
}
"""What the columns hold; where it is several (`LISTS`), they are joined by `|`."""

DATES = ("start", "end")
LISTS = ("aliases", "sector", "sentences", "articles", "claimed_by")


def nodes(graph: Graph) -> Iterator[tuple[str, Row]]:
    """Each node's id and columns, sorted by id."""
    for node in sorted(graph.nodes.values(), key=lambda node: node.id):
        yield xml_text(node.id), columns(node, graph)


def columns(node: Node, graph: Graph) -> Row:
    """A node's columns."""
    return _known(_node(node, graph), NODE_COLUMNS)


def edges(graph: Graph) -> Iterator[tuple[str, str, Row]]:
    """Each relation's two ends and columns, sorted."""
    for relation in sorted(graph.relations, key=lambda r: (r.source, r.type, r.target)):
        yield xml_text(relation.source), xml_text(relation.target), edge_columns(relation, graph)


def edge_columns(relation: Relation, graph: Graph) -> Row:
    """A relation's columns."""
    return _known(_edge(relation, graph), EDGE_COLUMNS)


def flatten(graph: Graph) -> "nx.MultiDiGraph":
    """A copy for networkx's writers, each node with a `label`; the edges' keys are e0, e1, ..."""
    flat: nx.MultiDiGraph = nx.MultiDiGraph()
    for id, row in nodes(graph):
        flat.add_node(id, label=row.get("name", id), **row)
    for number, (source, target, row) in enumerate(edges(graph)):
        flat.add_edge(source, target, key=f"e{number}", **row)
    return flat


def _node(node: Node, graph: Graph) -> dict[str, Value | None]:
    row: dict[str, Value | None] = {
        "kind": node.kind,
        "type": node.type,
        "name": node.name,
        "aliases": _joined(node.aliases),
        "mentions": len(node.mentions),
    }
    match node:
        case Event(when=when):
            row |= {
                "when": to_edtf(when),
                "start": when.earliest.isoformat() if when and when.earliest else None,
                "end": when.latest.isoformat() if when and when.latest else None,
                "precision": when.precision if when else None,
                "factuality": node.factuality,
                "mode": node.mode,
                "intensity": node.intensity,
                "killed": node.killed,
                "injured": node.injured,
                "sources": node.sources,
            }
        case Actor():
            row |= {"country": node.country, "sector": _joined(node.sector), "wikidata": node.wikidata}
        case Place():
            row |= {
                "lat": node.lat,
                "lon": node.lon,
                "country": node.country,
                "geonames": node.geonames,
                "within": node.within,
            }
        case Report():
            if article := graph.articles.get(node.article):
                row |= {"publisher": article.source, "published": article.published, "url": article.url}
    return row


def _edge(relation: Relation, graph: Graph) -> dict[str, Value | None]:
    known = graph.schema.relations.get(relation.type)
    return {
        "type": relation.type,
        "label": (known.label if known else "") or relation.type,
        "confidence": relation.confidence,
        "factuality": relation.factuality,
        "backwards": relation.backwards,
        "evidence": len(relation.evidence),
        "sentences": _joined(" ".join(graph.sentence(evidence).split()) for evidence in relation.evidence),
        "articles": _joined(evidence.article for evidence in relation.evidence),
        "claimed_by": _joined(evidence.claimed_by for evidence in relation.evidence if evidence.claimed_by),
    }


def _joined(words: Iterable[str]) -> str:
    """Each of them once; a `|` within one becomes `/`."""
    return "|".join(dict.fromkeys(word.replace("|", "/") for word in words))


def _known(row: dict[str, Value | None], types: dict[str, type]) -> Row:
    """The columns that hold something, as what they are to hold, their text fit for every format."""
    return {
        column: xml_text(value) if isinstance(value, str) else types[column](value)
        for column, value in row.items()
        if value is not None and value != ""
    }
