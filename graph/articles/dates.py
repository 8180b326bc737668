"""Days and moments as news writes them, to ISO 8601. What is not certain is None."""

import re
from collections.abc import Iterator
from datetime import date, datetime
from email.utils import parsedate_to_datetime

from .words import words

FORMS = "2024-02-23, 2024-02-23T18:30 or 2024-02-23T18:30:00+02:00"
_YEARS = range(1000, 3000)
_EXTENDED = re.compile(r"\d{4}-\d\d-\d\d(?:[T ].*)?", re.ASCII | re.DOTALL)
_URL_DAY = re.compile(r"[/._-]((?:19|20)\d\d)[/_-]?(\d\d|[a-z]{3})[/_-]?(\d\d)(?=[/._-]|$)", re.IGNORECASE | re.ASCII)
_URL_MONTH = re.compile(r"/((?:19|20)\d\d)[/-]?(\d\d|[a-z]{3})/", re.IGNORECASE | re.ASCII)
_NUMERIC = re.compile(
    r"(?<!\d)(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?!\d)|(?<!\d)(\d{1,2})([-/.])(\d{1,2})\6(\d{4})(?!\d)", re.ASCII
)
_WORDED = re.compile(
    r"\b(?:(?P<d1>\d{1,2})(?:st|nd|rd|th)?(?: of)? (?P<m1>[A-Za-z]{3,9})"
    r"|(?P<m2>[A-Za-z]{3,9})\.? (?P<d2>\d{1,2})(?:st|nd|rd|th)?)\b[.,]* ?(?P<y>\d{4})\b",
    re.ASCII,
)
_TIME = re.compile(
    r"(?<![\d:.+-])(?P<hour>\d{1,2})(?:[:.](?P<minute>\d\d))?(?::(?P<second>\d\d))?(?: ?(?P<half>[ap])\.?m\b)?"
    r"(?![:.]?\d|:)",
    re.IGNORECASE | re.ASCII,
)
_OFFSET = re.compile(r"(?<=[ TC])([+-])(\d{1,2}):?(\d\d)?\b", re.ASCII)
_CLOCK = re.compile(
    r"\b(?:at )?\d{1,2}[:.]\d\d(?:[:.]\d\d)?(?: ?[ap]\.?m\b\.?)?|\b\d{1,2} ?[ap]\.?m\b\.?"
    r"|\b(?:GMT|UTC|[ECMP][SD]?T|CES?T|BST|IST)\b(?:[+-]\d{1,2}(?::?\d\d)?)?|(?<= )[+-]\d\d:?\d\d\b",
    re.IGNORECASE | re.ASCII,
)


def iso(text: str) -> str | None:
    """An ISO 8601 date or date-time as it was given (a basic or week form made extended), or None."""
    text = text.strip()
    for kind in (date, datetime):
        try:
            moment = kind.fromisoformat(text)
        except ValueError:
            continue
        if moment.year in _YEARS:
            return text if _EXTENDED.fullmatch(text) else moment.isoformat()
    return None


def read_date(text: str) -> str | None:
    """ISO 8601 for a date in any form that leaves no doubt ("Fri, 23 Feb 2024 10:00:00 +0200"), or None."""
    if found := iso(text):
        return found
    days = set(days_in(text))
    if len(days) == 1:
        return f"{days.pop()}{_clock(text)}"
    try:
        moment = parsedate_to_datetime(text)
        if moment.year in _YEARS and re.search(r"\d:\d", text) and not days:
            return moment.isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        pass
    return None


def _clock(text: str) -> str:
    """The time of day in a date line and its zone as ISO 8601 has them behind the day; empty where it gives none.

    A zone whose letters stand for several ("IST") is left out, as is a clock that is one of two.
    """
    found = [match for match in _TIME.finditer(text) if match["minute"] or match["half"]]
    if len(found) != 1:
        return ""
    hour, half = int(found[0]["hour"]), (found[0]["half"] or "").lower()
    if half:
        if hour not in range(1, 13):
            return ""
        hour = hour % 12 + 12 * (half == "p")
    seconds = f":{found[0]['second']}" if found[0]["second"] else ""
    clock = f"T{hour:02}:{found[0]['minute'] or '00'}{seconds}"
    zone = _OFFSET.search(text, found[0].end())
    shift = f"{zone[1]}{int(zone[2]):02}:{zone[3] or '00'}" if zone else ""
    named = next((word for word in re.findall(r"[A-Z]{3,4}", text) if word.casefold() in words().zones), None)
    if named and not shift:
        shift = f"{words().zones[named.casefold()]:+03}:00"
    return f"{clock}{shift}" if iso(f"2000-01-01{clock}{shift}") else ""


def is_date_line(line: str) -> bool:
    """Whether a line is a date and nothing else but a weekday and a time of day."""
    if len(line) > 80 or not any(character.isdigit() for character in line):
        return False
    if iso(line):
        return True
    rest = _CLOCK.sub(" ", _NUMERIC.sub(" ", _WORDED.sub(" ", line)))
    bare = all(word in words().weekdays for word in re.findall(r"\w+", rest.casefold()))
    return bare and next(days_in(line), None) is not None


def could_be_two(text: str) -> bool:
    """Whether a text is a date whose day and month could be swapped ("03/02/2024")."""
    return bool(_NUMERIC.fullmatch(text)) and next(days_in(text), None) is None


def days_in(text: str) -> Iterator[date]:
    """Every full day that the text names, in order of form; a day and month that could be swapped are left out."""
    for match in _WORDED.finditer(text):
        month = month_of(match["m1"] or match["m2"])
        if month and (day := make_day(int(match["y"]), month, int(match["d1"] or match["d2"]))):
            yield day
    for match in _NUMERIC.finditer(text):
        if match[1]:
            found = make_day(int(match[1]), int(match[3]), int(match[4]))
        else:
            found = _either(int(match[5]), int(match[7]), int(match[8]))
        if found:
            yield found


def url_day(url: str) -> str | None:
    """The day in a web address (".../2024/04/13/..." or "...-20240413"), or None."""
    for match in _URL_DAY.finditer(url):
        month = int(match[2]) if match[2].isdigit() else month_of(match[2])
        if month and (day := make_day(int(match[1]), month, int(match[3]))):
            return day.isoformat()
    return None


def url_month(url: str) -> tuple[int, int] | None:
    """The year and month in a web address (".../2024/04/..."), or None."""
    for match in _URL_MONTH.finditer(url):
        month = int(match[2]) if match[2].isdigit() else month_of(match[2])
        if month and 1 <= month <= 12:
            return int(match[1]), month
    return None


def month_of(word: str) -> int | None:
    """The number of the month that a word or its abbreviation names, or None."""
    return words().months.get(word.casefold().rstrip("."))


def make_day(year: int, month: int, day: int) -> date | None:
    """That day, or None when the calendar has none."""
    try:
        return date(year, month, day) if year in _YEARS else None
    except ValueError:
        return None


def nearest_day(month: int, day: int, anchor: date) -> date | None:
    """The day of that month closest to `anchor`, whatever the year."""
    days = [found for year in (-1, 0, 1) if (found := make_day(anchor.year + year, month, day))]
    return min(days, key=lambda found: abs(found - anchor), default=None)


def _either(first: int, second: int, year: int) -> date | None:
    """23/02/2024 and 02/23/2024 are the same day; 03/02/2024 may be two."""
    if first == second or second > 12:
        return make_day(year, first, second)
    return make_day(year, second, first) if first > 12 else None
