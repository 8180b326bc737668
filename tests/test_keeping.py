"""Articles that come and go: `newsloom add`, `remove` and `watch`; the reading itself is faked (faking.py)."""

import http.server
import json
import threading
from contextlib import contextmanager
from pathlib import Path

import pytest
from calling import fails
from faking import FastDesk

from newsloom import building, keeping
from newsloom.graph.store import Store

ANNA, BERT = (
    "Anna hits Bert. It was said to be the first of many such things.",
    "Bert hits Carl. Nobody knows why he did.",
)
FEED = """<rss version="2.0"><channel><title>Invented Post</title>
<item><title>One</title><description>Anna hits Bert, and the rain goes on all day long.</description></item>{more}
</channel></rss>"""
MORE = "<item><title>Two</title><description>Bert hits Carl, and nobody knows why he did so.</description></item>"


@pytest.fixture(autouse=True)
def desk(monkeypatch, schema, knowledge):
    monkeypatch.setattr(building, "load_schema", lambda: schema)
    monkeypatch.setattr(building, "_knowledge", lambda given: knowledge)
    monkeypatch.setattr(building, "Desk", FastDesk)


@pytest.fixture
def shelf(place, call):
    Path("news").mkdir()
    Path("news/anna.txt").write_text(ANNA)
    Path("news/bert.txt").write_text(BERT)
    assert call("build", "news")[0] == 0
    return place


def titles(store="newsloom.db"):
    return sorted(event.name for event in building.load(store).events)


def test_add_wants_a_store_that_is_there(place, call):
    Path("a.txt").write_text(ANNA)
    assert "there is no store newsloom.db to add to" in fails(call, 5, "add", "a.txt")
    assert not Path("newsloom.db").exists()


def test_add(shelf, call):
    Path("late.txt").write_text("Dora hits Emil. It was late, and the light was bad by then.")
    code, _, err = call("add", "late.txt")
    assert code == 0
    assert "1 article read" in err
    assert titles() == ["Anna hits Bert", "Bert hits Carl", "Dora hits Emil"]
    assert json.loads("\n".join(call("add", "news", "--json")[1]))["skipped"] == 2


@pytest.mark.parametrize("name", ["news/bert.txt", "id"])
def test_what_is_removed_leaves_the_graph_of_the_others(shelf, call, tmp_path, name):
    article = next(a for a in building.load("newsloom.db").articles.values() if a.origin == "news/bert.txt")
    code, out, _ = call("remove", article.id if name == "id" else name, "--json")
    assert code == 0
    assert json.loads("\n".join(out))["removed"][0]["origin"] == "news/bert.txt"
    call("build", "news/anna.txt", "--store", "alone.db")
    left, alone = building.load("newsloom.db"), building.load("alone.db")
    assert left.nodes == alone.nodes
    assert left.relations == alone.relations
    assert left.readings == alone.readings
    assert left.resolution == alone.resolution


def test_what_is_not_there_cannot_be_removed(shelf, call):
    assert "there is no article 'news/bort.txt'" in fails(call, 6, "remove", "news/anna.txt", "news/bort.txt")
    assert len(titles()) == 2
    assert "no store none.db" in fails(call, 5, "remove", "x", "--store", "none.db")


def test_watch_once_adds_what_is_there(shelf, call):
    Path("news/late.txt").write_text("Dora hits Emil. It was late, and the light was bad by then.")
    assert call("watch", "news", "--once")[0] == 0
    assert len(titles()) == 3
    assert "there is no folder nowhere to watch" in fails(call, 3, "watch", "nowhere", "--once")


def test_a_folder_is_watched(shelf):
    stop = threading.Event()
    outcomes = keeping.watch("news", "other.db", stop=stop)
    assert next(outcomes).read == 2
    timer = threading.Timer(0.5, lambda: Path("news/late.txt").write_text("Dora hits Emil, late in the evening light."))
    timer.start()
    assert next(outcomes).read == 1
    assert "Dora hits Emil" in titles("other.db")
    stop.set()
    assert list(outcomes) == []


@contextmanager
def feed(answers):
    """The address of a feed that gives each answer in turn, and what it was asked."""
    asked = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(dict(self.headers))
            code, body = answers[min(len(asked), len(answers)) - 1]
            self.send_response(code)
            self.send_header("ETag", f'"{len(asked)}"')
            self.end_headers()
            self.wfile.write(body.encode())

        def log_message(self, *_):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/news.rss", asked
    server.shutdown()
    server.server_close()


def test_a_feed_is_watched(place):
    stop = threading.Event()
    one, two = FEED.format(more=""), FEED.format(more=MORE)
    with feed([(200, one), (304, ""), (503, ""), (200, two)]) as (address, asked):
        outcomes = keeping.watch(address, "feed.db", every=0.05, stop=stop)
        assert next(outcomes).read == 1
        assert next(outcomes).read == 1
        stop.set()
        assert list(outcomes) == []
    assert [headers.get("If-None-Match") for headers in asked] == [None, '"1"', '"1"', '"1"']
    assert titles("feed.db") == ["Anna hits Bert", "Bert hits Carl"]
    with Store.open("feed.db", create=False) as store:
        assert {reading.article.origin for reading in store.readings()} == {address}


def test_a_feed_that_cannot_be_had_is_said_to_be_so(place, call):
    with feed([(404, "")]) as (address, _):
        assert "the server answers 404" in fails(call, 3, "watch", address, "--once")
    assert "cannot get the feed" in fails(call, 3, "watch", address, "--once")


def test_a_hostile_feed_ends(place, call, monkeypatch):
    monkeypatch.setattr("newsloom.graph.articles.draft.MAX_FILE", 1000)
    with feed([(200, "x" * 5000)]) as (address, _):
        assert "too large or too slow" in fails(call, 3, "watch", address, "--once")
    bomb = '<!DOCTYPE x [<!ENTITY a "b"><!ENTITY c "&a;&a;">]><rss><channel><item>&c;</item></channel></rss>'
    with feed([(200, bomb)]) as (address, _):
        assert "declares entities of its own" in call("watch", address, "--once")[2]
