"""A part of the page: everything it shows of some events and what they are tied to, as plain data.

Records leave out what is as in `DEFAULTS`, which each part brings along; relations, the order (of the events that are
drawn) and the lanes name nodes by their number, which is the place in `nodes`. A node's x and y are the centre of where
it stands, whether it is `drawn` at first or not; `width` is that of an event's box; `degree` (how many
others it is tied to) and `importance` are those of the whole graph.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

from msgspec import structs

from ...graph.model import Graph
from ...graph.types import Event, Node
from ..labels import wrap
from .cells import cells, grid, homes
from .choice import MOST_NODES, Choice, Whole
from .cutting import is_cut, named
from .dividing import MOST_HELD, divide
from .layout import Layout, arrange
from .legend import relation_types, types
from .records import DEFAULTS, node_record, relation_records
from .sentences import Sentences
from .web import web

MOST_IN_OVERVIEW = 1500  # events
QUOTED = 40  # sentences of a node or a relation
QUOTED_IN_STORY = 5  # in one of many parts
QUOTED_IN_OVERVIEW = 2  # more are in the parts
LABEL = (16, 2)  # letters a line and lines of the name of an actor, a place or an article


def part(
    graph: Graph,
    events: Iterable[Event] | None = None,
    name: str = "all",
    title: str | None = None,
    *,
    others: Iterable[Node] = (),
    whole: Whole | None = None,
    most: int = MOST_NODES,
    quoted: int = QUOTED,
) -> dict[str, Any]:
    """Everything the page shows of some events (all, if None), what goes with them, and some others, ready for JSON.

    At most so many nodes are held, the events that matter most first; `leftOut` counts the others. At most so many
    sentences are `quoted` for each node and each relation. `whole` is what was worked out before of the same graph,
    for those who make several parts.

    >>> made = part(graph, graph.timeline(actor="Israel"), "israel", "Israel")
    >>> [made["nodes"][number]["name"] for number in made["order"]][-1]
    'Israel responds'
    """
    known = whole or Whole(graph)
    choice = Choice(known, events, others, most)
    held, extract = choice.held, choice.graph
    layout = arrange(extract, held)
    sentences = Sentences(extract, quoted)
    number = {node.id: place for place, node in enumerate(held)}
    nodes = [node_record(extract, node, choice.told(node), sentences, _more(node, layout, known)) for node in held]
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


class Parts:
    """The parts of the page of a graph, the one that opens first: one, or an overview and a part for each story.

    The overview holds the events that matter most, and `cells`, which say how much there is of each story at each
    time, and in which part (`more` lists others that have some of it, where one had no room for it); `homes` has the
    number of the cell of each of its nodes. All parts together have at most `most` nodes: those that matter most;
    `leftOut` of the overview counts the others.
    """

    def __init__(self, graph: Graph, most: int = MOST_HELD):
        self._graph = graph
        self._whole = Whole(graph)
        self._division = divide(self._whole, most) if len(graph.nodes) > MOST_NODES else None
        sections = self._division.sections if self._division else ()
        self._sections = {section.name: section for section in sections}

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the parts."""
        return ("overview", *self._sections) if self._division else ("all",)

    def __iter__(self) -> Iterator[dict[str, Any]]:
        return map(self.part, self.names)

    def listed(self) -> list[dict[str, Any]]:
        """Name, title and number of events of each part, before it is made."""
        if self._division is None:
            return [{"name": "all", "title": None, "events": len(self._graph.events)}]
        rest = [{"name": one.name, "title": one.title, "events": len(one.events)} for one in self._sections.values()]
        return [{"name": "overview", "title": "Overview", "events": len(self._top())}, *rest]

    def part(self, name: str) -> dict[str, Any]:
        """One of the parts by its name, ready for JSON; KeyError for another name."""
        if name not in self.names:
            raise KeyError(name)
        if self._division is None:
            return part(self._graph, whole=self._whole)
        if name in self._sections:
            one = self._sections[name]
            given = (self._graph, one.events, one.name, one.title)
            return part(*given, others=one.others, whole=self._whole, quoted=QUOTED_IN_STORY)
        overview = part(self._graph, self._top(), "overview", "Overview", whole=self._whole, quoted=QUOTED_IN_OVERVIEW)
        overview["leftOut"] |= self._division.left_out
        within = homes(self._division, (node["id"] for node in overview["nodes"]))
        return overview | {"cells": cells(self._division, self._whole), "grid": grid(self._division), "homes": within}

    def made(self, events: Iterable[Event], others: Iterable[Node], name: str, title: str) -> dict[str, Any]:
        """A part that is none of these: some events, what goes with them, and other nodes."""
        return part(self._graph, events, name, title, others=others, whole=self._whole)

    def holding(self, id: str) -> str | None:
        """The name of the part of an event's story, or None where the id is not that of an event in one."""
        if self._division is None:
            return "all" if isinstance(self._graph.nodes.get(id), Event) else None
        return self._homes.get(id)

    @cached_property
    def _homes(self) -> dict[str, str]:
        return {event.id: name for name, section in self._sections.items() for event in section.events}

    def _top(self) -> list[Event]:
        """The events of the overview."""
        held = (event for section in self._sections.values() for event in section.events)
        return self._whole.ranked(held)[:MOST_IN_OVERVIEW]


class Names:
    """Who and what is in which part: for finding what is not in the part that is open."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._found: dict[str, tuple[int, int, int, str, str]] = {}  # how much of it, part, number there, kind, name

    def add(self, part: Mapping[str, Any]) -> None:
        """Notes the nodes of a part; of several parts a node's is the one with most of its relations."""
        ties = Counter(relation[end] for relation in part["relations"] for end in ("source", "target"))
        for number, node in enumerate(part["nodes"]):
            weight = -1 if "cells" in part else ties[number]
            known = self._found.get(node["id"])
            if known is None or known[0] < weight:
                self._found[node["id"]] = (weight, len(self._parts), number, node.get("kind", "event"), node["name"])
        self._parts.append(part["name"])

    def data(self) -> dict[str, Any]:
        """The names of the parts, and of each node the number of its part, its number there, its kind and its name."""
        return {"parts": self._parts, "names": sorted(list(found[1:]) for found in self._found.values())}


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
