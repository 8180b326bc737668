"""The order of events in one sentence or two, from cases/order.yaml: events are placed by hand on the marked words."""

from pathlib import Path

import pytest
from msgspec import structs
from test_dates import placed
from test_events import marked

from newsloom.graph.reading import dates, order, times
from newsloom.schemas import schema_from
from newsloom.schemas.loader import load_yaml

CASES = load_yaml(Path(__file__).with_name("cases").joinpath("order.yaml").read_text(encoding="utf-8"), "order.yaml")


def read(parse, schema, case, judge=None):
    """The links of a case, its events in text order, and its text."""
    text, starts = marked(case["text"])
    parsed = parse(text, published=case.get("published"))
    status = case.get("status", ["asserted"] * len(starts))
    events = [
        structs.replace(event, value=structs.replace(event.value, factuality=factuality))
        for event, factuality in zip(placed(parsed, case["text"], starts), status, strict=True)
    ]
    events, _ = dates.assign(parsed, events, times.find(parsed, schema), schema)
    return order.find(parsed, events, schema, judge), events, text


def told(links, events):
    place = {event.id: i for i, event in enumerate(events, 1)}
    return [[place[link.source], link.type, place[link.target]] for link in links]


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['text'][:60]} {case.get('status', '')}")
def test_order(parse, schema, case):
    links, events, text = read(parse, schema, case)
    assert told(links, events) == ([case["link"]] if case["link"] else [])
    for link in links:
        if "rule" in case:
            assert (link.rule, link.cue) == (case["rule"], None)
        else:
            assert link.rule == f"signal:{text[slice(*link.cue)].lower()}"
        assert 0 < link.confidence < 1


def test_what_a_signal_governs_may_be_several_events(parse, schema):
    case = {"text": "Troops **withdrew** after rebels **attacked** the base and **burned** two trucks."}
    links, events, _ = read(parse, schema, case)
    assert told(links, events) == [[2, "before", 1], [3, "before", 1]]


def test_a_schema_without_words_of_time_orders_nothing(parse, schema):
    bare = schema_from({key: value for key, value in schema.raw.items() if key != "times"})
    text, starts = marked("Troops **withdrew** after the **attack**.")
    parsed = parse(text)
    assert order.find(parsed, placed(parsed, "Troops **withdrew** after the **attack**.", starts), bare) == []


class Judge:
    """Answers every pair alike, and keeps what it was asked."""

    def __init__(self, **answer):
        self.answer = answer
        self.asked = []

    def __call__(self, parse, pairs):
        self.asked += [(one.text, other.text) for one, other in pairs]
        return [self.answer for _ in pairs]


TWO = {"text": "Rebels **attacked** the base and **burned** two trucks."}


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ({"before": 0.9, "after": 0.05, "equal": 0.02, "vague": 0.03}, [1, "before", 2]),
        ({"before": 0.02, "after": 0.94, "equal": 0.02, "vague": 0.02}, [2, "before", 1]),
        ({"before": 0.02, "after": 0.02, "equal": 0.94, "vague": 0.02}, [1, "simultaneous", 2]),
        ({"before": 0.02, "after": 0.02, "equal": 0.02, "vague": 0.94}, None),
        ({"before": 0.7, "after": 0.1, "equal": 0.1, "vague": 0.1}, None),
    ],
)
def test_a_judge_is_believed_when_it_is_sure(parse, schema, answer, expected):
    links, events, _ = read(parse, schema, TWO, Judge(**answer))
    assert told(links, events) == ([expected] if expected else [])
    assert all((link.rule, link.confidence) == ("model:order", max(answer.values())) for link in links)


def test_a_judge_is_asked_only_for_what_happened_and_no_rule_tells(parse, schema):
    judge = Judge(before=0.9, after=0.1, equal=0.0, vague=0.0)
    text = (
        "Troops **withdrew** after rebels **attacked** and **burned** the base. Talks will **resume**. Rain **fell**."
    )
    links, events, _ = read(parse, schema, {"text": text, "status": [*["asserted"] * 3, "planned", "asserted"]}, judge)
    assert judge.asked == [("attacked", "burned")]
    assert [2, "before", 3] in told(links, events)
    assert [2, "before", 1] in told(links, events)


def test_a_judge_is_not_asked_when_there_is_nothing_to_ask(parse, schema):
    judge = Judge(before=0.9)
    read(parse, schema, {"text": "Troops **withdrew**."}, judge)
    read(parse, schema, {"text": "Troops **withdrew** after the **attack**."}, judge)
    assert judge.asked == []
