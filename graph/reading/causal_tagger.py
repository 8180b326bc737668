"""A small trained model that finds causes in a sentence: whether it tells of any; the words of cause, effect, signal.

    tagger = CausalTagger()                       # once: reads graph/models/causes
    told = tagger.tell(parse, sentence)           # of some tokens that belong together
    told.causal, [(one.cause, one.effect, one.signals, one.sure) for one in told.relations]

It stands on the lower layers of the encoder that all models share. Cause and effect
nearly always meet: a relation is known by its junction, the word at which the second of them starts, and by which of
the two that is; from there it looks for where the first starts and ends, where the second ends, and for the signal.
What it was trained on and how well it does stands in graph/models/causes/MODEL_CARD.md. Deterministic, one thread.
"""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from ..types import Offsets
from . import network
from .network import MODEL, MODELS
from .parse import Parse, Token, TokenSpan

SIGNAL = 0.5  # how likely a word must belong to the signal
ALIKE = 0.5  # from this overlap of both parts on two relations are one
MOST = 6  # relations of a sentence, at most
LEAST = 3  # pieces of a sentence that can tell of a cause


class Junction(NamedTuple):
    """The piece at which the second part of a relation starts, and whether that is the cause."""

    piece: int
    cause_second: bool


class Reach(NamedTuple):
    """The pieces of the first part, of the second, and of the signals, half-open."""

    first: Offsets
    second: Offsets
    signals: tuple[Offsets, ...]


class Told(NamedTuple):
    """One causal relation: the characters of its cause, its effect and what signals it, and how sure it is."""

    cause: Offsets
    effect: Offsets
    signals: tuple[Offsets, ...]
    sure: float

    def record(self) -> dict[str, Any]:
        """The relation in the form of the Causal News Corpus."""
        cause, effect, *signals = ({"start": a, "end": b} for a, b in (self.cause, self.effect, *self.signals))
        return {"cause": cause, "effect": effect, "signals": signals}


class Sentence(NamedTuple):
    """How likely a sentence tells of a cause, and the relations in it, the likeliest first."""

    causal: float
    relations: tuple[Told, ...]


class CausalTagger:
    """Finds the causal relations of sentences.

    Raises UsageError when onnxruntime is not installed, InputError when the model's files are missing.
    """

    def __init__(self, folder: Path = MODELS):
        self._heads = network.session(folder / "causes" / MODEL)

    def tell(self, parse: Parse, span: TokenSpan) -> Sentence:
        """What some tokens, a sentence, tell of causes."""
        look = parse.look
        if look is None:
            return Sentence(0.0, ())
        first, last = look.pieces.at(span[0]), look.pieces.after(span[-1])
        words = [parse.token_at(start) for start in look.pieces.starts[max(0, first) : last]]
        if first < 0 or len(words) < LEAST:
            return Sentence(0.0, ())
        lower = look.lower(first, last)
        causal, likely, reaches = self._heads.run(["causal", "likely", "reaches"], {"lower": lower[None]})
        found = decode(likely, reaches, [word.i for word in words[: len(likely)]])
        return Sentence(float(causal[0]), tuple(told(one, words) for one in found))


@lru_cache(maxsize=1)
def causal_tagger() -> CausalTagger:
    """The model that ships with newsloom, read once."""
    return CausalTagger()


class Decoded(NamedTuple):
    """A relation in pieces, and how sure it is."""

    junction: Junction
    reach: Reach
    sure: float

    @property
    def cause(self) -> Offsets:
        """The pieces of the cause."""
        return self.reach.second if self.junction.cause_second else self.reach.first

    @property
    def effect(self) -> Offsets:
        """The pieces of the effect."""
        return self.reach.first if self.junction.cause_second else self.reach.second


def decode(likely: np.ndarray, reaches: np.ndarray, words: Sequence[int]) -> list[Decoded]:
    """The relations of a sentence, the likeliest first.

    `likely` (pieces x 2) is how likely each piece is a junction with the effect or the cause second; `reaches`
    (pieces x 2 x pieces x 4) scores the start and the end of the first part, the end of the second, the signal;
    `words` numbers the word of each piece, for a span holds whole words.
    """
    numbers = np.asarray(words)
    opens = np.append(True, numbers[1:] != numbers[:-1])
    closes = np.append(numbers[1:] != numbers[:-1], True)
    found: list[Decoded] = []
    for place in np.argsort(-likely, axis=None, kind="stable")[: 3 * MOST]:
        piece, side = divmod(int(place), 2)
        sure = float(likely[piece, side])
        if opens[piece] and piece and len(found) < MOST:
            one = Decoded(Junction(piece, bool(side)), _reach(reaches[piece, side], piece, opens, closes), sure)
            if not any(_are_one(one, other) for other in found):
                found.append(one)
    return found


def _reach(scores: np.ndarray, piece: int, opens: np.ndarray, closes: np.ndarray) -> Reach:
    """The likeliest parts around a junction: the first ends before it, the second starts at it."""
    starts = np.where(opens, scores[:, 0], -np.inf)[:piece]
    ends = np.where(closes, scores[:, 1], -np.inf)[:piece]
    best = np.maximum.accumulate(starts)
    end = int((best + ends).argmax())
    start = int(starts[: end + 1].argmax())
    last = piece + int(np.where(closes, scores[:, 2], -np.inf)[piece:].argmax())
    return Reach((start, end + 1), (piece, last + 1), tuple(_runs(scores[:, 3] > np.log(SIGNAL / (1 - SIGNAL)))))


def _runs(marked: np.ndarray) -> Iterator[Offsets]:
    """The stretches of what is marked, half-open."""
    edges = np.flatnonzero(np.diff(np.concatenate(([0], marked.astype(np.int8), [0]))))
    yield from zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True)


def _are_one(one: Decoded, other: Decoded) -> bool:
    """Whether two relations are about the same parts, whichever of them is the cause."""
    ways = ((other.reach.first, other.reach.second), (other.reach.second, other.reach.first))
    return any(min(_overlap(one.reach.first, a), _overlap(one.reach.second, b)) > ALIKE for a, b in ways)


def _overlap(a: Offsets, b: Offsets) -> float:
    """What two stretches share of all that they cover, 0 to 1."""
    shared = min(a[1], b[1]) - max(a[0], b[0])
    return max(0, shared) / (max(a[1], b[1]) - min(a[0], b[0]))


def told(one: Decoded, words: Sequence[Token]) -> Told:
    """A relation in characters."""

    def characters(pieces: Offsets) -> Offsets:
        last = words[pieces[1] - 1]
        return words[pieces[0]].idx, last.idx + len(last.text)

    return Told(characters(one.cause), characters(one.effect), tuple(map(characters, one.reach.signals)), one.sure)
