"""Causes narrow days: an effect is not before its cause, a cause not after its effect."""

from newsloom.graph import pipeline
from newsloom.graph.edtf import to_edtf
from newsloom.graph.types import Article

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
