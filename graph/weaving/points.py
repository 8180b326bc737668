"""Which of many statements about order can hold together: the surest ones do, the others are told with what is against.

    conflicts = contradictions(ties, bounds)      # index of a tie -> the Conflict that it would make

Every event is a start and an end, its days bound both, and each tie says which of two points comes first. `before`:
the one's end is not after the other's start, and it starts earlier; `includes`: the one starts no later and ends no
earlier; `simultaneous`: they start and end together. So what contradicts itself is a circle of points with a strictly
earlier one in it, or a chain from a first day to a last day before it. Ties are taken one by one, and one that
contradicts those taken is left out. Only ties that take part in a contradiction are gone through so: they are found
in linear time, by strongly connected components and by handing bounds on along them. What is left is small where
articles agree; its time grows with the square of how many events one tangle ties together.
"""

from collections.abc import Iterable, Mapping, Sequence
from heapq import heappop, heappush
from typing import NamedTuple

import networkx as nx

DAY = 1 << 32  # steps in a day: more than events that can follow one another
NEVER = DAY * 10_000_000

NO_TIE = -1  # what says that an event starts before it ends

Edge = tuple[int, int, int]  # two points, and how many steps (0 or 1) the second comes after the first at least
Move = tuple[int, int, int]  # a step, the point that comes before it, and the tie that says so


class Tie(NamedTuple):
    """A statement about the order of two events."""

    source: str
    type: str
    target: str


class Bounds(NamedTuple):
    """An event's first day, and the first day that is too late for it, as ordinals; None where unknown."""

    earliest: int | None
    latest: int | None


class Conflict(NamedTuple):
    """What speaks against a tie: ties that were taken, in the order of time, from one point of it to the other.

    With `ends` they run from the first day of the one event to the last day of the other.
    """

    chain: tuple[int, ...]
    ends: tuple[str, str] | None


def contradictions(ties: Sequence[Tie], bounds: Mapping[str, Bounds]) -> dict[int, Conflict]:
    """The ties to leave out, by their index; of ties that contradict one another it is always the last."""
    suspects = _suspects(ties, bounds)
    points = _Points(ties[index] for index in suspects)
    taken = _Taken(points, bounds)
    conflicts = ((index, taken.add(index, points.edges(ties[index]))) for index in suspects)
    return {index: conflict for index, conflict in conflicts if conflict is not None}


class _Points:
    """The events of some ties by number: the start of event n is point 2n, its end 2n + 1."""

    def __init__(self, ties: Iterable[Tie]):
        self.events = list(dict.fromkeys(event for tie in ties for event in (tie.source, tie.target)))
        self.start = {event: 2 * n for n, event in enumerate(self.events)}

    def edges(self, tie: Tie) -> tuple[Edge, Edge] | tuple[Edge, Edge, Edge, Edge]:
        """What a tie says about the starts and ends of its events."""
        one, other = self.start[tie.source], self.start[tie.target]
        match tie.type:
            case "before":
                return (one, other, 1), (one + 1, other, 0)
            case "includes":
                return (one, other, 0), (other + 1, one + 1, 0)
            case "simultaneous":
                return (one, other, 0), (other, one, 0), (one + 1, other + 1, 0), (other + 1, one + 1, 0)
        raise ValueError(f"{tie.type!r} is no order. It is before, includes or simultaneous.")

    def limits(self, bounds: Mapping[str, Bounds]) -> tuple[list[int], list[int]]:
        """The first and the last step of every point."""
        known = [bounds[event] for event in self.events for _ in ("start", "end")]
        first = [0 if days.earliest is None else days.earliest * DAY for days in known]
        return first, [NEVER if days.latest is None else days.latest * DAY - 1 for days in known]


def _suspects(ties: Sequence[Tie], bounds: Mapping[str, Bounds]) -> list[int]:
    """The ties that take part in a contradiction of all ties and bounds together."""
    points = _Points(ties)
    said = [points.edges(tie) for tie in ties]
    lasting = [(start, start + 1, 0) for start in points.start.values()]
    edges = [*lasting, *(edge for some in said for edge in some)]
    graph: nx.DiGraph = nx.DiGraph()
    graph.add_edges_from((one, other) for one, other, _ in edges)
    part = [0] * (2 * len(points.events))
    for number, component in enumerate(nx.strongly_connected_components(graph)):  # later ones first
        for point in component:
            part[point] = number
    circles = {part[one] for one, other, steps in edges if steps and part[one] == part[other]}
    first, last = _handed_on(edges, part, *points.limits(bounds))
    return [
        index
        for index, some in enumerate(said)
        if any(
            first[part[one]] > last[part[other]] or (part[one] == part[other] and part[one] in circles)
            for one, other, _ in some
        )
    ]


def _handed_on(
    edges: list[Edge], part: Sequence[int], first: Sequence[int], last: Sequence[int]
) -> tuple[list[int], list[int]]:
    """The first and last step of every component, as far as what comes before and after it tells."""
    lowest, highest = [0] * len(part), [NEVER] * len(part)
    for point, number in enumerate(part):
        lowest[number] = max(lowest[number], first[point])
        highest[number] = min(highest[number], last[point])
    for one, other, _ in sorted(edges, key=lambda edge: -part[edge[0]]):
        lowest[part[other]] = max(lowest[part[other]], lowest[part[one]])
    for one, other, _ in sorted(edges, key=lambda edge: part[edge[1]]):
        highest[part[one]] = min(highest[part[one]], highest[part[other]])
    return lowest, highest


class _Taken:
    """Ties that hold together, with the first step possible for every point and what makes it so."""

    def __init__(self, points: _Points, bounds: Mapping[str, Bounds]):
        self.events = points.events
        self.first, self.last = points.limits(bounds)
        self.because: dict[int, tuple[int, int]] = {}  # the point that it has to come after, and the tie that says so
        self.after: list[list[tuple[int, int, int]]] = [[] for _ in self.first]  # point, steps, tie
        for start in points.start.values():
            self.after[start].append((start + 1, 0, NO_TIE))

    def add(self, index: int, edges: Sequence[Edge]) -> Conflict | None:
        """Takes a tie, unless it contradicts those taken: then tells what does."""
        former: dict[int, tuple[int, tuple[int, int] | None]] = {}
        for n, (one, other, steps) in enumerate(edges):
            moved = self._moved((one, other, steps), index)
            if isinstance(moved, Conflict):
                self._restore(former, edges[:n])
                return moved
            for point, (step, before, tie) in moved.items():
                former.setdefault(point, (self.first[point], self.because.get(point)))
                self.first[point], self.because[point] = step, (before, tie)
            self.after[one].append((other, steps, index))
        return None

    def _moved(self, edge: Edge, index: int) -> dict[int, Move] | Conflict:
        """Where points have to go when one more edge holds; a Conflict when its own first point has to, or one too far.

        What has to go furthest goes first, so that every point goes once.
        """
        one, other, steps = edge
        moved: dict[int, Move] = {}
        waiting = [(self.first[other] - self.first[one] - steps, other, one, index)]
        while waiting and waiting[0][0] < 0:
            room, point, before, tie = heappop(waiting)
            if point in moved:
                continue
            step = self.first[point] - room
            moved[point] = (step, before, tie)
            if point == one:
                return Conflict(_chain(moved, one, one, index), None)
            if step > self.last[point]:
                first, earlier = self._origin(one, index)
                chain = (*earlier, *_chain(moved, one, point, index))
                return Conflict(tuple(dict.fromkeys(chain)), (self.events[first // 2], self.events[point // 2]))
            for later, gap, by in self.after[point]:
                heappush(waiting, (self.first[later] - step - gap, later, point, by))
        return moved

    def _origin(self, point: int, index: int) -> tuple[int, tuple[int, ...]]:
        """The point whose first day makes a point as late as it is, and the ties from the one to the other."""
        chain = []
        while point in self.because:
            point, tie = self.because[point]
            chain.append(tie)
        return point, tuple(tie for tie in reversed(chain) if tie not in (NO_TIE, index))

    def _restore(self, former: Mapping[int, tuple[int, tuple[int, int] | None]], edges: Sequence[Edge]) -> None:
        for one, _, _ in edges:
            self.after[one].pop()
        for point, (step, because) in former.items():
            self.first[point] = step
            if because is None:
                del self.because[point]
            else:
                self.because[point] = because


def _chain(moved: Mapping[int, Move], start: int, end: int, index: int) -> tuple[int, ...]:
    """The ties by which one point moves another, without the new one, in the order of time."""
    chain, point = [], end
    while True:
        _, point, tie = moved[point]
        chain.append(tie)
        if point == start:
            return tuple(tie for tie in reversed(chain) if tie not in (NO_TIE, index))
