"""How event types are like the concepts of other vocabularies, checked: SKOS's mapping properties.

    matches: {exact: ["eso:War", "wikidata:Q198"], close: ["cameo:19"]}

A prefix is one of the schema's `prefixes`; where it is a scheme too, the code must be among that scheme's concepts.
"""

from collections.abc import Mapping
from typing import Any

from .types import MATCHES, Scheme
from .values import Problem, check_known, convert, entries_of, iri_of, struct_of

CAMEO = "cameo"
OLDER = frozenset(("cameo", "iris"))
"""Keys of event types that `matches` has taken the place of."""


def schemes_of(raw: Mapping[str, Any], prefixes: Mapping[str, str]) -> dict[str, Scheme]:
    """The schemes of codes; Problem for one whose name is no prefix."""
    found = {}
    for name, value in entries_of(raw, "schemes"):
        check_known(name, prefixes, ("schemes", name), "prefix")
        given = convert(value, dict[str, Any], ("schemes", name))
        found[name] = struct_of({**given, "iri": prefixes[name]}, Scheme, name, ("schemes", name))
    return found


def matches_of(
    written: Mapping[str, Any],
    prefixes: Mapping[str, str],
    schemes: Mapping[str, Scheme],
    path: tuple[str, ...],
) -> dict[str, tuple[str, ...]]:
    """Kind of match to IRIs; Problem for an unknown kind, prefix or code, and for a concept that is matched twice."""
    kinds: dict[str, str] = {}
    for kind, concepts in written.items():
        check_known(kind, MATCHES, (*path, kind), "kind of match")
        for concept in convert(concepts, list[str], (*path, kind)):
            prefix, _, code = concept.partition(":")
            if prefix in schemes:
                check_known(code, schemes[prefix].concepts, (*path, kind), f"code of {schemes[prefix].label}")
            iri = iri_of(concept, prefixes, (*path, kind))
            if iri in kinds:
                raise Problem((*path, kind), f"{concept} is matched twice ({kinds[iri]} and {kind}); keep one")
            kinds[iri] = kind
    return {kind: tuple(iri for iri in kinds if kinds[iri] == kind) for kind in MATCHES if kind in kinds.values()}


def cameo_of(written: Mapping[str, list[str]]) -> tuple[str, ...]:
    """CAMEO's codes among the matches, roots first."""
    concepts = [concept.partition(":") for listed in written.values() for concept in listed]
    return tuple(sorted((code for prefix, _, code in concepts if prefix == CAMEO), key=lambda code: (len(code), code)))


def with_matches(raw: Mapping[str, Any], builtin: Mapping[str, Any]) -> dict[str, Any]:
    """A vocabulary that has `cameo` and `iris` with `matches` instead: a built-in type's own, close ones of others."""
    codes = builtin["schemes"][CAMEO]["concepts"]
    events = {}
    for name, event in raw["events"].items():
        given = {key: value for key, value in event.items() if key not in OLDER}
        known = builtin["events"].get(name, {}).get("matches")
        concepts = [f"{CAMEO}:{code}" for code in event.get("cameo", ()) if code in codes]
        found = known or {"close": [*concepts, *event.get("iris", ())]}
        events[name] = {**given, "matches": found} if any(found.values()) else given
    prefixes = {**builtin["prefixes"], **raw.get("prefixes", {})}
    return {**raw, "events": events, "prefixes": prefixes, "schemes": builtin["schemes"]}
