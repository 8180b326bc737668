"""The verbs on the vocabulary: schema and those below it."""

from typing import TYPE_CHECKING, Any

import click

from . import completing
from .console import print_json, say_text
from .options import json_option

if TYPE_CHECKING:
    from .schemas.types import Schema

MEDIA = {"rdf": "text/turtle", "shacl": "text/turtle", "context": "application/ld+json"}


@click.group(invoke_without_command=True)
@click.option("--schema", "source", metavar="FILE", help="A schema of your own instead of the built-in one.")
@click.option("--rdf", "published", flag_value="rdf", help="Print it as RDF: newsloom's terms, concepts (Turtle).")
@click.option("--shacl", "published", flag_value="shacl", help="Print the shapes of its graphs (SHACL, Turtle).")
@click.option("--context", "published", flag_value="context", help="Print the context of its JSON-LD.")
@json_option
@click.pass_context
def schema(context: click.Context, source: str | None, published: str | None, as_json: bool) -> None:
    """The vocabulary: what kinds of events, actors, places and relations there are.

    \b
    newsloom schema show ASSAULT
    newsloom schema --shacl > shapes.ttl
    newsloom schema check my.yaml
    """
    context.obj = source
    if published and context.invoked_subcommand:
        raise click.UsageError(f"--{published} prints the whole vocabulary; leave out {context.invoked_subcommand}.")
    if published:
        text = _published(_schema(context), published)
        if as_json:
            print_json({"format": MEDIA[published], "text": text})
        else:
            click.echo(text, nl=False)
    elif context.invoked_subcommand is None:
        context.invoke(list_types, as_json=as_json)
    elif as_json:
        raise click.UsageError(f"write --json behind {context.invoked_subcommand}.")


def _published(schema: "Schema", what: str) -> str:
    """The vocabulary or the shapes as Turtle, or the context as JSON."""
    if what == "shacl":
        from .exports.rdf.shapes import shapes

        return shapes(schema).turtle()
    from .exports.rdf import published

    return published.ontology(schema) if what == "rdf" else published.json_ld(schema)


@schema.command("list")
@json_option
@click.pass_context
def list_types(context: click.Context, as_json: bool) -> None:
    """All names of the vocabulary.

    \b
    newsloom schema list
    """
    from .schemas.describe import listing, listing_record

    if as_json:
        print_json(listing_record(_schema(context)))
    else:
        say_text(listing(_schema(context)))


@schema.command("show")
@click.argument("name", metavar="TYPE", shell_complete=completing.terms)
@json_option
@click.pass_context
def show_type(context: click.Context, name: str, as_json: bool) -> None:
    """Everything about an event type, relation, role, actor or place type.

    \b
    newsloom schema show responds-to
    """
    from .schemas.describe import describe, record

    if as_json:
        print_json(record(_schema(context), name))
    else:
        say_text(describe(_schema(context), name))


@schema.command("check")
@click.argument("file", metavar="FILE", shell_complete=completing.files)
@json_option
def check_file(file: str, as_json: bool) -> None:
    """Whether a schema of your own is right, and what could be better.

    \b
    newsloom schema check my.yaml
    """
    from .schemas.describe import check, check_record

    if as_json:
        print_json(check_record(file))
    else:
        say_text(check(file))


def _schema(context: click.Context) -> Any:
    from .schemas import load_schema

    return load_schema(context.obj) if context.obj else load_schema()


VERBS = (schema,)
