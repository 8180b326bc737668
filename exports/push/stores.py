"""A store as pushing needs it: its named graphs counted, replaced and removed, in requests of a bounded size.

Measured with Virtuoso 7.2: INSERT DATA fails above some thousand triples; removing a graph of 20,000 triples at once
takes from one second to two minutes, in pieces of 5,000 one second; what is put is taken for HTML if a literal
has a tag in it, and for plain text if it does not begin like Turtle; the plan of a query is kept by its text, and one
that was made while graphs were empty takes hours when they are full.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import TypeVar
from uuid import uuid4

from requests import Response

from ...schemas.errors import StoreError
from ..rdf.names import valid
from . import errors
from .client import Client
from .endpoints import Endpoints, ask

PUT_TRIPLES, PUT_BYTES = 20_000, 4_000_000  # of one request of the Graph Store Protocol
INSERT_TRIPLES, INSERT_BYTES = 1_000, 500_000  # of one INSERT DATA
DELETE_TRIPLES = 5_000  # removed at once
IRIS = 50  # named in one query
TURTLE, UPDATE = "text/turtle; charset=utf-8", "application/sparql-update; charset=utf-8"
HEAD = "@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .\n"
_ESCAPED = re.compile(r"(?<!\\)((?:\\\\)*)(?:\\u([0-9A-Fa-f]{4})|(?<=\\)([uU]))")
_Item = TypeVar("_Item")


class TripleStore:
    """The named graphs of a store; lines are N-Triples, graphs are IRIs without brackets."""

    def __init__(self, client: Client, endpoints: Endpoints):
        self._client = client
        self._at = endpoints

    @property
    def updates(self) -> bool:
        """Whether it takes SPARQL UPDATE."""
        return self._at.update is not None

    def select(self, query: str) -> list[dict[str, str]]:
        """The solutions of a query, as values by the names of variables; the store plans it anew each time."""
        response = ask(self._client, self._at, f"# {uuid4()}\n{query}")
        _must(response)
        try:
            solutions = response.json()["results"]["bindings"]
            return [{name: term["value"] for name, term in solution.items()} for solution in solutions]
        except (ValueError, KeyError, TypeError, AttributeError):
            raise StoreError(f"{self._at.query} gave no SPARQL results. {errors.PATHS}.") from None

    def counts(self, graphs: Iterable[str]) -> dict[str, int]:
        """How many triples each of some graphs has; those without are left out."""
        found = {}
        for some in batches(graphs, IRIS):
            query = f"SELECT ?g (COUNT(*) AS ?n) {{ {_one_of('?g', some)} GRAPH ?g {{ ?s ?p ?o }} }} GROUP BY ?g"
            found.update({row["g"]: int(row["n"]) for row in self.select(query) if "g" in row})
        return {graph: count for graph, count in found.items() if count}

    def replace(self, graph: str, lines: Sequence[str], there: int) -> Iterator[int]:
        """Put these triples in place of the `there` that a graph has; yields how many were sent with each request."""
        if there > DELETE_TRIPLES and self.updates:
            self.remove(graph, there)
            there = 0
        if self._at.graphs:
            yield from self._put(graph, lines, "PUT" if there else "POST")
        else:
            yield from self._insert(graph, lines, bool(there))

    def add(self, graph: str, lines: Sequence[str]) -> None:
        """Add triples to a graph."""
        for _ in self.replace(graph, lines, 0):
            pass

    def remove(self, graph: str, there: int) -> None:
        """Remove a graph that has so many triples: a large one in pieces."""
        if not self.updates:
            _must(self._client.send("DELETE", self._at.graphs or "", params={"graph": graph}), 404)
            return
        pieces = there // DELETE_TRIPLES
        inner = f"GRAPH {_iri(graph)} {{ ?s ?p ?o }}"
        for _ in range(pieces):
            self.update(f"DELETE {{ {inner} }} WHERE {{ {{ SELECT ?s ?p ?o {{ {inner} }} LIMIT {DELETE_TRIPLES} }} }}")
        self.update(f"DROP SILENT GRAPH {_iri(graph)}")

    def forget(self, graph: str, subjects: Iterable[str], predicate: str = "?p") -> None:
        """Remove from a graph what it says of some subjects, all or by one predicate; for stores that take updates."""
        for some in batches(subjects, IRIS):
            inner = f"GRAPH {_iri(graph)} {{ ?s {predicate} ?o }}"
            self.update(f"DELETE {{ {inner} }} WHERE {{ {_one_of('?s', some)} {inner} }}")

    def update(self, text: str) -> None:
        """Carry out a SPARQL UPDATE."""
        _must(self._client.send("POST", self._at.update or "", body=text.encode(), type=UPDATE))

    def _put(self, graph: str, lines: Sequence[str], method: str) -> Iterator[int]:
        """By the Graph Store Protocol: the first chunk put or added, the others added."""
        for chunk in chunks(lines, PUT_TRIPLES, PUT_BYTES):
            self._put_chunk(graph, chunk, method)
            yield len(chunk)
            method = "POST"

    def _put_chunk(self, graph: str, chunk: Sequence[str], method: str) -> None:
        """One request, or two halves where the store finds it too large."""
        body = HEAD + "".join(map(_turtle, chunk))
        response = self._client.send(
            method, self._at.graphs or "", params={"graph": graph}, body=body.encode(), type=TURTLE
        )
        if response.status_code == 413 and len(chunk) > 1:
            half = len(chunk) // 2
            self._put_chunk(graph, chunk[:half], method)
            self._put_chunk(graph, chunk[half:], "POST")
        else:
            _must(response)

    def _insert(self, graph: str, lines: Sequence[str], clear: bool) -> Iterator[int]:
        """By SPARQL UPDATE: with the first chunk the graph is emptied."""
        for chunk in chunks(lines, INSERT_TRIPLES, INSERT_BYTES):
            drop = f"DROP SILENT GRAPH {_iri(graph)} ;\n" if clear else ""
            self.update(f"{drop}INSERT DATA {{ GRAPH {_iri(graph)} {{\n{''.join(map(_sparql, chunk))}}} }}")
            yield len(chunk)
            clear = False


def chunks(lines: Sequence[str], triples: int, size: int) -> Iterator[Sequence[str]]:
    """Lines in chunks of so many at most and of so many bytes at most (a line that alone is longer is one chunk).

    >>> [len(chunk) for chunk in chunks(["ab"] * 7, 3, 100)], [len(chunk) for chunk in chunks(["ab"] * 7, 9, 5)]
    ([3, 3, 1], [2, 2, 2, 1])
    """
    start = used = 0
    for end, line in enumerate(lines):
        length = len(line.encode())
        if end > start and (end - start == triples or used + length > size):
            yield lines[start:end]
            start, used = end, 0
        used += length
    if start < len(lines):
        yield lines[start:]


def batches(items: Iterable[_Item], size: int) -> Iterator[list[_Item]]:
    """Items in lists of so many at most."""
    rest = iter(items)
    while some := list(islice(rest, size)):
        yield some


def _turtle(line: str) -> str:
    """A line of N-Triples without `<` in its literal, for stores that take a tag there for a page."""
    first = line.find('"')
    if first < 0:
        return line
    last = line.rindex('"')
    text = line[first:last]
    return f"{line[:first]}{text.replace('<', chr(92) + 'u003C')}{line[last:]}" if "<" in text else line


def _sparql(line: str) -> str:
    r"""A line of N-Triples as SPARQL has it.

    There escapes by number hold before anything else is read, for some readers also where the backslash is itself
    escaped and with as many digits as follow: so all have eight digits, and no `u` stands behind a backslash.

    >>> print(_sparql(r'"A\\u0041 \u007F0000"'))
    "A\\\U000000750041 \U0000007F0000"
    """
    if "\\" not in line:
        return line
    return _ESCAPED.sub(lambda found: f"{found[1]}\\U{found[2] or format(ord(found[3]), '04x'):0>8}", line)


def _one_of(variable: str, iris: Iterable[str]) -> str:
    return f"VALUES {variable} {{ {' '.join(map(_iri, iris))} }}"


def _iri(iri: str) -> str:
    """An IRI in brackets; ValueError if it could be anything else in a query."""
    if not valid(iri):
        raise ValueError(iri)
    return f"<{iri}>"


def _must(response: Response, *also: int) -> None:
    """StoreError unless the store has done as it was told, or answered with one of these."""
    if not response.ok and response.status_code not in also:
        raise errors.refused(response)
