"""SPARQL over a graph, without a server: queries of one's own, and those with names in the `.rq` files here.

    solutions = query(graph, "what-led-to", event="appoints Adib")

`named` reads the files, `terms` makes RDF terms of parameters and plain values of answers, `reading` looks at what a
query asks for before it runs, `running` runs it; `worker` is a program that runs one in a process of its own.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from ...schemas.errors import InputError, UsageError, nearest
from ..rdf.names import BASE
from ..text import one_line
from .named import NamedQuery, named, named_queries, parsed
from .running import FORMATS, Asked, Form, Format, Solutions
from .terms import Given, resolved

if TYPE_CHECKING:
    from ...graph.model import Graph

__all__ = [
    "FORMATS",
    "Asked",
    "Form",
    "Format",
    "Given",
    "NamedQuery",
    "Solutions",
    "ask",
    "found",
    "named",
    "named_queries",
    "parsed",
    "query",
    "written",
]


def query(
    graph: "Graph", text_or_name: str | Path, *, base: str = BASE, timeout: float | None = None, **parameters: Given
) -> Solutions:
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
    return ask(graph, found(text_or_name), parameters, base).solutions(timeout)


def found(text_or_name: str | Path) -> NamedQuery:
    """The query of a name, else the one in a file, else the text itself.

    UsageError: an unknown name; InputError: a file that is not there or holds no text.
    """
    text = str(text_or_name)
    if isinstance(text_or_name, str) and text in named_queries():
        return named(text)
    if isinstance(text_or_name, Path) or _is_file(text):
        return parsed("", _read(Path(text)))
    if "{" in text or len(text.split()) > 1:
        return parsed("", text)
    if text.endswith((".rq", ".sparql")) or "/" in text:
        return parsed("", _read(Path(text)))
    raise UsageError(f"there is no query named {text!r}, and no such file.{nearest(text, named_queries())}")


def _is_file(text: str) -> bool:
    try:
        return Path(text).is_file()
    except (OSError, ValueError):  # too long, or no name at all
        return False


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(f"Cannot read the query {one_line(str(path))}: it is no UTF-8 text.") from error
    except (OSError, ValueError) as error:  # a path with a NUL is a ValueError
        why = getattr(error, "strerror", None) or error
        raise InputError(
            f"Cannot read the query {one_line(str(path))}: {why}. Name a file that is there, a query of "
            "`newsloom query --list`, or give the text."
        ) from error


def ask(graph: "Graph", query: NamedQuery, given: Mapping[str, Given], base: str = BASE) -> Asked:
    """A query with its parameters, ready to run."""
    return Asked(graph, written(query, given, graph, base), base)


def written(query: NamedQuery, given: Mapping[str, Given], graph: "Graph | None" = None, base: str = BASE) -> str:
    """The SPARQL of a query, its parameters in it, for any store; names of nodes need the graph.

    UsageError: a parameter that it has not, or has to have, or of the wrong kind; NotFound: no node of a name.
    """
    return query.written(resolved(query, given, graph, base), graph)
