"""Time expressions against TempEval-3's TimeBank and AQUAINT: relaxed span F1 and value F1.

    python tests/benchmarks/timex.py shared/data/tempeval3

As TempEval-3 counts: a span is right when it overlaps a gold one (each used once), a value when it is
right besides; the publication time is given and not counted. The documents are split in two halves
with a fixed seed: rules are written looking at the first, the second is only counted.
"""

import argparse
import json
import random
import time
from collections.abc import Iterable
from pathlib import Path

from newsloom.graph.reading import times
from newsloom.graph.reading.parse import Parse, Parser
from newsloom.graph.types import Article, Mention
from newsloom.schemas import load_schema
from newsloom.schemas.types import Schema

SEED = 7


def documents(folder: Path) -> list[dict]:
    """The documents of TimeBank and AQUAINT, in an order fixed by the seed."""
    paths = [folder / "timebank.jsonl", folder / "aquaint.jsonl"]
    found = [json.loads(line) for path in paths for line in path.read_text(encoding="utf-8").splitlines()]
    found.sort(key=lambda document: document["id"])
    random.Random(SEED).shuffle(found)
    return found


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


def score(parses: Iterable[Parse], documents: Iterable[dict], schema: Schema) -> dict[str, float]:
    """Counts over some documents as precision, recall, F1 of spans, F1 of values and of types, seconds a word."""
    gold = found = spans = values = types = words = 0
    seconds = 0.0
    for parse, document in zip(parses, documents, strict=True):
        start = time.perf_counter()
        mentions = times.find(parse, schema)
        seconds += time.perf_counter() - start
        matched = pairs(mentions, document["timexes"])
        gold += len(document["timexes"])
        found += len(mentions)
        spans += len(matched)
        values += sum(mention.value.value == expression["value"] for mention, expression in matched)  # type: ignore[union-attr]
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
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="the folder with timebank.jsonl and aquaint.jsonl")
    found = documents(parser.parse_args().folder)
    articles = [Article(id=d["id"], text=d["text"], published=d["dct"]) for d in found]
    parses = list(Parser().parse(articles))
    schema = load_schema()
    half = len(found) // 2
    for name, part in (("development", slice(None, half)), ("held out", slice(half, None))):
        figures = score(parses[part], found[part], schema)
        print(name, *(f"{label} {value:.3f}" for label, value in figures.items()), sep="  ")


if __name__ == "__main__":
    main()
