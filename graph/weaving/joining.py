"""How mentions become one: ties between them, each with its reason and how sure it is, tried in turn."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from typing import Generic, TypeVar

from msgspec import Struct

from ..groups import Groups, Item
from ..types import ActorValue, Mention, Merge, Reading, Side
from .clusters import same_as
from .sets import NOTHING, both, frozen

Known = TypeVar("Known", bound=Hashable)
Other = TypeVar("Other", bound=Hashable)
SURE = 0.9  # how sure a tie inside an article is that needs no telling
STANDS_FOR = {  # rules of coreference in words
    "coreference/apposition": "“{}” stands beside it",
    "coreference/title": "“{}” is its title",
    "coreference/predicate": "“{}” is what it is said to be",
    "coreference/words": "“{}” is said of it again",
    "coreference/nearest": "of several people of that last name “{}” follows this one",
    "coreference/office": "“{}” is what nobody else near it is called",
    "coreference/description": "“{}” can mean nobody else near it",
}


class Tie(Struct, Generic[Item], frozen=True, gc=False):
    """Why two items may be one; one that was made by hand holds whatever else is known of them."""

    one: Item
    other: Item
    reason: str
    rule: str
    confidence: float
    by_hand: bool = False


class Facts(Struct, frozen=True, gc=False):
    """What is known of a group: its entries, countries, genders and counts, and the sides of splits that it is on.

    A side is the number of its split, that of the other side the same number below zero.
    """

    keys: frozenset[str] = NOTHING
    countries: frozenset[str] = NOTHING
    genders: frozenset[str] = NOTHING
    counts: frozenset[int] = NOTHING
    names: frozenset[str] = NOTHING  # the words of its own name, where a name can be told in part
    sides: frozenset[int] = NOTHING

    def __or__(self, other: "Facts") -> "Facts":
        if self is other or other is UNKNOWN:
            return self
        return Facts(
            both(self.keys, other.keys),
            both(self.countries, other.countries),
            both(self.genders, other.genders),
            both(self.counts, other.counts),
            both(self.names, other.names),
            both(self.sides, other.sides),
        )


UNKNOWN = Facts()  # of somebody of whom nothing is known


def facts_of(
    key: str | None,
    country: str | None = None,
    gender: str | None = None,
    count: int | None = None,
    names: frozenset[str] = NOTHING,
    sides: frozenset[int] = NOTHING,
) -> Facts:
    """The facts of an entry, a country, a gender, a count and the words of a name, as far as they are known."""
    if key is country is gender is count is None and not names and not sides:
        return UNKNOWN
    keys, countries, genders = (frozen((value,) if value else ()) for value in (key, country, gender))
    return Facts(keys, countries, genders, frozen((count,) if count else ()), names, sides)


def are_split(some: frozenset[int], others: frozenset[int]) -> bool:
    """Whether a split has the one on its one side and the other on its other side."""
    return any(-side in others for side in some)


def agree(some: frozenset[Known], others: frozenset[Known]) -> bool:
    """Whether one of the two knows nothing that the other one does not."""
    return some <= others or others <= some


def compatible(one: Facts, other: Facts) -> bool:
    """Whether nothing that is known of two groups tells them apart."""
    if one is UNKNOWN or other is UNKNOWN:
        return True
    apart = bool(one.names and other.names) and one.names.isdisjoint(other.names)
    who = agree(one.keys, other.keys) and agree(one.genders, other.genders)
    return not apart and who and agree(one.countries, other.countries) and agree(one.counts, other.counts)


class Joining(Generic[Item]):
    """Items that grow together tie by tie, where nothing tells them apart; `held` are the ties that did it."""

    def __init__(self, facts: Mapping[Item, Facts], compatible: Callable[[Facts, Facts], bool] = compatible):
        self.groups: Groups[Item] = Groups(facts)
        self.held: list[Tie[Item]] = []
        self._facts = dict(facts)
        self._compatible = compatible

    def join(self, ties: Iterable[Tie[Item]]) -> None:
        """Join the groups of each tie in turn, unless a split or what is known of them keeps them apart."""
        for tie in ties:
            ends = self.groups.root(tie.one), self.groups.root(tie.other)
            one, other = self._facts[ends[0]], self._facts[ends[1]]
            if ends[0] == ends[1] or are_split(one.sides, other.sides):
                continue
            if tie.by_hand or self._compatible(one, other):
                self._facts[self.groups.join(*ends)] = one | other
                self.held.append(tie)

    def held_in(self) -> dict[Item, list[Tie[Item]]]:
        """The ties that held, by the root of the group that they hold together."""
        found: dict[Item, list[Tie[Item]]] = defaultdict(list)
        for tie in self.held:
            found[self.groups.root(tie.one)].append(tie)
        return found


def said_the_same(reading: Reading, mentions: Mapping[str, Mention]) -> Iterator[Tie[str]]:
    """The article's coreference links between some mentions, the surest first."""
    for link in same_as(reading):
        if link.source in mentions and link.target in mentions:
            reason = STANDS_FOR.get(link.rule, "“{}” stands for it").format(
                _described(mentions[link.source], mentions[link.target])
            )
            yield Tie(link.target, link.source, reason, link.rule, link.confidence)


def _described(later: Mention, earlier: Mention) -> str:
    """The words that stand for the other ones: the later, unless these are a name and the earlier a description."""
    forms = [getattr(mention.value, "form", None) for mention in (later, earlier)]
    return earlier.text if forms == ["name", "description"] else later.text


def moved(ties: Iterable[Tie[Item]], home: Mapping[Item, Other]) -> Iterator[Tie[Other]]:
    """The ties between what their ends belong to; one whose ends belong nowhere is left out."""
    for tie in ties:
        if tie.one in home and tie.other in home:
            yield Tie(home[tie.one], home[tie.other], tie.reason, tie.rule, tie.confidence, tie.by_hand)


def merges(node: str, mentions: Iterable[Mention], ties: Iterable[Tie[str]]) -> list[Merge]:
    """The ties that hold the mentions of a node together, as far as they are told, each with what hangs on it."""
    known = {mention.id: mention for mention in mentions}
    near: dict[str, list[Tie[str]]] = defaultdict(list)
    for tie in ties:
        near[tie.one].append(tie)
        near[tie.other].append(tie)
    found = []
    for tie, end, parts in _branches(next(iter(known)), near):
        one, other = known[tie.one if end == tie.other else tie.other], known[end]
        if _is_told(tie, one, other):
            found.append(Merge(node, _side(one), _side(other), tie.reason, tie.rule, tie.confidence, parts))
    return found


def keepers(claims: Iterable[tuple[str | None, bool, int]]) -> list[bool]:
    """Which of some nodes may keep the identity that they claim, given if they were parted off and their mentions.

    Of several with one identity it is the one that was not parted off, or else the most mentioned.
    """
    claimed = [(identity, (not parted_off, mentions)) for identity, parted_off, mentions in claims]
    best: dict[str, int] = {}
    for n, (identity, weight) in enumerate(claimed):
        if identity is not None and weight > claimed[best.setdefault(identity, n)][1]:
            best[identity] = n
    return [identity is None or best[identity] == n for n, (identity, _) in enumerate(claimed)]


def reasons(merges: Iterable[Merge]) -> tuple[str, ...]:
    """Why the mentions of a node are one, in words, the surest first, each once."""
    surest_first = sorted(merges, key=lambda merge: -merge.confidence)
    return tuple(dict.fromkeys(f"{merge.reason} ({merge.confidence:.2f})" for merge in surest_first))


def _is_told(tie: Tie[str], one: Mention, other: Mention) -> bool:
    """Whether a user may want to know: all ties over articles, inside one the doubtful ones of more than pronouns."""
    if one.span.article != other.span.article or tie.by_hand:
        return True
    return tie.confidence < SURE and not any(_is_pronoun(mention) for mention in (one, other))


def _is_pronoun(mention: Mention) -> bool:
    return isinstance(mention.value, ActorValue) and mention.value.form == "pronoun"


def _side(mention: Mention) -> Side:
    return Side(mention.text, mention.span.article, mention.id)


def _branches(root: str, near: Mapping[str, list[Tie[str]]]) -> Iterator[tuple[Tie[str], str, tuple[str, ...]]]:
    """Each tie of a tree, its end that is farther from the root, and all that hangs there."""
    order: list[str] = []
    came: dict[str, Tie[str]] = {}
    size: dict[str, int] = {}
    waiting = [(root, False)]
    while waiting:
        mention, done = waiting.pop()
        if done:
            size[mention] = len(order) - size[mention]
            continue
        size[mention] = len(order)
        order.append(mention)
        waiting.append((mention, True))
        for tie in near.get(mention, ()):
            if tie is not came.get(mention):
                end = tie.other if tie.one == mention else tie.one
                came[end] = tie
                waiting.append((end, False))
    for at, mention in enumerate(order):
        if mention in came:
            yield came[mention], mention, tuple(order[at : at + size[mention]])
