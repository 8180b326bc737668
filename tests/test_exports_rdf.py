"""RDF: the same triples in every syntax and every reader, and what they say."""

import json
from collections import Counter

import pyoxigraph as ox
import pytest
import rdflib
from hostile import ATTACKS, hostile_graph
from rdflib.plugins.serializers.nt import _nt_row
from small import small_graph

from newsloom import exports
from newsloom.exports import rdf
from newsloom.exports.rdf import quads
from newsloom.exports.rdf.names import Names
from newsloom.exports.rdf.syntaxes import ABSOLUTE, Turtle
from newsloom.exports.rdf.vocabulary import NAMESPACES
from newsloom.exports.text import xml_text
from newsloom.graph.model import Graph
from newsloom.graph.types import Event, Evidence, Place, Relation
from newsloom.schemas.errors import UsageError
from newsloom.schemas.types import EventType, RelationType, Schema

BASE = "https://newsloom.invalid/"
SYNTAXES = {
    ".ttl": (ox.RdfFormat.TURTLE, "turtle"),
    ".nt": (ox.RdfFormat.N_TRIPLES, "nt"),
    ".rdf": (ox.RdfFormat.RDF_XML, "xml"),
    ".trig": (ox.RdfFormat.TRIG, "trig"),
    ".nq": (ox.RdfFormat.N_QUADS, "nquads"),
    ".jsonld": (ox.RdfFormat.JSON_LD, "json-ld"),
}
IN_IRIS = ("", "..", "../../etc/passwd", ATTACKS["iri"])
PREFIXES = "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in NAMESPACES.items())

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")  # rdflib's readers warn of themselves


@pytest.fixture(scope="module")
def graph():
    return small_graph()


@pytest.fixture(scope="module")
def ask(graph):
    """A function from a SPARQL query to its rows, as tuples of values with the base cut off."""
    store = ox.Store()
    store.extend(quads(graph))
    prefixes = f"{PREFIXES}PREFIX newsloom: <{Names(graph).vocabulary}>\nPREFIX : <{BASE}>\n"

    def rows(query: str) -> list[tuple[str, ...]]:
        solutions = store.query(prefixes + query, use_default_graph_as_union=True)
        return sorted(tuple(term.value.removeprefix(BASE) for term in row) for row in solutions)

    return rows


def triples(graph: Graph) -> set[str]:
    return {str(quad.triple) for quad in quads(graph)}


def as_xml(graph: Graph) -> set[str]:
    """The triples with the characters that XML cannot hold as U+FFFD."""

    def cleaned(term):
        if isinstance(term, ox.NamedNode):
            return term
        text = "".join("\ufffd" if xml_text(character) == "\ufffd" else character for character in term.value)
        return ox.Literal(text, datatype=term.datatype)

    return {str(ox.Triple(q.subject, q.predicate, cleaned(q.object))) for q in quads(graph)}


def by_pyoxigraph(content: bytes, suffix: str) -> set[str]:
    return {str(quad.triple) for quad in ox.parse(content, format=SYNTAXES[suffix][0])}


def by_rdflib(content: bytes, suffix: str) -> set[str]:
    dataset = rdflib.Dataset()
    dataset.parse(data=content, format=SYNTAXES[suffix][1])
    lines = "".join(_nt_row(quad[:3]) for quad in dataset.quads())
    return by_pyoxigraph(lines.encode(), ".nt")


def content(graph: Graph, folder, suffix: str) -> bytes:
    (path,) = exports.write(graph, folder / f"graph{suffix}")
    return path.read_bytes()


@pytest.mark.parametrize("suffix", SYNTAXES)
@pytest.mark.parametrize("read", [by_pyoxigraph, by_rdflib])
def test_round_trip(graph, tmp_path, suffix, read):
    assert read(content(graph, tmp_path, suffix), suffix) == triples(graph)


@pytest.mark.parametrize("suffix", SYNTAXES)
@pytest.mark.parametrize("attack", [*IN_IRIS, "".join(ATTACKS.values())], ids=[*map(repr, IN_IRIS), "all"])
def test_round_trip_of_hostile_text(tmp_path, suffix, attack):
    graph = hostile_graph(attack)
    found = content(graph, tmp_path, suffix)
    found.decode("utf-8")
    expected = as_xml(graph) if suffix == ".rdf" else triples(graph)
    assert by_pyoxigraph(found, suffix) == by_rdflib(found, suffix) == expected
    assert not any("evil.example" in quad.predicate.value for quad in quads(graph))


@pytest.mark.parametrize("suffix", [".trig", ".nq", ".jsonld"])
def test_a_named_graph_an_article(graph, tmp_path, suffix):
    found = ox.parse(content(graph, tmp_path, suffix), format=SYNTAXES[suffix][0])
    names = {quad.graph_name.value.removeprefix(BASE) for quad in found}
    assert names == {"graph/article/a1", "graph/article/a2", "graph/woven", "graph/vocabulary"}


def test_no_blank_nodes_and_every_iri_is_one(graph):
    for quad in quads(graph):
        for term in quad:
            assert not isinstance(term, ox.BlankNode | ox.DefaultGraph)


@pytest.mark.parametrize("attack", ATTACKS.values(), ids=ATTACKS.keys())
def test_different_ids_get_different_iris(attack):
    graph = hostile_graph(attack)
    names = Names(graph)
    assert max(Counter(names.node(id) for id in graph.nodes).values()) == 1
    assert not any(step in ("..", ".") for id in graph.nodes for step in names.node(id).split("/"))


def test_base(graph):
    found = quads(graph, "https://example.org/news/")
    minted = {term.value for quad in found for term in quad if isinstance(term, ox.NamedNode)}
    assert "https://example.org/news/event/launch" in minted
    assert not any(iri.startswith(BASE + folder) for iri in minted for folder in ("event/", "graph/", "article/"))


@pytest.mark.parametrize(
    "base", ["", "no iri", "https://bad.example/<>", "https://bad.example/#", "https://bad.example/../"]
)
def test_base_that_is_no_iri(graph, base):
    with pytest.raises(UsageError, match="is no IRI"):
        list(quads(graph, base))


def test_dataset_for_rdflib(graph):
    dataset = rdf.to_rdflib(graph)
    assert {str(g.identifier) for g in dataset.graphs() if len(g)} == {quad.graph_name.value for quad in quads(graph)}


def test_event(ask):
    properties = "sem:eventType/skos:notation ?type ; faro:status ?status ; newsloom:killed ?killed"
    found = ask(f"SELECT ?type ?status ?killed {{ <{BASE}event/strike> {properties} }}")
    assert found == [("ASSAULT", "http://purl.org/faro/happened", "7")]


def test_status(ask):
    found = dict(ask("SELECT ?event ?status { ?event faro:status ?status }"))
    assert found["event/respond"] == "http://purl.org/faro/planned"
    assert set(found) == {"event/launch", "event/strike", "event/vow", "event/respond"}


def test_time_stamps_are_closed(ask):
    query = "SELECT ?first ?last {{ <{}> {} ?first ; {} ?last }}"
    event = query.format(f"{BASE}event/strike", "sem:hasEarliestBeginTimeStamp", "sem:hasLatestEndTimeStamp")
    assert ask(event) == [("2024-04-01", "2024-04-01")]
    interval = "sem:hasTime/time:{}/time:inXSDDate"
    owl_time = query.format(f"{BASE}event/strike", interval.format("hasBeginning"), interval.format("hasEnd"))
    assert ask(owl_time) == [("2024-04-01", "2024-04-01")]


def test_open_time(ask):
    vow = f"<{BASE}event/vow>"
    assert ask(f"SELECT ?p ?day {{ {vow} ?p ?day FILTER(datatype(?day) = xsd:date) }}") == [
        (NAMESPACES["sem"] + "hasLatestEndTimeStamp", "2024-04-15")
    ]


def test_actors_by_role_and_without(ask):
    assert ask("SELECT ?actor { ?event newsloom:recipient ?actor }") == [("actor/israel",)]
    assert ask(f"SELECT DISTINCT ?actor {{ <{BASE}event/launch> sem:hasActor ?actor }}") == [
        ("actor/iran",),
        ("actor/israel",),
    ]
    role = "?role a sem:Role ; sem:roleType/skos:notation ?name ; rdf:value ?actor . ?event sem:eventProperty ?role ."
    assert ("event/vow", "agent", "actor/israel") in ask(f"SELECT ?event ?name ?actor {{ {role} }}")


def test_why_as_a_property_path(ask):
    """The chain strike -> launch -> vow, in one path."""
    assert ask(f"SELECT DISTINCT ?cause {{ ?cause newsloom:leadsTo+ <{BASE}event/vow> }}") == [
        ("event/launch",),
        ("event/strike",),
    ]


def test_a_response_is_no_mere_effect(ask):
    assert ask("SELECT ?a ?b { ?a faro:causes ?b }") == []
    assert ("event/vow", "event/launch") in ask("SELECT ?a ?b { ?a faro:contingently_related_to ?b }")


def test_statement_carries_confidence_and_evidence(ask):
    query = """SELECT ?confidence ?rule ?article ?sentence {
        ?s rdf:subject ?vow ; rdf:predicate newsloom:respondsTo .
        ?s newsloom:confidence ?confidence ; newsloom:evidence ?e .
        ?e newsloom:rule/schema:name ?rule ; prov:wasDerivedFrom ?article ; prov:value ?sentence
        FILTER(STRENDS(STR(?vow), "vow")) }"""
    sentence = "After Iran launched drones on April 13, Israel vowed to respond."
    assert ask(query) == [("0.6", "cue:after", "article/a2", sentence)]


def test_offsets_hold_in_the_text(graph):
    store = ox.Store()
    store.extend(quads(graph))
    query = f"""{PREFIXES}SELECT ?text ?begin ?end ?words {{
        ?s nif:referenceContext/nif:isString ?text ; nif:beginIndex ?begin ; nif:endIndex ?end .
        ?s nif:anchorOf|prov:value ?words }}"""
    rows = list(store.query(query, use_default_graph_as_union=True))
    assert len(rows) > 20
    for text, begin, end, words in rows:
        assert text.value[int(begin.value) : int(end.value)] == words.value


def test_terms_are_used_on_what_they_are_for(ask):
    """SEM's accordingTo is for views, NIF's referenceContext for strings, an OWL-Time interval may be one day."""
    assert ask("SELECT ?s { ?s sem:accordingTo ?who FILTER NOT EXISTS { ?s a sem:View } }") == []
    strings = "nif:OffsetBasedString nif:RFC5147String nif:Sentence"
    assert (
        ask(f"SELECT ?s {{ ?s nif:referenceContext ?text FILTER NOT EXISTS {{ VALUES ?t {{ {strings} }} ?s a ?t }} }}")
        == []
    )
    assert ask("SELECT ?s { ?s sem:hasTime ?t FILTER NOT EXISTS { ?s a sem:Event } }") == []
    assert ask("SELECT ?s { ?s wgs:lat ?t FILTER NOT EXISTS { ?s a wgs:SpatialThing } }") == []
    assert ask("SELECT ?s { ?s a time:ProperInterval ; time:hasBeginning ?day ; time:hasEnd ?day }") == []


def test_no_quad_is_written_twice(tmp_path):
    """A place of a type whose class is that of all places, and articles that say the same of it."""
    place = Place(id="place/here", type="Place", name="Here")
    target = tmp_path / "graph.nq"
    exports.write(Graph(small_graph().schema, (), (place,), (), {}), target)
    lines = target.read_text(encoding="utf-8").splitlines()
    assert "https://schema.org/Place" in "".join(lines)
    assert len(lines) == len({*lines})


def test_turtle_shortens_iris_of_known_vocabularies():
    turtle = Turtle(BASE, NAMESPACES)
    assert turtle.one("faro:status", ABSOLUTE)("http://purl.org/faro/happened") == "faro:status faro:happened"
    assert turtle.several("schema:url", ABSOLUTE)(["time:after", "https://schema.org/a/b"]) == [
        "schema:url <time:after> , <https://schema.org/a/b>"
    ]
    assert turtle.resource("https://schema.org/Place", ["a rdfs:Class"]) == "schema:Place a rdfs:Class .\n"


def test_claims_name_who_says_so(ask):
    assert ask("SELECT ?who { ?view a sem:View ; sem:accordingTo ?who . ?who a sem:Authority }") == [("actor/iran",)]
    assert ask("SELECT DISTINCT ?who { ?e prov:value ?x ; prov:wasAttributedTo ?who }") == [
        ("actor/iran",),
        ("source/Example%20Post",),
        ("source/Example%20Wire",),
    ]


def test_each_mention_has_its_own_factuality(ask):
    query = f"SELECT ?said ?who {{ <{BASE}event/strike> gaf:denotedBy ?words . ?words newsloom:factuality ?said "
    assert ask(query + "OPTIONAL { ?words prov:wasAttributedTo ?who } FILTER(BOUND(?who)) }") == [
        ("alleged", "actor/iran")
    ]
    assert ask(query + "BIND(1 AS ?who) }") == [("alleged", "1"), ("asserted", "1")]


def test_relation_stands_in_the_graph_of_the_article_that_says_so(graph):
    launch = ox.NamedNode(f"{BASE}event/launch")
    agent = ox.NamedNode(Names(graph).vocabulary + "agent")
    found = {q.graph_name.value.removeprefix(BASE) for q in quads(graph) if (q.subject, q.predicate) == (launch, agent)}
    assert found == {"graph/article/a1", "graph/article/a2"}


def test_article(ask):
    query = "SELECT ?date ?publisher ?event { ?a a schema:NewsArticle ; schema:datePublished ?date ; "
    query += "schema:publisher/schema:name ?publisher . ?event schema:subjectOf ?a }"
    assert ("2024-04-14", "Example Wire", "event/strike") in ask(query)


def test_place_has_wgs84_coordinates(ask):
    assert ("place/damascus", "33.51", "36.29") in ask("SELECT ?p ?lat ?long { ?p wgs:lat ?lat ; wgs:long ?long }")
    assert NAMESPACES["wgs"].startswith("http://")


def test_vocabulary_holds_the_used_types_only(ask):
    used = {notation for (notation,) in ask("SELECT ?n { ?c a sem:EventType ; skos:notation ?n }")}
    assert used == {"ASSAULT", "THREATEN"}
    assert ask("SELECT ?c { ?c a skos:Concept FILTER NOT EXISTS { ?c skos:prefLabel ?l } }") == []
    undefined = (
        "SELECT DISTINCT ?p { ?s ?p ?o FILTER(STRSTARTS(STR(?p), STR(newsloom:)) && NOT EXISTS { ?p a rdf:Property }) }"
    )
    assert ask(undefined) == []


def own_schema(**relation) -> Schema:
    """A schema of a user's own: one broader type, a relation without an IRI or with a bad one."""
    matches = {"close": ("https://schema.org/Event", "no iri")}
    types = {
        "EVENT": EventType("EVENT", "event", "Anything at all."),
        "FIRE": EventType("FIRE", "fire", "It burns.", extends="EVENT", matches=matches),
    }
    relations = {"cut-off by": RelationType("cut-off by", "No way there.", "event", "event", **relation)}
    return Schema("my own", "1", types, relations, {}, {}, {}, {}, (), (), {})


@pytest.mark.parametrize("iri", [None, "http://bad iri/", "https://example.org/cutOff"])
def test_own_schema(iri, tmp_path):
    events = [Event("event/1", "FIRE", "one"), Event("event/2", "UNKNOWN TYPE", "two")]
    relation = Relation("event/1", "cut-off by", "event/2", 0.5, ())
    graph = Graph(own_schema(iri=iri), (), events, [relation], {})
    found = triples(graph)
    own = f"{Names(graph).vocabulary}cutOffBy"
    predicate = iri if iri and " " not in iri else own
    assert f"<{BASE}event/1> <{predicate}> <{BASE}event/2>" in found
    assert sum("my%20own/event/FIRE> <http://www.w3.org/2004/02/skos/core#broader>" in triple for triple in found) == 1
    for suffix in SYNTAXES:
        assert by_rdflib(content(graph, tmp_path, suffix), suffix) == found


def test_literals_are_well_typed(graph):
    lines = "".join(f"{quad.triple} .\n" for quad in quads(graph))
    for _, _, value in rdflib.Graph().parse(data=lines, format="nt"):
        assert not getattr(value, "ill_typed", False)


def test_evidence_said_twice_is_kept_apart(graph):
    twice = (Evidence("a1", 0, 99, "subject", 0.9), Evidence("a1", 0, 99, "object", 0.9))
    relation = Relation("event/launch", "agent", "actor/iran", 0.9, twice)
    two = Graph(graph.schema, graph.readings, graph.nodes.values(), [relation], graph.resolution)
    term = ox.NamedNode(Names(two).vocabulary + "evidence")
    assert sum(quad.predicate == term for quad in quads(two)) == 2


@pytest.mark.parametrize("suffix", [".trig", ".nq", ".ttl", ".nt"])
def test_reifiers_tie_statements_to_their_triples(graph, tmp_path, suffix):
    (path,) = exports.write(graph, tmp_path / f"graph{suffix}", reify=True)
    reifies = ox.NamedNode(f"{NAMESPACES['rdf']}reifies")
    found = [q.object for q in ox.parse(path=path, format=SYNTAXES[suffix][0]) if q.predicate == reifies]
    assert len(found) == len(graph.relations)
    assert all(isinstance(triple, ox.Triple) for triple in found)
    assert len(triples(graph)) + len(found) == len(by_pyoxigraph(path.read_bytes(), suffix))


@pytest.mark.parametrize("suffix", [".jsonld", ".rdf"])
def test_syntaxes_without_reifiers_say_so(graph, tmp_path, suffix):
    with pytest.raises(UsageError, match="cannot hold"):
        exports.write(graph, tmp_path / f"graph{suffix}", reify=True)


def test_json_ld_is_a_tree_to_read(graph, tmp_path):
    found = json.loads(content(graph, tmp_path, ".jsonld"))
    graphs = {part["id"]: part["@graph"] for part in found["@graph"]}
    strike = next(node for node in graphs["graph/woven"] if node["id"] == "event/strike")
    assert strike["type"] == ["sem:Event", "faro:Event", "schema:Event"]
    assert (strike["label"], strike["killed"]) == ("Strike on the consulate in Damascus", 7)
    assert any("evidence" in node for node in graphs["graph/article/a1"])
    told = [evidence for node in graphs["graph/article/a1"] for evidence in node.get("evidence", ())]
    values = {evidence["prov:value"] for evidence in told if isinstance(evidence, dict)}
    assert values
    assert values <= {graph.sentence(evidence) for relation in graph.relations for evidence in relation.evidence}


@pytest.mark.parametrize("wanted", sorted({quad.predicate.value for quad in quads(small_graph())}))
def test_what_is_left_out_says_nothing_of_the_properties_that_are_wanted(graph, wanted):
    found = {str(q.triple) for part in rdf.lines(graph, only=[wanted]) for q in ox.parse(part, ox.RdfFormat.N_TRIPLES)}
    assert {line for line in triples(graph) if f" <{wanted}> " in line} <= found <= triples(graph)
