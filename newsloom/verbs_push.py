"""The verb that sends the graph to a triple store: push."""

import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import click

from .console import counted, print_json, say
from .options import Number, base_option, json_option, store_option, stored
from .progress import progress

if TYPE_CHECKING:
    from .exports.push import Pushed

SHOWN = 20  # graphs that a dry run lists of each kind


@click.command()
@click.argument("url", metavar="URL")
@click.option("--update-url", metavar="URL", help="Where the store takes SPARQL UPDATE: send everything there.")
@click.option("--query-url", metavar="URL", help="Where the store takes queries, if that is not found by itself.")
@click.option("--user", metavar="NAME", help="Who you are there; the password is no option, see above.")
@base_option
@click.option("--dry-run", is_flag=True, help="Only tell what would be sent and removed.")
@click.option("--clear-text", is_flag=True, help="Allow secrets to be sent unencrypted to another machine.")
@click.option(
    "--timeout", type=Number(1), metavar="SECONDS", help="How long one answer of the store may take.  [default: 300]"
)
@json_option
@store_option
def push(
    url: str,
    update_url: str | None,
    query_url: str | None,
    user: str | None,
    base: str | None,
    dry_run: bool,
    clear_text: bool,
    timeout: float | None,
    as_json: bool,
    store: str,
) -> None:
    """Send the graph to a triple store: what changed since the last push, and nothing else.

    URL is the store's Graph Store Protocol (http://localhost:7878/store), its SPARQL endpoint, or its root. Articles
    that are gone are removed there. What was pushed is noted in the store, in the named graph BASE/graph/pushed; give
    each graph that you push to one store a --base of its own. A push that was cut off is continued by the next.

    The password for --user is taken from NEWSLOOM_PUSH_PASSWORD or a netrc, or asked for at a terminal;
    NEWSLOOM_PUSH_TOKEN is sent as a bearer token.

    \b
    newsloom push http://localhost:7878/store --dry-run
    newsloom push http://localhost:8890/sparql-graph-crud-auth --user dba
    """
    from .exports import push as room

    graph = stored(store)
    try:
        with progress("sending triples", "checking", "triple") as shown:
            pushed = room.push(
                graph,
                url,
                update_url=update_url,
                query_url=query_url,
                user=user,
                base=room.BASE if base is None else base,
                dry_run=dry_run,
                clear_text=clear_text,
                timeout=timeout or room.TIMEOUT,
                ask=_asker(),
                progress=shown,
            )
    except KeyboardInterrupt:
        say("interrupted: what was finished stays in the store, and the same command goes on from there.", err=True)
        raise
    if as_json:
        import msgspec

        print_json({"url": url, **msgspec.to_builtins(pushed)})
    else:
        _say(pushed, url)


def _asker() -> Callable[[str], str] | None:
    """How to ask for a password; None where nobody would see the question."""
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        return None
    return lambda question: str(click.prompt(question, hide_input=True, err=True))


def _say(pushed: "Pushed", url: str) -> None:
    """What was done, or would be, and what the store counts."""
    if pushed.dry_run:
        _list("would send", [f"{iri} ({counted(pushed.sizes[iri], 'triple')})" for iri in pushed.sent])
        _list("would remove", pushed.removed)
    would = "would be " if pushed.dry_run else ""
    size = counted(sum(pushed.sizes.values()), "triple")
    say(
        f"{counted(len(pushed.sent), 'graph')} {would}sent ({size}), {len(pushed.skipped)} unchanged, "
        f"{len(pushed.removed)} {would}removed"
    )
    if pushed.dry_run:
        say(f"{url} has {counted(pushed.triples, 'triple')} of them now; nothing was sent.")
    else:
        say(f"{url} has {counted(pushed.triples, 'triple')} in {counted(len(pushed.sent + pushed.skipped), 'graph')}")


def _list(what: str, lines: Sequence[str]) -> None:
    for line in lines[:SHOWN]:
        say(f"{what} {line}")
    if len(lines) > SHOWN:
        say(f"{what} {len(lines) - SHOWN} more")


VERBS = (push,)
