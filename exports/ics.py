"""`.ics`: the dated events as a calendar (RFC 5545) for any calendar program.

An event takes up whole days: its day, its month, or all days in which it can have happened. A calendar
cannot say "by then" or "not so", so events of which only a last (or first) possible day is known,
undated, negated and hypothetical ones are left out, and the calendar's description says how many.
"""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, time
from pathlib import Path
from urllib.parse import quote

import icalendar

from ..graph.edtf import to_edtf
from ..graph.model import Graph
from ..graph.types import Event, Place
from .labels import clean, credit, words
from .text import unicode_text

DOMAIN = "newsloom.invalid"  # behind the `@` of every UID: reserved, so that it promises no web page
STATUS = {"asserted": "CONFIRMED", "planned": "TENTATIVE", "alleged": "TENTATIVE"}
MOST_SENTENCES = 3


def write(graph: Graph, path: Path) -> None:
    """Write the calendar of all events to `path`."""
    path.write_bytes(calendar(graph, graph.events))


def calendar(graph: Graph, events: Sequence[Event]) -> bytes:
    """The calendar of some events, the same bytes for the same graph: nothing in it is taken from the clock."""
    dated = [event for event in events if has_place(event)]
    made = icalendar.Calendar()
    made.add("prodid", "-//newsloom//timeline//EN")
    made.add("version", "2.0")
    made.add("name", "newsloom timeline")
    made.add("description", _contents(len(dated), len(events)))
    for event in dated:
        made.add_component(_entry(graph, event))
    return made.to_ical(sorted=False)


def has_place(event: Event) -> bool:
    """Whether a calendar can show an event: its first and last possible day are known, and it is told as real."""
    when = event.when
    return event.factuality in STATUS and when is not None and None not in (when.earliest, when.latest)


def _contents(shown: int, asked: int) -> str:
    left_out = f"; {asked - shown} without known days, negated or hypothetical left out" if shown < asked else ""
    return f"{shown} event{'' if shown == 1 else 's'}{left_out}"


def _entry(graph: Graph, event: Event) -> icalendar.Event:
    """One event as a VEVENT that blocks no time."""
    assert event.when
    entry = icalendar.Event()
    entry.add("uid", f"{quote(unicode_text(event.id))}@{DOMAIN}")
    entry.add("dtstamp", _stamp(graph, event))
    entry.add("dtstart", event.when.earliest)
    entry.add("dtend", event.when.latest)
    remark = "" if event.factuality == "asserted" else f" ({event.factuality})"
    entry.add("summary", f"{clean(event.name)}{remark}")
    entry.add("description", "\n".join(_description(graph, event)))
    if place := _place(graph, event):
        entry.add("location", ", ".join(_names(graph, place)))
        if place.lat is not None and place.lon is not None:
            entry.add("geo", (round(place.lat, 4), round(place.lon, 4)))
    entry.add("categories", [clean(event.type)])
    entry.add("status", STATUS[event.factuality])
    entry.add("transp", "TRANSPARENT")
    return entry


def _stamp(graph: Graph, event: Event) -> datetime:
    """The last day on which an article reported the event, else its own first day, as the time of the entry."""
    articles = {span.article for span in graph.sentences(event)}
    reported = [day for article in articles if (day := graph.articles[article].day)]
    assert event.when
    assert event.when.earliest
    return datetime.combine(max(reported, default=event.when.earliest), time(), UTC)


def _description(graph: Graph, event: Event) -> Iterable[str]:
    """What says so, a sentence an article with its source, and how the days were read."""
    sentences = graph.sentences(event)
    first = {span.article: span for span in reversed(sentences)}
    quoted = [span for span in sentences if span is first[span.article]][:MOST_SENTENCES]
    for span in quoted:
        article = graph.articles[span.article]
        source = " ".join(filter(None, (credit(article), clean(article.url or ""))))
        yield f"“{clean(article.text[span.start : span.end])}”{f' — {source}' if source else ''}"
    if len(quoted) < len(sentences):
        yield f"and {len(sentences) - len(quoted)} more"
    assert event.when
    phrase = f", from “{clean(event.when.phrase)}”" if event.when.phrase else ""
    rule = f", by rule {clean(event.when.rule)}" if event.when.rule else ""
    yield f"{words(event.when)} ({to_edtf(event.when)}, {event.when.precision}){phrase}{rule}"


def _place(graph: Graph, event: Event) -> Place | None:
    """Where it happened: the place that is surest, of equal ones one that lies in another."""
    places = [
        (-relation.confidence, place.within is None, place.id, place)
        for relation in graph.outgoing.get(event.id, ())
        if relation.type == "place" and isinstance(place := graph.nodes.get(relation.target), Place)
    ]
    return min(places)[-1] if places else None


def _names(graph: Graph, place: Place) -> list[str]:
    """The names of a place and of what it lies in, nearest first."""
    found: dict[str, str] = {}
    here: Place | None = place
    while here is not None and here.id not in found:
        found[here.id] = clean(here.name)
        around = graph.nodes.get(here.within or "")
        here = around if isinstance(around, Place) else None
    return list(filter(None, found.values()))
