"""How RDF is written down: N-Triples and N-Quads, Turtle and TriG, JSON-LD, RDF/XML, as strings, without a parser.

A resource is its IRI and pieces of text, a piece being a property with its values. The sort of a value is `relative`
(an IRI under the base), `absolute`, `text`, or the datatype of a literal (`xsd:date`). `one` and `several` give the
function that makes pieces of a property, so that all that can be known before is worked out once.
"""

import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache, lru_cache
from json.encoder import encode_basestring
from typing import Any
from xml.sax.saxutils import escape, quoteattr

import msgspec

from ..text import xml_text
from .names import RECENT

Piece = Callable[[str], str]
Pieces = Callable[[Sequence[str]], list[str]]
RELATIVE, ABSOLUTE, TEXT = "relative", "absolute", "text"
IRIS = (RELATIVE, ABSOLUTE)
_BARE = frozenset(("xsd:integer", "xsd:decimal", "xsd:boolean"))
_NATIVE = frozenset(("xsd:integer", "xsd:nonNegativeInteger", "xsd:boolean"))  # JSON has them, too
_LOCAL = re.compile(r"[A-Za-z_][\w.-]*$", re.ASCII)


class Syntax(ABC):
    """One way to write resources, in named graphs or without."""

    nests = False  # whether a resource can stand inside the one that it belongs to
    between = ""  # what stands between two resources

    def __init__(self, base: str, namespaces: Mapping[str, str]):
        self.base = base
        self.namespaces = namespaces
        self.short = cache(self._short)

    @abstractmethod
    def one(self, property: str, sort: str) -> Piece:
        """The piece for one value of a property."""

    def several(self, property: str, sort: str) -> Pieces:
        """The pieces for several values of a property."""
        one = self.one(property, sort)
        return lambda values: [one(value) for value in values]

    @abstractmethod
    def types(self, types: Iterable[str]) -> list[str]:
        """The pieces for rdf:type."""

    @abstractmethod
    def resource(self, iri: str, pieces: Sequence[str]) -> str:
        """A resource; its IRI is relative, or absolute if it has a colon."""

    def head(self) -> str:
        """What stands before everything."""
        return ""

    def tail(self) -> str:
        """What stands behind everything."""
        return ""

    def opening(self, graph: str) -> str:
        """What stands before the resources of a named graph."""
        return ""

    def closing(self) -> str:
        """What stands behind the resources of a named graph."""
        return ""

    def reified(self, subject: str, property: str, object: str) -> str:
        """The piece for `rdf:reifies` with a triple of two resources (RDF 1.2)."""
        triple = f"<<( <{self.full(subject)}> <{self.full(property)}> <{self.full(object)}> )>>"
        return self.one("rdf:reifies", ABSOLUTE)("").replace("<>", triple)

    def full(self, name: str) -> str:
        """The whole IRI of `prefix:name`, of a path under the base, or of what is whole already."""
        prefix, colon, local = name.partition(":")
        if not colon:
            return f"{self.base}{name}"
        namespace = self.namespaces.get(prefix)
        return name if namespace is None or local.startswith("//") else f"{namespace}{local}"

    def _short(self, iri: str) -> str | None:
        """`prefix:name` for an IRI or such a name, None if no prefix fits."""
        return self.fitting(self.full(iri))

    def fitting(self, whole: str) -> str | None:
        """`prefix:name` for a whole IRI, None if no prefix fits."""
        for prefix, namespace in self.namespaces.items():
            local = whole[len(namespace) :]
            if whole.startswith(namespace) and _LOCAL.match(local) and not local.endswith("."):
                return f"{prefix}:{local}"
        return None


class Triples(Syntax):
    """N-Triples, a statement a line."""

    def __init__(self, base: str, namespaces: Mapping[str, str]):
        super().__init__(base, namespaces)
        self._end = " .\n"

    def one(self, property: str, sort: str) -> Piece:
        """` <predicate> object`; the subject is put before it, the end behind it, by `resource`."""
        predicate = f" <{self.full(property)}>"
        if sort == TEXT:
            return lambda value: f"{predicate} {encode_basestring(value)}"
        if sort == RELATIVE:
            start = f"{predicate} <{self.base}"
            return lambda value: f"{start}{value}>"
        if sort == ABSOLUTE:
            return lambda value: f"{predicate} <{value}>"
        datatype = f"^^<{self.full(sort)}>"
        if sort == "rdf:JSON":
            return lambda value: f"{predicate} {encode_basestring(value)}{datatype}"
        return lambda value: f'{predicate} "{value}"{datatype}'

    def types(self, types: Iterable[str]) -> list[str]:
        return [f" <{self.full('rdf:type')}> <{self.full(type)}>" for type in types]

    def resource(self, iri: str, pieces: Sequence[str]) -> str:
        subject = f"<{iri}>" if ":" in iri else f"<{self.base}{iri}>"
        return f"{subject}{f'{self._end}{subject}'.join(pieces)}{self._end}"


class Quads(Triples):
    """N-Quads: N-Triples with the named graph at the end of each line."""

    def opening(self, graph: str) -> str:
        self._end = f" <{self.base}{graph}> .\n"
        return ""


class Turtle(Syntax):
    """Turtle: the properties of a resource below it, prefixes for vocabularies, IRIs relative to the base."""

    def __init__(self, base: str, namespaces: Mapping[str, str]):
        super().__init__(base, namespaces)
        self._whole = lru_cache(RECENT)(lambda iri: self.fitting(iri) or f"<{iri}>")

    def head(self) -> str:
        prefixes = "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in sorted(self.namespaces.items()))
        return f"@base <{self.base}> .\n{prefixes}"

    def name(self, iri: str) -> str:
        """`prefix:name` where a prefix fits, else the IRI in brackets."""
        return self.short(iri) or f"<{self.full(iri)}>"

    def one(self, property: str, sort: str) -> Piece:
        start = f"{self.name(property)} "
        value = self._value(sort)
        if sort == TEXT:
            return lambda text: f"{start}{encode_basestring(text)}"
        if sort == RELATIVE:
            return lambda iri: f"{start}<{iri}>"
        return lambda given: f"{start}{value(given)}"

    def several(self, property: str, sort: str) -> Pieces:
        start = f"{self.name(property)} "
        value = self._value(sort)
        return lambda values: [f"{start}{' , '.join(map(value, values))}"]

    def _value(self, sort: str) -> Piece:
        if sort == TEXT:
            return encode_basestring
        if sort == RELATIVE:
            return lambda iri: f"<{iri}>"
        if sort == ABSOLUTE:
            return self._whole
        if sort in _BARE:
            return lambda value: value
        if sort == "rdf:JSON":
            return lambda value: f"{encode_basestring(value)}^^rdf:JSON"
        return lambda value: f'"{value}"^^{sort}'

    def types(self, types: Iterable[str]) -> list[str]:
        return [f"a {' , '.join(self.name(type) for type in types)}"]

    def resource(self, iri: str, pieces: Sequence[str]) -> str:
        inside = " ;\n\t".join(pieces)
        subject = self._whole(iri) if ":" in iri else f"<{iri}>"
        return f"{subject} {inside} .\n"


class Trig(Turtle):
    """TriG: Turtle in named graphs."""

    def opening(self, graph: str) -> str:
        return f"\n<{graph}> {{\n"

    def closing(self) -> str:
        return "}\n"


class JsonLd(Syntax):
    """JSON-LD 1.1: what belongs to a resource stands inside it, a resource a line, keys as its context says."""

    nests = True
    between = ",\n"

    def __init__(self, base: str, namespaces: Mapping[str, str], context: Mapping[str, Any]):
        super().__init__(base, namespaces)
        self._context = context
        self._keys = {
            entry if isinstance(entry, str) else entry["@id"]: (key, None if isinstance(entry, str) else entry["@type"])
            for key, entry in context.items()
            if key not in namespaces and key not in ("@version", "@base", "id", "type")
        }
        self._is_first = True

    def head(self) -> str:
        return f'{{"@context": {msgspec.json.encode(self._context).decode()},\n"@graph": ['

    def tail(self) -> str:
        return "\n]}\n"

    def opening(self, graph: str) -> str:
        comma, self._is_first = "" if self._is_first else ",", False
        return f'{comma}\n{{"id": "{graph}", "@graph": [\n'

    def closing(self) -> str:
        return "\n]}"

    def one(self, property: str, sort: str) -> Piece:
        start, value = self._value(property, sort)
        return lambda given: f"{start}{value(given)}"

    def several(self, property: str, sort: str) -> Pieces:
        start, value = self._value(property, sort)
        return lambda values: [f"{start}[{', '.join(map(value, values))}]"]

    def nested(self, property: str) -> Pieces:
        """The piece for resources that stand inside the one they belong to."""
        start, _ = self._value(property, RELATIVE)
        return lambda resources: [f"{start}[{', '.join(resources)}]"]

    def _value(self, property: str, sort: str) -> tuple[str, Piece]:
        """The key with its colon, and what writes a value: plain where the context says what it is."""
        name = self.short(property) or self.full(property)
        key, coerced = self._keys.get(name, (name, None))
        start = f"{encode_basestring(key)}: "
        if sort in IRIS:
            return start, encode_basestring if coerced == "@id" else (lambda v: f'{{"id": {encode_basestring(v)}}}')
        if sort == coerced and sort in _NATIVE:
            return start, str
        if sort == "xsd:integer" and coerced is None:  # JSON-LD reads whole numbers so, if no JSON reader rounds them
            return start, lambda v: v if len(v) < 16 else f'{{"@value": "{v}", "@type": "{sort}"}}'
        if (sort == TEXT and coerced is None) or sort == coerced:
            return start, encode_basestring
        if sort == TEXT:
            return start, lambda value: f'{{"@value": {encode_basestring(value)}}}'
        return start, lambda value: f'{{"@value": {encode_basestring(value)}, "@type": "{sort}"}}'

    def types(self, types: Iterable[str]) -> list[str]:
        return [f'"type": [{", ".join(encode_basestring(self.short(type) or type) for type in types)}]']

    def resource(self, iri: str, pieces: Sequence[str]) -> str:
        return f'{{"id": "{iri}", {", ".join(pieces)}}}'


class Xml(Syntax):
    """RDF/XML. It has no control characters, so they become U+FFFD."""

    def head(self) -> str:
        prefixes = "".join(f'\n  xmlns:{p}="{iri}"' for p, iri in sorted(self.namespaces.items()))
        return f'<?xml version="1.0" encoding="UTF-8"?>\n<rdf:RDF{prefixes}>\n'

    def tail(self) -> str:
        return "</rdf:RDF>\n"

    def _tag(self, property: str) -> tuple[str, str]:
        """An element's name, and how it is opened: with the namespace where no prefix has it."""
        if short := self.short(property):
            return short, short
        whole = self.full(property)
        local = _LOCAL.search(whole)
        if local is None:
            raise ValueError(f"{whole} ends in nothing that an XML element can be called")
        return f"x:{local[0]}", f"x:{local[0]} xmlns:x={quoteattr(whole[: local.start()])}"

    def one(self, property: str, sort: str) -> Piece:
        name, opened = self._tag(property)
        end = f"</{name}>\n"
        if sort in IRIS:
            base = self.base if sort == RELATIVE else ""
            return lambda value: f"<{opened} rdf:resource={quoteattr(base + value)}/>\n"
        if sort == TEXT:
            return lambda value: f"<{opened}>{_xml(value)}{end}"
        datatype = self.full(sort)
        return lambda value: f'<{opened} rdf:datatype="{datatype}">{_xml(value)}{end}'

    def types(self, types: Iterable[str]) -> list[str]:
        return [f"<rdf:type rdf:resource={quoteattr(self.full(type))}/>\n" for type in types]

    def resource(self, iri: str, pieces: Sequence[str]) -> str:
        return f"<rdf:Description rdf:about={quoteattr(self.full(iri))}>\n{''.join(pieces)}</rdf:Description>\n"


def _xml(text: str) -> str:
    return xml_text(escape(text).replace("\r", "&#13;"))
