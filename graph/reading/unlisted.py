"""Events in words that no trigger lists: the trained model says which words tell of one, and of which type.

A type of the schema with `examples` and no training is given to the words whose sense is nearest to theirs.
"""

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from ...schemas.types import Schema
from ..types import UNTYPED
from .event_model import EventModel, Seen
from .parse import Parse, Token

TELLS = 0.5  # how likely a word must tell of an event
SURE = 0.7  # how likely its type must be
TELLING = frozenset(("VERB", "NOUN", "ADJ", "AUX", "PROPN", "ADV"))  # parts of speech of words that can tell of one
NEAR = 0.5  # how near its sense must lie to an example's


class Found(NamedTuple):
    """A word that tells of an event: the type, what said so, and how sure it is."""

    token: Token
    type: str
    rule: str
    confidence: float


def find(parse: Parse, schema: Schema) -> Iterator[Found]:
    """The words behind the dateline that the model takes for events, with a type that the schema has."""
    exemplars = exemplars_of(schema, parse.model) if parse.model else None
    for sentence in parse.sentences:
        for token in sentence:
            seen = parse.seen.get(token.i)
            if seen is not None and seen.event >= TELLS and token.pos_ in TELLING:
                found = _typed(token, seen, exemplars, schema)
                if found is not None:
                    yield found


def _typed(token: Token, seen: Seen, exemplars: "Exemplars | None", schema: Schema) -> Found | None:
    near = exemplars.nearest(seen.sense) if exemplars else None
    if near is not None and near[1] >= NEAR:
        return Found(token, near[0], f"example:{near[0]}", round(near[1], 2))
    if seen.type != UNTYPED and seen.type in schema.event_types and seen.sure >= SURE:
        return Found(token, seen.type, f"model:{seen.type}", round(seen.event * seen.sure, 2))
    if UNTYPED in schema.event_types:
        return Found(token, UNTYPED, "model:event", round(seen.event, 2))
    return None


class Exemplars:
    """The senses of the example sentences of a schema's types."""

    def __init__(self, types: list[str], senses: np.ndarray):
        self.types = types
        self.senses = senses

    def nearest(self, sense: np.ndarray) -> tuple[str, float] | None:
        """The type of the nearest example, and how near it is (cosine), or None where there are no examples."""
        if not self.types:
            return None
        likeness = self.senses @ sense
        best = int(likeness.argmax())
        return self.types[best], float(likeness[best])


@lru_cache(maxsize=8)
def exemplars_of(schema: Schema, model: EventModel) -> Exemplars:
    """The example sentences of a schema as the model sees them."""
    pairs = [(name, text) for name, type in schema.event_types.items() for text in type.examples]
    senses = [model.sense(text.replace("**", ""), text.index("**")) for _, text in pairs]
    return Exemplars([name for name, _ in pairs], np.stack(senses) if senses else np.zeros((0, 1)))
