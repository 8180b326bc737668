"""What prepositions tie to a verb or a noun, and what becomes of it: "accused of", "hinted at", "without"."""

from ..types import Factuality
from .factuality_nouns import ABOUT, Nouns
from .modality import INVERTED, Asking
from .parse import Token
from .syntax import is_definite

REPLACED = frozenset({("instead", "of"), ("rather", "than"), ("far", "from"), ("short", "of"), ("lieu", "of")})
NOUNS = ("NOUN", "PROPN")


class Ties:
    """Gives the status of what a preposition introduces, or None where it says nothing."""

    def __init__(self, ask: Asking, nouns: Nouns):
        self.ask, self.nouns, self.words, self.modality = ask, nouns, ask.words, ask.modality

    def under_preposition(self, child: Token, preposition: Token) -> Factuality | None:
        words = {preposition.lower_, *(inner.lower_ for inner in preposition.children if inner.i < child.i)}
        if preposition.head.dep_ in ("prep", "advmod", "cc"):
            words.add(preposition.head.lower_)
        if preposition.i:
            words.add(preposition.nbor(-1).lower_)
        name = preposition.lower_
        if name == "without" or any((word, name) in REPLACED for word in words):
            return "negated"
        if name == "of" and preposition.head.lower_ == "ahead":
            return "planned"  # "ahead of the vote"
        towards = child.dep_ == "pcomp" and not words.isdisjoint(("toward", "towards"))
        return "hypothetical" if towards else None  # "obstacles towards reaching a deal"

    def told_by_verb(self, preposition: Token, head: Token) -> Factuality | None:
        """What a verb says of what a preposition ties to it, or to its object: "accused the bank of fraud"."""
        verb = head.head if head.dep_ in ("dobj", "nsubjpass", "pobj") and head.pos_ in NOUNS else head
        verb = verb.head if verb.dep_ in ("agent", "prep") else verb
        noun = next((inner for inner in preposition.children if inner.dep_ in ("pobj", "pcomp")), preposition)
        open_ = noun.pos_ not in NOUNS or not is_definite(noun)
        name = preposition.lower_
        if verb.i == head.i and (meant := self._meant_with(verb, preposition, open_)) is not None:
            return meant
        if verb.i == head.i and noun.dep_ == "pcomp" and name == "in" and self.words.has(verb, "implicative"):
            return self.modality.own(verb)  # "did not succeed in freeing"
        if verb.pos_ not in ("VERB", "AUX") or (verb.i != head.i and not open_):
            return None
        if self.words.has(verb, "claiming"):
            return self._claimed(name, noun)
        if name == "for" and open_ and self._is_prosecuted(verb):
            return "alleged"
        if name == "from" and noun.tag_ == "VBG" and self.words.has(verb, "withholding"):
            return INVERTED[self.ask.of(verb)]
        return None

    def _meant_with(self, verb: Token, preposition: Token, open_: bool) -> Factuality | None:
        """What a verb says with this very preposition: "hint at", "agree on", "fall short of"."""
        if self.words.ties(verb, preposition, "desiring") or self.words.ties(verb, preposition, "open_adjectives"):
            return "hypothetical"
        if self.words.ties(verb, preposition, "claiming"):
            return "alleged"
        if self.words.ties(verb, preposition, "planning"):
            return self.ask.meant(verb)
        if self.words.ties(verb, preposition, "negating"):
            return self.ask.prevented(verb)
        if open_ and self.words.ties(verb, preposition, "weighing"):
            return "hypothetical"
        objects = (inner for inner in verb.children if inner.dep_ == "dobj" and inner.i < preposition.i)
        given = next((noun for noun in objects if preposition.lower_ in ABOUT), None)
        return self.nouns.about(given, False) if given is not None else None  # "gave approval to a merger"

    def _is_prosecuted(self, verb: Token) -> bool:
        wanted = verb.lemma_ == "want" and not any(inner.dep_ == "auxpass" for inner in verb.children)
        return self.words.has(verb, "prosecuting") and not wanted

    def _claimed(self, preposition: str, noun: Token) -> Factuality | None:
        """ "accused of a raid", "blamed for raiding" are alleged; "blamed them for the raid" takes it as given."""
        if preposition in ("of", "with", "as"):
            return "alleged"
        if preposition in ("for", "over", "on", "in"):
            return "alleged" if noun.dep_ == "pcomp" else "asserted"
        return None
