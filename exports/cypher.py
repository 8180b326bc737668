"""`.cypher`: a script for Neo4j (5 and later) that makes the graph, or brings an earlier one of it up to date.

    cypher-shell -f graph.cypher

Each node has a label for its kind (Event, Actor, Place, Article) and one for its type; what a relation is called is
the type of its relationship. The columns are those of the tables (`.csv`), with dates as dates and several as lists.
Run again, the script changes properties and makes nothing twice; it takes nothing away. Every text is written as a
literal that no text can end: what articles say is never run.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from ..graph.model import Graph
from .flat import DATES, LISTS, Row, edges, nodes
from .text import xml_text

Key = tuple[str, ...]

BATCH = 200  # rows of a statement
KINDS = {"event": "Event", "actor": "Actor", "place": "Place", "article": "Article"}
LARGEST = 2**63  # whole numbers are below
_BACKSLASH = "\\\\"  # as it is written in a text
_ESCAPES = {"\\": _BACKSLASH, "'": "\\'", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f"}


def write(graph: Graph, path: Path) -> None:
    """Write the script to `path`: UTF-8, a row a line, the same bytes for the same graph."""
    with open(path, "w", encoding="utf-8", newline="\n") as file:
        for statement in statements(graph):
            file.write(f"{statement};\n")


def statements(graph: Graph) -> Iterator[str]:
    """The constraints, then the nodes, then the relationships, some at a time."""
    for kind, label in KINDS.items():
        yield f"CREATE CONSTRAINT newsloom_{kind} IF NOT EXISTS FOR (n:{label}) REQUIRE n.id IS UNIQUE"
    kinds = {xml_text(node.id): KINDS[node.kind] for node in graph.nodes.values()}
    made = (((kinds[id], str(row.get("type", ""))), {"id": id, **row}) for id, row in nodes(graph))
    for (label, type), rows in _batches(made):
        also = f", n:{quoted(type)}" if type and type != label else ""
        yield f"UNWIND [\n{rows}\n] AS row\nMERGE (n:{label} {{id: row.id}})\nSET n += row{also}"
    tied = (
        ((str(row["type"]), kinds[source], kinds[target]), {"source": source, "target": target, "row": _untyped(row)})
        for source, target, row in edges(graph)
        if source in kinds and target in kinds
    )
    for (type, one, other), rows in _batches(tied):
        yield (
            f"UNWIND [\n{rows}\n] AS tie\n"
            f"MATCH (a:{one} {{id: tie.source}})\nMATCH (b:{other} {{id: tie.target}})\n"
            f"MERGE (a)-[r:{quoted(type)}]->(b)\nSET r += tie.row"
        )


def _untyped(row: Row) -> Row:
    return {column: value for column, value in row.items() if column != "type"}


def _batches(keyed: Iterable[tuple[Key, Mapping[str, Any]]]) -> Iterator[tuple[Key, str]]:
    """The rows of each key, at most `BATCH` together, as literals."""
    groups: dict[Key, list[str]] = defaultdict(list)
    for key, row in keyed:
        groups[key].append(literal(row))
    for key in sorted(groups):
        for start in range(0, len(groups[key]), BATCH):
            yield key, ",\n".join(groups[key][start : start + BATCH])


def literal(value: Any, column: str = "") -> str:
    """A value as Cypher writes it.

    >>> literal({"name": "Ann's", "start": "2024-04-01", "aliases": "a|b"})
    "{`name`: 'Ann\\\\'s', `start`: date('2024-04-01'), `aliases`: ['a', 'b']}"
    """
    if isinstance(value, Mapping):
        fields = ((key, literal(own, key)) for key, own in value.items())
        return f"{{{', '.join(f'`{key}`: {own}' for key, own in fields if own)}}}"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return _number(value)
    if column in DATES:
        return f"date('{date.fromisoformat(value).isoformat()}')"
    if column in LISTS:
        return f"[{', '.join(map(string, value.split('|')))}]"
    return string(value)


def _number(value: float) -> str:
    """A number, or nothing for what Neo4j has no literal for."""
    if isinstance(value, float) and not math.isfinite(value):
        return ""
    return repr(value) if isinstance(value, float) or abs(value) < LARGEST else repr(float(value))


def string(text: str) -> str:
    """A text between quotes.

    A `u` behind a backslash is written as `\\u0075`: Neo4j 4 and 5 turn `\\uXXXX` into a character before they look for
    the end of a text, also where the backslash before it is itself escaped.
    """
    escaped = "".join(_ESCAPES.get(character, character) for character in text)
    return f"'{escaped.replace(_BACKSLASH + 'u', _BACKSLASH + chr(92) + 'u0075')}'"


def quoted(name: str) -> str:
    """A label or a type of relationships between backticks, in which no backslash is safe."""
    return f"`{name.replace(chr(92), '_').replace('`', '``')}`"
