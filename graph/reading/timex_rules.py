"""The table from the schema's patterns of time expressions to what they mean.

A meaning is a function of the match and of what the text has told so far; None refuses the match. A value
that needs a day nobody knows stays open ("XXXX-WXX-5") and has no days.
"""

from collections.abc import Callable

from . import timex_dates as dates
from . import timex_days as days
from . import timex_spans as spans
from .timex_context import Context, Timex
from .timex_grammar import Match

RULES: dict[str, Callable[[Match, Context], Timex | None]] = {
    "iso-date": dates.iso_date,
    "slash-date": dates.slash_date,
    "clock-day": days.clock,
    "clock-weekday": days.clock,
    "weekday-clock": days.clock,
    "clock-daypart": days.clock,
    "clock": days.clock,
    "month-day-range": dates.month_day_range,
    "weekday-month-day": dates.month_day,
    "day-month": dates.month_day,
    "month-day": dates.month_day,
    "same-month": dates.same_month,
    "month-relative": dates.month_relative,
    "month-year": dates.month_year,
    "quarter-of": dates.quarter,
    "year-quarter": dates.quarter,
    "quarter": dates.quarter,
    "year-period": dates.year_period,
    "season-year": dates.season,
    "spoken-year": dates.spoken_year,
    "decade": dates.decade,
    "century": dates.century,
    "weekday-daypart": days.daypart,
    "this-daypart": days.this_daypart,
    "week-of": dates.week_of,
    "weekday": days.weekday,
    "today": days.today,
    "overnight": days.overnight,
    "weekend": days.weekend,
    "ago": spans.ago,
    "units-ago": spans.units_ago,
    "units-later": spans.units_later,
    "year-ago": spans.year_ago,
    "quarter-ago": spans.year_ago,
    "same-period": spans.same_period,
    "quarter-last": spans.same_period,
    "later": spans.later,
    "day-before": days.day_before,
    "next-day": days.next_day,
    "age": spans.age,
    "last-n": spans.last_n,
    "first-n": spans.first_n,
    "units-ahead": spans.units_ahead,
    "last-units": spans.last_units,
    "first-units": spans.first_units,
    "recent-units": spans.recent_units,
    "last-unit": spans.last_unit,
    "same-unit": spans.same_unit,
    "the-unit": spans.the_unit,
    "unit-end": spans.unit_end,
    "every": spans.every,
    "season": dates.season,
    "month": dates.month,
    "per-unit": spans.per_unit,
    "duration": spans.a_duration,
    "units": spans.units,
    "holiday": dates.holiday,
    "fiscal-year": dates.fiscal_year,
    "year-range": dates.year_range,
    "named-year": dates.a_year,
    "edge-year": dates.edge_year,
    "year": dates.a_year,
    "bare-past": spans.bare_past,
    "while": spans.a_while,
    "some-day": spans.some_day,
    "current": spans.current,
    "ref": spans.ref,
    "frequency": spans.frequency,
}
