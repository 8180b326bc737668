"""What the tests share: the parser, the schema and the knowledge, each loaded once."""

import pytest

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
