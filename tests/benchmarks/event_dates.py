"""Dates of events against TimeBank and AQUAINT: the days that each rule gives, beside those that the gold links leave.

    python tests/benchmarks/event_dates.py ../shared/data/tempeval3 [--held-out] [--wrong RULE]

The gold events are given, the time expressions are newsloom's. What is known of a gold event's days comes from its
links to gold times: included, simultaneous and during give them, before and after a limit (the day of a time before
or after which it is left to both, as a link to the hour of publication may mean either), several are intersected.

A date is right when it shares a day with what is known. `dated` are events with days of their own, more than the day of
publication as the last one; `placed` events are those that gold puts inside a time, where a wrong date shows.
Rules are written looking at the development part (timebank.py), whose errors `--wrong` lists.
"""

import argparse
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple

from timebank import split
from timex import article

from newsloom.graph.edtf import to_edtf
from newsloom.graph.reading import dates, status, times
from newsloom.graph.reading.events import tense
from newsloom.graph.reading.parse import Parse, Parser
from newsloom.graph.reading.timex import days_of
from newsloom.graph.types import EventValue, Mention
from newsloom.schemas import load_schema
from newsloom.schemas.types import Schema

INSIDE = ("IS_INCLUDED", "DURING", "SIMULTANEOUS", "IDENTITY")
BEFORE = ("BEFORE", "IBEFORE", "ENDED_BY")
AFTER = ("AFTER", "IAFTER", "BEGUN_BY")
TURNED = {"INCLUDES": "IS_INCLUDED", "BEFORE": "AFTER", "AFTER": "BEFORE", "IBEFORE": "IAFTER", "IAFTER": "IBEFORE"}


class Known(NamedTuple):
    """What gold knows of an event's days, half-open, and whether it puts them inside a time."""

    earliest: date
    latest: date
    placed: bool


class Judged(NamedTuple):
    """One gold event's date beside what is known of it."""

    rule: str
    placed: bool
    right: bool
    equal: bool
    text: str


def known(document: dict) -> dict[str, Known]:
    """What the links of a document say of the days of its events; nothing where they contradict one another."""
    days = {t["tid"]: days_of(t["value"]) for t in document["timexes"] if t["type"] in ("DATE", "TIME")}
    days[document["dct_tid"]] = days_of(document["dct"])
    found: dict[str, Known] = {}
    for link in document["tlinks"]:
        event, relation, place = link["source"], link["rel"], link["target"]
        if event in days:
            event, relation, place = place, TURNED.get(relation, relation), event
        if event in days or days.get(place) is None:
            continue
        first, end = days[place][:2]
        limits = _limits(relation, first, end)
        if limits is not None:
            old = found.get(event, Known(date.min, date.max, False))
            found[event] = Known(
                max(old.earliest, limits[0]), min(old.latest, limits[1]), old.placed or relation in INSIDE
            )
    return {event: days for event, days in found.items() if days.earliest < days.latest}


def _limits(relation: str, first: date, end: date) -> tuple[date, date] | None:
    if relation in INSIDE:
        return first, end
    if relation in BEFORE:
        return date.min, end
    return (first, date.max) if relation in AFTER else None


def mentions(parse: Parse, document: dict) -> list[Mention]:
    """The gold events as mentions without a type."""
    found = []
    for event in document["events"]:
        start, end = event["start"], event["end"]
        token = parse.tokens(start, end).root
        value = EventValue(token.lemma_, (start, end), tense=tense(token))
        found.append(parse.mention(start, end, "event", event["class"], value, event["eid"]))
    return found


def judged(parse: Parse, document: dict, events: Iterable[Mention]) -> Iterator[Judged]:
    """Every dated event of which gold knows something."""
    days = known(document)
    for event in events:
        when, gold = event.value.when, days.get(event.rule)  # type: ignore[union-attr]
        if gold is None:
            continue
        first = (when and when.earliest) or date.min
        end = (when and when.latest) or date.max
        sentence = parse.head(event).sent.text.replace("\n", " ")
        rule = when.rule if when else "none"
        limits = " ".join(str(day) for day in gold[:2])
        text = f"{event.text}: {to_edtf(when)} “{when.phrase if when else None}”, gold {limits} | {sentence}"
        right = first < gold.latest and gold.earliest < end
        yield Judged(rule, gold.placed, right, (first, end) == gold[:2], f"{document['dct']} {text}")


def report(found: list[Judged]) -> None:
    own = [one for one in found if one.rule not in ("none", "publication")]
    placed = [one for one in own if one.placed]
    total = sum(one.placed for one in found)
    print(f"{len(found)} gold events with days known, {len(own)} of them dated, {_share(own)} of these right")
    print(
        f"{total} of them placed, {len(placed)} of these dated, {_share(placed)} of these right, "
        f"{sum(one.equal for one in placed) / max(1, len(placed)):.3f} to the day"
    )
    for rule, count in Counter(one.rule for one in found).most_common():
        by_rule = [one for one in found if one.rule == rule]
        inside = [one for one in by_rule if one.placed]
        print(f"  {rule:12} {count:5} right {_share(by_rule)}   placed {len(inside):5} right {_share(inside)}")


def _share(found: list[Judged]) -> str:
    return f"{sum(one.right for one in found) / max(1, len(found)):.3f}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="the folder with timebank.jsonl and aquaint.jsonl")
    parser.add_argument("--held-out", action="store_true", help="count the held-out part instead")
    parser.add_argument("--wrong", metavar="RULE", help="list what this rule got wrong in the development part")
    asked = parser.parse_args()
    documents = split(asked.folder)[asked.held_out]
    schema: Schema = load_schema()
    found: list[Judged] = []
    seconds, words = 0.0, 0
    for parse, document in zip(Parser().parse(map(article, documents)), documents, strict=True):
        events, _ = status.assess(parse, mentions(parse, document), [], schema)
        expressions = times.find(parse, schema)
        start = time.process_time()
        dated, _ = dates.assign(parse, events, expressions, schema)
        seconds, words = seconds + time.process_time() - start, words + len(parse.doc)
        found.extend(judged(parse, document, dated))
    print(
        f"{'held out' if asked.held_out else 'development'}, {len(documents)} documents, "
        f"{seconds / words * 1e6:.0f} microseconds a word"
    )
    report(found)
    if asked.wrong and not asked.held_out:
        print(*(f"- {one.text}" for one in found if one.rule == asked.wrong and not one.right), sep="\n")


if __name__ == "__main__":
    main()
