"""Quantities: how many were killed, held, launched, how much was paid, and of which event the number is told.

What a number is worth stands in numbers.py, what it counts in counting.py; here stands whose it is: the event
that it is an argument of, else the nearest one that governs it.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct, structs

from ...schemas.types import Schema
from ..types import Link, Mention, QuantityValue
from .counting import Arguments, arguments_in, counting_of
from .numbers import Amount, numerals_of
from .parse import Parse, Token, TokenSpan
from .syntax import PARTITIVES, conjuncts, objects, prepositions, subjects

_NO_COUNT = frozenset({"DATE", "TIME", "PERCENT", "ORDINAL"})
_BEFORE_NOUN = frozenset({"nummod", "quantmod", "compound", "amod", "det", "nmod", "neg", "advmod"})
_YEAR = re.compile(r"(?:1\d|20)\d\d")
_PART = re.compile(r"\b(?:including|among (?:them|whom)|of (?:them|whom|which))\b", re.IGNORECASE)
_AMONG = frozenset({"them", "whom", "which"})
_BY_EVENTS = ("after", "in", "from", "during", "by", "since", "following", "amid", "over", "when", "of", "as")
_AGAINST = frozenset({"while", "whereas", "although", "though"})
_PARAGRAPHS = 2  # how far behind its event a death toll may be told
_HYPHENS = frozenset({"-", "–"})
_STEPS = 10  # how far above a number the event may stand that governs it


class _Told(Struct, frozen=True):
    """A number, the token that stands for it in its clause, what it counts and of which event."""

    amount: Amount
    start: int
    end: int
    position: Token
    counted: Token
    of: str | None
    unit: str | None = None
    rule: str = "quantity:number"
    confidence: float = 0.85
    part: bool = False
    event: Mention | None = None


def find(parse: Parse, events: Sequence[Mention], schema: Schema) -> tuple[list[Mention], list[Link]]:
    """Quantity mentions (a number with the noun it counts) and a `quantity` link from the event each belongs to."""
    finder = _Finder(parse, events, schema)
    mentions, links = [], []
    for sentence in parse.sentences:
        for told in finder.told(sentence):
            amount = told.amount
            value = QuantityValue(amount.count, str(told.of), amount.bound, told.unit, amount.upper, told.part)
            mention = parse.mention(told.start, told.end, "quantity", "Count", value, told.rule, told.confidence)
            mentions.append(mention)
            if told.event is not None:
                links.append(Link(told.event.id, "quantity", mention.id, "quantity:argument", 0.85))
            elif (earlier := finder.earlier(told)) is not None:
                links.append(Link(earlier.id, "quantity", mention.id, "quantity:toll", 0.6))
    return mentions, links


class _Finder:
    """The numbers in the sentences of one article."""

    def __init__(self, parse: Parse, events: Sequence[Mention], schema: Schema):
        self.parse = parse
        self.heads = {parse.head(event).i: event for event in events}
        self.places = sorted(self.heads)
        self.owners = _arguments(parse, events)
        self.numerals = numerals_of(schema)
        self.counting = counting_of(schema)
        self.reporting = schema.lexicons.get("reporting", frozenset())

    def told(self, sentence: TokenSpan) -> Iterator[_Told]:
        """What the numbers of a sentence tell, in text order; those that count nothing are left out."""
        amounts = [
            (amount, self.parse.tokens(sentence.start_char + amount.start, sentence.start_char + amount.end))
            for amount in self.numerals.find(sentence.text)
        ]
        numbers = {token.i for _, tokens in amounts for token in tokens}
        arguments = arguments_in(sentence)
        found = [
            self._number(amount, tokens, arguments)
            for amount, tokens in amounts
            if not (self._is_no_count(tokens) or _is_base(_position(tokens), numbers) or _is_name(tokens, numbers))
        ]
        found += [self._single(token, arguments) for token in sentence if self.counting.is_someone(token)]
        before: _Told | None = None
        for told in sorted(found, key=lambda told: told.start):
            placed = self._placed(told, before, arguments)
            if placed.of is not None:
                yield placed
                before = placed

    def _number(self, amount: Amount, tokens: TokenSpan, arguments: Arguments) -> _Told:
        position = _position(tokens)
        counted = _counted(position, tokens)
        start, end = tokens.start_char, tokens.end_char
        if amount.currency:
            return _Told(amount, start, end, position, counted, "money", amount.currency)
        of = self.counting.class_of(position, counted, tokens, arguments)
        if amount.count == 0 and of == "weapons":
            of = None
        unit = counted.lemma_.lower() if of == "weapons" and not _is_mixed(counted) else None
        rule = "quantity:plural" if amount.plural else "quantity:number"
        return _Told(amount, start, max(end, counted.idx + len(counted.text)), position, counted, of, unit, rule)

    def _single(self, noun: Token, arguments: Arguments) -> _Told:
        """ "a civilian": one, where a verb says what happened to them."""
        given = arguments.get(noun.i, ())
        of = next(
            (of for verb, role in given if role != "of" and (of := self.counting.by_argument(verb, role, True))), None
        )
        start = next(child.idx for child in noun.lefts if child.dep_ == "det")
        end = noun.idx + len(noun.text)
        return _Told(Amount(0, 0, 1.0), start, end, noun, noun, of, None, "quantity:single", 0.6)

    def _is_no_count(self, tokens: TokenSpan) -> bool:
        """Whether a number measures, or is of a date, a share or a rank; the parser takes some counts for dates."""
        noun, last = _position(tokens), tokens[-1]
        behind = last.nbor(1) if last.i + 1 < len(last.doc) else noun
        if self.counting.is_measure(noun) or self.counting.is_measure(behind) or behind.text in _HYPHENS:
            return True
        if not any(token.ent_type_ in _NO_COUNT for token in tokens):
            return False
        first = tokens[0].ent_iob_ != "I" or tokens[0].nbor(-1).pos_ not in ("NOUN", "PROPN", "NUM")
        alone = first and (last.i + 1 == len(last.doc) or behind.ent_iob_ != "I")
        return not ("," in tokens.text or (alone and not _YEAR.fullmatch(tokens.text)))

    # Of which event

    def _placed(self, told: _Told, before: _Told | None, arguments: Arguments) -> _Told:
        """The number with its event; a part of the number before it with what that counts, and its event."""
        if before is not None and self._is_part(told, before) and told.of in (None, before.of):
            return structs.replace(told, of=before.of, unit=before.unit, part=True, event=before.event)
        if told.of is None and told.rule == "quantity:single":
            return told
        event = self._owner(told)
        if told.of is None:
            named = told.position.i != told.counted.i or told.counted.pos_ in ("NOUN", "PROPN")
            if event is None or told.amount.count == 0 or not named:
                return told
            return structs.replace(told, of=told.counted.lemma_.lower(), event=event)
        return structs.replace(told, event=event or self._governing(told, arguments))

    def _owner(self, told: _Told) -> Mention | None:
        """The event that a number is an argument of; of several that share it the one it hangs on."""
        owners = self.owners.get(told.position.i) or self.owners.get(told.counted.i) or ()
        governing = (one for one in owners if self.parse.head(one).i == told.counted.head.i)
        return next(governing, next(iter(owners), None))

    def _is_part(self, told: _Told, before: _Told) -> bool:
        """Whether a number is of those that the one before counts: "including five children", "three of them"."""
        whole = before.amount
        if told.amount.count > (whole.upper or whole.count) and whole.bound != "at-least":
            return False
        between = self.parse.article.text[before.end : told.end]
        if told.counted.lower_ in _AMONG or _PART.search(between):
            return ";" not in between
        return before.part and told.position.dep_ == "conj" and before.position in told.position.ancestors

    def _governing(self, told: _Told, arguments: Arguments) -> Mention | None:
        """The event that governs a number which is no argument of one: "the blast left 12 dead"."""
        toll = self.counting.toll_for(told.position)
        if toll is not None:
            within = next((self.heads[token.i] for token in toll.subtree if token.i in self.heads), None)
            if within is not None:
                return within
        token = told.position
        for _ in range(_STEPS):
            event = self._at(token)
            if event is not None:
                return event
            if token.head.i == token.i or self._is_apart(token):
                return None
            token = token.head
        return None

    def earlier(self, told: _Told) -> Mention | None:
        """The deadly event of an earlier sentence that "the death toll" is of: the last one, at its place."""
        toll = self.counting.toll_for(told.position)
        if toll is None or any(child.dep_ == "det" and child.lower_ in ("a", "an") for child in toll.children):
            return None
        where = {
            noun.lower_ for name, noun in prepositions(toll) if name in ("in", "at", "across") and noun.pos_ == "PROPN"
        }
        before = (self.heads[i] for i in reversed(self.places[: bisect_left(self.places, toll.i)]))
        for event in before:
            head = self.parse.head(event)
            if self.parse.paragraph(toll) - self.parse.paragraph(head) > _PARAGRAPHS:
                return None
            if event.type in self.counting.deadly and where <= {token.lower_ for token in head.sent}:
                return event
        return None

    def _at(self, token: Token) -> Mention | None:
        """The event that a word is, or that the clause it heads names: its subject, its circumstances."""
        if token.i in self.heads:
            return self.heads[token.i]
        near: list[Token] = []
        if token.pos_ in ("VERB", "AUX"):
            near += subjects(token)
        near += [noun for name, noun in prepositions(token) if name in _BY_EVENTS]
        near += [child for child in token.children if child.dep_ == "advcl"]
        return next((self.heads[one.i] for one in near if one.i in self.heads), None)

    def _is_apart(self, clause: Token) -> bool:
        """Whether a clause is about something else than the one above: what somebody says, what is set against it."""
        if clause.dep_ in ("ccomp", "parataxis"):
            return clause.head.lemma_.lower() in self.reporting
        return clause.dep_ == "advcl" and any(child.lower_ in _AGAINST for child in clause.children)


def _position(tokens: TokenSpan) -> Token:
    """The token that stands in the clause for a number: the noun it stands before, else the number itself."""
    token = tokens.root
    while token.dep_ in _BEFORE_NOUN and token.head.i > token.i and (token.pos_ != "NOUN" or token.i < tokens.end):
        token = token.head
    return token


def _counted(position: Token, tokens: TokenSpan) -> Token:
    """The noun that is counted: "seven officers", "three of his sons"; the number where it is alone."""
    if position.pos_ == "ADJ":
        return tokens[-1]
    if position.i >= tokens.end and position.lemma_.lower() not in PARTITIVES:
        return position
    inner = (noun for name, noun in prepositions(position) if name == "of")
    return next(inner, position if position.i >= tokens.end else tokens[-1])


def _is_base(position: Token, numbers: Iterable[int]) -> bool:
    """Whether a number is what another one is a share of: "four of the five hostages"."""
    behind_of = position.dep_ == "pobj" and position.head.lower_ == "of"
    return behind_of and position.head.head.i in numbers


def _is_name(tokens: TokenSpan, numbers: Iterable[int]) -> bool:
    """Whether a number is of a name between another number and its noun: "six AK 47 rifles"."""
    counted = next((token.i for token in _position(tokens).lefts if token.i in numbers), tokens.start)
    between = tokens.doc[counted : tokens.start]
    return bool(between) and not any(token.pos_ == "CCONJ" or token.text == "," for token in between)


def _is_mixed(noun: Token) -> bool:
    """Whether a noun shares its number with another one: "300 drones and missiles"."""
    others = [one for one in conjuncts(noun) if one.i != noun.i]
    return any(not any(child.dep_ in ("nummod", "det", "poss") for child in one.lefts) for one in others)


def _arguments(parse: Parse, events: Sequence[Mention]) -> dict[int, list[Mention]]:
    """Token index of what an event is done to, or of who does it when it is done to nobody, to such events."""
    owners: dict[int, list[Mention]] = {}
    for event in events:
        token = parse.head(event)
        if token.pos_ == "VERB":
            fillers = objects(token) or subjects(token)
        else:
            fillers = [filler for name, filler in prepositions(token) if name == "of"]
        for filler in fillers:
            owners.setdefault(filler.i, []).append(event)
    return owners
