"""TIMEX3 values, their days, and the calendar's edges."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsloom.graph.reading.timex import days_of, duration, nth_weekday, plus, shifted, value_of, weekday_value


@pytest.mark.parametrize(
    ("value", "first", "latest", "precision"),
    [
        ("2024-02-29", "2024-02-29", "2024-03-01", "day"),
        ("2024-04-08TNI", "2024-04-08", "2024-04-09", "day"),
        ("2024-04-08T21:30Z", "2024-04-08", "2024-04-09", "day"),
        ("2024-W01", "2024-01-01", "2024-01-08", "week"),
        ("2024-W08-WE", "2024-02-24", "2024-02-26", "interval"),
        ("2024-12", "2024-12-01", "2025-01-01", "month"),
        ("2023-Q4", "2023-10-01", "2024-01-01", "quarter"),
        ("2023-H2", "2023-07-01", "2024-01-01", "interval"),
        ("2024-04-08T21:30-05:00", "2024-04-08", "2024-04-09", "day"),
        ("2023-WI", "2023-12-01", "2024-03-01", "interval"),
        ("1998", "1998-01-01", "1999-01-01", "year"),
        ("199", "1990-01-01", "2000-01-01", "decade"),
        ("19", "1900-01-01", "2000-01-01", "interval"),
        ("9999", "9999-01-01", None, "year"),
    ],
)
def test_days_of(value, first, latest, precision):
    days = (date.fromisoformat(first), date.fromisoformat(latest) if latest else None, precision)
    assert days_of(value) == days


@pytest.mark.parametrize("value", ["XXXX-WXX-5", "XXXX-04-14", "PAST_REF", "P6W", "XXXX", "2024-QX", ""])
def test_an_open_value_has_no_days(value):
    assert days_of(value) is None


@pytest.mark.parametrize(
    ("value", "count", "unit", "moved"),
    [("1989-Q3", -1, "Y", "1988-Q3"), ("2024-01", -1, "M", "2023-12"), ("2024-02-29", 1, "Y", "2025-02-28")],
)
def test_shifted(value, count, unit, moved):
    assert shifted(value, count, unit) == moved


@pytest.mark.parametrize(
    ("count", "unit", "value"),
    [
        (6, "W", "P6W"),
        (2.0, "E", "P20Y"),
        ("X", "TH", "PTXH"),
        (2.5, "Y", "P2Y6M"),
        (1.5, "TM", "PT1M30S"),
        (3.0, "Q", "P9M"),
    ],
)
def test_duration(count, unit, value):
    assert duration(count, unit) == value


def test_movable_feasts():
    assert nth_weekday(2024, 11, 4, 4) == date(2024, 11, 28)
    assert nth_weekday(2024, 5, 1, -1) == date(2024, 5, 27)


@given(st.dates(), st.integers(-20000, 20000), st.sampled_from("DWFMQYEC"))
def test_moving_a_day_gives_a_day_or_none(day, count, unit):
    moved = plus(day, count, unit)
    assert moved is None or (moved >= day) == (count >= 0)


@given(
    st.dates(min_value=date(1, 1, 8), max_value=date(9999, 12, 24)), st.integers(1, 7), st.sampled_from([-1, 1, None])
)
def test_a_weekday_is_at_most_a_week_away(day, weekday, way):
    found = weekday_value(day, weekday, way)
    assert found.isoweekday() == weekday
    assert abs((found - day).days) < 7


@given(st.dates(), st.sampled_from(["D", "W", "M", "Q", "Y", "E", "C"]))
def test_a_day_lies_in_its_own_value(day, unit):
    first, latest, _ = days_of(value_of(day, unit))
    assert first <= day
    assert latest is None or day < latest
