"""A small trained model that says which words tell of an event, of which type, and what they mean in their context.

    model = EventModel()                   # once: reads the files in graph/models/encoder and graph/models/events
    seen = model.see(parse)                # what it says of the words of an article, by the number of the token
    seen[7].event, seen[7].type, seen[7].sure

One pass of the encoder over every article, in windows of whole sentences; the same encoder serves all models.
What it was trained on and how well it does stands in graph/models/events/MODEL_CARD.md. Deterministic, one thread.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
from msgspec import Struct, json

from ..types import UNIT
from . import network
from .network import CLOSE, MODEL, MODELS, OPEN, TOKENIZER, Pieces
from .parse import Parse, Token

SIZE = 126  # word pieces of a window, without the two around them
NO_WORDS = frozenset(("PUNCT", "SPACE", "SYM", "X"))


class Seen(NamedTuple):
    """What the model says of a word: how likely it tells of an event; the likeliest type, and how likely that is;
    its sense, for comparing types; and its vector, for comparing events (both of length one).
    """

    event: float
    type: str
    sure: float
    sense: np.ndarray
    vector: np.ndarray

    @property
    def bytes(self) -> bytes:
        """The vector as signed bytes, in parts of `UNIT`."""
        return np.round(self.vector * UNIT).astype(np.int8).tobytes()


class Names(Struct, frozen=True):
    """The file beside the model that names its types in order; the first is of none."""

    types: list[str]


class EventModel:
    """Says of every word of an article what `Seen` holds.

    Raises UsageError when onnxruntime or tokenizers are not installed, InputError when the model's files are missing.
    """

    def __init__(self, folder: Path = MODELS):
        network.check(folder / "events", (MODEL, "types.json"))
        self._encoder = network.session(folder / "encoder" / MODEL)
        self._tokenizer = network.tokenizer(folder / "encoder" / TOKENIZER)
        self._heads = network.session(folder / "events" / MODEL)
        self.types = json.decode((folder / "events" / "types.json").read_bytes(), type=Names).types

    def see(self, parse: Parse) -> dict[int, Seen]:
        """What the model says of each word of an article, by the number of its token."""
        text = network.pieces(parse, self._tokenizer)
        words = [(text.at(token), token.i) for token in parse.doc if is_word(token)]
        places = [piece for piece, _ in words]
        found: dict[int, Seen] = {}
        for start, end in windows(text):
            inside = words[bisect_left(places, start) : bisect_left(places, end)]
            if inside:
                numbers = [piece - start + 1 for piece, _ in inside]
                seen = self._run(text.ids[start:end], numbers)
                found |= {token: one for (_, token), one in zip(inside, seen, strict=True)}
        return found

    def sense(self, text: str, at: int) -> np.ndarray:
        """The sense of the word that starts at an offset of a short text."""
        encoding = self._tokenizer.encode(text, add_special_tokens=False)
        place = bisect_right([start for start, _ in encoding.offsets], at) - 1
        start = max(0, place - SIZE // 2)
        (seen,) = self._run(encoding.ids[start : start + SIZE], [place - start + 1])
        return seen.sense

    def _run(self, ids: list[int], numbers: list[int]) -> Iterator[Seen]:
        """One window through the encoder and the heads."""
        whole = np.array([[OPEN, *ids, CLOSE]], dtype=np.int64)
        given = {"ids": whole, "types": np.zeros_like(whole), "asked": np.array(numbers, dtype=np.int64)}
        vectors, mean = self._encoder.run(["vectors", "mean"], given)
        event, types, same = self._heads.run(["event", "type", "same"], {"vectors": vectors, "mean": mean})
        senses = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
        best = types.argmax(1)
        for row, type in enumerate(best.tolist()):
            yield Seen(float(event[row]), self.types[type], float(types[row, type]), senses[row], same[row])


@lru_cache(maxsize=1)
def event_model() -> EventModel:
    """The model that ships with newsloom, read once."""
    return EventModel()


def is_word(token: Token) -> bool:
    """Whether a token can be asked about."""
    return token.pos_ not in NO_WORDS and any(character.isalpha() for character in token.text)


def windows(text: Pieces, size: int = SIZE, first: int = 0) -> list[tuple[int, int]]:
    """The stretches of pieces that the encoder sees at once: as many whole sentences as fit, a longer one in parts.

    `first` is the sentence that the first full window starts with; what stands before it is a window of its own.

    >>> windows(Pieces(list(range(40)), [], [0, 12, 25]), size=28)
    [(0, 25), (25, 40)]
    """
    openings = text.sentences
    count = len(text.ids)
    start = openings[first] if first < len(openings) else 0
    found = [(max(0, start - size), start)] if first and start else []
    while start < count:
        end = _end(openings, start, count, size)
        found.append((start, end))
        start = end
    return found


def _end(openings: Sequence[int], start: int, count: int, size: int) -> int:
    if count - start <= size:
        return count
    last = openings[bisect_right(openings, start + size) - 1] if openings else 0
    return last if last > start else start + size
