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

from ...graph.model import Graph
from ...graph.types import Article, Report
from ...schemas.errors import UsageError

Iri = str
"""An IRI in angle brackets, as N-Quads has it."""

BASE = "https://newsloom.invalid/"
VOCABULARY = "https://newsloom.invalid/vocabulary#"
_WORD = re.compile(r"[^A-Za-z0-9]+")


class Names:
    """What everything in one graph is called; `used` holds the terms and concepts that were asked for."""

    def __init__(self, graph: Graph, base: str = BASE):
        prefixes: Mapping[str, str] = graph.schema.raw.get("prefixes", {})
        if not self.valid(base):
            raise UsageError(f"{base!r} is no IRI to put in front of names; one would be {BASE}.")
        self.base = base
        self.used: set[Iri] = set()
        self.schema_name = graph.schema.name
        given = prefixes.get("newsloom", VOCABULARY)
        self.vocabulary = given if self.valid(given) else VOCABULARY
        self.woven = f"<{base}graph/woven>"
        self.vocabulary_graph = f"<{base}graph/vocabulary>"
        self._articles = {n.article: n.id for n in graph.nodes.values() if isinstance(n, Report)}
        self._concepts = f"{self.vocabulary.rstrip('#/')}/{quote(self.schema_name, safe='')}/"
        self.node = cache(self._node)
        self.article = cache(self._article)
        self.term = cache(self._term)
        self.concept = cache(self._concept)

    def _node(self, id: str) -> Iri:
        """A node of the graph; the ids of article nodes are those of `article`."""
        return f"<{self.base}{_path(id)}>"

    def _article(self, id: str) -> Iri:
        """An article: its node, or an IRI of its own when the graph has no node for it."""
        return self._node(self._articles.get(id, f"article/{id}"))

    def article_graph(self, id: str) -> Iri:
        """The named graph of what one article says."""
        return f"<{self.base}graph/article/{_segment(id)}>"

    def words(self, article: str, start: int, end: int) -> Iri:
        """A stretch of an article's text."""
        return f"{self.article(article)[:-1]}#char={start},{end}>"

    def minted(self, kind: str, *parts: object) -> Iri:
        """A relation, an evidence, a figure: named by a hash of what makes it what it is."""
        return f"<{self.base}{kind}/{_digest(*parts)}>"

    def time(self, edtf: str) -> Iri:
        """The interval of an EDTF expression."""
        return f"<{self.base}time/{edtf.replace('/', '_')}>"

    def day(self, iso: str) -> Iri:
        """A day, ISO 8601."""
        return f"<{self.base}day/{iso}>"

    def source(self, article: Article) -> Iri | None:
        """Who published an article, if it says."""
        return f"<{self.base}source/{_segment(article.source)}>" if article.source else None

    def _term(self, name: str) -> Iri:
        """A term of newsloom's own; `cut-off by` is `cutOffBy`, so that it can be an XML element's name too."""
        first, *rest = [word for word in _WORD.split(name) if word] or ["relation"]
        joined = first + "".join(word[0].upper() + word[1:] for word in rest)
        return self._noted(f"<{self.vocabulary}{joined if joined[0].isalpha() else f'n{joined}'}>")

    def scheme(self, kind: str) -> Iri:
        """The concept scheme of event types, actor types, place types, roles or sectors."""
        return f"<{self._concepts}{kind}>"

    def _concept(self, kind: str, name: str) -> Iri:
        """A type, role or sector of the schema."""
        return self._noted(f"<{self._concepts}{kind}/{_segment(name)}>")

    def mode(self, type: str, mode: str) -> Iri:
        """A mode of an event type."""
        return self._noted(f"<{self._concepts}event/{_segment(type)}/{_segment(mode)}>")

    def _noted(self, iri: Iri) -> Iri:
        self.used.add(iri)
        return iri

    @staticmethod
    def valid(iri: str) -> Iri | None:
        """An IRI that somebody wrote, or None if it is not an absolute one."""
        try:
            return str(NamedNode(iri)) if iri.isprintable() else None
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
