"""The two events that a cue ties: one at its governor, one at its complement.

The governor is the subject of "triggered", the clause that "because of" hangs on, the sentence that "as a result"
opens; the complement is the verb's object, what the preposition introduces, the sentence before.
"""

from collections.abc import Callable, Iterator, Sequence

from msgspec import Struct

from ..types import UNTYPED, Mention, event_value
from .causes_cues import VERBS, Cues, Found
from .causes_ends import Ends
from .modality import presents
from .parse import Token, TokenSpan
from .syntax import conjuncts, is_infinitive, is_passive, noun_before, objects, subjects
from .tense import is_had, is_perfect

COMPLEMENTS = frozenset({"pobj", "pcomp"})
CLAUSAL = frozenset({"xcomp", "ccomp", "dobj", "oprd"})
DEFINITE = frozenset({"the", "this", "that", "these"})
NO_PHRASE = frozenset({"mark", "dobj", "nsubj", "nsubjpass"})  # "giving thanks to"
LEAVING = frozenset({"leave"})
OF_ATTEMPT = frozenset({"fail", "succeed", "join", "participate", "role", "part"})  # "failed in an attempt to"
DEMONSTRATIVE = frozenset({"this", "that", "which"})


class Hit(Struct, frozen=True):
    """A cue with the events on its sides; `carrier` is the word that says whether the tie holds."""

    found: Found
    governor: Mention
    complement: Mention
    carrier: Token
    relation: str


Some = Sequence[Mention | None]


class Sides:
    """Gives the events on both sides of a cue; `previous` is the sentence before."""

    def __init__(self, ends: Ends, cues: Cues):
        self.ends, self.cues = ends, cues
        self.shapes: dict[str, Callable[[Found, TokenSpan, TokenSpan | None], Iterator[Hit]]] = {
            "verb": self._by_verb,
            "object": self._by_object,
            "purpose": self._by_purpose,
            "aim": self._by_aim,
            "noun": self._by_noun,
            "adverb": self._by_adverb,
            "conjunction": self._by_conjunction,
            "coordination": self._by_coordination,
            "preposition": self._by_preposition,
        }

    def of(self, found: Found, sentence: TokenSpan, previous: TokenSpan | None) -> Iterator[Hit]:
        """The pairs of events that a cue ties."""
        return self.shapes[found.cue.shape](found, sentence, previous)

    def _pairs(
        self, found: Found, governors: Some, complements: Some, carrier: Token, relation: str | None = None
    ) -> Iterator[Hit]:
        for governor in governors:
            for complement in complements:
                if governor and complement and governor.id != complement.id:
                    yield Hit(found, governor, complement, carrier, relation or found.cue.relation)

    def _below(self, tokens: Sequence[Token]) -> list[Mention | None]:
        return [self.ends.below(token) for token in tokens]

    def _meant(self, tokens: Sequence[Token]) -> list[Mention | None]:
        return [self.ends.meant(token) for token in tokens]

    # --- verbs

    def _by_verb(self, found: Found, sentence: TokenSpan, previous: TokenSpan | None) -> Iterator[Hit]:
        """ "X triggered Y", "..., triggering Y", "That led to Y"."""
        verb = found.first
        answers = found.cue.relation == "responds-to"
        complements = self._meant(_completing(found))
        own = self.ends.at(verb)
        own = own if answers and own is not None and own.type != UNTYPED else None
        if own is not None and any(own is one for one in complements):
            return
        if not any(complements) and verb.dep_ == "advcl" and is_passive(verb):  # "Driven by X, ..."
            complements = [self.ends.above(verb.head)]
        governors = self._meant(subjects(verb))
        if not any(governors):
            governors = [own or self._told_before(verb, previous)]
        yield from self._pairs(found, governors, complements, verb)

    def _told_before(self, verb: Token, previous: TokenSpan | None) -> Mention | None:
        """What a verb without an event for its subject goes on from: the clause before, or the sentence before."""
        if verb.tag_ == "VBG" and verb.i > 0 and verb.dep_ in ("advcl", "xcomp", "acl", "conj", "ccomp"):
            return self.ends.above(verb.head) if verb.i > verb.head.i and _before(verb).text == "," else None
        for subject in (child for child in verb.children if child.dep_ == "nsubj"):
            if subject.lower_ == "which" and verb.dep_ == "relcl":
                return self.ends.above(verb.head) if verb.head.pos_ in VERBS else self._whole(verb.head, subject)
        return self._anaphor(verb, previous)

    def _whole(self, noun: Token, which: Token) -> Mention | None:
        """The clause that ", which" stands for, where its noun is no event: "sacked two pilots, which led to"."""
        return self.ends.above(noun) if which.i > 0 and which.nbor(-1).text == "," else None

    def _anaphor(self, verb: Token, previous: TokenSpan | None) -> Mention | None:
        """The main event before, when the subject is "that", "the move", "this decision" or the like."""
        if previous is None:
            return None
        for subject in subjects(verb):
            if subject.lower_ in DEMONSTRATIVE and subject.dep_ == "nsubj" and verb.sent.root.i == verb.i:
                return self._happened(self.ends.main(previous))
            lemma = subject.lemma_.lower()
            if not _stands_for_another(subject):
                continue
            if lemma in self.cues.words("anaphoric"):
                return self._happened(self.ends.main(previous))
            if lemma in self.cues.words("anaphoric_speech"):
                return self._said(previous)
        return None

    def _happened(self, event: Mention | None) -> Mention | None:
        """An event that "this" can stand for: one of a type of the schema, and not one that did not take place."""
        if event is None or event.type == UNTYPED or event_value(event).factuality in ("negated", "hypothetical"):
            return None
        return event

    def _said(self, sentence: TokenSpan) -> Mention | None:
        """The last verbal act of a sentence: a threat, a promise, an accusation."""
        acts = [self.ends.events[token.i] for token in sentence if token.i in self.ends.events]
        return next((act for act in reversed(acts) if act.type in self.cues.verbal), None)

    def _by_object(self, found: Found, sentence: TokenSpan, previous: TokenSpan | None) -> Iterator[Hit]:
        """ "blamed X on Y", "X was attributed to Y"."""
        verb = found.first
        governors = self._meant(objects(verb))
        yield from self._pairs(found, governors, self._below(_inside(found)), verb)

    # --- aims

    def _by_purpose(self, found: Found, sentence: TokenSpan, previous: TokenSpan | None) -> Iterator[Hit]:
        """ "X to avenge Y": an infinitive that hangs on a clause or on the noun before it."""
        verb = found.first
        if verb.dep_ in ("advcl", "acl") and is_infinitive(verb):
            noun = noun_before(verb)
            own = self.ends.at(noun) if noun is not None else None
            carrier = noun if noun is not None and own is not None else verb.head
            yield from self._pairs(found, [own or self.ends.above(verb.head)], self._below(_completing(found)), carrier)

    def _by_aim(self, found: Found, sentence: TokenSpan, previous: TokenSpan | None) -> Iterator[Hit]:
        """ "X in a bid to bring about Y", "X with the aim of Y": to keep it from happening is to prevent it."""
        aims = _inside(found)
        if not aims and found.last.head.pos_ in VERBS and found.last.head.i > found.last.i:
            aims = [found.last.head]
        elif not aims:  # "so that"
            aims = [t for t in (found.first.head, found.last.head) if t.pos_ in VERBS and t.i > found.last.i][:1]
        if found.first.pos_ in VERBS:
            yield from self._by_aimed(found, [aim for aim in aims if aim.pos_ in VERBS or self.ends.at(aim)])
            return
        for aim in aims:
            main = _out_of(found, aim)
            if main is None or main.lemma_.lower() in OF_ATTEMPT:
                continue
            if aim.lemma_.lower() in self.cues.words("preventing"):
                kept = [*objects(aim), *(one for child in aim.children for one in _introduced(child, ("from",)))]
                yield from self._pairs(found, [self._doing(main)], self._below(kept), main, "prevents")
            else:
                yield from self._pairs(found, [self._doing(main)], [self.ends.below(aim)], main)

    def _by_aimed(self, found: Found, aims: Sequence[Token]) -> Iterator[Hit]:
        """ "The talks are aimed at Y", "sanctions designed to bring about Y"."""
        for aim in aims:
            governors = self._below(objects(found.first))
            preventing = aim.lemma_.lower() in self.cues.words("preventing")
            complements = self._below(objects(aim)) if preventing else [self.ends.below(aim)]
            yield from self._pairs(found, governors, complements, found.first, "prevents" if preventing else None)

    def _doing(self, token: Token) -> Mention | None:
        """The event that a clause or noun has an aim: "the talks are aimed at"."""
        return self.ends.above(token) or self.ends.beside(token)

    # --- nouns

    def _by_noun(self, found: Found, sentence: TokenSpan, previous: TokenSpan | None) -> Iterator[Hit]:
        """ "X was a reprisal for Y", "the reason for Y was X", "in a reprisal for Y"."""
        noun, be = found.first, found.first.head
        carrier = be if be.lemma_ == "be" else noun
        if noun.dep_ == "attr":
            governors = self._below(subjects(be))
        elif noun.dep_ == "nsubj" and be.lemma_ == "be":
            told = [
                one for child in be.children if child.dep_ in ("attr", "ccomp", "advcl") for one in conjuncts(child)
            ]
            governors = self._below(told)
        elif found.cue.relation == "responds-to":
            governors = [self.ends.at(noun) or self.ends.above(noun.head)]
        else:
            return  # "awaiting the result of the vote"
        if noun.dep_ in ("attr", "nsubj") and not any(governors):
            governors = [self.ends.at(noun)] if noun.dep_ == "nsubj" else []
        yield from self._pairs(found, governors, self._below(_inside(found)), carrier)

    # --- clauses and phrases

    def _by_adverb(self, found: Found, sentence: TokenSpan, previous: TokenSpan | None) -> Iterator[Hit]:
        """ "... X. In response, Y."."""
        if found.first.i != sentence.start or previous is None or _goes_on(found):
            return
        clause = (
            found.last.head if found.last.head.pos_ == "VERB" and found.last.head.i > found.last.i else sentence.root
        )
        governor = self.ends.below(clause) or self.ends.main(sentence)
        yield from self._pairs(found, [governor], [self._happened(self.ends.main(previous))], clause)

    def _by_conjunction(self, found: Found, sentence: TokenSpan, previous: TokenSpan | None) -> Iterator[Hit]:
        """ "Y because X"."""
        opening = found.last if found.last.dep_ == "mark" else found.first
        clause = opening.head
        if "aspect" in found.cue.when and not _gives_reason(clause):
            return
        adverbial = clause.dep_ == "advcl" or (clause.dep_ == "ccomp" and len(found.words) > 1)
        main = clause.head.head if clause.head.dep_ in ("attr", "acomp") else clause.head  # "was a response as"
        tied = main.pos_ in VERBS or self.ends.at(main)
        if opening.dep_ in ("mark", "advmod") and adverbial and tied:
            yield from self._pairs(found, [self.ends.above(main)], [self.ends.below(clause)], main)

    def _by_coordination(self, found: Found, sentence: TokenSpan, previous: TokenSpan | None) -> Iterator[Hit]:
        """ "X, so Y": of two clauses with a subject each, the one behind is the outcome of the one before."""
        clause = found.last.head
        if (
            clause.pos_ not in VERBS
            or clause.i < found.last.i
            or _before(found.first).text not in (",", ";", "and")
            or not _has_own_subject(clause)
        ):
            return
        before = [
            child for child in clause.lefts if child.dep_ in ("ccomp", "advcl", "parataxis") and child.i < found.first.i
        ]
        first = before[-1] if before else clause.head
        if first.pos_ in VERBS and first.i < found.first.i:
            yield from self._pairs(found, [self.ends.below(clause)], [self.ends.below(first)], clause)

    def _by_preposition(self, found: Found, sentence: TokenSpan, previous: TokenSpan | None) -> Iterator[Hit]:
        """ "Y because of X", "angered by X, ... Y"."""
        head = found.first.head
        having = found.first.pos_ == "VERB" and any(
            child.dep_ in ("aux", "auxpass", "nsubj") for child in found.first.children
        )
        speaking = self.ends.airy(head) and self.ends.at(head) is None  # "said in response to a question"
        if found.first.dep_ in NO_PHRASE or head.i in found.words or having or speaking:
            return  # "had given testimony"
        governor = self.ends.above(head)
        yield from self._pairs(found, [governor], self._below(_inside(found)), head)


def _goes_on(found: Found) -> bool:
    """Whether the words are but the beginning of a cue: "in response to"."""
    return bool(_inside(found)) or any(
        child.i == found.last.i + 1 and child.dep_ == "prep" for child in found.last.rights
    )


def _gives_reason(clause: Token) -> bool:
    """Whether a clause with "since" gives a reason, not a time: "boycotted it since the junta had banned them"."""
    return not is_perfect(clause.head) and (is_had(clause) or presents(clause))


def _before(token: Token) -> Token:
    return token.nbor(-1) if token.i else token


def _has_own_subject(verb: Token) -> bool:
    return any(child.dep_ in ("nsubj", "nsubjpass", "expl") for child in verb.children)


def _stands_for_another(noun: Token) -> bool:
    """Whether a noun is known and says nothing more of itself: "the move", not "the move to dismiss him"."""
    if not any(child.lower_ in DEFINITE for child in noun.children):
        return False
    return not any(
        child.dep_ in ("acl", "relcl") or (child.dep_ == "prep" and child.lower_ == "of") for child in noun.rights
    )


def _completing(found: Found) -> list[Token]:
    """What a verb of a cue, with its particle or preposition, is completed by."""
    verb, last = found.first, found.last
    if verb.i == last.i:
        about = [
            child for one in objects(verb) for child in one.children if child.dep_ == "acl" and child.tag_ == "VBN"
        ]
        left = about if verb.lemma_ in LEAVING else []  # "left the driver injured"
        return [*objects(verb), *left, *(child for child in verb.children if _is_complement(child))]
    inside = _inside(found)
    if inside:
        return inside
    if last.dep_ == "prt" or last.pos_ in ("NOUN", "ADJ"):
        behind = [*verb.children, *(last.children if last.pos_ == "ADJ" else ())]  # "made it possible to"
        return [*objects(verb), *(child for child in behind if _is_complement(child) and child.i > last.i)]
    return [c for c in verb.children if c.dep_ == "advcl" and any(m.i == last.i for m in c.children)]  # "came after"


def _is_complement(child: Token) -> bool:
    """Whether a child says what a verb brings about: "forced them to flee", however the parser labels it."""
    infinitive = child.dep_ == "advcl" and is_infinitive(child)
    return child.dep_ in CLAUSAL or infinitive


def _inside(found: Found) -> list[Token]:
    """The complements of a cue of one or more words (the parser hangs them on any of these)."""
    verbal = found.first.tag_ in ("VBG", "VBN") and found.cue.shape == "preposition"  # "fearing an attack"
    taken = COMPLEMENTS | {"dobj", "ccomp"} if verbal else COMPLEMENTS
    words = found.words
    heads = {found.first.i, found.last.i, *words} if found.last.i - found.first.i < 8 else {found.last.i}
    inside = [one for i in sorted(heads) for one in _introduced(found.last.doc[i], (), taken) if one.i not in words]
    return [one for one in inside if one.i > found.last.i]


def _introduced(word: Token, names: Sequence[str], taken: frozenset[str] = COMPLEMENTS) -> list[Token]:
    """What a word introduces, with what is coordinated to it; of the words with some names alone."""
    if names and word.lower_ not in names:
        return []
    return [one for child in word.children if child.dep_ in taken for one in conjuncts(child)]


def _out_of(found: Found, aim: Token) -> Token | None:
    """The word outside a cue and its aim that both hang on."""
    token = aim
    while token.head.i != token.i:
        token = token.head
        if token.i not in found.words and token.i != aim.i:
            return token
    return None
