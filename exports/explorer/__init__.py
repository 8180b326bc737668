"""The explorer: one HTML file to look at a graph by eye, complete and offline.

    page(graph)          the page as text
    write(graph, path)   the page as a UTF-8 file

Who decides what: `records` what of a graph the page knows, `layout` where it stands, `parts` what is opened at
once, `document` how it all becomes one file; `scripts` and `styles` are what runs and shows in the browser.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ...graph.model import Graph
    from ...graph.types import Event


def page(graph: "Graph", events: "Iterable[Event] | None" = None) -> str:
    """The whole page as text; of some events and what they are tied to, or of the whole graph."""
    from .document import Page, complete
    from .parts import Parts, part

    title = f"{len(graph.articles)} articles, {len(graph.events)} events"
    parts = Parts(graph) if events is None else [part(graph, events)]
    return str(Page(complete(title, parts)).generate_html())


def write(graph: "Graph", path: Path, events: "Iterable[Event] | None" = None) -> None:
    """The page as a UTF-8 file."""
    Path(path).write_text(page(graph, events), encoding="utf-8", newline="\n")
