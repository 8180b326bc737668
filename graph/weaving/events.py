"""Event mentions to event nodes: first inside each article, then over all of them."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date

from msgspec import structs

from ...schemas.types import Schema
from ..types import Event, Factuality, Figure, Mention, Node, Reading, When, event_value
from . import cases
from .across import Joiner, reported_together
from .cases import Case, Scene
from .clusters import digest, in_order, most_common, slug
from .denials import with_denials
from .figures import best_figure, claims_of, figures_of, series, totals_of
from .headlines import Headlines
from .inside import Roles, cases_of, roles_of, told_of
from .recall import recalled
from .sameness import Sameness
from .standing import ends_of
from .tallies import with_tallies
from .telling import Covered, Teller, Told

Resolution = dict[str, str]

CAUSING = frozenset(("causes", "enables", "prevents"))  # verbs of these relations tell of other events
LITTLE_DOUBT = 0.85  # of such a verb: "trigger", "spark", not "leave" or "help"
ABOUT = ("reporting", "claiming", "thinking", "light", "occurring", "implicative")  # lexicons: verbs about other events


def resolve(
    readings: tuple[Reading, ...],
    nodes: Mapping[str, Node],
    resolution: Mapping[str, str],
    schema: Schema,
    covered: Covered,
) -> tuple[list[Event], Resolution]:
    """The event nodes, and which node each event mention is.

    `nodes` and `resolution` are those of places and actors. What is of no type of the schema and told of once is no
    node, unless it is said to be a cause or an effect.
    """
    ordered = in_order(readings)
    mentions = {m.id: m for reading in ordered for m in reading.mentions}
    scene = Scene(nodes, resolution, schema, mentions)
    roles = {mention: own for reading in ordered for mention, own in roles_of(reading).items()}
    told = tell(ordered, roles, scene, covered.groups)
    joiner = Joiner(scene, Sameness(scene, covered.vectors), told, covered.groups)
    reasons: dict[str, list[str]] = defaultdict(list)
    found: list[Case] = []
    for reading in ordered:
        found += joiner.here(cases_of(reading, told, mentions, scene, reasons), reasons)
    merged = recalled(joiner.over(found, reasons), scene, reasons)
    merged = [
        structs.replace(case, mentions=tuple(sorted(case.mentions, key=lambda mention: told[mention].place)))
        for case in merged
    ]
    figures = figures_of(readings, resolution)
    merged = with_denials(merged, readings, scene, reasons, reported_together, told)
    merged = _worth_a_node(with_tallies(merged, figures, scene, reasons), told, _causal_ends(ordered, schema), schema)
    headlines = Headlines(readings, roles, nodes, resolution, schema)
    days = {reading.article.id: reading.article.day for reading in readings}
    events = [_node(case, mentions, figures, reasons, headlines, scene, covered.independent, days) for case in merged]
    what = {m: event.id for event in events for m in event.mentions}
    return _with_tolls(events, readings, what), what


def _causal_ends(readings: Iterable[Reading], schema: Schema) -> set[str]:
    """The event mentions that are said to be a cause or an effect, by more than a hint."""
    links = (link for reading in readings for link in reading.links if ends_of(link.type, schema) and not link.is_hint)
    return {end for link in links for end in (link.source, link.target)}


def _worth_a_node(
    found: Iterable[Case], told: Mapping[str, Told], causal: Collection[str], schema: Schema
) -> list[Case]:
    """Those of a type of the schema, those that are a cause or an effect, and those told of more than once in words
    that are not only about other events: that somebody says them, holds them, causes them, or that they take place.
    """
    verbs = (cue for cue in schema.cues if cue.shape == "verb" and cue.relation in CAUSING)
    causing = {cue.words for cue in verbs if cue.confidence >= LITTLE_DOUBT}
    about = causing.union(*(schema.lexicons.get(name, ()) for name in ABOUT))
    return [
        case
        for case in found
        if case.typed
        or any(mention in causal for mention in case.mentions)
        or (len(case.mentions) > 1 and any(told[mention].lemma not in about for mention in case.mentions))
    ]


def tell(ordered: list[Reading], roles: Roles, scene: Scene, groups: Mapping[str, int]) -> dict[str, Told]:
    """What each event mention tells, by its id, in the order of the articles."""
    teller = Teller(ordered, scene.schema, groups)
    told: dict[str, Told] = {}
    for reading in ordered:
        told |= told_of(reading, roles, scene, teller, len(told))
    return told


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


# Nodes


def _node(
    case: Case,
    mentions: Mapping[str, Mention],
    figures: Mapping[str, list[Figure]],
    reasons: Mapping[str, list[str]],
    headlines: Headlines,
    scene: Scene,
    independent: Mapping[str, str],
    days: Mapping[str, date | None],
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
        claims=claims_of(own, scene.resolution, days),
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
