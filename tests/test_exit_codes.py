"""The exit codes are one table: errors, the command line, README, docs/json.md and `newsloom help` agree with it."""

import re
from pathlib import Path

from newsloom import cli
from newsloom.helping import topic
from newsloom.schemas import errors
from newsloom.schemas.errors import EXIT_CODES, NewsloomError

ROOT = Path(__file__).parents[1]
STABLE = {
    0: "done",
    1: "failed",
    2: "usage",
    3: "input",
    4: "schema",
    5: "store",
    6: "not-found",
    70: "internal",
    130: "interrupted",
}


def test_codes_and_their_names_stay():
    assert {code: name for code, (name, _) in EXIT_CODES.items()} == STABLE


def test_every_error_has_its_code():
    kinds = {NewsloomError, *NewsloomError.__subclasses__()}
    kinds |= {below for kind in kinds for below in kind.__subclasses__()}
    assert {kind.exit_code for kind in kinds} | {0, cli.INTERNAL, cli.INTERRUPTED, cli.PIPE_CLOSED} == EXIT_CODES.keys()
    listed = re.findall(r"(\w+)\s+exit (\d+)", errors.__doc__ or "")
    assert {name: int(code) for name, code in listed} == {
        kind.__name__: kind.exit_code
        for kind in kinds
        if kind.__module__ == errors.__name__ and kind is not errors.Unclear
    }


def test_the_document_has_the_same_table():
    rows = re.findall(r"^\| (\d+) \| `([\w-]+)` \| (.*) \|$", (ROOT / "docs/json.md").read_text("utf-8"), re.MULTILINE)
    assert {int(code): (name, meaning) for code, name, meaning in rows} == EXIT_CODES


def test_readme_and_help_name_every_code():
    line = re.search(r"\*\*Exit codes\*\*: ([^.]+)\.", (ROOT / "README.md").read_text("utf-8"))
    assert line
    assert [int(code) for code in re.findall(r"\d+", line[1])] == [*EXIT_CODES]
    for code, (name, meaning) in EXIT_CODES.items():
        assert re.search(rf"^ +{code}  {name} +{re.escape(meaning)}$", topic("programs"), re.MULTILINE)
