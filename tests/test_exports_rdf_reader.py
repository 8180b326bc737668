"""RDF back to a graph: nothing is lost in any syntax, edits are read as they say, faults are told in one line."""

import gzip
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec
import pyoxigraph as ox
import pytest
from hostile import ATTACKS, hostile_graph
from hypothesis import given, settings
from hypothesis import strategies as st
from random_graphs import graphs, random_graph
from small import small_graph

from newsloom import exports
from newsloom.exports import rdf
from newsloom.exports.rdf.decoding import Decoding
from newsloom.exports.rdf.reader import graph_of, read
from newsloom.graph.model import Graph
from newsloom.schemas.errors import InputError, UsageError
from newsloom.schemas.rdf import load_rdf

SUFFIXES = (".trig", ".nq", ".jsonld", ".ttl", ".nt", ".rdf")
IN_XML = st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff", include_characters="\t\n\r")
BASE = "https://newsloom.invalid/"
OWN = "https://newsloom.invalid/vocabulary#"
CONCEPTS = "https://newsloom.invalid/vocabulary/plover/"
PLACE = f"a sem:Place ; rdfs:label 'x' ; sem:placeType <{CONCEPTS}place/City> ."
PREFIXES = "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in {**load_rdf().prefixes, "newsloom": OWN}.items())


def again(graph: Graph, suffix: str) -> Graph:
    """The graph written and read."""
    with TemporaryDirectory() as folder:
        (path,) = exports.write(graph, Path(folder, f"graph{suffix}"))
        return read(path)


def assert_same(found: Graph, graph: Graph) -> None:
    def ends(relation):
        return relation.source, relation.type, relation.target

    assert found.schema == graph.schema
    assert found.readings == graph.readings
    assert found.nodes == graph.nodes
    assert found.relations == tuple(sorted(graph.relations, key=ends))
    assert found.resolution == graph.resolution
    assert (found.refused, found.dropped, found.merges) == (graph.refused, graph.dropped, graph.merges)


@pytest.fixture(scope="module")
def quads():
    """The small graph as quads, to change them by hand."""
    return tuple(rdf.quads(small_graph()))


@pytest.fixture
def changed(quads):
    """A function to the small graph read again with other values of one property, and with more in Turtle."""

    def change(iri: str = "", property: str = "", values: str = "", more: str = "") -> Graph:
        said = f"<{iri}> {property} {values} ." if values else ""
        added = [quad.triple for quad in ox.parse(f"{PREFIXES}{said}{more}", format=ox.RdfFormat.TURTLE, base_iri=BASE)]
        gone = None
        if iri:
            whole = f"{PREFIXES}<{iri}> {property} 1 ."
            (gone,) = [(one.subject, one.predicate) for one in ox.parse(whole, ox.RdfFormat.TURTLE, base_iri=BASE)]
            assert any((quad.subject, quad.predicate) == gone for quad in quads)
        return graph_of([*added, *(quad for quad in quads if (quad.subject, quad.predicate) != gone)])

    return change


# --- nothing is lost


@given(graph=graphs(), suffix=st.sampled_from(SUFFIXES[:-1]))
@settings(max_examples=100, deadline=None)
def test_nothing_is_lost(graph, suffix):
    assert_same(again(graph, suffix), graph)


@given(graph=graphs(IN_XML))
@settings(max_examples=30, deadline=None)
def test_nothing_is_lost_in_xml(graph):
    assert_same(again(graph, ".rdf"), graph)


@pytest.mark.parametrize("suffix", [*SUFFIXES, ".trig.gz"])
def test_nothing_is_lost_of_a_larger_graph(suffix):
    graph = random_graph(1, 60)
    assert_same(again(graph, suffix), graph)


@pytest.mark.parametrize("attack", [name for name in ATTACKS if name != "surrogate"])
def test_nothing_is_lost_of_hostile_texts(attack):
    graph = hostile_graph(ATTACKS[attack])
    assert_same(again(graph, ".trig"), graph)


@pytest.fixture(scope="module")
def json(demo, tmp_path_factory):
    """The sample articles' graph as interchange JSON."""
    (path,) = exports.write(demo, tmp_path_factory.mktemp("demo") / "demo.json")
    return path.read_bytes()


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_the_demo_comes_back(demo, json, tmp_path, suffix):
    found = again(demo, suffix)
    assert_same(found, demo)
    (path,) = exports.write(found, tmp_path / "demo.json")
    assert path.read_bytes() == json


def test_what_is_written_again_is_the_same_file(demo, tmp_path):
    (first,) = exports.write(demo, tmp_path / "first.trig")
    (second,) = exports.write(read(first), tmp_path / "second.trig")
    assert first.read_bytes() == second.read_bytes()


@pytest.mark.parametrize("suffix", [".trig", ".ttl.gz", ".rdf"])
def test_import_and_what_is_said_of_a_fault(call, place, suffix):
    exports.write(small_graph(), place / "small.json")
    exports.write(small_graph(), place / f"small{suffix}")
    assert call("import", f"small{suffix}", "-o", "again.json")[0] == 0
    assert (place / "again.json").read_bytes() == (place / "small.json").read_bytes()
    (place / "bad.trig").write_text("<a> <b> <c> .")
    code, _, said = call("import", "bad.trig", "-o", "again.json")
    assert (code, said.strip().count("\n")) == (3, 0)
    assert "bad.trig: this is not TriG" in said


@pytest.mark.parametrize("base", ["https://example.org/news/", "http://example.org/é/"])
def test_the_base_is_found(tmp_path, base):
    graph = small_graph()
    rdf.write(graph, tmp_path / "graph.nq", base=base)
    assert_same(read(tmp_path / "graph.nq"), graph)


def test_one_of_two_graphs():
    one, two = small_graph(), random_graph(5)
    both = [*rdf.quads(one), *rdf.quads(two, "https://example.org/")]
    with pytest.raises(InputError, match=r"RDF: 2 graphs of newsloom"):
        graph_of(both)


def test_reifiers_are_passed_over(tmp_path):
    rdf.write(small_graph(), tmp_path / "graph.ttl", reify=True)
    assert "reifies" in (tmp_path / "graph.ttl").read_text(encoding="utf-8")
    assert_same(read(tmp_path / "graph.ttl"), small_graph())


def test_the_order_of_triples_does_not_matter():
    graph = random_graph(2, 10)
    assert_same(graph_of(sorted(rdf.quads(graph), key=str, reverse=True)), graph)


def test_triples_said_twice_count_once():
    graph = random_graph(2, 10)
    assert_same(graph_of([*rdf.quads(graph), *(quad.triple for quad in rdf.quads(graph))]), graph)


def test_the_same_seed_gives_the_same_graph():
    assert_same(random_graph(3, 20), random_graph(3, 20))
    assert random_graph(3, 20).nodes != random_graph(4, 20).nodes


# --- what somebody has changed or added


def test_a_label_that_was_changed(changed):
    assert changed("event/respond", "rdfs:label", '"Israel answers"@en').nodes["event/respond"].name == "Israel answers"


def test_other_datatypes_and_spellings(changed):
    graph = changed("event/strike", "newsloom:killed", '"+07"^^xsd:int', '<event/strike> newsloom:injured "12" .')
    assert (graph.nodes["event/strike"].killed, graph.nodes["event/strike"].injured) == (7, 12)


def test_a_node_that_was_added(changed):
    more = f"""
        <actor/Reuben%20%2F%20Sons> a sem:Actor ; rdfs:label "Reuben & Sons" ; sem:actorType <{CONCEPTS}actor/Company> .
        <relation/mine> a newsloom:Statement ; rdf:subject <event/vow> ; newsloom:relation "says" ;
            rdf:object <actor/Reuben%20%2F%20Sons> ; newsloom:confidence 1 ; newsloom:factuality "alleged" ;
            newsloom:evidence [ prov:wasDerivedFrom <article/a2> ; nif:beginIndex 0 ; nif:endIndex 64 ;
                newsloom:rule <rule/hand> ; newsloom:confidence 5e-1 ; newsloom:factuality "asserted" ] ."""
    graph = changed(more=more)
    actor = graph.nodes["actor/Reuben / Sons"]
    assert (actor.name, actor.type, actor.aliases, actor.country) == ("Reuben & Sons", "Company", (), None)
    (relation,) = [one for one in graph.relations if one.target == actor.id]
    assert (relation.confidence, relation.factuality, relation.backwards) == (1.0, "alleged", False)
    assert [(one.start, one.end, one.confidence, one.rule) for one in relation.evidence] == [(0, 64, 0.5, "hand")]


def test_an_order_of_fewer_values_is_passed_over(changed):
    more = """<event/vow> newsloom:order "aliases: 1 0" , "reasons: 1 0" ; schema:alternateName "c" , "a" , "b" ;
        newsloom:reason "one" , "two" ."""
    event = changed(more=more).nodes["event/vow"]
    assert (event.aliases, event.reasons) == (("a", "b", "c"), ("two", "one"))


def test_foreign_triples_are_passed_over(changed):
    more = """<event/vow> <http://example.org/note> "mine" , <event/strike> , [] .
        <http://example.org/x> a <http://example.org/Event> ; newsloom:killed "many" ; rdfs:label "x" ."""
    assert_same(changed(more=more), small_graph())


# --- what can be wrong


FAULTS = {
    ("article/a1", "schema:datePublished", '"on Sunday"'): "Invalid isoformat string: 'on Sunday'.",
    ("event/respond", "rdfs:label", ""): "has no rdfs:label.",
    ("event/respond", "rdfs:label", "<x>"): "has a rdfs:label that cannot be read: '<{base}x>' is no literal.",
    ("event/respond", "newsloom:factuality", '"so"'): "'so' is none of asserted, negated, planned, hypo",
    ("event/strike", "newsloom:killed", '"seven"'): "newsloom:killed that cannot be read: 'seven' is no whole number.",
    ("event/strike", "newsloom:killed", "7.5"): "'7.5' is no whole number.",
    ("event/strike", "newsloom:killed", "9" * 5000): "99'... is no whole number.",
    ("event/strike", "newsloom:killed", "7 , 8"): "has 2 values of newsloom:killed instead of one: '7', '8'.",
    ("event/strike", "newsloom:killed", "[]"): "is no literal.",
    ("event/strike", "newsloom:timeRule", '"month-day"'): "is no resource.",
    ("event/strike", "newsloom:intensity", "-11"): "-11.0 is not between -10 and 10.",
    ("event/vow", "sem:hasLatestEndTimeStamp", '"15 April"'): "'15 April' is no day such as 2024-04-13.",
    ("event/vow", "sem:hasLatestEndTimeStamp", '"2024-02-30"^^xsd:date'): "day is out of range for month.",
    ("event/vow", "sem:hasLatestEndTimeStamp", '"9999-12-31"^^xsd:date'): "date value out of range.",
    ("event/vow", "sem:eventType", "<x>"): "is not of the shape https://newsloom.invalid/vocabulary/SCHEMA/event/NAME.",
    ("event/vow", "sem:eventType", f"<{CONCEPTS}actor/State>"): "SCHEMA/event/NAME.",
    ("place/damascus", "schema:containedInPlace", "<place/gone>"): "is no event, actor, place or report of this file.",
    ("actor/iran", "gaf:denotedBy", "<mention/gone>"): "is no mention of this file.",
    ("graph/article/a2", "prov:wasDerivedFrom", "<article/gone>"): "is no article of this file.",
    ("graph/woven", "newsloom:schema", '"../words.yaml"'): "which holds the vocabulary '../words.yaml'.",
}  # fmt: skip
MORE = {
    "<event/vow> newsloom:partialDate 'October' .": "newsloom:partialDate that cannot be read: Expected `str` matching",
    "<event/respond> sem:hasEarliestBeginTimeStamp '2024-04-16' .": "<{base}event/respond> has no newsloom:precision.",
    "<event/vow> a sem:Place .": "<{base}event/vow> has no sem:placeType.",
    f"<event/vow> a sem:Place ; sem:placeType <{CONCEPTS}place/City> .": "<{base}event/vow> is both event and Place.",
    f"<http://evil.example/x> {PLACE}": "'http://evil.example/x' does not begin with the base, {base}.",
    f"[] {PLACE}": "does not begin with the base, {base}.",
    f"<place/%73yria> {PLACE}": "has the id 'place/syria', which <{base}place/",
    f"<place/%C3> {PLACE}": "unexpected end of data",
    "<mention/a1%3A89-97%3Aplace> newsloom:liesIn <k> . <k> newsloom:name 'k' ; newsloom:liesIn <k> .": "in itself",
    "<event/vow> newsloom:order 'aliases: one two' .": "unlike 'aliases: 1 0 2': 'aliases: one two'.",
    "<graph/woven> newsloom:schemaSource '[1]' .": "has a newsloom:schemaSource that is no mapping.",
    "<graph/woven> newsloom:schemaSource '{' .": "has a newsloom:schemaSource that cannot be read: ",
    f"<graph/woven> newsloom:schemaSource '{'[' * 99999}' .": "has a newsloom:schemaSource that cannot be read: ",
    "<graph/woven> newsloom:schemaSource '{\"events\": 3}' .": "has a newsloom:schemaSource that cannot be used: ",
    "<a> a schema:NewsArticle ; schema:identifier 'a' ; nif:isString '' .": "<{base}a> has no newsloom:ArticleGraph",
    "<a> a schema:NewsArticle ; schema:identifier 'a1' ; nif:isString '' .": "has the id 'a1', which <{base}a",
}  # fmt: skip


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: f"{' '.join(fault):.80}")
def test_a_fault_is_told(changed, fault):
    with pytest.raises(InputError) as caught:
        changed(*fault)
    message = str(caught.value)
    assert message.startswith(f"RDF: <{BASE}{fault[0]}> has ")
    assert FAULTS[fault].format(base=BASE) in message
    assert message.isprintable()
    assert len(message) < 400


@pytest.mark.parametrize("more", MORE, ids=lambda more: f"{more:.80}")
def test_a_fault_in_what_was_added(changed, more):
    with pytest.raises(InputError) as caught:
        changed(more=more)
    message = str(caught.value)
    assert message.startswith("RDF: ")
    assert MORE[more].format(base=BASE) in message
    assert message.isprintable()
    assert len(message) < 400


def test_places_too_deep_in_one_another(changed):
    chain = "\n".join(f'<k/{n}> newsloom:name "n" ; newsloom:liesIn <k/{n + 1}> .' for n in range(5000))
    with pytest.raises(InputError, match="more than 50 deep"):
        changed(more=f"<mention/a1%3A89-97%3Aplace> newsloom:liesIn <k/0> .\n{chain}")


def test_a_fault_names_the_file(tmp_path):
    (path,) = exports.write(small_graph(), tmp_path / "graph.nt")
    path.write_text(path.read_text(encoding="utf-8").replace('"7"', '"seven"'), encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read(path)
    assert str(caught.value).startswith(f"{path}: <{BASE}")


NOT_RDF = {
    ".ttl": (b"\xff\xfe no turtle", "is not Turtle"),
    ".trig": (b"<http://e.example/a> <http://e.example/b> 'open\n", "is not TriG"),
    ".nq": (b"hello\nworld\n", "is not N-Quads"),
    ".nt": (b"<http://e.example/a> .", "is not N-Triples"),
    ".jsonld": (b'{"@id": [', "is not JSON-LD"),
    ".rdf": (b"<html>", "is not RDF/XML"),
    ".ttl.gz": (b"no gzip", "cannot be read"),
    ".nq.gz": (
        gzip.compress(b"<http://e.example/a> <http://e.example/b> <http://e.example/c> .\n" * 999)[:-9],
        "cannot be read",
    ),
}


@pytest.mark.parametrize("suffix", NOT_RDF)
def test_no_rdf(tmp_path, suffix):
    content, told = NOT_RDF[suffix]
    path = tmp_path / f"graph{suffix}"
    path.write_bytes(content)
    with pytest.raises(InputError) as caught:
        read(path)
    assert str(caught.value).startswith(f"{path}: ")
    assert told in str(caught.value)
    assert "\n" not in str(caught.value)


def test_json_ld_asks_nothing_of_any_network(tmp_path):
    path = tmp_path / "graph.jsonld"
    path.write_text('{"@context": "http://evil.example/context", "@id": "http://e.example/a"}')
    with pytest.raises(InputError, match="is not JSON-LD"):
        read(path)


@pytest.mark.parametrize("content", ["", "<http://e.example/a> a <http://e.example/b#WovenGraph> ."])
def test_rdf_without_a_graph_of_newsloom(tmp_path, content):
    path = tmp_path / "other.ttl"
    path.write_text(content)
    with pytest.raises(InputError, match=r"other\.ttl: no graph of newsloom"):
        read(path)


def test_no_graph_under_that_base():
    with pytest.raises(InputError, match=r"no graph of newsloom under 'https://example\.org/'"):
        graph_of(rdf.quads(small_graph()), "https://example.org/")


def test_no_such_file(tmp_path):
    with pytest.raises(InputError, match="cannot be read"):
        read(tmp_path / "none.ttl")
    (tmp_path / "folder.nq").mkdir()
    with pytest.raises(InputError, match="cannot be read"):
        read(tmp_path / "folder.nq")


def test_an_unknown_suffix(tmp_path):
    with pytest.raises(UsageError, match=r"\.trig"):
        read(tmp_path / "graph.txt")


# --- values


ARTICLE, MENTION, NODE = f"{BASE}article/a1", f"{BASE}mention/a1%3A0-4", f"{BASE}actor/a%2Fb"
DECODING = Decoding(BASE, OWN, {NODE}, {MENTION}, {ARTICLE: "a1"})
VALUES = {
    ("text", str, " a\n"): " a\n",
    ("stamp", str, "2024-04-14T09:30"): "2024-04-14T09:30",
    ("integer", int, "-3"): -3,
    ("index", int, "+3"): 3,
    ("number", float, "7"): 7.0,
    ("number", float | None, "-INF"): float("-inf"),
    ("number", int | None, "9007199254740993"): 2**53 + 1,
    ("decimal", float, "0.0000001"): 1e-7,
    ("decimal", float, ".5"): 0.5,
    ("boolean", bool, "1"): True,
    ("date", date, "2024-04-13"): date(2024, 4, 13),
    ("last-day", date | None, "2024-02-28"): date(2024, 2, 29),
    ("binary", bytes, "AP8="): b"\x00\xff",
    ("json", tuple[tuple[str, int], ...], '[["a", 1]]'): (("a", 1),),
    ("web", str, "no iri"): "no iri",
    ("web", str, "<https://example.org/é>"): "https://example.org/é",
    ("node", str, f"<{NODE}>"): "actor/a/b",
    ("mention", str, f"<{MENTION}>"): "a1:0-4",
    ("article", str, f"<{ARTICLE}>"): "a1",
    ("words", tuple, f"<{ARTICLE}#char=3,14>"): (3, 14),
    ("rule", str, f"<{BASE}rule/cue%3A%2E%2E%2F>"): "cue:../",
    ("rule", str, f"<{BASE}rule/%FF>"): "",
    ("publisher", str, f"<{BASE}source/Example%20Wire>"): "Example Wire",
    ("concept:event", str, "<https://newsloom.invalid/vocabulary/my%2Fown/event/A%20B>"): "A B",
    ("mode", str, "<https://newsloom.invalid/vocabulary/plover/event/ASSAULT/aerial>"): "aerial",
}
BAD_VALUES = (
    *(("integer", int, words) for words in ("", "1_000", "٣", "1.0", "0x1", " 1", "9" * 200)),
    *(("index", int, words) for words in ("-1", "one")),
    *(("number", float, words) for words in ("nan", "1,5", "1e", "inf", "١")),
    *(("boolean", bool, words) for words in ("True", "yes", "")),
    *(("date", date, words) for words in ("20240413", "2024-W15-6", "2024-04-13Z", "-2024-04-13", "2024-13-01")),
    *(("binary", bytes, words) for words in ("a", "####", "é")),
    *(("json", tuple[str, ...], words) for words in ("", "{", "[1]", "[" * 100_000)),
    *(("node", str, words) for words in ("actor/a", f"<{BASE}actor/gone>", f"<{MENTION}>")),
    *(("mention", str, words) for words in (f"<{BASE}mention/gone>", f"<{NODE}>")),
    *(("words", tuple, f"<{iri}>") for iri in (ARTICLE, f"{BASE}x#char=0,1", f"{ARTICLE}#char=0")),
    *(("rule", str, f"<{iri}>") for iri in (f"{BASE}rule/", f"{BASE}rule/a/b", f"{BASE}rules/a", "http://evil.example/rule/a")),
    *(("rule", str, f"<{BASE}rule/%C3>"), ("rule", str, "a")),
    *(("mode", str, f"<{iri}>") for iri in ("https://newsloom.invalid/vocabulary/plover/event/ASSAULT", NODE)),
)  # fmt: skip


def _term(words: str):
    return ox.NamedNode(words[1:-1]) if words[:1] + words[-1:] == "<>" and ":" in words else ox.Literal(words)


@pytest.mark.parametrize(("kind", "type", "words"), VALUES)
def test_value(kind, type, words):
    assert DECODING.of(kind, type)(_term(words)) == VALUES[kind, type, words]


@pytest.mark.parametrize(("kind", "type", "words"), BAD_VALUES)
def test_value_that_is_none(kind, type, words):
    with pytest.raises((ValueError, msgspec.MsgspecError, RecursionError)):
        DECODING.of(kind, type)(_term(words))


def test_every_kind_of_value_has_a_function():
    model = load_rdf()
    kinds = {field.value for known in model.classes.values() for field in known.fields.values() if not field.flat}
    assert [kind for kind in sorted(kinds) if DECODING.of(kind, str) is None and kind not in model.classes] == []
