"""Event mentions: verbs and nouns that announce an event of the schema.

A trigger is chosen by lemma and part of speech; of those whose conditions hold, the most demanding
wins. Attributive participles ("besieged city"), nouns inside names ("Security
Council") and nouns that only modify another ("strike victims") announce nothing.
"""

from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache

from ...schemas.types import Schema, Trigger
from ..types import UNTYPED, EventValue, Mention, Offsets
from . import unlisted
from .parse import Parse, Token, offsets
from .syntax import (
    MODIFIERS,
    is_bare,
    is_infinitive,
    measured,
    noun_phrase,
    objects,
    prepositions,
    regular_forms,
    subjects,
)

NAMES = frozenset({"ORG", "PERSON", "GPE", "FAC", "PRODUCT", "WORK_OF_ART", "LAW", "NORP"})
_AUXILIARIES = {"'ll": "will", "’ll": "will", "'d": "would", "’d": "would", "wo": "will", "ca": "can", "cannot": "can"}
OPEN = frozenset({"*", "to", "that", "ing"})  # values that hold for any word, and for any clause of a form
MANY = 1000
AROUND = 40  # how many words on either side are near
POS = {"VERB": "VERB", "NOUN": "NOUN", "PROPN": "NOUN", "ADJ": "ADJ"}


class Triggers:
    """A schema's triggers by (lemma, part of speech), most demanding first."""

    def __init__(self, schema: Schema):
        self.lexicons = schema.lexicons
        index: dict[tuple[str, str], list[Trigger]] = defaultdict(list)
        for trigger in reversed(schema.triggers):  # of equals a user's own comes before what it extends
            for lemma in trigger.lemmas:
                for form in (lemma, *regular_forms(lemma)) if trigger.pos == "VERB" else (lemma,):
                    index[form, trigger.pos].append(trigger)
        self.index = {key: sorted(triggers, key=self._demand) for key, triggers in index.items()}

    def _demand(self, trigger: Trigger) -> tuple[int, int]:
        """A sort key: more conditions first, then fewer words that meet them."""
        words = [word for wanted in trigger.when.values() for word in wanted]
        return (-len(trigger.when), sum(self._breadth(word) for word in words))

    def _breadth(self, word: str) -> int:
        """How many words a condition's value stands for."""
        if word in OPEN:
            return MANY
        return len(self.lexicons[word[1:]]) if word[0] == "$" else 1

    def of(self, token: Token) -> Trigger | None:
        """The trigger that this token is, or None."""
        candidates = self._candidates(token)
        if not candidates or not _announces(token):
            return None
        return next((trigger for trigger in candidates if self._fits(trigger, token)), None)

    def lists(self, token: Token) -> bool:
        """Whether some trigger has this word, whatever its company."""
        return bool(self._candidates(token))

    def _candidates(self, token: Token) -> list[Trigger] | None:
        pos = POS.get(token.pos_, "")
        return self.index.get((token.lemma_.lower(), pos)) or self.index.get((token.lower_, pos))

    def _fits(self, trigger: Trigger, token: Token) -> bool:
        return all(self._holds(name, wanted, token) for name, wanted in trigger.when.items()) and not any(
            self._holds(name, wanted, token) for name, wanted in trigger.unless.items()
        )

    def _holds(self, condition: str, wanted: tuple[str, ...], token: Token) -> bool:
        if condition == "topic":
            return len({word.lemma_.lower() for word in _nearby(token) if self._is(word, wanted)}) > 1
        return any(self._is(word, wanted) for found in CONDITIONS[condition](token) for word in self._filled(found))

    def _filled(self, found: "Token | str") -> "Iterator[Token | str]":
        """A word, and what stands before it if it says nothing of its own: "mediation efforts", "aid programme"."""
        yield found
        if not isinstance(found, str) and found.lemma_.lower() in self.lexicons.get("shells", ()):
            yield from (child for child in found.children if child.dep_ in MODIFIERS)

    def _is(self, found: "Token | str", wanted: tuple[str, ...]) -> bool:
        if isinstance(found, str):
            return found in wanted or "*" in wanted
        lemma = found.lemma_.lower()
        for word in wanted:
            if word == "*" or word == lemma or word == found.lower_:
                return True
            if word[0] == "$" and (lemma in self.lexicons[word[1:]] or found.lower_ in self.lexicons[word[1:]]):
                return True
            if word[0] == "@" and found.ent_type_ == word[1:]:
                return True
        return False


def _announces(token: Token) -> bool:
    """Whether a word of the right lemma stands where it can be an event."""
    if token.pos_ == "VERB":
        return token.dep_ not in ("amod", "compound")
    if token.pos_ == "PROPN" and token.ent_type_ in NAMES:
        return False
    return token.dep_ not in ("compound", "nmod", "npadvmod") or token.head.pos_ not in ("NOUN", "PROPN")


def _object_words(token: Token) -> list[Token]:
    found = objects(token) if token.pos_ == "VERB" else [noun for name, noun in prepositions(token) if name == "of"]
    return [word for one in found for word in measured(one)]


def _subject_words(token: Token) -> list[Token]:
    found = subjects(token) if token.pos_ == "VERB" else [c for c in token.children if c.dep_ == "poss"]
    return [word for one in found for word in measured(one)]


def _complements(token: Token) -> "list[Token | str]":
    """The kinds of clause that complete a word (`to`, `that`, `ing`), and the words that head them."""
    found: list[Token | str] = []
    for child in token.children:
        if child.dep_ not in ("xcomp", "ccomp", "acl", "advcl", "acomp", "relcl", "pcomp", "prep"):
            continue
        if is_infinitive(child):
            found += ["to", child]
        elif child.tag_ == "VBG":
            found += ["ing", child]
        elif child.dep_ in ("ccomp", "acl"):
            found += ["that", child]
        elif child.dep_ in ("xcomp", "acomp", "oprd"):
            found.append(child)
    return found


def _cause_words(token: Token) -> list[Token]:
    """What a happening is put down to by a preposition: "killed in the storm", "destroyed by fire"."""
    return [word for name, word in prepositions(token) if name in ("in", "by", "from", "during", "of", "out of")]


def _behind(token: Token) -> list[str]:
    """The preposition that a bare noun stands behind ("on strike"), or two of them ("out of the question")."""
    if token.dep_ != "pobj":
        return []
    first, before = token.head, token.head.head
    found = [first.lower_] if is_bare(token) else []
    return [*found, f"{before.lower_} {first.lower_}"] if before.pos_ in ("ADP", "ADV") else found


def _governor(token: Token) -> list[Token]:
    """The word that a word completes, through a preposition as well: "called off the strike", "voted for strikes"."""
    head = token.head.head if token.dep_ == "pobj" else token.head
    return [head] if head.i != token.i else []


def _doers(token: Token) -> list[Token]:
    """Who does what a noun names, by the verb that it completes: "nurses began a strike"."""
    if token.pos_ != "NOUN" or token.dep_ not in ("dobj", "pobj"):
        return []
    return [word for verb in _governor(token) if verb.pos_ == "VERB" for word in _subject_words(verb)]


def _auxiliaries(token: Token) -> list[str]:
    """A verb's auxiliaries, with "not" where it is negated: "will", "must not", "not"."""
    negated = any(child.dep_ == "neg" for child in token.children)
    found = [_AUXILIARIES.get(c.lower_, c.lemma_.lower()) for c in token.children if c.dep_ in ("aux", "auxpass")]
    return [f"{word} not" for word in found] + ["not"] if negated else found


def _clauses(token: Token) -> list[Token]:
    return [child for child in token.children if child.dep_ == "ccomp" and child.pos_ in ("VERB", "AUX")]


def _clause_words(token: Token) -> list[str]:
    """The auxiliaries of the clause that completes a word ("said they would not"), and what condition is in it.

    A clause in the subjunctive ("insisted that he leave") is told by that word, "would stop unless" by both of its own.
    """
    found = []
    for clause in _clauses(token):
        own = _auxiliaries(clause)
        inner = (word for child in clause.children if child.dep_ == "advcl" for word in child.children)
        marks = [word.lower_ for word in inner if word.dep_ == "mark"]
        found += [*own, *marks, *(f"{word} {mark}" for word in own for mark in marks)]
        if clause.tag_ == "VB" and not own:
            found.append("subjunctive")
    return found


def _clause_subjects(token: Token) -> list[Token]:
    return [c for clause in _clauses(token) for c in clause.children if c.dep_ in ("nsubj", "nsubjpass", "expl")]


def _nearby(token: Token) -> list[Token]:
    """The words around, which tell what it is about: an attack in a match, a strike of a union."""
    return list(token.doc[max(0, token.i - AROUND) : token.i + AROUND])


CONDITIONS = {
    "object": _object_words,
    "subject": _subject_words,
    "modifier": lambda token: [c for c in token.children if c.dep_ in MODIFIERS],
    "particle": lambda token: [c.lower_ for c in token.children if c.dep_ in ("prt", "advmod", "prep")],
    "preposition": lambda token: [c.lower_ for c in token.children if c.dep_ in ("prep", "agent", "dative")],
    "complement": _complements,
    "cause": _cause_words,
    "behind": _behind,
    "governor": _governor,
    "doer": _doers,
    "auxiliary": _auxiliaries,
    "clause": _clause_words,
    "clause_subject": _clause_subjects,
    "nearby": _nearby,
}


@lru_cache(maxsize=8)
def triggers_of(schema: Schema) -> Triggers:
    """The compiled triggers of a schema."""
    return Triggers(schema)


def find(parse: Parse, schema: Schema) -> list[Mention]:
    """Event mentions in text order, all asserted and undated: later steps say who, when and how sure.

    A mention's words are its trigger, one token; its rule is the trigger's id, or what the model says of a word that
    is no trigger.
    """
    triggers = triggers_of(schema)
    words = (token for sentence in parse.sentences for token in sentence)
    listed = {token.i: _mention(parse, token, trigger) for token in words if (trigger := triggers.of(token))}
    modelled = {
        one.token.i: _mention_of(parse, one.token, one.type, None, one.rule, one.confidence)
        for one in unlisted.find(parse, schema)
        if one.token.i not in listed
    }
    return [mention for _, mention in sorted({**modelled, **listed}.items())]


def mention_of(parse: Parse, token: Token, schema: Schema) -> Mention:
    """The event mention of a word that is known to tell of one: of its trigger's type, else of no type."""
    trigger = triggers_of(schema).of(token)
    return _mention(parse, token, trigger) if trigger else _mention_of(parse, token, UNTYPED, None, "given", 1.0)


def _mention(parse: Parse, token: Token, trigger: Trigger) -> Mention:
    return _mention_of(parse, token, trigger.type, trigger.mode, f"trigger:{trigger.id}", trigger.confidence)


def _mention_of(parse: Parse, token: Token, type: str, mode: str | None, rule: str, confidence: float) -> Mention:
    start, end = offsets(token)
    determiners = {child.lemma_.lower() for child in token.children if child.dep_ == "det"}
    particle = next((child.lower_ for child in token.children if child.dep_ == "prt"), None)
    seen = parse.seen.get(token.i)
    value = EventValue(
        lemma=" ".join(filter(None, (token.lemma_.lower(), particle))),
        trigger=(start, end),
        mode=mode,
        tense=tense(token),
        definite=bool(determiners & {"the", "this", "that"}),
        subject=_words(_subject_words(token)),
        object=_words(_object_words(token)),
        vector=seen.bytes if seen else None,
    )
    return parse.mention(start, end, "event", type, value, rule, confidence)


def _words(arguments: list[Token]) -> Offsets | None:
    return noun_phrase(arguments[0]) if arguments else None


def tense(token: Token, depth: int = 0) -> str | None:
    """past, present or future of a verb (a participle has that of the verb it hangs on); None for a noun."""
    if token.pos_ not in ("VERB", "AUX"):
        return None
    auxiliaries = {child.lower_ for child in token.children if child.dep_ in ("aux", "auxpass")}
    if auxiliaries & {"will", "shall", "'ll", "’ll", "wo"}:
        return "future"
    if token.tag_ == "VBD" or auxiliaries & {"was", "were", "had", "did", "has", "have", "'ve", "’ve", "been"}:
        return "past"
    if token.tag_ in ("VBZ", "VBP") or auxiliaries & {"is", "are", "am", "do", "does"}:
        return "present"
    if "to" in auxiliaries:
        return "future"
    if token.tag_ == "VBN" and token.dep_ in ("acl", "relcl"):
        return "past"
    return tense(token.head, depth + 1) if token.head.i != token.i and depth < 5 else None
