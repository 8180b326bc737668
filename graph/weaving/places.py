"""Place mentions to place nodes: by gazetteer entry, else by name, or by hand; with the places they lie in."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain

from msgspec import Struct, structs

from ...schemas.types import Schema
from ..knowledge import Knowledge
from ..types import Mention, Merge, Place, PlaceValue, Reading
from .clusters import alike_in, distinct_ids, most_common, slug
from .decided import Decided, on_one_side
from .joining import Joining, Tie, facts_of, keepers, merges, moved, reasons, said_the_same

Resolution = dict[str, str]

ENTRY, NAME, ALIKE = 0.99, 0.8, 0.55
_CUT = re.compile(r"(?<=\S)(?:,| (?:in|near|on|at|off|between|outside) )")
_ANOTHER = frozenset({"another", "other", "new", "different", "second", "next"})
_LITTLE = frozenset(
    {
        "of",
        "between",
        "off",
        "and",
        "the",
        "a",
        "an",
        "in",
        "at",
        "to",
        "on",
        "from",
        "near",
        "inside",
        "outside",
        "into",
        "this",
        "that",
    }
)


class Spot(Struct, frozen=True, gc=False):
    """What is said of one place, in one article or in all: the mentions, why they are one, what tells most of it."""

    mentions: list[Mention]
    ties: list[Tie[str]]
    value: PlaceValue
    identity: str  # what tells it from others


def resolve(
    local: list[Spot], schema: Schema, knowledge: Knowledge, decided: Decided, groups: Mapping[str, int]
) -> tuple[list[Place], Resolution, list[Merge]]:
    """The place nodes, which node each place mention is, and why; a place nobody mentions is one if one lies in it.

    `local` are the places of each article, `groups` the articles that cover one happening, see `coverage`.
    """
    spots, home = _across(local, decided, groups, alike_in(schema))
    values = {spot.identity: spot.value for spot in spots}
    for value in list(values.values()):
        for n, outer in enumerate(value.within, start=1):
            whole = structs.replace(outer, within=outer.within or value.within[n:])
            values.setdefault(home.get(_identity(outer), _identity(outer)), whole)
    said = {spot.identity: spot for spot in spots}
    wanted = [
        (f"place/{slug(value.name)}", identity, (value.key is not None) + (identity in said))
        for identity, value in values.items()
    ]
    ids = dict(zip(values, distinct_ids(wanted), strict=True))
    ids |= {identity: ids[at] for identity, at in home.items()}
    why = [merges(ids[spot.identity], spot.mentions, spot.ties) for spot in spots]
    told = dict(zip(said, map(reasons, why), strict=True))
    nodes = [_node(identity, value, said.get(identity), ids, told, knowledge) for identity, value in values.items()]
    return nodes, {m.id: ids[spot.identity] for spot in spots for m in spot.mentions}, [*chain(*why)]


def in_article(reading: Reading, decided: Decided) -> Iterator[Spot]:
    """The article's places; a description counts as the place it stands for."""
    mentions = {m.id: m for m in reading.mentions if m.kind == "place"}
    joining = Joining({id: facts_of(_key(m), sides=decided.sides_of([m], _key(m))) for id, m in mentions.items()})
    joining.join(said_the_same(reading, mentions))
    held = joining.held_in()
    for root, members in joining.groups.members.items():
        chosen = sorted((mentions[m] for m in members), key=lambda m: m.span.start)
        value = _value(chosen)
        yield Spot(chosen, held.get(root, []), value, _identity(value))


def _across(
    local: list[Spot], decided: Decided, groups: Mapping[str, int], alike: Mapping[str, str]
) -> tuple[list[Spot], dict[str, str]]:
    """The places of all articles, and the identity of the place that each identity stands for."""
    home = {mention.id: n for n, spot in enumerate(local) for mention in spot.mentions}
    face = {n: spot.mentions[0].id for n, spot in enumerate(local)}
    sides = [decided.sides_of(spot.mentions, spot.value.key) for spot in local]
    joining = Joining(
        {n: facts_of(spot.value.key, names=_own_words(spot, alike), sides=sides[n]) for n, spot in enumerate(local)}
    )
    joining.join(moved(decided.made, home))
    joining.join(_same_identity(local))
    joining.join(_named_alike(local, groups, alike))
    for side in on_one_side(sides):
        joining.join(moved(_same_identity([local[n] for n in side]), dict(enumerate(side))))
    held = joining.held_in()
    whole = {root: sorted(members) for root, members in joining.groups.members.items()}
    found = [_both([local[n] for n in group], moved(held.get(root, ()), face)) for root, group in whole.items()]
    off = [any(side < 0 for n in group for side in sides[n]) for group in whole.values()]
    keeps = keepers((spot.identity, is_off, len(spot.mentions)) for spot, is_off in zip(found, off, strict=True))
    spots = [spot if is_keeper else _without_entry(spot) for spot, is_keeper in zip(found, keeps, strict=True)]
    stands_for = {local[n].identity: s.identity for s, group in zip(spots, whole.values(), strict=True) for n in group}
    return spots, stands_for | {spot.identity: spot.identity for spot in spots}


def _both(spots: list[Spot], ties: Iterable[Tie[str]]) -> Spot:
    """Some spots as one."""
    mentions = [mention for spot in spots for mention in spot.mentions]
    value = _value(mentions)
    return Spot(mentions, [*chain(*(spot.ties for spot in spots)), *ties], value, _identity(value))


def _same_identity(spots: list[Spot]) -> Iterator[Tie[int]]:
    first: dict[str, int] = {}
    for n, spot in enumerate(spots):
        if first.setdefault(spot.identity, n) != n and spot.value.key:
            yield Tie(first[spot.identity], n, f"the same entry of the gazetteer, {spot.value.key}", "entry", ENTRY)
        elif first[spot.identity] != n and any(word[0].isupper() for word in core(spot.value.name)):
            yield Tie(first[spot.identity], n, f"the same name, {spot.value.name}", "name", NAME)


def _named_alike(spots: list[Spot], groups: Mapping[str, int], alike: Mapping[str, str]) -> Iterator[Tie[int]]:
    """Places without an entry of which one is called by part of the other's name, in articles on one happening."""
    seen: dict[tuple[int, str], list[tuple[int, tuple[str, ...]]]] = defaultdict(list)
    for n, spot in enumerate(spots):
        words = core(spot.value.name)
        if spot.value.key or not words or not _ANOTHER.isdisjoint(words):
            continue
        group = groups[spot.mentions[0].span.article]
        words = tuple(alike.get(word.lower(), word) for word in words)
        for word in dict.fromkeys(words):
            for other, told in seen[group, word.lower()]:
                if _is_part(words, told) or _is_part(told, words):
                    reason = f"named alike in articles on one happening, {' '.join(words)}"
                    yield Tie(other, n, reason, "alike", ALIKE)
        for word in dict.fromkeys(words):
            seen[group, word.lower()].append((n, words))


def _is_part(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    """Whether all words of a name are some of another's.

    >>> _is_part(("prison",), ("Estelle", "prison"))
    True
    """
    return {word.lower() for word in short} <= {word.lower() for word in long}


def _own_words(spot: Spot, alike: Mapping[str, str]) -> frozenset[str]:
    """The capitalised words of a place's name that are no words for a kind of place."""
    if spot.value.key:
        return frozenset()
    words = (word.strip(".'") for word in _CUT.split(spot.value.name.strip(), maxsplit=1)[0].split())
    return frozenset(word.lower() for word in words if word[:1].isupper() and word.lower() not in {*alike, *_LITTLE})


def core(name: str) -> tuple[str, ...]:
    """The words of a place's name without articles and prepositions.

    >>> core("the Stiles Unit in Beaumont, Texas")
    ('Stiles', 'Unit', 'Beaumont', 'Texas')
    """
    bare = (word.strip(".,'").removesuffix("'s") for word in name.split() if word.lower() not in _LITTLE)
    return tuple(word for word in bare if word)


def _without_entry(spot: Spot) -> Spot:
    """A place that was split from the one that has its entry or name: only its name is known."""
    words = most_common(mention.text for mention in spot.mentions) or spot.value.name
    return Spot(spot.mentions, spot.ties, PlaceValue(words), spot.mentions[0].id)


def _key(mention: Mention) -> str | None:
    return mention.value.key if isinstance(mention.value, PlaceValue) else None


def _identity(value: PlaceValue) -> str:
    return value.key or f"name:{slug(value.name)}"


def _value(mentions: list[Mention]) -> PlaceValue:
    """The value that tells most: one with a gazetteer entry before one without, then the commonest name."""
    values = [m.value for m in mentions if isinstance(m.value, PlaceValue)]
    name = most_common(value.name for value in values)
    return max(values, key=lambda value: (value.key is not None, len(value.within), value.name == name))


def _node(
    identity: str,
    value: PlaceValue,
    spot: Spot | None,
    ids: Mapping[str, str],
    told: Mapping[str, tuple[str, ...]],
    knowledge: Knowledge,
) -> Place:
    known = knowledge.places.get(value.key or "")
    within = next((ids[_identity(outer)] for outer in value.within if ids[_identity(outer)] != ids[identity]), None)
    mentions = spot.mentions if spot else []
    return Place(
        id=ids[identity],
        type=known.type if known else most_common(m.type for m in mentions) or "Place",
        name=value.name,
        aliases=tuple(name for name in dict.fromkeys(m.text for m in mentions) if name != value.name),
        mentions=tuple(m.id for m in mentions),
        lat=value.lat,
        lon=value.lon,
        country=value.country,
        geonames=value.geonames,
        within=within,
        reasons=told.get(identity, ()),
    )
