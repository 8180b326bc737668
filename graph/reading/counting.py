"""What a number counts: killed, injured, held ..., by the verb, the adjective or the noun that it stands with."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

from msgspec import Struct

from ...schemas.types import Schema
from .parse import Token, TokenSpan
from .syntax import children, is_passive, objects, prepositions, subjects

Arguments = Mapping[int, Sequence[tuple[Token, str]]]

_COMPLEMENTS = frozenset({"acomp", "oprd", "xcomp", "ccomp", "attr", "advmod", "dobj", "dep"})
_STATES = frozenset({"be", "remain", "go", "lie", "become", "stay", "end", "leave"})
_TOLL_PREPOSITIONS = frozenset({"to", "at", "past", "above", "beyond", "of"})
_TOLD_OF = frozenset({"dobj", "attr", "acomp", "npadvmod", "oprd"})


class _Idiom(Struct, frozen=True):
    """A verb with a noun beside it, and what of them is counted: "with", "object" or "subject"."""

    of: str
    beside: frozenset[str]
    counts: str


class Counting:
    """The words of a schema that tell what a number counts."""

    def __init__(self, schema: Schema):
        raw = schema.raw.get("quantities", {})
        classes: dict[str, dict[str, Any]] = raw.get("classes", {})
        self.by = {
            place: {word: name for name, words in classes.items() for word in words.get(place, ())}
            for place in ("predicate", "object", "subject", "people", "crowd", "noun")
        }
        self.idioms: dict[str, list[_Idiom]] = defaultdict(list)
        for name, words in classes.items():
            for idiom in words.get("idioms", ()):
                for verb in idiom["verbs"]:
                    self.idioms[verb].append(_Idiom(name, frozenset(idiom["with"]), idiom["counts"]))
        self._people = _expanded(raw.get("people", ()), schema)
        self._collectives = _expanded(raw.get("collectives", ()), schema)
        self._weapons = _expanded(raw.get("weapons", ()), schema)
        self._armed = frozenset(raw.get("armed", ()))
        self._carriers = schema.lexicons.get("carriers", frozenset())
        self._tolls: dict[str, str] = raw.get("tolls", {})
        self.deadly = frozenset(raw.get("deadly", ()))
        self._rising = frozenset(raw.get("rising", ()))
        self._totals = frozenset(raw.get("totals", ()))
        self._unsure = frozenset(raw.get("unsure", ()))
        self._measures = frozenset(raw.get("measures", ()))

    def is_measure(self, noun: Token) -> bool:
        """Whether numbers before this noun measure: "six hours"."""
        return noun.lemma_.lower() in self._measures or noun.lower_ in self._measures

    def is_weapon(self, noun: Token) -> bool:
        """Whether a noun is of things to fight with."""
        lemma = noun.lemma_.lower()
        armed = lemma in self._carriers and any(child.lower_ in self._armed for child in noun.children)
        return armed or lemma in self._weapons

    def is_someone(self, noun: Token) -> bool:
        """Whether a noun is of one person: "a civilian", no "crowd" and no "second man"."""
        lemma = noun.lemma_.lower()
        if noun.tag_ != "NN" or lemma not in self._people or lemma in self._collectives:
            return False
        if any(child.dep_ == "nummod" or child.ent_type_ == "ORDINAL" for child in noun.lefts):
            return False
        return any(child.dep_ == "det" and child.lower_ in ("a", "an") for child in noun.lefts)

    def class_of(self, position: Token, counted: Token, number: TokenSpan, arguments: Arguments) -> str | None:
        """What is counted, or None: `position` stands in the clause for the number, `counted` is its noun."""
        bare = position.i < number.end
        if self._is_ones(position):
            return None
        if (bare or position.pos_ == "ADJ") and (said := self._behind(number[-1])):
            return said
        given = arguments.get(position.i, ())
        people = self._is_people(counted, bare)
        return (
            next((of for verb, role in given if (of := self.by_argument(verb, role, people))), None)
            or next((of for verb, role in given if (of := self._by_idiom(verb, role, counted, arguments))), None)
            or next((of for verb, role in given if (of := self._by_complement(verb, role))), None)
            or ("weapons" if self.is_weapon(counted) else None)
            or self._beside(position, counted)
            or (self.by["noun"].get(position.lemma_.lower()) if not bare else None)
            or self._by_toll(position)
        )

    def by_argument(self, verb: Token, role: str, people: bool) -> str | None:
        """What a verb or noun says of its argument: it is killed, it flees."""
        lemma = verb.lemma_.lower()
        if role == "of":
            return self.by["noun"].get(lemma) or self.by["object"].get(lemma) or self.by["people"].get(lemma)
        if role == "subject" and lemma in self.by["object"] and objects(verb):
            return None
        said = self.by[role].get(lemma)
        if said or not people:
            return said
        if role == "object":
            return self.by["people"].get(lemma)
        return None if objects(verb) or is_passive(verb) else self.by["crowd"].get(lemma)

    def _is_people(self, counted: Token, bare: bool) -> bool:
        named = counted.lemma_.lower() in self._people or counted.ent_type_ == "NORP"
        return named or (bare and counted.pos_ in ("NOUN", "NUM"))

    def _is_ones(self, number: Token) -> bool:
        """Whether a number belongs to somebody before it: "a mother of two"."""
        whose = number.head.head
        behind_of = number.dep_ == "pobj" and number.head.lower_ == "of"
        return behind_of and whose.lemma_.lower() in self._people - self._collectives

    def _behind(self, last: Token) -> str | None:
        """What the word right behind a number or noun says: "12 dead", "40 people wounded"."""
        if last.i + 1 >= len(last.doc):
            return None
        word = last.nbor(1)
        if word.pos_ == "VERB" and objects(word) and not is_passive(word) and word.tag_ != "VBN":
            return None
        return self.by["predicate"].get(word.lower_) if word.pos_ in ("ADJ", "VERB", "NOUN", "ADV") else None

    def _beside(self, position: Token, counted: Token) -> str | None:
        """What the words around a noun say: "20 people dead", "50 dead civilians"."""
        adjectives = (child.lower_ for child in counted.lefts if child.dep_ == "amod")
        return self._behind(position) or next((of for a in adjectives if (of := self.by["predicate"].get(a))), None)

    def _by_complement(self, verb: Token, role: str) -> str | None:
        """What completes a verb says of its object or passive subject: "shot dead", "are missing", "left homeless"."""
        lemma = verb.lemma_.lower()
        if role == "subject" and verb.tag_ == "VBG" and not objects(verb):  # the parser's verb in "are missing"
            return self.by["predicate"].get(verb.lower_)
        if lemma in self._unsure or not (role == "object" or lemma in _STATES):
            return None
        complements = [child for child in verb.children if child.dep_ in _COMPLEMENTS]
        return next((of for child in complements if (of := self.by["predicate"].get(child.lower_))), None)

    def _by_idiom(self, verb: Token, role: str, counted: Token, arguments: Arguments) -> str | None:
        """What a verb says with a noun beside it: "claimed 12 lives", "forced 12 from their homes"."""
        if role == "of":  # "the lives of 12"
            whose = arguments.get(verb.i, ())
            return next((of for outer, place in whose if (of := self._by_idiom(outer, place, verb, {}))), None)
        for idiom in self.idioms.get(verb.lemma_.lower(), ()):
            beside = [noun.lemma_.lower() for noun in _beside_verb(verb)]
            if idiom.counts == "with" and role == "object" and counted.lemma_.lower() in idiom.beside:
                return idiom.of
            if idiom.counts == role and not idiom.beside.isdisjoint(beside):
                return idiom.of
        return None

    def _by_toll(self, position: Token) -> str | None:
        return self.toll_of(toll) if (toll := self.toll_for(position)) is not None else None

    def toll_for(self, position: Token) -> Token | None:
        """The noun for how many, of which the number is told: "the death toll rose to 12"."""
        governor = position.head
        if position.dep_ == "pobj":
            if governor.lower_ not in _TOLL_PREPOSITIONS:
                return None
            governor = governor.head
        elif position.dep_ not in _TOLD_OF:
            return None
        near = [governor] if governor.pos_ == "NOUN" else [*subjects(governor), *objects(governor)]
        rises = position.pos_ == "NUM" and governor.lemma_.lower() in self._rising
        return next((noun for noun in near if noun.i != position.i and self.toll_of(noun, rises)), None)

    def toll_of(self, noun: Token, rises: bool = True) -> str | None:
        """What a noun for how many counts: "death toll", "number of wounded"; of what rises also "deaths"."""
        lemma = noun.lemma_.lower()
        if rises and noun.tag_ == "NNS" and lemma in self.by["noun"]:
            return self.by["noun"][lemma]
        if lemma in self._tolls:
            compound = " ".join((*(c.lower_ for c in noun.lefts if c.dep_ == "compound"), lemma))
            return self._tolls.get(compound, self._tolls[lemma])
        if lemma not in self._totals:
            return None
        for name, counted in prepositions(noun):
            if name == "of":
                words = [counted.lower_, *(child.lower_ for child in counted.children if child.dep_ in ("acl", "amod"))]
                said = next((of for word in words if (of := self.by["predicate"].get(word))), None)
                return said or self.by["noun"].get(counted.lemma_.lower())
        return None


def _beside_verb(verb: Token) -> Iterator[Token]:
    """The nouns that complete a verb, with and without a preposition, and its subject."""
    yield from (child for child in verb.children if child.dep_ in _COMPLEMENTS)
    yield from subjects(verb)
    for noun in [verb, *objects(verb)]:
        yield from (complement for _, complement in prepositions(noun))


def arguments_in(sentence: TokenSpan) -> dict[int, list[tuple[Token, str]]]:
    """Token index to the verbs it is object or subject of, and the nouns whose of-phrase it is."""
    found: dict[int, list[tuple[Token, str]]] = defaultdict(list)
    for token in sentence:
        if token.pos_ in ("VERB", "AUX"):
            for noun in _own_objects(token) or objects(token) or _shared_objects(token):
                found[noun.i].append((token, "object"))
            for noun in subjects(token):
                found[noun.i].append((token, "subject"))
        elif token.pos_ == "NOUN":
            for name, noun in prepositions(token):
                if name == "of":
                    found[noun.i].append((token, "of"))
    return found


def _own_objects(verb: Token) -> list[Token]:
    """The objects of a verb that the parser takes for a participle: "a strike on a school killed 30"."""
    reduced = (
        verb.tag_ == "VBN" and verb.dep_ == "acl" and not any(c.dep_ in ("auxpass", "agent") for c in verb.children)
    )
    return children(verb, frozenset({"dobj"})) if reduced else []


def _shared_objects(verb: Token) -> list[Token]:
    """The objects of a participle without an auxiliary: those of the passive before it ("were shot and killed")."""
    head = verb.head
    return (
        objects(head)
        if verb.dep_ == "conj"
        and verb.tag_ in ("VBN", "VBD")
        and is_passive(head)
        and not any(child.dep_ == "nsubj" for child in verb.children)
        else []
    )


def _expanded(words: Sequence[str], schema: Schema) -> frozenset[str]:
    """The words, those with $ as the list of lexicons that they name."""
    lists = [schema.lexicons.get(word[1:], frozenset()) if word[0] == "$" else {word} for word in words]
    return frozenset().union(*lists)


@lru_cache(maxsize=8)
def counting_of(schema: Schema) -> Counting:
    """The compiled words of a schema that tell what is counted."""
    return Counting(schema)
