"""`.ttl .nt .rdf` (triples) and `.trig .nq .jsonld` (with a named graph an article): RDF for any triple store.

schemas/rdf.yaml   what every record is in RDF
names              what things are called
values, syntaxes   how values and resources are written down
writer, lines      records to resources
said, woven, ties  what stands in the graphs of articles, in the woven one, and between nodes in both
statements         the named graphs in their order
vocabulary         terms and concepts; context: the keys of JSON-LD
files, reader      and back: quads from a file, a graph from quads; records, decoding: what they are made of
"""

from collections.abc import Collection, Iterator
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct
from pyoxigraph import Quad, RdfFormat, Store, parse

from ...graph.collecting import uncollected
from ...graph.model import Graph
from ...schemas.errors import UsageError
from ..text import unicode_text
from .context import context_of
from .names import BASE, Names, check_base, namespaces
from .statements import Statements
from .syntaxes import JsonLd, Quads, Syntax, Trig, Triples, Turtle, Xml

if TYPE_CHECKING:
    import rdflib

_SYNTAXES: dict[str, type[Syntax]] = {
    ".jsonld": JsonLd,
    ".nq": Quads,
    ".nt": Triples,
    ".rdf": Xml,
    ".trig": Trig,
    ".ttl": Turtle,
}
_REIFYING = (Quads, Triples, Trig, Turtle)


class NamedGraph(Struct, frozen=True):
    """One named graph: its IRI, without brackets, and its triples as lines of N-Triples, each once and sorted."""

    iri: str
    lines: tuple[str, ...]


def write(graph: Graph, path: Path, base: str = BASE, reify: bool = False) -> None:
    """Write the graph to `path` in the syntax of its suffix, the same bytes for the same graph.

    `base` is what the IRIs of nodes, articles and graphs start with, a `/` at its end; UsageError
    if it is no IRI. It is written piece by piece, one named graph after the other; the syntaxes without named graphs
    hold all that they say. With `reify` each statement also has the triple that it is about (`rdf:reifies`, RDF 1.2),
    which readers of RDF 1.1 do not understand; UsageError for JSON-LD and RDF/XML, which have no way to say it.
    """
    check(path, base, reify)
    kind = _SYNTAXES[path.suffix.lower()]
    with open(path, "wb") as file, uncollected():
        for text in _pieces(graph, kind, base, reify):
            file.write(_encoded(text))


def check(path: str | Path, base: str | None = None, reify: bool = False) -> None:
    """Raise UsageError if `write` cannot write to `path` (which may end in .gz) with this base, or with reifiers."""
    if base is not None:
        check_base(base)
    suffix = Path(str(path).lower().removesuffix(".gz")).suffix
    if reify and _SYNTAXES[suffix] not in _REIFYING:
        raise UsageError(f"{suffix} cannot hold RDF 1.2's reifiers; write .trig, .nq, .ttl or .nt.")


def graphs(graph: Graph, base: str = BASE) -> Iterator[NamedGraph]:
    """The named graphs one by one: those of the articles in their order, the woven one, the vocabulary."""
    for name, pieces in _statements(graph, Triples, base).named_graphs():
        lines = {*"".join(pieces).split("\n")} - {""}  # other ends of lines stand in texts as they are
        yield NamedGraph(f"{base}{name}", tuple(sorted(f"{unicode_text(line)}\n" for line in lines)))


def lines(
    graph: Graph, base: str = BASE, named: bool = False, only: Collection[str] | None = None, size: int = 2**23
) -> Iterator[bytes]:
    """The graph as N-Triples, or N-Quads if the graphs are to be `named`, in parts of about `size` characters.

    A line may come more than once. With `only` (whole IRIs) there are at least those of these properties.
    """
    held: list[str] = []
    length = 0
    for text in _pieces(graph, Quads if named else Triples, base, only=only):
        held.append(text)
        length += len(text)
        if length > size:
            yield _encoded("".join(held))
            held, length = [], 0
    yield _encoded("".join(held))


def quads(graph: Graph, base: str = BASE) -> Iterator[Quad]:
    """The graph as pyoxigraph's quads, named graph by named graph: what a Store's `extend` takes."""
    for part in lines(graph, base, named=True):
        yield from parse(part, format=RdfFormat.N_QUADS)


def store(graph: Graph, base: str = BASE) -> Store:
    """The graph in a pyoxigraph Store in memory, to query with SPARQL."""
    found = Store()
    for part in lines(graph, base, named=True):
        found.bulk_load(part, format=RdfFormat.N_QUADS)
    return found


def to_rdflib(graph: Graph, base: str = BASE) -> "rdflib.Dataset":
    """The graph as an rdflib Dataset: a named graph an article, one of what was woven, one of the vocabulary.

    `base` is what the IRIs of nodes start with; UsageError if it is no IRI.

    >>> from newsloom import to_rdflib
    >>> len([*to_rdflib(graph).graphs()])
    5
    """
    from rdflib import Dataset

    found = Dataset()
    found.parse(BytesIO(b"".join(lines(graph, base, named=True))), format="nquads")
    return found


def _pieces(
    graph: Graph, kind: type[Syntax], base: str, reify: bool = False, only: Collection[str] | None = None
) -> Iterator[str]:
    """A file in pieces."""
    statements = _statements(graph, kind, base, reify, only)
    syntax = statements.syntax
    yield syntax.head()
    for name, pieces in statements.named_graphs():
        yield syntax.opening(name)
        is_first = True
        for piece in pieces:
            if not is_first:
                yield syntax.between
            yield piece
            is_first = False
        yield syntax.closing()
    yield syntax.tail()


def _statements(
    graph: Graph, kind: type[Syntax], base: str, reify: bool = False, only: Collection[str] | None = None
) -> Statements:
    check_base(base)
    known = namespaces(graph.schema)
    if kind is JsonLd:
        syntax: Syntax = JsonLd(base, known, context_of(graph.schema, base))
    else:
        syntax = kind(base, known)
    return Statements(graph, Names(graph), syntax, reify, only)


def _encoded(text: str) -> bytes:
    try:
        return text.encode()
    except UnicodeEncodeError:  # half a surrogate pair, which no file can hold
        return unicode_text(text).encode()
