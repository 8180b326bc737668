"""The vocabularies of the RDF exports: namespaces, newsloom's own terms, and the schema as SKOS concepts."""

from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from pyoxigraph import Literal

from ...schemas.types import ActorType, EventType, Mode, PlaceType, Role, Schema, Sector
from ..text import xml_text
from .names import Iri, Names

Term = str
"""An IRI or a literal, as N-Quads has it."""

Triple = tuple[Iri, Iri, Term]

NAMESPACES = {
    "faro": "http://purl.org/faro/",
    "gaf": "http://groundedannotationframework.org/gaf#",
    "nif": "http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "https://schema.org/",
    "sem": "http://semanticweb.cs.vu.nl/2009/11/sem/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "time": "http://www.w3.org/2006/time#",
    "wgs": "http://www.w3.org/2003/01/geo/wgs84_pos#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}

STATUS = {
    "asserted": "faro:happened",
    "negated": "faro:not_happened",
    "planned": "faro:planned",
    "hypothetical": "faro:potential",
    "alleged": "faro:potential",
}
"""FaRO's status of an event, by factuality; `factuality` itself is stated too, for the difference of the last two."""

TERMS = {
    "Figure": "A number that one article gives for an event.",
    "backwards": "Whether a cause is dated behind its effect, so that something in the statement is wrong.",
    "bound": "Whether a number is a bound: at-least, at-most or about.",
    "confidence": "How sure the rules are, from 0 to 1.",
    "count": "The number that a figure gives.",
    "counts": "What a figure counts: killed, injured, arrested, displaced, held, weapons, money, or a noun.",
    "country": "ISO 3166 alpha-3 code, or PLOVER's code for actors of no state.",
    "cue": "The words that tie the two ends of a statement.",
    "evidence": "A sentence that says so.",
    "factuality": "asserted, negated, planned, hypothetical or alleged; of a statement, whether the relation holds.",
    "figure": "A number given for the event.",
    "injured": "How many were injured.",
    "intensity": "From -10, conflict, to 10, cooperation (PLOVER).",
    "killed": "How many were killed.",
    "leadsTo": "The event has the other one as an effect or an answer; newsloom:leadsTo+ follows the chain.",
    "mayLeadTo": "The event may have the other one as an effect or an answer, or is meant to.",
    "mode": "How the event was done.",
    "precision": "How exact a time is: day, week, month, quarter, year, decade, interval, before or after.",
    "reason": "Why mentions were taken for one and the same.",
    "reported": "The day of the article that gives the figure.",
    "rule": "The rule that read it.",
    "score": "PLOVER's score of an event type or mode, from -10 to 10.",
    "sector": "What an actor does: PLOVER's sector.",
    "sources": "How many independent articles report the event.",
    "unit": "The kind of weapon, or the currency (ISO 4217), that a figure counts.",
    "upper": "The upper end of a range that a figure gives; its count is the lower one.",
}

_SCHEMES = {
    "event": "types and modes of events",
    "actor": "types of actors",
    "place": "types of places",
    "role": "roles",
    "sector": "sectors",
}


_Entry = EventType | Mode | ActorType | PlaceType | Role | Sector


@cache
def term(curie: str) -> Iri:
    """The IRI of `prefix:name`, for the prefixes above."""
    prefix, _, name = curie.partition(":")
    return f"<{NAMESPACES[prefix]}{name}>"


def text(value: str) -> Term:
    """A plain literal that every RDF syntax can hold."""
    return str(Literal(xml_text(value)))


def typed(value: object, datatype: str) -> Term:
    """A literal whose words need no escaping: a number, a date."""
    return f'"{value}"^^{term(datatype)}'


def decimal(value: float) -> Term:
    """A number as xsd:decimal, to six places."""
    digits = f"{value:.6f}".rstrip("0")
    return typed(f"{digits}0" if digits.endswith(".") else digits, "xsd:decimal")


def number(value: float) -> Term:
    """A count: xsd:integer when it is whole, else xsd:decimal."""
    return integer(int(value)) if value % 1 == 0 else decimal(value)


def integer(value: int) -> Term:
    """A whole number as xsd:integer."""
    return typed(value, "xsd:integer")


def predicates(relation: str, schema: Schema, names: Names) -> tuple[Iri, ...]:
    """The predicates of a relation type; a statement node names the first of them.

    A role has a term of its own (`newsloom:agent`) before the schema's IRI (`sem:hasActor`), which
    alone would not tell an agent from a recipient; other relations have the schema's IRI, or without
    one a term of their own. A causal relation that FaRO has no word for, such as `responds-to`, is
    also `faro:contingently_related_to`: an answer is no mere effect, so it is not `faro:causes`.
    """
    own = names.term(relation)
    known = schema.relations.get(relation)
    given = names.valid(known.iri) if known and known.iri else None
    if relation in schema.roles:
        return (own, given) if given else (own,)
    first = given or own
    if known and known.causal and not first.startswith(term("faro:")[:-1]):
        return first, term("faro:contingently_related_to")
    return (first,)


def describe(used: Iterable[Iri], relations: Iterable[str], schema: Schema, names: Names) -> Iterator[Triple]:
    """Triples for the concepts and terms that a graph uses and for broader concepts; the rest stays out."""
    wanted = set(used)
    concepts = [
        *_event_types(schema, names, wanted),
        *_concepts("actor", "sem:ActorType", schema.actor_types, names, wanted),
        *_concepts("place", "sem:PlaceType", schema.place_types, names, wanted),
        *_concepts("role", "sem:RoleType", schema.roles, names, wanted),
        *_concepts("sector", "skos:Concept", schema.sectors, names, wanted),
    ]
    yield from concepts
    wanted.update(predicate for _, predicate, _ in concepts)
    for name, definition in TERMS.items():
        if names.term(name) in wanted:
            yield from _property(names.term(name), name, definition)
    for name in relations:
        first, *broader = predicates(name, schema, names)
        if first == names.term(name):
            known = schema.relations.get(name)
            yield from _property(first, name, known.definition if known else "")
            yield from ((first, term("rdfs:subPropertyOf"), other) for other in broader)


def _event_types(schema: Schema, names: Names, wanted: set[Iri]) -> Iterator[Triple]:
    """Event types, and their modes below them."""
    for type in schema.event_types.values():
        for mode in type.modes.values():
            concept = names.mode(type.name, mode.name)
            if concept not in wanted:
                continue
            wanted.add(names.concept("event", type.name))
            yield from _concept(concept, "event", "skos:Concept", mode, names, names.concept("event", type.name))
            if mode.score is not None:
                yield concept, names.term("score"), decimal(mode.score)
    yield from _concepts("event", "sem:EventType", schema.event_types, names, wanted)
    for type in schema.event_types.values():
        concept = names.concept("event", type.name)
        if concept not in wanted:
            continue
        if type.score is not None:
            yield concept, names.term("score"), decimal(type.score)
        for iri in type.iris:
            if match := names.valid(iri):
                yield concept, term("skos:closeMatch"), match


def _concepts(kind: str, type: str, entries: Mapping[str, _Entry], names: Names, wanted: set[Iri]) -> Iterator[Triple]:
    """The wanted concepts of a scheme and the broader ones, which become wanted too."""
    for name in _with_broader((n for n in entries if names.concept(kind, n) in wanted), entries):
        concept = names.concept(kind, name)
        wanted.add(concept)
        parent = getattr(entries[name], "extends", None)
        broader = names.concept(kind, parent) if parent in entries else None
        yield from _concept(concept, kind, type, entries[name], names, broader)


def _with_broader(chosen: Iterable[str], entries: Mapping[str, _Entry]) -> set[str]:
    found: set[str] = set()
    for name in chosen:
        while name in entries and name not in found:
            found.add(name)
            name = getattr(entries[name], "extends", None) or ""
    return found


def _concept(concept: Iri, kind: str, type: str, entry: _Entry, names: Names, broader: Iri | None) -> Iterator[Triple]:
    scheme = names.scheme(kind)
    yield scheme, term("rdf:type"), term("skos:ConceptScheme")
    yield scheme, term("skos:prefLabel"), text(f"{names.schema_name}: {_SCHEMES[kind]}")
    yield concept, term("rdf:type"), term("skos:Concept")
    yield concept, term("rdf:type"), term(type)
    yield concept, term("skos:inScheme"), scheme
    yield concept, term("skos:notation"), text(entry.name)
    yield concept, term("skos:prefLabel"), text(getattr(entry, "label", "") or entry.name)
    if entry.definition:
        yield concept, term("skos:definition"), text(entry.definition)
    if broader:
        yield concept, term("skos:broader"), broader
    else:
        yield concept, term("skos:topConceptOf"), scheme


def _property(own: Iri, name: str, definition: str) -> Iterator[Triple]:
    is_class = name[0].isupper()
    yield own, term("rdf:type"), term("rdfs:Class" if is_class else "rdf:Property")
    yield own, term("rdfs:label"), text(name)
    if definition:
        yield own, term("rdfs:comment"), text(definition)
