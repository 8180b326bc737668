"""What the tests share: the parser, the schema and the knowledge, each loaded once, and the command line."""

import shutil
import sys
from pathlib import Path

import pytest
from browsing import browser, open_page, page, small_file  # noqa: F401
from calling import Terminal, keep
from served import server  # noqa: F401
from serving import endpoint, fake, oxigraph, virtuoso  # noqa: F401
from small import small_graph

import newsloom
from newsloom import cli
from newsloom.graph.reading.parse import Parse, Parser
from newsloom.graph.types import Article
from newsloom.schemas import load_schema


def pytest_addoption(parser):
    parser.addoption("--regenerate", action="store_true", default=False, help="write the golden files anew")


@pytest.fixture(scope="session")
def parser():
    return Parser()


@pytest.fixture(scope="session")
def schema():
    return load_schema()


@pytest.fixture(scope="session")
def knowledge():
    from newsloom.graph import knowledge as room

    return room.load()


@pytest.fixture(scope="session")
def parse(parser):
    """A function from text (and an article's other fields) to a Parse."""

    def of(text: str, **fields) -> Parse:
        return next(parser.parse([Article(id=fields.pop("id", "t"), text=text, **fields)]))

    return of


@pytest.fixture
def place(tmp_path, monkeypatch):
    """An empty current folder, and no variable that changes anything."""
    monkeypatch.chdir(tmp_path)
    for name in ("NEWSLOOM_STORE", "NEWSLOOM_BASE", "NEWSLOOM_DEBUG", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


@pytest.fixture(scope="session")
def demo():
    """The graph of the sample articles."""
    return newsloom.build(newsloom.read_articles([Path(newsloom.__file__).parent / "samples"]))


@pytest.fixture(scope="session")
def kept(tmp_path_factory):
    """A store with the small graph."""
    path = tmp_path_factory.mktemp("kept") / "newsloom.db"
    keep(small_graph(), path)
    return path


@pytest.fixture
def stored(kept, place):
    """The small graph in the default store."""
    shutil.copy(kept, place)


@pytest.fixture
def call(place, capsys):
    """Run a command line: its exit code, its lines on standard output, its text on standard error."""

    def run(*arguments: str) -> tuple[int, list[str], str]:
        code = cli.run(arguments)
        captured = capsys.readouterr()
        return code, captured.out.splitlines(), captured.err

    return run


@pytest.fixture
def terminal(monkeypatch):
    """Standard output as a terminal of so many columns; gives what it shows."""

    def make(columns: int) -> Terminal:
        shown = Terminal()
        monkeypatch.setattr(sys, "stdout", shown)
        monkeypatch.setenv("COLUMNS", str(columns))
        monkeypatch.setenv("NO_COLOR", "1")
        return shown

    return make
