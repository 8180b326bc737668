"""`.json`: newsloom's interchange format, a promise to those who read it.

Fields are added, never renamed or dropped; `FORMAT` grows when a meaning changes. One record a
line, so that two files can be compared line by line. The JSON Schema of the format is
`interchange.schema.json` beside this file.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import msgspec

from .._version import __version__
from ..graph.edtf import to_edtf
from ..graph.model import Graph
from ..graph.types import (
    Actor,
    Article,
    Claim,
    Event,
    EventValue,
    Evidence,
    Figure,
    Link,
    Mention,
    Node,
    Offsets,
    Place,
    QuantityValue,
    Relation,
    Report,
    Tenure,
    TimeValue,
    When,
)
from .text import unicode_text

FORMAT = 1
_KINDS = ("event", "actor", "place", "article")
Record = dict[str, Any]


def write(graph: Graph, path: Path) -> None:
    """Write the graph to `path`, UTF-8, the same bytes for the same graph."""
    with open(path, "wb") as file:
        for piece in _pieces(graph):
            file.write(piece)


def _pieces(graph: Graph) -> Iterator[bytes]:
    """The file in pieces: the head, then list by list, a record a line."""
    for name, value in _head(graph).items():
        yield b"%b%b: %b" % (b"{\n" if name == "format" else b",\n", _encode(name), _encode(value))
    for name, records in _lists(graph):
        yield b",\n%b: [" % _encode(name)
        for i, record in enumerate(records):
            yield b"%b%b" % (b",\n  " if i else b"\n  ", _encode(record))
        yield b"\n]"
    yield b"\n}\n"


def _head(graph: Graph) -> Record:
    return {
        "format": FORMAT,
        "generator": f"newsloom {__version__}",
        "schema": {"name": graph.schema.name, "version": graph.schema.version},
    }


def _lists(graph: Graph) -> Iterator[tuple[str, Iterable[Record]]]:
    """The five lists: what was read in its own order, what was woven sorted."""
    yield "articles", (article_record(article) for article in graph.articles.values())
    yield "mentions", (_mention(m, graph) for reading in graph.readings for m in reading.mentions)
    yield "links", (_link(link, graph) for r in graph.readings for link in r.links if link.type != "same-as")
    yield "nodes", (node_record(n) for n in sorted(graph.nodes.values(), key=lambda n: (_KINDS.index(n.kind), n.id)))
    yield "relations", (relation_record(r) for r in sorted(graph.relations, key=lambda r: (r.source, r.type, r.target)))


def article_record(article: Article) -> Record:
    """An article as the format has it; like the other records also what the command line prints."""
    return {
        "id": article.id,
        "title": article.title,
        "text": article.text,
        "source": article.source,
        "published": article.published,
        "url": article.url,
        "language": article.language,
        "author": article.author,
        "dateline": article.dateline,
        "published_from": article.published_from,
    }


def _tenure(tenure: Tenure) -> Record:
    return {
        "title": tenure.title,
        "of": tenure.of,
        "start": tenure.start,
        "end": tenure.end,
        "former": tenure.former,
        "first": tenure.first.isoformat() if tenure.first else None,
        "last": tenure.last.isoformat() if tenure.last else None,
        "mentions": list(tenure.mentions),
    }


def _mention(mention: Mention, graph: Graph) -> Record:
    record = {
        "id": mention.id,
        "article": mention.span.article,
        "start": mention.span.start,
        "end": mention.span.end,
        "text": mention.text,
        "kind": mention.kind,
        "type": mention.type,
        "value": None,
        "node": graph.resolution.get(mention.id),
        "confidence": mention.confidence,
        "rule": mention.rule,
    }
    match mention.value:
        case EventValue() as value:
            record["mode"] = value.mode
            record["factuality"] = value.factuality
            record["source"] = graph.resolution.get(value.source) if value.source else None
            record["trigger"] = _offsets(value.trigger)
            record["when"] = to_edtf(value.when)
        case TimeValue() as value:
            record["value"] = value.value
            record["mod"] = value.mod
            record["when"] = to_edtf(value.when)
        case QuantityValue() as value:
            upper = None if value.upper is None else _number(value.upper)
            known = {"bound": value.bound, "unit": value.unit, "upper": upper, "part": value.part}
            record["value"] = {"count": _number(value.count), "of": value.of} | {k: v for k, v in known.items() if v}
    return record


def _link(link: Link, graph: Graph) -> Record:
    """A link; where it says nothing about the span of an end, that is the end's own words.

    It has a `factuality` where that is not asserted, and `claimed_by`, a mention, where not the article says so.
    """
    source, target = graph.mentions[link.source].span, graph.mentions[link.target].span
    return {
        "source": link.source,
        "type": link.type,
        "target": link.target,
        "cue": _offsets(link.cue),
        "source_span": _offsets(link.source_span or (source.start, source.end)),
        "target_span": _offsets(link.target_span or (target.start, target.end)),
        "confidence": link.confidence,
        "rule": link.rule,
        **({} if link.factuality == "asserted" else {"factuality": link.factuality}),
        **({"claimed_by": link.claimed_by} if link.claimed_by else {}),
    }


def node_record(node: Node) -> Record:
    """A node as the format has it."""
    record: Record = {"id": node.id, "kind": node.kind, "type": node.type, "name": node.name, "aliases": node.aliases}
    match node:
        case Event():
            return {
                **record,
                "when": to_edtf(node.when),
                **_days(node.when),
                "factuality": node.factuality,
                "mode": node.mode,
                "intensity": node.intensity,
                "killed": node.killed,
                "injured": node.injured,
                "sources": node.sources,
                "figures": [figure_record(figure) for figure in node.figures],
                "claims": [claim_record(claim) for claim in node.claims],
                "reasons": node.reasons,
            }
        case Actor():
            return {
                **record,
                "country": node.country,
                "sector": node.sector,
                "wikidata": node.wikidata,
                "offices": [_tenure(tenure) for tenure in node.offices],
                "reasons": node.reasons,
            }
        case Place():
            return {
                **record,
                "lat": node.lat,
                "lon": node.lon,
                "country": node.country,
                "geonames": node.geonames,
                "within": node.within,
                "reasons": node.reasons,
            }
        case Report():
            return {**record, "article": node.article}


def relation_record(relation: Relation) -> Record:
    """A relation with its evidence, as the format has it."""
    return {
        "source": relation.source,
        "type": relation.type,
        "target": relation.target,
        "confidence": relation.confidence,
        "factuality": relation.factuality,
        "backwards": relation.backwards,
        "evidence": [_evidence(evidence) for evidence in relation.evidence],
    }


def _evidence(evidence: Evidence) -> Record:
    """The sentence; `source` and `target` are the mentions at the two ends, if it has them; `factuality` is that of
    the relation between them."""
    return {
        "article": evidence.article,
        "start": evidence.start,
        "end": evidence.end,
        "cue": _offsets(evidence.cue),
        "rule": evidence.rule,
        "confidence": evidence.confidence,
        "source": evidence.source,
        "target": evidence.target,
        "claimed_by": evidence.claimed_by,
        "factuality": evidence.factuality,
    }


def figure_record(figure: Figure) -> Record:
    """A number of an event as the format has it: what is counted, who says so, when, and of which days."""
    return {
        "count": _number(figure.count),
        "of": figure.of,
        "bound": figure.bound,
        "article": figure.article,
        "mention": figure.mention,
        "reported": figure.reported and figure.reported.isoformat(),
        "source": figure.source,
        "holds": to_edtf(figure.holds),
        "holds_phrase": figure.holds and figure.holds.phrase,
        "upper": None if figure.upper is None else _number(figure.upper),
        "unit": figure.unit,
        "part": figure.part,
        "form": figure.form,
        "factuality": figure.factuality,
    }


def claim_record(claim: Claim) -> Record:
    """One version of an event as the format has it: whether it happened, and who says so."""
    return {
        "factuality": claim.factuality,
        "source": claim.source,
        "article": claim.article,
        "mention": claim.mention,
        "reported": claim.reported and claim.reported.isoformat(),
    }


def _days(when: When | None) -> Record:
    first, last = (when.earliest, when.latest) if when else (None, None)
    return {"start": first and first.isoformat(), "end": last and last.isoformat()}


def _offsets(offsets: Offsets | None) -> Record | None:
    return {"start": offsets[0], "end": offsets[1]} if offsets else None


def _number(count: float) -> int | float:
    return int(count) if count == count // 1 and abs(count) < 2**53 else count


def _encode(value: Any) -> bytes:
    try:
        return msgspec.json.encode(value)
    except UnicodeEncodeError:
        return msgspec.json.encode(_mend(value))


def _mend(value: Any) -> Any:
    """The value without lone surrogates, all the way down."""
    match value:
        case str():
            return unicode_text(value)
        case dict():
            return {_mend(k): _mend(v) for k, v in value.items()}
        case list() | tuple():
            return [_mend(v) for v in value]
    return value
