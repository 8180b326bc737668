"""Articles in, a graph out: the whole way behind `newsloom.build`, with or without a store.

Articles are read in batches, by an engine (`newsloom.engines`), and many are woven with the help of one (`gathering`).
With a store each batch is safe as soon as it is read, so that a build that was cut off goes on where it stopped. Of
articles that were passed on only the ids are kept.
"""

import logging
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from datetime import date
from functools import cached_property, partial
from itertools import chain, islice
from operator import length_hint
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from . import engines
from ._version import __version__
from .engines import where
from .engines.hands import Reads
from .gathering import LEAST, gathering
from .grafting import Grafter
from .graph.clock import Clock
from .graph.corpus import Corpus, Held
from .graph.model import Graph
from .graph.store import Store, digest
from .graph.types import Article, Decision, Reading, Refusal, Woven
from .schemas import Schema, builtin_schemas, load_schema
from .schemas.errors import NewsloomError, UsageError

if TYPE_CHECKING:
    from .graph.knowledge import Knowledge
    from .graph.reading.order_model import OrderModel
    from .graph.reading.parse import Parser

ORDER_MODEL = "order model"  # in the name of a reader that asks it
BATCH = 32  # articles that are read and stored at once
SMALL = 64  # so many articles are read sooner in this process than others have started
ASKED = 8 * BATCH  # articles that the store is asked about at once
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

    def __length_hint__(self) -> int:
        """About how many articles there are: a line of JSON is one, any other file at least one."""
        from .graph.articles import expected

        return expected(self.paths)


class Outcome(Struct, frozen=True, dict=True):
    """A graph, and how many articles were read for it, skipped (already there), read again, and what was refused.

    `counts` says how many articles, undated articles, events, actors, places and relations the graph has; the graph
    of a store is loaded when it is first asked for.
    """

    load: Callable[[], Graph]
    counts: Mapping[str, int]
    read: int
    skipped: int
    again: int
    refused: tuple[Refusal, ...]

    @classmethod
    def of(cls, graph: Graph, read: int, skipped: int = 0, refused: Iterable[Refusal] | None = None) -> "Outcome":
        """The outcome of a build whose graph is in memory."""
        left_out = graph.refused if refused is None else tuple(refused)
        return cls(lambda: graph, _counts(graph), read, skipped, 0, left_out)

    @cached_property
    def graph(self) -> Graph:
        """The graph itself."""
        return self.load()

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
    jobs: int | None = None,
    engine: str | None = None,
) -> Graph:
    """The graph of some articles; with a `store` (a file), of all articles that are in it by then.

    `schema` and `knowledge` replace the built-in ones; `progress` is called with how many articles
    are read and how many there are to read, as far as that is known by then. `Graph.refused` says what was left
    out, `Graph.merges` why mentions are one actor or place. What was decided of these in the store
    (`newsloom merge`, `newsloom split`, `Store.add_decision`) holds in every build; without a store nothing is
    decided. With `order_model` a trained model is asked for the order of events that words and tenses leave open
    (None: as the store was built before, else without).

    Many articles are read and woven by so many processes (`jobs`; None: one for each core; 1: this one), or with the
    workers of a cluster (`engine`: "dask://HOST:PORT"); the graph is the same. UsageError: an engine that newsloom does
    not know.
    """
    return run(
        articles,
        schema=schema,
        knowledge=knowledge,
        store=store,
        progress=progress,
        order_model=order_model,
        jobs=jobs,
        engine=engine,
    ).graph


def run(
    articles: Iterable[Article],
    *,
    schema: Schema | StrPath | None = None,
    knowledge: "Knowledge | StrPath | None" = None,
    store: StrPath | None = None,
    progress: Progress | None = None,
    order_model: bool | None = None,
    jobs: int | None = None,
    engine: str | None = None,
    quickly: bool = False,
) -> Outcome:
    """What `build` does, with the numbers; `quickly` puts a few articles onto a large graph as it is."""
    vocabulary = schema if isinstance(schema, Schema) else load_schema(schema) if schema else _kept(store)
    intake = Intake(articles)
    asks = _asks_model(store) if order_model is None else order_model
    desk = Desk(vocabulary, _knowledge(knowledge), progress, asks, jobs, engine)
    distinct = iter(intake)
    first = list(islice(distinct, 1))  # nothing at all makes no store
    if store is None or not (first or os.path.exists(store)):
        readings = [reading for batch in desk.read(chain(first, distinct), intake.expected) for reading in batch]
        graph = desk.weave(readings, [*intake.refused, *desk.refused])
        return Outcome.of(graph, len(readings), intake.doubles)
    with Store.open(store) as shelf:
        return _into(shelf, chain(first, distinct), intake, desk, quickly)


def _into(shelf: Store, articles: Iterable[Article], intake: "Intake", desk: "Desk", quickly: bool) -> Outcome:
    """The graph of a store that has some articles from now on, and all that was read otherwise read again."""
    new: set[str] = set()
    old: set[str] = set()
    there: set[str] = set()
    done: set[str] = set()

    def unread() -> Iterator[Article]:
        waiting = iter(articles)
        while asked := list(islice(waiting, ASKED)):
            known = shelf.known(asked)
            there.update(known)
            new.update(article.id for article in asked if article.id not in known)
            yield from (article for article in asked if article.id not in known)
        for article in shelf.outdated(desk.reader):
            if article.id not in new:
                old.add(article.id)
                yield article

    grafter = Grafter(shelf, desk, quickly)
    for batch in desk.read(unread(), lambda: intake.expected() - len(there) + len(old)):
        shelf.add_readings(batch, desk.reader)
        log.debug("%d readings kept", len(batch))
        grafter.note(batch)
        done |= {reading.article.id for reading in batch}
    refused = [*intake.refused, *desk.refused]
    is_woven = shelf.reader == desk.reader and shelf.keeps_merges and not shelf.is_stale
    is_whole = quickly or not shelf.grafted
    if not (is_woven and is_whole) and not (done and grafter.put(refused)):
        desk.weave_all(shelf, refused)
    skipped = len(there - old) + intake.doubles
    return Outcome(partial(load, shelf.path), shelf.counts(), len(done & new), skipped, len(done & old), tuple(refused))


class Intake:
    """Each of some articles once, as they come; what was met so far is known by id and digest alone.

    `refused` lists what was left out so far, `doubles` counts what came again.
    """

    def __init__(self, articles: Iterable[Article]):
        self._given = articles
        self._seen: dict[str, bytes] = {}
        self._clashing: list[Refusal] = []
        self._again = 0
        self._hint = length_hint(articles) if isinstance(articles, list | tuple) else None

    def __iter__(self) -> Iterator[Article]:
        """The articles. UsageError for what are none, such as paths."""
        for article in self._given:
            if not isinstance(article, Article):
                raise UsageError(
                    f"build takes articles, not {type(article).__name__}: "
                    "give it what newsloom.read_articles(paths) returns."
                )
            content = bytes.fromhex(digest(article))
            before = self._seen.setdefault(article.id, content)
            if before is content:
                yield article
            elif before == content:
                self._again += 1
            else:
                self._clashing.append(Refusal(where(article), "another article has the same id"))

    @property
    def refused(self) -> list[Refusal]:
        """What was left out so far, and why."""
        return [refusal for refusal in self._left_out() if not _is_double(refusal)]

    @property
    def doubles(self) -> int:
        """How many of the articles so far were there before."""
        return self._again + sum(map(_is_double, self._left_out()))

    def expected(self) -> int:
        """How many articles there are, as far as that is known: no fewer than were met."""
        if self._hint is None:
            self._hint = length_hint(self._given)
        left_out = len(getattr(self._given, "refused", ())) + len(self._clashing)
        return max(self._hint - self._again - left_out, len(self._seen))

    def _left_out(self) -> list[Refusal]:
        return [*getattr(self._given, "refused", ()), *self._clashing]


def _counts(graph: Graph) -> dict[str, int]:
    return {
        "articles": len(graph.articles),
        "undated": sum(article.published is None for article in graph.articles.values()),
        "relations": len(graph.relations),
        "events": len(graph.events),
        "actors": len(graph.actors),
        "places": len(graph.places),
    }


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


def export(graph: Graph, path: StrPath, base: str | None = None, reify: bool = False) -> tuple[StrPath, ...]:
    """The files written: the graph in the format of the path's suffix (`newsloom.exports.suffixes()`).

    In RDF `base` is what the IRIs start with (with / at its end), and `reify` adds to each statement the triple
    that it is about, as RDF 1.2 has it.
    """
    from . import exports

    return exports.write(graph, path, base, reify)


class Desk:
    """Where articles are read and woven: the parser and the trained models, loaded when the first article comes, the
    schema and the knowledge; by so many processes (`jobs`, None: one for each core), or at the address of an `engine`.
    """

    def __init__(
        self,
        schema: Schema,
        knowledge: "Knowledge",
        progress: Progress | None = None,
        order_model: bool = False,
        jobs: int | None = None,
        engine: str | None = None,
    ):
        self.schema = schema
        self.knowledge = knowledge
        self.order_model = order_model
        self.refused: list[Refusal] = []
        self._progress = progress
        self._jobs = engines.usual_jobs() if jobs is None else jobs
        self._engine = engine if engine is None else engines.check_address(engine)

    def __reduce__(self) -> tuple[Any, ...]:
        """What another process needs to read as this one does."""
        return type(self), (self.schema, self.knowledge, None, self.order_model, 1)

    @property
    def reader(self) -> str:
        """What decides how an article is read: the program, the schema, the knowledge and the models."""
        from .graph.reading.network import models_digest

        model = f", {ORDER_MODEL}" if self.order_model else ""
        known = f"schema {self.schema.digest}, knowledge {self.knowledge.digest}, models {models_digest()}"
        return f"newsloom {__version__}, {known}{model}"

    def ready(self) -> None:
        """Load the models. UsageError: a library of theirs is not installed."""
        _ = self._parser, self._judge

    def read(self, articles: Iterable[Article], expected: Callable[[], int] | None = None) -> Iterator[list[Reading]]:
        """Readings of the articles, a batch at a time; one that cannot be read is refused and stops no other.

        `expected` says how many there are, as far as that is known. UsageError: a library of the models, or of the
        engine, is not installed; NewsloomError: the engine cannot be reached.
        """
        if expected is None:
            expected = partial(length_hint, articles)
        waiting = iter(articles)
        first = list(islice(waiting, SMALL + 1))
        if not first:
            return
        jobs = self._jobs if len(first) > SMALL else 1
        done = told = 0
        with (
            closing(engines.engine(Reads(self), jobs, self._engine)) as engine,
            closing(engine.map(_batches(chain(first, waiting)))) as answered,
        ):
            for answers in answered:
                self._refuse(answer for answer in answers if isinstance(answer, Refusal))
                if readings := [answer for answer in answers if isinstance(answer, Reading)]:
                    yield readings
                done += len(answers)
                if self._progress:
                    told = max(done, expected())
                    self._progress(done, told)
        if self._progress and told > done:
            self._progress(done, done)

    def _refuse(self, refused: Iterable[Refusal]) -> None:
        for refusal in refused:
            log.info("left out %s: %s", refusal.origin, refusal.reason)
            self.refused.append(refusal)

    def read_batch(self, articles: Sequence[Article]) -> list[Reading | Refusal]:
        """What is read in each of some articles, here and now, or why it is refused."""
        try:
            return [*self._readings(articles)]
        except Exception:  # by one of them: find out which
            return [self._alone(article) for article in articles]

    def _alone(self, article: Article) -> Reading | Refusal:
        """The reading of one article, or a refusal."""
        try:
            return next(self._readings([article]))
        except NewsloomError as error:
            return Refusal(where(article), str(error))
        except Exception as error:
            log.exception("cannot read article %s", article.id)
            reason = f"an internal error while reading it ({type(error).__name__}: {error}); please report it"
            if isinstance(error, MemoryError):
                reason = "reading it takes more memory than there is"
            return Refusal(where(article), reason)

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
        given = tuple(readings)
        return Graph.of(self._woven(Held(given), decisions), self.schema, given, refused)

    def weave_all(self, store: Store, refused: Iterable[Refusal]) -> None:
        """Weave all that is in a store anew; the store keeps it."""
        revision = store.revision
        woven = self._woven(store.corpus(), store.decisions().values())
        clock = Clock(log)
        store.keep(woven, self.schema, refused, revision, self.reader)
        clock.done("kept in the store")

    def _woven(self, corpus: Corpus, decisions: Iterable[Decision]) -> Woven:
        from .graph.pipeline import weave_corpus
        from .graph.weaving.happenings import here

        is_large = len(corpus.articles) > LEAST and (self._jobs > 1 or self._engine is not None)
        by = gathering(self._jobs, self._engine) if is_large else here
        return weave_corpus(corpus, self.schema, self.knowledge, decisions, by)


def _batches(articles: Iterable[Article]) -> Iterator[list[Article]]:
    waiting = iter(articles)
    while batch := list(islice(waiting, BATCH)):
        yield batch


def _is_double(refusal: Refusal) -> bool:
    """Whether it is only that the same article came twice."""
    return refusal.reason.startswith("duplicate of ") and ":" not in refusal.reason


def _knowledge(given: "Knowledge | StrPath | None") -> "Knowledge":
    from .graph import knowledge

    if given is None or isinstance(given, str | Path):
        return knowledge.load(Path(given) if given else None)
    return given
