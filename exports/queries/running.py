"""Runs queries: in memory, over what of the graph a query can see, and no longer than it may take."""

import csv
import io
import re
from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Literal, TypeVar

from msgspec import Struct
from pyoxigraph import (
    NamedNode,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    Store,
    serialize,
)

from ...schemas.errors import NewsloomError, UsageError
from ..rdf import lines
from ..rdf.names import check_base, namespaces
from ..text import FORMULA
from .reading import check, names_graphs, properties
from .terms import Value, plain_value

if TYPE_CHECKING:
    from ...graph.model import Graph

Form = Literal["select", "ask", "construct"]
Format = Literal["table", "csv", "json", "ttl"]
FORMATS: dict[Form, tuple[Format, ...]] = {
    "select": ("table", "csv", "json"),
    "ask": ("table", "json"),
    "construct": ("ttl",),
}
LARGE = 5_000  # relations from which it pays to look first which properties a query can see
_PLACE = re.compile(r"error at (\d+):(\d+): (?:expected )?(.*)", re.DOTALL)
_NUMBER = re.compile(r"[+-]?\d*\.?\d+([eE][+-]?\d+)?")
_PREFIX = re.compile(r"([\w.-]*):[^\s:]*\s*$")
_PLAIN = re.compile(r"one of ([A-Z][^,\[\]\"]*?),")
_NEAR = 300  # characters before an error that are looked at
T = TypeVar("T")


class Solutions(Struct, frozen=True):
    """What a query found: the columns, and rows of plain values (IRIs are strings; what is open is None).

    Of ASK the one column is `answer`, a truth value; of CONSTRUCT and DESCRIBE they are subject, predicate, object.
    """

    form: Form
    columns: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]

    @property
    def records(self) -> list[dict[str, Value]]:
        """The rows by the names of the columns."""
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows]


class Asked:
    """A query over a graph, ready to run; UsageError if it would write or ask a server, or is no SPARQL."""

    def __init__(self, graph: "Graph", text: str, base: str):
        self.graph = graph
        self.text = text
        self.base = base
        self.prefixes = namespaces(graph.schema)
        check_base(base)
        check(text)
        self._query(Store())

    @cached_property
    def store(self) -> Store:
        """What of the graph the query can see: all triples as the default graph; named ones if it tells them apart."""
        large = len(self.graph.relations) > LARGE
        return load(self.graph, self.base, self._properties if large else None, names_graphs(self.text))

    @cached_property
    def _properties(self) -> frozenset[str] | None:
        return properties(self.text, self.prefixes, self.base)

    @cached_property
    def unmet(self) -> tuple[str, ...]:
        """IRIs of the properties that the query asks for and nothing in the graph has; often misspelt."""
        asked = self._properties or ()
        return tuple(iri for iri in sorted(asked) if not any(self.store.quads_for_pattern(None, NamedNode(iri), None)))

    def solutions(self, timeout: float | None = None) -> Solutions:
        """The answer as plain values; NewsloomError when the time is up."""
        return self._within(timeout, self._solutions)

    def written(self, format: Format, timeout: float | None = None) -> bytes:
        """The answer as csv, json (W3C's formats for solutions) or ttl; NewsloomError when the time is up."""
        return self._within(timeout, lambda: self._written(format))

    @cached_property
    def form(self) -> Form:
        """What kind of query it is."""
        found = self._query(Store())
        if isinstance(found, QueryBoolean):
            return "ask"
        return "select" if isinstance(found, QuerySolutions) else "construct"

    def fitting(self, format: Format | None) -> Format:
        """The format, or the first that fits; UsageError for one that does not."""
        fit = FORMATS[self.form]
        if format is not None and format not in fit:
            raise UsageError(f"{format} does not fit this {self.form.upper()} query: it gives {' or '.join(fit)}.")
        return format or fit[0]

    def _solutions(self) -> Solutions:
        found = self._query(self.store)
        if isinstance(found, QueryBoolean):
            return Solutions("ask", ("answer",), ((bool(found),),))
        if isinstance(found, QuerySolutions):
            columns = tuple(variable.value for variable in found.variables)
            return Solutions("select", columns, tuple(tuple(map(plain_value, row)) for row in found))
        triples = sorted(tuple(map(plain_value, triple)) for triple in {*found})
        return Solutions("construct", ("subject", "predicate", "object"), tuple(triples))

    def _written(self, format: Format) -> bytes:
        found = self._query(self.store)
        if isinstance(found, QueryTriples):
            triples = sorted({*found}, key=str)
            return serialize(triples, format=RdfFormat.TURTLE, prefixes=self.prefixes) or b""
        content = found.serialize(format=_RESULTS[format]) or b""
        return harmless(content) if format == "csv" else content

    def _query(self, store: Store) -> QuerySolutions | QueryBoolean | QueryTriples:
        try:
            return store.query(self.text, base_iri=self.base, prefixes=self.prefixes)
        except SyntaxError as error:
            raise UsageError(syntax_error(self.text, str(error))) from error
        except (ValueError, RuntimeError) as error:
            raise UsageError(f"the query cannot be run: {error}") from error

    def _within(self, seconds: float | None, work: Callable[[], T]) -> T:
        """What some work returns. It is done beside, so that it can be left behind, and Ctrl-C is heard."""
        _ = self.store
        done: list[T] = []
        failed: list[BaseException] = []

        def do() -> None:
            try:
                done.append(work())
            except BaseException as error:
                failed.append(error)

        worker = Thread(target=do, daemon=True)
        worker.start()
        worker.join(seconds)
        if failed:
            raise _explained(failed[0])
        if not done:
            raise NewsloomError(
                f"the query was given up after {seconds:g} s. Make it narrower (a LIMIT, a bound end of a path, fewer "
                "patterns without a shared variable), or allow it more by --timeout."
            )
        return done[0]


_RESULTS = {"csv": QueryResultsFormat.CSV, "json": QueryResultsFormat.JSON}


def harmless(content: bytes) -> bytes:
    """The csv with an apostrophe ahead of text that a spreadsheet would run as a formula, as in the other tables."""
    rows = [[_cell(cell) for cell in row] for row in csv.reader(io.StringIO(content.decode(), newline=""))]
    made = io.StringIO(newline="")
    csv.writer(made, lineterminator="\r\n").writerows(rows)
    return made.getvalue().encode()


def _cell(text: str) -> str:
    return f"'{text}" if text.startswith(FORMULA) and not _NUMBER.fullmatch(text) else text


def _explained(error: BaseException) -> BaseException:
    """What goes wrong while a query runs, such as a function that nobody knows, as an error of newsloom's."""
    if isinstance(error, RuntimeError | OSError):
        return UsageError(f"the query cannot be run: {error}.")
    return error


def load(
    graph: "Graph", base: str, seen: frozenset[str] | None, apart: bool, folder: str | Path | None = None
) -> Store:
    """A store with the triples of some properties (None: all) as the default graph; if `apart`, also as named graphs.

    The default graph holds each triple once, whatever number of graphs say it, so that what is counted is right. The
    store is in memory, or in an empty `folder`.
    """
    store = Store(None if folder is None else str(folder))
    wanted = None if seen is None else _with_predicates(seen)
    for text in lines(graph, base, only=seen):
        store.bulk_load(b"".join(wanted.findall(text)) if wanted else text, RdfFormat.N_TRIPLES, lenient=True)
    if apart:
        for text in lines(graph, base, named=True):
            store.bulk_load(text, RdfFormat.N_QUADS, lenient=True)
    return store


def _with_predicates(predicates: frozenset[str]) -> re.Pattern[bytes]:
    """What finds the lines of N-Triples that have one of these predicates."""
    either = b"|".join(re.escape(predicate.encode()) for predicate in sorted(predicates))
    return re.compile(b"^<[^>]*> <(?:%b)> .*\n" % either, re.MULTILINE)


def syntax_error(text: str, error: str) -> str:
    """A syntax error in one line: where, what stands there, and what is wrong if that can be told."""
    found = _PLACE.fullmatch(error)
    if found is None:
        return f"the query is no SPARQL: {' '.join(error.split())}"
    row, column = int(found[1]), int(found[2])
    lines = text.split("\n")
    line = lines[row - 1] if row <= len(lines) else ""
    before, rest = (part.decode(errors="ignore") for part in _cut(line.encode(), column - 1))
    near = f"near {rest.strip()[:40]!r}" if rest.strip() else f"at the end of {before.strip()[-40:]!r}"
    said = next((part for part in _PLAIN.findall(found[3]) if " " in part), "")
    if said == "Prefix not found" and (prefix := _PREFIX.search(before[-_NEAR:])):
        near, said = f"near {prefix[0].strip()!r}", f"the prefix {prefix[1]}: is not declared, nor known"
    return f"the query is no SPARQL: line {row}, column {column}, {near}{f' ({said})' if said else ''}."


def _cut(line: bytes, at: int) -> tuple[bytes, bytes]:
    return line[:at], line[at:]
