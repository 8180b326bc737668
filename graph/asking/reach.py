"""How many nodes can be reached from each node of a directed graph, exactly, for all of them at once.

Circles are condensed to one node each; the sets of what can be reached are bits of whole numbers, joined from the
ends of the graph backwards, a share of the bits at a time so that memory stays small.
"""

from collections.abc import Iterable, Sequence

SHARE = 8192  # bits at a time


def reached(followers: Sequence[Sequence[int]]) -> list[int]:
    """For each node, how many others can be reached from it.

    >>> reached([[1, 2], [3], [3], []])
    [3, 1, 1, 0]
    >>> reached([[1], [0, 2], []])
    [2, 2, 0]
    """
    circles = components(followers)
    circle_of = [0] * len(followers)
    for number, members in enumerate(circles):
        for node in members:
            circle_of[node] = number
    after = [
        list({circle_of[there] for node in members for there in followers[node]} - {number})
        for number, members in enumerate(circles)
    ]
    counts = _joined(circles, after)
    for number, next in enumerate(after):
        if len(next) == 1:  # it reaches one circle and what that reaches, which stands before it
            counts[number] = len(circles[number]) + counts[next[0]]
    return [counts[circle] - 1 for circle in circle_of]


def _joined(circles: Sequence[Sequence[int]], after: Sequence[Sequence[int]]) -> list[int]:
    """How many nodes each circle has and reaches; 0 for those that lead to one other alone."""
    needed = [False] * len(circles)
    for number in reversed(range(len(circles))):
        if needed[number] or len(after[number]) > 1:
            for there in after[number]:
                needed[there] = True
    counts = [0] * len(circles)
    wanted = [number for number, next in enumerate(after) if needed[number] or len(next) != 1]
    for share in _shares(circles):
        bits, bit = [0] * len(circles), 0
        for number in wanted:
            if number < share.start:
                continue  # no earlier circle reaches a later one
            own = 0
            if number < share.stop:
                size = len(circles[number])
                own, bit = ((1 << size) - 1) << bit, bit + size
            for there in after[number]:
                own |= bits[there]
            bits[number] = own
            if len(after[number]) != 1:
                counts[number] += own.bit_count()
    return counts


def _shares(circles: Sequence[Sequence[int]]) -> Iterable[range]:
    """Stretches of circles that together have about `SHARE` nodes."""
    start, size = 0, 0
    for number, members in enumerate(circles):
        size += len(members)
        if size >= SHARE:
            yield range(start, number + 1)
            start, size = number + 1, 0
    if start < len(circles):
        yield range(start, len(circles))


def components(followers: Sequence[Sequence[int]]) -> list[list[int]]:
    """The strongly connected components, each behind all those that it leads to (Tarjan, without recursion).

    >>> components([[1], [0, 2], []])
    [[2], [1, 0]]
    """
    unseen = 0
    order = [unseen] * len(followers)
    low = [0] * len(followers)
    placed = [False] * len(followers)
    found: list[list[int]] = []
    open_nodes: list[int] = []
    clock = 0
    for root in range(len(followers)):
        if order[root] != unseen:
            continue
        clock += 1
        order[root] = low[root] = clock
        open_nodes.append(root)
        walk = [(root, iter(followers[root]))]
        while walk:
            node, rest = walk[-1]
            for there in rest:
                if order[there] == unseen:
                    clock += 1
                    order[there] = low[there] = clock
                    open_nodes.append(there)
                    walk.append((there, iter(followers[there])))
                    break
                if not placed[there] and order[there] < low[node]:
                    low[node] = order[there]
            else:
                walk.pop()
                if walk and low[node] < low[walk[-1][0]]:
                    low[walk[-1][0]] = low[node]
                if low[node] == order[node]:
                    found.append(_close(node, open_nodes, placed))
    return found


def _close(node: int, open_nodes: list[int], placed: list[bool]) -> list[int]:
    """Take a component off the open nodes: all that were opened behind its first node."""
    members: list[int] = []
    while not members or members[-1] != node:
        members.append(open_nodes.pop())
        placed[members[-1]] = True
    return members
