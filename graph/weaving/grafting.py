"""One article into a graph that is there: it is woven with the few articles that are nearest to it, and what that makes
of it is put onto the graph.

What was woven before stays together: the article joins nodes or makes new ones, it joins no two. Words tell as much as
they did when all was woven last. So what is grafted can differ from what the whole collection would make of it, until
all is woven again; every line of it has its evidence all the same.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Protocol, TypeVar

from msgspec import structs

from ...schemas.types import Schema
from ..corpus import Held
from ..knowledge import Knowledge
from ..types import (
    UNTYPED,
    Actor,
    Claim,
    Decision,
    Event,
    Evidence,
    Figure,
    Graft,
    Node,
    Place,
    Reading,
    Relation,
    Report,
    Woven,
)
from .assemble import weave
from .backwards import DOUBTFUL, marked
from .cases import tighter
from .coverage import NEAR, vectors_of
from .figures import series
from .homes import Homes
from .offices import together_held
from .order import ORDER
from .rarity import Rarity, Stems, stems_of
from .relations import article_node, is_hinted
from .repeats import originals
from .standing import ends_of, together, voices_of

TERMS = 40  # words of an article by which others are looked for
NEIGHBOURS = 6  # articles that it is woven with

Ends = tuple[str, str, str]
Told = TypeVar("Told", Claim, Figure)


class Stock(Protocol):
    """The graph that is there, of which only what is asked for is looked at."""

    @property
    def size(self) -> int:
        """How many articles there were when all was woven last."""

    def holders(self, words: Collection[str]) -> Mapping[str, int]:
        """How many of these articles held each of the words."""

    def near(self, words: Collection[str], day: str | None, days: int, number: int) -> Sequence[Reading]:
        """The readings of so many articles at most that have most of these words among those that tell most of them.

        They are of no more than so many days before or after the day, where both are known.
        """

    def node(self, id: str) -> Node | None:
        """The node of that id."""

    def nodes_of(self, mentions: Collection[str]) -> Mapping[str, str]:
        """The ids of the nodes that mentions are, as far as they are any."""

    def relation(self, ends: Ends) -> Relation | None:
        """The relation of that source, type and target."""

    def sources(self, articles: Collection[str]) -> Mapping[str, str | None]:
        """The sources of articles."""


def graft(
    reading: Reading, stock: Stock, schema: Schema, knowledge: Knowledge, decisions: Sequence[Decision] = ()
) -> Graft:
    """What becomes of a graph by one article; `decisions` are those by hand that the graph was woven with."""
    article = reading.article
    own = stems_of([article], schema)
    terms = tuple(vectors_of(own, _rarity(own, stock))[article.id])[:TERMS]
    near = stock.near(terms, article.published, NEAR.days, NEIGHBOURS)
    rarity = _rarity(own | stems_of((other.article for other in near), schema), stock)
    corpus = Held((*near, reading))
    woven = weave(corpus, schema, knowledge, decisions, rarity)
    return _Grafting(reading, woven, stock, schema, originals(corpus.articles), decisions).graft()


def _rarity(stems: Mapping[str, Stems], stock: Stock) -> Rarity:
    """How much the words of some articles tell in all that are there, given their stems."""
    return Rarity(stock.holders({stem for own in stems.values() for stem in own.counts}), stock.size)


class _Grafting:
    """The article's own part of what was woven, and where each node of it goes.

    `independent` are the articles that those woven repeat, or themselves.
    """

    def __init__(
        self,
        reading: Reading,
        woven: Woven,
        stock: Stock,
        schema: Schema,
        independent: Mapping[str, str],
        decisions: Sequence[Decision],
    ):
        self.article = reading.article
        self.own = {mention.id for mention in reading.mentions}
        self.woven = woven
        self.stock = stock
        self.schema = schema
        self.independent = independent
        self.known = stock.nodes_of([mention for mention in woven.resolution if mention not in self.own])
        self.homes = Homes(reading, woven, self.known, stock, schema, decisions)
        self.taken: set[str] = set()  # nodes of what was woven
        self.changed: dict[str, Node] = {}  # nodes of the graph

    def graft(self) -> Graft:
        """What changes."""
        for node in self.woven.nodes.values():
            if node.id == article_node(self.article.id) or not self.own.isdisjoint(node.mentions):
                self._take(node)
        relations = self._in_time([*self._relations()])
        resolution = {m: id for id, node in self.changed.items() for m in node.mentions if self._is_new(m)}
        merges = [
            structs.replace(merge, node=self._goes(merge.node))
            for merge in self.woven.merges
            if not self.own.isdisjoint((merge.one.mention, merge.other.mention))
        ]
        nodes = [*self.changed.values()]
        return Graft(nodes, relations, resolution, merges, self.woven.telling[self.article.id])

    def _is_new(self, mention: str) -> bool:
        """Whether it was woven now, and was no node before: a mention of the article, or one that comes to count."""
        return mention in self.woven.resolution and mention not in self.known

    def _goes(self, id: str) -> str:
        """The id in the graph of a node that was woven; it is put there if it is not."""
        home, there = self.homes.of(id)
        if there is None:
            self._take(self.woven.nodes[id])
        return home

    def _take(self, node: Node) -> None:
        """Put a node that was woven onto the graph."""
        if node.id in self.taken:
            return
        self.taken.add(node.id)
        id, there = self.homes.of(node.id)
        old = self.changed.get(id) or there
        node = self._placed(structs.replace(node, id=id))
        self.changed[id] = node if old is None else self._both(old, node)

    def _placed(self, node: Node) -> Node:
        """A node whose fields name nodes of the graph."""
        if isinstance(node, Place) and node.within:
            within = self._goes(node.within)
            return structs.replace(node, within=within if within != node.id else None)
        if isinstance(node, Event):
            return structs.replace(node, claims=self._sourced(node.claims), figures=self._sourced(node.figures))
        return node

    def _sourced(self, told: tuple[Told, ...]) -> tuple[Told, ...]:
        """Claims or figures whose sources are nodes of the graph."""
        return tuple(structs.replace(one, source=self._goes(one.source)) if one.source else one for one in told)

    def _both(self, old: Node, new: Node) -> Node:
        """A node of the graph with what the article adds to it."""
        before = set(old.mentions)
        mentions = (*old.mentions, *(m for m in new.mentions if m not in before and self._is_new(m)))
        names = (name for name in (new.name, *new.aliases) if name != old.name)
        added: dict[str, object] = {"mentions": mentions, "aliases": tuple(dict.fromkeys((*old.aliases, *names)))}
        is_whole = set(mentions) == set(new.mentions)  # all that is known of it was woven anew
        if isinstance(old, Event) and isinstance(new, Event):
            if is_whole:
                return structs.replace(new, mentions=mentions, when=tighter(old.when, new.when))
            added |= self._told(old, new)
        elif is_whole:
            return structs.replace(new, mentions=mentions)
        elif isinstance(old, Actor) and isinstance(new, Actor):
            added |= {
                "country": old.country or new.country,
                "sector": old.sector or new.sector,
                "wikidata": old.wikidata or new.wikidata,
                "offices": together_held(old.offices, new.offices),
            }
        if not isinstance(old, Report) and not isinstance(new, Report):
            added["reasons"] = tuple(dict.fromkeys((*old.reasons, *new.reasons)))
        return structs.replace(old, **added)

    def _told(self, old: Event, new: Event) -> dict[str, object]:
        """What an article tells of an event that others told of before."""
        told = {claim.mention for claim in old.claims}
        claims = tuple(claim for claim in new.claims if self._is_new(claim.mention) and claim.mention not in told)
        figures = [figure for figure in new.figures if figure.article == self.article.id]
        voices = {self.independent.get(claim.article, claim.article) for claim in old.claims}
        typed = new if old.type == UNTYPED else old
        return {
            "type": typed.type,
            "mode": old.mode or new.mode,
            "intensity": typed.intensity,
            "when": tighter(old.when, new.when),
            "factuality": "asserted" if "asserted" in (old.factuality, new.factuality) else old.factuality,
            "figures": series((*old.figures, *figures)),
            "killed": _later(old.killed, new.killed, "killed", old.figures, figures),
            "injured": _later(old.injured, new.injured, "injured", old.figures, figures),
            "claims": (*old.claims, *claims),
            "sources": old.sources + (self.independent[self.article.id] not in voices),
        }

    def _relations(self) -> Iterator[Relation]:
        """The relations that the article draws, and those of what it brings to count."""
        for relation in self.woven.relations:
            if any(one.article == self.article.id for one in relation.evidence):
                for end in (relation.source, relation.target):
                    self._goes(end)
        drawn: dict[Ends, list[Relation]] = defaultdict(list)
        for relation in self.woven.relations:
            if any(map(self._is_told_now, relation.evidence)):
                ends = self._end(relation.source), relation.type, self._end(relation.target)
                if ends[0] and ends[2] and ends[0] != ends[2]:
                    drawn[ends].append(relation)
        for ends, lines in drawn.items():
            yield from self._line(ends, lines)

    def _in_time(self, lines: Sequence[Relation]) -> list[Relation]:
        """The lines, without those of an order of which the graph tells another; causes against time are marked."""
        told: dict[Ends, Relation] = {}
        for line in lines:
            ends = line.source, line.type, line.target
            is_known = line.type not in ORDER or self.stock.relation(ends) is not None
            if is_known or not any(other in told or self.stock.relation(other) for other in _others(line)):
                told[ends] = line
        causal = [line for line in told.values() if ends_of(line.type, self.schema)]
        nodes = {
            id: self.changed.get(id) or self.stock.node(id) for line in causal for id in (line.source, line.target)
        }
        return marked(told.values(), {id: node for id, node in nodes.items() if node}, self.schema)

    def _end(self, id: str) -> str:
        """The id in the graph of an end of a relation, or nothing where it is not there."""
        home, there = self.homes.of(id)
        return home if there is not None or home in self.changed else ""

    def _is_told_now(self, evidence: Evidence) -> bool:
        """Whether it is the article's own, or of a mention that comes to count."""
        ends = [end for end in (evidence.source, evidence.target) if end and self._is_new(end)]
        return evidence.article == self.article.id or any(self.woven.resolution[end] in self.taken for end in ends)

    def _line(self, ends: Ends, drawn: Sequence[Relation]) -> Iterator[Relation]:
        """The relation between two nodes of the graph, if all its evidence is enough for one."""
        there = self.stock.relation(ends)
        found = (one for relation in drawn for one in relation.evidence)
        told = (one for one in found if self._is_told_now(one) or (there is None and self._is_between(one, ends)))
        evidence = tuple(dict.fromkeys((*(there.evidence if there else ()), *map(self._claimed, told))))
        voices = self._voices({one.article for one in evidence})
        if is_hinted(evidence, voices):
            return
        factuality, sure = together(evidence, voices)
        backwards = any(relation.backwards for relation in (*drawn, *filter(None, [there])))
        sure = min(sure, DOUBTFUL) if backwards else sure
        yield Relation(*ends, confidence=sure, evidence=evidence, factuality=factuality, backwards=backwards)

    def _is_between(self, evidence: Evidence, ends: Ends) -> bool:
        """Whether what an older article says is of these two nodes in the graph, too."""
        sides = ((evidence.source, ends[0]), (evidence.target, ends[2]))
        return all(mention is None or self.known.get(mention) == end for mention, end in sides)

    def _voices(self, articles: set[str]) -> dict[str, str]:
        """The voice of each article of some evidence."""
        independent = {article: self.independent.get(article, article) for article in articles}
        sources = self.stock.sources({*independent.values()})
        return voices_of({**sources, self.article.id: self.article.source}, independent)

    def _claimed(self, evidence: Evidence) -> Evidence:
        """Evidence whose speaker is a node of the graph."""
        if evidence.claimed_by is None:
            return evidence
        return structs.replace(evidence, claimed_by=self._goes(evidence.claimed_by))


def _others(line: Relation) -> Iterator[Ends]:
    """The other orders of the two ends of a line."""
    for source, target in ((line.source, line.target), (line.target, line.source)):
        for type in ORDER:
            if (source, type) != (line.source, line.type):
                yield source, type, target


def _later(old: int | None, new: int | None, of: str, before: Iterable[Figure], told: Iterable[Figure]) -> int | None:
    """The number to show: what is told now, unless a number of a later day is there."""
    days = [[_day(figure) for figure in figures if figure.of == of] for figures in (before, told)]
    if new is None or (old is not None and (not days[1] or max(days[0], default="") > max(days[1]))):
        return old
    return new


def _day(figure: Figure) -> str:
    return figure.reported.isoformat() if figure.reported else ""
