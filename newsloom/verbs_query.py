"""The verb that asks in SPARQL: query."""

import sys
from typing import TYPE_CHECKING, Any

import click

from . import completing
from .console import BOLD, FAINT, print_json, say, say_text, table, visible
from .options import Number, base_option, json_option, say_meant, store_option, stored, top_option

if TYPE_CHECKING:
    from .exports.queries import NamedQuery
    from .exports.queries.running import Asked
    from .graph.model import Graph

PATIENCE = 60.0  # seconds that a query may take


@click.command()
@click.argument("query", metavar="FILE|TEXT|NAME", required=False, shell_complete=completing.queries)
@click.option("--list", "is_list", is_flag=True, help="List the queries that have names.")
@click.option("--show", is_flag=True, help="Print the SPARQL, with the parameters in it, to take elsewhere.")
@click.option("--set", "given", multiple=True, metavar="NAME=VALUE", help="Give a parameter; may be repeated.")
@click.option(
    "--format",
    "format",
    type=click.Choice(["table", "csv", "json", "ttl"]),
    help="table (what SELECT and ASK give if not told), csv, json: W3C's formats; ttl: of CONSTRUCT and DESCRIBE.",
)
@top_option(help="At most so many rows of a table.")
@click.option("--timeout", type=Number(0, min_open=True), metavar="SECONDS", default=PATIENCE, show_default=True)
@base_option
@json_option
@store_option
def query(
    query: str | None,
    is_list: bool,
    show: bool,
    given: tuple[str, ...],
    format: str | None,
    top: int | None,
    timeout: float,
    base: str | None,
    as_json: bool,
    store: str,
) -> None:
    """Ask the graph in SPARQL, without a server.

    A query is a file, its text, or one of those with names: `newsloom query --list`. All articles' graphs
    together are the default graph; GRAPH ?g tells them apart. Prefixes of the export need no declaration,
    and <event/...> is a node by its id. `VALUES ?name { UNDEF }` is a parameter, which --set gives.
    Nothing is written, and nothing is fetched.

    \b
    newsloom query what-led-to --set event="appoints Adib"
    newsloom query "SELECT ?event { ?event newsloom:killed ?n FILTER(?n > 10) }"
    """
    from .exports import queries
    from .exports.rdf.names import BASE

    if as_json and format not in (None, "json"):
        raise click.UsageError(f"--json and --format {format} are two formats; give one of them.")
    if is_list:
        return _list(as_json)
    if query is None:
        raise click.UsageError("which query? Give a file, its text, or a name of `newsloom query --list`.")
    base = BASE if base is None else base
    values = _values(given)
    asked = queries.parsed("", sys.stdin.read()) if query == "-" else queries.found(query)
    if show:
        return _show(asked, values, store, base, as_json)
    graph = stored(store)
    ready = queries.ask(graph, asked, values, base)
    if as_json and ready.form == "construct":
        return print_json({"triples": ready.solutions(timeout).records})
    fitting = ready.fitting("json" if as_json else format)  # type: ignore[arg-type]
    _say_meant(graph, asked, values)
    if fitting == "table":
        from .answering import say_solutions

        found = ready.solutions(timeout)
        say_solutions(graph, found, base, top)
        if not (asked.name or found.rows):
            _say_unmet(ready)
    else:
        _print(ready.written(fitting, timeout), fitting)


def _values(given: tuple[str, ...]) -> dict[str, str]:
    """The parameters of `--set name=value`."""
    pairs = [each.partition("=") for each in given]
    if wrong := next((name for name, sign, _ in pairs if not sign or not name.strip()), None):
        raise click.UsageError(f"--set {wrong} gives no value: write --set {wrong or 'name'}=VALUE.")
    return {name.strip().lstrip("?"): value for name, _, value in pairs}


def _list(as_json: bool) -> None:
    from .exports.queries import named, named_queries

    found = [named(name) for name in named_queries()]
    if as_json:
        print_json([_query_record(query) for query in found])
        return
    parameters = [", ".join(f"{p.name}{'' if p.needed else '?'}" for p in query.parameters) for query in found]
    rows = [(query.name, query.title, each) for query, each in zip(found, parameters, strict=True)]
    table(rows, (BOLD, {}, FAINT), wide=1)


def _query_record(query: "NamedQuery") -> dict[str, Any]:
    parameters = [{"name": each.name, "kind": each.kind, "needed": each.needed} for each in query.parameters]
    return {"name": query.name, "title": query.title, "parameters": parameters}


def _show(asked: "NamedQuery", values: dict[str, str], store: str, base: str, as_json: bool) -> None:
    from .exports import queries

    kinds = {parameter.name: parameter.kind for parameter in asked.parameters}
    graph = stored(store) if any(kinds.get(name) in ("event", "actor", "place", None) for name in values) else None
    text = queries.written(asked, values, graph, base)
    if as_json:
        print_json({"query": text})
    else:
        say_text(text)


def _say_meant(graph: "Graph", query: "NamedQuery", values: dict[str, str]) -> None:
    """Notes on names that are in the graph only in another spelling."""
    for parameter in query.parameters:
        if parameter.kind in ("actor", "place"):
            say_meant(graph, values.get(parameter.name), parameter.kind)  # type: ignore[arg-type]


def _say_unmet(ready: "Asked") -> None:
    """A note on properties that are not in the graph: they are misspelt, or nothing has them."""
    for iri in ready.unmet:
        fits = (
            f"{prefix}:{iri.removeprefix(start)}" for prefix, start in ready.prefixes.items() if iri.startswith(start)
        )
        say(f"nothing in the graph has {visible(next(fits, iri))}.", err=True)


def _print(content: bytes, format: str) -> None:
    """Print an answer: into a file or a pipe as it is, on a terminal so that nothing in it can steer that."""
    if format == "json":
        import json

        print_json(json.loads(content))
    elif sys.stdout.isatty():
        for line in content.decode().splitlines():
            say(line)
    else:
        click.echo(content, nl=False)


VERBS = (query,)
