"""Time expressions: weekdays, dates, clock times, durations, and the days they mean.

    mentions = find(parse, schema)

A weekday or a month without its year is resolved by the tense of its clause against the day of
publication; where that day is unknown the value stays open ("XXXX-WXX-5") and has no days.
"""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import Any

from ...schemas.errors import SchemaError, nearest
from ...schemas.types import Schema
from ..types import Mention, TimeValue, When
from .parse import Parse
from .tense import Tenses
from .timewords import time_words
from .timex import days_of, unit_of
from .timex_context import Context, Timex
from .timex_grammar import Grammar, Match
from .timex_rules import RULES

_SHIFTED = ("ago", "later", "year-ago", "quarter-ago", "same-period", "quarter-last", "year-period")
_APPROXIMATE = ("about", "more", "less", "least", "most")
_EDGES = ("mid", "start", "middle", "end", "early", "late")


class _Words:
    """The schema's `times` table with its compiled grammar; equal when the schema's digest is."""

    def __init__(self, table: Mapping[str, Any], digest: str):
        self.table = table
        self.digest = digest

    def __hash__(self) -> int:
        return hash(self.digest)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Words) and bool(self.digest) and self.digest == other.digest


class _Compiled:
    """What `find` needs of the schema."""

    def __init__(self, table: Mapping[str, Any]):
        for name in table["patterns"]:
            if name not in RULES:
                raise SchemaError(f"the time pattern {name!r} has no meaning.{nearest(name, RULES)}")
        self.table = table
        self.grammar = Grammar(table)
        self.tenses = Tenses(table)

    def direct(self, match: Match) -> int | None:
        """Where the time of a match lies: -1 behind, 1 ahead, 0 now, None when nothing tells."""
        return self.tenses.of_time(match.root)


@lru_cache(maxsize=8)
def _compile(words: _Words) -> _Compiled:
    return _Compiled(words.table)


def find(parse: Parse, schema: Schema) -> list[Mention]:
    """The time expressions of an article, also in its dateline, in text order, as mentions of kind `time`.

    Their type is DATE, TIME, DURATION or SET, their value a `TimeValue`.
    """
    table = time_words(schema)
    if not table["patterns"]:
        return []
    compiled = _compile(_Words(table, schema.digest))
    context = Context(parse.article.day, compiled.table, compiled.direct)
    found = []
    for match, timex in compiled.grammar.matches(parse.doc, lambda match: _read(match, context)):
        _remember(match, timex, context)
        found.append(_mention(parse, match, timex, context.day))
    return found


def _read(match: Match, context: Context) -> Timex | None:
    """What a match means, or None: also where the calendar has no such day, and inside the name of a work."""
    if match.root.ent_type_ == "WORK_OF_ART" and match.rule != "holiday":
        return None
    try:
        timex = RULES[match.rule](match, context)
        if timex is not None:
            days_of(timex.value)
        return timex
    except (ValueError, OverflowError):
        return None


def _remember(match: Match, timex: Timex, context: Context) -> None:
    """Keeps the date that "a day earlier" and "the same month" will count from.

    "The first nine months" is what a result is compared over from then on, instead of the last quarter.
    """
    rule, context.last_end = match.rule, match.items[-1].end
    if rule == "first-n" and timex.value.endswith("M"):
        context.last_period = None
    if timex.type not in ("DATE", "TIME"):
        return
    days = days_of(timex.value)
    if days is None:
        return
    context.last = timex.value[:10] if timex.type == "TIME" else timex.value
    if days[2] == "day":
        context.last_day = days[0]
    if unit_of(timex.value) == "Q" and rule not in _SHIFTED:
        context.last_period = timex.value


def _mention(parse: Parse, match: Match, timex: Timex, day: date | None) -> Mention:
    first = next(item for item in match.items if item.kind not in ("and", "or"))
    start = parse.doc[first.start].idx
    last = parse.doc[match.items[-1].end - 1]
    end = last.idx + len(last.text.rstrip(".") if match.items[-1].kind == "isotime" else last)
    phrase = parse.article.text[start:end]
    when = timex.when or _when(timex)
    if when is not None and when.latest == date.min:
        when = None
    if when is not None:
        when = _trimmed(match, when, day)
        when = When(when.earliest, when.latest, when.precision, phrase, match.rule)
    value = TimeValue(timex.value, when, timex.mod or _mod(match))
    return parse.mention(start, end, "time", timex.type, value, match.rule)


def _when(timex: Timex) -> When | None:
    if timex.type not in ("DATE", "TIME"):
        return None
    days = days_of(timex.value)
    return When(*days) if days else None


def _trimmed(match: Match, when: When, day: date | None) -> When:
    """ "Earlier this month" ends at publication, "later this year" begins there."""
    if day is None or when.earliest is None or when.latest is None or not when.earliest <= day < when.latest:
        return when
    if when.precision == "day":
        return when
    kinds = {item.kind for item in match.items}
    if "earlier" in kinds and when.earliest < day:
        return When(when.earliest, day, "interval")
    if "later" in kinds:
        return When(day, when.latest, "interval")
    return when


def _mod(match: Match) -> str | None:
    """The TIMEX3 modifier that a match's words give: START, MID, END, APPROX, MORE_THAN ..."""
    for item in match.items:
        if item.kind in _EDGES or item.kind in _APPROXIMATE:
            return str(item.key)
    return None
