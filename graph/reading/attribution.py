"""Attribution: who gives a number and for which days it holds, and who denies an event.

Status tells who says that something happened. A number may stand in a clause of its own ("the death toll rose to
12, the ministry said"), and who denies ("Russia denied bombing the hospital") says so as well.
"""

from collections.abc import Iterator, Mapping, Sequence

from msgspec import structs

from ...schemas.types import Schema
from ..types import EventValue, Link, Mention
from .denials import denier, doer, upwards
from .parse import Parse, Token
from .syntax import objects, prepositions

_GIVING = frozenset({"put", "place", "set", "estimate", "revise", "raise", "give", "count", "record"})
_CLAUSES = frozenset({"ccomp", "xcomp", "parataxis"})
_DURING = frozenset({"since", "by", "until", "on", "in", "as of", "between", "from", "during", "over", "within"})


def find(
    parse: Parse,
    events: Sequence[Mention],
    quantities: Sequence[Mention],
    actors: Sequence[Mention],
    times: Sequence[Mention],
    schema: Schema,
) -> tuple[list[Mention], list[Link]]:
    """The events with those who deny them as their source, a `says` link to each, and of numbers links to who tells
    them (`told-by`) and to the time that they are of (`holds`)."""
    speakers = _Speakers(parse, actors, schema)
    told, links = [], []
    for event in events:
        source = denier(parse.head(event), speakers.actors) if _is_denial(event) else None
        if source is not None:
            assert isinstance(event.value, EventValue)
            event = structs.replace(event, value=structs.replace(event.value, source=source.id))
            links.append(Link(event.id, "says", source.id, "attribution:denial", 0.85))
        told.append(event)
    by_token = parse.by_token(times)
    for quantity in quantities:
        token = parse.head(quantity)
        speaker = speakers.speaker(token)
        if speaker is not None:
            links.append(Link(quantity.id, "told-by", speaker.id, "attribution:number", 0.85))
        dated = next(_times(token, by_token), None)
        if dated is not None:
            word, time = dated
            cue = (word.idx, word.idx + len(word.text)) if word is not None else None
            links.append(Link(quantity.id, "holds", time.id, "attribution:number", 0.8, cue))
    return told, links


class _Speakers:
    """The actors of an article as those who say, give or deny something."""

    def __init__(self, parse: Parse, actors: Sequence[Mention], schema: Schema):
        self.actors = parse.by_token(actor for actor in actors if actor.kind == "actor")
        reporting = schema.lexicons.get("reporting", frozenset())
        self.saying = reporting | schema.lexicons.get("claiming", frozenset())

    def speaker(self, token: Token) -> Mention | None:
        """Whoever gives a number: the subject of the nearest verb of saying above it, or "according to"."""
        for child, head in upwards(token):
            for name, complement in prepositions(child):
                if name == "according to" and complement.i in self.actors:
                    return self.actors[complement.i]
            if head.i == child.i:
                return None
            gives = head.lemma_.lower() in _GIVING and child.dep_ in ("prep", "dobj") and objects(head)
            if gives or (head.lemma_.lower() in self.saying and child.dep_ in _CLAUSES):
                said_by = doer(head, self.actors)
                if said_by is not None:
                    return said_by
        return None


def _is_denial(event: Mention) -> bool:
    return isinstance(event.value, EventValue) and event.value.factuality == "negated" and event.value.source is None


def _times(token: Token, times: Mapping[int, Mention]) -> Iterator[tuple[Token | None, Mention]]:
    """The times of the clause that a number stands in, each with its preposition."""
    clause = _clause(token)
    for child in clause.children:
        if child.i in times:
            yield None, times[child.i]
        elif child.dep_ == "prep":
            for name, complement in prepositions(child.head):
                if complement.i in times and name in _DURING and complement.head in (child, *child.children):
                    yield child, times[complement.i]


def _clause(token: Token) -> Token:
    """The verb of the clause that a token stands in, or the root."""
    while token.pos_ not in ("VERB", "AUX") and token.head.i != token.i:
        token = token.head
    return token
