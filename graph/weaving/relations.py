"""Links to relations: carried over the resolution, every link kept as evidence."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping
from urllib.parse import quote

from ..types import Event, EventValue, Evidence, Link, Mention, Node, Offsets, Place, Reading, Relation
from .clusters import in_order

Lines = dict[tuple[str, str, str], list[Evidence]]

TEXT_ONLY = frozenset(("same-as", "time", "quantity", "told-by", "holds"))
CAP = 0.99


def carry(
    readings: tuple[Reading, ...],
    nodes: Mapping[str, Node],
    resolution: Mapping[str, str],
    independent: Mapping[str, str],
) -> list[Relation]:
    """The relations between nodes, sorted, with all their evidence; a node is never tied to itself."""
    lines: Lines = defaultdict(list)
    for reading in in_order(readings):
        mentions = {m.id: m for m in reading.mentions}
        for link in reading.links:
            ends = resolution.get(link.source), resolution.get(link.target)
            if link.type not in TEXT_ONLY and ends[0] and ends[1] and ends[0] != ends[1]:
                lines[ends[0], link.type, ends[1]].append(_evidence(reading, link, mentions, resolution))
        for mention in reading.mentions:
            node = nodes.get(resolution.get(mention.id, ""))
            if isinstance(node, Event):
                article = article_node(reading.article.id)
                lines[node.id, "reported-in", article].append(
                    _mentioned(reading, mention, mention.rule, mention.confidence)
                )
            elif isinstance(node, Place):
                _lies_in(node, nodes, _mentioned(reading, mention, "gazetteer", mention.confidence), lines)
    return [
        Relation(source, type, target, confidence(evidence, independent), tuple(dict.fromkeys(evidence)))
        for (source, type, target), evidence in sorted(lines.items())
    ]


def article_node(article: str) -> str:
    """The id of an article's node."""
    return f"article/{quote(article, safe='')}"


def confidence(evidence: Iterable[Evidence], independent: Mapping[str, str]) -> float:
    """How sure the evidence makes a relation: the best of each independent article adds to the others; at most .99."""
    best: dict[str, float] = {}
    for item in evidence:
        article = independent[item.article]
        best[article] = max(best.get(article, 0.0), item.confidence)
    doubt = 1.0
    for sure in best.values():
        doubt *= 1 - sure
    return round(min(1 - doubt, CAP), 4)


def _evidence(reading: Reading, link: Link, mentions: Mapping[str, Mention], resolution: Mapping[str, str]) -> Evidence:
    """Where the article says so: the sentence of the cue, else of the source."""
    source = mentions[link.source]
    start, end = _sentence(reading, link.cue[0] if link.cue else source.span.start)
    return Evidence(
        article=reading.article.id,
        start=start,
        end=end,
        rule=link.rule,
        confidence=link.confidence,
        cue=link.cue,
        source=link.source,
        target=link.target,
        claimed_by=_claimed_by(source, mentions[link.target], resolution),
    )


def _claimed_by(source: Mention, target: Mention, resolution: Mapping[str, str]) -> str | None:
    """The node of whoever says that the source, or else the target, happened."""
    for mention in (source, target):
        if isinstance(mention.value, EventValue) and mention.value.source:
            return resolution.get(mention.value.source)
    return None


def _mentioned(reading: Reading, mention: Mention, rule: str, confidence: float) -> Evidence:
    start, end = _sentence(reading, mention.span.start)
    return Evidence(reading.article.id, start, end, rule, confidence, source=mention.id)


def _lies_in(place: Place, nodes: Mapping[str, Node], evidence: Evidence, lines: Lines) -> None:
    """Lines from the place outwards, each to what the one before lies in, on the words that name the place."""
    inner: Node = place
    seen = set()  # two places made one by hand can lie in one another
    while isinstance(inner, Place) and inner.within and inner.id not in seen:
        seen.add(inner.id)
        lines[inner.id, "within", inner.within].append(evidence)
        inner = nodes[inner.within]


def _sentence(reading: Reading, offset: int) -> Offsets:
    index = bisect_right(reading.sentences, offset, key=lambda offsets: offsets[0]) - 1
    return reading.sentences[max(index, 0)] if reading.sentences else (0, len(reading.article.text))
