"""The timeline: which events, in order, and those that matter most."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small import small_graph

from newsloom.graph.timeline import days, timeline
from newsloom.schemas.errors import NotFound, UsageError


@pytest.fixture(scope="module")
def graph():
    return small_graph()


@pytest.mark.parametrize(
    ("asked", "ids"),
    [
        ({}, ["strike", "launch", "vow", "respond"]),
        ({"actor": "Iran"}, ["launch"]),
        ({"actor": "Israel"}, ["launch", "vow", "respond"]),
        ({"place": "Syria"}, ["strike"]),
        ({"place": "Damascus"}, ["strike"]),
        ({"types": ["ASSAULT"]}, ["strike", "launch", "respond"]),
        ({"types": ["threaten", "AID"]}, ["vow"]),
        ({"since": "2024-04-02"}, ["launch", "vow"]),
        ({"since": "2024-04-13", "until": "2024-04-13"}, ["launch"]),
        ({"until": "2024-04-12"}, ["strike"]),
        ({"since": "2024", "until": "2024"}, ["strike", "launch", "vow"]),
        ({"since": date(2024, 4, 15)}, ["vow"]),
        ({"since": "2025"}, []),
        ({"actor": "Israel", "types": ["ASSAULT"], "since": "2024"}, ["launch"]),
        ({"top": 2}, ["strike", "launch"]),
        ({"top": 1, "since": "2024-04-14"}, ["vow"]),
        ({"top_days": 1}, ["launch"]),
        ({"top_days": 5, "actor": "Israel"}, ["launch"]),
    ],
)
def test_timeline(graph, asked, ids):
    assert [event.id.removeprefix("event/") for event in timeline(graph, **asked)] == ids
    assert graph.timeline(**asked) == timeline(graph, **asked)


def test_a_timeline_of_nobody(graph):
    with pytest.raises(NotFound, match=r"no actor is called 'Isrxxl'\. The nearest names: Israel"):
        timeline(graph, actor="Isrxxl")


def test_an_unknown_type_names_the_nearest(graph):
    with pytest.raises(UsageError, match=r"unknown event type 'asault'. Did you mean ASSAULT"):
        timeline(graph, types=["asault"])


@pytest.mark.parametrize(
    ("text", "first", "after"),
    [
        ("2024", "2024-01-01", "2025-01-01"),
        ("2024-02", "2024-02-01", "2024-03-01"),
        ("2024-12", "2024-12-01", "2025-01-01"),
        (" 2024-02-29 ", "2024-02-29", "2024-03-01"),
    ],
)
def test_days(text, first, after):
    assert [day.isoformat() for day in days(text)] == [first, after]


@pytest.mark.parametrize(
    "text", ["", "soon", "24", "2024-13", "2023-02-29", "2024-2-3-4", "2024-", "9999", "-5", "2024-02-30"]
)
def test_no_days(text):
    with pytest.raises(UsageError, match="is no date: give a year"):
        days(text)


@given(st.text(max_size=12))
def test_days_or_an_error(text):
    try:
        first, after = days(text)
    except UsageError:
        return
    assert first < after


def test_a_single_type_and_a_year_as_a_number(graph):
    assert timeline(graph, types="ASSAULT") == timeline(graph, types=["ASSAULT"])
    assert timeline(graph, since=2024) == timeline(graph, since="2024")
    with pytest.raises(UsageError, match="no time lies between 2025 and 2024-12"):
        timeline(graph, since="2025", until="2024-12")


def test_the_most_important_are_events_or_days(graph):
    with pytest.raises(UsageError, match="not both"):
        timeline(graph, top=1, top_days=1)
