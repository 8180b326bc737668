"""Where each time expression hangs, and the days that it and its preposition leave to what it hangs on."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import pairwise
from typing import Any, NamedTuple

from ..types import Mention, TimeValue, When
from .parse import Parse, Token
from .tense import VERBS, is_had, is_perfect
from .timex import plus

LIMITS = ("until", "till", "by")
_ATTRIBUTES = frozenset(("poss", "compound", "nmod", "amod", "nummod"))
_COMPARED = ("from", "than")
_DISTANT = ("ago", "later", "last-unit", "year-ago", "quarter-ago", "same-period", "quarter-last")
_RANGE = ("to", "and", "until", "through", "till", "-", "–")


class Site(NamedTuple):
    """Where a time expression hangs: the verb or noun, the preposition, whether as the noun's attribute."""

    governor: Token
    preposition: str | None
    attribute: bool


def _is_compared(time: Mention, site: Site) -> bool:
    """Whether a time tells what something is held against: "fell from a year ago", "more than last month"."""
    return site.preposition in _COMPARED and time.rule in _DISTANT


class Sites:
    """The time expressions of an article with their sites, in text order; the last time of a range has none."""

    def __init__(self, parse: Parse, times: Sequence[Mention], table: Mapping[str, Any]):
        self.parse = parse
        self.day = parse.article.day
        self.times = times
        self.stretches = frozenset(table["stretches"])
        self.inside = {token.i for time in times for token in parse.span(time)}
        sites = ((time, self._site(time)) for time in times)
        self.found = {t.id: (t, site) for t, site in sites if site is not None and not _is_compared(t, site)}
        self.ranges: dict[str, When] = {}  # a range's first time to the days of its last
        self._pair_ranges(times)

    def __iter__(self) -> Iterator[tuple[Mention, Site]]:
        return iter(self.found.values())

    def _site(self, time: Mention) -> Site | None:
        """The verb or noun that a time expression hangs on, climbing out of prepositions and stretches of time."""
        token, preposition = self.parse.span(time).root, None
        attribute = token.dep_ in _ATTRIBUTES
        while True:
            head = token.head
            if head.i == token.i:
                return Site(token, preposition, False) if token.pos_ in VERBS else None
            if head.dep_ == "prep" or head.pos_ == "ADP" or head.tag_ == "TO":
                preposition = preposition or head.lower_
            elif head.pos_ in VERBS:
                return Site(head, preposition, False)
            elif head.pos_ in ("NOUN", "PROPN") and head.i not in self.inside and head.lemma_ not in self.stretches:
                return Site(head, preposition, attribute or token.dep_ in _ATTRIBUTES)
            token = head

    def explained(self) -> Iterator[tuple[Mention, Token]]:
        """The times that a clause explains, and its verb: "1960, when a tremor shook Agadir"."""
        for time in self.times:
            behind = [token for token in self.parse.doc[self.parse.span(time).end :][:2] if token.text != ","]
            if behind and behind[0].lower_ == "when" and behind[0].head.pos_ in VERBS:
                yield time, behind[0].head

    def days(self, time: Mention, site: Site) -> When | None:
        """The days that a time expression and its preposition leave."""
        assert isinstance(time.value, TimeValue)
        when = time.value.when
        if when is None or time.type == "SET":
            return None
        end = plus(self.day, 1, "D") if self.day else None
        if site.preposition == "since":
            if not (is_perfect(site.governor) or is_had(site.governor)):
                return None
            return When(when.earliest, end, "interval" if end else "after", when.phrase)
        if site.preposition in ("before", *LIMITS):
            limit = when.earliest if site.preposition == "before" else when.latest
            return When(None, limit, "before", when.phrase) if limit not in (None, date.min) else None
        if site.preposition == "after":
            return When(when.earliest, None, "after", when.phrase)
        end_of_range = self.ranges.get(time.id)
        if end_of_range is not None:
            return When(when.earliest, end_of_range.latest, "interval", when.phrase)
        return when

    def _pair_ranges(self, times: Sequence[Mention]) -> None:
        """Finds the two ends of "from March 3 to March 7", "between Monday and Wednesday"."""
        for time, other in pairwise(times):
            site = self.found[time.id][1] if time.id in self.found else None
            between = self.parse.article.text[time.span.end : other.span.start].strip().lower()
            if site is None or site.preposition not in ("from", "between") or between not in _RANGE:
                continue
            first, last = (t.value.when if isinstance(t.value, TimeValue) else None for t in (time, other))
            if first is None or last is None or first.earliest is None or last.latest is None:
                continue
            if first.earliest < last.latest:
                self.ranges[time.id] = last
                self.found.pop(other.id, None)
