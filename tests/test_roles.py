"""Roles of one marked event, from cases/roles.yaml."""

from collections import defaultdict
from pathlib import Path

import pytest
from test_events import marked

from newsloom.graph.reading import events, names, roles
from newsloom.schemas.loader import load_yaml

CASES = load_yaml(Path(__file__).with_name("cases").joinpath("roles.yaml").read_text(encoding="utf-8"), "roles.yaml")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:60])
def test_roles(parse, schema, knowledge, case):
    text, (start,) = marked(case["text"])
    parsed = parse(text)
    people = names.find(parsed, schema, knowledge)
    by_id = {mention.id: mention for mention in people}
    found = events.find(parsed, schema)
    event = next((m for m in found if m.span.start == start), None)
    assert event is not None, [m.text for m in found]
    filled = defaultdict(set)
    for link in roles.find(parsed, found, people, schema):
        if link.source == event.id:
            filled[link.type].add(by_id[link.target].value.name)
    assert {role: set(names_) for role, names_ in case["roles"].items()} == {
        role: filled[role] for role in case["roles"]
    }
