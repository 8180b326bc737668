"""The verbs that make something: build, export, schema."""

import logging
import os
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import click

from . import exports
from .console import counted, progress, say, say_text
from .options import (
    WholeNumber,
    adding_option,
    base_option,
    check_outputs,
    knowledge_option,
    output_option,
    reify_option,
    schema_option,
    store_option,
    stored,
    to_add_to,
)
from .schemas.errors import InputError

if TYPE_CHECKING:
    from .building import Outcome
    from .schemas.types import Schema

SHOWN = 20  # refusals that are listed


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATHS...")
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
    "--jobs", type=WholeNumber(1, 256), metavar="N", help="Processes that read.  [default: as many as there are cores]"
)
@click.option(
    "--engine", metavar="ADDRESS", help="Read on a cluster: dask://HOST:PORT, where a Dask scheduler listens."
)
@base_option
@reify_option
@click.option("-v", "--verbose", is_flag=True, help="Tell what happens, and all of an internal error.")
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
    verbose: bool,
) -> None:
    """Read articles and build their graph.

    PATHS are files (.txt .md .html .jsonl, feeds), folders of them, or - for standard input. Without
    -o the articles are added to the store; with -o alone the graph of just these articles is written
    and no store is touched; with both the store's whole graph is written.
    """
    check_outputs(outputs, paths, base, reify)
    if verbose:
        os.environ["NEWSLOOM_DEBUG"] = "1"
        logging.basicConfig(level=logging.INFO, format="%(message)s")
    from . import building

    store = to_add_to(store, outputs)
    articles = building.read_articles(paths, published)
    try:
        with progress("reading", "weaving") as shown:
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
    hand_out(outcome, outputs, base, reify, nothing)
    _say_undated(outcome)
    if not outcome.articles:
        raise nothing


def hand_out(outcome: "Outcome", outputs: tuple[str, ...], base: str | None, reify: bool, nothing: InputError) -> None:
    """Write the graph and say what was done and refused; raise `nothing` when there is no article in the graph."""
    if not outcome.counts["articles"]:
        say_refusals(outcome)
        raise nothing
    for output in outputs:
        for written in exports.write(outcome.graph, output, base, reify):
            say(f"wrote {written}", err=True)
    say(summary(outcome), err=True)
    say_refusals(outcome)


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
@click.argument("paths", nargs=-1, required=True, metavar="FILE...")
@base_option
@reify_option
@store_option
def export(paths: tuple[str, ...], base: str | None, reify: bool, store: str) -> None:
    """Write the store's graph to files; the suffix decides the format."""

    for path in paths:
        exports.check(path, base, reify)
    graph = stored(store)
    for path in paths:
        for written in exports.write(graph, path, base, reify):
            say(f"wrote {written}", err=True)


@click.group(invoke_without_command=True)
@click.option("--schema", "source", metavar="FILE", help="A schema of your own instead of the built-in one.")
@click.option("--rdf", "published", flag_value="rdf", help="Print it as RDF: newsloom's terms, concepts (Turtle).")
@click.option("--shacl", "published", flag_value="shacl", help="Print the shapes of its graphs (SHACL, Turtle).")
@click.option("--context", "published", flag_value="context", help="Print the context of its JSON-LD.")
@click.pass_context
def schema(context: click.Context, source: str | None, published: str | None) -> None:
    """The vocabulary: what kinds of events, actors, places and relations there are."""
    context.obj = source
    if published and context.invoked_subcommand:
        raise click.UsageError(f"--{published} prints the whole vocabulary; leave out {context.invoked_subcommand}.")
    if published:
        click.echo(_published(_schema(context), published), nl=False)
    elif context.invoked_subcommand is None:
        context.invoke(list_types)


def _published(schema: "Schema", what: str) -> str:
    """The vocabulary or the shapes as Turtle, or the context as JSON."""
    if what == "shacl":
        from .exports.rdf.shapes import shapes

        return shapes(schema).turtle()
    from .exports.rdf import published

    return published.ontology(schema) if what == "rdf" else published.json_ld(schema)


@schema.command("list")
@click.pass_context
def list_types(context: click.Context) -> None:
    """All names of the vocabulary."""
    from .schemas import listing

    say_text(listing(_schema(context)))


@schema.command("show")
@click.argument("name", metavar="TYPE")
@click.pass_context
def show_type(context: click.Context, name: str) -> None:
    """Everything about an event type, relation, role, actor or place type."""
    from .schemas import describe

    say_text(describe(_schema(context), name))


@schema.command("check")
@click.argument("file", metavar="FILE")
def check_file(file: str) -> None:
    """Whether a schema of your own is right, and what could be better."""
    from .schemas import check

    say_text(check(file))


def _schema(context: click.Context) -> Any:
    from .schemas import load_schema

    return load_schema(context.obj) if context.obj else load_schema()


@click.command()
def samples() -> None:
    """Where the sample articles are that come with newsloom."""
    click.echo(str(files(__package__) / "samples"))


VERBS = (build, export, schema, samples)
