"""What Tab offers, and the scripts that shells need for it."""

import os
import shutil
import subprocess
import sys

import pytest

from newsloom.graph.store import Store


def offered(*words: str) -> list[str]:
    """What bash is told for a line whose last word is being typed."""
    line = ["newsloom", *words]
    environment = {
        **os.environ,
        "_NEWSLOOM_COMPLETE": "bash_complete",
        "COMP_WORDS": " ".join(line),
        "COMP_CWORD": str(len(line) - 1),
    }
    done = subprocess.run(
        [sys.executable, "-m", "newsloom"], capture_output=True, text=True, env=environment, check=True
    )
    assert done.stderr == ""
    return [line.partition(",")[2] for line in done.stdout.splitlines() if line]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["timel"], ["timeline"]),
        (["timeline", "--si"], ["--since"]),
        (["timeline", "--type", "thr"], ["THREATEN"]),
        (["timeline", "--type", "PROTEST,THR"], ["PROTEST,THREATEN"]),
        (["timeline", "--actor", "ir"], ["actor/iran"]),
        (["timeline", "--place", "is"], ["place/israel"]),
        (["show", "event/la"], ["event/launch"]),
        (["show", "iran"], ["actor/iran", "event/launch", "article/a1"]),
        (["why", "--store", "none.db", "Ir"], []),
        (["export", "graph.tt"], ["graph.ttl", "graph.tt"]),
        (["query", "what-l"], ["what-led-to", "what-l"]),
        (["schema", "show", "respo"], ["responds-to"]),
        (["help", "dat"], ["dates"]),
        (["completion", "b"], ["bash"]),
        (["build", "ne"], ["ne"]),
    ],
)
def test_what_is_offered(stored, words, expected):
    assert offered(*words) == expected


def test_names_of_nodes_are_found_by_their_beginning(stored):
    with Store.open("newsloom.db", create=False) as store:
        assert store.names("dam", 5) == [("place/damascus", "Damascus")]
        assert store.names("i", 5, "actor") == [("actor/iran", "Iran"), ("actor/israel", "Israel")]
        assert len(store.names("", 2)) == 2
        assert store.names("%", 5) == store.names("_", 5) == store.names("\\", 5) == []


def test_no_name_steers_the_shell(stored, monkeypatch):
    monkeypatch.setattr("newsloom.graph.store.Store.names", lambda *_: [("actor/a", "evil \x1b[31m"), ("a\nb", "x")])
    import click

    from newsloom import cli
    from newsloom.completing import nodes

    found = nodes()(click.Context(cli.newsloom), click.Option(["-x"]), "a")
    assert [(item.value, item.help) for item in found] == [("actor/a", "evil \ufffd[31m")]


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_scripts(call, shell):
    code, out, err = call("completion", shell)
    assert (code, err) == (0, "")
    script = "\n".join(out)
    assert "_NEWSLOOM_COMPLETE" in script
    if shutil.which(shell):
        subprocess.run([shell, "-n"], input=script, text=True, check=True)
