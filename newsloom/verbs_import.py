"""The verb that takes in what other programs have coded: import."""

import click

from .options import (
    adding_option,
    base_option,
    check_outputs,
    json_option,
    knowledge_option,
    output_option,
    paths_argument,
    reify_option,
    schema_option,
    to_add_to,
)
from .progress import progress
from .schemas.errors import InputError
from .verbs_build import hand_out


@click.command("import")
@paths_argument("FILE...")
@output_option
@schema_option
@knowledge_option
@adding_option
@base_option
@reify_option
@json_option
def import_(
    paths: tuple[str, ...],
    outputs: tuple[str, ...],
    schema: str | None,
    knowledge: str | None,
    store: str | None,
    base: str | None,
    reify: bool,
    as_json: bool,
) -> None:
    """Take in events that other programs have coded, and graphs that newsloom wrote as RDF.

    FILEs are GDELT event files (.export.CSV, .gdelt.tsv; also .gz and .zip) and newsloom's RDF (.trig, .nq,
    .jsonld, .ttl, .nt, .rdf; also .gz). Without -o they are added to the store and woven with all that is there;
    with -o alone the graph of just these files is written; with both the store's whole graph is.

    \b
    newsloom import 20240414120000.export.CSV.zip
    newsloom import edited.trig -o graph.html
    """
    from . import importing

    check_outputs(outputs, paths, base, reify)
    importing.check(paths)
    store = to_add_to(store, outputs)
    with progress("importing", "weaving", "file") as shown:
        outcome = importing.run(paths, schema=schema, knowledge=knowledge, store=store, progress=shown)
    nothing = InputError("nothing could be imported: no row of these files could be read.")
    hand_out(outcome, outputs, base, reify, nothing, as_json)
    if not outcome.articles:
        raise nothing


VERBS = (import_,)
