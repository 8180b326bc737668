"""Articles from Parquet, graphs to Parquet, and both at addresses."""

import builtins
import gzip
from datetime import date, datetime

import fsspec
import pyarrow as pa
import pytest
from pyarrow import parquet
from small import FIRST, small_graph

from newsloom import exports
from newsloom.building import read_articles
from newsloom.graph.types import Article
from newsloom.schemas.errors import InputError, NewsloomError, UsageError

RAIN = "It rained on the village for a whole day, and the river rose by the evening."
FLOOD = "The river flooded the village on the day after, and forty people were brought to the school."


@pytest.fixture(scope="module")
def graph():
    return small_graph()


def saved(folder, table: dict, name: str = "news.parquet", **options) -> str:
    path = str(folder / name)
    parquet.write_table(pa.table(table), path, **options)
    return path


@pytest.mark.parametrize(
    ("column", "day"),
    [
        ("published", "2024-02-23"),
        ("published", date(2024, 2, 23)),
        ("date", date(2024, 2, 23)),
        ("date", "2024-02-23"),
        ("published", datetime(2024, 2, 23, 10, 30)),
    ],
)
def test_an_article_a_row(tmp_path, column, day):
    path = saved(
        tmp_path,
        {
            "id": [7],
            "title": ["Rain"],
            "text": [RAIN],
            column: [day],
            "source": ["Sample Wire"],
            "url": [None],
            "x": [1],
        },
    )
    (article,) = read_articles(path)
    assert (article.id, article.title, article.text, article.source, article.origin) == (
        *("7", "Rain", RAIN, "Sample Wire", path),
    )
    assert article.published is not None
    assert article.day == date(2024, 2, 23)


def test_bad_rows_are_refused_and_the_rest_is_read(tmp_path):
    path = saved(
        tmp_path, {"text": [RAIN, None, " ", FLOOD], "published": ["soon", None, None, None]}, row_group_size=2
    )
    articles = read_articles(path)
    assert [article.text for article in articles] == [FLOOD]
    assert [refusal.origin for refusal in articles.refused] == [f"{path}, row {n}" for n in (1, 2, 3)]
    assert "which is no date" in articles.refused[0].reason
    assert articles.refused[1].reason == "`text` is missing"


@pytest.mark.parametrize("content", [b"", b"PAR1", b"PAR1" + bytes(100) + b"PAR1", b"no table at all"])
def test_a_broken_table_is_refused(tmp_path, content):
    path = tmp_path / "news.parquet"
    path.write_bytes(content)
    articles = read_articles(path)
    assert list(articles) == []
    assert "no Parquet file that can be read" in articles.refused[0].reason


def test_a_table_without_texts_is_refused(tmp_path):
    articles = read_articles(saved(tmp_path, {"body": [RAIN], "id": ["1"]}))
    assert list(articles) == []
    assert articles.refused[0].reason == "a table without a column `text`; its columns: body, id"


def test_a_row_group_that_no_memory_holds_is_refused(tmp_path, monkeypatch):
    from newsloom.graph.articles import tables

    path = saved(tmp_path, {"text": [RAIN * 50, FLOOD]}, row_group_size=1)
    monkeypatch.setattr(tables, "MAX_GROUP", 1000)
    articles = read_articles(path)
    assert [article.text for article in articles] == [FLOOD]
    assert articles.refused[0].origin == f"{path}, row group 1"


def test_pyarrow_is_named_when_it_is_missing(tmp_path, monkeypatch, graph):
    path = saved(tmp_path, {"text": [RAIN]})
    real = builtins.__import__

    def without(name, *rest):
        if name.startswith("pyarrow"):
            raise ImportError(name)
        return real(name, *rest)

    monkeypatch.setattr(builtins, "__import__", without)
    for call in (lambda: read_articles(path), lambda: exports.check(tmp_path / "graph.parquet")):
        with pytest.raises(UsageError, match=r"pip install 'newsloom\[parquet\]'"):
            call()


def test_the_tables_of_a_graph(graph, tmp_path):
    written = exports.write(graph, tmp_path / "graph.parquet")
    names = ["articles", "evidence", "mentions", "nodes", "relations"]
    assert [path.name for path in written] == [f"graph.{name}.parquet" for name in names]
    articles, evidence, mentions, nodes, relations = (parquet.read_table(path).to_pylist() for path in written)
    assert {article["id"] for article in articles} == set(graph.articles)
    assert [node["id"] for node in nodes] == sorted(graph.nodes)
    assert len(relations) == len(graph.relations)
    assert [relation["id"] for relation in relations] == list(range(len(relations)))
    assert len(evidence) == sum(len(relation.evidence) for relation in graph.relations)
    launch = next(node for node in nodes if node["id"] == "event/launch")
    assert (launch["start"], launch["end"]) == (date(2024, 4, 13), date(2024, 4, 14))
    text = {article["id"]: article["text"] for article in articles}
    for mention in mentions:
        assert text[mention["article"]][mention["start"] : mention["end"]] == mention["text"]
        assert graph.resolution.get(mention["id"]) == mention["node"]
    for one in evidence:
        assert one["sentence"] in text[one["article"]]
        assert 0 <= one["relation"] < len(relations)


def test_the_articles_of_a_graph_can_be_read_again(graph, tmp_path):
    path = next(path for path in exports.write(graph, tmp_path / "g.parquet") if "articles" in path.name)
    again = {article.id: article for article in read_articles(path)}
    assert again["a1"].text == FIRST.text
    assert (again["a1"].published, again["a1"].source, again["a1"].url) == (FIRST.published, FIRST.source, FIRST.url)


@pytest.fixture
def memory():
    """A file system that is no folder of this machine."""
    files = fsspec.filesystem("memory")
    yield files
    files.rm("/", recursive=True)


def test_articles_at_an_address(memory, tmp_path):
    memory.pipe("/news/a.txt", RAIN.encode())
    memory.pipe("/news/more/b.jsonl.gz", gzip.compress(f'{{"id": "1", "text": "{FLOOD}"}}\n'.encode()))
    memory.pipe("/news/more/c.bin", b"\x00")
    memory.put(saved(tmp_path, {"text": [f"{RAIN} {FLOOD}"]}), "/news/more/d.parquet")

    def found(address: str) -> list[tuple[str | None, str]]:
        return [(article.origin, article.text) for article in read_articles(address)]

    whole = [("memory:///news/a.txt", RAIN), ("memory:///news/more/b.jsonl.gz", FLOOD)]
    assert found("memory://news") == [*whole, ("memory:///news/more/d.parquet", f"{RAIN} {FLOOD}")]
    assert found("memory://news/*.txt") == whole[:1]
    assert found("memory://news/more/*.gz") == whole[1:]
    (tmp_path / "a.txt").write_text(RAIN)
    assert found(f"file://{tmp_path}/a.txt") == [(f"file://{tmp_path}/a.txt", RAIN)]


@pytest.mark.parametrize("address", ["memory://nothing", "memory://nothing/*.txt", "file:///nowhere/at/all.txt"])
def test_nothing_at_an_address(memory, address):
    with pytest.raises(InputError, match="there is nothing at"):
        read_articles(address)


def test_an_address_of_no_known_kind():
    with pytest.raises(UsageError, match=r"no address that newsloom knows .*file:// s3://"):
        read_articles("gopher://there/news.txt")
    with pytest.raises(UsageError, match="no address that newsloom knows"):
        exports.check("gopher://there/graph.json")


def test_a_graph_goes_to_an_address(memory, graph):
    memory.mkdir("/out")
    assert exports.write(graph, "memory://out/graph.csv") == (
        *("memory:///out/graph.edges.csv", "memory:///out/graph.nodes.csv"),
    )
    assert len(exports.write(graph, "memory://out/graph.parquet")) == 5
    with memory.open("/out/graph.nodes.parquet") as file:
        assert parquet.read_table(file).num_rows == len(graph.nodes)


def test_an_address_that_cannot_be_written(memory, graph, monkeypatch):
    def closed(*_):
        raise PermissionError("no")

    monkeypatch.setattr(type(memory), "put_file", closed)
    with pytest.raises(NewsloomError, match=r"Cannot write memory://out/graph.json \(PermissionError: no\)"):
        exports.write(graph, "memory://out/graph.json")


def test_how_many_articles_are_expected(tmp_path):
    from operator import length_hint

    saved(tmp_path, {"text": [RAIN, FLOOD]})
    (tmp_path / "a.txt").write_text(RAIN)
    (tmp_path / "b.jsonl").write_text('{"text": "1"}\n{"text": "2"}\n{"text": "3"}\n')
    (tmp_path / "c.parquet").write_text("none")
    assert length_hint(read_articles([tmp_path])) == 6
    assert length_hint([Article("1", RAIN)]) == 1
