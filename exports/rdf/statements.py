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

from collections.abc import Callable, Iterable, Iterator
from typing import Any

import msgspec
from msgspec import Struct

from ...graph.asking.causal import backwards, cause_and_effect, supports
from ...graph.knowledge import states
from ...graph.model import Graph
from ...graph.types import (
    AIM,
    HAPPENED,
    Actor,
    Article,
    Claim,
    Event,
    EventValue,
    Evidence,
    Figure,
    Mention,
    Node,
    Place,
    Reading,
    Relation,
)
from ...schemas import builtin_schemas
from ...schemas.types import ActorType, PlaceType
from .names import VOCABULARY_GRAPH, WOVEN, Names, Path, valid
from .syntaxes import ABSOLUTE, RELATIVE, TEXT, Syntax
from .values import decimal
from .vocabulary import STATUS, Predicates, vocabulary
from .writer import Writer

MENTIONS = {
    "event": "EventMention",
    "actor": "ActorMention",
    "place": "PlaceMention",
    "time": "TimeMention",
    "quantity": "QuantityMention",
}
NODES = {"event": "Event", "actor": "Actor", "place": "Place", "article": "Report"}
DENIALS = {"causes": "faro:does_not_cause", "prevents": "faro:does_not_prevent"}
INDEX = "xsd:nonNegativeInteger"
BATCH = 500  # resources that are joined to one string
Lines = dict[Path, dict[tuple[str, str], dict[str, None]]]
"""Resources, with the values of each property and their sort."""


class Told(Struct):
    """What one article tells: relations, with their evidence in it, nodes that it mentions, numbers and versions of
    events by the event's id."""

    relations: list[tuple[Relation, list[Evidence]]] = []
    mentioned: list[tuple[Node, str]] = []
    figures: dict[str, list[Figure]] = {}
    claims: dict[str, list[Claim]] = {}


class Statements:
    """What the named graphs of one graph hold, as resources in one syntax.

    `reifies`, for syntaxes of RDF 1.2, adds to each statement the triple that it is about (`rdf:reifies`).
    """

    def __init__(self, graph: Graph, names: Names, syntax: Syntax, reifies: bool = False):
        self.graph = graph
        self.names = names
        self.syntax = syntax
        self._reifies = reifies
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
        self._predicates = Predicates(graph.schema, syntax)
        self._doubtful = backwards(graph)
        self._states = states()
        self._authorities: dict[Path, None] = {}

    def named_graphs(self) -> Iterator[tuple[Path, Iterator[str]]]:
        """The named graphs in their order, each with its resources; take all of one before the next."""
        told = self._told()
        for reading in self.graph.readings:
            id = reading.article.id
            yield self.names.article_graph(id), self._batches(self._article(reading, told[id]))
        yield WOVEN, self._batches(self._woven())
        yield VOCABULARY_GRAPH, self._batches(self._vocabulary())

    def _batches(self, steps: Iterable[None]) -> Iterator[str]:
        """What the writer has written after some steps, joined."""
        writer = self._writer
        for _ in steps:
            if len(writer.out) > BATCH:
                yield from self._taken()
        yield from self._taken()

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

    # --- what an article says

    def _article(self, reading: Reading, told: Told) -> Iterator[None]:
        writer, article = self._writer, reading.article
        writer.article = article.id
        writer.put("Article", self.names.article(article.id), article)
        types = writer.types("nif:Sentence")
        for sentence in reading.sentences:
            writer.say(self.names.words(article.id, sentence), [*types, *writer.offsets(sentence, article.id)])
        for position, mention in enumerate(reading.mentions):
            self._mention(mention, position)
            yield
        for position, link in enumerate(reading.links):
            derived = writer.piece("prov:wasDerivedFrom", RELATIVE)(self.names.article(article.id))
            more = [writer.piece("newsloom:position", "xsd:integer")(str(position)), derived]
            writer.put("Link", self.names.link(article.id, position), link, more)
            yield
        lines: Lines = {}
        for node, mention_id in told.mentioned:
            _add(lines, self.names.node(node.id), "gaf:denotedBy", RELATIVE, self.names.mention(mention_id))
        for relation, evidence in told.relations:
            self._said(relation, evidence, article, lines)
            yield
        for id, figures in told.figures.items():
            writer.say(self.names.node(id), writer.belonging("newsloom:figure", "Figure", figures))
        for id, claims in told.claims.items():
            writer.say(self.names.node(id), writer.belonging("newsloom:claim", "Claim", claims))
        self._put_lines(lines)
        writer.describe_words(article.text)

    def _mention(self, mention: Mention, position: int) -> None:
        """A mention, and how it puts an event, which another may put otherwise, and who it says so."""
        writer = self._writer
        more = [
            writer.piece("newsloom:position", "xsd:integer")(str(position)),
            writer.piece("prov:wasDerivedFrom", RELATIVE)(self.names.article(mention.span.article)),
            writer.piece("nif:beginIndex", INDEX)(str(mention.span.start)),
            writer.piece("nif:endIndex", INDEX)(str(mention.span.end)),
        ]
        if node := self.graph.resolution.get(mention.id):
            more.append(writer.piece("gaf:denotes", RELATIVE)(self.names.node(node)))
        said_by = mention.value.source if isinstance(mention.value, EventValue) else None
        if said_by and (claimant := self.graph.resolution.get(said_by)):
            more.append(writer.piece("prov:wasAttributedTo", RELATIVE)(self.names.node(claimant)))
        writer.put(MENTIONS[mention.kind], self.names.mention(mention.id), mention, more)

    def _said(self, relation: Relation, several: list[Evidence], article: Article, lines: Lines) -> None:
        """The relation itself if it is said to hold; its evidence, and who says so."""
        writer = self._writer
        if any(evidence.factuality in HAPPENED for evidence in several):
            self._direct(relation, lines)
        self._leads(relation, several, lines)
        denial = DENIALS.get(relation.type)
        if denial and any(evidence.factuality == "negated" for evidence in several):
            _add(lines, self.names.node(relation.source), denial, RELATIVE, self.names.node(relation.target))
        pieces = []
        claimants = list(dict.fromkeys(self.names.node(one.claimed_by) for one in several if one.claimed_by))
        if claimants:
            pieces = writer.pieces("sem:accordingTo", RELATIVE)(claimants)
            self._authorities |= dict.fromkeys(claimants)

        def source(evidence: Evidence) -> list[str]:
            return self._source(evidence, article)

        pieces.extend(writer.belonging("newsloom:evidence", "Evidence", several, source))
        writer.say(self._statement_name(relation), pieces)

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

    def _direct(self, relation: Relation, lines: Lines) -> None:
        """The relation itself, under each of its predicates."""
        source, target = self.names.node(relation.source), self.names.node(relation.target)
        for predicate in self._predicates.of(relation.type):
            _add(lines, source, predicate, RELATIVE, target)

    def _leads(self, relation: Relation, several: list[Evidence], lines: Lines) -> None:
        """`newsloom:leadsTo` from a cause to its effect, `newsloom:mayLeadTo` if it is only possible, planned or meant.

        Together they are the hops of `newsloom why`: none where the evidence denies it, or the cause is dated behind
        its effect.
        """
        ends = cause_and_effect(self.graph.schema, relation)
        if ends is None or ends in self._doubtful or ends[0] == ends[1]:
            return
        if not all(isinstance(self.graph.nodes[end], Event) for end in ends):
            return
        cause, effect = (self.names.node(end) for end in ends)
        for evidence in several:
            if evidence.factuality != "negated" and supports(relation, evidence) > 0:
                holds = evidence.factuality in HAPPENED and relation.type != AIM
                _add(lines, cause, "newsloom:leadsTo" if holds else "newsloom:mayLeadTo", RELATIVE, effect)

    def _statement_name(self, relation: Relation) -> Path:
        return self.names.minted("relation", relation.source, relation.type, relation.target)

    def _put_lines(self, lines: Lines) -> None:
        """Write resources by their properties."""
        writer = self._writer
        for iri, properties in lines.items():
            pieces: list[str] = []
            for (property, sort), values in properties.items():
                pieces += writer.types(*values) if property == "rdf:type" else writer.pieces(property, sort)([*values])
            writer.say(iri, pieces)

    def _taken(self) -> Iterator[str]:
        if self._writer.out:
            yield self.syntax.between.join(self._writer.out)
            self._writer.out = []

    # --- what was woven

    def _woven(self) -> Iterator[None]:
        writer, schema = self._writer, self.graph.schema
        own = schema.name not in builtin_schemas()
        pieces = [
            *writer.types("newsloom:WovenGraph"),
            writer.piece("newsloom:schema", TEXT)(schema.name),
            writer.piece("newsloom:schemaVersion", TEXT)(schema.version),
        ]
        if own:
            raw = msgspec.json.encode(schema.raw, order="deterministic").decode()
            pieces.append(writer.piece("newsloom:schemaSource", "rdf:JSON")(raw))
        writer.say(WOVEN, pieces)
        for position, id in enumerate(self.graph.articles):
            article = writer.piece("prov:wasDerivedFrom", RELATIVE)(self.names.article(id))
            place = writer.piece("newsloom:position", "xsd:integer")(str(position))
            writer.say(self.names.article_graph(id), [*writer.types("newsloom:ArticleGraph"), article, place])
        for node in self._nodes:
            writer.put(NODES[node.kind], self.names.node(node.id), node, self._more(node), self._types(node))
            yield
        lines: Lines = {}
        for relation in self._relations:
            self._statement(relation, lines)
            yield
        for claimant in self._authorities:
            _add(lines, claimant, "rdf:type", ABSOLUTE, "sem:Authority")
        self._put_lines(lines)
        for name, records in (
            ("Merge", self.graph.merges),
            ("Dropped", self.graph.dropped),
            ("Refusal", self.graph.refused),
        ):
            for position, record in enumerate(records):
                place = writer.piece("newsloom:position", "xsd:integer")(str(position))
                writer.put(name, self.names.minted(name.lower(), record, position), record, [place])
                yield
        writer.describe_shared()

    def _types(self, node: Node) -> list[str]:
        """The further types of a node, as its schema knows its type."""
        schema = self.graph.schema
        known: ActorType | PlaceType | None = None
        if isinstance(node, Actor):
            known = schema.actor_types.get(node.type)
        elif isinstance(node, Place):
            known = schema.place_types.get(node.type)
        iri = valid(known.iri) if known and known.iri else None
        located = ["wgs:SpatialThing"] if isinstance(node, Place) and node.lat is not None else []
        return [*([iri] if iri else ()), *located]

    def _more(self, node: Node) -> list[str]:
        """The pieces of a node that are for others' tools."""
        writer = self._writer
        match node:
            case Event():
                mode = None if node.mode is None else writer.mode(node.type, node.mode)
                status = writer.piece("faro:status", ABSOLUTE)(self.syntax.full(STATUS[node.factuality]))
                return [
                    status,
                    *writer.time(node.when),
                    *([writer.piece("newsloom:mode", ABSOLUTE)(mode)] if mode else ()),
                ]
            case Actor():
                titles = sorted({tenure.title for tenure in node.offices})
                known = valid(f"http://www.wikidata.org/entity/{node.wikidata}") if node.wikidata else None
                return [
                    *(writer.pieces("schema:jobTitle", TEXT)(titles) if titles else ()),
                    *self._state(node.country),
                    *([writer.piece("schema:sameAs", ABSOLUTE)(known)] if known else ()),
                ]
            case Place():
                known = valid(f"https://sws.geonames.org/{node.geonames}/") if node.geonames else None
                return [
                    *([writer.piece("schema:sameAs", ABSOLUTE)(known)] if known else ()),
                    *self._state(node.country),
                    *self._geometry(node),
                ]
        return []

    def _state(self, country: str | None) -> list[str]:
        """The piece for the state that a code means, if it is one of the world's."""
        if country is None or country not in self._states:
            return []
        return [self._writer.piece("newsloom:state", ABSOLUTE)(self._writer.country(country))]

    def _geometry(self, place: Place) -> list[str]:
        """The piece for a place's point, which is written beside it."""
        if place.lat is None or place.lon is None:
            return []
        writer, iri = self._writer, f"{self.names.node(place.id)}#point"
        wkt = f"POINT({decimal(place.lon)} {decimal(place.lat)})"
        writer.say(iri, [*writer.types("geo:Geometry"), writer.piece("geo:asWKT", "geo:wktLiteral")(wkt)])
        return [writer.piece("geo:hasGeometry", RELATIVE)(iri)]

    def _statement(self, relation: Relation, lines: Lines) -> None:
        """A node for the relation, to hang confidence and evidence on; for a role SEM's sem:Role too."""
        writer, iri = self._writer, self._statement_name(relation)
        predicate = self._predicates.of(relation.type)[0]
        more = [writer.piece("rdf:predicate", ABSOLUTE)(self.syntax.full(predicate))]
        is_role = relation.type in self.graph.schema.roles
        if is_role:
            target = self.names.node(relation.target)
            more.append(writer.piece("sem:roleType", ABSOLUTE)(writer.concept("role", relation.type)))
            more.append(writer.piece("rdf:value", RELATIVE)(target))
            _add(lines, self.names.node(relation.source), "sem:eventProperty", RELATIVE, iri)
        if self._reifies:
            more.append(
                self.syntax.reified(self.names.node(relation.source), predicate, self.names.node(relation.target))
            )
        is_view = any(evidence.claimed_by for evidence in relation.evidence)
        types = (*(("sem:Role",) if is_role else ()), *(("sem:View",) if is_view else ()))
        writer.put("Statement", iri, relation, more, types)
        if not relation.evidence and relation.factuality in HAPPENED:
            self._direct(relation, lines)

    def _vocabulary(self) -> Iterator[None]:
        writer, schema = self._writer, self.graph.schema
        for rule in sorted(writer.rules):
            pieces = [*writer.types("prov:SoftwareAgent"), writer.piece("rdfs:label", TEXT)(rule)]
            writer.say(self.names.rule(rule), pieces)
            yield
        relations = sorted({relation.type for relation in self.graph.relations})
        lines: Lines = {}
        for iri, property, sort, words in vocabulary(writer.concepts, relations, schema, self.names, self._predicates):
            value = self.syntax.full(words) if sort == ABSOLUTE else words
            _add(lines, self.syntax.full(iri), property, sort, value)
        self._put_lines(lines)


def _add(lines: Lines, iri: Path, property: str, sort: str, value: str) -> None:
    lines.setdefault(iri, {}).setdefault((property, sort), {})[value] = None
