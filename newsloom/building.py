"""Articles in, a graph out: the whole way behind `newsloom.build`, with or without a store.

Articles are read in batches; with a store each batch is safe as soon as it is read, so that a
build that was cut off goes on where it stopped.
"""

import logging
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from ._version import __version__
from .graph.model import Graph
from .graph.store import Store, digest
from .graph.types import Article, Decision, Reading, Refusal
from .schemas import Schema, builtin_schemas, load_schema
from .schemas.errors import UsageError

if TYPE_CHECKING:
    from .graph.knowledge import Knowledge
    from .graph.reading.order_model import OrderModel
    from .graph.reading.parse import Parser

ORDER_MODEL = "order model"  # in the name of a reader that asks it
BATCH = 32  # articles that are read and stored at once
StrPath = str | Path
Progress = Callable[[int, int], None]
log = logging.getLogger("newsloom")


class Articles(Iterable[Article]):
    """The articles in some files, read while they are iterated; `refused` lists what was left out so far, and why."""

    def __init__(self, paths: Iterable[StrPath], published: Sequence[str] = ()):
        self.paths = tuple(paths)
        self.published = published
        self.refused: list[Refusal] = []

    def __repr__(self) -> str:
        return f"<Articles in {', '.join(map(str, self.paths))}>"

    def __iter__(self) -> Iterator[Article]:
        from .graph.articles import read_articles

        self.refused.clear()
        for found in read_articles(self.paths, published=self.published):
            if isinstance(found, Refusal):
                log.info("left out %s: %s", found.origin, found.reason)
                self.refused.append(found)
            else:
                yield found


class Outcome(Struct, frozen=True):
    """A graph, and how many articles were read for it, skipped (already there), read again, and what was refused."""

    graph: Graph
    read: int
    skipped: int
    again: int
    refused: tuple[Refusal, ...]

    @property
    def articles(self) -> int:
        """How many articles were met that were not refused."""
        return self.read + self.skipped + self.again


def read_articles(
    paths: StrPath | Iterable[StrPath], published: str | date | Iterable[str | date] | None = None
) -> Articles:
    """The articles in files and folders (`-` is standard input), read while they are iterated.

    `published` (ISO 8601) is the date of those that name none; of several dates the first is that of the
    first article, and so on, and the last one holds for all that are left. What cannot be read is left out and
    listed in the `refused` of what comes back. InputError: a path or a date that is none.
    """
    from .graph.articles import read_articles

    listed = [paths] if isinstance(paths, str | Path) else list(paths)
    given = [published] if isinstance(published, str | date) else published or ()
    days = [day.isoformat() if isinstance(day, date) else day for day in given]
    read_articles(listed, published=days)  # checks the paths and the dates, and reads nothing yet
    return Articles(listed, days)


def build(
    articles: Iterable[Article],
    *,
    schema: Schema | StrPath | None = None,
    knowledge: "Knowledge | StrPath | None" = None,
    store: StrPath | None = None,
    progress: Progress | None = None,
    order_model: bool | None = None,
) -> Graph:
    """The graph of some articles; with a `store` (a file), of all articles that are in it by then.

    `schema` and `knowledge` replace the built-in ones; `progress` is called with how many articles
    are read and how many there are to read. `Graph.refused` says what was left out, `Graph.merges` why mentions
    are one actor or place. What was decided of these in the store (`newsloom merge`, `newsloom split`,
    `Store.add_decision`) holds in every build; without a store nothing is decided. With `order_model`
    a trained model is asked for the order of events that words and tenses leave open (None: as the
    store was built before, else without).
    """
    return run(
        articles, schema=schema, knowledge=knowledge, store=store, progress=progress, order_model=order_model
    ).graph


def run(
    articles: Iterable[Article],
    *,
    schema: Schema | StrPath | None = None,
    knowledge: "Knowledge | StrPath | None" = None,
    store: StrPath | None = None,
    progress: Progress | None = None,
    order_model: bool | None = None,
) -> Outcome:
    """What `build` does, with the numbers."""
    vocabulary = schema if isinstance(schema, Schema) else load_schema(schema) if schema else _kept(store)
    known = _knowledge(knowledge)
    pile = _articles(articles)
    distinct, clashing = _distinct(pile)
    left_out = [*getattr(articles, "refused", ()), *clashing]
    refused = [refusal for refusal in left_out if not _is_double(refusal)]
    doubles = len(pile) - len(distinct) - len(clashing) + len(left_out) - len(refused)
    desk = Desk(vocabulary, known, progress, _asks_model(store) if order_model is None else order_model)
    if store is None or not (distinct or os.path.exists(store)):
        readings = [reading for batch in desk.read(distinct) for reading in batch]
        graph = desk.weave(readings, [*refused, *desk.refused])
        return Outcome(graph, len(readings), doubles, 0, graph.refused)
    with Store.open(store) as shelf:
        there = shelf.known(distinct)
        new = {article.id: article for article in distinct if article.id not in there}
        old = {article.id: article for article in shelf.outdated(desk.reader) if article.id not in new}
        done: set[str] = set()
        for batch in desk.read([*new.values(), *old.values()]):
            shelf.add_readings(batch, desk.reader)
            done |= {reading.article.id for reading in batch}
        refused += desk.refused
        is_woven = shelf.reader == desk.reader and shelf.keeps_merges and not shelf.is_stale
        graph = shelf.load() if is_woven else desk.weave_all(shelf, refused)
        skipped = len(there - old.keys()) + doubles
        return Outcome(graph, len(done & new.keys()), skipped, len(done & old.keys()), tuple(refused))


def _kept(store: StrPath | None) -> Schema:
    """The schema of one's own that a store was built with, else the built-in one as it is now."""
    if store is not None and os.path.exists(store):
        with Store.open(store) as shelf:
            kept = shelf.schema
        if kept is not None and kept.name not in builtin_schemas():
            return kept
    return load_schema()


def _asks_model(store: StrPath | None) -> bool:
    """Whether a store was built with the order model."""
    if store is None or not os.path.exists(store):
        return False
    with Store.open(store) as shelf:
        return ORDER_MODEL in (shelf.reader or "")


def desk_of(store: StrPath, knowledge: "Knowledge | StrPath | None" = None) -> "Desk":
    """The desk that a store is woven at again: with the schema of its own and the model that it was built with."""
    return Desk(_kept(store), _knowledge(knowledge), order_model=_asks_model(store))


def load(path: StrPath) -> Graph:
    """The graph in a store."""
    with Store.open(path, create=False) as store:
        return store.load()


def export(graph: Graph, path: StrPath, base: str | None = None, reify: bool = False) -> tuple[Path, ...]:
    """The files written: the graph in the format of the path's suffix (`newsloom.exports.suffixes()`).

    In RDF `base` is what the IRIs start with (with / at its end), and `reify` adds to each statement the triple
    that it is about, as RDF 1.2 has it.
    """
    from . import exports

    return exports.write(graph, path, base, reify)


class Desk:
    """Where articles are read: the parser and the trained models, loaded when the first article comes, the schema and
    the knowledge.
    """

    def __init__(
        self,
        schema: Schema,
        knowledge: "Knowledge",
        progress: Progress | None = None,
        order_model: bool = False,
    ):
        self.schema = schema
        self.knowledge = knowledge
        self.order_model = order_model
        self.refused: list[Refusal] = []
        self._progress = progress

    @property
    def reader(self) -> str:
        """What decides how an article is read: the program, the schema, the knowledge and the models."""
        from .graph.reading.network import models_digest

        model = f", {ORDER_MODEL}" if self.order_model else ""
        known = f"schema {self.schema.digest}, knowledge {self.knowledge.digest}, models {models_digest()}"
        return f"newsloom {__version__}, {known}{model}"

    def read(self, articles: Sequence[Article]) -> Iterator[list[Reading]]:
        """Readings of the articles, a batch at a time; one that cannot be read is refused and stops no other.

        UsageError: a library of the models is not installed.
        """
        if articles:
            _ = self._parser, self._judge  # what is wrong with them is wrong with the call, not with an article
        waiting = iter(articles)
        done = 0
        while batch := list(islice(waiting, BATCH)):
            try:
                readings = list(self._readings(batch))
            except Exception:  # by one of them: find out which
                readings = [reading for article in batch for reading in self._alone(article)]
            if readings:
                yield readings
            done += len(batch)
            if self._progress:
                self._progress(done, len(articles))

    def _alone(self, article: Article) -> Iterator[Reading]:
        """The reading of one article, or none and a refusal."""
        try:
            yield from self._readings([article])
        except Exception as error:
            log.exception("cannot read article %s", article.id)
            reason = f"an internal error while reading it ({type(error).__name__}: {error}); please report it"
            self.refused.append(Refusal(_where(article), reason))

    def _readings(self, articles: Iterable[Article]) -> Iterator[Reading]:
        from .graph.pipeline import read

        return read(articles, self._parser, self.schema, self.knowledge, self._judge)

    @cached_property
    def _parser(self) -> "Parser":
        from .graph.reading.causal_tagger import causal_tagger
        from .graph.reading.event_model import event_model
        from .graph.reading.parse import Parser

        return Parser(event_model(), causal_tagger())

    @cached_property
    def _judge(self) -> "OrderModel | None":
        if not self.order_model:
            return None
        from .graph.reading.order_model import OrderModel

        return OrderModel()

    def weave(
        self, readings: Iterable[Reading], refused: Iterable[Refusal], decisions: Iterable[Decision] = ()
    ) -> Graph:
        """The graph of some readings, with what was decided of its actors and places."""
        from .graph.pipeline import weave

        return weave(readings, self.schema, self.knowledge, refused, decisions)

    def weave_all(self, store: Store, refused: Iterable[Refusal]) -> Graph:
        """The graph of all that is in a store, which has it from now on."""
        revision = store.revision
        graph = self.weave(store.readings(), refused, store.decisions().values())
        store.replace_graph(graph, revision, self.reader)
        return graph


def _where(article: Article) -> str:
    return f"{article.origin}, article {article.id}" if article.origin else f"article {article.id}"


def _is_double(refusal: Refusal) -> bool:
    """Whether it is only that the same article came twice."""
    return refusal.reason.startswith("duplicate of ") and ":" not in refusal.reason


def _articles(given: Iterable[Article]) -> list[Article]:
    """All of the articles; UsageError for what are none, such as paths."""
    pile = [*given]
    strange = next((type(item).__name__ for item in pile if not isinstance(item, Article)), None)
    if strange:
        raise UsageError(f"build takes articles, not {strange}: give it what newsloom.read_articles(paths) returns.")
    return pile


def _distinct(articles: Iterable[Article]) -> tuple[list[Article], list[Refusal]]:
    """Each article once, and a refusal for each that has the id of another article."""
    seen: dict[str, str] = {}
    distinct, refused = [], []
    for article in articles:
        content = digest(article)
        if article.id not in seen:
            seen[article.id] = content
            distinct.append(article)
        elif seen[article.id] != content:
            refused.append(Refusal(_where(article), "another article has the same id"))
    return distinct, refused


def _knowledge(given: "Knowledge | StrPath | None") -> "Knowledge":
    from .graph import knowledge

    if given is None or isinstance(given, str | Path):
        return knowledge.load(Path(given) if given else None)
    return given
