"""One article into a graph that is there: it is woven with the few articles that are nearest to it, and what that makes
of it is put onto the graph.

What was woven before stays together: the article joins nodes or makes new ones, it joins no two. Words tell as much as
they did when all was woven last. So what is grafted can differ from what the whole collection would make of it, until
all is woven again; every line of it has its evidence all the same.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Protocol

from msgspec import structs

from ...schemas.types import Schema
from ..corpus import Held
from ..knowledge import Knowledge
from ..types import Actor, Article, Event, Evidence, Graft, Node, Place, Reading, Relation, Report, Woven
from .assemble import weave
from .cases import tighter
from .clusters import digest
from .coverage import NEAR, vectors_of
from .figures import series
from .rarity import Rarity
from .relations import article_node
from .standing import together, voices_of

TERMS = 40  # words of an article by which others are looked for
NEIGHBOURS = 6  # articles that it is woven with

Ends = tuple[str, str, str]


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


def graft(reading: Reading, stock: Stock, schema: Schema, knowledge: Knowledge) -> Graft:
    """What becomes of a graph by one article."""
    size = stock.size
    own = Rarity(schema, stock.holders(_words([reading.article], schema)), size)
    terms = tuple(vectors_of([reading.article], own)[reading.article.id])[:TERMS]
    near = stock.near(terms, reading.article.published, NEAR.days, NEIGHBOURS)
    articles = [reading.article, *(other.article for other in near)]
    rarity = Rarity(schema, stock.holders(_words(articles, schema)), size)
    woven = weave(Held((*near, reading)), schema, knowledge, rarity=rarity)
    return _Grafting(reading, woven, stock).graft()


def _words(articles: Iterable[Article], schema: Schema) -> set[str]:
    """The stems of the words of some articles."""
    words = Rarity(schema, {}, 1).words
    return {stem for article in articles for stem in words(f"{article.title or ''} {article.text}").stems}


class _Grafting:
    """The article's own part of what was woven, and where each node of it goes."""

    def __init__(self, reading: Reading, woven: Woven, stock: Stock):
        self.article = reading.article
        self.own = {mention.id for mention in reading.mentions}
        self.woven = woven
        self.stock = stock
        self.known = stock.nodes_of([mention for mention in woven.resolution if mention not in self.own])
        self.goes: dict[str, str] = {}  # a node of what was woven to one of the graph
        self.changed: dict[str, Node] = {}

    def graft(self) -> Graft:
        """What changes."""
        for node in self.woven.nodes.values():
            if not self.own.isdisjoint(node.mentions):
                self._take(node)
        relations = [*self._relations()]
        report = self.woven.nodes[article_node(self.article.id)]
        known, woven = self.known, self.woven.resolution
        resolution = {
            m: id for id, node in self.changed.items() for m in node.mentions if m in woven and m not in known
        }
        merges = [
            structs.replace(merge, node=self.goes[merge.node])
            for merge in self.woven.merges
            if merge.node in self.goes and not self.own.isdisjoint((merge.one.mention, merge.other.mention))
        ]
        nodes = [*self.changed.values(), report]
        return Graft(nodes, relations, resolution, merges, self.woven.telling[self.article.id])

    def _take(self, node: Node) -> str:
        """The id that a node of what was woven has in the graph, which has it from now on."""
        if node.id not in self.goes:
            id, there = self._home(node)
            self.goes[node.id] = id
            if isinstance(node, Place) and node.within:
                node = structs.replace(node, within=self._take(self.woven.nodes[node.within]))
            old = self.changed.get(id) or there
            self.changed[id] = structs.replace(node, id=id) if old is None else self._both(old, node)
        return self.goes[node.id]

    def _home(self, node: Node) -> tuple[str, Node | None]:
        """The node of the graph that most mentions are, else the one of the same id that can be the same."""
        homes = Counter(self.known[mention] for mention in node.mentions if mention in self.known)
        if homes:
            id = homes.most_common(1)[0][0]
            return id, self.stock.node(id)
        there = self.stock.node(node.id)
        if there is None or _can_be_one(there, node):
            return node.id, there
        first = next((mention for mention in node.mentions if mention in self.own), self.article.id)
        return f"{node.id}-{digest(first, 6)}", None

    def _both(self, old: Node, new: Node) -> Node:
        """A node of the graph with what the article adds to it."""
        mentions = tuple(m for m in new.mentions if m not in old.mentions and self.known.get(m, old.id) == old.id)
        if set(old.mentions) <= set(new.mentions):  # all that is known of it was woven anew
            return structs.replace(new, id=old.id, mentions=(*old.mentions, *mentions))
        names = (name for name in (new.name, *new.aliases) if name != old.name)
        added: dict[str, object] = {
            "mentions": (*old.mentions, *mentions),
            "aliases": tuple(dict.fromkeys((*old.aliases, *names))),
        }
        if not isinstance(old, Report) and not isinstance(new, Report):
            added["reasons"] = tuple(dict.fromkeys((*old.reasons, *new.reasons)))
        if isinstance(old, Event) and isinstance(new, Event):
            added |= self._told(old, new)
        return structs.replace(old, **added)

    def _told(self, old: Event, new: Event) -> dict[str, object]:
        """What an article tells of an event that others told of before."""
        claims = tuple(claim for claim in new.claims if claim.article == self.article.id)
        is_independent = all(claim.article != self.article.id for claim in old.claims)
        return {
            "when": tighter(old.when, new.when),
            "factuality": "asserted" if "asserted" in (old.factuality, new.factuality) else old.factuality,
            "figures": series((*old.figures, *(one for one in new.figures if one.article == self.article.id))),
            "killed": old.killed if new.killed is None else new.killed,
            "injured": old.injured if new.injured is None else new.injured,
            "claims": (*old.claims, *claims),
            "sources": old.sources + is_independent,
        }

    def _relations(self) -> Iterable[Relation]:
        for relation in self.woven.relations:
            told = [one for one in relation.evidence if one.article == self.article.id]
            if told:
                ends = self._end(relation.source), relation.type, self._end(relation.target)
                there = self.stock.relation(ends)
                said = [self._claimed(one) for one in (told if there else relation.evidence)]
                yield self._line(ends, (*(there.evidence if there else ()), *said), relation)

    def _end(self, id: str) -> str:
        node = self.woven.nodes[id]
        return id if isinstance(node, Report) else self._take(node)

    def _claimed(self, evidence: Evidence) -> Evidence:
        """Evidence whose speaker is a node of the graph."""
        if evidence.claimed_by is None:
            return evidence
        return structs.replace(evidence, claimed_by=self._end(evidence.claimed_by))

    def _line(self, ends: Ends, evidence: tuple[Evidence, ...], like: Relation) -> Relation:
        sources = {**self.stock.sources({one.article for one in evidence}), self.article.id: self.article.source}
        factuality, sure = together(evidence, voices_of(sources, {article: article for article in sources}))
        if like.backwards:
            sure = min(sure, like.confidence)
        return Relation(*ends, confidence=sure, evidence=evidence, factuality=factuality, backwards=like.backwards)


def _can_be_one(old: Node, new: Node) -> bool:
    """Whether nothing that is known of two nodes of one id tells them apart."""
    if isinstance(old, Actor) and isinstance(new, Actor):
        return (old.country == new.country or None in (old.country, new.country)) and old.type == new.type
    return type(old) is type(new) and old.type == new.type
