"""The roles that one marked event has in a sentence, for the tests and the benchmark of roles."""

from collections.abc import Callable

from test_events import marked

from newsloom.graph.knowledge import Knowledge
from newsloom.graph.reading import events, names, roles
from newsloom.graph.reading.parse import Parse
from newsloom.schemas.types import Schema

ROLES = ("agent", "recipient", "participant", "place", "origin", "destination", "instrument")


def filled(parse: Callable[[str], Parse], sentence: str, schema: Schema, knowledge: Knowledge) -> dict | None:
    """Role -> names (as resolved by the mention) of the **marked** event, or None where no event is found there.

    The land of a recipient is also where it happens ("invaded Somalia"): it counts once.
    """
    text, (start,) = marked(sentence)
    parsed = parse(text)
    people = names.find(parsed, schema, knowledge)
    by_id = {mention.id: mention for mention in people}
    found = events.find(parsed, schema)
    event = next((m for m in found if m.span.start == start), None)
    if event is None:
        return None
    got: dict[str, set[str]] = {role: set() for role in ROLES}
    for link in roles.find(parsed, found, people, schema):
        if link.source == event.id:
            got[link.type].add(by_id[link.target].value.name)
    return {
        role: filling - got["recipient"] if role in ("place", "destination") else filling
        for role, filling in got.items()
    }
