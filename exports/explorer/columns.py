"""Time in columns for many events: months, or longer where little happens, so that there are not too many."""

from collections import Counter
from collections.abc import Iterable
from datetime import date

from msgspec import Struct

from ..labels import UNDATED

MOST = 36  # columns, besides that of what is undated
UNITS = (1, 12, 120)  # months that a column lasts at least; the first unit that gives not too many is taken
MANY = 6 * MOST


class Period(Struct, frozen=True):
    """Some months, the first and the last, counted from the year 0; None: not known when."""

    first: int | None
    last: int | None

    @property
    def label(self) -> str:
        """The period in a few letters.

        >>> Period(2024 * 12 + 3, 2024 * 12 + 3).label, Period(2023 * 12, 2024 * 12 + 11).label
        ('Apr 2024', '2023–2024')
        """
        if self.first is None or self.last is None:
            return UNDATED
        (year, month), (end, until) = divmod(self.first, 12), divmod(self.last, 12)
        if year != end:
            return f"{year}–{end}"
        if (month, until) == (0, 11):
            return f"{year}"
        months = [date(2000, number + 1, 1).strftime("%b") for number in (month, until)]
        return f"{'–'.join(dict.fromkeys(months))} {year}"


def month(day: date | None) -> int | None:
    """The number of a day's month."""
    return day.year * 12 + day.month - 1 if day else None


def periods(days: Iterable[date | None], most: int = MOST) -> list[Period]:
    """Columns for events of these days, in time: where there would be too many, the emptiest neighbours are one."""
    months = Counter(map(month, days))
    undated = [Period(None, None)] if months.pop(None, 0) else []
    dated = {known: count for known, count in months.items() if known is not None}
    unit = next((unit for unit in UNITS if len({one // unit for one in dated}) <= MANY), UNITS[-1])
    counts: Counter[int] = Counter()
    for one, count in dated.items():
        counts[one // unit] += count
    found = [(Period(one * unit, one * unit + unit - 1), count) for one, count in sorted(counts.items())]
    while len(found) > most:
        pairs = range(len(found) - 1)
        at = min(pairs, key=lambda number: (found[number][1] + found[number + 1][1], number))
        (before, few), (after, more) = found[at : at + 2]
        found[at : at + 2] = [(Period(before.first, after.last), few + more)]
    return [*(period for period, _ in found), *undated]


def column_of(day: date | None, columns: list[Period]) -> int:
    """The number of the column that a day falls into."""
    known = month(day)
    return next(
        number
        for number, column in enumerate(columns)
        if (known is None and column.first is None)
        or (known is not None and column.first is not None and column.last is not None and known <= column.last)
    )
