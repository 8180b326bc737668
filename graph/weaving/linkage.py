"""Groups by average linkage: the surest pair of groups first, until no pair is sure enough or nothing may be joined."""

import heapq
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence

from msgspec import Struct

Pair = tuple[int, int]

MANY = 40  # members of a group that a newcomer is compared with: of larger ones only so many count


class Bond(Struct, frozen=True, gc=False):
    """What ties two groups: the scores of their compared pairs together, how many these are, and the surest of them."""

    total: float
    compared: int
    best: float
    pair: tuple[str, str]

    def __add__(self, other: "Bond") -> "Bond":
        surer = self if self.best >= other.best else other
        return Bond(self.total + other.total, self.compared + other.compared, surer.best, surer.pair)

    def mean(self, one: int, other: int) -> float:
        """The score of groups of these sizes: pairs not compared count 0, unless there were too many to compare."""
        return self.total / max(self.compared, min(one, MANY) * min(other, MANY))


def linked(
    sizes: Sequence[int],
    bonds: Mapping[Pair, Bond],
    enough: float,
    join: Callable[[int, int, Bond, float], bool],
) -> None:
    """Join groups, given by number, as long as the surest pair of them is sure enough.

    `bonds` are those of pairs of groups that were compared, the lower number first. `join` is told which two would be
    joined, the second into the first, by what and how surely, and answers whether they were.
    """
    size = dict(enumerate(sizes))
    near: dict[int, dict[int, Bond]] = defaultdict(dict)
    waiting = []
    for (one, other), bond in bonds.items():
        near[one][other] = near[other][one] = bond
        if bond.best >= enough and (score := bond.mean(size[one], size[other])) >= enough:
            waiting.append((-score, one, other, 0))
    heapq.heapify(waiting)
    changed = dict.fromkeys(size, 0)
    clock = 0
    while waiting:
        mean, one, other, born = heapq.heappop(waiting)
        current = one in size and other in size and born == max(changed[one], changed[other])
        if not current or not join(one, other, near[one][other], -mean):
            continue
        clock += 1
        changed[one] = clock
        size[one] += size.pop(other)
        gone = near.pop(other)
        del gone[one], near[one][other]
        for third, bond in gone.items():
            del near[third][other]
            near[one][third] = near[third][one] = near[one][third] + bond if third in near[one] else bond
        for third, bond in near[one].items():
            if bond.best >= enough and (score := bond.mean(size[one], size[third])) >= enough:
                heapq.heappush(waiting, (-score, min(one, third), max(one, third), clock))
