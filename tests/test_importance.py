"""What matters most: more of anything never counts less, and ties keep their order."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs
from small import small_graph

from newsloom.graph.importance import Counts, counts, importance, top_days, top_events
from newsloom.graph.types import Event

some = st.builds(
    Counts,
    sources=st.integers(0, 1000),
    mentions=st.integers(0, 10000),
    causes=st.floats(0, 100),
    effects=st.floats(0, 100),
)


@pytest.fixture(scope="module")
def graph():
    return small_graph()


@given(some, st.sampled_from(["sources", "mentions", "causes", "effects"]), st.integers(1, 50))
def test_more_counts_more_and_the_next_one_less(fewer, field, step):
    more, most = (structs.replace(fewer, **{field: getattr(fewer, field) + n * step}) for n in (1, 2))
    first, second = importance(more) - importance(fewer), importance(most) - importance(more)
    assert first > second > 0


def test_counts(graph):
    launch, strike = (graph.nodes[f"event/{name}"] for name in ("launch", "strike"))
    assert counts(graph, [launch]) == Counts(sources=2, mentions=2, causes=0.9, effects=0.6)
    assert counts(graph, [strike]) == Counts(sources=1, mentions=2, causes=0, effects=0.9)
    assert counts(graph, [launch, strike]) == Counts(sources=2, mentions=4, causes=0.9, effects=1.5)
    assert counts(graph, []) == Counts(sources=0, mentions=0)
    assert graph.importance(launch) == importance(counts(graph, [launch]))


def test_top_events_keep_their_order(graph):
    ranked = sorted(graph.events, key=lambda event: -graph.importance(event))
    assert [event.id for event in ranked][:2] == ["event/launch", "event/strike"]
    assert [event.id for event in top_events(graph, graph.events, 2)] == ["event/strike", "event/launch"]
    assert top_events(graph, graph.events, 99) == graph.events
    equal = [Event(name, "AID", name) for name in "cab"]
    assert top_events(graph, equal, 2) == equal[:2]


def test_top_days_are_whole_days_that_are_known(graph):
    launch, strike = (graph.nodes[f"event/{name}"] for name in ("launch", "strike"))
    beside = structs.replace(strike, id="event/beside", mentions=())
    assert top_days(graph, [strike, beside, launch], 1) == [launch]
    assert top_days(graph, [strike, beside, launch], 2) == [strike, beside, launch]
    assert top_days(graph, graph.events, 9) == [strike, launch]
