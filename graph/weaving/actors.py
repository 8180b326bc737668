"""Actor mentions to actor nodes: by knowledge entry, by name, by acronym, by a spelling that is nearly the same.

A pronoun or "the official" that coreference left alone is nobody, and so is whoever is only described
and has no part in anything; a group that is described rather than named ("two Egyptian security
sources") is a node of its article, unless the description is of an institution ("the Israeli police").
"""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from functools import lru_cache
from itertools import combinations

from msgspec import Struct
from rapidfuzz import fuzz

from ...schemas.types import Schema
from ..knowledge import Knowledge, KnownActor
from ..types import Actor, ActorValue, EventValue, Mention, Reading
from .clusters import Groups, digest, distinct_ids, in_order, most_common, same_as, slug

Resolution = dict[str, str]
Facts = tuple[frozenset[str], ...]  # of a group: its entries, its countries, its genders

BACKWARD = frozenset(("the", "this", "that", "these", "those", "his", "her", "its", "their", "our", "my", "your"))
ARTICLES = frozenset(("a", "an", "the"))
NAMED = frozenset(("name", "nationality"))
SEASON = timedelta(days=60)
SPELLING = 90  # rapidfuzz ratio, of 100, of two spellings of one name
FUZZY_LENGTH = 5  # letters of the shortest name in which a letter may differ
_LETTERS = re.compile(r"[^\w\s]")


class Cluster(Struct, frozen=True):
    """What one article says of one actor: its mentions in text order, and what they agree on."""

    article: str
    published: date | None
    mentions: tuple[Mention, ...]
    key: str | None
    names: tuple[str, ...]  # normalised names, the most frequent first
    person: bool
    country: str | None
    gender: str | None


def resolve(readings: tuple[Reading, ...], schema: Schema, knowledge: Knowledge) -> tuple[list[Actor], Resolution]:
    """The actor nodes, and which node each actor mention is; a mention of nobody in particular is left out."""
    people = {name for name in schema.actor_types if _is_person(name, schema)}
    armies = _armies(schema, knowledge)
    clusters = [cluster for reading in in_order(readings) for cluster in _in_article(reading, people, armies)]
    groups: Groups[int] = Groups(range(len(clusters)))
    facts = {n: _facts(cluster) for n, cluster in enumerate(clusters)}
    reasons: dict[int, list[str]] = defaultdict(list)
    for one, other, reason in (*_same_identifier(clusters), *_same_spelling(clusters), *_same_surname(clusters)):
        ends = groups.root(one), groups.root(other)
        both = _both(facts[ends[0]], facts[ends[1]])
        if ends[0] != ends[1] and _compatible(both):
            facts[groups.join(*ends)] = both
            reasons[min(one, other)].append(reason)
    active = _active(readings)
    members = [sorted(indices) for indices in groups.members.values()]
    members = [indices for indices in members if any(_counts(clusters[index], active) for index in indices)]
    found = [[clusters[index] for index in indices] for indices in members]
    why = [tuple(dict.fromkeys(r for index in indices for r in reasons[index])) for indices in members]
    names = [_name(group, knowledge) for group in found]
    wanted = [_wish(group, name) for group, name in zip(found, names, strict=True)]
    ids = distinct_ids(wanted)
    nodes = [_node(ids[n], names[n], group, why[n], knowledge) for n, group in enumerate(found)]
    return nodes, {m.id: id for id, group in zip(ids, found, strict=True) for c in group for m in c.mentions}


def _is_person(name: str | None, schema: Schema) -> bool:
    while name and name != "Person":
        type = schema.actor_types.get(name)
        name = type.extends if type else None
    return name == "Person"


def _armies(schema: Schema, knowledge: Knowledge) -> dict[str, str]:
    """What the forces of a state are called ("israeli army") to their entry, where its country has no others."""
    heads = schema.lexicons.get("armed-forces", frozenset())
    forces: dict[str, list[KnownActor]] = defaultdict(list)
    for known in knowledge.actors.values():
        if known.type == "Military" and known.country:
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


def value_of(mention: Mention) -> ActorValue:
    """The value of an actor mention."""
    assert isinstance(mention.value, ActorValue)
    return mention.value


@lru_cache(maxsize=1 << 16)
def normal(name: str) -> str:
    """The name in lower case, without accents, stops, possessive and leading article.

    >>> normal("The W.H.O.'s")
    'who'
    """
    plain = unicodedata.normalize("NFKD", name.replace("’", "'")).encode("ascii", "ignore").decode() or name
    words = _LETTERS.sub("", plain.casefold().removesuffix("'s").replace("-", " ")).split()
    return " ".join(words[1:] if len(words) > 1 and words[0] == "the" else words)


# Inside one article


def _in_article(reading: Reading, people: set[str], armies: Mapping[str, str]) -> Iterator[Cluster]:
    mentions = {m.id: m for m in reading.mentions if m.kind == "actor"}
    groups = Groups(mentions)
    facts = {id: _told(value_of(m)) for id, m in mentions.items()}
    for link in same_as(reading):
        if link.source in mentions and link.target in mentions:
            _join(groups, facts, link.target, link.source)
    for one, other in _same_words(mentions, people):
        _join(groups, facts, one, other)
    for members in groups.members.values():
        chosen = sorted((mentions[m] for m in members), key=lambda m: (m.span.start, m.span.end))
        if _somebody(chosen, people):
            yield _cluster(reading, chosen, people, armies)


def _told(value: ActorValue) -> Facts:
    return (
        frozenset((value.key,) if value.key else ()),
        frozenset((value.country,) if value.country else ()),
    )


def _both(some: Facts, others: Facts) -> Facts:
    return tuple(map(frozenset.union, some, others))


def _join(groups: Groups[str], facts: dict[str, Facts], one: str, other: str) -> None:
    """Join two groups unless they are known to be two: of different entries or countries."""
    ends = groups.root(one), groups.root(other)
    both = _both(facts[ends[0]], facts[ends[1]])
    if all(len(fact) <= 1 for fact in both):
        facts[groups.join(*ends)] = both


def _same_words(mentions: dict[str, Mention], people: set[str]) -> Iterator[tuple[str, str]]:
    """Pairs with the same entry, name or general description, and surnames with the only full name with them."""
    seen: dict[str, str] = {}
    surnames: dict[str, set[str]] = defaultdict(set)
    for mention in mentions.values():
        value = value_of(mention)
        if value.form == "description" and value.plural and value.count is None:
            described = f"description {normal(value.name)} {value.country}"
            yield seen.setdefault(described, mention.id), mention.id
        if value.form not in NAMED:
            continue
        for identity in (value.key, value.form == "name" and f"name {normal(value.name)}"):
            if identity:
                yield seen.setdefault(identity, mention.id), mention.id
        words = normal(value.name).split()
        if value.form == "name" and mention.type in people and len(words) > 1:
            surnames[words[-1]].add(" ".join(words))
    for mention in mentions.values():
        full = surnames.get(normal(value_of(mention).name), set())
        if value_of(mention).form == "name" and mention.type in people and len(full) == 1:
            yield seen[f"name {next(iter(full))}"], mention.id


def _somebody(mentions: list[Mention], people: set[str]) -> bool:
    """Whether the mentions are of someone: named, or described by more than a word that points back."""
    if any(value_of(m).form in NAMED or value_of(m).key for m in mentions):
        return True
    described = [m for m in mentions if value_of(m).form == "description"]
    return any(_first_word(m) not in BACKWARD or _institution(m, people) for m in described)


def _first_word(mention: Mention) -> str:
    return mention.text.split(maxsplit=1)[0].lower() if mention.text.strip() else ""


def _institution(mention: Mention, people: set[str]) -> bool:
    """Whether a description is of the same body in every article: "the Israeli army", not "two Israeli officials"."""
    value = value_of(mention)
    return bool(value.country) and value.count is None and mention.type not in people


def _cluster(reading: Reading, mentions: list[Mention], people: set[str], armies: Mapping[str, str]) -> Cluster:
    values = [value_of(m) for m in mentions]
    named = [m for m in mentions if value_of(m).form in NAMED]
    names = Counter(normal(value_of(m).name) for m in mentions if value_of(m).form == "name")
    return Cluster(
        article=reading.article.id,
        published=reading.article.day,
        mentions=tuple(mentions),
        key=most_common(value.key for value in values if value.key)
        or most_common(key for m in mentions if (key := armies.get(normal(m.text)))),
        names=tuple(name for name, _ in names.most_common() if name),
        person=most_common(m.type for m in named or mentions) in people,
        country=most_common(value.country for value in values if value.country),
        gender=most_common(value.gender for value in values if value.gender),
    )


# Over articles


def _same_identifier(clusters: list[Cluster]) -> Iterator[tuple[int, int, str]]:
    """Pairs of clusters that share an entry, a name or the description of an institution, first the surest."""
    people = {type for cluster in clusters if cluster.person for type in (cluster.mentions[0].type,)}
    ambiguous = _ambiguous_acronyms(clusters)
    for identifiers in (
        lambda c: [(c.key, "the same entry of the knowledge")] if c.key else [],
        lambda c: [
            (f"{c.person} {name}", f"the same name, {name}") for name in _telling_names(c) if name not in ambiguous
        ],
        lambda c: [(name, f"the same institution, {name}") for name in _institutions(c, people)],
    ):
        first: dict[str, int] = {}
        for index, cluster in enumerate(clusters):
            for identifier, reason in identifiers(cluster):
                if first.setdefault(identifier, index) != index:
                    yield first[identifier], index, reason


def _telling_names(cluster: Cluster) -> list[str]:
    """The names that tell an actor from others in other articles: a person's need two words."""
    return [
        _first_and_last(name) if cluster.person else name for name in cluster.names if " " in name or not cluster.person
    ]


def _first_and_last(name: str) -> str:
    words = name.split()
    return f"{words[0]} {words[-1]}"


def _ambiguous_acronyms(clusters: Iterable[Cluster]) -> set[str]:
    """Names of one word that different articles give to bodies with different long names."""
    long_names: dict[str, set[str]] = defaultdict(set)
    for cluster in clusters:
        longest = max(cluster.names, key=len, default="")
        if not cluster.person and not cluster.key and " " in longest:
            for name in cluster.names:
                if " " not in name:
                    long_names[name].add(longest)
    return {name for name, longs in long_names.items() if len(longs) > 1}


def _institutions(cluster: Cluster, people: set[str]) -> list[str]:
    if cluster.names or cluster.key:
        return []
    return sorted({f"{normal(m.text)} ({value_of(m).country})" for m in cluster.mentions if _institution(m, people)})


def _same_spelling(clusters: list[Cluster]) -> Iterator[tuple[int, int, str]]:
    """Pairs of people of one country whose names differ as spellings do: Hasan and Hassan, Mohammed and Muhammad."""
    blocks: dict[tuple[str, str], dict[str, int]] = defaultdict(dict)
    for index, cluster in enumerate(clusters):
        if cluster.person and cluster.country:
            for name in _telling_names(cluster):
                block = " ".join(_consonants(word) for word in name.split())
                blocks[cluster.country, block].setdefault(name, index)
    for names in blocks.values():
        for (one, first), (other, second) in combinations(sorted(names.items()), 2):
            if fuzz.ratio(one, other) >= SPELLING and all(map(_spelt_alike, one.split(), other.split())):
                yield first, second, f"spellings of one name, {one} and {other}"


def _same_surname(clusters: list[Cluster]) -> Iterator[tuple[int, int, str]]:
    """Pairs of a surname that has its article to itself and the only full name with it, in articles of one season."""
    full: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for index, cluster in enumerate(clusters):
        for name in _telling_names(cluster) if cluster.person else ():
            full[name.split()[-1]][name].append(index)
    for index, cluster in enumerate(clusters):
        if cluster.person and len(cluster.names) == 1 and len(full.get(cluster.names[0], ())) == 1:
            ((name, bearers),) = full[cluster.names[0]].items()
            near = [bearer for bearer in bearers if _same_season(cluster, clusters[bearer])]
            if near:
                yield near[0], index, f"the only surname of its kind, {name}"


def _same_season(one: Cluster, other: Cluster) -> bool:
    if one.published is None or other.published is None:
        return False
    return abs(one.published - other.published) <= SEASON


def _consonants(word: str) -> str:
    """What spellings of a name share: its first and last letter and the consonants between, doubled ones once."""
    inner = re.sub(r"(.)\1", r"\1", re.sub(r"[aeiouy]", "", word[1:-1]))
    return f"{word[:1]}{inner}{word[-1:]}"


def _spelt_alike(one: str, other: str) -> bool:
    return one == other or min(len(one), len(other)) >= FUZZY_LENGTH


def _facts(cluster: Cluster) -> Facts:
    known = cluster.key, cluster.country, cluster.gender if cluster.person else None
    return tuple(frozenset((fact,) if fact else ()) for fact in known)


def _compatible(facts: Facts) -> bool:
    """Whether nothing that is known of the two groups that these facts are of tells them apart."""
    keys, countries, genders = facts
    return len(keys) <= 1 and len(genders) <= 1 and (len(countries) <= 1 or len(keys) == 1)


# Nodes


def _active(readings: Iterable[Reading]) -> set[str]:
    """The mentions that have a part in an event or a tie, or say something."""
    active: set[str] = set()
    for reading in readings:
        for link in reading.links:
            if link.type != "same-as":
                active |= {link.source, link.target}
        active |= {m.value.source for m in reading.mentions if isinstance(m.value, EventValue) and m.value.source}
    return active


def _counts(cluster: Cluster, active: set[str]) -> bool:
    """Whether the actor has a name, or else a part in anything."""
    named = cluster.key is not None or any(value_of(m).form in NAMED for m in cluster.mentions)
    return named or any(m.id in active for m in cluster.mentions)


def _name(group: list[Cluster], knowledge: Knowledge) -> str:
    """The knowledge's name, else the fullest of the names given, else the description as it stands."""
    mentions = [m for cluster in group for m in cluster.mentions]
    key = _key(group)
    if key in knowledge.actors:
        return knowledge.actors[key].name
    for form in ("name", "nationality", "description"):
        names = Counter(value_of(m).name for m in mentions if value_of(m).form == form)
        if names:
            words = max(names, key=lambda name: (len(name.split()), names[name], name))
            return words if form != "description" else _without_article(words)
    return mentions[0].text


def _without_article(words: str) -> str:
    first, _, rest = words.partition(" ")
    return rest if rest and first.lower() in ARTICLES else words


def _wish(group: list[Cluster], name: str) -> tuple[str, str, int]:
    """The id an actor would have if nobody else wished for it, what identifies it, and whether it is known.

    A description is of one article: its id always carries a digest.
    """
    key = _key(group)
    first = group[0].mentions[0]
    if key or any(cluster.names for cluster in group):
        return f"actor/{slug(name)}", key or first.id, int(key is not None)
    scope = f"{name} {first.value.country}" if len(group) > 1 else first.id  # type: ignore[union-attr]
    return f"actor/{slug(name, 40)}-{digest(scope, 6)}", first.id, 0


def _node(id: str, name: str, group: list[Cluster], reasons: tuple[str, ...], knowledge: Knowledge) -> Actor:
    mentions = [m for cluster in group for m in cluster.mentions]
    named = [m for m in mentions if value_of(m).form == "name" or value_of(m).key] or mentions
    spoken = [m.text for m in mentions if value_of(m).form != "pronoun"]
    known = knowledge.actors.get(_key(group) or "")
    return Actor(
        id=id,
        type=known.type if known else most_common(m.type for m in named) or "Group",
        name=name,
        aliases=tuple(words for words in dict.fromkeys(spoken) if words != name),
        mentions=tuple(m.id for m in mentions),
        country=known.country if known else most_common(value_of(m).country for m in named if value_of(m).country),
        sector=known.sectors if known else most_common(value_of(m).sectors for m in named if value_of(m).sectors) or (),
        wikidata=known.wikidata if known else most_common(w for m in mentions if (w := value_of(m).wikidata)),
        reasons=reasons,
    )


def _key(group: list[Cluster]) -> str | None:
    return next((cluster.key for cluster in group if cluster.key), None)
