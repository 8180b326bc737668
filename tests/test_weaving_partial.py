"""Days without a year, and phrases without any day, stay with their events."""

from newsloom.graph import pipeline
from newsloom.graph.edtf import to_edtf
from newsloom.graph.types import Article


def test_a_day_without_a_year_stays_what_it_is(parser, schema, knowledge):
    text = "Rebels attacked Aden on October 7. The army shelled a village on Friday. A bridge collapsed."
    readings = pipeline.read([Article(id="a", text=text)], parser, schema, knowledge)
    graph = pipeline.weave(readings, schema, knowledge)
    told = [(to_edtf(event.when), event.when.phrase) if event.when else None for event in graph.events]
    assert told == [("XXXX-10-07", "October 7"), (None, "Friday"), None]
