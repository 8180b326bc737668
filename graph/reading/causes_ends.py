"""Which event a word of a clause stands for: its own, the nearest above it, the nearest below it."""

from collections import deque
from collections.abc import Collection, Mapping

from ..types import Mention
from .parse import Token, TokenSpan
from .syntax import objects, prepositions, subjects

BELOW = frozenset(
    {"acl", "prep", "pobj", "pcomp", "conj", "xcomp", "dobj", "ccomp", "nsubj", "nsubjpass", "appos", "relcl", "attr"}
)
CLOSED = frozenset({"relcl", "acl", "nsubj", "nsubjpass", "csubj"})  # what hangs so stands for itself
MAX_DEPTH = 4


class Ends:
    """The events of an article by token, and the way to them; `airy` are nouns whose complement did not take place
    ("fears of", "calls for")."""

    def __init__(self, events: Mapping[int, Mention], airy: Collection[str]):
        self.events, self.airy = events, airy

    def at(self, token: Token) -> Mention | None:
        """The event that a token announces."""
        return self.events.get(token.i)

    def above(self, token: Token) -> Mention | None:
        """The nearest event at the token or above it in its own clause complex."""
        while True:
            if token.i in self.events:
                return self.events[token.i]
            if token.head.i == token.i or token.dep_ == "ccomp":
                return self.beside(token)
            if token.dep_ in CLOSED:
                return None
            token = token.head

    def beside(self, clause: Token) -> Mention | None:
        """The event a clause's empty verb is about: its object, else its subject ("The talks took place ..."), else what
        it goes on ("went on strike")."""
        about = [*objects(clause), *subjects(clause), *(one for name, one in prepositions(clause) if name == "on")]
        return next((self.events[one.i] for one in about if one.i in self.events), None)

    def below(self, token: Token, without: Token | None = None) -> Mention | None:
        """The nearest event at the token or below it, breadth first, without what hangs on a verb that it is itself
        tied by."""
        queue = deque([(token, 0)])
        while queue:
            one, depth = queue.popleft()
            if one.i in self.events:
                return self.events[one.i]
            if depth < MAX_DEPTH and not (one.pos_ == "NOUN" and one.lemma_.lower() in self.airy):
                queue.extend((child, depth + 1) for child in one.children if _leads_down(child) and child != without)
        return None

    def main(self, sentence: TokenSpan) -> Mention | None:
        """The event nearest to a sentence's root."""
        return self.below(sentence.root)


def _leads_down(child: Token) -> bool:
    """Whether a child can hold the event that its head stands for; an adjunct cannot ("died through the war")."""
    if child.dep_ == "relcl":
        return child.head.pos_ != "PROPN" and not any(one.tag_ == "WRB" for one in child.lefts)
    return child.dep_ in BELOW and not (child.dep_ == "prep" and child.head.pos_ == "VERB")
