"""`-v`: what it shows, where, and that nothing in it can steer a terminal."""

import logging
import os
import subprocess
import sys
from pathlib import Path

import click
import pytest
from faking import FastDesk
from test_cli_mend import ABED, HANIYEH, shelf  # noqa: F401

from newsloom import building, cli, logs
from newsloom.graph.clock import Clock

RAIN = "It rained on the village for a whole day, and the people of the village stayed at home."


@pytest.fixture
def desk(place, monkeypatch, schema, knowledge):
    monkeypatch.setattr(building, "load_schema", lambda: schema)
    monkeypatch.setattr(building, "_knowledge", lambda given: knowledge)
    monkeypatch.setattr(building, "Desk", FastDesk)
    Path("a.txt").write_text(f"Anna hits Bert. {RAIN}")
    Path("b.txt").write_text("")


@pytest.fixture
def quiet():
    yield
    logs.listen(0)


def every_command(group):
    for command in group.commands.values():
        yield command
        if isinstance(command, click.Group):
            yield from every_command(command)


def test_every_verb_and_the_group_take_it():
    for command in (cli.newsloom, *every_command(cli.newsloom)):
        assert sum("-v" in option.opts for option in command.params) == 1, command.name


@pytest.mark.parametrize("arguments", [["-v", "build"], ["build", "-v"], ["build", "--verbose"]])
def test_the_log_goes_to_standard_error(desk, call, arguments):
    verb, *options = arguments[::-1] if arguments[0] == "-v" else arguments
    words = ["-v", "build"] if arguments[0] == "-v" else [verb, *options]
    code, out, err = call(*words, "a.txt", "b.txt")
    assert (code, out) == (0, [])
    assert "left out b.txt: " in err
    assert "reading: 1 of 1 articles" in err
    assert "left out" not in call("build", "a.txt", "b.txt")[2]


def test_twice_tells_more(stored, call, quiet):
    log = logging.getLogger("newsloom.somewhere")
    for words, shown in (
        (["actors"], (False, False)),
        (["-v", "actors"], (True, False)),
        (["actors", "-vv"], (True, True)),
        (["-v", "actors", "-v"], (True, True)),
    ):
        call(*words)
        assert (log.isEnabledFor(logging.INFO), log.isEnabledFor(logging.DEBUG)) == shown


def test_json_keeps_standard_output(desk, call):
    code, out, err = call("build", "a.txt", "-vv", "--json")
    assert (code, out[0], out[-1]) == (0, "{", "}")
    assert "newsloom.progress reading" in err


def test_nothing_in_the_log_steers_a_terminal(capsys, quiet):
    logs.listen(1)
    try:
        raise ValueError("evil \x1b]0;title\x07")
    except ValueError:
        logging.getLogger("newsloom").exception("cannot read %s", "a\x1b[31m\nfile \u202e")
    err = capsys.readouterr().err
    assert not set("\x1b\x07\u202e") & set(err)
    assert "cannot read a\ufffd[31m" in err
    assert "ValueError: evil" in err


def test_an_error_in_a_log_line_stops_nothing(capsys, quiet):
    logs.Lines().emit(logging.LogRecord("newsloom", logging.INFO, __file__, 1, "%d articles", ("many",), None))
    assert "Traceback" in capsys.readouterr().err  # as logging has it


def test_a_clock_tells_steps_and_the_whole(caplog):
    with caplog.at_level(logging.DEBUG, "newsloom"):
        clock = Clock(logging.getLogger("newsloom.graph"))
        clock.step("places", [1, 2])
        clock.step("order")
        clock.done("woven")
    assert [record.getMessage() for record in caplog.records] == [
        "places: 2 in 0.0 s",
        "order in 0.0 s",
        "woven in 0.0 s",
    ]


def test_processes_that_it_starts_listen_as_well(place, quiet):
    code = "from newsloom import logs; print(logs.inherited())"
    for verbosity in (0, 2):
        logs.listen(verbosity)
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=os.environ)
        assert done.stdout == f"{verbosity}\n"


def test_weaving_tells_its_steps(shelf, call):  # noqa: F811
    err = call("merge", HANIYEH, ABED, "-vv")[2]
    for step in ("places and actors: ", "events", "relations", "order and days", "woven: ", "kept in the store in "):
        assert step in err
    assert "places and actors" not in call("merges", "--forget", "1", "-v")[2]
