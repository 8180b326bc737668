"""What a user decided, found again in the readings: which mentions are one whatever else is known, which never are.

The later of two decisions that contradict each other wins. A decision whose mentions are gone does nothing.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import product

from msgspec import Struct

from ..corpus import Corpus
from ..groups import Groups
from ..types import ActorValue, Anchor, Decision, Mention, PlaceValue
from .clusters import normal
from .joining import Tie, are_split

NOWHERE: frozenset[int] = frozenset()


class Divided(Struct, frozen=True):
    """A split that runs through entries of the knowledge: there a name tells which side a new mention is on."""

    number: int
    keys: frozenset[str]
    side_of: Mapping[str, int]


class Decided(Struct, frozen=True):
    """What all decisions come to: the sides of splits that a mention is on, and the ties by hand."""

    sides: Mapping[str, frozenset[int]] = {}
    made: tuple[Tie[str], ...] = ()
    divided: tuple[Divided, ...] = ()

    def sides_of(self, mentions: Sequence[Mention], key: str | None) -> frozenset[int]:
        """The sides that the mentions of one thing are on, which has this entry in the knowledge."""
        if not self.sides and not self.divided:
            return NOWHERE
        sides = frozenset(side for mention in mentions for side in self.sides.get(mention.id, NOWHERE))
        for split in self.divided:
            if key in split.keys and sides.isdisjoint((split.number, -split.number)):
                names = (normal(mention.text) for mention in naming(mentions))
                told = frozenset(split.side_of[name] for name in names if name in split.side_of)
                sides |= told if len(told) == 1 else NOWHERE
        return sides


def on_one_side(sides: Sequence[frozenset[int]]) -> list[list[int]]:
    """The numbers of those items that are on the same sides of splits, for all that are on any.

    A rule that ties all items to the first of them finds another first on each side.
    """
    found: dict[frozenset[int], list[int]] = {}
    for number, own in enumerate(sides):
        if own:
            found.setdefault(own, []).append(number)
    return list(found.values())


def naming(mentions: Sequence[Mention]) -> list[Mention]:
    """Those of some mentions that name what they mean, else those that describe it, else all."""
    for forms in (("name", "nationality"), ("description",)):
        if found := [m for m in mentions if isinstance(m.value, PlaceValue) or _form(m) in forms]:
            return found
    return list(mentions)


def _form(mention: Mention) -> str | None:
    return mention.value.form if isinstance(mention.value, ActorValue) else None


def _key(mention: Mention) -> str | None:
    return mention.value.key if isinstance(mention.value, ActorValue | PlaceValue) else None


def anchor(name: str, mentions: Sequence[Mention]) -> Anchor:
    """What finds some mentions again: those of them that name it, or else describe it."""
    chosen = naming(mentions)
    return Anchor(
        name=name,
        mentions=tuple(mention.id for mention in chosen),
        articles=tuple(dict.fromkeys(mention.span.article for mention in chosen)),
        keys=tuple(sorted({key for mention in chosen if (key := _key(mention))})),
        names=tuple(sorted({normal(mention.text) for mention in chosen})),
    )


def decided(decisions: Sequence[Decision], corpus: Corpus) -> Decided:
    """The decisions as they apply to the mentions of these readings."""
    if not decisions:
        return Decided()
    anchored = {article for d in decisions for side in (d.one, d.other) for article in side.articles}
    known = [article.id for article in corpus.articles if article.id in anchored]
    mentions = {reading.article.id: reading.mentions for reading in corpus.readings(known)}
    return _Replay(decisions, mentions).decided()


class _Replay:
    """The decisions from the latest to the first: what contradicts later ones is left out."""

    def __init__(self, decisions: Sequence[Decision], mentions: Mapping[str, Sequence[Mention]]):
        self.decisions = decisions
        self.found = [_ends(decision, mentions) for decision in decisions]
        self.groups = Groups(dict.fromkeys(id for ends in self.found for side in ends for id in side))
        self.taken: dict[str, frozenset[int]] = {}  # root -> the sides that its group is on
        self.sides: dict[str, frozenset[int]] = {}
        self.made: list[Tie[str]] = []
        self.divided: list[Divided] = []

    def decided(self) -> Decided:
        """What they come to."""
        for number, decision in reversed([*enumerate(self.decisions, 1)]):
            one, other = self.found[number - 1]
            if decision.verb == "merge":
                self._merge(one, other)
            else:
                self._split(number, decision, one, other)
        return Decided(self.sides, tuple(self.made), tuple(self.divided))

    def _merge(self, one: list[str], other: list[str]) -> None:
        self._join([*one, *other])
        root = self.groups.root
        pair = next(((a, b) for a, b in product(one, other) if root(a) == root(b)), None)
        if pair:
            self.made.append(Tie(*pair, "merged by hand", "by-hand", 1.0, by_hand=True))

    def _join(self, mentions: list[str]) -> None:
        """One group of mentions, or a few where later splits part them."""
        roots: list[str] = []
        for mention in mentions:
            end = self.groups.root(mention)
            sides = self.taken.get(end, NOWHERE)
            into = next((r for r in roots if r == end or not are_split(self.taken.get(r, NOWHERE), sides)), None)
            if into is None:
                roots.append(end)
            elif into != end:
                self.taken[into] = self.taken.get(into, NOWHERE) | sides
                roots = [r for r in roots if r != end]
                self.groups.join(into, end)

    def _split(self, number: int, decision: Decision, one: list[str], other: list[str]) -> None:
        ends = ({self.groups.root(id) for id in side} for side in (one, other))
        torn = set.intersection(*ends)  # by a later merge
        for side, mentions in ((number, one), (-number, other)):
            for mention in mentions:
                root = self.groups.root(mention)
                if root not in torn:
                    self.sides[mention] = self.sides.get(mention, NOWHERE) | {side}
                    self.taken[root] = self.taken.get(root, NOWHERE) | {side}
        keys = frozenset(decision.one.keys) & frozenset(decision.other.keys)
        if keys and not torn:
            self.divided.append(Divided(number, keys, dict(_telling(number, decision))))


def _telling(number: int, decision: Decision) -> Iterator[tuple[str, int]]:
    """The names that only one side of a split goes by."""
    one, other = set(decision.one.names), set(decision.other.names)
    yield from ((name, number) for name in one - other)
    yield from ((name, -number) for name in other - one)


def _ends(decision: Decision, mentions: Mapping[str, Sequence[Mention]]) -> tuple[list[str], list[str]]:
    """The mentions that the two sides are, each list with the surest first; none is on both sides."""
    one, other = (_found(side, decision.kind, mentions) for side in (decision.one, decision.other))
    both = set(one) & set(other)
    return [id for id in one if id not in both], [id for id in other if id not in both]


def _found(anchor: Anchor, kind: str, mentions: Mapping[str, Sequence[Mention]]) -> list[str]:
    """The anchor's mentions; in an article that has none of them any more, those of its entries and names."""
    ids, keys, names = set(anchor.mentions), set(anchor.keys), set(anchor.names)
    found: list[Mention] = []
    for article in anchor.articles:
        there = [mention for mention in mentions.get(article, ()) if mention.kind == kind]
        found += [m for m in there if m.id in ids] or [
            m for m in naming(there) if _key(m) in keys or normal(m.text) in names
        ]
    return [m.id for m in sorted(found, key=lambda m: _key(m) not in keys)]
