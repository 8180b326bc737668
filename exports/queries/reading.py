"""What a query asks for, before it runs: whether it only reads, which graphs it names, which properties it can see."""

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import accumulate
from typing import Any

from msgspec import Struct

from ...schemas.errors import UsageError
from ..rdf.vocabulary import NAMESPACES

_UPDATES = {"insert", "delete", "load", "clear", "drop", "create", "add", "move", "copy", "with"}
_FORMS = {"select", "ask", "construct", "describe"}
_DEEPEST = 200  # brackets in brackets: far more of them, or of signs that tie parts, would overrun the engine's stack
_MOST_TIES = 1000
_LABEL = f"{NAMESPACES['rdfs']}label"
# Strings, IRIs, comments, names with a prefix, variables and language tags hold no keywords.
_TOKEN = re.compile(
    r"""
    (?P<text>   \"{3} (?: [^"\\] | \\. | "(?!"") )* \"{3} | '{3} (?: [^'\\] | \\. | '(?!'') )* '{3}
              | " (?: [^"\\\n\r] | \\. )* " | ' (?: [^'\\\n\r] | \\. )* ' )
    | (?P<iri>  < [^<>"{}|^`\\\x00-\x20]* > )
    | (?P<gap>  \# [^\n\r]* | \s+ )
    | (?P<variable> [?$] \w+ ) | @ [\w-]+
    | [\w.-]{0,200} : (?: [\w.:%-] | \\. )*
    | (?P<word> [A-Za-z] \w* )
    | \\? .
    """,
    re.DOTALL | re.VERBOSE,
)


class Slot(Struct, frozen=True):
    """Where the terms of `VALUES ?name { ... }` stand in a text."""

    name: str
    start: int
    end: int


def slots(text: str) -> Iterator[Slot]:
    """The parameters of a query.

    >>> [slot.name for slot in slots("SELECT * { VALUES ?a { UNDEF } ?a ?b ' VALUES ?c { UNDEF } ' }")]
    ['a']
    """
    tokens = [token for token in _TOKEN.finditer(text) if not token["gap"]]
    for number, (word, variable, brace) in enumerate(zip(tokens, tokens[1:], tokens[2:], strict=False)):
        if (word["word"] or "").lower() == "values" and variable["variable"] and brace[0] == "{":
            end = next((token for token in tokens[number + 3 :] if token[0] == "}"), None)
            if end:
                yield Slot(variable[0][1:], brace.end(), end.start())


def words(text: str) -> list[str]:
    """The bare words of a query in small letters: keywords and names of functions.

    >>> words("SELECT ?service { <http://service/> ex:service 'SERVICE' } # SERVICE")
    ['select']
    """
    return [token["word"].lower() for token in _TOKEN.finditer(text) if token["word"]]


def check(text: str) -> None:
    """UsageError for what would write or ask another server, or is nested beyond measure."""
    if _nesting(text) > _DEEPEST or _ties(text) > _MOST_TIES:
        raise UsageError(
            "the query is nested too deeply; VALUES takes a long list better than UNION, || or brackets do."
        )
    found = words(text)
    form = next((word for word in found if word in _FORMS | _UPDATES), None)
    if form in _UPDATES:
        raise UsageError(
            f"{form.upper()} would change the graph, which queries only read: use SELECT, ASK, CONSTRUCT or DESCRIBE."
        )
    if "service" in found:
        raise UsageError("SERVICE asks another server, and newsloom fetches nothing: leave it out.")


def _nesting(text: str) -> int:
    """How many brackets stand in one another at most."""
    signs = (token[0] for token in _TOKEN.finditer(text))
    steps = (1 if sign in ("{", "(", "[") else -1 if sign in ("}", ")", "]") else 0 for sign in signs)
    return max(accumulate(steps), default=0)


def _ties(text: str) -> int:
    """How many signs tie parts of expressions, paths and patterns."""
    return sum(token[0].lower() in ("|", "&", "!", "/", "^", "+", "-", "*", "union") for token in _TOKEN.finditer(text))


def names_graphs(text: str) -> bool:
    """Whether a query tells graphs apart: by GRAPH, or by FROM."""
    return not {"graph", "from"}.isdisjoint(words(text))


def properties(text: str, prefixes: Mapping[str, str], base: str) -> frozenset[str] | None:
    """The properties that a query can see, or None for all: where a variable may stand for one, or it is unclear.

    rdflib reads the query. A path of length nought begins at every node that there is, so all can be seen, unless one
    of its ends is a term; a label is always among the properties, so that the term is there.
    """
    if not {"describe", "graph", "from"}.isdisjoint(words(text)):
        return None
    try:
        from rdflib.plugins.sparql.algebra import translateQuery
        from rdflib.plugins.sparql.parser import parseQuery

        algebra = translateQuery(parseQuery(text), base, dict(prefixes)).algebra
        return frozenset(_in(algebra, frozenset())) | {_LABEL}
    except Exception:  # what rdflib cannot read pyoxigraph may
        return None


class _All(Exception):
    """The query can see every property."""


def _in(part: Any, fixed: frozenset[str]) -> Iterator[str]:
    """The properties in a part of rdflib's algebra in which some variables stand for terms; _All if it may be any."""
    if isinstance(part, Mapping):
        kind = getattr(part, "name", "")
        if kind == "Join":
            yield from _in(part["p1"], fixed | _fixed(part["p2"]))
            yield from _in(part["p2"], fixed | _fixed(part["p1"]))
            return
        if kind == "Minus":
            yield from (*_in(part["p1"], fixed), *_in(part["p2"], frozenset()))
            return
        if kind in ("Project", "SubSelect"):
            fixed &= frozenset(map(str, part.get("PV") or ()))
        for key, value in part.items():
            if key == "triples":
                yield from (name for triple in _triples(value) for name in _of(triple, fixed))
            elif key != "template":
                yield from _in(value, fixed)
    elif isinstance(part, list | tuple):
        for one in part:
            yield from _in(one, fixed)


def _fixed(part: Any) -> frozenset[str]:
    """The variables that stand for terms wherever a part holds: those of VALUES, without UNDEF."""
    kind = getattr(part, "name", "")
    if kind == "Join":
        return _fixed(part["p1"]) | _fixed(part["p2"])
    rows = part["p"]["res"] if kind == "ToMultiSet" and "res" in part["p"] else ()
    found = [frozenset(str(name) for name, term in row.items() if str(term) != "UNDEF") for row in rows]
    return frozenset.intersection(*found) if found else frozenset()


def _triples(given: Iterable[Any]) -> Iterator[tuple[Any, Any, Any]]:
    """Triples one by one; rdflib leaves some as lists that hold several."""
    for each in given:
        yield from zip(each[::3], each[1::3], each[2::3], strict=True)


def _of(triple: tuple[Any, Any, Any], fixed: frozenset[str]) -> Iterator[str]:
    """The properties of a triple's predicate, which may be a path."""
    from rdflib import Variable

    subject, path, object = triple
    if all(isinstance(end, Variable) and str(end) not in fixed for end in (subject, object)) and _may_be_nought(path):
        raise _All
    yield from _along(path)


def _may_be_nought(path: Any) -> bool:
    """Whether a path leads from a node to itself, whatever properties that has."""
    from rdflib.paths import AlternativePath, InvPath, MulPath, SequencePath

    match path:
        case MulPath():
            return path.mod != "+" or _may_be_nought(path.path)
        case InvPath():
            return _may_be_nought(path.arg)
        case AlternativePath():
            return any(map(_may_be_nought, path.args))
        case SequencePath():
            return all(map(_may_be_nought, path.args))
    return False


def _along(path: Any) -> Iterator[str]:
    """The properties that a path leads along; _All where they may be any."""
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
