"""What an article tells of its events and of pairs of them, as the numbers that the cause model weighs.

    events = Events(parse, tokens, tagger)          # once an article: the words that carry its events
    events.numbers(firsts, seconds)                 # a row for each pair, by the places of its events, in text order

An event that an article keeps coming back to takes part in more causes than one that is named once, so most of what
is told of an event is where it stands among the others: which of them are near it (perhaps the same one, told again).
The model was trained on exactly these numbers: whoever changes them trains it again (training/cause_pairs.py).
"""

from collections.abc import Sequence
from itertools import islice

import numpy as np

from .causal_tagger import CausalTagger
from .cause_parts import PAIR, Parts
from .event_model import Seen
from .parse import Parse, Token

SENSE, VECTOR = 384, 96  # how long what the event model says of a word is
NEAR = 0.6  # from this likeness of their vectors on two mentions may well be of one event
_WORDS = (
    "after because by over for when as following before to that who which and but while if since from with in of on at "
    "so until amid upon despite during into about against"
).split()
_STEPS = (
    "advcl ccomp xcomp relcl acl conj pobj prep dobj nsubj nsubjpass appos compound attr pcomp agent amod poss"
).split()
_POS = ("NOUN", "VERB", "PROPN", "ADJ", "AUX")
_TAGS = (("VBD",), ("VBN",), ("VBG",), ("VB",), ("VBZ", "VBP"))
_SAYS = frozenset(("say", "tell", "report", "announce", "accord"))
_SIGNALS = frozenset(("ADP", "ADV", "CCONJ", "PRON", "SCONJ"))
_AUXILIARIES = frozenset(("aux", "auxpass"))
_BETWEEN = 60  # tokens
_LEAD = 2  # sentences behind the first that has an event
_OWN = (
    *("event", "sure", "sentence", "depth", "opening", "salience", "share", "near", "lemmas", "nearest", "lead"),
    *("rank", "negated", *_POS, *(tags[0] for tags in _TAGS), "modal", "to"),
    *("root", "clause", "object", "subject", "says"),
)
_PAIR = (
    *("sentences", "words", "events", "share of events", "vectors", "senses", "lemma"),
    *("nearest sentences", "nearest to second", "nearest to first", "first's mentions", "second's mentions"),
    *("all events", "all sentences", "more salient", "less salient"),
)
_WAY = (
    *(f"between {word}" for word in _WORDS),
    *(f"on the way {word}" for word in _WORDS),
    *(f"up {step}" for step in _STEPS),
    *(f"down {step}" for step in _STEPS),
    *("steps up", "steps down", "first governs", "second governs"),
    *PAIR,
)
NAMES = (*_PAIR, *(f"1 {name}" for name in _OWN), *(f"2 {name}" for name in _OWN), *_WAY)


class Events:
    """The words that carry an article's events, in text order, and how they stand to one another."""

    def __init__(self, parse: Parse, tokens: Sequence[Token], tagger: CausalTagger):
        self.tokens = sorted({token.i: token for token in tokens}.values(), key=lambda token: token.i)
        self.place = {token.i: place for place, token in enumerate(self.tokens)}
        found = [parse.seen.get(token.i) for token in self.tokens]
        self.senses = _rows([one.sense if one else None for one in found], SENSE)
        self.vectors = _rows([one.vector if one else None for one in found], VECTOR)
        opening = [sentence.start for sentence in parse.doc.sents]
        self.sentence = np.searchsorted(opening, [token.i for token in self.tokens], side="right") - 1
        self.sentences = len(opening)
        lemmas = np.array([token.lemma_.lower() for token in self.tokens])
        self.lemma = (lemmas[:, None] == lemmas[None]).astype(np.float32)
        self.likeness = self.vectors @ self.vectors.T
        self.salience = np.clip(_others(self.likeness), 0, 1).sum(1)
        self.parts = Parts(parse, self.tokens, tagger)
        self.own = self._own(found)

    def numbers(self, firsts: Sequence[int], seconds: Sequence[int]) -> np.ndarray:
        """A row of numbers, named by `NAMES`, for each pair of places; the first stands before the second."""
        one, two = np.array(firsts, dtype=np.int64), np.array(seconds, dtype=np.int64)
        both = zip(one.tolist(), two.tolist(), strict=True)
        ways = [self._way(a, b) for a, b in both]
        return np.hstack([self._pairs(one, two), self.own[one], self.own[two], np.array(ways, dtype=np.float32)])

    def same_sentence(self, firsts: Sequence[int], seconds: Sequence[int]) -> np.ndarray:
        """For each pair of places whether they stand in one sentence."""
        return self.sentence[np.array(firsts, dtype=np.int64)] == self.sentence[np.array(seconds, dtype=np.int64)]

    def _own(self, found: Sequence[Seen | None]) -> np.ndarray:
        """What is told of each event by itself, and where it stands among the others."""
        count = len(self.tokens)
        others = _others(self.likeness)
        leading = self.sentence <= self.sentence.min(initial=self.sentences) + _LEAD
        lead = np.where(leading[None], others, 0).max(1, initial=0)
        rank = np.argsort(np.argsort(-self.salience, kind="stable"), kind="stable") / max(count, 1)
        columns = [
            np.array([one.event if one else 0 for one in found]),
            np.array([one.sure if one else 0 for one in found]),
            np.log1p(self.sentence),
            self.sentence / max(self.sentences, 1),
            self.sentence <= 1,
            self.salience,
            self.salience / max(count, 1),
            (others > NEAR).sum(1),
            _others(self.lemma).sum(1),
            others.max(1, initial=0),
            lead,
            rank,
        ]
        grammar = np.array([_grammar(token) for token in self.tokens], dtype=np.float32)
        return np.hstack([np.stack(columns, 1).astype(np.float32), grammar.reshape(count, len(_OWN) - len(columns))])

    def _pairs(self, one: np.ndarray, two: np.ndarray) -> np.ndarray:
        """How the two events of each pair stand to each other in the article."""
        apart = np.abs(self.sentence[:, None] - self.sentence[None])
        mentions = (self.likeness > NEAR) | (self.lemma > 0)
        np.fill_diagonal(mentions, True)
        to_mentions = _nearest(apart, mentions)
        both_mentions = _nearest(to_mentions.T, mentions).T
        words = np.array([token.i for token in self.tokens])
        count = len(self.tokens)
        salience = self.salience[one], self.salience[two]
        columns = [
            apart[one, two],
            np.log1p(words[two] - words[one]),
            two - one,
            (two - one) / max(count, 1),
            self.likeness[one, two],
            (self.senses @ self.senses.T)[one, two],
            self.lemma[one, two],
            both_mentions[one, two],
            to_mentions[one, two],
            to_mentions[two, one],
            mentions.sum(1)[one],
            mentions.sum(1)[two],
            np.full(len(one), count),
            np.full(len(one), self.sentences),
            np.maximum(*salience),
            np.minimum(*salience),
        ]
        return np.stack(columns, 1).astype(np.float32)

    def _way(self, one: int, two: int) -> list[float]:
        """The words, the steps through the parse and told causes between two events of a sentence; else nothing."""
        if self.sentence[one] != self.sentence[two]:
            return [0.0] * len(_WAY)
        first, second = self.tokens[one], self.tokens[two]
        up, down = steps(first, second)
        between = {
            token.lower_
            for token in first.doc[first.i + 1 : min(second.i, first.i + _BETWEEN)]
            if token.pos_ in _SIGNALS
        }
        return [
            *(float(word in between) for word in _WORDS),
            *(float((word in _signals(up)) - (word in _signals(down))) for word in _WORDS),
            *(float(any(step.dep_ == name for step in up)) for name in _STEPS),
            *(float(any(step.dep_ == name for step in down)) for name in _STEPS),
            *(float(len(up)), float(len(down)), float(not up), float(not down)),
            *self.parts.pair(first, second),
        ]


def steps(first: Token, second: Token) -> tuple[list[Token], list[Token]]:
    """The tokens of a sentence up from the first to below where the ways meet, and those from there down."""
    above = [first, *first.ancestors]
    places = {token.i: place for place, token in enumerate(above)}
    down = [token for token in (second, *second.ancestors) if token.i not in places]
    meeting = down[-1].head if down else second
    return above[: places.get(meeting.i, len(above))], down[::-1]


def _signals(way: Sequence[Token]) -> set[str]:
    """The prepositions and conjunctions on a way through the parse."""
    found = {step.lower_ for step in way if step.pos_ in ("ADP", "SCONJ")}
    return found | {child.lower_ for step in way for child in step.children if child.dep_ in ("mark", "advmod")}


def _grammar(token: Token) -> list[bool]:
    """What an event's own clause tells."""
    children = list(islice(token.children, 40))
    auxiliaries = [child for child in children if child.dep_ in _AUXILIARIES]
    return [
        any(child.dep_ == "neg" for child in children),
        *(token.pos_ == pos for pos in _POS),
        *(token.tag_ in tags for tags in _TAGS),
        any(child.tag_ == "MD" for child in auxiliaries),
        any(child.tag_ == "TO" for child in auxiliaries),
        token.dep_ == "ROOT",
        token.dep_ in ("ccomp", "xcomp"),
        token.dep_ in ("dobj", "pobj"),
        token.dep_ in ("nsubj", "nsubjpass"),
        token.lemma_.lower() in _SAYS,
    ]


def _rows(vectors: Sequence[np.ndarray | None], width: int) -> np.ndarray:
    """Vectors as a table, nothing for those that are missing."""
    rows = [np.zeros(width) if vector is None else vector for vector in vectors]
    return np.array(rows, dtype=np.float32).reshape(len(rows), width)


def _others(table: np.ndarray) -> np.ndarray:
    """A square table without what stands on its diagonal."""
    return table * (1 - np.eye(len(table), dtype=np.float32))


def _nearest(apart: np.ndarray, mentions: np.ndarray) -> np.ndarray:
    """For each row's event the least distance from any of its mentions to each column's."""
    return np.array([apart[row].min(0) for row in mentions]).reshape(apart.shape)
