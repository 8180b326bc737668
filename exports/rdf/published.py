"""What newsloom publishes of its vocabulary: the ontology of its own terms, and the schema as SKOS concept schemes.

newsloom:Statement         a class or property of newsloom's own, with its definition and the standard one it narrows
<vocabulary>/plover/event  the event types and modes of a schema, its actor types, place types, roles and sectors
<vocabulary>/cameo         codes of others that event types are matched with
<vocabulary>/country       states by ISO 3166-1 alpha-3, each matched with its GeoNames feature
"""

from collections.abc import Iterable, Iterator, Mapping

from pyoxigraph import RdfFormat, parse, serialize

from ..._version import __version__
from ...graph.knowledge import states
from ...graph.model import Graph
from ...schemas.rdf import Field, RdfModel, load_rdf
from ...schemas.types import Schema
from .names import Iri, Names
from .vocabulary import Triple, describe, predicates, text

VALUES = {
    "text": "xsd:string",
    "integer": "xsd:integer",
    "index": "xsd:nonNegativeInteger",
    "decimal": "xsd:decimal",
    "boolean": "xsd:boolean",
    "date": "xsd:date",
    "last-day": "xsd:date",
    "binary": "xsd:base64Binary",
    "wkt": "geo:wktLiteral",
}
"""The datatype of a kind of value, where it has one."""

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
_LITERALS = (*VALUES, "number", "stamp", "json")


def published_names(schema: Schema) -> Names:
    """What the terms and concepts of a schema are called."""
    return Names(Graph(schema, (), (), (), {}))


def ontology(schema: Schema) -> str:
    """The vocabulary as a Turtle document: newsloom's terms, the concepts of the schema, countries.

    Standards: RDF Schema, OWL 2, SKOS (https://www.w3.org/TR/skos-reference/).

    >>> from newsloom.schemas import load_schema
    >>> "newsloom:Statement a rdfs:Class , owl:Class ;" in ontology(load_schema())
    True
    """
    names = published_names(schema)
    publisher = _Publisher(schema, load_rdf(), names)
    triples = [*publisher.terms(), *publisher.relations(), *concepts(schema, names), *countries(names)]
    return turtle(triples, publisher.prefixes)


def concepts(schema: Schema, names: Names) -> Iterator[Triple]:
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
    yield from describe(wanted, (), schema, names)


def countries(names: Names) -> Iterator[Triple]:
    """The states of the world as SKOS concepts: code, name, GeoNames feature (CC BY 4.0)."""
    prefixes = load_rdf().prefixes
    scheme = f"<{names.vocabulary.rstrip('#/')}/country>"
    skos = prefixes["skos"]
    yield scheme, f"<{prefixes['rdf']}type>", f"<{skos}ConceptScheme>"
    yield scheme, f"<{skos}prefLabel>", text("ISO 3166-1 alpha-3: states")
    for code, state in states().items():
        concept = f"{scheme[:-1]}/{code}>"
        yield concept, f"<{prefixes['rdf']}type>", f"<{skos}Concept>"
        yield concept, f"<{skos}inScheme>", scheme
        yield concept, f"<{skos}topConceptOf>", scheme
        yield concept, f"<{skos}notation>", text(code)
        yield concept, f"<{skos}prefLabel>", text(state["name"])
        yield concept, f"<{skos}exactMatch>", f"<https://sws.geonames.org/{state['geonames']}/>"


def turtle(triples: Iterable[Triple], prefixes: Mapping[str, str]) -> str:
    """Triples as a Turtle document, sorted, the same for the same triples."""
    lines = "".join(f"{subject} {predicate} {object} .\n" for subject, predicate, object in sorted(set(triples)))
    parsed = parse(lines, format=RdfFormat.N_TRIPLES)
    known = sorted(prefixes.items())
    header = "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in known)
    written = serialize((quad.triple for quad in parsed), format=RdfFormat.TURTLE, prefixes=dict(known))
    assert written is not None  # it was not written to a file
    body = written.decode("utf-8").splitlines(keepends=True)
    return header + "".join(line for line in body if not line.startswith("@prefix "))


class _Publisher:
    """The terms of the model, described."""

    def __init__(self, schema: Schema, model: RdfModel, names: Names):
        self.schema = schema
        self.model = model
        self.names = names
        self.prefixes = {**model.prefixes, "newsloom": names.vocabulary}
        self.document = f"<{names.vocabulary.rstrip('#/')}>"

    def iri(self, curie: str) -> Iri:
        prefix, _, name = curie.partition(":")
        return f"<{self.prefixes[prefix]}{name}>"

    def terms(self) -> Iterator[Triple]:
        yield self.document, self.iri("rdf:type"), self.iri("owl:Ontology")
        yield self.document, self.iri("rdfs:label"), text("newsloom")
        yield (
            self.document,
            self.iri("rdfs:comment"),
            text("What newsloom's graphs say that no standard has a word for."),
        )
        yield self.document, self.iri("owl:versionInfo"), text(__version__)
        users = self._users()
        for name, term in self.model.terms.items():
            own = self.iri(f"newsloom:{name}")
            is_class = name[0].isupper()
            yield from self._described(own, name, term.definition)
            if term.within:
                yield own, self.iri("rdfs:subClassOf" if is_class else "rdfs:subPropertyOf"), self.iri(term.within)
            if is_class:
                yield from self._class(own, name)
            else:
                yield from self._property(own, users.get(f"newsloom:{name}", ()))
        leads = self.iri("newsloom:leadsTo")
        for end in ("rdfs:domain", "rdfs:range"):
            yield leads, self.iri(end), self.iri("sem:Event")
        yield leads, self.iri("rdf:type"), self.iri("owl:ObjectProperty")

    def relations(self) -> Iterator[Triple]:
        """The relations of the schema that have a predicate of newsloom's own."""
        for relation, known in self.schema.relations.items():
            first, *broader = predicates(relation, self.schema, self.names)
            if not first.startswith(f"<{self.names.vocabulary}"):
                continue
            yield from self._described(first, known.label or relation, known.definition)
            yield first, self.iri("rdf:type"), self.iri("rdf:Property")
            yield first, self.iri("rdf:type"), self.iri("owl:ObjectProperty")
            for end, kind in (("rdfs:domain", known.source), ("rdfs:range", known.target)):
                yield first, self.iri(end), self.iri(self.model.classes[KINDS[kind]].types[0])
            yield from ((first, self.iri("rdfs:subPropertyOf"), other) for other in broader)

    def _users(self) -> dict[str, list[tuple[str, Field]]]:
        """Own properties with the classes that have them."""
        found: dict[str, list[tuple[str, Field]]] = {}
        for name, known in self.model.classes.items():
            if known.types:
                for one in self.model.properties(name).values():
                    found.setdefault(one.property, []).append((known.types[0], one))
        return found

    def _described(self, own: Iri, label: str, definition: str) -> Iterator[Triple]:
        yield own, self.iri("rdfs:label"), text(label)
        yield own, self.iri("rdfs:comment"), text(definition)
        yield own, self.iri("rdfs:isDefinedBy"), self.document

    def _class(self, own: Iri, name: str) -> Iterator[Triple]:
        for type in ("rdfs:Class", "owl:Class"):
            yield own, self.iri("rdf:type"), self.iri(type)
        for known in self.model.classes.values():
            if known.types[:1] == (f"newsloom:{name}",):
                yield from ((own, self.iri("rdfs:subClassOf"), self.iri(type)) for type in known.types[1:])

    def _property(self, own: Iri, users: Iterable[tuple[str, Field]]) -> Iterator[Triple]:
        """Kind, domain and range; several classes stand as schema.org has it, since OWL would mean all at once."""
        yield own, self.iri("rdf:type"), self.iri("rdf:Property")
        values = {one.value for _, one in users}
        if values and values <= set(_LITERALS):
            yield own, self.iri("rdf:type"), self.iri("owl:DatatypeProperty")
        elif values and not values & {*_LITERALS, "web"}:
            yield own, self.iri("rdf:type"), self.iri("owl:ObjectProperty")
        for predicate, several, types in (
            ("rdfs:domain", "schema:domainIncludes", {type for type, _ in users}),
            (
                "rdfs:range",
                "schema:rangeIncludes",
                {range for _, one in users for range in value_types(one, self.model)},
            ),
        ):
            for type in types:
                yield own, self.iri(predicate if len(types) == 1 else several), self.iri(type)


def value_types(one: Field, model: RdfModel) -> tuple[str, ...]:
    """The datatypes or classes of the values of a property; any of several, none where nothing is known.

    >>> value_types(Field("newsloom:count", "number"), load_rdf())
    ('xsd:integer', 'xsd:decimal')
    """
    value, _, scheme = one.value.partition(":")
    if value in VALUES:
        return (VALUES[value],)
    if value == "number":
        return "xsd:integer", "xsd:decimal"
    if value == "stamp":
        return "xsd:date", "xsd:dateTime", "xsd:string"
    if value == "mode" or scheme:
        return (CONCEPTS.get(scheme, "skos:Concept"),)
    if value == "node":
        kinds = (one.kind,) if one.kind else tuple(KINDS)
        return ("prov:Agent",) if one.kind == "agent" else tuple(model.classes[KINDS[kind]].types[0] for kind in kinds)
    if value in ("json", "iri", "web"):
        return ()
    return (model.classes[CLASSES.get(value, value)].types[0],)
