"""A small trained model for whether one event causes another, also sentences apart, with no cue between them.

    model = CauseModel()                                   # once: reads graph/models/cause_pairs
    for likely in model.judge(parse, [(token, token), ...]):
        if likely is not None and likely.causes > 0.8: ...

A pair is two tokens that carry events (`parse.head(mention)`). The model judges an article as a whole: give it all
pairs that matter at once, for what it says of one depends on the other events that it is asked about. What it was
trained on, how well it does and from where on it can be believed stands in graph/models/cause_pairs/MODEL_CARD.md.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from msgspec import Struct, json

from . import network
from .causal_tagger import causal_tagger
from .cause_features import Events
from .event_model import event_model
from .network import MODELS
from .parse import Parse, Token

USUAL = 0.25  # how much of what is usual in an article is taken off before a pair is taken for a link
FILES = ("net.onnx", "trees.onnx", "thresholds.json")


class Likely(NamedTuple):
    """How likely the first event of a pair causes the second, is caused by it, or neither; and the model's verdict.

    `linked` is whether it takes the two for cause and effect, whichever way. That goes by how likely it is beside the
    other pairs of the article (`standing`): below one half, lower across sentences, and higher where much looks causal.
    """

    causes: float
    caused: float
    neither: float
    linked: bool

    def turned(self) -> "Likely":
        """The same for the pair the other way round."""
        return Likely(self.caused, self.causes, self.neither, self.linked)


class Thresholds(Struct, frozen=True):
    """From which standing on two events of one sentence, or across sentences, are taken for cause and effect."""

    same: float
    across: float


class CauseModel:
    """Judges pairs of events; deterministic, on one thread.

    Raises UsageError when onnxruntime is not installed, InputError when the model's files are missing.
    """

    def __init__(self, folder: Path = MODELS):
        own = folder / "cause_pairs"
        network.check(own, FILES)
        self._net = network.session(own / "net.onnx")
        self._trees = network.session(own / "trees.onnx")
        self.thresholds = json.decode((own / "thresholds.json").read_bytes(), type=Thresholds)

    def judge(self, parse: Parse, pairs: Sequence[tuple[Token, Token]]) -> list[Likely | None]:
        """How likely each is the other's cause, for every pair of tokens; None where the two are one word.

        A pair may be given either way round.
        """
        found: list[Likely | None] = [None] * len(pairs)
        asked = [number for number, (a, b) in enumerate(pairs) if a.i != b.i]
        if not asked:
            return found
        if parse.model is None:
            parse = Parse(parse.article, parse.doc, event_model())
        tokens = [token for number in asked for token in pairs[number]]
        events = Events(parse, tokens, parse.tagger or causal_tagger())
        places = [sorted(events.place[token.i] for token in pairs[number]) for number in asked]
        for number, likely in zip(asked, self._answers(events, places), strict=True):
            turned = pairs[number][0].i > pairs[number][1].i
            found[number] = likely.turned() if turned else likely
        return found

    def _answers(self, events: Events, places: Sequence[Sequence[int]]) -> Iterator[Likely]:
        """The answers for pairs of places in text order: the mean of what the trees and the networks say."""
        first, second = np.array(places, dtype=np.int64).T
        same = events.same_sentence(first, second)
        given = {
            "senses": events.senses,
            "numbers": events.numbers(first, second),
            "first": first,
            "second": second,
        }
        grown = dict(zip(("same", "across"), self._trees.run(["same", "across"], given), strict=True))
        score = np.where(same, grown["same"][:, 0], grown["across"][:, 0])
        (net,) = self._net.run(["likely"], {**given, "likeness": events.likeness, "same": same})
        sure = (1 / (1 + np.exp(-score)) + 1 - net[:, 0]) / 2
        causes = sure * net[:, 1] / (net[:, 1] + net[:, 2])
        limits = np.where(same, self.thresholds.same, self.thresholds.across)
        linked = standing(sure, same) >= limits
        for row in zip(causes.tolist(), sure.tolist(), linked.tolist(), strict=True):
            yield Likely(row[0], row[1] - row[0], 1 - row[1], row[2])


def standing(sure: np.ndarray, same: np.ndarray) -> np.ndarray:
    """How likely pairs are (as log odds), less a part of what is usual for the article's pairs of their kind.

    `same` tells the pairs of one sentence from those across sentences.

    >>> standing(np.array([0.5, 0.5]), np.array([True, False])).tolist()
    [0.0, 0.0]
    """
    certain = np.clip(sure, 1e-5, 1 - 1e-5)
    score = np.log(certain / (1 - certain))
    usual = np.zeros_like(score)
    for kind in (same, ~same):
        if kind.any():
            usual[kind] = score[kind].mean()
    return score - USUAL * usual
