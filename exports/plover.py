"""`.plover.jsonl`: the events as records of PLOVER, one JSON object a line, with the fields of its manual (2.0 draft).

Only events that are told as having taken place and whose type is one of PLOVER's, or a narrower one, are there. `date`
is the first day that is possible, `enddate` the last where it is another; of an unknown day both are left out, as is
whatever else nobody says: contexts, religions, times of day. A type that newsloom adds under one of PLOVER's stands
as the broader one.
"""

import json
from pathlib import Path
from typing import Any

from .._version import __version__
from ..graph.model import Graph
from ..graph.types import Actor, Article, Mention, Node, Place
from ..schemas.coding import ancestry
from .geojson import has_coordinates
from .happened import Happening, happenings, lies_in
from .labels import clean
from .text import unicode_text

Record = dict[str, Any]

QUADS = ("verbal-cooperation", "material-cooperation", "verbal-conflict", "material-conflict")
_LINE_ENDS = str.maketrans({end: f"\\u{ord(end):04x}" for end in "\x85\u2028\u2029"})  # for some readers of lines
RESOLUTIONS = {"Country": 1, "Region": 2, "City": 4, "Facility": 5, "Building": 5}


def write(graph: Graph, path: Path) -> None:
    """Write the records to `path`, in the order of time: UTF-8, the same bytes for the same graph."""
    with open(path, "w", encoding="utf-8", newline="\n") as file:
        for happening in happenings(graph):
            if record := _record(graph, happening):
                line = json.dumps(record, ensure_ascii=False, allow_nan=False).translate(_LINE_ENDS)
                file.write(unicode_text(f"{line}\n"))


def _record(graph: Graph, happening: Happening) -> Record | None:
    """An event, or None where PLOVER has no type for it."""
    event = happening.event
    lineage = (graph.schema.event_types[name] for name in ancestry(graph.schema, event.type))
    known = next((type for type in lineage if type.plover), None)
    if known is None:
        return None
    first, last = (event.when.earliest, event.when.last_day) if event.when else (None, None)
    agents, others = happening.sides
    mentions = _mentions(graph, event)
    return _known(
        {
            "id": event.id,
            "date": first.isoformat() if first else None,
            "enddate": last.isoformat() if last and last != first else None,
            "actor": [_entity(graph, actor) for actor in agents],
            "recipient": [_entity(graph, actor) for actor in others],
            "event": [known.plover],
            "event_loc": _place(graph, happening.places[0]) if happening.places else None,
            "event_text": sorted({clean(mention.text) for mention in mentions}),
            "quad_code": QUADS.index(known.quad) + 1 if known.quad in QUADS else None,
            "event_scale": event.intensity,
            "mode": [event.mode] if event.mode else [],
            "size": _known({"dead": event.killed, "injured": event.injured}),
            **(_source(graph, mentions[0]) if mentions else {}),
            "coder": f"newsloom {__version__}",
        }
    )


def _entity(graph: Graph, actor: Actor) -> Record:
    return _known(
        {
            "code": actor.country,
            "sector": "".join(actor.sector[:2]),
            "entity_text": _words(graph, actor),
            "identifier_id": actor.wikidata,
            "identifier_text": actor.name,
        }
    )


def _place(graph: Graph, place: Place) -> Record:
    around = {outer.type: outer.name for outer in reversed(lies_in(graph, place))}
    return _known(
        {
            "extracted_place": _words(graph, place),
            "resolved_place": place.name,
            "geonameid": int(place.geonames) if place.geonames and place.geonames.isdecimal() else None,
            "lat": place.lat if has_coordinates(place) else None,
            "lon": place.lon if has_coordinates(place) else None,
            "city": around.get("City"),
            "province": around.get("Region"),
            "country": around.get("Country"),
            "country_code": place.country,
            "resolution": RESOLUTIONS.get(place.type),
        }
    )


def _mentions(graph: Graph, node: Node) -> list[Mention]:
    return [graph.mentions[id] for id in node.mentions if id in graph.mentions]


def _words(graph: Graph, node: Node) -> str | None:
    """The words that first name a node."""
    return next((mention.text for mention in _mentions(graph, node)), None)


def _source(graph: Graph, told: Mention) -> Record:
    """The sentence that first tells of an event, where it stands, and the article."""
    article = graph.articles[told.span.article]
    sentence = next(iter(graph.around(told.span)), told.span)
    return {
        "text": clean(article.text[sentence.start : sentence.end]),
        "text_info": {"start": sentence.start, "end": sentence.end},
        "cite_info": _cited(article),
    }


def _cited(article: Article) -> Record:
    return _known(
        {
            "citation": article.id,
            "url": article.url,
            "title": article.title,
            "language": article.language,
            "publication": article.source,
        }
    )


def _known(record: Record) -> Record:
    """The fields that hold something, their text in one line."""
    return {
        field: clean(value) if isinstance(value, str) else value
        for field, value in record.items()
        if value is not None and value not in ("", [], {})
    }
