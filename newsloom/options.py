"""Options that several verbs share."""

import os
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

from . import completing, exports, logs
from .console import say
from .schemas.errors import UsageError

if TYPE_CHECKING:
    from .graph.model import Graph
    from .graph.types import NodeKind

DEFAULT_STORE = "newsloom.db"
Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]

store_option: Decorator = click.option(
    "--store",
    envvar="NEWSLOOM_STORE",
    default=DEFAULT_STORE,
    show_default=True,
    metavar="FILE",
    help="What to ask.",
    shell_complete=completing.files,
)
output_option: Decorator = click.option(
    "-o",
    "--output",
    "outputs",
    multiple=True,
    metavar="FILE",
    help="Write the graph there, by its suffix.",
    shell_complete=completing.outputs,
)
schema_option: Decorator = click.option(
    "--schema",
    metavar="FILE",
    help="Event types of your own instead of the built-in ones.",
    shell_complete=completing.files,
)
knowledge_option: Decorator = click.option(
    "--knowledge",
    metavar="FILE",
    help="Actors and places of your own beside the built-in ones.",
    shell_complete=completing.files,
)
adding_option: Decorator = click.option(
    "--store",
    metavar="FILE",
    help=f"Add to this store.  [default without -o: NEWSLOOM_STORE or {DEFAULT_STORE}]",
    shell_complete=completing.files,
)
json_option: Decorator = click.option("--json", "as_json", is_flag=True, help="Print JSON, for programs.")


def verbose() -> click.Option:
    """The option -v, which every verb and every group of verbs gets; counted over all of a call."""
    return click.Option(
        ["-v", "--verbose"],
        count=True,
        expose_value=False,
        is_eager=True,
        callback=_listen,
        help="Tell what happens, and all of an internal error; -vv tells more.",
    )


def _listen(context: click.Context, _parameter: click.Parameter, value: int) -> None:
    if value:
        meta = context.find_root().meta
        meta["verbosity"] = meta.get("verbosity", 0) + value
        logs.listen(meta["verbosity"])


base_option: Decorator = click.option(
    "--base",
    envvar="NEWSLOOM_BASE",
    metavar="IRI",
    help="What the IRIs in RDF start with, such as https://example.org/news/.  [default: https://newsloom.invalid/]",
)
reify_option: Decorator = click.option(
    "--reify", is_flag=True, help="In RDF, tie each statement to its triple by rdf:reifies (RDF 1.2)."
)


class WholeNumber(click.IntRange):
    """A whole number in a range, called so in errors."""

    name = "whole number"


class Number(click.FloatRange):
    """A number in a range, called so in errors."""

    name = "number"


depth_option: Decorator = click.option(
    "--depth", type=WholeNumber(1, 50), metavar="N", default=5, show_default=True, help="How many hops to follow."
)
sure_option: Decorator = click.option(
    "--min-confidence", type=Number(0, 1), metavar="P", default=0.0, help="Leave out less sure relations (0 to 1)."
)


def narrowing(function: Callable[..., Any]) -> Callable[..., Any]:
    """The options that say which events: --actor, --place, --type, --since, --until."""
    options: tuple[Decorator, ...] = (
        name_option("--actor", "Events in which it takes part.", "actor"),
        name_option("--place", "Events there, or in what lies there.", "place"),
        type_option("Events of these types and narrower ones."),
        click.option("--since", metavar="DATE", help="From this year, month or day on: 2024, 2024-02, 2024-02-23."),
        click.option("--until", metavar="DATE", help="Up to the end of this year, month or day."),
    )
    for option in reversed(options):
        function = option(function)
    return function


def top_option(default: int | None = None, name: str = "--top", help: str = "At most so many.") -> Decorator:
    """`--top N`, how many lines to print at most, or an option of another name that counts."""
    shown = default is not None
    return click.option(name, type=WholeNumber(1), metavar="N", default=default, show_default=shown, help=help)


def file_named(suffix: str, what: str) -> Callable[[click.Context, click.Parameter, str | None], str | None]:
    """A check of a path that something can be written to: it ends as it must, or is `-` for printing."""

    def check(_context: click.Context, _parameter: click.Parameter, value: str | None) -> str | None:
        if value in (None, "-"):
            return value
        if not value.lower().removesuffix(".gz").endswith(suffix):
            raise click.BadParameter(
                f"{value} is no name of {what}; give one that ends in {suffix}, or none to print it."
            )
        exports.check(value)
        return value

    return check


def text_argument(name: str, metavar: str | None = None, kind: "NodeKind | None" = None) -> Decorator:
    """A name, an id or words, which must be there; of a node (of a kind)."""
    return click.argument(name, metavar=metavar, callback=_filled, shell_complete=completing.nodes(kind))


def name_option(name: str, help: str, kind: "NodeKind | None" = None) -> Decorator:
    """An option that takes the name of a node (of a kind)."""
    return click.option(name, metavar="NAME", callback=_filled, help=help, shell_complete=completing.nodes(kind))


def paths_argument(metavar: str) -> Decorator:
    """Files or folders, at least one."""
    return click.argument("paths", nargs=-1, required=True, metavar=metavar, shell_complete=completing.files)


def type_option(help: str) -> Decorator:
    """`--type TYPE,...`, which may be repeated."""
    return click.option(
        "--type", "types", multiple=True, metavar="TYPE,...", help=help, shell_complete=completing.types
    )


def _filled(_context: click.Context, _parameter: click.Parameter, value: str | None) -> str | None:
    if value is not None and not value.strip():
        raise click.BadParameter("it is empty; give a name, an id or words.")
    return value


def say_meant(graph: "Graph", text: str | None, kind: "NodeKind") -> None:
    """A note when a name is in the graph only in another spelling or with other words."""
    from .graph.finding import find

    found = find(graph, text, kind) if text else ()
    if found and found[0].how in ("close", "words"):
        say(f"note: {text!r} was taken for {found[0].node.name}.", err=True)


def stored(path: str) -> "Graph":
    """The graph in a store, with a note when its last build has not come to its end."""
    from .graph.store import Store

    with Store.open(path, create=False) as store:
        graph = store.load()
        if store.is_stale:
            say(
                f"note: the last build into {path} was cut off or still goes on; run it again to have all of it.",
                err=True,
            )
        return graph


def to_add_to(store: str | None, outputs: tuple[str, ...]) -> str | None:
    """The store of `adding_option`: the one that is named, without files to write the default one, else None."""
    return store if store or outputs else os.environ.get("NEWSLOOM_STORE") or DEFAULT_STORE


def check_outputs(
    outputs: tuple[str, ...], paths: tuple[str, ...], base: str | None = None, reify: bool = False
) -> None:
    """Raise UsageError, before long work, for files that cannot be written or are among those to read."""
    for output in outputs:
        exports.check(output, base, reify)
        if any(os.path.exists(path) and os.path.exists(output) and os.path.samefile(path, output) for path in paths):
            raise UsageError(f"{output} is among the files to read: writing there would lose it. Name another file.")


def listed(values: tuple[str, ...]) -> list[str] | None:
    """The names in options such as `--type A,B --type C`, or None when the option is not given."""
    names = [name.strip() for value in values for name in value.split(",") if name.strip()]
    if values and not names:
        raise click.UsageError("--type names no event type. `newsloom schema` lists them.")
    return names or None
