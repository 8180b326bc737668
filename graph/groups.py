"""Groups that only grow: of mentions inside an article, and of what is woven over articles."""

from collections.abc import Hashable, Iterable
from typing import Generic, TypeVar

Item = TypeVar("Item", bound=Hashable)


class Groups(Generic[Item]):
    """Items in disjoint groups that only grow: union-find whose groups can be listed."""

    def __init__(self, items: Iterable[Item]):
        self._root: dict[Item, Item] = {}
        self.members: dict[Item, list[Item]] = {}
        for item in items:
            self._root[item] = item
            self.members[item] = [item]

    def root(self, item: Item) -> Item:
        """The item that stands for the group."""
        while self._root[item] != item:
            self._root[item] = self._root[self._root[item]]
            item = self._root[item]
        return item

    def join(self, one: Item, other: Item) -> Item:
        """The root of the group that both are in from now on: that of `one`."""
        into, gone = self.root(one), self.root(other)
        if into != gone:
            self._root[gone] = into
            self.members[into] += self.members.pop(gone)
        return into
