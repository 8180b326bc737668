"""Who says so: the mention of the actor that a text lets speak of an event.

    what stands beside a clause ("according to", "the army said") -> the word above it ("said that", "claims of") -> ...
    -> whoever speaks the quotation that it stands in

The nearest speaker counts; a claim that nobody owns ("allegations of fraud") has none.
"""

from collections.abc import Iterator, Mapping

from ..types import Factuality, Mention
from .governors import Governors
from .modality import Modality
from .parse import Parse, Token
from .quotations import Quotation, quotations
from .syntax import CLAUSES, agents_by, coordinated_to, is_infinitive, measured, prepositions, subjects

CONTENT = CLAUSES | {"prep", "dobj", "oprd"}
VERBS = ("VERB", "AUX")


class Speakers:
    """Gives the speaker of the tokens of one article; `actors` are its actors by token index."""

    def __init__(self, parse: Parse, actors: Mapping[int, Mention], words: Governors):
        self.actors, self.words, self.modality = actors, words, Modality(words)
        self.quotations: list[Quotation] = quotations(parse)

    def of(self, token: Token, status: Factuality) -> Mention | None:
        """The mention of whoever says so of an event with this status, or None where the article itself does."""
        child = token
        while True:
            found = self._first(self._beside(child))
            head = coordinated_to(child) if child.dep_ == "conj" else child.head
            if found is not None or head.i == child.i:
                break
            if head.pos_ not in VERBS and self.words.has(head, "alleged_nouns"):
                return self._first(self._owners(head))
            found = self._first(self._above(child, head, status))
            if found is not None:
                break
            child = head
        return found or self._first(self._quoting(token)) or self._first(self._closing(token))

    def _first(self, speakers: Iterator[Token]) -> Mention | None:
        """The mention of the first of some speakers that is an actor; of a message its owner."""
        for speaker in speakers:
            for word in measured(speaker):
                if word.i in self.actors:
                    return self.actors[word.i]
                if self.words.has(word, "messages"):
                    owner = next((one for one in self._owners(word) if one.i in self.actors), None)
                    if owner is not None:
                        return self.actors[owner.i]
        return None

    def _beside(self, clause: Token) -> Iterator[Token]:
        """The speakers that stand beside a clause: "according to", "the army said,"."""
        for name, complement in prepositions(clause):
            if name == "according to":
                yield complement
        for verb in self.words.inserted(clause):
            yield from subjects(verb)

    def _above(self, child: Token, head: Token, status: Factuality) -> Iterator[Token]:
        """The speakers that a word names of what hangs on it."""
        if head.pos_ in VERBS and self._speaks_of(child, head, status):
            yield from () if _is_told(head) else subjects(head)
            yield from agents_by(head)
            if self.words.has(head, "claiming"):
                for complement in child.children:
                    yield from agents_by(complement)  # "accused of assault by an aide"
        elif head.pos_ not in VERBS and self.words.has(head, "messages") and _is_that_clause(child):
            yield from self._owners(head)

    def _speaks_of(self, child: Token, verb: Token, status: Factuality) -> bool:
        """Whether a verb's subject tells of what hangs on the verb here.

        What happened is given in vows, denials and accusations ("vowed to avenge the killing"), and not their claim.
        """
        if self.modality.own(verb) in ("negated", "planned", "hypothetical"):
            return False  # "did not confirm"
        if status != "asserted" and self.words.has(verb, "claiming", "speaking"):
            return child.dep_ in CONTENT | {"agent"}
        if not self.words.has(verb, "reporting"):
            return False
        if child.dep_ == "dobj":
            return self.words.has(verb, "disclosing")
        told_to = child.dep_ == "xcomp" and is_infinitive(child)  # "told the army to withdraw"
        return child.dep_ in ("ccomp", "xcomp", "parataxis") and not told_to

    def _owners(self, noun: Token) -> Iterator[Token]:
        """Whose message a noun is: "Russia's claim", "a report by the agency", "a statement from the army"."""
        yield from (child for child in noun.children if child.dep_ == "poss")
        yield from agents_by(noun)
        yield from (complement for name, complement in prepositions(noun) if name in ("from", "of"))
        yield from (child for child in noun.children if child.dep_ in ("compound", "amod", "nmod"))
        if noun.dep_ == "dobj" and self.words.has(noun.head, "light"):
            yield from subjects(noun.head)

    def _quoting(self, token: Token) -> Iterator[Token]:
        """Whoever speaks the quotation that a token stands in."""
        for quotation in self.quotations:
            if quotation.start < token.i < quotation.end:
                for verb in quotation.around:
                    if verb.pos_ in VERBS and self.words.has(verb, "reporting", "claiming", "speaking"):
                        yield from subjects(verb)

    def _closing(self, token: Token) -> Iterator[Token]:
        """Whoever stands before the verb of saying that ends a sentence and that the parser takes for one more deed in
        it: "The raid was an answer to the blockade, Ann Poe, a lawyer, told the paper"."""
        root = token.sent.root
        for verb in (child for child in root.rights if child.dep_ == "conj" and self.words.has(child, "reporting")):
            alone = not any(child.dep_ in ("cc", "nsubj", "nsubjpass") for child in verb.children)
            joined = any(child.dep_ == "cc" and child.i > token.i for child in root.children)
            if token.i < verb.i and alone and not joined and verb.i > 0 and verb.nbor(-1).text == ",":
                yield from _set_off(verb)


def _set_off(verb: Token) -> Iterator[Token]:
    """The names that stand alone behind a comma between a verb and the one before it."""
    start = next((i for i in range(verb.i - 1, verb.sent.start, -1) if verb.doc[i].pos_ in VERBS), verb.sent.start)
    for word in verb.doc[start + 1 : verb.i]:
        first = min([word.i, *(child.i for child in word.lefts)])
        if word.pos_ == "PROPN" and word.dep_ != "compound" and first > 0 and word.doc[first - 1].text == ",":
            yield word


def _is_that_clause(verb: Token) -> bool:
    return verb.dep_ in ("acl", "ccomp") and any(child.dep_ == "mark" for child in verb.children)


def _is_told(verb: Token) -> bool:
    """Whether a participle is passive, with or without an auxiliary: "was accused", "stand accused", "told that"."""
    having = any(child.dep_ == "aux" and child.lemma_ == "have" for child in verb.children)
    passive = any(child.dep_ == "auxpass" for child in verb.children)
    return passive or (verb.tag_ == "VBN" and not having)
