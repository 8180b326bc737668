"""`--json` on every verb: one value on standard output with the keys that docs/json.md names; errors as JSON."""

import json
import re
import webbrowser
from pathlib import Path

import batches
import click
import pytest
from faking import FastDesk
from gdelt_rows import STRIKE, line, table
from test_cli_mend import ABED, HANIYEH, shelf  # noqa: F401

from newsloom import building, cli, serving
from newsloom.exports import push
from newsloom.graph.model import Graph
from newsloom.helping import described

DOC = Path(__file__).parents[1] / "docs" / "json.md"
ROW = re.compile(
    r"^\| `newsloom ([^`]+)` \| (an object|an object, at least|a list of objects) \| (.*?) \|", re.MULTILINE
)
RAIN = "It rained on the village for a whole day, and the people of the village stayed at home."
CALLS = {  # of the small graph in the store
    "actors": [],
    "articles": [],
    "chain": ["event/strike", "event/vow"],
    "compact": [],
    "completion": ["bash"],
    "conflicts": [],
    "dropped": [],
    "effects": ["event/strike"],
    "events": [],
    "export": ["graph.json"],
    "help": [],
    "help VERB": ["why"],
    "licenses": [],
    "merges": [],
    "path": ["Iran", "actor/israel"],
    "places": [],
    "query": ["planned"],
    "query --list": ["--list"],
    "query --show": ["planned", "--show"],
    "roots": [],
    "samples": [],
    "schema": [],
    "schema --rdf": ["--rdf"],
    "schema check": ["plover"],
    "schema list": [],
    "schema show": ["ASSAULT"],
    "search": ["officers"],
    "show": ["Iran"],
    "stats": [],
    "timeline": [],
    "turning-points": [],
    "version": [],
    "view": ["--no-open"],
    "why": ["Israel vows"],
}
MAKING = {
    "add",
    "build",
    "check",
    "check --repair",
    "import",
    "merge",
    "merges --forget",
    "push",
    "remove",
    "serve",
    "split",
    "validate",
    "watch",
}  # tested one by one


def verbs(group: click.Group, before: str = ""):
    for name, command in group.commands.items():
        yield f"{before}{name}", command
        if isinstance(command, click.Group):
            yield from verbs(command, f"{before}{name} ")


def documented() -> dict[str, tuple[str, list[str]]]:
    return {name: (kind, re.findall(r"`([^`]+)`", keys)) for name, kind, keys in ROW.findall(DOC.read_text("utf-8"))}


def fits(name: str, lines: list[str]):
    """The value of a verb, checked against the document."""
    kind, keys = documented()[name]
    value = json.loads("\n".join(lines))
    if kind == "an object":
        assert list(value) == keys, name
    else:
        assert isinstance(value, dict if kind.startswith("an object") else list)
        assert all(set(keys) <= set(each) for each in (value if isinstance(value, list) else [value])), name
    return value


def test_every_verb_has_it_and_is_documented():
    names = {name for name, _ in verbs(cli.newsloom)}
    for name, command in verbs(cli.newsloom):
        assert any("--json" in option.opts for option in command.params), name
    assert names <= CALLS.keys() | MAKING
    assert documented().keys() == CALLS.keys() | MAKING


@pytest.mark.parametrize("name", CALLS)
def test_the_value_is_as_documented(stored, call, name):
    words = [word for word in name.split() if not word.startswith("--") and word != "VERB"]
    code, out, err = call(*words, *CALLS[name], "--json")
    assert code == 0, err
    fits(name, out)


def test_build(place, call, monkeypatch, schema, knowledge):
    monkeypatch.setattr(building, "load_schema", lambda: schema)
    monkeypatch.setattr(building, "_knowledge", lambda given: knowledge)
    monkeypatch.setattr(building, "Desk", FastDesk)
    Path("a.txt").write_text(f"Anna hits Bert. {RAIN}")
    Path("b.txt").write_text("")
    code, out, err = call("build", "a.txt", "b.txt", "--store", "s.db", "-o", "graph.json", "--json")
    assert (code, err) == (0, "")
    made = fits("build", out)
    assert (made["read"], made["graph"]["events"], made["graph"]["undated"]) == (1, 1, 1)
    assert made["refused"][0]["origin"] == "b.txt"
    assert made["wrote"] == [str(place / "graph.json")]
    code, out, err = call("build", "b.txt", "--store", "none.db", "--json")
    assert code == 3
    assert len(fits("build", out)["refused"]) == 1
    assert json.loads(err)["error"]["name"] == "input"


def test_import(place, call):
    code, out, err = call("import", str(table(place, line(STRIKE), name="a.export.CSV")), "--json")
    assert (code, err) == (0, "")
    assert fits("import", out)["read"] == 1


def test_merge_and_split(shelf, call):  # noqa: F811
    found = fits("merge", call("merge", HANIYEH, ABED, "--json")[1])
    assert found["decision"]["verb"] == "merge"
    assert [node["mentions"] for node in found["nodes"]] == [4]
    found = fits("merges --forget", call("merges", "--forget", "1", "--json")[1])
    assert [node["id"] for node in found["nodes"]] == [HANIYEH, ABED]
    found = fits("split", call("split", HANIYEH, "--name", "Haniyeh", "--json")[1])
    assert len(found["nodes"]) == 2


def test_check_and_repair(place, call):
    batches.build("newsloom.db", 2)
    assert fits("check", call("check", "--json")[1])["faults"] == []
    assert fits("check", call("check", "--repair", "--json")[1])["articles"] == 8
    Path("newsloom.db").write_bytes(b"x" * 100 + Path("newsloom.db").read_bytes()[100:])
    assert fits("check --repair", call("check", "--repair", "--json")[1])["articles"] == 8


def test_query_of_other_forms(stored, call):
    assert "boolean" in json.loads("\n".join(call("query", "ASK { ?s ?p ?o }", "--json")[1]))
    triples = json.loads("\n".join(call("query", "DESCRIBE <actor/iran>", "--json")[1]))["triples"]
    assert {tuple(triple) for triple in triples} == {("subject", "predicate", "object")}


def test_push(stored, call, monkeypatch):
    pushed = push.Pushed(("https://x.example/graph/a",), (), (), 3, {"https://x.example/graph/a": 3})
    monkeypatch.setattr(push, "push", lambda *_, **__: pushed)
    assert fits("push", call("push", "http://localhost:1/store", "--json")[1])["triples"] == 3


def test_serve_tells_its_address(stored, call, monkeypatch):
    monkeypatch.setattr(serving, "run", lambda store, announce, **_: announce("http://127.0.0.1:1/"))
    assert fits("serve", call("serve", "--no-open", "--json")[1])["address"] == "http://127.0.0.1:1/"


def test_validate(stored, call):
    call("export", "all.trig")
    code, out, _ = call("validate", "all.trig", "--json")
    assert code == 0
    assert fits("validate", out)["findings"] == []
    Path("all.trig").write_text(re.sub(r"sem:eventType [^;]+;", "", Path("all.trig").read_text()))
    code, out, err = call("validate", "all.trig", "--json")
    assert code == 3
    assert fits("validate", out)["findings"]
    assert json.loads(err)["error"]["code"] == 3


def test_view_tells_whether_a_browser_was_asked(stored, call, monkeypatch):
    monkeypatch.setenv("DISPLAY", ":0")
    monkeypatch.setattr(webbrowser, "open", lambda address: True)
    assert fits("view", call("view", "--json")[1])["opened"] is True


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["timelin", "--json"], {"code": 2, "name": "usage"}),
        (["timeline", "--json", "--since", "soon"], {"code": 2, "name": "usage"}),
        (["timeline", "--actor", "Zanzibar", "--json"], {"code": 6, "name": "not-found"}),
        (["export", "a.xyz", "--json"], {"code": 2, "name": "usage"}),
        (["actors", "--store", "none.db", "--json"], {"code": 5, "name": "store"}),
        (["schema", "check", "none.yaml", "--json"], {"code": 4, "name": "schema"}),
        (["validate", "none.trig", "--json"], {"code": 3, "name": "input"}),
        (["view", "-o", "-", "--json"], {"code": 2, "name": "usage"}),
        (["query", "planned", "--format", "csv", "--json"], {"code": 2, "name": "usage"}),
    ],
)
def test_errors_are_json_on_the_last_line_of_standard_error(stored, call, arguments, expected):
    code, out, err = call(*arguments)
    error = json.loads(err.splitlines()[-1])["error"]
    assert (code, out) == (expected["code"], [])
    assert expected.items() <= error.items()
    assert error["message"]


def test_errors_carry_what_comes_near(stored, call):
    error = json.loads(call("why", "strike on the embassy in Dubai", "--json")[2])["error"]
    assert "Strike on the consulate in Damascus" in error["nearest"]
    code, out, err = call("why", "Iran", "--type", "ASSAULT", "--json")
    assert code in (0, 2)
    if code == 2:
        assert json.loads(err)["error"]["offered"] == [node["id"] for node in json.loads("\n".join(out))["offered"]]


def test_an_internal_error_and_an_interruption(stored, call, monkeypatch):
    def broken(*_, **__):
        raise RuntimeError("a \x1b[31mbug")

    monkeypatch.setattr(Graph, "timeline", broken)
    code, _, err = call("timeline", "--json")
    assert (code, json.loads(err)["error"]["name"]) == (70, "internal")
    assert "\x1b" not in err

    def interrupted(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr(Graph, "timeline", interrupted)
    code, _, err = call("timeline", "--json")
    assert (code, json.loads(err.strip())["error"]["name"]) == (130, "interrupted")


def test_json_after_two_dashes_is_a_word(stored, call):
    assert call("search", "--", "--json")[2].startswith("error: ")


def test_help_describes_every_verb():
    told = described(click.Context(cli.newsloom, info_name="newsloom"))
    assert {verb["name"] for verb in told["verbs"]} == {name for name, _ in verbs(cli.newsloom)}
