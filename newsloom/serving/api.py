"""What programs may ask for as JSON, and the page asks for as it is used. Everything only reads."""

from collections.abc import Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from .. import __version__
from ..exports.interchange import article_record, node_record
from ..graph.asking.neighbourhood import around
from ..graph.finding import Quote, not_found
from ..graph.finding import search as look
from ..graph.model import Graph
from ..graph.types import Event, Node, Relation
from ..schemas.errors import UsageError
from ..telling import answer_record
from ..versions import version_records
from ..wording import relation_record
from .answers import answer, encoded
from .parameters import Kinds, parameters
from .shelf import Edition

SENTENCES = 200  # of one node
RELATIONS = 500  # of one node, the surest first
Record = dict[str, Any]
Ask = Callable[[Edition, str, dict[str, Any]], Record | list[Record] | bytes]


def start(edition: Edition, _id: str, _asked: dict[str, Any]) -> Record:
    """What there is to ask, and how much the graph holds."""
    graph = edition.graph
    return {
        "generator": f"newsloom {__version__}",
        "edition": edition.tag,
        "schema": {"name": graph.schema.name, "version": graph.schema.version},
        "counts": {name: len(getattr(graph, name)) for name in ("articles", "events", "actors", "places", "relations")},
        "paths": {
            f"/api{path}": {"does": ask.__doc__, "parameters": {name: kind.__name__ for name, kind in kinds.items()}}
            for path, ask, kinds in ASKED
        }
        | {"/sparql": {"does": "SPARQL 1.1 Protocol: queries by GET and POST, no updates.", "parameters": {}}},
        "errors": '{"error": {"status": 404, "message": "..."}}',
    }


def part(edition: Edition, name: str, _asked: dict[str, Any]) -> bytes:
    """A part of the page, ready to show."""
    return edition.made(f"part/{name}", lambda: encoded(edition.pages.part(name)))


def near(edition: Edition, id: str, asked: dict[str, Any]) -> bytes:
    """A part of the page: what lies around a node, over so many hops."""
    node = _node(edition.graph, id)
    depth = asked.get("depth", 1)

    def make() -> bytes:
        found = around(edition.graph, node, depth)
        made = edition.pages.part_of(found.events, (node,), f"around/{id}", f"Around {node.name}")
        return encoded(made | {"more": found.more})

    return edition.made(f"around/{depth}/{id}", make)


def search(edition: Edition, _id: str, asked: dict[str, Any]) -> Record:
    """Nodes that words may mean, best first, and sentences that hold all of them."""
    if "q" not in asked:
        raise UsageError("search for what? Give the words as q.")
    graph = edition.graph
    found = look(graph, asked["q"], asked.get("limit", 20))
    return {
        "nodes": [
            {"id": m.node.id, "kind": m.node.kind, "type": m.node.type, "name": m.node.name}
            | {"score": m.score, "how": m.how, "part": edition.pages.holding(m.node.id)}
            for m in found.nodes
        ],
        "sentences": [
            _sentence(graph, quote.article, quote.start, quote.end) | {"nodes": _told_in(edition, quote)}
            for quote in found.sentences
        ],
    }


def node(edition: Edition, id: str, _asked: dict[str, Any]) -> Record:
    """Everything known of a node: its record, its relations with their evidence, the sentences that mention it."""
    graph = edition.graph
    found = _node(graph, id)
    outgoing, incoming = graph.outgoing.get(id, []), graph.incoming.get(id, [])
    spans = graph.sentences(found)
    return {
        **node_record(found),
        **(version_records(graph, found) if isinstance(found, Event) else {}),
        "outgoing": _relations(graph, outgoing),
        "incoming": _relations(graph, incoming),
        "sentences": [_sentence(graph, span.article, span.start, span.end) for span in spans[:SENTENCES]],
        "more": {
            "outgoing": max(len(outgoing) - RELATIONS, 0),
            "incoming": max(len(incoming) - RELATIONS, 0),
            "sentences": max(len(spans) - SENTENCES, 0),
        },
    }


def why(edition: Edition, text: str, asked: dict[str, Any]) -> Record:
    """What led to the event of an id or of words, hop by hop, with the sentences that say so."""
    return answer_record(edition.graph, edition.graph.why(text, **asked))


def effects(edition: Edition, text: str, asked: dict[str, Any]) -> Record:
    """What followed from the event of an id or of words, hop by hop, with the sentences that say so."""
    return answer_record(edition.graph, edition.graph.effects(text, **asked))


def timeline(edition: Edition, _id: str, asked: dict[str, Any]) -> Record:
    """The events in order of time, those that fit: as `newsloom timeline`, page by page."""
    limit, offset = asked.pop("limit", 100), asked.pop("offset", 0)
    types = asked.pop("type", None)
    events = edition.graph.timeline(**asked, types=types)
    return _paged("events", [node_record(event) for event in events[offset : offset + limit]], len(events), offset)


def articles(edition: Edition, _id: str, asked: dict[str, Any]) -> Record:
    """The articles with their texts, in the order in which they were read, page by page."""
    limit, offset = asked.get("limit", 100), asked.get("offset", 0)
    found = list(edition.graph.articles.values())
    return _paged("articles", [article_record(each) for each in found[offset : offset + limit]], len(found), offset)


_HOPS: Kinds = {"depth": int, "limit": int, "pick": int, "min_confidence": float, "by": str, "until": str}
_EVENTS: Kinds = {"actor": str, "place": str, "type": list, "since": str, "until": str, "top": int, "top_days": int}
_PAGES: Kinds = {"limit": int, "offset": int}
ASKED: tuple[tuple[str, Ask, Kinds], ...] = (
    ("", start, {}),
    ("/part/{id:path}", part, {}),
    ("/search", search, {"q": str, "limit": int}),
    ("/node/{id:path}", node, {}),
    ("/around/{id:path}", near, {"depth": int}),
    ("/why/{id:path}", why, _HOPS),
    ("/effects/{id:path}", effects, _HOPS),
    ("/timeline", timeline, {**_EVENTS, **_PAGES}),
    ("/articles", articles, _PAGES),
)


def routes() -> list[Route]:
    """The routes of the API, each answered in a thread of its own."""
    return [Route(f"/api{path}", _endpoint(ask, kinds), methods=["GET"]) for path, ask, kinds in ASKED]


def _endpoint(ask: Ask, kinds: Kinds) -> Callable[[Request], Response]:
    def endpoint(request: Request) -> Response:
        asked = parameters(request, kinds)
        edition: Edition = request.app.state.shelf.edition()

        def make() -> bytes:
            found = ask(edition, request.path_params.get("id", ""), asked)
            return found if isinstance(found, bytes) else encoded(found)

        return answer(request, edition, make)

    return endpoint


def _node(graph: Graph, id: str) -> Node:
    """The node of an id; NotFound with what is called so or nearly so."""
    if id not in graph.nodes:
        raise not_found(graph, id[:200])
    return graph.nodes[id]


def _relations(graph: Graph, relations: list[Relation]) -> list[Record]:
    surest = sorted(relations, key=lambda relation: -relation.confidence)[:RELATIONS]
    return [relation_record(graph, relation) for relation in surest]


def _sentence(graph: Graph, article: str, start: int, end: int) -> Record:
    known = graph.articles[article]
    told = {"title": known.title, "source_name": known.source, "published": known.published}
    return {"article": article, "start": start, "end": end, "sentence": known.text[start:end], **told}


def _told_in(edition: Edition, quote: Quote) -> list[Record]:
    """The nodes that a sentence mentions, and the parts of the page that hold the events."""
    graph = edition.graph
    mentions = graph.reading_of[quote.article].mentions
    inside = (m.id for m in mentions if quote.start <= m.span.start < quote.end)
    ids = dict.fromkeys(graph.resolution[id] for id in inside if id in graph.resolution)
    return [{"id": id, "part": edition.pages.holding(id)} for id in ids]


def _paged(name: str, records: list[Record], count: int, offset: int) -> Record:
    after = offset + len(records)
    return {"count": count, name: records, "next": after if after < count else None}
