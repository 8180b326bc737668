"""What led to an event, or followed from it, as a page: a drawing, and beside it the sentence behind each hop.

    causes_page(graph, graph.why("Iran launches drones"))    one HTML document, complete and offline

It can be read without its script: every arrow is a link to its sentences, every hop one to its arrow.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import count
from typing import Any

from ..graph.asking.reasons import Answer, Ground, Hop, Route
from ..graph.model import Graph
from ..graph.types import Event
from .causes_drawing import OF_EVENT, STATUS, day, draw, kind, named, percent, sources, status, tie
from .labels import clean, plain
from .offline import asset, environment, inline, policy, style

SCRIPT = "assets/causes.js"
MOST_HOPS = 200  # of one page
MOST_OTHERS = 12
TITLES = {"why": "Why", "effects": "What followed", "chain": "From cause to effect"}
HEADS = {"why": "What led to it", "effects": "What followed from it", "chain": "Step by step"}
PREVENTED = {"why": "What is said to have prevented it", "effects": "What it is said to have prevented"}
NOTHING = {"why": "No cause of it is stated in the articles.", "effects": "No effect of it is stated in the articles."}


def causes_page(graph: Graph, answer: Answer | Sequence[Route]) -> str:
    """A complete HTML document that shows an answer, or the ways from a cause to a late effect, with its evidence.

    At most `MOST_HOPS` hops are shown, the nearest and surest first; the page says how many were left out.
    """
    writer = Writer(graph)
    if isinstance(answer, Answer):
        shown = {"title": TITLES[answer.direction], "asked": clean(answer.asked)} | writer.answer(answer)
    else:
        shown = {"title": TITLES["chain"], "asked": ""} | writer.routes(answer)
    scripts = [asset(SCRIPT)]
    page = environment().get_template("assets/causes.html")
    return page.render(
        **shown,
        style=style("assets/causes.css"),
        scripts=[inline(script) for script in scripts],
        policy=policy(scripts),
        legend=_legend(shown["parts"]),
    )


class Writer:
    """Answers as data for the template; hops are numbered as the page tells them."""

    def __init__(self, graph: Graph):
        self.graph = graph
        self.numbers = count(1)

    def answer(self, answer: Answer) -> dict[str, Any]:
        """One part: the event, the tree of its hops, what was prevented and what is only denied."""
        hops = answer.hops[:MOST_HOPS]
        kept = [h for h in (*answer.prevented, *answer.denied) if h not in hops][: max(0, MOST_HOPS - len(hops))]
        told: dict[str, int] = {}
        drawn: list[tuple[int, Hop]] = []
        tree = self._tree(hops, answer.event, answer.direction, told, drawn)
        summary = _summary(drawn, answer.direction)
        lists = [{"head": HEADS[answer.direction], "items": tree}] if tree else []
        for head, apart in ((PREVENTED[answer.direction], answer.prevented), ("Only denied", answer.denied)):
            items = self._tree([h for h in kept if h in apart], answer.event, answer.direction, told, drawn)
            lists += [{"head": head, "items": items}] if items else []
        fitting = (*answer.silent, *answer.others)
        others = [self._event(event) for event in fitting[:MOST_OTHERS]]
        part = self._part(1, answer.event, named(answer.event), lists, told, drawn)
        return {
            "subject": part["title"],
            "parts": [part | {"nothing": "" if tree else NOTHING[answer.direction]}],
            "summary": summary if tree else "",
            "left_out": answer.more + len(answer.hops) - len(hops),
            "others": others,
            "more_others": len(fitting) - len(others),
        }

    def routes(self, routes: Sequence[Route]) -> dict[str, Any]:
        """A part for each way, the surest first, as many as have room."""
        parts, room = [], MOST_HOPS
        for number, route in enumerate(routes, 1):
            if len(route.hops) > room:
                break
            room -= len(route.hops)
            told: dict[str, int] = {}
            drawn: list[tuple[int, Hop]] = []
            items = [item for hop in route.hops for item in self._tree([hop], hop.cause, "effects", told, drawn)]
            lists = [{"head": HEADS["chain"], "items": items}]
            title = f"Way {number}: {len(items)} hop{'s' if len(items) != 1 else ''}, {percent(route.confidence)}"
            parts.append(self._part(number, route.hops[0].cause, title, lists, told, drawn) | {"nothing": ""})
        ends = [named(event) for event in (routes[0].hops[0].cause, routes[0].hops[-1].effect)] if routes else []
        return {
            "subject": " → ".join(ends),
            "parts": parts,
            "summary": f"{len(routes)} way{'s' if len(routes) != 1 else ''} from the one to the other.",
            "left_out": sum(len(route.hops) for route in routes[len(parts) :]),
            "others": [],
            "more_others": 0,
        }

    def _part(
        self,
        number: int,
        event: Event,
        title: str,
        lists: list[dict[str, Any]],
        told: Mapping[str, int],
        drawn: Sequence[tuple[int, Hop]],
    ) -> dict[str, Any]:
        drawing = draw(self.graph, event, drawn, told, number) if drawn else None
        return {"number": number, "title": title, "event": self._event(event), "lists": lists, "drawing": drawing}

    def _tree(
        self,
        hops: Sequence[Hop],
        event: Event,
        direction: str,
        told: dict[str, int],
        drawn: list[tuple[int, Hop]],
    ) -> list[dict[str, Any]]:
        """The hops at an event as items, each with those behind it; an event's own hops are told once."""
        at: dict[str, list[Hop]] = defaultdict(list)
        for hop in hops:
            at[(hop.effect if direction == "why" else hop.cause).id].append(hop)

        def items(near: Event) -> list[dict[str, Any]]:
            found = []
            for hop in at.pop(near.id, ()):
                far = hop.cause if direction == "why" else hop.effect
                number = next(self.numbers)
                again = told.get(far.id) if far.id != event.id else None
                told.setdefault(far.id, number)
                drawn.append((number, hop))
                found.append(self._item(number, hop, near, far) | {"again": again, "items": items(far)})
            return found

        return items(event)

    def _item(self, number: int, hop: Hop, near: Event, far: Event) -> dict[str, Any]:
        """A hop as an item of the list."""
        many = sources(hop.grounds)
        notes = [f"{percent(hop.confidence)} sure", f"{many} independent source{'s' if many != 1 else ''}"]
        quotes = [_quote(ground) for ground in hop.grounds]
        return {
            "number": number,
            "words": tie(self.graph, hop.relation, near.id),
            "also": [tie(self.graph, relation, near.id) for relation in hop.relations[1:]],
            "event": self._event(far),
            "status": status(hop),
            "notes": notes if hop.grounds else [],
            "backwards": hop.backwards,
            "quotes": quotes[:1],
            "more": quotes[1:],
            "denials": [_quote(ground) for ground in hop.denials],
        }

    def _event(self, event: Event) -> dict[str, Any]:
        known = self.graph.schema.event_types.get(event.type)
        return {
            "id": clean(event.id),
            "name": named(event),
            "kind": " · ".join(kind(self.graph, event)),
            "colour": known.colour if known else "#777777",
            "day": day(event),
            "status": OF_EVENT[event.factuality],
            "factuality": event.factuality,
        }


def _quote(ground: Ground) -> dict[str, Any]:
    """A sentence in pieces, its cue apart, and where it stands."""
    start, end = ground.cue_at or (0, 0)
    text = ground.sentence
    pieces = [(text[:start], False), (text[start:end], True), (text[end:], False)]
    notes = [clean(ground.outlet or ""), _published(ground.published), f"characters {ground.start}–{ground.end}"]
    notes += [f"rule {clean(ground.rule)}", percent(ground.confidence)]
    return {
        "pieces": [(plain(piece), is_cue) for piece, is_cue in pieces if piece],
        "title": clean(ground.title or "") or clean(ground.article),
        "url": _address(ground.url),
        "notes": [note for note in notes if note],
        "claimant": clean(ground.claimant or ""),
        "status": STATUS[ground.factuality],
    }


def _address(url: str | None) -> str | None:
    """An address that leads to a page, and nothing else that may stand in its place."""
    return url if url and url.isprintable() and re.fullmatch(r"https?://\S+", url, re.IGNORECASE) else None


def _published(text: str | None) -> str:
    """A day of publication as a person writes it."""
    try:
        when = date.fromisoformat((text or "")[:10])
    except ValueError:
        return clean(text or "")
    return f"{when.day} {when:%B} {when.year}"


def _summary(drawn: Sequence[tuple[int, Hop]], direction: str) -> str:
    """How much the page tells, in a sentence."""
    ends = {(hop.cause if direction == "why" else hop.effect).id for _, hop in drawn}
    articles = {ground.article for _, hop in drawn for ground in (*hop.grounds, *hop.denials)}
    what = "event that led to it" if direction == "why" else "event that followed"
    several = what.replace("event that", "events that")
    return (
        f"{len(ends)} {what if len(ends) == 1 else several}, {len(drawn)} hop{'s' if len(drawn) != 1 else ''}, "
        f"from {len(articles)} article{'s' if len(articles) != 1 else ''}."
    )


def _legend(parts: Iterable[Mapping[str, Any]]) -> list[tuple[str, str]]:
    """The status that lines and boxes have, with its word, as far as it occurs; "denied" is said of lines alone."""
    drawings = [part["drawing"] for part in parts if part["drawing"]]
    found = {line["factuality"] for drawing in drawings for line in drawing["arrows"]}
    found |= {box["factuality"] for drawing in drawings for box in drawing["boxes"]} - {"negated"}
    return [(factuality, word) for factuality, word in STATUS.items() if word and factuality in found]
