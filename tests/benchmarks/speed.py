"""What reading costs, all trained models asked, beside one bare spaCy pass over the same text, in the same run.

    python tests/benchmarks/speed.py [articles.jsonl] [--articles 300] [--profile]

Prints CPU seconds of both, their ratio, and words a CPU-second; reads JSON lines with a `text` field
(default: ../shared/data/bbc/docs.jsonl beside the checkout, else the bundled samples).
"""

import argparse
import cProfile
import json
import pstats
import random
import time
from collections.abc import Callable
from pathlib import Path

from newsloom.graph import knowledge as knowledge_room
from newsloom.graph import pipeline
from newsloom.graph.reading.causal_tagger import causal_tagger
from newsloom.graph.reading.event_model import event_model
from newsloom.graph.reading.order_model import OrderModel
from newsloom.graph.reading.parse import Parser
from newsloom.graph.types import Article
from newsloom.schemas import load_schema

BBC = Path(__file__).parents[3] / "shared" / "data" / "bbc" / "docs.jsonl"


def articles(path: Path, count: int) -> list[Article]:
    """A fixed random choice of articles."""
    lines = path.read_text(encoding="utf-8").splitlines()
    chosen = random.Random(7).sample(lines, min(count, len(lines)))
    return [Article(id=str(n), text=json.loads(line)["text"], published="2005-01-03") for n, line in enumerate(chosen)]


def cpu_seconds(work: Callable[[], object]) -> float:
    """Process time of one call."""
    start = time.process_time()
    work()
    return time.process_time() - start


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("path", type=Path, nargs="?", default=BBC)
    options.add_argument("--articles", type=int, default=300)
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--profile", action="store_true")
    asked = options.parse_args()

    start = time.process_time()
    parser, schema, knowledge = Parser(event_model(), causal_tagger()), load_schema(), knowledge_room.load()
    judge = OrderModel()
    print(f"start-up: {time.process_time() - start:.1f} CPU s")
    chosen = articles(asked.path, asked.articles)
    words = sum(len(article.text.split()) for article in chosen)

    def bare() -> None:
        for _ in parser.nlp.pipe((article.text for article in chosen), batch_size=32):
            pass

    def read() -> None:
        for _ in pipeline.read(chosen, parser, schema, knowledge, judge):
            pass

    if asked.profile:
        parses = list(parser.parse(chosen))
        profile = cProfile.Profile()
        profile.runcall(lambda: [pipeline.read_parse(parse, schema, knowledge, judge) for parse in parses])
        pstats.Stats(profile).sort_stats("cumulative").print_stats(45)
        return
    ratios = []
    for _ in range(asked.rounds):
        spacy_seconds, reading_seconds = cpu_seconds(bare), cpu_seconds(read)
        ratios.append(reading_seconds / spacy_seconds)
        print(
            f"{len(chosen)} articles, {words} words: bare spaCy {spacy_seconds:.1f} CPU s "
            f"({words / spacy_seconds:.0f} words/s), reading {reading_seconds:.1f} CPU s, ratio {ratios[-1]:.2f}"
        )
    print(f"median ratio {sorted(ratios)[len(ratios) // 2]:.2f} (at most 3)")


if __name__ == "__main__":
    main()
