"""A store whose actors and places are mended: what is decided is written at once, then all is woven again.

Articles are not read again. What is cut off between the two leaves the decision in the store, and its graph stale.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from typing import TYPE_CHECKING

from . import building
from .graph.store import Store
from .schemas.errors import UsageError

if TYPE_CHECKING:
    from .graph.model import Graph
    from .graph.types import Article, Decision


class Workshop:
    """A store that is open for decisions, with its graph as it is by now."""

    def __init__(self, store: Store, desk: "building.Desk"):
        self._store = store
        self._desk = desk
        if store.is_stale or not store.keeps_merges:
            self._weave()

    @cached_property
    def graph(self) -> "Graph":
        """The graph of the store as it is by now."""
        return self._store.load()

    def articles(self) -> "Sequence[Article]":
        """The articles of the store, in the order of weaving."""
        return self._store.corpus().articles

    def _weave(self) -> None:
        self._desk.weave_all(self._store, self._store.refusals())
        self.__dict__.pop("graph", None)

    def decide(self, decision: "Decision") -> int:
        """The number of a decision that is kept and followed from now on."""
        number = self._store.add_decision(decision)
        self._weave()
        return number

    def forget_articles(self, ids: Iterable[str]) -> None:
        """Have the store without some articles, by their ids."""
        self._store.remove(ids)
        self._weave()

    def forget(self, number: int) -> "Decision":
        """The decision of that number, which holds no longer; NotFound when there is none."""
        decision = self._store.remove_decision(number)
        self._weave()
        return decision


@contextmanager
def mending(path: building.StrPath, knowledge: building.StrPath | None = None) -> Iterator[Workshop]:
    """The workshop of a store, closed at the end; `knowledge` is a file of one's own that the store was built with.

    StoreError when there is no store or no graph in it; UsageError when it was built with other knowledge.
    """
    with Store.open(path, create=False) as store:
        reader = store.reader or ""
    desk = building.desk_of(path, knowledge)
    if reader and desk.knowledge.digest not in reader:
        raise UsageError(
            f"{path} was built with other knowledge. Name with --knowledge the file that it was built with; if there "
            "was none, newsloom's own has changed since: run the build again first."
        )
    with Store.open(path) as store:
        yield Workshop(store, desk)
