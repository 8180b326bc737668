"""A store that is kept: articles come and go, and its graph is woven again.

add(["today.txt"], "newsloom.db")
remove(["a3f0"], "newsloom.db")
for outcome in watch("inbox/", "newsloom.db"): ...
"""

import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from threading import Event

from . import building, feeding
from .building import Outcome, Progress, StrPath
from .graph.types import Article
from .mending import mending
from .schemas.errors import InputError, NotFound, StoreError, UsageError, nearest

EVERY = 300.0  # seconds between two looks at a feed
SETTLED = 2000  # milliseconds in which files that come together are taken together


def add(
    articles: Iterable[Article],
    store: StrPath,
    *,
    knowledge: StrPath | None = None,
    progress: Progress | None = None,
    jobs: int | None = None,
) -> Outcome:
    """What came of adding some articles to a store that is there; StoreError when there is none."""
    if not os.path.exists(store):
        raise StoreError(f"there is no store {store} to add to. Make one with `newsloom build`.")
    return building.run(articles, knowledge=knowledge, store=store, progress=progress, jobs=jobs, quickly=True)


def remove(names: Sequence[str], store: StrPath, knowledge: StrPath | None = None) -> list[Article]:
    """The articles that the store has no longer: what only they tell is gone from its graph, too.

    Each is named by its id, by its title, or by the file that it came from. The graph is that of a build without
    them. StoreError when there is no store; NotFound when a name is of no article; UsageError when the store was built
    with other knowledge.
    """
    with mending(store, knowledge) as workshop:
        chosen = _named(names, workshop.articles())
        workshop.forget_articles([article.id for article in chosen])
        return chosen


def _named(names: Sequence[str], articles: Sequence[Article]) -> list[Article]:
    """The articles of these ids, titles or files, each once."""
    by_name: dict[str, list[Article]] = {}
    for article in articles:
        for name in {article.id, article.title, article.origin} - {None}:
            by_name.setdefault(str(name), []).append(article)
    for name in names:
        if name not in by_name:
            raise NotFound(
                f"there is no article {name!r}: name one by its id, its title or its file. `newsloom articles` lists "
                f"them.{nearest(name, list(by_name))}"
            )
    return list({article.id: article for name in names for article in by_name[name]}.values())


def watch(
    place: str,
    store: StrPath,
    *,
    every: float = EVERY,
    once: bool = False,
    knowledge: StrPath | None = None,
    stop: Event | None = None,
) -> Iterator[Outcome]:
    """What came of each arrival in a folder, or in the feed at an address, from what is there now on.

    Looks at a feed `every` so many seconds; `once` ends after what is there now, `stop` when it is set. The store is
    made if it is not there. InputError when there is no such folder, or the feed cannot be had now; UsageError when
    watching a folder needs what is not installed.
    """
    stopped = stop or Event()
    arrivals = _from_feed(place, every, stopped) if feeding.is_address(place) else _from_folder(place, once, stopped)
    for articles in arrivals:
        outcome = building.run(articles, knowledge=knowledge, store=store, quickly=True)
        if outcome.read or outcome.refused:
            yield outcome
        if once:
            return


def _from_feed(address: str, every: float, stop: Event) -> Iterator[Iterable[Article]]:
    feed = feeding.Feed(address)
    yield feed.articles()
    while not stop.wait(every):
        yield feed.articles(patient=True)


def _from_folder(folder: str, once: bool, stop: Event) -> Iterator[Iterable[Article]]:
    if not os.path.isdir(folder):
        raise InputError(f"there is no folder {folder} to watch, nor is it the address of a feed (https://...).")
    changes = None if once else _changes(folder, stop)  # says first what is missing
    yield building.read_articles([folder])
    for files in changes or ():
        there = sorted(file for file in files if os.path.isfile(file) and not Path(file).name.startswith("."))
        if there:
            yield building.read_articles(there)


def _changes(folder: str, stop: Event) -> Iterator[set[str]]:
    """The files that come or change, as they do."""
    try:
        from watchfiles import Change
        from watchfiles import watch as changes
    except ImportError:
        raise UsageError("watching a folder needs watchfiles: pip install 'newsloom[watch]'.") from None
    from .graph.articles import is_readable

    found = changes(folder, stop_event=stop, debounce=SETTLED, rust_timeout=1000, yield_on_timeout=False)
    return ({path for change, path in batch if change is not Change.deleted and is_readable(path)} for batch in found)
