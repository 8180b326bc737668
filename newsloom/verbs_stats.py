"""The verb that counts: stats."""

from typing import TYPE_CHECKING

import click

from .console import BOLD, FAINT, Part, counted, print_json, say
from .options import json_option, store_option, top_option

if TYPE_CHECKING:
    from .graph.stats import Counts, Statistics


@click.command()
@top_option(8, help="At most so many types, outlets and reasons of each.")
@json_option
@store_option
def stats(top: int, as_json: bool, store: str) -> None:
    """What is in the store: how much was read and refused, and of how many events what is known.

    Coverage counts events with a date (and how precise), a place, an actor, a cause or an effect, with two or more
    independent articles, and with a sentence behind them. --json has all counts, --top shortens only what is printed.

    \b
    newsloom stats
    newsloom stats --json
    """
    from .graph.stats import statistics
    from .graph.store import Store

    with Store.open(store, create=False) as shelf:
        told = statistics(shelf)
    if as_json:
        import msgspec

        print_json({"store": store, **msgspec.to_builtins(told)})
    else:
        _say(store, told, top)


def _say(store: str, told: "Statistics", top: int) -> None:
    articles, readings = told.articles, told.readings
    say((store, BOLD), f"  {megabytes(told.bytes)}, schema {told.schema}")
    if told.is_stale:
        say("its last build was cut off or still goes on; run it again to have all of it.", indent=2)
    dated = f"{articles.dated} dated" + (f", {articles.first} to {articles.last}" if articles.first else "")
    say(("articles  ", BOLD), f"{articles.count:,}  ({dated}; {counted(len(articles.sources), 'outlet')})")
    say(("sentences  ", BOLD), f"{readings.sentences:,}")
    _line("mentions", readings.mentions, top)
    days = f"  ({told.days[0]} to {told.days[1]})" if told.days else ""
    _line("events", told.events, top, days)
    _line("actors", told.actors, top)
    _line("places", told.places, top, f"  ({told.located:,} with coordinates)")
    _line("relations", told.relations, top, f"  ({told.pieces_of_evidence:,} pieces of evidence)")
    _line("outlets", articles.sources, top)
    _line("status of events", told.factuality, top)
    _line("refused", told.refused, top)
    _say_coverage(told)


def _line(name: str, counts: "Counts", top: int, more: str = "") -> None:
    """One kind of thing: how many there are, and the most frequent of them."""
    shown = [f"{what} {count:,}" for what, count in list(counts.items())[:top]]
    left = len(counts) - len(shown)
    rest = [f"{left} more"] if left else []
    listing: Part = (f"  {', '.join([*shown, *rest])}", FAINT)
    say((f"{name}  ", BOLD), f"{sum(counts.values()):,}{more}", listing)


def _say_coverage(told: "Statistics") -> None:
    covered, events = told.coverage, sum(told.events.values())
    rows = [
        ("a date", covered.date),
        *((f"  {precision}", count) for precision, count in covered.precision.items()),
        ("a place", covered.place),
        ("an actor", covered.actor),
        ("a cause", covered.cause),
        ("an effect", covered.effect),
        ("a cause or an effect", covered.cause_or_effect),
        ("two or more articles", covered.sources),
        ("a sentence as evidence", covered.evidence),
    ]
    say(("events with", BOLD))
    for name, count in rows:
        share = f"{count / events:6.1%}" if events else "     -"
        say(f"{name:<24}{count:>9,}  {share}", indent=2)


def megabytes(size: int) -> str:
    """A size for people.

    >>> megabytes(1_234_567)
    '1.2 MB'
    """
    return f"{size / 1_000_000:,.1f} MB"


VERBS = (stats,)
