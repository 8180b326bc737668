"""SHACL: nothing is wrong with what newsloom writes, and each planted fault is found where it is."""

import gzip
import json
from pathlib import Path

import pytest
from calling import fails
from hostile import hostile_graph
from msgspec import Struct
from pyoxigraph import Quad, RdfFormat, Store, serialize
from small import small_graph, small_readings

from newsloom.exports import rdf
from newsloom.exports.rdf.shapes import shapes
from newsloom.exports.rdf.validation import check, validate
from newsloom.graph.model import Graph
from newsloom.graph.types import Event
from newsloom.schemas import load_schema
from newsloom.schemas.errors import InputError, UsageError
from newsloom.schemas.rdf import load_rdf

GOLDEN = Path(__file__).parent / "golden"
PREFIXES = "BASE <https://newsloom.invalid/>\n" + "".join(
    f"PREFIX {prefix}: <{iri}>\n"
    for prefix, iri in {**load_rdf().prefixes, "": "https://newsloom.invalid/vocabulary#"}.items()
)
STRIKE = "VALUES ?node { <event/strike> }"
ISRAEL = "VALUES ?node { <place/israel> }"
ARTICLE = "VALUES ?node { <article/a1> }"
STATEMENT = "?node rdf:subject <event/launch> ; rdf:object <actor/iran>"
EVIDENCE = "?node a :Evidence ; :claimant <actor/iran>"
MENTION = "?node a :EventMention ; nif:anchorOf 'launched' ; nif:referenceContext <article/a1>"


class Fault(Struct, frozen=True):
    """A fault, the pattern of the resource that gets it, how, and what is to be found there."""

    name: str
    at: str
    update: str
    property: str
    problem: str
    others: int = 0  # how many more findings it may cause


def lose(property: str) -> str:
    return f"DELETE {{ GRAPH ?g {{ ?node {property} ?o }} }} WHERE {{ AT GRAPH ?g {{ ?node {property} ?o }} }}"


def gain(property: str, value: str) -> str:
    return f"INSERT {{ GRAPH <graph/woven> {{ ?node {property} {value} }} }} WHERE {{ AT }}"


def change(property: str, value: str) -> str:
    """The value is given anew before the old one is lost, so that the pattern of the resource still fits."""
    return (
        f"DELETE {{ GRAPH ?g {{ ?node {property} ?o }} }} INSERT {{ GRAPH ?g {{ ?node {property} {value} }} }} "
        f"WHERE {{ AT GRAPH ?g {{ ?node {property} ?o }} }}"
    )


MISSING, SEVERAL, DATATYPE = "is missing", "has more than one value", "has a value of the wrong datatype"
NOT_ALLOWED, WRONG_KIND = "has a value that is not allowed", "names something of the wrong kind"
NOT_DESCRIBED, BACKWARDS = "names something that is not described", "comes after its end"
FAULTS = (
    Fault("no label", STRIKE, lose("rdfs:label"), "rdfs:label", MISSING),
    Fault("two statuses", STRIKE, gain("faro:status", "faro:planned"), "faro:status", SEVERAL),
    Fault("unknown status", STRIKE, change("faro:status", "faro:likely"), "faro:status", NOT_ALLOWED),
    Fault("event without a type", STRIKE, lose("sem:eventType"), "sem:eventType", MISSING),
    Fault(
        "unknown event type",
        STRIKE,
        change("sem:eventType", "<vocabulary/plover/event/ASAULT>"),
        "sem:eventType",
        NOT_DESCRIBED,
    ),
    Fault("not said to be an event", STRIKE, lose("a"), "sem:eventType", "belongs to something else", 13),
    Fault("unknown factuality", STRIKE, change(":factuality", "'perhaps'"), "newsloom:factuality", NOT_ALLOWED),
    Fault(
        "latest day before the earliest",
        STRIKE,
        change("sem:hasLatestEndTimeStamp", "'2024-03-01'^^xsd:date"),
        "sem:hasEarliestBeginTimeStamp",
        BACKWARDS,
    ),
    Fault(
        "a day as text",
        STRIKE,
        change("sem:hasLatestEndTimeStamp", "'April 2024'"),
        "sem:hasLatestEndTimeStamp",
        DATATYPE,
        1,
    ),
    Fault(
        "a day that there is not",
        STRIKE,
        change("sem:hasLatestEndTimeStamp", "'2024-04-31'^^xsd:date"),
        "sem:hasLatestEndTimeStamp",
        DATATYPE,
    ),
    Fault("intensity -11", STRIKE, change(":intensity", "-11.0"), "newsloom:intensity", "is too small"),
    Fault("leads to a place", STRIKE, gain(":leadsTo", "<place/israel>"), "newsloom:leadsTo", WRONG_KIND),
    Fault("done by a place", STRIKE, gain(":agent", "<place/israel>"), "newsloom:agent", WRONG_KIND),
    Fault("latitude 200", ISRAEL, change("wgs:lat", "200.0"), "wgs:lat", "is too large"),
    Fault("two texts", ARTICLE, gain("nif:isString", "'Another text.'"), "nif:isString", SEVERAL),
    Fault("no evidence", STATEMENT, lose(":evidence"), "newsloom:evidence", MISSING),
    Fault("confidence 1.7", STATEMENT, change(":confidence", "1.7"), "newsloom:confidence", "is too large"),
    Fault("confidence as text", STATEMENT, change(":confidence", "'0.9'"), "newsloom:confidence", DATATYPE),
    Fault("dangling object", STATEMENT, change("rdf:object", "<actor/nobody>"), "rdf:object", NOT_DESCRIBED),
    Fault("blank object", STATEMENT, change("rdf:object", "[]"), "rdf:object", "has a value that is no IRI"),
    Fault("evidence without article", EVIDENCE, lose("prov:wasDerivedFrom"), "prov:wasDerivedFrom", MISSING),
    Fault("claimed by an event", EVIDENCE, change(":claimant", "<event/strike>"), "newsloom:claimant", WRONG_KIND),
    Fault("no offsets", MENTION, lose("nif:beginIndex"), "nif:beginIndex", MISSING),
    Fault(
        "end before begin", MENTION, change("nif:endIndex", "'1'^^xsd:nonNegativeInteger"), "nif:beginIndex", BACKWARDS
    ),
    Fault("an offset below 0", MENTION, change("nif:beginIndex", "-1"), "nif:beginIndex", "is too small"),
    Fault("no words", MENTION, lose("nif:anchorOf"), "nif:anchorOf", MISSING),
    Fault("rule as text", MENTION, change(":rule", "'by-hand'"), "newsloom:rule", "has a value that is no IRI"),
)


@pytest.fixture(scope="module")
def exported() -> tuple[Quad, ...]:
    return tuple(rdf.quads(small_graph()))


def test_what_newsloom_writes_is_right(exported, schema):
    report = check(exported, schema)
    assert report.findings == ()
    assert {"article": 2, "event": 4, "actor": 2, "place": 3}.items() <= report.checked.items()
    assert all(report.checked[kind] for kind in ("statement", "piece of evidence", "event mention"))


def test_what_a_store_gives_back_is_right(exported, schema):
    """Oxigraph keeps the numbers and not their words: any whole number comes back as xsd:integer."""
    store = Store()
    store.bulk_extend(exported)
    assert check(list(store), schema).findings == ()


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_a_planted_fault_is_found(fault, exported, schema):
    store = Store()
    store.bulk_extend(exported)
    at = f"GRAPH ?w {{ {fault.at} }}"
    (node,) = {found["node"].value for found in store.query(f"{PREFIXES} SELECT ?node {{ {at} }}")}
    before = set(store)
    store.update(f"{PREFIXES} {fault.update.replace('AT', at)}")
    assert set(store) != before
    found = check(list(store), schema).findings
    told = {(one.node, one.property, one.problem) for one in found}
    assert (node, fault.property, fault.problem) in told
    assert len(told) <= 1 + fault.others
    assert all(one.rule for one in found)


def test_a_blank_node_is_found(exported):
    lines = (
        serialize(exported, format=RdfFormat.N_QUADS).decode().replace("<https://newsloom.invalid/place/israel>", "_:b")
    )
    (found,) = {(one.kind, one.property, one.problem) for one in check_text(lines) if one.node.startswith("_:")}
    assert found == ("place", "", "has no IRI")


def check_text(lines: str):
    store = Store()
    store.load(lines.encode(), format=RdfFormat.N_QUADS)
    return check(list(store)).findings


def test_order_does_not_matter(exported):
    faulty = [quad for quad in exported if not quad.predicate.value.endswith(("#label", "/eventType"))]
    report = check(faulty)
    assert report.findings
    assert check(reversed(faulty)) == report


@pytest.mark.parametrize("suffix", [".jsonld", ".nq", ".nt", ".rdf", ".trig", ".ttl"])
def test_golden_files_are_right(suffix, schema):
    assert validate(GOLDEN / f"small{suffix}", schema).findings == ()


def test_packed_files(schema, tmp_path):
    golden, packed = GOLDEN / "small.nq", tmp_path / "small.NQ.gz"
    packed.write_bytes(gzip.compress(golden.read_bytes()))
    assert validate(packed, schema) == validate(golden, schema)


@pytest.mark.slow
def test_the_demo_is_right(demo):
    report = check(rdf.quads(demo))
    assert report.findings == ()
    assert report.checked["statement"] > 200


@pytest.mark.parametrize("attack", ["markup", "control", "surrogate", "turtle", "iri", "empty"])
def test_hostile_texts_are_checked_like_others(attack, schema):
    """What is found is what is wrong with them: numbers that are none, types that the schema does not know."""
    found = check(rdf.quads(hostile_graph(attack)), schema).findings
    assert {(one.property, one.problem) for one in found} <= {
        ("newsloom:geonames", "is not written as it must be"),
        ("newsloom:wikidata", "is not written as it must be"),
        ("newsloom:sector", NOT_DESCRIBED),
        ("newsloom:mode", NOT_DESCRIBED),
        ("rdfs:label", SEVERAL),
    }


# --- the shapes themselves


def test_the_shapes_are_shapes():
    pyshacl = pytest.importorskip("pyshacl")
    from rdflib import BNode, Graph

    made = shapes(load_schema())
    graph = Graph().parse(data=made.turtle(), format="turtle")
    assert len(graph) == len(made.lines)
    assert not [node for node in graph.all_nodes() if isinstance(node, BNode)]
    conforms, _, said = pyshacl.validate(Graph(), shacl_graph=graph, meta_shacl=True)
    assert conforms, said
    assert made.turtle() == shapes(load_schema()).turtle()


def test_every_class_of_the_model_has_a_shape():
    made = shapes(load_schema())
    for name, known in load_rdf().classes.items():
        if known.types:
            assert f"{made.prefixes['shapes']}{name}" in made.meanings


# --- files and the command line


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("broken.ttl", "<a> <b>", "this is not Turtle"),
        ("broken.jsonld", "[", "this is not JSON-LD"),
        ("broken.rdf", "<rdf", "this is not RDF/XML"),
        ("empty.ttl", "", "not one triple"),
        ("other.ttl", "<http://example.org/a> <http://example.org/b> 1 .", "nothing of newsloom's"),
        (
            "others.ttl",
            "<http://example.org/a> a <http://semanticweb.cs.vu.nl/2009/11/sem/Event> .",
            "1 triples, 1 of a sem:Event",
        ),
        ("remote.jsonld", '{"@context": "https://example.org/context", "a": 1}', "this is not JSON-LD"),
        ("packed.ttl.gz", "no gzip", "gzip"),
    ],
)
def test_files_that_cannot_be_checked(name, text, message, tmp_path):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=message) as caught:
        validate(path)
    assert str(caught.value).startswith(str(path))


OWN = """
extends: plover
name: mine
prefixes: {newsloom: "https://example.org/terms#"}
events: {RAID: {extends: ASSAULT, definition: Troops come and go.}}
"""


def test_a_schema_of_ones_own_is_read_from_the_file(tmp_path):
    own = tmp_path / "mine.yaml"
    own.write_text(OWN, encoding="utf-8")
    readings = small_readings()
    nodes = [Event("event/raid", "RAID", "Raid", (), (readings[0].mentions[1].id,))]
    graph = Graph(load_schema(own), readings, nodes, (), {readings[0].mentions[1].id: "event/raid"})
    path = tmp_path / "own.trig"
    rdf.write(graph, path)
    report = validate(path)
    assert (report.findings, report.checked["event"]) == ((), 1)
    assert validate(path, load_schema(own)) == report
    with pytest.raises(InputError, match="name it with --schema"):
        validate(path, load_schema())
    path.write_text(
        path.read_text(encoding="utf-8").replace(r"\"extends\":\"ASSAULT", r"\"extends\":\"ASALT"), encoding="utf-8"
    )
    with pytest.raises(InputError, match=r"the schema that it holds cannot be used: .*Did you mean ASSAULT"):
        validate(path)


def test_names_of_files(tmp_path):
    with pytest.raises(InputError, match="No such file"):
        validate(tmp_path / "none.trig")
    with pytest.raises(UsageError, match=r"its suffix is none of \.jsonld, \.nq"):
        validate(tmp_path / "graph.json")


def test_the_verb(call, tmp_path, exported):
    right = tmp_path / "right.nq"
    serialize(exported, str(right), format=RdfFormat.N_QUADS)
    code, out, err = call("validate", str(right))
    assert (code, err) == (0, "")
    assert "2 articles, 4 events, 2 actors, 3 places" in out[0]
    assert out[-1] == "Nothing is wrong."
    wrong = tmp_path / "wrong.nq"
    serialize((quad for quad in exported if not quad.predicate.value.endswith("#label")), str(wrong), RdfFormat.N_QUADS)
    code, out, err = call("validate", str(wrong), "--top", "2")
    assert code == 3
    assert "event: rdfs:label is missing  (4)" in out
    assert "  and 2 more" in out
    assert "woven graph, event https://newsloom.invalid/event/launch" in "\n".join(out)
    assert err.startswith(f"error: {wrong}: ")
    code, out, _ = call("validate", str(wrong), "--json")
    told = json.loads("\n".join(out))
    assert code == 3
    assert told["checked"]["event"] == 4
    assert {"kind", "node", "property", "problem", "graphs"} <= told["findings"][0].keys()


def test_without_pyshacl(call, tmp_path, exported, monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "pyshacl", None)
    path = tmp_path / "graph.nq"
    serialize(exported, str(path), format=RdfFormat.N_QUADS)
    assert "pip install 'newsloom[validate]'" in fails(call, 2, "validate", str(path))


def test_hostile_names(call, tmp_path):
    text = "<https://newsloom.invalid/event/1> a <http://semanticweb.cs.vu.nl/2009/11/sem/Event> ; "
    text += '<http://www.w3.org/2000/01/rdf-schema#label> "a\\u001B[31m", "b\\nc" ; '
    text += '<https://newsloom.invalid/vocabulary#factuality> "asserted" .'
    path = tmp_path / "hostile.ttl"
    path.write_text(text, encoding="utf-8")
    code, out, _ = call("validate", str(path))
    assert code == 3
    assert "\x1b" not in "\n".join(out)
