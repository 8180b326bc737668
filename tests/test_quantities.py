"""Quantities of a sentence and the events they belong to, from cases/quantities.yaml."""

from pathlib import Path

import pytest

from newsloom.graph.reading import events, quantities
from newsloom.schemas.loader import load_yaml

FILE = Path(__file__).with_name("cases") / "quantities.yaml"
CASES = load_yaml(FILE.read_text(encoding="utf-8"), FILE.name)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:60])
def test_quantities(parse, schema, case):
    parsed = parse(case["text"])
    found = events.find(parsed, schema)
    mentions, links = quantities.find(parsed, found, schema)
    lemmas = {event.id: event.value.lemma for event in found}
    owner = {link.target: lemmas[link.source] for link in links}
    told = [[m.text, m.value.count, m.value.of, m.value.bound, owner.get(m.id)] for m in mentions]
    assert told == case["found"]
