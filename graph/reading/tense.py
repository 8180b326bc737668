"""Which way a clause points in time: behind (-1), ahead (1) or neither (0, None)."""

from collections.abc import Mapping
from typing import Any

from .parse import Token

VERBS = ("VERB", "AUX")
_FUTURE = frozenset(("will", "'ll", "’ll", "wo", "shall"))
_MODAL = frozenset(("would", "could", "should", "might", "may", "must", "can"))
_HAVE = frozenset(("has", "have", "'ve", "’ve", "'s", "’s"))
_WAS = frozenset(("was", "were", "did"))
_MODIFIERS = frozenset(("poss", "compound", "nmod", "amod", "nummod"))


def clause_verb(token: Token) -> Token | None:
    """The verb of the clause a token stands in (itself if it is one), or None in a clause without one."""
    while token.pos_ not in VERBS:
        if token.head.i == token.i:
            return None
        token = token.head
    while token.dep_ in ("aux", "auxpass") and token.head.i != token.i:
        token = token.head
    return token


class Tenses:
    """Reads directions with the schema's words (`ahead`, `fixed`, `limits`, `says` under `times`)."""

    def __init__(self, table: Mapping[str, Any]):
        self.ahead = frozenset(table["ahead"])
        self.fixed = frozenset(table["fixed"])
        self.limits = frozenset(table["limits"])
        self.says = frozenset(table["says"])

    def of_time(self, token: Token) -> int | None:
        """Where the time that a token names lies, by its preposition, its noun or its clause."""
        head = token.head
        if head.pos_ == "ADJ" and head.lemma_.lower() in self.fixed:
            return 1
        verb = clause_verb(token)
        if token.dep_ in _MODIFIERS and head.pos_ in ("NOUN", "PROPN"):
            ahead_of = head.dep_ == "pobj" and head.head.lower_ == "of" and head.head.head.lower_ == "ahead"
            return 1 if ahead_of or (verb is not None and (_will(verb) or self._awaits(verb))) else -1
        if (head.dep_ == "prep" and head.lower_ in self.limits) or (
            head.lower_ in self.limits and token.dep_ == "pobj"
        ):
            return -1 if verb is not None and is_had(verb) else 1
        return self.of_verb(verb)

    def _awaits(self, verb: Token) -> bool:
        """Whether a verb's present waits for something: "are preparing for Friday's strike"."""
        return verb.lemma_.lower() in self.ahead and self.of_verb(verb) == 0

    def of_verb(self, verb: Token | None, depth: int = 0) -> int | None:
        """Where what a verb tells lies: by its tense, its auxiliaries and what it depends on."""
        if verb is None or depth > 12:
            return None
        auxiliaries = [child for child in verb.children if child.dep_ in ("aux", "auxpass")]
        if any(aux.lower_ in _FUTURE or aux.lower_ in _MODAL for aux in auxiliaries):
            return 1
        lemma = verb.lemma_.lower()
        governor = clause_verb(verb.head) if verb.head.i != verb.i else None
        if any(aux.tag_ == "TO" for aux in auxiliaries):
            if governor is not None and is_had(governor):
                return -1
            if governor is not None and governor.lemma_ == "be" and governor.tag_ in ("VBZ", "VBP"):
                return 1
            if verb.head.lemma_.lower() in self.ahead or (
                governor is not None and governor.lemma_.lower() in self.ahead
            ):
                return 1
            return 1 if verb.dep_ in ("relcl", "acl") else self.of_verb(governor, depth + 1)
        if verb.tag_ == "VBN" and lemma in self.fixed and not is_had(verb):
            return 1
        if lemma == "go" and verb.tag_ == "VBG" and any(child.dep_ == "xcomp" for child in verb.children):
            return 1
        if verb.tag_ in ("VBD", "VBN") or any(aux.tag_ == "VBD" for aux in auxiliaries):
            return -1
        if (
            verb.dep_ == "pcomp"
            and verb.head.lower_ in ("after", "since", "following")
            and not (governor and _will(governor))
        ):
            return -1
        if verb.tag_ in ("VBG", "VB") and governor is not None and not auxiliaries:
            return self.of_verb(governor, depth + 1)
        return -1 if lemma in self.says else 0


def _will(verb: Token) -> bool:
    return any(child.dep_ in ("aux", "auxpass") and child.lower_ in _FUTURE for child in verb.children)


def is_had(verb: Token) -> bool:
    """Whether a verb is in the past perfect."""
    return any(child.dep_ == "aux" and child.lower_ in ("had", "'d", "’d") for child in verb.children)


def is_perfect(verb: Token) -> bool:
    """Whether a verb is in the present perfect."""
    return verb.tag_ == "VBN" and any(child.dep_ == "aux" and child.lower_ in _HAVE for child in verb.children)


def is_past(verb: Token) -> bool:
    """Whether a finite verb stands in the past or a perfect, and not in the progressive."""
    if verb.pos_ not in VERBS or verb.tag_ == "VBG":
        return False
    auxiliaries = {child.lower_ for child in verb.children if child.dep_ in ("aux", "auxpass")}
    if not auxiliaries.isdisjoint(_MODAL | _FUTURE):
        return False
    return verb.tag_ == "VBD" or not auxiliaries.isdisjoint(_WAS) or is_perfect(verb) or is_had(verb)
