"""The order of events: days, then what comes before what, then the place in the text."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsloom.graph.chronology import chronological, in_time, is_undated, lanes
from newsloom.graph.edtf import to_edtf
from newsloom.graph.types import Event, Relation, When

DAY = date(2024, 5, 1)


def event(id: str, first: int | None = None, last: int | None = None) -> Event:
    """An event that happened from the first to the last of these days of May 2024, both included."""
    earliest = None if first is None else DAY + timedelta(days=first - 1)
    latest = None if last is None else DAY + timedelta(days=last)
    precision = "before" if first is None else "after" if last is None else "day" if first == last else "interval"
    when = None if first is last is None else When(earliest, latest, precision)
    return Event(id, "ASSAULT", id, when=when)


def order(events: str, before: str = "", confidence: float = 0.9) -> str:
    """The ids of events such as "a3 b..5 c1..4 d", told in this order, in the order of time; before: "b<a"."""
    made = [event(word[0], *_days(word[1:])) for word in events.split()]
    pairs = [pair.split("<") for pair in before.split()]
    relations = [Relation(first, "before", second, confidence, ()) for first, second in pairs]
    told = {one.id: (0, place) for place, one in enumerate(made)}
    return "".join(one.id for one in chronological(reversed(made), relations, told))


def _days(text: str) -> tuple[int | None, int | None]:
    first, dots, last = text.partition("..")
    return (int(first) if first else None, int(last) if last else int(first) if first and not dots else None)


@pytest.mark.parametrize(
    ("events", "before", "expected"),
    [
        ("a3 b1 c2", "", "bca"),
        ("a b1 c", "", "bac"),
        ("a2 b..2 c1", "", "cba"),
        ("a1..31 b1 c1..7", "", "bca"),
        ("a1.. b1..31 c2", "", "bac"),
        ("a1 b1 c1", "c<a", "cab"),
        ("a b c", "c<a b<c", "bca"),
        ("a..5 b..4", "a<b", "ab"),
        ("a2 b..9 c1", "b<a", "cba"),
        ("a1..31 b5 c3", "b<a", "cba"),
        ("a2 b1", "a<b", "ba"),
        ("a1 b2 c", "c<a", "abc"),
        ("a b c1", "a<c c<b", "cab"),
        ("a b c", "a<b b<c c<a", "bca"),
    ],
)
def test_order(events, before, expected):
    assert order(events, before) == expected


def test_a_doubtful_relation_orders_nothing():
    assert order("a1 b1", "b<a", 0.4) == "ab"
    assert order("a1 b1", "b<a", 0.5) == "ba"


spans = st.tuples(st.integers(1, 9), st.integers(0, 5)).flatmap(
    lambda pair: st.sampled_from([(None, None), (None, pair[0]), (pair[0], None), (pair[0], sum(pair))])
)


@given(st.lists(spans, max_size=9), st.data())
def test_days_and_relations_hold_whatever_else(days, data):
    """Days are drawn together with a day on which each event did happen, from which true relations follow."""
    events = [event(f"e{n}", *span) for n, span in enumerate(days)]
    happened = {}
    for one, (first, last) in zip(events, days, strict=True):
        happened[one.id] = data.draw(st.integers(first or 0, last or 20))
    pairs = [(a.id, b.id) for a in events for b in events if happened[a.id] < happened[b.id]]
    drawn = data.draw(st.lists(st.sampled_from(pairs), max_size=12)) if pairs else []
    relations = [Relation(a, "before", b, 0.9, ()) for a, b in drawn]
    found = chronological(events, relations, {one.id: (0, n) for n, one in enumerate(events)})
    place = {one.id: number for number, one in enumerate(found)}
    assert sorted(place) == sorted(one.id for one in events)
    undated = [is_undated(one) for one in found]
    assert undated == sorted(undated)
    by_id = {one.id: one for one in events}
    assert all(place[a] < place[b] for a, b in drawn if is_undated(by_id[a]) == is_undated(by_id[b]))
    for a in events:
        for b in events:
            if a.when and b.when and a.when.latest and b.when.earliest and a.when.latest <= b.when.earliest:
                assert place[a.id] < place[b.id]


def test_lanes():
    events = [event("a", 1, 1), event("b", 1, 1), event("c", None, 2), event("d", 1, 3), event("e"), event("f")]
    groups = [(to_edtf(when), "".join(one.id for one in group)) for when, group in lanes(events)]
    assert groups == [
        ("2024-05-01", "ab"),
        ("2024-05-01/2024-05-03", "d"),
        ("../2024-05-02", "c"),
        (None, "ef"),
    ]
    assert lanes([]) == []


def test_events_known_only_to_be_before_a_day_are_no_part_of_it():
    assert in_time(event("a", 1, 1)) < in_time(event("b", None, 2)) < in_time(event("c", 2, 2))
    assert in_time(event("c", 9, None)) < in_time(event("d"))
