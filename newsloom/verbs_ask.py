"""The verbs that ask: timeline, path."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from . import exports
from .console import print_json, say
from .options import (
    file_named,
    json_option,
    listed,
    narrowing,
    say_meant,
    store_option,
    stored,
    text_argument,
    top_option,
)

if TYPE_CHECKING:
    from .graph.model import Graph
    from .graph.types import Event


@click.command()
@narrowing
@top_option(help="Only the N events that matter most.")
@top_option(name="--top-days", help="Only the N days that matter most, with all their events.")
@json_option
@click.option(
    "--ics",
    "calendar",
    is_flag=False,
    flag_value="-",
    metavar="[FILE]",
    callback=file_named(".ics", "a calendar"),
    help="Print a calendar, or write it to FILE.",
)
@store_option
def timeline(
    types: tuple[str, ...],
    top: int | None,
    top_days: int | None,
    as_json: bool,
    calendar: str | None,
    store: str,
    **asked: Any,
) -> None:
    """What happened when: the events under their days, in order, undated ones last.

    Under 2024-04-13 stands what happened on that day. Under ../2024-04-13, just ahead of it, stands
    what happened on that day or before: the text does not say when, most often an article of that day
    reports it. Months and longer spans stand where they begin. Undated events show what words the
    text has for their time.

    What matters most is weighed by independent articles, mentions, causes and effects. A calendar
    holds the events whose days are known, planned ones as tentative; it leaves out what is negated or
    hypothetical.

    \b
    newsloom timeline --actor Hamas --since 2024-02
    newsloom timeline --type PROTEST --place Lebanon --top 20
    newsloom timeline --ics events.ics
    """
    from .exports.interchange import node_record
    from .wording import say_timeline

    if calendar and as_json:
        raise click.UsageError("--json and --ics are two formats; give one of them.")
    graph = stored(store)
    asked["types"] = listed(types)
    fitting = graph.timeline(**asked)
    shown = graph.timeline(**asked, top=top, top_days=top_days)
    say_meant(graph, asked["actor"], "actor")
    say_meant(graph, asked["place"], "place")
    if as_json:
        print_json([node_record(event) for event in shown])
    elif calendar:
        _make_calendar(graph, shown, calendar)
    elif shown:
        say_timeline(shown)
    if not fitting:
        _say_none(graph, asked)
    elif not shown:
        say(f"no event that fits has a known day; --top chooses among all {len(fitting)}.", err=True)
    elif len(shown) < len(fitting):
        option = "--top" if top else "--top-days"
        say(f"{len(fitting) - len(shown)} of {len(fitting)} events left out; raise {option} to see more.", err=True)


def _say_none(graph: "Graph", asked: dict[str, Any]) -> None:
    """That nothing fits, and how many events only lack a date to do so."""
    from .graph.chronology import is_undated

    whenever = graph.timeline(**{**asked, "since": None, "until": None})
    undated = sum(map(is_undated, whenever))
    say(f"no event fits{f' ({undated} undated left out)' if undated else ''}.", err=True)


def _make_calendar(graph: "Graph", events: Sequence["Event"], name: str) -> None:
    """Print the calendar of some events (`-`) or write it, and tell what it cannot hold."""
    from .exports import ics

    made = ics.calendar(graph, events)
    if name == "-":
        click.echo(made, nl=False)
    else:
        for written in exports.replace(name, lambda path: path.write_bytes(made)):
            say(f"wrote {written}", err=True)
    unfit = sum(not ics.has_place(event) for event in events)
    if unfit:
        say(f"{unfit} of {len(events)} events have no place in a calendar: no known days, or no facts.", err=True)


@click.command()
@text_argument("a")
@text_argument("b")
@json_option
@store_option
def path(a: str, b: str, as_json: bool, store: str) -> None:
    """How two nodes are connected, with the sentence for each step.

    \b
    newsloom path "Gotabaya Rajapaksa" "Ranil Wickremesinghe"
    """
    from .exports.interchange import node_record
    from .wording import relation_record, say_path

    graph = stored(store)
    steps = graph.path(a, b)
    if as_json:
        keys = ("source", "relation", "target", "forward")
        parts = (
            (node_record(s.source), relation_record(graph, s.relation), node_record(s.target), s.forward) for s in steps
        )
        print_json([dict(zip(keys, part, strict=True)) for part in parts])
    elif not steps:
        say("both are the same node.")
    else:
        say_path(graph, steps)


VERBS = (timeline, path)
