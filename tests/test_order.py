"""The order of two events in a sentence, from cases/order.yaml: events are placed by hand on the marked words."""

from pathlib import Path

import pytest
from test_dates import placed
from test_events import marked

from newsloom.graph.reading import order
from newsloom.schemas.loader import load_yaml

CASES = load_yaml(Path(__file__).with_name("cases").joinpath("order.yaml").read_text(encoding="utf-8"), "order.yaml")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:60])
def test_order(parse, schema, case):
    text, starts = marked(case["text"])
    parsed = parse(text)
    events = placed(parsed, case["text"], starts)
    place = {event.id: i for i, event in enumerate(events, 1)}
    links = order.find(parsed, events, schema)
    assert [[place[link.source], link.type, place[link.target]] for link in links] == (
        [case["link"]] if case["link"] else []
    )
    for link in links:
        if link.cue is not None:
            assert link.rule == f"signal:{text[slice(*link.cue)].lower()}"


def test_what_has_not_happened_takes_no_part(parse, schema):
    text, starts = marked("Troops will **withdraw** after the **vote**.")
    parsed = parse(text)
    events = placed(parsed, "Troops will **withdraw** after the **vote**.", starts, "planned")
    assert order.find(parsed, events, schema) == []
