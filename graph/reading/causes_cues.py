"""The schema's causal cues, and where they stand in a sentence.

The words of a cue follow one another; before its nouns an article, an adjective or a possessive may stand between them
("in direct response to", "with the stated aim of"). What does is kept: it can say that the tie is only alleged.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import lru_cache

from msgspec import Struct

from ...schemas.types import Cue, EventType, Schema
from ..types import UNTYPED, EventValue, Mention
from .parse import Token, TokenSpan

VERBS = ("VERB", "AUX")
ARTICLES = frozenset({"a", "an", "the"})
BETWEEN = ("DET", "ADJ", "PRON", "ADV")  # what may stand before the nouns of a cue
MOST_BETWEEN = 3
PARTICLES = frozenset({"prt", "prep", "agent", "advmod"})
BY_LEMMA = {"verb": VERBS, "object": VERBS, "purpose": VERBS, "noun": ("NOUN",)}  # shapes whose first word is inflected


class Found(Struct, frozen=True):
    """A cue in a sentence: its first and last token, and what stands between its words."""

    cue: Cue
    first: Token
    last: Token
    between: tuple[Token, ...] = ()

    @property
    def words(self) -> range:
        """The numbers of its tokens."""
        return range(self.first.i, self.last.i + 1)


class Cues:
    """A schema's cues by their first word, the longest first, and what the rules of causes ask of its types."""

    def __init__(self, schema: Schema):
        self.lexicons = schema.lexicons
        self.types: Mapping[str, EventType] = schema.event_types
        self.verbal = {name for name, event_type in schema.event_types.items() if event_type.is_verbal}
        self.index: dict[tuple[str, str], list[tuple[Cue, list[str]]]] = defaultdict(list)
        self.conditions: dict[str, dict[str, frozenset[str]]] = {}
        for cue in sorted(schema.cues, key=lambda c: -len(c.words.split())):
            first, *rest = (word for word in cue.words.lower().split() if word not in ARTICLES)
            how = "lemma" if cue.shape in BY_LEMMA else "word"
            self.index[how, first].append((cue, rest))
            self.conditions[cue.id] = {name: frozenset(self._meant(words)) for name, words in cue.when.items()}

    def words(self, name: str) -> frozenset[str]:
        """The words of one of the schema's lists."""
        return self.lexicons.get(name, frozenset())

    def of(self, token: Token, sentence: TokenSpan) -> Iterator[Found]:
        """The cues that begin with a token, the longest first; of those of the same words all."""
        for cue, rest in self.index.get(("lemma", token.lemma_.lower()), ()):
            if token.pos_ in BY_LEMMA[cue.shape]:
                found = _following(cue, token, rest, sentence) or _apart(cue, token, rest)
                if found is not None:
                    yield found
        for cue, rest in self.index.get(("word", token.lower_), ()):
            found = _following(cue, token, rest, sentence)
            if found is not None:
                yield found

    def holds(self, cue: Cue, side: str, event: Mention) -> bool:
        """Whether an event may stand on a side of a cue: by its type, a broader one, its quad class, or its status."""
        wanted = self.conditions[cue.id].get(side)
        if not wanted:
            return True
        assert isinstance(event.value, EventValue)
        return event.value.factuality in wanted or not wanted.isdisjoint(self.kinds(event.type))

    def kinds(self, type: str) -> set[str]:
        """A type with all that are broader than it, and its quad class."""
        found: set[str] = set()
        name: str | None = type
        while name is not None and name in self.types and name not in found:
            found |= {name, self.types[name].quad or name}
            name = self.types[name].extends
        return found

    def does(self, type: str) -> bool:
        """Whether somebody does what is of this type: a storm, a death are done by nobody; nor is what has no type."""
        known = self.types.get(type)
        return known is not None and known.quad is not None and type != UNTYPED

    def _meant(self, words: tuple[str, ...]) -> Iterator[str]:
        """The types, quad classes and statuses of a condition; `$name` stands for the types that a word list names."""
        for word in words:
            if word.startswith("$"):
                yield from (name.upper() for name in self.words(word[1:]))
            else:
                yield word


def _following(cue: Cue, token: Token, rest: list[str], sentence: TokenSpan) -> Found | None:
    """The cue where its other words follow its first one."""
    last, between = token, []
    for word in rest:
        skipped = []
        position = last.i + 1
        while position < sentence.end and token.doc[position].lower_ != word:
            skipped.append(token.doc[position])
            position += 1
            if len(skipped) > MOST_BETWEEN or skipped[-1].pos_ not in BETWEEN:
                return None
        if position >= sentence.end or (skipped and token.doc[position].pos_ not in ("NOUN", "ADJ")):
            return None
        between += skipped
        last = token.doc[position]
    return Found(cue, token, last, tuple(between))


def _apart(cue: Cue, verb: Token, rest: list[str]) -> Found | None:
    """The cue where the particle or preposition of its verb stands apart: "set it off", "blamed it on"."""
    apart = [next((c for c in verb.children if c.dep_ in PARTICLES and c.lower_ == word), None) for word in rest]
    if not apart or apart[-1] is None or None in apart:
        return None
    return Found(cue, verb, apart[-1])


@lru_cache(maxsize=8)
def cues_of(schema: Schema) -> Cues:
    """The compiled cues of a schema."""
    return Cues(schema)
