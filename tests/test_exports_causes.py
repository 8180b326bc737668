"""Causes that are denied, claimed, merely possible or against time, in every format."""

import csv
import json
from pathlib import Path

import jsonschema
import networkx as nx
import pyoxigraph as ox
import pytest
from filled import filled
from msgspec import structs
from small import small_graph

from newsloom import exports
from newsloom.exports import interchange
from newsloom.exports.explorer.parts import part
from newsloom.exports.explorer.stories import effects_of
from newsloom.exports.rdf import quads
from newsloom.exports.rdf.names import Names
from newsloom.exports.rdf.vocabulary import NAMESPACES
from newsloom.graph.model import Graph
from newsloom.graph.types import Evidence, Relation

BASE = "https://newsloom.invalid/"
SCHEMA = json.loads(Path(interchange.__file__).with_name("interchange.schema.json").read_text())
PREFIXES = "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in NAMESPACES.items())


def _relation(source: str, type: str, target: str, factuality="asserted", by=None, **fields) -> Relation:
    evidence = Evidence("a2", 0, 63, "cue:causes/lead to", 0.8, (0, 5), claimed_by=by, factuality=factuality)
    return Relation(f"event/{source}", type, f"event/{target}", 0.8, (evidence,), factuality, **fields)


CAUSES = (
    _relation("strike", "causes", "launch", "alleged", "actor/iran"),
    _relation("strike", "causes", "vow", "negated", "actor/israel"),
    _relation("launch", "causes", "respond", "hypothetical"),
    _relation("launch", "intends-to-cause", "respond"),
    _relation("vow", "causes", "strike", backwards=True),
)


@pytest.fixture(scope="module")
def graph():
    """The small graph with causes instead of answers; one link between mentions is a denial by Israel."""
    small = small_graph()
    kept = [relation for relation in small.relations if relation.type != "responds-to"]
    first, second = small.readings
    denier = second.mentions[2].id
    links = [
        structs.replace(link, factuality="negated", claimed_by=denier) if link.type == "responds-to" else link
        for link in second.links
    ]
    readings = (first, structs.replace(second, links=tuple(links)))
    return Graph(small.schema, readings, small.nodes.values(), [*kept, *CAUSES], small.resolution)


def _events(relation) -> tuple[str, str]:
    return relation["source"].removeprefix("event/"), relation["target"].removeprefix("event/")


def test_json(graph, tmp_path):
    (path,) = exports.write(graph, tmp_path / "graph.json")
    found = json.loads(path.read_text(encoding="utf-8"))
    jsonschema.validate(found, SCHEMA, cls=jsonschema.Draft202012Validator)
    told = {(*_events(r), r["type"]): r for r in found["relations"] if r["type"] in ("causes", "intends-to-cause")}
    assert {ends: (r["factuality"], r["backwards"]) for ends, r in told.items()} == {
        ("strike", "launch", "causes"): ("alleged", False),
        ("strike", "vow", "causes"): ("negated", False),
        ("launch", "respond", "causes"): ("hypothetical", False),
        ("launch", "respond", "intends-to-cause"): ("asserted", False),
        ("vow", "strike", "causes"): ("asserted", True),
    }
    (evidence,) = told["strike", "vow", "causes"]["evidence"]
    assert (evidence["factuality"], evidence["claimed_by"]) == ("negated", "actor/israel")
    given = [link for link in found["links"] if "factuality" in link or "claimed_by" in link]
    assert [(link["type"], link["factuality"], link["claimed_by"]) for link in given] == [
        ("responds-to", "negated", "a2:40-46:actor")
    ]


READERS = {".graphml": lambda path: nx.read_graphml(path, force_multigraph=True), ".gexf": nx.read_gexf}


@pytest.mark.parametrize(("suffix", "read"), READERS.items())
def test_graphml_and_gexf(graph, tmp_path, suffix, read):
    (path,) = exports.write(graph, tmp_path / f"graph{suffix}")
    found = {
        (source, target, data.get("relation") or data["type"]): (data["factuality"], data["backwards"])
        for source, target, data in read(path).edges(data=True)
    }
    for cause in CAUSES:
        assert found[cause.source, cause.target, cause.type] == (cause.factuality, cause.backwards)


def test_tables(graph, tmp_path):
    edges, _ = exports.write(graph, tmp_path / "graph.csv")
    rows = list(csv.DictReader(edges.open(encoding="utf-8", newline="")))
    found = {(r[":START_ID"], r[":TYPE"], r[":END_ID"]): (r["factuality"], r["backwards:boolean"]) for r in rows}
    for cause in CAUSES:
        assert found[cause.source, cause.type, cause.target] == (cause.factuality, str(cause.backwards).lower())


def test_networkx(graph):
    for cause in CAUSES:
        data = graph.nx.edges[cause.source, cause.target, cause.type]
        assert (data["factuality"], data["backwards"]) == (cause.factuality, cause.backwards)


@pytest.fixture(scope="module")
def ask(graph):
    """A function from a SPARQL query to its rows, as tuples of values with the base and the word event/ cut off."""
    store = ox.Store()
    store.extend(quads(graph))
    prefixes = f"{PREFIXES}PREFIX newsloom: <{Names(graph).vocabulary}>\n"

    def rows(query: str) -> list[tuple[str, ...]]:
        solutions = store.query(prefixes + query, use_default_graph_as_union=True)
        return sorted(tuple(term.value.removeprefix(BASE).removeprefix("event/") for term in row) for row in solutions)

    return rows


def test_rdf_states_only_what_is_said_to_hold(ask):
    assert ask("SELECT ?a ?b { ?a faro:causes ?b }") == [("strike", "launch"), ("vow", "strike")]
    assert ask("SELECT ?a ?b { ?a faro:intends_to_cause ?b }") == [("launch", "respond")]
    assert ask("SELECT ?a ?b { ?a newsloom:leadsTo ?b }") == [("strike", "launch")]
    assert ask("SELECT ?a ?b { ?a faro:does_not_cause ?b }") == [("strike", "vow")]


def test_rdf_tells_the_status_of_every_statement(ask):
    query = """SELECT ?a ?b ?factuality ?back { ?s rdf:subject ?a ; rdf:object ?b ; rdf:predicate faro:causes ;
        newsloom:factuality ?factuality ; newsloom:backwards ?back }"""
    assert ask(query) == [
        ("launch", "respond", "hypothetical", "false"),
        ("strike", "launch", "alleged", "false"),
        ("strike", "vow", "negated", "false"),
        ("vow", "strike", "asserted", "true"),
    ]
    evidence = """SELECT ?a ?b ?said ?who { ?s rdf:subject ?a ; rdf:object ?b ; newsloom:evidence ?e ;
        newsloom:relation "causes" .
        ?e newsloom:factuality ?said ; prov:wasAttributedTo ?who . ?who a sem:Actor }"""
    assert ask(evidence) == [
        ("strike", "launch", "alleged", "actor/iran"),
        ("strike", "vow", "negated", "actor/israel"),
    ]


def test_the_page_knows_what_is_doubted(graph):
    shown = filled(part(graph))
    kinds = ("causes", "intends-to-cause")
    found = {(*_events(r), r["type"]): r for r in shown["relations"] if r["type"] in kinds}
    assert {ends: (r["factuality"], r["backwards"], r["claimed"]) for ends, r in found.items()} == {
        ("strike", "launch", "causes"): ("alleged", False, True),
        ("strike", "vow", "causes"): ("negated", False, True),
        ("launch", "respond", "causes"): ("hypothetical", False, False),
        ("launch", "respond", "intends-to-cause"): ("asserted", False, False),
        ("vow", "strike", "causes"): ("asserted", True, False),
    }
    (proof,) = found["strike", "vow", "causes"]["evidence"]
    assert (proof["factuality"], proof["says"]) == ("negated", "actor/israel")


def test_stories_run_along_what_holds(graph):
    effects = effects_of(graph, {event.id for event in graph.events})
    assert effects == {"event/strike": ["event/launch"], "event/launch": ["event/respond", "event/respond"]}
