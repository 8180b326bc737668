"""SHACL shapes, made from the RDF model (`schemas/rdf.yaml`) and the relations of a schema.

    shapes:Event             what every sem:Event must be: an IRI, with the properties below
    shapes:Event-status      one property of it: how many, of which kind, among which values
    shapes:is-Event          what has a property that only events have is an event
    shapes:newsloom-agent    the two ends of a relation where it stands as a triple of its own
    shapes:Node, ...         values that may be one of several kinds
    shapes:list-status-1     lists have IRIs, too: nothing is a blank node

Source: SHACL, https://www.w3.org/TR/shacl/ (core constraints only, so that any engine takes them).
"""

import re
from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct

from ...schemas.rdf import Field, RdfClass, RdfModel, load_rdf
from ...schemas.types import Schema
from .names import Iri
from .published import KINDS, VALUES, published_names, turtle, value_types
from .vocabulary import Term, Triple, predicates, text

_SH = "http://www.w3.org/ns/shacl#"
_CAPITAL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_SEVERAL = {"number": "Number", "stamp": "Stamp", "node": "Node"}  # kinds of values that have a shape of their own
_SHARED = ("rdf", "rdfs", "schema", "prov", "nif", "wgs", "time", "geo")  # whose words others use beside newsloom's
_WORDS = {
    "text": "text",
    "integer": "a whole number",
    "index": "a whole number from 0",
    "decimal": "a decimal number",
    "number": "a number",
    "boolean": "true or false",
    "date": "a day",
    "last-day": "a day",
    "stamp": "a day or a time",
    "binary": "bytes in base64",
    "wkt": "a point in WKT",
    "json": "JSON",
    "node": "an event, an actor, a place or an article",
    "iri": "an IRI",
    "web": "an address",
    "mode": "a concept",
}


class Meaning(Struct, frozen=True):
    """What a shape asks: of which kind of thing, of which property (`prefix:name`, or "" for the thing itself)."""

    kind: str
    property: str
    asks: str


class Shapes(Struct, frozen=True):
    """Shapes as triples of N-Triples terms; what each means, by its IRI; what a class is called, by the class's IRI."""

    triples: tuple[Triple, ...]
    meanings: Mapping[str, Meaning]
    kinds: Mapping[str, str]
    prefixes: Mapping[str, str]

    def turtle(self) -> str:
        """The shapes as a Turtle document, the same for the same schema."""
        return turtle(self.triples, self.prefixes)


def shapes(schema: Schema) -> Shapes:
    """The shapes for graphs that were built with this schema.

    >>> from newsloom.schemas import load_schema
    >>> made = shapes(load_schema())
    >>> made.meanings["https://newsloom.invalid/vocabulary/shapes/Statement-confidence"].asks
    'A statement has exactly one newsloom:confidence: a decimal number, from 0 to 1.'
    """
    return _Maker(schema, load_rdf()).made()


def spoken(name: str, known: RdfClass | None = None) -> str:
    """A class in words.

    >>> spoken("EventMention")
    'event mention'
    """
    return (known and known.label) or _CAPITAL.sub(" ", name).lower()


def fields_of(model: RdfModel, known: RdfClass, required: bool = True) -> Iterator[tuple[str, Field, bool]]:
    """The properties of a class, those of records laid on it among them, and whether each must be there."""
    for attribute, one in (*known.fields.items(), *known.derived.items()):
        if one.flat:
            laid = fields_of(model, model.classes[one.flat], required and one.required)
            yield from ((f"{attribute}-{inner}", field, must) for inner, field, must in laid)
        else:
            yield attribute, one, required and one.required


class _Maker:
    """Collects the triples."""

    def __init__(self, schema: Schema, model: RdfModel):
        self.schema = schema
        self.model = model
        self.names = published_names(schema)
        base = self.names.vocabulary.rstrip("#/")
        self.prefixes = {**model.prefixes, "newsloom": self.names.vocabulary, "sh": _SH, "shapes": f"{base}/shapes/"}
        self.triples: list[Triple] = []
        self.meanings: dict[str, Meaning] = {}

    def made(self) -> Shapes:
        whole = {name: known for name, known in self.model.classes.items() if known.types}
        self._helpers()
        for name, known in whole.items():
            self._class(name, known)
        self._marks(whole)
        self._relations()
        kinds = {self.iri(known.types[0])[1:-1]: spoken(name, known) for name, known in whole.items()}
        return Shapes(tuple(sorted(set(self.triples))), self.meanings, kinds, self.prefixes)

    def iri(self, curie: str) -> Iri:
        prefix, _, name = curie.partition(":")
        return f"<{self.prefixes[prefix]}{name}>"

    def add(self, subject: Iri, predicate: str, object: Term) -> None:
        self.triples.append((subject, self.iri(predicate), object))

    def own_type(self, name: str) -> str:
        """The rdf:type that tells a class from the others."""
        return self.model.classes[name].types[0]

    def _shape(self, name: str, type: str, meaning: Meaning) -> Iri:
        iri = self.iri(f"shapes:{name}")
        self.add(iri, "rdf:type", self.iri(f"sh:{type}"))
        self.add(iri, "sh:message", text(meaning.asks))
        self.meanings[iri[1:-1]] = meaning
        return iri

    def _list(self, name: str, values: Iterable[Term]) -> Iri:
        """A list whose cells are IRIs."""
        first, rest = self.iri("rdf:nil"), list(values)
        for number in range(len(rest), 0, -1):
            cell = self.iri(f"shapes:list-{name}-{number}")
            self.add(cell, "rdf:first", rest[number - 1])
            self.add(cell, "rdf:rest", first)
            first = cell
        return first

    def _helpers(self) -> None:
        """What a value may be where it may be one of several."""
        for value, name in _SEVERAL.items():
            shape = self._shape(name, "NodeShape", Meaning("", "", f"This is {_WORDS[value]}."))
            choices = [self._choice(type) for type in value_types(Field(value=value), self.model)]
            self.add(shape, "sh:or", self._list(name, choices))

    def _choice(self, type: str) -> Iri:
        """A shape of what is of a class or datatype."""
        shape = self.iri(f"shapes:of-{type.partition(':')[2]}")
        self.add(shape, "rdf:type", self.iri("sh:NodeShape"))
        self.add(shape, "sh:datatype" if type.startswith("xsd:") else "sh:class", self.iri(type))
        return shape

    def _class(self, name: str, known: RdfClass) -> None:
        """The shape of a class, and one for each of its properties."""
        kind = spoken(name, known)
        shape = self._shape(name, "NodeShape", Meaning(kind, "", f"{_a(kind).capitalize()} has an IRI."))
        self.add(shape, "sh:nodeKind", self.iri("sh:IRI"))
        if name == "Publisher":  # actors may be organisations, too
            self.add(shape, "sh:targetObjectsOf", self.iri("schema:publisher"))
        else:
            self.add(shape, "sh:targetClass", self.iri(known.types[0]))
        for attribute, one, required in self._own_fields(known):
            asks = self._asks(_a(kind), one, required, known)
            made = self._shape(f"{name}-{attribute}", "PropertyShape", Meaning(kind, one.property, asks))
            self.add(shape, "sh:property", made)
            self.add(made, "sh:path", self.iri(one.property))
            if required:
                self.add(made, "sh:minCount", self._integer(1))
            if not one.many:
                self.add(made, "sh:maxCount", self._integer(1))
            for predicate, object in self._constraints(one, known):
                self.add(made, predicate, object)

    def _own_fields(self, known: RdfClass) -> Iterator[tuple[str, Field, bool]]:
        """The properties of a class without those that the shape of a broader class, which is a type of it, has."""
        broader = self.model.classes[known.extends] if known.extends else None
        covered = set(broader.types[:1]) & set(known.types) if broader else set()
        inherited = {one for _, one, _ in fields_of(self.model, broader)} if broader and covered else set()
        yield from (field for field in fields_of(self.model, known) if field[1] not in inherited)

    def _constraints(self, one: Field, known: RdfClass) -> Iterator[tuple[str, Term]]:
        """What a value must be."""
        types = value_types(one, self.model)
        if one.value in VALUES:
            yield "sh:datatype", self.iri(types[0])
        elif one.value in ("json", "web"):
            yield "sh:nodeKind", self.iri("sh:Literal" if one.value == "json" else "sh:IRIOrLiteral")
        elif one.value not in ("number", "stamp"):
            yield "sh:nodeKind", self.iri("sh:IRI")
        if len(types) > 1:
            yield "sh:node", self.iri(f"shapes:{_SEVERAL[one.value]}")
        elif types and one.value not in VALUES:
            yield "sh:class", self.iri(types[0])
        if one.among:
            yield "sh:in", self._list(one.among, map(self._allowed, self.model.lists[one.among]))
        if one.between:
            yield "sh:minInclusive", self._decimal(one.between[0])
            yield "sh:maxInclusive", self._decimal(one.between[1])
        if one.pattern:
            yield "sh:pattern", text(f"^({one.pattern})$")
        if one.not_after:
            yield "sh:lessThanOrEquals", self.iri(self._other(one, known).property)

    def _other(self, one: Field, known: RdfClass) -> Field:
        """The field that this one does not exceed; it stands beside it."""
        for holder in (known, *(self.model.classes[f.flat] for f in known.fields.values() if f.flat)):
            beside = {**holder.fields, **holder.derived}
            if one in beside.values() and one.not_after in beside:
                return beside[one.not_after]
        for field in known.fields.values():
            if field.flat:
                return self._other(one, self.model.classes[field.flat])
        raise ValueError(f"rdf.yaml: {one.property}: there is no {one.not_after} beside it")

    def _asks(self, a: str, one: Field, required: bool, known: RdfClass) -> str:
        """The constraints of a property as a sentence."""
        often = {(True, False): "exactly one", (False, False): "at most one", (True, True): "at least one"}
        asked = f"{a.capitalize()} has {often.get((required, one.many), 'any number of')} {one.property}: "
        types = value_types(one, self.model)
        asked += _WORDS[one.value] if one.value in _WORDS and not one.kind else self._called(types[0])
        if one.among:
            asked += f", one of {', '.join(self.model.lists[one.among])}"
        if one.between:
            asked += f", from {one.between[0]:g} to {one.between[1]:g}"
        if one.pattern:
            asked += f", all of it like {one.pattern}"
        if one.not_after:
            asked += f", not after {self._other(one, known).property}"
        return f"{asked}."

    def _called(self, type: str) -> str:
        """A class in words, with its IRI in short."""
        names = [spoken(name, known) for name, known in self.model.classes.items() if known.types[:1] == (type,)]
        return f"{_a(names[0] if names else spoken(type.partition(':')[2]))} ({type})"

    def _marks(self, whole: Mapping[str, RdfClass]) -> None:
        """That what has a property of one class only is of that class."""
        users: dict[str, list[str]] = {}
        for name, known in whole.items():
            for _, one, _ in self._own_fields(known):
                users.setdefault(one.property, []).append(name)
        marked: set[str] = set()
        for property, names in users.items():
            name = names[0]
            if len(names) > 1 or name in marked or property.partition(":")[0] in _SHARED or name == "Publisher":
                continue
            marked.add(name)
            asks = f"What has {_a(property)} is {self._called(self.own_type(name))}."
            shape = self._shape(f"is-{name}", "NodeShape", Meaning("", property, asks))
            self.add(shape, "sh:targetSubjectsOf", self.iri(property))
            self.add(shape, "sh:class", self.iri(self.own_type(name)))

    def _relations(self) -> None:
        """The ends of relations that stand as triples of their own, where only graphs of events have such triples."""
        described = {self.iri(one.property) for known in self.model.classes.values() for one in _every(known)}
        ends: dict[Iri, tuple[str, str]] = {self.iri("newsloom:leadsTo"): ("event", "event")}
        for relation, known in self.schema.relations.items():
            for predicate in predicates(relation, self.schema, self.names):
                ends.setdefault(predicate, (known.source, known.target))
        for predicate, (source, target) in ends.items():
            prefix, colon, name = curie(predicate[1:-1], self.prefixes).partition(":")
            if colon and prefix in ("newsloom", "sem", "faro") and predicate not in described:
                self._ends(f"{prefix}-{name}", predicate, KINDS[source], KINDS[target])

    def _ends(self, name: str, predicate: Iri, source: str, target: str) -> None:
        """What a predicate leads from and to."""
        from_, to = self.own_type(source), self.own_type(target)
        short = curie(predicate[1:-1], self.prefixes)
        asks = f"{short} leads from {self._called(from_)} to {self._called(to)}."
        shape = self._shape(name, "NodeShape", Meaning("", short, asks))
        self.add(shape, "sh:targetSubjectsOf", predicate)
        self.add(shape, "sh:class", self.iri(from_))
        ends = self._shape(f"{name}-to", "PropertyShape", Meaning("", short, asks))
        self.add(shape, "sh:property", ends)
        self.add(ends, "sh:path", predicate)
        self.add(ends, "sh:class", self.iri(to))

    def _allowed(self, value: str) -> Term:
        """A value of a list: an IRI if it has a known prefix, else text."""
        return self.iri(value) if value.partition(":")[0] in self.prefixes and ":" in value else text(value)

    def _integer(self, value: int) -> Term:
        return f'"{value}"^^{self.iri("xsd:integer")}'

    def _decimal(self, value: float) -> Term:
        return f'"{value}"^^{self.iri("xsd:decimal")}'


def curie(iri: str, prefixes: Mapping[str, str]) -> str:
    """`prefix:name` for an IRI of a known namespace, else the IRI.

    >>> curie("http://purl.org/faro/status", {"faro": "http://purl.org/faro/"})
    'faro:status'
    """
    for prefix, namespace in prefixes.items():
        if iri.startswith(namespace) and re.fullmatch(r"[\w.-]+", iri[len(namespace) :]):
            return f"{prefix}:{iri[len(namespace) :]}"
    return iri


def _every(known: RdfClass) -> Iterable[Field]:
    """The fields of a class that have a property."""
    return (one for one in (*known.fields.values(), *known.derived.values()) if one.property)


def _a(words: str) -> str:
    """With its article.

    >>> _a("event"), _a("claim")
    ('an event', 'a claim')
    """
    return f"{'an' if words[0] in 'aeio' else 'a'} {words}"
