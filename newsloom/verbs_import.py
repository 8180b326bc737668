"""The verb that takes in what other programs have coded: import."""

import os

import click

from .console import progress, say
from .options import DEFAULT_STORE, base_option, reify_option
from .schemas.errors import InputError, UsageError
from .verbs_build import check_rdf, say_refusals, summary


@click.command("import")
@click.argument("paths", nargs=-1, required=True, metavar="FILE...")
@click.option("-o", "--output", "outputs", multiple=True, metavar="FILE", help="Write the graph there, by its suffix.")
@click.option("--schema", metavar="FILE", help="Event types of your own instead of the built-in ones.")
@click.option("--knowledge", metavar="FILE", help="Actors and places of your own beside the built-in ones.")
@click.option(
    "--store", metavar="FILE", help=f"Add to this store.  [default without -o: NEWSLOOM_STORE or {DEFAULT_STORE}]"
)
@base_option
@reify_option
def import_(
    paths: tuple[str, ...],
    outputs: tuple[str, ...],
    schema: str | None,
    knowledge: str | None,
    store: str | None,
    base: str | None,
    reify: bool,
) -> None:
    """Take in events that other programs have coded, and graphs that newsloom wrote as RDF.

    FILEs are GDELT event files (.export.CSV, .gdelt.tsv; also .gz and .zip) and newsloom's RDF (.trig, .nq,
    .jsonld, .ttl, .nt, .rdf; also .gz). Without -o they are added to the store and woven with all that is there;
    with -o alone the graph of just these files is written; with both the store's whole graph is.
    """
    from . import exports, importing

    for output in outputs:
        exports.check(output)
        check_rdf(output, base, reify)
        if any(os.path.exists(path) and os.path.exists(output) and os.path.samefile(path, output) for path in paths):
            raise UsageError(f"{output} is among the files to import: writing there would lose it. Name another file.")
    importing.check(paths)
    if store is None and not outputs:
        store = os.environ.get("NEWSLOOM_STORE") or DEFAULT_STORE
    with progress("importing", "weaving") as shown:
        outcome = importing.run(paths, schema=schema, knowledge=knowledge, store=store, progress=shown)
    if not outcome.graph.articles:
        say_refusals(outcome)
        raise InputError("nothing could be imported: no row of these files could be read.")
    for output in outputs:
        for written in exports.write(outcome.graph, output, base, reify):
            say(f"wrote {written}", err=True)
    say(summary(outcome), err=True)
    say_refusals(outcome)
    if not outcome.read + outcome.skipped + outcome.again:
        raise InputError("nothing could be imported: no row of these files could be read.")


VERBS = (import_,)
