"""Which words of a sentence tell of one happening, so that a time given to one is the time of the other.

"The army carried out an attack on Friday": *carried* and *attack*. "A strike on Friday killed two": *strike*
and *killed*. "A bomb exploded on Friday, killing nine": *exploded* and *killing*.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from .parse import Token
from .tense import VERBS

NOUNS = ("NOUN", "PROPN")
_SUBJECTS = ("nsubj", "nsubjpass")
_INSIDE = ("in", "by", "during", "from")
_OBJECTS = ("dobj", "attr", "nsubjpass")


class Happenings:
    """Answers by the schema's words: `light` and `effects` verbs, verbs that `says`, `fixed` ones (expected to)."""

    def __init__(self, table: Mapping[str, Any]):
        self.light = frozenset(table["light"])
        self.effects = frozenset(table["effects"])
        self.says = frozenset(table["says"])
        self.fixed = frozenset(table["fixed"])

    def around(self, start: Token, events: Mapping[int, Any]) -> Iterator[tuple[Token, float]]:
        """The words that tell of the same happening as one, nearest first, with how sure that is (below 1)."""
        seen, level = {start.i}, [(start, 1.0)]
        for _ in range(4):
            following = []
            for token, sure in level:
                for other, factor in self._beside(token, events):
                    if other.i not in seen:
                        seen.add(other.i)
                        following.append((other, sure * factor))
            yield from following
            level = following

    def _beside(self, token: Token, events: Mapping[int, Any]) -> Iterator[tuple[Token, float]]:
        for child in token.children:
            if child.dep_ == "prep" and child.lower_ in _INSIDE and token.lemma_.lower() in self.effects:
                yield from ((noun, 0.75) for noun in child.children if noun.dep_ == "pobj" and noun.i in events)
            factor = self._link(child, events)
            if factor:
                yield child, factor
        verb = token.head.head
        if token.dep_ == "pobj" and token.head.lower_ in _INSIDE and verb.lemma_.lower() in self.effects:
            yield verb, 0.75
        if token.head.i != token.i:
            factor = self._link(token, events)
            if factor:
                yield token.head, factor

    def _link(self, child: Token, events: Mapping[int, Any]) -> float:
        """How surely a word tells of the same as its head, 0 if it does not."""
        head = child.head
        if head.pos_ in NOUNS:
            if child.dep_ == "relcl":
                return 0.8 if child.lemma_.lower() in self.effects and _subject_relative(child) else 0.0
            return 0.8 if child.dep_ == "conj" and child.i in events and head.i in events else 0.0
        if head.pos_ not in VERBS:
            return 0.0
        if child.pos_ in NOUNS:
            return self._noun(child, head, events)
        lemma = head.lemma_.lower()
        if child.dep_ == "advcl":
            return 0.8 if child.tag_ == "VBG" and not _introduced(child) else 0.0
        if child.dep_ == "xcomp":
            return 0.85 if lemma in self.light or lemma in self.fixed else 0.0
        if child.dep_ == "conj" and child.pos_ in VERBS and lemma not in self.says:
            return 0.65 if child.tag_ == head.tag_ else 0.0
        return 0.0

    def _noun(self, noun: Token, verb: Token, events: Mapping[int, Any]) -> float:
        lemma = verb.lemma_.lower()
        if noun.dep_ in _SUBJECTS and (lemma in self.effects or lemma in self.light):
            return 0.85
        if noun.dep_ in _OBJECTS and lemma in self.light:
            return 0.85
        if noun.dep_ in ("dobj", "nsubjpass") and noun.i in events and verb.i not in events and lemma not in self.says:
            return 0.7 if _new(noun) else 0.0
        return 0.0


def _subject_relative(verb: Token) -> bool:
    """Whether the antecedent is who does it: "the strike that killed two"."""
    return any(child.dep_ == "nsubj" and child.tag_ in ("WDT", "WP") for child in verb.children)


def _introduced(verb: Token) -> bool:
    """Whether a conjunction or preposition in front gives a participle a time of its own ("after leaving")."""
    return any(child.dep_ in ("mark", "prep") and child.i < verb.i for child in verb.children)


def _new(noun: Token) -> bool:
    """Whether a noun brings something new: "declared a curfew", not "discussed the curfew"."""
    return not any(
        child.dep_ == "poss" or (child.dep_ == "det" and child.lower_ not in ("a", "an", "another"))
        for child in noun.children
    )
