"""`newsloom view` and `newsloom serve` as a user meets them, and the graph in a notebook."""

import os
import re
import shutil
import socket
import subprocess
import sys
import webbrowser
from pathlib import Path

import pytest
from calling import fails
from hostile import hostile_graph
from repeated import repeated
from served import Served
from small import small_graph

from newsloom import verbs_view
from newsloom.exports import explorer
from newsloom.exports.explorer import notebook
from newsloom.exports.explorer.chosen import told
from newsloom.graph import notebook as showing
from newsloom.graph.asking.neighbourhood import around, with_causes
from newsloom.schemas.errors import NotFound

FITS = [
    ([], None),
    (["--actor", "Iran"], ["strike", "launch", "vow"]),
    (["--actor", "Iran", "--depth", "0"], ["launch"]),
    (["--place", "Syria", "--depth", "0"], ["strike"]),
    (["--place", "Syria"], ["strike", "launch"]),
    (["--type", "THREATEN", "--depth", "2"], ["strike", "launch", "vow"]),
    (["--since", "2024-04-13", "--until", "2024-04", "--depth", "0"], ["launch", "vow"]),
    (["--top", "1", "--depth", "0"], ["launch"]),
    (["event/strike", "--depth", "0"], ["strike"]),
    (["Israel vows"], ["launch", "vow"]),
    (["Israel", "--depth", "0"], ["launch", "vow", "respond"]),
    (["Iran fires drones", "--depth", "0"], ["strike", "launch"]),
    (["Israel", "--type", "THREATEN", "--depth", "0"], ["vow"]),
    (["--story", "Israel responds", "--depth", "0"], ["strike", "launch", "vow", "respond"]),
]


@pytest.fixture
def written(monkeypatch):
    """What pages were written of: the names of the events, or None for all."""
    parts = []

    def write(_graph, path, events=None):
        parts.append(None if events is None else [event.id.removeprefix("event/") for event in events])
        path.write_text("<p>a page</p>")

    monkeypatch.setattr(explorer, "write", write)
    return parts


@pytest.fixture
def opened(monkeypatch):
    """The addresses that a browser was asked to open."""
    asked = []
    monkeypatch.setenv("DISPLAY", ":0")
    monkeypatch.setattr(webbrowser, "open", lambda address: asked.append(address) or True)
    return asked


@pytest.mark.parametrize(("asked", "expected"), FITS)
def test_the_part_asked_for_is_written(stored, call, written, asked, expected):
    code, out, err = call("view", "--no-open", *asked)
    assert (code, out) == (0, [])
    assert written == [expected]
    assert ("of 4" in err) is (expected is not None)


def test_the_page_lies_beside_the_store_and_is_opened(stored, call, written, opened, place):
    assert call("view")[0] == 0
    assert opened == [(place / "newsloom.view.html").as_uri()]
    assert (place / "newsloom.view.html").read_text() == "<p>a page</p>"
    (place / "news").mkdir()
    shutil.move("newsloom.db", "news/2024.db")
    assert "wrote news/2024.view.html" in call("view", "--store", "news/2024.db", "--no-open")[2].replace(
        f"{place}/", ""
    )
    assert len(opened) == 1


def test_o_names_the_file_and_dash_prints_it(stored, call, opened, place):
    code, out, _ = call("view", "-o", "-", "--actor", "Iran")
    assert code == 0
    assert out[0] == "<!doctype html>"
    assert not list(place.glob("*.html"))
    assert call("view", "-o", "part.html", "--actor", "Iran")[0] == 0
    assert opened == [(place / "part.html").as_uri()]
    assert call("view", "-o", "part.html.gz")[0] == 0
    assert len(opened) == 1  # a browser opens no gzip from disk
    assert "give one that ends in .html" in fails(call, 2, "view", "-o", "part.json")
    assert "there is no folder" in fails(call, 2, "view", "-o", "none/part.html")


@pytest.mark.skipif(os.name != "posix", reason="folders are locked otherwise there")
def test_where_nothing_can_be_written_the_page_lies_in_a_temporary_folder(stored, call, monkeypatch, opened, place):
    def denied(path, fill):
        if Path(path).parent == Path("."):
            raise verbs_view.NewsloomError("Cannot write")
        return verbs_view.exports.__dict__["_replace"](path, fill)

    monkeypatch.setattr(verbs_view.exports, "_replace", verbs_view.exports.replace, raising=False)
    monkeypatch.setattr(verbs_view.exports, "replace", denied)
    code, _, err = call("view", "--actor", "Iran")
    assert code == 0
    assert "note: nothing can be written beside newsloom.db; -o names another place." in err
    page = Path(opened[0].removeprefix("file://"))
    assert page.name == "newsloom.view.html"
    assert oct(page.parent.stat().st_mode & 0o777) == "0o700"
    shutil.rmtree(page.parent)


def test_without_a_display_it_says_where_the_page_is(stored, call, written, monkeypatch, place):
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(webbrowser, "open", lambda address: pytest.fail("a browser for terminals would take it over"))
    code, _, err = call("view")
    assert code == 0
    assert f"no browser can be shown from here: open {(place / 'newsloom.view.html').as_uri()} in one." in err
    monkeypatch.setenv("BROWSER", "none")
    monkeypatch.setattr(webbrowser, "open", lambda address: False)
    assert "no browser can be shown" in call("view")[2]


def test_what_is_not_there_is_answered_with_what_is(stored, call, place):
    assert "The nearest names: Israel." in fails(call, 6, "view", "--actor", "Isreel nobody")
    assert "no place is called 'Atlantis'" in fails(call, 6, "view", "--place", "Atlantis")
    assert "Did you mean ASSAULT" in fails(call, 2, "view", "--type", "ASAULT")
    assert "is no date" in fails(call, 2, "view", "--since", "soon")
    assert "there is no story 'nonsense'. Known: " in fails(call, 6, "view", "--story", "nonsense")
    assert "nothing in the graph is called" in fails(call, 6, "view", "nonsense")
    nothing = fails(call, 6, "view", "--actor", "Iran", "--since", "2030")
    assert nothing == "no event fits all that is asked for: leave out or change some of it.\n"
    assert "there is no store" in fails(call, 5, "view", "--store", "none.db")
    assert not list(place.glob("*.html"))


def test_a_name_that_is_only_alike_is_noted(stored, call, written):
    assert "was taken for Damascus" in call("view", "--no-open", "--place", "Damascuss")[2]


def test_causes_of_causes_come_hop_by_hop():
    graph = small_graph()
    vow = [graph.nodes["event/vow"]]
    hops = [[event.id for event in with_causes(graph, vow, depth)] for depth in range(4)]
    assert hops[0] == ["event/vow"]
    assert hops[1] == ["event/launch", "event/vow"]
    assert hops[2] == hops[3] == ["event/strike", "event/launch", "event/vow"]


def test_around_keeps_the_nearest_and_counts_the_rest():
    graph = repeated(small_graph(), 3)
    node = next(node for node in graph.nodes.values() if node.kind == "actor" and node.name == "Iran")
    all_of_them = around(graph, node, 3)
    few = around(graph, node, 3, limit=1)
    assert (len(few.events), few.more) == (1, len(all_of_them.events) - 1)
    assert few.events[0] in all_of_them.events


def test_a_story_is_meant_by_its_name_by_part_of_it_or_by_a_node(demo):
    whole = told(demo, "hassan diab · mustapha adib")
    assert whole == told(demo, "Mustapha Adib") == told(demo, "Huge explosion destroys the port of Beirut")
    with pytest.raises(NotFound, match=r"no story 'x y z'\. Known: .*Hassan Diab"):
        told(demo, "x y z")


def test_serve_without_its_libraries_says_how_to_get_them(stored, call, monkeypatch):
    monkeypatch.setitem(sys.modules, "uvicorn", None)
    monkeypatch.delitem(sys.modules, "newsloom.serving.running", raising=False)
    assert fails(call, 2, "serve") == "To serve, newsloom needs uvicorn; get it with: pip install 'newsloom[serve]'\n"


def test_serve_says_what_is_wrong_with_its_address(stored, call):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        said = fails(call, 2, "serve", "--port", str(taken.getsockname()[1]))
    assert "Another --port may be free" in said
    assert "cannot serve at no.such.host.invalid" in fails(call, 2, "serve", "--host", "no.such.host.invalid")
    assert fails(call, 2, "serve", "--port", "70000")
    assert "there is no store" in fails(call, 5, "serve", "--store", "none.db")


def test_serve_lets_only_this_machine_in_and_warns_otherwise(stored, place):
    server = Served(place / "newsloom.db")
    assert server.address.startswith("http://127.0.0.1:")
    assert "warning" not in server.said
    assert server.stop() == 0
    assert "Traceback" not in server.said
    server = Served(place / "newsloom.db", "--host", "0.0.0.0")
    assert "warning: 0.0.0.0 is open to other machines." in server.said
    assert server.get("/api").status_code == 200
    assert server.stop() == 0


def test_a_graph_shows_itself_as_a_page_in_a_sandbox():
    shown = small_graph()._repr_html_()
    assert re.findall(r'sandbox="([^"]*)"', shown) == ["allow-scripts allow-downloads"]
    inside = re.search(r'srcdoc="([^"]*)"', shown)[1]
    assert inside.startswith("&lt;!doctype html&gt;")
    assert "<" not in inside
    assert shown.count("<iframe") == 1
    assert re.sub(r'srcdoc="[^"]*"', "", shown).count("<") == 2


def test_a_large_graph_shows_the_events_that_matter_most(monkeypatch):
    graph = repeated(small_graph(), 20)
    monkeypatch.setattr(notebook, "MOST_EVENTS", 30)
    shown = notebook.framed(graph)
    assert "<p>The 30 of 80 events, those that matter most." in shown
    asked = []
    monkeypatch.setattr(notebook, "page", lambda graph, events: asked.append(events and len(events)) or "x" * 300)
    monkeypatch.setattr(notebook, "MOST_BYTES", 200)
    monkeypatch.setattr(notebook, "LEAST_EVENTS", 5)
    notebook.framed(graph)
    assert asked == [30, 15, 7]


def test_without_the_explorer_a_graph_is_a_table(monkeypatch):
    monkeypatch.setattr(showing, "_shown_by", [])
    shown = hostile_graph("markup")._repr_html_()
    assert "<script" not in shown
    assert shown.count("<tr>") == 5


def test_importing_newsloom_does_not_import_the_explorer():
    code = "import sys, newsloom; print([n for n in sys.modules if 'explorer' in n or 'msgspec' in n])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"
