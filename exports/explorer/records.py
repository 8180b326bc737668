"""What the page shows, as plain data: nodes, lines between them, and the sentences both rest on.

The page's scripts read exactly this; nothing here knows how it is drawn.
"""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from ...graph.edtf import to_edtf
from ...graph.model import Graph
from ...graph.types import (
    UNTYPED,
    Actor,
    Claim,
    Event,
    EventValue,
    Evidence,
    Figure,
    Mention,
    Node,
    Place,
    Relation,
    Report,
)
from ..labels import amount, anchor, brief, clean, offices, words

MOST_EVENTS = 2000
MOST_OTHERS = {"actor": 40, "place": 30, "article": 60}  # drawn; the others are found by search and in lists
MOST_SENTENCES = 40  # of one node
MOST_LETTERS = 500  # of a name or a title, so that one that never ends leaves room for the rest of the page

Mark = tuple[int, int, str]  # offsets in the sentence, and what they mark: cue, trigger, name


class Choice:
    """Which nodes of a graph the page holds, and which of them are drawn."""

    def __init__(self, graph: Graph):
        weight: dict[str, float] = defaultdict(float)
        for relation in graph.relations:
            known = graph.schema.relations.get(relation.type)
            for end in (relation.source, relation.target):
                weight[end] += 3.0 if known and known.causal else 1.0
        ranked = sorted(graph.events, key=lambda event: (event.type == UNTYPED, -graph.importance(event), event.id))
        left_out = {event.id for event in ranked[MOST_EVENTS:]}
        self.held: list[Node] = [node for node in graph.nodes.values() if node.id not in left_out]
        events = [node for node in self.held if isinstance(node, Event)]
        self.drawn: list[Node] = [event for event in events if event.type != UNTYPED]
        self.events_left_out = len(left_out)
        self.undrawn: dict[str, int] = {"untyped event": n} if (n := len(events) - len(self.drawn)) else {}
        for kind, most in MOST_OTHERS.items():
            own = [node for node in self.held if node.kind == kind]
            own.sort(key=lambda node: (-weight[node.id], -len(node.mentions), node.id))
            tied = [n for n in own if weight[n.id]][:most]
            self.drawn += tied
            if len(tied) < len(own):
                self.undrawn[kind] = len(own) - len(tied)


class Sentences:
    """The sentences that are quoted, each kept once, with its place in its article."""

    def __init__(self, graph: Graph):
        self.graph = graph
        self.numbers: dict[tuple[str, int, int], int] = {}
        self.articles = {article: number for number, article in enumerate(graph.articles)}
        self._starts = {r.article.id: [start for start, _ in r.sentences] for r in graph.readings}
        self._bounds = {r.article.id: r.sentences for r in graph.readings}
        self._places: dict[str, list[str]] = defaultdict(list)
        for link in (link for reading in graph.readings for link in reading.links if link.type == "place"):
            self._places[link.source].append(link.target)

    def number(self, article: str, start: int, end: int) -> int:
        """The number of a sentence."""
        return self.numbers.setdefault((article, start, end), len(self.numbers))

    def around(self, mention: Mention) -> tuple[int, int]:
        """The offsets of the sentence a mention stands in."""
        article = mention.span.article
        found = bisect_right(self._starts[article], mention.span.start) - 1
        return self._bounds[article][found] if found >= 0 else (mention.span.start, mention.span.end)

    def places(self, event: str) -> list[str]:
        """The places, as nodes, that the article itself gives for its mention of an event."""
        found = (self.graph.resolution.get(place) for place in self._places.get(event, ()))
        return list(dict.fromkeys(place for place in found if place in self.graph.nodes))

    def table(self) -> list[list[Any]]:
        """The sentences by number: article, start, end, text."""
        rows = []
        for article, start, end in self.numbers:
            rows.append([self.articles[article], start, end, self.graph.articles[article].text[start:end]])
        return rows


def view(graph: Graph, choice: Choice) -> dict[str, Any]:
    """Everything the page shows of a graph, ready for JSON."""
    sentences = Sentences(graph)
    held = {node.id for node in choice.held}
    relations = [r for r in graph.relations if r.source in held and r.target in held]
    drawn = {node.id for node in choice.drawn}
    return {
        "nodes": [{**_node(graph, node, sentences), "drawn": node.id in drawn} for node in choice.held],
        "relations": [_relation(graph, number, r, sentences) for number, r in enumerate(relations)],
        "order": [event.id for event in graph.events if event.id in drawn],
        "types": _types(graph),
        "relationTypes": _relation_types(graph, relations),
        "articles": [
            {"title": _short(a.title or a.id), "source": _short(a.source or ""), "published": a.published, "url": a.url}
            for a in graph.articles.values()
        ],
        "sentences": sentences.table(),
        "leftOut": {"events": choice.events_left_out, "undrawn": choice.undrawn, "refused": len(graph.refused)},
    }


def _short(text: str) -> str:
    """A name in one line, cut with an ellipsis when it is longer than anyone reads."""
    name = clean(text)
    return name if len(name) <= MOST_LETTERS else f"{name[: MOST_LETTERS - 1]}…"


def _node(graph: Graph, node: Node, sentences: Sentences) -> dict[str, Any]:
    """A node with all its details and the sentences that mention it."""
    data: dict[str, Any] = {
        "id": node.id,
        "kind": node.kind,
        "type": node.type,
        "name": _short(node.name) or node.id,
        "aliases": [_short(alias) for alias in node.aliases if clean(alias) not in ("", clean(node.name))][:6],
        "mentions": len(node.mentions),
        "evidence": _quotes(graph, node.mentions, sentences),
    }
    if isinstance(node, Event):
        mode = getattr(graph.schema.event_types.get(node.type), "modes", {}).get(node.mode)
        day = anchor(node.when)
        data |= {
            "mode": (mode.label or mode.name if mode else node.mode) or None,
            "factuality": node.factuality,
            "day": day.isoformat() if day else None,
            "edtf": to_edtf(node.when),
            "date": words(node.when),
            "brief": brief(node.when),
            "earliest": node.when.earliest.isoformat() if node.when and node.when.earliest else None,
            "latest": node.when.last_day.isoformat() if node.when and node.when.last_day else None,
            "phrase": node.when.phrase if node.when else None,
            "rule": node.when.rule if node.when else None,
            "precision": node.when.precision if node.when else None,
            "intensity": node.intensity,
            "figures": [_figure(graph, figure, sentences) for figure in node.figures],
            "claims": [_claim(graph, claim, sentences) for claim in node.claims],
            "sources": node.sources,
            "reasons": list(node.reasons),
        }
    elif isinstance(node, Actor):
        data |= {"country": node.country, "sector": list(node.sector), "wikidata": node.wikidata}
        data["offices"] = offices(node.offices)
    elif isinstance(node, Place):
        data |= {"country": node.country, "lat": node.lat, "lon": node.lon}
        data |= {"geonames": node.geonames, "within": node.within}
    elif isinstance(node, Report):
        data |= {"article": sentences.articles.get(node.article)}
    return data


def _figure(graph: Graph, figure: Figure, sentences: Sentences) -> dict[str, Any]:
    mention = graph.mentions.get(figure.mention)
    return {
        "count": figure.count,
        "of": figure.of,
        "bound": figure.bound,
        "words": amount(figure, mention.text if mention else None),
        "source": figure.source,
        "holds": words(figure.holds),
        "factuality": figure.factuality,
        "article": sentences.articles.get(figure.article),
        "reported": figure.reported.isoformat() if figure.reported else None,
        "sentence": sentences.number(figure.article, *sentences.around(mention)) if mention else None,
    }


def _claim(graph: Graph, claim: Claim, sentences: Sentences) -> dict[str, Any]:
    """What one article says of an event: with the days and the places that it gives itself."""
    mention = graph.mentions.get(claim.mention)
    when = mention.value.when if mention and isinstance(mention.value, EventValue) else None
    return {
        "factuality": claim.factuality,
        "source": claim.source,
        "article": sentences.articles.get(claim.article),
        "reported": claim.reported.isoformat() if claim.reported else None,
        "date": words(when),
        "places": sentences.places(claim.mention),
        "sentence": sentences.number(claim.article, *sentences.around(mention)) if mention else None,
    }


def _quotes(graph: Graph, mentions: Iterable[str], sentences: Sentences) -> list[dict[str, Any]]:
    """The sentences of some mentions, the words marked, and who says so."""
    found: dict[tuple[str, int, int], dict[str, Any]] = {}
    for id in mentions:
        mention = graph.mentions.get(id)
        if mention is None:
            continue
        start, end = sentences.around(mention)
        key = (mention.span.article, start, end)
        if key not in found:
            if len(found) == MOST_SENTENCES:
                break
            found[key] = {"sentence": sentences.number(*key), "marks": []}
        quote = found[key]
        quote["marks"] += _marks(start, end, [_words_of(mention)])
        if isinstance(mention.value, EventValue):
            quote["factuality"] = mention.value.factuality
            if mention.value.source in graph.resolution:
                quote["says"] = graph.resolution[mention.value.source]
    return list(found.values())


def _words_of(mention: Mention) -> Mark:
    """The words of a mention: of an event, its trigger."""
    if isinstance(mention.value, EventValue):
        return (*mention.value.trigger, "trigger")
    return (mention.span.start, mention.span.end, "name")


def _marks(start: int, end: int, marks: Iterable[Mark]) -> list[Mark]:
    """Marks with offsets in the sentence instead of the article; those outside it are dropped."""
    return [(a - start, b - start, what) for a, b, what in marks if start <= a < b <= end]


def _relation(graph: Graph, number: int, relation: Relation, sentences: Sentences) -> dict[str, Any]:
    """A relation with its sentences; `claimed` where none of these is what an article itself says."""
    return {
        "id": f"r{number}",
        "source": relation.source,
        "type": relation.type,
        "target": relation.target,
        "confidence": round(relation.confidence, 2),
        "factuality": relation.factuality,
        "backwards": relation.backwards,
        "claimed": bool(relation.evidence) and all(evidence.claimed_by for evidence in relation.evidence),
        "evidence": [_proof(graph, evidence, sentences) for evidence in relation.evidence[:MOST_SENTENCES]],
    }


def _proof(graph: Graph, evidence: Evidence, sentences: Sentences) -> dict[str, Any]:
    ends = [graph.mentions[id] for id in (evidence.source, evidence.target) if id in graph.mentions]
    marks: list[Mark] = [(*evidence.cue, "cue")] if evidence.cue else []
    marks += [_words_of(mention) for mention in ends]
    proof: dict[str, Any] = {
        "sentence": sentences.number(evidence.article, evidence.start, evidence.end),
        "marks": _marks(evidence.start, evidence.end, marks),
        "rule": evidence.rule,
        "confidence": round(evidence.confidence, 2),
    }
    if evidence.cue:
        proof["cue"] = graph.articles[evidence.article].text[slice(*evidence.cue)]
    if evidence.factuality != "asserted":
        proof["factuality"] = evidence.factuality
    if evidence.claimed_by in graph.nodes:
        proof["says"] = evidence.claimed_by
    return proof


def _types(graph: Graph) -> dict[str, dict[str, str]]:
    """Label and colour of every type of node that occurs."""
    schema = graph.schema
    known = {"event": schema.event_types, "actor": schema.actor_types, "place": schema.place_types, "article": {}}
    fallback = {"event": "#d55e00", "actor": "#0072b2", "place": "#009e73", "article": "#6b6b6b"}
    types: dict[str, dict[str, str]] = {}
    for node in graph.nodes.values():
        if node.type not in types:
            found = known[node.kind].get(node.type)
            types[node.type] = {
                "kind": node.kind,
                "label": getattr(found, "label", "") or re.sub("(?<=[a-z])(?=[A-Z])|_", " ", node.type).lower(),
                "definition": getattr(found, "definition", ""),
                "colour": getattr(found, "colour", "") or fallback[node.kind],
            }
    return types


def _relation_types(graph: Graph, relations: Sequence[Relation]) -> dict[str, dict[str, Any]]:
    """What each type of relation that occurs is called, its colour, its group, and which end is the cause."""
    types: dict[str, dict[str, Any]] = {}
    for relation in relations:
        if relation.type in types:
            continue
        known = graph.schema.relations.get(relation.type)
        role = graph.schema.roles.get(relation.type)
        label = (known and known.label) or (role and role.label) or relation.type.replace("-", " ")
        types[relation.type] = {
            "label": label,
            "inverse": (known and known.inverse) or label,
            "role": relation.type if role else None,
            "causal": known.causal if known else None,
            "colour": known.colour if known else "#999999",
            "group": _group(graph, relation),
        }
    return types


def _group(graph: Graph, relation: Relation) -> str:
    """The group of lines a relation belongs to on the page, by what it ties."""
    known = graph.schema.relations.get(relation.type)
    if (known and known.causal) or relation.type == "prevents":
        return "causes"
    kinds = {graph.nodes[relation.source].kind, graph.nodes[relation.target].kind}
    if "article" in kinds:
        return "reports"
    if kinds == {"event"}:
        return "order"
    if kinds == {"event", "actor"}:
        return "part"
    return "located" if kinds == {"event", "place"} else "ties"
