"""The Cypher script: every text is a literal that it cannot end, and what is loaded again is the graph.

Neo4j's own parser is no library of Python; the script's grammar is followed here by a small reader of literals.
"""

import re

import pytest
from hostile import ATTACKS, hostile_graph
from hypothesis import given
from hypothesis import strategies as st
from small import small_graph

from newsloom import exports
from newsloom.exports.cypher import BATCH, literal, quoted, statements, string
from newsloom.graph.model import Graph
from newsloom.graph.types import Actor

ESCAPES = {"n": "\n", "r": "\r", "t": "\t", "b": "\b", "f": "\f", "\\": "\\", "'": "'", '"': '"'}
TEXT = re.compile(r"'(?:[^'\\]|\\.)*'|`(?:[^`]|``)*`", re.DOTALL)
UNICODE = re.compile(r"\\u([0-9A-Fa-f]{4})")


def decoded(written: str) -> str:
    """What a text literal holds, by the rules of Cypher 25 (one pass)."""
    assert written[0] == written[-1] == "'"
    found, rest = "", written[1:-1]
    while rest:
        if rest[0] != "\\":
            assert rest[0] != "'"
            found, rest = found + rest[0], rest[1:]
        elif rest[1] == "u":
            found, rest = found + chr(int(rest[2:6], 16)), rest[6:]
        else:
            found, rest = found + ESCAPES[rest[1]], rest[2:]
    return found


def preprocessed(written: str) -> str:
    r"""A script as Neo4j 4 and 5 read it: each `\uXXXX` is a character, whatever stands before its backslash."""
    return UNICODE.sub(lambda match: chr(int(match[1], 16)), written)


def tails(script: str) -> list[str]:
    """What each statement does with its rows, all texts and names taken out."""
    bare = TEXT.sub("''", script)
    assert "\\" not in bare
    return sorted(statement.rpartition("\n] AS")[2].strip() for statement in bare.split(";"))


def test_nodes_and_ties(tmp_path):
    (path,) = exports.write(small_graph(), tmp_path / "graph.cypher")
    script = path.read_text(encoding="utf-8")
    assert script.count("CREATE CONSTRAINT") == 4
    assert "`start`: date('2024-04-13'), `end`: date('2024-04-14')" in script
    assert "MERGE (n:Event {id: row.id})\nSET n += row, n:`ASSAULT`;" in script
    assert "MATCH (a:Event {id: tie.source})\nMATCH (b:Actor {id: tie.target})\nMERGE (a)-[r:`agent`]->(b)" in script
    assert "`killed`: 7" in script
    assert "`articles`: ['a1', 'a2']" in script


def test_every_node_and_relation_is_there(tmp_path):
    graph = small_graph()
    script = ";\n".join(statements(graph))
    assert len(re.findall(r"^\{`id`: ", script, re.MULTILINE)) == len(graph.nodes)
    assert len(re.findall(r"^\{`source`: ", script, re.MULTILINE)) == len(graph.relations)


def test_some_at_a_time():
    actors = [Actor(f"actor/{n:04}", "Person", f"Person {n}") for n in range(2 * BATCH + 1)]
    told = [text for text in statements(Graph(small_graph().schema, [], actors, [], {})) if text.startswith("UNWIND")]
    assert [text.count("`id`") for text in told] == [BATCH, BATCH, 1]


@pytest.mark.parametrize("attack", ATTACKS.values(), ids=ATTACKS.keys())
def test_hostile_text_changes_no_statement(attack):
    script = ";\n".join(statements(hostile_graph(attack)))
    assert tails(script) == tails(";\n".join(statements(small_graph())))
    assert len(tails(preprocessed(script))) == len(tails(script))


@given(st.text(alphabet=st.sampled_from(list("\\'\"`u0027\n\r\t\bx;{}é")), max_size=30))
def test_a_text_is_read_as_it_was(text):
    assert decoded(string(text)) == text
    assert decoded(preprocessed(string(text))) == text


@given(st.text(alphabet=st.sampled_from(list("\\'`u0060ab")), max_size=20))
def test_a_label_stays_between_its_backticks(name):
    for written in (quoted(name), preprocessed(quoted(name))):
        assert written[0] == written[-1] == "`"
        assert "`" not in written[1:-1].replace("``", "")


@pytest.mark.parametrize(
    ("value", "written"),
    [(True, "true"), (7, "7"), (-9.5, "-9.5"), (2**70, "1.1805916207174113e+21"), ("a", "'a'"), (float("nan"), "")],
)
def test_literals(value, written):
    assert literal(value) == written


def test_what_has_no_literal_is_left_out():
    assert literal({"lat": float("inf"), "lon": 1.0}) == "{`lon`: 1.0}"
