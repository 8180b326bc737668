"""The verbs that look after the file of a store: check, compact."""

import os
from typing import TYPE_CHECKING

import click

from .console import counted, print_json, say
from .options import Number, json_option, store_option
from .schemas.errors import StoreError
from .verbs_stats import megabytes

if TYPE_CHECKING:
    from .graph.store import Fault, Health, Repair

SHOWN = 50  # faults that are listed one by one

wait_option = click.option(
    "--wait",
    type=Number(0, 1_000_000),
    envvar="NEWSLOOM_WAIT",
    metavar="SECONDS",
    default=5,
    help="How long to wait for another process that writes to the store.  [default: 5]",
)


@click.command()
@click.option("--repair", "mend", is_flag=True, help="Put what can be rescued into a new file; the old one is kept.")
@wait_option
@json_option
@store_option
def check(mend: bool, wait: float, as_json: bool, store: str) -> None:
    """Whether a store is whole: its file, every record, and what one record says of another.

    What is wrong is listed, a line each. --repair rescues what can be read into a new file in the place of the old
    one, which is kept as FILE.damaged; the next build reads again what was lost of the readings, and weaves the graph.

    Exit code 0 when nothing is wrong, or when what could be rescued was, 5 when something is.

    \b
    newsloom check
    newsloom check --repair --store news.db
    """
    from .graph import store as room

    if not mend:
        _report(room.check(store), store, as_json)
        return
    health = _health(store)
    if health and not health.faults:
        _report(health, store, as_json)
        return
    done = room.repair(store, wait)
    if as_json:
        print_json(_record(done, store))
    else:
        _say_repair(done, store)


def _health(store: str) -> "Health | None":
    """The state of a store, or None when it is so damaged that it cannot be opened; StoreError when there is none."""
    from .graph import store as room

    try:
        return room.check(store)
    except StoreError as error:
        if not os.path.isfile(store):
            raise
        say(str(error).partition(" `newsloom check --repair")[0], err=True)
        return None


def _report(health: "Health", store: str, as_json: bool) -> None:
    """Say how a store is; StoreError when something is wrong."""
    if as_json:
        print_json(_record(health, store))
    else:
        _say_health(health)
    if health.faults:
        raise StoreError(
            f"{store}: {counted(len(health.faults), 'fault')}. `newsloom check --repair --store {store}` rescues what "
            "can be read."
        )


def _record(told: "Health | Repair", store: str) -> dict[str, object]:
    import msgspec

    return {"store": store, **msgspec.to_builtins(told)}


def _say_health(health: "Health") -> None:
    say(
        f"{counted(health.articles, 'article')}, {counted(health.nodes, 'node')}, "
        f"{counted(health.relations, 'relation')} checked."
    )
    _say_faults(health.faults)
    if health.is_stale:
        say("The graph is older than the readings, or missing: the next build weaves it.")
    if not health.faults:
        say("Nothing is wrong.")


def _say_faults(faults: "tuple[Fault, ...]") -> None:
    for fault in faults[:SHOWN]:
        say(str(fault))
    if len(faults) > SHOWN:
        say(f"and {len(faults) - SHOWN} more; --json lists them.")


def _say_repair(done: "Repair", store: str) -> None:
    say(f"{store} is a new file with {counted(done.articles, 'article')} and {counted(done.decisions, 'decision')}.")
    say(f"The damaged one is kept as {done.kept}.")
    _say_faults(done.lost)
    if not done.lost:
        say("Nothing was lost.")
    if done.again:
        say(f"{counted(done.again, 'article')} will be read again by the next build.")
    graph = "The graph is as it was until the next build." if done.has_graph else "The next build weaves the graph."
    say(graph)


@click.command()
@wait_option
@json_option
@store_option
def compact(wait: float, as_json: bool, store: str) -> None:
    """Make the file of a store as small as it can be; a store of an earlier newsloom becomes one of this.

    It takes as much room again while it runs. Others may read meanwhile.

    \b
    newsloom compact
    newsloom compact --wait 600
    """
    from .graph import store as room

    done = room.compact(store, wait)
    if as_json:
        import msgspec

        print_json({"store": store, **msgspec.to_builtins(done)})
        return
    dropped = f"; {counted(done.dropped, 'row')} dropped to which nothing led" if done.dropped else ""
    say(f"{store}: {megabytes(done.before)} before, {megabytes(done.after)} now{dropped}.")
    if done.is_shared:
        say("note: somebody reads the store; the file becomes smaller when it is next written to.", err=True)


VERBS = (check, compact)
