"""What verbs say of their complements, objects and subjects: "failed to", "denied that", "was cancelled"."""

from ..types import Factuality
from .factuality_nouns import Nouns
from .modality import INVERTED, Asking, presents
from .parse import Token
from .syntax import CLAUSES, finite, has_subject, is_bare, is_definite, is_infinitive

ARGUMENTS = frozenset({"dobj", "nsubj", "nsubjpass", "oprd", "prep", "attr", "acomp", "agent", "dative"})
COMPLEMENTS = frozenset({"of", "for", "from", "against", "to", "with", "on", "upon", "as", "at", "into"})
MEANS = frozenset({"with", "for", "to", "into", "through", "by"})
AIMS = frozenset({"on", "upon", "to", "for", "with", "of", "from", "against"})
WAITING = frozenset({"until", "till", "once", "when", "before", "after", "as"})
NOUNS = ("NOUN", "PROPN")
# What these introduce is taken as given, whatever the clause above says ("would open it after the call").
PRESUPPOSING = frozenset(
    "after following since during over amid despite because given as when while before until through upon by "
    "although though whereas once where".split()
)
# The status of what an event of these types is about: a threat to attack, an agreement to meet.
GOVERNED: dict[str, Factuality] = {
    "THREATEN": "hypothetical",
    "REQUEST": "hypothetical",
    "REJECT": "negated",
    "AGREE": "planned",
    "PROPOSE": "hypothetical",
}


class Verbs:
    """Gives the status of what hangs on a verb, or None where that says nothing."""

    def __init__(self, ask: Asking, nouns: Nouns):
        self.ask, self.nouns = ask, nouns
        self.words, self.types, self.modality = ask.words, ask.types, ask.modality

    def under_verb(self, child: Token, head: Token) -> Factuality | None:
        """What a verb says of its complement, its objects and its subject."""
        if child.dep_ in ("nsubj", "nsubjpass", "csubj"):
            return self._under_predicate(child, head)
        if child.dep_ == "advcl":
            status = self._under_main_clause(child, head)
            if status is not None or not self._completes(child, head):
                return status
        if child.dep_ in CLAUSES:
            return self._under_complement_of(child, head)
        if child.dep_ in ARGUMENTS:
            return self._under_object_of(child, head)
        return None

    def _completes(self, child: Token, head: Token) -> bool:
        """Whether what the parser calls adverbial completes the verb: "prepared to attack", "ruled out sending"."""
        if child.i < head.i or child.left_edge.nbor(-1).text == ",":
            return False
        return self.words.has(head, "planning", "desiring", "negating", "implicative")

    def _under_main_clause(self, child: Token, head: Token) -> Factuality | None:
        """An adverbial clause: what it is for is planned, what it is set against is given."""
        opening = {inner.lower_ for inner in child.children if inner.dep_ in ("mark", "advmod") and inner.i < child.i}
        own = self.modality.own(head)
        if opening & WAITING and own in ("planned", "hypothetical") and presents(child):
            return "hypothetical" if opening & {"until", "till", "once"} else own
        if not PRESUPPOSING.isdisjoint(opening):
            return "asserted"
        if not is_infinitive(child) or self._completes(child, head):
            return None
        if self.words.has(child, "resulting"):
            return own  # "rose to become"
        return "hypothetical" if own == "hypothetical" else "planned"

    def _under_predicate(self, child: Token, verb: Token) -> Factuality | None:
        """What is said of a subject: "protests are planned", "talks will resume", "the visit was cancelled"."""
        passive = child.dep_ == "nsubjpass"
        if self._is_announced(verb):
            return "planned"
        if passive and self.words.has(verb, "negating") and not self.words.has(verb, "refusing", "ongoing"):
            undone = any(inner.lower_ == "have" for inner in verb.children)  # "the raid could have been prevented"
            return "asserted" if undone and self.modality.own(verb) == "hypothetical" else self.ask.prevented(verb)
        if passive and self.words.has(verb, "desiring", "convening"):
            return "planned" if self.words.has(verb, "convening") else "hypothetical"
        raised = next((inner for inner in verb.children if inner.dep_ == "xcomp"), None)
        if raised is not None and (self.words.has(raised, "occurring") or _is_passive_infinitive(raised)):
            return self.ask.of(raised)  # "talks are scheduled to resume"
        own = self.modality.own(verb)
        if any(inner.dep_ in ("acomp", "attr") and self.words.has(inner, "open_adjectives") for inner in verb.children):
            return "hypothetical"  # "a truce is possible"
        if self.words.has(verb, "failing"):
            return INVERTED[own or "asserted"]
        if self.words.has(verb, "occurring") or (passive and self.words.has(verb, "light")):
            return own
        if self.words.has(verb, "implicative"):
            return own if own != "negated" else None
        if is_definite(child) or own not in ("planned", "hypothetical"):
            return None
        return "hypothetical"

    def _is_announced(self, verb: Token) -> bool:
        """Whether a verb in the present says of its subject that it is yet to come: "is planned for May", "are due"."""
        if any(child.dep_ == "xcomp" for child in verb.children):
            return False  # "is expected to fall"
        if verb.lemma_ == "be":
            due = any(child.dep_ == "acomp" and child.lower_ in ("due", "ahead") for child in verb.children)
            return presents(verb) and due
        passive = [child for child in verb.children if child.dep_ == "auxpass"]
        return self.words.has(verb, "planning") and any(child.tag_ in ("VBZ", "VBP") for child in passive)

    def _under_complement_of(self, child: Token, verb: Token) -> Factuality | None:
        """What a verb says of the clause that completes it."""
        if verb.dep_ == "advcl" and self.words.has(verb, "conditions"):
            return "hypothetical"  # "provided that"
        if child.tag_ == "VBG" and self.words.has(verb, "ongoing"):
            return "asserted"  # "agreed to stop shelling"
        hanging = child.dep_ in ("ccomp", "parataxis") and (finite(child) or has_subject(child))
        if self.words.has(verb, "thinking") and hanging and self.modality.is_negated(verb):
            return "negated"  # "does not think that"
        if self._is_hearsay(child, verb) or self.words.has(verb, "seeming"):
            return "alleged"
        if (verb.lemma_ in ("be", "have") and hanging) or self.words.has(verb, "reporting"):
            told = self._told_by_noun(verb, child)
            if told is not None:
                return told
        if self.words.has(verb, "claiming"):
            return "alleged"
        if self.words.has(verb, "negating") and hanging:
            return self.ask.prevented(verb) if self.words.has(verb, "denying") else "asserted"  # "forgot that"
        if self.words.has(verb, "negating") and not self.words.has(verb, "ongoing"):
            return self.ask.prevented(verb)
        if verb.lemma_ in ("be", "seem", "become") and (called := self._called(verb)) is not None:
            return called
        if self.words.has(verb, "reporting") and hanging and _tells(child):
            return "asserted"
        if hanging and not self.words.has(verb, "fearing") and _is_past(child):
            return "asserted"  # "wants to know who killed them"
        if hanging and finite(child) and child.tag_ != "VBP" and not self.words.has(verb, "fearing"):
            return None
        return self._meant_by(child, verb)

    def _told_by_noun(self, verb: Token, child: Token) -> Factuality | None:
        """What a clause is by the noun that it is put equal to: "the fear is that", "rumour has it that"; whoever tells
        it is not ("the mission said that")."""
        tells = self.words.has(verb, "reporting")
        subjects = (
            inner
            for inner in verb.children
            if inner.dep_ == "nsubj" and inner.pos_ in NOUNS and not (tells and self.words.has(inner, "planned_nouns"))
        )
        return next((status for noun in subjects if (status := self.nouns.about(noun, is_infinitive(child)))), None)

    def _called(self, verb: Token) -> Factuality | None:
        """What an adjective says of a clause: "it is possible that", "it is not true that"."""
        own = self.modality.own(verb) or "asserted"
        for adjective in (inner for inner in verb.children if inner.dep_ in ("acomp", "oprd")):
            if self.words.has(adjective, "open_adjectives"):
                return "hypothetical"
            if self.words.has(adjective, "unable"):
                return INVERTED[own]
            if adjective.lower_ in ("true", "correct") and own == "negated":
                return "negated"
        return None

    def _meant_by(self, child: Token, verb: Token) -> Factuality | None:
        """What a verb says of an infinitive, a gerund or a subjunctive: "plans to", "urged them to", "began to"."""
        if _is_about_to(child, verb):
            if verb.lower_ == "were" and verb.left_edge.i == verb.i:
                return "hypothetical"  # "were they to attack"
            own = self.modality.own(verb)
            return own if own in ("negated", "hypothetical") else "planned"
        if any(inner.lower_ == "yet" for inner in verb.children) and verb.lemma_ in ("have", "be"):
            return "negated"  # "has yet to release"
        if verb.lemma_ == "have" and presents(verb) and is_infinitive(child):
            return self.modality.own(verb) or "hypothetical"
        if is_infinitive(child) and self._is_told_to(verb):
            return "hypothetical"
        if self.words.has(verb, "planning"):
            return self.ask.meant(verb)
        if self.words.has(verb, "desiring"):
            return "hypothetical"
        if self.words.has(verb, "implicative"):
            return self.modality.own(verb) or ("hypothetical" if self._is_ruled(verb) else None)
        governed = GOVERNED.get(self.types.get(verb.i, ""))
        own = self.modality.own(verb)
        if governed is None and own is None and child.dep_ == "xcomp" and is_infinitive(child):
            return "hypothetical" if _has_object(verb) else self.ask.meant(verb)  # "paid them to", "moved to close"
        return governed or (own if own != "negated" else None)

    def _is_told_to(self, verb: Token) -> bool:
        """Whether a verb tells somebody to do something: "ordered them to leave", "was told to leave"."""
        allowed = self.words.has(verb, "implicative") and not presents(verb)  # "allowed them to leave": they did
        return self.words.has(verb, "directing") and not allowed and _has_object(verb)

    def _is_ruled(self, verb: Token) -> bool:
        """Whether a text lays something down: "the law allows judges to"."""
        return presents(verb) and any(
            inner.dep_ == "nsubj" and self.words.has(inner, "rules") for inner in verb.children
        )

    def _is_hearsay(self, child: Token, verb: Token) -> bool:
        """ "is said to have fled", "it is rumoured that": a passive report that nobody owns."""
        passive = any(inner.dep_ == "auxpass" for inner in verb.children)
        owned = any(inner.dep_ == "agent" for inner in verb.children)
        if not passive or owned or not self.words.has(verb, "reporting", "claiming", "thinking"):
            return False
        if is_infinitive(child):
            aux = {inner.lower_ for inner in child.children if inner.dep_ in ("aux", "auxpass")}
            return "have" in aux or child.tag_ == "VBG" or not self.words.has(verb, "planning", "directing")
        return any(inner.lower_ == "it" for inner in verb.children)

    def _under_object_of(self, child: Token, verb: Token) -> Factuality | None:
        """What a verb says of an object noun or of what a preposition ties to it."""
        noun = next((inner for inner in child.children if inner.dep_ in ("pobj", "pcomp")), child)
        definite = noun.pos_ in NOUNS and is_definite(noun)
        if child.dep_ in ("prep", "agent", "dative") and child.lower_ not in COMPLEMENTS:
            return self._inherited(child, noun, verb)
        if self.words.has(verb, "claiming") and child.dep_ != "prep":
            return "asserted" if definite else "alleged"  # "claimed the raid", "alleged torture"
        if child.dep_ in ("oprd", "dobj", "prep") and any(inner.lower_ == "what" for inner in verb.lefts):
            return "alleged"  # "in what police called an attack"
        if self.words.has(verb, "seeming"):
            return None
        if self.words.has(verb, "negating"):
            status = self._negated_object(child, verb, definite)
            if status is not None:
                return status
        if self.words.has(verb, "ongoing") and child.dep_ == "dobj":
            return "asserted"  # "called on them to stop the fighting"
        if self.words.has(verb, "implicative") and child.dep_ == "dobj":
            return self.modality.own(verb)
        governed = self._meant_object(child, noun, verb, definite)
        return governed or self._inherited(child, noun, verb)

    def _negated_object(self, child: Token, verb: Token, definite: bool) -> Factuality | None:
        kept = self.words.has(verb, "ongoing") and child.dep_ != "prep"
        if kept or (child.dep_ == "prep" and child.lower_ not in ("from", "on", "to", "of")):
            return None
        if self.words.has(verb, "refusing") and definite:
            return "asserted"  # "rejected the accusation": what is refused is there
        return self.ask.prevented(verb)

    def _meant_object(self, child: Token, noun: Token, verb: Token, definite: bool) -> Factuality | None:
        direct = child.dep_ == "dobj"
        if direct and not definite and self.words.has(verb, "disclosing") and _has_date_ahead(verb, noun):
            return "planned"  # "announced exercises for October"
        if self.words.has(verb, "convening") and direct and not any(c.dep_ == "oprd" for c in verb.children):
            return None if definite else "planned"
        if child.dep_ == "prep" and child.lower_ not in AIMS:
            return None
        if self.words.has(verb, "planning") and not self.words.has(verb, "clausal"):
            return self.ask.meant(verb)
        if self.words.has(verb, "desiring"):
            return None if direct and self.words.has(verb, "convening") else "hypothetical"
        if self.words.has(verb, "weighing"):
            return None if definite else "hypothetical"
        governor = self.types.get(verb.i)
        return GOVERNED.get(governor) if governor and not direct else None

    def _inherited(self, child: Token, noun: Token, verb: Token) -> Factuality | None:
        """The status of a verb for what takes part in it: "will respond with strikes", "launched no attack".

        What is definite is there already ("will condemn the attack"), unless the verb only lends itself to it.
        """
        own = self.modality.own(verb)
        if own not in ("planned", "hypothetical", "negated"):
            return None
        bare = child.dep_ == "prep" and noun.tag_ == "NN" and is_bare(noun)
        if bare and self.words.has(verb, "light", "implicative"):
            return own  # "will go on strike"
        if child.dep_ == "prep" and (child.lower_ not in MEANS or own == "negated"):
            return None
        if noun.pos_ not in NOUNS:
            return own if own != "negated" else None
        lends = child.dep_ != "prep" and self.words.has(verb, "light")
        return own if lends or not is_definite(noun) else None


def _has_date_ahead(*words: Token) -> bool:
    prepositions = (child for word in words for child in word.children if child.lower_ == "for")
    return any(inner.ent_type_ == "DATE" for preposition in prepositions for inner in preposition.children)


def _is_passive_infinitive(verb: Token) -> bool:
    return is_infinitive(verb) and any(child.dep_ == "auxpass" for child in verb.children)


def _has_object(verb: Token) -> bool:
    """Whether a verb is done to somebody: "told them", "was told"."""
    return any(child.dep_ in ("dobj", "dative", "auxpass", "nsubjpass") for child in verb.children)


def _is_past(verb: Token) -> bool:
    """Whether a clause tells of the past: "killed", "had killed", "was killed"."""
    return verb.tag_ == "VBD" or any(
        child.tag_ == "VBD" and child.dep_ in ("aux", "auxpass") for child in verb.children
    )


def _tells(clause: Token) -> bool:
    """Whether a clause says that something is so: not a bare subjunctive ("suggested that he go")."""
    bare = [child for child in clause.children if child.dep_ in ("aux", "auxpass")]
    return clause.tag_ != "VB" and not (len(bare) == 1 and bare[0].lower_ == "be")


def _is_about_to(child: Token, verb: Token) -> bool:
    """ "is to meet", "is going to meet", "is on course to meet"."""
    if not is_infinitive(child):
        return False
    if verb.lemma_ == "be":
        return not any(inner.dep_ in ("acomp", "attr") for inner in verb.children)
    return verb.lower_ == "going" and any(inner.lemma_ == "be" for inner in verb.children)
