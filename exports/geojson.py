"""`.geojson`: the events at their places, for any map (RFC 7946).

A Feature is one event at one place that the text gives for it; an event of two places is two Features.
Events without a place whose coordinates are known are left out, and counted under `left_out`. The columns
are called as in the other formats: `end` is the first day that is too late, what is unknown is null.
"""

import json
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ..graph.model import Graph
from ..graph.types import Actor, Event, Place, Relation
from .flat import columns
from .labels import clean, credit
from .text import unicode_text

Record = dict[str, Any]

COLUMNS = (
    *("kind", "type", "mode", "when", "start", "end", "precision", "factuality", "killed", "injured"),
    "sources",
)
ROLES = {"agent": "agents", "recipient": "recipients", "participant": "participants"}
DIGITS = 6  # of a degree, a tenth of a metre


def write(graph: Graph, path: Path) -> None:
    """Write the FeatureCollection to `path`: UTF-8, a Feature a line, the same bytes for the same graph."""
    features = list(_features(graph))
    shown = {feature["properties"]["id"] for feature in features}
    with open(path, "w", encoding="utf-8", newline="\n") as file:
        file.write('{"type": "FeatureCollection",\n')
        file.write(f'"left_out": {_encode({"events": len(graph.events) - len(shown)})},\n')
        file.write('"features": [\n')
        file.write(",\n".join(map(_encode, features)))
        file.write("\n]}\n")


def _located(graph: Graph) -> dict[str, list[tuple[Relation, Place]]]:
    """The places of each event that a map can show, those that are surest first."""
    found: dict[str, list[tuple[Relation, Place]]] = defaultdict(list)
    for relation in sorted(graph.relations, key=lambda relation: (-relation.confidence, relation.target)):
        place = graph.nodes.get(relation.target)
        if relation.type == "place" and isinstance(place, Place) and has_coordinates(place):
            found[relation.source].append((relation, place))
    return found


def has_coordinates(place: Place) -> bool:
    """Whether a place's coordinates are known and lie on the earth."""
    return place.lat is not None and place.lon is not None and abs(place.lat) <= 90 and abs(place.lon) <= 180


def _features(graph: Graph) -> Iterator[Record]:
    """The events in the order of time, each at its places."""
    places = _located(graph)
    for event in graph.events:
        for relation, place in places.get(event.id, ()):
            assert place.lon is not None
            assert place.lat is not None
            position = [round(place.lon, DIGITS), round(place.lat, DIGITS)]
            yield {
                "type": "Feature",
                "id": unicode_text(f"{event.id}@{place.id}"),
                "geometry": {"type": "Point", "coordinates": position},
                "properties": _event(graph, event) | _place(place) | _evidence(graph, relation),
            }


def _event(graph: Graph, event: Event) -> Record:
    row = columns(event, graph)
    return {
        "id": unicode_text(event.id),
        "name": clean(event.name),
        **{column: row.get(column) for column in COLUMNS},
        **{column: _actors(graph, event, role) for role, column in ROLES.items()},
    }


def _actors(graph: Graph, event: Event, role: str) -> list[str]:
    """The names of those who have a role in an event, each once."""
    tied = (graph.nodes.get(r.target) for r in graph.outgoing.get(event.id, ()) if r.type == role)
    return sorted({clean(node.name) for node in tied if isinstance(node, Actor)})


def _place(place: Place) -> Record:
    return {
        "place": clean(place.name),
        "place_id": unicode_text(place.id),
        "place_type": unicode_text(place.type),
        "country": place.country and unicode_text(place.country),
    }


def _evidence(graph: Graph, relation: Relation) -> Record:
    """The surest sentence that tells of the event at this place, and the article that it stands in."""
    evidence = max(relation.evidence, key=lambda evidence: evidence.confidence, default=None)
    if evidence is None:
        return {"sentence": None, "article": None, "url": None}
    article = graph.articles[evidence.article]
    return {
        "sentence": clean(graph.sentence(evidence)),
        "article": credit(article) or unicode_text(article.id),
        "url": article.url and unicode_text(article.url),
    }


def _encode(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)
