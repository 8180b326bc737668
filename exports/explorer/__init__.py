"""The explorer: one HTML file to look at a graph by eye, complete and offline.

    page(graph)          the page as text
    write(graph, path)   the page as a UTF-8 file

Who decides what: `records` what of a graph the page knows, `layout` where it stands, `document` how it
becomes one file; `scripts` and `styles` are what runs and shows in the browser.
"""

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ...graph.model import Graph


def page(graph: "Graph") -> str:
    """The whole page as text."""
    from .document import Page

    return str(Page(graph).generate_html())


def write(graph: "Graph", path: Path) -> None:
    """The page as a UTF-8 file."""
    Path(path).write_text(page(graph), encoding="utf-8", newline="\n")
