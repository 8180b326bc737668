"""How likely two event mentions tell of one event: a small trained score whose features are the reasons.

    judge = Sameness(scene)
    judge.of(one, other)  # 0.93
    judge.reason(one, other)  # "same words, shared agent, like sentences"

Logistic regressions, for mentions of the same word, of words of one family, and of other words, each with and without
the vectors of the event model. They were trained on articles that cover one happening (models/same/MODEL_CARD.md).
"""

import json
import math
from collections.abc import Mapping, Set
from functools import lru_cache
from pathlib import Path

from msgspec import Struct

from ..types import UNIT
from . import cases
from .cases import Scene
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


class Sameness:
    """Scores pairs of mentions of a collection."""

    def __init__(self, scene: Scene, articles: Mapping[str, Vector], weights: Mapping[str, Weights] | None = None):
        self._scene = scene
        self._articles = articles
        self._weights = trained() if weights is None else weights
        self._alike: dict[tuple[str, str], float] = {}

    def of(self, one: Told, other: Told) -> float:
        """How likely it is that they tell of one event, 0 to 1."""
        return self._judged(wording(one, other), self.features(one, other))

    def reason(self, one: Told, other: Told) -> str:
        """What speaks most for one event, in words."""
        kind, found = wording(one, other), self.features(one, other)
        weights = self._weights[kind].of
        worth = {name: weights.get(name, 0.0) * value for name, value in found.items() if name in IN_WORDS}
        strongest = sorted(worth, key=lambda name: (-worth[name], name))
        first = {"same": "same words", "kin": "words of one family"}.get(kind.removesuffix(NO_VECTOR), "")
        rest = [IN_WORDS[name] for name in strongest if worth[name] > 0 and IN_WORDS[name] != first]
        return ", ".join(([first] if first else []) + rest[: TOLD - 1])

    def _judged(self, kind: str, features: Features) -> float:
        regression = self._weights[kind]
        total = regression.constant + sum(regression.of.get(name, 0.0) * value for name, value in features.items())
        return 1 / (1 + math.exp(-total))

    def features(self, one: Told, other: Told) -> Features:
        """What speaks for and against one event, without what is 0."""
        found = {
            **_of_words(one, other),
            **self._of_types(one, other),
            **self._of_actors(one, other),
            **_of_phrases(one, other),
            **self._of_scenes(one, other),
            **self._of_texts(one, other),
            **_of_distance(one, other),
        }
        return {name: float(value) for name, value in found.items() if value}

    def _of_types(self, one: Told, other: Told) -> Features:
        typed = [one.case.typed, other.case.typed]
        related = all(typed) and self._scene.akin(one.case.type, other.case.type)
        modes, others = one.case.modes, other.case.modes
        return {
            "type": related,
            "other type": all(typed) and not related,
            "no type": not any(typed),
            "manner": not modes.isdisjoint(others),
            "other manner": _differ(modes, others),
            "other status": one.case.status != other.case.status,
        }

    def _of_actors(self, one: Told, other: Told) -> Features:
        here, there = one.case, other.case
        return {
            "agent": not here.agents.isdisjoint(there.agents),
            "recipient": not here.recipients.isdisjoint(there.recipients),
            "crossed": not here.actors.isdisjoint(there.actors),
            "other agent": _differ(here.agents, there.agents),
            "other recipient": _differ(here.recipients, there.recipients),
            "other people": cases.strangers(here, there, self._scene),
        }

    def _of_scenes(self, one: Told, other: Told) -> Features:
        here, there = one.case, other.case
        places = self._scene.nested(here.places, there.places)
        both_dated = here.when is not None and there.when is not None
        overlap = cases.overlap(here.when, there.when)
        return {
            "place": bool(places),
            "other place": bool(here.places and there.places) and not places,
            "day": here.day is not None and here.day == there.day,
            "days allow": both_dated and overlap,
            "other day": not overlap,
            "number": not here.killed.isdisjoint(there.killed) or not one.numbers.isdisjoint(other.numbers),
            "other number": _differ(here.killed, there.killed) or _differ(one.numbers, other.numbers),
        }

    def _of_texts(self, one: Told, other: Told) -> Features:
        return {
            "sentence": cosine(one.around, other.around),
            "beside": cosine(one.beside, other.beside),
            "article": self.articles_alike(one.article, other.article) if one.article != other.article else 0.0,
            "vector": alike(one, other) or 0.0,
        }

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


def _of_words(one: Told, other: Told) -> Features:
    return {
        "lemma": one.lemma == other.lemma,
        "rarity": min(one.rarity, other.rarity),
        "share": min(one.share, other.share),
        "several": math.log(one.times * other.times) / 2,
        "verbs": one.is_verb and other.is_verb,
        "noun and verb": one.is_verb != other.is_verb,
        "says": one.says + other.says,
        "both definite": one.definite and other.definite,
    }


def _of_phrases(one: Told, other: Told) -> Features:
    """Of the words for who does it and what it is done to, whether or not they name an actor."""
    return {
        "subject": _rarest(one.subject, other.subject),
        "object": _rarest(one.object, other.object),
        "other subject": _differ(one.subject.keys(), other.subject.keys()),
        "other object": _differ(one.object.keys(), other.object.keys()),
        "other clause": clauses_differ(one, other),
        "crossed phrases": max(_rarest(one.subject, other.object), _rarest(one.object, other.subject)),
        "in each other's sentence": (
            one.rarity * (one.stem in other.around) + other.rarity * (other.stem in one.around)
        ),
    }


def clauses_differ(one: Told, other: Told) -> bool:
    """Whether others do it to others, by the words for them."""
    return _differ(one.subject.keys(), other.subject.keys()) and _differ(one.object.keys(), other.object.keys())


def _rarest(some: Vector, others: Vector) -> float:
    """How rare the rarest shared word is."""
    return max((weight for word, weight in some.items() if word in others), default=0.0)


def _of_distance(one: Told, other: Told) -> Features:
    here = one.article == other.article
    distance = abs(one.sentence - other.sentence)
    return {
        "here": here,
        "far": min(distance, FAR) / FAR if here else 0.0,
        "one sentence": here and distance == 0,
        "other one": other.is_another(one) or (not here and one.is_another(other)),
        "taken up": here and other.definite and other.sentence > one.sentence,
        "opening": (one.sentence <= 1) + (other.sentence <= 1),
    }


def _differ(some: Set[object], others: Set[object]) -> bool:
    return bool(some and others) and some.isdisjoint(others)


def alike(one: Told, other: Told) -> float | None:
    """The cosine of their vectors, None where one has none."""
    if one.vector is None or other.vector is None:
        return None
    return int(one.vector @ other.vector) / UNIT**2
