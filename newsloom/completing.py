"""What a shell offers when Tab is pressed: files, suffixes, event types, names of queries, nodes of the store.

Whatever goes wrong here is no answer: a shell in the middle of a line is no place for errors.
"""

import os
from collections.abc import Callable
from contextlib import suppress

import click
from click.shell_completion import CompletionItem

from . import exports
from .console import visible

OFFERED = 40  # nodes
Completer = Callable[[click.Context, click.Parameter, str], list[CompletionItem]]


def files(_context: click.Context, _parameter: click.Parameter, typed: str) -> list[CompletionItem]:
    """Files and folders, as the shell finds them."""
    return [CompletionItem(typed, type="file")]


def outputs(context: click.Context, parameter: click.Parameter, typed: str) -> list[CompletionItem]:
    """Files; behind a dot also the suffixes that can be written."""
    stem, dot, end = typed.rpartition(".")
    fitting = [stem + suffix for suffix in exports.suffixes() if suffix.startswith(f".{end}")] if dot and stem else []
    return [*map(CompletionItem, fitting), *files(context, parameter, typed)]


def types(_context: click.Context, _parameter: click.Parameter, typed: str) -> list[CompletionItem]:
    """Event types; also the last of several behind commas."""
    from .schemas import load_schema

    before, comma, start = typed.rpartition(",")
    found = load_schema().event_types.items()
    return [
        CompletionItem(f"{before}{comma}{name}", help=entry.label)
        for name, entry in found
        if name.startswith(start.upper())
    ]


def terms(_context: click.Context, _parameter: click.Parameter, typed: str) -> list[CompletionItem]:
    """Names of the vocabulary."""
    from .schemas import load_schema

    schema = load_schema()
    sections = (schema.event_types, schema.relations, schema.roles, schema.actor_types, schema.place_types)
    names = [name for section in sections for name in section]
    return [CompletionItem(name) for name in names if name.casefold().startswith(typed.casefold())]


def queries(context: click.Context, parameter: click.Parameter, typed: str) -> list[CompletionItem]:
    """Queries with names, and files."""
    from .exports.queries.named import named_queries

    found = [CompletionItem(name) for name in named_queries() if name.startswith(typed)]
    return [*found, *files(context, parameter, typed)]


def nodes(kind: str | None = None) -> Completer:
    """Nodes of the store (of a kind) whose id or name begins as typed: their ids, which need no quotes."""

    def complete(context: click.Context, _parameter: click.Parameter, typed: str) -> list[CompletionItem]:
        from .graph.store import Store
        from .schemas.errors import NewsloomError

        with suppress(NewsloomError), Store.open(_store(context), create=False) as store:
            found = store.names(typed, OFFERED, kind)
            return [CompletionItem(id, help=visible(name)) for id, name in found if visible(id) == id]
        return []

    return complete


def _store(context: click.Context) -> str:
    """The store that the line names so far, or the usual one."""
    from .options import DEFAULT_STORE

    return context.params.get("store") or os.environ.get("NEWSLOOM_STORE") or DEFAULT_STORE
