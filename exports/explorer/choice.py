"""Which nodes of a graph a part of the page holds, and what is worked out once for all parts of a graph."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import get_args

from ...graph.importance import Counts, counts, importance
from ...graph.model import Graph
from ...graph.types import UNTYPED, Event, EventValue, Node, NodeKind, Place

MOST_NODES = 10_000  # of one part


class Whole:
    """A graph, and what each of its parts needs to know of all of it."""

    def __init__(self, graph: Graph):
        self.graph = graph

    @cached_property
    def position(self) -> dict[str, int]:
        """The place of each node in the graph."""
        return {id: number for number, id in enumerate(self.graph.nodes)}

    @cached_property
    def others(self) -> dict[str, dict[str, None]]:
        """The nodes that each node is tied to, each once."""
        found: dict[str, dict[str, None]] = defaultdict(dict)
        for relation in self.graph.relations:
            if relation.source != relation.target:
                found[relation.source][relation.target] = None
                found[relation.target][relation.source] = None
        return found

    @cached_property
    def near(self) -> dict[str, dict[str, None]]:
        """What goes with each event: who takes part, where it is, what that lies in, who says so, what reports it."""
        graph, nodes = self.graph, self.graph.nodes
        found: dict[str, dict[str, None]] = {}
        for id, node in nodes.items():
            if isinstance(node, Event):
                own = [other for other in self.others.get(id, ()) if not isinstance(nodes.get(other), Event)]
                own += [claim.source for claim in node.claims if claim.source]
                own += [said for mention in node.mentions if (said := self._says(mention))]
                found[id] = dict.fromkeys(own)
        for relation in graph.relations:
            for end in {relation.source, relation.target} & found.keys():
                found[end].update(dict.fromkeys(e.claimed_by for e in relation.evidence if e.claimed_by))
        return {
            id: {other: None for one in own for other in self._outward(one) if other in nodes and other not in found}
            for id, own in found.items()
        }

    def _says(self, mention: str) -> str | None:
        """Who says so, where a mention of an event tells it."""
        known = self.graph.mentions.get(mention)
        source = known.value.source if known and isinstance(known.value, EventValue) else None
        return self.graph.resolution.get(source) if source else None

    def _outward(self, id: str) -> list[str]:
        """A node and, of a place, what it lies in."""
        found = [id]
        while isinstance(node := self.graph.nodes.get(found[-1]), Place) and node.within:
            if node.within in found:
                break
            found.append(node.within)
        return found

    @cached_property
    def counts(self) -> dict[str, Counts]:
        """What speaks for each event."""
        return {
            event.id: counts(self.graph, [event]) for event in self.graph.nodes.values() if isinstance(event, Event)
        }

    @cached_property
    def importance(self) -> dict[str, float]:
        """How much each node matters: an event by what speaks for it, another node by its events together."""
        found = {id: importance(one) for id, one in self.counts.items()}
        for id in self.graph.nodes:
            if id not in found:
                own = [self.counts[other] for other in self.others.get(id, ()) if other in self.counts]
                found[id] = importance(_together(own)) if own else 0.0
        return found

    def ranked(self, events: Iterable[Event]) -> list[Event]:
        """Events, those that matter most first, those without a type last."""
        return sorted(events, key=lambda event: (event.type == UNTYPED, -self.importance[event.id], event.id))

    def extract(self, nodes: Sequence[Node]) -> Graph:
        """The graph of some nodes and the relations among them, over the same articles."""
        graph = self.graph
        if len(nodes) == len(graph.nodes):
            return graph
        held = {node.id for node in nodes}
        numbers = sorted(n for id in held for n in self._leaving.get(id, ()) if graph.relations[n].target in held)
        relations = [graph.relations[number] for number in numbers]
        found = Graph(graph.schema, graph.readings, nodes, relations, graph.resolution, graph.refused)
        found.mentions, found.articles, found.reading_of = graph.mentions, graph.articles, graph.reading_of
        return found

    @cached_property
    def _leaving(self) -> dict[str, list[int]]:
        """The places of the relations of each source among all relations."""
        found: dict[str, list[int]] = defaultdict(list)
        for number, relation in enumerate(self.graph.relations):
            found[relation.source].append(number)
        return found


def _together(several: Sequence[Counts]) -> Counts:
    return Counts(
        max(one.sources for one in several),
        sum(one.mentions for one in several),
        sum(one.causes for one in several),
        sum(one.effects for one in several),
    )


class Choice:
    """The nodes that a part holds: its events, those that matter most first, with what goes with each, then the
    others, as far as there is room. A part of all events (None) also holds what goes with no event."""

    def __init__(
        self,
        whole: Whole,
        events: Iterable[Event] | None = None,
        others: Iterable[Node] = (),
        most: int = MOST_NODES,
    ):
        graph = whole.graph
        if events is None:
            events = [node for node in graph.nodes.values() if isinstance(node, Event)]
            others = without_events(whole, events)
        wanted, rest = list(events), list(others)
        ids: dict[str, None] = {}
        for event in whole.ranked(wanted):
            if len(ids) >= most:
                break
            new = [id for id in (event.id, *whole.near[event.id]) if id not in ids]
            ids.update(dict.fromkeys(new[: most - len(ids)]))
        ids.update(dict.fromkeys([node.id for node in rest if node.id not in ids][: most - len(ids)]))
        self.held: list[Node] = [graph.nodes[id] for id in sorted(ids, key=whole.position.__getitem__)]
        self.graph = whole.extract(self.held)
        self._whole = {node.id for node in (*wanted, *rest)}
        near = {id: graph.nodes[id] for event in wanted for id in whole.near[event.id]}
        out = Counter(node.kind for node in (*wanted, *near.values(), *rest) if node.id not in ids)
        self.left_out = left_out(out)

    def told(self, node: Node) -> Iterator[str]:
        """The mentions of a node that the part quotes: of what goes with its events, those in the articles of these."""
        mentions = self.graph.mentions
        for id in node.mentions:
            if id in mentions and (node.id in self._whole or mentions[id].span.article in self._articles):
                yield id

    @cached_property
    def _articles(self) -> set[str]:
        mentions = self.graph.mentions
        events = (node for node in self.held if isinstance(node, Event))
        return {mentions[id].span.article for event in events for id in event.mentions if id in mentions}


def without_events(whole: Whole, events: Iterable[Event]) -> list[Node]:
    """The nodes that go with none of some events, those tied most first."""
    near = {id for event in events for id in whole.near[event.id]}
    rest = [n for n in whole.graph.nodes.values() if n.id not in near and not isinstance(n, Event)]
    return sorted(rest, key=lambda node: (-len(whole.others.get(node.id, ())), -len(node.mentions), node.id))


def left_out(counts: Counter[NodeKind]) -> dict[str, int]:
    """How many nodes of each kind found no room."""
    return {f"{kind}s": counts[kind] for kind in get_args(NodeKind)}
