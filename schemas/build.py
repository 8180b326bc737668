"""From merged YAML values to a `Schema`, with everything in it checked.

What a key may hold is the type it becomes (`types.py`); what a name may refer to is checked here.
"""

import hashlib
import re
from collections.abc import Collection, Iterator, Mapping
from typing import Any

import msgspec
from msgspec import Struct, field

from .errors import SchemaError
from .matches import cameo_of, matches_of, schemes_of
from .types import ActorType, Cue, EventType, Mode, PlaceType, RelationType, Role, Schema, Scheme, Sector, Trigger
from .values import (
    Problem,
    Source,
    T,
    check_colour,
    check_extends,
    check_known,
    convert,
    entries_of,
    iri_of,
    located,
    struct_of,
    words_of,
)

TOP_KEYS = (
    *("name", "version", "label", "definition", "extends", "prefixes", "quads", "default_roles", "events"),
    *("relations", "roles", "actor_types", "place_types", "sectors", "cues", "lexicons", "times", "quantities"),
    "schemes",
)
CONDITIONS = (
    *("object", "subject", "modifier", "particle", "preposition", "complement", "cause", "behind"),
    *("governor", "doer", "auxiliary", "clause", "clause_subject", "nearby", "topic"),
)

PREPOSITIONS = (
    *("of", "by", "with", "on", "upon", "against", "to", "for", "from", "in", "into", "at", "between", "among"),
    *("over", "towards", "toward", "through", "across", "near", "off", "onto", "about"),
)
PLACES = ("subject", "object", "indirect", "owner", "clause", "aim", "poss", "modifier", *PREPOSITIONS)
SHAPES = ("verb", "object", "preposition", "conjunction", "coordination", "purpose", "aim", "noun", "adverb")
CUE_CONDITIONS = ("governor", "complement", "aspect")
KINDS = ("event", "actor", "place", "article")
ENTITY_LABELS = (
    *("PERSON", "NORP", "FAC", "ORG", "GPE", "LOC", "PRODUCT", "EVENT", "WORK_OF_ART", "LAW", "LANGUAGE"),
    *("DATE", "TIME", "PERCENT", "MONEY", "QUANTITY", "ORDINAL", "CARDINAL"),
)
NO_ROLE = "none"
_MARKED = re.compile(r"\*\*[^*]+\*\*")


class _Quad(Struct, forbid_unknown_fields=True):
    """A quad class: what it is called and its colour."""

    label: str
    colour: str
    definition: str = ""


class _Trigger(Struct, forbid_unknown_fields=True):
    """A group of trigger words, as it is written."""

    verbs: list[str] = []
    nouns: list[str] = []
    adjectives: list[str] = []
    mode: str | None = None
    when: dict[str, str | list[str]] = {}
    unless: dict[str, str | list[str]] = {}
    roles: dict[str, str] = {}
    confidence: float = 0.8
    says: list[str] = []
    refutes: list[str] = field(default_factory=list, name="not")
    id: str = ""


class _Event(Struct, forbid_unknown_fields=True):
    """An event type, as it is written; what is left out comes from the type it extends."""

    label: str | None = None
    definition: str = ""
    extends: str | None = None
    plover: str | None = None
    quad: str | None = None
    score: float | None = None
    recipient_required: bool | None = None
    colour: str | None = None
    matches: dict[str, Any] = {}
    modes: dict[str, dict[str, Any]] = {}
    roles: dict[str, str] = {}
    triggers: list[dict[str, Any]] = []
    examples: list[str] = []


class _Cue(Struct, forbid_unknown_fields=True):
    """A causal cue, as it is written."""

    words: str
    shape: str
    relation: str
    source: str
    confidence: float = 0.7
    when: dict[str, list[str]] = {}
    says: list[str] = []
    refutes: list[str] = field(default_factory=list, name="not")
    id: str = ""


def build(raw: Mapping[str, Any], sources: Collection[Source]) -> Schema:
    """The Schema of merged values. Raises SchemaError: file, key, what was possible."""
    try:
        return _schema(raw)
    except Problem as problem:
        origin, path = located(problem.path, sources)
        raise SchemaError(f"{origin}: {'.'.join(path)}: {problem}") from None


def _schema(raw: Mapping[str, Any]) -> Schema:
    """The Schema of merged values; raises Problem."""
    for key in raw:
        check_known(key, TOP_KEYS, (key,), "key")
    prefixes: Mapping[str, str] = convert(raw.get("prefixes", {}), dict[str, str], ("prefixes",))
    lexicons = _lexicons(raw)
    roles = _structs(raw, "roles", Role, prefixes)
    quads = {k: convert(v, _Quad, ("quads", k)) for k, v in entries_of(raw, "quads")}
    relations = _structs(raw, "relations", RelationType, prefixes)
    schemes = schemes_of(raw, prefixes)
    events, triggers = _events(raw, roles, quads, lexicons, prefixes, schemes)
    for name, relation in relations.items():
        for end in ("source", "target"):
            check_known(getattr(relation, end), KINDS, ("relations", name, end), "kind of node")
        if relation.causal is not None:
            check_known(relation.causal, ("source", "target"), ("relations", name, "causal"), "end")
    return Schema(
        name=convert(raw.get("name", "unnamed"), str, ("name",)),
        version=convert(raw.get("version", "0"), str, ("version",)),
        event_types=events,
        relations=relations,
        roles=roles,
        actor_types=_structs(raw, "actor_types", ActorType, prefixes),
        place_types=_structs(raw, "place_types", PlaceType, prefixes),
        sectors=_structs(raw, "sectors", Sector, prefixes),
        triggers=tuple(triggers),
        cues=tuple(_cues(raw, relations)),
        lexicons=lexicons,
        schemes=schemes,
        raw=raw,
        digest=hashlib.sha256(msgspec.json.encode(raw, order="sorted")).hexdigest(),
    )


# --- events and their triggers


def _events(
    raw: Mapping[str, Any],
    roles: Mapping[str, Role],
    quads: Mapping[str, _Quad],
    lexicons: Mapping[str, frozenset[str]],
    prefixes: Mapping[str, str],
    schemes: Mapping[str, Scheme],
) -> tuple[dict[str, EventType], list[Trigger]]:
    """The event types, broader ones first looked up, and the triggers of all of them."""
    defaults = _default_roles(raw, roles)
    written = {name: convert(value, _Event, ("events", name)) for name, value in entries_of(raw, "events")}
    types: dict[str, EventType] = {}
    triggers: list[Trigger] = []
    taken: set[str] = set()
    parents = {name: event.extends for name, event in written.items()}
    for name in written:
        check_extends(name, parents, "events")
        types[name] = _event_type(name, written, roles, quads, prefixes, schemes, defaults)
    for name, event in written.items():
        own = _inherited(name, written, "roles")
        for position, value in enumerate(event.triggers):
            path = ("events", name, "triggers", f"{position + 1}")
            group = convert(value, _Trigger, path)
            _check_group(group, path, types[name].modes, roles, lexicons)
            for pos, lemmas in (("VERB", group.verbs), ("NOUN", group.nouns), ("ADJ", group.adjectives)):
                if lemmas:
                    mapped = _with_subjects_doers(pos, {**defaults[pos], **own, **group.roles})
                    triggers.append(_trigger(name, pos, lemmas, group, mapped, taken))
    return types, triggers


def _event_type(
    name: str,
    written: Mapping[str, _Event],
    roles: Mapping[str, Role],
    quads: Mapping[str, _Quad],
    prefixes: Mapping[str, str],
    schemes: Mapping[str, Scheme],
    defaults: Mapping[str, Mapping[str, str]],
) -> EventType:
    """One event type, with what it inherits."""
    path = ("events", name)
    event = written[name]
    line = [written[n] for n in _line(name, written)]  # broadest last
    quad = next((e.quad for e in line if e.quad), None)
    if quad:
        check_known(quad, quads, (*path, "quad"), "quad class")
    if event.score is not None and not -10 <= event.score <= 10:
        raise Problem((*path, "score"), f"{event.score} is not between -10 and 10")
    colour = next((e.colour for e in line if e.colour), None) or (quads[quad].colour if quad else "#777777")
    check_colour(colour, (*path, "colour"))
    own = _inherited(name, written, "roles")
    _check_roles(own, roles, (*path, "roles"))
    matches = matches_of(event.matches, prefixes, schemes, (*path, "matches"))
    modes = _inherited(name, written, "modes")
    return EventType(
        name=name,
        label=event.label or name.replace("_", " ").lower(),
        definition=event.definition,
        extends=event.extends,
        plover=next((e.plover for e in line if e.plover), None),
        cameo=cameo_of(event.matches),
        quad=quad,
        score=next((e.score for e in line if e.score is not None), None),
        recipient_required=next((e.recipient_required for e in line if e.recipient_required is not None), False),
        colour=colour,
        matches=matches,
        modes={k: struct_of(v, Mode, k, (*path, "modes", k)) for k, v in modes.items()},
        roles=_with_gaps({**defaults["NOUN"], **defaults["VERB"], **own}),
        examples=tuple(_checked_examples(event.examples, (*path, "examples"))),
    )


def _checked_examples(examples: list[str], path: tuple[str, ...]) -> list[str]:
    """The examples; Problem for one that marks no word, or more than one."""
    for text in examples:
        if not re.fullmatch(r"[^*]*\*\*[^*\s]+\*\*[^*]*", text):
            raise Problem(path, f"mark the word that tells of the event, and only that, between `**`: {text}")
    return examples


def _trigger(
    name: str, pos: str, lemmas: list[str], group: _Trigger, mapped: Mapping[str, str], taken: set[str]
) -> Trigger:
    """The trigger of one part of speech of a group; its id is unique."""
    ident = wanted = f"{name}/{group.id or lemmas[0]}"
    number = 1
    while ident in taken:
        number += 1
        ident = f"{wanted}-{number}"
    taken.add(ident)
    return Trigger(
        type=name,
        pos=pos,
        lemmas=tuple(lemmas),
        mode=group.mode,
        when={k: words_of(v) for k, v in group.when.items()},
        unless={k: words_of(v) for k, v in group.unless.items()},
        roles=_with_gaps(mapped),
        confidence=group.confidence,
        says=tuple(group.says),
        refutes=tuple(group.refutes),
        id=ident,
    )


def _check_group(
    group: _Trigger,
    path: tuple[str, ...],
    modes: Collection[str],
    roles: Collection[str],
    lexicons: Collection[str],
) -> None:
    """Raises Problem when a group of triggers names something unknown or has no words."""
    lemmas = [*group.verbs, *group.nouns, *group.adjectives]
    if not lemmas:
        raise Problem(path, "needs a list of lemmas under `verbs`, `nouns` or `adjectives`")
    for lemma in lemmas:
        if not lemma or " " in lemma:
            advice = "give its head here and the other words under `when: {modifier: [...]}`"
            raise Problem(path, f"{lemma!r} is not one word; {advice}")
    if group.mode is not None:
        check_known(group.mode, modes, (*path, "mode"), "mode")
    if not 0 < group.confidence <= 1:
        raise Problem((*path, "confidence"), f"{group.confidence} is not between 0 and 1")
    for key, conditions in (("when", group.when), ("unless", group.unless)):
        for condition, words in conditions.items():
            _check_condition(condition, words_of(words), (*path, key), lexicons)
    _check_roles(group.roles, roles, (*path, "roles"))
    for key, sentences in (("says", group.says), ("not", group.refutes)):
        for sentence in sentences:
            if not _MARKED.search(sentence):
                raise Problem((*path, key), f"mark the trigger with two asterisks on both sides: {sentence!r}")


def _check_condition(condition: str, words: tuple[str, ...], path: tuple[str, ...], lexicons: Collection[str]) -> None:
    """Raises Problem for an unknown kind of condition, lexicon, entity label or complement."""
    check_known(condition, CONDITIONS, (*path, condition), "condition")
    for word in words:
        if word.startswith("$"):
            check_known(word[1:], lexicons, (*path, condition), "lexicon")
        elif word.startswith("@"):
            check_known(word[1:], ENTITY_LABELS, (*path, condition), "entity label")


def _default_roles(raw: Mapping[str, Any], roles: Collection[str]) -> dict[str, Mapping[str, str]]:
    """Grammatical place to role for verbs, nouns and adjectives, for types that do not say otherwise."""
    given = convert(raw.get("default_roles", {}), dict[str, dict[str, str]], ("default_roles",))
    names = {"verb": "VERB", "noun": "NOUN", "adjective": "ADJ"}
    for key, mapped in given.items():
        check_known(key, names, ("default_roles", key), "part of speech")
        _check_roles(mapped, roles, ("default_roles", key))
    return {pos: given.get(key, {}) for key, pos in names.items()}


def _check_roles(mapped: Mapping[str, str], roles: Collection[str], path: tuple[str, ...]) -> None:
    """Raises Problem for a grammatical place or a role that there is not."""
    for place, role in mapped.items():
        check_known(place, PLACES, (*path, place), "grammatical place")
        if role != NO_ROLE:
            check_known(role, roles, (*path, place), "role")


def _with_subjects_doers(pos: str, mapped: Mapping[str, str]) -> Mapping[str, str]:
    """A verb's roles where the possessor and the modifier of its subject are agents only if the subject is one."""
    if pos != "VERB":
        return mapped
    role = "agent" if mapped.get("subject") == "agent" else NO_ROLE
    return {**mapped, "poss": role, "modifier": role}


def _with_gaps(mapped: Mapping[str, str]) -> dict[str, str]:
    """The same mapping with an empty role where the YAML says that there is none."""
    return {place: "" if role == NO_ROLE else role for place, role in mapped.items()}


def _line(name: str, written: Mapping[str, _Event]) -> Iterator[str]:
    """A type and the types it extends, the broadest last (`extends` has been checked)."""
    current: str | None = name
    while current is not None:
        yield current
        current = written[current].extends


def _inherited(name: str, written: Mapping[str, _Event], key: str) -> dict[str, Any]:
    """A mapping of a type over that of the types it extends."""
    merged: dict[str, Any] = {}
    for ancestor in reversed(list(_line(name, written))):
        merged.update(getattr(written[ancestor], key))
    return merged


# --- the rest of the vocabulary


def _cues(raw: Mapping[str, Any], relations: Collection[str]) -> Iterator[Cue]:
    """The causal cues, with an id each."""
    for position, value in enumerate(convert(raw.get("cues", []), list[dict[str, Any]], ("cues",))):
        path = ("cues", f"{position + 1}")
        cue = convert(value, _Cue, path)
        check_known(cue.shape, SHAPES, (*path, "shape"), "shape")
        check_known(cue.relation, relations, (*path, "relation"), "relation")
        check_known(cue.source, ("governor", "complement"), (*path, "source"), "side")
        for condition in cue.when:
            check_known(condition, CUE_CONDITIONS, (*path, "when"), "condition")
        yield Cue(
            words=cue.words,
            shape=cue.shape,
            relation=cue.relation,
            source=cue.source,
            confidence=cue.confidence,
            when={name: tuple(values) for name, values in cue.when.items()},
            says=tuple(cue.says),
            refutes=tuple(cue.refutes),
            id=cue.id or f"{cue.relation}/{cue.words}/{cue.shape}",
        )


def _lexicons(raw: Mapping[str, Any]) -> dict[str, frozenset[str]]:
    """The word lists; `$name` in a list stands for the words of another one."""
    given = {name: convert(v, list[str], ("lexicons", name)) for name, v in entries_of(raw, "lexicons")}

    def words(name: str, via: tuple[str, ...]) -> Iterator[str]:
        for word in given[name]:
            if not word.startswith("$"):
                yield word
                continue
            check_known(word[1:], given, ("lexicons", name), "lexicon")
            if word[1:] in via:
                raise Problem(("lexicons", name), f"contains itself ({' -> '.join((*via, word[1:]))})")
            yield from words(word[1:], (*via, word[1:]))

    return {name: frozenset(words(name, (name,))) for name in given}


def _structs(raw: Mapping[str, Any], key: str, cls: type[T], prefixes: Mapping[str, str]) -> dict[str, T]:
    """The entries under a top key as values of a type, names, colours, IRIs and `extends` checked."""
    entries = dict(entries_of(raw, key))
    found: dict[str, T] = {}
    for name, value in entries.items():
        path = (key, name)
        given = dict(convert(value, dict[str, Any], path))
        if isinstance(iri := given.get("iri"), str):
            given["iri"] = iri_of(iri, prefixes, (*path, "iri"))
        found[name] = struct_of(given, cls, name, path)
        check_colour(getattr(found[name], "colour", "#000000"), (*path, "colour"))
    if "extends" in cls.__annotations__:
        parents = {name: getattr(value, "extends", None) for name, value in found.items()}
        for name in found:
            check_extends(name, parents, key)
    return found
