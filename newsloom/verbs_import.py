"""The verb that takes in what other programs have coded: import."""

import click

from .console import progress
from .options import (
    adding_option,
    base_option,
    check_outputs,
    knowledge_option,
    output_option,
    reify_option,
    schema_option,
    to_add_to,
)
from .schemas.errors import InputError
from .verbs_build import hand_out


@click.command("import")
@click.argument("paths", nargs=-1, required=True, metavar="FILE...")
@output_option
@schema_option
@knowledge_option
@adding_option
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
    from . import importing

    check_outputs(outputs, paths, base, reify)
    importing.check(paths)
    store = to_add_to(store, outputs)
    with progress("importing", "weaving") as shown:
        outcome = importing.run(paths, schema=schema, knowledge=knowledge, store=store, progress=shown)
    nothing = InputError("nothing could be imported: no row of these files could be read.")
    hand_out(outcome, outputs, base, reify, nothing)
    if not outcome.articles:
        raise nothing


VERBS = (import_,)
