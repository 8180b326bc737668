"""What an event's own words say of it: negation, modals, conditions, questions, adjectives; what conjuncts share."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from ..types import Factuality
from .governors import Governors
from .parse import Token
from .syntax import finite

FUTURE = frozenset({"will", "shall", "'ll", "’ll", "wo"})
MODALS = frozenset({"would", "could", "may", "might", "should", "must", "can", "ca", "ought", "'d", "’d"})
OPEN = frozenset({"may", "might", "should", "must"})  # "may not have fled": not negated, but open
SUBJECTS = frozenset({"nsubj", "nsubjpass", "expl", "csubj"})
VERBS = ("VERB", "AUX")
# What becomes of something when what stands against it has this status.
INVERTED: dict[Factuality, Factuality] = {
    "asserted": "negated",
    "alleged": "negated",
    "negated": "asserted",
    "planned": "hypothetical",
    "hypothetical": "hypothetical",
}


@dataclass(frozen=True)
class Asking:
    """What the rules ask: the word lists, the event types by token, a token's own words, another token's status."""

    words: Governors
    types: Mapping[int, str]
    modality: "Modality"
    of: Callable[[Token], Factuality]

    def meant(self, word: Token) -> Factuality:
        """What a plan makes of its complement, by what becomes of the plan: "has no plans to", "may decide to"."""
        status = self.of(word)
        return status if status in ("negated", "hypothetical") else "planned"

    def prevented(self, verb: Token) -> Factuality:
        """What "prevent" or "fail" leaves of its complement: nothing; when tried a possibility, when it fails all."""
        status = self.of(verb)
        return "hypothetical" if status == "negated" and self.words.has(verb, "excluding") else INVERTED[status]


class Modality:
    """Reads what stands directly at a token."""

    def __init__(self, words: Governors):
        self.words = words

    def own(self, token: Token) -> Factuality | None:
        """The status that a token's own words give, or None."""
        if token.pos_ in ("NOUN", "PROPN"):
            return "negated" if _is_let_alone(token) else self._of_noun(token)
        if _is_let_alone(token):
            return "negated"
        if self.is_conditional(token):
            return "hypothetical"
        if self.is_negated(token):
            return "hypothetical" if _auxiliaries(token) & OPEN else "negated"
        if (marked := self._marked(token)) is not None:
            return marked
        return self._of_auxiliaries(token)

    def is_negated(self, token: Token) -> bool:
        """Whether a verb is negated, by a word of its own or by a subject or object that is nobody."""
        for child in token.children:
            if child.dep_ in ("neg", "preconj", "advmod", "cc") and self._negates(child, token):
                return not _is_merely(child)
            if child.dep_ == "advmod" and self.words.has(child, "nearly") and child.i < token.i:
                return True
            if child.dep_ == "advmod" and child.lower_ in ("longer", "more") and _has_no(child):
                return True
            if child.dep_ in ("nsubj", "nsubjpass", "dobj", "attr") and self._is_nobody(child):
                return True
        return False

    def _negates(self, word: Token, verb: Token) -> bool:
        """Whether a word negates the verb it hangs on, from before it or right behind it ("is not")."""
        near = word.i < verb.i or verb.pos_ == "AUX" or word.i == verb.i + 1
        return near and self.words.has(word, "negators") and not (word.dep_ == "cc" and word.i > verb.i)

    def _is_nobody(self, noun: Token) -> bool:
        return (
            noun.lower_ in ("nobody", "none", "nothing", "neither", "no-one")
            or any(child.lower_ in ("no", "neither") for child in noun.children)
            or any(child.lower_ == "not" and child.i < noun.i for child in noun.children)
        )

    def _marked(self, token: Token) -> Factuality | None:
        """What an adverb says: "allegedly", "probably"."""
        for child in token.children:
            if child.dep_ in ("amod", "advmod") or (child.dep_ == "dep" and child.pos_ == "ADV"):
                if self.words.has(child, "alleged_markers"):
                    return "alleged"
                if child.lower_ != "likely" and self.words.has(child, "hypothetical_markers"):
                    return "hypothetical"
        return None

    def _of_auxiliaries(self, token: Token) -> Factuality | None:
        auxiliaries = _auxiliaries(token)
        reported = token.dep_ == "ccomp" and self.words.has(token.head, "reporting", "planning")
        if "would" in auxiliaries and "have" not in auxiliaries and reported:
            return "planned"  # the future of the past: "announced that he would resign"
        if "would" in auxiliaries and any(child.lower_ in ("later", "eventually") for child in token.children):
            return None  # "he would later die"
        if auxiliaries & MODALS and not ({"'d", "’d"} & auxiliaries and token.tag_ == "VBN"):
            return "hypothetical"
        if _is_asked(token):
            return "hypothetical"
        if _is_order(token):
            return "hypothetical"
        if _is_headline_future(token):
            return "planned"
        if auxiliaries & FUTURE:
            return "hypothetical" if self._has_condition(token) else "planned"
        return "planned" if self._is_timetabled(token) else None

    def _is_timetabled(self, verb: Token) -> bool:
        """A present that a day to come makes a plan: "visits the camp on Wednesday", "is leaving next week"."""
        if verb.pos_ != "VERB" or not presents(verb):
            return False
        occurs = self.words.has(verb, "occurring")  # "opens in June"
        return any(_is_day_ahead(child, ("on", "next", "in") if occurs else ("on", "next")) for child in verb.children)

    def is_conditional(self, verb: Token) -> bool:
        """Whether a verb stands in a condition, or in what is left open: "if", "unless", "whether"."""
        return any(
            child.dep_ in ("mark", "advmod") and child.i < verb.i and self.words.has(child, "conditions")
            for child in verb.children
        ) or _is_inverted(verb)

    def _has_condition(self, verb: Token) -> bool:
        """Whether a clause hangs on a condition: "will attack if the talks fail"."""
        return any(child.dep_ == "advcl" and self.is_conditional(child) for child in verb.children)

    def _of_noun(self, noun: Token) -> Factuality | None:
        for child in noun.children:
            if child.lower_ in ("no", "neither") and child.dep_ in ("det", "neg", "preconj"):
                return "negated"
            if child.dep_ == "neg" and not _is_merely(child):
                return "negated"
            if child.dep_ not in ("amod", "advmod", "compound"):
                continue
            for status, name in (("alleged", "alleged"), ("planned", "planned"), ("hypothetical", "hypothetical")):
                if self.words.has(child, f"{name}_markers"):
                    return status  # type: ignore[return-value]
            if self.words.has(child, "negated_markers"):
                return "negated"
        return "planned" if any(_is_next(child) for child in noun.children) else self._of_description(noun)

    def _of_description(self, noun: Token) -> Factuality | None:
        """What a clause says that only tells when it takes place: "the trial, which starts on Monday"."""
        for clause in noun.children:
            if clause.dep_ == "relcl" and self.words.has(clause, "implicative") and self.own(clause) == "planned":
                subjects = [child for child in clause.children if child.dep_ == "nsubj"]
                return "planned" if any(child.tag_ in ("WDT", "WP") for child in subjects) else None
        return None

    def shared(self, child: Token, head: Token) -> Factuality | None:
        """What a conjunct shares with the word it stands beside: "has not attacked or shelled", "will go and speak"."""
        joint = next((inner.lower_ for inner in head.children if inner.dep_ == "cc" and inner.i < child.i), "")
        if any(inner.lower_ == "than" for inner in child.head.children) or "rather" in joint:
            return "negated"  # "withdrew rather than fight"
        if joint == "nor":
            return "negated"
        if child.pos_ in ("NOUN", "PROPN"):
            own = self.own(head)
            return own if own != "negated" or joint != "but" else None
        if child.pos_ not in VERBS or any(inner.dep_ in SUBJECTS for inner in child.children):
            return None
        own = self.own(head)
        if own == "negated" and joint in ("but", "yet"):
            return None
        return own if _is_parallel(child, head) else None


def _is_merely(negator: Token) -> bool:
    """Whether what is negated is that it is all: "not only", "not just"."""
    return negator.i + 1 < len(negator.doc) and negator.nbor(1).lower_ in ("only", "just", "merely", "simply")


def _auxiliaries(token: Token) -> set[str]:
    return {child.lower_ for child in token.children if child.dep_ in ("aux", "auxpass")}


def _has_no(adverb: Token) -> bool:
    return any(inner.lower_ == "no" for inner in adverb.children) or (adverb.i > 0 and adverb.nbor(-1).lower_ == "no")


def _is_parallel(child: Token, head: Token) -> bool:
    """Whether a coordinated verb stands under the auxiliaries of the first: both infinitives, or both participles."""
    if any(inner.dep_ in ("aux", "auxpass") for inner in child.children):
        return False
    return not finite(head) and child.tag_ in (head.tag_, "VB")


def _is_let_alone(word: Token) -> bool:
    """ "no contact, let alone negotiations"."""
    before = [token.lower_ for token in word.doc[max(0, word.left_edge.i - 2) : word.i]]
    return any(pair in (["let", "alone"], ["much", "less"]) for pair in (before[i : i + 2] for i in range(len(before))))


def _is_order(verb: Token) -> bool:
    """ "Free the hostages now"."""
    bare = not any(child.dep_ in SUBJECTS | {"aux", "auxpass"} for child in verb.children)
    before = verb.doc[verb.left_edge.i : verb.i]
    return verb.tag_ == "VB" and verb.dep_ in ("ROOT", "ccomp") and bare and all(word.is_punct for word in before)


def _is_headline_future(verb: Token) -> bool:
    """ "Japan to send ships"."""
    to = any(child.tag_ == "TO" for child in verb.children)
    return to and verb.dep_ == "ROOT" and any(child.dep_ in SUBJECTS for child in verb.children)


def _is_next(child: Token) -> bool:
    """Whether a word beside a noun puts it into the days to come: "next week's vote"."""
    ahead = child.lower_ == "tomorrow" or any(inner.lower_ in ("next", "coming") for inner in child.children)
    return ahead and child.dep_ in ("poss", "npadvmod", "compound", "nmod") and child.ent_type_ in ("DATE", "TIME")


def _is_inverted(verb: Token) -> bool:
    """A condition without "if": "had it attacked", "should it attack"."""
    first = next((child for child in verb.children if child.dep_ in ("aux", "auxpass")), None)
    if first is None or first.lower_ not in ("had", "should", "were") or verb.dep_ != "advcl":
        return False
    return any(child.dep_ in SUBJECTS and first.i < child.i < verb.i for child in verb.children)


def _is_asked(verb: Token) -> bool:
    """Whether a verb is what a question leaves open: "Did they attack?", not "Why did they attack?"."""
    sentence = verb.sent
    if verb.dep_ not in ("ROOT", "conj") or not any(token.text == "?" for token in sentence[-2:]):
        return False
    first = next((child for child in verb.children if child.dep_ in ("aux", "auxpass")), None)
    subject = next((child for child in verb.children if child.dep_ in SUBJECTS), None)
    if first is None or subject is None or first.i > subject.i:
        return False
    return not any(token.tag_ in ("WDT", "WP", "WRB", "WP$") and token.i < first.i for token in verb.lefts)


def _is_day_ahead(child: Token, prepositions: Collection[str]) -> bool:
    """ "on Wednesday", "next week", "tomorrow"."""
    if child.lower_ == "tomorrow":
        return True
    if child.dep_ == "npadvmod":
        return any(inner.lower_ in ("next", "coming") for inner in child.children)
    return (
        child.dep_ == "prep"
        and child.lower_ in prepositions
        and any(inner.dep_ == "pobj" and inner.ent_type_ == "DATE" for inner in child.children)
    )


def presents(verb: Token) -> bool:
    """Whether a verb stands in the present: "visits", "is visiting", "is visited"; not "has visited"."""
    auxiliaries = [child for child in verb.children if child.dep_ in ("aux", "auxpass")]
    if verb.tag_ in ("VBZ", "VBP"):
        return True
    first = next((child for child in auxiliaries if child.tag_ != "TO"), None)
    return first is not None and first.lemma_ == "be" and first.tag_ in ("VBZ", "VBP")
