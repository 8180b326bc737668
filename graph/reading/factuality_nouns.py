"""What nouns and adjectives say of what they are about: "a threat of", "plans to", "claims that", "unable to"."""

from ..types import Factuality
from .modality import INVERTED, Asking, presents
from .parse import Token
from .syntax import CLAUSES, has_subject, is_completed, is_definite, is_infinitive

ABOUT = frozenset({"of", "for", "to", "against", "at", "about"})
ANYBODY = frozenset({"anyone", "anybody", "whoever", "anything", "whatever"})
FIRST = frozenset({"first", "second", "third", "last", "latest", "only"})


class Nouns:
    """Gives the status of what hangs on a noun or an adjective, or None where that says nothing."""

    def __init__(self, ask: Asking):
        self.ask, self.words, self.types, self.modality = ask, ask.words, ask.types, ask.modality

    def under_noun(self, child: Token, noun: Token) -> Factuality | None:
        """What a noun says of what it is about: "the threat of an attack", "plans to attack"."""
        clause = child.dep_ in CLAUSES
        if child.dep_ not in ("prep", "compound") and not clause:
            return None
        definite = child.dep_ == "prep" and _names_something_definite(child)
        if child.dep_ == "prep" and definite and child.lower_ not in ABOUT - {"against", "about"}:
            return "asserted"
        infinitive = clause and is_infinitive(child)
        if clause and not infinitive and child.tag_ in ("VBG", "VBN") and not has_subject(child):
            return None if noun.i in self.types else "asserted"  # "talks mediated by Norway", "those hurt in the raid"
        if infinitive and any(inner.lower_ in FIRST for inner in noun.children):
            return None  # "the first country to sign"
        status = self.about(noun, infinitive)
        if child.dep_ == "prep" and child.lower_ in ("for", "on") and not definite:
            status = "alleged" if self.words.has(noun, "prosecuting_nouns") else status
        if status is None and definite and noun.i not in self.types and not self.words.has(noun, "phases"):
            return "asserted"  # "the scene of the derailment"
        return "hypothetical" if status is None and infinitive and child.dep_ == "acl" else status

    def about(self, noun: Token, infinitive: bool) -> Factuality | None:
        if self.words.has(noun, "alleged_nouns"):
            return "negated" if self._is_denied(noun) else "alleged"
        if self.words.has(noun, "negated_nouns"):
            return INVERTED[self.ask.of(noun)]
        if self.words.has(noun, "telling_nouns"):
            return "negated" if self.ask.of(noun) == "negated" else None
        if self.words.has(noun, "hypothetical_nouns"):
            return "negated" if self._is_denied(noun) else "hypothetical"
        if self.words.has(noun, "planned_nouns"):
            return self.ask.meant(noun)
        if noun.lower_ in ("event", "case") and noun.head.lower_ == "in" and not infinitive:
            return "hypothetical"  # "in the event of an attack"
        return None

    def _is_denied(self, noun: Token) -> bool:
        return noun.dep_ in ("dobj", "nsubjpass") and self.words.has(noun.head, "negating")

    def under_described(self, child: Token, noun: Token) -> Factuality | None:
        """ "a truce that ends the war" is as real as the truce; "that ended it", "where they shelter" are given."""
        if noun.lower_ in ANYBODY and presents(child):
            return "hypothetical"
        past = child.tag_ in ("VBD", "VBN") or any(c.tag_ in ("VBD", "VBZ") and c.dep_ == "aux" for c in child.children)
        return "asserted" if past or noun.i not in self.types else None

    def under_adjective(self, child: Token, head: Token) -> Factuality | None:
        if child.dep_ == "acomp":
            return self.modality.own(head)
        if child.dep_ == "prep" and head.dep_ == "amod" and head.i > head.head.i:
            told = self.under_noun(child, head.head)  # "reports, so far unconfirmed, of a poisoning"
            if told is not None:
                return told
        if child.dep_ == "prep":
            return self._under_tied_adjective(child, head)
        clause = child.dep_ in CLAUSES
        if not clause:
            return None
        if is_infinitive(child) and any(inner.lower_ == "too" for inner in head.children):
            return "negated"  # "too weak to attack"
        verb = head.head if head.dep_ in ("acomp", "attr", "conj") else head
        own = self.modality.own(verb) or self.modality.own(head)
        if self.words.has(head, "able"):
            return own or ("hypothetical" if presents(verb) else None)
        if self.words.has(head, "unable"):
            return INVERTED[own or "asserted"]
        if self.words.has(head, "ahead_adjectives") and is_infinitive(child):
            return own if own in ("negated", "hypothetical") else "planned"
        return "hypothetical" if self.words.has(head, "open_adjectives") else None

    def _under_tied_adjective(self, preposition: Token, adjective: Token) -> Factuality | None:
        """ "open to a truce"; "held responsible for shelling", but "was responsible for shelling"."""
        if self.words.ties(adjective, preposition, "open_adjectives"):
            return "hypothetical"
        if preposition.lower_ == "for" and self.words.has(adjective, "blamed") and is_completed(preposition):
            held = any(word.lemma_ in ("hold", "deem", "consider") for word in adjective.ancestors)
            return "alleged" if held else None
        return None


def _names_something_definite(preposition: Token) -> bool:
    return any(inner.dep_ == "pobj" and is_definite(inner) for inner in preposition.children)
