"""Links to relations: each link is evidence of one, and evidence is carried over the resolution of mentions to nodes.

An answer is also an effect: where articles say both of the same two events, both relations stand, each with its own
sentences. A part can set off its whole, and is a relation where words say so; that a clause's subject is a part ("the
attack killed three") says no more than `part-of` does.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from urllib.parse import quote

from ...schemas.types import Schema
from ..types import HINT, Article, EventValue, Evidence, Link, Mention, Node, Offsets, Place, Reading, Relation
from .denials import denied_in
from .standing import claimant, ends_of, status_of, together, voices_of

Lines = dict[tuple[str, str, str], list[Evidence]]
Said = tuple[str, Evidence]  # the type of a relation and what says that it is one, of a mention and another or alone

TEXT_ONLY = frozenset(("same-as", "time", "quantity", "told-by", "holds"))


def said_in(
    reading: Reading, events: Collection[str], nodes: Mapping[str, Node], resolution: Mapping[str, str], schema: Schema
) -> Iterator[Said]:
    """What an article says that can be a relation: of the mentions of these events, and of places and actors.

    `nodes` are places and actors, `resolution` says which of them each mention is.
    """
    mentions = {m.id: m for m in reading.mentions}
    kinds = {
        m: "event" if m in events else nodes[resolution[m]].kind for m in mentions if m in events or m in resolution
    }
    denied = _denied(reading, resolution)
    for link in reading.links:
        ends = kinds.get(link.source), kinds.get(link.target)
        if link.type not in TEXT_ONLY and all(ends) and _fits(link.type, ends, schema):
            yield link.type, _evidence(reading, link, mentions, resolution, schema, denied)
    for id, kind in kinds.items():
        if kind == "event":
            yield "reported-in", _mentioned(reading, mentions[id], mentions[id].rule)
        elif kind == "place":
            yield "within", _mentioned(reading, mentions[id], "gazetteer")


def carry(
    said: Iterable[Said],
    articles: Sequence[Article],
    nodes: Mapping[str, Node],
    resolution: Mapping[str, str],
    schema: Schema,
    independent: Mapping[str, str],
) -> list[Relation]:
    """The relations between nodes, sorted, with all their evidence; a node is never tied to itself.

    `independent` maps an article's id to that of the article it repeats, or to itself.
    """
    place = {article.id: number for number, article in enumerate(articles)}
    lines: Lines = defaultdict(list)
    for type, evidence in sorted(said, key=lambda pair: place[pair[1].article]):
        source = resolution.get(evidence.source or "")
        if source is None:
            continue
        if evidence.target is not None:
            target = resolution.get(evidence.target, source)
            if target != source:
                lines[source, type, target].append(evidence)
        elif type == "reported-in":
            lines[source, type, article_node(evidence.article)].append(evidence)
        else:
            _lies_in(nodes[source], nodes, evidence, lines)
    voices = voices_of({article.id: article.source for article in articles}, independent)
    told = sorted(_without_hints(_without_parts(lines, schema), voices).items())
    return [_relation(ends, tuple(dict.fromkeys(evidence)), voices) for ends, evidence in told]


def _fits(type: str, ends: tuple[str | None, str | None], schema: Schema) -> bool:
    """Whether the ends are of the kinds that the schema gives to the relation: no place is an agent."""
    known = schema.relations.get(type)
    return known is None or ends == (known.source, known.target)


def article_node(article: str) -> str:
    """The id of an article's node."""
    return f"article/{quote(article, safe='')}"


def _denied(reading: Reading, resolution: Mapping[str, str]) -> frozenset[str]:
    """The event mentions that somebody denies: who does it by a verb of denying, or says not to have done it."""
    doers = {(link.source, resolution.get(link.target)) for link in reading.links if link.type == "agent"}
    said = ((m.id, m.value) for m in reading.mentions if isinstance(m.value, EventValue))
    not_ours = {
        id
        for id, value in said
        if value.factuality == "negated" and value.source and (id, resolution.get(value.source, "")) in doers
    }
    return frozenset(not_ours | denied_in(reading))


def _relation(ends: tuple[str, str, str], evidence: tuple[Evidence, ...], voices: Mapping[str, str]) -> Relation:
    factuality, sure = together(evidence, voices)
    return Relation(*ends, confidence=sure, evidence=evidence, factuality=factuality)


def _without_parts(lines: Lines, schema: Schema) -> Lines:
    """The lines, but causes between a whole and its part only where words say so."""
    parts = {frozenset((source, target)) for source, type, target in lines if type == "part-of"}
    kept: Lines = {}
    for (source, type, target), evidence in lines.items():
        own = ends_of(type, schema) is not None and frozenset((source, target)) in parts
        if left := [one for one in evidence if one.cue or not own]:
            kept[source, type, target] = left
    return kept


def _without_hints(lines: Lines, voices: Mapping[str, str]) -> Lines:
    """The lines, but those that only hints of one voice draw."""
    return {ends: told for ends, told in lines.items() if not is_hinted(told, voices)}


def is_hinted(told: Collection[Evidence], voices: Mapping[str, str]) -> bool:
    """Whether only hints of one voice say so."""
    return all(one.rule.startswith(HINT) for one in told) and len({voices[one.article] for one in told}) < 2


def _evidence(
    reading: Reading,
    link: Link,
    mentions: Mapping[str, Mention],
    resolution: Mapping[str, str],
    schema: Schema,
    denied: frozenset[str],
) -> Evidence:
    """Where the article says so: the sentence of the cue, else of the source; who says so, and whether it was so."""
    source, target = mentions[link.source], mentions[link.target]
    start, end = _sentence(reading, link.cue[0] if link.cue else source.span.start)
    causal = ends_of(link.type, schema)
    cause, effect = (target, source) if causal and causal[0] == "target" else (source, target)
    return Evidence(
        article=reading.article.id,
        start=start,
        end=end,
        rule=link.rule,
        confidence=link.confidence,
        cue=link.cue,
        source=link.source,
        target=link.target,
        claimed_by=claimant(link, (cause, effect), resolution),
        factuality=status_of(link, cause, effect, denied) if causal else link.factuality,
    )


def _mentioned(reading: Reading, mention: Mention, rule: str) -> Evidence:
    start, end = _sentence(reading, mention.span.start)
    return Evidence(reading.article.id, start, end, rule, mention.confidence, source=mention.id)


def _lies_in(place: Node, nodes: Mapping[str, Node], evidence: Evidence, lines: Lines) -> None:
    """Lines from the place outwards, each to what the one before lies in, on the words that name the place."""
    inner = place
    seen = set()  # two places made one by hand can lie in one another
    while isinstance(inner, Place) and inner.within and inner.id not in seen:
        seen.add(inner.id)
        lines[inner.id, "within", inner.within].append(evidence)
        inner = nodes[inner.within]


def _sentence(reading: Reading, offset: int) -> Offsets:
    index = bisect_right(reading.sentences, offset, key=lambda offsets: offsets[0]) - 1
    return reading.sentences[max(index, 0)] if reading.sentences else (0, len(reading.article.text))
