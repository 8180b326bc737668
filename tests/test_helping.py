"""Help that teaches: every verb has examples that would run, stands in one section, and is found by `newsloom help`."""

import json
import re
import shlex
import subprocess
import sys

import click
import pytest
from calling import fails

from newsloom import cli
from newsloom.helping import TOPICS, topic

EXAMPLE = re.compile(r"^ *(?:[^|\n]* \| )?(newsloom [^\n]*)$", re.MULTILINE)


def commands(group: click.Group, before: tuple[str, ...] = ()):
    for name, command in group.commands.items():
        yield (*before, name), command
        if isinstance(command, click.Group):
            yield from commands(command, (*before, name))


COMMANDS = dict(commands(cli.newsloom))


def examples(text: str) -> list[list[str]]:
    lines = [re.split(r"\s{3,}| > \S+$| \| ", line)[0] for line in EXAMPLE.findall(text)]
    return [shlex.split(line)[1:] for line in lines]


def parses(words: list[str]) -> None:
    """Read a call as far as its options and arguments."""
    context, command = click.Context(cli.newsloom, info_name="newsloom"), cli.newsloom
    while isinstance(command, click.Group) and words and words[0] in command.commands:
        command, words = command.commands[words[0]], words[1:]
    command.make_context("x", list(words), parent=context)


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_every_verb_has_examples_that_would_run(words, place):
    found = examples(COMMANDS[words].help or "")
    assert any(example[: len(words)] == list(words) for example in found)
    for example in found:
        parses(example)


@pytest.mark.parametrize("name", TOPICS)
def test_topics_and_their_examples(name, place):
    for example in examples(topic(name)):
        parses(example)
    assert max(map(len, topic(name).splitlines())) <= 120
    assert "{" not in topic(name).replace('{"error"', "").replace('{"code"', "")


def test_every_verb_stands_in_one_section():
    sections = cli.newsloom.sections()
    names = [name for _, names in sections for name in names]
    assert sorted(names) == sorted(cli.newsloom.commands)
    assert "More" not in dict(sections)


def test_a_verb_without_a_section_is_shown_all_the_same():
    group = cli.Verbs("x", commands={"build": click.Command("build"), "other": click.Command("other")})
    assert group.sections()[-1] == ("More", ["other"])
    assert "other" in group.get_help(click.Context(group))


def test_help(call):
    top = call("help")[1]
    assert top[: len(call("--help")[1])] == call("--help")[1]
    assert all(any(line.strip().startswith(name) for line in top) for name in TOPICS)
    assert call("help", "why")[1] == call("why", "--help")[1]
    assert call("help", "schema", "show")[1] == call("schema", "show", "--help")[1]
    assert call("help", "dates")[1][0] == "Dates"
    assert "Did you mean why?" in fails(call, 6, "help", "wy")
    assert "there is no help on 'schema shw'" in fails(call, 6, "help", "schema", "shw")
    assert json.loads("\n".join(call("help", "dates", "--json")[1]))["text"].startswith("Dates")


def test_help_is_quick():
    """What takes long to import stays out of --help, and so does what reads files."""
    heavy = ("spacy", "rdflib", "networkx", "numpy", "rich", "sqlite3", "packaging", "requests", "tomllib")
    code = (
        "import sys\nfrom newsloom import cli\ncli.run(['--help'])\n"
        f"print([name for name in {heavy} if name in sys.modules], file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stderr.strip() == "[]"
