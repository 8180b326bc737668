"""Order by words: conjunctions and prepositions ("after", "ahead of"), verbs ("followed by"), adverbs ("then").

Their meaning stands in the schema (`signals`, `successions`, `sequels` under `times`).
"""

from collections.abc import Iterator, Mapping
from typing import Any

from ..types import Link, Mention, Offsets
from .order_ends import SURE, Ends, linked, words
from .parse import Token, TokenSpan, offsets
from .syntax import conjuncts, finite, objects, subjects
from .tense import VERBS, clause_verb, is_had, is_past, is_perfect

_CLAUSAL = ("mark", "advmod")
_COMPLEMENTS = ("pobj", "pcomp", "dobj", "relcl", "acl")
_ADVERBIAL = ("npadvmod", "advmod", "prep", "mark", "attr")


class Signals:
    """The schema's words of order, by their first word."""

    def __init__(self, table: Mapping[str, Any]):
        self.meanings: Mapping[str, Mapping[str, Any]] = table["signals"]
        self.starts = words(self.meanings)
        self.successions: Mapping[str, str] = table["successions"]
        self.sequels: Mapping[str, str] = table["sequels"]

    def links(self, sentence: TokenSpan, previous: TokenSpan | None, ends: Ends) -> Iterator[Link | None]:
        """The links that the words of a sentence draw, some of them to the sentence before."""
        for token in sentence:
            word = token.lower_
            for rest, signal in self.starts.get(word, ()):
                phrase = token.doc[token.i : token.i + 1 + len(rest)]
                if tuple(t.lower_ for t in phrase[1:]) == rest:
                    yield from self._by_signal(phrase, signal, ends)
                    break
            if word in self.sequels:
                yield self._by_sequel(token, previous, ends)
            if token.pos_ == "VERB" and token.lemma_ in self.successions:
                yield from self._by_succession(token, ends)

    def _by_signal(self, phrase: TokenSpan, signal: str, ends: Ends) -> Iterator[Link | None]:
        """Links between what a signal governs (its complement) and what it hangs on."""
        complement, clausal = _complement(phrase)
        if complement is None or any(child.dep_ == "neg" for token in phrase for child in token.children):
            return
        governor = _governor(complement, phrase, ends)
        main = ends.of(governor)
        if main is None:
            return
        meaning = self._meaning(signal, clausal, governor, complement)
        for one in conjuncts(complement):
            inner = ends.of(one) if one.tag_ == complement.tag_ else None
            if meaning is not None and inner is not None:
                yield self._link(meaning, main, inner, f"signal:{signal}", offsets(phrase))

    def _meaning(self, signal: str, clausal: bool, governor: Token, complement: Token) -> Mapping[str, Any] | None:
        """What a signal says between these two, or None where it says nothing for sure."""
        known = self.meanings[signal]
        if not clausal:
            return known.get("preposition")
        if "progressive" in known and (_is_progressive(governor) or _is_progressive(complement)):
            if _is_progressive(governor) and _is_progressive(complement):
                return {"type": "simultaneous", "source": "governor"}
            return {"type": "includes", "source": "governor" if _is_progressive(governor) else "complement"}
        if is_had(governor) and "perfect" in known:
            return known["perfect"]
        meaning = known.get("conjunction")
        return meaning if meaning is not None and _in_tense(meaning.get("tense"), governor, complement) else None

    def _link(self, meaning: Mapping[str, Any], main: Mention, inner: Mention, rule: str, cue: Offsets) -> Link | None:
        source, target = (inner, main) if meaning["source"] == "complement" else (main, inner)
        return linked(source, meaning["type"], target, rule, meaning.get("sure", SURE["signal"]), cue)

    def _by_succession(self, verb: Token, ends: Ends) -> Iterator[Link | None]:
        """ "A fire followed the blast", "the blast was followed by a fire"."""
        for doer in subjects(verb):
            for other in objects(verb):
                first, second = ends.at(doer), ends.at(other)
                if self.successions[verb.lemma_] == "complement":
                    first, second = second, first
                yield linked(first, "before", second, f"signal:{verb.lower_}", SURE["signal"], offsets(verb))

    def _by_sequel(self, adverb: Token, previous: TokenSpan | None, ends: Ends) -> Link | None:
        """Between a main clause with "then" or "earlier" and the clause told before it."""
        verb = clause_verb(adverb)
        if verb is None or adverb.dep_ not in _ADVERBIAL or adverb.head.i != verb.i:
            return None
        if verb.dep_ == "conj":
            told = verb.head
        elif verb.dep_ == "ROOT" and previous is not None:
            told = previous.root
        else:
            return None
        if not ((finite(verb) or is_past(verb)) and told.pos_ in VERBS):
            return None
        first, second = ends.of(told), ends.of(verb)
        if self.sequels[adverb.lower_] == "earlier":
            first, second = second, first
        return linked(first, "before", second, f"signal:{adverb.lower_}", SURE["sequel"], offsets(adverb))


def _complement(phrase: TokenSpan) -> tuple[Token | None, bool]:
    """What a signal governs, and whether that is a clause."""
    last = phrase[-1]
    if last.dep_ in _CLAUSAL and last.head.dep_ in ("advcl", "relcl", "acl"):
        return last.head, True
    complement = next((child for child in last.children if child.dep_ in _COMPLEMENTS and child.i > last.i), None)
    return complement, complement is not None and complement.dep_ in ("relcl", "acl")


def _governor(complement: Token, phrase: TokenSpan, ends: Ends) -> Token:
    """What all of it hangs on: out of the phrase, and out of a distance in time ("a day after")."""
    token = complement.head
    while token.head.i != token.i:
        adverbial = token.pos_ not in VERBS and token not in ends and token.dep_ in _ADVERBIAL
        if not (phrase.start <= token.i < phrase.end or adverbial):
            break
        token = token.head
    return token


def _in_tense(tense: str | None, governor: Token, complement: Token) -> bool:
    """Whether both verbs stand in the tenses in which a conjunction speaks of time."""
    if complement.tag_ in ("VBZ", "VBP") and is_past(governor):
        return False  # "a plan once the fighting stops": that is yet to come
    if tense == "past":
        return governor.tag_ == complement.tag_ == "VBD" and "be" not in (governor.lemma_, complement.lemma_)
    if tense == "perfect":
        return is_perfect(governor) or is_had(governor)
    return True


def _is_progressive(verb: Token) -> bool:
    return verb.tag_ == "VBG" and any(child.dep_ == "aux" and child.lemma_ == "be" for child in verb.children)
