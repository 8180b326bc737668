"""Order by tense: what the past perfect tells of came first, what is said to have happened came before the saying,
what is still meant to happen comes later.
"""

from collections.abc import Collection, Iterator
from typing import NamedTuple

from ..types import Link
from .order_ends import SURE, Ends, linked, status
from .parse import Token, TokenSpan
from .syntax import is_infinitive
from .tense import VERBS, clause_verb, is_had, is_past

_WILL = ("will", "'ll", "’ll", "wo")
_FUTURE = (*_WILL, "would", "'d", "’d")
_SAID = ("ccomp", "parataxis")
_ROOTS = frozenset(("ROOT",))
_BEHIND = frozenset(("ccomp", "parataxis", "relcl", "advcl"))


class Words(NamedTuple):
    """What the schema tells of verbs and types."""

    reporting: Collection[str]  # lemmas that report
    speaking: Collection[str]  # lemmas of other deeds in words
    verbal: Collection[str]  # types of such deeds
    motions: Collection[str]  # lemmas of going somewhere


class TenseRules:
    """The rules of tense, with the schema's words."""

    def __init__(self, words: Words):
        self.words = words

    def links(self, sentence: TokenSpan, previous: TokenSpan | None, ends: Ends) -> Iterator[Link | None]:
        """The links that the tenses of a sentence draw, some of them to the sentence before."""
        for token in sentence:
            if token in ends and token.pos_ in VERBS:
                yield self._by_perfect(token, ends)
                yield self._by_report(token, ends)
                yield self._by_aim(token, ends)
        yield from self._by_future(sentence, ends)
        if previous is not None:
            yield from self._by_comment(previous, sentence.root, ends, "reporting:next", _ROOTS | _BEHIND)
            yield from self._by_comment(sentence, previous.root, ends, "reporting:previous", _BEHIND)

    def _by_perfect(self, verb: Token, ends: Ends) -> Link | None:
        """The past perfect in what a simple past says or is qualified by: "officials said it had crashed"."""
        if verb.dep_ not in ("ccomp", "relcl") or not is_had(verb):
            return None
        governor = clause_verb(verb.head)
        if governor is None or governor.tag_ != "VBD":
            return None
        return linked(ends.at(verb), "before", ends.at(governor), "past-perfect", SURE["past-perfect"])

    def _by_report(self, verb: Token, ends: Ends) -> Link | None:
        """What is said in the past was before the saying, what is said of the future is after it."""
        saying = self._saying(verb)
        if saying is None:
            return None
        told, said = ends.at(verb), ends.at(saying)
        if is_past(verb):
            return linked(told, "before", said, "reporting", SURE["reporting"])
        if saying.tag_ == "VBD" and any(child.lower_ in _FUTURE and child.dep_ == "aux" for child in verb.children):
            return linked(said, "before", told, "reporting:future", SURE["reporting:future"])
        return None

    def _saying(self, verb: Token) -> Token | None:
        """The verb that says what a clause tells."""
        while verb.dep_ == "conj" and verb.head.pos_ in VERBS:
            verb = verb.head
        return verb.head if verb.dep_ in _SAID and self.is_saying(verb.head) else None

    def is_saying(self, token: Token) -> bool:
        """Whether a verb reports what others say."""
        return token.pos_ == "VERB" and token.lemma_.lower() in self.words.reporting

    def _by_aim(self, verb: Token, ends: Ends) -> Link | None:
        """What somebody agreed to do, or went somewhere to do, is later: "vowed to fight", "flew to Oslo to negotiate".

        Of other deeds the aim is often a part or the outcome: "met to discuss a truce", "beat a rival to win the seat".
        """
        deed = verb.head
        if verb.dep_ not in ("advcl", "xcomp") or not is_infinitive(verb) or not is_past(deed):
            return None
        ahead = ("planned", "hypothetical") if deed.lemma_.lower() in self.words.motions else ("planned",)
        aim = ends.at(verb)
        if aim is None or status(aim) not in ahead:
            return None
        return linked(ends.at(deed), "before", aim, "aim", SURE["aim"], ahead=ahead)

    def _by_future(self, sentence: TokenSpan, ends: Ends) -> Iterator[Link | None]:
        """What a sentence tells in the past came before what it says will be."""
        verbs = [token for token in sentence if token in ends and token.pos_ in VERBS]
        coming = [
            verb for verb in verbs if any(child.lower_ in _WILL and child.dep_ == "aux" for child in verb.children)
        ]
        for verb in verbs if coming else ():
            if is_past(verb):
                yield from (linked(ends.at(verb), "before", ends.at(later), "tense", SURE["tense"]) for later in coming)

    def _by_comment(
        self, told: TokenSpan, saying: Token, ends: Ends, rule: str, places: Collection[str]
    ) -> Iterator[Link | None]:
        """What a sentence tells in the past was before what somebody says in the sentence beside it."""
        said = ends.at(saying) if self.is_saying(saying) else None
        for verb in told if said is not None else ():
            if verb in ends and _place(verb) in places and is_past(verb) and not self._speaks(verb, ends):
                yield linked(ends.at(verb), "before", said, rule, SURE[rule])

    def _speaks(self, verb: Token, ends: Ends) -> bool:
        """Whether a verb tells of a deed in words."""
        event = ends.at(verb)
        lemma = verb.lemma_.lower()
        return (
            lemma in self.words.reporting
            or lemma in self.words.speaking
            or (event is not None and event.type in self.words.verbal)
        )


def _place(verb: Token) -> str:
    """The place in its sentence of a verb or of what it is coordinated to."""
    while verb.dep_ == "conj" and verb.head.pos_ in VERBS:
        verb = verb.head
    return verb.dep_
