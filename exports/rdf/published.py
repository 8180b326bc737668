"""What newsloom publishes of its vocabulary: the ontology of its own terms, and the schema as SKOS concept schemes.

newsloom:Statement         a class or property of newsloom's own, with its definition and the standard one it narrows
<vocabulary>/plover/event  the event types and modes of a schema, its actor types, place types, roles and sectors
<vocabulary>/cameo         codes of others that event types are matched with
<vocabulary>/country       states by ISO 3166-1 alpha-3, each matched with its GeoNames feature
"""

import json
from collections.abc import Iterable, Iterator, Mapping

from pyoxigraph import RdfFormat, parse, serialize

from ..._version import __version__
from ...graph.model import Graph
from ...schemas.rdf import Field, load_rdf
from ...schemas.types import Schema
from ..text import unicode_text
from .context import context_of
from .names import BASE, Names, namespaces, own_term
from .syntaxes import ABSOLUTE, IRIS, TEXT, Triples
from .values import sorts
from .vocabulary import Line, Predicates, concepts, countries, narrowing

CLASSES = {
    "article": "Article",
    "span": "Article",
    "mention": "Mention",
    "words": "Words",
    "rule": "Rule",
    "publisher": "Publisher",
    "interval": "Interval",
    "day": "Day",
    "geometry": "Geometry",
}
"""The class of a kind of value, where it is a resource that has a name for its kind."""

CONCEPTS = {"event": "sem:EventType", "actor": "sem:ActorType", "place": "sem:PlaceType", "role": "sem:RoleType"}
KINDS = {"event": "Event", "actor": "Actor", "place": "Place", "article": "Article"}


def ontology(schema: Schema) -> str:
    """The vocabulary as a Turtle document: newsloom's terms, the concepts of the schema, countries.

    Standards: RDF Schema, OWL 2, SKOS (https://www.w3.org/TR/skos-reference/).

    >>> from newsloom.schemas import load_schema
    >>> "newsloom:Statement a rdfs:Class , owl:Class ;" in ontology(load_schema())
    True
    """
    names, known = Names(Graph(schema, (), (), (), {})), namespaces(schema)
    lines = [*_terms(names), *_relations(schema, names), *_every_concept(schema, names), *countries(names)]
    return turtle(lines, known)


def json_ld(schema: Schema) -> str:
    """The JSON-LD context as a document of its own, for files of other makers; newsloom's have it inside.

    Standard: JSON-LD 1.1, https://www.w3.org/TR/json-ld11/.
    """
    return json.dumps({"@context": context_of(schema, BASE)}, ensure_ascii=False, indent=2) + "\n"


def triples(lines: Iterable[Line], namespaces: Mapping[str, str]) -> str:
    """Lines as N-Triples, each once and sorted."""
    syntax = Triples(BASE, namespaces)
    written = {
        syntax.resource(syntax.full(iri), [syntax.one(property, sort)(syntax.full(value) if sort in IRIS else value)])
        for iri, property, sort, value in lines
    }
    return unicode_text("".join(sorted(written)))


def turtle(lines: Iterable[Line], namespaces: Mapping[str, str]) -> str:
    """Lines as a Turtle document, the same for the same lines."""
    parsed = parse(triples(lines, namespaces), format=RdfFormat.N_TRIPLES)
    written = serialize((quad.triple for quad in parsed), format=RdfFormat.TURTLE, prefixes=dict(namespaces))
    assert written is not None  # it was not written to a file
    body = [line for line in written.decode().splitlines(keepends=True) if not line.startswith("@prefix ")]
    return "".join([*(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in sorted(namespaces.items())), *body])


def value_types(one: Field) -> tuple[str, ...]:
    """The datatypes or classes of the values of a property; any of several, none where nothing is known.

    >>> value_types(Field("newsloom:confidence", "decimal")), value_types(Field("newsloom:evidence", "Evidence"))
    (('xsd:decimal',), ('newsloom:Evidence',))
    """
    value, _, scheme = one.value.partition(":")
    classes = load_rdf().classes
    if value == "mode" or scheme:
        return (CONCEPTS.get(scheme, "skos:Concept"),)
    if one.kind == "agent":
        return ("prov:Agent",)
    if value == "node":
        return tuple(classes[KINDS[kind]].types[0] for kind in ((one.kind,) if one.kind else KINDS))
    if name := CLASSES.get(value, value if value in classes else ""):
        return (classes[name].types[0],)
    found = sorts(value)
    return () if set(found) & set(IRIS) else tuple("xsd:string" if sort == TEXT else sort for sort in found)


def is_literal(one: Field) -> bool:
    """Whether all values of a property are literals."""
    return ":" not in one.value and not set(sorts(one.value)) & set(IRIS)


def _every_concept(schema: Schema, names: Names) -> Iterator[Line]:
    """Everything of a schema as SKOS concepts, whether a graph uses it or not."""
    wanted = {names.concept("event", name) for name in schema.event_types}
    wanted |= {names.mode(type.name, mode) for type in schema.event_types.values() for mode in type.modes}
    for kind, entries in (
        ("actor", schema.actor_types),
        ("place", schema.place_types),
        ("role", schema.roles),
        ("sector", schema.sectors),
    ):
        wanted |= {names.concept(kind, name) for name in entries}
    yield from concepts(wanted, schema, names)


def _terms(names: Names) -> Iterator[Line]:
    """The ontology itself, and newsloom's terms."""
    document = names.vocabulary.rstrip("#/")
    yield document, "rdf:type", ABSOLUTE, "owl:Ontology"
    yield document, "rdfs:label", TEXT, "newsloom"
    yield document, "rdfs:comment", TEXT, "What newsloom's graphs say that no standard has a word for."
    yield document, "owl:versionInfo", TEXT, __version__
    users = _users()
    for name, term in load_rdf().terms.items():
        own, is_class = f"newsloom:{name}", name[0].isupper()
        yield from _described(own, name, term.definition, document)
        if term.within:
            yield own, narrowing(name), ABSOLUTE, term.within
        yield from _class(own) if is_class else _property(own, users.get(own, ()))
    yield "newsloom:leadsTo", "rdf:type", ABSOLUTE, "owl:ObjectProperty"
    for end in ("rdfs:domain", "rdfs:range"):
        yield "newsloom:leadsTo", end, ABSOLUTE, "sem:Event"


def _relations(schema: Schema, names: Names) -> Iterator[Line]:
    """The relations of the schema that have a predicate of newsloom's own."""
    predicates = Predicates(schema, Triples(BASE, namespaces(schema)))
    for relation, known in schema.relations.items():
        first, *broader = predicates.of(relation)
        if first != f"newsloom:{own_term(relation)}":
            continue
        yield from _described(first, known.label or relation, known.definition, names.vocabulary.rstrip("#/"))
        yield first, "rdf:type", ABSOLUTE, "rdf:Property"
        yield first, "rdf:type", ABSOLUTE, "owl:ObjectProperty"
        for end, kind in (("rdfs:domain", known.source), ("rdfs:range", known.target)):
            yield first, end, ABSOLUTE, load_rdf().classes[KINDS[kind]].types[0]
        yield from ((first, "rdfs:subPropertyOf", ABSOLUTE, other) for other in broader)


def _users() -> dict[str, list[tuple[str, Field]]]:
    """Properties, each with the classes that have it."""
    model = load_rdf()
    found: dict[str, list[tuple[str, Field]]] = {}
    for name, known in model.classes.items():
        if known.types:
            for one in model.properties(name).values():
                found.setdefault(one.property, []).append((known.types[0], one))
    return found


def _described(own: str, label: str, definition: str, document: str) -> Iterator[Line]:
    yield own, "rdfs:label", TEXT, label
    yield own, "rdfs:comment", TEXT, definition
    yield own, "rdfs:isDefinedBy", ABSOLUTE, document


def _class(own: str) -> Iterator[Line]:
    """A class below all that its instances are, too."""
    for type in ("rdfs:Class", "owl:Class"):
        yield own, "rdf:type", ABSOLUTE, type
    for known in load_rdf().classes.values():
        if known.types[:1] == (own,):
            yield from ((own, "rdfs:subClassOf", ABSOLUTE, type) for type in known.types[1:])


def _property(own: str, users: Iterable[tuple[str, Field]]) -> Iterator[Line]:
    """Kind, domain and range; several classes stand as schema.org has it, since OWL would mean all at once."""
    yield own, "rdf:type", ABSOLUTE, "rdf:Property"
    kinds = {is_literal(one) for _, one in users}
    if len(kinds) == 1:
        yield own, "rdf:type", ABSOLUTE, "owl:DatatypeProperty" if kinds == {True} else "owl:ObjectProperty"
    domains = {type for type, _ in users}
    ranges = {type for _, one in users for type in value_types(one)}
    for predicate, several, types in (
        ("rdfs:domain", "schema:domainIncludes", domains),
        ("rdfs:range", "schema:rangeIncludes", ranges),
    ):
        yield from ((own, predicate if len(types) == 1 else several, ABSOLUTE, type) for type in types)
