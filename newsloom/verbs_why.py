"""The verbs that ask for causes: why, effects, chain, roots, turning-points, conflicts."""

from collections.abc import Sequence
from functools import reduce
from typing import TYPE_CHECKING, Any

import click

from . import exports
from .console import print_json, say, visible
from .options import (
    Decorator,
    WholeNumber,
    depth_option,
    file_named,
    json_option,
    listed,
    name_option,
    say_meant,
    store_option,
    stored,
    sure_option,
    text_argument,
    top_option,
    type_option,
)

if TYPE_CHECKING:
    from .graph.asking.reasons import Answer, Direction, Reach, Route
    from .graph.model import Graph
    from .schemas.errors import Unclear

OFFERED = 12  # events of a list to choose from


def _all(*decorators: Decorator) -> Decorator:
    """Several options as one."""
    return lambda command: reduce(lambda made, decorate: decorate(made), reversed(decorators), command)


counting = _all(
    sure_option,
    name_option("--by", "Only what this outlet reports or this actor says."),
    click.option("--until", metavar="DATE", help="Only articles published up to the end of this year, month or day."),
    click.option("--backwards", is_flag=True, help="Also causes that are dated behind their effects."),
)
filtering = _all(
    type_option("Of these types and narrower ones."),
    name_option("--actor", "In which it takes part.", "actor"),
    name_option("--place", "There, or in what lies there.", "place"),
    click.option(
        "--on", metavar="DATE[/DATE]", help="That happened in this year, month or day, or between two: 2024-04/2024-06."
    ),
)


html_option: Decorator = click.option(
    "--html",
    "page",
    is_flag=False,
    flag_value="-",
    metavar="[FILE]",
    callback=file_named(".html", "a page"),
    help="Print a page with the causes drawn, or write it to FILE.",
)
asking = _all(
    depth_option,
    top_option(100, help="At most so many hops, the surest first."),
    click.option("--pick", type=WholeNumber(1), metavar="N", help="Take the event of this number, where several fit."),
    counting,
    filtering,
    json_option,
    html_option,
    store_option,
)


@click.command()
@text_argument("event")
@asking
def why(event: str, **options: Any) -> None:
    """What led to an event, hop by hop, each with its sentence and who says so.

    EVENT is an event's id or name, other words for it, an actor or place whose events are meant, or a
    type in capitals such as PROTEST or PROTEST/riot. --type, --actor, --place and --on say more of the
    event; --by, --until and --min-confidence say which evidence counts. Where several events fit about
    equally they are listed: --pick N takes one.

    \b
    newsloom why "appoints Adib"
    newsloom why PROTEST --place Beirut --on 2020-08 --depth 2
    newsloom why "the protests" --pick 2 --html why.html
    """
    _answer(event, "why", **options)


@click.command()
@text_argument("event")
@asking
def effects(event: str, **options: Any) -> None:
    """What came of an event: `why` in the other direction.

    \b
    newsloom effects EXPLOSION --on 2022-10 --depth 1
    """
    _answer(event, "effects", **options)


def _answer(
    event: str, direction: "Direction", store: str, as_json: bool, page: str | None, top: int, **options: Any
) -> None:
    from .schemas.errors import Unclear
    from .telling import answer_record, say_answer

    _check(page, as_json)
    graph = stored(store)
    ask = graph.why if direction == "why" else graph.effects
    options["types"] = listed(options["types"])
    try:
        answer = ask(event, limit=top, **options)
    except Unclear as error:
        raise _offered(graph, error, as_json) from error
    _say_meant(graph, **options)
    if page:
        _make_page(graph, answer, page)
    elif as_json:
        print_json(answer_record(graph, answer))
    else:
        say_answer(graph, answer, any(options[name] for name in ("min_confidence", "by", "until")))


def _offered(graph: "Graph", error: "Unclear", as_json: bool, pick: bool = True) -> "Unclear":
    """The error with its events as a numbered list; as JSON that list is printed, too."""
    from .exports.interchange import node_record
    from .graph.types import Event
    from .schemas.errors import Unclear
    from .telling import candidate

    events = [node for id in error.offered if isinstance(node := graph.nodes[id], Event)]
    text = error.text
    if as_json:
        print_json({"asked": text, "offered": [node_record(event) for event in events]})
    lines = [visible(candidate(graph, event)) for event in events[:OFFERED]]
    numbered = [f"  {number}  {line}" for number, line in enumerate(lines, 1)]
    how = "Choose one by its id" + (", or by --pick and its number" if pick else "")
    head = f"“{visible(text)}” fits {len(events)} events about equally. {how}:"
    more = [f"  and {len(events) - OFFERED} more; --type, --actor, --place and --on narrow them"]
    return Unclear("\n".join([head, *numbered, *(more if len(events) > OFFERED else [])]), text, error.offered)


def _say_meant(graph: "Graph", by: str | None, actor: str | None = None, place: str | None = None, **_: Any) -> None:
    """Notes on names that are in the graph only in another spelling or with other words."""
    from .graph.asking.sources import taken_for

    say_meant(graph, actor, "actor")
    say_meant(graph, place, "place")
    if names := taken_for(graph, by) if by else ():
        say(f"note: {by!r} was taken for {' or '.join(names)}.", err=True)


def _check(page: str | None, as_json: bool) -> None:
    if page and as_json:
        raise click.UsageError("--json and --html are two formats; give one of them.")


def _make_page(graph: "Graph", answer: "Answer | Sequence[Route]", name: str) -> None:
    """Print the page of an answer or of chains (`-`), or write it."""
    from .exports.causes_page import causes_page

    made = causes_page(graph, answer)
    if name == "-":
        click.echo(made, nl=False)
    else:
        for written in exports.replace(name, lambda path: path.write_text(made, encoding="utf-8")):
            say(f"wrote {written}", err=True)


@click.command()
@text_argument("a")
@text_argument("b")
@click.option("--depth", type=WholeNumber(1, 50), metavar="N", help="Of at most so many hops.")
@top_option(3, help="At most so many chains, the best supported first.")
@counting
@json_option
@html_option
@store_option
def chain(a: str, b: str, top: int, as_json: bool, page: str | None, store: str, **options: Any) -> None:
    """How one event led to another: the best supported chains of causes from A to B.

    A and B are events as for `why`. A chain is as well supported as the product of the confidences of
    its hops.

    \b
    newsloom chain "Huge explosion" "appoints Adib" --top 1
    """
    from .schemas.errors import Unclear
    from .telling import route_record, say_routes

    _check(page, as_json)
    graph = stored(store)
    try:
        routes = graph.chain(a, b, limit=top, **options)
    except Unclear as error:
        raise _offered(graph, error, as_json, pick=False) from error
    _say_meant(graph, **options)
    if page:
        _make_page(graph, routes, page)
    elif as_json:
        print_json([route_record(graph, route) for route in routes])
    else:
        say_routes(graph, routes)


@click.command()
@top_option(10)
@counting
@filtering
@json_option
@store_option
def roots(top: int, as_json: bool, store: str, **options: Any) -> None:
    """What started most: events without a cause, those first from which most others follow, hop by hop.

    \b
    newsloom roots --top 3
    newsloom roots --actor Russia --min-confidence 0.5
    """
    graph = stored(store)
    found = graph.roots(limit=top, **_listed(options))
    _say_meant(graph, **options)
    _say_reaches(found, as_json)


@click.command("turning-points")
@top_option(10)
@counting
@filtering
@json_option
@store_option
def turning_points(top: int, as_json: bool, store: str, **options: Any) -> None:
    """Events that much led to and from which much followed, hop by hop.

    They are ranked by the smaller of the two numbers, then by their product.

    \b
    newsloom turning-points --top 3
    """
    graph = stored(store)
    found = graph.turning_points(limit=top, **_listed(options))
    _say_meant(graph, **options)
    _say_reaches(found, as_json)


def _say_reaches(found: Sequence["Reach"], as_json: bool) -> None:
    from .telling import reach_record, say_reaches

    if as_json:
        print_json([reach_record(reach) for reach in found])
        return
    say_reaches(found)
    if not found:
        say("there are none: no chain of causes is stated that fits.", err=True)


@click.command()
@top_option(20)
@counting
@filtering
@json_option
@store_option
def conflicts(top: int, as_json: bool, store: str, **options: Any) -> None:
    """Causes that one source claims and another denies, with the sentences of both.

    --by NAME lists those in which that outlet or actor speaks.

    \b
    newsloom conflicts --by "Sample Wire"
    """
    from .telling import conflict_record, say_conflicts

    graph = stored(store)
    found = graph.conflicts(**_listed(options))
    _say_meant(graph, **options)
    if as_json:
        print_json([conflict_record(graph, conflict) for conflict in found[:top]])
        return
    say_conflicts(graph, found[:top])
    if not found:
        say("there are none: no cause that one source claims is denied by another.", err=True)
    elif len(found) > top:
        say(f"{len(found) - top} of {len(found)} left out; raise --top to see more.", err=True)


def _listed(options: dict[str, Any]) -> dict[str, Any]:
    return {**options, "types": listed(options["types"])}


VERBS = (why, effects, chain, roots, turning_points, conflicts)
