"""The endpoint: the SPARQL 1.1 Protocol (W3C Recommendation, 21 March 2013), its query operation.

GET with `query`, POST of a form, POST of `application/sparql-query`; `default-graph-uri` and `named-graph-uri` choose
graphs. Solutions come as JSON, XML, CSV or TSV, triples as Turtle, N-Triples, RDF/XML or JSON-LD, by Accept.
"""

from collections.abc import Mapping, Sequence
from urllib.parse import parse_qs

from msgspec import Struct
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from ..exports.queries.reading import check, names_graphs
from ..exports.queries.running import harmless
from ..exports.rdf.names import BASE, namespaces, valid
from ..schemas.errors import UsageError, nearest
from .answers import failure
from .querying import Asking, Busy, Engine, TookTooLong, TooLarge, Unfit

LONGEST = 100_000  # bytes of a query
SOLUTIONS = {
    "application/sparql-results+json": ("application/json",),
    "application/sparql-results+xml": ("application/xml", "text/xml"),
    "text/csv": (),
    "text/tab-separated-values": (),
}
TRIPLES = {
    "text/turtle": ("application/x-turtle",),
    "application/n-triples": ("text/plain",),
    "application/rdf+xml": ("application/xml", "text/xml"),
    "application/ld+json": ("application/json",),
}
OFFERED = {
    "solutions": SOLUTIONS,
    "boolean": {media: others for media, others in SOLUTIONS.items() if others},  # csv and tsv have no truth values
    "triples": TRIPLES,
}
FORM, DIRECT, UPDATE = "application/x-www-form-urlencoded", "application/sparql-query", "application/sparql-update"
NAMES = ("query", "default-graph-uri", "named-graph-uri")
REFUSED = "updates are refused: this endpoint only reads. Change the graph with newsloom on the command line."


class Operation(Struct, frozen=True):
    """A query, and the graphs that the request wants it to see."""

    query: str
    default: tuple[str, ...]
    named: tuple[str, ...]


async def endpoint(request: Request) -> Response:
    """The answer to a query of the protocol."""
    operation = await _operation(request)
    await run_in_threadpool(_check, operation)
    edition = await run_in_threadpool(request.app.state.shelf.edition)
    accepted = request.headers.get("accept", "*/*")
    asking = Asking(
        "",
        operation.query,
        {kind: chosen(accepted, offered) for kind, offered in OFFERED.items()},
        BASE,
        namespaces(edition.graph.schema),
        operation.default,
        operation.named,
    )
    apart = names_graphs(operation.query) or bool(operation.default or operation.named)
    engine: Engine = request.app.state.engine
    try:
        found = await engine.answer(edition, asking, apart)
    except (Busy, TookTooLong) as error:
        return failure(503, str(error))
    except TooLarge as error:
        return failure(422, str(error))
    except Unfit as error:
        return failure(406, f"the answer comes as one of: {', '.join(OFFERED[error.kind])}.")
    content = harmless(found.content) if found.media == "text/csv" else found.content
    return Response(content, headers={"Cache-Control": "no-cache", "Vary": "Accept"}, media_type=found.media)


def _check(operation: Operation) -> None:
    """UsageError for a query that would write or ask a server, and for graphs that are no IRIs."""
    try:
        check(operation.query)
    except UsageError as error:
        raise HTTPException(
            403 if "would change" in str(error) or "SERVICE" in str(error) else 400, str(error)
        ) from error
    for iri in (*operation.default, *operation.named):
        if not valid(iri):
            raise UsageError(f"{iri[:200]!r} is no IRI of a graph.")


async def _operation(request: Request) -> Operation:
    """What a request asks, from its address or its body."""
    given = _pairs(request.scope["query_string"])
    if request.method == "POST":
        type = request.headers.get("content-type", "").partition(";")[0].strip().casefold()
        if type not in (FORM, DIRECT, UPDATE):
            raise HTTPException(415, f"send the query as {DIRECT}, or in a form ({FORM}).")
        if type == UPDATE:
            raise HTTPException(403, REFUSED)
        body = await _body(request)
        given = _pairs(body) if type == FORM else {**given, "query": [_text(body)]}
    if "update" in given:
        raise HTTPException(403, REFUSED)
    for name in given:
        if name not in NAMES:
            raise UsageError(f"the protocol has no parameter {name[:40]!r}.{nearest(name[:40], NAMES)}")
    if len(given.get("query", ())) != 1:
        raise UsageError("give one query: GET /sparql?query=..., or POST it.")
    return Operation(given["query"][0], *(tuple(given.get(name, ())) for name in NAMES[1:]))


async def _body(request: Request) -> bytes:
    """The body of a request that is no longer than a query may be."""
    pieces: list[bytes] = []
    async for piece in request.stream():
        pieces.append(piece)
        if sum(map(len, pieces)) > LONGEST:
            raise HTTPException(413, f"the query is longer than {LONGEST} bytes. Make it shorter.")
    return b"".join(pieces)


def _pairs(text: bytes) -> dict[str, list[str]]:
    """The values in a form by their names."""
    return parse_qs(_text(text), keep_blank_values=True, errors="strict", max_num_fields=50)


def _text(content: bytes) -> str:
    try:
        return content.decode()
    except UnicodeDecodeError as error:
        raise UsageError("the query is no UTF-8 text.") from error


def chosen(accepted: str, offered: Mapping[str, Sequence[str]]) -> str | None:
    """The media type to answer with, of those offered (each with its other names), None when none is taken.

    What is wanted most goes first, of equals the one that is named most exactly, then the one offered first.

    >>> chosen("text/csv;q=0.5, application/xml", SOLUTIONS), chosen("text/html, */*;q=0.1", SOLUTIONS)
    ('application/sparql-results+xml', 'application/sparql-results+json')
    >>> chosen("image/png", TRIPLES)
    """
    ranges = [_range(part) for part in accepted.split(",") if part.strip()] or [("*/*", 1.0)]
    best: tuple[float, int, str] | None = None
    for media, others in offered.items():
        fits = [(_exactness(wanted, (media, *others)), weight) for wanted, weight in ranges]
        exactness, weight = max(fits)
        if exactness and weight and (best is None or (weight, exactness) > best[:2]):
            best = weight, exactness, media
    return best[2] if best else None


def _range(part: str) -> tuple[str, float]:
    """A media range of Accept, and how much it is wanted."""
    media, *more = (piece.strip().casefold() for piece in part.split(";"))
    weights = [piece[2:] for piece in more if piece.startswith("q=")]
    try:
        return media, float(weights[0]) if weights else 1.0
    except ValueError:
        return media, 0.0


def _exactness(wanted: str, names: Sequence[str]) -> int:
    """How exactly a range means one of some names: 3 by its own, 2 by its kind (`text/*`), 1 by `*/*`, 0 not at all."""
    if wanted == "*/*":
        return 1
    if wanted.endswith("/*"):
        return 2 * names[0].startswith(wanted[:-1])
    return 3 * (wanted in names)
