"""Which event a word of a clause stands for: its own, the nearest above it, the nearest below it."""

from collections import deque
from collections.abc import Callable, Mapping

from ..types import Mention
from .parse import Token, TokenSpan
from .syntax import is_infinitive, is_passive, objects, prepositions, subjects

BELOW = frozenset(
    {"acl", "prep", "pobj", "pcomp", "conj", "xcomp", "dobj", "ccomp", "nsubj", "nsubjpass", "appos", "relcl", "attr"}
)
MEANT = frozenset({"pobj", "pcomp", "conj", "xcomp", "dobj", "ccomp", "nsubj", "nsubjpass", "attr"})
# What may be said of an event that is tied: "the strike was due to", "was a response as".
TYING = frozenset(
    {"due", "because", "owing", "thanks", "response", "retaliation", "reprisal", "revenge", "reaction", "result"}
)
CLOSED = frozenset({"relcl", "acl", "nsubj", "nsubjpass", "csubj"})  # what hangs so stands for itself
MAX_DEPTH = 4


class Ends:
    """The events of an article by token, and the way to them; behind what is `airy` nothing took place ("fears of",
    "believes that")."""

    def __init__(self, events: Mapping[int, Mention], airy: Callable[[Token], bool]):
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
        """The event a clause's empty verb is about: its object, else its subject ("The talks took place ..."), else
        what it goes on ("went on strike")."""
        said = next((c for c in clause.children if c.dep_ in ("acomp", "attr") and c.lemma_.lower() not in TYING), None)
        if said is not None:  # "the return was hard because": that it was hard
            return self.events.get(said.i)
        about = [*objects(clause), *subjects(clause), *(one for name, one in prepositions(clause) if name == "on")]
        return next((self.events[one.i] for one in about if one.i in self.events), None)

    def below(self, token: Token) -> Mention | None:
        """The nearest event at the token or below it, breadth first: as in "over the role in"."""
        return self._below(
            token, lambda child: _leads_down(child) and (child.dep_ != "relcl" or child.head.i == token.i)
        )

    def meant(self, token: Token) -> Mention | None:
        """The event that a subject or an object is: its own, or that of "a wave of", "the decision to"."""
        return self._below(token, _is_of)

    def _below(self, token: Token, leads: Callable[[Token], bool]) -> Mention | None:
        queue = deque([(token, 0)])
        while queue:
            one, depth = queue.popleft()
            if one.i in self.events:
                return self.events[one.i]
            if depth < MAX_DEPTH and not self.airy(one):
                queue.extend((child, depth + 1) for child in one.children if leads(child))
        return None

    def main(self, sentence: TokenSpan) -> Mention | None:
        """The event nearest to a sentence's root."""
        root = sentence.root
        while self.airy(root) and root.pos_ == "VERB" and root.i not in self.events:
            clause = next((child for child in root.children if child.dep_ == "ccomp"), None)
            if clause is None:
                return next((event for one in objects(root) if (event := self.meant(one))), None)  # "announced layoffs"
            root = clause  # "police said that ..."
        return self.below(root)


def _is_of(child: Token) -> bool:
    """Whether a child tells what its noun is ("a wave of protests", "the decision to withdraw") or its verb brings."""
    if child.dep_ == "prep":
        return child.lower_ == "of"
    if child.dep_ == "acl":
        return is_infinitive(child)
    return child.dep_ in MEANT


def _leads_down(child: Token) -> bool:
    """Whether a child can hold the event that its head stands for; an adjunct cannot ("died through the war")."""
    if child.dep_ == "relcl":
        return is_passive(child) and not any(one.tag_ == "WRB" for one in child.lefts)  # "drivers who were sacked"
    return child.dep_ in BELOW and not (child.dep_ == "prep" and child.head.pos_ == "VERB")
