"""What led to what, told in words: trees of causes, routes, what stands out, what sources disagree about."""

from collections.abc import Sequence
from typing import Any

import msgspec

from .console import BOLD, CAUSE, FAINT, Part, counted, say
from .exports.interchange import node_record
from .exports.labels import words
from .graph.asking.reasons import Answer, Conflict, Direction, Ground, Hop, Reach, Route
from .graph.model import Graph
from .graph.types import Event
from .wording import excerpt, facts, label, origin, relation_record

OTHERS = 10  # events that might have been meant, and sources of one hop
POSSIBLE = ("hypothetical", "planned")
_PLAIN = {  # what reads better than the words of the schema: said for certain, and as possible
    ("causes", "effects"): ("led to", "may have led to"),
    ("responds-to", "why"): ("responds to", "may respond to"),
}


def day_of(event: Event) -> str:
    """When it happened, as a person writes it; else the words of the text for it; else `undated`."""
    phrase = event.when.phrase if event.when else None
    written = (words(event.when) or "").removesuffix(" ????")  # a year that nothing tells
    return written or (f"“{phrase}”" if phrase else "undated")


def named(event: Event, id: bool = True) -> list[Part]:
    """An event with its day and what else is known of it in brackets, and its id."""
    told: list[Part] = [(event.name, BOLD), f" ({'; '.join((day_of(event), *facts(event)))})"]
    return [*told, (f"  {event.id}", FAINT)] if id else told


def tie(graph: Graph, hop: Hop, direction: Direction) -> str:
    """How a hop ties its ends, read from its effect (why) or from its cause (effects)."""
    return _tie(graph, hop.relation.type, direction, hop.factuality)


def _tie(graph: Graph, type: str, direction: Direction, factuality: str) -> str:
    known = graph.schema.relations.get(type)
    forward = ((known.causal if known else None) != "target") == (direction == "effects")
    certain, possible = _PLAIN.get((type, direction)) or _forms(label(graph, type, forward))
    if factuality in POSSIBLE:
        return possible
    return _alleged(certain) if factuality == "alleged" else certain


def _forms(words: str) -> tuple[str, str]:
    """Words of the past, and the same as something possible.

    >>> _forms("was caused by"), _forms("made possible")
    (('was caused by', 'may have been caused by'), ('made possible', 'may have made possible'))
    """
    verb, _, rest = words.partition(" ")
    return words, f"may have been {rest}" if verb == "was" else f"may have {words}"


def _alleged(words: str) -> str:
    verb, _, rest = words.partition(" ")
    return f"was allegedly {rest}" if verb == "was" else f"allegedly {words}"


def say_answer(graph: Graph, answer: Answer, narrowed: bool = False) -> None:
    """Print an answer as an indented tree; `narrowed` says that options left evidence out."""
    what = "cause" if answer.direction == "why" else "effect"
    say(*named(answer.event))
    _say_tree(graph, answer, answer.event.id, 1, set())
    if not answer.hops:
        say(f"no {what} of it is stated in the articles{' as the options ask' if narrowed else ''}", indent=4)
    if answer.more:
        say(f"and {counted(answer.more, f'{what}')} more that are less sure; raise --top to see them", indent=4)
    for hop in answer.prevented:
        _say_hop(graph, hop, answer.direction, 1)
    for hop in answer.denied:
        _say_denials(graph, hop, 1)
    _say_events(f"As good a fit, but no {what} of it is stated:", answer.silent)
    _say_events("Other events that fit:", answer.others)


def _say_events(heading: str, events: Sequence[Event]) -> None:
    if events:
        say("")
        say(heading)
    for event in events[:OTHERS]:
        say(*named(event), indent=2)
    if len(events) > OTHERS:
        say(f"and {len(events) - OTHERS} more", indent=2)


def _say_tree(graph: Graph, answer: Answer, event: str, level: int, told: set[str]) -> None:
    """The hops at one event, and behind each those at its other end, once."""
    for hop in answer.hops:
        near, far = (hop.effect, hop.cause) if answer.direction == "why" else (hop.cause, hop.effect)
        if near.id != event:
            continue
        again = far.id in told
        _say_hop(graph, hop, answer.direction, level, "  as above" if again else "")
        if not again:
            told.add(far.id)
            _say_tree(graph, answer, far.id, level + 1, told)


def _say_hop(graph: Graph, hop: Hop, direction: Direction, level: int, note: str = "") -> None:
    """Two lines: what is at the other end, with the words that say so and who says them, and the sentence."""
    arrow = "←" if direction == "why" else "→"
    far = hop.cause if direction == "why" else hop.effect
    ground = hop.grounds[0]
    say(
        (f"{arrow} {tie(graph, hop, direction)} {arrow} ", CAUSE),
        *named(far, id=False),
        f": {quoted(ground)}",
        (f"  {_sureness(hop)}{'  dated the other way round' if hop.backwards else ''}  {far.id}{note}", FAINT),
        indent=4 * level,
    )
    say_sentences(graph, hop.grounds, 4 * level + 4)
    _say_denials(graph, hop, level + 1)


def quoted(ground: Ground) -> str:
    """The words that say so, where they stand, and who says them: `“over the strike” (Example Wire), says Iran`."""
    says = f", says {ground.claimant}" if ground.claimant else ""
    where = ground.outlet or ground.title or ground.article
    return f"“{ground.quote}” ({where}){says}"


def say_sentences(graph: Graph, grounds: Sequence[Ground], indent: int) -> None:
    """Print the first sentence with its article, and how many more there are and where."""
    first, *more = grounds
    others = list(dict.fromkeys(ground.outlet or ground.title or ground.article for ground in more))
    listed = f"{', '.join(others[:OTHERS])}{' ...' if len(others) > OTHERS else ''}"
    also = f"; and {counted(len(more), 'sentence')} more ({listed})" if more else ""
    say(
        f"“{excerpt(first.sentence, first.cue_at)}”",
        (f"  — {origin(graph, first.article)}{also}", FAINT),
        indent=indent,
    )


def _say_denials(graph: Graph, hop: Hop, level: int) -> None:
    for denial in hop.denials:
        say(
            (f"{denial.voice} denies that ", CAUSE),
            f"“{hop.cause.name}” {_tie(graph, denial.relation, 'effects', 'asserted')} “{hop.effect.name}”: ",
            f"“{denial.quote}”",
            (f"  — {origin(graph, denial.article)}", FAINT),
            indent=4 * level,
        )


def _sureness(hop: Hop) -> str:
    """How sure a hop is, and the whole way to it."""
    whole = f", whole way {hop.path_confidence:.2f}" if hop.depth > 1 else ""
    return f"[{hop.confidence:.2f}{whole}]"


def say_routes(graph: Graph, routes: Sequence[Route]) -> None:
    """Print the routes from a cause to an effect, each with its hops in the order of what happened."""
    for number, route in enumerate(routes, 1):
        if number > 1:
            say("")
        say(f"{number}  ", *named(route.hops[0].cause), (f"  confidence {route.confidence:.2f}", FAINT))
        for hop in route.hops:
            _say_hop(graph, hop, "effects", 1)


def say_reaches(reaches: Sequence[Reach]) -> None:
    """Print events with how many led to them and followed from them."""
    for reach in reaches:
        led = f"{counted(reach.causes, 'event')} led to it, " if reach.causes else ""
        say(
            *named(reach.event, id=False),
            f": {led}{counted(reach.effects, 'event')} followed",
            (f"  {reach.event.id}", FAINT),
        )


def say_conflicts(graph: Graph, conflicts: Sequence[Conflict]) -> None:
    """Print who claims and who denies each cause, with the sentences, and what the deniers give instead."""
    for number, conflict in enumerate(conflicts):
        if number:
            say("")
        tied = _tie(graph, conflict.claimed[0].relation, "effects", "asserted")
        say("Whether ", *named(conflict.cause), (f" {tied} ", CAUSE), *named(conflict.effect))
        for verb, grounds in (("says so", conflict.claimed), ("denies it", conflict.denied)):
            for ground in grounds:
                say((f"{ground.voice} {verb}: ", CAUSE), f"“{ground.quote}”", indent=4)
                say_sentences(graph, [ground], 8)
        for hop in conflict.instead:
            say("instead, by those who deny it:", indent=4)
            _say_hop(graph, hop, "why", 2)


def candidate(graph: Graph, event: Event) -> str:
    """A line that offers an event: its name, day, outlets and id."""
    articles = (graph.articles[graph.mentions[id].span.article] for id in event.mentions if id in graph.mentions)
    outlets = list(dict.fromkeys(article.source or article.title or article.id for article in articles))
    where = f" — {', '.join(outlets[:3])}{' ...' if len(outlets) > 3 else ''}" if outlets else ""
    return f"{event.name} ({'; '.join((day_of(event), *facts(event)))}){where} — {event.id}"


def answer_record(graph: Graph, answer: Answer) -> dict[str, Any]:
    """An answer for JSON."""
    return {
        "asked": answer.asked,
        "direction": answer.direction,
        "event": node_record(answer.event),
        "hops": [hop_record(graph, hop) for hop in answer.hops],
        "more": answer.more,
        "prevented": [hop_record(graph, hop) for hop in answer.prevented],
        "denied": [hop_record(graph, hop) for hop in answer.denied],
        "silent": [node_record(event) for event in answer.silent],
        "others": [node_record(event) for event in answer.others],
    }


def hop_record(graph: Graph, hop: Hop) -> dict[str, Any]:
    """A hop for JSON: its ends, the surest relation, all of them, and the sentences for and against it."""
    return {
        "depth": hop.depth,
        "cause": node_record(hop.cause),
        "effect": node_record(hop.effect),
        "relation": relation_record(graph, hop.relation) if hop.relations else None,
        "relations": [relation_record(graph, relation) for relation in hop.relations],
        "confidence": hop.confidence,
        "path_confidence": hop.path_confidence,
        "factuality": hop.factuality,
        "backwards": hop.backwards,
        "evidence": [ground_record(ground) for ground in hop.grounds],
        "denials": [ground_record(ground) for ground in hop.denials],
    }


def ground_record(ground: Ground) -> dict[str, Any]:
    """A sentence for JSON, with its article's title, outlet (`source_name`) and date."""
    record: dict[str, Any] = msgspec.to_builtins(ground)
    return {("source_name" if name == "outlet" else name): value for name, value in record.items()}


def route_record(graph: Graph, route: Route) -> dict[str, Any]:
    """A route for JSON."""
    return {"confidence": route.confidence, "hops": [hop_record(graph, hop) for hop in route.hops]}


def reach_record(reach: Reach) -> dict[str, Any]:
    """An event for JSON with how many events led to it and followed from it."""
    return {"event": node_record(reach.event), "causes": reach.causes, "effects": reach.effects}


def conflict_record(graph: Graph, conflict: Conflict) -> dict[str, Any]:
    """A conflict for JSON."""
    return {
        "cause": node_record(conflict.cause),
        "effect": node_record(conflict.effect),
        "claimed": [ground_record(ground) for ground in conflict.claimed],
        "denied": [ground_record(ground) for ground in conflict.denied],
        "instead": [hop_record(graph, hop) for hop in conflict.instead],
    }
