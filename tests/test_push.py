"""Pushing to a made-up store: what is sent, what is not, who is let in, and what is said when something is wrong."""

import socket
import time

import pytest
from calling import Terminal, fails
from many import many_articles
from serving import Request, wants_basic, wants_digest, wants_token
from small import small_graph
from urllib3 import HTTPResponse

import newsloom
from newsloom.exports import push as room
from newsloom.exports import rdf
from newsloom.exports.push import client, sending, stores
from newsloom.exports.push.access import is_private
from newsloom.schemas.errors import StoreError, UsageError

BASE = "https://newsloom.invalid/"
LEDGER = f"{BASE}graph/pushed"
PASSWORD, TOKEN = "NEWSLOOM_PUSH_PASSWORD", "NEWSLOOM_PUSH_TOKEN"


@pytest.fixture(autouse=True)
def alone(monkeypatch, tmp_path):
    """No secrets, no netrc, and only short waits."""
    for name in (PASSWORD, TOKEN):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))
    monkeypatch.setattr(room, "TRIES", 2)


def size(graph) -> int:
    return sum(len(named.lines) for named in rdf.graphs(graph))


def test_a_second_push_sends_nothing(fake):
    graph = small_graph()
    first = newsloom.push(graph, fake.url)
    assert (len(first.sent), first.skipped, first.removed, first.triples) == (4, (), (), size(graph))
    fake.requests.clear()
    second = newsloom.push(graph, fake.url)
    assert (second.sent, second.skipped, second.triples) == ((), first.sent, size(graph))
    assert fake.changes == []
    assert {request.path for request in fake.requests} == {"/query"}


def test_no_question_is_asked_twice_in_the_same_words(fake):
    """Virtuoso keeps plans by the text of a query, and one made on an empty store does not end on a full one."""
    for _ in range(2):
        newsloom.push(small_graph(), fake.url)
    asked = [request.form["query"] for request in fake.requests if "COUNT" in request.form.get("query", "")]
    assert len(set(asked)) == len(asked) > 3


def test_only_a_changed_article_is_sent_and_a_removed_one_removed(fake):
    newsloom.push(many_articles(range(5)), fake.url)
    fake.requests.clear()
    pushed = newsloom.push(many_articles([0, 1, 2, 3]), fake.url)
    assert pushed.sent == (f"{BASE}graph/woven",)
    assert pushed.removed == (f"{BASE}graph/article/harbour%204",)
    assert {request.graph for request in fake.changes} - {None, LEDGER} == set(pushed.sent)
    assert fake.count(pushed.removed[0]) == 0


def test_what_was_not_pushed_from_here_is_never_removed(fake):
    mine = (f"{BASE}graph/article/of-mine", "https://other.example/graph/article/x", f"{BASE}other")
    for graph in mine:
        fake.store.update(f"INSERT DATA {{ GRAPH <{graph}> {{ <a:a> <a:b> <a:c> }} }}")
    newsloom.push(small_graph(), fake.url)
    type = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
    pushed = "<https://newsloom.invalid/vocabulary#PushedGraph>"
    fake.store.update(f"INSERT DATA {{ GRAPH <{LEDGER}> {{ <{mine[1]}> {type} {pushed} }} }}")
    assert newsloom.push(small_graph(), fake.url).removed == ()
    assert [fake.count(graph) for graph in mine] == [1, 1, 1]


def test_a_graph_that_somebody_changed_is_sent_again(fake):
    newsloom.push(small_graph(), fake.url)
    fake.store.update(
        f"DELETE WHERE {{ GRAPH <{BASE}graph/article/a1> {{ ?s <{rdf.vocabulary.NAMESPACES['prov']}value> ?o }} }}"
    )
    assert newsloom.push(small_graph(), fake.url).sent == (f"{BASE}graph/article/a1",)


def test_a_dry_run_sends_nothing(fake):
    newsloom.push(many_articles([1, 2]), fake.url)
    fake.requests.clear()
    told = newsloom.push(many_articles([2, 3]), fake.url, dry_run=True)
    assert fake.changes == []
    assert told.sent == (f"{BASE}graph/article/harbour%203", f"{BASE}graph/woven")
    assert told.removed == (f"{BASE}graph/article/harbour%201",)
    assert told.dry_run


def test_large_graphs_go_in_chunks_and_small_enough_ones(fake, monkeypatch):
    monkeypatch.setattr(stores, "PUT_TRIPLES", 50)
    too_large = 9_000

    def rule(request: Request):
        return (413, {}, b"") if request.path == "/store" and len(request.body) > too_large else None

    fake.rule = rule
    graph = many_articles(range(10))
    seen = []
    pushed = newsloom.push(graph, fake.url, progress=lambda done, total: seen.append((done, total)))
    assert pushed.triples == size(graph)
    assert seen[-1] == (size(graph), size(graph))
    assert len(seen) > len(pushed.sent)
    fake.rule = lambda request: (413, {}, b"") if request.path == "/store" and request.body else None
    with pytest.raises(StoreError, match="Even one triple"):
        newsloom.push(small_graph(), fake.url, base="https://b.example/")


def test_large_graphs_are_removed_in_pieces(fake, monkeypatch):
    monkeypatch.setattr(stores, "DELETE_TRIPLES", 30)
    newsloom.push(many_articles(range(5)), fake.url)
    newsloom.push(many_articles(range(4), " So they say."), fake.url)
    assert sum(b"LIMIT 30" in request.body for request in fake.changes) > 5
    assert newsloom.push(many_articles(range(4), " So they say."), fake.url).sent == ()


def test_a_long_list_is_read_in_pages(fake, monkeypatch):
    from newsloom.exports.push import ledger

    monkeypatch.setattr(ledger, "PAGE", 3)
    first = newsloom.push(many_articles(range(10)), fake.url)
    assert newsloom.push(many_articles(range(10)), fake.url).skipped == first.sent


def test_cut_off_anywhere_it_goes_on(fake, monkeypatch):
    """Each request that changes something fails once; what is pushed next is always whole, and what went is gone."""
    monkeypatch.setattr(sending, "BATCH_GRAPHS", 2)
    monkeypatch.setattr(room, "TRIES", 0)
    before, after = many_articles(range(2)), many_articles(range(1, 3), " And so on.")
    newsloom.push(before, fake.url)
    fake.requests.clear()
    newsloom.push(after, fake.url)
    for nth in range(len(fake.changes)):
        base = f"https://n{nth}.example/"
        fake.rule = lambda request: None
        newsloom.push(before, fake.url, base=base)
        fake.requests.clear()
        fake.rule = lambda request, nth=nth: (0, {}, b"") if len(fake.changes) == nth + 1 and request.changes else None
        with pytest.raises(StoreError, match="cut off"):
            newsloom.push(after, fake.url, base=base)
        fake.rule = lambda request: None
        assert newsloom.push(after, fake.url, base=base).triples == size(after)
        assert fake.count(f"{base}graph/article/harbour%200") == 0
        assert newsloom.push(after, fake.url, base=base).sent == ()


def test_a_store_that_loses_triples_is_found_out(fake):
    def lose(request: Request):
        if request.graph == f"{BASE}graph/article/a2":
            return 204, {}, b""
        return None

    fake.rule = lose
    with pytest.raises(StoreError, match=r"graph/article/a2 should have \d+ triples and has 0"):
        newsloom.push(small_graph(), fake.url)
    fake.rule = lambda request: None
    assert newsloom.push(small_graph(), fake.url).sent[0] == f"{BASE}graph/article/a2"


def test_a_store_without_updates(fake):
    """An address that no store is known for, and where it is asked: all goes by the Graph Store Protocol."""

    def _moved(request: Request):
        request.path = "/store"
        return fake._store(request) if request.method != "GET" else (404, {}, b"")

    fake.rule = lambda request: _moved(request) if request.path == "/graphs" else None
    options = {"query_url": f"{fake.root}/query"}
    newsloom.push(many_articles(range(3)), f"{fake.root}/graphs", **options)
    pushed = newsloom.push(many_articles(range(1, 3), " More."), f"{fake.root}/graphs", **options)
    assert (len(pushed.sent), len(pushed.removed)) == (3, 1)
    assert newsloom.push(many_articles(range(1, 3), " More."), f"{fake.root}/graphs", **options).sent == ()
    assert {request.path for request in fake.requests} == {"/store", "/query"}


@pytest.mark.parametrize("status", [429, 502, 503, 504])
def test_a_busy_store_is_asked_again(fake, status):
    left = [status, status]
    fake.rule = lambda request: (left.pop(), {"Retry-After": "0"}, b"") if request.changes and left else None
    assert newsloom.push(small_graph(), fake.url).triples == size(small_graph())
    assert left == []


def test_what_took_too_long_is_not_asked_again(fake):
    fake.rule = lambda request: time.sleep(0.6) if request.changes else None
    with pytest.raises(StoreError, match=r"gave no answer within 0\.2 seconds"):
        newsloom.push(small_graph(), fake.url, timeout=0.2)
    assert len(fake.changes) == 1


def test_a_store_cannot_ask_to_wait_for_ever():
    retries = client._retries(3)
    answer = HTTPResponse(headers={"Retry-After": "86400"}, status=503)
    assert retries.get_retry_after(answer) == client.LONGEST_PAUSE
    assert retries.get_retry_after(HTTPResponse(status=503)) is None


def test_an_interrupted_push_says_that_it_can_go_on(fake, call, stored, monkeypatch):
    def interrupt(*_: object):
        raise KeyboardInterrupt

    monkeypatch.setattr(sending, "send", interrupt)
    code, _, err = call("push", fake.url)
    assert code == 130
    assert "the same command goes on from there" in err


def test_basic(fake, monkeypatch):
    fake.rule = wants_basic
    monkeypatch.setenv(PASSWORD, "söcret")
    assert newsloom.push(small_graph(), fake.url, user="ada").triples == size(small_graph())
    assert [r.headers.get("Authorization") is None for r in fake.requests].count(True) == 1
    monkeypatch.setenv(PASSWORD, "wrong")
    with pytest.raises(StoreError, match=r"401.*offers Basic: the user, the password or the token is wrong") as error:
        newsloom.push(small_graph(), fake.url, user="ada")
    assert "wrong" not in str(error.value).replace("is wrong", "")


def test_digest(fake, monkeypatch):
    fake.rule = wants_digest
    monkeypatch.setenv(PASSWORD, "secret")
    assert newsloom.push(small_graph(), fake.url, user="ada").triples == size(small_graph())
    assert not any(b"secret" in str(request.headers).encode() for request in fake.requests)
    monkeypatch.setenv(PASSWORD, "wrong")
    with pytest.raises(StoreError, match="offers Digest: the user"):
        newsloom.push(small_graph(), fake.url, user="ada")


def test_token(fake, monkeypatch):
    fake.rule = wants_token
    with pytest.raises(StoreError, match=f"offers Bearer: name a user with --user and set {PASSWORD}, or set {TOKEN}"):
        newsloom.push(small_graph(), fake.url)
    monkeypatch.setenv(TOKEN, "a-token")
    assert newsloom.push(small_graph(), fake.url).triples == size(small_graph())
    monkeypatch.setenv(TOKEN, "a\ntoken")
    with pytest.raises(UsageError, match="is no token"):
        newsloom.push(small_graph(), fake.url)


def test_netrc(fake, tmp_path):
    fake.rule = wants_digest
    (tmp_path / "netrc").write_text("machine 127.0.0.1 login ada password secret\n")
    (tmp_path / "netrc").chmod(0o600)
    assert newsloom.push(small_graph(), fake.url).triples == size(small_graph())
    with pytest.raises(UsageError, match="no password for bert"):
        newsloom.push(small_graph(), fake.url, user="bert")


def test_a_netrc_is_not_shown_unasked(fake, tmp_path):
    (tmp_path / "netrc").write_text("machine 127.0.0.1 login ada password secret\n")
    (tmp_path / "netrc").chmod(0o600)
    newsloom.push(small_graph(), fake.url)
    assert all(request.headers.get("Authorization") is None for request in fake.requests)


def test_secrets_stay_here_unless_they_are_encrypted(fake, monkeypatch):
    monkeypatch.setenv("HTTP_PROXY", fake.root)  # stands in for the network: another host that reads along
    monkeypatch.setenv("NO_PROXY", "")
    monkeypatch.setenv(TOKEN, "a-token")
    with pytest.raises(UsageError, match=r"http://store\.example/query is not encrypted.*--clear-text"):
        newsloom.push(small_graph(), "http://store.example/store")
    assert fake.requests == []
    monkeypatch.delenv(TOKEN)
    monkeypatch.setenv(PASSWORD, "söcret")
    fake.rule = wants_basic
    with pytest.raises(UsageError, match="the password could be read"):
        newsloom.push(small_graph(), "http://store.example/store", user="ada")
    assert all(request.headers.get("Authorization") is None for request in fake.requests)
    assert newsloom.push(small_graph(), "http://store.example/store", user="ada", clear_text=True).sent


def test_private_addresses():
    yes = ("http://[::1]:80/", "http://localhost/", "http://127.3.2.1/", "https://a.example/", "http://a.localhost/")
    assert all(map(is_private, yes))
    assert not any(map(is_private, ("http://10.0.0.1/", "http://localhost.example/", "http://127.0.0.1.example/")))


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_redirects_are_told_and_not_followed(fake, monkeypatch, status):
    monkeypatch.setenv(TOKEN, "a-token")
    fake.rule = lambda request: (status, {"Location": "http://elsewhere.example/store"}, b"")
    with pytest.raises(StoreError, match=r"sends on to http://elsewhere\.example/store, which is not followed"):
        newsloom.push(small_graph(), fake.url)


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        ((401, {"WWW-Authenticate": 'Digest realm="x"'}, b""), "401 Unauthorized. It offers Digest: name a user"),
        ((401, {}, b""), "offers no authentication that is known"),
        ((403, {}, b"not for you"), "403 Forbidden: “not for you”. Who asks may not do that"),
        ((403, {}, b"The server is read-only"), "The store takes no changes here"),
        ((404, {}, b""), "404 Not Found. That is no endpoint for this. Stores have their endpoints at /store"),
        ((405, {}, b""), "/sparql-graph-crud-auth and /sparql-auth (Virtuoso)"),
        ((400, {}, b"syntax \x1b[31m"), "400 Bad Request: “syntax"),
        ((500, {}, b"IO error: No space left on device"), "The store has no room left"),
        ((507, {}, b""), "The store has no room left"),
        ((500, {"Content-Type": "text/html"}, b"<html><b>Oops</b></html>"), "“Oops”. See the store's log"),
        ((503, {"Retry-After": "0"}, b"busy"), "503 Service Unavailable: “busy”. See the store's log"),
        ((0, {}, b""), "the connection was cut off"),
    ],
)
def test_what_a_store_refuses_is_told(fake, call, stored, answer, told):
    fake.rule = lambda request: answer if request.changes else None
    message = fails(call, 5, "push", fake.url)
    assert told in message
    assert len(message.splitlines()) == 1
    assert "\x1b" not in message


def test_a_wrong_path(fake):
    with pytest.raises(StoreError, match=r"/nowhere answered 404 Not Found: “Not here”\. That is no endpoint"):
        newsloom.push(small_graph(), f"{fake.root}/nowhere")
    fake.rule = lambda request: (200, {"Content-Type": "text/html"}, b"<html>Welcome</html>")
    with pytest.raises(StoreError, match="answers, but not to SPARQL"):
        newsloom.push(small_graph(), f"{fake.root}/page")


def test_a_store_that_is_not_there(fake, monkeypatch):
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        with pytest.raises(StoreError, match="cannot be reached: nothing listens there"):
            newsloom.push(small_graph(), f"http://127.0.0.1:{unused.getsockname()[1]}/store")
    with pytest.raises(StoreError, match="there is no host of this name"):
        newsloom.push(small_graph(), "http://store.invalid/store")
    with pytest.raises(StoreError, match=r"cannot be trusted.*write http://"):
        newsloom.push(small_graph(), fake.url.replace("http:", "https:"))
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        address = f"http://127.0.0.1:{silent.getsockname()[1]}/store"
        with pytest.raises(StoreError, match=r"gave no answer within 0\.2 seconds.*--timeout"):
            newsloom.push(small_graph(), address, timeout=0.2)
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("NO_PROXY", "")
    with pytest.raises(StoreError, match="The proxy on the way"):
        newsloom.push(small_graph(), "http://store.example/store")


@pytest.mark.parametrize("url", ["", "store", "ftp://a.example/", "http://", "http://a b/", "http://a:x/", "http://[/"])
def test_an_address_that_is_none(url):
    with pytest.raises(UsageError, match="is no address of a store; one would be"):
        newsloom.push(small_graph(), url)


def test_a_password_in_the_address_is_refused_and_not_told(fake):
    with pytest.raises(UsageError, match="holds a user or a password") as error:
        newsloom.push(small_graph(), fake.url.replace("//", "//ada:secret@"))
    assert "secret" not in str(error.value)


def test_a_password_for_nobody(fake, monkeypatch):
    monkeypatch.setenv(PASSWORD, "x")
    with pytest.raises(UsageError, match=r"set, but for no user; name one with --user"):
        newsloom.push(small_graph(), fake.url)


def test_numbers_that_a_store_takes_for_one_are_counted_as_one():
    number = '<a:a> <a:b> "{}"^^<http://www.w3.org/2001/XMLSchema#{}> .\n'
    assert (
        sending._by_value([number.format("1.0", "decimal"), number.format("1", "integer"), "<a:a> <a:b> <a:c> ."]) == 2
    )


def test_the_command_tells_what_it_did(fake, call, stored):
    code, out, err = call("push", fake.url, "--dry-run")
    assert (code, err) == (0, "")
    assert out[0].startswith(f"would send {BASE}graph/article/a1 (")
    assert out[-2].startswith("4 graphs would be sent (")
    assert out[-1].endswith("nothing was sent.")
    assert fake.changes == []
    code, out, err = call("push", fake.url)
    assert (code, err) == (0, "")
    assert out[0].endswith("0 unchanged, 0 removed")
    assert out[1] == f"{fake.url} has {size(small_graph())} triples in 4 graphs"
    assert call("push", fake.url)[1][0] == "0 graphs sent (0 triples), 4 unchanged, 0 removed"


def test_push_and_query_know_the_base_that_the_environment_names(fake, call, stored, monkeypatch):
    mine = "https://mine.example/news/"
    monkeypatch.setenv("NEWSLOOM_BASE", mine)
    assert call("push", fake.url)[0] == 0
    assert fake.count(f"{mine}graph/article/a1")
    assert mine in "".join(call("query", "SELECT ?g { GRAPH ?g { ?s ?p ?o } } LIMIT 1", "--format", "csv")[1])
    assert call("push", fake.url, "--base", BASE)[0] == 0
    assert fake.count(f"{BASE}graph/article/a1")


def test_a_password_is_asked_for_at_a_terminal_only(fake, call, stored, monkeypatch):
    fake.rule = wants_digest
    assert f"set {PASSWORD}" in fails(call, 2, "push", fake.url, "--user", "ada")
    for name in ("stdin", "stderr"):
        monkeypatch.setattr(f"sys.{name}", Terminal())
    monkeypatch.setattr("click.prompt", lambda question, **options: "secret" if options["hide_input"] else "")
    assert call("push", fake.url, "--user", "ada")[0] == 0
