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

from ...schemas.rdf import Field, RdfClass, load_rdf
from ...schemas.types import Schema
from .names import BASE, namespaces
from .published import KINDS, is_literal, turtle, value_types
from .syntaxes import ABSOLUTE, TEXT, Triples
from .ties import DENIALS
from .vocabulary import Line, Predicates

_SH = "http://www.w3.org/ns/shacl#"
_CAPITAL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_SEVERAL = {"index": "Index", "number": "Number", "stamp": "Stamp", "node": "Node"}  # kinds with a shape of their own
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
    """Shapes line by line; what each means, by its IRI; what instances of a class are called, by its IRI."""

    lines: tuple[Line, ...]
    meanings: Mapping[str, Meaning]
    kinds: Mapping[str, str]
    prefixes: Mapping[str, str]

    def turtle(self) -> str:
        """The shapes as a Turtle document, the same for the same schema."""
        return turtle(self.lines, self.prefixes)


def shapes(schema: Schema) -> Shapes:
    """The shapes for graphs that were built with this schema.

    >>> from newsloom.schemas import load_schema
    >>> made = shapes(load_schema())
    >>> made.meanings["https://newsloom.invalid/vocabulary/shapes/Statement-confidence"].asks
    'A statement has exactly one newsloom:confidence: a decimal number, from 0 to 1.'
    """
    return _Maker(schema).made()


def spoken(name: str, known: RdfClass | None = None) -> str:
    """A class in words.

    >>> spoken("EventMention")
    'event mention'
    """
    return (known and known.label) or _CAPITAL.sub(" ", name).lower()


def fields_of(known: RdfClass, required: bool = True) -> Iterator[tuple[str, Field, bool]]:
    """The properties of a class, those of records laid on it among them, and whether each must be there."""
    for attribute, one in (*known.fields.items(), *known.derived.items()):
        if one.flat:
            laid = fields_of(load_rdf().classes[one.flat], required and one.required)
            yield from ((f"{attribute}-{inner}", field, must) for inner, field, must in laid)
        else:
            yield attribute, one, required and one.required


class _Maker:
    """Collects the lines."""

    def __init__(self, schema: Schema):
        self.schema = schema
        self.model = load_rdf()
        known = namespaces(schema)
        self.prefixes = {**known, "sh": _SH, "shapes": f"{known['newsloom'].rstrip('#/')}/shapes/"}
        self.syntax = Triples(BASE, self.prefixes)
        self.lines: list[Line] = []
        self.meanings: dict[str, Meaning] = {}

    def made(self) -> Shapes:
        whole = {name: known for name, known in self.model.classes.items() if known.types}
        for value, name in _SEVERAL.items():
            self._one_of(value, name)
        for name, known in whole.items():
            self._class(name, known)
        self._marks(whole)
        self._relations()
        kinds = {self.syntax.full(known.types[0]): spoken(name, known) for name, known in whole.items()}
        return Shapes(tuple(dict.fromkeys(self.lines)), self.meanings, kinds, self.prefixes)

    def add(self, subject: str, property: str, value: str, sort: str = ABSOLUTE) -> None:
        self.lines.append((subject, property, sort, value))

    def own_type(self, name: str) -> str:
        """The rdf:type that tells a class from the others."""
        return self.model.classes[name].types[0]

    def _shape(self, name: str, type: str, meaning: Meaning) -> str:
        shape = f"shapes:{name}"
        self.add(shape, "rdf:type", f"sh:{type}")
        self.add(shape, "sh:message", meaning.asks, TEXT)
        self.meanings[self.syntax.full(shape)] = meaning
        return shape

    def _list(self, name: str, values: Iterable[str], sort: str = ABSOLUTE) -> str:
        """A list whose cells are IRIs."""
        first, rest = "rdf:nil", list(values)
        for number in range(len(rest), 0, -1):
            cell = f"shapes:list-{name}-{number}"
            self.add(cell, "rdf:first", rest[number - 1], sort)
            self.add(cell, "rdf:rest", first)
            first = cell
        return first

    def _one_of(self, value: str, name: str) -> None:
        """What a value may be where it may be one of several."""
        shape = self._shape(name, "NodeShape", Meaning("", "", f"This is {_WORDS[value]}."))
        choices = []
        for type in _accepted(Field(value=value)):
            choices.append(choice := f"shapes:of-{type.partition(':')[2]}")
            self.add(choice, "rdf:type", "sh:NodeShape")
            self.add(choice, "sh:datatype" if type.startswith("xsd:") else "sh:class", type)
        self.add(shape, "sh:or", self._list(name, choices))

    def _class(self, name: str, known: RdfClass) -> None:
        """The shape of a class, and one for each of its properties."""
        kind = spoken(name, known)
        shape = self._shape(name, "NodeShape", Meaning(kind, "", f"{_a(kind).capitalize()} has an IRI."))
        self.add(shape, "sh:nodeKind", "sh:IRI")
        if name == "Publisher":  # actors may be organisations, too
            self.add(shape, "sh:targetObjectsOf", "schema:publisher")
        else:
            self.add(shape, "sh:targetClass", known.types[0])
        for attribute, one, required in self._own_fields(known):
            asks = self._asks(_a(kind), one, required, known)
            made = self._shape(f"{name}-{attribute}", "PropertyShape", Meaning(kind, one.property, asks))
            self.add(shape, "sh:property", made)
            self.add(made, "sh:path", one.property)
            if required:
                self.add(made, "sh:minCount", "1", "xsd:integer")
            if not one.many:
                self.add(made, "sh:maxCount", "1", "xsd:integer")
            self._values(made, one)
            self._limits(made, one, known)

    def _own_fields(self, known: RdfClass) -> Iterator[tuple[str, Field, bool]]:
        """The properties of a class without those that the shape of a broader class, which is a type of it, has."""
        broader = self.model.classes[known.extends] if known.extends else None
        covered = set(broader.types[:1]) & set(known.types) if broader else set()
        inherited = {one for _, one, _ in fields_of(broader)} if broader and covered else set()
        yield from (field for field in fields_of(known) if field[1] not in inherited)

    def _values(self, shape: str, one: Field) -> None:
        """Which kind of thing a value must be."""
        types = _accepted(one)
        if one.value == "web":
            self.add(shape, "sh:nodeKind", "sh:IRIOrLiteral")
        elif not is_literal(one):
            self.add(shape, "sh:nodeKind", "sh:IRI")
        if len(types) > 1:
            self.add(shape, "sh:node", f"shapes:{_SEVERAL[one.value]}")
        elif types:
            self.add(shape, "sh:datatype" if is_literal(one) else "sh:class", types[0])

    def _limits(self, shape: str, one: Field, known: RdfClass) -> None:
        """Which values are allowed."""
        if one.among:
            allowed = self.model.lists[one.among]
            self.add(shape, "sh:in", self._list(one.among, allowed, TEXT if is_literal(one) else ABSOLUTE))
        if one.value == "index":
            self.add(shape, "sh:minInclusive", "0", "xsd:integer")
        if one.between:
            self.add(shape, "sh:minInclusive", str(one.between[0]), "xsd:decimal")
            self.add(shape, "sh:maxInclusive", str(one.between[1]), "xsd:decimal")
        if one.pattern:
            self.add(shape, "sh:pattern", f"^({one.pattern})$", TEXT)
        if one.not_after:
            self.add(shape, "sh:lessThanOrEquals", self._other(one, known).property)

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
        types = value_types(one)
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
            self.add(shape, "sh:targetSubjectsOf", property)
            self.add(shape, "sh:class", self.own_type(name))

    def _relations(self) -> None:
        """The ends of relations that stand as triples of their own, where only graphs of events have such triples."""
        described = {one.property for known in self.model.classes.values() for one in _every(known)}
        predicates = Predicates(self.schema, self.syntax)
        ends = dict.fromkeys(("newsloom:leadsTo", *DENIALS.values()), ("event", "event"))
        for relation, known in self.schema.relations.items():
            for predicate in predicates.of(relation):
                ends.setdefault(predicate, (known.source, known.target))
        for predicate, (source, target) in ends.items():
            if predicate.startswith(("newsloom:", "sem:", "faro:")) and predicate not in described:
                self._ends(predicate, self.own_type(KINDS[source]), self.own_type(KINDS[target]))

    def _ends(self, predicate: str, source: str, target: str) -> None:
        """What a predicate leads from and to."""
        asks = f"{predicate} leads from {self._called(source)} to {self._called(target)}."
        meaning, name = Meaning("", predicate, asks), predicate.replace(":", "-")
        shape = self._shape(name, "NodeShape", meaning)
        self.add(shape, "sh:targetSubjectsOf", predicate)
        self.add(shape, "sh:class", source)
        to = self._shape(f"{name}-to", "PropertyShape", meaning)
        self.add(shape, "sh:property", to)
        self.add(to, "sh:path", predicate)
        self.add(to, "sh:class", target)


def _accepted(one: Field) -> tuple[str, ...]:
    """The types of a property's values; stores such as Oxigraph keep every kind of whole number as xsd:integer."""
    types = value_types(one)
    return (*types, "xsd:integer") if one.value == "index" else types


def _every(known: RdfClass) -> Iterable[Field]:
    """The fields of a class that have a property."""
    return (one for one in (*known.fields.values(), *known.derived.values()) if one.property)


def _a(words: str) -> str:
    """With its article.

    >>> _a("event"), _a("claim")
    ('an event', 'a claim')
    """
    return f"{'an' if words[0] in 'aeio' else 'a'} {words}"
