"""The verbs that make something: build, export."""

from typing import TYPE_CHECKING, Any

import click

from . import completing, exports
from .console import counted, print_json, say
from .options import (
    WholeNumber,
    adding_option,
    base_option,
    check_outputs,
    json_option,
    knowledge_option,
    output_option,
    paths_argument,
    reify_option,
    schema_option,
    store_option,
    stored,
    to_add_to,
)
from .progress import progress
from .schemas.errors import InputError

if TYPE_CHECKING:
    from .building import Outcome
    from .graph.model import Graph

SHOWN = 20  # refusals that are listed


@click.command()
@paths_argument("PATHS...")
@output_option
@click.option(
    "--published",
    metavar="DATE",
    multiple=True,
    help="Publication date of articles that name none, such as 2024-02-23. Given several times: of the first article, "
    "of the second and so on, the last for all that are left.",
)
@schema_option
@knowledge_option
@adding_option
@click.option(
    "--order-model/--no-order-model",
    default=None,
    help="Ask a trained model which of two events came first where words do not tell.  "
    "[default: as the store was built]",
)
@click.option(
    "--jobs",
    type=WholeNumber(1, 256),
    metavar="N",
    help="Processes that read and weave.  [default: as many as there are cores]",
)
@click.option(
    "--engine", metavar="ADDRESS", help="Read and weave on a cluster: dask://HOST:PORT, where a Dask scheduler listens."
)
@base_option
@reify_option
@json_option
def build(
    paths: tuple[str, ...],
    outputs: tuple[str, ...],
    published: tuple[str, ...],
    schema: str | None,
    knowledge: str | None,
    store: str | None,
    order_model: bool | None,
    jobs: int | None,
    engine: str | None,
    base: str | None,
    reify: bool,
    as_json: bool,
) -> None:
    """Read articles and build their graph.

    PATHS are files (.txt .md .html .jsonl .parquet, feeds), folders of them, addresses such as
    s3://news/*.parquet, or - for standard input. Without -o the articles are added to the store; with
    -o alone the graph of just these articles is written and no store is touched; with both the
    store's whole graph is written.

    Each article is read once: the same command again reads what is new, and goes on where a build was cut off.

    \b
    newsloom build news/                              into newsloom.db, to be asked
    newsloom build storm.txt --published 2024-10-31 -o storm.html
    cat articles.jsonl | newsloom build - --store big.db -v
    """
    check_outputs(outputs, paths, base, reify)
    from . import building

    store = to_add_to(store, outputs)
    articles = building.read_articles(paths, published)
    try:
        with progress("reading", "weaving", "article") as shown:
            outcome = building.run(
                articles,
                schema=schema,
                knowledge=knowledge,
                store=store,
                progress=shown,
                order_model=order_model,
                jobs=jobs,
                engine=engine,
            )
    except KeyboardInterrupt:
        if store:
            say(f"interrupted: {store} keeps what was read, and the same command goes on from there.", err=True)
        raise
    nothing = InputError("nothing could be read: there is no article in what was given.")
    hand_out(outcome, outputs, base, reify, nothing, as_json)
    if not as_json:
        _say_undated(outcome)
    if not outcome.articles:
        raise nothing


def hand_out(
    outcome: "Outcome",
    outputs: tuple[str, ...],
    base: str | None,
    reify: bool,
    nothing: InputError,
    as_json: bool = False,
) -> None:
    """Write the graph and say what was done and refused; raise `nothing` when there is no article in the graph."""
    is_empty = not outcome.counts["articles"]
    written = written_to(outcome.graph, outputs, base, reify) if outputs and not is_empty else []
    if as_json:
        print_json({**record(outcome), "wrote": written})
    else:
        for path in written:
            say(f"wrote {path}", err=True)
        if not is_empty:
            say(summary(outcome), err=True)
        say_refusals(outcome)
    if is_empty:
        raise nothing


def written_to(graph: "Graph", paths: tuple[str, ...], base: str | None, reify: bool) -> list[str]:
    """The files that were written, of a graph to all of these paths."""
    return [str(written) for path in paths for written in exports.write(graph, path, base, reify)]


def record(outcome: "Outcome") -> dict[str, Any]:
    """What a build did, for programs."""
    return {
        "read": outcome.read,
        "skipped": outcome.skipped,
        "again": outcome.again,
        "refused": [{"origin": refusal.origin, "reason": refusal.reason} for refusal in outcome.refused],
        "graph": dict(outcome.counts),
    }


def summary(outcome: "Outcome") -> str:
    """What a build did, in a line."""
    counts = outcome.counts
    again = f", {outcome.again} read again (schema, knowledge, model or newsloom changed)" if outcome.again else ""
    return (
        f"{counted(outcome.read, 'article')} read, {outcome.skipped} skipped (already there){again}, "
        f"{len(outcome.refused)} refused; {counted(counts['events'], 'event')}, "
        f"{counted(counts['actors'], 'actor')}, {counted(counts['places'], 'place')}, "
        f"{counted(counts['relations'], 'relation')}"
    )


def _say_undated(outcome: "Outcome") -> None:
    """Tell how many articles have no date, since their days stay open."""
    undated = outcome.counts["undated"]
    if undated:
        say(
            f"{counted(undated, 'article')} without a date of publication: days such as “on Friday” stay open there; "
            "--published gives a date.",
            err=True,
        )


def say_refusals(outcome: "Outcome") -> None:
    """List what was left out, the first of it one by one."""
    for refusal in outcome.refused[:SHOWN]:
        say(f"refused {refusal.origin}: {refusal.reason}", err=True)
    if len(outcome.refused) > SHOWN:
        say(f"and {len(outcome.refused) - SHOWN} more refused", err=True)


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="FILE...", shell_complete=completing.outputs)
@base_option
@reify_option
@json_option
@store_option
def export(paths: tuple[str, ...], base: str | None, reify: bool, as_json: bool, store: str) -> None:
    """Write the store's graph to files; the suffix decides the format.

    Pages .html; data .json .csv .graphml .gexf .cypher .geojson .ics .gdelt.tsv .plover.jsonl; RDF .ttl .trig .nq .nt
    .jsonld .rdf. A further .gz compresses.

    \b
    newsloom export graph.html graph.trig
    newsloom export all.jsonld.gz --base https://example.org/news/
    """
    for path in paths:
        exports.check(path, base, reify)
    written = written_to(stored(store), paths, base, reify)
    if as_json:
        print_json({"wrote": written})
        return
    for path in written:
        say(f"wrote {path}", err=True)


VERBS = (build, export)
