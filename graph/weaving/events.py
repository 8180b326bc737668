"""Event mentions to event nodes: first inside each article, then over all of them."""

from collections import defaultdict
from collections.abc import Iterable
from itertools import chain

from msgspec import structs

from ...schemas.types import Schema
from ..corpus import Corpus
from ..types import UNTYPED, Event, Factuality, Mention, When, event_value
from . import cases
from .across import Joiner, reported_together
from .cases import Case, Scene
from .clusters import digest, most_common, slug
from .denials import with_denials
from .figures import best_figure, claims_of, series, totals_of
from .happenings import Gathered, Gathering, gathered, here
from .headlines import named
from .partial import with_phrase
from .recall import recalled
from .relations import Said
from .sameness import Sameness
from .settling import Settled
from .tallies import with_tallies
from .worth import Worth

Resolution = dict[str, str]


def resolve(
    corpus: Corpus, settled: Settled, schema: Schema, gathering: Gathering = here
) -> tuple[list[Event], Resolution, list[Said]]:
    """The event nodes, which node each event mention is, and what is said of all nodes.

    What is of no type of the schema and told of once is no node, unless it is said to be a cause or an effect.
    `gathering` decides who gathers what articles tell.
    """
    found = gathered(corpus, settled, schema, gathering)
    scene = Scene(settled.nodes, settled.resolution, schema, found.mentions, settled.described)
    merged = _joined(found, scene, settled)
    events = [_node(case, found, scene, settled) for case in merged]
    what = {m: event.id for event in events for m in event.mentions}
    events = _with_tolls([with_phrase(event, found.phrases) for event in events], found.wholes, what)
    return events, what, found.said


def _joined(found: Gathered, scene: Scene, settled: Settled) -> list[Case]:
    """The cases of all articles, joined where they are one event, without those that are no node."""
    reasons = defaultdict(list, found.reasons)
    found.reasons = reasons
    in_order = sorted(found.cases, key=lambda case: found.told[case.mentions[0]].place)
    cases = Joiner(scene, Sameness(scene, settled.vectors), found.told).everywhere(in_order, reasons)
    merged = [
        structs.replace(case, mentions=tuple(sorted(case.mentions, key=lambda mention: found.told[mention].place)))
        for case in recalled(cases, scene, reasons)
    ]
    merged = with_denials(merged, found.denied, scene, reasons, reported_together, found.told)
    merged = with_tallies(merged, found.figures, scene, reasons)
    return [*filter(Worth(scene.schema, found.told, found.causal).a_node, merged)]


def _with_tolls(events: list[Event], wholes: Iterable[tuple[str, str]], resolution: Resolution) -> list[Event]:
    """The events, those of a day that have no dead or injured of their own with those of their only part that has.

    `wholes` are mentions of parts, each with one of its whole.
    """
    node = {event.id: event for event in events}
    parts: dict[str, set[str]] = defaultdict(set)
    for ends in wholes:
        part, whole = (resolution.get(end) for end in ends)
        if part and whole and part != whole:
            parts[whole].add(part)
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


def _node(case: Case, found: Gathered, scene: Scene, settled: Settled) -> Event:
    own = [found.mentions[m] for m in case.mentions]
    figures = [found.figures.get(m, []) for m in case.mentions]
    told = [m for m in own if event_value(m).factuality != "negated"] or own  # by whom it is denied comes second
    totals = [
        total
        for mention, given in zip(own, figures, strict=True)
        for total in totals_of(given, found.mentions, settled.articles[mention.span.article].text)
    ]
    known = scene.schema.event_types.get(case.type)
    mode = most_common(m for mention in own if (m := event_value(mention).mode))
    scored = known.modes.get(mode) if known and mode else None
    label = None if case.type == UNTYPED else known.label if known else case.type
    name, aliases = named((found.names[m.id] for m in told), label, scene.words("little"))
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
        figures=series(chain.from_iterable(figures)),
        claims=claims_of(own, scene.resolution, settled.articles),
        sources=len({settled.independent[article] for article in case.articles}),
        reasons=tuple(dict.fromkeys(reason for m in case.mentions for reason in found.reasons.get(m, ()))),
    )


def _day(when: When | None) -> str:
    if when is None or when.earliest is None:
        return "undated"
    return when.earliest.isoformat() if when.precision == "day" else f"{when.earliest:%Y-%m}"


def _factuality(mentions: list[Mention]) -> Factuality:
    given = [event_value(mention).factuality for mention in mentions]
    return "asserted" if "asserted" in given else most_common(given) or "asserted"
