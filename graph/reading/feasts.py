"""The days of feasts: fixed, the n-th weekday of a month, counted from Easter, or of another calendar.

    days_in({"hijri": [9, 1], "days": 30}, 2024) -> [(2024-03-11, 2024-04-10)]

An entry says how the first day is found and, in `days`, how many there are (one unless it says so).
"""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from dateutil.easter import EASTER_ORTHODOX, EASTER_WESTERN, easter
from hijridate import Gregorian, Hijri
from pyluach.dates import HebrewDate
from pyluach.hebrewcal import Year

from .timex import Days, nth_weekday, plus


def days_in(entry: Mapping[str, Any], year: int) -> list[Days]:
    """The days of a feast that begins in a year of the Gregorian calendar: mostly once, a hijri one at times twice.

    Empty where they are not known: Muslim feasts go by the Umm al-Qura calendar from 1924 to 2077 (where the moon
    is looked for, they can be a day off), feasts with a table (`years`) by its years.

    >>> days_in({"easter": -2}, 2024)
    [(datetime.date(2024, 3, 29), datetime.date(2024, 3, 30), 'day')]
    >>> days_in({"hijri": [9, 1], "days": 30}, 1800)
    []
    """
    found = []
    for first in _first_days(entry, year):
        length = _length(entry, first)
        found.append((first, plus(first, length, "D"), "day" if length == 1 else "interval"))
    return found


def _length(entry: Mapping[str, Any], first: date) -> int:
    """How many days; a month of the moon has 29 or 30."""
    days: int = entry.get("days", 1)
    return min(days, Gregorian.fromdate(first).to_hijri().month_length()) if "hijri" in entry else days


def _first_days(entry: Mapping[str, Any], year: int) -> list[date]:
    if "years" in entry:
        month_day = entry["years"].get(str(year))
        return [date.fromisoformat(f"{year:04d}-{month_day}")] if month_day else []
    if "hijri" in entry:
        return _hijri(year, *entry["hijri"])
    if "hebrew" in entry:
        return _hebrew(year, *entry["hebrew"])
    if "easter" in entry:
        return [easter(year, EASTER_WESTERN) + timedelta(entry["easter"])]
    if "orthodox" in entry:
        return [easter(year, EASTER_ORTHODOX) + timedelta(entry["orthodox"])]
    if "nth" in entry:
        return [nth_weekday(year, entry["month"], entry["weekday"], entry["nth"])]
    return [date(year, entry["month"], entry["day"])]


def _hijri(year: int, month: int, day: int) -> list[date]:
    try:
        first = Gregorian(year, 1, 1).to_hijri().year
        found = [Hijri(of, month, day).to_gregorian() for of in (first, first + 1)]
    except OverflowError:
        return []
    return [date(then.year, then.month, then.day) for then in found if then.year == year]


def _hebrew(year: int, month: int, day: int) -> list[date]:
    """Months count from Nisan; a feast of month 13 is kept in Adar, in a leap year in the second Adar."""
    found = []
    for of in (year + 3760, year + 3761):
        try:
            found.append(HebrewDate(of, min(month, 13 if Year(of).leap else 12), day).to_pydate())
        except (ValueError, OverflowError):  # behind the last year that a date can have
            continue
    return [first for first in found if first.year == year]
