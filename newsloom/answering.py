"""The answer to a query as a table for people: nodes by their ids, IRIs with short prefixes."""

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

from .console import columns, counted, say, table, visible
from .exports.rdf.names import Names, curie, namespaces

if TYPE_CHECKING:
    from .exports.queries import Solutions
    from .exports.queries.terms import Value
    from .graph.model import Graph


def say_solutions(graph: "Graph", found: "Solutions", base: str, top: int | None = None) -> None:
    """Print the rows, or yes or no; on a terminal long cells are wrapped."""
    if found.form == "ask":
        say("yes" if found.rows[0][0] else "no")
        return
    shown = found.rows[:top]
    if shown:
        cells = Cells(graph, base)
        _say(found.columns, [cells.row(row) for row in shown])
    else:
        say("nothing in the graph fits.", err=True)
    if len(shown) < len(found.rows):
        left_out = len(found.rows) - len(shown)
        say(f"{left_out} of {counted(len(found.rows), 'row')} left out; raise --top to see more.", err=True)


class Cells:
    """Values as cells: a node is its id, with its name where the row does not say it; IRIs get their prefixes."""

    def __init__(self, graph: "Graph", base: str):
        names = Names(graph)
        self.nodes = {f"{base}{names.node(id)}": node for id, node in graph.nodes.items()}
        self.base = base
        self.prefixes = namespaces(graph.schema)

    def row(self, values: Sequence["Value"]) -> list[str]:
        """The cells of a row."""
        return [self._cell(value, values) for value in values]

    def _cell(self, value: "Value", row: Sequence["Value"]) -> str:
        if value is None:
            return ""
        if isinstance(value, bool):
            return "yes" if value else "no"
        if not isinstance(value, str):
            return str(value)
        if node := self.nodes.get(value):
            return node.id if node.name in row else f"{node.id} ({node.name})"
        return curie(value, self.prefixes).removeprefix(self.base)


def _say(header: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    if columns() is None:
        table([header, *rows], [{}] * len(header))
        return
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    drawn = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for name in header:
        drawn.add_column(Text(visible(name), style="bold"), overflow="fold")
    for row in rows:
        drawn.add_row(*(Text(visible(cell)) for cell in row))
    colours: Literal["auto"] | None = None if os.environ.get("NO_COLOR") else "auto"
    Console(width=columns(), highlight=False, color_system=colours).print(drawn)
