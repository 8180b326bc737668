"""The IRIs of the RDF exports: minted, never blank, the same for the same graph.

https://newsloom.invalid/                    the base: `.invalid` is reserved, so it promises no web page
    event/... actor/... place/... article/...  nodes, by their ids
    article/a1#char=46,60                      words in an article (RFC 5147 offsets, as NIF has them)
    relation/... evidence/... figure/...       statements, the sentences behind them, numbers
    time/2024-04 day/2024-04-13 source/...     intervals by their EDTF, days, publishers
    graph/woven graph/vocabulary graph/article/a1
https://newsloom.invalid/vocabulary#         newsloom's terms (the schema's prefix `newsloom`, whatever the base)
https://newsloom.invalid/vocabulary/plover/  the concepts of a schema
"""

import re
from collections.abc import Mapping
from functools import cache
from hashlib import blake2b
from urllib.parse import quote

from pyoxigraph import NamedNode

from ..graph.model import Graph
from ..graph.types import Article, Report

BASE = "https://newsloom.invalid/"
VOCABULARY = "https://newsloom.invalid/vocabulary#"
_WORD = re.compile(r"[^A-Za-z0-9]+")


class Names:
    """What everything in one graph is called."""

    def __init__(self, graph: Graph, base: str = BASE):
        prefixes: Mapping[str, str] = graph.schema.raw.get("prefixes", {})
        self.base = base
        self.schema_name = graph.schema.name
        self.vocabulary = prefixes.get("newsloom", VOCABULARY)
        self.woven = NamedNode(f"{base}graph/woven")
        self.vocabulary_graph = NamedNode(f"{base}graph/vocabulary")
        self._articles = {n.article: n.id for n in graph.nodes.values() if isinstance(n, Report)}
        self._concepts = f"{self.vocabulary.rstrip('#/')}/{quote(self.schema_name, safe='')}/"
        self.node = cache(self._node)
        self.article = cache(self._article)
        self.term = cache(self._term)
        self.concept = cache(self._concept)

    def _node(self, id: str) -> NamedNode:
        """A node of the graph; the ids of article nodes are those of `article`."""
        return NamedNode(self.base + _path(id))

    def _article(self, id: str) -> NamedNode:
        """An article: its node, or an IRI of its own when the graph has no node for it."""
        return self._node(self._articles.get(id, f"article/{id}"))

    def article_graph(self, id: str) -> NamedNode:
        """The named graph of what one article says."""
        return NamedNode(f"{self.base}graph/article/{_segment(id)}")

    def words(self, article: str, start: int, end: int) -> NamedNode:
        """A stretch of an article's text."""
        return NamedNode(f"{self.article(article).value}#char={start},{end}")

    def minted(self, kind: str, *parts: object) -> NamedNode:
        """A relation, an evidence, a figure: named by a hash of what makes it what it is."""
        return NamedNode(f"{self.base}{kind}/{_digest(*parts)}")

    def time(self, edtf: str) -> NamedNode:
        """The interval of an EDTF expression."""
        return NamedNode(f"{self.base}time/{edtf.replace('/', '_')}")

    def day(self, iso: str) -> NamedNode:
        """A day, ISO 8601."""
        return NamedNode(f"{self.base}day/{iso}")

    def source(self, article: Article) -> NamedNode | None:
        """Who published an article, if it says."""
        return NamedNode(f"{self.base}source/{_segment(article.source)}") if article.source else None

    def _term(self, name: str) -> NamedNode:
        """A term of newsloom's own; `cut-off by` is `cutOffBy`, so that it can be an XML element's name too."""
        first, *rest = [word for word in _WORD.split(name) if word] or ["relation"]
        joined = first + "".join(word[0].upper() + word[1:] for word in rest)
        return NamedNode(self.vocabulary + (joined if joined[0].isalpha() else f"n{joined}"))

    def scheme(self, kind: str) -> NamedNode:
        """The concept scheme of event types, actor types, place types, roles or sectors."""
        return NamedNode(self._concepts + kind)

    def _concept(self, kind: str, name: str) -> NamedNode:
        """A type, role or sector of the schema."""
        return NamedNode(f"{self._concepts}{kind}/{_segment(name)}")

    def mode(self, type: str, mode: str) -> NamedNode:
        """A mode of an event type."""
        return NamedNode(f"{self._concepts}event/{_segment(type)}/{_segment(mode)}")

    @staticmethod
    def valid(iri: str) -> NamedNode | None:
        """An IRI that somebody wrote, or None if it is not an absolute one."""
        try:
            return NamedNode(iri) if iri.isprintable() else None
        except ValueError:
            return None


def _segment(text: str) -> str:
    """Text as one segment of a path: everything but letters, digits and - . _ ~ percent-encoded."""
    encoded = quote(text.encode("utf-8", "surrogatepass"), safe="")
    return encoded if encoded.strip(".") else encoded.replace(".", "%2E") or "%00"


def _path(id: str) -> str:
    """A node's id as segments of a path."""
    return "/".join(_segment(part) for part in id.split("/"))


def _digest(*parts: object) -> str:
    return blake2b(repr(parts).encode("utf-8", "surrogatepass"), digest_size=10).hexdigest()
