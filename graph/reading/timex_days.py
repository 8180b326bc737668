"""The meaning of weekdays, parts of days, weekends and clock times, from the day of publication."""

from datetime import date, datetime, timedelta

from ..types import When
from .timex import days_of, plus, value_of, weekday_value
from .timex_context import Context, Timex, behind, in_a_name, ordinal, pointer, year
from .timex_dates import day_numbers, on_date
from .timex_grammar import Match


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
    elif match.has("zone", "zoneoffset") and (item := match.get("int4")) is not None:
        hour, minute = divmod(int(item.text), 100)
    else:
        item = next((i for i in match.all("int2", "num")), None)
        if item is None:
            return None
        hour, minute = ordinal(item), 0
    part = match.get("daypart")
    if part is not None and shift is None and (5 if part.key == "NI" else 0) < hour < 12 and part.key != "MO":
        hour += 12
    if shift is not None and hour <= 12:
        hour = hour % 12 + shift.key
    if hour > 24 or minute > 59:
        return None
    return f"{hour:02d}:{minute:02d}{_zone(match)}"


def _zone(match: Match) -> str:
    """Z for Greenwich, +03:00 where the distance is told; a zone's name alone is left out, as TimeBank does."""
    offset = match.get("zoneoffset")
    if offset is not None:
        hours, _, minutes = offset.text[4:].partition(":")
        return f"{offset.text[3]}{int(hours):02d}:{minutes or '00'}" if int(hours) <= 14 else ""
    zone = match.get("zone")
    return "Z" if zone is not None and zone.key in ("GMT", "UTC") else ""


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
        on = weekday_date(match, context)
    else:
        bare = match.rule == "clock" and len(match.items) == 1 and match.has("clock")
        if bare and not behind(match, context.prepositions):
            return None
        if match.has("hour") and match.rule == "clock" and behind(match, ("high",)):
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


def weekday_date(match: Match, context: Context) -> str | None:
    item = match.get("weekday")
    today = match.get("today")
    if today is not None:
        moved = plus(context.day, today.key, "D") if context.day else None
        return moved.isoformat() if moved else None
    if item is None:
        return None
    base = context.base(match)
    if base is None or context.day is None:
        return f"XXXX-WXX-{item.key}"
    way = pointer(match)
    if match.has("unit") and way is not None:
        week = plus(context.day, way, "W")
        return weekday_value(week, item.key, 1 if item.key >= week.isoweekday() else -1).isoformat() if week else None
    if way in (-1, 1):
        return weekday_value(base, item.key, way, strict=True).isoformat()
    direction = context.direct(match)
    return weekday_value(context.day, item.key, direction or (1 if direction == 0 else -1)).isoformat()


def weekday(match: Match, context: Context) -> Timex | None:
    item = match.all("weekday")[0]
    if in_a_name(match, item):
        return None
    if match.has("every") or item.text.endswith("days"):
        return Timex("SET", f"XXXX-WXX-{item.key}")
    if match.has("that", "same") and context.last_day is not None:
        return Timex("DATE", weekday_value(context.last_day, item.key, None).isoformat())
    value = weekday_date(match, context)
    return Timex("DATE", value) if value else None


def weekday_range(match: Match, context: Context) -> Timex | None:
    """Mon-Fri: the first one's value, the days of both."""
    first, last = match.all("weekday", "dayname")
    if context.day is None:
        return Timex("DATE", f"XXXX-WXX-{first.key}")
    start = weekday_value(context.day, first.key, context.direct(match) or -1)
    end = plus(weekday_value(start, last.key, 1), 1, "D")
    return Timex("DATE", start.isoformat(), When(start, end, "interval"))


def midweek(match: Match, context: Context) -> Timex | None:
    """The middle of this week, behind a past verb on a Monday or Tuesday of the last."""
    if context.day is None:
        return Timex("DATE", "XXXX-WXX", mod="MID")
    way, weekday = context.direct(match), context.day.isoweekday()
    moved = plus(context.day, -1 if weekday < 3 and way == -1 else 1 if weekday > 4 and way == 1 else 0, "W")
    return Timex("DATE", value_of(moved, "W"), mod="MID") if moved else None


def daypart_of(match: Match, context: Context) -> Timex | None:
    """The morning of Friday, the night of April 13-14, the small hours of Sunday; alone, those of the last day."""
    small = match.has("smallhours")
    end = "MO" if small else str(match.all("daypart")[0].key)
    mod = "START" if small else None
    if (month := match.get("month")) is not None:
        days = day_numbers(match)
        on = on_date(match, context, month.key, days[0], year(match))
        if on is None:
            return None
        if len(days) > 1 and not on.startswith("X"):
            first = date.fromisoformat(on)
            return Timex("TIME", f"{on}T{end}", When(first, plus(first, 2, "D"), "interval"), mod)
    elif match.has("weekday", "today"):
        on = weekday_date(match, context)
    else:
        near = context.last_day or context.day
        on = near.isoformat() if near else None
    return Timex("TIME", f"{on or 'XXXX-XX-XX'}T{end}", mod=mod)


def daypart(match: Match, context: Context) -> Timex | None:
    """Monday night, yesterday morning."""
    on = weekday_date(match, context)
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


def day_before(match: Match, context: Context) -> Timex | None:
    """The day before yesterday."""
    if context.day is None:
        return Timex("DATE", "XXXX-XX-XX")
    moved = plus(context.day, match.all("today")[0].key + match.all("before")[0].key, "D")
    return Timex("DATE", moved.isoformat()) if moved else None


def unit_beside(match: Match, context: Context) -> Timex | None:
    """The day after, the week before, the night before: from the last date of the text.

    With something behind ("the day after the vote") it is a distance from that, a duration.
    """
    what, way = match.all("day", "unit", "daypart")[0], int(match.all("before")[0].key)
    signal = match.doc[match.items[-1].start]
    if any(child.dep_ in ("pobj", "pcomp") for child in signal.children) or signal.dep_ == "mark":
        return None
    if what.kind == "daypart":
        moved = plus(context.last_day, way, "D") if context.last_day else None
        return Timex("TIME", f"{moved.isoformat()}T{what.key}") if moved else None
    days = days_of(context.last) if context.last else None
    moved = plus(days[0], way, what.key) if days else None
    return Timex("DATE", value_of(moved, what.key)) if moved else None


def next_day(match: Match, context: Context) -> Timex | None:
    """The next day, the previous day, that same day: from the last day of the text."""
    if match.has("ordinalword", "ordinaldigit"):
        return None
    if context.last_day is None:
        return None
    moved = plus(context.last_day, pointer(match) or 0, "D")
    return Timex("DATE", moved.isoformat()) if moved else None
