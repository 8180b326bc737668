"""What a query asks for, before it runs: whether it only reads, which graphs it names, which properties it can see."""

import re
from collections.abc import Iterator, Mapping

from ...schemas.errors import UsageError
from ..rdf.vocabulary import NAMESPACES

_UPDATES = {"insert", "delete", "load", "clear", "drop", "create", "add", "move", "copy", "with"}
_FORMS = {"select", "ask", "construct", "describe"}
_LABEL = f"{NAMESPACES['rdfs']}label"
# Strings, IRIs, comments, names with a prefix, variables and language tags hold no keywords.
_TOKEN = re.compile(
    r'''"""(?:[^"\\]|\\.|"(?!""))*"""|\'\'\'(?:[^'\\]|\\.|'(?!''))*\'\'\'|"(?:[^"\\\n\r]|\\.)*"|'(?:[^'\\\n\r]|\\.)*' '''.strip()
    + r"""|<[^<>"{}|^`\\\x00-\x20]*>|\#[^\n\r]*|[?$@]\w+|[\w.-]*:(?:[\w.:%-]|\\.)*|(?P<word>[A-Za-z]\w*)|\\?.""",
    re.DOTALL,
)


def words(text: str) -> list[str]:
    """The bare words of a query in small letters: keywords and names of functions.

    >>> words("SELECT ?service { <http://service/> ex:service 'SERVICE' } # SERVICE")
    ['select']
    """
    return [token["word"].lower() for token in _TOKEN.finditer(text) if token["word"]]


def check(text: str) -> None:
    """UsageError for what would write or ask another server."""
    found = words(text)
    form = next((word for word in found if word in _FORMS | _UPDATES), None)
    if form in _UPDATES:
        raise UsageError(f"{form.upper()} would change the graph, which queries only read: use SELECT, ASK, CONSTRUCT or DESCRIBE.")
    if "service" in found:
        raise UsageError("SERVICE asks another server, and newsloom fetches nothing: leave it out.")


def names_graphs(text: str) -> bool:
    """Whether a query tells graphs apart: by GRAPH, or by FROM."""
    return not {"graph", "from"}.isdisjoint(words(text))


def properties(text: str, prefixes: Mapping[str, str], base: str) -> frozenset[str] | None:
    """The properties that a query can see, or None for all: where a variable may stand for one, or it is unclear.

    rdflib reads the query for that. What a path of length nought may begin at has a label, or is given.
    """
    if not {"describe", "graph", "from"}.isdisjoint(words(text)):
        return None
    try:
        from rdflib.plugins.sparql.algebra import translateQuery
        from rdflib.plugins.sparql.parser import parseQuery

        algebra = translateQuery(parseQuery(text), base, dict(prefixes)).algebra
        return frozenset(_in(algebra)) | {_LABEL}
    except Exception:  # what rdflib cannot read pyoxigraph may
        return None


class _All(Exception):
    """The query can see every property."""


def _in(part: object) -> Iterator[str]:
    """The properties in the triples of a part of rdflib's algebra; _All where they may be any."""
    if isinstance(part, Mapping):
        for key, value in part.items():
            if key == "template":
                continue
            if key == "triples":
                for triple in value:
                    yield from _of(triple)
            else:
                yield from _in(value)
    elif isinstance(part, list | tuple | set | frozenset):
        for one in part:
            yield from _in(one)


def _of(triple: object) -> Iterator[str]:
    """The properties of one triple's predicate, which may be a path."""
    if not isinstance(triple, tuple) or len(triple) != 3:
        raise _All
    yield from _along(triple[1])


def _along(path: object) -> Iterator[str]:
    from rdflib import URIRef
    from rdflib.paths import AlternativePath, InvPath, MulPath, SequencePath

    match path:
        case URIRef():
            yield str(path)
        case InvPath():
            yield from _along(path.arg)
        case MulPath():
            yield from _along(path.path)
        case AlternativePath() | SequencePath():
            for one in path.args:
                yield from _along(one)
        case _:
            raise _All
