"""What comes before what, and what goes on during what, within a sentence.

    links = find(parse, events, schema)

Read from conjunctions and prepositions of time (after, before, since, until, while, as, when, during,
following) and from the past perfect beside a simple past. Only what the words make certain is told.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from ...schemas.types import Schema
from ..types import EventValue, Link, Mention
from .parse import Parse, Token, offsets
from .tense import VERBS, clause_verb, is_had
from .timewords import time_words

_HAPPENED = ("asserted", "alleged")


def find(parse: Parse, events: Iterable[Mention], schema: Schema) -> list[Link]:
    """Links `before`, `simultaneous` and `includes` between the events of a sentence, with the words that say so.

    Planned, hypothetical and negated events take no part.
    """
    table = time_words(schema)
    by_token = {
        parse.head(event).i: event
        for event in events
        if isinstance(event.value, EventValue) and event.value.factuality in _HAPPENED
    }
    links: dict[tuple[str, str], Link] = {}
    for sentence in parse.sentences:
        if sum(i in by_token for i in range(sentence.start, sentence.end)) < 2:
            continue
        for token in sentence:
            signal = table["signals"].get(token.lower_)
            link = _by_signal(token, signal, by_token) if signal is not None else None
            if link is not None:
                links.setdefault(_pair(link), link)
        for link in _by_perfect(sentence, by_token, frozenset(table["says"])):
            links.setdefault(_pair(link), link)
    return list(links.values())


def _pair(link: Link) -> tuple[str, str]:
    return (link.source, link.target) if link.source < link.target else (link.target, link.source)


def _by_signal(signal: Token, meaning: Mapping[str, Any], by_token: Mapping[int, Mention]) -> Link | None:
    """The link between what a signal governs (its complement) and what it hangs on."""
    complement, governor = _ends(signal)
    if complement is None or governor is None or any(child.dep_ == "neg" for child in signal.children):
        return None
    main, inner = _event(governor, by_token), _event(complement, by_token)
    if main is None or inner is None or main.id == inner.id:
        return None
    rule, cue = f"signal:{signal.lower_}", offsets(signal)
    if signal.dep_ not in ("mark", "advmod"):
        relation, confidence = meaning.get("preposition"), 0.8
    elif meaning.get("progressive") and (_is_progressive(governor) or _is_progressive(complement)):
        if _is_progressive(governor) and _is_progressive(complement):
            return Link(main.id, "simultaneous", inner.id, rule, 0.8, cue)
        longer, shorter = (main, inner) if _is_progressive(governor) else (inner, main)
        return Link(longer.id, "includes", shorter.id, rule, 0.8, cue)
    else:
        relation, confidence = meaning.get("conjunction"), 0.85
    if relation is None or (relation.get("tense") == "past" and not governor.tag_ == complement.tag_ == "VBD"):
        return None
    source, target = (inner, main) if relation["source"] == "complement" else (main, inner)
    return Link(source.id, relation["type"], target.id, rule, confidence, cue)


def _is_progressive(verb: Token) -> bool:
    return verb.tag_ == "VBG" and any(child.dep_ == "aux" and child.lemma_ == "be" for child in verb.children)


def _ends(signal: Token) -> tuple[Token | None, Token | None]:
    """The complement of a signal and what the whole hangs on."""
    if signal.dep_ in ("mark", "advmod") and signal.head.dep_ == "advcl":
        return signal.head, signal.head.head
    if signal.dep_ == "prep" or signal.pos_ in ("ADP", "SCONJ", "VERB"):
        complement = next((c for c in signal.children if c.dep_ in ("pobj", "pcomp", "dobj")), None)
        return complement, signal.head if signal.head.i != signal.i else None
    return None, None


def _event(token: Token, by_token: Mapping[int, Mention]) -> Mention | None:
    """The event a token is, else that of a verb's subject or object ("the fire broke out")."""
    if token.i in by_token or token.pos_ not in VERBS:
        return by_token.get(token.i)
    nouns = (child for child in token.children if child.dep_ in ("dobj", "nsubj", "nsubjpass"))
    return next((by_token[noun.i] for noun in nouns if noun.i in by_token), None)


def _by_perfect(sentence: Any, by_token: Mapping[int, Mention], says: frozenset[str]) -> list[Link]:
    """The past perfect in what a simple past says or is qualified by: "officials said it had crashed"."""
    found = []
    for token in sentence:
        event = by_token.get(token.i)
        if event is None or token.pos_ not in VERBS or not is_had(token):
            continue
        if token.dep_ not in ("ccomp", "relcl"):
            continue
        governor = clause_verb(token.head)
        later = by_token.get(governor.i) if governor is not None else None
        if later is not None and governor is not None and governor.tag_ == "VBD" and later.id != event.id:
            found.append(Link(event.id, "before", later.id, "past-perfect", 0.8))
    return found
