"""`.parquet`: the graph as tables for data frames, databases and clusters.

    graph.articles.parquet   every article, with its text
    graph.nodes.parquet      events, actors, places and articles
    graph.relations.parquet  the lines between them, each with a number
    graph.evidence.parquet   each sentence that draws a line (`relation` is the line's number)
    graph.mentions.parquet   the words that name a node, where they stand

Offsets are half-open and count the code points of the text; the end of an event is the first day that is too late.
Lists are lists, days are days; what is unknown is null. The table of articles can be read again by `newsloom build`.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..graph.model import Graph
from ..graph.parquet import arrow
from ..graph.types import Actor, Article, Event, Mention, Node, Relation
from .flat import DATES, EDGE_COLUMNS, LISTS, NODE_COLUMNS, columns, edge_columns
from .text import unicode_text

if TYPE_CHECKING:
    import pyarrow

GROUP = 10_000  # rows that are held and written at once
_ARTICLE = ("id", "title", "text", "published", "source", "url", "author", "language", "dateline", "published_from")
_ARTICLES: dict[str, Any] = {**dict.fromkeys(_ARTICLE, str), "body": int}
_EVIDENCE: dict[str, Any] = {
    **{"relation": int, "article": str, "start": int, "end": int, "sentence": str, "rule": str, "confidence": float},
    **{"factuality": str, "claimed_by": str, "source_mention": str, "target_mention": str},
}
_MENTIONS: dict[str, Any] = {
    **{"id": str, "article": str, "start": int, "end": int, "kind": str, "type": str, "text": str},
    **{"rule": str, "confidence": float, "node": str},
}
Row = dict[str, Any]


def write(graph: Graph, path: Path) -> None:
    """Write the five tables; UsageError when pyarrow is not installed."""
    relations = sorted(graph.relations, key=lambda r: (r.source, r.type, r.target))
    nodes = sorted(graph.nodes.values(), key=lambda node: node.id)
    columns = {"id": str, **NODE_COLUMNS}
    lines = {"id": int, "source": str, "target": str, **EDGE_COLUMNS}
    tables: tuple[tuple[str, dict[str, Any], Iterable[Row]], ...] = (
        ("articles", _ARTICLES, map(_article, graph.articles.values())),
        ("nodes", columns, (_node(node, graph) for node in nodes)),
        ("relations", lines, (_relation(number, line, graph) for number, line in enumerate(relations))),
        ("evidence", _EVIDENCE, (row for n, line in enumerate(relations) for row in _evidence(n, line, graph))),
        ("mentions", _MENTIONS, (_mention(mention, graph) for mention in graph.mentions.values())),
    )
    for name, types, rows in tables:
        _save(path.with_name(f"{path.stem}.{name}.parquet"), types, rows)


def _save(path: Path, types: dict[str, Any], rows: Iterable[Row]) -> None:
    """Write rows, some at a time."""
    pa, parquet = arrow()
    schema = pa.schema([(column, _type(pa, column, type)) for column, type in types.items()])
    waiting = iter(rows)
    with parquet.ParquetWriter(path, schema, compression="zstd") as file:
        while group := list(islice(waiting, GROUP)):
            file.write_table(pa.Table.from_pylist(list(map(_clean, group)), schema))


def _type(pa: Any, column: str, type: type) -> "pyarrow.DataType":
    if column in LISTS:
        return pa.list_(pa.string())
    if column in DATES and type is str:
        return pa.date32()
    return {str: pa.string(), int: pa.int64(), float: pa.float64(), bool: pa.bool_()}[type]


def _clean(row: Row) -> Row:
    return {column: _cell(value) for column, value in row.items()}


def _cell(value: Any) -> Any:
    if isinstance(value, str):
        return unicode_text(value)
    return [unicode_text(item) for item in value] if isinstance(value, list | tuple) else value


def _article(article: Article) -> Row:
    return {column: getattr(article, column) for column in _ARTICLES}


def _node(node: Node, graph: Graph) -> Row:
    row: Row = {**columns(node, graph), "id": node.id, "name": node.name, "aliases": node.aliases}
    if isinstance(node, Event):
        row |= {column: date.fromisoformat(row[column]) for column in DATES if column in row}
    if isinstance(node, Actor):
        row["sector"] = node.sector
    return row


def _relation(number: int, relation: Relation, graph: Graph) -> Row:
    row: Row = {**edge_columns(relation, graph), "id": number, "source": relation.source, "target": relation.target}
    claimed = (evidence.claimed_by for evidence in relation.evidence)
    return row | {
        "sentences": list(dict.fromkeys(graph.sentence(evidence) for evidence in relation.evidence)),
        "articles": list(dict.fromkeys(evidence.article for evidence in relation.evidence)),
        "claimed_by": list(dict.fromkeys(actor for actor in claimed if actor)),
    }


def _evidence(number: int, relation: Relation, graph: Graph) -> Iterator[Row]:
    for evidence in relation.evidence:
        yield {
            "relation": number,
            "article": evidence.article,
            "start": evidence.start,
            "end": evidence.end,
            "sentence": graph.sentence(evidence),
            "rule": evidence.rule,
            "confidence": evidence.confidence,
            "factuality": evidence.factuality,
            "claimed_by": evidence.claimed_by,
            "source_mention": evidence.source,
            "target_mention": evidence.target,
        }


def _mention(mention: Mention, graph: Graph) -> Row:
    return {
        "id": mention.id,
        "article": mention.span.article,
        "start": mention.span.start,
        "end": mention.span.end,
        "kind": mention.kind,
        "type": mention.type,
        "text": mention.text,
        "rule": mention.rule,
        "confidence": mention.confidence,
        "node": graph.resolution.get(mention.id),
    }
