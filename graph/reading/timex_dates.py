"""The meaning of dates that the calendar names: days, months, weeks, holidays.

A month or a day without its year lies where its clause points, or near the day of publication.
"""

import re
from collections.abc import Mapping
from datetime import date, time
from typing import Any

from ..types import When
from .feasts import days_in
from .timex import Days, month_length, plus, value_of
from .timex_context import Context, Timex, behind, day_number, in_a_name, ordinal, pointer, unit, year
from .timex_grammar import Match

_ON = ("on", "by", "until", "till", "since", "from", "before", "after")


def on_date(match: Match, context: Context, month: int, day: int, of: int | None) -> str | None:
    """The value of a month and day, its year found by the direction of the clause where none is given."""
    if of is not None:
        return date(of, month, day).isoformat()
    date(2000, month, day)
    if context.day is None:
        return f"XXXX-{month:02d}-{day:02d}"
    return _nearest(match, context, _candidates(context.day, month, day), slack=1)


def _candidates(around: date, month: int, day: int) -> list[date]:
    found = []
    for of in range(max(1, around.year - 8), min(9999, around.year + 8) + 1):
        try:
            found.append(date(of, month, day))
        except ValueError:
            continue
    return found


def _nearest(match: Match, context: Context, candidates: list[date], slack: int) -> str | None:
    assert context.day is not None
    past = max((d for d in candidates if (d - context.day).days <= slack), default=None)
    ahead = min((d for d in candidates if (d - context.day).days >= 0), default=None)
    if past is None or ahead is None:
        nearest = past or ahead
        return nearest.isoformat() if nearest else None
    way = pointer(match)
    if not way:
        way = -1 if behind(match, ("since",)) else _likely(context, context.direct(match), past, ahead)
    return (ahead if way > 0 else past).isoformat()


def _likely(context: Context, way: int | None, past: date, ahead: date) -> int:
    """The direction of the clause, unless it leads most of a year away and the other way is near."""
    assert context.day is not None
    back, forth = abs((context.day - past).days), (ahead - context.day).days
    if forth < 62 and back > 300:
        return 1
    if back < 62 and forth > 300 and way != 1:
        return -1
    if way:
        return -1 if way == 1 and back < 35 and forth > 330 else way
    return 1 if forth * 3 < back else -1


def iso_date(match: Match, context: Context) -> Timex | None:
    """2024-04-13, also with its time behind T."""
    text = "".join(item.text for item in match.items)
    day = date.fromisoformat(text[:10].replace("–", "-"))
    if not match.has("isotime"):
        return Timex("DATE", day.isoformat())
    at = time.fromisoformat(text[11:].rstrip(".").upper())
    return Timex("TIME", f"{day.isoformat()}T{at:%H:%M}{_offset(at)}")


def _offset(at: time) -> str:
    """How TIMEX3 writes the zone of a time: Z, +03:00, or nothing where none is known."""
    if at.tzinfo is None:
        return ""
    return at.isoformat()[-6:] if at.utcoffset() else "Z"


def slash_date(match: Match, context: Context) -> Timex | None:
    first, second, last = (int(part) for part in match.items[0].text.split("/"))
    of = last if last > 99 else last + (2000 if last < 50 else 1900)
    month, day = (first, second) if first <= 12 else (second, first)
    return Timex("DATE", date(of, month, day).isoformat())


def month_day(match: Match, context: Context) -> Timex | None:
    month = match.all("month")[0]
    value = on_date(match, context, month.key, day_number(match), year(match))
    return Timex("DATE", value) if value else None


def same_month(match: Match, context: Context) -> Timex | None:
    """The second day of "April 24 and 25"."""
    after, last = match.after, context.last_day
    if match.items[0].start != context.last_end or last is None or context.last != last.isoformat():
        return None
    if after is not None and after.pos_ in ("NOUN", "PROPN", "ADJ", "NUM", "SYM"):
        return None
    return Timex("DATE", last.replace(day=day_number(match)).isoformat())


def month_day_range(match: Match, context: Context) -> Timex | None:
    """March 3-7, 3-5 May: the interval; its value is the first day, as TIMEX3 has none for it."""
    if match.has("and") and not behind(match, ("between",)):
        return None
    days = day_numbers(match)
    months = [item.key for item in match.all("month")]
    first = on_date(match, context, months[0], days[0], year(match))
    if first is None:
        return None
    if first.startswith("X"):
        return Timex("DATE", first)
    start = date.fromisoformat(first)
    last = start.replace(year=start.year + (months[-1] < months[0]), month=months[-1], day=days[1])
    if last <= start:
        return None
    return Timex("DATE", first, When(start, plus(last, 1, "D"), "interval"))


def day_numbers(match: Match) -> list[int]:
    """The days of the month in a match, both of "3–7" too."""
    found = []
    for item in match.all("int2", "ordinalword", "ordinaldigit", "dayrange"):
        found += [int(n) for n in re.split("[–—]", item.text)] if item.kind == "dayrange" else [ordinal(item)]
    return found


def day_of_month(match: Match, context: Context) -> Timex | None:
    """On the 5th, Monday the 5th: of the month that the clause points to."""
    weekday = match.get("weekday")
    if weekday is None and not (behind(match, _ON) and _stands_alone(match)):
        return None
    day = day_number(match)
    if not 1 <= day <= 31:
        return None
    if context.day is None:
        return Timex("DATE", f"XXXX-XX-{day:02d}")
    months = [plus(context.day.replace(day=1), n, "M") for n in range(-14, 15)]
    days = [then.replace(day=day) for then in months if then is not None and day <= month_length(then)]
    days = [then for then in days if weekday is None or then.isoweekday() == weekday.key]
    past = max((then for then in days if then <= context.day), default=None)
    ahead = min((then for then in days if then >= context.day), default=None)
    chosen = ahead if context.direct(match) in (0, 1) else past
    return Timex("DATE", chosen.isoformat()) if chosen is not None else None


def _stands_alone(match: Match) -> bool:
    """Whether no noun follows that would be counted: "the 5th Battalion", "the 5th of the series"."""
    after = match.after
    return after is None or (after.pos_ not in ("NOUN", "PROPN", "ADJ", "NUM") and after.lower_ not in ("of", "-", "–"))


def month_year(match: Match, context: Context) -> Timex | None:
    return Timex("DATE", f"{year(match):04d}-{match.all('month')[0].key:02d}")


def month(match: Match, context: Context) -> Timex | None:
    """A month alone: the last one of that name behind a past verb, the next one behind a future one."""
    item = match.all("month")[0]
    if match.has("every"):
        return Timex("SET", f"XXXX-{item.key:02d}")
    if in_a_name(match, item):
        return None
    if item.text in context.names_too and len(match.items) == 1 and not _dates(match, context):
        return None
    if context.day is None:
        return Timex("DATE", f"XXXX-{item.key:02d}")
    way = pointer(match)
    current = context.day.replace(day=1)
    if way == 0:
        return Timex("DATE", f"{context.day.year:04d}-{item.key:02d}")
    months = [date(of, item.key, 1) for of in range(max(1, current.year - 1), min(9999, current.year + 1) + 1)]
    past = [m for m in months if m < current or (m == current and way is None)]
    ahead = [m for m in months if m > current or (m == current and way is None)]
    way = way if way is not None else context.direct(match)
    if not way:
        way = 1 if way == 0 and 0 < (item.key - current.month) % 12 < 6 else -1
    chosen = past[-1] if way < 0 and past else ahead[0] if ahead else past[-1]
    return Timex("DATE", value_of(chosen, "M"))


def month_relative(match: Match, context: Context) -> Timex | None:
    """April next year, 3 March this year."""
    if match.all("unit")[0].key != "Y" or context.day is None:
        return None
    of = context.day.year + (pointer(match) or 0)
    number, day = match.all("month")[0].key, day_number(match)
    return Timex("DATE", date(of, number, day).isoformat() if day else f"{of:04d}-{number:02d}")


def _dates(match: Match, context: Context) -> bool:
    """Whether a month that is a name or a verb too (May, March, June) stands as a month."""
    root, entity = match.root, match.root.ent_type_
    if root.dep_ == "compound" and behind(match, ("the",)):
        return entity == "DATE" and root.head.lemma_ not in context.bearers
    return (entity == "DATE" and behind(match, context.prepositions)) or (
        not entity and behind(match, ("in", "since", "until", "during"))
    )


def week_of(match: Match, context: Context) -> Timex | None:
    value = on_date(match, context, match.all("month")[0].key, day_number(match), year(match))
    if value is None or value.startswith("X"):
        return None
    return Timex("DATE", value_of(date.fromisoformat(value), unit(match)))


def holiday(match: Match, context: Context) -> Timex | None:
    """Christmas Eve, Easter Monday, Ramadan; its value is the first day, as TIMEX3 has none for a feast of several.

    Behind another name it is a day of its own ("Holocaust Memorial Day").
    """
    item = match.all("holiday")[0]
    if match.doc[item.start].text[0].islower():
        return None
    if match.items[0].kind == "holiday" and match.before is not None and match.before.pos_ == "PROPN":
        return None
    entry = context.holidays[item.key]
    if "table" in entry:
        entry = {"years": context.feasts[entry["table"]]}
    named = year(match) or entry.get("year")
    if named is None and context.day is None:
        return Timex("DATE", f"XXXX-{entry['month']:02d}-{entry['day']:02d}") if "day" in entry else None
    days = next(iter(days_in(entry, named)), None) if named is not None else _feast(match, context, entry)
    if days is None:
        return None
    return Timex("DATE", days[0].isoformat(), None if days[2] == "day" else When(*days))


def _feast(match: Match, context: Context, entry: Mapping[str, Any]) -> Days | None:
    """The days of the feast that goes on at publication, else of the one that the clause points to."""
    assert context.day is not None
    around = range(max(1, context.day.year - 1), min(9999, context.day.year + 1) + 1)
    feasts = [days for of in around for days in days_in(entry, of)]
    for days in feasts:
        if not pointer(match) and days[0] <= context.day and (days[1] is None or context.day < days[1]):
            return days
    value = _nearest(match, context, [days[0] for days in feasts], slack=1)
    return next((days for days in feasts if days[0].isoformat() == value), None)
