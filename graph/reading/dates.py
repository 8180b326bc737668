"""Which days each event can have happened on: what the text says of it, and what that leaves open.

    events, links = assign(parse, events, times, schema)

In this order, the first that tells wins:
- `modifier`, `clause`: a time expression that hangs on the event's noun or verb ("the October 7 attack",
  "killed three on Wednesday"), or on a verb or noun that tells of the same happening;
- `anchor`: a distance from a dated event ("three days after the attack");
- `reported`: the time of the saying. In the present perfect, which news uses for what has just happened ("Iran has
  launched drones, the military said on Saturday night"), it is taken as the day;
  otherwise only as the last day possible;
- `narrative`: a past main clause goes on on the day that its paragraph gave last;
- `order`: it came before a dated event ("resigned on Monday after clashes");
- `publication`: an article tells of nothing later than its own day.
A planned, hypothetical or negated event has a date only where the text gives it one.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

from msgspec import structs

from ...schemas.types import Schema
from ..types import HAPPENED, EventValue, Link, Mention, TimeValue, When
from .datesites import LIMITS, Site, Sites
from .happening import NOUNS, Happenings
from .parse import Parse, Token
from .tense import VERBS, clause_verb, is_had, is_perfect
from .timewords import time_words
from .timex import plus

_SUBJECTS = ("nsubj", "nsubjpass")
_DURATION = re.compile(r"P(?:(\d+)([DWMY]))$")


class Dated(NamedTuple):
    """What is known of one event's days, and the time mention that tells."""

    when: When | None
    time: str | None
    rule: str
    confidence: float


def assign(
    parse: Parse, events: Iterable[Mention], times: Iterable[Mention], schema: Schema
) -> tuple[list[Mention], list[Link]]:
    """The events with `value.when` filled where something is known, and `time` links from events to time mentions."""
    events = list(events)
    verbal = {name for name, kind in schema.event_types.items() if kind.is_verbal}
    dates = _Dates(parse, events, list(times), time_words(schema), verbal)
    dates.said()
    dates.anchored()
    dates.reported()
    dates.narrated()
    dates.ordered()
    dates.bounded()
    found = dates.found
    links = [
        Link(event.id, "time", dated.time, dated.rule, dated.confidence)
        for event in events
        if (dated := found.get(event.id)) is not None and dated.time is not None
    ]
    return [_with(event, found.get(event.id), dates.bounds.get(event.id)) for event in events], links


def _with(event: Mention, dated: Dated | None, bound: When | None) -> Mention:
    when = structs.replace(dated.when, rule=dated.rule) if dated is not None and dated.when is not None else bound
    if when is None:
        return event
    return structs.replace(event, value=structs.replace(event.value, when=when))


class _Dates:
    """One article's events and times, by the tokens they stand on."""

    def __init__(
        self, parse: Parse, events: list[Mention], times: list[Mention], table: Mapping[str, Any], verbal: set[str]
    ):
        self.parse = parse
        self.day = parse.article.day
        self.events = events
        self.times = [time for time in times if time.span.start >= parse.article.body]
        self.heads = {event.id: parse.head(event) for event in events}
        self.by_head = {self.heads[event.id].i: event for event in events}
        self.happenings = Happenings(table)
        self.verbal = verbal
        self.signals = {
            word
            for word, meaning in table["signals"].items()
            for relation in meaning.values()
            if isinstance(relation, dict) and relation["type"] == "before" and relation["source"] == "complement"
        }
        self.sites = Sites(parse, self.times, table)
        self.found: dict[str, Dated] = {}
        self.bounds: dict[str, When] = {}  # the day of publication, for events without days of their own

    def said(self) -> None:
        """Dates what a time expression hangs on or is explained by, then what tells of the same happening."""
        given = []
        for time, verb in self.sites.explained():
            assert isinstance(time.value, TimeValue)
            if time.type != "SET" and self._give(verb, time.value.when, time, "clause", 0.85):
                given.append((verb, time.value.when, time, 0.85))
        for time, site in self.sites:
            when, governor, sure = self.sites.days(time, site), self._meant(site), 0.9
            if governor.pos_ in NOUNS and governor.i not in self.by_head:
                clause = clause_verb(governor)
                if clause is None or site.attribute or site.preposition is None:
                    continue
                governor, sure = clause, 0.7
            rule = "clause" if governor.pos_ in VERBS else "modifier"
            if not self._give(governor, when, time, rule, sure):
                self._give_nearest(governor, when, time)
                continue
            if site.preposition not in LIMITS:
                given.append((governor, when, time, sure))
        for governor, when, time, sure in given:
            for token, factor in self.happenings.around(governor, self.by_head):
                self._give(token, when, time, "clause", round(sure * factor, 2))

    def _meant(self, site: Site) -> Token:
        """The verb instead of the noun in "condemned Russia for the attack on Tuesday": words answer earlier deeds."""
        noun = site.governor
        if noun.pos_ not in NOUNS or site.attribute or noun.i not in self.by_head or noun.dep_ in _SUBJECTS:
            return noun
        verb = clause_verb(noun)
        event = self.by_head.get(verb.i) if verb is not None else None
        if verb is None or event is None or event.type not in self.verbal:
            return noun
        return noun if any(other.governor.i == verb.i for _, other in self.sites) else verb

    def _give(self, token: Token, when: When | None, time: Mention, rule: str, confidence: float) -> bool:
        """False when a token's event cannot have had these days; True also when it announces none."""
        event = self.by_head.get(token.i)
        if event is None:
            return True
        if not self._possible(event, when):
            return False
        known = self.found.get(event.id)
        if known is not None and not _better(when, confidence, known):
            return True
        self.found[event.id] = Dated(when, time.id, rule, confidence)
        return True

    def _give_nearest(self, verb: Token, when: When | None, time: Mention) -> None:
        """Gives a time that a verb cannot have to the event noun before it ("to avenge the killing last week")."""
        nouns = [
            token
            for token in verb.subtree
            if token.i in self.by_head
            and token.pos_ in ("NOUN", "PROPN")
            and verb.i < token.i
            and token.idx < time.span.start
        ]
        if nouns:
            self._give(nouns[-1], when, time, "modifier", 0.6)

    def _possible(self, event: Mention, when: When | None) -> bool:
        """No day after publication for what has happened, none before it for what is yet to come."""
        value = event.value
        assert isinstance(value, EventValue)
        if when is None or when.earliest is None or self.day is None:
            return True
        if value.factuality == "planned" or (value.tense == "future" and value.factuality == "hypothetical"):
            return when.latest is None or when.latest > self.day or not when.phrase
        tomorrow = plus(self.day, 1, "D")
        return (
            value.tense != "past" or value.factuality not in HAPPENED or tomorrow is None or when.earliest <= tomorrow
        )

    def anchored(self) -> None:
        """Dates "three days after the attack" from the attack, where that has a day."""
        for time in self.times:
            match = _DURATION.match(time.value.value) if isinstance(time.value, TimeValue) else None
            root = self.parse.span(time).root
            signal = root.head
            if match is None or time.type != "DURATION" or signal.lower_ not in ("after", "before"):
                continue
            anchor = self._anchor(signal)
            day = self._day_of(anchor) if anchor is not None else None
            verb = clause_verb(signal.head)
            if day is None or verb is None:
                continue
            moved = plus(day, int(match[1]) * (1 if signal.lower_ == "after" else -1), match[2])
            later = plus(moved, 1, match[2]) if moved else None
            if moved is not None:
                when = When(moved, later, {"D": "day", "W": "week", "M": "month", "Y": "year"}[match[2]], time.text)
                self._give(verb, when, time, "anchor", 0.6)

    def _anchor(self, signal: Token) -> Mention | None:
        tokens = [child for child in signal.children if child.dep_ in ("pobj", "pcomp")]
        if signal.dep_ == "mark":
            tokens.append(signal.head)
        return next((self.by_head[token.i] for token in tokens if token.i in self.by_head), None)

    def _day_of(self, event: Mention) -> date | None:
        """The day of an event or, for "the attack", of the last event of its type before it that has one."""
        noun = self.heads[event.id].pos_ in ("NOUN", "PROPN")
        earlier = [e for e in self.events if noun and e.type == event.type and e.span.start < event.span.start]
        for candidate in (event, *reversed(earlier)):
            dated = self.found.get(candidate.id)
            when = dated.when if dated else None
            if when is not None and when.precision == "day":
                return when.earliest
        return None

    def reported(self) -> None:
        """Dates what is told under a dated saying: its day in the present perfect, else the last day possible."""
        sayings = {
            site.governor.i: (time, self.sites.days(time, site))
            for time, site in self.sites
            if site.governor.lemma_.lower() in self.happenings.says and site.governor.pos_ in VERBS
        }
        if not sayings:
            return
        for event in self._undated():
            verb = clause_verb(self.heads[event.id])
            saying = self._saying(self.heads[event.id], sayings)
            if verb is None or saying is None or saying == self.heads[event.id].i:
                continue
            time, when = sayings[saying]
            if when is None or when.latest is None:
                continue
            if is_perfect(verb) and verb.i == self.heads[event.id].i and when.precision == "day":
                self.found[event.id] = Dated(when, time.id, "reported", 0.5)
            else:
                self.found[event.id] = Dated(When(None, when.latest, "before", when.phrase), None, "reported", 0.6)

    def _saying(self, token: Token, sayings: Mapping[int, Any]) -> int | None:
        while token.head.i != token.i:
            token = token.head
            if token.i in sayings:
                return token.i
        return None

    def _undated(self) -> Iterator[Mention]:
        """The events that have happened and have no days when their turn comes."""
        for event in self.events:
            assert isinstance(event.value, EventValue)
            dated = self.found.get(event.id)
            if event.value.factuality in HAPPENED and (dated is None or dated.when is None):
                yield event

    def narrated(self) -> None:
        """Dates a past main clause with the day that its paragraph gave last."""
        last: When | None = None
        paragraph = -1
        for event in sorted(self.events, key=lambda e: e.span.start):
            value, head = event.value, self.heads[event.id]
            assert isinstance(value, EventValue)
            own = self._paragraph(head)
            if own != paragraph:
                paragraph, last = own, None
            dated = self.found.get(event.id)
            if value.factuality not in HAPPENED or not _goes_on(head):
                continue
            when = dated.when if dated is not None and dated.rule == "clause" else None
            if when is not None and when.precision == "day":
                last = when
            elif last is not None and _allows(dated, last):
                self.found[event.id] = Dated(last, None, "narrative", 0.4)

    def _paragraph(self, token: Token) -> int:
        return self.parse.paragraph(token)

    def ordered(self) -> None:
        """The last day of what a dated event came after: "resigned on Monday after clashes"."""
        for event in self._undated():
            later = self._later(self.heads[event.id])
            dated = self.found.get(later.id) if later is not None else None
            when = dated.when if dated is not None else None
            if when is not None and when.latest is not None and when.precision not in ("before", "after"):
                self.found[event.id] = Dated(When(None, when.latest, "before", when.phrase), None, "order", 0.6)

    def _later(self, token: Token) -> Mention | None:
        """The event that a word says this one came before: what "after" hangs on."""
        signal: Token | None = next((child for child in token.children if child.dep_ == "mark"), token.head)
        if signal is None or signal.lower_ not in self.signals or signal.i == token.i:
            return None
        governor = token.head if signal.head.i == token.i else signal.head
        return self.by_head.get(governor.i)

    def bounded(self) -> None:
        """The day of publication as the last day of what has happened."""
        end = plus(self.day, 1, "D") if self.day else None
        if end is None:
            return
        for event in self._undated():
            self.bounds[event.id] = When(None, end, "before", rule="publication")


def _better(when: When | None, confidence: float, known: Dated) -> bool:
    """Whether days tell more than those known: any at all, surer ones, or as sure and inside of them."""
    if when is None or known.when is None:
        return when is not None
    if confidence != known.confidence:
        return confidence > known.confidence
    old = known.when
    if None in (when.earliest, when.latest, old.earliest, old.latest):
        return old.precision in ("before", "after")
    return (when.latest - when.earliest) < (old.latest - old.earliest)  # type: ignore[operator]


def _goes_on(verb: Token) -> bool:
    """Whether a verb stands in the simple past in a main clause."""
    if verb.tag_ != "VBD" or is_perfect(verb) or is_had(verb):
        return False
    while verb.dep_ == "conj" and verb.head.pos_ in VERBS:
        verb = verb.head
    return verb.dep_ == "ROOT"


def _allows(dated: Dated | None, when: When) -> bool:
    """Whether nothing is known that days contradict: no date, or a last day possible that is not before them."""
    known = dated.when if dated is not None else None
    if known is None:
        return True
    if known.precision != "before" or known.latest is None:
        return False
    return when.latest is not None and when.latest <= known.latest
