"""The command line as a user meets it: each verb, each error, each exit code."""

import errno
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from calling import fails, keep
from faking import FastDesk
from small import small_graph

from newsloom import building, cli
from newsloom.exports import interchange
from newsloom.graph.model import Graph
from newsloom.graph.store import Store

RAIN = "It rained on the village for a whole day, and the people of the village stayed at home."


@pytest.fixture
def desk(monkeypatch, schema, knowledge):
    monkeypatch.setattr(building, "load_schema", lambda: schema)
    monkeypatch.setattr(building, "_knowledge", lambda given: knowledge)
    monkeypatch.setattr(building, "Desk", FastDesk)


# what is asked -----------------------------------------------------------------------------------------------------


def test_path(stored, call):
    code, out, _ = call("path", "Iran", "actor/israel")
    assert code == 0
    assert [line.split("  ")[-1] for line in (out[0], out[1], out[3])] == ["actor/iran", "event/launch", "actor/israel"]
    assert out[2].strip().startswith("“Iran launched drones at Israel on Saturday")
    assert call("path", "Iran", "IRAN")[1] == ["both are the same node."]


@pytest.mark.parametrize(("verb", "number"), [("actors", 2), ("places", 3), ("events", 4), ("articles", 2)])
def test_lists(stored, call, verb, number):
    code, out, _ = call(verb)
    assert (code, len(out)) == (0, number)
    assert len(call(verb, "--top", "1")[1]) == 1
    assert len(json.loads("\n".join(call(verb, "--json")[1]))) == number


def test_search(stored, call):
    out = call("search", "officers")[1]
    assert out[-1].endswith("— Example Wire, Iran fires drones at Israel, 2024-04-14")
    assert "killed seven officers" in out[-1]


def test_show_tells_all(stored, call):
    text = "\n".join(call("show", "the strike")[1])
    for part in (
        "when  2024-04-01 (day)",
        "days  earliest 2024-04-01, latest 2024-04-01",
        "from “April 1”",
        "by rule month-day",
        "figure  7 killed",
        "responds-to 0.90",
        "said in 2 sentences",
        "Damascus",
    ):
        assert part in text
    assert "days  earliest unknown, latest 2024-04-15" in "\n".join(call("show", "event/vow")[1])
    assert "one event because: same type, day and agent in a1 and a2" in "\n".join(call("show", "event/launch")[1])
    assert "Q794" in "\n".join(call("show", "Iran")[1])
    assert "33.51, 36.29" in "\n".join(call("show", "Damascus")[1])
    assert "https://example.org/iran" in "\n".join(call("show", "article/a1")[1])


def test_json_says_what_the_lines_say(stored, call):
    path = json.loads("\n".join(call("path", "Iran", "actor/israel", "--json")[1]))
    assert [step["forward"] for step in path] == [False, True]
    shown = json.loads("\n".join(call("show", "Iran", "--json")[1]))
    assert {relation["type"] for relation in shown["incoming"]} == {"agent", "says"}
    assert json.loads("\n".join(call("search", "officers", "--json")[1]))["sentences"][0]["article"] == "a1"


def test_the_store_can_be_named(place, call, monkeypatch):
    keep(small_graph(), "other.db")
    assert len(call("events", "--store", "other.db")[1]) == 4
    monkeypatch.setenv("NEWSLOOM_STORE", "other.db")
    assert len(call("events")[1]) == 4


def test_a_cut_off_build_is_noted(stored, call):
    with Store.open("newsloom.db") as store:
        store.add_readings(small_graph().readings, "r")
    code, out, err = call("events")
    assert (code, len(out)) == (0, 4)
    assert "was cut off" in err


# what is made ------------------------------------------------------------------------------------------------------


def test_build_into_the_default_store(desk, place, call):
    Path("a.txt").write_text(f"Anna hits Bert. {RAIN}")
    Path("b.txt").write_text("")
    code, out, err = call("build", "a.txt", "b.txt")
    assert (code, out) == (0, [])
    assert (
        err.splitlines()[0]
        == "1 article read, 0 skipped (already there), 1 refused; 1 event, 0 actors, 0 places, 0 relations"
    )
    assert err.splitlines()[1].startswith("refused b.txt: ")
    assert err.splitlines()[2].startswith("1 article without a date of publication")
    assert "without a date" not in call("build", "a.txt", "--published", "2024-05-01", "--store", "dated.db")[2]
    assert Path("newsloom.db").exists()
    assert "0 articles read, 1 skipped (already there), 0 refused" in call("build", "a.txt")[2]
    assert "Anna hits Bert" in call("events")[1][0]


def test_build_with_outputs_touches_no_store(desk, place, call):
    Path("a.txt").write_text(f"Anna hits Bert. {RAIN}")
    code, _, err = call("build", "a.txt", "-o", "graph.json", "-o", "nodes.csv", "--published", "2024-02-23")
    assert code == 0
    assert json.loads(Path("graph.json").read_text())["articles"][0]["published"] == "2024-02-23"
    assert "graph.json" in err
    assert sorted(os.listdir()) == ["a.txt", "graph.json", "nodes.edges.csv", "nodes.nodes.csv"]


def test_build_with_both_writes_all_of_the_store(desk, place, call):
    Path("a.txt").write_text(f"Anna hits Bert. {RAIN}")
    Path("b.txt").write_text(f"Carl hits Dora. {RAIN}")
    call("build", "a.txt", "--store", "s.db")
    call("build", "b.txt", "--store", "s.db", "-o", "graph.json")
    assert len(json.loads(Path("graph.json").read_text())["articles"]) == 2


def test_export(stored, call):
    code, out, err = call("export", "graph.json", "graph.csv")
    assert (code, out) == (0, [])
    assert len(json.loads(Path("graph.json").read_text())["nodes"]) == 11
    assert "wrote" in err


def test_schema(place, call):
    assert any("ASSAULT" in line for line in call("schema")[1])
    assert call("schema", "list")[1] == call("schema")[1]
    assert any("ASSAULT" in line for line in call("schema", "show", "ASSAULT")[1])


@pytest.mark.parametrize("arguments", [["version"], ["--version"]])
def test_version(call, arguments):
    assert call(*arguments)[1] == [f"newsloom {cli.__version__}"]


def test_help_names_every_verb(call):
    out = "\n".join(call("--help")[1])
    assert all(f"  {verb} " in out for verb in cli.newsloom.commands)


# what goes wrong ---------------------------------------------------------------------------------------------------


def test_usage_errors(stored, call):
    assert "Did you mean timeline?" in fails(call, 2, "timelin")
    assert "no such option" in fails(call, 2, "timeline", "--actr", "Iran").lower()
    assert "missing argument" in fails(call, 2, "build").lower()
    assert "Did you mean ASSAULT" in fails(call, 2, "timeline", "--type", "ASAULT")
    assert "is no date: give a year" in fails(call, 2, "timeline", "--since", "soon")
    assert "2025 and 2024" in fails(call, 2, "timeline", "--since", "2025", "--until", "2024")
    assert "names no event type" in fails(call, 2, "timeline", "--type", ",")
    assert "not a valid whole number" in fails(call, 2, "timeline", "--top", "x")
    for arguments in (("why", " "), ("show", ""), ("search", ""), ("path", "Iran", ""), ("timeline", "--actor", "")):
        assert "it is empty; give a name" in fails(call, 2, *arguments)
    assert cli.run([]) == 2


@pytest.mark.parametrize("verb", [["build", "news", "-o"], ["export"]])
def test_outputs_are_checked_before_the_work(place, call, verb):
    message = fails(call, 2, *verb, "graph.xyz")
    assert ".xyz" in message
    assert ".html" in message
    assert ".trig" in message
    assert "no folder" in fails(call, 2, *verb, "none/graph.html")


def test_no_article_is_overwritten(desk, place, call):
    page = f"<p>{RAIN}</p>"
    Path("page.html").write_text(page)
    assert "page.html is among the files to read" in fails(call, 2, "build", "page.html", "-o", "./page.html")
    assert Path("page.html").read_text() == page


def test_input_errors(desk, place, call):
    assert "none.txt does not exist" in fails(call, 3, "build", "none.txt")
    Path("a.txt").write_text(RAIN)
    assert "no date" in fails(call, 2, "build", "a.txt", "--published", "soon")
    Path("empty.txt").write_text("")
    code, out, err = call("build", "empty.txt")
    assert (code, out) == (3, [])
    assert "refused empty.txt: " in err
    assert "error: nothing could be read" in err
    assert sorted(os.listdir()) == ["a.txt", "empty.txt"]


def test_schema_errors(place, call):
    Path("my.yaml").write_text("extends: plover\nevents: [")
    Path("a.txt").write_text(RAIN)
    assert "my.yaml" in fails(call, 4, "build", "a.txt", "--schema", "my.yaml")
    assert "my.yaml" in fails(call, 4, "schema", "check", "my.yaml")
    assert "none.yaml does not exist" in fails(call, 4, "schema", "check", "none.yaml")
    assert "Did you mean ASSAULT" in fails(call, 6, "schema", "show", "ASAULT")
    assert call("schema", "check", "plover")[0] == 0


def test_store_errors(place, call):
    assert "there is no store newsloom.db" in fails(call, 5, "timeline")
    Path("s.db").write_text("no database, but a text that is long enough to be looked at. " * 20)
    assert "not a database" in fails(call, 5, "timeline", "--store", "s.db")
    Path("nothing.db").touch()
    assert "nothing.db is empty" in fails(call, 5, "timeline", "--store", "nothing.db")
    with Store.open("begun.db"):
        pass
    assert fails(call, 5, "timeline", "--store", "begun.db").count("cut off") == 1


def test_not_found(stored, call):
    nearest = "The nearest names: Strike on the consulate in Damascus"
    assert nearest in fails(call, 6, "why", "strike on the embassy in Dubai")
    assert "no actor is called 'Zanzibar'" in fails(call, 6, "timeline", "--actor", "Zanzibar")
    for verb in ("show", "search", "effects"):
        assert "'Zanzibar'" in fails(call, 6, verb, "Zanzibar")


def test_internal_errors_are_one_sentence(stored, call, monkeypatch):
    def broken(*_, **__):
        raise RuntimeError("a bug")

    monkeypatch.setattr(Graph, "timeline", broken)
    assert "internal error" in fails(call, 70, "timeline")
    monkeypatch.setenv("NEWSLOOM_DEBUG", "1")
    assert "Traceback" in call("timeline")[2]


def test_verbose_tells_all_of_an_internal_error(desk, place, call, monkeypatch):
    monkeypatch.setenv("NEWSLOOM_DEBUG", "")  # so that what -v sets is taken back
    monkeypatch.delattr(FastDesk, "_woven")
    monkeypatch.setattr(building, "Store", None)
    Path("a.txt").write_text(f"Anna hits Bert. {RAIN}")
    assert "internal error" in fails(call, 70, "build", "a.txt")
    code, _, err = call("build", "-v", "a.txt")
    assert code == 70
    assert "Traceback" in err


def test_a_full_disk(stored, call, monkeypatch):
    def full(graph, path):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(path))

    monkeypatch.setattr(interchange, "write", full)
    Path("graph.json").write_text("as it was")
    code, _, err = call("export", "graph.json")
    assert code == 1
    assert "No space left on device" in err
    assert Path("graph.json").read_text() == "as it was"


def test_interrupted_and_closed_pipes_are_quiet(stored, call, monkeypatch):
    def interrupted(*_, **__):
        raise KeyboardInterrupt

    piped = subprocess.run(
        [f"{sys.executable} -m newsloom show Iran | true; exit ${{PIPESTATUS[0]}}"],
        shell=True,
        executable="/bin/bash",
        capture_output=True,
        text=True,
    )
    assert piped.stderr == ""
    assert piped.returncode in (0, cli.PIPE_CLOSED)
    monkeypatch.setattr(Graph, "timeline", interrupted)
    assert call("timeline") == (130, [], "\n")


def test_json_has_the_records_of_the_interchange_format(stored, call, place):
    assert call("export", "graph.json")[0] == 0
    written = json.loads((place / "graph.json").read_text())
    nodes = {node["id"]: node for node in written["nodes"]}
    for verb in ("timeline", "actors", "places", "events"):
        for node in json.loads("\n".join(call(verb, "--json")[1])):
            assert node == nodes[node["id"]]
    assert json.loads("\n".join(call("articles", "--json")[1])) == written["articles"]


def test_an_interrupted_build_says_that_nothing_is_lost(desk, place, call, monkeypatch):
    def interrupted(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr(building, "run", interrupted)
    Path("a.txt").write_text(RAIN)
    code, out, err = call("build", "a.txt")
    assert (code, out) == (130, [])
    assert err.strip() == "interrupted: newsloom.db keeps what was read, and the same command goes on from there."
    assert call("build", "a.txt", "-o", "graph.json")[2].strip() == ""
