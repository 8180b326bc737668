"""Relations against time: what the calendar and surer relations contradict.

    kept, dropped = checked(relations, nodes, independent)

`before`, `includes` and `simultaneous` are kept consistent with one another and with the days of their events, over
all articles: of what contradicts itself the weakest is dropped, and told with what is against it. An order that only
the days of two events tell is no relation: their days are known.
"""

from collections.abc import Iterable, Mapping
from datetime import date

from ..types import Dropped, Event, Limit, Node, Relation
from .points import Bounds, Conflict, Tie, contradictions

ORDER = ("before", "includes", "simultaneous")
DATES = "dates"  # the rule that compares days


def checked(
    relations: Iterable[Relation], nodes: Mapping[str, Node], independent: Mapping[str, str]
) -> tuple[list[Relation], list[Dropped]]:
    """The relations in the order they came, and those dropped.

    `independent` maps an article's id to that of the article it repeats, or to itself.
    """
    weighed = [r for r in relations if not _by_days_alone(r)]
    surest = sorted((r for r in weighed if r.type in ORDER), key=lambda r: _weakness(r, independent))
    ties = [Tie(r.source, r.type, r.target) for r in surest]
    conflicts = contradictions(ties, {id: _days(nodes[id]) for tie in ties for id in (tie.source, tie.target)})
    out = {ties[index] for index in conflicts}
    kept = [r for r in weighed if (r.source, r.type, r.target) not in out]
    return kept, [_dropped(surest[index], conflict, ties, nodes) for index, conflict in conflicts.items()]


def _by_days_alone(relation: Relation) -> bool:
    return relation.type in ORDER and all(evidence.rule == DATES for evidence in relation.evidence)


def _weakness(relation: Relation, independent: Mapping[str, str]) -> tuple[float, int, str, str, str]:
    """A sort key: the surest first, of equals that of more independent articles, then by its ends."""
    articles = {independent[evidence.article] for evidence in relation.evidence}
    return (-relation.confidence, -len(articles), relation.source, relation.type, relation.target)


def _days(node: Node) -> Bounds:
    when = node.when if isinstance(node, Event) else None
    if when is None:
        return Bounds(None, None)
    return Bounds(*(day.toordinal() if day else None for day in (when.earliest, when.latest)))


def _dropped(relation: Relation, conflict: Conflict, ties: list[Tie], nodes: Mapping[str, Node]) -> Dropped:
    limits = None
    if conflict.ends is not None:
        first, last = conflict.ends
        begun, over = _days(nodes[first]).earliest, _days(nodes[last]).latest
        assert begun is not None
        assert over is not None
        limits = Limit(first, date.fromordinal(begun)), Limit(last, date.fromordinal(over))
    return Dropped(relation, tuple((ties[i].source, ties[i].type, ties[i].target) for i in conflict.chain), limits)
