"""The meaning of dates that the calendar names: days, months, quarters, seasons, years, holidays.

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

EDGES = {"mid": "MID", "early": "START", "late": "END"}  # TIMEX3 modifiers of "mid-1990s"
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


def _year_named(match: Match, context: Context) -> int | None:
    if (named := year(match)) is not None:
        return named
    if context.day is None:
        return None
    return context.day.year + (pointer(match) or 0)


def quarter(match: Match, context: Context) -> Timex | None:
    """The third quarter: of the year named, else the latest (or the next) quarter of that number."""
    numbers = match.all("ordinalword", "ordinaldigit", "quartername")
    n = ordinal(numbers[0]) if numbers else 4
    if not 1 <= n <= 4:
        return None
    if match.rule != "quarter":
        of = _year_named(match, context)
        return Timex("DATE", f"{of:04d}-Q{n}" if of else f"XXXX-Q{n}")
    if context.day is None:
        return Timex("DATE", f"XXXX-Q{n}")
    of = context.day.year
    current = (context.day.month + 2) // 3
    just_ended = (n - current) % 4 == 3
    if context.direct(match) == 1 and not just_ended:
        of += n < current
    else:
        of -= n > current
    return Timex("DATE", f"{of:04d}-Q{n}")


def half_year(match: Match, context: Context) -> Timex | None:
    """The first half of 2023, H1 2023, the second half of this year."""
    n = ordinal(match.all("ordinalword", "ordinaldigit", "halfname")[0])
    if n > 2 or (match.has("unit") and unit(match) != "Y"):
        return None
    of = _year_named(match, context)
    return Timex("DATE", f"{of:04d}-H{n}" if of else f"XXXX-H{n}")


def year_to_date(match: Match, context: Context) -> Timex | None:
    if context.day is None:
        return Timex("DATE", "XXXX")
    when = When(date(context.day.year, 1, 1), plus(context.day, 1, "D"), "interval")
    return Timex("DATE", f"{context.day.year:04d}", when)


def century_turn(match: Match, context: Context) -> Timex | None:
    """The turn of the 20th century: its start; without a number, that of the century nearest to publication."""
    if match.has("ordinalword", "ordinaldigit"):
        named = century(match, context)
        return named._replace(mod="START") if named else None
    if context.day is None:
        return None
    return Timex("DATE", f"{round(context.day.year / 100):02d}", mod="START")


def year_period(match: Match, context: Context) -> Timex | None:
    """The 1988 quarter: the one of that year that the text speaks of."""
    named, last = year(match), context.last_period
    return Timex("DATE", f"{named:04d}{last[4:]}") if last else Timex("DATE", f"{named:04d}")


def season(match: Match, context: Context) -> Timex | None:
    """The summer of 2011, last winter; not "the fall in prices"."""
    item = match.all("season")[0]
    if item.text == "fall" and not year(match) and match.after is not None and match.after.pos_ == "ADP":
        return None
    if (named := year(match)) is not None:
        return Timex("DATE", f"{named:04d}-{item.key}")
    if context.day is None:
        return Timex("DATE", f"XXXX-{item.key}")
    start = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}[item.key]
    of, way = context.day.year, pointer(match)
    way = way if way is not None else context.direct(match) or -1
    begun = start <= context.day.month
    if item.key == "WI" and context.day.month < 3:
        of, begun = of - 1, True  # a winter is named after the year of its December
    if way < 0:
        of -= not begun or (match.has("last") and (context.day.month - start) % 12 < 3)
    elif way > 0:
        of += begun
    return Timex("DATE", f"{of:04d}-{item.key}")


def spoken_year(match: Match, context: Context) -> Timex | None:
    """nineteen ninety-six."""
    words = [item.key for item in match.all("num")]
    if words[0] not in (18, 19, 20) or words[1] < 10 or words[1] >= 100 or sum(words[1:]) > 99:
        return None
    if len(words) > 2 and (words[1] < 20 or words[2] > 9):
        return None
    return Timex("DATE", f"{words[0] * 100 + sum(words[1:]):04d}")


def decade(match: Match, context: Context) -> Timex | None:
    """The 1990s, the '80s, the early nineties, the nineteen sixties: of the century that makes it past.

    Not "in her late 50s".
    """
    if match.before is not None and match.before.tag_ == "PRP$":
        return None
    edge = match.get("edgedecade")
    if edge is not None:
        mod, _, years = edge.text.partition("-")
        return Timex("DATE", _decade(int(years[:-1]), context), mod=EDGES[mod])
    item, hundreds = match.get("decadename"), match.get("num")
    digits = item.key * 10 if item else int(match.all("decadeyears")[0].text[:-1])
    if hundreds is not None:
        return Timex("DATE", f"{hundreds.key}{digits // 10}") if hundreds.key in (17, 18, 19) else None
    if digits < 100 and (digits < 10 or not match.has("the", "early", "late", "mid", "apostrophe")):
        return None
    return Timex("DATE", _decade(digits, context))


def _decade(digits: int, context: Context) -> str:
    """The value of a decade by its first year; of two digits, the last one of that name."""
    if digits < 100:
        this = context.day.year if context.day else 2000
        digits += this // 100 * 100
        digits -= 100 if digits > this else 0
    return f"{digits // 10:03d}"


def edge_year(match: Match, context: Context) -> Timex | None:
    """Mid-2004, as one word."""
    mod, _, years = match.items[0].text.partition("-")
    return Timex("DATE", years, mod=EDGES[mod])


def century(match: Match, context: Context) -> Timex | None:
    numbers = match.all("ordinalword", "ordinaldigit")
    if numbers:
        n = ordinal(numbers[0])
        return Timex("DATE", f"{n - 1:02d}") if 1 <= n <= 30 else None
    if context.day is None:
        return None
    return Timex("DATE", f"{context.day.year // 100 + (pointer(match) or 0):02d}")


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


def fiscal_year(match: Match, context: Context) -> Timex | None:
    item = match.get("fiscalyear")
    return Timex("DATE", item.text[-4:] if item else f"{year(match):04d}")


def year_range(match: Match, context: Context) -> Timex | None:
    """1998-2001, 1998-99, 2022/23."""
    texts = re.split("[-–—‑/]", "".join(item.text for item in match.items))
    first = int(texts[0])
    last = int(texts[1]) if len(texts[1]) == 4 else first // 100 * 100 + int(texts[1])
    if not (1000 <= first < last <= 2100) or last - first > 150:
        return None
    return Timex("DURATION", f"P{last - first}Y", When(date(first, 1, 1), date(last + 1, 1, 1), "interval"))


def a_year(match: Match, context: Context) -> Timex | None:
    """A number of four digits where a year can stand, and nothing that it counts."""
    value = int(match.all("int4")[0].text)
    if match.has("unit", "mid", "early", "late", "start", "end", "middle"):
        named = not match.has("unit") or match.all("unit")[0].key == "Y"
        return Timex("DATE", f"{value:04d}") if named and value else None
    if 1400 <= value <= 2100 and _is_year(match, context):
        return Timex("DATE", f"{value:04d}")
    return None


def _is_year(match: Match, context: Context) -> bool:
    """Whether the words around a number, its entity and its noun let it be a year."""
    token = match.doc[match.all("int4")[0].start]
    before, after = match.before, match.after
    if before is not None and (
        before.pos_ == "SYM" or before.text.isdigit() or before.text in "$£€#" or before.lower_ in context.numbered
    ):
        return False
    if after is not None and after.lower_ in context.counted:
        return False
    if token.dep_ == "nummod" and token.head.pos_ == "PROPN" and behind(match, ("at",)):
        return False
    if token.ent_type_ in ("DATE", "EVENT"):
        return True
    if token.dep_ == "nummod":
        determined = match.has("the") or (before is not None and before.pos_ in ("DET", "PRON"))
        return behind(match, context.prepositions) and (token.head.tag_ != "NNS" or determined)
    return behind(match, context.prepositions) or token.ent_type_ not in ("CARDINAL", "MONEY", "QUANTITY", "PERCENT")
