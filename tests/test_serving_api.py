"""What `newsloom serve` answers to programs: every path of the API."""

import socket
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import quote

import pytest
from calling import keep
from hostile import ATTACKS, hostile_graph
from served import Served, problem
from small import small_graph

from newsloom.graph.store import Store


def test_the_start_lists_what_there_is(server):
    found = server.get("/api").json()
    assert found["counts"] == {"articles": 2, "events": 4, "actors": 2, "places": 3, "relations": 16}
    paths = found["paths"]
    assert {"/api/search", "/api/node/{id:path}", "/api/why/{id:path}", "/sparql"} <= paths.keys()
    assert all(path["does"] for path in paths.values())


def test_search_finds_nodes_and_sentences_with_what_they_tell_of(server):
    found = server.get("/api/search", params={"q": "strike consulate"}).json()
    assert found["nodes"][0] == {
        **{"id": "event/strike", "kind": "event", "type": "ASSAULT", "name": "Strike on the consulate in Damascus"},
        **{"score": found["nodes"][0]["score"], "how": "words", "part": "all"},
    }
    (sentence,) = found["sentences"]
    assert sentence["title"] == "Iran fires drones at Israel"
    assert {"id": "event/strike", "part": "all"} in sentence["nodes"]
    assert {"id": "actor/iran", "part": None} in sentence["nodes"]
    assert len(server.get("/api/search", params={"q": "iran", "limit": 1}).json()["nodes"]) == 1


def test_a_node_has_its_record_its_relations_and_its_sentences(server):
    found = server.get("/api/node/event/strike").json()
    assert (found["name"], found["killed"]) == ("Strike on the consulate in Damascus", 7)
    (cause,) = [relation for relation in found["incoming"] if relation["type"] == "responds-to"]
    assert cause["evidence"][0]["sentence"].startswith("Iran launched drones")
    assert len(found["sentences"]) == 2
    assert found["more"] == {"outgoing": 0, "incoming": 0, "sentences": 0}
    assert server.get("/api/node/place/damascus").json()["geonames"] == "170654"


def test_a_node_is_named_by_its_id_only(server):
    assert "Iran" in problem(server.get("/api/node/Iran"), 404)
    near = server.get("/api/node/Iran launches drone").json()["error"]["nearest"]
    assert near[0] == "Iran launches drones at Israel"


def test_around_a_node_is_a_part_of_the_page(server):
    def events(path: str) -> list[str]:
        part = server.get(path).json()
        return [part["nodes"][number]["id"] for number in part["order"]]

    assert events("/api/around/event/strike?depth=0") == ["event/strike"]
    assert events("/api/around/event/strike") == ["event/strike", "event/launch"]
    assert events("/api/around/event/strike?depth=2") == ["event/strike", "event/launch", "event/vow"]
    assert events("/api/around/actor/israel") == ["event/launch", "event/vow", "event/respond"]
    assert events("/api/around/place/syria") == []


def test_causes_and_effects(server):
    hops = server.get("/api/why/Israel vows").json()["hops"]
    assert [hop["cause"]["id"] for hop in hops] == ["event/launch", "event/strike"]
    assert hops[1]["evidence"][0]["quote"] == "in response to the strike on its consulate in Damascus"
    assert len(server.get("/api/why/event/vow", params={"depth": 1}).json()["hops"]) == 1
    assert len(server.get("/api/effects/event/strike", params={"min_confidence": 0.7}).json()["hops"]) == 1


def test_words_that_may_mean_several_events_are_answered_with_these(server):
    answer = server.get("/api/effects/ASSAULT")
    assert "fits 2 events" in problem(answer, 400)
    assert set(answer.json()["error"]["offered"]) == {"event/launch", "event/strike"}


def test_the_timeline_has_the_filters_of_the_verb_and_pages(server):
    def ids(**asked) -> list[str]:
        return [event["id"] for event in server.get("/api/timeline", params=asked).json()["events"]]

    assert ids() == ["event/strike", "event/launch", "event/vow", "event/respond"]
    assert ids(actor="Iran", since="2024-04-13") == ["event/launch"]
    assert ids(type="THREATEN,AID") == ["event/vow"]
    assert ids(type=["threaten", "assault"], top=1) == ["event/launch"]
    page = server.get("/api/timeline", params={"limit": 1, "offset": 1}).json()
    assert (page["count"], page["next"], page["events"][0]["id"]) == (4, 2, "event/launch")
    assert server.get("/api/timeline", params={"offset": 4}).json() == {"count": 4, "events": [], "next": None}
    assert "no actor is called 'nobody'" in problem(server.get("/api/timeline?actor=nobody"), 404)


def test_articles_come_with_their_texts(server):
    found = server.get("/api/articles", params={"limit": 1}).json()
    assert (found["count"], found["next"], found["articles"][0]["id"]) == (2, 1, "a1")
    assert found["articles"][0]["text"].startswith("Iran launched drones")


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/api/search", "search for what? Give the words as q."),
        ("/api/search?q=", "q must have a value, of at most 1000 characters."),
        ("/api/search?q=" + "x" * 1001, "q must have a value, of at most 1000 characters."),
        ("/api/search?query=x", "there is no parameter 'query' here. Known: limit, q."),
        ("/api/search?q=a&q=b", "q is given twice: give it once."),
        ("/api/search?q=a&limit=0", "limit must be a whole number from 1 to 1000, not '0'."),
        ("/api/search?q=a&limit=1.5", "limit must be a whole number from 1 to 1000, not '1.5'."),
        ("/api/around/actor/iran?depth=-1", "depth must be a whole number from 0 to 50, not '-1'."),
        ("/api/why/event/vow?min_confidence=nan", "min_confidence must be a number from 0 to 1, not 'nan'."),
        ("/api/articles?offset=inf", "offset must be a whole number from 0, not 'inf'."),
        ("/api/timeline?since=soon", "'soon' is no date: give a year, a month or a day"),
        ("/api/timeline?type=ASAULT", "Did you mean ASSAULT"),
    ],
)
def test_what_is_asked_wrongly_is_explained(server, path, said):
    assert said in problem(server.get(path), 400)


@pytest.mark.parametrize(
    "path",
    ["/nothing", "/api/", "/api/nothing", "/api/node/", "/api/part/nothing", "/..%2f..%2fetc/passwd", "/api/node"],
)
def test_what_is_not_there_is_404(server, path):
    assert problem(server.get(path), 404)


@pytest.mark.parametrize("attack", [*ATTACKS.values(), "../" * 9 + "etc/passwd", "%00", "a" * 9000, "\ufffd"])
def test_hostile_ids_are_only_unknown(server, attack):
    if any("\ud800" <= character <= "\udfff" for character in attack):
        attack = attack.encode("utf-8", "surrogatepass")
    for kind in ("node", "around", "part"):
        message = problem(server.get(f"/api/{kind}/x{quote(attack, safe='')}"), 404)
        assert len(message) < 3000


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"])
@pytest.mark.parametrize("path", ["/", "/api", "/api/node/event/strike", "/api/search?q=iran"])
def test_nothing_can_be_written(server, method, path):
    answer = server.ask(method, path, data=b"x")
    assert problem(answer, 405)
    assert answer.headers["allow"] == "GET, HEAD"


@pytest.mark.parametrize("path", ["/", "/api", "/api/part/all", "/api/node/event/strike"])
def test_head_tells_what_get_would_and_no_more(server, path):
    got, head = server.get(path), server.ask("HEAD", path)
    assert (head.status_code, head.content) == (200, b"")
    for name in ("content-length", "content-type", "etag", "content-security-policy"):
        assert head.headers[name] == got.headers[name]


def test_what_the_asker_has_is_not_sent_again(server):
    tag = server.get("/api/articles").headers["etag"]
    for known in (tag, f'"other", {tag}', "*", tag.removeprefix("W/")):
        answer = server.get("/api/articles", headers={"If-None-Match": known})
        assert (answer.status_code, answer.content, answer.headers["etag"]) == (304, b"", tag)
    assert server.get("/api/articles", headers={"If-None-Match": '"other"'}).status_code == 200


def test_many_at_once(server):
    paths = ["/api/part/all", "/api/search?q=iran", "/api/why/event/vow", "/api/node/event/launch", "/"] * 6
    with ThreadPoolExecutor(10) as pool:
        assert {answer.status_code for answer in pool.map(server.get, paths)} == {200}


def test_what_is_no_http_does_no_harm(server):
    host, port = server.root.removeprefix("http://").split(":")
    for sent in (b"\x16\x03\x01\x02\x00", b"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", b"GET / HTTP/1.1\r\n\r\n"):
        with socket.create_connection((host, int(port)), timeout=5) as line:
            line.sendall(sent)
            answered = line.recv(2000)
            assert answered.startswith((b"HTTP/1.1 400", b"HTTP/1.1 421")), answered
    assert server.get("/api").status_code == 200


def test_another_graph_in_the_store_is_seen_by_the_next_request(tmp_path):
    store = tmp_path / "news #1.db"
    keep(small_graph(), store)
    server = Served(store)
    try:
        first = server.get("/api/node/event/launch")
        with Store.open(store) as shelf:
            graph = hostile_graph("markup")
            shelf.add_readings(graph.readings, "r")
            shelf.replace_graph(graph, shelf.revision, "r")
        assert problem(server.get("/api/node/event/launch"), 404)
        then = server.get("/api", headers={"If-None-Match": first.headers["etag"]})
        assert then.status_code == 200
        assert then.headers["etag"] != first.headers["etag"]
        store.rename(tmp_path / "away.db")
        assert "there is no store" in problem(server.get("/api"), 503)
        (tmp_path / "away.db").rename(store)
        assert server.get("/api").status_code == 200
    finally:
        assert server.stop() == 0
