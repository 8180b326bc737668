"""The addresses of a store, from those that are given: where it is asked, and where it is changed."""

from collections.abc import Iterator
from urllib.parse import urlsplit

from msgspec import Struct, structs
from requests import Response

from ...schemas.errors import StoreError, UsageError
from . import errors
from .client import Client

PERCENT = "%25"
PROBE = f'SELECT ("{PERCENT}" AS ?x) {{}}'
QUERY = "application/sparql-query; charset=utf-8"
RESULTS = "application/sparql-results+json"


class Endpoints(Struct, frozen=True):
    """Where a store is asked (`query`) and changed: by `update`, the Graph Store Protocol at `graphs`, or both.

    Queries are sent as forms, unless the store reads these wrongly (rdflib-endpoint 0.6 takes the escapes of a form
    away twice); the other way of SPARQL's protocol makes Virtuoso 7.2 wait for ever.
    """

    query: str
    update: str | None
    graphs: str | None
    by_form: bool = True


class Layout(Struct, frozen=True):
    """What stores of one kind put behind their root; `graphs` is None where there is no Graph Store Protocol."""

    query: str
    update: str
    graphs: str | None

    def at(self, root: str) -> Endpoints:
        return Endpoints(root + self.query, root + self.update, None if self.graphs is None else root + self.graphs)


OXIGRAPH = Layout("/query", "/update", "/store")
FUSEKI = Layout("/query", "/update", "/data")
VIRTUOSO = Layout("/sparql-auth", "/sparql-auth", "/sparql-graph-crud-auth")
VIRTUOSO_OPEN = Layout("/sparql", "/sparql", "/sparql-graph-crud")
RDF4J = Layout("", "/statements", "/rdf-graphs/service")  # GraphDB too
ONE_ADDRESS = Layout("", "", None)  # rdflib-endpoint, Blazegraph, QLever

SPARQL = Layout("/query", "/update", None)

_BY_PATH = {
    "/store": OXIGRAPH,
    "/data": FUSEKI,
    "/update": SPARQL,
    "/query": SPARQL,
    "/statements": RDF4J,
    "/rdf-graphs/service": RDF4J,
    "/sparql-graph-crud-auth": VIRTUOSO,
    "/sparql-auth": VIRTUOSO,
    "/sparql-graph-crud": VIRTUOSO_OPEN,
}


def check(url: str) -> None:
    """UsageError if that is no address of a store, or holds a password."""
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        raise UsageError(f"{url!r} is no address of a store; one would be http://localhost:7878/store.") from None
    if parts.password is not None or parts.username is not None:
        raise UsageError(
            "The address holds a user or a password, which others could see in the list of processes; "
            "give the user with --user and the password in NEWSLOOM_PUSH_PASSWORD."
        )
    if parts.scheme not in ("http", "https") or not parts.hostname or not url.isprintable() or " " in url:
        raise UsageError(f"{url!r} is no address of a store; one would be http://localhost:7878/store.")


def ask(client: Client, endpoints: Endpoints, query: str) -> Response:
    """The store's answer to a query."""
    if endpoints.by_form:
        return client.send("POST", endpoints.query, form={"query": query}, accept=RESULTS)
    return client.send("POST", endpoints.query, body=query.encode(), type=QUERY, accept=RESULTS)


def find(client: Client, url: str, update_url: str | None, query_url: str | None, ledger: str) -> Endpoints:
    """The endpoints that are meant, the one for queries tried out; StoreError if none that may be meant answers.

    `url` may be the Graph Store Protocol, an endpoint for updates or queries, or the root of a store; with `update_url`
    all changes go there. What is known of the paths of stores decides, else what the store answers.
    """
    refusals: list[Response] = []
    for endpoints in _candidates(client, url, update_url, query_url, ledger):
        response = ask(client, endpoints, PROBE)
        if response.ok and (answer := _answer(response)) is not None:
            return structs.replace(endpoints, by_form=answer == PERCENT)
        if response.status_code in (401, 403) or response.status_code >= 500:
            raise errors.refused(response)
        refusals.append(response)
    if refusals[0].ok:
        raise StoreError(f"{url} answers, but not to SPARQL. {errors.PATHS}; --query-url names another.")
    raise errors.refused(refusals[0])


def _candidates(
    client: Client, url: str, update_url: str | None, query_url: str | None, ledger: str
) -> Iterator[Endpoints]:
    """What may be meant, the likeliest first."""
    if update_url:
        asked = [query_url] if query_url else [*_queries(update_url), *_queries(url)]
        yield from (Endpoints(query, update_url, None) for query in dict.fromkeys(asked))
        return
    known = _by_path(url)
    if query_url:
        is_graphs = known is None and _keeps_graphs(client, url, ledger)
        given = Endpoints(query_url, *((None, url) if is_graphs else (url, None)))
        yield given if known is None else Endpoints(query_url, known.update, known.graphs)
        return
    if known:
        yield known
        return
    yield ONE_ADDRESS.at(url)
    yield from _at_root(client, url)


def _by_path(url: str) -> Endpoints | None:
    """The endpoints of the kind of store that has one with this path."""
    for path, layout in _BY_PATH.items():
        if url.rstrip("/").endswith(path):
            return layout.at(url.rstrip("/").removesuffix(path))
    if "/repositories/" in url:
        return RDF4J.at(url.rstrip("/"))
    return None


def _queries(url: str) -> list[str]:
    """Where a store may be asked that has this address."""
    known = _by_path(url)
    return [known.query, url] if known else [url, f"{url.rstrip('/')}/query"]


def _at_root(client: Client, url: str) -> Iterator[Endpoints]:
    """The endpoints behind a root; the Graph Store Protocol only where it answers."""
    root = url.rstrip("/")
    for layout in (OXIGRAPH, FUSEKI):
        found = layout.at(root)
        if found.graphs and client.send("HEAD", found.graphs, params={"default": ""}, stream=True).ok:
            yield found
    yield SPARQL.at(root)
    yield VIRTUOSO.at(root)


def _keeps_graphs(client: Client, url: str, graph: str) -> bool:
    """Whether an address that no store is known for is one of the Graph Store Protocol."""
    return client.send("GET", url, params={"graph": graph}, accept="text/turtle", stream=True).status_code in (200, 404)


def _answer(response: Response) -> str | None:
    """What a store answers to the probe; None if that is no answer."""
    try:
        (solution,) = response.json()["results"]["bindings"]
        return str(solution["x"]["value"])
    except (ValueError, TypeError, KeyError):
        return None
