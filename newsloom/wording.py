"""The timeline, nodes, paths and evidence as lines for people and as records for programs."""

from collections.abc import Iterable
from typing import Any

from .console import BOLD, CAUSE, FAINT, Part, say, sections, visible
from .exports import interchange
from .exports.labels import credit, words
from .graph.chronology import is_undated, lanes
from .graph.edtf import to_edtf
from .graph.model import Graph
from .graph.query import Step
from .graph.types import UNTYPED, Event, Evidence, Node, Offsets, Relation, When

WIDTH = 180  # characters of a sentence that are shown


def day(event: Event) -> str:
    """When it happened, as EDTF; else the words that say so ("on Friday" of an unknown week); else `undated`."""
    phrase = event.when.phrase if event.when else None
    return to_edtf(event.when) or (f"“{phrase}”" if phrase else "undated")


def kind_of(node: Node) -> str:
    """The type of a node, of an event with its mode; nothing for an event of no type."""
    if node.type == UNTYPED:
        return ""
    mode = node.mode if isinstance(node, Event) else None
    return f"{node.type}/{mode}" if mode else node.type


def facts(event: Event) -> list[str]:
    """What else is known of an event, in few words: planned, 7 killed, 2 articles."""
    found: list[str] = [] if event.factuality == "asserted" else [event.factuality]
    counts = ((event.killed, "killed"), (event.injured, "injured"))
    found += [f"{count} {what}" for count, what in counts if count is not None]
    return found + ([f"{event.sources} articles"] if event.sources > 1 else [])


def remarks(event: Event, *more: str) -> str:
    """The facts of an event in brackets, behind more of them if there are, or nothing."""
    known = (*more, *facts(event))
    return f"  ({'; '.join(known)})" if known else ""


def excerpt(sentence: str, cue: Offsets | None = None, width: int = WIDTH) -> str:
    """A sentence on one line, cut at words to `width` characters around the cue (offsets in the sentence).

    >>> excerpt("one two three four five", (8, 13), 13)
    '… three …'
    """
    start, end = 0, len(sentence)
    if end > width:
        middle = sum(cue) // 2 if cue else 0
        start = max(0, min(middle - width // 2, end - width))
        end = min(end, start + width)
        if start:
            start = sentence.find(" ", start, end) + 1 or start
        if end < len(sentence):
            end = max(sentence.rfind(" ", start, end), start + 1)
    cut = visible(sentence[start:end])
    return f"{'… ' if start else ''}{cut}{' …' if end < len(sentence) else ''}"


def quotation(graph: Graph, evidence: Evidence) -> list[Part]:
    """The sentence of a piece of evidence, cut around the words that say so, and the article that it is from."""
    mention = graph.mentions.get(evidence.source or "")
    words = evidence.cue or (mention and (mention.span.start, mention.span.end))
    middle = (words[0] - evidence.start, words[1] - evidence.start) if words else None
    claimed = f"  claimed by {graph.nodes[evidence.claimed_by].name}" if evidence.claimed_by in graph.nodes else ""
    return [
        f"“{excerpt(graph.sentence(evidence), middle)}”",
        (f"  — {origin(graph, evidence.article)}{claimed}", FAINT),
    ]


def origin(graph: Graph, article: str) -> str:
    """An article's source, title and date, as far as they are known."""
    return credit(graph.articles[article]) or article


def relation_note(relation: Relation) -> str:
    """A relation's type and confidence, how many sentences say so, and what is to be known of it."""
    more = f", {len(relation.evidence)} sentences" if len(relation.evidence) > 1 else ""
    status = "" if relation.factuality == "asserted" else f", {relation.factuality}"
    return f"[{relation.type} {relation.confidence:.2f}{more}{status}{', backwards' if relation.backwards else ''}]"


def best(relation: Relation) -> Evidence:
    """The surest evidence of a relation."""
    return max(relation.evidence, key=lambda evidence: evidence.confidence)


def say_path(graph: Graph, steps: tuple[Step, ...]) -> None:
    """Print a path, one line a node and one a relation."""
    say((steps[0].source.name, BOLD), f"  {kind_of(steps[0].source)}  ", (steps[0].source.id, FAINT))
    for step in steps:
        words, end = label(graph, step.relation.type, step.forward), step.target
        say((f"{words} → ", CAUSE), (end.name, BOLD), f"  {kind_of(end)}  ", (end.id, FAINT), indent=4)
        if step.relation.evidence:
            say(*quotation(graph, best(step.relation)), indent=8)


def label(graph: Graph, type: str, forward: bool) -> str:
    """A type of relation in the words of the schema, read from its source (forward) or from its target."""
    known = graph.schema.relations.get(type) or graph.schema.roles.get(type)
    words = (known.label if known else "") or type
    return words if forward else getattr(known, "inverse", "") or f"is the {words} of"


def relation_record(graph: Graph, relation: Relation) -> dict[str, Any]:
    """A relation of the interchange format, each piece of evidence with its sentence and where that stands."""
    record = interchange.relation_record(relation)
    for evidence, written in zip(relation.evidence, record["evidence"], strict=True):
        article = graph.articles[evidence.article]
        written |= {"sentence": graph.sentence(evidence), "title": article.title}
        written |= {"source_name": article.source, "published": article.published}
    return record


def say_timeline(events: Iterable[Event]) -> None:
    """Print events in the order of time, each day as a heading with its events beneath, those without a day last."""
    rows = [(heading(when), [event_row(event) for event in group]) for when, group in lanes(events)]
    sections(rows, ({"fg": "cyan"}, BOLD, FAINT), wide=1)


def heading(when: When | None) -> list[Part]:
    """Some days as EDTF and as a person writes them; `undated` for None."""
    if when is None:
        return [("undated", BOLD)]
    weekday = f"{when.earliest:%A}, " if when.is_day else ""
    return [(to_edtf(when) or "", BOLD), (f"  {weekday}{words(when)}", FAINT)]


def event_row(event: Event) -> tuple[str, str, str]:
    """An event as cells beneath its day: type, name with remarks, id; undated ones with the words for their time."""
    phrase = event.when.phrase or event.when.partial if event.when and is_undated(event) else None
    said = (f"“{phrase}”",) if phrase else ()
    return kind_of(event), f"{event.name}{remarks(event, *said)}", event.id
