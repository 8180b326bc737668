"""The days of feasts, against days that calendars of their year printed."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsloom.graph.reading.feasts import days_in
from newsloom.schemas import load_schema

TIMES = load_schema().raw["times"]


def first_days(name, year):
    entry = TIMES["holidays"][name]
    if "table" in entry:
        entry = {"years": TIMES["feasts"][entry["table"]]}
    return [first.isoformat() for first, _, _ in days_in(entry, year)]


@pytest.mark.parametrize(
    ("name", "year", "days"),
    [
        ("easter", 2000, ["2000-04-23"]),
        ("easter", 2024, ["2024-03-31"]),
        ("easter", 2025, ["2025-04-20"]),
        ("ash wednesday", 2024, ["2024-02-14"]),
        ("orthodox easter", 2024, ["2024-05-05"]),
        ("orthodox easter", 2025, ["2025-04-20"]),
        ("thanksgiving", 2024, ["2024-11-28"]),
        ("ramadan", 2024, ["2024-03-11"]),
        ("ramadan", 2030, ["2030-01-05", "2030-12-26"]),
        ("eid al - fitr", 2024, ["2024-04-10"]),
        ("eid al - adha", 2023, ["2023-06-28"]),
        ("ramadan", 1900, []),
        ("passover", 2024, ["2024-04-23"]),
        ("yom kippur", 1973, ["1973-10-06"]),
        ("purim", 2024, ["2024-03-24"]),
        ("purim", 2023, ["2023-03-07"]),
        ("hanukkah", 2024, ["2024-12-26"]),
        ("diwali", 2023, ["2023-11-12"]),
        ("lunar new year", 2024, ["2024-02-10"]),
        ("lunar new year", 1800, []),
        ("nowruz", 2024, ["2024-03-20"]),
    ],
)
def test_the_first_day_of_a_feast(name, year, days):
    assert first_days(name, year) == days


def test_a_month_of_the_moon_has_its_own_length():
    (short,), (long,) = (days_in({"hijri": [9, 1], "days": 30}, year) for year in (2023, 2024))
    assert [(latest - first).days for first, latest, _ in (short, long)] == [29, 30]


@given(st.integers(1, 9998), st.sampled_from(sorted(TIMES["holidays"])))
def test_a_feast_begins_in_its_year_and_takes_at_least_a_day(year, name):
    entry = TIMES["holidays"][name]
    if "table" in entry:
        entry = {"years": TIMES["feasts"][entry["table"]]}
    for first, latest, _ in days_in(entry, year):
        assert first < latest
        assert abs((first - date(year, 7, 1)).days) < 200
