"""Actor mentions to actor nodes: clusters inside each article, ties between them over all, and what a user decided.

Whoever is only described and has no part in anything is no node; a group that is described rather than named is a
node of its article, unless the description is of an institution ("the Israeli police").
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from datetime import date
from functools import cached_property
from itertools import chain

from msgspec import Struct, structs

from ...schemas.types import Schema
from ..knowledge import Knowledge, KnownActor
from ..types import Actor, ActorValue, EventValue, Mention, Merge, Reading
from .actor_clusters import NAMED, Cluster, value_of
from .actor_ties import Nouns, across, compatible
from .clusters import digest, distinct_ids, most_common, normal, slug
from .decided import Decided, on_one_side
from .joining import Joining, Tie, keepers, merges, moved, reasons
from .offices import tenures

Resolution = dict[str, str]

ARTICLES = frozenset(("a", "an", "the"))


class Party(Struct, frozen=True, dict=True):
    """The clusters of one actor in the order of the articles, and what ties their mentions."""

    clusters: list[Cluster]
    ties: list[Tie[str]]

    @property
    def key(self) -> str | None:
        """The actor's entry in the knowledge."""
        return next((cluster.key for cluster in self.clusters if cluster.key), None)

    @property
    def is_parted_off(self) -> bool:
        """Whether a user parted it off another."""
        return any(side < 0 for cluster in self.clusters for side in cluster.sides)

    @cached_property
    def mentions(self) -> list[Mention]:
        """All mentions of the actor."""
        return [mention for cluster in self.clusters for mention in cluster.mentions]


def resolve(
    clusters: list[Cluster],
    active: Collection[str],
    schema: Schema,
    knowledge: Knowledge,
    decided: Decided,
    groups: Mapping[str, int],
) -> tuple[list[Actor], Resolution, list[Merge]]:
    """The actor nodes, which node each actor mention is, and why; a mention of nobody in particular is left out.

    `clusters` are those of each article, `active` the mentions that have a part in something (`active_in`), `groups`
    the articles that cover one happening, see `coverage`.
    """
    parties = [
        party for party in parties_of(clusters, groups, Nouns.from_schema(schema), decided) if _is_node(party, active)
    ]
    names = [_name(party, knowledge) for party in parties]
    ids = distinct_ids([_wish(party, name) for party, name in zip(parties, names, strict=True)])
    why = [merges(id, party.mentions, party.ties) for id, party in zip(ids, parties, strict=True)]
    days = {cluster.article: cluster.published for cluster in clusters}
    nodes = [_node(*parts, knowledge, days) for parts in zip(ids, names, parties, map(reasons, why), strict=True)]
    who = {mention.id: id for id, party in zip(ids, parties, strict=True) for mention in party.mentions}
    return nodes, who, [*chain(*why)]


def parties_of(clusters: list[Cluster], groups: Mapping[str, int], nouns: Nouns, decided: Decided) -> list[Party]:
    """The clusters that are one actor: those by hand first, then the surest."""
    home = {mention.id: n for n, cluster in enumerate(clusters) for mention in cluster.mentions}
    joining = Joining({n: cluster.facts for n, cluster in enumerate(clusters)}, compatible)
    joining.join(moved(decided.made, home))
    joining.join(across(clusters, groups, nouns))
    for side in on_one_side([cluster.sides for cluster in clusters]):
        joining.join(moved(across([clusters[n] for n in side], groups, nouns), dict(enumerate(side))))
    face = {n: cluster.face for n, cluster in enumerate(clusters)}
    held = joining.held_in()
    parties = []
    for root, members in joining.groups.members.items():
        group = [clusters[n] for n in sorted(members)]
        ties = chain(*(cluster.ties for cluster in group), moved(held.get(root, ()), face))
        parties.append(Party(group, [*ties]))
    return _of_distinct_entries(parties)


def _of_distinct_entries(parties: list[Party]) -> list[Party]:
    """The parties; of those that were split though they have one entry, only one keeps it."""
    keeps = keepers((party.key, party.is_parted_off, len(party.mentions)) for party in parties)
    return [
        party if is_keeper else Party([*map(_without_entry, party.clusters)], party.ties)
        for party, is_keeper in zip(parties, keeps, strict=True)
    ]


def _without_entry(cluster: Cluster) -> Cluster:
    """A cluster of somebody whom the knowledge took for another: what is left is what the text says."""
    mentions = tuple(structs.replace(m, value=_as_written(m)) if value_of(m).key else m for m in cluster.mentions)
    names = tuple(normal(value_of(m).name) for m in mentions if value_of(m).form in NAMED)
    return structs.replace(cluster, mentions=mentions, key=None, names=names)


def _as_written(mention: Mention) -> ActorValue:
    value = value_of(mention)
    return structs.replace(
        value, name=_without_article(mention.text), key=None, country=None, sectors=(), wikidata=None
    )


def is_person(name: str | None, schema: Schema) -> bool:
    while name and name != "Person":
        type = schema.actor_types.get(name)
        name = type.extends if type else None
    return name == "Person"


def armies(schema: Schema, knowledge: Knowledge) -> dict[str, str]:
    """What the forces of a state are called ("israeli army") to their entry, where its country has no others."""
    heads = schema.lexicons.get("armed-forces", frozenset())
    forces: dict[str, list[KnownActor]] = defaultdict(list)
    for known in knowledge.actors.values():
        if known.type == "Military" and known.country and known.member is None:
            forces[known.country].append(known)
    only = {country: found[0] for country, found in forces.items() if len(found) == 1}
    national = {country: known.key for country, known in only.items() if known.name.lower().endswith(tuple(heads))}
    return {
        f"{normal(sense.spelling)} {head}": national[sense.key]
        for senses in knowledge.names.values()
        for sense in senses
        if sense.kind == "actor" and sense.key in national and sense.form in ("name", "nationality")
        for head in heads
    }


# Nodes


def active_in(reading: Reading) -> set[str]:
    """The mentions of an article's actors that have a part in an event or a tie, or say something."""
    ends = {end for link in reading.links if link.type != "same-as" for end in (link.source, link.target)}
    ends |= {m.value.source for m in reading.mentions if isinstance(m.value, EventValue) and m.value.source}
    return ends.intersection(m.id for m in reading.mentions if m.kind == "actor")


def _is_node(party: Party, active: Collection[str]) -> bool:
    """Whether an actor is somebody, and has a name or else a part in anything."""
    if not any(cluster.somebody for cluster in party.clusters):
        return False
    named = party.key is not None or any(value_of(m).form in NAMED for m in party.mentions)
    return named or any(m.id in active for m in party.mentions)


def _name(party: Party, knowledge: Knowledge) -> str:
    """The knowledge's name, else the fullest of the names given, else the description as it stands."""
    if party.key in knowledge.actors:
        return knowledge.actors[party.key].name
    for form in ("name", "nationality", "description"):
        names = Counter(value_of(m).name for m in party.mentions if value_of(m).form == form)
        if names:
            words = max(names, key=lambda name: (len(name.split()), names[name], name))
            return words if form != "description" else _without_article(words)
    return party.mentions[0].text


def _without_article(words: str) -> str:
    first, _, rest = words.partition(" ")
    return rest if rest and first.lower() in ARTICLES else words


def _wish(party: Party, name: str) -> tuple[str, str, int]:
    """The id an actor would have if nobody else wished for it, what identifies it, and whether it is known.

    A description is of one article: its id always carries a digest.
    """
    first = party.mentions[0]
    if party.key or any(cluster.names for cluster in party.clusters):
        return f"actor/{slug(name)}", party.key or first.id, int(party.key is not None)
    scope = f"{name} {value_of(first).country}" if len(party.clusters) > 1 else first.id
    return f"actor/{slug(name, 40)}-{digest(scope, 6)}", first.id, 0


def _node(
    id: str,
    name: str,
    party: Party,
    reasons: tuple[str, ...],
    knowledge: Knowledge,
    days: Mapping[str, date | None],
) -> Actor:
    mentions = party.mentions
    named = [m for m in mentions if value_of(m).form == "name" or value_of(m).key] or mentions
    spoken = [m.text for m in mentions if value_of(m).form != "pronoun"]
    known = knowledge.actors.get(party.key or "")
    return Actor(
        id=id,
        type=known.type if known else most_common(m.type for m in named) or "Group",
        name=name,
        aliases=tuple(words for words in dict.fromkeys(spoken) if words != name),
        mentions=tuple(m.id for m in mentions),
        country=known.country if known else most_common(c.country for c in party.clusters if c.country),
        sector=known.sectors if known else most_common(c.sectors for c in party.clusters if c.sectors) or (),
        wikidata=known.wikidata if known else most_common(w for m in mentions if (w := value_of(m).wikidata)),
        offices=tenures(mentions, known, days, knowledge.roles),
        reasons=reasons,
    )
