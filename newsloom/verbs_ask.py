"""The verbs that ask: timeline, why, effects, path."""

import click

from .console import BOLD, FAINT, print_json, say, table
from .options import (
    depth_option,
    json_option,
    listed,
    name_option,
    say_meant,
    store_option,
    stored,
    sure_option,
    text_argument,
    top_option,
)


@click.command()
@name_option("--actor", "Events in which it takes part.")
@name_option("--place", "Events there, or in what lies there.")
@click.option("--type", "types", multiple=True, metavar="TYPE,...", help="Events of these types and narrower ones.")
@click.option("--since", metavar="DATE", help="From this year, month or day on: 2024, 2024-02, 2024-02-23.")
@click.option("--until", metavar="DATE", help="Up to the end of this year, month or day.")
@top_option()
@json_option
@store_option
def timeline(
    actor: str | None,
    place: str | None,
    types: tuple[str, ...],
    since: str | None,
    until: str | None,
    top: int | None,
    as_json: bool,
    store: str,
) -> None:
    """What happened when: the events in order, undated ones last."""
    from .exports.interchange import node_record
    from .graph.model import in_time
    from .wording import event_row

    graph = stored(store)
    found = graph.timeline(actor=actor, place=place, types=listed(types), since=since, until=until)
    say_meant(graph, actor, "actor")
    say_meant(graph, place, "place")
    shown = found[:top]
    if as_json:
        print_json([node_record(event) for event in shown])
    elif not found:
        undated = sum(in_time(event)[0] for event in graph.timeline(actor=actor, place=place, types=listed(types)))
        left_out = f" ({undated} undated left out)" if undated else ""
        say(f"no event fits{left_out}.", err=True)
    else:
        table([event_row(event) for event in shown], ({}, {"fg": "cyan"}, BOLD, FAINT), wide=2)
        if len(shown) < len(found):
            say(f"and {len(found) - len(shown)} more; raise --top to see them.", err=True)


@click.command()
@text_argument("text")
@depth_option
@sure_option
@json_option
@store_option
def why(text: str, depth: int, min_confidence: float, as_json: bool, store: str) -> None:
    """What led to an event, hop by hop, each with its sentence.

    TEXT is an event's id or name, other words for it, or an actor or place whose events are meant.
    """
    _answer(text, "why", depth, min_confidence, as_json, store)


@click.command()
@text_argument("text")
@depth_option
@sure_option
@json_option
@store_option
def effects(text: str, depth: int, min_confidence: float, as_json: bool, store: str) -> None:
    """What came of an event: `why` in the other direction."""
    _answer(text, "effects", depth, min_confidence, as_json, store)


def _answer(text: str, direction: str, depth: int, min_confidence: float, as_json: bool, store: str) -> None:
    from .wording import answer_record, say_answer

    graph = stored(store)
    answer = (graph.why if direction == "why" else graph.effects)(text, depth, min_confidence)
    if as_json:
        print_json(answer_record(graph, answer))
    else:
        say_answer(graph, answer)


@click.command()
@text_argument("a")
@text_argument("b")
@json_option
@store_option
def path(a: str, b: str, as_json: bool, store: str) -> None:
    """How two nodes are connected, with the sentence for each step."""
    from .exports.interchange import node_record
    from .wording import relation_record, say_path

    graph = stored(store)
    steps = graph.path(a, b)
    if as_json:
        keys = ("source", "relation", "target", "forward")
        parts = (
            (node_record(s.source), relation_record(graph, s.relation), node_record(s.target), s.forward) for s in steps
        )
        print_json([dict(zip(keys, part, strict=True)) for part in parts])
    elif not steps:
        say("both are the same node.")
    else:
        say_path(graph, steps)


VERBS = (timeline, why, effects, path)
