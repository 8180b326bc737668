"""Event mentions: verbs and nouns that announce an event of the schema.

A trigger is chosen by lemma and part of speech; of those whose conditions hold, the most demanding
wins. Attributive participles ("besieged city"), nouns inside names ("Security
Council") and nouns that only modify another ("strike victims") announce nothing.
"""

from collections import defaultdict
from functools import lru_cache

from ...schemas.types import Schema, Trigger
from ..types import EventValue, Mention, Offsets
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
        breadth = sum(len(self.lexicons[word[1:]]) if word[0] == "$" else 1 for word in words)
        return (-len(trigger.when), breadth)

    def of(self, token: Token) -> Trigger | None:
        """The trigger that this token is, or None."""
        pos = POS.get(token.pos_)
        if pos is None:
            return None
        candidates = self.index.get((token.lemma_.lower(), pos)) or self.index.get((token.lower_, pos))
        if not candidates or not _announces(token):
            return None
        return next((trigger for trigger in candidates if self._fits(trigger, token)), None)

    def _fits(self, trigger: Trigger, token: Token) -> bool:
        return all(self._holds(name, wanted, token) for name, wanted in trigger.when.items()) and not any(
            self._holds(name, wanted, token) for name, wanted in trigger.unless.items()
        )

    def _holds(self, condition: str, wanted: tuple[str, ...], token: Token) -> bool:
        return any(self._is(found, wanted) for found in CONDITIONS[condition](token))

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
    return [word for name, word in prepositions(token) if name in ("in", "by", "from", "during", "of")]


def _behind(token: Token) -> list[str]:
    """The preposition that a bare noun stands behind: "on strike", "under siege"."""
    return [token.head.lower_] if token.dep_ == "pobj" and is_bare(token) else []


CONDITIONS = {
    "object": _object_words,
    "subject": _subject_words,
    "modifier": lambda token: [c for c in token.children if c.dep_ in MODIFIERS],
    "particle": lambda token: [c.lower_ for c in token.children if c.dep_ in ("prt", "advmod", "prep")],
    "preposition": lambda token: [c.lower_ for c in token.children if c.dep_ in ("prep", "agent", "dative")],
    "complement": _complements,
    "cause": _cause_words,
    "behind": _behind,
}


@lru_cache(maxsize=8)
def triggers_of(schema: Schema) -> Triggers:
    """The compiled triggers of a schema."""
    return Triggers(schema)


def find(parse: Parse, schema: Schema) -> list[Mention]:
    """Event mentions in text order, all asserted and undated: later steps say who, when and how sure.

    A mention's words are its trigger, one token; its rule is the trigger's id.
    """
    triggers = triggers_of(schema)
    found = []
    for sentence in parse.sentences:
        for token in sentence:
            trigger = triggers.of(token)
            if trigger is not None:
                found.append(_mention(parse, token, trigger))
    return found


def _mention(parse: Parse, token: Token, trigger: Trigger) -> Mention:
    start, end = offsets(token)
    determiners = {child.lemma_.lower() for child in token.children if child.dep_ == "det"}
    particle = next((child.lower_ for child in token.children if child.dep_ == "prt"), None)
    value = EventValue(
        lemma=" ".join(filter(None, (token.lemma_.lower(), particle))),
        trigger=(start, end),
        mode=trigger.mode,
        tense=tense(token),
        definite=bool(determiners & {"the", "this", "that"}),
        subject=_words(_subject_words(token)),
        object=_words(_object_words(token)),
    )
    return parse.mention(start, end, "event", trigger.type, value, f"trigger:{trigger.id}", trigger.confidence)


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
