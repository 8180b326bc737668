"""SPARQL over a graph, without a server: queries of one's own, and those with names in the `.rq` files here.

    solutions = query(graph, "what-led-to", event="appoints Adib")

`named` reads the files, `terms` makes RDF terms of parameters and plain values of answers, `reading` looks at what a
query asks for before it runs, `running` runs it.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from ...schemas.errors import InputError, UsageError, nearest
from ..rdf.names import BASE
from .named import NamedQuery, named, named_queries
from .running import FORMATS, Asked, Form, Format, Solutions
from .terms import Given, bound, resolved

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
    "query",
    "written",
]


def query(
    graph: "Graph", text_or_name: str | Path, *, base: str = BASE, timeout: float | None = None, **parameters: Given
) -> Solutions:
    """The solutions of a SPARQL query over the graph's RDF: plain values, in rows.

    The query is that of a name (`named_queries`), of a file, or text. A parameter of a query with a name is what its
    file says: the name of a node, words, a day, a number. In text, a parameter stands for the variable of its name: an
    id of a node is that node, `<...>` an IRI, other values are literals. After `timeout` seconds it is given up.
    UsageError: what is no query, would write, or asks a server; InputError: a file that is not there; NotFound: no
    node of a name; NewsloomError: the time was up.
    """
    return ask(graph, found(text_or_name), parameters, base).solutions(timeout)


def found(text_or_name: str | Path) -> NamedQuery | str:
    """The query of a name, else the text in a file, else the text itself.

    UsageError: an unknown name; InputError: a file that is not there or holds no text.
    """
    text = str(text_or_name)
    if isinstance(text_or_name, str):
        if text in named_queries():
            return named(text)
        if any(sign in text for sign in "{}\n") or len(text.split()) > 1 and not _is_file(text):
            return text
    if _is_file(text) or isinstance(text_or_name, Path) or text.endswith((".rq", ".sparql")) or "/" in text:
        return _read(Path(text))
    raise UsageError(f"there is no query named {text!r}, and no such file.{nearest(text, named_queries())}")


def _is_file(text: str) -> bool:
    try:
        return Path(text).is_file()
    except (OSError, ValueError):
        return False


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise InputError(
            f"Cannot read the query {path}: {error.strerror or error}. Name a file that is there, a query of "
            "`newsloom query --list`, or give the text."
        ) from error
    except UnicodeDecodeError as error:
        raise InputError(f"Cannot read the query {path}: it is no UTF-8 text.") from error


def ask(graph: "Graph", query: NamedQuery | str, given: Mapping[str, Given], base: str = BASE) -> Asked:
    """A query with its parameters, ready to run."""
    if isinstance(query, NamedQuery):
        return Asked(graph, written(query, given, graph, base), base)
    return Asked(graph, query, base, bound(graph, given, base))


def written(query: NamedQuery, given: Mapping[str, Given], graph: "Graph | None" = None, base: str = BASE) -> str:
    """The SPARQL of a query with a name, its parameters in it, for any store; names need the graph.

    UsageError: a parameter that it has not, or has to have, or of the wrong kind.
    """
    terms = resolved(query, given, graph, base)
    return query.written(terms, graph, base)
