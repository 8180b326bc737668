"""Readings to a graph: places, then actors, then events that know both, then the lines between them."""

from collections.abc import Iterable
from zlib import crc32

from ...schemas.types import Schema
from ..knowledge import Knowledge
from ..model import Graph
from ..types import Article, Decision, Merge, Node, Reading, Refusal, Report
from . import actors, events, order, places, relations
from .backwards import marked
from .bounds import bounded
from .clusters import in_order
from .coverage import coverage, vectors_of
from .decided import Decided, decided
from .partial import with_phrases
from .telling import Covered

SHINGLE = 5  # words
SKETCH = 64  # the lowest hashes kept of an article's shingles
ENTRIES = 8  # of these, how many bring two articles together for a closer look
REPEATED = 0.6  # share of two sketches from which one article repeats the other


def weave(
    readings: tuple[Reading, ...],
    schema: Schema,
    knowledge: Knowledge,
    refused: tuple[Refusal, ...] = (),
    decisions: tuple[Decision, ...] = (),
) -> Graph:
    """The graph of all readings; the order they come in changes nothing but the order of its articles.

    Decisions stand above all that the texts and the knowledge say of which mentions are one.
    """
    by_hand = decided(decisions, readings)
    nodes, resolution, merges, covered = settled(readings, schema, knowledge, by_hand)
    event_nodes, what = events.resolve(readings, nodes, resolution, schema, covered)
    resolution |= what
    nodes.update((node.id, node) for node in with_phrases(event_nodes, in_order(readings)))
    nodes.update((node.id, node) for node in map(_report, in_order(readings)))
    carried = relations.carry(readings, nodes, resolution, schema, covered.independent)
    lines, dropped = order.checked(carried, nodes, covered.independent)
    lines = marked(lines, nodes, schema)
    nodes.update(bounded(nodes, lines, schema))
    lines = marked(lines, nodes, schema)  # some days are narrower now
    return Graph(schema, readings, nodes.values(), lines, resolution, refused, dropped, merges)


def settled(
    readings: tuple[Reading, ...], schema: Schema, knowledge: Knowledge, by_hand: Decided
) -> tuple[dict[str, Node], dict[str, str], list[Merge], Covered]:
    """What events are told by: the nodes of places and actors, which of them each mention is, why, and the articles."""
    coded = {reading.article.id for reading in readings if any(m.is_coded for m in reading.mentions)}
    articles = [reading.article for reading in in_order(readings) if reading.article.id not in coded]
    vectors = vectors_of(articles, schema.lexicons.get("common", frozenset()))
    groups = coverage(articles, vectors)
    apart = originals(articles)
    for number, id in enumerate(sorted(coded), start=len(articles)):  # a table's words say nothing of likeness
        vectors[id], groups[id], apart[id] = {}, number, id
    place_nodes, where, places_merged = places.resolve(readings, schema, knowledge, by_hand, groups)
    actor_nodes, who, actors_merged = actors.resolve(readings, schema, knowledge, by_hand, groups)
    nodes: dict[str, Node] = {}
    nodes.update((node.id, node) for node in place_nodes)
    nodes.update((node.id, node) for node in actor_nodes)
    merges = sorted((*places_merged, *actors_merged), key=_most_doubtful)
    return nodes, where | who, merges, Covered(groups, vectors, apart)


def _most_doubtful(merge: Merge) -> tuple[float, str, str]:
    return merge.confidence, merge.node, merge.other.mention


def _report(reading: Reading) -> Report:
    article = reading.article
    name = article.title or f"{article.text[:60].strip()} …"
    return Report(relations.article_node(article.id), "Article", name, article.id)


def originals(articles: Iterable[Article]) -> dict[str, str]:
    """For each article's id the id of the article that it nearly repeats word by word, else its own."""
    sketches: dict[str, frozenset[int]] = {}
    entries: dict[int, list[str]] = {}
    found: dict[str, str] = {}
    for article in articles:
        sketch = _sketch(article.text)
        near = dict.fromkeys(other for entry in sketch[:ENTRIES] for other in entries.get(entry, ()))
        own = frozenset(sketch)
        found[article.id] = next(
            (found[other] for other in near if _resemblance(own, sketches[other]) >= REPEATED), article.id
        )
        sketches[article.id] = own
        for entry in sketch[:ENTRIES]:
            entries.setdefault(entry, []).append(article.id)
    return found


def _sketch(text: str) -> list[int]:
    words = text.casefold().split()
    shingles = {" ".join(words[n : n + SHINGLE]) for n in range(max(1, len(words) - SHINGLE + 1))}
    return sorted(crc32(shingle.encode()) for shingle in shingles)[:SKETCH]


def _resemblance(one: frozenset[int], other: frozenset[int]) -> float:
    """The share of the lowest hashes of both texts together that both texts have."""
    lowest = set(sorted(one | other)[:SKETCH])
    return len(lowest & one & other) / len(lowest) if lowest else 0.0
