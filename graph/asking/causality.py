"""The causal links of a graph as numbers, made once for many questions.

Causality(graph)                        every pair of cause and effect, with the evidence for it
causality.view(Scope(by="BBC"))         how sure each pair is by the evidence that a question admits
causality.around(view, 7, "why", 5)     the pairs around an event, level by level
"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

import numpy as np
from msgspec import Struct, structs

from ..finding import plain
from ..timeline import days
from ..types import FIRMEST, HINDERING, Event, Evidence, Relation
from .causal import cause_and_effect, supports
from .grounds import ground
from .meant import Scope
from .reasons import Direction, Hop
from .routes import Roads
from .sources import voices

if TYPE_CHECKING:
    from ..model import Graph

NOBODY = -1
NEVER = date.max.toordinal()  # the day of an article whose day is unknown

Numbers = np.ndarray


class View(Struct, frozen=True):
    """How sure each pair is in a scope, as a hop and as what prevents (0: none), and which pairs are denied.

    `fits` tells which pieces of evidence the scope admits; `roads` find the ways between events.
    """

    sure: Numbers
    prevents: Numbers
    denied: Numbers
    fits: Numbers
    roads: Roads


class Found(Struct, frozen=True):
    """Pairs around an event: their numbers, depths, and path confidences, in order of breadth; `more` left out."""

    pairs: list[int]
    depths: list[int]
    confidences: list[float]
    more: int


class Causality:
    """The pairs of cause and effect of a graph; events and pairs are numbered, events in the order of their ids."""

    def __init__(self, graph: "Graph"):
        self.graph = graph
        self._last: tuple[Scope, View] | None = None
        tied = _tied(graph)
        self.ids = sorted({id for cause, effect, _ in tied for id in (cause, effect)})
        self.number = {id: number for number, id in enumerate(self.ids)}
        self.relations = [tuple(sorted(own, key=_surest_first)) for own in tied.values()]
        self.cause = np.array([self.number[cause] for cause, _, _ in tied], np.int64)
        self.effect = np.array([self.number[effect] for _, effect, _ in tied], np.int64)
        self.prevents = np.array([prevents for _, _, prevents in tied], bool)
        self.backwards = np.array([any(r.backwards for r in own) for own in self.relations], bool)
        self.by_cause = _grouped(self.cause, len(self.ids))
        self.by_effect = _grouped(self.effect, len(self.ids))
        self._read_evidence()

    def _read_evidence(self) -> None:
        """Every piece of evidence in the order of the pairs: its pair, outlet, claimant, day and confidence."""
        self.evidence = [(r, e) for own in self.relations for r in own for e in r.evidence]
        counts = np.array([sum(len(relation.evidence) for relation in own) for own in self.relations], np.int64)
        self.first = np.concatenate([np.zeros(1, np.int64), np.cumsum(counts)])
        self.pair_of = np.repeat(np.arange(len(counts)), counts)
        self.outlets: dict[str, int] = {}
        self.claimants: dict[str, int] = {}
        published = {id: (self._outlet(a.source), _ordinal(a.day)) for id, a in self.graph.articles.items()}
        self.outlet = np.array([published[e.article][0] for _, e in self.evidence], np.int64)
        self.day = np.array([published[e.article][1] for _, e in self.evidence], np.int64)
        self.claimant = np.array([self._claimant(e.claimed_by) for _, e in self.evidence], np.int64)
        self.confidence = np.array([e.confidence for _, e in self.evidence], float)
        self.denies = np.array([e.factuality == "negated" for _, e in self.evidence], bool)
        self.full = np.zeros(len(counts))
        sure = np.array([supports(*pair) for pair in self.evidence], float)
        np.maximum.at(self.full, self.pair_of[~self.denies], sure[~self.denies])

    def _outlet(self, name: str | None) -> int:
        return NOBODY if not name else self.outlets.setdefault(plain(name), len(self.outlets))

    def _claimant(self, id: str | None) -> int:
        return NOBODY if id is None else self.claimants.setdefault(id, len(self.claimants))

    def view(self, scope: Scope) -> View:
        """What a scope leaves; UsageError for an `until` that is no date, NotFound for a `by` that is nobody.

        Where it admits only some of the evidence, a pair is as sure as the surest of that, at most as sure as it was.
        The last one is kept for further questions.
        """
        if self._last is None or self._last[0] != scope:
            self._last = scope, self._view(scope)
        return self._last[1]

    def _view(self, scope: Scope) -> View:
        fits = np.ones(len(self.evidence), bool)
        if scope.by is not None:
            outlets, actors = voices(self.graph, scope.by)
            fits &= _one_of(self.outlet, self.outlets, outlets) | _one_of(self.claimant, self.claimants, actors)
        if scope.until is not None:
            fits &= self.day < days(scope.until)[1].toordinal()
        speaks_for = ~self.denies
        kept = fits & speaks_for
        best = np.zeros(len(self.full))
        np.maximum.at(best, self.pair_of[kept], self.confidence[kept])
        whole = np.bincount(self.pair_of[speaks_for], minlength=len(best))
        left = np.bincount(self.pair_of[kept], minlength=len(best))
        sure = np.where(left == whole, self.full, np.minimum(self.full, best))
        sure[sure < scope.min_confidence] = 0.0
        if not scope.backwards:
            sure[self.backwards] = 0.0
        denied = np.bincount(self.pair_of[self.denies & fits], minlength=len(sure)) > 0
        hops = np.where(self.prevents, 0.0, sure)
        return View(hops, np.where(self.prevents, sure, 0.0), denied & ~self.prevents, fits, Roads(self, hops))

    def around(self, view: View, event: int, direction: Direction, depth: int, limit: int | None = None) -> Found:
        """The pairs on the ways back from an event (why) or on from it (effects), each once, none that closes a circle.

        Of more than `limit` the ones on the surest ways are kept.
        """
        near, far = (self.effect, self.cause) if direction == "why" else (self.cause, self.effect)
        pairs_at = self.by_effect if direction == "why" else self.by_cause
        before = np.full(len(self.ids) + 1, -1)  # the event through which each was reached first; -1 ends the line
        path = np.zeros(len(self.ids))
        reached = np.zeros(len(self.ids), bool)
        reached[event], path[event] = True, 1.0
        levels = []
        frontier = np.array([event])
        for level in range(1, depth + 1):
            pairs = pairs_at.of(frontier)
            pairs = pairs[view.sure[pairs] > 0]
            pairs = pairs[~_in_line(near[pairs], far[pairs], before)]
            ways = path[near[pairs]] * view.sure[pairs]
            order = np.lexsort((near[pairs], far[pairs], -ways))
            pairs, ways = pairs[order], ways[order]
            levels.append((pairs, np.full(len(pairs), level), ways))
            fresh = ~reached[far[pairs]]
            frontier, first = np.unique(far[pairs][fresh], return_index=True)
            reached[frontier] = True
            before[frontier], path[frontier] = near[pairs][fresh][first], ways[fresh][first]
            if not len(frontier):
                break
        pairs, depths, ways = (np.concatenate(column) for column in zip(*levels, strict=True))
        kept = np.arange(len(pairs))
        if limit is not None and len(pairs) > limit:
            kept = np.sort(np.lexsort((depths, -ways))[:limit])
        return Found(pairs[kept].tolist(), depths[kept].tolist(), ways[kept].tolist(), len(pairs) - len(kept))

    def pairs_at(self, event: int, direction: Direction) -> list[int]:
        """The pairs of which an event is the effect (why) or the cause (effects)."""
        return (self.by_effect if direction == "why" else self.by_cause).of(np.array([event])).tolist()

    def hop(self, view: View, pair: int, depth: int = 1, path_confidence: float | None = None) -> Hop:
        """A pair as a record, with the evidence that a view admits."""
        own = range(self.first[pair], self.first[pair + 1])
        fitting = [(*self.evidence[i], self.denies[i]) for i in own if view.fits[i]]
        told = sorted((_firmness(e), -e.confidence, n) for n, (_, e, denies) in enumerate(fitting) if not denies)
        grounds = tuple(ground(self.graph, *fitting[n][:2]) for *_, n in told)
        denials = tuple(ground(self.graph, r, e) for r, e, denies in fitting if denies)
        types = {r.type for r, _, denies in fitting if not denies} or {r.type for r, _, _ in fitting}
        whole = bool(view.fits[own.start : own.stop].all())
        relations = tuple(r if whole else _left(r, fitting) for r in self.relations[pair] if r.type in types)
        sure = float(max(view.sure[pair], view.prevents[pair]))
        return Hop(
            depth,
            self.event(int(self.cause[pair])),
            self.event(int(self.effect[pair])),
            relations,
            sure,
            round(sure if path_confidence is None else path_confidence, 4),
            min((g.factuality for g in grounds), key=FIRMEST.index, default="negated"),
            grounds,
            denials,
            bool(self.backwards[pair]),
        )

    def event(self, number: int) -> Event:
        """The event of a number."""
        node = self.graph.nodes[self.ids[number]]
        assert isinstance(node, Event)
        return node


class Groups:
    """The numbers of pairs by that of an event, as one array."""

    def __init__(self, order: Numbers, first: Numbers):
        self.order = order
        self.first = first

    def of(self, events: Numbers) -> Numbers:
        """The pairs of some events."""
        starts, counts = self.first[events], self.first[events + 1] - self.first[events]
        ends = np.cumsum(counts)
        total = int(ends[-1]) if len(ends) else 0
        return self.order[np.repeat(starts - ends + counts, counts) + np.arange(total)]


def _tied(graph: "Graph") -> dict[tuple[str, str, bool], list[Relation]]:
    """The relations by cause, effect, and whether the one prevents the other."""
    tied: dict[tuple[str, str, bool], list[Relation]] = defaultdict(list)
    events = {id for id, node in graph.nodes.items() if isinstance(node, Event)}
    for relation in graph.relations:
        prevents = relation.type == HINDERING
        ends = (relation.source, relation.target) if prevents else cause_and_effect(graph.schema, relation)
        if ends and ends[0] != ends[1] and ends[0] in events and ends[1] in events:
            tied[*ends, prevents].append(relation)
    return tied


def _grouped(ends: Numbers, count: int) -> Groups:
    order = np.argsort(ends, kind="stable")
    return Groups(order, np.searchsorted(ends[order], np.arange(count + 1)))


def _in_line(near: Numbers, far: Numbers, before: Numbers) -> Numbers:
    """Which of some pairs lead back to an event on the way to them."""
    found = np.zeros(len(near), bool)
    while (near >= 0).any():
        found |= near == far
        near = before[near]
    return found


def _one_of(values: Numbers, codes: dict[str, int], wanted: set[str]) -> Numbers:
    return np.isin(values, [codes[name] for name in wanted if name in codes])


def _ordinal(day: date | None) -> int:
    return day.toordinal() if day else NEVER


def _firmness(evidence: Evidence) -> tuple[int, bool]:
    """A sort key: firm before possible, what the article itself says before what somebody claims."""
    return FIRMEST.index(evidence.factuality), evidence.claimed_by is not None


def _surest_first(relation: Relation) -> tuple[bool, float, str]:
    return relation.factuality == "negated", -relation.confidence, relation.type


def _left(relation: Relation, fitting: Sequence[tuple[Relation, Evidence, bool]]) -> Relation:
    """A relation with only the evidence that fits, and as sure as the surest of it at most."""
    own = tuple(e for r, e, _ in fitting if r is relation)
    best = max((e.confidence for r, e, denies in fitting if r is relation and not denies), default=0.0)
    return structs.replace(relation, evidence=own, confidence=min(relation.confidence, best))
