"""The surest ways from a cause to an effect: k shortest simple paths after Yen, each searched forwards with A*.

How far every event is from the end is found beforehand, and guides all searches.
"""

from collections.abc import Collection
from functools import cached_property
from heapq import heappop, heappush, nsmallest
from math import inf
from typing import TYPE_CHECKING

import numpy as np
from msgspec import Struct

if TYPE_CHECKING:
    from .causality import Causality

PER_HOP = 1e-6  # of ways that are equally sure the shorter one is better
ROUNDS = 64  # after which what few ways go on are followed one by one
PATIENCE = 300  # events that a search looks at before the distances are measured anew without what it must not use
Way = tuple[int, ...]  # the pairs of a way
State = tuple[int, int | None]  # an event, and how many hops may follow (None: any number)
Layers = tuple[list[float], ...]  # how far the end is from each event: in any number of hops, or in 0, 1, 2 ... hops


class Search(Struct, frozen=True):
    """What bounds one search: how many hops are left, what must not be used again, and how long the way may be.

    `passed` are events that the way must not lead through, `taken` pairs that it must not begin with.
    """

    longest: int | None = None
    passed: Collection[int] = ()
    taken: Collection[int] = ()
    bound: float = inf


class Roads:
    """The pairs of a view, each as long as it is unsure (-log of its confidence); infinite where there is no hop."""

    def __init__(self, causality: "Causality", sure: np.ndarray):
        self.causality = causality
        self.sure = sure

    @cached_property
    def lengths(self) -> np.ndarray:
        """How long each pair is."""
        with np.errstate(divide="ignore"):
            return PER_HOP - np.log(self.sure)

    @cached_property
    def length(self) -> list[float]:
        """How long each pair is, as a list: one by one these are quicker."""
        return self.lengths.tolist()

    @cached_property
    def cause(self) -> list[int]:
        """The cause of each pair."""
        return self.causality.cause.tolist()

    @cached_property
    def effect(self) -> list[int]:
        """The effect of each pair."""
        return self.causality.effect.tolist()

    @cached_property
    def order(self) -> list[int]:
        """The pairs, cause by cause."""
        return self.causality.by_cause.order.tolist()

    @cached_property
    def first(self) -> list[int]:
        """Where in that order the pairs of each cause begin."""
        return self.causality.by_cause.first.tolist()

    def surest(self, start: int, end: int, limit: int, longest: int | None = None) -> list[Way]:
        """Up to `limit` ways without circles from an event to another, surest first, of at most `longest` hops."""
        layers = self._layers(end, longest)
        first = self._way(start, end, layers, Search(longest))
        candidates = [(self._long(first), first, 0)] if first else []
        known = {first}
        found: list[Way] = []
        while candidates:
            _, way, turn = heappop(candidates)
            found.append(way)
            if len(found) == limit:
                break
            for at in range(turn, len(way)):
                if self._is_only(way[at]):
                    continue
                missing = limit - len(found)
                best = nsmallest(missing, candidates)
                bound = best[-1][0] if len(best) == missing else inf
                begun = way[:at]
                search = Search(
                    None if longest is None else longest - at,
                    {self.cause[pair] for pair in begun},
                    {other[at] for other in found if other[:at] == begun},
                    bound - self._long(begun),
                )
                rest = self._way(self.cause[way[at]], end, layers, search)
                if rest and (*begun, *rest) not in known:
                    known.add((*begun, *rest))
                    heappush(candidates, (self._long((*begun, *rest)), (*begun, *rest), at))
        return found

    def _long(self, way: Way) -> float:
        return sum(self.length[pair] for pair in way)

    def _is_only(self, pair: int) -> bool:
        """Whether its cause has no other effect."""
        cause = self.cause[pair]
        return self.first[cause + 1] - self.first[cause] == 1

    def _way(self, start: int, end: int, layers: Layers, search: Search) -> Way | None:
        """The shortest way that a search allows, if it is shorter than its bound."""
        way, patient = self._searched(start, end, layers, search)
        if not patient:
            closed = np.array(sorted(search.passed), np.int64)
            way, _ = self._searched(start, end, self._layers(end, search.longest, closed), search, patience=None)
        return way

    def _searched(
        self, start: int, end: int, layers: Layers, search: Search, patience: int | None = PATIENCE
    ) -> tuple[Way | None, bool]:
        """The way, and False where patience ended before the search did."""
        begin: State = (start, search.longest)
        far = {begin: 0.0}
        by: dict[State, tuple[int, State]] = {}
        done: set[State] = set()
        heap = [(layers[search.longest or 0][start], begin)]
        while heap:
            whole, state = heappop(heap)
            event, left = state
            if whole > search.bound or whole == inf:
                return None, True
            if event == end:
                return _walked(by, state), True
            if state in done or left == 0:
                continue
            done.add(state)
            if patience is not None and len(done) > patience:
                return None, False
            ahead = layers[0 if left is None else left - 1]
            for pair in self.order[self.first[event] : self.first[event + 1]]:
                there = (self.effect[pair], None if left is None else left - 1)
                total = far[state] + self.length[pair]
                whole = total + ahead[there[0]]
                if whole == inf or total >= far.get(there, inf) or there[0] in search.passed:
                    continue
                if event != start or pair not in search.taken:
                    far[there], by[there] = total, (pair, state)
                    heappush(heap, (whole, there))
        return None, True

    def _layers(self, end: int, longest: int | None, closed: np.ndarray | None = None) -> Layers:
        """How far the end is from each event; in 0, 1, 2 ... hops where they are counted; without closed events."""
        cause, effect = self.causality.cause, self.causality.effect
        lengths = self.lengths
        if closed is not None and len(closed):
            lengths = np.where(np.isin(effect, closed), inf, lengths)
        far = np.full(len(self.causality.ids), inf)
        far[end] = 0.0
        if longest is None:
            return (self._relaxed(far, end, lengths),)
        layers = [far.tolist()]
        for _ in range(longest):
            nearer = far.copy()
            np.minimum.at(nearer, cause, lengths + far[effect])
            far = nearer
            layers.append(far.tolist())
        return tuple(layers)

    def _relaxed(self, far: np.ndarray, end: int, lengths: np.ndarray) -> list[float]:
        """How far the end is from each event: in rounds, all that came nearer at once, then the rest one by one."""
        cause, pairs_at = self.causality.cause, self.causality.by_effect
        nearer = np.array([end])
        for _ in range(ROUNDS):
            pairs = pairs_at.of(nearer)
            if not len(pairs):
                return far.tolist()
            there = cause[pairs]
            before = far[there]
            np.minimum.at(far, there, far[self.causality.effect[pairs]] + lengths[pairs])
            nearer = np.unique(there[far[there] < before])
        return _followed(far.tolist(), nearer.tolist(), lengths.tolist(), self.causality)


def _followed(far: list[float], nearer: list[int], length: list[float], causality: "Causality") -> list[float]:
    """The distances, where the ways on from some events are still to be followed."""
    order, first = causality.by_effect.order.tolist(), causality.by_effect.first.tolist()
    cause = causality.cause.tolist()
    heap = sorted((far[event], event) for event in nearer)
    while heap:
        so_far, event = heappop(heap)
        if so_far > far[event]:
            continue
        for pair in order[first[event] : first[event + 1]]:
            total = so_far + length[pair]
            if total < far[cause[pair]]:
                far[cause[pair]] = total
                heappush(heap, (total, cause[pair]))
    return far


def _walked(by: dict[State, tuple[int, State]], state: State) -> Way:
    """The pairs that led to a state."""
    pairs = []
    while state in by:
        pair, state = by[state]
        pairs.append(pair)
    return tuple(reversed(pairs))
