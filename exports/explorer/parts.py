"""A part of the page: everything it shows of some events and what they are tied to, as plain data.

Records leave out what is as in `DEFAULTS`, which each part brings along; relations, the order (of the events that are
drawn) and the lanes name nodes by their number, which is the place in `nodes`. A node's x and y are the centre of where
it stands, whether it is `drawn` at first or not; `width` is that of an event's box; `degree` (how many
others it is tied to) and `importance` are those of the whole graph.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from msgspec import structs

from ...graph.model import Graph
from ...graph.types import Event, Node
from ..labels import wrap
from .choice import MOST_NODES, Choice, Whole
from .cutting import is_cut, named
from .layout import Layout, arrange
from .legend import relation_types, types
from .records import DEFAULTS, node_record, relation_records
from .sentences import Sentences
from .web import web

LABEL = (16, 2)  # letters a line and lines of the name of an actor, a place or an article


def part(
    graph: Graph,
    events: Iterable[Event] | None = None,
    name: str = "all",
    title: str | None = None,
    *,
    whole: Whole | None = None,
    most: int = MOST_NODES,
) -> dict[str, Any]:
    """Everything the page shows of some events (all, if None) and what goes with them, ready for JSON.

    At most so many nodes are held, the events that matter most first; `leftOut` counts the others. `whole` is what was
    worked out before of the same graph, for those who make several parts.

    >>> made = part(graph, graph.timeline(actor="Israel"), "israel", "Israel")
    >>> [made["nodes"][number]["name"] for number in made["order"]][-1]
    'Israel vows to respond'
    """
    known = whole or Whole(graph)
    choice = Choice(known, events, most)
    held, extract = choice.held, choice.graph
    layout = arrange(extract, held)
    sentences = Sentences(extract)
    number = {node.id: place for place, node in enumerate(held)}
    nodes = [node_record(extract, node, sentences, _more(node, layout, known)) for node in held]
    relations = relation_records(extract, number, sentences)
    undrawn = Counter(_kind(node) for node in held if node.id not in layout.drawn)
    articles = sentences.articles()
    return {
        "name": name,
        "title": title,
        "counts": dict(Counter(node.kind for node in held)),
        "defaults": DEFAULTS,
        "nodes": nodes,
        "relations": relations,
        "order": [number[event.id] for event in extract.events if event.id in layout.drawn],
        "types": types(extract),
        "relationTypes": relation_types(extract, extract.relations),
        "articles": articles,
        "sources": _tally(article["source"] for article in articles),
        "sentences": sentences.table(),
        "layout": _layout(layout, number),
        "web": web(extract, held),
        "leftOut": choice.left_out
        | {"undrawn": dict(undrawn), "refused": len(graph.refused), "cut": sum(is_cut(node.name) for node in held)},
    }


def _kind(node: Node) -> str:
    return "untyped event" if isinstance(node, Event) else node.kind


def _tally(sources: Iterable[str]) -> dict[str, int]:
    """How many articles are of each source, the most frequent first."""
    counts = Counter(source for source in sources if source)
    return dict(sorted(counts.items(), key=lambda one: (-one[1], one[0])))


def _more(node: Node, layout: Layout, whole: Whole) -> dict[str, Any]:
    """Where a node stands, what is written there, and how much it matters in the whole graph."""
    x, y = layout.positions[node.id]
    name = named(node.name) or node.id
    box = layout.boxes.get(node.id)
    label = box.label if box else wrap(name, *LABEL)
    return {
        "x": round(x),
        "y": round(y),
        "label": label if label != name else None,
        "width": round(box.width) if box else None,
        "drawn": node.id in layout.drawn,
        "degree": len(whole.others.get(node.id, ())),
        "importance": round(whole.importance[node.id], 1),
    }


def _layout(layout: Layout, number: Mapping[str, int]) -> dict[str, Any]:
    """What is drawn behind the graph."""
    return {
        "lanes": [structs.asdict(lane) | {"events": [number[id] for id in lane.events]} for lane in layout.lanes],
        "columns": [
            {"label": label, "left": round(column.left), "right": round(column.right), "dated": column.day is not None}
            for column, label in zip(layout.columns, _axis([c.label for c in layout.columns]), strict=True)
        ],
        "bands": [structs.asdict(band) for band in layout.bands],
        "axis": layout.axis,
        "width": round(layout.width),
        "height": round(layout.height),
    }


def _axis(labels: Sequence[str]) -> list[str]:
    """Dates without their year where the date before has the same."""
    years = ["", *(label[-4:] for label in labels)]
    return [label.removesuffix(f" {year}") if year else label for label, year in zip(labels, years, strict=False)]
