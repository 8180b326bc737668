"""The SPARQL endpoint of `newsloom serve`: the protocol, the formats, and what a query may cost."""

import asyncio
import csv
import io
import time
from concurrent.futures import ThreadPoolExecutor

import pyoxigraph as ox
import pytest
from calling import keep
from served import Served, problem
from small import small_graph

from newsloom.graph.model import Graph
from newsloom.graph.types import Event, Evidence, Relation
from newsloom.serving import querying
from newsloom.serving.querying import Asking, Engine
from newsloom.serving.shelf import Edition

CHAINS = "SELECT ?a ?b { ?a newsloom:leadsTo ?b } ORDER BY ?a"
STRIKE = "https://newsloom.invalid/event/strike"
FORM = "application/x-www-form-urlencoded"
DIRECT = "application/sparql-query"


def ask(server, query: str, accept: str | None = None, **more):
    headers = {} if accept is None else {"Accept": accept}
    return server.get("/sparql", params={"query": query, **more}, headers=headers)


def pairs(answer) -> list[tuple[str, str]]:
    assert answer.status_code == 200, answer.text
    rows = answer.json()["results"]["bindings"]
    return [tuple(row[name]["value"].rpartition("/")[2] for name in "ab") for row in rows]


EXPECTED = [("launch", "vow"), ("strike", "launch")]


def test_the_three_ways_to_send_a_query(server):
    assert pairs(ask(server, CHAINS)) == EXPECTED
    assert pairs(server.ask("POST", "/sparql", data={"query": CHAINS})) == EXPECTED
    direct = {"Content-Type": f"{DIRECT}; charset=utf-8"}
    assert pairs(server.ask("POST", "/sparql", data=CHAINS.encode(), headers=direct)) == EXPECTED


@pytest.mark.parametrize(
    ("accept", "type", "starts"),
    [
        (None, "application/sparql-results+json", b'{"head"'),
        ("*/*", "application/sparql-results+json", b'{"head"'),
        ("application/json", "application/sparql-results+json", b'{"head"'),
        ("application/sparql-results+xml", "application/sparql-results+xml", b"<?xml"),
        ("text/html, application/xml;q=0.9, */*;q=0.8", "application/sparql-results+xml", b"<?xml"),
        ("text/csv", "text/csv; charset=utf-8", b"a,b\r\n"),
        ("text/tab-separated-values", "text/tab-separated-values; charset=utf-8", b"?a\t?b\n"),
        ("text/csv;q=0, text/*;q=0.1", "text/tab-separated-values; charset=utf-8", b"?a\t?b\n"),
    ],
)
def test_solutions_come_as_they_are_wanted(server, accept, type, starts):
    answer = ask(server, CHAINS, accept)
    assert (answer.status_code, answer.headers["content-type"]) == (200, type)
    assert answer.content.startswith(starts)
    assert answer.headers["vary"] == "Accept"


@pytest.mark.parametrize("form", [ox.RdfFormat.TURTLE, ox.RdfFormat.N_TRIPLES, ox.RdfFormat.RDF_XML])
def test_triples_come_as_they_are_wanted(server, form):
    answer = ask(server, "CONSTRUCT WHERE { ?a newsloom:leadsTo ?b }", form.media_type)
    assert answer.headers["content-type"].partition(";")[0] == form.media_type
    triples = {(t.subject.value, t.object.value) for t in ox.parse(answer.content, format=form)}
    assert len(triples) == 2
    assert ask(server, "DESCRIBE <event/strike>").headers["content-type"] == "text/turtle; charset=utf-8"


def test_ask_gives_a_truth_value(server):
    query = "ASK { <event/strike> newsloom:leadsTo+ <event/vow> }"
    assert ask(server, query).json()["boolean"] is True
    assert "application/sparql-results+json" in problem(ask(server, query, "text/csv"), 406)
    assert problem(ask(server, CHAINS, "image/png"), 406)


def test_articles_are_named_graphs_and_the_protocol_may_choose_among_them(server):
    told = "SELECT (COUNT(DISTINCT ?g) AS ?n) { GRAPH ?g { ?s ?p ?o } }"
    assert ask(server, told).json()["results"]["bindings"][0]["n"]["value"] == "4"
    count = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"

    def number(**graphs) -> int:
        return int(ask(server, count, **graphs).json()["results"]["bindings"][0]["n"]["value"])

    graphs = ask(server, "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }", "text/csv").text.split()[1:]
    parts = [number(**{"default-graph-uri": graph}) for graph in graphs]
    assert all(parts)
    assert number(**{"default-graph-uri": graphs}) <= sum(parts)
    assert number() > max(parts)
    assert number(**{"named-graph-uri": graphs[0], "default-graph-uri": "http://nothing.example/"}) == 0
    assert "is no IRI" in problem(ask(server, count, **{"default-graph-uri": "<>"}), 400)


@pytest.mark.parametrize("update", ["CLEAR ALL", "INSERT DATA { <a> <b> <c> }", "LOAD <http://example.org/>"])
def test_updates_are_refused_however_they_come(server, update):
    direct = {"Content-Type": "application/sparql-update"}
    assert "refused" in problem(server.ask("POST", "/sparql", data=update.encode(), headers=direct), 403)
    assert "refused" in problem(server.ask("POST", "/sparql", data={"update": update}), 403)
    assert "refused" in problem(server.get("/sparql", params={"update": update}), 403)
    assert "would change" in problem(server.ask("POST", "/sparql", data={"query": update}), 403)
    assert "would change" in problem(ask(server, f"PREFIX a: <b>\n{update}"), 403)


def test_no_other_server_is_asked(server):
    query = "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }"
    assert "SERVICE" in problem(ask(server, query), 403)
    hidden = ask(server, query.replace("SERVICE", "\\u0053ERVICE"))
    assert hidden.status_code in (400, 403)


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("SELECT", "the query is no SPARQL: line 1"),
        ("SELECT * { ?s nope:x ?o }", "the prefix nope: is not declared"),
        ("{" * 300, "nested too deeply"),
        ("", "the query is no SPARQL"),
    ],
)
def test_a_wrong_query_is_explained(server, query, said):
    assert said in problem(ask(server, query), 400)


def test_a_wrong_request_is_explained(server):
    assert "give one query" in problem(server.get("/sparql"), 400)
    assert "give one query" in problem(server.get("/sparql?query=ASK{}&query=ASK{}"), 400)
    assert "no parameter 'querry'" in problem(server.get("/sparql?querry=ASK{}"), 400)
    assert "no UTF-8" in problem(server.ask("POST", "/sparql", data=b"\xff", headers={"Content-Type": DIRECT}), 400)
    assert DIRECT in problem(
        server.ask("POST", "/sparql", data=b"{}", headers={"Content-Type": "application/json"}), 415
    )
    assert problem(server.ask("POST", "/sparql", data=b"x" * 200_000, headers={"Content-Type": DIRECT}), 413)
    assert problem(server.ask("POST", "/sparql", data=b"query=" + b"x" * 200_000, headers={"Content-Type": FORM}), 413)
    assert problem(server.get("/sparql?query=" + "x" * 20_000), 414)
    answer = server.ask("PUT", "/sparql", data=b"x")
    assert "GET, HEAD, POST" in problem(answer, 405)
    assert server.ask("HEAD", "/sparql", params={"query": CHAINS}).status_code == 200


def test_a_table_for_a_spreadsheet_runs_no_formula(server):
    answer = ask(server, "SELECT ?a { VALUES ?a { '=1+1' '@x' 'plain' } }", "text/csv")
    assert {row[0] for row in csv.reader(io.StringIO(answer.text))} == {"a", "'=1+1", "'@x", "plain"}


def test_several_at_once(server):
    with ThreadPoolExecutor(8) as pool:
        assert [pairs(answer) for answer in pool.map(lambda _: ask(server, CHAINS), range(8))] == [EXPECTED] * 8


def dense_graph(number: int) -> Graph:
    """Events each of which led to all others: paths along them are beyond counting."""
    small = small_graph()
    said = (Evidence("a1", 0, 42, "by-hand", 0.9),)
    events = [Event(f"event/{n}", "ASSAULT", f"Strike {n}") for n in range(number)]
    ties = [Relation(a.id, "causes", b.id, 0.9, said) for a in events for b in events if a is not b]
    return Graph(
        small.schema, small.readings, [*small.nodes.values(), *events], [*small.relations, *ties], small.resolution
    )


@pytest.mark.slow
def test_a_slow_query_is_given_up_and_others_are_answered_meanwhile(tmp_path):
    store = tmp_path / "newsloom.db"
    keep(dense_graph(60), store)
    server = Served(store, "--timeout", "2")
    step = "newsloom:leadsTo"
    hard = "SELECT (COUNT(*) AS ?n) { " + " . ".join(f"?e{n} {step} ?e{n + 1}" for n in range(8)) + " }"
    paths = f"SELECT (COUNT(*) AS ?n) {{ ?a {step}+ ?b . ?b {step}+ ?c . ?c {step}+ ?d . ?d {step}+ ?e }}"
    try:
        assert ask(server, "ASK {}").status_code == 200  # the triples are written
        with ThreadPoolExecutor(4) as pool:
            began = time.monotonic()
            slow = [pool.submit(ask, server, query) for query in (hard, paths)]
            time.sleep(0.2)
            assert server.get("/api/node/event/1").status_code == 200
            assert not any(answer.done() for answer in slow)
            for answer in slow:
                assert "given up after 2 s" in problem(answer.result(), 503)
            assert time.monotonic() - began < 30  # left alone they take hours
        assert ask(server, f"ASK {{ <event/1> {step}+ <event/2> }}").json()["boolean"] is True
    finally:
        assert server.stop() == 0


def test_what_is_too_large_is_not_sent_and_too_many_are_not_kept_waiting(monkeypatch):
    monkeypatch.setattr(querying, "MOST", 1000)
    edition = Edition(small_graph(), "x")
    json = dict.fromkeys(("solutions", "boolean", "triples"), "application/sparql-results+json")
    asking = Asking("", "SELECT * { ?s ?p ?o }", json, "https://newsloom.invalid/", {})

    async def all_of_it():
        engine = Engine(20)
        try:
            with pytest.raises(querying.TooLarge):
                await engine.answer(edition, asking, False)
            monkeypatch.setattr(querying, "WAITING", 0)
            with pytest.raises(querying.Busy):
                await engine.answer(edition, asking, False)
        finally:
            engine.close()

    asyncio.run(all_of_it())
