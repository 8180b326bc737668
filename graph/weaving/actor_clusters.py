"""Actor mentions of one article to clusters: by coreference, by name, by what describes a body for all.

A pronoun or "the official" that coreference left alone is nobody; a group that is described rather than named
("two Egyptian security sources") is a cluster of its article.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from datetime import date

from msgspec import Struct

from ..types import SERVED, ActorValue, Mention, Reading
from .clusters import most_common, normal
from .decided import Decided, naming
from .joining import Facts, Joining, Tie, facts_of, said_the_same

BACKWARD = frozenset(("the", "this", "that", "these", "those", "his", "her", "its", "their", "our", "my", "your"))
NAMED = frozenset(("name", "nationality"))
SAME_WORDS = 0.95
SERVES = frozenset(("leads", "member-of", "represents"))


class Cluster(Struct, frozen=True, gc=False):
    """What one article says of one actor: its mentions in text order, what they agree on, and why they are one."""

    article: str
    published: date | None
    mentions: tuple[Mention, ...]
    ties: tuple[Tie[str], ...]
    key: str | None
    names: tuple[str, ...]  # normalised names, the most frequent first
    person: bool
    country: str | None
    sectors: tuple[str, ...]
    gender: str | None
    count: int | None  # how many a description says they are
    sides: frozenset[int]  # of splits
    somebody: bool = True  # False: only words that point back, with nobody to point at

    @property
    def face(self) -> str:
        """The mention that shows best who is meant: the fullest name, else a description."""
        return max(naming(self.mentions), key=lambda mention: len(mention.text.split())).id

    @property
    def descriptions(self) -> list[Mention]:
        """The mentions that describe the actor."""
        return [mention for mention in self.mentions if value_of(mention).form == "description"]

    @property
    def facts(self) -> Facts:
        """What is known of the actor."""
        gender = self.gender if self.person else None
        return facts_of(self.key, self.country, gender, self.count, sides=self.sides)


def value_of(mention: Mention) -> ActorValue:
    """The value of an actor mention."""
    assert isinstance(mention.value, ActorValue)
    return mention.value


def in_article(reading: Reading, people: set[str], armies: Mapping[str, str], decided: Decided) -> Iterator[Cluster]:
    """The clusters of an article."""
    mentions = {m.id: m for m in reading.mentions if m.kind == "actor"}
    joining = Joining({id: _told(m, decided) for id, m in mentions.items()})
    joining.join(said_the_same(reading, mentions))
    joining.join(_same_words(mentions, people))
    ties = joining.held_in()
    bodies = _bodies(reading, mentions)
    for root, members in joining.groups.members.items():
        chosen = sorted((mentions[m] for m in members), key=lambda m: (m.span.start, m.span.end))
        served = [body for mention in chosen for body in bodies.get(mention.id, ())]
        yield _cluster(reading, chosen, served, tuple(ties.get(root, ())), people, armies, decided)


def _bodies(reading: Reading, mentions: Mapping[str, Mention]) -> dict[str, list[ActorValue]]:
    """For each mention of somebody the states and bodies that the text says are led, served or spoken for."""
    found: dict[str, list[ActorValue]] = defaultdict(list)
    for link in reading.links:
        body = mentions.get(link.target)
        if link.type in SERVES and body is not None and body.type in SERVED:
            found[link.source].append(value_of(body))
    return found


def _told(mention: Mention, decided: Decided) -> Facts:
    value = value_of(mention)
    return facts_of(value.key, value.country, None, value.count, sides=decided.sides_of([mention], value.key))


def _same_words(mentions: Mapping[str, Mention], people: set[str]) -> Iterator[Tie[str]]:
    """Ties of the same entry, name or general description, and of surnames to the only full name with them."""
    seen: dict[str, str] = {}
    surnames: dict[str, set[str]] = defaultdict(set)
    for mention in mentions.values():
        words = normal(value_of(mention).name).split()
        if value_of(mention).form == "name" and mention.type in people and len(words) > 1:
            surnames[words[-1]].add(" ".join(words))

    def tie(identity: str, mention: str) -> Tie[str]:
        return Tie(seen.setdefault(identity, mention), mention, "the same words", "same-words", SAME_WORDS)

    for mention in mentions.values():
        value = value_of(mention)
        if value.form == "description" and value.plural and value.count is None:
            yield tie(f"description {normal(value.name)} {value.country}", mention.id)
        if value.form not in NAMED:
            continue
        several = mention.type in people and len(surnames.get(normal(value.name), ())) > 1
        for identity in (value.key, value.form == "name" and not several and f"name {normal(value.name)}"):
            if identity:
                yield tie(identity, mention.id)
    for mention in mentions.values():
        full = surnames.get(normal(value_of(mention).name), set())
        if value_of(mention).form == "name" and mention.type in people and len(full) == 1:
            yield tie(f"name {next(iter(full))}", mention.id)


def _somebody(mentions: list[Mention], people: set[str]) -> bool:
    """Whether the mentions are of someone: named, or described by more than a word that points back."""
    if any(value_of(m).form in NAMED or value_of(m).key for m in mentions):
        return True
    described = [m for m in mentions if value_of(m).form == "description"]
    return any(_first_word(m) not in BACKWARD or is_institution(m, people) for m in described)


def _first_word(mention: Mention) -> str:
    return mention.text.split(maxsplit=1)[0].lower() if mention.text.strip() else ""


def is_institution(mention: Mention, people: set[str]) -> bool:
    """Whether a description is of the same body in every article: "the Israeli army", not "two Israeli officials"."""
    value = value_of(mention)
    several = mention.type == "Group" and value.plural
    return bool(value.country) and value.count is None and mention.type not in people and not several


def _cluster(
    reading: Reading,
    mentions: list[Mention],
    served: list[ActorValue],
    ties: tuple[Tie[str], ...],
    people: set[str],
    armies: Mapping[str, str],
    decided: Decided,
) -> Cluster:
    values = [value_of(m) for m in mentions]
    named = [m for m in mentions if value_of(m).form in NAMED]
    names = Counter(normal(value_of(m).name) for m in mentions if value_of(m).form == "name")
    key = most_common(value.key for value in values if value.key) or most_common(
        key for m in mentions if (key := armies.get(normal(m.text)))
    )
    return Cluster(
        article=reading.article.id,
        published=reading.article.day,
        mentions=tuple(mentions),
        ties=ties,
        key=key,
        names=tuple(name for name, _ in names.most_common() if name),
        person=most_common(m.type for m in named or mentions) in people,
        country=most_common(value.country for value in (*values, *served) if value.country),
        sectors=_sectors(named, mentions, served),
        gender=most_common(value.gender for value in values if value.gender),
        count=most_common(value.count for value in values if value.count),
        sides=decided.sides_of(mentions, key),
        somebody=_somebody(mentions, people),
    )


def _sectors(named: list[Mention], mentions: list[Mention], served: list[ActorValue]) -> tuple[str, ...]:
    """The sectors that the names tell, else the descriptions, else those of the bodies that the actor serves."""
    told = (value_of(m).sectors for m in (*named, *mentions) if value_of(m).sectors)
    return next(told, None) or most_common(body.sectors for body in served if body.sectors) or ()
