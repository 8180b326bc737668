"""The graph that is served: that of the store now, loaded again when the store has another one."""

from collections import OrderedDict
from collections.abc import Callable
from pathlib import Path
from threading import Lock
from typing import Any, TypeVar

from .. import __version__
from ..graph.model import Graph
from ..graph.store import Store
from .page import Pages

T = TypeVar("T")
KEPT = 32  # answers that take long to make are kept, of one edition


class Edition:
    """A graph as it was woven once: `tag` is another for every other graph, and for every version of newsloom."""

    def __init__(self, graph: Graph, tag: str):
        self.graph = graph
        self.tag = tag
        self._made: OrderedDict[str, Any] = OrderedDict()
        self._lock = Lock()
        self._pages: Pages | None = None
        self._dividing = Lock()

    @property
    def pages(self) -> Pages:
        """The page of the graph, divided into parts once."""
        with self._dividing:
            self._pages = self._pages or Pages(self.graph)
            return self._pages

    def made(self, name: str, make: Callable[[], T]) -> T:
        """What `make` returns, made once for each name; of many names the latest are kept."""
        with self._lock:
            if name not in self._made:
                self._made[name] = make()
            self._made.move_to_end(name)
            while len(self._made) > KEPT:
                self._made.popitem(last=False)
            found: T = self._made[name]
            return found


class Shelf:
    """A store to take the graph from. It may be asked by several threads."""

    def __init__(self, path: str | Path):
        self.path = Path(path)
        self._lock = Lock()
        self._latest: Edition | None = None

    def edition(self) -> Edition:
        """The graph that the store has now; StoreError when it cannot be read."""
        with self._lock, Store.open(self.path, create=False) as store:
            while self._latest is None or self._latest.tag != _tag(store):
                tag = _tag(store)  # once more if another process weaves meanwhile
                self._latest = Edition(store.load(), tag)
            return self._latest


def _tag(store: Store) -> str:
    return f"{store.edition}-{__version__}"
