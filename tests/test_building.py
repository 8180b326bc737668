"""Building with and without a store; the reading itself is faked here (faking.py)."""

import signal
import subprocess
import sys

import pytest
from faking import FastDesk

import newsloom
from newsloom import building
from newsloom.building import read_articles, run
from newsloom.graph.store import Store
from newsloom.graph.types import Article, Refusal
from newsloom.schemas import schema_from
from newsloom.schemas.errors import InputError, UsageError

ONE = Article("1", "Anna hits Bert.")
TWO = Article("2", "Bert hits Carl.")
AGAIN = Article("3", "Anna hits Bert. Carl hits Dora.")
BROKEN = Article("4", "Crash.", origin="broken.txt")


@pytest.fixture(autouse=True)
def desk(monkeypatch, schema, knowledge):
    monkeypatch.setattr(building, "load_schema", lambda: schema)
    monkeypatch.setattr(building, "_knowledge", lambda given: knowledge)
    monkeypatch.setattr(building, "Desk", FastDesk)
    monkeypatch.setattr(building, "BATCH", 2)


@pytest.fixture
def store(tmp_path):
    return tmp_path / "s.db"


def counts(outcome) -> tuple[int, int, int, int]:
    return outcome.read, outcome.skipped, outcome.again, len(outcome.refused)


def test_without_a_store():
    outcome = run([ONE, TWO, AGAIN])
    assert counts(outcome) == (3, 0, 0, 0)
    assert sorted(event.name for event in outcome.graph.events) == [
        "Anna hits Bert",
        "Bert hits Carl",
        "Carl hits Dora",
    ]
    assert newsloom.build([ONE]).events[0].name == "Anna hits Bert"


def test_a_store_reads_only_what_is_new(store):
    assert counts(run([ONE, TWO], store=store)) == (2, 0, 0, 0)
    outcome = run([TWO, AGAIN], store=store)
    assert counts(outcome) == (1, 1, 0, 0)
    assert list(outcome.graph.articles) == ["1", "2", "3"]
    assert newsloom.load(store).nodes == outcome.graph.nodes == run([ONE, TWO, AGAIN]).graph.nodes


def test_nothing_new_is_neither_read_nor_woven(store, monkeypatch):
    graph = run([ONE], store=store).graph
    monkeypatch.delattr(FastDesk, "_woven")
    monkeypatch.delattr(FastDesk, "_reading")
    assert run([ONE], store=store).graph.nodes == graph.nodes


def test_a_changed_article_is_read_again(store):
    run([ONE, TWO], store=store)
    outcome = run([Article("1", "Dora hits Emil.")], store=store)
    assert counts(outcome) == (1, 0, 0, 0)
    assert sorted(event.name for event in outcome.graph.events) == ["Bert hits Carl", "Dora hits Emil"]


def test_another_reader_reads_all_again(store, monkeypatch):
    run([ONE, TWO], store=store)
    monkeypatch.setattr(building, "__version__", "99")
    assert counts(run([TWO, AGAIN], store=store)) == (1, 0, 2, 0)
    assert counts(run([], store=store)) == (0, 0, 0, 0)


@pytest.mark.parametrize("with_store", [True, False])
def test_one_bad_article_stops_no_other(store, with_store):
    outcome = run([ONE, BROKEN, TWO], store=store if with_store else None)
    assert counts(outcome) == (2, 0, 0, 1)
    assert outcome.refused == outcome.graph.refused
    assert outcome.refused[0].origin == "broken.txt, article 4"
    assert "internal error" in outcome.refused[0].reason


def test_the_same_article_twice_is_one(store):
    assert counts(run([ONE, ONE, TWO], store=store)) == (2, 1, 0, 0)


def test_one_id_for_two_articles():
    outcome = run([ONE, Article("1", "Dora hits Emil.", origin="b.txt")])
    assert counts(outcome) == (1, 0, 0, 1)
    assert outcome.refused == (Refusal("b.txt, article 1", "another article has the same id"),)


def test_nothing_at_all_makes_no_store(store):
    assert counts(run([], store=store)) == (0, 0, 0, 0)
    assert not store.exists()


def test_progress_tells_what_is_done(store):
    told = []
    run([ONE, TWO, AGAIN], progress=lambda done, total: told.append((done, total)))
    assert told == [(2, 3), (3, 3)]


def test_an_interrupted_build_goes_on(store):
    def articles():
        yield from (ONE, TWO, AGAIN)

    def stop(done, total):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(articles(), store=store, progress=stop)
    with Store.open(store) as shelf:
        assert shelf.is_stale
    outcome = run(articles(), store=store)
    assert counts(outcome) == (1, 2, 0, 0)
    assert outcome.graph.nodes == run(articles()).graph.nodes


@pytest.mark.parametrize("after", [1, 2, 4])
def test_a_killed_build_goes_on_to_the_same_graph(tmp_path, after):
    news = tmp_path / "news.jsonl"
    news.write_text(
        "".join(
            f'{{"id": "{n}", "text": "Person{n} hits Person{n % 3}. It rained on the village for a whole day."}}\n'
            for n in range(23)
        )
    )
    store = tmp_path / "s.db"
    command = [sys.executable, building.__file__.replace("newsloom/building.py", "tests/faking.py")]
    build = subprocess.Popen([*command, "0.02", str(news), str(store)], stdout=subprocess.PIPE, text=True)
    assert build.stdout is not None
    for _ in range(after):
        assert build.stdout.readline()
    build.send_signal(signal.SIGKILL)
    build.wait()
    build.stdout.close()
    outcome = run(read_articles(news), store=store)
    assert outcome.skipped >= 4 * after
    assert outcome.read + outcome.skipped == 23
    assert outcome.read > 0
    whole = run(read_articles(news), store=tmp_path / "whole.db").graph
    assert list(outcome.graph.nodes.items()) == list(whole.nodes.items())
    assert outcome.graph.readings == whole.readings
    with Store.open(store) as shelf:
        assert not shelf.is_stale


def test_reading_files(tmp_path):
    (tmp_path / "a.txt").write_text("Anna hits Bert. The two of them had met in the village on the day before.")
    (tmp_path / "b.txt").write_text("")
    articles = read_articles([tmp_path], published="2024-02-23")
    assert [article.published for article in articles] == ["2024-02-23"]
    assert [refusal.origin for refusal in articles.refused] == [str(tmp_path / "b.txt")]
    assert len(list(articles)) == len(articles.refused) == 1
    assert counts(run(articles)) == (1, 0, 0, 1)


def test_a_missing_path_or_a_bad_date_is_told_at_once(tmp_path):
    with pytest.raises(InputError, match="does not exist"):
        read_articles(tmp_path / "none.txt")
    with pytest.raises(UsageError, match="no date"):
        read_articles([tmp_path], published="tomorrow")


def test_importing_is_cheap():
    heavy = ("spacy", "rdflib", "pyvis", "networkx", "trafilatura", "rich", "pyoxigraph")
    code = f"import sys, newsloom, newsloom.cli; print([name for name in {heavy} if name in sys.modules])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout.strip() == "[]"


@pytest.mark.parametrize("name", newsloom.__all__)
def test_every_public_name_is_there(name):
    assert getattr(newsloom, name) is not None
    assert name in dir(newsloom)


@pytest.mark.parametrize("given", ["page.txt", ["page.txt"]])
def test_paths_are_no_articles(given):
    with pytest.raises(UsageError, match=r"articles, not str: .*read_articles"):
        newsloom.build(given)


def test_what_the_package_shows():
    assert dir(newsloom) == sorted(newsloom.__all__)
    assert repr(read_articles([])) == "<Articles in >"


def test_a_store_keeps_the_schema_it_was_built_with(store, schema):
    own = schema_from({**schema.raw, "name": "mine"})
    run([ONE], schema=own, store=store)
    assert building._kept(store).name == "mine"
    assert counts(run([ONE, TWO], store=store))[:2] == (1, 1)
