"""RDF back to a `Graph`, losing nothing: what `schemas/rdf.yaml` says of a class is what is read of its resources.

    graph = read("graph.trig")

Named graphs do not matter, so the syntaxes without them hold as much. What somebody has changed or added by hand is
read as it says; what is derived for others' tools (direct triples, intervals, concepts) is not looked at.
"""

import os
from collections import defaultdict
from collections.abc import Iterable
from functools import cache
from typing import Any, TypeVar

from pyoxigraph import Quad, Triple

from ...graph.model import Graph
from ...graph.types import Article, Link, Mention, Node, Offsets, Reading, Relation, Span
from ...schemas import builtin_schemas, load_schema, schema_from
from ...schemas.errors import InputError, NewsloomError
from ...schemas.rdf import load_rdf
from ...schemas.types import Schema
from ..text import one_line
from .decoding import shown
from .files import quads_in
from .names import WOVEN
from .records import Facts, Records

_WOVEN = "WovenGraph"
_T = TypeVar("_T")


def read(path: str | os.PathLike[str]) -> Graph:
    """The graph in an RDF file that newsloom wrote; its suffix tells the syntax, a further `.gz` that it is compressed.

    InputError: the file cannot be read or is not of that syntax, it holds no graph of newsloom, or something in it is
    missing or cannot be read, with the resource and the property. UsageError: an unknown suffix.
    """
    return graph_of(quads_in(path), origin=str(path))


def graph_of(quads: Iterable[Quad | Triple], base: str | None = None, origin: str = "RDF") -> Graph:
    """The graph that quads or triples of pyoxigraph hold; `origin` is what messages call them.

    `base` is what newsloom's IRIs begin with: by default that of the woven graph, of which there must be one. Nodes
    come sorted by kind and id, relations by their ends. InputError as for `read`.

    >>> from newsloom.exports.rdf import quads
    >>> graph_of(quads(graph))
    <Graph: 2 articles, 4 events, 2 actors, 3 places, 16 relations>
    """
    model = load_rdf()
    facts = Facts(quads, model)
    vocabulary, base = _woven(facts, base, origin)
    return _Reader(Records(facts, model, vocabulary, base, origin)).graph(f"{base}{WOVEN}")


@cache
def _built_in(name: str) -> Schema:
    return load_schema(name)


def _woven(facts: Facts, base: str | None, origin: str) -> tuple[str, str]:
    """The namespace of newsloom's terms, and the base: what the only woven graph tells."""
    found = [
        (type.removesuffix(_WOVEN), iri.removesuffix(WOVEN))
        for type, iris in facts.instances.items()
        if type.endswith(_WOVEN)
        for iri in iris
        if iri.endswith(WOVEN) and base in (None, iri.removesuffix(WOVEN))
    ]
    if not found:
        where = f" under {shown(base)}" if base else ""
        raise InputError(f"{origin}: no graph of newsloom{where}: nothing is a newsloom:{_WOVEN} and ends in {WOVEN}.")
    if len(found) > 1:
        bases = ", ".join(shown(base) for _, base in found[:3])
        raise InputError(f"{origin}: {len(found)} graphs of newsloom, under {bases}. Give each a file of its own.")
    return found[0]


class _Reader:
    """Puts a graph together from the records of a file."""

    def __init__(self, records: Records):
        self._records = records

    def graph(self, woven: str) -> Graph:
        """The graph whose woven part has this IRI."""
        schema = self._schema(woven)
        articles = self._articles()
        resolution: dict[str, str] = {}
        mentions = self._mentions(resolution)
        sentences, links = self._sentences(), self._links()
        readings = [Reading(a, tuple(sentences[a.id]), tuple(mentions[a.id]), tuple(links[a.id])) for a in articles]
        return Graph(
            schema,
            readings,
            self._nodes(),
            self._relations(),
            resolution,
            *([record for _, record in self._made(name, "position")] for name in ("Refusal", "Dropped", "Merge")),
        )

    def _schema(self, woven: str) -> Schema:
        """The vocabulary: as the file has it, else the one of that name that comes with newsloom."""
        told = self._records.values(_WOVEN, woven, "schema", "source")
        name, source = told["schema"], told["source"]
        if source is None and name not in builtin_schemas():
            raise self._records.fault(woven, f"has no newsloom:schemaSource, which holds the vocabulary {shown(name)}")
        if not isinstance(source, dict | None):
            raise self._records.fault(woven, "has a newsloom:schemaSource that is no mapping")
        try:
            return _built_in(name) if source is None else schema_from(source)
        except NewsloomError as error:
            raise self._records.fault(
                woven, f"has a newsloom:schemaSource that cannot be used: {one_line(str(error))}"
            ) from None

    def _articles(self) -> list[Article]:
        """The articles in their order, which their graphs tell."""
        records = self._records
        found = dict(self._made("Article"))
        records.check_ids(found)
        records.articles.update((iri, article.id) for iri, article in found.items())
        told = dict.fromkeys(graph["article"] for _, graph in records.all("ArticleGraph", "article", "position"))
        records.numbers.update((id, number) for number, id in enumerate(told))
        for iri, article in found.items():
            if article.id not in told:
                raise records.fault(iri, "has no newsloom:ArticleGraph that is prov:wasDerivedFrom it")
        return sorted(found.values(), key=lambda article: records.numbers[article.id])

    def _mentions(self, resolution: dict[str, str]) -> dict[str, list[Mention]]:
        """The mentions by article, in their order; `resolution` is filled with the nodes that they mean."""
        records = self._records
        read = []
        for kind, name in load_rdf().mention_classes.items():
            plan = records.plan(name)
            for iri, values in records.all(name, "begin", "end"):
                id = records.id(iri, "mention")
                span = Span(values["span"], values["begin"], values["end"])
                read.append((values["position"], iri, plan.made({**values, "id": id, "kind": kind, "span": span})))
                if values["node"] is not None:
                    resolution[id] = values["node"]
        read.sort(key=lambda one: one[:2])
        records.check_ids({iri: mention for _, iri, mention in read})
        several = _grouped((mention.span.article, (iri, mention)) for _, iri, mention in read)
        for article, mentions in several.items():
            number = records.numbers[article]
            records.places.update((iri, (number, place)) for place, (iri, _) in enumerate(mentions))
        return _grouped((article, mention) for article, mentions in several.items() for _, mention in mentions)

    def _sentences(self) -> dict[str, list[Offsets]]:
        """The sentences by article, in the order of the text."""
        told = [
            (one["context"], (one["begin"], one["end"]))
            for _, one in self._records.all("Sentence", "context", "begin", "end")
        ]
        return _grouped(sorted(told))

    def _links(self) -> dict[str, list[Link]]:
        """The links by article, in their order."""
        plan = self._records.plan("Link")
        return _grouped(
            (values["context"], plan.made(values)) for _, values in self._records.all("Link", "context", "position")
        )

    def _nodes(self) -> list[Node]:
        """The nodes by kind and id."""
        found: dict[str, Node] = {}
        for name in load_rdf().node_classes.values():
            plan = self._records.plan(name)
            for iri, values in self._records.all(name):
                if iri in found:
                    raise self._records.fault(iri, f"is both {found[iri].kind} and {name}")
                found[iri] = plan.made({**values, "id": self._records.id(iri, "node")})
        self._records.check_ids(found)
        return sorted(found.values(), key=lambda node: (node.kind, node.id))

    def _relations(self) -> list[Relation]:
        """The relations by their ends."""
        found: Iterable[Relation] = (relation for _, relation in self._made("Statement"))
        return sorted(found, key=lambda relation: (relation.source, relation.type, relation.target))

    def _made(self, name: str, *also: str) -> list[tuple[str, Any]]:
        """The records of a class with their IRIs, as `Records.all` has them."""
        plan = self._records.plan(name)
        return [(iri, plan.made(values)) for iri, values in self._records.all(name, *also)]


def _grouped(pairs: Iterable[tuple[str, _T]]) -> dict[str, list[_T]]:
    found: dict[str, list[_T]] = defaultdict(list)
    for group, one in pairs:
        found[group].append(one)
    return found
