"""How likely two event mentions tell of one event: a small trained score whose features are the reasons.

    judge = Sameness(scene)
    judge.of(one, other).score  # 0.93
    judge.reason(judge.of(one, other))  # "same words, shared agent, like sentences"

Logistic regressions, for mentions of the same word, of words of one family, and of other words, each with and without
the vectors of the event model. They were trained on articles that cover one happening (models/same/MODEL_CARD.md).
"""

import json
import math
from collections.abc import Mapping, Set
from functools import lru_cache
from operator import mul
from pathlib import Path
from typing import NamedTuple

from msgspec import Struct

from ..types import UNIT
from . import cases
from .cases import Case, Scene
from .coverage import Vector, cosine
from .telling import Told
from .wordkin import one_root

WEIGHTS = Path(__file__).parents[1] / "models" / "same" / "weights.json"
FAR = 10  # sentences
NO_VECTOR = ", no vector"
TOLD = 4  # reasons in words
IN_WORDS = {  # features to words, those that a reader can check
    "lemma": "same words",
    "type": "same type",
    "manner": "same manner",
    "agent": "shared agent",
    "recipient": "shared recipient",
    "crossed": "shared actor",
    "subject": "subjects alike",
    "object": "objects alike",
    "place": "same place",
    "day": "same day",
    "number": "same number",
    "sentence": "sentences alike",
    "beside": "words beside alike",
    "article": "articles alike",
    "vector": "meaning alike",
}

FEATURES = (
    *("lemma", "rarity", "share", "several", "verbs", "noun and verb", "says", "both definite"),
    *("type", "other type", "no type", "manner", "other manner", "other status"),
    *("agent", "recipient", "crossed", "other agent", "other recipient", "other people"),
    *("subject", "object", "other subject", "other object", "other clause", "crossed phrases"),
    "in each other's sentence",
    *("place", "other place", "day", "days allow", "other day", "number", "other number"),
    *("sentence", "beside", "article", "vector"),
    *("here", "far", "one sentence", "other one", "taken up", "opening"),
)

Features = dict[str, float]


class Weights(Struct, frozen=True):
    """One regression: its constant and the weight of each feature; a feature that it has not counts nothing."""

    constant: float
    of: Mapping[str, float]


@lru_cache(maxsize=1)
def trained() -> dict[str, Weights]:
    """The regressions that newsloom ships, by wording."""
    written = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    return {wording: Weights(kept["constant"], kept["weights"]) for wording, kept in written["regressions"].items()}


class Judged(NamedTuple):
    """How likely two mentions tell of one event (0 to 1), how they are worded, and the values of all features."""

    score: float
    kind: str
    values: tuple[float, ...]


class Sameness:
    """Scores pairs of mentions of a collection."""

    def __init__(self, scene: Scene, articles: Mapping[str, Vector], weights: Mapping[str, Weights] | None = None):
        self._scene = scene
        self._articles = articles
        self._weights = trained() if weights is None else weights
        self._alike: dict[tuple[str, str], float] = {}
        self._lines: dict[str, tuple[float, tuple[float, ...]]] = {}

    def of(self, one: Told, other: Told) -> Judged:
        """How likely it is that they tell of one event."""
        kind, values = wording(one, other), self._measured(one, other)
        constant, weights = self._in_order(kind)
        total = sum(map(mul, weights, values))
        return Judged(1 / (1 + math.exp(-(constant + total))), kind, values)

    def reason(self, judged: Judged) -> str:
        """What speaks most for one event, in words."""
        kind, weights = judged.kind, self._weights[judged.kind].of
        found = zip(FEATURES, judged.values, strict=True)
        worth = {name: weights.get(name, 0.0) * value for name, value in found if value and name in IN_WORDS}
        strongest = sorted(worth, key=lambda name: (-worth[name], name))
        first = {"same": "same words", "kin": "words of one family"}.get(kind.removesuffix(NO_VECTOR), "")
        rest = [IN_WORDS[name] for name in strongest if worth[name] > 0 and IN_WORDS[name] != first]
        return ", ".join(([first] if first else []) + rest[: TOLD - 1])

    def features(self, one: Told, other: Told) -> Features:
        """What speaks for and against one event, without what is 0."""
        return {name: float(value) for name, value in zip(FEATURES, self._measured(one, other), strict=True) if value}

    def _in_order(self, kind: str) -> tuple[float, tuple[float, ...]]:
        """The constant of a regression, and the weights of all features."""
        if kind not in self._lines:
            weights = self._weights[kind]
            self._lines[kind] = weights.constant, tuple(weights.of.get(name, 0.0) for name in FEATURES)
        return self._lines[kind]

    def _measured(self, one: Told, other: Told) -> tuple[float, ...]:
        """The values of all features, in the order of `FEATURES`."""
        return (
            *_of_words(one, other),
            *self._of_types(one.case, other.case),
            *self._of_actors(one.case, other.case),
            *_of_phrases(one, other),
            *self._of_scenes(one, other),
            *self._of_texts(one, other),
            *_of_distance(one, other),
        )

    def _of_types(self, here: Case, there: Case) -> tuple[float, ...]:
        typed = here.typed, there.typed
        related = all(typed) and self._scene.akin(here.type, there.type)
        return (
            related,
            all(typed) and not related,
            not any(typed),
            not here.modes.isdisjoint(there.modes),
            _differ(here.modes, there.modes),
            here.status != there.status,
        )

    def _of_actors(self, here: Case, there: Case) -> tuple[float, ...]:
        return (
            not here.agents.isdisjoint(there.agents),
            not here.recipients.isdisjoint(there.recipients),
            not here.actors.isdisjoint(there.actors),
            _differ(here.agents, there.agents),
            _differ(here.recipients, there.recipients),
            cases.strangers(here, there, self._scene),
        )

    def _of_scenes(self, one: Told, other: Told) -> tuple[float, ...]:
        here, there = one.case, other.case
        both = bool(here.places and there.places)
        nested = both and bool(self._scene.nested(here.places, there.places))
        both_dated = here.when is not None and there.when is not None
        overlap = cases.overlap(here.when, there.when)
        return (
            nested,
            both and not nested,
            both_dated and here.day is not None and here.day == there.day,
            both_dated and overlap,
            not overlap,
            not here.killed.isdisjoint(there.killed) or not one.numbers.isdisjoint(other.numbers),
            _differ(here.killed, there.killed) or _differ(one.numbers, other.numbers),
        )

    def _of_texts(self, one: Told, other: Told) -> tuple[float, ...]:
        return (
            cosine(one.around, other.around),
            cosine(one.beside, other.beside),
            self.articles_alike(one.article, other.article) if one.article != other.article else 0.0,
            alike(one, other) or 0.0,
        )

    def articles_alike(self, one: str, other: str) -> float:
        """The cosine of two articles."""
        if (one, other) not in self._alike:
            self._alike[one, other] = cosine(self._articles[one], self._articles[other])
        return self._alike[one, other]


def wording(one: Told, other: Told) -> str:
    """`same` for words of one root, `kin` for those of one family, else `other`; it says where a vector is missing."""
    akin = "other" if one.families.isdisjoint(other.families) else "kin"
    kind = "same" if of_one_root(one, other) else akin
    return kind if one.vector is not None and other.vector is not None else kind + NO_VECTOR


def of_one_root(one: Told, other: Told) -> bool:
    """Whether the words are the same, or one made of the other."""
    return one.stem == other.stem or one_root(one.lemma, other.lemma)


def _of_words(one: Told, other: Told) -> tuple[float, ...]:
    return (
        one.lemma == other.lemma,
        min(one.rarity, other.rarity),
        min(one.share, other.share),
        math.log(one.times * other.times) / 2,
        one.is_verb and other.is_verb,
        one.is_verb != other.is_verb,
        one.says + other.says,
        one.definite and other.definite,
    )


def _of_phrases(one: Told, other: Told) -> tuple[float, ...]:
    """Of the words for who does it and what it is done to, whether or not they name an actor."""
    subjects, objects = (
        _differ(one.subject.keys(), other.subject.keys()),
        _differ(one.object.keys(), other.object.keys()),
    )
    return (
        _rarest(one.subject, other.subject),
        _rarest(one.object, other.object),
        subjects,
        objects,
        subjects and objects,
        max(_rarest(one.subject, other.object), _rarest(one.object, other.subject)),
        one.rarity * (one.stem in other.around) + other.rarity * (other.stem in one.around),
    )


def clauses_differ(one: Told, other: Told) -> bool:
    """Whether others do it to others, by the words for them."""
    return _differ(one.subject.keys(), other.subject.keys()) and _differ(one.object.keys(), other.object.keys())


def _rarest(some: Vector, others: Vector) -> float:
    """How rare the rarest shared word is."""
    shared = some.keys() & others.keys()
    return max(some[word] for word in shared) if shared else 0.0


def _of_distance(one: Told, other: Told) -> tuple[float, ...]:
    here = one.article == other.article
    distance = abs(one.sentence - other.sentence)
    return (
        here,
        min(distance, FAR) / FAR if here else 0.0,
        here and distance == 0,
        other.is_another(one) or (not here and one.is_another(other)),
        here and other.definite and other.sentence > one.sentence,
        (one.sentence <= 1) + (other.sentence <= 1),
    )


def _differ(some: Set[object], others: Set[object]) -> bool:
    return bool(some and others) and some.isdisjoint(others)


def alike(one: Told, other: Told) -> float | None:
    """The cosine of their vectors, None where one has none."""
    if one.vector is None or other.vector is None:
        return None
    return float(one.vector @ other.vector) / UNIT**2
