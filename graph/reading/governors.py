"""The schema's words that decide whether something happened, or name who says so (schemas/plover/status.yaml)."""

from collections.abc import Collection, Iterable, Iterator
from functools import lru_cache

from ...schemas.types import Schema
from .parse import Token
from .syntax import is_bare, regular_forms

BESIDE = frozenset({"parataxis", "advcl", "ccomp", "dep", "intj"})


class Governors:
    """Asks of a token whether one of the schema's word lists has it."""

    def __init__(self, schema: Schema):
        self.lists = {name: _forms(words) for name, words in schema.lexicons.items()}
        light = schema.lexicons.get("light", frozenset()) | {"be", "make"}
        tying = (c for c in schema.cues if c.shape == "verb" and c.relation in ("causes", "enables"))
        causing = {_causing(cue.words, light) for cue in tying}
        self.lists["implicative"] = self.lists.get("implicative", frozenset()) | _forms(causing)
        answering = (cue for cue in schema.cues if cue.shape == "purpose" and cue.relation == "responds-to")
        self.lists["answering"] = _forms(cue.words.split()[0] for cue in answering)

    def has(self, token: Token, *names: str) -> bool:
        """Whether one of these lists has the word, alone or with what belongs to it: "rule out", "take place"."""
        lemma = token.lemma_.lower()
        keys = {token.lower_, lemma, *(f"{lemma} {word}" for word in _behind(token)), *_before(token)}
        return any(not keys.isdisjoint(self.lists.get(name, ())) for name in names)

    def ties(self, token: Token, preposition: Token, name: str) -> bool:
        """Whether a list has the word with this preposition: "hint at", "sign off on"."""
        lemmas = [token.lemma_.lower(), *(f"{token.lemma_.lower()} {word}" for word in _behind(token))]
        return any(f"{lemma} {preposition.lower_}" in self.lists.get(name, ()) for lemma in lemmas)

    def inserted(self, clause: Token) -> Iterator[Token]:
        """The verbs of speech put into a clause: "the raid, police said, killed nine", "as police say"."""
        for verb in clause.children:
            if verb.dep_ not in BESIDE or not self.has(verb, "reporting", "claiming"):
                continue
            completed = any(child.dep_ in ("ccomp", "xcomp", "dobj", "mark") for child in verb.children)
            as_said = any(child.dep_ == "mark" and child.lower_ == "as" for child in verb.children)
            if as_said or (not completed and verb.dep_ != "advcl"):
                yield verb


def _causing(words: str, light: Collection[str]) -> str:
    """The verb of a cue, with the word behind it where it says little without: "give rise", "be behind"."""
    first, *rest = words.split()
    return f"{first} {rest[0]}" if rest and (first in light or len(rest) > 1) else first


def _behind(token: Token) -> Iterator[str]:
    """The particles of a verb and its bare object."""
    if token.pos_ in ("VERB", "AUX"):
        for child in token.rights:
            if child.dep_ in ("prt", "advmod", "acomp") or (child.dep_ == "dobj" and is_bare(child)):
                yield child.lower_


def _before(token: Token) -> Iterator[str]:
    """The noun with a word before it."""
    if token.pos_ == "NOUN":
        for child in token.lefts:
            if child.dep_ in ("amod", "compound"):
                yield f"{child.lower_} {token.lemma_.lower()}"


def _forms(words: Iterable[str]) -> frozenset[str]:
    """The words with their regular forms, for when the parser's lemma is wrong ("hopes" is no form of "hop")."""
    return frozenset(form for word in words for form in (word, f"{word}s", *regular_forms(word)))


@lru_cache(maxsize=8)
def governors_of(schema: Schema) -> Governors:
    """The compiled word lists of a schema."""
    return Governors(schema)
