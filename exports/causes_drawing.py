"""The drawing of some causes and effects as data for its template: boxes and arrows, their words over lines."""

import unicodedata
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from ..graph.asking.reasons import Ground, Hop
from ..graph.model import Graph
from ..graph.types import UNTYPED, Event, Factuality, Relation, When
from .causes_layout import HEAD, Box, Curve, Line, arrange
from .labels import UNDATED, brief, clean, words

STATUS: Mapping[Factuality, str] = {
    "asserted": "",
    "alleged": "claimed",
    "hypothetical": "hypothetical",
    "planned": "planned",
    "negated": "denied",
}
OF_EVENT: Mapping[Factuality, str] = {**STATUS, "negated": "did not happen"}  # an omission can be a cause, too
WIDTH = 194.0  # of a box
PAD = 14.0  # left of its words
ROOM = WIDTH - PAD - 10
NAME, SMALL = 13.0, 11.0  # sizes of letters
ROW, SMALL_ROW = 17.0, 15.0
BESIDE = 960.0  # widest drawing that stands beside the list
LABEL = 118.0  # room for the words at an arrow
FLAG = 62.0  # room for the words that tell which event was asked for
PORT_ROW = 13.0  # height that an arrow needs at a box
MOST_HEIGHT = 240.0
MOST_LINES = 4  # of a name
BOLD = 1.12  # how much wider bold letters are
NARROW, BROAD = set("fijlrtI.,:;'’|!()[]-· "), set("mwMW@%—…")


def draw(
    graph: Graph, asked: Event, hops: Sequence[tuple[int, Hop]], told: Mapping[str, int], section: int
) -> dict[str, Any]:
    """What the template draws of a part of the page: the events of some numbered hops and an arrow for each.

    `told` gives for each event the number of the hop at which the list tells of it.
    """
    events = {event.id: event for _, hop in hops for event in (hop.cause, hop.effect)} | {asked.id: asked}
    names = {id: f"event-{section}-{number}" for number, id in enumerate(events)}
    ports = Counter(("cause", hop.cause.id) for _, hop in hops) + Counter(("effect", hop.effect.id) for _, hop in hops)
    most = {id: max(ports["cause", id], ports["effect", id]) for id in events}
    boxes = {id: _box(graph, event, event.id == asked.id, most[id]) for id, event in events.items()}
    labels = [_label(graph, hop) for _, hop in hops]
    drawing = arrange(
        [Box(id, WIDTH, box["height"], *_days(events[id])) for id, box in boxes.items()],
        [Line(h.cause.id, h.effect.id, *_size(n, label)) for (n, h), label in zip(hops, labels, strict=True)],
        asked.id,
    )
    for id, box in boxes.items():
        x, y = drawing.corners[id]
        target = f"hop-{told[id]}" if id in told else f"part-{section}"
        box |= {"id": names[id], "x": x, "y": y, "target": target}
    arrows = [
        _arrow(number, hop, label, curve) | {"cause": names[hop.cause.id], "effect": names[hop.effect.id]}
        for (number, hop), label, curve in zip(hops, labels, drawing.curves, strict=True)
    ]
    size = {"width": drawing.width, "height": drawing.height}
    return {"boxes": list(boxes.values()), "arrows": arrows, "tall": _is_tall(**size)} | size


def _is_tall(width: float, height: float) -> bool:
    """Whether a drawing leaves room for the list at its side, and is high enough to stand beside it."""
    return width <= BESIDE and height >= 440


def kind(graph: Graph, event: Event) -> tuple[str, ...]:
    """What kind of event it is, and which mode of it, in the words of the schema; nothing where it is of no type."""
    if event.type == UNTYPED:
        return ()
    known = graph.schema.event_types.get(event.type)
    label = clean(known.label if known else event.type.replace("_", " ").lower())
    mode = known.modes.get(event.mode) if known and event.mode else None
    return (label, clean(mode.label or mode.name.replace("-", " "))) if mode else (label,)


def named(event: Event) -> str:
    """The name of an event in one line, or its id."""
    return clean(event.name) or clean(event.id)


def day(event: Event, write: Callable[[When | None], str | None] = words) -> str:
    """When it happened as a person writes it; else the words that say so; else `undated`."""
    phrase = clean(event.when.phrase) if event.when and event.when.phrase else ""
    return (write(event.when) if words(event.when) else None) or (f"“{phrase}”" if phrase else UNDATED)


def tie(graph: Graph, relation: Relation, start: str) -> str:
    """The words of a relation, read from one of its ends to the other.

    >>> from newsloom.schemas import load_schema
    >>> tie(Graph(load_schema(), (), (), (), {}), Relation("b", "responds-to", "a", 0.9, ()), "a")
    'was answered by'
    """
    known = graph.schema.relations.get(relation.type)
    label = (known and known.label) or relation.type.replace("-", " ")
    return label if relation.source == start else (known and known.inverse) or f"is what it {label}"


def status(hop: Hop) -> str:
    """The status of a hop in words: nothing where it is simply told."""
    return STATUS[hop.factuality] if hop.grounds else STATUS["negated"]


def sources(grounds: Sequence[Ground]) -> int:
    """How many outlets say so by themselves: the same sentence in two of them counts once."""
    first: dict[str, str] = {}
    for ground in grounds:
        first.setdefault(" ".join(ground.sentence.casefold().split()), ground.outlet or ground.article)
    return len(set(first.values()))


def percent(share: float) -> str:
    """A share as a whole percentage."""
    return f"{100 * share:.0f} %"


def width(text: str, size: float) -> float:
    """About how wide a text is, rather too wide than too narrow."""
    return size * sum(map(_letter, text))


def fold(text: str, size: float, room: float, lines: int) -> list[str]:
    """A text over at most so many lines, none wider than the room, cut with an ellipsis where it is longer.

    >>> fold("Talks open in the old town hall", 10, 80, 2)
    ['Talks open in', 'the old town…']
    """
    rows: list[str] = [""]
    for word in text.split():
        while word:
            joined = f"{rows[-1]} {word}".strip()
            if width(joined, size) <= room:
                rows[-1], word = joined, ""
            elif rows[-1]:
                rows.append("")
            else:
                fitting = _fitting(word, size, room)
                rows[-1], word = word[:fitting], word[fitting:]
                rows += [""] if word else []
    if len(rows) > lines:
        last = rows[lines - 1]
        rows = [*rows[: lines - 1], f"{last[: _fitting(last, size, room - size)].rstrip()}…"]
    return rows


def _fitting(word: str, size: float, room: float) -> int:
    """How many letters of a word fit, at least one."""
    return max((n for n in range(1, len(word) + 1) if width(word[:n], size) <= room), default=1)


def _letter(letter: str) -> float:
    """The width of a letter in units of its size."""
    if unicodedata.combining(letter):
        return 0.0
    if unicodedata.east_asian_width(letter) in "WF" or letter in BROAD:
        return 1.0
    if letter in NARROW:
        return 0.4
    return 0.7 if letter.isupper() or letter.isdigit() else 0.62


def _box(graph: Graph, event: Event, asked: bool, ports: int) -> dict[str, Any]:
    """An event's box but for its place: its words, each with its own height over the upper edge.

    It is high enough for so many arrows at one side.
    """
    name, when, said = named(event), day(event, brief), OF_EVENT[event.factuality]
    pill = width(said, SMALL) + 12 if said else 0.0
    what = _kind(graph, event, ROOM - pill)
    rows = fold(name, NAME * BOLD, ROOM, MOST_LINES)
    dates = fold(when, SMALL, ROOM - (FLAG if asked else 0), 2)
    head = SMALL_ROW if what or said else 0.0
    full = head + ROW * len(rows) + SMALL_ROW * len(dates) + 19
    height = max(full, min(MOST_HEIGHT, PORT_ROW * ports + 8))
    top = 10.0 + head + (height - full) / 2
    known = graph.schema.event_types.get(event.type)
    return {
        "asked": asked,
        "colour": known.colour if known else "#777777",
        "kind": what,
        "status": said,
        "pill": pill,
        "factuality": event.factuality,
        "top": top - head,
        "name": [(row, top + ROW * (number + 0.75)) for number, row in enumerate(rows)],
        "date": [(row, top + ROW * len(rows) + SMALL_ROW * (n + 0.85)) for n, row in enumerate(dates)],
        "width": WIDTH,
        "height": height,
        "says": ", ".join(part for part in (name, when, said, "the event asked for" if asked else "") if part),
    }


def _kind(graph: Graph, event: Event, room: float) -> str:
    """The kind of an event, with its mode if there is room for it."""
    words = kind(graph, event)
    both = " · ".join(words)
    return both if width(both, SMALL) <= room else fold(words[0], SMALL, room, 1)[0]


def _label(graph: Graph, hop: Hop) -> tuple[list[str], list[str]]:
    """The words over an arrow, and those under it."""
    above = fold(tie(graph, hop.relation, hop.cause.id), SMALL * BOLD, LABEL, 3)
    below: list[str] = []
    for note in _notes(hop):
        below += fold(note, SMALL, LABEL, 2)
    return above, below


def _notes(hop: Hop) -> list[str]:
    """What an arrow tells besides its relation: how sure, of how many sources, whose claim it is."""
    many = sources(hop.grounds or hop.denials)
    found = [f"{percent(hop.confidence)} · {many} source{'s' if many != 1 else ''}"] if hop.grounds else []
    by = (hop.grounds or hop.denials)[:1]
    claimant = clean(by[0].claimant or "") if by else ""
    said = status(hop)
    if claimant:
        found.append(f"{said if said in ('claimed', 'denied') else f'{said}, said'.lstrip(', ')} by {claimant}")
    elif said:
        found.append(said)
    if hop.grounds and hop.denials:
        found.append("denied by others")
    return [*found, "dated after its effect"] if hop.backwards else found


def _size(number: int, label: tuple[list[str], list[str]]) -> tuple[float, float]:
    """Width and height of a label whose line runs through its middle, with room for its number at the left."""
    above, below = label
    wide = max([width(row, SMALL * BOLD) for row in above] + [width(row, SMALL) for row in below], default=0.0)
    return round(wide + _disc(number), 1), 2 * SMALL_ROW * max(len(above), len(below)) + 8


def _disc(number: int) -> float:
    """The width of the disc with a hop's number."""
    return 11 + 6.0 * len(str(number))


def _arrow(number: int, hop: Hop, label: tuple[list[str], list[str]], curve: Curve) -> dict[str, Any]:
    """An arrow as it is drawn, its label over and under its line."""
    above, below = label
    x, y = curve.label
    over = [(row, y - 6 - SMALL_ROW * (len(above) - 1 - n)) for n, row in enumerate(above)]
    under = [(row, y + 15 + SMALL_ROW * n) for n, row in enumerate(below)]
    ends = [named(event) for event in (hop.cause, hop.effect)]
    return {
        "number": number,
        "path": curve.path,
        "head": _head(curve, hop.relation.type == "prevents"),
        "factuality": hop.factuality if hop.grounds else "negated",
        "thickness": round(1.2 + 3.8 * hop.confidence, 1),
        "x": x + _disc(number) / 2,
        "y": y,
        "left": curve.left,
        "disc": _disc(number),
        "above": over,
        "below": under,
        "says": f"Hop {number}: {ends[0]} {' '.join(above)} {ends[1]}; {', '.join(below)}",
    }


def _head(curve: Curve, blocked: bool) -> str:
    """The end of an arrow: a head that points at the effect, or a bar before what was prevented."""
    x, y = curve.tip
    if blocked:
        return f"M{x - 4 * curve.way:g} {y - 9:g}v18h{3 * curve.way}v-18z"
    return f"M{x:g} {y:g}l{-HEAD * curve.way:g} -5.5v11z"


def _days(event: Event) -> tuple[date | None, date | None]:
    """The first and the last day on which an event can have happened."""
    return (event.when.earliest, event.when.last_day) if event.when else (None, None)
