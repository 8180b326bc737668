"""What the words around an event mention tell of its event, so that two mentions can be compared."""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from msgspec import Struct

from ...schemas.types import Schema
from ..types import Mention, Offsets, Reading, When, event_value
from .cases import Case
from .coverage import Vector
from .rarity import Rarity, Stemmer, Words
from .sets import frozen
from .wordkin import families, stem

Said = Mapping[str, str]  # role, the words of the actors in it

NEAR = 60  # characters beside a trigger in which its neighbours stand
NEIGHBOURS = 5  # words before it, and behind it


class Told(Struct, frozen=True, gc=False):
    """One mention of an event: its word, its sentence, whom it names, and its case."""

    mention: str
    article: str
    place: int  # where it stands among all mentions
    sentence: int
    lemma: str
    stem: str
    families: frozenset[int]
    rarity: float
    times: int  # how often its article tells of an event in a word of its stem
    share: float  # the share of the articles on the same happening that do
    is_verb: bool
    definite: bool
    says: bool  # the word only tells that somebody says so
    subject: Vector  # the words for who or what does it, with their rarity
    object: Vector  # those for what it is done to
    numbers: frozenset[str]  # in these words
    around: Vector  # the other words of its sentence
    beside: Vector  # those next to it
    vector: np.ndarray | None  # where a trained model puts it, if one was asked
    case: Case
    another: frozenset[str] = frozenset()  # the words before it that say that it is not the one spoken of: "the next"
    when: When | None = None  # its days, else those that its sentence names if it tells of no other event
    round: frozenset[str] = frozenset()  # the words before a noun for talks that say which: "peace", "trade"

    def is_another(self, other: "Told") -> bool:
        """Whether a later mention is of another one: "the next meeting", unless the earlier one is the next, too."""
        another = bool(self.another) and self.another.isdisjoint(other.another)
        return another or (bool(self.round and other.round) and self.round.isdisjoint(other.round))


class Teller:
    """Tells of the event mentions in the articles on one happening."""

    def __init__(self, readings: Sequence[Reading], schema: Schema, rarity: Rarity):
        self._says = schema.lexicons.get("reporting", frozenset())
        self._families = families(schema.lexicons.get("kin", frozenset()))
        self._rarity = rarity
        self._stemmer = Stemmer(schema)
        self._words = {reading.article.id: self._stemmer.words(reading.article.text) for reading in readings}
        self._times = {reading.article.id: _event_stems(reading) for reading in readings}
        self._telling = Counter(word for stems in self._times.values() for word in stems)

    def tell(self, mention: Mention, case: Case, reading: Reading, place: int, sentence: int, roles: Said) -> Told:
        """What a mention in this sentence of an article tells; `roles` are the words of its actors."""
        value = event_value(mention)
        words = self._words[reading.article.id]
        start, end = reading.sentences[sentence] if reading.sentences else (0, len(reading.article.text))
        first, last = mention.span.start, mention.span.end
        before, behind = words.between(start, first), words.between(last, end)
        near = words.between(max(start, first - NEAR), first), words.between(last, min(end, last + NEAR))
        beside = [*near[0][-NEIGHBOURS:], *near[1][:NEIGHBOURS]]
        lemma = _lemma(mention)
        word = stem(lemma)
        subject = self._named(words, value.subject, roles.get("agent", ""))
        object = self._named(words, value.object, roles.get("recipient", ""))
        return Told(
            mention=mention.id,
            article=reading.article.id,
            place=place,
            sentence=sentence,
            lemma=lemma,
            stem=word,
            families=self._families.of(lemma),
            rarity=self._rarity.of(word),
            times=self._times[reading.article.id][word],
            share=self._telling[word] / len(self._times),
            is_verb=value.tense is not None,
            definite=value.definite,
            says=lemma in self._says,
            subject=subject,
            object=object,
            numbers=frozen(word for word in (*subject, *object) if word[0].isdigit()),
            around=self._weighed([*before, *behind]),
            beside=self._weighed(beside),
            vector=_unpacked(value.vector) if value.vector else None,
            case=case,
        )

    def _named(self, words: Words, phrase: Offsets | None, actors: str) -> Vector:
        told = words.between(*phrase) if phrase else self._stemmer.stems(actors)
        return {word: self._rarity.of(word) for word in told}

    def _weighed(self, words: Iterable[str]) -> Vector:
        """Words with their rarity, of length one together."""
        weights = {word: self._rarity.of(word) for word in words}
        length = math.sqrt(sum(weight * weight for weight in weights.values())) or 1.0
        return {word: weight / length for word, weight in weights.items()}


def _event_stems(reading: Reading) -> Counter[str]:
    return Counter(stem(_lemma(mention)) for mention in reading.mentions if mention.kind == "event")


def _lemma(mention: Mention) -> str:
    """The lemma of an event's word, without its particle."""
    return event_value(mention).lemma.split()[0]


def _unpacked(vector: bytes) -> np.ndarray:
    """A vector of signed bytes; products are whole numbers below 2^24, which these floats hold exactly."""
    return np.frombuffer(vector, dtype=np.int8).astype(np.float32)
