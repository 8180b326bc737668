"""`.gexf`: GEXF 1.3 for Gephi, whose timeline reads the days of events, of their actors and places, and of the ties.

Times are days, first and last included, as the format has them (it has no open intervals); where an end is unknown
there is none, and what can have been at any time has no times at all. Who and what takes part in several events has a
spell for each. A tie's type is its `kind`, by which Gephi keeps two ties of the same ends apart, and its column
`relation`. The columns are else those of `flat`.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from xml.sax.saxutils import quoteattr

from ..graph.model import Graph
from ..graph.types import Node, Relation
from . import spells
from .flat import DATES, EDGE_COLUMNS, NODE_COLUMNS, Row, columns, edge_columns
from .spells import Spell
from .text import xml_text

HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<gexf xmlns="http://gexf.net/1.3" version="1.3">\n'
GRAPH = '<graph mode="dynamic" defaultedgetype="directed" timeformat="date">\n'
TYPES = {str: "string", int: "long", float: "double", bool: "boolean"}
NODES = {column: type for column, type in NODE_COLUMNS.items() if column not in DATES}
EDGES = {"relation" if column == "type" else column: type for column, type in EDGE_COLUMNS.items() if column != "label"}


def write(graph: Graph, path: Path) -> None:
    """Write the graph to `path`, sorted, a node or an edge a line: the same bytes for the same graph."""
    with open(path, "w", encoding="utf-8", newline="\n") as file:
        file.writelines(_lines(graph))


def _lines(graph: Graph) -> Iterator[str]:
    days = spells.of_nodes(graph)
    yield HEAD
    yield GRAPH
    for name, described in (("node", NODES), ("edge", EDGES)):
        yield f'<attributes class="{name}" mode="static">\n'
        for column, type in described.items():
            yield f"{_tag('attribute', id=f'{name}.{column}', title=column, type=TYPES[type])}/>\n"
        yield "</attributes>\n"
    yield "<nodes>\n"
    for node in sorted(graph.nodes.values(), key=lambda node: node.id):
        yield _node(node, graph, days.get(node.id, ()))
    yield "</nodes>\n<edges>\n"
    ordered = sorted(graph.relations, key=lambda relation: (relation.source, relation.type, relation.target))
    for number, relation in enumerate(ordered):
        yield _edge(number, relation, graph, spells.of_relation(relation, days, graph))
    yield "</edges>\n</graph>\n</gexf>\n"


def _node(node: Node, graph: Graph, times: tuple[Spell, ...]) -> str:
    row = columns(node, graph)
    id = xml_text(node.id)
    return _element("node", {"id": id, "label": str(row.get("name", id))}, times, row, NODES)


def _edge(number: int, relation: Relation, graph: Graph, times: tuple[Spell, ...]) -> str:
    row = edge_columns(relation, graph)
    row["relation"] = row["type"]
    names = {
        "id": f"e{number}",
        "source": xml_text(relation.source),
        "target": xml_text(relation.target),
        "label": str(row["label"]),
        "kind": str(row["relation"]),
    }
    return _element("edge", names, times, row, EDGES)


def _element(
    name: str, names: Mapping[str, str], times: tuple[Spell, ...], row: Row, described: Mapping[str, type]
) -> str:
    """A node or an edge: its names, its columns and its times."""
    only = _bounds(times[0]) if len(times) == 1 else {}
    values = (
        f"{_tag('attvalue', **{'for': f'{name}.{column}', 'value': _text(row[column])})}/>"
        for column in described
        if column in row
    )
    several = "".join(f"{_tag('spell', **_bounds(spell))}/>" for spell in times if len(times) > 1)
    inside = f"<attvalues>{''.join(values)}</attvalues>" + (f"<spells>{several}</spells>" if several else "")
    return f"{_tag(name, **names, **only)}>{inside}</{name}>\n"


def _tag(name: str, **attributes: str) -> str:
    """The start of an element; its attributes' texts end nothing."""
    return " ".join([f"<{name}", *(f"{key}={quoteattr(value)}" for key, value in attributes.items())])


def _bounds(spell: Spell) -> dict[str, str]:
    return {name: day.isoformat() for name, day in zip(DATES, spell, strict=True) if day}


def _text(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
