"""The surest ways from a cause to an effect: k shortest simple paths after Yen, searched forwards with A*.

How far every event is from the end is found once, backwards from it; it guides all searches.
"""

from collections.abc import Callable, Sequence
from heapq import heappop, heappush
from math import inf
from typing import TYPE_CHECKING

import numpy as np
from msgspec import Struct

if TYPE_CHECKING:
    from .causality import Causality, View

PER_HOP = 1e-6  # of ways that are equally sure the shorter one is better
Found = tuple[float, tuple[int, ...]]  # the length of a way, and its pairs
State = tuple[int, int | None]  # an event, and how many hops may follow (None: any number)
Bound = Callable[[int, int | None], float]  # how far the end is from a state at least


class Roads:
    """The pairs of a view as lists, each as long as it is unsure (-log of its confidence)."""

    def __init__(self, causality: "Causality", view: "View"):
        with np.errstate(divide="ignore"):
            self.length: list[float] = (PER_HOP - np.log(view.sure)).tolist()  # infinite where there is no hop
        self.cause: list[int] = causality.cause.tolist()
        self.effect: list[int] = causality.effect.tolist()
        self.order_on, self.first_on = causality.by_cause.order.tolist(), causality.by_cause.first.tolist()
        self.order_back, self.first_back = causality.by_effect.order.tolist(), causality.by_effect.first.tolist()

    def on(self, event: int) -> Sequence[int]:
        """The pairs of a cause."""
        return self.order_on[self.first_on[event] : self.first_on[event + 1]]

    def back(self, event: int) -> Sequence[int]:
        """The pairs of an effect."""
        return self.order_back[self.first_back[event] : self.first_back[event + 1]]


def surest(roads: Roads, start: int, end: int, limit: int, longest: int | None = None) -> list[tuple[int, ...]]:
    """Up to `limit` ways without circles from an event to another, as pairs, surest first; at most `longest` hops."""
    to_end = _within(roads, end, longest) if longest is not None else _distances(roads, start, end)
    first = _way(roads, start, end, Search(to_end, longest)) if to_end else None
    candidates = [(*first, 0)] if first else []
    known = {first[1]} if first else set()
    found: list[tuple[int, ...]] = []
    while candidates and to_end:
        _, way, turn = heappop(candidates)
        found.append(way)
        if len(found) == limit:
            break
        for at in range(turn, len(way)):
            taken = frozenset(other[at] for other in found if other[:at] == way[:at])
            passed = frozenset(roads.cause[pair] for pair in way[:at])
            left = None if longest is None else longest - at
            other = _way(roads, roads.cause[way[at]], end, Search(to_end, left, passed, taken))
            pairs = (*way[:at], *other[1]) if other else ()
            if pairs and pairs not in known:
                known.add(pairs)
                heappush(candidates, (sum(roads.length[pair] for pair in pairs), pairs, at))
    return found


class Search(Struct, frozen=True):
    """What bounds one search: how far the end is at least, how many hops are left, what must not be used again.

    `passed` are events that the way must not lead through, `taken` pairs that it must not begin with.
    """

    to_end: Bound
    longest: int | None = None
    passed: frozenset[int] = frozenset()
    taken: frozenset[int] = frozenset()


def _distances(roads: Roads, start: int, end: int) -> Bound | None:
    """A lower bound of the way from any event to the end: exact as far as the start is; None if no way leads there."""
    length, cause, order, first = roads.length, roads.cause, roads.order_back, roads.first_back
    far: dict[int, float] = {end: 0.0}
    done: set[int] = set()
    heap = [(0.0, end)]
    while heap:
        so_far, event = heappop(heap)
        if event in done:
            continue
        if event == start:
            return lambda event, _: min(far.get(event, so_far), so_far)
        done.add(event)
        for pair in order[first[event] : first[event + 1]]:
            there, total = cause[pair], so_far + length[pair]
            if total < far.get(there, inf):
                far[there] = total
                heappush(heap, (total, there))
    return None


def _within(roads: Roads, end: int, longest: int) -> Bound:
    """The shortest way from any event to the end in so many hops at most."""
    cause, effect, length = np.array(roads.cause), np.array(roads.effect), np.array(roads.length)
    layers = [np.full(len(roads.first_on) - 1, inf)]
    layers[0][end] = 0.0
    for _ in range(longest):
        layers.append(layers[-1].copy())
        np.minimum.at(layers[-1], cause, length + layers[-2][effect])
    return lambda event, left: float(layers[left or 0][event])


def _way(roads: Roads, start: int, end: int, search: Search) -> Found | None:
    """The shortest way that a search allows; where hops are counted, a state is an event with the hops left."""
    length, effect = roads.length, roads.effect
    begin = (start, search.longest)
    far = {begin: 0.0}
    by: dict[State, tuple[int, State]] = {}
    done: set[State] = set()
    heap = [(search.to_end(*begin), begin)] if search.to_end(*begin) < inf else []
    while heap:
        _, state = heappop(heap)
        event, left = state
        if event == end:
            return far[state], _walked(by, state)
        if state in done or left == 0:
            continue
        done.add(state)
        for pair in roads.on(event):
            there = (effect[pair], None if left is None else left - 1)
            total = far[state] + length[pair]
            if there[0] in search.passed or (event == start and pair in search.taken) or total >= far.get(there, inf):
                continue
            whole = total + search.to_end(*there)
            if whole < inf:
                far[there], by[there] = total, (pair, state)
                heappush(heap, (whole, there))
    return None


def _walked(by: dict[State, tuple[int, State]], state: State) -> tuple[int, ...]:
    """The pairs that led to a state."""
    pairs = []
    while state in by:
        pair, state = by[state]
        pairs.append(pair)
    return tuple(reversed(pairs))
