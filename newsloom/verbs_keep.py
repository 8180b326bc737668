"""The verbs that keep a store: add, remove, watch."""

from typing import TYPE_CHECKING, Any

import click

from .console import FAINT, print_json, say
from .options import Number, WholeNumber, json_option, knowledge_option, paths_argument, store_option
from .progress import progress
from .schemas.errors import InputError
from .verbs_build import record, say_refusals, summary

if TYPE_CHECKING:
    from .building import Outcome
    from .graph.types import Article


@click.command()
@paths_argument("PATHS...")
@click.option("--published", metavar="DATE", multiple=True, help="Publication date of articles that name none.")
@click.option("--jobs", type=WholeNumber(1, 256), metavar="N", help="Processes that read and weave.")
@json_option
@knowledge_option
@store_option
def add(
    paths: tuple[str, ...],
    published: tuple[str, ...],
    jobs: int | None,
    as_json: bool,
    knowledge: str | None,
    store: str,
) -> None:
    """Add articles to a store that is there.

    As `newsloom build` without -o, but a store that is not there is an error rather than made: a name that is
    misspelt does not go unnoticed.

    \b
    newsloom add today/
    newsloom add late.html --published 2024-10-31 --store floods.db
    """
    from . import building, keeping

    articles = building.read_articles(paths, published)
    with progress("reading", "weaving", "article") as shown:
        outcome = keeping.add(articles, store, knowledge=knowledge, progress=shown, jobs=jobs)
    _say(outcome, as_json)
    if not outcome.articles:
        raise InputError("nothing could be read: there is no article in what was given.")


@click.command()
@click.argument("articles", metavar="ARTICLE...", nargs=-1, required=True)
@json_option
@knowledge_option
@store_option
def remove(articles: tuple[str, ...], as_json: bool, knowledge: str | None, store: str) -> None:
    """Take articles out of a store, with all that only they tell.

    ARTICLE is an id, a title, or the file that it came from. Afterwards the graph is that of a build without these
    articles; what was decided by hand stays decided.

    \b
    newsloom remove 4f1c9a20be77
    newsloom remove news/hoax.html
    """
    from . import keeping

    gone = keeping.remove(articles, store, knowledge)
    if as_json:
        print_json({"removed": [_article(article) for article in gone]})
        return
    for article in gone:
        say("removed ", article.title or "(no title)", (f"  {article.id}", FAINT))


@click.command()
@click.argument("place", metavar="FOLDER|FEED")
@click.option(
    "--every", type=Number(1, 86400), metavar="SECONDS", default=300, show_default=True, help="How often to ask a feed."
)
@click.option("--once", is_flag=True, help="Add what is there now, and end.")
@json_option
@knowledge_option
@store_option
def watch(place: str, every: float, once: bool, as_json: bool, knowledge: str | None, store: str) -> None:
    """Add what arrives in a folder or in a feed, until it is interrupted (Ctrl-C).

    A FEED is the address of RSS or Atom (https://...); only this address is fetched, never what it links to. In a
    FOLDER, files that come or change are read; what is deleted there stays in the store (`newsloom remove`). With
    --json each arrival is one line of JSON.

    \b
    newsloom watch inbox/
    newsloom watch https://example.org/news.rss --every 900 --store news.db
    """
    from . import keeping

    if not as_json and not once:
        say(f"watching {place}; Ctrl-C ends it", err=True)
    for outcome in keeping.watch(place, store, every=every, once=once, knowledge=knowledge):
        _say(outcome, as_json, in_a_line=True)


def _say(outcome: "Outcome", as_json: bool, in_a_line: bool = False) -> None:
    if as_json:
        print_json({**record(outcome), "wrote": []}, in_a_line=in_a_line)
        return
    say(summary(outcome), err=True)
    say_refusals(outcome)


def _article(article: "Article") -> dict[str, Any]:
    return {"id": article.id, "title": article.title, "origin": article.origin, "published": article.published}


VERBS = (add, remove, watch)
