"""TIMEX3 values and the days they cover: the calendar behind the time expressions.

    days_of("2024-04")     -> (2024-04-01, 2024-05-01, "month")
    shifted("2024-04", -1) -> "2024-03"

Values that leave a part open ("XXXX-WXX-5", "PAST_REF", "P6W") cover no known days.
"""

import re
from calendar import monthrange
from datetime import date, timedelta

Days = tuple[date, date | None, str]

SEASONS = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}
PARTS = "MO|AF|EV|NI|DT"
_LENGTHS = {"D": 1, "W": 7, "F": 14}
_MONTHS = {"M": 1, "Q": 3, "Y": 12, "E": 120, "C": 1200}
_WEEK = re.compile(r"(\d{4})-W(\d\d)(-WE)?$")
_QUARTER = re.compile(r"(\d{4})-Q([1-4])$")
_HALF = re.compile(r"(\d{4})-H([12])$")
_SEASON = re.compile(r"(\d{4})-(SP|SU|FA|WI)$")
_DAY = re.compile(rf"(\d{{4}})-(\d\d)-(\d\d)(?:T(?:{PARTS}|\d\d(?::\d\d)*(?:Z|[+-]\d\d:\d\d)?))?$")
_MONTH = re.compile(r"(\d{4})-(\d\d)$")
_YEARS = re.compile(r"\d{2,4}$")


def days_of(value: str) -> Days | None:
    """The first day, the first day after (None beyond the year 9999) and the precision, or None for an open value.

    ValueError where the calendar has no such days (week 54, year 0).
    """
    if match := _DAY.match(value):
        first = date(int(match[1]), int(match[2]), int(match[3]))
        return first, plus(first, 1, "D"), "day"
    if match := _MONTH.match(value):
        first = date(int(match[1]), int(match[2]), 1)
        return first, plus(first, 1, "M"), "month"
    if match := _WEEK.match(value):
        monday = date.fromisocalendar(int(match[1]), int(match[2]), 1)
        if match[3]:
            return monday + timedelta(5), plus(monday, 7, "D"), "interval"
        return monday, plus(monday, 7, "D"), "week"
    if match := _QUARTER.match(value):
        first = date(int(match[1]), int(match[2]) * 3 - 2, 1)
        return first, plus(first, 3, "M"), "quarter"
    if match := _HALF.match(value):
        first = date(int(match[1]), int(match[2]) * 6 - 5, 1)
        return first, plus(first, 6, "M"), "interval"
    if match := _SEASON.match(value):
        first = date(int(match[1]), SEASONS[match[2]], 1)
        return first, plus(first, 3, "M"), "interval"
    if _YEARS.match(value):
        missing = 4 - len(value)
        first = date(max(int(value) * 10**missing, min(1, missing)), 1, 1)
        precision = ("year", "decade", "interval")[missing]
        return first, plus(first, 10**missing, "Y"), precision
    return None


def plus(day: date, count: float, unit: str) -> date | None:
    """The day so many units later (units as in `P3D`; a month keeps the day it can), None past the calendar."""
    try:
        if unit in _LENGTHS:
            return day + timedelta(days=count * _LENGTHS[unit])
        if unit in _MONTHS:
            months = day.year * 12 + day.month - 1 + round(count * _MONTHS[unit])
            year, month = divmod(months, 12)
            first = date(year, month + 1, 1)
            return first.replace(day=min(day.day, month_length(first)))
        return day
    except (OverflowError, ValueError):
        return None


def month_length(day: date) -> int:
    """How many days the month of a day has."""
    return monthrange(day.year, day.month)[1]


def value_of(day: date, unit: str) -> str:
    """The TIMEX3 value of the day, week, month, quarter, year, decade or century that a day lies in."""
    if unit == "W":
        year, week, _ = day.isocalendar()
        return f"{year:04d}-W{week:02d}"
    if unit == "WE":
        return value_of(day, "W") + "-WE"
    if unit == "M":
        return f"{day.year:04d}-{day.month:02d}"
    if unit == "Q":
        return f"{day.year:04d}-Q{(day.month + 2) // 3}"
    if unit == "Y":
        return f"{day.year:04d}"
    if unit == "E":
        return f"{day.year // 10:03d}"
    if unit == "C":
        return f"{day.year // 100:02d}"
    return day.isoformat()


def unit_of(value: str) -> str:
    """The unit a date value is given in: D, W, M, Q or Y (D for anything finer or open)."""
    for pattern, unit in ((_DAY, "D"), (_MONTH, "M"), (_WEEK, "W"), (_QUARTER, "Q")):
        if pattern.match(value):
            return unit
    return "Y" if _YEARS.match(value) and len(value) == 4 else "D"


def shifted(value: str, count: float, unit: str) -> str | None:
    """A date value moved by so many units, given as finely as before but not more finely than the unit says."""
    days = days_of(value)
    moved = plus(days[0], count, unit) if days else None
    if moved is None:
        return None
    own = unit_of(value)
    return value_of(moved, own)


def duration(count: float | str, unit: str) -> str:
    """A TIMEX3 duration: 6, "W" -> "P6W"; "X", "TH" -> "PTXH"; decades and centuries in years."""
    if unit in ("E", "C", "F"):
        factor, unit = {"E": (10, "Y"), "C": (100, "Y"), "F": (2, "W")}[unit]
        count = count if isinstance(count, str) else count * factor
    if unit == "Q" and count != 1 and not isinstance(count, str):
        count, unit = count * 3, "M"
    if isinstance(count, float) and count == int(count):
        count = int(count)
    if isinstance(count, float):
        whole, smaller = int(count), {"Y": (12, "M"), "TH": (60, "M"), "TM": (60, "S")}.get(unit)
        if smaller and unit == "Y":
            return f"P{f'{whole}Y' if whole else ''}{round((count - whole) * 12)}M"
        if smaller:
            return f"PT{f'{whole}{unit[1]}' if whole else ''}{round((count - whole) * 60)}{smaller[1]}"
        count = round(count, 2)
    return f"PT{count}{unit[1]}" if unit.startswith("T") else f"P{count}{unit}"


def weekday_value(day: date, weekday: int, direction: int | None, strict: bool = False) -> date:
    """The weekday (1 Monday .. 7 Sunday) nearest to a day in a direction; the day itself counts unless `strict`."""
    ahead = (weekday - day.isoweekday()) % 7
    back = (day.isoweekday() - weekday) % 7
    if strict and ahead == 0:
        ahead = back = 7
    if direction is None:
        direction = -1 if back <= ahead else 1
    return day + timedelta(ahead) if direction > 0 else day - timedelta(back)


def nth_weekday(year: int, month: int, weekday: int, n: int) -> date:
    """The n-th Monday (1) .. Sunday (7) of a month, counted from its end when n is negative."""
    if n > 0:
        first = date(year, month, 1)
        return weekday_value(first, weekday, 1) + timedelta(7 * (n - 1))
    last = date(year, month, monthrange(year, month)[1])
    return weekday_value(last, weekday, -1) + timedelta(7 * (n + 1))
