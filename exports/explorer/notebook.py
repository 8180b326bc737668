"""The explorer in a notebook: a frame that holds the whole page.

The frame is a sandbox with an origin of its own: the page runs, and can neither read nor change the notebook around it.
"""

from html import escape

from ...graph.importance import top_events
from ...graph.model import Graph
from ...graph.types import UNTYPED, Event
from . import page

HEIGHT = 720  # pixels
MOST_EVENTS = 1000
MOST_BYTES = 2_800_000  # of one output: Jupyter's server lets three million through in three seconds, and drops more
LEAST_EVENTS = 25


def framed(graph: Graph) -> str:
    """A frame with the page, as HTML for a notebook; of a large graph with the events that matter most."""
    events = _most_important(graph, MOST_EVENTS)
    made = _frame(page(graph, events))
    while len(made.encode()) > MOST_BYTES and (fewer := len(events or graph.events) // 2) >= LEAST_EVENTS:
        events = _most_important(graph, fewer)
        made = _frame(page(graph, events))
    if events is None:
        return made
    count = f"{len(events):,} of {len(graph.events):,} events"
    return f"{made}<p>The {count}, those that matter most. <code>newsloom view</code> shows all of them.</p>"


def _most_important(graph: Graph, number: int) -> list[Event] | None:
    """So many events, those of a type before others; None when there are no more than that."""
    if len(graph.events) <= number:
        return None
    typed = [event for event in graph.events if event.type != UNTYPED]
    return top_events(graph, typed, number)


def _frame(page: str) -> str:
    return (
        f'<iframe title="newsloom" sandbox="allow-scripts allow-downloads" srcdoc="{escape(page)}" '
        f'style="width: 100%; height: {HEIGHT}px; border: 0"></iframe>'
    )
