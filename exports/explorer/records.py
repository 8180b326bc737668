"""The nodes of a part and the lines between them, as plain data ready for JSON.

A field that is as in `DEFAULTS` is left out of its record; the part brings the table along.
"""

from collections.abc import Iterable, Mapping
from math import isfinite
from typing import Any

from ...graph.edtf import to_edtf
from ...graph.model import Graph
from ...graph.types import Actor, Claim, Event, EventValue, Figure, Node, Place, Relation, Report
from ..labels import amount, anchor, brief, offices, words
from .cutting import named
from .sentences import Sentences, proofs, quotes

MOST_ALIASES = 6
DEFAULTS: dict[str, dict[str, Any]] = {
    "node": {
        **{"kind": "event", "aliases": [], "mentions": 1, "evidence": [], "drawn": True, "degree": 0, "importance": 0},
        **{"label": None, "width": None, "mode": None, "factuality": "asserted", "day": None, "edtf": None},
        **{"date": None, "brief": "undated", "earliest": None, "latest": None, "phrase": None, "rule": None},
        **{"precision": None, "intensity": None, "figures": [], "claims": [], "sources": 1, "reasons": []},
        **{"country": None, "sector": [], "wikidata": None, "offices": [], "lat": None, "lon": None},
        **{"geonames": None, "within": None, "article": None},
    },
    "relation": {"confidence": 0.9, "factuality": "asserted", "backwards": False, "claimed": False, "evidence": []},
    "proof": {"marks": [], "rule": None, "confidence": 0.9, "cue": None, "factuality": "asserted", "says": None},
    "quote": {"marks": [], "factuality": "asserted", "says": None},
    "figure": {
        **{"bound": None, "source": None, "holds": None, "factuality": "asserted", "article": None, "reported": None},
        "sentence": None,
    },
    "claim": {
        **{"factuality": "asserted", "source": None, "article": None, "reported": None, "date": None, "places": []},
        "sentence": None,
    },
}
"""What the fields of a record are where they are left out. `evidence` holds quotes in a node and proofs in a relation;
a `label` left out is the name."""


def lean(kind: str, record: dict[str, Any]) -> dict[str, Any]:
    """A record without what is as in the table of defaults."""
    usual = DEFAULTS[kind]
    return {field: value for field, value in record.items() if field not in usual or usual[field] != value}


def node_record(
    graph: Graph, node: Node, mentions: Iterable[str], sentences: Sentences, more: Mapping[str, Any]
) -> dict[str, Any]:
    """A node with all its details, the sentences of some of its mentions, and what else is known of it."""
    name = named(node.name) or node.id
    aliases = dict.fromkeys(map(named, node.aliases))
    record: dict[str, Any] = {
        "id": node.id,
        "kind": node.kind,
        "type": node.type,
        "name": name,
        "aliases": [alias for alias in aliases if alias not in ("", name)][:MOST_ALIASES],
        "mentions": len(node.mentions),
        "evidence": [lean("quote", quote) for quote in quotes(graph, mentions, sentences)],
    }
    if isinstance(node, Event):
        record |= _event(graph, node, sentences)
    elif isinstance(node, Actor):
        record |= {"country": node.country, "sector": list(node.sector), "wikidata": node.wikidata}
        record["offices"] = [named(office) for office in offices(node.offices)]
    elif isinstance(node, Place):
        record |= {"country": node.country, "lat": node.lat, "lon": node.lon}
        record |= {"geonames": node.geonames, "within": node.within}
    elif isinstance(node, Report):
        record |= {"article": sentences.article(node.article)}
    return lean("node", {**record, **more})


def _event(graph: Graph, event: Event, sentences: Sentences) -> dict[str, Any]:
    mode = getattr(graph.schema.event_types.get(event.type), "modes", {}).get(event.mode)
    day = anchor(event.when)
    record = {
        "mode": (mode.label or mode.name if mode else event.mode) or None,
        "factuality": event.factuality,
        "day": day.isoformat() if day else None,
        "edtf": to_edtf(event.when),
        "date": words(event.when),
        "brief": brief(event.when),
        "intensity": event.intensity,
        "figures": [lean("figure", _figure(graph, figure, sentences)) for figure in event.figures],
        "claims": [lean("claim", _claim(graph, claim, sentences)) for claim in event.claims],
        "sources": event.sources,
        "reasons": [named(reason) for reason in event.reasons],
    }
    if when := event.when:
        record |= {
            "earliest": when.earliest.isoformat() if when.earliest else None,
            "latest": when.last_day.isoformat() if when.last_day else None,
            "phrase": named(when.phrase) if when.phrase else None,
            "rule": when.rule,
            "precision": when.precision,
        }
    return record


def _figure(graph: Graph, figure: Figure, sentences: Sentences) -> dict[str, Any]:
    mention = graph.mentions.get(figure.mention)
    return {
        "count": figure.count if isfinite(figure.count) else None,
        "of": named(figure.of),
        "bound": figure.bound,
        "words": named(amount(figure, mention.text if mention else None)),
        "source": figure.source,
        "holds": words(figure.holds),
        "factuality": figure.factuality,
        "article": sentences.article(figure.article),
        "reported": figure.reported.isoformat() if figure.reported else None,
        "sentence": sentences.number(sentences.around(mention)) if mention else None,
    }


def _claim(graph: Graph, claim: Claim, sentences: Sentences) -> dict[str, Any]:
    """What one article says of an event: with the days and the places that it gives itself."""
    mention = graph.mentions.get(claim.mention)
    when = mention.value.when if mention and isinstance(mention.value, EventValue) else None
    return {
        "factuality": claim.factuality,
        "source": claim.source,
        "article": sentences.article(claim.article),
        "reported": claim.reported.isoformat() if claim.reported else None,
        "date": words(when),
        "places": sentences.places(claim.mention),
        "sentence": sentences.number(sentences.around(mention)) if mention else None,
    }


def relation_records(graph: Graph, number: Mapping[str, int], sentences: Sentences) -> list[dict[str, Any]]:
    """The relations of a graph, their ends as numbers; the id of each is `r` and its place in the list."""
    return [lean("relation", _relation(graph, relation, number, sentences)) for relation in graph.relations]


def _relation(graph: Graph, relation: Relation, number: Mapping[str, int], sentences: Sentences) -> dict[str, Any]:
    """A relation with its sentences; `claimed` where none of these is what an article itself says."""
    return {
        "source": number[relation.source],
        "type": relation.type,
        "target": number[relation.target],
        "confidence": round(relation.confidence, 2),
        "factuality": relation.factuality,
        "backwards": relation.backwards,
        "claimed": bool(relation.evidence) and all(evidence.claimed_by for evidence in relation.evidence),
        "evidence": [lean("proof", proof) for proof in proofs(graph, relation.evidence, sentences)],
    }
