"""A small trained model for the order of two events, with the encoder that all models share.

    model = OrderModel()                                   # once: reads graph/models/encoder and graph/models/order
    for likely in model.judge(parse, [(token, token), ...]):
        if likely is not None and likely.before > 0.8: ...

A pair is two tokens that carry events (`parse.head(mention)`), at most three or so sentences apart: the model
has learnt from verbs that happen, in one sentence or in neighbouring ones. What it was trained on, how well it
does and what it costs stands in graph/models/order/MODEL_CARD.md.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from msgspec import Struct, json

from . import network
from .network import CLOSE, MODEL, MODELS, OPEN, TOKENIZER, Pieces
from .order_features import features
from .order_windows import Window, windows
from .parse import Parse, Token

LABELS = ("before", "after", "equal", "vague")


class Likely(NamedTuple):
    """How likely the first event of a pair starts before, after or with the second, or the text leaves it open."""

    before: float
    after: float
    equal: float
    vague: float

    @property
    def label(self) -> str:
        """The likeliest of `before`, `after`, `equal` and `vague`."""
        return max(LABELS, key=lambda label: getattr(self, label))

    def turned(self) -> "Likely":
        """The same for the pair the other way round."""
        return Likely(self.after, self.before, self.equal, self.vague)


class Question(NamedTuple):
    """A pair in text order, for the model: the two pieces and the numbers of its features."""

    pieces: tuple[int, int]
    features: list[int]


def question(text: Pieces, first: Token, second: Token, known: dict[str, int]) -> Question:
    """What the model is asked about two tokens in text order; features it does not know are left out."""
    numbers = [known[name] for name in features(first, second) if name in known]
    return Question((text.at(first), text.at(second)), numbers)


def inputs(text: Pieces, window: Window, questions: Sequence[Question]) -> dict[str, np.ndarray]:
    """The arrays for one window; the type of a piece is 1 where an event stands that is asked about."""
    asked = [questions[number] for number in window.pairs]
    places = np.array([one.pieces for one in asked], dtype=np.int64) - window.start + 1
    ids = np.array([[OPEN, *text.ids[window.start : window.end], CLOSE]], dtype=np.int64)
    types = np.zeros_like(ids)
    types[0, places.ravel()] = 1
    numbers = np.zeros((len(asked), max(1, *(len(one.features) for one in asked))), dtype=np.int64)
    for row, one in enumerate(asked):
        numbers[row, : len(one.features)] = one.features
    return {"ids": ids, "types": types, "first": places[:, 0], "second": places[:, 1], "features": numbers}


class Names(Struct, frozen=True):
    """The file beside the model that numbers its features from 1 on."""

    features: list[str]


class OrderModel:
    """Judges pairs of events; deterministic, on one thread.

    Raises UsageError when onnxruntime or tokenizers are not installed, InputError when the model's files are missing.
    """

    def __init__(self, folder: Path = MODELS):
        network.check(folder / "order", (MODEL, "features.json"))
        self._encoder = network.session(folder / "encoder" / MODEL)
        self._tokenizer = network.tokenizer(folder / "encoder" / TOKENIZER)
        self._head = network.session(folder / "order" / MODEL)
        names = json.decode((folder / "order" / "features.json").read_bytes(), type=Names).features
        self._known = {name: number for number, name in enumerate(names, 1)}

    def __call__(self, parse: Parse, pairs: Sequence[tuple[Token, Token]]) -> list[dict[str, float] | None]:
        """The same as `judge` with plain mappings, as the step `order` asks for them."""
        return [likely and likely._asdict() for likely in self.judge(parse, pairs)]

    def judge(self, parse: Parse, pairs: Sequence[tuple[Token, Token]]) -> list[Likely | None]:
        """How likely each order is, for every pair of tokens; None where the two are one word or too far apart.

        A pair may be given either way round. Too far is more than 127 word pieces, about 100 words.
        """
        if not pairs:
            return []
        text = network.pieces(parse, self._tokenizer)
        ordered = [(a, b) if a.i <= b.i else (b, a) for a, b in pairs]
        questions = [question(text, a, b, self._known) for a, b in ordered]
        found: list[Likely | None] = [None] * len(pairs)
        for number, likely in self._answers(text, questions):
            turned = pairs[number][0].i > pairs[number][1].i
            found[number] = likely.turned() if turned else likely
        return found

    def _answers(self, text: Pieces, questions: Sequence[Question]) -> Iterator[tuple[int, Likely]]:
        """The answers to the questions that can be asked, by their number, a window at a time."""
        numbers = [number for number, one in enumerate(questions) if 0 <= one.pieces[0] < one.pieces[1]]
        asked = [questions[number] for number in numbers]
        for window in windows([one.pieces for one in asked], text.sentences, len(text.ids)):
            given = inputs(text, window, asked)
            places = np.concatenate((given["first"], given["second"]))
            (vectors,) = self._encoder.run(["vectors"], {**_parts(given, "ids", "types"), "asked": places})
            first, second = np.split(vectors, 2)
            (likely,) = self._head.run(["likely"], {"first": first, "second": second, **_parts(given, "features")})
            for pair, row in zip(window.pairs, likely.tolist(), strict=True):
                yield numbers[pair], Likely(*row)


def _parts(given: dict[str, np.ndarray], *names: str) -> dict[str, np.ndarray]:
    return {name: given[name] for name in names}
