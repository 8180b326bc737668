"""The verbs that show the graph in a browser: view, serve."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from . import completing, exports
from .browsing import look_at
from .console import counted, print_json, say
from .options import (
    Number,
    WholeNumber,
    file_named,
    json_option,
    listed,
    name_option,
    narrowing,
    say_meant,
    store_option,
    stored,
    top_option,
)
from .schemas.errors import NewsloomError, NotFound

if TYPE_CHECKING:
    from .graph.model import Graph
    from .graph.types import Event, Node

PORT = 8765
PATIENCE = 30.0  # seconds that a query of the endpoint may take


@click.command()
@click.argument("node", metavar="[NODE]", required=False, shell_complete=completing.nodes())
@narrowing
@name_option("--story", "The events of one story: its name on the page, or a node in it.")
@top_option(help="Only the N events that matter most.")
@click.option(
    "--depth",
    type=WholeNumber(0, 50),
    metavar="N",
    default=1,
    show_default=True,
    help="How many hops of causes and effects to show beyond what is asked for.",
)
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    callback=file_named(".html", "a page"),
    help="Write the page there.  [default: beside the store, newsloom.view.html]",
)
@click.option("--no-open", "stays", is_flag=True, help="Only write the page.")
@json_option
@store_option
def view(
    node: str | None,
    story: str | None,
    types: tuple[str, ...],
    top: int | None,
    depth: int,
    output: str | None,
    stays: bool,
    as_json: bool,
    store: str,
    **asked: Any,
) -> None:
    """Open the graph, or the part asked for, as a page in the browser.

    Shown are the events that fit all that is given, their actors, places and articles, and the causes and effects
    around them. NODE is an id, a name or words: that event, or the events of that actor or place, or of that article.

    The page is one file that works from disk and asks no network. Without -o it lies beside the store (newsloom.db
    has newsloom.view.html) and takes the place of the one before; where nothing can be written there, it lies in a
    temporary folder.

    \b
    newsloom view
    newsloom view --actor Hamas --since 2024-02
    newsloom view "Iran launches drones" --depth 3
    """
    if output == "-" and as_json:
        raise click.UsageError("-o - prints the page; leave it out, or --json.")
    graph = stored(store)
    asked |= {"types": listed(types), "top": top}
    events = _part(graph, node, story, depth, asked)
    say_meant(graph, asked["actor"], "actor")
    say_meant(graph, asked["place"], "place")
    if output == "-":
        from .exports.explorer import page

        click.echo(page(graph, events), nl=False)
        return
    written = _write(graph, events, output, store)
    if not as_json:
        shown = "" if events is None else f" ({counted(len(events), 'event')} of {len(graph.events)})"
        say(f"wrote {written}{shown}", err=True)
    opened = not stays and written.suffix != ".gz" and look_at(written.absolute().as_uri())
    if as_json:
        number = len(graph.events if events is None else events)
        print_json({"wrote": str(written), "events": number, "of": len(graph.events), "opened": opened})


def _part(
    graph: "Graph", node: str | None, story: str | None, depth: int, asked: dict[str, Any]
) -> "tuple[Event, ...] | None":
    """The events asked for with their causes and effects; None for all; NotFound when none fits."""
    from .graph.asking.neighbourhood import with_causes
    from .graph.finding import resolve

    if node is story is None and not any(value is not None for value in asked.values()):
        return None
    within: set[str] | None = None
    if node is not None:
        found = resolve(graph, node)
        within = {id for each in found for id in _own(graph, each)}
    if story is not None:
        from .exports.explorer.chosen import told

        own = {event.id for event in told(graph, story).events}
        within = own if within is None else within & own
    fitting = _fitting(graph, within, asked)
    if not fitting:
        raise NotFound("no event fits all that is asked for: leave out or change some of it.")
    return with_causes(graph, fitting, depth)


def _own(graph: "Graph", node: "Node") -> Iterable[str]:
    """The ids of the events of a node: of an event itself."""
    from .graph.asking.neighbourhood import around

    if node.kind == "event":
        return (node.id,)
    return (event.id for event in around(graph, node, limit=len(graph.nodes)).events)


def _fitting(graph: "Graph", within: set[str] | None, asked: dict[str, Any]) -> "list[Event]":
    """The events that the options ask for, of those that a node or a story has; events of no type only of a node."""
    from .graph.importance import top_events
    from .graph.timeline import narrowed

    asked = dict(asked)
    top = asked.pop("top")
    if within is not None and asked["types"] is None:
        del asked["types"]
        events = narrowed(graph, [event for event in graph.events if event.id in within], **asked)
    else:
        events = [event for event in graph.timeline(**asked) if within is None or event.id in within]
    return events if top is None else top_events(graph, events, top)


def _write(graph: "Graph", events: "tuple[Event, ...] | None", output: str | None, store: str) -> Path:
    """The file with the page: the one asked for, the one beside the store, or one in a temporary folder."""
    from .exports.explorer import write

    def fill(path: Path) -> None:
        write(graph, path, events)

    if output is not None:
        return exports.replace(output, fill)[0]
    try:
        return exports.replace(beside(store), fill)[0]
    except NewsloomError:
        from tempfile import mkdtemp

        say(f"note: nothing can be written beside {store}; -o names another place.", err=True)
        return exports.replace(Path(mkdtemp(prefix="newsloom-"), beside(store).name), fill)[0]


def beside(store: str) -> Path:
    """Where the page of a store lies if it is not told.

    >>> beside("news/2024.db").as_posix()
    'news/2024.view.html'
    """
    return Path(store).with_suffix(".view.html")


@click.command()
@click.option("--port", type=WholeNumber(0, 65535), metavar="N", default=PORT, show_default=True, help="0: any.")
@click.option(
    "--host", metavar="NAME", default="127.0.0.1", show_default=True, help="Another one lets other machines in."
)
@click.option("--no-open", "stays", is_flag=True, help="Open no browser.")
@click.option(
    "--timeout",
    type=Number(0, min_open=True),
    metavar="SECONDS",
    default=PATIENCE,
    show_default=True,
    help="How long a SPARQL query may take.",
)
@json_option
@store_option
def serve(port: int, host: str, stays: bool, timeout: float, as_json: bool, store: str) -> None:
    """Serve the graph to a browser, straight from the store, until Ctrl-C.

    The page is the one of `newsloom view`, for graphs of any size: what it does not hold is searched and fetched here.
    Programs find JSON under /api and a SPARQL 1.1 endpoint at /sparql. All of it only reads. When the store changes,
    the next request sees it.

    Only this machine is let in. Whoever reaches a server with another --host can read all of the graph, the articles
    too: there is no password.

    \b
    newsloom serve
    newsloom serve --port 0 --no-open --json      any free port; prints the address
    """
    from .serving import run

    def announce(address: str) -> None:
        print_json({"address": address, "store": store})

    run(
        store,
        host=host,
        port=port,
        timeout=timeout,
        ready=None if stays else look_at,
        announce=announce if as_json else None,
    )


VERBS = (view, serve)
