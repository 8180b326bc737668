"""Texts that are programs elsewhere (SQL, SPARQL, formulas, YAML): kept, asked and written as plain texts."""

import csv
import time

import pytest
from calling import keep
from hostile import ATTACKS, hostile_graph
from hostile_files import ALIASES
from small import small_graph

import newsloom
from newsloom import exports
from newsloom.exports.text import FORMULA
from newsloom.graph import knowledge
from newsloom.graph.knowledge import own
from newsloom.schemas import load_schema, loader
from newsloom.schemas.errors import InputError, NewsloomError, NotFound, SchemaError

STORED = [name for name, attack in ATTACKS.items() if attack.isascii() and "\x00" not in attack]
YAML = {
    "aliases": (ALIASES, "aliases"),
    "an alias of itself": ("a: &a [*a]", "aliases"),
    "a merge": ("a: &a {b: c}\nd:\n  <<: *a", "aliases"),
    "a tag that runs": ("a: !!python/object/apply:os.system ['touch /tmp/x']", "tags"),
    "a tag of a key": ("!!python/name:os.system a: b", "tags"),
    "deep lists": ("[" * 100_000, "nested more than"),
    "deep lines": ("\n".join(" " * n + "a:" for n in range(2_000)), "nested more than"),
    "many documents": ("---\na: b\n" * 1000, "more than one"),
    "NUL": ("a: b\x00", "not YAML"),
    "a control character": ("a: \x1b[31m", "not YAML"),
}


@pytest.mark.parametrize("attack", STORED)
def test_a_store_gives_back_what_it_was_given(tmp_path, attack):
    graph = hostile_graph(ATTACKS[attack])
    keep(graph, tmp_path / "a.db")
    again = newsloom.load(tmp_path / "a.db")
    assert set(again.nodes.values()) == set(graph.nodes.values())
    assert again.articles == graph.articles
    assert set(again.relations) == set(graph.relations)


@pytest.mark.parametrize("attack", STORED)
def test_a_query_finds_what_is_said_and_nothing_else(attack):
    graph = hostile_graph(ATTACKS[attack])
    wanted = "SELECT ?name { ?event sem:eventType ?type ; rdfs:label ?name }"
    found = newsloom.query(graph, wanted).rows
    assert len(found) == len(newsloom.query(small_graph(), wanted).rows)
    assert any(ATTACKS[attack] in name for (name,) in found)


@pytest.mark.parametrize("attack", ["sql", "sparql", "turtle", "quotes", "iri", "dots"])
def test_words_to_look_for_are_no_program(attack):
    graph = small_graph()
    for ask in (graph.why, graph.effects):
        with pytest.raises(NewsloomError):
            ask(ATTACKS[attack])
    with pytest.raises(NotFound):
        graph.timeline(actor=ATTACKS[attack])
    assert newsloom.query(graph, "who-to-whom", type=ATTACKS[attack]).rows == ()


@pytest.mark.parametrize("attack", ["formula", "plus", "at", "tab"])
@pytest.mark.parametrize("suffix", [".csv", ".gdelt.tsv"])
def test_no_cell_of_text_is_a_formula(tmp_path, attack, suffix):
    graph = hostile_graph(ATTACKS[attack])
    for path in exports.write(graph, tmp_path / f"graph{suffix}"):
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.reader(file, delimiter="," if suffix == ".csv" else "\t"))
        assert rows
        assert not [cell for row in rows for cell in row if cell.startswith(FORMULA) and not _is_number(cell)]


def test_no_cell_of_an_answer_is_a_formula(call, place):
    keep(hostile_graph(ATTACKS["formula"]))
    code, out, _ = call("query", "SELECT ?name { ?event rdfs:label ?name }", "--format", "csv")
    assert code == 0
    assert any(line.startswith(("'=", "\"'=")) for line in out)
    assert not any(line.startswith(("=", '"=')) for line in out)


def _is_number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return True


@pytest.mark.parametrize("name", YAML)
def test_yaml_is_plain_values_or_refused(tmp_path, name):
    text, reason = YAML[name]
    path = tmp_path / "own.yaml"
    path.write_bytes(text.encode())
    start = time.process_time()
    for load, error in ((load_schema, SchemaError), (knowledge.load, InputError)):
        with pytest.raises(error, match=reason):
            load(path)
    assert time.process_time() - start < 5


@pytest.mark.parametrize("name", ["own.yaml", "own.csv", "own.ftm"])
def test_files_that_are_too_large_or_no_text(tmp_path, monkeypatch, name):
    monkeypatch.setattr(loader, "MAX_FILE", 1000)
    path = tmp_path / name
    path.write_bytes(b"a" * 1001)
    with pytest.raises(InputError, match=f"{name} is larger than"):
        own.read(path)
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(InputError, match="not text in UTF-8"):
        own.read(path)
    with pytest.raises(InputError, match="cannot be read"):
        own.read(tmp_path)
