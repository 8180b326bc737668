"""The numbers that a sentence gives, in the shape of tests/cases/quantities_more.yaml."""

from newsloom.graph.reading import events, quantities
from newsloom.graph.reading.parse import Parse
from newsloom.schemas.types import Schema


def told(parsed: Parse, schema: Schema) -> list[list]:
    """Each number as [count, of, bound, trigger of its event, {upper, unit, part}], in text order."""
    found = events.find(parsed, schema)
    mentions, links = quantities.find(parsed, found, schema)
    triggers = {event.id: event.text for event in found}
    owner = {link.target: triggers[link.source] for link in links}
    return [_line(mention, owner.get(mention.id)) for mention in sorted(mentions, key=lambda m: m.span.start)]


def _line(mention, trigger: str | None) -> list:
    value = mention.value
    more = {name: given for name in ("upper", "unit", "part") if (given := getattr(value, name, None))}
    return [value.count, value.of, value.bound, trigger, *([more] if more else [])]


def expected(case: dict, parsed: Parse, schema: Schema) -> list[list]:
    """What the case says is told; a trigger that the schema does not know gives an event to nobody (None)."""
    known = {event.text for event in events.find(parsed, schema)}
    lines = [[*line[:3], line[3] if line[3] in known else None, *line[4:]] for line in case["found"]]
    return [line if line[4:] != [{}] else line[:4] for line in lines]
