"""Causes and order narrow days: an effect is not before its cause, what came before is not after what followed."""

from datetime import date

import pytest

from newsloom.graph import pipeline
from newsloom.graph.edtf import to_edtf
from newsloom.graph.types import Article, Event, Evidence, Relation, When
from newsloom.graph.weaving.bounds import bounded

TEXT = (
    "An explosion destroyed a warehouse in Oslo on Monday. The explosion was caused by a fire. "
    "The explosion forced fifty people to flee their homes."
)


def test_days_between_cause_and_effect(parser, schema, knowledge):
    article = Article(id="a", text=TEXT, published="2024-06-20")
    graph = pipeline.weave(pipeline.read([article], parser, schema, knowledge), schema, knowledge)
    days = {event.type: (to_edtf(event.when), event.when.rule) for event in graph.events if event.when}
    assert days["EXPLOSION"][0] == "2024-06-17"
    assert days["FIRE"] == ("../2024-06-17", "effect")
    assert days["DISPLACEMENT"] == ("2024-06-17/2024-06-20", "cause")


MAY = [date(2024, 5, n) for n in range(1, 32)]
KNOWN = Event("known", "ASSAULT", "known", when=When(MAY[9], MAY[10], "day"))
OPEN = Event("open", "ASSAULT", "open", when=When(None, MAY[20], "before"))


@pytest.mark.parametrize(
    ("source", "type", "target", "expected"),
    [
        ("open", "before", "known", ("../2024-05-10", "order:before")),
        ("known", "before", "open", ("2024-05-10/2024-05-20", "order:after")),
        ("known", "includes", "open", ("2024-05-10", "order:during")),
        ("open", "includes", "known", None),
        ("known", "simultaneous", "open", ("2024-05-10", "order:simultaneous")),
    ],
)
def test_order_narrows_days(schema, source, type, target, expected):
    line = Relation(source, type, target, 0.9, (Evidence("a", 0, 1, "signal:after", 0.9),))
    changed = bounded({"known": KNOWN, "open": OPEN}, [line], schema)
    told = {id: (to_edtf(event.when), event.when.rule) for id, event in changed.items()}
    assert told == ({"open": expected} if expected else {})


@pytest.mark.parametrize(("rule", "confidence"), [("model:order", 0.99), ("signal:after", 0.7)])
def test_what_is_not_sure_or_only_judged_narrows_nothing(schema, rule, confidence):
    line = Relation("open", "before", "known", confidence, (Evidence("a", 0, 1, rule, confidence),))
    assert bounded({"known": KNOWN, "open": OPEN}, [line], schema) == {}
