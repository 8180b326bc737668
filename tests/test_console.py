"""What a terminal shows and a pipe gets: nothing steers it, lines fit, colours only where they are wanted."""

import os
import subprocess
import sys

import pytest
from calling import keep
from small import small_graph

from newsloom import cli
from newsloom.console import say, visible
from newsloom.graph.model import Graph
from newsloom.graph.types import Actor, Article, Event, Evidence, Reading, Relation
from newsloom.wording import excerpt


def test_nothing_in_an_article_steers_the_terminal(place, call):
    evil = "Anna\x1b[31m hits\x07 [bold]Bert[/] \u202eevil\nnext \x9b2J"
    article = Article("a", evil, title=evil, source=evil, published="2024-01-01")
    sure = (Evidence("a", 0, len(evil), "by-hand", 1.0),)
    nodes = [Event("e", "ASSAULT", evil, (evil,)), Event("f", "ASSAULT", "other"), Actor("x", "State", evil)]
    relations = [Relation("f", "causes", "e", 1.0, sure), Relation("e", "agent", "x", 1.0, sure)]
    keep(Graph(small_graph().schema, [Reading(article, ((0, len(evil)),), (), ())], nodes, relations, {}))
    plain = (
        "timeline",
        "why e",
        "effects f",
        "chain f e",
        "path f x",
        "actors",
        "events",
        "articles",
        "search Anna",
        "show e",
        "show x",
    )
    for words in (*plain, "timeline --json", "why e --json", "articles --json"):
        arguments = words.split()
        code, out, err = call(*arguments)
        assert code == 0, arguments
        assert not set("\x1b\x07\x9b\u202e") & set("".join(out) + err), arguments
        assert any("[bold]Bert[/]" in line for line in out), arguments
    _, out, err = call("why", "\x1b[31mnone")
    assert "\x1b" not in err


def test_colours_are_for_terminals_that_want_them(stored):
    script = "import sys; sys.stdout.isatty = lambda: True; from newsloom.cli import main; main(['timeline'])"
    for no_color, coloured in (("", True), ("1", False)):
        environment = {**os.environ, "NO_COLOR": no_color}
        out = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, env=environment).stdout
        assert ("\x1b[" in out) == coloured


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "utf-8"])
def test_any_encoding_of_the_terminal_will_do(stored, encoding):
    environment = {**os.environ, "PYTHONIOENCODING": encoding}
    done = subprocess.run([sys.executable, "-m", "newsloom", "why", "Iran"], capture_output=True, env=environment)
    assert done.returncode == 0
    assert b"responds to" in done.stdout


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("one\n two", "one two"),
        ("a\x1b[0mb", "a\ufffd[0mb"),
        ("\u202eabc", "\ufffdabc"),
        ("Zürich – “so”", "Zürich – “so”"),
    ],
)
def test_visible(text, shown):
    assert visible(text) == shown


def test_excerpts_keep_the_cue():
    sentence = " ".join(f"word{n}" for n in range(200))
    start = sentence.index("word150")
    cut = excerpt(sentence, (start, start + 7), 80)
    assert "word150" in cut
    assert cut.startswith("… word")
    assert len(cut) <= 84
    assert excerpt("short", (0, 2)) == "short"
    assert excerpt(sentence, None, 80).startswith("word0 ")


@pytest.mark.parametrize("arguments", [("timeline",), ("events",), ("articles",), ("why", "Israel vows"), ("schema",)])
@pytest.mark.parametrize("columns", [80, 120])
def test_lines_fit_the_terminal(stored, terminal, arguments, columns):
    shown = terminal(columns)
    assert cli.run(arguments) == 0
    lines = shown.getvalue().splitlines()
    assert lines
    assert max(len(line.rstrip()) for line in lines) <= columns


def test_wrapped_lines_lose_no_word_and_hang(terminal):
    shown = terminal(40)
    say(("Some words that are bold ", {"bold": True}), "and then a good many that are not so at all", indent=4)
    first, *rest = shown.getvalue().splitlines()
    assert first.startswith("    Some")
    assert rest
    assert all(line.startswith(" " * 6) and len(line) <= 40 for line in rest)
    assert " ".join(shown.getvalue().split()).endswith("bold and then a good many that are not so at all")
