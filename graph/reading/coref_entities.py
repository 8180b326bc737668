"""Mentions as the sieves of coreference see them, and the entities that they grow into."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import TypeVar

from msgspec import Struct

from ..groups import Groups
from ..knowledge import Knowledge
from ..types import ActorValue, Link, Mention
from .parse import Parse, Token

Item = TypeVar("Item")
SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_BEFORE = frozenset({"amod", "compound", "nmod", "nummod", "poss"})
_LITTLE = frozenset({"DET", "ADP", "PART", "PUNCT", "CCONJ", "SPACE"})
_BACK = frozenset({"the", "this", "that", "these", "those"})
_ANOTHER = frozenset({"another", "other", "others", "else", "second", "third", "new", "different", "more", "one"})
_SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv"})
_NEAR = 300  # names before and behind; articles of up to 15,000 characters have no more
STATES = frozenset({"State", "Government", "Military"})


class Phrase:
    """One mention with what its words and its grammar say."""

    def __init__(self, number: int, mention: Mention, parse: Parse, line: int):
        self.number, self.mention, self.line = number, mention, line
        self.paragraph = parse.paragraph(parse.span(mention)[0])
        self.value = mention.value
        self.span = parse.span(mention)
        root = self.span.root
        goal = next((c for c in root.children if c.dep_ == "pobj" and c.i < self.span.end), None)
        self.root: Token = goal if root.pos_ == "ADP" and goal is not None else root

    @property
    def kind(self) -> str:
        """actor or place."""
        return self.mention.kind

    @property
    def type(self) -> str:
        """The type of the mention."""
        return self.mention.type

    @cached_property
    def form(self) -> str:
        """name, nationality, description, pronoun; a place is a name or a description."""
        if self.root.pos_ == "PRON" or self.root.tag_ == "WRB":
            return "pronoun"
        if isinstance(self.value, ActorValue):
            return self.value.form
        return "name" if self.proper or getattr(self.value, "key", None) else "description"

    @cached_property
    def words(self) -> tuple[str, ...]:
        """The words up to the head in small letters, without articles, prepositions and possessive endings."""
        core = (t for t in self.span if t.i <= self.root.i and t.pos_ not in _LITTLE)
        return tuple(word for t in core if (word := t.lower_.strip(".,'\"")))

    @cached_property
    def proper(self) -> frozenset[str]:
        """The capitalised words of a name, up to its head."""
        core = (t for t in self.span if t.i <= self.root.i)
        return frozenset(t.lower_.strip(".") for t in core if t.pos_ == "PROPN" and t.text[0].isupper())

    @cached_property
    def surname(self) -> str:
        """The last word of a person's name, without "Jr."."""
        names = [word for word in self.words if word not in _SUFFIXES]
        return names[-1] if names else ""

    @cached_property
    def head(self) -> str:
        """The lemma of the noun that the rest belongs to."""
        return self.root.lemma_.lower()

    @cached_property
    def modifiers(self) -> frozenset[str]:
        """The lemmas of what stands before the head, without articles and owners."""
        return frozenset(c.lemma_.lower() for c in self.root.lefts if c.dep_ in _BEFORE and c.dep_ != "poss")

    @cached_property
    def definite(self) -> bool:
        """Whether the phrase points at something told: "the group", "this man"."""
        return any(c.lower_ in _BACK for c in self.root.lefts)

    @cached_property
    def indefinite(self) -> bool:
        """Whether the phrase brings somebody new: "a man", "another group", "two others"."""
        return any(c.lower_ in ("a", "an") or c.lower_ in _ANOTHER for c in self.root.lefts)

    @cached_property
    def owner(self) -> str | None:
        """The word in the genitive before the head: "her", "Smith"."""
        return next((c.lower_ for c in self.root.lefts if c.dep_ == "poss"), None)

    @cached_property
    def plural(self) -> bool:
        """Whether it is about several."""
        if isinstance(self.value, ActorValue) and self.form != "name":
            return self.value.plural or bool(self.value.count and self.value.count > 1)
        return self.form == "description" and self.root.tag_ in ("NNS", "NNPS")

    @property
    def key(self) -> str | None:
        """The entry of the knowledge, if any."""
        return getattr(self.value, "key", None)

    @property
    def country(self) -> str | None:
        """The country, if it says one."""
        return getattr(self.value, "country", None) if self.kind == "actor" else None

    @property
    def gender(self) -> str | None:
        """f or m, if known."""
        return getattr(self.value, "gender", None)

    @property
    def is_subject(self) -> bool:
        """Whether the head, or the first noun that it is coordinated to, is a verb's subject."""
        token = self.root
        while token.dep_ == "conj" and token.head.pos_ in ("PROPN", "NOUN", "PRON"):
            token = token.head
        return token.dep_ in SUBJECTS

    @property
    def is_coordinated(self) -> bool:
        """Whether it is one of several nouns in a row."""
        return self.root.dep_ == "conj" or any(child.dep_ == "conj" for child in self.root.rights)

    def sort(self) -> str | None:
        """What it can be one with: a person, a body, a state's body, a place; None where its words leave it open."""
        if self.kind == "place":
            return "place"
        if self.type == "Person":
            return "person"
        if self.form in ("pronoun", "nationality") or self.type == "Group":
            return None
        return "state" if self.type in STATES else "body"


class Facts(Struct, frozen=True):
    """What is known of an entity; `types` and `plurals` are what its phrases are, which need not agree."""

    keys: frozenset[str] = frozenset()
    countries: frozenset[str] = frozenset()
    genders: frozenset[str] = frozenset()
    numbers: frozenset[bool] = frozenset()
    counts: frozenset[int] = frozenset()
    sorts: frozenset[str] = frozenset()
    types: frozenset[str] = frozenset()
    plurals: frozenset[bool] = frozenset()

    def agree(self, other: "Facts", whatever_sort: bool = False) -> bool:
        """Whether nothing speaks against both being of one entity; what NER takes a name for can be left aside."""
        told = ["keys", "genders", "numbers", "counts"]
        told += ["countries"] if not self.keys & other.keys else []
        told += ["sorts"] if not whatever_sort else []
        return not any(_apart(getattr(self, fact), getattr(other, fact)) for fact in told)

    def with_(self, other: "Facts") -> "Facts":
        """The facts of both."""
        return Facts(*(getattr(self, name) | getattr(other, name) for name in self.__struct_fields__))


def _apart(some: frozenset[Item], others: frozenset[Item]) -> bool:
    """Whether both are known and have nothing in common."""
    return bool(some and others) and some.isdisjoint(others)


def facts_of(phrase: Phrase) -> Facts:
    """What one phrase says."""
    value, sort = phrase.value, phrase.sort()
    person = sort == "person" or phrase.form == "pronoun"
    count = getattr(value, "count", None)
    return Facts(
        keys=_some(phrase.key),
        countries=_some(phrase.country),
        genders=_some(phrase.gender if person else None),
        numbers=_numbers(phrase, person),
        counts=_some(count if count and count > 1 else None),
        sorts=_some(sort),
        types=frozenset((phrase.type,)),
        plurals=frozenset((phrase.plural,)),
    )


def _numbers(phrase: Phrase, person: bool) -> frozenset[bool]:
    """Whether it is several; of a crowd, which can be "it" and "they", only if its noun is in the plural."""
    if phrase.form == "nationality" or not (person or (phrase.type == "Group" and phrase.plural)):
        return frozenset()
    return frozenset({phrase.plural})


def _some(value: Item | None) -> frozenset[Item]:
    return frozenset() if value is None else frozenset((value,))


class Entities:
    """The phrases of an article in groups that grow, each with its facts; every joining is a link."""

    def __init__(self, parse: Parse, mentions: Sequence[Mention], knowledge: Knowledge):
        self.parse, self.knowledge = parse, knowledge
        lines = _sentence_numbers(parse)
        ordered = sorted(mentions, key=lambda m: (m.span.start, m.span.end))
        self.phrases = [Phrase(n, m, parse, lines[parse.span(m).start]) for n, m in enumerate(ordered)]
        self.links: list[Link] = []
        self._groups = Groups(range(len(ordered)))
        self._facts = {phrase.number: facts_of(phrase) for phrase in self.phrases}
        self._members = {phrase.number: [phrase] for phrase in self.phrases}

    @cached_property
    def by_root(self) -> dict[int, Phrase]:
        """The names and descriptions by the token of their head."""
        return {phrase.root.i: phrase for phrase in self.phrases if phrase.form != "pronoun"}

    def of(self, phrase: Phrase) -> int:
        """The entity of a phrase, as a number: that of its first phrase."""
        return self._groups.root(phrase.number)

    def members(self, phrase: Phrase) -> Sequence[Phrase]:
        """All phrases of the entity of a phrase, in text order."""
        return self._members[self.of(phrase)]

    def told_before(self, one: Phrase, other: Phrase) -> int:
        """How many phrases of the entity of one stand before another phrase."""
        return bisect_left(self.members(one), other.number, key=lambda member: member.number)

    def facts(self, phrase: Phrase) -> Facts:
        """What is known of the entity of a phrase."""
        return self._facts[self.of(phrase)]

    def can_be(self, one: Phrase, other: Phrase, whatever_sort: bool = False) -> bool:
        """Whether nothing that is known speaks against one entity."""
        return one.kind == other.kind and self.facts(one).agree(self.facts(other), whatever_sort)

    def join(self, later: Phrase, earlier: Phrase, rule: str, confidence: float, whatever_sort: bool = False) -> bool:
        """Make two phrases one entity, unless something known speaks against it; tells whether they are one now."""
        ends = sorted((self.of(later), self.of(earlier)))
        if ends[0] == ends[1]:
            return True
        if not self.can_be(later, earlier, whatever_sort):
            return False
        first, gone = ends
        source = self.phrases[gone]
        target = next((p for p in (earlier, later) if self.of(p) == first and p.number < gone), self.phrases[first])
        self.links.append(Link(source.mention.id, "same-as", target.mention.id, f"coreference/{rule}", confidence))
        self._facts[first] = self._facts[first].with_(self._facts.pop(gone))
        self._groups.join(first, gone)
        self._members[first] = _in_order(self._members[first], self._members.pop(gone))
        return True

    def before(self, phrase: Phrase, lines: int) -> Iterator[Phrase]:
        """The phrases before one, the nearest first, so many sentences back."""
        for other in reversed(self.phrases[: phrase.number]):
            if phrase.line - other.line > lines:
                return
            if other.mention.span.end <= phrase.mention.span.start:
                yield other

    def distinct(self, phrases: Iterable[Phrase]) -> dict[int, list[Phrase]]:
        """Phrases by entity."""
        found: dict[int, list[Phrase]] = defaultdict(list)
        for phrase in phrases:
            found[self.of(phrase)].append(phrase)
        return found


def _in_order(some: list[Phrase], others: list[Phrase]) -> list[Phrase]:
    """All of them in text order; mostly the others only go on from the first, which are extended."""
    ordered = some[-1].number < others[0].number
    some += others
    return some if ordered else sorted(some, key=lambda phrase: phrase.number)


def near(phrases: Sequence[Phrase], phrase: Phrase) -> Sequence[Phrase]:
    """Those of an article's phrases that stand near one: all of them, unless it is very long."""
    here = bisect_left(phrases, phrase.number, key=lambda other: other.number)
    return phrases[max(0, here - _NEAR) : here + _NEAR]


def _sentence_numbers(parse: Parse) -> list[int]:
    """For each token, the number of its sentence."""
    number, numbers = -1, []
    for token in parse.doc:
        number += token.i == 0 or bool(token.is_sent_start)
        numbers.append(number)
    return numbers
