"""Small sets, of which events and actors have a dozen each: those that are empty or hold one thing are one object each.

CPython makes a new object of 216 bytes for every empty frozenset.
"""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any, TypeVar

Item = TypeVar("Item")

NOTHING: frozenset[Any] = frozenset()


def frozen(items: Iterable[Item]) -> frozenset[Item]:
    """The items as a set.

    >>> frozen([]) is NOTHING, frozen("a") is frozen("a"), sorted(frozen("ab"))
    (True, True, ['a', 'b'])
    """
    found = frozenset(items)
    if not found:
        return NOTHING
    return found if len(found) > 1 else _alone(found)


def both(one: frozenset[Item], other: frozenset[Item]) -> frozenset[Item]:
    """All that is in one of them.

    >>> one = frozen("a")
    >>> both(one, NOTHING) is one, sorted(both(one, frozen("b")))
    (True, ['a', 'b'])
    """
    return one | other if one and other else one or other


@lru_cache(maxsize=1 << 14)
def _alone(found: frozenset[Item]) -> frozenset[Item]:
    """A set of one thing as it was met before."""
    return found
