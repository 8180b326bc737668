"""The graph itself: plain data, a networkx view of it, and the questions people ask most."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Unpack

from msgspec import structs

from ..schemas.types import Schema
from . import notebook, query
from .asking.meant import Asked, Counted, Scope, split
from .asking.reasons import Answer, Conflict, Reach, Route
from .chronology import chronological
from .finding import Index, Match, find
from .importance import counts, importance
from .timeline import timeline
from .types import (
    Actor,
    Article,
    Dropped,
    Event,
    Evidence,
    Mention,
    Merge,
    Node,
    NodeKind,
    Place,
    Reading,
    Refusal,
    Relation,
    Span,
    Woven,
)

if TYPE_CHECKING:
    import networkx as nx

    from .asking.causality import Causality


class Graph:
    """Nodes and relations woven from readings, with the articles they rest on.

    Nothing in it changes after it is made. `resolution` maps a mention's id to its node's id;
    `refused` lists what was left out of the build and why, `dropped` the relations that surer ones contradict,
    `merges` why the mentions of actors and places are one node, the doubtful first.
    """

    def __init__(
        self,
        schema: Schema,
        readings: Iterable[Reading],
        nodes: Iterable[Node],
        relations: Iterable[Relation],
        resolution: Mapping[str, str],
        refused: Iterable[Refusal] = (),
        dropped: Iterable[Dropped] = (),
        merges: Iterable[Merge] = (),
    ):
        self.schema = schema
        self.readings: tuple[Reading, ...] = tuple(readings)
        self.nodes: dict[str, Node] = {node.id: node for node in nodes}
        self.relations: tuple[Relation, ...] = tuple(relations)
        self.resolution = dict(resolution)
        self.refused = tuple(refused)
        self.dropped = tuple(dropped)
        self.merges = tuple(merges)

    @classmethod
    def of(cls, woven: Woven, schema: Schema, readings: Iterable[Reading], refused: Iterable[Refusal] = ()) -> "Graph":
        """The graph of what was woven of some readings."""
        nodes, relations = woven.nodes.values(), woven.relations
        return cls(schema, readings, nodes, relations, woven.resolution, refused, woven.dropped, woven.merges)

    @cached_property
    def articles(self) -> dict[str, Article]:
        """The articles by id, in the order they were read."""
        return {reading.article.id: reading.article for reading in self.readings}

    @cached_property
    def reading_of(self) -> dict[str, Reading]:
        """The readings by the id of their article."""
        return {reading.article.id: reading for reading in self.readings}

    @cached_property
    def mentions(self) -> dict[str, Mention]:
        """Every mention by id."""
        return {mention.id: mention for reading in self.readings for mention in reading.mentions}

    @cached_property
    def outgoing(self) -> dict[str, list[Relation]]:
        """Relations by the id of their source."""
        index = defaultdict(list)
        for relation in self.relations:
            index[relation.source].append(relation)
        return index

    @cached_property
    def incoming(self) -> dict[str, list[Relation]]:
        """Relations by the id of their target."""
        index = defaultdict(list)
        for relation in self.relations:
            index[relation.target].append(relation)
        return index

    @cached_property
    def events(self) -> list[Event]:
        """The events in the order of the timeline: by days, then by what comes before what, then as they are told."""
        events = [node for node in self.nodes.values() if isinstance(node, Event)]
        return chronological(events, self.relations, {event.id: self._told(event) for event in events})

    def sentences(self, node: Node) -> list[Span]:
        """The sentences that mention a node, each once, in the order of its mentions."""
        spans = (self.mentions[id].span for id in node.mentions if id in self.mentions)
        return list(dict.fromkeys(sentence for span in spans for sentence in self.around(span)))

    def around(self, span: Span) -> list[Span]:
        """The sentence that a stretch of text begins in, if any."""
        bounds = self.reading_of[span.article].sentences
        found = bisect_right(bounds, span.start, key=lambda sentence: sentence[0]) - 1
        return [Span(span.article, *bounds[found])] if found >= 0 and span.start < bounds[found][1] else []

    def _told(self, event: Event) -> tuple[int, int]:
        """Where an event is first told: the article's position and the offset in it."""
        spans = [self.mentions[id].span for id in event.mentions if id in self.mentions]
        return min(((self._position[span.article], span.start) for span in spans), default=(len(self.articles), 0))

    @cached_property
    def _position(self) -> dict[str, int]:
        return {article: n for n, article in enumerate(self.articles)}

    @property
    def actors(self) -> list[Actor]:
        """The actors, those with most mentions first."""
        return sorted((n for n in self.nodes.values() if isinstance(n, Actor)), key=by_mentions)

    @property
    def places(self) -> list[Place]:
        """The places, those with most mentions first."""
        return sorted((n for n in self.nodes.values() if isinstance(n, Place)), key=by_mentions)

    @cached_property
    def index(self) -> Index:
        """The names and words of the nodes, for finding them."""
        return Index(self)

    def find(self, text: str, kind: NodeKind | None = None) -> tuple[Match[Node], ...]:
        """Nodes that a text may mean, best first."""
        return find(self, text, kind)

    def timeline(
        self,
        *,
        actor: str | None = None,
        place: str | None = None,
        types: str | Iterable[str] | None = None,
        since: str | int | date | None = None,
        until: str | int | date | None = None,
        top: int | None = None,
        top_days: int | None = None,
    ) -> tuple[Event, ...]:
        """The events in order of time; `since` and `until` take a year, a month or a day, both included.

        `top` keeps the events that matter most, `top_days` those of the days that do: see `importance`.
        """
        return timeline(
            self, actor=actor, place=place, types=types, since=since, until=until, top=top, top_days=top_days
        )

    def importance(self, *events: Event) -> float:
        """How much events matter together, by their independent articles, mentions, causes and effects."""
        return importance(counts(self, events))

    @cached_property
    def causality(self) -> "Causality":
        """The pairs of cause and effect as numbers, for asking of them."""
        from .asking.causality import Causality

        return Causality(self)

    def why(
        self, event: str, depth: int = 5, limit: int = query.HOPS, pick: int | None = None, **asked: Unpack[Asked]
    ) -> Answer:
        """What led to the event that an id, a type or words mean, hop by hop, each with its sentences.

        `depth` hops are followed; of more than `limit` the ones on the surest ways are told. Where several events fit,
        `pick` takes the one of that number. Of what is `asked`,

        - `min_confidence` is that of each hop, from 0 to 1;
        - `by` is an outlet or an actor: only what it says counts;
        - `until` is a year, month or day: only articles published up to its end count;
        - `backwards` adds causes that are dated behind their effects;
        - `types`, `actor`, `place` and `on` (days: "2024-04", "2024-04-01/2024-04-14") tell which event is meant.

        NotFound: nothing fits; Unclear: several events fit about equally (it carries their ids).

        >>> answer = graph.why("Israel vows")
        >>> [(hop.depth, hop.cause.name, hop.path_confidence) for hop in answer.hops]
        [(1, 'Iran launches drones at Israel', 0.6), (2, 'Strike on the consulate in Damascus', 0.54)]
        >>> answer.hops[1].grounds[0].quote, answer.hops[1].grounds[0].outlet
        ('in response to the strike on its consulate in Damascus', 'Example Wire')
        """
        return query.answer(self, event, "why", *split(asked), depth, limit, pick)

    def effects(
        self, event: str, depth: int = 5, limit: int = query.HOPS, pick: int | None = None, **asked: Unpack[Asked]
    ) -> Answer:
        """What came of an event: `why` in the other direction, with the same options.

        >>> [hop.effect.name for hop in graph.effects("event/strike", by="Example Wire").hops]
        ['Iran launches drones at Israel']
        """
        return query.answer(self, event, "effects", *split(asked), depth, limit, pick)

    def chain(
        self, a: str, b: str, limit: int = 3, depth: int | None = None, **asked: Unpack[Counted]
    ) -> tuple[Route, ...]:
        """The best supported routes from a cause to a late effect: those whose confidences have the largest product.

        `depth` is the number of hops at most; `min_confidence`, `by`, `until` and `backwards` are as for `why`.
        NotFound: no route leads there.

        >>> [(len(route.hops), route.confidence) for route in graph.chain("event/strike", "event/vow")]
        [(2, 0.54)]
        """
        return query.chain(self, a, b, Scope(**asked), limit, depth)

    def roots(self, limit: int = 10, **asked: Unpack[Asked]) -> tuple[Reach, ...]:
        """What started most: the events without a cause, those first from which most others follow.

        `min_confidence`, `by`, `until` and `backwards` tell which hops count, `types`, `actor`, `place` and `on`
        which events are listed.

        >>> [(reach.event.name, reach.effects) for reach in graph.roots()]
        [('Strike on the consulate in Damascus', 2)]
        """
        from .asking import outstanding

        return outstanding.roots(self, *split(asked), limit)

    def turning_points(self, limit: int = 10, **asked: Unpack[Asked]) -> tuple[Reach, ...]:
        """The events with many causes and many effects, over any number of hops; the options are those of `roots`.

        They are ranked by the smaller of the two numbers, then by their product.

        >>> [(reach.causes, reach.event.name, reach.effects) for reach in graph.turning_points()]
        [(1, 'Iran launches drones at Israel', 1)]
        """
        from .asking import outstanding

        return outstanding.turning_points(self, *split(asked), limit)

    def conflicts(self, **asked: Unpack[Asked]) -> tuple[Conflict, ...]:
        """The causes that one source claims and another denies, with the sentences of both; options as of `roots`.

        >>> graph.conflicts()
        ()
        """
        from .asking import outstanding

        return outstanding.conflicts(self, *split(asked))

    def path(self, a: str, b: str) -> tuple[query.Step, ...]:
        """How two nodes are connected."""
        return query.path(self, a, b)

    def sentence(self, evidence: Evidence) -> str:
        """The words of a piece of evidence."""
        return self.articles[evidence.article].text[evidence.start : evidence.end]

    @cached_property
    def nx(self) -> "nx.MultiDiGraph":
        """The graph for networkx: attributes of nodes and relations under their own names, plain values."""
        import networkx as nx

        view: nx.MultiDiGraph = nx.MultiDiGraph(schema=self.schema.name)
        for node in self.nodes.values():
            view.add_node(node.id, kind=node.kind, **{k: v for k, v in structs.asdict(node).items() if k != "id"})
        for relation in self.relations:
            view.add_edge(
                relation.source,
                relation.target,
                key=relation.type,
                type=relation.type,
                confidence=relation.confidence,
                factuality=relation.factuality,
                backwards=relation.backwards,
                evidence=relation.evidence,
            )
        return view

    def __repr__(self) -> str:
        names = ("article", "event", "actor", "place", "relation")
        counts = ((name, len(getattr(self, f"{name}s"))) for name in names)
        return f"<Graph: {', '.join(f'{n} {name}' if n == 1 else f'{n} {name}s' for name, n in counts)}>"

    def _repr_html_(self) -> str:
        """How it shows itself in a notebook."""
        return notebook.html(self)


def by_mentions(node: Actor | Place) -> tuple[int, str]:
    """A sort key: most mentions first, then by name."""
    return (-len(node.mentions), node.name)
