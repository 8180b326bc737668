"""Event mentions to event nodes: first inside each article, then over all of them.

Type, days, places and actors decide; wording only adds to them. Of the pairs that may be one event
the surest are joined first, and a pair is joined only if the groups it would join can be one event.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import timedelta
from itertools import combinations

from msgspec import structs

from ...schemas.types import Schema
from ..types import Event, Factuality, Figure, Mention, Node, Offsets, QuantityValue, Reading, When
from . import cases
from .cases import Case, Scene, event_value
from .clusters import Groups, digest, in_order, most_common, same_as, slug
from .headlines import Headlines
from .recall import recalled

Resolution = dict[str, str]
Roles = dict[str, dict[str, list[str]]]  # event mention, role, mentions

BACK = 12  # how many events of its type a mention is compared with, the latest first
RECENT = 6  # sentences that a definite noun of other words looks back
NEAR = 3  # sentences in which events of no known actor are compared
ADDED_ALREADY = re.compile(r"[.;]|\b(?:including|among|of (?:them|whom|which))\b")
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
    scene = Scene(nodes, resolution, schema, cases.described(nodes.values(), mentions))
    roles: Roles = {}
    found: list[Case] = []
    reasons: dict[str, list[str]] = defaultdict(list)
    for reading in in_order(readings):
        local = _roles(reading)
        roles |= local
        found += _in_article(reading, local, mentions, scene, reasons)
    merged = _across(found, scene, reasons, {mention: n for n, mention in enumerate(mentions)})
    headlines = Headlines(readings, roles, nodes, resolution, schema)
    figures = _figures(readings)
    events = [_node(case, mentions, figures, reasons, headlines, scene, independent) for case in merged]
    return events, {m: event.id for event in events for m in event.mentions}


def _roles(reading: Reading) -> Roles:
    kinds = {m.id: m.kind for m in reading.mentions}
    found: Roles = {m.id: {} for m in reading.mentions if m.kind == "event"}
    for link in reading.links:
        if link.source in found and kinds.get(link.target) in ("actor", "place", "time"):
            found[link.source].setdefault(link.type, []).append(link.target)
    return found


# Inside one article


def _in_article(
    reading: Reading, roles: Roles, mentions: Mapping[str, Mention], scene: Scene, reasons: dict[str, list[str]]
) -> list[Case]:
    """The article's cases: each mention joins the latest case that it speaks of, if any."""
    tied = _tied(reading)
    killed = _killed(reading)
    alike = _alike(reading)
    sentence = _sentence_numbers(reading)
    setting = scene.setting(reading)
    found: list[Case] = []
    for mention in reading.mentions:
        if mention.kind != "event":
            continue
        case = scene.case(mention, roles[mention.id], reading, setting, tied[mention.id])
        case = structs.replace(case, killed=killed.get(mention.id, frozenset()))
        for index, reason in _antecedents(case, mention, found, mentions, sentence, alike, scene):
            found[index] = cases.joined(found[index], case, scene)
            reasons[mention.id].append(reason)
            break
        else:
            found.append(case)
    return _joined_again(found, reading, sentence, scene, reasons)


def _joined_again(
    found: list[Case], reading: Reading, sentence: Mapping[str, int], scene: Scene, reasons: dict[str, list[str]]
) -> list[Case]:
    """The cases, those joined that turn out to be one when all of the article is read, or are parts of one event."""
    parts = _parts(reading, found)
    joined: list[Case] = []
    for case in found:
        for n, earlier in enumerate(joined):
            if cases.apart(case, earlier, scene):
                continue
            ties = cases.ties(case, earlier, scene) | cases.likeness(case, earlier)
            distance = abs(sentence[case.mentions[0]] - sentence[earlier.mentions[-1]])
            reason = _same_here(case, earlier, ties, distance)
            if parts[case.mentions[0]] & parts[earlier.mentions[0]] and "words" in ties:
                reason = "parts of the same event"
            if reason:
                reasons[case.mentions[0]].append(f"{reason}, in {reading.article.id}")
                joined[n] = cases.joined(earlier, case, scene)
                parts[earlier.mentions[0]] |= parts[case.mentions[0]]
                break
        else:
            joined.append(case)
    return joined


def _parts(reading: Reading, found: list[Case]) -> dict[str, set[str]]:
    """For each case, by its first mention, what it is part of, by its first mention."""
    first = {mention: case.mentions[0] for case in found for mention in case.mentions}
    parts: dict[str, set[str]] = defaultdict(set)
    for link in reading.links:
        if link.type == "part-of" and link.source in first and link.target in first:
            parts[first[link.source]].add(first[link.target])
    return parts


def _tied(reading: Reading) -> dict[str, frozenset[str]]:
    """For each event mention the event mentions that a link tells apart from it."""
    events = {m.id for m in reading.mentions if m.kind == "event"}
    found: dict[str, set[str]] = defaultdict(set)
    for link in reading.links:
        if link.type != "same-as" and link.source in events and link.target in events:
            found[link.source].add(link.target)
            found[link.target].add(link.source)
    return defaultdict(frozenset, {mention: frozenset(others) for mention, others in found.items()})


def _alike(reading: Reading) -> set[frozenset[str]]:
    return {frozenset((link.source, link.target)) for link in same_as(reading)}


def _sentence_numbers(reading: Reading) -> dict[str, int]:
    numbers: dict[str, int] = {}
    number = 0
    for mention in reading.mentions:
        while number + 1 < len(reading.sentences) and reading.sentences[number][1] <= mention.span.start:
            number += 1
        numbers[mention.id] = number
    return numbers


def _antecedents(
    case: Case,
    mention: Mention,
    earlier: list[Case],
    mentions: Mapping[str, Mention],
    sentence: Mapping[str, int],
    alike: set[frozenset[str]],
    scene: Scene,
) -> Iterator[tuple[int, str]]:
    """The earlier cases that a mention can speak of, and why: what shares most first, then what tells most."""
    family = set(scene.ancestry(case.type))
    candidates = [i for i in range(len(earlier)) if not family.isdisjoint(scene.ancestry(earlier[i].type))][-BACK:]
    ranked = []
    for index in candidates:
        other = earlier[index]
        if any(frozenset((mention.id, m)) in alike for m in other.mentions):
            ranked.append((99, True, 0, index, "the text says so"))
        elif not cases.apart(case, other, scene):
            ties = cases.ties(case, other, scene)
            distance = sentence[mention.id] - sentence[other.mentions[-1]]
            reason = _refers_back(case, mention, other, ties, distance) or _same_here(case, other, ties, distance)
            if reason:
                ranked.append((len(ties), other.day is not None, len(other.mentions), index, reason))
    for _, _, _, index, reason in sorted(ranked, reverse=True):
        yield index, f"{reason}, in {mention.span.article}"


def _refers_back(case: Case, mention: Mention, other: Case, ties: frozenset[str], distance: int) -> str | None:
    """A reason if a definite noun ("the strike") takes up the other case."""
    value = event_value(mention)
    if not value.definite or value.tense is not None or distance == 0:
        return None
    if "words" in ties and distance <= 8:
        return f"“the {mention.text}” takes it up"
    said = bool(case.actors or case.places)
    if distance <= RECENT and (bool(ties & {"agent", "recipient", "place"}) or not said):
        return f"“the {mention.text}” takes up the same type of event"
    return None


def _same_here(case: Case, other: Case, ties: frozenset[str], distance: int) -> str | None:
    """A reason if two cases of one article share enough: more of it for words than for deeds."""
    actors = ties & {"agent", "recipient"}
    if not actors and (case.actors or other.actors or distance > NEAR):
        return None
    others = ties & ({"place", "words"} if case.verbal else {"place", "land", "day", "words", "manner"})
    otherwise = bool(case.modes and other.modes) and len(actors) < 2 and not ties & {"manner", "words"}
    enough = len(actors) + len(others) >= 2 + case.verbal + otherwise
    anchored = len(actors) == 2 or bool(others & {"place", "land", "words"})
    neighbours = distance == 0 and "agent" in ties and not case.verbal
    return f"same type, {', '.join(sorted(ties))}" if (enough and anchored) or neighbours else None


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


def _killed(reading: Reading) -> dict[str, frozenset[float]]:
    found: dict[str, set[float]] = defaultdict(set)
    for mention, figures in _figures((reading,)).items():
        found[mention] = {figure.count for figure in figures if figure.of == "killed"}
    return {mention: frozenset(counts) for mention, counts in found.items()}


def _figures(readings: Iterable[Reading]) -> dict[str, list[Figure]]:
    """The numbers given for each event mention."""
    found: dict[str, list[Figure]] = defaultdict(list)
    for reading in readings:
        mentions = {m.id: m for m in reading.mentions}
        for link in reading.links:
            for event, quantity in ((link.source, link.target), (link.target, link.source)):
                value = mentions[quantity].value if quantity in mentions else None
                if isinstance(value, QuantityValue) and event in mentions and mentions[event].kind == "event":
                    article = reading.article
                    figure = Figure(value.count, value.of, value.bound, quantity, article.id, article.day)
                    found[event].append(figure)
    return found


def _totals(figures: Sequence[Figure], mentions: Mapping[str, Mention], text: Callable[[Offsets], str]) -> list[Figure]:
    """One mention's figures with those added up that "and" ties: three sons and four grandchildren."""
    totals: list[Figure] = []
    last: dict[str, Figure] = {}
    for figure in sorted(figures, key=lambda figure: mentions[figure.mention].span.start):
        before = last.get(figure.of)
        last[figure.of] = figure
        between = text((mentions[before.mention].span.end, mentions[figure.mention].span.start)) if before else ""
        if before and re.search(r"\band\b", between) and not ADDED_ALREADY.search(between):
            index = next(n for n, total in reversed(list(enumerate(totals))) if total.of == figure.of)
            totals[index] = structs.replace(totals[index], count=totals[index].count + figure.count)
        else:
            totals.append(figure)
    return totals


def best_figure(figures: Sequence[Figure], of: str) -> int | None:
    """The number to show: of the latest report, an exact one before a bound, the highest of those."""
    wanted = [figure for figure in figures if figure.of == of]
    if not wanted:
        return None
    latest = max((figure.reported.isoformat() if figure.reported else "", figure.article) for figure in wanted)[0]
    last = [f for f in wanted if (f.reported.isoformat() if f.reported else "") == latest]
    return int(max(last, key=lambda figure: (figure.bound is None, figure.count)).count)


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
    given = tuple(dict.fromkeys(figure for m in case.mentions for figure in figures.get(m, ())))
    totals = [
        total
        for mention in own
        for total in _totals(figures.get(mention.id, ()), mentions, headlines.text_of(mention.span.article))
    ]
    known = scene.schema.event_types.get(case.type)
    mode = most_common(m for mention in own if (m := event_value(mention).mode))
    scored = known.modes.get(mode) if known and mode else None
    name, aliases = headlines.name(own, case.type)
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
