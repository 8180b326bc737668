"""`.ttl .nt .rdf` (triples) and `.trig .nq .jsonld` (with a named graph an article): RDF for any triple store.

What the quads say is in `statements`, what things are called in `names` and `vocabulary`.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct
from pyoxigraph import Quad, RdfFormat, Store, parse, serialize

from ...graph.model import Graph
from .names import BASE, Names
from .statements import named_graphs
from .vocabulary import NAMESPACES

if TYPE_CHECKING:
    import rdflib

_FORMATS = {
    ".jsonld": RdfFormat.JSON_LD,
    ".nq": RdfFormat.N_QUADS,
    ".nt": RdfFormat.N_TRIPLES,
    ".rdf": RdfFormat.RDF_XML,
    ".trig": RdfFormat.TRIG,
    ".ttl": RdfFormat.TURTLE,
}


def write(graph: Graph, path: Path, base: str = BASE) -> None:
    """Write the graph to `path` in the syntax of its suffix, the same bytes for the same graph.

    `base` is what the IRIs of nodes, articles and graphs start with, a `/` or `#` at its end; UsageError
    if it is no IRI. The syntaxes with named graphs are written one named graph at a time; for the others
    all triples are sorted in memory.
    """
    format = _FORMATS[path.suffix.lower()]
    names = Names(graph, base)
    prefixes = {**NAMESPACES, "newsloom": names.vocabulary}
    if format.supports_datasets:
        serialize(quads(graph, base), path, format, prefixes=prefixes)
    else:
        triples = sorted({triple for _, triples in named_graphs(graph, names) for triple in triples})
        lines = "".join(f"{subject} {predicate} {object} .\n" for subject, predicate, object in triples)
        parsed = parse(lines, format=RdfFormat.N_TRIPLES)
        serialize((quad.triple for quad in parsed), path, format, prefixes=prefixes)


def quads(graph: Graph, base: str = BASE) -> Iterator[Quad]:
    """The graph as pyoxigraph's quads, sorted within each named graph: what a Store's `extend` takes."""
    for lines in _lines(graph, base):
        yield from parse(lines, format=RdfFormat.N_QUADS)


class NamedGraph(Struct, frozen=True):
    """One named graph: its IRI, without brackets, and its triples as lines of N-Triples, each once and sorted."""

    iri: str
    lines: tuple[str, ...]


def graphs(graph: Graph, base: str = BASE) -> Iterator[NamedGraph]:
    """The named graphs one by one: those of the articles in their order, the woven one, the vocabulary."""
    for name, triples in named_graphs(graph, Names(graph, base)):
        lines = (f"{subject} {predicate} {object} .\n" for subject, predicate, object in triples)
        yield NamedGraph(name[1:-1], tuple(sorted(lines)))


def store(graph: Graph, base: str = BASE) -> Store:
    """The graph in a pyoxigraph Store in memory, to query with SPARQL."""
    found = Store()
    found.bulk_extend(quads(graph, base))
    return found


def dataset(graph: Graph, base: str = BASE) -> "rdflib.Dataset":
    """The graph as an rdflib Dataset, to query with SPARQL from Python."""
    from rdflib import Dataset

    found = Dataset()
    found.parse(data="".join(_lines(graph, base)), format="nquads")
    return found


def _lines(graph: Graph, base: str) -> Iterator[str]:
    """N-Quads, one named graph at a time."""
    for name, triples in named_graphs(graph, Names(graph, base)):
        yield "".join(f"{subject} {predicate} {object} {name} .\n" for subject, predicate, object in triples)
