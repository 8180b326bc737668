"""The JSON-LD context, from `schemas/rdf.yaml`: short keys, and what their values are."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from ...schemas.rdf import load_rdf
from ...schemas.types import Schema
from .names import namespaces as namespaces_of
from .syntaxes import ABSOLUTE, RELATIVE, TEXT, Turtle
from .ties import DENIALS
from .values import sorts
from .vocabulary import Predicates


def context_of(schema: Schema, base: str) -> dict[str, Any]:
    """The `@context` for graphs that were built with this schema: the properties of its relations among the keys."""
    known = namespaces_of(schema)
    plain = Turtle(base, known)
    predicates = Predicates(schema, plain)
    ties = {one for relation in schema.relations for one in predicates.of(relation)} | {*DENIALS.values()}
    return context(base, known, {tie for tie in ties if plain.short(tie) == tie})


def context(base: str, namespaces: Mapping[str, str], relations: Iterable[str] = ()) -> dict[str, Any]:
    """The `@context` of a file: a key for every property, with `@id` or a datatype where all its values have that.

    A property is called by its local name, or by `prefix:name` where two share it; `relations` are the properties
    that tie nodes, `prefix:name`.

    >>> context("https://example.org/", {"prov": "http://www.w3.org/ns/prov#"})["evidence"]
    {'@id': 'newsloom:evidence', '@type': '@id'}
    """
    model = load_rdf()
    kinds: dict[str, set[str]] = defaultdict(set)
    for name in model.classes:
        for field in model.properties(name).values():
            kinds[field.property].update(sorts(field.value))
    for relation in relations:
        kinds[relation].add(RELATIVE)
    keys = _keys(kinds, {*namespaces, "id", "type"})
    named = {keys[property]: _entry(property, kinds[property]) for property in sorted(kinds)}
    return {"@version": 1.1, "@base": base, **dict(sorted(namespaces.items())), "id": "@id", "type": "@type", **named}


def _keys(properties: Iterable[str], taken: Collection[str]) -> dict[str, str]:
    """What each property is called: its local name where it is not `taken` and no other has it."""
    locals_: dict[str, list[str]] = defaultdict(list)
    for property in properties:
        locals_[property.partition(":")[2]].append(property)
    return {
        property: local if len(several) == 1 and local not in taken else property
        for local, several in locals_.items()
        for property in several
    }


def _entry(property: str, found: set[str]) -> Any:
    if found <= {RELATIVE, ABSOLUTE}:
        return {"@id": property, "@type": "@id"}
    (only,) = found if len(found) == 1 else (TEXT,)
    return property if only == TEXT else {"@id": property, "@type": only}
