"""Nothing asks the network: articles are read, built, kept, asked and written while every connection fails."""

import socket

import pytest
from hostile_files import FILES

import newsloom
from newsloom import exports
from newsloom.graph.importing import read_gdelt
from newsloom.graph.types import Article

PAGE = """<!DOCTYPE html SYSTEM "http://e.example/x.dtd"><html><head><base href="http://e.example/">
<link rel="stylesheet" href="http://e.example/x.css"><script src="http://e.example/x.js"></script>
<meta http-equiv="refresh" content="0;url=http://e.example/"></head><body><img src="http://e.example/x.png">
<p>A storm hit the coast of the island on Monday and left many houses without power, officials said there.</p>
<iframe src="http://e.example/"></iframe></body></html>"""
LOADED = '{"@context": "http://e.example/c.jsonld", "@id": "x"}'


class Asked(AssertionError):
    """Something asked the network."""


@pytest.fixture
def no_network(monkeypatch):
    """Every connection and every look-up of a name fails, and is remembered even where the failure is caught."""
    asked: list[object] = []

    def refuse(*arguments, **_named):
        asked.append(arguments[-1])
        raise Asked(f"the network was asked for {arguments}")

    for name in ("connect", "connect_ex", "sendto"):
        monkeypatch.setattr(socket.socket, name, refuse)
    for name in ("getaddrinfo", "gethostbyname", "create_connection"):
        monkeypatch.setattr(socket, name, refuse)
    yield asked
    assert asked == []


def test_the_fixture_sees_who_asks(no_network):
    with pytest.raises(Asked):
        socket.create_connection(("e.example", 80))
    assert no_network == [("e.example", 80)]
    no_network.clear()


def test_reading_fetches_nothing(no_network, tmp_path):
    (tmp_path / "page.html").write_text(PAGE)
    for number, file in enumerate(FILES.values()):
        if "MB" not in file.name and file.name.endswith((".xml", ".html")) and len(data := file.data()) < 10**6:
            (tmp_path / f"{number}{file.name}").write_bytes(data)
    assert any(isinstance(found, Article) for found in newsloom.graph.articles.read_articles(tmp_path))


def test_building_asking_and_writing_fetch_nothing(no_network, tmp_path):
    (tmp_path / "page.html").write_text(PAGE.replace("A storm hit", "Rebels attacked") + "")
    (tmp_path / "a.jsonl").write_text('{"text": "Rebels attacked the port of Aden.", "url": "http://e.example/a"}')
    graph = newsloom.build(newsloom.read_articles(tmp_path), store=tmp_path / "a.db")
    graph.why(graph.events[0].id)
    newsloom.query(graph, "SELECT * { ?s ?p ?o } LIMIT 5")
    for suffix in exports.suffixes():
        newsloom.export(graph, tmp_path / f"graph{suffix}")
    newsloom.load(tmp_path / "a.db")


def test_a_context_of_elsewhere_is_not_fetched(no_network, tmp_path, call):
    (tmp_path / "a.jsonld").write_text(LOADED)
    assert call("import", "a.jsonld", "-o", "b.json")[0] == 3


def test_viewing_fetches_nothing(no_network, stored, call):
    assert call("view", "--no-open", "-o", "a.html")[0] == 0


def test_rows_with_addresses_are_not_followed(no_network, tmp_path, schema, knowledge):
    from gdelt_rows import STRIKE, line, table

    assert list(read_gdelt(table(tmp_path, line(STRIKE)), schema, knowledge))
