"""SPARQL: queries with names, parameters that stay values, what is refused, and paths that are the hops of `why`."""

import csv
import io
import json
import re
import sys
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from calling import fails
from hostile import ATTACKS, hostile_graph
from hypothesis import given, settings
from hypothesis import strategies as st
from lettered import lines
from msgspec import structs
from small import small_graph
from timing import least

import newsloom
from newsloom.exports import queries, rdf
from newsloom.exports.queries import named, named_queries, reading, running
from newsloom.exports.queries.terms import plain_value
from newsloom.exports.rdf.vocabulary import NAMESPACES
from newsloom.graph.model import Graph
from newsloom.graph.types import AIM, Event
from newsloom.schemas.errors import InputError, NewsloomError, NotFound, Unclear, UsageError

sys.path.append(str(Path(__file__).parent / "benchmarks"))
from sparql_chains import by_asking, by_path, differences, made, varied

BASE = rdf.names.BASE
README = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")
NEEDED = {"event": "event/launch", "place": "Syria"}
PREFIXES = {**NAMESPACES, "newsloom": rdf.names.VOCABULARY}

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")


@pytest.fixture(scope="module")
def graph():
    return small_graph()


@pytest.fixture(scope="module")
def view(graph):
    """The small graph as rdflib has it, all named graphs as one."""
    dataset = newsloom.to_rdflib(graph)
    dataset.default_union = True
    return dataset


def needed(name: str) -> dict[str, str]:
    """The parameters that a query with a name has to have."""
    return {parameter.name: NEEDED[parameter.name] for parameter in named(name).parameters if parameter.needed}


# queries with names -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", named_queries())
def test_a_query_with_a_name_tells_what_it_is(name):
    query = named(name)
    assert 5 < len(query.title) < 60
    assert query.answers.endswith(".")
    told = re.findall(r"^# \?(\w+) \(", query.text, re.MULTILINE)
    assert sorted(told) == sorted(parameter.name for parameter in query.parameters if parameter.kind)
    assert len(told) == len(query.parameters)
    declared = dict(re.findall(r"PREFIX (\w+): <(.*)>", query.text))
    assert declared.items() <= PREFIXES.items()
    assert f"$ newsloom query {name}" in README


@pytest.mark.parametrize("name", named_queries())
def test_a_query_with_a_name_is_portable(name, graph, view):
    """rdflib gives the same rows; the file as it is, without parameters, is a query too."""
    own = newsloom.query(graph, name, **needed(name)).rows
    text = queries.written(named(name), needed(name), graph)
    others = [tuple(map(_of_rdflib, row)) for row in view.query(text)]
    assert others == list(own)
    assert own or name in (
        "who-to-whom",
        "told-differently",
        "undated-articles",
        "connected",
        "conflict-and-cooperation",
    )
    view.query(named(name).text)


def _of_rdflib(term):
    if isinstance(term, rdflib.Literal) and term.datatype:
        return plain_value(ox.Literal(str(term), datatype=ox.NamedNode(str(term.datatype))))
    return None if term is None else str(term)


@pytest.mark.parametrize("name", named_queries())
def test_what_is_loaded_suffices(name, graph, monkeypatch):
    whole = newsloom.query(graph, name, **needed(name))
    monkeypatch.setattr(running, "LARGE", 0)
    assert reading.properties(named(name).text, PREFIXES, BASE)
    assert newsloom.query(graph, name, **needed(name)) == whole


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("SELECT * { ?a newsloom:leadsTo* <b> }", {"leadsTo", "label"}),
        ("SELECT * { VALUES ?b { <x> } ?a newsloom:leadsTo* ?b }", {"leadsTo", "label"}),
        ("SELECT * { ?a (sem:hasTime/^newsloom:place)|rdfs:label ?b }", {"hasTime", "place", "label"}),
        ("SELECT * { ?a a sem:Event FILTER NOT EXISTS { ?a sem:hasTime ?t } }", {"type", "hasTime", "label"}),
        ("CONSTRUCT { ?a sem:hasPlace ?b } { ?a sem:hasTime ?b }", {"hasTime", "label"}),
        ("SELECT * { ?a newsloom:leadsTo* ?b }", None),
        ("SELECT * { ?a newsloom:leadsTo? ?b }", None),
        ("SELECT * { VALUES ?b { <x> UNDEF } ?a newsloom:leadsTo* ?b }", None),
        ("SELECT * { VALUES ?b { <x> } { SELECT ?a { ?a newsloom:leadsTo* ?b } } }", None),
        ("SELECT * { ?a a sem:Event MINUS { ?a ?p ?b } }", None),
        ("ASK { ?a !sem:hasTime ?b }", None),
        ("SELECT * { GRAPH ?g {} }", None),
        ("DESCRIBE <event/vow>", None),
    ],
)
def test_the_properties_that_a_query_can_see(text, seen):
    found = reading.properties(text, PREFIXES, BASE)
    assert seen == (None if found is None else {re.split("[#/]", name)[-1] for name in found})


# paths and `why` ------------------------------------------------------------------------------------------------------

STATUSES = """
A causes B
B causes C alleged
C causes D may
D causes E not
D causes F not
D causes F may in u
F enables G
H responds-to G
G prevents I
G causes I back
G causes J back
J responds-to G
G intends-to-cause K
K causes K
K causes L
L causes M x
M causes x
L causes A
"""


def same(graph: Graph, events=None) -> None:
    """The paths from and to some events (all) are the hops of `why` and `effects`; the graph is loaded once."""
    store = running.load(graph, BASE, None, False)
    for event in events or [node.id for node in graph.nodes.values() if isinstance(node, Event)]:
        for name in ("what-led-to", "what-followed"):
            ready = queries.ask(graph, named(name), {"event": event})
            ready.store = store
            assert not [*differences(graph, event, name, by_path(ready), by_asking(graph, event, name))]


def test_paths_are_the_hops_of_why_whatever_their_status():
    graph = lines(STATUSES)
    planned = [
        structs.replace(
            r, factuality="planned", evidence=tuple(structs.replace(e, factuality="planned") for e in r.evidence)
        )
        if (r.source, r.target) == ("A", "B")
        else r
        for r in graph.relations
    ]
    unsure = [structs.replace(r, confidence=0.0) if r.source == "F" else r for r in graph.relations]
    bare = [structs.replace(r, evidence=()) if r.source == "F" else r for r in graph.relations]
    for relations in (graph.relations, planned, unsure, bare):
        same(Graph(graph.schema, graph.readings, graph.nodes.values(), relations, {}))


@pytest.mark.parametrize(
    ("line", "holds"),
    [
        ("A causes B", "yes"),
        ("A causes B alleged", "yes"),
        ("A causes B x", "yes"),
        ("B responds-to A", "yes"),
        ("A causes B may", "perhaps"),
        (f"A {AIM} B", "perhaps"),
        ("A causes B may\nA causes B not in u", "perhaps"),
        ("A causes B may\nA causes B alleged in u", "yes"),
        ("A causes B not", None),
        ("A causes B back", None),
        ("A causes B back\nB responds-to A", None),
        ("A prevents B", None),
    ],
)
def test_what_a_hop_is_worth(line, holds):
    graph = lines(line)
    found = newsloom.query(graph, "what-led-to", event="B").rows
    assert [row[2] for row in found] == ([holds] if holds else [])
    assert {(hop.cause.id, hop.effect.id) for hop in graph.why("B").hops} == ({("A", "B")} if holds else set())


LINK = st.builds(
    "{} {} {} {}".format,
    st.sampled_from("ABCDEFG"),
    st.sampled_from(["causes", "causes", "responds-to", "enables", AIM, "prevents"]),
    st.sampled_from("ABCDEFG"),
    st.sampled_from(["", "", "", "may", "not", "alleged", "back", "0.3 in u"]),
)


@settings(max_examples=40, deadline=None)
@given(st.lists(LINK, min_size=1, max_size=14))
def test_paths_are_the_hops_of_why_in_any_graph(links):
    graph = lines("\n".join(links))
    same(graph)


@pytest.mark.parametrize("kind", ["news", "hubs", "circles"])
def test_paths_are_the_hops_of_why_in_larger_graphs(kind):
    graph = varied(made(kind, 1500))
    same(graph, sorted(graph.nodes)[::200])


@pytest.mark.slow
def test_paths_are_the_hops_of_why_in_the_samples(demo):
    same(demo)


# parameters -----------------------------------------------------------------------------------------------------------

ATTEMPTS = [
    'x" } UNION { ?s ?p ?o } #',
    "'''",
    "\\",
    "?outlet",
    "}",
    "\n",
    "<http://e/>",
    'Example Wire" "Example Post',
]


@pytest.mark.parametrize("value", [*ATTEMPTS, *ATTACKS.values()])
def test_words_stay_words(value, graph):
    assert newsloom.query(graph, "one-source", outlet=value).rows == ()
    ask = "SELECT ?a { VALUES ?name { UNDEF } ?a schema:name ?name }"
    assert newsloom.query(graph, ask, name=value).rows == ()


@pytest.mark.parametrize("attack", ATTACKS.values(), ids=ATTACKS.keys())
def test_nodes_with_hostile_names(attack):
    graph = hostile_graph(attack)
    vow = next(id for id in graph.nodes if id.startswith("event/vow"))
    assert len(newsloom.query(graph, "what-led-to", event=vow).rows) == 2
    syria = next(id for id in graph.nodes if id.startswith("place/syria"))
    given = {"event": vow, "place": syria}
    for name in named_queries():
        newsloom.query(graph, name, **{key: given[key] for key in needed(name)})
    assert len(newsloom.query(graph, "events-in", place=syria).rows) == 1


def test_a_parameter_is_a_node_by_any_of_its_names(graph):
    of = {name: newsloom.query(graph, "events-by-month", actor=name).rows for name in ("Iran", "actor/iran", "iran")}
    assert len(set(of.values())) == 1
    assert of["Iran"] == (("2024-04", "ASSAULT", 1),)
    assert newsloom.query(graph, "events-by-month").rows == (("2024-04", "ASSAULT", 2), ("2024-04", "THREATEN", 1))
    with pytest.raises(NotFound, match="no actor is called 'Zanzibar'"):
        newsloom.query(graph, "claims", claimant="Zanzibar")


def test_the_name_of_two_nodes_is_both(graph):
    twin = structs.replace(graph.nodes["actor/israel"], id="actor/iran-2", name="Iran")
    twins = Graph(graph.schema, graph.readings, [*graph.nodes.values(), twin], graph.relations, graph.resolution)
    assert "{ <https://newsloom.invalid/actor/iran> <https://newsloom.invalid/actor/iran-2> }" in queries.written(
        named("claims"), {"claimant": "Iran"}, twins
    )
    with pytest.raises(Unclear):
        newsloom.query(twins, "what-led-to", event="drones strike")


@pytest.mark.parametrize(
    ("name", "given", "message"),
    [
        ("what-led-to", {}, "needs to know: event"),
        ("what-led-to", {"evnt": "x"}, "has no parameter 'evnt'. Did you mean event"),
        ("undated-articles", {"x": 1}, "has no parameter 'x'. It has none"),
        ("planned", {"since": "soon"}, "since must be a day such as 2024-02-23, not 'soon'"),
        ("planned", {"since": "2024-02-31"}, "since must be a day"),
        ("connected", {"least": "few"}, "least must be a number, not 'few'"),
        ("SELECT ?a { ?a ?b ?c }", {"a": 1}, "the query has no parameter 'a'. It has none; VALUES ?a { UNDEF } in it"),
        ("SELECT ?a { VALUES ?b { UNDEF } ?a ?b ?c }", {"b": "<no iri>"}, "is no IRI"),
    ],
)
def test_a_parameter_that_does_not_fit(name, given, message, graph):
    with pytest.raises(UsageError, match=re.escape(message)):
        newsloom.query(graph, name, **given)


def test_parameters_of_a_query_of_ones_own(graph):
    def names(text: str, **given):
        return newsloom.query(graph, text, **given).rows

    text = "SELECT ?name { VALUES ?who { UNDEF } ?event newsloom:agent ?who ; rdfs:label ?name } ORDER BY ?name"
    assert names(text, who="actor/israel") == (("Israel responds",), ("Israel vows to respond",))
    assert len(names(text)) == 3
    assert len(names(f"# ?who (actor): who does it\n{text}", who="Israel")) == 2
    strike = ((f"{BASE}event/strike",),)
    assert names("SELECT ?e { values $day{undef}?e a sem:Event ; sem:hasTimeStamp ?day }", day="2024-04-01") == strike
    assert names("SELECT ?e { VALUES ?n { 8 9 } ?e newsloom:killed ?n }", n=7) == strike
    assert names("ASK { VALUES ?type { rdfs:Class } ?e a ?type }", type=f"<{NAMESPACES['sem']}Event>") == ((True,),)


# running --------------------------------------------------------------------------------------------------------------


def test_all_graphs_are_the_default_graph_each_triple_once(graph):
    count = "SELECT (COUNT(*) AS ?n) {{ {} }}"
    both = "<event/launch> newsloom:agent <actor/iran>"
    assert newsloom.query(graph, count.format(both)).rows == ((1,),)
    assert newsloom.query(graph, count.format(f"GRAPH ?g {{ {both} }}")).rows == ((2,),)
    assert newsloom.query(graph, "SELECT DISTINCT ?g { GRAPH ?g { ?a ?b ?c } } ORDER BY ?g").rows == tuple(
        (f"{BASE}graph/{name}",) for name in ("article/a1", "article/a2", "vocabulary", "woven")
    )
    told = f"SELECT ?a FROM <{BASE}graph/article/a2> {{ ?a schema:subjectOf ?b }}"
    assert len(newsloom.query(graph, told).rows) == 3


def test_values_are_plain(graph):
    found = newsloom.query(graph, "SELECT ?a ?b ?c { BIND(1.5 AS ?a) BIND(<x> AS ?b) }")
    assert (found.columns, found.rows) == (("a", "b", "c"), ((1.5, f"{BASE}x", None),))
    assert found.records == [{"a": 1.5, "b": f"{BASE}x", "c": None}]
    triples = newsloom.query(graph, "CONSTRUCT { ?a rdfs:label ?n } { ?a newsloom:country 'IRN' ; rdfs:label ?n }")
    assert triples.form == "construct"
    assert triples.rows == ((f"{BASE}actor/iran", f"{NAMESPACES['rdfs']}label", "Iran"),)
    assert newsloom.query(graph, "ASK {}").rows == ((True,),)


def test_another_base(graph):
    found = newsloom.query(graph, "what-led-to", event="event/vow", base="https://example.org/")
    assert found.rows[0][3] == "https://example.org/event/strike"
    with pytest.raises(UsageError, match="is no IRI"):
        newsloom.query(graph, "planned", base="no iri")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("SELECT ?a {\n ?a ?b", "line 2, column 7, at the end of '?a ?b'"),
        ("SELECT ?a { ?a nope:x ?b }", "near 'nope:x' (the prefix nope: is not declared, nor known)"),
        ("SELECT ?a { ?a rdfs:label } ", "line 1, column 27, near '}'"),
        ("SELECT ?x (COUNT(*) AS ?n) { ?x ?y ?z }", "variable that is unbound"),
        ("SELECT (<http://f/x>(?s) AS ?y) { ?s ?p ?o }", "function <http://f/x> is not supported"),
        ("INSERT DATA { <a> <b> <c> }", "INSERT would change the graph"),
        ("PREFIX x: <y>\n# SELECT\ndelete where { ?a ?b ?c }", "DELETE would change the graph"),
        ("DROP ALL # {}", "DROP would change the graph"),
        ("SELECT * { service <http://localhost/> { ?a ?b ?c } }", "SERVICE asks another server"),
        (f"SELECT * {{ {'{' * 20_000} ?a ?b ?c {'}' * 20_000} }}", "nested too deeply"),
        (f"SELECT * {{ {' UNION '.join(['{?a ?b ?c}'] * 20_000)} }}", "nested too deeply"),
        ("nowhere", "there is no query named 'nowhere'"),
        ("plannd", "Did you mean planned"),
    ],
)
def test_what_is_refused(text, message, graph):
    with pytest.raises(UsageError) as error:
        newsloom.query(graph, text)
    assert message in str(error.value)
    assert "\n" not in str(error.value)


def test_files(graph, tmp_path):
    path = tmp_path / "mine.rq"
    path.write_text("\ufeffASK { ?a newsloom:killed 7 }", encoding="utf-8")
    assert newsloom.query(graph, path).rows == newsloom.query(graph, str(path)).rows == ((True,),)
    for missing in (tmp_path / "none.rq", str(tmp_path / "none"), "none.sparql", tmp_path):
        with pytest.raises(InputError, match="Cannot read the query"):
            newsloom.query(graph, missing)
    path.write_bytes(b"ASK { \xff }")
    with pytest.raises(InputError, match="no UTF-8"):
        newsloom.query(graph, path)


HIDDEN = [
    "SELECT * {{ SERVICE <{0}> {{ ?a ?b ?c }} }}",
    "SELECT * {{ SERVICE SILENT <{0}> {{ ?a ?b ?c }} }}",
    "SELECT * {{ ?s rdfs:label\\#x ?o . SERVICE <{0}> {{ ?a ?b ?c }} }}",
    "SELECT * {{ ?s <http://e/#x> 'a\\'#' . SERVICE<{0}>{{ ?a ?b ?c }} }}",
    "SELECT * {{ ?s ?p '''it's # \"''' . ?s ?p ?o FILTER(?o<?s)SERVICE<{0}>{{ ?a ?b ?c }} }}",
    "SELECT * {{ ?s ?p ?o FILTER NOT EXISTS {{ #\nSERVICE <{0}> {{ ?a ?b ?c }} }} }}",
    "SELECT * {{ ?s ?p 1 . seRVice ?x {{ ?a ?b ?c }} VALUES ?x {{ <{0}> }} }}",
    "SELECT * {{ \\u0053ERVICE <{0}> {{ ?a ?b ?c }} }}",
]


@pytest.mark.parametrize("text", HIDDEN)
def test_nothing_is_fetched(text, graph):
    asked = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            self.send_error(500)

        do_POST = do_GET

        def log_message(self, *arguments):
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        with pytest.raises(UsageError):
            newsloom.query(graph, text.format(f"http://127.0.0.1:{server.server_port}/sparql"))
    finally:
        server.shutdown()
        server.server_close()
    assert asked == []


@pytest.mark.parametrize(
    "text",
    [
        "SELECT ?service { ?service ?p 'SERVICE' }",
        'SELECT ?a { ?a rdfs:label """a " service """ } # service',
        "PREFIX service: <http://service/> SELECT ?a { ?a service:service ?b }",
        "SELECT ?insert { ?insert rdfs:label 'x'@delete }",
    ],
)
def test_words_that_are_no_keywords(text, graph):
    newsloom.query(graph, text)


def test_a_query_is_given_up_in_time(graph):
    long = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(STR(?c) = STR(?f)) }"
    with pytest.raises(NewsloomError, match=r"given up after 0\.2 s"):
        newsloom.query(graph, long, timeout=0.2)


def test_events_told_differently_among_many_nodes():
    """The names of all nodes are not gone through for each event."""
    few, many = told_differently(500), told_differently(5000)
    rows = [[plain_value(term) for term in row] for row in many.query(named("told-differently").text)]
    assert rows == [["event 0", 1, 0, 1, 0, "https://example.org/event/0"]]
    assert asked(many) < 40 * asked(few)  # 10; with the square of their number it was 100


def asked(store):
    return least(lambda: list(store.query(named("told-differently").text)))


def told_differently(events):
    node, label, term = ox.NamedNode, ox.NamedNode(f"{NAMESPACES['rdfs']}label"), PREFIXES["newsloom"]
    denoted, factuality = node(f"{NAMESPACES['gaf']}denotedBy"), node(f"{term}factuality")
    store = ox.Store()
    for event in range(events):
        for number, status in enumerate(("asserted", "asserted" if event else "negated")):
            mention = node(f"https://example.org/mention/{event}/{number}")
            store.add(ox.Quad(node(f"https://example.org/event/{event}"), denoted, mention))
            store.add(ox.Quad(mention, factuality, ox.Literal(status)))
        store.add(ox.Quad(node(f"https://example.org/event/{event}"), label, ox.Literal(f"event {event}")))
    return store


# the command line -----------------------------------------------------------------------------------------------------

pytestmark_stored = pytest.mark.usefixtures("stored")


def test_list(call):
    code, out, _ = call("query", "--list")
    assert (code, [line.split()[0] for line in out]) == (0, list(named_queries()))
    assert "What led to an event" in "\n".join(out)


@pytestmark_stored
def test_table(call):
    code, out, err = call("query", "what-led-to", "--set", "event=Israel vows")
    assert (code, err) == (0, "")
    assert [re.split("  +", line) for line in out] == [
        ["cause", "effect", "holds", "from", "to"],
        [
            "Strike on the consulate in Damascus",
            "Iran launches drones at Israel",
            "yes",
            "event/strike",
            "event/launch",
        ],
        ["Iran launches drones at Israel", "Israel vows to respond", "yes", "event/launch", "event/vow"],
    ]


@pytestmark_stored
def test_a_misspelt_property_is_named(call):
    code, out, err = call("query", "SELECT ?x { ?x newsloom:agnt/rdfs:label ?who }")
    assert (code, out) == (0, [])
    assert err == "nothing in the graph fits.\nnothing in the graph has newsloom:agnt.\n"


@pytestmark_stored
def test_cells_are_short_and_tell_what_nodes_are(call):
    code, out, _ = call("query", "SELECT ?who ?p { ?who ?p 'Iran' FILTER(?p = rdfs:label) }")
    assert (code, out) == (0, ["who                p", "actor/iran (Iran)  rdfs:label"])
    assert call("query", "ASK { <event/vow> a sem:Event }")[1] == ["yes"]
    assert call("query", "ASK { <event/vow> a sem:Actor }")[1] == ["no"]
    code, out, err = call("query", "SELECT ?a { ?a a newsloom:Nothing }")
    assert (code, out, err) == (0, [], "nothing in the graph fits.\n")
    code, out, err = call("query", "one-source", "--top", "1")
    assert (code, len(out), err) == (0, 2, "2 of 3 rows left out; raise --top to see more.\n")


@pytestmark_stored
def test_w3c_formats(call):
    text = "SELECT ?name ?n { ?a newsloom:killed ?n ; rdfs:label ?name }"
    _, out, _ = call("query", text, "--format", "json")
    assert json.loads("\n".join(out))["results"]["bindings"][0]["n"] == {
        "type": "literal",
        "value": "7",
        "datatype": f"{NAMESPACES['xsd']}integer",
    }
    _, out, _ = call("query", text, "--format", "csv")
    assert [*csv.reader(io.StringIO("\n".join(out)))] == [["name", "n"], ["Strike on the consulate in Damascus", "7"]]
    _, out, _ = call("query", "ASK {}", "--format", "json")
    assert json.loads("\n".join(out))["boolean"] is True
    _, out, _ = call("query", "DESCRIBE <event/vow>")
    assert len(rdflib.Graph().parse(data="\n".join(out), format="turtle")) > 10


@pytestmark_stored
def test_csv_runs_no_formula(call):
    text = 'SELECT * { VALUES (?a ?b) { ("=cmd|\'/c calc\'!A1" -9.5) ("@x" "-1+1") } }'
    _, out, _ = call("query", text, "--format", "csv")
    assert [*csv.reader(io.StringIO("\n".join(out)))][1:] == [["'=cmd|'/c calc'!A1", "-9.5"], ["'@x", "'-1+1"]]


@pytestmark_stored
def test_a_terminal_is_not_steered(call, terminal):
    shown = terminal(60)
    attack = "\x1b[31m\u202e[bold]x[/bold]"
    code, _, _ = call("query", f'SELECT ?a {{ BIND("{attack}" AS ?a) }}')
    assert code == 0
    assert "[bold]x[/bold]" in shown.getvalue()
    assert not {"\x1b", "\u202e"} & set(shown.getvalue())


@pytestmark_stored
@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        ([], 2, "which query?"),
        (["what-let-to"], 2, "there is no query named 'what-let-to', and no such file. Did you mean what-led-to"),
        (["none.rq"], 3, "Cannot read the query none.rq: No such file or directory"),
        (["planned", "--set", "since"], 2, "--set since gives no value"),
        (["planned", "--format", "ttl"], 2, "ttl does not fit this SELECT query: it gives table or csv or json"),
        (["ASK {}", "--format", "csv"], 2, "csv does not fit this ASK query: it gives table or json"),
        (["CONSTRUCT { ?a ?b ?c } { ?a ?b ?c }", "--format", "json"], 2, "it gives ttl"),
        (["claims", "--set", "claimant=Zanzibar"], 6, "no actor is called 'Zanzibar'"),
        (["planned", "--base", "no iri"], 2, "is no IRI"),
        (["planned", "--timeout", "0"], 2, "0"),
        (["planned", "--store", "none.db"], 5, "none.db"),
        (["SELECT ?a { ?a"], 2, "line 1, column 15"),
    ],
)
def test_errors(call, arguments, code, message):
    assert message in fails(call, code, "query", *arguments)


@pytestmark_stored
def test_a_name_in_another_spelling(call):
    _, out, err = call("query", "claims", "--set", "claimant=Irann")
    assert len(out) == 2
    assert err == "note: 'Irann' was taken for Iran.\n"


@pytestmark_stored
@pytest.mark.parametrize("name", named_queries())
def test_what_is_shown_runs_and_says_the_same(call, name, graph):
    given = [word for key, value in needed(name).items() for word in ("--set", f"{key}={value}")]
    code, out, _ = call("query", name, "--show", *given)
    assert code == 0
    assert newsloom.query(graph, "\n".join(out)) == newsloom.query(graph, name, **needed(name))


def test_show_needs_no_store(call):
    assert '{ "THREATEN" }' in "\n".join(call("query", "who-to-whom", "--set", "type=THREATEN", "--show")[1])
