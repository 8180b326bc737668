"""Quantities: how many were killed, held, launched, and of which event the number is told."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from ...schemas.types import Schema
from ..types import EventValue, Link, Mention, QuantityValue
from .parse import Parse, Token
from .syntax import objects, prepositions, subjects

_DIGITS = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")
_NO_COUNT = frozenset({"DATE", "TIME", "PERCENT", "MONEY", "ORDINAL"})
_LONGEST_BOUND = 3  # words


class Words:
    """The schema's number words, bounds, and lemma -> what is counted."""

    def __init__(self, schema: Schema):
        raw = schema.raw.get("quantities", {})
        self.numbers: dict[str, int] = raw.get("numbers", {})
        self.multipliers: dict[str, int] = raw.get("multipliers", {})
        self.classes = {lemma: name for name, lemmas in raw.get("classes", {}).items() for lemma in lemmas}
        self.bounds = {phrase: name for name, phrases in raw.get("bounds", {}).items() for phrase in phrases}

    def number(self, tokens: Sequence[Token]) -> float | None:
        """The value of some number words ("29,514", "two hundred", "1.5 million"), or None."""
        total, current = 0.0, None
        for token in tokens:
            word = token.lower_
            if _DIGITS.fullmatch(word):
                current = (current or 0) + float(word.replace(",", ""))
            elif word in self.numbers:
                current = (current or 0) + self.numbers[word]
            elif word in self.multipliers:
                factor = self.multipliers[word]
                if factor == 100:
                    current = (current or 1) * factor
                else:
                    total, current = total + (current or 1) * factor, None
            elif "-" in word and all(part in self.numbers for part in word.split("-")):
                current = (current or 0) + sum(self.numbers[part] for part in word.split("-"))
            elif word != "and":
                return None
        return None if current is None and not total else total + (current or 0)


@lru_cache(maxsize=8)
def words_of(schema: Schema) -> Words:
    """The compiled words of a schema."""
    return Words(schema)


def find(parse: Parse, events: Sequence[Mention], schema: Schema) -> tuple[list[Mention], list[Link]]:
    """Quantity mentions (a number with the noun it counts) and a `quantity` link from the event each belongs to."""
    words = words_of(schema)
    owners = _arguments(parse, events)
    mentions, links = [], []
    for number in _numbers(parse):
        count = words.number(number)
        if count is None:
            continue
        counted = _counted(number)
        event = next((owners[t.i] for t in (counted, number[-1]) if t.i in owners), None)
        what = _class(counted, number, event, words)
        if event is None and what is None:
            continue
        start = number[0].idx
        end = max(counted.idx + len(counted.text), number[-1].idx + len(number[-1].text))
        value = QuantityValue(count, what or counted.lemma_.lower(), _bound(number, words))
        mention = parse.mention(start, end, "quantity", "Count", value, "quantity:number", 0.85)
        mentions.append(mention)
        if event is not None:
            links.append(Link(event.id, "quantity", mention.id, "quantity:argument", 0.85))
    return mentions, links


def _numbers(parse: Parse) -> Iterator[list[Token]]:
    """Runs of number words that are neither dates, money nor shares."""
    for sentence in parse.sentences:
        run: list[Token] = []
        for token in sentence:
            if token.pos_ == "NUM" and token.ent_type_ not in _NO_COUNT:
                run.append(token)
            elif run:
                yield run
                run = []
        if run:
            yield run


def _counted(number: list[Token]) -> Token:
    """The noun that is counted: "seven officers", "three of his sons"; the number itself when it stands alone."""
    last = number[-1]
    if last.dep_ == "nummod" and last.head.i > last.i and last.head.pos_ in ("NOUN", "PROPN"):
        return last.head
    for child in last.children:
        if child.dep_ == "prep" and child.lower_ == "of":
            for inner in child.children:
                if inner.dep_ == "pobj":
                    return inner
    return last


def _arguments(parse: Parse, events: Sequence[Mention]) -> dict[int, Mention]:
    """Token index of what an event is done to, or of who does it when it is done to nobody, to the event."""
    owners: dict[int, Mention] = {}
    for event in events:
        token = parse.head(event)
        if token.pos_ == "VERB":
            fillers = objects(token) or subjects(token)
        else:
            fillers = [filler for name, filler in prepositions(token) if name == "of"]
        for filler in fillers:
            owners.setdefault(filler.i, event)
    return owners


def _class(counted: Token, number: list[Token], event: Mention | None, words: Words) -> str | None:
    """killed, injured, held ...: by the word behind the number, the event's lemma or the counted noun."""
    following = number[-1].doc[number[-1].i + 1] if number[-1].i + 1 < len(number[-1].doc) else None
    if following is not None and following.pos_ in ("ADJ", "VERB") and following.lower_ in words.classes:
        return words.classes[following.lower_]
    if event is not None and isinstance(event.value, EventValue):
        verb = event.value.lemma.split()[0]
        if verb in words.classes:
            return words.classes[verb]
    return words.classes.get(counted.lemma_.lower())


def _bound(number: list[Token], words: Words) -> str | None:
    doc, first = number[0].doc, number[0].i
    for length in range(_LONGEST_BOUND, 0, -1):
        if first - length >= 0:
            bound = words.bounds.get(doc[first - length : first].text.lower())
            if bound:
                return bound
    return None
