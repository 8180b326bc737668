"""What the meanings of time expressions share: the context of a text, and the slots of a match."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, NamedTuple

from ..types import When
from .timex_grammar import Item, Match


class Timex(NamedTuple):
    """A type and a value; `when` only where it differs from the days of the value."""

    type: str
    value: str
    when: When | None = None
    mod: str | None = None


class Context:
    """What a rule may ask: the publication day, the dates read so far, the direction of the clause."""

    def __init__(self, day: date | None, table: Mapping[str, Any], direct: Callable[[Match], int | None]):
        self.day = day
        self.holidays: Mapping[str, Any] = table["holidays"]
        self.feasts: Mapping[str, Any] = table["feasts"]
        self.names_too: frozenset[str] = frozenset(table["names_too"])
        self.prepositions: frozenset[str] = frozenset(table["prepositions"])
        self.numbered: frozenset[str] = frozenset(table["numbered"])
        self.counted: frozenset[str] = frozenset(table["counted"])
        self.bearers: frozenset[str] = frozenset(table["bearers"])
        self.anchored: frozenset[str] = frozenset(table["anchored"])
        self.direct = direct
        self.last: str | None = None  # value of the last date read
        self.last_clock: tuple[int, str] | None = None  # where the last clock time ended, and its value
        self.last_day: date | None = None
        self.last_end = -1  # where the last expression ended
        self.last_period: str | None = None  # value of the last quarter read

    def base(self, match: Match) -> date | None:
        """The day that a pointer counts from: the last one of the text for "the previous Friday", else publication."""
        return self.last_day or self.day if self.from_text(match) else self.day

    def from_text(self, match: Match) -> bool:
        """Whether a pointer counts from the dates of the text."""
        return any(item.text in self.anchored for item in match.all("last", "next"))


def number(match: Match) -> float | str | None:
    """The number in a match ("twenty-four", "2 1/2", "a", "several" -> X), or None."""
    choice = next((i for i, item in enumerate(match.items) if item.kind in ("or", "to") and i), 0)
    if choice and match.rule in ("duration", "ago"):
        return number(Match("", match.items[:choice], match.doc))
    if match.has("half") and match.items[-1].kind == "half" and len(match.items) > 3:
        whole = number(Match(match.rule, match.items[:-3], match.doc))
        return whole + 0.5 if isinstance(whole, float) else whole
    total: float | None = None
    for item in match.items:
        if item.kind in ("int", "int2", "int4"):
            value = float(item.text.replace(",", ""))
            total = value if total is None else total + value
        elif item.kind in ("num", "round"):
            total = (total or 1) * item.key if item.kind == "round" else (total or 0) + item.key
        elif item.kind in ("fraction", "half"):
            total = (total or 0) + item.key
        elif item.kind == "vague":
            return item.key if item.key == "X" else float(item.key)
        elif item.kind == "a" and total is None and not match.has("half", "vague", "round"):
            total = 1.0
    return total


def day_number(match: Match) -> int:
    """The day of a month in a match, 0 when there is none."""
    for item in match.all("int2", "ordinalword", "ordinaldigit"):
        return ordinal(item)
    return 0


def ordinal(item: Item) -> int:
    """The number of an ordinal or a plain one."""
    return int(item.key) if item.key is not None else int("".join(c for c in item.text if c.isdigit()))


def unit(match: Match) -> str:
    """The TIMEX3 unit in a match."""
    return str(match.all("unit", "units", "day", "quarter", "century", "weekend", "period")[0].key)


def pointer(match: Match) -> int | None:
    """-1 for last, 1 for next, 0 for this and current; None without such a word."""
    for item in match.items:
        if item.kind in ("last", "next", "this", "current"):
            return int(item.key)
    return None


def year(match: Match) -> int | None:
    item = match.get("int4")
    return int(item.text) if item else None


def behind(match: Match, words: Any) -> bool:
    return match.before is not None and match.before.lower_ in words


def in_a_name(match: Match, item: Item) -> bool:
    """Whether a weekday or month is part of a name: "the Sunday Times", "Wednesday Addams", "Black September"."""
    token = match.doc[item.start]
    head, before = token.head, match.before
    if token.dep_ == "compound" and head.i == token.i + 1 and head.pos_ == "PROPN":
        return head.ent_type_ in ("ORG", "PERSON", "WORK_OF_ART") or not token.ent_type_
    return before is not None and before.pos_ == "PROPN" and before.dep_ == "compound" and before.head.i == token.i
