"""Place mentions to place nodes: by gazetteer entry, else by name, with the places they lie in."""

from collections import defaultdict

from ..knowledge import Knowledge
from ..types import Mention, Place, PlaceValue, Reading
from .clusters import Groups, distinct_ids, in_order, most_common, same_as, slug

Resolution = dict[str, str]


def resolve(readings: tuple[Reading, ...], knowledge: Knowledge) -> tuple[list[Place], Resolution]:
    """The place nodes, and which node each place mention is; a place nobody mentions is a node if one lies in it."""
    groups: dict[str, list[Mention]] = defaultdict(list)
    for reading in in_order(readings):
        for identity, mentions in _in_article(reading):
            groups[identity] += mentions
    values = {identity: _value(mentions) for identity, mentions in groups.items()}
    for value in list(values.values()):
        for outer in value.within:
            values.setdefault(_identity(outer), outer)
    wanted = [
        (f"place/{slug(value.name)}", identity, (value.key is not None) + (identity in groups))
        for identity, value in values.items()
    ]
    ids = dict(zip(values, distinct_ids(wanted), strict=True))
    nodes = [_node(value, groups.get(identity, []), ids, knowledge) for identity, value in values.items()]
    return nodes, {m.id: ids[identity] for identity, mentions in groups.items() for m in mentions}


def _in_article(reading: Reading) -> list[tuple[str, list[Mention]]]:
    """The article's places with what tells them from others; a description counts as the place it stands for."""
    mentions = {m.id: m for m in reading.mentions if m.kind == "place"}
    groups = Groups(mentions)
    for link in same_as(reading):
        if link.source in mentions and link.target in mentions:
            ends = groups.root(link.source), groups.root(link.target)
            keys = {_key(mentions[m]) for end in ends for m in groups.members[end]} - {None}
            if len(keys) <= 1:
                groups.join(link.target, link.source)
    found = []
    for members in groups.members.values():
        chosen = sorted((mentions[m] for m in members), key=lambda m: m.span.start)
        found.append((_identity(_value(chosen)), chosen))
    return found


def _key(mention: Mention) -> str | None:
    return mention.value.key if isinstance(mention.value, PlaceValue) else None


def _identity(value: PlaceValue) -> str:
    return value.key or f"name:{slug(value.name)}"


def _value(mentions: list[Mention]) -> PlaceValue:
    """The value that tells most: one with a gazetteer entry before one without, then the commonest name."""
    values = [m.value for m in mentions if isinstance(m.value, PlaceValue)]
    name = most_common(value.name for value in values)
    return max(values, key=lambda value: (value.key is not None, len(value.within), value.name == name))


def _node(value: PlaceValue, mentions: list[Mention], ids: dict[str, str], knowledge: Knowledge) -> Place:
    known = knowledge.places.get(value.key or "")
    outer = value.within[0] if value.within else None
    names = dict.fromkeys(m.text for m in mentions)
    articles = {m.span.article for m in mentions}
    why = f"entry {value.key} of the gazetteer" if value.key else "same name"
    return Place(
        id=ids[_identity(value)],
        type=known.type if known else most_common(m.type for m in mentions) or "Place",
        name=value.name,
        aliases=tuple(name for name in names if name != value.name),
        mentions=tuple(m.id for m in mentions),
        lat=value.lat,
        lon=value.lon,
        country=value.country,
        geonames=value.geonames,
        within=ids[_identity(outer)] if outer else None,
        reasons=(f"{why}: {len(mentions)} mentions in {len(articles)} articles",) if len(mentions) > 1 else (),
    )
