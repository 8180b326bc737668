"""Whether RDF is what newsloom writes: the shapes of `shapes`, checked by pySHACL, told as findings."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import msgspec
import rdflib
from msgspec import Struct
from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad
from rdflib import RDF, BNode, URIRef

from ...schemas import load_schema, schema_from
from ...schemas.errors import InputError, SchemaError, UsageError
from ...schemas.types import Schema
from ..text import one_line
from .files import quads_in
from .names import curie
from .published import triples
from .shapes import Meaning, Shapes, shapes

_LONGEST = 60  # characters of a name or value that a finding shows
_STRING = "http://www.w3.org/2001/XMLSchema#string"
_SH = "http://www.w3.org/ns/shacl#"
_NAMES = ("rdfs:label", "schema:name", "schema:headline", "skos:prefLabel", "prov:value", "nif:anchorOf")
_PROBLEMS = {
    "MinCount": "is missing",
    "MaxCount": "has more than one value",
    "Datatype": "has a value of the wrong datatype",
    "Class": "names something of the wrong kind",
    "Node": "has a value of the wrong kind",
    "NodeKind": "has a value that is no IRI",
    "In": "has a value that is not allowed",
    "MinInclusive": "is too small",
    "MaxInclusive": "is too large",
    "Pattern": "is not written as it must be",
    "LessThanOrEquals": "comes after its end",
}
_ON_NODES = {"NodeKind": "has no IRI", "Class": "belongs to something else"}


class Finding(Struct, frozen=True):
    """Something that is wrong with one resource.

    `property` is `prefix:name`, or "" when the resource itself is wrong; `values` are its offending values,
    `graphs` the IRIs of the named graphs that say so, `rule` what is asked, in plain words.
    """

    kind: str
    node: str
    name: str
    property: str
    problem: str
    values: tuple[str, ...]
    graphs: tuple[str, ...]
    rule: str


class ValidationReport(Struct, frozen=True):
    """What was looked at (kind of thing to how many there are) and what was found, in a fixed order."""

    triples: int
    graphs: int
    checked: Mapping[str, int]
    findings: tuple[Finding, ...]


def validate(path: str | Path, schema: Schema | None = None) -> ValidationReport:
    """What is wrong with an RDF file of newsloom's, and how much of it was checked.

    All named graphs of the file are taken together. The suffix says the syntax (`.trig .nq .ttl .nt .jsonld .rdf`,
    each with `.gz`). `schema` is the vocabulary that the graph was built with; without it that of the file, where it
    holds one, else the built-in one.
    InputError: the file cannot be read, is not RDF or holds nothing of newsloom's; UsageError: an unknown suffix,
    or pySHACL is not installed. Standard: SHACL, https://www.w3.org/TR/shacl/.

    >>> from tempfile import TemporaryDirectory
    >>> from newsloom import export
    >>> with TemporaryDirectory() as folder:
    ...     _ = export(graph, f"{folder}/graph.trig")
    ...     report = validate(f"{folder}/graph.trig")
    >>> report.checked["event"], report.findings
    (4, ())
    """
    found = [*quads_in(path)]
    try:
        return check(found, schema)
    except InputError as error:
        raise InputError(f"{path}: {error}") from None


def check(quads: Iterable[Quad], schema: Schema | None = None) -> ValidationReport:
    """The same for quads, such as those of a pyoxigraph Store; InputError when nothing in them is newsloom's."""
    run = _engine()
    kept = [quad for quad in quads if isinstance(quad.object, NamedNode | BlankNode | Literal)]
    made = shapes(schema or _schema_in(kept) or load_schema())
    _refuse_others(kept, made)
    data = _rdflib_graph(kept)
    _, results, _ = run(data, shacl_graph=_shapes_graph(made), inplace=True, do_owl_imports=False, inference="none")
    return _Reporter(made, data, kept, results).report()


def _engine() -> Any:
    """pySHACL's `validate`; UsageError when it is not installed."""
    try:
        from pyshacl import validate
    except ImportError:
        raise UsageError("To validate, newsloom needs pySHACL; get it with: pip install 'newsloom[validate]'") from None
    return validate


def _schema_in(quads: list[Quad]) -> Schema | None:
    """The schema that a graph holds because it does not come with newsloom; InputError when it is broken."""
    for quad in quads:
        if quad.predicate.value.endswith("schemaSource") and isinstance(quad.object, Literal):
            try:
                return schema_from(msgspec.json.decode(quad.object.value, type=dict[str, Any]), "newsloom:schemaSource")
            except (msgspec.DecodeError, SchemaError) as error:
                raise InputError(f"the schema that it holds cannot be used: {error}") from None
    return None


def _refuse_others(quads: list[Quad], made: Shapes) -> None:
    """InputError when there is nothing to check."""
    if not quads:
        raise InputError("there is not one triple in it, so nothing was checked.")
    own, event = made.prefixes["newsloom"], f"{made.prefixes['sem']}Event"
    if any(quad.predicate.value.startswith(own) for quad in quads):
        return
    events = sum(isinstance(quad.object, NamedNode) and quad.object.value == event for quad in quads)
    raise InputError(
        f"this is RDF, but nothing of newsloom's: {len(quads)} triples, {events} of a sem:Event, none with a property "
        f"in {own}; nothing was checked. If it was built with a schema of your own, name it with --schema."
    )


def _rdflib_graph(quads: list[Quad]) -> rdflib.Graph:
    """The triples of all named graphs in one rdflib Graph."""

    def term(found: Any) -> Any:
        if isinstance(found, NamedNode):
            return URIRef(found.value)
        if isinstance(found, BlankNode):
            return BNode(found.value)
        text = found.language or found.datatype.value == _STRING  # rdflib tells "a" from "a"^^xsd:string
        datatype = None if text else URIRef(found.datatype.value)
        return rdflib.Literal(found.value, lang=found.language, datatype=datatype, normalize=False)

    graph = rdflib.Graph()
    for quad in quads:
        graph.add((term(quad.subject), term(quad.predicate), term(quad.object)))
    return graph


def _shapes_graph(made: Shapes) -> rdflib.Graph:
    return rdflib.Graph().parse(data=triples(made.lines, made.prefixes), format="nt")


class _Reporter:
    """Turns SHACL's results into findings."""

    def __init__(self, made: Shapes, data: rdflib.Graph, quads: list[Quad], results: rdflib.Graph):
        self.made = made
        self.data = data
        self.quads = quads
        self.results = results
        self.prefixes = {name: iri for name, iri in made.prefixes.items() if name != "shapes"}
        self._graphs: dict[str, dict[str, set[str]]] = {}

    def report(self) -> ValidationReport:
        found = set(self.results.objects(None, URIRef(f"{_SH}result")))  # not those that explain another
        self._note_graphs({_id(self._of(result, "focusNode")) for result in found})
        findings = _without_consequences({self._finding(result) for result in found})
        return ValidationReport(
            triples=len(self.data),
            graphs=len({quad.graph_name for quad in self.quads} - {DefaultGraph()}),
            checked=self._checked(),
            findings=tuple(sorted(findings, key=_order)),
        )

    def _of(self, result: Any, name: str) -> Any:
        return self.results.value(result, URIRef(f"{_SH}{name}"))

    def _finding(self, result: Any) -> Finding:
        node, path = self._of(result, "focusNode"), self._of(result, "resultPath")
        meaning = self.made.meanings.get(str(self._of(result, "sourceShape")), Meaning("", "", ""))
        component = str(self._of(result, "sourceConstraintComponent")).removeprefix(_SH)
        component = component.removesuffix("ConstraintComponent")
        value = self._of(result, "value")
        if path is None:
            problem = _ON_NODES.get(component, "is wrong")
            values: Iterable[Any] = ()
        else:
            problem = self._problem(component, value)
            values = () if component == "MinCount" else (value,)
            if component in ("MaxCount", "LessThanOrEquals"):
                values = self.data.objects(node, path)
        return Finding(
            kind=meaning.kind or self._kind(node),
            node=_id(node),
            name=self._name(node),
            property=meaning.property,
            problem=problem,
            values=tuple(sorted(self._shown(one) for one in values if one is not None)),
            graphs=self._said_in(_id(node), str(path) if path is not None else meaning.property),
            rule=meaning.asks,
        )

    def _problem(self, component: str, value: Any) -> str:
        """What is wrong, in words that are the same for all of a kind."""
        if component in ("Class", "Node") and isinstance(value, URIRef) and (value, RDF.type, None) not in self.data:
            return "names something that is not described"
        return _PROBLEMS.get(component, f"breaks sh:{component}")

    def _checked(self) -> dict[str, int]:
        """How many resources there are of each kind."""
        counts = {
            kind: sum(1 for _ in self.data.subjects(RDF.type, URIRef(type), unique=True))
            for type, kind in self.made.kinds.items()
        }
        return {kind: count for kind, count in counts.items() if count}

    def _kind(self, node: Any) -> str:
        """What a resource is called by its types."""
        types = {str(type) for type in self.data.objects(node, RDF.type)}
        return next((kind for type, kind in self.made.kinds.items() if type in types), "resource")

    def _name(self, node: Any, ends: bool = True) -> str:
        """What a resource is called; of a statement, what it ties."""
        if ends and (predicate := self.data.value(node, RDF.predicate)):
            subject, object = self.data.value(node, RDF.subject), self.data.value(node, RDF.object)
            named = [self._name(end, False) if end is not None else "?" for end in (subject, object)]
            return f"{named[0]} – {curie(str(predicate), self.prefixes)} – {named[1]}"
        for known in _NAMES:
            prefix, _, name = known.partition(":")
            if labels := sorted(map(str, self.data.objects(node, URIRef(f"{self.prefixes[prefix]}{name}")))):
                return one_line(labels[0], _LONGEST)
        return one_line(_id(node), _LONGEST)

    def _shown(self, value: Any) -> str:
        """A value as in Turtle, cut."""
        if isinstance(value, URIRef):
            return curie(str(value), self.prefixes)
        if isinstance(value, BNode):
            return _id(value)
        datatype = curie(str(value.datatype), self.prefixes) if value.datatype else "xsd:string"
        return f'"{one_line(str(value), _LONGEST)}"' + ("" if datatype == "xsd:string" else f" ({datatype})")

    def _note_graphs(self, nodes: set[str]) -> None:
        """Keep which named graph says which property of these resources."""
        for quad in self.quads:
            subject = str(quad.subject).strip("<>")
            if subject in nodes and isinstance(quad.graph_name, NamedNode):
                said = self._graphs.setdefault(subject, {})
                said.setdefault(quad.predicate.value, set()).add(quad.graph_name.value)

    def _said_in(self, node: str, property: str) -> tuple[str, ...]:
        """The graphs that give a resource this property, or all that say something of it."""
        said = self._graphs.get(node, {})
        return tuple(sorted(said.get(property) or set().union(*said.values())))


def _without_consequences(findings: set[Finding]) -> set[Finding]:
    """The findings but those of values that are not even of the right sort: text is not too large, too."""
    sort = (_PROBLEMS["Datatype"], _PROBLEMS["NodeKind"])
    missorted = {(one.node, one.property, one.values) for one in findings if one.property and one.problem in sort}
    return {one for one in findings if one.problem in sort or (one.node, one.property, one.values) not in missorted}


def _order(one: Finding) -> tuple[object, ...]:
    return one.kind, one.property, one.problem, one.name, one.node, one.values


def _id(node: Any) -> str:
    """The IRI, or `_:name` for a blank node."""
    return f"_:{node}" if isinstance(node, BNode) else str(node)
