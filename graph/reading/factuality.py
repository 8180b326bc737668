"""Did it happen, according to the text: the status of an event, read off the words that govern its trigger.

    own words -> the word above -> the word above that ... -> asserted

The first that says something decides. Some words hand on the status of their own clause ("managed to",
"began to"), some turn it round ("failed to"), some stop the walk: what they introduce is given.
"""

from collections.abc import Mapping

from ..types import Factuality
from .governors import Governors
from .modality import INVERTED, Modality, presents
from .parse import Token
from .syntax import CLAUSES, coordinated_to, finite, is_bare, is_definite, is_infinitive, noun_before, prepositions

ARGUMENTS = frozenset({"dobj", "nsubj", "nsubjpass", "oprd", "prep", "attr", "acomp"})
COMPLEMENTS = frozenset({"of", "for", "from", "against", "to", "with", "on", "upon", "as", "at", "into"})
MEANS = frozenset({"with", "for", "to", "into", "through", "by"})
AIMS = frozenset({"on", "upon", "to", "for", "with", "of", "from", "against"})
ABOUT = frozenset({"of", "for", "to", "against", "at", "that", "about"})
# What these introduce is taken as given, whatever the clause above says ("would open it after the call").
PRESUPPOSING = frozenset(
    "after following since during over amid despite because given as when while before until through upon by "
    "although though whereas once where".split()
)
GIVEN_BY_PREPOSITION = (PRESUPPOSING - {"as"}) | {"at"}
WAITING = frozenset({"until", "till", "once", "when", "before", "after", "as"})
ANYBODY = frozenset({"anyone", "anybody", "whoever", "anything", "whatever"})
FIRST = frozenset({"first", "second", "third", "last", "latest", "only"})
REPLACED = frozenset({("instead", "of"), ("rather", "than"), ("far", "from"), ("short", "of"), ("lieu", "of")})
NOUNS = ("NOUN", "PROPN")
DEEPEST = 20  # plans to plan to plan ...: how many words are asked what becomes of them
# The status of what an event of these types is about: a threat to attack, an agreement to meet.
GOVERNED: dict[str, Factuality] = {
    "THREATEN": "hypothetical",
    "REQUEST": "hypothetical",
    "REJECT": "negated",
    "AGREE": "planned",
    "PROPOSE": "hypothetical",
}


class Statuses:
    """Gives the status of the tokens of one article; `types` are the event types by token index."""

    def __init__(self, words: Governors, types: Mapping[int, str]):
        self.words, self.types = words, types
        self.modality = Modality(words)
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
            return self._under_preposition(child, head)
        if child.dep_ in ("dobj", "prep") and self.words.has(head, "answering"):
            return "asserted"  # "to avenge the killing": what is answered took place
        if child.dep_ == "relcl":
            return self._under_described(child, head)
        if child.dep_ in ("prep", "dative") and (told := self._told_by_verb(child, head)) is not None:
            return told
        if child.dep_ == "prep" and child.lower_ in GIVEN_BY_PREPOSITION:
            return self.modality.own(head) if _is_completed(child) else "asserted"
        if child.dep_ in ("advcl", "xcomp", "ccomp") and (noun := _noun_of(child)) is not None:
            status = self._under_noun(child, noun)
            if status is not None:
                return status
        if head.pos_ in NOUNS or head.dep_ in ("pobj", "dobj", "nsubj", "nsubjpass"):
            return self._under_noun(child, head)
        if head.pos_ == "ADJ" or child.dep_ == "acomp":
            return self._under_adjective(child, head)
        return self._under_verb(child, head) if head.pos_ in ("VERB", "AUX") else None

    # --- prepositions

    def _under_preposition(self, child: Token, preposition: Token) -> Factuality | None:
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

    def _told_by_verb(self, preposition: Token, head: Token) -> Factuality | None:
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
            return INVERTED[self.of(verb)]
        return None

    def _meant_with(self, verb: Token, preposition: Token, open_: bool) -> Factuality | None:
        """What a verb says with this very preposition: "hint at", "agree on", "fall short of"."""
        if self.words.ties(verb, preposition, "desiring") or self.words.ties(verb, preposition, "open_adjectives"):
            return "hypothetical"
        if self.words.ties(verb, preposition, "claiming"):
            return "alleged"
        if self.words.ties(verb, preposition, "planning"):
            return self._meant(verb)
        if self.words.ties(verb, preposition, "negating"):
            return self._prevented(verb)
        if open_ and self.words.ties(verb, preposition, "weighing"):
            return "hypothetical"
        objects = (inner for inner in verb.children if inner.dep_ == "dobj" and inner.i < preposition.i)
        given = next((noun for noun in objects if preposition.lower_ in ABOUT), None)
        return self._about(given, False) if given is not None else None  # "gave approval to a merger"

    def _meant(self, word: Token) -> Factuality:
        """What a plan makes of its complement, by what becomes of the plan: "has no plans to", "may decide to"."""
        status = self.of(word)
        return status if status in ("negated", "hypothetical") else "planned"

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

    # --- nouns

    def _under_noun(self, child: Token, noun: Token) -> Factuality | None:
        """What a noun says of what it is about: "the threat of an attack", "plans to attack"."""
        clause = child.dep_ in CLAUSES
        if child.dep_ not in ("prep", "compound") and not clause:
            return None
        definite = child.dep_ == "prep" and _names_something_definite(child)
        if child.dep_ == "prep" and definite and child.lower_ not in ABOUT - {"against", "about"}:
            return "asserted"
        infinitive = clause and is_infinitive(child)
        if clause and not infinitive and child.tag_ in ("VBG", "VBN") and not _has_subject(child):
            return None if noun.i in self.types else "asserted"  # "talks mediated by Norway", "those hurt in the raid"
        if infinitive and any(inner.lower_ in FIRST for inner in noun.children):
            return None  # "the first country to sign"
        status = self._about(noun, infinitive)
        if child.dep_ == "prep" and child.lower_ in ("for", "on") and not definite:
            status = "alleged" if self.words.has(noun, "prosecuting_nouns") else status
        if status is None and definite and noun.i not in self.types:
            return "asserted"  # "the scene of the derailment"
        return "hypothetical" if status is None and infinitive and child.dep_ == "acl" else status

    def _about(self, noun: Token, infinitive: bool) -> Factuality | None:
        if self.words.has(noun, "alleged_nouns"):
            return "negated" if self._is_denied(noun) else "alleged"
        if self.words.has(noun, "negated_nouns"):
            return INVERTED[self.of(noun)]
        if self.words.has(noun, "telling_nouns"):
            return "negated" if self.of(noun) == "negated" else None
        if self.words.has(noun, "hypothetical_nouns"):
            return "negated" if self._is_denied(noun) else "hypothetical"
        if self.words.has(noun, "planned_nouns"):
            return self._meant(noun)
        if noun.lower_ in ("event", "case") and noun.head.lower_ == "in" and not infinitive:
            return "hypothetical"  # "in the event of an attack"
        return None

    def _is_denied(self, noun: Token) -> bool:
        return noun.dep_ in ("dobj", "nsubjpass") and self.words.has(noun.head, "negating")

    def _under_described(self, child: Token, noun: Token) -> Factuality | None:
        """ "a truce that ends the war" is as real as the truce; "that ended it", "where they shelter" are given."""
        if noun.lower_ in ANYBODY and presents(child):
            return "hypothetical"
        past = child.tag_ in ("VBD", "VBN") or any(c.tag_ in ("VBD", "VBZ") and c.dep_ == "aux" for c in child.children)
        return "asserted" if past or noun.i not in self.types else None

    # --- adjectives

    def _under_adjective(self, child: Token, head: Token) -> Factuality | None:
        if child.dep_ == "acomp":
            return self.modality.own(head)
        if child.dep_ == "prep" and head.dep_ == "amod" and head.i > head.head.i:
            told = self._under_noun(child, head.head)  # "reports, so far unconfirmed, of a poisoning"
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
        if preposition.lower_ == "for" and self.words.has(adjective, "blamed") and _is_completed(preposition):
            held = any(word.lemma_ in ("hold", "deem", "consider") for word in adjective.ancestors)
            return "alleged" if held else None
        return None

    # --- verbs

    def _under_verb(self, child: Token, head: Token) -> Factuality | None:
        """What a verb says of its complement, its objects and its subject."""
        if child.dep_ in ("nsubj", "nsubjpass", "csubj"):
            return self._under_predicate(child, head)
        if child.dep_ == "advcl":
            status = self._under_main_clause(child, head)
            if status is not None or not self._completes(child, head):
                return status
        if child.dep_ in CLAUSES:
            return self._under_complement_of(child, head)
        if child.dep_ in ARGUMENTS | {"agent", "dative"}:
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
            return "asserted" if undone and self.modality.own(verb) == "hypothetical" else self._prevented(verb)
        if passive and self.words.has(verb, "desiring", "convening"):
            return "planned" if self.words.has(verb, "convening") else "hypothetical"
        raised = next((inner for inner in verb.children if inner.dep_ == "xcomp"), None)
        if raised is not None and (self.words.has(raised, "occurring") or _is_passive_infinitive(raised)):
            return self.of(raised)  # "talks are scheduled to resume"
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
        hanging = child.dep_ in ("ccomp", "parataxis") and (finite(child) or _has_subject(child))
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
        if self.words.has(verb, "negating") and not self.words.has(verb, *(("ongoing",), ("none",))[hanging]):
            return self._prevented(verb) if not hanging or self.words.has(verb, "denying") else "asserted"
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
        """What a clause is by the noun that it is put equal to: "the fear is that", "rumour has it that"."""
        subjects = (inner for inner in verb.children if inner.dep_ == "nsubj" and inner.pos_ in NOUNS)
        return next((status for noun in subjects if (status := self._about(noun, is_infinitive(child)))), None)

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
            return self._meant(verb)
        if self.words.has(verb, "desiring"):
            return "hypothetical"
        if self.words.has(verb, "implicative"):
            return self.modality.own(verb) or ("hypothetical" if self._is_ruled(verb) else None)
        governed = GOVERNED.get(self.types.get(verb.i, ""))
        own = self.modality.own(verb)
        if governed is None and own is None and child.dep_ == "xcomp" and is_infinitive(child):
            return (
                self._meant(verb) if not _has_object(verb) else "hypothetical"
            )  # "moved to close", "paid them to leave"
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

    def _prevented(self, verb: Token) -> Factuality:
        """What "prevent" or "fail" leaves of its complement: nothing; when tried a possibility, when it fails all."""
        status = self.of(verb)
        return "hypothetical" if status == "negated" and self.words.has(verb, "excluding") else INVERTED[status]

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
        return self._prevented(verb)

    def _meant_object(self, child: Token, noun: Token, verb: Token, definite: bool) -> Factuality | None:
        direct = child.dep_ == "dobj"
        if direct and not definite and self.words.has(verb, "disclosing") and _has_date_ahead(verb, noun):
            return "planned"  # "announced exercises for October"
        if self.words.has(verb, "convening") and direct and not any(c.dep_ == "oprd" for c in verb.children):
            return None if definite else "planned"
        if child.dep_ == "prep" and child.lower_ not in AIMS:
            return None
        if self.words.has(verb, "planning") and not self.words.has(verb, "clausal"):
            return self._meant(verb)
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
        if (
            child.dep_ == "prep"
            and noun.tag_ == "NN"
            and is_bare(noun)
            and self.words.has(verb, "light", "implicative")
        ):
            return own  # "will go on strike"
        if child.dep_ == "prep" and (child.lower_ not in MEANS or own == "negated"):
            return None
        if noun.pos_ not in NOUNS:
            return own if own != "negated" else None
        lends = child.dep_ != "prep" and self.words.has(verb, "light")
        return own if lends or not is_definite(noun) else None


def _noun_of(infinitive: Token) -> Token | None:
    """The noun right before an infinitive, unless it belongs to the infinitive itself."""
    noun = noun_before(infinitive)
    return None if noun is None or infinitive.is_ancestor(noun) else noun


def _names_something_definite(preposition: Token) -> bool:
    return any(inner.dep_ == "pobj" and is_definite(inner) for inner in preposition.children)


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


def _has_subject(verb: Token) -> bool:
    return any(child.dep_ in ("nsubj", "nsubjpass", "expl") for child in verb.children)


def _is_completed(preposition: Token) -> bool:
    """Whether a preposition is completed by a verb: "after disarming them"."""
    return any(inner.dep_ == "pcomp" for inner in preposition.children)


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
