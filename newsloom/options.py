"""Options that several verbs share."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

from .console import say

if TYPE_CHECKING:
    from .graph.model import Graph

DEFAULT_STORE = "newsloom.db"
Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]

store_option: Decorator = click.option(
    "--store", envvar="NEWSLOOM_STORE", default=DEFAULT_STORE, show_default=True, metavar="FILE", help="What to ask."
)
json_option: Decorator = click.option("--json", "as_json", is_flag=True, help="Print JSON.")
depth_option: Decorator = click.option(
    "--depth", type=click.IntRange(1, 50), default=5, show_default=True, help="How many hops to follow."
)
sure_option: Decorator = click.option(
    "--min-confidence", type=click.FloatRange(0, 1), default=0.0, help="Leave out less sure relations."
)


def top_option(default: int | None = None) -> Decorator:
    """`--top N`, how many lines to print at most."""
    shown = default is not None
    return click.option("--top", type=click.IntRange(1), default=default, show_default=shown, help="At most so many.")


def stored(path: str) -> "Graph":
    """The graph in a store, with a note when its last build was cut off."""
    from .graph.store import Store

    with Store.open(path, create=False) as store:
        if store.is_stale:
            say(f"note: the last build into {path} was cut off; run it again to have all of its articles.", err=True)
        return store.load()


def listed(values: tuple[str, ...]) -> list[str] | None:
    """The names in options such as `--type A,B --type C`, or None when there are none."""
    return [name for value in values for name in value.split(",") if name.strip()] or None
