"""What the other named graphs use: newsloom's own terms, and the schema's types, roles and sectors as SKOS concepts."""

from collections.abc import Collection, Iterable, Iterator, Mapping

from ...graph.knowledge import states
from ...schemas.rdf import load_rdf
from ...schemas.types import ActorType, EventType, Mode, PlaceType, Role, Schema, Sector
from .names import Names, own_term, valid
from .syntaxes import ABSOLUTE, TEXT, Syntax
from .values import decimal

NAMESPACES: Mapping[str, str] = load_rdf().prefixes

Line = tuple[str, str, str, str]
"""An IRI, a property, the sort of a value, and the value's words."""

STATUS = {
    "asserted": "faro:happened",
    "negated": "faro:not_happened",
    "planned": "faro:planned",
    "hypothetical": "faro:potential",
    "alleged": "faro:potential",
}
"""FaRO's status of an event, by factuality; `factuality` itself is stated too, for the difference of the last two."""

_SCHEMES = {
    "event": "types and modes of events",
    "actor": "types of actors",
    "place": "types of places",
    "role": "roles",
    "sector": "sectors",
}

_Entry = EventType | Mode | ActorType | PlaceType | Role | Sector


class Predicates:
    """The predicates of relation types, as `prefix:name` where a prefix fits; a statement node names the first of them.

    A role has a term of its own (`newsloom:agent`) before the schema's IRI (`sem:hasActor`), which
    alone would not tell an agent from a recipient; other relations have the schema's IRI, or without
    one a term of their own. A causal relation that FaRO has no word for, such as `responds-to`, is
    also `faro:contingently_related_to`: an answer is no mere effect, so it is not `faro:causes`.
    """

    def __init__(self, schema: Schema, syntax: Syntax):
        self._schema = schema
        self._syntax = syntax
        self._known: dict[str, tuple[str, ...]] = {}

    def of(self, relation: str) -> tuple[str, ...]:
        """The predicates of one relation type."""
        if relation not in self._known:
            self._known[relation] = self._found(relation)
        return self._known[relation]

    def _found(self, relation: str) -> tuple[str, ...]:
        own = f"newsloom:{own_term(relation)}"
        known = self._schema.relations.get(relation)
        given = valid(known.iri) if known and known.iri else None
        short = (self._syntax.short(given) or given) if given else None
        if relation in self._schema.roles:
            return (own, short) if short else (own,)
        first = short or own
        if known and known.causal and not first.startswith("faro:"):
            return first, "faro:contingently_related_to"
        return (first,)


def vocabulary(
    used: Collection[str], relations: Iterable[str], schema: Schema, names: Names, predicates: Predicates
) -> Iterator[Line]:
    """Lines for the concepts that a graph uses, for broader ones, for newsloom's terms and those of the relations."""
    yield from concepts(used, schema, names)
    yield from countries(names, used)
    for name, term in load_rdf().terms.items():
        yield from _property(f"newsloom:{name}", name, term.definition)
        if term.within:
            yield f"newsloom:{name}", narrowing(name), ABSOLUTE, term.within
    for name in relations:
        first, *broader = predicates.of(name)
        if first == f"newsloom:{own_term(name)}":
            known = schema.relations.get(name)
            label, definition = (known.label or name, known.definition) if known else (name, "")
            yield from _property(first, label, definition)
            yield from ((first, "rdfs:subPropertyOf", ABSOLUTE, other) for other in broader)


def concepts(used: Iterable[str], schema: Schema, names: Names) -> Iterator[Line]:
    """Lines for these concepts, for broader ones, and for the schemes that they are in."""
    wanted = set(used)
    yield from _event_types(schema, names, wanted)
    yield from _concepts("actor", "sem:ActorType", schema.actor_types, names, wanted, schema)
    yield from _concepts("place", "sem:PlaceType", schema.place_types, names, wanted, schema)
    yield from _concepts("role", "sem:RoleType", schema.roles, names, wanted, schema)
    yield from _concepts("sector", "skos:Concept", schema.sectors, names, wanted, schema)


def countries(names: Names, used: Collection[str] | None = None) -> Iterator[Line]:
    """The states of the world as SKOS concepts: code, name, GeoNames feature (CC BY 4.0); all or those used."""
    scheme = names.countries
    for code, state in states().items():
        concept = names.country(code)
        if used is not None and concept not in used:
            continue
        yield scheme, "rdf:type", ABSOLUTE, "skos:ConceptScheme"
        yield scheme, "skos:prefLabel", TEXT, "ISO 3166-1 alpha-3: states"
        yield concept, "rdf:type", ABSOLUTE, "skos:Concept"
        yield concept, "skos:inScheme", ABSOLUTE, scheme
        yield concept, "skos:topConceptOf", ABSOLUTE, scheme
        yield concept, "skos:notation", TEXT, code
        yield concept, "skos:prefLabel", TEXT, state["name"]
        yield concept, "skos:exactMatch", ABSOLUTE, f"https://sws.geonames.org/{state['geonames']}/"


def _event_types(schema: Schema, names: Names, wanted: set[str]) -> Iterator[Line]:
    """Event types, and their modes below them."""
    for type in schema.event_types.values():
        for mode in type.modes.values():
            concept = names.mode(type.name, mode.name)
            if concept not in wanted:
                continue
            wanted.add(names.concept("event", type.name))
            broader = names.concept("event", type.name)
            yield from _concept(concept, "event", "skos:Concept", mode, names, broader, schema)
            if mode.score is not None:
                yield concept, "newsloom:score", "xsd:decimal", decimal(mode.score)
    yield from _concepts("event", "sem:EventType", schema.event_types, names, wanted, schema)
    for type in schema.event_types.values():
        concept = names.concept("event", type.name)
        if concept not in wanted:
            continue
        if type.score is not None:
            yield concept, "newsloom:score", "xsd:decimal", decimal(type.score)
        for kind, iris in type.matches.items():
            for match in filter(None, map(valid, iris)):
                yield concept, f"skos:{kind}Match", ABSOLUTE, match
                yield from _of_scheme(match, schema)


def _of_scheme(match: str, schema: Schema) -> Iterator[Line]:
    """A code of another vocabulary that has no IRIs of its own, the broader code, and its scheme."""
    for scheme in schema.schemes.values():
        code = match.removeprefix(scheme.iri)
        if code not in scheme.concepts:
            continue
        iri, broader = scheme.iri.rstrip("#/"), f"{scheme.iri}{code[:-1]}"
        yield iri, "rdf:type", ABSOLUTE, "skos:ConceptScheme"
        yield iri, "skos:prefLabel", TEXT, scheme.label
        yield iri, "skos:definition", TEXT, scheme.definition
        yield match, "rdf:type", ABSOLUTE, "skos:Concept"
        yield match, "skos:inScheme", ABSOLUTE, iri
        yield match, "skos:notation", TEXT, code
        yield match, "skos:prefLabel", TEXT, scheme.concepts[code]
        if code[:-1] in scheme.concepts:
            yield match, "skos:broader", ABSOLUTE, broader
            yield from _of_scheme(broader, schema)
        else:
            yield match, "skos:topConceptOf", ABSOLUTE, iri


def _concepts(
    kind: str, type: str, entries: Mapping[str, _Entry], names: Names, wanted: set[str], schema: Schema
) -> Iterator[Line]:
    """The wanted concepts of a scheme and the broader ones, which become wanted too."""
    for name in sorted(_with_broader((n for n in entries if names.concept(kind, n) in wanted), entries)):
        concept = names.concept(kind, name)
        wanted.add(concept)
        parent = getattr(entries[name], "extends", None)
        broader = names.concept(kind, parent) if parent in entries else None
        yield from _concept(concept, kind, type, entries[name], names, broader, schema)


def _with_broader(chosen: Iterable[str], entries: Mapping[str, _Entry]) -> set[str]:
    found: set[str] = set()
    for name in chosen:
        while name in entries and name not in found:
            found.add(name)
            name = getattr(entries[name], "extends", None) or ""
    return found


def _concept(
    concept: str, kind: str, type: str, entry: _Entry, names: Names, broader: str | None, schema: Schema
) -> Iterator[Line]:
    scheme = names.scheme(kind)
    yield scheme, "rdf:type", ABSOLUTE, "skos:ConceptScheme"
    yield scheme, "skos:prefLabel", TEXT, f"{schema.name}: {_SCHEMES[kind]}"
    yield concept, "rdf:type", ABSOLUTE, "skos:Concept"
    yield concept, "rdf:type", ABSOLUTE, type
    yield concept, "skos:inScheme", ABSOLUTE, scheme
    yield concept, "skos:notation", TEXT, entry.name
    yield concept, "skos:prefLabel", TEXT, getattr(entry, "label", "") or entry.name
    if entry.definition:
        yield concept, "skos:definition", TEXT, entry.definition
    if broader:
        yield concept, "skos:broader", ABSOLUTE, broader
    else:
        yield concept, "skos:topConceptOf", ABSOLUTE, scheme


def narrowing(name: str) -> str:
    """The property that says which standard term one of newsloom's narrows."""
    return "rdfs:subClassOf" if name[0].isupper() else "rdfs:subPropertyOf"


def _property(own: str, name: str, definition: str) -> Iterator[Line]:
    yield own, "rdf:type", ABSOLUTE, "rdfs:Class" if name[:1].isupper() else "rdf:Property"
    yield own, "rdfs:label", TEXT, name
    if definition:
        yield own, "rdfs:comment", TEXT, definition
