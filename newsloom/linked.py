"""The graph as RDF for Python: queries over it, and rdflib's view of it."""

from pathlib import Path
from typing import TYPE_CHECKING

from .exports.rdf.names import BASE

if TYPE_CHECKING:
    import rdflib

    from .exports.queries import Given, Solutions
    from .graph.model import Graph


def query(
    graph: "Graph", text_or_name: str | Path, *, base: str = BASE, timeout: float | None = None, **parameters: "Given"
) -> "Solutions":
    """What a SPARQL query finds in the graph: columns, and rows of plain values.

    The query is text, a file, or one with a name (`newsloom query --list`). IRIs are strings, what is open is None.
    All that articles say is the default graph, each article's a named one; prefixes need no declaration. Parameters
    are names of nodes, words, days or numbers; in text `VALUES ?name { UNDEF }` is one: an id of a node is that node,
    `<...>` an IRI. `base` is what the IRIs of nodes start with; after `timeout` seconds the query is given up (None:
    never), though it goes on in the background.
    UsageError: no SPARQL, or what would write or ask a server; InputError: no such file; NotFound: no node of a name.

    >>> from newsloom import query
    >>> for row in query(graph, "what-led-to", event="Israel vows").rows:
    ...     print(row[:3])
    ('Strike on the consulate in Damascus', 'Iran launches drones at Israel', 'yes')
    ('Iran launches drones at Israel', 'Israel vows to respond', 'yes')
    >>> text = "SELECT ?name { VALUES ?code { UNDEF } ?actor newsloom:country ?code ; rdfs:label ?name }"
    >>> query(graph, text, code="IRN").rows
    (('Iran',),)
    """
    from .exports import queries

    return queries.query(graph, text_or_name, base=base, timeout=timeout, **parameters)


def to_rdflib(graph: "Graph", base: str = BASE) -> "rdflib.Dataset":
    """The graph as an rdflib Dataset: a named graph an article, one of what was woven, one of the vocabulary.

    `base` is what the IRIs of nodes start with; UsageError if it is no IRI.

    >>> from newsloom import to_rdflib
    >>> len([*to_rdflib(graph).graphs()])
    5
    """
    from .exports.rdf import dataset

    return dataset(graph, base)
