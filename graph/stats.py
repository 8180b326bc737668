"""What is in a store, counted while its rows go by: no graph is made of them.

with Store.open("newsloom.db", create=False) as store:
    told = statistics(store)
"""

import re
from collections import Counter
from enum import IntFlag
from typing import TYPE_CHECKING

from msgspec import Struct

from .asking.causal import cause_and_effect
from .store.compacting import size
from .types import Actor, Event, Place, Refusal, Relation, Report

if TYPE_CHECKING:
    from ..schemas.types import Schema
    from .store import Store

Counts = dict[str, int]


class Articles(Struct, frozen=True):
    """How many articles there are, how many of them with a day, the first and the last of these, and their outlets."""

    count: int
    dated: int
    first: str | None
    last: str | None
    sources: Counts
    unnamed: int  # that name no outlet


class Readings(Struct, frozen=True):
    """How much was read in the articles: mentions by kind, links by type."""

    sentences: int
    mentions: Counts
    links: Counts


class Coverage(Struct, frozen=True):
    """Of how many events something is known. Denied ties count for nothing; the event's own `says` is no actor."""

    date: int
    precision: Counts
    place: int
    actor: int
    cause: int
    effect: int
    cause_or_effect: int
    sources: int  # that two or more independent articles report
    evidence: int  # that at least one sentence stands behind


class Statistics(Struct, frozen=True):
    """What is in a store: counts, the largest first; `days` are the first and the last day of any event."""

    bytes: int
    schema: str
    is_stale: bool
    articles: Articles
    readings: Readings
    nodes: Counts
    events: Counts
    factuality: Counts
    days: tuple[str, str] | None
    actors: Counts
    places: Counts
    located: int  # places with coordinates
    relations: Counts
    pieces_of_evidence: int
    coverage: Coverage
    refused: Counts


class Known(IntFlag):
    """What relations tell of an event."""

    PLACE = 1
    ACTOR = 2
    CAUSE = 4
    EFFECT = 8
    EVIDENCE = 16


def statistics(store: "Store") -> Statistics:
    """The counts of a store, all of one moment; StoreError when there is no graph in it yet."""
    with store.reading():
        schema = store.schema
        if schema is not None:
            return _counted(store, schema)
    store.load()  # raises what is wrong
    raise AssertionError("a store without a schema has no graph")


def _counted(store: "Store", schema: "Schema") -> Statistics:
    articles, readings = _read(store)
    nodes = _Nodes(store)
    lines = _Lines(store, schema, nodes.kinds)
    return Statistics(
        bytes=size(store.path),
        schema=f"{schema.name} {schema.version}",
        is_stale=store.is_stale,
        articles=articles,
        readings=readings,
        nodes=_ranked(nodes.count),
        events=_ranked(nodes.types["event"]),
        factuality=_ranked(nodes.factuality),
        days=nodes.days,
        actors=_ranked(nodes.types["actor"]),
        places=_ranked(nodes.types["place"]),
        located=nodes.located,
        relations=_ranked(lines.types),
        pieces_of_evidence=lines.evidence,
        coverage=_coverage(nodes, lines),
        refused=by_reason(store.refusals()),
    )


def by_reason(refusals: list[Refusal]) -> Counts:
    """How many were refused for which reason; what is only of the one article is left out of the reasons.

    >>> by_reason([Refusal("a", "duplicate of 5fa1b9"), Refusal("b", "duplicate of 77aa01")])
    {'duplicate of …': 2}
    """
    return _ranked(Counter(_plain(refusal.reason) for refusal in refusals))


def _plain(reason: str) -> str:
    """A reason without ids, numbers and what an error said.

    >>> _plain("its text has 2,000,000 characters; newsloom reads articles of up to 1,000,000")
    'its text has … characters'
    """
    head = re.split(r"[;:(]", reason, maxsplit=1)[0].strip() or reason
    return re.sub(r"(?<=^duplicate of ).*|\b[\d,.]*\d\b", "…", head)


class _Nodes:
    """What the nodes say, each looked at once."""

    def __init__(self, store: "Store"):
        self.count: Counter[str] = Counter()
        self.types: dict[str, Counter[str]] = {kind: Counter() for kind in ("event", "actor", "place", "article")}
        self.factuality: Counter[str] = Counter()
        self.precision: Counter[str] = Counter()
        self.kinds: dict[str, str] = {}
        self.located = self.sources = 0
        self._first: str | None = None
        self._last: str | None = None
        for node in store.nodes():
            self._take(node)

    def _take(self, node: Event | Actor | Place | Report) -> None:
        self.count[node.kind] += 1
        self.types[node.kind][node.type] += 1
        self.kinds[node.id] = node.kind
        if isinstance(node, Place):
            self.located += node.lat is not None
        if isinstance(node, Event):
            self._take_event(node)

    def _take_event(self, event: Event) -> None:
        self.factuality[event.factuality] += 1
        self.sources += event.sources > 1
        when = event.when
        if when is None or (when.earliest is None and when.latest is None):
            return
        self.precision[when.precision] += 1
        first = (when.earliest or when.last_day).isoformat()  # type: ignore[union-attr]
        last = (when.last_day or when.earliest).isoformat()  # type: ignore[union-attr]
        self._first = min(self._first or first, first)
        self._last = max(self._last or last, last)

    @property
    def days(self) -> tuple[str, str] | None:
        """The first and the last day on which anything can have happened whose days are known."""
        return (self._first, self._last) if self._first and self._last else None


class _Lines:
    """What the relations say, each looked at once; `known` is what they tell of each event."""

    def __init__(self, store: "Store", schema: "Schema", kinds: dict[str, str]):
        self.types: Counter[str] = Counter()
        self.evidence = 0
        self.known: dict[str, Known] = {}
        for relation in store.relations():
            self.types[relation.type] += 1
            self.evidence += len(relation.evidence)
            if kinds.get(relation.source) == "event" or kinds.get(relation.target) == "event":
                self._take(relation, schema, kinds)

    def _take(self, relation: Relation, schema: "Schema", kinds: dict[str, str]) -> None:
        for end in {relation.source, relation.target}:
            if relation.evidence and kinds.get(end) == "event":
                self._note(end, Known.EVIDENCE)
        if relation.factuality == "negated":
            return
        if relation.type in schema.roles and relation.type != "says":
            there = kinds.get(relation.target)
            if there in ("actor", "place"):
                self._note(relation.source, Known.ACTOR if there == "actor" else Known.PLACE)
        ends = cause_and_effect(schema, relation)
        if ends and ends[0] != ends[1] and all(kinds.get(end) == "event" for end in ends):
            self._note(ends[0], Known.EFFECT)
            self._note(ends[1], Known.CAUSE)

    def _note(self, event: str, what: Known) -> None:
        self.known[event] = self.known.get(event, Known(0)) | what


def _read(store: "Store") -> tuple[Articles, Readings]:
    sources: Counter[str | None] = Counter()
    mentions: Counter[str] = Counter()
    links: Counter[str] = Counter()
    days: list[str] = []
    sentences = 0
    for reading in store.readings():
        sources[reading.article.source] += 1
        if reading.article.published:
            days.append(reading.article.published[:10])
        sentences += len(reading.sentences)
        mentions.update(mention.kind for mention in reading.mentions)
        links.update(link.type for link in reading.links)
    unnamed = sources.pop(None, 0)
    named: Counter[str] = Counter({source: count for source, count in sources.items() if source is not None})
    articles = Articles(
        count=named.total() + unnamed,
        dated=len(days),
        first=min(days, default=None),
        last=max(days, default=None),
        sources=_ranked(named),
        unnamed=unnamed,
    )
    return articles, Readings(sentences, _ranked(mentions), _ranked(links))


def _coverage(nodes: _Nodes, lines: _Lines) -> Coverage:
    known = Counter(flag for told in lines.known.values() for flag in told)
    return Coverage(
        date=nodes.precision.total(),
        precision=_ranked(nodes.precision),
        place=known[Known.PLACE],
        actor=known[Known.ACTOR],
        cause=known[Known.CAUSE],
        effect=known[Known.EFFECT],
        cause_or_effect=sum(bool(told & (Known.CAUSE | Known.EFFECT)) for told in lines.known.values()),
        sources=nodes.sources,
        evidence=known[Known.EVIDENCE],
    )


def _ranked(counts: Counter[str]) -> Counts:
    return dict(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))
