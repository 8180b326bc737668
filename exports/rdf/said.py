"""What an article says, in a named graph of its own: its text, its mentions and links, what it has for evidence of
statements, the numbers and versions that it gives of events."""

from collections.abc import Callable, Iterator

from msgspec import Struct

from ...graph.model import Graph
from ...graph.types import Article, Claim, EventValue, Evidence, Figure, Link, Mention, Node, Reading, Relation
from ...schemas.rdf import load_rdf
from .lines import Lines
from .names import Names
from .syntaxes import RELATIVE, TEXT
from .ties import Ties
from .writer import Writer

NAMED = ("Words", "Rule", "Interval", "Day", "Publisher")  # what is described because something names it


class Told(Struct):
    """What one article tells: relations, with their evidence in it, nodes that it mentions, numbers and versions of
    events by the event's id."""

    relations: list[tuple[Relation, list[Evidence]]] = []
    mentioned: list[tuple[Node, str]] = []
    figures: dict[str, list[Figure]] = {}
    claims: dict[str, list[Claim]] = {}


class Said:
    """Writes the graphs of articles; `wants` tells whether properties, or those of classes, may be asked for."""

    def __init__(self, graph: Graph, names: Names, writer: Writer, ties: Ties, wants: Callable[..., bool]):
        self.graph = graph
        self.names = names
        self._writer = writer
        self._ties = ties
        self._wants = wants
        self._classes = load_rdf().mention_classes

    def article(self, reading: Reading, told: Told) -> Iterator[None]:
        """Write the graph of an article, step by step."""
        writer, article = self._writer, reading.article
        writer.article = article.id
        if self._wants("Article", "Publisher"):
            writer.put("Article", self.names.article(article.id), article)
        if self._wants("Sentence"):
            self._sentences(reading)
        if self._wants(*self._classes.values(), *NAMED, "KnownPlace"):
            for position, mention in enumerate(reading.mentions):
                self._mention(mention, position)
                yield
        if self._wants("Link", *NAMED):
            for position, link in enumerate(reading.links):
                self._link(link, position, article)
                yield
        lines = Lines()
        if self._wants("gaf:denotedBy"):
            for node, mention_id in told.mentioned:
                lines.add(self.names.node(node.id), "gaf:denotedBy", RELATIVE, self.names.mention(mention_id))
        for relation, evidence in told.relations:
            self._said(relation, evidence, article, lines)
            yield
        for name, property, given in (
            ("Figure", "newsloom:figure", told.figures),
            ("Claim", "newsloom:claim", told.claims),
        ):
            if self._wants(name, property, *NAMED):
                for id, records in given.items():
                    writer.say(self.names.node(id), writer.belonging(property, name, records))
        lines.put(writer)
        writer.describe_words(article.text)

    def _sentences(self, reading: Reading) -> None:
        id, types = reading.article.id, self._writer.types("nif:Sentence")
        context = self._writer.piece("nif:referenceContext", RELATIVE)(self.names.article(id))
        for sentence in reading.sentences:
            self._writer.say(self.names.words(id, sentence), [*types, *self._writer.offsets(sentence), context])

    def _link(self, link: Link, position: int, article: Article) -> None:
        writer = self._writer
        derived = writer.piece("prov:wasDerivedFrom", RELATIVE)(self.names.article(article.id))
        more = [writer.position(position), derived]
        writer.put("Link", self.names.link(article.id, position), link, more)

    def _mention(self, mention: Mention, position: int) -> None:
        """A mention, and how it puts an event, which another may put otherwise, and who it says so."""
        writer = self._writer
        more = [
            writer.position(position),
            writer.piece("prov:wasDerivedFrom", RELATIVE)(self.names.article(mention.span.article)),
            *writer.offsets((mention.span.start, mention.span.end)),
        ]
        if node := self.graph.resolution.get(mention.id):
            more.append(writer.piece("gaf:denotes", RELATIVE)(self.names.node(node)))
        said_by = mention.value.source if isinstance(mention.value, EventValue) else None
        if said_by and (claimant := self.graph.resolution.get(said_by)):
            more.append(writer.piece("prov:wasAttributedTo", RELATIVE)(self.names.node(claimant)))
        writer.put(self._classes[mention.kind], self.names.mention(mention.id), mention, more)

    def _said(self, relation: Relation, several: list[Evidence], article: Article, lines: Lines) -> None:
        """The relation itself if it is said to hold; its evidence, and who says so."""
        writer = self._writer
        for source, property, target in self._ties.said(relation, several):
            lines.add(source, property, RELATIVE, target)
        if not self._wants("Evidence", "newsloom:evidence", "sem:accordingTo", *NAMED):
            return
        claimants = list(dict.fromkeys(self.names.node(one.claimed_by) for one in several if one.claimed_by))
        pieces = writer.pieces("sem:accordingTo", RELATIVE)(claimants) if claimants else []

        def source_of(evidence: Evidence) -> list[str]:
            return self._source(evidence, article)

        pieces += writer.belonging("newsloom:evidence", "Evidence", several, source_of)
        writer.say(self.names.statement(relation), pieces)

    def _source(self, evidence: Evidence, article: Article) -> list[str]:
        """The pieces for where a piece of evidence stands, its words, and who says so."""
        writer = self._writer
        said_by = self.names.node(evidence.claimed_by) if evidence.claimed_by else None
        if said_by is None and article.source:
            said_by = self.names.publisher(article.source)
        return [
            writer.piece("nif:referenceContext", RELATIVE)(self.names.article(article.id)),
            writer.piece("prov:value", TEXT)(article.text[evidence.start : evidence.end]),
            *([writer.piece("prov:wasAttributedTo", RELATIVE)(said_by)] if said_by else ()),
        ]
