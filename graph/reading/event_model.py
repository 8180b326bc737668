"""A small trained model that says which words tell of an event, of which type, and what they mean in their context.

    model = EventModel()                   # once: reads the files in graph/models/encoder and graph/models/events
    seen = model.look(parse).seen          # what it says of the words of an article, by the number of the token
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


class Encoded(NamedTuple):
    """A window as the encoder gives it: vectors of the pieces asked about, the mean, all pieces by the lower layers."""

    vectors: np.ndarray
    mean: np.ndarray
    lower: np.ndarray


class Window(NamedTuple):
    """A window's first piece, and what the lower layers say of its pieces and of the two around them."""

    start: int
    lower: np.ndarray

    def part(self, first: int, last: int) -> np.ndarray:
        """What they say of some pieces, numbered in the article, as though these were alone in the window."""
        inside = self.lower[1:-1][first - self.start : last - self.start]
        return np.concatenate((self.lower[:1], inside, self.lower[-1:]))


class Look(NamedTuple):
    """What the network sees in an article: its pieces, the lower layers of its windows, and what it says of words."""

    pieces: Pieces
    windows: list[Window]
    seen: dict[int, Seen]

    def lower(self, first: int, last: int) -> np.ndarray:
        """What the lower layers say of some pieces, as far as they stand in one window, and of the two around it."""
        window = self.windows[bisect_right(self.windows, first, key=lambda one: one.start) - 1]
        return window.part(first, last)


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

    def look(self, parse: Parse) -> Look:
        """What the network sees in an article, words by the number of their token."""
        text = network.pieces(parse, self._tokenizer)
        words = [(text.at(token), token.i) for token in parse.doc if is_word(token)]
        places = [piece for piece, _ in words]
        seen: dict[int, Seen] = {}
        lower = []
        for start, end in windows(text):
            inside = words[bisect_left(places, start) : bisect_left(places, end)]
            if inside:
                encoded = self._encode(text.ids[start:end], [piece - start + 1 for piece, _ in inside])
                lower.append(Window(start, encoded.lower[0]))
                seen |= {token: one for (_, token), one in zip(inside, self._seen(encoded), strict=True)}
        return Look(text, lower, seen)

    def pieces(self, parse: Parse) -> Pieces:
        """The word pieces of an article."""
        return network.pieces(parse, self._tokenizer)

    def lower(self, ids: list[int]) -> np.ndarray:
        """What the lower layers say of each piece of a window and of the two around them."""
        return self._encode(ids, []).lower[0]

    def sense(self, text: str, at: int) -> np.ndarray:
        """The sense of the word that starts at an offset of a short text."""
        encoding = self._tokenizer.encode(text, add_special_tokens=False)
        place = bisect_right([start for start, _ in encoding.offsets], at) - 1
        start = max(0, place - SIZE // 2)
        (seen,) = self._seen(self._encode(encoding.ids[start : start + SIZE], [place - start + 1]))
        return seen.sense

    def _encode(self, ids: list[int], numbers: list[int]) -> Encoded:
        """One window through the encoder, for the pieces with these numbers."""
        whole = np.array([[OPEN, *ids, CLOSE]], dtype=np.int64)
        given = {"ids": whole, "types": np.zeros_like(whole), "asked": np.array(numbers, dtype=np.int64)}
        return Encoded(*self._encoder.run(list(Encoded._fields), given))

    def _seen(self, encoded: Encoded) -> Iterator[Seen]:
        """What the heads say of the pieces that were asked about."""
        vectors = encoded.vectors
        given = {"vectors": vectors, "mean": encoded.mean}
        event, types, same = self._heads.run(["event", "type", "same"], given)
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
