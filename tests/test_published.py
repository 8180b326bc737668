"""What newsloom publishes of its vocabulary: every term and concept that a graph can use, and matches with others."""

import json

import pytest
from calling import fails
from rdflib import OWL, RDF, RDFS, SKOS, BNode, Graph, Literal, Namespace, URIRef
from small import small_graph

from newsloom.exports import rdf
from newsloom.exports.rdf.published import ontology
from newsloom.schemas import load_schema
from newsloom.schemas.rdf import load_rdf

VOCABULARY = "https://newsloom.invalid/vocabulary"
OWN = Namespace(f"{VOCABULARY}#")
SEM = Namespace("http://semanticweb.cs.vu.nl/2009/11/sem/")


@pytest.fixture(scope="module")
def published() -> Graph:
    return Graph().parse(data=ontology(load_schema()), format="turtle")


def test_every_term_is_explained(published):
    for name in load_rdf().terms:
        assert published.value(OWN[name], RDFS.label), name
        assert published.value(OWN[name], RDFS.comment), name
        assert published.value(OWN[name], RDFS.isDefinedBy) == URIRef(VOCABULARY), name
    assert not [node for node in published.all_nodes() if isinstance(node, BNode)]
    assert (URIRef(VOCABULARY), RDF.type, OWL.Ontology) in published


def test_every_own_word_of_the_model_is_a_term():
    model = load_rdf()
    for name, known in model.classes.items():
        words = {*known.types, *(one.property for one in (*known.fields.values(), *known.derived.values()))}
        own = {word.partition(":")[2] for word in words if word.startswith("newsloom:")}
        assert own <= set(model.terms), name


def test_relations_have_words_of_their_own(published):
    """No relation of the schema is called as a property of the model that means something else."""
    properties = {one.property for name in load_rdf().classes for one in load_rdf().properties(name).values()}
    for term in ("agent", "origin", "place", "respondsTo", "leads"):
        assert (OWN[term], RDF.type, OWL.ObjectProperty) in published
        assert f"newsloom:{term}" not in properties
    assert (OWN.agent, RDFS.subPropertyOf, SEM.hasActor) in published
    assert (OWN.agent, RDFS.domain, SEM.Event) in published


def test_domains_and_ranges(published):
    assert published.value(OWN.backwards, RDFS.domain) == OWN.Statement
    assert set(published.objects(OWN.confidence, RDFS.domain)) == set()  # of several classes, so of none by OWL
    assert set(published.objects(OWN.Evidence, RDFS.subClassOf)) >= {URIRef("http://www.w3.org/ns/prov#Entity")}


def test_what_a_graph_says_is_published(published):
    terms = {
        word.value
        for quad in rdf.quads(small_graph())
        for word in (quad.predicate, quad.object)
        if getattr(word, "value", "").startswith(f"{VOCABULARY}#")
    }
    concepts = {
        quad.object.value
        for quad in rdf.quads(small_graph())
        if getattr(quad.object, "value", "").startswith(f"{VOCABULARY}/")
    }
    assert terms
    assert concepts
    assert {URIRef(word) for word in terms | concepts} <= set(published.subjects())


def test_concepts(published):
    for scheme in ("plover/event", "plover/actor", "plover/place", "plover/role", "plover/sector", "cameo", "country"):
        iri = URIRef(f"{VOCABULARY}/{scheme}")
        assert (iri, RDF.type, SKOS.ConceptScheme) in published
        assert published.value(iri, SKOS.prefLabel)
        assert set(published.subjects(SKOS.inScheme, iri)), scheme
    for concept in published.subjects(RDF.type, SKOS.Concept):
        assert len(set(published.objects(concept, SKOS.prefLabel))) == 1, concept
        assert published.value(concept, SKOS.notation), concept


def test_matches(published):
    war = URIRef(f"{VOCABULARY}/plover/event/WAR")
    cameo = URIRef(f"{VOCABULARY}/cameo/14")
    assert (war, SKOS.exactMatch, URIRef("http://www.wikidata.org/entity/Q198")) in published
    assert (URIRef(f"{VOCABULARY}/plover/event/PROTEST"), SKOS.exactMatch, cameo) in published
    assert published.value(cameo, SKOS.notation) == Literal("14")
    assert (URIRef(f"{VOCABULARY}/cameo/175"), SKOS.broader, URIRef(f"{VOCABULARY}/cameo/17")) in published
    exact = list(published.objects(None, SKOS.exactMatch))
    assert len(exact) == len(set(exact))  # nothing is the same as two different things


def test_countries(published):
    syria = URIRef(f"{VOCABULARY}/country/SYR")
    assert published.value(syria, SKOS.notation) == Literal("SYR")
    assert published.value(syria, SKOS.exactMatch) == URIRef("https://sws.geonames.org/163843/")


def test_the_verb(call, tmp_path):
    code, out, err = call("schema", "--rdf")
    assert (code, err) == (0, "")
    assert "newsloom:leadsTo a rdf:Property , owl:ObjectProperty ;" in out
    code, out, _ = call("schema", "--shacl")
    assert code == 0
    assert "shapes:Event a sh:NodeShape ;" in out
    code, out, _ = call("schema", "--context")
    context = json.loads("\n".join(out))["@context"]
    assert code == 0
    assert context["evidence"] == {"@id": "newsloom:evidence", "@type": "@id"}
    assert "leave out list" in fails(call, 2, "schema", "--rdf", "list")
    own = tmp_path / "mine.yaml"
    own.write_text(
        "extends: plover\nname: mine\nevents: {RAID: {extends: ASSAULT, definition: A raid.}}\n", encoding="utf-8"
    )
    _, out, _ = call("schema", "--schema", str(own), "--rdf")
    assert any(line.startswith(f"<{VOCABULARY}/mine/event/RAID>") for line in out)
