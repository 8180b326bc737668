"""Where the nodes of a few articles belong in a graph that is there: by mentions that both have, else by what ids tell.

The id of an actor or a place tells who it is as far as its entry or its name does; an event's tells nothing.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Protocol

from ...schemas.types import Schema
from ..types import Actor, Anchor, Decision, Mention, Node, Place, PlaceValue, Reading, Woven
from .actor_clusters import NAMED, is_institution, value_of
from .actors import is_person
from .clusters import digest, normal, slug
from .places import core


class Nodes(Protocol):
    """The nodes that are there."""

    def node(self, id: str) -> Node | None:
        """The node of that id."""

    def nodes_of(self, mentions: Collection[str]) -> Mapping[str, str]:
        """The ids of the nodes that mentions are, as far as they are any."""


class Homes:
    """The nodes of the graph that those woven with an article are; `known` is which node each older mention is.

    `decisions` are those by hand that the graph was woven with.
    """

    def __init__(
        self,
        reading: Reading,
        woven: Woven,
        known: Mapping[str, str],
        nodes: Nodes,
        schema: Schema,
        decisions: Sequence[Decision] = (),
    ):
        self.known = known
        self._decisions = decisions
        self._own = {mention.id: mention for mention in reading.mentions}
        self._woven = woven
        self._nodes = nodes
        self._schema = schema
        self._found: dict[str, tuple[str, Node | None]] = {}
        self._given: set[str] = set()

    def of(self, id: str) -> tuple[str, Node | None]:
        """The id in the graph of a node that was woven, and the node there, or None where it is new."""
        if id not in self._found:
            self._found[id] = self._home(self._woven.nodes[id])
        return self._found[id]

    def _home(self, node: Node) -> tuple[str, Node | None]:
        """The node that most mentions are, else one that is known by the same, else a new one."""
        homes = Counter(self.known[mention] for mention in node.mentions if mention in self.known)
        if homes:
            id = homes.most_common(1)[0][0]
            return id, self._nodes.node(id)
        if decided := self._decided(node):
            return decided, self._nodes.node(decided)
        for id in dict.fromkeys(self._known_as(node)):
            there = self._nodes.node(id)
            if there is not None and self._can_be_one(there, node):
                return id, there
        return self._new(node), None

    def _decided(self, node: Node) -> str | None:
        """The node that a decision by hand was about, where the article knows this one by the same entry or name."""
        keys = {key for mention in self._mentions(node) if (key := _key(mention))}
        names = {normal(mention.text) for mention in self._mentions(node)}
        for decision in reversed(self._decisions):
            if decision.kind == node.kind:
                for side, other in ((decision.one, decision.other), (decision.other, decision.one)):
                    if self._is_meant(node, keys, names, side, other if decision.verb == "split" else None):
                        homes = Counter(self._nodes.nodes_of(side.mentions).values())
                        return homes.most_common(1)[0][0] if homes else None
        return None

    def _is_meant(self, node: Node, keys: set[str], names: set[str], side: Anchor, apart_from: Anchor | None) -> bool:
        """Whether a side of a decision is known as the node is: by its entry, and by a name of its own if the entry is
        that of the other side, too; without an entry by a name that says enough.
        """
        if apart_from is not None:
            own = set(side.names).difference(apart_from.names)
            return not own.isdisjoint(names) and any(key in side.keys and key in apart_from.keys for key in keys)
        if keys:
            return not keys.isdisjoint(side.keys)
        return isinstance(node, Actor) and not self._sure_names(node).isdisjoint(side.names)

    def _new(self, node: Node) -> str:
        """An id that is free: the one it has, else one with a digest of what identifies it."""
        own = self._mentions(node)
        key = next((key for mention in own if (key := _key(mention))), None)
        first = own[0].id if own else node.id
        wishes = (node.id, f"{node.id}-{digest(key or first, 6)}", f"{node.id}-{digest(first, 12)}")
        id = next(wish for wish in wishes if wish not in self._given and self._nodes.node(wish) is None)
        self._given.add(id)
        return id

    def _mentions(self, node: Node) -> list[Mention]:
        """The article's own mentions of a node."""
        return [self._own[mention] for mention in node.mentions if mention in self._own]

    def _known_as(self, node: Node) -> Iterator[str]:
        """The ids that it can have in a graph where it is known by its entry or its name."""
        own = self._mentions(node)
        key = next((key for mention in own if (key := _key(mention))), None)
        if isinstance(node, Place):
            if key or node.geonames or any(word[0].isupper() for word in core(node.name)):
                yield node.id
                wish = f"place/{slug(node.name)}"
                identity = key or (f"geonames:{node.geonames}" if node.geonames else f"name:{slug(node.name)}")
                yield from (wish, f"{wish}-{digest(identity, 6)}")
        elif isinstance(node, Actor) and key:
            wish = f"actor/{slug(node.name)}"
            yield from (wish, f"{wish}-{digest(key, 6)}")
        elif isinstance(node, Actor):
            yield from self._called(node, own)

    def _sure_names(self, node: Actor) -> set[str]:
        """The names of an actor that are nobody else's, as far as can be told: a person's have more than one word."""
        named = [m for m in self._mentions(node) if value_of(m).form in NAMED]
        sure = [m for m in named if " " in normal(value_of(m).name) or not self._is_person(node)]
        return {normal(words) for mention in sure for words in (mention.text, value_of(mention).name)}

    def _called(self, node: Actor, own: Iterable[Mention]) -> Iterator[str]:
        """The ids that an actor without an entry can have by its names; a person needs more than one word."""
        names = [value_of(mention).name for mention in own if value_of(mention).form in NAMED]
        whole = [name for name in (node.name, *names) if " " in normal(name)]
        if names and not self._is_person(node):
            yield node.id
        if names:
            yield from (f"actor/{slug(name)}" for name in whole)
            return
        for mention in own:
            if is_institution(mention, {"Person"}) and not self._is_person(node):
                yield f"actor/{slug(node.name, 40)}-{digest(f'{node.name} {value_of(mention).country}', 6)}"

    def _is_person(self, node: Actor) -> bool:
        return is_person(node.type, self._schema)

    def _can_be_one(self, old: Node, new: Node) -> bool:
        """Whether nothing that is known of two nodes tells them apart."""
        if isinstance(old, Actor) and isinstance(new, Actor):
            entries = old.wikidata == new.wikidata or None in (old.wikidata, new.wikidata)
            countries = old.country == new.country or None in (old.country, new.country)
            return entries and countries and self._is_person(old) == self._is_person(new)
        if isinstance(old, Place) and isinstance(new, Place):
            return (old.geonames, old.lat, old.lon) == (new.geonames, new.lat, new.lon)
        return False


def _key(mention: Mention) -> str | None:
    """The entry of the knowledge that a mention of an actor or a place is."""
    if isinstance(mention.value, PlaceValue):
        return mention.value.key
    return value_of(mention).key if mention.kind == "actor" else None
