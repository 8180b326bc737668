"""How a graph shows itself in a notebook.

What a graph looks like is known further up, where nothing here may import from: `newsloom/__init__.py`, which every
import passes, says who shows it. A graph that nobody shows is a table.
"""

from collections.abc import Callable
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .model import Graph

ROWS = 50
_shown_by: "list[Callable[[Graph], str]]" = []


def shown_by(show: "Callable[[Graph], str]") -> None:
    """Let a function show every graph from now on: it returns HTML."""
    _shown_by[:] = [show]


def html(graph: "Graph") -> str:
    """A graph as HTML, as it is shown."""
    return _shown_by[0](graph) if _shown_by else table(graph)


def table(graph: "Graph") -> str:
    """The timeline as a table."""
    from .edtf import to_edtf

    rows = "".join(
        f"<tr><td>{escape(day)}</td><td>{escape(event.type)}</td><td>{escape(event.name)}</td></tr>"
        for day, event in ((to_edtf(event.when) or "?", event) for event in graph.events[:ROWS])
    )
    more = f"<p>and {len(graph.events) - ROWS} more</p>" if len(graph.events) > ROWS else ""
    head = "<tr><th>when</th><th>type</th><th>event</th></tr>"
    return f"<p>{escape(repr(graph)[1:-1])}</p><table>{head}{rows}</table>{more}"
