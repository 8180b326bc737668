"""What stands out among all causes: where most began, what much turned on, and what sources disagree about.

roots(graph, Scope())            the events from which most follows
turning_points(graph, Scope())   those with both many causes and many effects
conflicts(graph, Scope())        causes that one source claims and another denies
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from msgspec import structs

from ..finding import plain
from .meant import NO_FILTERS, Filters, Scope, passing
from .reach import reached
from .reasons import Conflict, Ground, Hop, Reach
from .sources import voices

if TYPE_CHECKING:
    from ..model import Graph
    from .causality import Causality, View


def roots(graph: "Graph", scope: Scope, filters: Filters = NO_FILTERS, limit: int = 10) -> tuple[Reach, ...]:
    """The events without a cause from which most others follow, over any number of hops, most first."""
    causality = graph.causality
    view = causality.view(scope)
    on, back = _followers(causality, view)
    effects = reached(on)
    ranked = sorted((n for n, causes in enumerate(back) if on[n] and not causes), key=lambda n: (-effects[n], n))
    return _fitting(graph, (Reach(causality.event(n), 0, effects[n]) for n in ranked), filters, limit)


def turning_points(graph: "Graph", scope: Scope, filters: Filters = NO_FILTERS, limit: int = 10) -> tuple[Reach, ...]:
    """The events that have both many causes and many effects, over any number of hops.

    They are ranked by the smaller of the two numbers, then by their product: what much led to and much followed from
    comes before a late outcome with many causes and before an early spark with many effects.
    """
    causality = graph.causality
    view = causality.view(scope)
    on, back = _followers(causality, view)
    causes, effects = reached(back), reached(on)
    both = [n for n in range(len(on)) if causes[n] and effects[n]]
    both.sort(key=lambda n: (-min(causes[n], effects[n]), -causes[n] * effects[n], -len(back[n]) * len(on[n]), n))
    return _fitting(graph, (Reach(causality.event(n), causes[n], effects[n]) for n in both), filters, limit)


def _followers(causality: "Causality", view: "View") -> tuple[list[list[int]], list[list[int]]]:
    """The effects of each event, and its causes, as numbers."""
    on: list[list[int]] = [[] for _ in causality.ids]
    back: list[list[int]] = [[] for _ in causality.ids]
    hops = view.sure > 0
    for cause, effect in zip(causality.cause[hops].tolist(), causality.effect[hops].tolist(), strict=True):
        on[cause].append(effect)
        back[effect].append(cause)
    return on, back


def _fitting(graph: "Graph", ranked: Iterable[Reach], filters: Filters, limit: int) -> tuple[Reach, ...]:
    kept: list[Reach] = []
    admitted = passing(graph, filters)
    for reach in ranked:
        if len(kept) == limit:
            break
        if admitted is None or reach.event.id in admitted:
            kept.append(reach)
    return tuple(kept)


def conflicts(graph: "Graph", scope: Scope, filters: Filters = NO_FILTERS) -> tuple[Conflict, ...]:
    """The causes that one source claims and another denies, the surest first; with `by`, those in which it speaks.

    `instead` are the causes that those who deny it give for the same event. A source is whoever claims it, or else
    the outlet.
    """
    causality = graph.causality
    view = causality.view(structs.replace(scope, by=None))
    speaks = None if scope.by is None else voices(graph, scope.by)
    admitted = passing(graph, filters)
    found = []
    for pair in (view.denied & (view.sure > 0)).nonzero()[0].tolist():
        hop = causality.hop(view, pair)
        if len({ground.voice for ground in (*hop.grounds, *hop.denials)}) < 2:
            continue  # a source that contradicts itself
        if speaks and not any(_is_voice(ground, *speaks) for ground in (*hop.grounds, *hop.denials)):
            continue
        if admitted is None or {hop.cause.id, hop.effect.id} & admitted:
            found.append((pair, hop))
    found.sort(key=lambda pair: -pair[1].confidence)
    return tuple(
        Conflict(hop.cause, hop.effect, hop.grounds, hop.denials, _instead(causality, view, pair, hop))
        for pair, hop in found
    )


def _instead(causality: "Causality", view: "View", pair: int, denied: Hop) -> tuple[Hop, ...]:
    """The other causes of an event that those give who deny one."""
    deniers = {ground.voice for ground in denied.denials}
    others = (other for other in causality.pairs_at(int(causality.effect[pair]), "why") if other != pair)
    hops = (causality.hop(view, other) for other in others if view.sure[other] > 0)
    return tuple(hop for hop in hops if deniers & {ground.voice for ground in hop.grounds})


def _is_voice(ground: Ground, outlets: set[str], actors: set[str]) -> bool:
    return ground.claimed_by in actors or (ground.outlet is not None and plain(ground.outlet) in outlets)
