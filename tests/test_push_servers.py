"""Pushing to real triple stores, Virtuoso, Oxigraph and rdflib-endpoint, also killed in the middle; what they hold."""

from collections import Counter
from threading import Timer

import pytest
from hostile import ATTACKS, hostile_graph
from many import many_articles
from serving import exported
from small import small_graph

import newsloom
from newsloom.exports import push as room
from newsloom.exports import rdf
from newsloom.exports.push import sending, stores
from newsloom.schemas.errors import StoreError

# Virtuoso holds no IRI of more than about 1,900 bytes: of the longest attack the beginning is enough.
HOSTILE = (
    "".join(attack[:60] for attack in ATTACKS.values())
    + r" \u0022 \\u0041 \U00000041 \\\u007f0000 "
    + "\x7fabcd <html><p typeof='x'>"
)
MINE = "https://mine.example/graph"
WAYS = {
    "oxigraph": {"url": "/store"},
    "oxigraph by update": {"url": "/query", "update_url": "/update"},
    "oxigraph by its root": {"url": ""},
    "virtuoso": {"url": "/sparql-graph-crud-auth", "user": "dba"},
    "virtuoso by update": {"url": "/sparql-auth", "update_url": "/sparql-auth", "user": "dba"},
    "virtuoso by its root": {"url": "/", "user": "dba"},
    "endpoint": {"url": "/"},
}

SECRETS = {"virtuoso": {"NEWSLOOM_PUSH_PASSWORD": "dba"}, "endpoint": {"NEWSLOOM_PUSH_TOKEN": "a-token"}}


@pytest.fixture(autouse=True)
def alone(monkeypatch):
    """No secrets but those of the server, and no waiting for one that was killed."""
    for name in ("NEWSLOOM_PUSH_PASSWORD", "NEWSLOOM_PUSH_TOKEN"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(room, "TRIES", 1)


@pytest.fixture
def server(request, alone):
    return request.getfixturevalue(request.param)


@pytest.fixture
def base(tmp_path):
    """A base that no other test has, so that they can share the servers."""
    return f"https://harbours.example/{tmp_path.name}/"


@pytest.fixture
def push(server, way, base, monkeypatch):
    """Push a graph to the server in the way that is tested."""
    for name, value in SECRETS.get(way.split()[0], {}).items():
        monkeypatch.setenv(name, value)
    options = {name: server.root + value if name != "user" else value for name, value in WAYS[way].items()}
    url = options.pop("url")

    def go(graph, **more):
        return newsloom.push(graph, url, base=base, **options, **more)

    return go


def each(*ways):
    return pytest.mark.parametrize(("server", "way"), [(way.split()[0], way) for way in ways], indirect=["server"])


def check_equal(server, graph, base) -> None:
    """The store has the export, graph by graph, and nothing twice."""
    for named in rdf.graphs(graph, base):
        assert Counter(server.triples(named.iri)) == Counter(exported(named.lines)), named.iri


@each(*WAYS)
def test_the_store_ends_equal_to_the_export_and_a_second_push_sends_nothing(server, push, base):
    """Whatever is in the text: it arrives as it is."""
    graph = hostile_graph(HOSTILE)
    pushed = push(graph)
    assert pushed.sent == tuple(named.iri for named in rdf.graphs(graph, base))
    assert pushed.triples == sum(len(named.lines) for named in rdf.graphs(graph, base))
    check_equal(server, graph, base)
    again = push(graph)
    assert (again.sent, again.skipped, again.removed, again.triples) == ((), pushed.sent, (), pushed.triples)


@each("oxigraph", "virtuoso", "endpoint")
def test_what_changed_is_sent_what_is_gone_is_removed_and_the_rest_of_the_store_stays(server, push, base):
    push(many_articles(range(2)))
    before = server.triples(f"{base}graph/article/harbour%201")
    graph = many_articles([0])
    pushed = push(graph)
    assert before
    assert pushed.removed == (f"{base}graph/article/harbour%201",)
    assert f"{base}graph/article/harbour%200" in pushed.skipped
    assert server.triples(f"{base}graph/article/harbour%201") == []
    check_equal(server, graph, base)


@each("oxigraph", "oxigraph by update", "virtuoso", "virtuoso by update")
def test_killed_in_the_middle(server, push, base, monkeypatch):
    """The server dies while it is sent to, twice; a third push makes it whole, and a fourth sends nothing."""
    monkeypatch.setattr(stores, "PUT_TRIPLES", 500)
    monkeypatch.setattr(stores, "INSERT_TRIPLES", 500)
    monkeypatch.setattr(sending, "BATCH_GRAPHS", 4)
    graph = many_articles(range(30))
    push(many_articles(range(32), " They agreed."))
    killer = Timer(0.004, server.kill)  # while the next request is on its way

    def kill_soon(done, total):
        if done > 0.3 * total and not killer.ident:
            killer.start()

    def kill_now(done, total):
        if done > 0.8 * total:
            server.kill()

    for kill in (kill_soon, kill_now):
        with pytest.raises(StoreError, match="the same command goes on"):
            push(graph, progress=kill)
        killer.join()
        server.start()
    third = push(graph)
    assert third.sent
    assert third.skipped
    assert third.triples == sum(len(named.lines) for named in rdf.graphs(graph, base))
    check_equal(server, graph, base)
    assert server.triples(f"{base}graph/article/harbour%2031") == []
    assert push(graph).sent == ()


@each("virtuoso")
def test_virtuoso_reads_the_exports_too(server, push, tmp_path):
    """Its own parser reads the Turtle and the N-Triples that newsloom writes."""
    graph = small_graph()
    for suffix, type in ((".ttl", "text/turtle"), (".nt", "text/plain")):
        (path,) = newsloom.export(graph, tmp_path / f"graph{suffix}")
        at = f"{server.root}/sparql-graph-crud-auth?graph={MINE}"
        server.put(at, path.read_bytes(), type)
        lines = sorted({line for named in rdf.graphs(graph) for line in named.lines})
        assert Counter(server.triples(MINE)) == Counter(exported(lines))


@each("oxigraph", "virtuoso", "virtuoso by update", "endpoint")
def test_a_long_article_that_looks_like_a_page(server, push, base):
    graph = many_articles([1], " <html><p about='x'>Übrigens { @prefix } </p>" * 4_000)
    push(graph)
    check_equal(server, graph, base)
