"""The vocabulary in words, for people: what the command line prints of it."""

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import msgspec

from .errors import NotFound, nearest
from .loader import load_schema
from .types import ActorType, EventType, PlaceType, RelationType, Role, Schema, Sector, Trigger

_SECTIONS = ("event_types", "relations", "roles", "actor_types", "place_types", "sectors")


def listing(schema: Schema) -> str:
    """Every name of the vocabulary with its definition, a section each for events, relations, roles and the rest."""
    lines = [f"{schema.name} {schema.version}"]
    for section in _SECTIONS:
        entries = getattr(schema, section)
        lines += ["", f"{section.replace('_', ' ')} ({len(entries)})"]
        width = max((len(name) for name in entries), default=0)
        lines += [f"  {name:<{width}}  {entry.definition}" for name, entry in entries.items()]
    lines += ["", f"{len(schema.triggers)} triggers, {len(schema.cues)} cues, {len(schema.lexicons)} lexicons"]
    return "\n".join(lines)


def listing_record(schema: Schema) -> dict[str, Any]:
    """What `listing` tells, for programs: sections of names with their definitions, and the names of lexicons."""
    sections = {
        section: {name: entry.definition for name, entry in getattr(schema, section).items()} for section in _SECTIONS
    }
    counts = {"triggers": len(schema.triggers), "cues": len(schema.cues)}
    return {"name": schema.name, "version": schema.version, **sections, **counts, "lexicons": sorted(schema.lexicons)}


def describe(schema: Schema, name: str) -> str:
    """All that the vocabulary knows of one event type, relation, role, actor type, place type, sector or lexicon.

    Case does not matter. Raises NotFound with the nearest names.
    """
    _section, found, entry = _found(schema, name)
    if entry is None:
        return f"lexicon {found}: {', '.join(sorted(schema.lexicons[found]))}"
    return "\n".join(_event(schema, entry) if isinstance(entry, EventType) else _plain(entry))


def record(schema: Schema, name: str) -> dict[str, Any]:
    """What `describe` tells, for programs: the section, the entry, and the triggers of an event type."""
    section, found, entry = _found(schema, name)
    if entry is None:
        return {"section": section, "name": found, "words": sorted(schema.lexicons[found])}
    told: dict[str, Any] = {"section": section, **msgspec.to_builtins(entry)}
    if isinstance(entry, EventType):
        told["triggers"] = [msgspec.to_builtins(trigger) for trigger in schema.triggers if trigger.type == entry.name]
    return told


def _found(schema: Schema, name: str) -> tuple[str, str, Any]:
    """The section, the name as it is written, and the entry of a name; None as the entry of a lexicon."""
    entries = {
        key: (section, entry) for section in reversed(_SECTIONS) for key, entry in getattr(schema, section).items()
    }
    by_lower = {entry.lower(): entry for entry in (*schema.lexicons, *entries)}
    if name.lower() not in by_lower:
        raise NotFound(f"The vocabulary {schema.name} has nothing called {name}.{nearest(name, by_lower.values())}")
    found = by_lower[name.lower()]
    section, entry = entries.get(found, ("lexicons", None))
    return section, found, entry


def check(path: str | Path) -> str:
    """A summary of a vocabulary (a file or a built-in one), with advice line by line; SchemaError when it is broken."""
    schema = load_schema(path)
    counts = {"event type": schema.event_types, "trigger": schema.triggers, "cue": schema.cues}
    counted = ", ".join(f"{len(found)} {what}{'' if len(found) == 1 else 's'}" for what, found in counts.items())
    return "\n".join([f"{schema.name} {schema.version} is fine: {counted}", *(f"  {line}" for line in _advice(schema))])


def check_record(path: str | Path) -> dict[str, Any]:
    """What `check` tells, for programs."""
    schema = load_schema(path)
    return {
        "name": schema.name,
        "version": schema.version,
        "event_types": len(schema.event_types),
        "triggers": len(schema.triggers),
        "cues": len(schema.cues),
        "advice": list(_advice(schema)),
    }


def _event(schema: Schema, event: EventType) -> Iterator[str]:
    yield f"{event.name}: {event.label}"
    yield f"  {event.definition}"
    facts = {
        "extends": event.extends,
        "PLOVER": event.plover,
        "quad": event.quad,
        "score": None if event.score is None else f"{event.score:g}",
        "CAMEO": ", ".join(event.cameo),
        **{f"{kind} match": ", ".join(iris) for kind, iris in event.matches.items()},
        "roles": ", ".join(f"{place} -> {role}" for place, role in event.roles.items()),
        "narrower": ", ".join(n for n, e in schema.event_types.items() if e.extends == event.name),
    }
    yield from (f"  {key}: {value}" for key, value in facts.items() if value)
    if event.recipient_required:
        yield "  needs a recipient"
    if event.modes:
        yield "  modes"
        for mode in event.modes.values():
            score = "" if mode.score is None else f" ({mode.score:g})"
            yield f"    {mode.name}{score}: {mode.definition}"
    own = [trigger for trigger in schema.triggers if trigger.type == event.name]
    if own:
        yield "  triggers"
    for trigger in own:
        yield from _trigger(trigger)


def _trigger(trigger: Trigger) -> Iterator[str]:
    mode = f" [{trigger.mode}]" if trigger.mode else ""
    yield f"    {trigger.pos.lower()}{mode} {', '.join(trigger.lemmas)}{_company(trigger)}"
    yield from (f"      says: {sentence}" for sentence in trigger.says)
    yield from (f"      not: {sentence}" for sentence in trigger.refutes)


def _company(trigger: Trigger) -> str:
    """The conditions of a trigger in words."""
    pairs = (("with", trigger.when), ("not with", trigger.unless))
    said = [f"{how} {key} {' / '.join(words)}" for how, conditions in pairs for key, words in conditions.items()]
    return f" ({', '.join(said)})" if said else ""


def _plain(entry: RelationType | Role | ActorType | PlaceType | Sector) -> Iterator[str]:
    yield f"{entry.name}: {getattr(entry, 'label', '') or type(entry).__name__}"
    yield f"  {entry.definition}"
    for field in ("extends", "source", "target", "inverse", "causal", "iri"):
        if value := getattr(entry, field, None):
            yield f"  {field}: {value}"


def _advice(schema: Schema) -> Iterator[str]:
    """What a vocabulary's author may want to look at: words without proof, words that two types claim outright."""
    if not schema.event_types:
        yield "no event types: give some under `events:`, or write `extends: plover`"
    for trigger in schema.triggers:
        if not trigger.says:
            yield f"{trigger.id}: no proving sentence (`says:`)"
    for word, types in _claimed_twice(schema.triggers):
        yield f"{word} announces {' and '.join(types)}: the last one wins, add `when:`"


def _claimed_twice(triggers: Iterable[Trigger]) -> Iterator[tuple[str, list[str]]]:
    """Words that more than one type claims with no condition, and those types."""
    claims = Counter((lemma, t.pos, t.type) for t in triggers if not t.when for lemma in t.lemmas)
    for word, pos in dict.fromkeys((lemma, pos) for lemma, pos, _ in claims):
        types = sorted(t for lemma, p, t in claims if (lemma, p) == (word, pos))
        if len(types) > 1:
            yield f"{word} ({pos.lower()})", types
