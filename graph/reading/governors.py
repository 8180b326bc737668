"""The schema's words that decide whether something happened, or name who says so (schemas/plover/status.yaml)."""

from collections.abc import Iterable
from functools import lru_cache

from ...schemas.types import Schema
from .parse import Token
from .syntax import regular_forms


class Governors:
    """Asks of a token whether one of the schema's word lists has it."""

    def __init__(self, schema: Schema):
        self.lists = {name: _forms(words) for name, words in schema.lexicons.items()}
        causing = {cue.words.split()[0] for cue in schema.cues if cue.shape == "verb" and cue.relation != "prevents"}
        self.lists["implicative"] = self.lists.get("implicative", frozenset()) | _forms(causing)
        self.lists["answering"] = _forms(cue.words.split()[0] for cue in schema.cues if cue.shape == "purpose")

    def has(self, token: Token, *names: str) -> bool:
        """Whether one of these lists has the word, or the verb with its particle."""
        keys = {token.lower_, token.lemma_.lower()}
        if token.pos_ in ("VERB", "AUX"):
            behind = [child.lower_ for child in token.children if child.dep_ in ("prt", "advmod")]
            keys |= {f"{token.lemma_.lower()} {particle}" for particle in behind}
        return any(not keys.isdisjoint(self.lists.get(name, ())) for name in names)


def _forms(words: Iterable[str]) -> frozenset[str]:
    """The words with their regular forms, for when the parser's lemma is wrong ("hopes" is no form of "hop")."""
    return frozenset(form for word in words for form in (word, f"{word}s", *regular_forms(word)))


@lru_cache(maxsize=8)
def governors_of(schema: Schema) -> Governors:
    """The compiled word lists of a schema."""
    return Governors(schema)
