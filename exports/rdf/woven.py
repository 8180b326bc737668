"""What is the case as far as all articles tell, in the woven graph: nodes, a statement for each relation, and what was
merged, dropped and refused on the way."""

from collections.abc import Callable, Iterator, Sequence

import msgspec

from ...graph.knowledge import states
from ...graph.model import Graph
from ...graph.types import HAPPENED, Actor, Event, Node, Place, Relation
from ...schemas import builtin_schemas
from ...schemas.rdf import load_rdf
from ...schemas.types import ActorType, PlaceType
from .lines import Lines
from .names import WOVEN, Names, valid
from .syntaxes import ABSOLUTE, RELATIVE, TEXT
from .ties import Ties
from .values import decimal
from .vocabulary import STATUS
from .writer import Writer


class Woven:
    """Writes the woven graph; `wants` is that of `Said`, `reifies` that of `Statements`."""

    def __init__(
        self, graph: Graph, names: Names, writer: Writer, ties: Ties, wants: Callable[..., bool], reifies: bool
    ):
        self.graph = graph
        self.names = names
        self._writer = writer
        self._ties = ties
        self._wants = wants
        self._reifies = reifies
        self._states = states()

    def whole(self, nodes: Sequence[Node], relations: Sequence[Relation]) -> Iterator[None]:
        """Write the graph, step by step, its nodes and relations in this order."""
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
            types = writer.types("newsloom:ArticleGraph")
            writer.say(self.names.article_graph(id), [*types, article, writer.position(position)])
        classes = load_rdf().node_classes
        for node in nodes:
            writer.put(classes[node.kind], self.names.node(node.id), node, self._more(node), self._types(node))
            yield
        lines = Lines()
        for relation in relations:
            if self._wants("Statement", "sem:eventProperty"):
                self._statement(relation, lines)
                yield
            elif not relation.evidence and relation.factuality in HAPPENED:
                self._direct(relation, lines)
        lines.put(writer)
        for name, records in (
            ("Merge", self.graph.merges),
            ("Dropped", self.graph.dropped),
            ("Refusal", self.graph.refused),
        ):
            for position, record in enumerate(records):
                iri = self.names.minted(name.lower(), record, position)
                writer.put(name, iri, record, [writer.position(position)])
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
                status = writer.piece("faro:status", ABSOLUTE)(self._writer.syntax.full(STATUS[node.factuality]))
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
        writer, iri = self._writer, self.names.statement(relation)
        source, target = self.names.node(relation.source), self.names.node(relation.target)
        predicate = self._ties.predicates.of(relation.type)[0]
        more = [writer.piece("rdf:predicate", ABSOLUTE)(writer.syntax.full(predicate))]
        is_role = relation.type in self.graph.schema.roles
        if is_role:
            more.append(writer.piece("sem:roleType", ABSOLUTE)(writer.concept("role", relation.type)))
            more.append(writer.piece("rdf:value", RELATIVE)(target))
            lines.add(source, "sem:eventProperty", RELATIVE, iri)
        if self._reifies:
            more.append(writer.syntax.reified(source, predicate, target))
        claimants = [evidence.claimed_by for evidence in relation.evidence if evidence.claimed_by]
        for claimant in claimants:
            lines.add(self.names.node(claimant), "rdf:type", ABSOLUTE, "sem:Authority")
        types = (*(("sem:Role",) if is_role else ()), *(("sem:View",) if claimants else ()))
        writer.put("Statement", iri, relation, more, types)
        if not relation.evidence and relation.factuality in HAPPENED:
            self._direct(relation, lines)

    def _direct(self, relation: Relation, lines: Lines) -> None:
        for source, property, target in self._ties.direct(relation):
            lines.add(source, property, RELATIVE, target)
