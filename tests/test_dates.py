"""The days of events, from cases/dates.yaml: events are placed by hand on the marked words."""

from pathlib import Path

import pytest
from test_events import MARK, marked

from newsloom.graph.edtf import to_edtf
from newsloom.graph.reading import dates, times
from newsloom.graph.reading.parse import Parse
from newsloom.graph.types import EventValue, Mention
from newsloom.schemas.loader import load_yaml

CASES = load_yaml(Path(__file__).with_name("cases").joinpath("dates.yaml").read_text(encoding="utf-8"), "dates.yaml")


def placed(parsed: Parse, marked_text: str, starts: list[int], status: str = "asserted") -> list[Mention]:
    """Event mentions on the marked words, verbs with the tense that their status suggests."""
    found = []
    for start, match in zip(starts, MARK.finditer(marked_text), strict=True):
        end = start + len(match[1])
        token = parsed.tokens(start, end).root
        tense = None if token.pos_ == "NOUN" else "future" if status == "planned" else "past"
        value = EventValue(token.lemma_, (start, end), tense=tense, factuality=status)
        found.append(parsed.mention(start, end, "event", token.lemma_.upper(), value, "by-hand"))
    return found


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['text'][:60]} {case.get('published')}")
def test_dates(parse, schema, case):
    text, starts = marked(case["text"])
    parsed = parse(text, published=case.get("published"))
    events = placed(parsed, case["text"], starts, case.get("status", "asserted"))
    expressions = times.find(parsed, schema)
    dated, links = dates.assign(parsed, events, expressions, schema)
    assert [m.id for m in dated] == [m.id for m in events]
    whens = [m.value.when for m in dated]
    assert [[to_edtf(when), when.rule if when else None] for when in whens] == case["dates"]
    known = {m.id for m in expressions}
    assert all(link.type == "time" and link.target in known for link in links)
