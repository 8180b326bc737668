"""`.ttl .nt .rdf` (triples) and `.trig .nq .jsonld` (with a named graph an article): RDF for any triple store.

What the quads say is in `rdf_quads`, what things are called in `rdf_names` and `rdf_vocabulary`.
"""

from pathlib import Path
from typing import TYPE_CHECKING

from pyoxigraph import RdfFormat, serialize

from ..graph.model import Graph
from .rdf_names import BASE, Names
from .rdf_quads import quads
from .rdf_vocabulary import NAMESPACES

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

    `base` is what the IRIs of nodes, articles and graphs start with, a `/` or `#` at its end.
    """
    format = _FORMATS[path.suffix.lower()]
    statements = quads(graph, base)
    prefixes = {**NAMESPACES, "newsloom": Names(graph, base).vocabulary}
    if format.supports_datasets:
        serialize(statements, path, format, prefixes=prefixes)
    else:
        serialize(sorted({quad.triple for quad in statements}, key=str), path, format, prefixes=prefixes)


def dataset(graph: Graph, base: str = BASE) -> "rdflib.Dataset":
    """The graph as an rdflib Dataset, to query with SPARQL from Python."""
    from rdflib import Dataset

    found = Dataset()
    found.parse(data=serialize(quads(graph, base), format=RdfFormat.N_QUADS), format="nquads")
    return found
