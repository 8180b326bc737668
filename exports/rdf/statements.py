"""A graph as named RDF graphs: what each article says in one of its own, what was woven from them in another.

    graph/article/a1  the article (schema:NewsArticle, nif:Context), its sentences, its mentions and links; for each
                      sentence that says so the relation itself, its statement's evidence and claimant; numbers and
                      versions of events
    graph/woven       nodes, their times, and a statement node for each relation with its confidence
    graph/vocabulary  the concepts, terms and rules that the other graphs use

Days are closed: `sem:hasLatestEndTimeStamp` and `time:hasEnd` name the last day possible. Nothing is a blank node.
A relation that an article only reports someone to claim stands in that article's graph too; its statement is then a
sem:View that is `sem:accordingTo` the claimant. One that is denied, planned or merely possible is no triple of its own,
but a statement with that status only; for causes that are denied FaRO has predicates.
"""

from collections.abc import Callable, Collection, Iterable, Iterator
from functools import cache
from typing import Any

from ...graph.model import Graph
from ...graph.types import Event, Evidence
from ...schemas.rdf import load_rdf
from .lines import Lines
from .names import VOCABULARY_GRAPH, WOVEN, Names, Path
from .said import Said, Told
from .syntaxes import ABSOLUTE, TEXT, Syntax
from .ties import Ties
from .vocabulary import Predicates, vocabulary
from .woven import Woven
from .writer import Writer

BATCH = 500  # resources that are joined to one string


class Statements:
    """What the named graphs of one graph hold, as resources in one syntax.

    `reifies`, for syntaxes of RDF 1.2, adds to each statement the triple that it is about (`rdf:reifies`). With `only`
    (whole IRIs) what says nothing of these properties may be left out: a query that can see no more is quicker then.
    """

    def __init__(
        self, graph: Graph, names: Names, syntax: Syntax, reifies: bool = False, only: Collection[str] | None = None
    ):
        self.graph = graph
        self.names = names
        self.syntax = syntax
        self._only = None if only is None or _asks_all(only, syntax) else frozenset(only)
        self._wants = cache(self._wanted)
        places = {id: n for n, id in enumerate(graph.articles)}
        told = {m.id: (places[r.article.id], n) for r in graph.readings for n, m in enumerate(r.mentions)}
        keys: dict[str, Callable[[Any], Any]] = {
            "mention": lambda id: (*told.get(id, (-1, -1)), id),
            "Evidence": lambda one: (
                places.get(one.article, -1),
                one.start,
                one.end,
                self._writer.child("Evidence", one),
            ),
        }
        self._writer = Writer(names, syntax, keys)
        self._nodes = sorted(graph.nodes.values(), key=lambda node: node.id)
        self._relations = sorted(graph.relations, key=lambda one: (one.source, one.type, one.target))
        ties = Ties(graph, names, Predicates(graph.schema, syntax))
        self._said = Said(graph, names, self._writer, ties, self._wants)
        self._ties = ties
        self._woven = Woven(graph, names, self._writer, ties, self._wants, reifies)

    def named_graphs(self) -> Iterator[tuple[Path, Iterator[str]]]:
        """The named graphs in their order, each with its resources; take all of one before the next."""
        told = self._told()
        for reading in self.graph.readings:
            id = reading.article.id
            yield self.names.article_graph(id), self._batches(self._said.article(reading, told[id]))
        yield WOVEN, self._batches(self._woven.whole(self._nodes, self._relations))
        yield VOCABULARY_GRAPH, self._batches(self._vocabulary())

    def _batches(self, steps: Iterable[None]) -> Iterator[str]:
        """What the writer has written after some steps, joined."""
        writer = self._writer
        for _ in steps:
            if len(writer.out) > BATCH:
                yield from self._taken()
        yield from self._taken()

    def _taken(self) -> Iterator[str]:
        if self._writer.out:
            yield self.syntax.between.join(self._writer.out)
            self._writer.out = []

    def _told(self) -> dict[str, Told]:
        """What each article tells, by its id."""
        told = {id: Told() for id in self.graph.articles}
        for relation in self._relations:
            here: dict[str, list[Evidence]] = {}
            for evidence in relation.evidence:
                here.setdefault(evidence.article, []).append(evidence)
            for id, several in here.items():
                told[id].relations.append((relation, several))
        for node in self._nodes:
            for mention in node.mentions:
                if mention in self.graph.mentions:
                    told[self.graph.mentions[mention].span.article].mentioned.append((node, mention))
            if isinstance(node, Event):
                for figure in node.figures:
                    told[figure.article].figures.setdefault(node.id, []).append(figure)
                for claim in node.claims:
                    told[claim.article].claims.setdefault(node.id, []).append(claim)
        return told

    def _wanted(self, *names: str) -> bool:
        """Whether any of these properties, or of those of these classes, may be asked for."""
        if self._only is None:
            return True
        model = load_rdf()
        properties = (
            [name] if ":" in name else [field.property for field in model.properties(name).values()] for name in names
        )
        return any(self.syntax.full(property) in self._only for several in properties for property in several)

    def _vocabulary(self) -> Iterator[None]:
        writer, schema = self._writer, self.graph.schema
        for rule in sorted(writer.rules):
            pieces = [*writer.types("prov:SoftwareAgent"), writer.piece("schema:name", TEXT)(rule)]
            writer.say(self.names.rule(rule), pieces)
            yield
        relations = sorted({relation.type for relation in self.graph.relations})
        lines = Lines()
        for iri, property, sort, words in vocabulary(
            writer.concepts, relations, schema, self.names, self._ties.predicates
        ):
            value = self.syntax.full(words) if sort == ABSOLUTE else words
            lines.add(self.syntax.full(iri), property, sort, value)
        lines.put(writer)


def _asks_all(only: Collection[str], syntax: Syntax) -> bool:
    """Whether properties are asked for that everything has, or that concepts have because anything names them."""
    return any(one.startswith(syntax.full("skos:")) for one in only) or any(
        syntax.full(name) in only for name in ("rdf:type", "newsloom:score")
    )
