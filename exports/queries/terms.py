"""Parameters as RDF terms, which pyoxigraph writes, so that no value is read as SPARQL; and terms as plain values."""

import re
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode

from ...graph.finding import resolve
from ...schemas.errors import UsageError, nearest
from ..rdf.names import Names, valid
from ..rdf.vocabulary import NAMESPACES
from ..text import xml_text
from .named import NamedQuery, Parameter

if TYPE_CHECKING:
    from ...graph.model import Graph

Given = str | int | float | date
"""What a parameter may be: the name or id of a node, words, a number, a day."""

Value = str | int | float | bool | date | None
"""What a cell of an answer may be: an IRI or words as a string, a number, a truth value, a day; None if it is open."""

Node = NamedNode | Literal
_XSD = NAMESPACES["xsd"]
_NODES = ("event", "actor", "place")
_IRI = re.compile(r"<[^<>]*>")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?")
_WHOLE = {f"{_XSD}{name}" for name in ("integer", "int", "long", "short", "nonNegativeInteger", "positiveInteger")}
_REAL = {f"{_XSD}{name}" for name in ("decimal", "double", "float")}


def resolved(query: NamedQuery, given: Mapping[str, Given], graph: "Graph | None", base: str) -> dict[str, str]:
    """The parameters of a query as SPARQL has them.

    UsageError: one that it has not, that is needed and missing, or of the wrong kind; NotFound: no node of that name;
    Unclear: several nodes that it may be.
    """
    known = {parameter.name: parameter for parameter in query.parameters}
    for name in given:
        if name not in known:
            hint = nearest(name, known) or f" It has none; VALUES ?{name} {{ UNDEF }} in it would be one."
            raise UsageError(f"{query.called} has no parameter {name!r}.{hint}")
    if graph is not None and (missing := [p.name for p in query.parameters if p.needed and p.name not in given]):
        raise UsageError(
            f"{query.called} needs to know: {', '.join(missing)}. Give --set {missing[0]}=... on the command "
            f"line, or {missing[0]}=... in Python."
        )
    return {name: " ".join(map(str, _terms(known[name], value, graph, base))) for name, value in given.items()}


def _terms(parameter: Parameter, value: Given, graph: "Graph | None", base: str) -> list[Node]:
    """The term of a parameter; of the name of actors or places the terms of all that it fits equally well."""
    text = str(value).strip()
    match parameter.kind:
        case "day" if _is_day(text):
            return [Literal(text, datatype=NamedNode(f"{_XSD}date"))]
        case "day":
            raise UsageError(f"{parameter.name} must be a day such as 2024-02-23, not {text!r}.")
        case "number" if _NUMBER.fullmatch(text):
            return [_number(text)]
        case "number":
            raise UsageError(f"{parameter.name} must be a number, not {text!r}.")
        case kind if kind in _NODES:
            if graph is None:
                raise UsageError(f"{parameter.name} is the name of a node, which only a graph can tell.")
            names = Names(graph)
            return [NamedNode(f"{base}{names.node(id)}") for id in _ids(graph, text, kind)]
        case None:
            return [_meant(graph, text, base)]
    return [Literal(xml_text(text))]


def _ids(graph: "Graph", text: str, kind: str) -> list[str]:
    """The ids of the nodes that a text means; the one of an event as `why` understands it."""
    from ...graph.asking.meant import the_event

    if kind == "event":
        causality = graph.causality
        return [the_event(graph, text, tells=lambda event: event.id in causality.number).events[0].id]
    return [node.id for node in resolve(graph, text, kind)]  # type: ignore[arg-type]


def _meant(graph: "Graph | None", text: str, base: str) -> Node:
    """A node for its id, an IRI for `<...>`, a number or a day for what is written so, else words."""
    if graph is not None and text in graph.nodes:
        return NamedNode(f"{base}{Names(graph).node(text)}")
    if _IRI.fullmatch(text):
        if iri := valid(text[1:-1]):
            return NamedNode(iri)
        raise UsageError(f"{text} is no IRI.")
    if _NUMBER.fullmatch(text):
        return _number(text)
    return Literal(text, datatype=NamedNode(f"{_XSD}date")) if _is_day(text) else Literal(xml_text(text))


def _number(text: str) -> Literal:
    return Literal(text, datatype=NamedNode(f"{_XSD}{'decimal' if '.' in text else 'integer'}"))


def _is_day(text: str) -> bool:
    try:
        return bool(_DAY.fullmatch(text) and date.fromisoformat(text))
    except ValueError:
        return False


def plain_value(term: object) -> Value:
    """A term as a plain value: words where its type is another, or it is not well written.

    >>> plain_value(Literal(7)), plain_value(NamedNode("https://example.org/a")), plain_value(None)
    (7, 'https://example.org/a', None)
    """
    if not isinstance(term, Literal):
        return None if term is None else str(getattr(term, "value", term))
    type, text = term.datatype.value, term.value
    try:
        if type in _WHOLE:
            return int(text)
        if type in _REAL:
            return float(Decimal(text)) if type.endswith("decimal") else float(text)
        if type == f"{_XSD}boolean":
            return text in ("true", "1")
        if type == f"{_XSD}date":
            return date.fromisoformat(text)
        if type == f"{_XSD}dateTime":
            return datetime.fromisoformat(text)
    except (ValueError, ArithmeticError):
        pass
    return text
