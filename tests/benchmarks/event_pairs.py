"""How many pairs of event mentions are compared for each article that is added.

    python tests/benchmarks/event_pairs.py ../shared/data/reuters/docs.jsonl.gz [--articles 500 1000 2000]

Articles in the order of their publication; counted are the pairs whose later mention stands in one of the last hundred
articles, over articles and inside them: what adding these hundred costs. It should stay about flat.
"""

import argparse
import gzip
import json
import time
from collections.abc import Sequence
from itertools import chain
from pathlib import Path

from newsloom.graph import knowledge as room
from newsloom.graph import pipeline
from newsloom.graph.corpus import Held, in_order
from newsloom.graph.knowledge import Knowledge
from newsloom.graph.reading.event_model import event_model
from newsloom.graph.reading.parse import Parser
from newsloom.graph.types import Article, Reading
from newsloom.graph.weaving.across import candidates, compared
from newsloom.graph.weaving.decided import Decided
from newsloom.graph.weaving.happenings import happenings, scene_of, tell
from newsloom.graph.weaving.settling import settled
from newsloom.schemas import load_schema
from newsloom.schemas.types import Schema

LAST = 100
SHORT = 400  # characters of an article that is left out


def main() -> None:
    """Prints the pairs for each of the last articles, and the time that weaving takes."""
    options = argparse.ArgumentParser()
    options.add_argument("path", type=Path)
    options.add_argument("--articles", type=int, nargs="+", default=[500, 1000, 2000])
    given = options.parse_args()
    schema, knowledge = load_schema(), room.load()
    articles = articles_in(given.path)[: max(given.articles)]
    readings = list(pipeline.read(articles, Parser(event_model()), schema, knowledge))
    for number in given.articles:
        print(line(readings[:number], schema, knowledge))


def articles_in(path: Path) -> list[Article]:
    """The articles by day of publication."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        rows = [row for row in map(json.loads, lines) if row["text"] and len(row["text"]) > SHORT]
    rows.sort(key=lambda row: row["date"] or "")
    return [Article(id=r["id"], text=r["text"].strip("\x03\n "), title=r["title"], published=r["date"]) for r in rows]


def line(readings: Sequence[Reading], schema: Schema, knowledge: Knowledge) -> str:
    """How many pairs there are for each of the last articles, and how long all are woven."""
    ordered = tuple(in_order(readings))
    last = {reading.article.id for reading in ordered[-LAST:]}
    corpus = Held(ordered)
    known = settled(corpus, schema, knowledge, Decided())
    scene = scene_of(ordered, known, schema)
    told = [
        list(tell(tuple(corpus.readings(articles)), scene, known, known.rarity).values())
        for articles in happenings(known.groups)
    ]
    counts = [
        sum(later.article in last for some in told for _, later in compared(some, scene, within))
        for within in (False, True)
    ]
    cases = [one.case for one in sorted(chain(*told), key=lambda one: one.place)]
    ruled = sum(not cases[later].articles.isdisjoint(last) for _, later in candidates(cases, scene))
    start = time.process_time()
    pipeline.weave(ordered, schema, knowledge)
    taken = time.process_time() - start
    over, inside, ruled_each = (count / LAST for count in (*counts, ruled))
    return (
        f"{len(ordered):5} articles, {len(cases):6} mentions: {over:6.1f} pairs over articles, {inside:5.1f} inside, "
        f"{ruled_each:6.1f} by type, actors and days, for each of the last {LAST}; woven in {taken:.1f} s"
    )


if __name__ == "__main__":
    main()
