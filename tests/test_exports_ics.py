"""The calendar: what is in it, read back with a parser, whatever the articles say."""

from datetime import UTC, date, datetime

import icalendar
import pytest
from hostile import ATTACKS, hostile_graph
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs
from small import small_graph, small_schema

from newsloom.exports.ics import calendar, has_place
from newsloom.graph.model import Graph
from newsloom.graph.types import Event, Place, Relation, When

FIELDS = {
    *("UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "DESCRIPTION", "LOCATION", "GEO", "CATEGORIES", "STATUS"),
    "TRANSP",
}
MAY = When(date(2024, 5, 1), date(2024, 6, 1), "month", "in May", "month")


def entries(graph: Graph, events=None) -> list[icalendar.Event]:
    """The entries of a calendar, parsed; its lines are as RFC 5545 wants them."""
    written = calendar(graph, graph.events if events is None else events)
    lines = written.split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert not any(byte < 32 or byte == 127 for line in lines for byte in line)
    read = icalendar.Calendar.from_ical(written)
    assert not read.errors
    assert {part.name for part in read.walk()} <= {"VCALENDAR", "VEVENT"}
    assert all(not entry.errors and set(entry) <= FIELDS for entry in read.events)
    return read.events


def alone(when: When | None = MAY, **fields) -> icalendar.Event | None:
    """The entry of an event that nothing else is known of, or None."""
    found = entries(Graph(small_schema(), [], [Event("event/x", "AID", "Aid arrives", when=when, **fields)], [], {}))
    return found[0] if found else None


@pytest.fixture(scope="module")
def graph():
    return small_graph()


def test_an_entry_tells_what_is_known(graph):
    strike, launch = entries(graph)
    assert (strike["dtstart"].dt, strike["dtend"].dt) == (date(2024, 4, 1), date(2024, 4, 2))
    assert strike["uid"] == "event/strike@newsloom.invalid"
    assert strike["dtstamp"].dt == datetime(2024, 4, 14, tzinfo=UTC)
    assert (strike["location"], strike["geo"].to_ical()) == ("Damascus, Syria", "33.51;36.29")
    assert (strike["status"], strike["transp"]) == ("CONFIRMED", "TRANSPARENT")
    assert strike["categories"].cats == ["ASSAULT"]
    first, second, read = str(launch["description"]).splitlines()
    assert first.startswith("“Iran launched drones at Israel on Saturday in")
    assert first.endswith("— Example Wire, Iran fires drones at Israel, 2024-04-14 https://example.org/iran")
    assert second.startswith("“After Iran launched drones")
    assert read == "13 April 2024 (2024-04-13, day), from “on Saturday”, by rule weekday"
    assert "and 1 more" in str(strike["description"]).splitlines()


@pytest.mark.parametrize(
    ("when", "shown"),
    [
        (MAY, True),
        (When(date(2024, 5, 1), date(2024, 5, 4), "interval"), True),
        (When(None, date(2024, 5, 1), "before"), False),
        (When(date(2024, 5, 1), None, "after"), False),
        (When(None, None, "partial", "October 7", partial="XXXX-10-07"), False),
        (None, False),
    ],
)
def test_only_known_days_have_a_place(when, shown):
    entry = alone(when)
    assert (entry is not None) == shown
    if entry and when:
        assert (entry["dtstart"].dt, entry["dtend"].dt) == (when.earliest, when.latest)


@pytest.mark.parametrize(
    ("factuality", "status", "summary"),
    [
        ("asserted", "CONFIRMED", "Aid arrives"),
        ("planned", "TENTATIVE", "Aid arrives (planned)"),
        ("alleged", "TENTATIVE", "Aid arrives (alleged)"),
        ("negated", None, None),
        ("hypothetical", None, None),
    ],
)
def test_status(factuality, status, summary):
    entry = alone(factuality=factuality)
    assert (entry and str(entry["status"])) == status
    assert (entry and str(entry["summary"])) == summary


def test_the_calendar_says_what_it_leaves_out(graph):
    read = icalendar.Calendar.from_ical(calendar(graph, graph.events))
    assert str(read["description"]) == "2 events; 2 without known days, negated or hypothetical left out"
    assert str(icalendar.Calendar.from_ical(calendar(graph, []))["description"]) == "0 events"


def test_the_surest_and_narrowest_place_is_shown():
    places = [
        Place("place/land", "Country", "Norland", lat=1.0, lon=2.0),
        Place("place/town", "City", "Ostby", lat=0.00001, lon=-179.999999, within="place/land"),
    ]
    event = Event("event/x", "AID", "Aid arrives", when=MAY)
    relations = [Relation("event/x", "place", place.id, 0.8, ()) for place in places]
    (entry,) = entries(Graph(small_schema(), [], [event, *places], relations, {}))
    assert (entry["location"], entry["geo"].to_ical()) == ("Ostby, Norland", "0.0;-180.0")
    surer = [structs.replace(relations[0], confidence=0.9), relations[1]]
    (entry,) = entries(Graph(small_schema(), [], [event, *places], surer, {}))
    assert entry["location"] == "Norland"


@pytest.mark.parametrize("attack", ATTACKS.values(), ids=ATTACKS)
def test_no_text_can_leave_its_field(graph, attack):
    assert len(entries(hostile_graph(attack))) == len(entries(graph))


@given(st.text(), st.text(min_size=1))
def test_any_text_is_read_back_as_one_line(name, id):
    event = Event(f"event/{id}", "AID", name, when=MAY)
    (entry,) = entries(Graph(small_schema(), [], [event], [], {}))
    assert len(str(entry["summary"]).splitlines()) <= 1 or "\\N" in name
    assert str(entry["uid"]).isascii()


@given(st.dates(max_value=date(9999, 12, 30)), st.integers(1, 800))
def test_every_day_of_the_calendar(first, length):
    latest = date.fromordinal(min(first.toordinal() + length, date.max.toordinal()))
    entry = alone(When(first, latest, "interval"))
    assert entry
    assert (entry["dtstart"].dt, entry["dtend"].dt) == (first, latest)
    assert entry["dtstamp"].dt.date() == first


def test_has_place(graph):
    assert [has_place(event) for event in graph.events] == [True, True, False, False]
