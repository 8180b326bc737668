"""Status and source of an event mention, from cases/status.yaml."""

import runpy
from pathlib import Path

import pytest
from test_events import marked

from newsloom.graph.reading import events, names, status
from newsloom.schemas.loader import load_yaml

CASES = load_yaml(Path(__file__).with_name("cases").joinpath("status.yaml").read_text(encoding="utf-8"), "status.yaml")
FACTUALITY = Path(__file__).with_name("benchmarks") / "factuality.py"


def cases():
    for case in CASES:
        marks = [pytest.mark.xfail(reason=case["gap"])] if "gap" in case else []
        yield pytest.param(case, marks=marks, id=case["text"][:60])


@pytest.mark.parametrize("case", list(cases()))
def test_status(parse, schema, knowledge, case):
    text, (start,) = marked(case["text"])
    parsed = parse(text)
    people = names.find(parsed, schema, knowledge)
    assessed, says = status.assess(parsed, events.find(parsed, schema), people, schema)
    event = next((m for m in assessed if m.span.start == start), None)
    assert event is not None, [m.text for m in assessed]
    assert event.value.factuality == case["status"]
    if "source" in case:
        speaker = next(m for m in people if m.id == event.value.source)
        assert speaker.value.name == case["source"]
        assert (event.id, "says", speaker.id) in {(link.source, link.type, link.target) for link in says}
    else:
        assert event.value.source is None


@pytest.mark.parametrize(("held_out", "floor"), [(False, 0.95), (True, 0.85)], ids=["development", "held-out"])
def test_sentences_written_blind(parser, schema, knowledge, held_out, floor):
    benchmark = runpy.run_path(str(FACTUALITY))
    judged = benchmark["judge"](parser, benchmark["cases"](held_out), schema, knowledge)
    assert benchmark["accuracy"](judged) >= floor
