"""Time expressions against TempEval-3's TimeBank and AQUAINT: relaxed span F1 and value F1.

    python tests/benchmarks/timex.py ../shared/data/tempeval3 [--held-out]

As TempEval-3 counts: a span is right when it overlaps a gold one (each used once), a value when it is
right besides; the publication time is given and not counted. Rules are written looking at the development
part (timebank.py); the held-out part is only counted, and only with --held-out.

The last figure leaves out gold values that are wrong or open on their face (`doubtful`), whatever newsloom says.
"""

import argparse
import re
import time
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from timebank import split

from newsloom.graph.articles.draft import Draft
from newsloom.graph.articles.finish import finish
from newsloom.graph.reading import times
from newsloom.graph.reading.parse import Parse, Parser
from newsloom.graph.types import Article, Mention
from newsloom.schemas import load_schema
from newsloom.schemas.types import Schema

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
DAY = re.compile(r"(\d{4}-\d\d-\d\d)(?:T.*)?$")
MALFORMED = re.compile(r"\d{4}-(?:XX(?:-XX)?|W\dX?|WXX|\d\d-XX)$|\d{3}X$|\d\dXX$|\d{4}-\d\d-\d\dT\d\d$")


def article(document: dict) -> Article:
    """The article as a JSON line of it would be read: its text untouched, its dateline found."""
    draft = Draft(text=document["text"], id=document["id"], published=document["dct"], language="en", exact=True)
    finished = finish(draft, document["id"], document["id"])
    assert isinstance(finished, Article), finished.reason
    return finished


def pairs(found: list[Mention], gold: Iterable[dict]) -> list[tuple[Mention, dict]]:
    """Gold expressions with the one found that overlaps each most, every one used once."""
    used: set[str] = set()
    matched = []
    for expression in gold:
        start, end = expression["start"], expression["end"]
        near = [m for m in found if m.id not in used and m.span.start < end and start < m.span.end]
        if near:
            best = max(near, key=lambda m: min(m.span.end, end) - max(m.span.start, start))
            used.add(best.id)
            matched.append((best, expression))
    return matched


def doubtful(expression: dict) -> bool:
    """Whether a gold value is none that TempEval-3's rules give: the wrong weekday, a week that is not told though the
    day of publication is known (1989-WXX), a week of one digit, a decade or century with an X, an hour without minutes.
    """
    named = [n for n, name in enumerate(WEEKDAYS, 1) if name in expression["text"].lower()]
    day = DAY.match(expression["value"])
    contradicted = len(named) == 1 and day is not None and date.fromisoformat(day[1]).isoweekday() != named[0]
    return contradicted or MALFORMED.match(expression["value"]) is not None


def score(parses: Iterable[Parse], documents: Iterable[dict], schema: Schema) -> dict[str, float]:
    """Counts over some documents as precision, recall, F1 of spans, F1 of values and of types, seconds a word."""
    gold = found = spans = values = types = words = 0
    left_out = matched_left_out = values_left_out = 0
    seconds = 0.0
    for parse, document in zip(parses, documents, strict=True):
        start = time.perf_counter()
        mentions = times.find(parse, schema)
        seconds += time.perf_counter() - start
        matched = pairs(mentions, document["timexes"])
        gold += len(document["timexes"])
        found += len(mentions)
        spans += len(matched)
        right = [expression for mention, expression in matched if mention.value.value == expression["value"]]  # type: ignore[union-attr]
        values += len(right)
        left_out += sum(map(doubtful, document["timexes"]))
        matched_left_out += sum(doubtful(expression) for _, expression in matched)
        values_left_out += sum(map(doubtful, right))
        types += sum(mention.type == expression["type"] for mention, expression in matched)
        words += len(parse.doc)
    total = gold + found
    return {
        "precision": spans / found,
        "recall": spans / gold,
        "span F1": 2 * spans / total,
        "value F1": 2 * values / total,
        "type F1": 2 * types / total,
        "microseconds a word": seconds / words * 1e6,
        f"value F1 without {left_out} doubtful": 2 * (values - values_left_out) / (total - left_out - matched_left_out),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="the folder with timebank.jsonl and aquaint.jsonl")
    parser.add_argument("--held-out", action="store_true", help="count the held-out part instead")
    asked = parser.parse_args()
    found = split(asked.folder)[asked.held_out]
    figures = score(list(Parser().parse(map(article, found))), found, load_schema())
    name = "held out" if asked.held_out else "development"
    print(f"{name}, {len(found)} documents", *(f"{label} {value:.3f}" for label, value in figures.items()), sep="  ")


if __name__ == "__main__":
    main()
