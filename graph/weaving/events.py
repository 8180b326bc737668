"""Event mentions to event nodes: first inside each article, then over all of them.

Type, days, places and actors decide; wording only adds to them. Of the pairs that may be one event
the surest are joined first, and a pair is joined only if the groups it would join can be one event.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import timedelta
from itertools import combinations

from msgspec import structs

from ...schemas.types import Schema
from ..groups import Groups
from ..types import Event, Factuality, Figure, Mention, Node, Reading, When
from . import cases
from .cases import Case, Scene, event_value
from .clusters import digest, in_order, most_common, slug
from .denials import with_denials
from .figures import best_figure, claims_of, figures_of, series, totals_of
from .headlines import Headlines
from .inside import Roles, cases_of, roles_of
from .recall import recalled
from .tallies import with_tallies

Resolution = dict[str, str]

NEIGHBOURS = 40  # how many cases of one block a case is compared with


def resolve(
    readings: tuple[Reading, ...],
    nodes: Mapping[str, Node],
    resolution: Mapping[str, str],
    schema: Schema,
    independent: Mapping[str, str],
) -> tuple[list[Event], Resolution]:
    """The event nodes, and which node each event mention is.

    `nodes` and `resolution` are those of places and actors; `independent` maps an article's id to
    that of the article it repeats, or to itself.
    """
    mentions = {m.id: m for reading in in_order(readings) for m in reading.mentions}
    scene = Scene(nodes, resolution, schema, mentions)
    roles: Roles = {}
    found: list[Case] = []
    reasons: dict[str, list[str]] = defaultdict(list)
    for reading in in_order(readings):
        local = roles_of(reading)
        roles |= local
        found += cases_of(reading, local, mentions, scene, reasons)
    merged = _across(found, scene, reasons, {mention: n for n, mention in enumerate(mentions)})
    figures = figures_of(readings, resolution)
    merged = with_denials(merged, readings, scene, reasons, _reported_together)
    merged = with_tallies(merged, figures, scene, reasons)
    headlines = Headlines(readings, roles, nodes, resolution, schema)
    days = {reading.article.id: reading.article.day for reading in readings}
    events = [_node(case, mentions, figures, reasons, headlines, scene, independent) for case in merged]
    events = [
        structs.replace(event, claims=claims_of((mentions[m] for m in event.mentions), resolution, days))
        for event in events
    ]
    what = {m: event.id for event in events for m in event.mentions}
    return _with_tolls(events, readings, what), what


def _with_tolls(events: list[Event], readings: Iterable[Reading], resolution: Resolution) -> list[Event]:
    """The events, those of a day that have no dead or injured of their own with those of their only part that has."""
    node = {event.id: event for event in events}
    parts: dict[str, set[str]] = defaultdict(set)
    for reading in readings:
        for link in reading.links:
            ends = resolution.get(link.source), resolution.get(link.target)
            if link.type == "part-of" and ends[0] and ends[1] and ends[0] != ends[1]:
                parts[ends[1]].add(ends[0])
    return [_with_toll(event, [node[part] for part in sorted(parts[event.id])]) for event in events]


def _with_toll(event: Event, parts: list[Event]) -> Event:
    parts = [part for part in parts if cases.overlap(part.when, event.when)]
    for of in ("killed", "injured"):
        given = [part for part in parts if getattr(part, of) is not None]
        if getattr(event, of) is None and len(given) == 1 and not cases.lasting(event.when):
            reason = f"{of} as in its part, {given[0].name}"
            event = structs.replace(event, reasons=(*event.reasons, reason), **{of: getattr(given[0], of)})
    return event


# Over articles


def _across(found: list[Case], scene: Scene, reasons: dict[str, list[str]], order: Mapping[str, int]) -> list[Case]:
    """The cases of all articles, joined where they are one event, each with its mentions in this order."""
    pairs = []
    for one, other in sorted(_candidates(found, scene)):
        if found[one].articles.isdisjoint(found[other].articles) and not cases.apart(found[one], found[other], scene):
            ties = cases.ties(found[one], found[other], scene)
            if _same_event(found[one], found[other], ties, scene):
                pairs.append((-len(ties), one, other, ties))
    groups: Groups[int] = Groups(range(len(found)))
    case_of = dict(enumerate(found))
    for _, one, other, ties in sorted(pairs, key=lambda pair: pair[:3]):
        ends = groups.root(one), groups.root(other)
        if ends[0] != ends[1] and not cases.apart(case_of[ends[0]], case_of[ends[1]], scene):
            both = cases.joined(case_of[ends[0]], case_of[ends[1]], scene)
            case_of[groups.join(*ends)] = both
            names = sorted(article for i in (one, other) for article in found[i].articles)
            reasons[found[other].mentions[0]].append(f"same type, {', '.join(sorted(ties))}, in {' and '.join(names)}")
    merged = recalled([case_of[root] for root in groups.members], scene, reasons)
    return [structs.replace(case, mentions=tuple(sorted(case.mentions, key=order.__getitem__))) for case in merged]


def _candidates(found: list[Case], scene: Scene) -> set[tuple[int, int]]:
    """Pairs of cases that share a block: type, status, and actors or place, and a day or a time of publication."""
    blocks: dict[tuple, list[int]] = defaultdict(list)
    for index, case in enumerate(found):
        root = scene.ancestry(case.type)[-1]
        for block in _blocks(case):
            blocks[(root, case.status, *block)].append(index)
    pairs = set()
    for indices in blocks.values():
        for n, one in enumerate(indices):
            pairs |= {(one, other) for other in indices[n + 1 : n + 1 + NEIGHBOURS]}
    return pairs


def _blocks(case: Case) -> Iterator[tuple]:
    if case.when and cases.short(case.when):
        assert case.when.earliest
        assert case.when.latest
        for n in range((case.when.latest - case.when.earliest).days):
            for name in case.actors or cases.settings(case):
                yield (name, case.when.earliest + timedelta(n))
    actors = sorted(case.actors | case.towards)
    week = case.published.toordinal() // 7 if case.published else None
    for one, other in combinations(actors, 2):
        if week is not None:
            yield from ((one, other, week), (one, other, week + 1))
        elif case.origin is not None:
            yield (one, other, case.origin)
    if case.when and cases.vague(case.when):
        yield from ((name, case.when.earliest) for name in actors)


def _same_event(one: Case, other: Case, ties: frozenset[str], scene: Scene) -> bool:
    """Whether two cases of different articles share enough, nothing speaking against it."""
    actors = len(ties & {"agent", "recipient"})
    if one.modes and other.modes and "manner" not in ties and not (actors == 2 and "day" in ties):
        return False
    if not (cases.short(one.when) and cases.short(other.when)):
        certain = actors == 2 or (bool(actors) and cases.vague(one.when) and cases.vague(other.when))
        return certain and len(ties & {"place", "land", "words"}) > 2 - actors and _reported_together(one, other)
    if not one.actors and not other.actors:
        same_setting = scene.quiet(one.type) and bool(cases.settings(one) & cases.settings(other))
        return "place" in ties or {"land", "words"} <= ties or (same_setting and "day" in ties)
    if one.verbal and not (one.participants or other.participants):
        return actors == 2
    if actors == 2 or (actors and "place" in ties):
        return True
    if one.killed and other.killed and one.killed.isdisjoint(other.killed):
        return False
    if actors and ({"land", "words"} <= ties or {"day", "words", "manner"} <= ties):
        return True
    return scene.quiet(one.type) and bool(actors) and {"words", "day"} <= ties


def _reported_together(one: Case, other: Case) -> bool:
    """Whether their articles are of one week, or stand undated in one file."""
    if one.published is None or other.published is None:
        return one.origin is not None and one.origin == other.origin
    return abs(one.published - other.published) <= cases.WEEK


# Nodes


def _node(
    case: Case,
    mentions: Mapping[str, Mention],
    figures: Mapping[str, list[Figure]],
    reasons: Mapping[str, list[str]],
    headlines: Headlines,
    scene: Scene,
    independent: Mapping[str, str],
) -> Event:
    own = [mentions[m] for m in case.mentions]
    given = series(figure for m in case.mentions for figure in figures.get(m, ()))
    told = [m for m in own if event_value(m).factuality != "negated"] or own  # by whom it is denied comes second
    totals = [
        total
        for mention in own
        for total in totals_of(figures.get(mention.id, ()), mentions, headlines.text_of(mention.span.article))
    ]
    known = scene.schema.event_types.get(case.type)
    mode = most_common(m for mention in own if (m := event_value(mention).mode))
    scored = known.modes.get(mode) if known and mode else None
    name, aliases = headlines.name(told, case.type)
    return Event(
        id=f"event/{_day(case.when)}-{slug(case.type)}-{digest(case.mentions[0])}",
        type=case.type,
        name=name,
        aliases=aliases,
        mentions=case.mentions,
        when=case.when,
        factuality=_factuality(own),
        mode=mode,
        intensity=scored.score if scored and scored.score is not None else known.score if known else None,
        killed=best_figure(totals, "killed"),
        injured=best_figure(totals, "injured"),
        figures=given,
        sources=len({independent[article] for article in case.articles}),
        reasons=tuple(dict.fromkeys(reason for m in case.mentions for reason in reasons.get(m, ()))),
    )


def _day(when: When | None) -> str:
    if when is None or when.earliest is None:
        return "undated"
    return when.earliest.isoformat() if when.precision == "day" else f"{when.earliest:%Y-%m}"


def _factuality(mentions: list[Mention]) -> Factuality:
    given = [event_value(mention).factuality for mention in mentions]
    return "asserted" if "asserted" in given else most_common(given) or "asserted"
