"""Which mentions of one article are the same: surnames, acronyms, descriptions and pronouns to what they stand for.

Precision goes before recall: what could be two stays unresolved.
"""

from collections.abc import Iterator, Sequence

from ..knowledge import Knowledge
from ..types import ActorValue, Link, Mention, PlaceValue
from .parse import Parse, Token

_BODY = frozenset(
    {"Organisation", "ArmedGroup", "Party", "Company", "InternationalOrganisation", "Military", "Government", "State", "Media"}
)
_SUBJECT = frozenset({"nsubj", "nsubjpass"})
_DEFINITE = frozenset({"the", "this", "that", "these", "those"})
_BACK = 3  # sentences that a definite description may look back


def find(parse: Parse, names: Sequence[Mention], knowledge: Knowledge) -> list[Link]:
    """`same-as` links from a later mention to an earlier one, each mention linked at most once."""
    return list(_Article(parse, names, knowledge).links())


class _Article:
    """The mentions of an article in text order, with the sentence that each is in."""

    def __init__(self, parse: Parse, names: Sequence[Mention], knowledge: Knowledge):
        self.parse, self.knowledge = parse, knowledge
        self.mentions = sorted(names, key=lambda m: (m.span.start, m.span.end))
        self.tokens = {m.id: parse.span(m) for m in self.mentions}
        number = -1
        self.sentence: list[int] = []
        for token in parse.doc:
            number += bool(token.is_sent_start) or token.i == 0
            self.sentence.append(number)

    def root(self, mention: Mention) -> Token:
        return self.tokens[mention.id].root

    def line(self, mention: Mention) -> int:
        return self.sentence[self.tokens[mention.id].start]

    def links(self) -> Iterator[Link]:
        antecedents: dict[str, Mention] = {}  # mention id -> the named mention it stands for
        earlier: list[Mention] = []
        for mention in self.mentions:
            found = self._antecedent(mention, earlier, antecedents)
            if found:
                target, rule, confidence = found
                antecedents[mention.id] = antecedents.get(target.id, target)
                yield Link(mention.id, "same-as", target.id, rule, confidence)
            earlier.append(mention)

    def _antecedent(
        self, mention: Mention, earlier: list[Mention], known: dict[str, Mention]
    ) -> tuple[Mention, str, float] | None:
        value = mention.value
        if isinstance(value, PlaceValue):
            return self._same_place(mention, value, earlier)
        if not isinstance(value, ActorValue):
            return None
        if value.form == "pronoun":
            return self._of_pronoun(mention, value, earlier, known)
        if value.form == "description":
            return self._of_description(mention, value, earlier, known)
        return self._same_name(mention, value, earlier)

    def _same_place(self, mention: Mention, value: PlaceValue, earlier: list[Mention]) -> tuple[Mention, str, float] | None:
        for other in earlier:
            if isinstance(other.value, PlaceValue):
                if value.key and other.value.key == value.key:
                    return other, "coreference/key", 0.95
                if not value.key and not other.value.key and other.text == mention.text:
                    return other, "coreference/name", 0.9
        return None

    def _same_name(self, mention: Mention, value: ActorValue, earlier: list[Mention]) -> tuple[Mention, str, float] | None:
        words = mention.text.split()
        for other in earlier:
            if not isinstance(other.value, ActorValue) or other.value.form in ("pronoun", "description"):
                continue
            if value.key and other.value.key == value.key:
                return other, "coreference/key", 0.95
            if other.type == mention.type and other.text == mention.text and value.form == "name":
                return other, "coreference/name", 0.9
        if mention.type != "Person":
            return self._acronym(mention, earlier)
        full = {
            other.value.key or other.value.name: other
            for other in reversed(earlier)
            if isinstance(other.value, ActorValue)
            and other.type == "Person"
            and other.value.form == "name"
            and len(other.text.split()) > len(words)
            and (other.text.split()[-len(words) :] == words or (len(words) == 1 and other.text.split()[0] == words[0]))
        }
        return (next(iter(full.values())), "coreference/part", 0.9) if len(full) == 1 else None

    def _acronym(self, mention: Mention, earlier: list[Mention]) -> tuple[Mention, str, float] | None:
        """A long form for capitals, or capitals for a long form: "Union of Mine Workers (UMW)"."""
        for other in reversed(earlier):
            if not isinstance(other.value, ActorValue) or other.type not in _BODY or other.value.form != "name":
                continue
            short, long = sorted((mention.text, other.text), key=len)
            if short.isupper() and 2 <= len(short) <= 8 and short in initials(long):
                return other, "coreference/acronym", 0.9
        return None

    def _of_description(
        self, mention: Mention, value: ActorValue, earlier: list[Mention], known: dict[str, Mention]
    ) -> tuple[Mention, str, float] | None:
        first = self.tokens[mention.id][0]
        if first.lower_ not in _DEFINITE or value.count:
            return None
        if mention.type == "Person":
            return None if value.plural else self._office(mention, value, earlier)
        if value.plural or mention.type not in _BODY or len(self.tokens[mention.id]) > 4:
            return None
        line = self.line(mention)
        nested = any(m.span.end <= mention.span.end for m in earlier if m.span.start >= mention.span.start)
        if nested:
            return None
        generic = mention.type == "Organisation"
        recent = [
            m
            for m in earlier
            if line - self.line(m) <= _BACK
            and isinstance(m.value, ActorValue)
            and m.value.form == "name"
            and (m.type == mention.type or (generic and m.type in ("ArmedGroup", "Party", "Organisation", "Company")))
        ]
        return self._only(recent, "coreference/description", 0.75)

    def _office(self, mention: Mention, value: ActorValue, earlier: list[Mention]) -> tuple[Mention, str, float] | None:
        """The person of whom the article or the knowledge says that they hold the office in "the prime minister"."""
        words = {t.lemma_.lower() for t in self.tokens[mention.id]}
        noun = self.root(mention).lemma_.lower()
        holders = []
        for other in earlier:
            about = other.value
            if other.type != "Person" or not isinstance(about, ActorValue) or about.form != "name":
                continue
            if value.country and about.country and value.country != about.country:
                continue
            office = self.knowledge.actors[about.key].office if about.key in self.knowledge.actors else None
            title = {t.lemma_.lower() for t in self._title(other)} | set((office or "").split())
            special = (words & {"prime", "vice", "foreign", "defence", "defense", "finance", "interior", "health"}) - title
            if noun in title and not special and ("vice" in title) == ("vice" in words):
                holders.append(other)
        return self._only(holders, "coreference/office", 0.8)

    def _title(self, mention: Mention) -> Iterator[Token]:
        span = self.tokens[mention.id]
        for token in span.root.children:
            if not span.start <= token.i < span.end and token.dep_ in ("compound", "nmod", "appos", "amod"):
                yield token

    def _only(self, found: list[Mention], rule: str, confidence: float) -> tuple[Mention, str, float] | None:
        """The latest of some mentions, if all of them are one actor."""
        keys = {m.value.key or m.text.split()[-1] for m in found if isinstance(m.value, ActorValue)}
        return (found[-1], rule, confidence) if len(keys) == 1 else None

    def _of_pronoun(
        self, mention: Mention, value: ActorValue, earlier: list[Mention], known: dict[str, Mention]
    ) -> tuple[Mention, str, float] | None:
        line, token = self.line(mention), self.root(mention)
        for back in (0, 1):
            near = [m for m in earlier if self.line(m) == line - back and self._agrees(m, mention, value, token)]
            subjects = [m for m in near if self.root(m).dep_ in _SUBJECT]
            for group, confidence in ((subjects, 0.75), (near, 0.6)):
                if not group:
                    continue
                actors = {self._who(m, known) for m in group}
                if len(actors) == 1:
                    return group[-1], "coreference/pronoun", confidence
                if group is subjects and back == 0:
                    governing = [m for m in group if self.root(m).head in token.ancestors]
                    if len({self._who(m, known) for m in governing}) == 1:
                        return governing[-1], "coreference/pronoun", 0.65
                return None
        return None

    def _who(self, mention: Mention, known: dict[str, Mention]) -> str:
        stands_for = known.get(mention.id, mention)
        value = stands_for.value
        return (isinstance(value, ActorValue) and value.key) or stands_for.id

    def _agrees(self, other: Mention, mention: Mention, value: ActorValue, token: Token) -> bool:
        """Whether a pronoun can stand for an earlier mention: by type, number, gender and grammar."""
        about = other.value
        if not isinstance(about, ActorValue) or about.form == "nationality":
            return False
        if other.span.end > mention.span.start or about.form == "pronoun":
            return False
        root = self.root(other)
        if token.dep_ not in ("poss", "nsubj", "nsubjpass") and root.dep_ in _SUBJECT and root.head == token.head:
            return False  # "he saw him": two people
        if mention.type == "Person":
            return other.type == "Person" and not about.plural and about.gender in (None, value.gender)
        if mention.type == "Group":
            return about.plural or (about.form == "description" and other.type in ("Group", "Military") and about.plural)
        if other.type not in _BODY or about.plural:
            return False
        return root.dep_ in _SUBJECT and (token.dep_ in _SUBJECT or token.dep_ == "poss")


def initials(name: str) -> set[str]:
    """The acronyms that a long form can have, with its small words and without.

    >>> sorted(initials("Union of Mine Workers"))
    ['UMW', 'UOMW']
    """
    words = [word for word in name.replace("-", " ").split() if word[0].isalnum()]
    great = "".join(word[0] for word in words if word[0].isupper())
    return {great, "".join(word[0].upper() for word in words)}
