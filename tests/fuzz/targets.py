"""Every reader, parser and writer that meets somebody else's bytes, each as a function of bytes."""

import asyncio
import gzip
import json
import tempfile
import zlib
from contextlib import suppress
from functools import cache, partial
from pathlib import Path
from typing import Any

from newsloom import exports, query
from newsloom.exports.rdf.reader import read as read_rdf
from newsloom.graph import knowledge
from newsloom.graph.articles import blocks, dateline, dates, read_articles, sources
from newsloom.graph.articles.decode import clean, decode
from newsloom.graph.articles.draft import Draft, Problem
from newsloom.graph.articles.text import read_text
from newsloom.graph.importing import read_gdelt
from newsloom.graph.pipeline import read_parse, weave
from newsloom.graph.reading import times
from newsloom.graph.reading.parse import Parse, Parser
from newsloom.graph.types import Article, Reading, Refusal
from newsloom.schemas import load_schema
from newsloom.schemas.loader import load_yaml

from . import pieces
from .contract import Target, sound

ARTICLES = (".txt", ".md", ".html", ".xml", ".json", ".jsonl", "")
RDF = (".ttl", ".trig", ".nt", ".nq", ".jsonld", ".rdf")
OWN = (".yaml", ".csv", ".ftm")
DAYS = (None, "2024-04-11", "0001-01-01", "9999-12-31T23:59:59Z")


@cache
def _folder() -> Path:
    return Path(tempfile.mkdtemp(prefix="fuzz-"))


def _file(name: str, data: bytes) -> Path:
    path = _folder() / name
    path.write_bytes(data)
    return path


def articles(suffix: str, data: bytes) -> None:
    """A file of articles, and what the guard around a file would hide."""
    path = _file(f"a{suffix}", data)
    with suppress(OSError, EOFError, zlib.error):  # which the guard has words for
        for item in sources._file(path):
            assert isinstance(item, Draft | Problem)
    for found in read_articles(path, published="2024-02-23"):
        assert isinstance(found, Article | Refusal)
        if isinstance(found, Refusal):
            assert found.reason.strip()
            continue
        found.text.encode()
        assert found.text.strip()
        assert found.day
        assert 0 <= found.body < len(found.text)


def packed(data: bytes) -> None:
    """Bytes that may be no gzip file, and the same bytes packed."""
    for given in (data, gzip.compress(data, 1)):
        for found in read_articles(_file("a.txt.gz", given)):
            assert isinstance(found, Article | Refusal)


def decoding(data: bytes) -> None:
    for markup in (False, True):
        text = decode(data, markup)
        if text is not None:
            assert clean(clean(text)) == clean(text)
            clean(text).encode()


def lines(data: bytes) -> None:
    """Text as one line, as a page, and as what a date or a dateline may be."""
    text = clean(data.decode("utf-8", "replace"))
    for found in (dates.iso(text), dates.read_date(text), dates.url_day(text)):
        assert found is None or Article(id="a", text="a", published=found).day
    dates.is_date_line(text)
    dates.could_be_two(text)
    list(dates.days_in(text))
    dates.url_month(text)
    line = dateline.find_dateline(text)
    assert line is None or 0 <= line.end < len(text)
    for one in text.split("\n"):
        if bare := " ".join(one.split()):
            blocks.line_blocks(bare)
    list(read_text(text))


def yaml(data: bytes) -> None:
    load_yaml(data.decode("utf-8", "replace"), "a.yaml")


def schema(data: bytes) -> None:
    load_schema(_file("a.yaml", data))


def known(suffix: str, data: bytes) -> None:
    knowledge.own.read(_file(f"own{suffix}", data))


@cache
def _knowledge() -> knowledge.Knowledge:
    return knowledge.load()


def known_whole(data: bytes) -> None:
    """A user's knowledge laid on top of newsloom's."""
    knowledge.load(_file(f"own{OWN[len(data) % 3]}", data))


def coded(data: bytes) -> None:
    for suffix in (".export.CSV", ".export.CSV.gz", ".export.CSV.zip"):
        for found in read_gdelt(_file(f"a{suffix}", data), load_schema_once(), _knowledge()):
            if isinstance(found, Reading):
                sound(found)


@cache
def load_schema_once():
    return load_schema()


@cache
def _small():
    from small import small_graph

    return small_graph()


def rdf(suffix: str, data: bytes) -> None:
    """An RDF file that somebody has written or changed: whole files have the bytes in their middle."""
    path = _file(f"a{suffix}", data)
    read_rdf(path)


@cache
def _written(suffix: str) -> bytes:
    (path,) = exports.write(_small(), _folder() / f"small{suffix}")
    return path.read_bytes()


def rdf_changed(data: bytes) -> None:
    """newsloom's own RDF with a stretch of it replaced by the bytes."""
    suffix = RDF[data[0] % len(RDF)] if data else ".nt"
    whole = _written(suffix)
    at = int.from_bytes(data[1:4], "big") % len(whole)
    rdf(suffix, whole[:at] + data[5:] + whole[at + (data[4] if len(data) > 4 else 0) :])


def sparql(data: bytes) -> None:
    query(_small(), data.decode("utf-8", "replace"), timeout=2)


@cache
def _application() -> Any:
    from calling import keep

    from newsloom.serving.app import application
    from newsloom.serving.querying import Engine
    from newsloom.serving.shelf import Shelf

    path = _folder() / "served.db"
    keep(_small(), path)
    app = application(Shelf(path))
    app.app.state.engine = Engine(2)
    return app


def served(data: bytes) -> None:
    """An address of the server: its answer is no error of the server's own."""
    path, _, asked = data.replace(b"\x00", b"%00").partition(b"?")
    answers: list[int] = []

    async def receive():
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message):
        if message["type"] == "http.response.start":
            answers.append(message["status"])

    from urllib.parse import unquote_to_bytes

    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "GET",
        "scheme": "http",
        "path": "/" + unquote_to_bytes(path).decode("latin-1" if len(data) % 2 else "utf-8", "replace").lstrip("/"),
        "raw_path": path,
        "query_string": asked.replace(b"#", b""),
        "headers": [(b"host", b"localhost")],
        "server": ("127.0.0.1", 80),
        "client": ("127.0.0.1", 1),
        "root_path": "",
    }
    if scope["path"].startswith("/sparql"):
        return
    asyncio.run(_application()(scope, receive, send))
    assert len(answers) == 1, answers
    assert answers[0] < 500, answers


@cache
def _parser() -> Parser:
    from newsloom.graph.reading.causal_tagger import causal_tagger
    from newsloom.graph.reading.event_model import event_model

    return Parser(event_model(), causal_tagger())


def timex(data: bytes) -> None:
    """Time expressions in tokens without a parse."""
    text = clean(data.decode("utf-8", "replace")) or "."
    article = Article(id="t", text=text, published=DAYS[len(data) % len(DAYS)])
    for mention in times.find(Parse(article, _parser().nlp.make_doc(text)), load_schema_once()):
        assert text[mention.span.start : mention.span.end] == mention.text


def reading(data: bytes) -> None:
    """A text read to its end, and woven."""
    text = clean(data.decode("utf-8", "replace"))
    if not any(character.isalpha() for character in text):
        return
    line = dateline.find_dateline(text)
    day = DAYS[len(data) % len(DAYS)]
    article = Article(id="t", text=text, published=day, body=line.end if line else 0)
    read = [read_parse(parse, load_schema_once(), _knowledge()) for parse in _parser().parse([article])]
    for one in read:
        sound(one)
    graph = weave(read, load_schema_once(), _knowledge())
    for relation in graph.relations:
        for evidence in relation.evidence:
            assert graph.sentence(evidence)


def written(data: bytes) -> None:
    """A graph with the text in every field, in one format, read back by the parser of that format."""
    from hostile import hostile_graph
    from test_exports_hostile import texts

    suffixes = exports.suffixes()
    suffix = suffixes[(data[0] if data else 0) % len(suffixes)]
    attack = data[1:].decode("utf-8", "surrogatepass" if len(data) % 2 else "replace") if _decodes(data[1:]) else "x"
    graph = hostile_graph.__wrapped__(attack)
    for path in exports.write(graph, _folder() / f"graph{suffix}"):
        found = texts(suffix, path)
        if suffix == ".csv":
            assert not any(cell.startswith(("=", "+", "@", "\t", "\r")) for cell in found)
    if suffix in RDF:
        again = read_rdf(_folder() / f"graph{suffix}")
        assert len(again.nodes) == len(graph.nodes)
    if suffix == ".json":
        told = json.loads((_folder() / "graph.json").read_text("utf-8"))
        for article in read_articles(_folder() / "graph.json"):
            assert isinstance(article, Article | Refusal)
        assert len(told["articles"]) == len(graph.articles)


def _decodes(data: bytes) -> bool:
    try:
        data.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return False
    return True


def _all() -> dict[str, Target]:
    odd = pieces.ODD
    by_suffix: dict[str, tuple[bytes, ...]] = {
        ".txt": pieces.WORDS,
        ".md": (
            *pieces.WORDS,
            *pieces.YAML[:8],
            b"# ",
            b"```\n",
            b"> " * 200,
            b"* " * 200,
            b"[x](y)",
            b"|a|b|\n|-|-|\n",
        ),
        ".html": (*pieces.MARKUP, *pieces.WORDS),
        ".xml": (*pieces.FEED, *pieces.WORDS),
        ".json": pieces.JSON,
        ".jsonl": pieces.JSON,
        "": (*pieces.JSON, *pieces.FEED, *pieces.MARKUP, *pieces.YAML[:4]),
    }
    found = [
        Target(f"articles{suffix or '-sniffed'}", partial(articles, suffix), (*by_suffix[suffix], *odd), guided=True)
        for suffix in ARTICLES
    ]
    found += [Target(f"knowledge{suffix}", partial(known, suffix), (*pieces.YAML, *odd), guided=True) for suffix in OWN]
    found += [Target(f"rdf{suffix}", partial(rdf, suffix), (*pieces.RDF, *odd)) for suffix in RDF]
    found += [
        Target("packed", packed, (*pieces.WORDS, *odd)),
        Target("decode", decoding, (*pieces.MARKUP[:15], *odd), guided=True),
        Target("lines", lines, (*pieces.WORDS, *pieces.DATES, *odd), guided=True),
        Target("yaml", yaml, (*pieces.YAML, *odd), guided=True),
        Target("schema", schema, (*pieces.YAML, *odd), seconds=5),
        Target("knowledge", known_whole, (*pieces.YAML, *odd), seconds=6),
        Target("coded", coded, (*pieces.CODED, *odd), guided=True),
        Target("rdf-changed", rdf_changed, (*pieces.RDF, *odd)),
        Target("sparql", sparql, (*pieces.SPARQL, *odd), seconds=5),
        Target("served", served, (*pieces.PATHS, *odd), seconds=5),
        Target("timex", timex, (*pieces.reading(), *pieces.DATES, *odd), guided=True),
        Target("reading", reading, (*pieces.reading(), *pieces.WORDS, *odd), seconds=6, per_kilobyte=1.0),
        Target("written", written, odd, seconds=6),
    ]
    return {target.name: target for target in found}


TARGETS: dict[str, Target] = _all()
