"""Did it happen, according to the text: the status of an event, read off the words that govern its trigger.

    own words (modality.py) -> the word above -> the word above that ... -> asserted

The first that says something decides: a preposition (factuality_ties.py), a noun or an adjective (factuality_nouns.py),
a verb (factuality_verbs.py). Some words hand on the status of their own clause ("managed to", "began to"), some turn it
round ("failed to"), some stop the walk: what they introduce is given.
"""

from collections.abc import Mapping

from ..types import Factuality
from .factuality_nouns import Nouns
from .factuality_ties import Ties
from .factuality_verbs import PRESUPPOSING, Verbs
from .governors import Governors
from .modality import Asking, Modality
from .parse import Token
from .syntax import coordinated_to, is_completed, noun_before, prepositions

GIVEN_BY_PREPOSITION = (PRESUPPOSING - {"as"}) | {"at"}
NOUNS = ("NOUN", "PROPN")
DEEPEST = 20  # plans to plan to plan ...: how many words are asked what becomes of them


class Statuses:
    """Gives the status of the tokens of one article; `types` are the event types by token index."""

    def __init__(self, words: Governors, types: Mapping[int, str]):
        self.words = words
        self.modality = Modality(words)
        ask = Asking(words, types, self.modality, self.of)
        self.nouns = Nouns(ask)
        self.ties, self.verbs = Ties(ask, self.nouns), Verbs(ask, self.nouns)
        self.known: dict[int, Factuality] = {}
        self.open = 0

    def of(self, token: Token) -> Factuality:
        """The first status that the token's own words or its governors give, walking outwards."""
        if token.i not in self.known:
            if self.open > DEEPEST:
                return "asserted"
            self.open += 1
            self.known[token.i] = self._walk(token)
            self.open -= 1
        return self.known[token.i]

    def _walk(self, token: Token) -> Factuality:
        own = self.modality.own(token)
        if own is not None:
            return own
        child = token
        while True:
            if self._is_rumoured(child):
                return "alleged"
            if child.head.i == child.i:
                return "asserted"
            head = coordinated_to(child) if child.dep_ == "conj" else child.head
            status = self._under(child, head)
            if status is not None:
                return status
            child = head

    def _is_rumoured(self, clause: Token) -> bool:
        """Whether a clause has it from hearsay: "according to rumours", "the rebels, the army claims, fled"."""
        if any(self.words.has(verb, "claiming") for verb in self.words.inserted(clause)):
            return True
        sources = (complement for name, complement in prepositions(clause) if name == "according to")
        return any(
            self.words.has(source, "alleged_nouns")
            and (source.lemma_ != "report" or self.modality.own(source) == "alleged")
            for source in sources
        )

    def _under(self, child: Token, head: Token) -> Factuality | None:
        """What a word says of what hangs on it, or None when it says nothing and the walk goes on."""
        if child.dep_ == "conj":
            return self.modality.shared(child, head)
        if child.dep_ in ("pobj", "pcomp"):
            return self.ties.under_preposition(child, head)
        if child.dep_ in ("dobj", "prep") and self.words.has(head, "answering"):
            return "asserted"  # "to avenge the killing": what is answered took place
        if child.dep_ == "relcl":
            return self.nouns.under_described(child, head)
        if child.dep_ in ("prep", "dative") and (told := self.ties.told_by_verb(child, head)) is not None:
            return told
        if child.dep_ == "prep" and child.lower_ in GIVEN_BY_PREPOSITION:
            return self.modality.own(head) if is_completed(child) else "asserted"
        if child.dep_ in ("advcl", "xcomp", "ccomp") and (noun := _noun_of(child)) is not None:
            status = self.nouns.under_noun(child, noun)
            if status is not None:
                return status
        if head.pos_ in NOUNS or head.dep_ in ("pobj", "dobj", "nsubj", "nsubjpass"):
            return self.nouns.under_noun(child, head)
        if head.pos_ == "ADJ" or child.dep_ == "acomp":
            return self.nouns.under_adjective(child, head)
        return self.verbs.under_verb(child, head) if head.pos_ in ("VERB", "AUX") else None


def _noun_of(infinitive: Token) -> Token | None:
    """The noun right before an infinitive, unless it belongs to the infinitive itself."""
    noun = noun_before(infinitive)
    return None if noun is None or infinitive.is_ancestor(noun) else noun
