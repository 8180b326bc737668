"""When what is in a graph can be looked at: the days of events, and of all that they are tied to.

A spell is a first and a last day, both included, None where it is open. What has no spells is there at all times.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta

from ..graph.model import Graph
from ..graph.types import Event, Relation, Report, When

Spell = tuple[date | None, date | None]

OPEN: Spell = (None, None)
DAY = timedelta(days=1)


def of_nodes(graph: Graph) -> dict[str, tuple[Spell, ...]]:
    """Each node's spells by its id: an event's days; of others the days of the events that they are tied to.

    An article has also its day of publication. Where a tied event can have been on any day, so can the node.
    """
    found: dict[str, list[Spell]] = defaultdict(list)
    for node in graph.nodes.values():
        if isinstance(node, Event):
            found[node.id].append(_days(node.when))
        elif isinstance(node, Report) and (article := graph.articles.get(node.article)) and article.day:
            found[node.id].append((article.day, article.day))
    events = {id: spells[0] for id, spells in found.items() if isinstance(graph.nodes[id], Event)}
    for relation in graph.relations:
        for one, other in ((relation.source, relation.target), (relation.target, relation.source)):
            if one in events and other not in events:
                found[other].append(events[one])
    return {id: joined(spells) for id, spells in found.items()}


def of_relation(relation: Relation, nodes: dict[str, tuple[Spell, ...]], graph: Graph) -> tuple[Spell, ...]:
    """The days of the event that it starts from or leads to; between two events from the first day to the last."""
    ends = (relation.source, relation.target)
    spells = [nodes[id][0] if nodes[id] else OPEN for id in ends if isinstance(graph.nodes.get(id), Event)]
    if not spells:
        return ()
    starts, stops = zip(*spells, strict=True)
    first = None if None in starts else min(starts)
    last = None if None in stops else max(stops)
    return joined([(first, last)])


def joined(spells: Iterable[Spell]) -> tuple[Spell, ...]:
    """The spells in order, those that touch as one; none where all days are covered.

    >>> joined([(date(2024, 4, 2), date(2024, 4, 3)), (date(2024, 4, 1), date(2024, 4, 1))])
    ((datetime.date(2024, 4, 1), datetime.date(2024, 4, 3)),)
    >>> joined([(date(2024, 4, 2), None), (None, date(2024, 4, 1))])
    ()
    """
    found: list[Spell] = []
    for first, last in sorted(spells, key=lambda spell: (spell[0] or date.min, spell[1] or date.max)):
        before = found[-1][1] if found else None
        if found and (before is None or first is None or before >= first - DAY):
            found[-1] = (found[-1][0], None if before is None or last is None else max(before, last))
        else:
            found.append((first, last))
    return () if found == [OPEN] else tuple(found)


def _days(when: When | None) -> Spell:
    return (when.earliest, when.last_day) if when else OPEN
