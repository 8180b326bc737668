"""Which mentions of one article are the same: surnames, acronyms, descriptions and pronouns to what they stand for.

Precision goes before recall: what could be two stays unresolved.
"""

from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from ..knowledge import Knowledge
from ..types import ActorValue, Link, Mention, PlaceValue
from .parse import Parse, Token

_STATE_BODIES = frozenset({"State", "Government", "Military"})
_BODIES = _STATE_BODIES | {"Organisation", "ArmedGroup", "Party", "Company", "InternationalOrganisation", "Media"}
_GROUPED = frozenset({"ArmedGroup", "Party", "Organisation", "Company"})  # what "the group" can be
_SUBJECT = frozenset({"nsubj", "nsubjpass"})
_SUBJECT_LIKE = _SUBJECT | {"poss"}
_DEFINITE = frozenset({"the", "this", "that", "these", "those"})
_TITLE = frozenset({"compound", "nmod", "appos", "amod"})
_BACK = 3  # sentences that a definite description may look back
_MAX_WORDS = 4  # of a description that only points back

Found = tuple[Mention, str, float]  # antecedent, rule, confidence


class _Seen(Struct, frozen=True):
    """A mention with its head and its sentence."""

    mention: Mention
    root: Token
    line: int
    words: tuple[str, ...]


def find(parse: Parse, names: Sequence[Mention], knowledge: Knowledge) -> list[Link]:
    """`same-as` links from a later mention to an earlier one, each mention linked at most once."""
    return list(_Article(parse, names, knowledge).links())


class _Article:
    """What an article has mentioned so far, in text order, and what stands for what."""

    def __init__(self, parse: Parse, names: Sequence[Mention], knowledge: Knowledge):
        self.parse, self.knowledge = parse, knowledge
        self.names = sorted(names, key=lambda m: (m.span.start, m.span.end))
        self.seen: list[_Seen] = []
        self.first: dict[tuple[str, str], Mention] = {}  # kind and key, or type and words -> first mention
        self.people: list[_Seen] = []
        self.bodies: list[_Seen] = []
        self.places: list[_Seen] = []
        self.stands_for: dict[str, Mention] = {}

    def links(self) -> Iterator[Link]:
        lines = _sentence_numbers(self.parse)
        for mention in self.names:
            span = self.parse.span(mention)
            words = tuple(token.text for token in span)
            seen = _Seen(mention, span.root, lines[span.start], words)
            found = self._antecedent(seen)
            if found:
                target, rule, confidence = found
                self.stands_for[mention.id] = self.stands_for.get(target.id, target)
                yield Link(mention.id, "same-as", target.id, rule, confidence)
            self._remember(seen)

    def _remember(self, seen: _Seen) -> None:
        mention, value = seen.mention, seen.mention.value
        self.seen.append(seen)
        if isinstance(value, PlaceValue):
            self.first.setdefault(_identity(mention), mention)
            if value.key:
                self.places.append(seen)
        elif isinstance(value, ActorValue) and value.form in ("name", "nationality"):
            self.first.setdefault(_identity(mention), mention)
            if value.form == "name" and mention.type == "Person":
                self.people.append(seen)
            elif value.form == "name":
                self.bodies.append(seen)

    def _antecedent(self, seen: _Seen) -> Found | None:
        mention, value = seen.mention, seen.mention.value
        if isinstance(value, ActorValue) and value.form == "pronoun":
            return self._of_pronoun(seen, value)
        if isinstance(value, ActorValue) and value.form == "description":
            return self._of_description(seen, value)
        first = self.first.get(_identity(mention))
        if first:
            return first, "coreference/name", 0.95
        if not isinstance(value, ActorValue) or value.form != "name":
            return None
        return self._part_of_name(seen) if mention.type == "Person" else self._acronym(mention)

    def _part_of_name(self, seen: _Seen) -> Found | None:
        """The only person whose full name ends, or starts, with these words."""
        words, size = seen.words, len(seen.words)
        full = {
            _identity(other.mention): other.mention
            for other in reversed(self.people)
            if len(other.words) > size and (other.words[-size:] == words or other.words[:size] == words)
        }
        return (next(iter(full.values())), "coreference/part", 0.9) if len(full) == 1 else None

    def _acronym(self, mention: Mention) -> Found | None:
        """A long form for capitals, or capitals for a long form: "Union of Mine Workers (UMW)"."""
        for other in reversed(self.bodies):
            short, long = sorted((mention.text, other.mention.text), key=len)
            if short.isupper() and 2 <= len(short) <= 8 and short in initials(long):
                return other.mention, "coreference/acronym", 0.9
        return None

    def _of_description(self, seen: _Seen, value: ActorValue) -> Found | None:
        mention = seen.mention
        if seen.words[0].lower() not in _DEFINITE or value.count or value.plural or len(seen.words) > _MAX_WORDS:
            return None
        if mention.type == "Person":
            return self._office(seen, value)
        wanted = _GROUPED if mention.type == "Organisation" else {mention.type}
        if mention.type not in _BODIES or (mention.type in _STATE_BODIES and not value.country):
            return None
        return _only(
            other
            for other in self._recent(self.bodies, seen.line)
            if other.mention.type in wanted and _agree(other.mention, value.country)
        )

    def _recent(self, seen: list[_Seen], line: int, back: int = _BACK) -> list[_Seen]:
        """Those of the sentence and so many before it, in text order."""
        found = []
        for other in reversed(seen):
            if line - other.line > back:
                break
            found.append(other)
        return found[::-1]

    def _office(self, seen: _Seen, value: ActorValue) -> Found | None:
        """Of whom the article or the knowledge says that they hold the office in "the prime minister"."""
        words = {token.lemma_.lower() for token in self.parse.span(seen.mention)}
        noun = seen.root.lemma_.lower()
        kinds = self.knowledge.contexts["kinds"]
        holders = []
        for other in self.people:
            about = other.mention.value
            if not isinstance(about, ActorValue) or not _agree(other.mention, value.country):
                continue
            known = self.knowledge.actors.get(about.key or "")
            title = {token.lemma_.lower() for token in other.root.children if token.dep_ in _TITLE}
            title |= {word for office in known.offices for word in office.title.split()} if known else set()
            if noun in title and words & kinds == title & kinds:
                holders.append(other)
        return _only(holders, "coreference/office", 0.8)

    def _of_pronoun(self, seen: _Seen, value: ActorValue) -> Found | None:
        near = self._recent(self.seen, seen.line, back=1)
        barred: set[str] = set()  # "she thanked her": not the subject of the same verb
        if seen.root.dep_ not in _SUBJECT_LIKE:
            barred = {self._who(o.mention) for o in near if o.root.head == seen.root.head and _is_subject(o.root)}
        for back in (0, 1):
            there = [o for o in near if o.line == seen.line - back and self._fits(o, seen, value)]
            agreeing = [o for o in there if self._who(o.mention) not in barred]
            subjects = [o for o in agreeing if _is_subject(o.root)]
            if subjects:
                ruling = [o for o in subjects if o.root.head in seen.root.ancestors and o.root.dep_ in _SUBJECT]
                for group, confidence in ((subjects, 0.75), (ruling, 0.65)):
                    if len({self._who(o.mention) for o in group}) == 1:
                        return group[-1].mention, "coreference/pronoun", confidence
                return None
            weak = seen.mention.type == "Person" or (back == 0 and seen.root.dep_ == "poss")
            if agreeing and weak:
                one = len({self._who(o.mention) for o in agreeing}) == 1
                return (agreeing[-1].mention, "coreference/pronoun", 0.6) if one else None
        return None

    def _who(self, mention: Mention) -> str:
        """An actor's key, or the id of the mention that it goes back to."""
        origin = self.stands_for.get(mention.id, mention)
        return getattr(origin.value, "key", None) or origin.id

    def _fits(self, other: _Seen, seen: _Seen, value: ActorValue) -> bool:
        """Whether a pronoun can stand for an earlier mention: by type, number, gender and grammar."""
        about, type = other.mention.value, other.mention.type
        if not isinstance(about, ActorValue) or about.form == "nationality":
            return False
        if about.form == "pronoun":
            return self._same_pronoun(other, seen, about.gender == value.gender)
        if other.mention.span.end > seen.mention.span.start:
            return False
        if seen.mention.type == "Person":
            return type == "Person" and not about.plural and about.gender in (None, value.gender)
        if seen.mention.type == "Group":
            return about.plural
        subjects = _is_subject(other.root) and seen.root.dep_ in _SUBJECT_LIKE
        return type in _BODIES and not about.plural and subjects and not _is_coordinated(other.root)

    def _same_pronoun(self, other: _Seen, seen: _Seen, same_gender: bool) -> bool:
        """Whether an earlier pronoun of the same kind is resolved and in the subject's place."""
        same = same_gender and other.mention.type == seen.mention.type and other.mention.id in self.stands_for
        return same and _is_subject(other.root) and seen.root.dep_ in _SUBJECT_LIKE


def _is_subject(token: Token) -> bool:
    """Whether a noun, or the first of the nouns it is coordinated to, is a verb's subject."""
    while token.dep_ == "conj" and token.head.pos_ in ("PROPN", "NOUN", "PRON"):
        token = token.head
    return token.dep_ in _SUBJECT


def _is_coordinated(token: Token) -> bool:
    return token.dep_ == "conj" or any(child.dep_ == "conj" for child in token.rights)


def _sentence_numbers(parse: Parse) -> list[int]:
    """For each token, the number of its sentence."""
    number, numbers = -1, []
    for token in parse.doc:
        number += token.i == 0 or bool(token.is_sent_start)
        numbers.append(number)
    return numbers


def _identity(mention: Mention) -> tuple[str, str]:
    """What makes two names the same: what the knowledge calls them, else their type and words."""
    key = getattr(mention.value, "key", None)
    return (mention.kind, key) if key else (mention.type, mention.text)


def _agree(mention: Mention, country: str | None) -> bool:
    """Whether an actor can be of a country, as far as both are known."""
    own = getattr(mention.value, "country", None)
    return country is None or own is None or own == country


def _only(found: Iterable[_Seen], rule: str = "coreference/description", confidence: float = 0.75) -> Found | None:
    """The latest of some mentions, if all of them are one actor."""
    mentions = [seen.mention for seen in found]
    who = {getattr(m.value, "key", None) or m.text.split()[-1] for m in mentions}
    return (mentions[-1], rule, confidence) if len(who) == 1 else None


def initials(name: str) -> set[str]:
    """The acronyms that a long form can have, with its small words and without.

    >>> sorted(initials("Union of Mine Workers"))
    ['UMW', 'UOMW']
    """
    words = [word for word in name.replace("-", " ").split() if word[0].isalnum()]
    return {"".join(word[0] for word in words if word[0].isupper()), "".join(word[0].upper() for word in words)}
