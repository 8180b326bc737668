"""What each pattern of time expressions means: from a match to a TIMEX3 type, value and days.

One function a pattern, of the match and of what the text has told so far; None refuses the match.
A value that needs a day nobody knows stays open ("XXXX-WXX-5") and has no days.
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from ..types import When
from .timex import days_of, duration, easter, nth_weekday, plus, shifted, unit_of, value_of, weekday_value
from .timex_grammar import Item, Match

MODS = ("mid", "start", "middle", "end", "early", "late", "about", "more", "less", "least", "most")
_PARTS = {"MO", "AF", "EV", "NI"}


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
        self.names_too: frozenset[str] = frozenset(table["names_too"])
        self.direct = direct
        self.last: str | None = None  # value of the last date read
        self.last_clock: tuple[int, str] | None = None  # where the last clock time ended, and its value
        self.last_day: date | None = None
        self.last_period: str | None = None  # value of the last quarter read

    def reference(self, unit: str) -> str | None:
        """The date that "a year earlier" counts from, no finer than the unit: the last one read, else publication."""
        return self.last or (self.day.isoformat() if self.day else None)


def number(match: Match) -> float | str | None:
    """The number in a match ("twenty-four", "2 1/2", "a", "several" -> X), or None."""
    total: float | None = None
    if match.has("half") and match.items[-1].kind == "half" and len(match.items) > 3:
        whole = number(Match(match.rule, match.items[:-3], match.doc))
        return whole + 0.5 if isinstance(whole, float) else whole
    for item in match.items:
        if item.kind in ("int", "int2", "int4"):
            value = float(item.text.replace(",", ""))
            total = value if total is None else total + value
        elif item.kind in ("num", "round"):
            if item.key >= 12 and item.kind == "round":
                total = (total or 1) * item.key
            else:
                total = (total or 0) + item.key
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
    """-1 for last, 1 for next, 0 for this; None without such a word."""
    for item in match.items:
        if item.kind in ("last", "next", "this"):
            return int(item.key)
    return None


def year(match: Match) -> int | None:
    item = match.get("int4")
    return int(item.text) if item else None


def on_date(match: Match, context: Context, month: int, day: int, of: int | None) -> str | None:
    """The value of a month and day, its year found by the direction of the clause where none is given."""
    if of is not None:
        return date(of, month, day).isoformat()
    date(2000, month, day)
    if context.day is None:
        return f"XXXX-{month:02d}-{day:02d}"
    return _nearest(match, context, [d for d in _candidates(context.day, month, day)], slack=1)


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
    behind = max((d for d in candidates if (d - context.day).days <= slack), default=None)
    ahead = min((d for d in candidates if (d - context.day).days >= 0), default=None)
    if behind is None or ahead is None:
        nearest = behind or ahead
        return nearest.isoformat() if nearest else None
    way = pointer(match)
    if not way:
        way = -1 if _behind(match, ("since",)) else _likely(context, context.direct(match), behind, ahead)
    return (ahead if way > 0 else behind).isoformat()


def _likely(context: Context, way: int | None, behind: date, ahead: date) -> int:
    """The direction of the clause, unless it leads most of a year away and the other way is near."""
    assert context.day is not None
    back, forth = abs((context.day - behind).days), (ahead - context.day).days
    if forth < 95 and back > 270:
        return 1
    if back < 95 and forth > 270 and not way == 1:
        return -1
    if way:
        return -1 if way == 1 and back < 35 and forth > 330 else way
    return 1 if forth * 3 < back else -1


def clock_time(match: Match) -> str | None:
    """The hour of a match as TIMEX3 writes it behind T: 17:30, or None when it is none."""
    shift = match.get("ampm")
    if (word := match.get("hour")) is not None:
        return f"{word.key:02d}:00"
    if (item := match.get("clock")) is not None:
        hour, minute = (int(part) for part in item.text.split(":")[:2])
    elif (item := match.get("clockampm")) is not None:
        digits = item.text.rstrip("apm.").replace(".", ":").split(":")
        hour, minute = int(digits[0]), int(digits[1]) if len(digits) > 1 else 0
        hour = hour % 12 + (12 if "p" in item.text else 0)
    elif match.has("zone") and (item := match.get("int4")) is not None:
        hour, minute = divmod(int(item.text), 100)
    else:
        item = next((i for i in match.all("int2", "num")), None)
        if item is None:
            return None
        hour, minute = ordinal(item), 0
        part = match.get("daypart")
        if part is not None and part.key in ("AF", "EV", "NI") and hour < 12:
            hour += 12
    if shift is not None and hour <= 12:
        hour = hour % 12 + shift.key
    if hour > 24 or minute > 59:
        return None
    zone = match.get("zone")
    return f"{hour:02d}:{minute:02d}" + ("Z" if zone is not None and zone.key in ("GMT", "UTC") else "")


def _weekday_value(match: Match, context: Context) -> str | None:
    item = match.get("weekday")
    today = match.get("today")
    if today is not None:
        moved = plus(context.day, today.key, "D") if context.day else None
        return moved.isoformat() if moved else None
    if item is None:
        return None
    if context.day is None:
        return f"XXXX-WXX-{item.key}"
    way = pointer(match)
    if match.has("unit") and way is not None:
        week = plus(context.day, way, "W")
        return weekday_value(week, item.key, 1 if item.key >= week.isoweekday() else -1).isoformat() if week else None
    if way in (-1, 1):
        return weekday_value(context.day, item.key, way, strict=True).isoformat()
    direction = context.direct(match)
    return weekday_value(context.day, item.key, direction or (1 if direction == 0 and way == 0 else -1)).isoformat()


def clock(match: Match, context: Context) -> Timex | None:
    """10:30 p.m., 2130 GMT, noon; with a day where one stands beside it."""
    at = clock_time(match)
    if at is None:
        return None
    month = match.get("month")
    if month is not None:
        days = [i for i in match.items if i.start > month.start and i.kind in ("int2", "ordinalword", "ordinaldigit")]
        years = [i for i in match.all("int4") if i.start > month.start]
        on = on_date(match, context, month.key, ordinal(days[0]), int(years[0].text) if years else None)
    elif match.has("weekday", "today"):
        on = _weekday_value(match, context)
    else:
        if match.rule == "clock" and len(match.items) == 1 and match.has("clock") and not _behind(match, "at by until around about from since to before after till".split()):
            return None
        if match.has("hour") and match.rule == "clock" and _behind(match, ("high",)):
            return None
        near = context.day if context.direct(match) == 1 else context.last_day or context.day
        on = near.isoformat() if near else None
    if on is not None and not on.startswith("X") and at.endswith("Z"):
        on = _greenwich_day(match, context, on, at)
    context.last_clock = (match.items[-1].end, f"{on}T{at}")
    return Timex("TIME", f"{on or 'XXXX-XX-XX'}T{at}")


def _greenwich_day(match: Match, context: Context, on: str, at: str) -> str:
    """The day of "(2130 GMT)" behind a local time: the one that leaves the two at most half a day apart."""
    end, local = context.last_clock or (-9, "")
    if match.items[0].start - end > 2 or local.endswith("Z") or local.startswith(("X", "N")):
        return on
    ahead = datetime.fromisoformat(local.replace("T24:", "T00:")) - datetime.fromisoformat(f"{local[:10]}T{at[:5]}")
    days = -1 if ahead < timedelta(hours=-12) else 1 if ahead > timedelta(hours=14) else 0
    return (date.fromisoformat(local[:10]) + timedelta(days)).isoformat()


def _behind(match: Match, words: Any) -> bool:
    return match.before is not None and match.before.lower_ in words


def iso_date(match: Match, context: Context) -> Timex | None:
    text = "".join(item.text for item in match.items)[:10].replace("–", "-")
    day = date.fromisoformat(text)
    return Timex("DATE", day.isoformat())


def slash_date(match: Match, context: Context) -> Timex | None:
    first, second, last = (int(part) for part in match.items[0].text.split("/"))
    of = last if last > 99 else last + (2000 if last < 50 else 1900)
    month, day = (first, second) if first <= 12 else (second, first)
    return Timex("DATE", date(of, month, day).isoformat())


def month_day(match: Match, context: Context) -> Timex | None:
    month = match.all("month")[0]
    value = on_date(match, context, month.key, day_number(match), year(match))
    return Timex("DATE", value) if value else None


def month_day_range(match: Match, context: Context) -> Timex | None:
    """March 3-7: the interval; its value is the first day, as TIMEX3 has none for it."""
    days = match.all("int2", "ordinalword", "ordinaldigit")
    first = on_date(match, context, match.all("month")[0].key, ordinal(days[0]), year(match))
    if first is None:
        return None
    if first.startswith("X"):
        return Timex("DATE", first)
    start = date.fromisoformat(first)
    end = plus(start.replace(day=ordinal(days[1])), 1, "D")
    if end is None or end <= start:
        return None
    return Timex("DATE", first, When(start, end, "interval"))


def month_year(match: Match, context: Context) -> Timex | None:
    return Timex("DATE", f"{year(match):04d}-{match.all('month')[0].key:02d}")


def month(match: Match, context: Context) -> Timex | None:
    """A month alone: the last one of that name behind a past verb, the next one behind a future one."""
    item = match.all("month")[0]
    if match.has("every"):
        return Timex("SET", f"XXXX-{item.key:02d}")
    if item.text in context.names_too and len(match.items) == 1 and not _dates(match):
        return None
    if context.day is None:
        return Timex("DATE", f"XXXX-{item.key:02d}")
    way = pointer(match)
    current = context.day.replace(day=1)
    if way == 0:
        return Timex("DATE", f"{context.day.year:04d}-{item.key:02d}")
    months = [date(of, item.key, 1) for of in range(max(1, current.year - 1), min(9999, current.year + 1) + 1)]
    behind = [m for m in months if m < current or (m == current and way is None)]
    ahead = [m for m in months if m > current or (m == current and way is None)]
    way = way if way is not None else context.direct(match)
    if not way:
        if item.key == current.month:
            way = -1
        else:
            way = 1 if (item.key - current.month) % 12 < 6 and way == 0 else -1
    chosen = behind[-1] if way < 0 and behind else ahead[0] if ahead else behind[-1]
    return Timex("DATE", value_of(chosen, "M"))


def _dates(match: Match) -> bool:
    """Whether a month that is a name or a verb too (May, March, June) stands as a month."""
    if match.root.ent_type_ not in ("DATE", ""):
        return False
    return _behind(match, ("in", "since", "until", "during", "by", "from", "before", "after", "till", "through", "of", "to")) and (
        match.root.ent_type_ == "DATE" or _behind(match, ("in", "since", "until", "during"))
    )


def _year_named(match: Match, context: Context) -> int | None:
    if (named := year(match)) is not None:
        return named
    if context.day is None:
        return None
    return context.day.year + (pointer(match) or 0)


def quarter(match: Match, context: Context) -> Timex | None:
    """The third quarter: of the year named, else the latest (or the next) quarter of that number."""
    n = ordinal(match.all("ordinalword", "ordinaldigit")[0])
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


def season(match: Match, context: Context) -> Timex | None:
    item = match.all("season")[0]
    if (named := year(match)) is not None:
        return Timex("DATE", f"{named:04d}-{item.key}")
    if context.day is None:
        return Timex("DATE", f"XXXX-{item.key}")
    start = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}[item.key]
    of, way = context.day.year, pointer(match)
    way = way if way is not None else context.direct(match) or -1
    begun = start <= context.day.month
    if way < 0:
        of -= not begun or (match.has("last") and start <= context.day.month < start + 3)
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
    item = match.get("decadename")
    digits = item.key * 10 if item else int(match.all("decadeyears")[0].text[:-1])
    if item is not None and (match.after is None or not match.has("the", "early", "late", "mid", "apostrophe") or _behind(match, ("in", "his", "her", "their")) and not match.has("the")):
        return None
    if item is None and digits < 100 and not match.has("apostrophe", "the", "early", "late", "mid"):
        return None
    if digits < 100:
        if digits < 10:
            return None
        this = context.day.year if context.day else 2000
        digits += this // 100 * 100
        digits -= 100 if digits > this else 0
    return Timex("DATE", f"{digits // 10:03d}")


def century(match: Match, context: Context) -> Timex | None:
    numbers = match.all("ordinalword", "ordinaldigit")
    if numbers:
        n = ordinal(numbers[0])
        return Timex("DATE", f"{n - 1:02d}") if 1 <= n <= 30 else None
    if context.day is None:
        return None
    return Timex("DATE", f"{context.day.year // 100 + (pointer(match) or 0):02d}")


def daypart(match: Match, context: Context) -> Timex | None:
    """Monday night, yesterday morning."""
    on = _weekday_value(match, context)
    part = match.all("daypart")[0]
    if match.has("every") or part.text.endswith("s"):
        return Timex("SET", f"XXXX-WXX-{match.all('weekday')[0].key}T{part.key}") if match.has("weekday") else None
    return Timex("TIME", f"{on or 'XXXX-XX-XX'}T{part.key}")


def this_daypart(match: Match, context: Context) -> Timex | None:
    """this morning, last night, the next evening, that night."""
    part = match.all("daypart")[0]
    if part.text.endswith("s"):
        return None
    text_time = match.has("that", "same") or match.has("the")
    base = (context.last_day or context.day) if text_time else context.day
    if base is None:
        return Timex("TIME", f"XXXX-XX-XXT{part.key}")
    way = pointer(match) or 0
    moved = plus(base, way, "D")
    return Timex("TIME", f"{moved.isoformat()}T{part.key}") if moved else None


def week_of(match: Match, context: Context) -> Timex | None:
    value = on_date(match, context, match.all("month")[0].key, day_number(match), year(match))
    if value is None or value.startswith("X"):
        return None
    return Timex("DATE", value_of(date.fromisoformat(value), unit(match)))


def weekday(match: Match, context: Context) -> Timex | None:
    item = match.all("weekday")[0]
    if match.has("every") or item.text.endswith("days"):
        return Timex("SET", f"XXXX-WXX-{item.key}")
    if match.has("that", "same") and context.last_day is not None:
        return Timex("DATE", weekday_value(context.last_day, item.key, None).isoformat())
    value = _weekday_value(match, context)
    return Timex("DATE", value) if value else None


def today(match: Match, context: Context) -> Timex | None:
    night = match.has("tonight")
    moved = plus(context.day, 0 if night else match.all("today")[0].key, "D") if context.day else None
    value = moved.isoformat() if moved else "XXXX-XX-XX"
    return Timex("TIME", value + "TNI") if night else Timex("DATE", value)


def overnight(match: Match, context: Context) -> Timex | None:
    """The night that ends on the day of publication."""
    eve = plus(context.day, -1, "D") if context.day else None
    if eve is None or context.day is None:
        return Timex("TIME", "XXXX-XX-XXTNI")
    return Timex("TIME", f"{eve.isoformat()}TNI", When(eve, plus(context.day, 1, "D"), "interval"))


def weekend(match: Match, context: Context) -> Timex | None:
    if match.has("every") or match.all("weekend")[0].text.endswith("s"):
        return Timex("SET", "XXXX-WXX-WE")
    if not match.has("last", "next", "this", "that", "the"):
        return None
    if context.day is None:
        return Timex("DATE", "XXXX-WXX-WE")
    way = pointer(match)
    if way is None or way == 0:
        way = _weekend_way(match, context, way)
        saturday = weekday_value(context.day, 6, 1) if way > 0 and context.day.isoweekday() < 6 else None
        if saturday is None:
            saturday = weekday_value(context.day, 6, -1)
    else:
        saturday = weekday_value(context.day, 6, way, strict=True)
    return Timex("DATE", value_of(saturday, "WE"))


def _weekend_way(match: Match, context: Context, way: int | None) -> int:
    """Before a noun ("the weekend talks") the nearer weekend, else the direction of the clause."""
    assert context.day is not None
    if match.root.dep_ in ("compound", "poss", "amod", "nmod"):
        return 1 if context.day.isoweekday() >= 3 else -1
    return context.direct(match) or (1 if way == 0 else -1)


def _moved(match: Match, context: Context, base: date, count: float, way: int, fine: str | None = None) -> Timex | None:
    what = unit(match)
    moved = plus(base, way * count, what)
    if moved is None:
        return Timex("DATE", "PAST_REF" if way < 0 else "FUTURE_REF")
    if what.startswith("T"):
        return Timex("TIME", "PAST_REF" if way < 0 else "FUTURE_REF")
    shown = {"D": "D", "W": "W", "F": "W", "M": "M", "Q": "Q", "Y": "Y", "E": "Y", "C": "Y"}[what]
    if count != int(count):
        shown = "M"
    if fine is not None:
        return Timex("DATE", shifted(fine, way * count, what) or value_of(moved, shown))
    when = None
    if what in ("W", "F"):
        when = When(plus(moved, -3, "D"), plus(moved, 4, "D"), "week")
    return Timex("DATE", value_of(moved, shown), when)


def ago(match: Match, context: Context) -> Timex | None:
    """Two years ago: as fine as the unit it counts in."""
    count = number(match) or 1.0
    if isinstance(count, str):
        day = context.day
        return Timex("DATE", "PAST_REF", When(None, plus(day, 0, "D"), "before") if day else None)
    if context.day is None:
        return Timex("DATE", "PAST_REF")
    period = context.last_period if unit(match) == "Y" and count == 1 else None
    return _moved(match, context, context.day, count, -1, period)


def units_ago(match: Match, context: Context) -> Timex | None:
    return Timex("DATE", "PAST_REF", When(None, context.day, "before") if context.day else None)


def later(match: Match, context: Context) -> Timex | None:
    """A day earlier, three weeks later: counted from the last date of the text."""
    count = number(match) or 1.0
    way = match.all("earlier", "later")[-1].key
    if isinstance(count, str) or (base := context.last or (context.day and context.day.isoformat())) is None:
        return Timex("DATE", "PAST_REF" if way < 0 else "FUTURE_REF")
    days = days_of(base)
    if days is None:
        return None
    what = unit(match)
    if what == "Y":
        fine = context.last_period or None
        return _moved(match, context, days[0], count, way, fine)
    if unit_of(base) != "D" and what in ("D", "W"):
        return Timex("DATE", "PAST_REF" if way < 0 else "FUTURE_REF")
    return _moved(match, context, days[0], count, way)


def year_ago(match: Match, context: Context) -> Timex | None:
    """The year-earlier quarter."""
    if context.day is None:
        return Timex("DATE", "PAST_REF")
    what = str(match.all("unit")[0].key)
    if what != "Y":
        return None
    base = context.last_period or value_of(context.day, "Y")
    value = shifted(base, -1, "Y")
    return Timex("DATE", value) if value else None


def day_before(match: Match, context: Context) -> Timex | None:
    """The day before yesterday."""
    if context.day is None:
        return Timex("DATE", "XXXX-XX-XX")
    moved = plus(context.day, match.all("today")[0].key + match.all("before")[0].key, "D")
    return Timex("DATE", moved.isoformat()) if moved else None


def next_day(match: Match, context: Context) -> Timex | None:
    """The next day, the previous day, that same day: from the last day of the text."""
    if match.has("ordinalword", "ordinaldigit"):
        return None
    if context.last_day is None:
        return Timex("DATE", "XXXX-XX-XX")
    moved = plus(context.last_day, pointer(match) or 0, "D")
    return Timex("DATE", moved.isoformat()) if moved else None


def last_n(match: Match, context: Context) -> Timex | None:
    """The past two weeks: a duration that ends (or begins) at publication."""
    count, what, way = number(match), unit(match), pointer(match)
    if way is None:
        way = -1
    if count is None:
        return None
    when = None
    if context.day is not None and not what.startswith("T"):
        if isinstance(count, str):
            when = When(None, plus(context.day, 1, "D"), "before") if way < 0 else When(context.day, None, "after")
        elif way < 0:
            when = When(plus(context.day, -count, what), plus(context.day, 1, "D"), "interval")
        else:
            when = When(context.day, plus(context.day, count, what), "interval")
    return Timex("DURATION", duration(count, what), when)


def first_n(match: Match, context: Context) -> Timex | None:
    count = number(_without_ordinal(match))
    return Timex("DURATION", duration(count, unit(match))) if count is not None else None


def _without_ordinal(match: Match) -> Match:
    return Match(match.rule, [i for i in match.items if i.kind not in ("ordinalword", "ordinaldigit")], match.doc)


def last_units(match: Match, context: Context) -> Timex | None:
    """The past months, coming weeks."""
    way, what = pointer(match), unit(match)
    when = None
    if context.day is not None:
        when = When(None, plus(context.day, 1, "D"), "before") if way == -1 else When(context.day, None, "after")
    return Timex("DURATION", duration("X", what), when)


def recent_units(match: Match, context: Context) -> Timex | None:
    when = When(None, plus(context.day, 1, "D"), "before") if context.day else None
    return Timex("DURATION", duration("X", unit(match)), when)


def last_unit(match: Match, context: Context) -> Timex | None:
    """Last week, this year, next month, this past week, the current quarter."""
    if match.has("season"):
        return season(match, context)
    if match.has("month"):
        return month(match, context)
    if match.has("period"):
        return Timex("DATE", context.last_period) if context.last_period and match.has("this") else None
    what, day = unit(match), context.day
    words = {item.text for item in match.all("last", "next", "this")}
    way = pointer(match)
    if what == "D" or what.startswith("T"):
        return Timex("DATE", "PRESENT_REF") if words == {"this"} and what == "D" else None
    if "past" in words and not match.has("century"):
        when = When(plus(day, -1, what), plus(day, 1, "D"), "interval") if day else None
        return Timex("DURATION", duration(1, what), when)
    if "latest" in words or (match.has("the") and not words & {"current", "coming"}):
        base = context.last
        if "latest" in words:
            return the_unit(match, context) if what == "Q" else None
        if base is None:
            return Timex("DURATION", duration(1, what))
        finer = days_of(base)
        moved = plus(finer[0], way or 0, what) if finer else None
        return Timex("DATE", value_of(moved, what)) if moved else None
    if day is None:
        return Timex("DATE", {"W": "XXXX-WXX", "M": "XXXX-XX", "Q": "XXXX-QX"}.get(what, "XXXX"))
    moved = plus(day, 2 if "next" in words and "last" in words else way or 0, what)
    return Timex("DATE", value_of(moved, what)) if moved else None


def same_unit(match: Match, context: Context) -> Timex | None:
    """That year, the same month: of the last date read."""
    days = days_of(context.last) if context.last else None
    return Timex("DATE", value_of(days[0], unit(match))) if days else None


def the_unit(match: Match, context: Context) -> Timex | None:
    """The end of the month, early in the week, the quarter."""
    if (named := year(match)) is not None:
        return Timex("DATE", f"{named:04d}")
    what = unit(match)
    mod = match.has("start", "end", "middle", "early", "late", "earlier", "later", "mid")
    if what == "Q" and not mod:
        ended = plus(context.day, -1, "Q") if context.day else None
        value = context.last_period or (value_of(ended, "Q") if ended else None)
        return Timex("DATE", value) if value else None
    if what.startswith("T") or what == "C" or context.day is None:
        return None
    if not mod:
        if what == "Y" and (match.has("full", "fiscal") or match.before is not None and match.before.lower_ in ("of", "for", "in")) and _closes(match):
            return Timex("DATE", value_of(context.day, what))
        return None
    if what == "D":
        return Timex("DATE", context.day.isoformat()) if match.has("earlier", "later") else None
    return Timex("DATE", value_of(context.day, what))


def _closes(match: Match) -> bool:
    return match.after is None or match.after.pos_ not in ("NOUN", "PROPN", "ADJ") and match.after.lower_ not in ("of", "that", "when")


def unit_end(match: Match, context: Context) -> Timex | None:
    """Year-end."""
    if unit(match) == "Y" and not match.has("the"):
        return Timex("DATE", value_of(context.day, "Y") if context.day else "XXXX", mod="END")
    return None


def every(match: Match, context: Context) -> Timex | None:
    if match.has("month"):
        return Timex("SET", f"XXXX-{match.all('month')[0].key:02d}")
    if match.has("daypart"):
        return Timex("SET", f"XXXX-XX-XXT{match.all('daypart')[0].key}")
    count = number(match) or 1.0
    if match.has("ordinalword", "ordinaldigit"):
        count = float(ordinal(match.all("ordinalword", "ordinaldigit")[0]))
    if isinstance(count, str):
        return Timex("DURATION", duration(count, unit(match)))
    return Timex("SET", duration(count, unit(match)))


def per_unit(match: Match, context: Context) -> Timex | None:
    return Timex("SET", duration(1, unit(match)))


def a_duration(match: Match, context: Context) -> Timex | None:
    """Six weeks, a year, the two-year: not an age, not "a day" behind an amount."""
    count, what = number(match), unit(match)
    if count is None:
        return None
    after = match.after
    if after is not None and after.lower_ in ("old", "olds") or _behind(match, ("age", "aged")):
        return None
    article_only = match.has("a") and not match.has("half", "vague", "num", "round")
    if article_only and match.before is not None and match.before.pos_ in ("NUM", "NOUN", "SYM"):
        return None
    if what == "Q" and (after is not None and after.lower_ == "of" or match.has("hyphen")):
        return None
    if article_only and what == "D" and match.root.dep_ in ("nsubj", "attr", "dobj", "conj"):
        return None
    return Timex("DURATION", duration(count, what))


def units(match: Match, context: Context) -> Timex | None:
    """Weeks, years, with a preposition that measures: "for years", "in weeks"."""
    measured = _behind(match, ("for", "in", "over", "within", "after", "through"))
    if not measured and not match.has("long") and (match.after is None or match.after.lower_ not in ("of", "before", "after")):
        return None
    if match.before is not None and match.before.pos_ in ("ADJ", "NUM"):
        return None
    return Timex("DURATION", duration("X", unit(match)))


def holiday(match: Match, context: Context) -> Timex | None:
    """Christmas Eve, Easter Monday: fixed, n-th weekday of a month, or counted from Easter."""
    entry = context.holidays[match.all("holiday")[0].key]
    named = year(match)
    if named is not None:
        return Timex("DATE", holiday_of(entry, named).isoformat())
    if context.day is None:
        return Timex("DATE", f"XXXX-{entry['month']:02d}-{entry['day']:02d}") if "day" in entry else None
    around = range(max(1, context.day.year - 1), min(9999, context.day.year + 1) + 1)
    value = _nearest(match, context, [holiday_of(entry, of) for of in around], slack=1)
    return Timex("DATE", value) if value else None


def holiday_of(entry: Mapping[str, int], of: int) -> date:
    """The day of a holiday in a year."""
    if "easter" in entry:
        moved = plus(easter(of), entry["easter"], "D")
        assert moved is not None
        return moved
    if "nth" in entry:
        return nth_weekday(of, entry["month"], entry["weekday"], entry["nth"])
    return date(of, entry["month"], entry["day"])


def fiscal_year(match: Match, context: Context) -> Timex | None:
    return Timex("DATE", f"{year(match):04d}")


def year_range(match: Match, context: Context) -> Timex | None:
    """1998-2001, 1998-99."""
    texts = [item.text for item in match.all("int4", "int2")]
    first = int(texts[0])
    last = int(texts[1]) if len(texts[1]) == 4 else first // 100 * 100 + int(texts[1])
    if not (1000 <= first < last <= 2100) or last - first > 150:
        return None
    return Timex("DURATION", f"P{last - first}Y", When(date(first, 1, 1), date(last + 1, 1, 1), "interval"))


def a_year(match: Match, context: Context) -> Timex | None:
    """A number of four digits where a year can stand, and nothing that it counts."""
    item = match.all("int4")[0]
    token = match.doc[item.start]
    value = int(item.text)
    if match.has("unit") and match.all("unit")[0].key != "Y":
        return None
    if match.has("unit", "mid", "early", "late", "start", "end", "middle"):
        return Timex("DATE", f"{value:04d}") if 1 <= value <= 9999 else None
    if not 1400 <= value <= 2100:
        return None
    before, after = match.before, match.after
    if before is not None and (before.text in "$£€#" or before.pos_ == "SYM" or before.lower_ in ("flight", "no.", "number", "room", "section", "article", "page", "resolution", "than", "about")):
        return None
    if after is not None and (after.text in ("%", "°") or after.lower_ in ("percent", "people", "million", "billion", "feet", "miles", "dollars", "hours")):
        return None
    if token.ent_type_ in ("DATE", "EVENT") or before is not None and before.lower_ in ("in", "since", "until", "during", "of", "by", "from", "before", "after", "till", "through"):
        counted = token.dep_ == "nummod" and token.head.i > token.i and token.head.tag_ == "NNS"
        if counted and not (match.has("the") or (before is not None and before.pos_ in ("DET", "PRON"))) and token.ent_type_ != "DATE":
            return None
        return Timex("DATE", f"{value:04d}")
    if 1900 <= value <= 2050 and token.ent_type_ not in ("CARDINAL", "MONEY", "QUANTITY", "PERCENT") and token.dep_ != "nummod":
        return Timex("DATE", f"{value:04d}")
    return None


def bare_past(match: Match, context: Context) -> Timex | None:
    """The past, as a noun."""
    token = match.doc[match.items[-1].start]
    return Timex("DATE", "PAST_REF") if token.lower_ == "past" and token.pos_ == "NOUN" else None


def ref(match: Match, context: Context) -> Timex | None:
    """Now, recently, soon: TIMEX3's PRESENT_REF, PAST_REF, FUTURE_REF."""
    item = match.items[0]
    if item.text in ("soon", "shortly") and match.after is not None and match.after.lower_ in ("after", "before", "as"):
        return None
    if item.kind == "recent":
        return Timex("DATE", "PAST_REF")
    return Timex("DATE", str(item.key))


def frequency(match: Match, context: Context) -> Timex | None:
    item = match.items[0]
    return Timex("SET", str(item.key))


def age(match: Match, context: Context) -> Timex | None:
    """44-year-old: nothing that happens in time."""
    return None


RULES: dict[str, Callable[[Match, Context], Timex | None]] = {
    "iso-date": iso_date,
    "slash-date": slash_date,
    "clock-day": clock,
    "clock-weekday": clock,
    "weekday-clock": clock,
    "clock-daypart": clock,
    "clock": clock,
    "month-day-range": month_day_range,
    "weekday-month-day": month_day,
    "day-month": month_day,
    "month-day": month_day,
    "month-year": month_year,
    "quarter-of": quarter,
    "year-quarter": quarter,
    "quarter": quarter,
    "season-year": season,
    "spoken-year": spoken_year,
    "decade": decade,
    "century": century,
    "weekday-daypart": daypart,
    "this-daypart": this_daypart,
    "week-of": week_of,
    "weekday": weekday,
    "today": today,
    "overnight": overnight,
    "weekend": weekend,
    "ago": ago,
    "units-ago": units_ago,
    "year-ago": year_ago,
    "later": later,
    "day-before": day_before,
    "next-day": next_day,
    "age": age,
    "last-n": last_n,
    "first-n": first_n,
    "last-units": last_units,
    "recent-units": recent_units,
    "last-unit": last_unit,
    "same-unit": same_unit,
    "the-unit": the_unit,
    "unit-end": unit_end,
    "every": every,
    "season": season,
    "month": month,
    "per-unit": per_unit,
    "duration": a_duration,
    "units": units,
    "holiday": holiday,
    "fiscal-year": fiscal_year,
    "year-range": year_range,
    "named-year": a_year,
    "year": a_year,
    "bare-past": bare_past,
    "ref": ref,
    "frequency": frequency,
}
