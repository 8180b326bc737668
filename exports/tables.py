"""`.csv`: a table of nodes and a table of edges, with the headers that Neo4j's importer reads.

    neo4j-admin database import full --nodes=graph.nodes.csv --relationships=graph.edges.csv

A cell of text that a spreadsheet would run as a formula (it starts with = + - @ or a control
character) gets an apostrophe in front; line breaks become spaces. Lists are joined by `;`, as labels are.
"""

import csv
from collections.abc import Iterable
from pathlib import Path

from ..graph.model import Graph
from .flat import DATES, EDGE_COLUMNS, LISTS, NODE_COLUMNS, Row, Value, edges, nodes
from .text import FORMULA

_TYPES = {int: "int", float: "double", str: "string", bool: "boolean"}


def write(graph: Graph, path: Path) -> None:
    """Write `graph.nodes.csv` and `graph.edges.csv` for the path `graph.csv`: UTF-8, comma, quotes doubled.

    A node's labels are its kind and its type, `Event;ASSAULT`; an edge's type is that of the relation.
    """
    node_header = ["id:ID", *_typed(NODE_COLUMNS), ":LABEL"]
    node_rows = ([_cell(id), *_cells(row, NODE_COLUMNS), _labels(row)] for id, row in nodes(graph))
    _save(path.with_name(f"{path.stem}.nodes.csv"), node_header, node_rows)
    columns = {column: type for column, type in EDGE_COLUMNS.items() if column != "type"}
    edge_header = [":START_ID", ":END_ID", ":TYPE", *_typed(columns)]
    edge_rows = (
        [_cell(source), _cell(target), _cell(row["type"]), *_cells(row, columns)]
        for source, target, row in edges(graph)
    )
    _save(path.with_name(f"{path.stem}.edges.csv"), edge_header, edge_rows)


def _typed(columns: dict[str, type]) -> list[str]:
    """Neo4j's headers: `killed:int`, `start:date`, `aliases:string[]`; text is plain."""
    return [f"{column}{_suffix(column, type)}" for column, type in columns.items()]


def _suffix(column: str, type: type) -> str:
    if column in LISTS:
        return ":string[]"
    if column in DATES:
        return ":date"
    return "" if type is str else f":{_TYPES[type]}"


def _cells(row: Row, columns: dict[str, type]) -> list[Value]:
    return [_list(row.get(column, "")) if column in LISTS else _cell(row.get(column, "")) for column in columns]


def _list(value: Value) -> Value:
    """A list, which `flat` joins by `|`, as Neo4j reads it."""
    return _cell(str(value).replace(";", ",").replace("|", ";"))


def _cell(value: Value) -> Value:
    """A number as it is, a truth value as Neo4j reads it; text on one line, and never a formula."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if not isinstance(value, str):
        return value
    line = " ".join(value.split())
    return f"'{line}" if line.startswith(FORMULA) else line


def _labels(row: Row) -> str:
    labels = (str(row["kind"]).capitalize(), str(_cell(row["type"])).replace(";", ","))
    return ";".join(dict.fromkeys(labels))


def _save(path: Path, header: list[str], rows: Iterable[list[Value]]) -> None:
    with open(path, "w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(header)
        table.writerows(rows)
