"""The same articles give the same graph, byte for byte, however often they are read and in whatever order they come."""

import json
import random
from pathlib import Path

import pytest

import newsloom
from newsloom.graph.reading.event_model import event_model

SAMPLES = Path(newsloom.__file__).parent / "samples"


def _written(articles, path):
    newsloom.export(newsloom.build(articles), path)
    return path.read_bytes()


@pytest.fixture(scope="module")
def articles():
    return list(newsloom.read_articles([SAMPLES]))


@pytest.fixture(scope="module")
def once(articles, tmp_path_factory):
    return _written(articles, tmp_path_factory.mktemp("once") / "graph.json")


def test_twice_is_the_same_to_the_byte(articles, once, tmp_path):
    event_model.cache_clear()
    assert _written(articles, tmp_path / "graph.json") == once


@pytest.mark.parametrize("seed", range(3))
def test_another_order_is_the_same_graph(articles, once, tmp_path, seed):
    """Only what stands article by article keeps the order in which they came: it is what a reader has given."""
    mixed = random.Random(seed).sample(articles, len(articles))
    given, found = json.loads(once), json.loads(_written(mixed, tmp_path / "graph.json"))
    assert [article["id"] for article in found["articles"]] == [article.id for article in mixed]
    for graph in (given, found):
        for part in ("articles", "mentions", "links"):
            graph[part].sort(key=json.dumps)
    assert found == given


def test_an_article_reads_the_same_in_any_company(articles, once):
    """The eight-bit arithmetic of the models scales by window, and no window holds two articles."""
    alone = newsloom.build(articles[3:4]).readings[0]
    assert next(r for r in newsloom.build(articles).readings if r.article.id == alone.article.id) == alone
