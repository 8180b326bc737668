"""Why clusters of different articles may be one actor: an entry of the knowledge, a name, an institution, a spelling.

Each tie says how sure it is: the entry of the knowledge most, a spelling and a lone surname least.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import timedelta
from itertools import combinations

from msgspec import Struct
from rapidfuzz import fuzz

from ...schemas.types import Schema
from .actor_clusters import Cluster, is_institution, value_of
from .clusters import alike_in, normal, singular
from .joining import Facts, Tie, agree

ENTRY, FULL_NAME, NAME, INSTITUTION, FIRST_AND_LAST, SPELLING, SURNAME = 0.99, 0.9, 0.85, 0.8, 0.75, 0.7, 0.6
ANY_KIND, FIRST_NAME, PART, CALLED, DESCRIBED = 0.8, 0.65, 0.6, 0.6, 0.55
SEASON = timedelta(days=60)
ALIKE = 90  # rapidfuzz ratio, of 100, of two spellings of one name
_ANOTHER = frozenset({"another", "new", "other", "next", "second", "different", "future", "more"})
_LITTLE = frozenset({"a", "an", "the", "this", "that", "these", "those", "his", "her", "their", "its", "our"})
SHORT = 3  # letters of the shortest first name that can be short for another
FUZZY_LENGTH = 5  # letters of the shortest name in which a letter may differ


class Nouns(Struct, frozen=True):
    """The nouns that tell who is meant: not those for `anybody`, those of one sense (`alike`) as one."""

    anybody: frozenset[str]
    alike: Mapping[str, str]

    @classmethod
    def from_schema(cls, schema: Schema) -> "Nouns":
        """The nouns of a schema's lexicons."""
        return cls(schema.lexicons.get("anybody", frozenset()), alike_in(schema))

    def of(self, cluster: Cluster) -> list[tuple[str, bool, frozenset[str]]]:
        """The nouns that describe a cluster, whether they are of several, and the other words of the description.

        They are in the order of the alphabet, so that every run ties what is described in several ways alike.
        """
        told = {(normal(value_of(m).name), value_of(m).plural) for m in cluster.descriptions}
        told |= {(normal(words), False) for m in cluster.mentions for words in value_of(m).called}
        found = set()
        for words, plural in told:
            *others, last = words.split() or [""]
            noun = singular(last)
            if noun and noun not in self.anybody and _ANOTHER.isdisjoint(others):
                found.add((self.alike.get(noun, noun), plural and noun != last, frozenset(others) - _LITTLE))
        return sorted(found, key=lambda told: (told[0], told[1], sorted(told[2])))


def across(clusters: list[Cluster], groups: Mapping[str, int], nouns: "Nouns") -> list[Tie[int]]:
    """The ties between clusters by their numbers, the surest first.

    `groups` are articles on one happening.
    """
    found = [
        *_same_entry(clusters),
        *_same_name(clusters),
        *_same_institution(clusters),
        *_same_spelling(clusters),
        *_same_surname(clusters, groups),
        *_same_name_there(clusters, groups),
        *_other_first_name(clusters, groups),
        *_part_of_name(clusters, groups),
        *_called_so(clusters, groups, nouns),
        *_described_alike(clusters, groups, nouns),
    ]
    return sorted(found, key=lambda tie: -tie.confidence)


def compatible(one: Facts, other: Facts) -> bool:
    """Whether nothing that is known of two groups tells them apart; an entry may be of several countries."""
    countries = agree(one.countries, other.countries) or bool(one.keys & other.keys)
    counts = agree(one.counts, other.counts)
    return countries and counts and agree(one.keys, other.keys) and agree(one.genders, other.genders)


def _firsts(clusters: list[Cluster], names: Callable[[Cluster], Iterable[str]]) -> Iterator[tuple[int, int, str]]:
    """Each cluster that goes by a name with the first one that does, and the name."""
    first: dict[str, int] = {}
    for index, cluster in enumerate(clusters):
        for name in names(cluster):
            if first.setdefault(name, index) != index:
                yield first[name], index, name


def _same_entry(clusters: list[Cluster]) -> Iterator[Tie[int]]:
    for one, other, _ in _firsts(clusters, lambda cluster: (cluster.key,) if cluster.key else ()):
        yield Tie(one, other, "the same entry of the knowledge", "entry", ENTRY)


def _same_name(clusters: list[Cluster]) -> Iterator[Tie[int]]:
    """People of one full name, or at least of one first and last name; bodies of one name, if only one goes by it."""
    ambiguous = _ambiguous_acronyms(clusters)

    def bodies(cluster: Cluster) -> list[str]:
        return [] if cluster.person else [name for name in cluster.names if name not in ambiguous]

    for one, other, name in _firsts(clusters, bodies):
        yield Tie(one, other, f"the same name, {name}", "name", FULL_NAME if " " in name else NAME)
    for one, other, name in _firsts(clusters, _full_names):
        yield Tie(one, other, f"the same name, {name}", "name", FULL_NAME)
    for one, other, name in _firsts(clusters, _short_names):
        yield Tie(one, other, f"the same first and last name, {name}", "first-and-last-name", FIRST_AND_LAST)


def _full_names(cluster: Cluster) -> list[str]:
    """The names that tell a person from others in other articles."""
    return [name for name in cluster.names if " " in name] if cluster.person else []


def _short_names(cluster: Cluster) -> list[str]:
    """The full names of a person without what stands between the first and the last word."""
    words = (name.split() for name in _full_names(cluster))
    return [f"{first} {last}" for first, *_, last in words]


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


def _same_institution(clusters: list[Cluster]) -> Iterator[Tie[int]]:
    people = {cluster.mentions[0].type for cluster in clusters if cluster.person}
    for one, other, name in _firsts(clusters, lambda cluster: _institutions(cluster, people)):
        yield Tie(one, other, f"the same institution, {name}", "institution", INSTITUTION)


def _institutions(cluster: Cluster, people: set[str]) -> list[str]:
    if cluster.names or cluster.key:
        return []
    return sorted({f"{normal(m.text)} ({value_of(m).country})" for m in cluster.mentions if is_institution(m, people)})


def _same_spelling(clusters: list[Cluster]) -> Iterator[Tie[int]]:
    """People of one country whose names differ as spellings do: Hasan and Hassan, Mohammed and Muhammad."""
    blocks: dict[tuple[str, str], dict[str, int]] = defaultdict(dict)
    for index, cluster in enumerate(clusters):
        for name in _short_names(cluster) if cluster.country else ():
            block = " ".join(_consonants(word) for word in name.split())
            blocks[cluster.country or "", block].setdefault(name, index)
    for names in blocks.values():
        for (one, first), (other, second) in combinations(sorted(names.items()), 2):
            if fuzz.ratio(one, other) >= ALIKE and all(map(_spelt_alike, one.split(), other.split())):
                yield Tie(first, second, f"spellings of one name, {one} and {other}", "spelling", SPELLING)


def _same_surname(clusters: list[Cluster], groups: Mapping[str, int]) -> Iterator[Tie[int]]:
    """A surname alone in its article and the only full name with it, in articles of one season or happening."""
    full: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for index, cluster in enumerate(clusters):
        for name in _short_names(cluster):
            full[name.split()[-1]][name].append(index)
    for index, cluster in enumerate(clusters):
        if cluster.person and len(cluster.names) == 1 and len(full.get(cluster.names[0], ())) == 1:
            ((name, bearers),) = full[cluster.names[0]].items()
            near = [bearer for bearer in bearers if _near(cluster, clusters[bearer], groups)]
            if near:
                yield Tie(near[0], index, f"the only surname of its kind, {name}", "surname", SURNAME)


def _same_name_there(clusters: list[Cluster], groups: Mapping[str, int]) -> Iterator[Tie[int]]:
    """One name in articles on one happening, whatever kind of actor it was taken for."""
    for one, other, there in _firsts(clusters, lambda c: [f"{groups[c.article]} {name}" for name in c.names]):
        name = there.split(" ", 1)[1]
        yield Tie(one, other, f"the same name in articles on one happening, {name}", "there", ANY_KIND)


def _other_first_name(clusters: list[Cluster], groups: Mapping[str, int]) -> Iterator[Tie[int]]:
    """People of one surname in articles on one happening, one's first name the other's start, or only a first name."""
    people: dict[tuple[int, str], dict[str, int]] = defaultdict(dict)
    for index, cluster in enumerate(clusters):
        for name in _short_names(cluster):
            first, last = name.split()
            people[groups[cluster.article], last].setdefault(first, index)
            people[groups[cluster.article], f"first {first}"].setdefault(last, index)
    for (_, last), firsts in people.items():
        for (one, n), (other, m) in combinations(sorted(firsts.items()), 2):
            if not last.startswith("first ") and len(one) >= SHORT and other.startswith(one):
                yield Tie(min(n, m), max(n, m), f"{one} {last} can be short for {other} {last}", "short", FIRST_NAME)
    for index, cluster in enumerate(clusters):
        bearers = people.get((groups[cluster.article], f"first {cluster.names[0]}"), {}) if cluster.names else {}
        if len(cluster.names) == 1 and cluster.person and len(bearers) == 1:
            ((last, bearer),) = bearers.items()
            reason = f"the only first name of its kind in articles on one happening, {cluster.names[0]} {last}"
            yield Tie(bearer, index, reason, "first-name", FIRST_NAME)


def _part_of_name(clusters: list[Cluster], groups: Mapping[str, int]) -> Iterator[Tie[int]]:
    """A body whose name is the start or the last words of the only longer name of one in articles on one happening."""
    longer: dict[tuple[int, str], dict[str, int]] = defaultdict(dict)
    for index, cluster in enumerate(clusters):
        for name in cluster.names if not cluster.person else ():
            words = name.split()
            parts = {" ".join(words[:n]) for n in range(1, len(words))}
            parts |= {" ".join(words[n:]) for n in range(1, len(words)) if words[-1].endswith("s")}
            for part in parts:
                longer[groups[cluster.article], part].setdefault(name, index)
    for index, cluster in enumerate(clusters):
        for name in cluster.names if not cluster.person and not cluster.key else ():
            whole = longer.get((groups[cluster.article], name), {})
            if len(whole) == 1:
                ((long, other),) = whole.items()
                yield Tie(
                    other, index, f"part of the only such name in articles on one happening, {long}", "part", PART
                )


def _near(one: Cluster, other: Cluster, groups: Mapping[str, int]) -> bool:
    if groups[one.article] == groups[other.article]:
        return True
    if one.published is None or other.published is None:
        return False
    return abs(one.published - other.published) <= SEASON


def _described_alike(clusters: list[Cluster], groups: Mapping[str, int], nouns: "Nouns") -> Iterator[Tie[int]]:
    """Clusters without a name that are described by the same noun in articles on one happening."""
    seen: dict[tuple[int, str, bool], list[tuple[int, frozenset[str]]]] = defaultdict(list)
    for index, cluster in enumerate(clusters):
        if cluster.names or cluster.key:
            continue
        for noun, plural, words in nouns.of(cluster):
            others = seen[groups[cluster.article], noun, plural]
            for other, told in others:
                if clusters[other].article != cluster.article and (words <= told or told <= words or words & told):
                    reason = f"described alike in articles on one happening, {noun}"
                    yield Tie(other, index, reason, "described", DESCRIBED)
            others.append((index, words))


def _called_so(clusters: list[Cluster], groups: Mapping[str, int], nouns: "Nouns") -> Iterator[Tie[int]]:
    """A definite description by a noun that articles on the happening say of one name only, with no word added."""
    bearers: dict[tuple[int, str], dict[str, list[tuple[int, frozenset[str]]]]] = defaultdict(lambda: defaultdict(list))
    for index, cluster in enumerate(clusters):
        for noun, plural, words in nouns.of(cluster) if cluster.names else ():
            if not plural:
                surname = _longest(cluster).split()[-1]
                bearers[groups[cluster.article], noun][surname].append((index, words))
    for index, cluster in enumerate(clusters):
        if cluster.names or cluster.key or _is_indefinite(cluster):
            continue
        for noun, plural, words in nouns.of(cluster):
            named = bearers.get((groups[cluster.article], noun), {})
            told = next(iter(named.values()), []) if len(named) == 1 and not plural else []
            fitting = [one for one, said in told if words <= said and clusters[one].person == cluster.person]
            if fitting:
                name = _longest(clusters[fitting[0]])
                reason = f"only {name} is called so in articles on the happening, {noun}"
                yield Tie(fitting[0], index, reason, "called", CALLED)


def _is_indefinite(cluster: Cluster) -> bool:
    """Whether a description brings somebody new: "a lawyer"."""
    return any(m.text.lower().startswith(("a ", "an ", "one ", "some ")) for m in cluster.descriptions)


def _longest(cluster: Cluster) -> str:
    return max(cluster.names, key=len)


def _consonants(word: str) -> str:
    """What spellings of a name share: its first and last letter and the consonants between, doubled ones once."""
    inner = re.sub(r"(.)\1", r"\1", re.sub(r"[aeiouy]", "", word[1:-1]))
    return f"{word[:1]}{inner}{word[-1:]}"


def _spelt_alike(one: str, other: str) -> bool:
    return one == other or min(len(one), len(other)) >= FUZZY_LENGTH
