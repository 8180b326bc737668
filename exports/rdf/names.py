"""The IRIs of the RDF exports: minted, never blank, the same for the same graph.

https://newsloom.invalid/                    the base: `.invalid` is reserved, so it promises no web page
    event/... actor/... place/... article/...  nodes, by their ids
    article/a1#char=46,60                      words in an article (RFC 5147 offsets, as NIF has them)
    article/a1/link/3                          its links, in their order
    mention/...  rule/... source/...           mentions, rules and publishers by their ids and names
    relation/... evidence/... figure/... claim/...  statements, the sentences behind them, numbers, versions
    time/2024-04 day/2024-04-13                intervals by their EDTF, days
    graph/woven graph/vocabulary graph/article/a1
https://newsloom.invalid/vocabulary#         newsloom's terms (the schema's prefix `newsloom`, whatever the base)
https://newsloom.invalid/vocabulary/plover/  the concepts of a schema
https://newsloom.invalid/vocabulary/country/ states, by ISO code

What is minted under the base is handled as a path relative to it (`event/strike`); the syntaxes put the base in front.
"""

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from hashlib import blake2b
from urllib.parse import quote, unquote_to_bytes

import msgspec
from pyoxigraph import NamedNode

from ...graph.model import Graph
from ...graph.types import Offsets, Relation, Report
from ...schemas.errors import UsageError
from ...schemas.rdf import load_rdf
from ...schemas.types import Schema

BASE = "https://newsloom.invalid/"
VOCABULARY = "https://newsloom.invalid/vocabulary#"
RECENT = 2**12  # values of a kind whose words are kept, since they come again soon
WOVEN = "graph/woven"
VOCABULARY_GRAPH = "graph/vocabulary"
EMPTY = "%FF"  # the segment of an empty text: no text in UTF-8 has this byte
_ESCAPES = {code: quote(chr(code), safe="") for code in range(128)}
_WORD = re.compile(r"[^A-Za-z0-9]+")
_PACKER = msgspec.msgpack.Encoder()
_CHARS = re.compile(r"#char=(\d+),(\d+)$")
Path = str
"""An IRI relative to the base."""


def vocabulary_of(schema: Schema) -> str:
    """The namespace of newsloom's terms: the schema's prefix `newsloom`, else the built-in one."""
    prefixes: Mapping[str, str] = schema.raw.get("prefixes", {})
    given = prefixes.get("newsloom", VOCABULARY)
    return given if valid(given) else VOCABULARY


def namespaces(schema: Schema) -> dict[str, str]:
    """The prefixes of the model and newsloom's own."""
    return {**load_rdf().prefixes, "newsloom": vocabulary_of(schema)}


def check_base(base: str) -> None:
    """Raise UsageError if nothing can be minted under `base`."""
    if not valid(base) or not base.endswith("/") or set(base) & {"#", "?"} or {".", ".."} & set(base.split("/")):
        raise UsageError(f"{base!r} is no IRI to put in front of names; one would be {BASE}, with / at its end.")


class Names:
    """What everything in one graph is called.

    >>> names = Names(graph)
    >>> names.words("a1", (46, 60)), names.concept("event", "ASSAULT")
    ('article/a1#char=46,60', 'https://newsloom.invalid/vocabulary/plover/event/ASSAULT')
    """

    def __init__(self, graph: Graph):
        self.vocabulary = vocabulary_of(graph.schema)
        self._articles = {n.article: n.id for n in graph.nodes.values() if isinstance(n, Report)}
        self._concepts = f"{self.vocabulary.rstrip('#/')}/{quote(graph.schema.name, safe='')}/"
        self.countries = f"{self.vocabulary.rstrip('#/')}/country"
        self.node = cache(path)
        self.article = cache(self._article)
        self.concept = cache(self._concept)
        self.rule = cache(lambda rule: f"rule/{segment(rule)}")
        self.mention = lru_cache(RECENT)(lambda id: f"mention/{segment(id)}")

    def _article(self, id: str) -> Path:
        """An article: its node, or an IRI of its own when the graph has no node for it."""
        return path(self._articles.get(id, f"article/{id}"))

    def article_graph(self, id: str) -> Path:
        """The named graph of what one article says."""
        return f"graph/article/{segment(id)}"

    def words(self, article: str, offsets: Offsets) -> Path:
        """A stretch of an article's text."""
        return f"{self.article(article)}#char={offsets[0]},{offsets[1]}"

    def link(self, article: str, position: int) -> Path:
        """A link of an article, by its place among them."""
        return f"{self.article(article)}/link/{position}"

    def publisher(self, name: str) -> Path:
        """Who published an article."""
        return f"source/{segment(name)}"

    def minted(self, kind: str, *parts: object) -> Path:
        """A statement, an evidence, a figure: named by a hash of what makes it what it is."""
        return f"{kind}/{digest(*parts)}"

    def statement(self, relation: Relation) -> Path:
        """A relation as a statement."""
        return self.minted("relation", relation.source, relation.type, relation.target)

    def interval(self, edtf: str) -> Path:
        """The interval of an EDTF expression."""
        return f"time/{segment(edtf.replace('/', '_'))}"

    def scheme(self, kind: str) -> str:
        """The concept scheme of event types, actor types, place types, roles or sectors: a whole IRI."""
        return f"{self._concepts}{kind}"

    def _concept(self, kind: str, name: str) -> str:
        """A type, role or sector of the schema: a whole IRI."""
        return f"{self._concepts}{kind}/{segment(name)}"

    def country(self, code: str) -> str:
        """A state, by its ISO 3166-1 alpha-3 code: a whole IRI."""
        return f"{self.countries}/{segment(code)}"

    def mode(self, type: str, mode: str) -> str:
        """A mode of an event type: a whole IRI."""
        return f"{self.concept('event', type)}/{segment(mode)}"


def own_term(name: str) -> str:
    """The local name of a relation's own term, which can be an XML element and is none of the model's terms.

    >>> own_term("cut-off by"), own_term("reason")
    ('cutOffBy', 'relationReason')
    """
    first, *rest = [word for word in _WORD.split(name) if word] or ["relation"]
    joined = first + "".join(word[0].upper() + word[1:] for word in rest)
    own = joined if joined[0].isalpha() else f"n{joined}"
    return f"relation{own[0].upper()}{own[1:]}" if own in load_rdf().terms else own


def valid(iri: str) -> str | None:
    """An IRI that somebody wrote, or None if it is not an absolute one."""
    try:
        return NamedNode(iri).value if iri.isprintable() else None
    except ValueError:
        return None


def curie(iri: str, prefixes: Mapping[str, str]) -> str:
    """`prefix:name` for an IRI of a known namespace, else the IRI.

    >>> curie("http://purl.org/faro/status", {"faro": "http://purl.org/faro/"})
    'faro:status'
    """
    for prefix, namespace in prefixes.items():
        if iri.startswith(namespace) and re.fullmatch(r"[\w.-]+", iri[len(namespace) :]):
            return f"{prefix}:{iri[len(namespace) :]}"
    return iri


def segment(text: str) -> str:
    """Text as one segment of a path: everything but letters, digits and - . _ ~ percent-encoded.

    >>> segment("a/b c"), segment(".."), unsegment("a%2Fb%20c")
    ('a%2Fb%20c', '%2E%2E', 'a/b c')
    """
    encoded = text.translate(_ESCAPES) if text.isascii() else quote(text.encode("utf-8", "surrogatepass"), safe="")
    return encoded if encoded.strip(".") else encoded.replace(".", "%2E") or EMPTY


def path(id: str) -> Path:
    """A node's id as segments of a path."""
    return "/".join(segment(part) for part in id.split("/"))


def unsegment(text: str) -> str:
    """The text that a segment, or a path of them, was made from."""
    return "" if text == EMPTY else unquote_to_bytes(text).decode("utf-8", "surrogatepass")


def id_of(path: Path) -> str:
    """The id of the node that has this path."""
    return "/".join(unsegment(part) for part in path.split("/"))


def offsets_of(words: Path) -> Offsets | None:
    """The offsets in the IRI of words."""
    found = _CHARS.search(words)
    return (int(found[1]), int(found[2])) if found else None


def digest(*parts: object) -> str:
    """Twenty hexadecimal digits that change when anything in `parts` does."""
    try:
        content = _PACKER.encode(parts)
    except UnicodeEncodeError:  # half a surrogate pair
        content = repr(parts).encode("utf-8", "surrogatepass")
    return blake2b(content, digest_size=10).hexdigest()
