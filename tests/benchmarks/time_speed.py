"""What the reading of time costs beside one bare spaCy pass over the same text, in the same run.

    python tests/benchmarks/time_speed.py [articles.jsonl] [--articles 300] [--profile]

Prints the CPU seconds of finding time expressions (`times`), dating events (`dates`) and ordering them
(`order`), each as a share of the pass; all of it is to be at most 15 %. Reads what speed.py reads.
"""

import argparse
import cProfile
import pstats
from pathlib import Path

from speed import BBC, articles, cpu_seconds

from newsloom.graph import knowledge as knowledge_room
from newsloom.graph import pipeline
from newsloom.graph.reading import dates, order, times
from newsloom.graph.reading.parse import Parser
from newsloom.schemas import load_schema


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("path", type=Path, nargs="?", default=BBC)
    options.add_argument("--articles", type=int, default=300)
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--profile", action="store_true")
    asked = options.parse_args()

    parser, schema, knowledge = Parser(), load_schema(), knowledge_room.load()
    chosen = articles(asked.path, asked.articles)
    parses = list(parser.parse(chosen))
    readings = [pipeline.read_parse(parse, schema, knowledge) for parse in parses]
    mentions = [(parse, reading.mentions) for parse, reading in zip(parses, readings, strict=True)]
    events = [(parse, [m for m in found if m.kind == "event"]) for parse, found in mentions]
    timed = [(parse, [m for m in found if m.kind == "time"]) for parse, found in mentions]

    def bare() -> None:
        for _ in parser.nlp.pipe((article.text for article in chosen), batch_size=32):
            pass

    def find_times() -> None:
        for parse in parses:
            times.find(parse, schema)

    def assign_dates() -> None:
        for (parse, happened), (_, when) in zip(events, timed, strict=True):
            dates.assign(parse, happened, when, schema)

    def find_order() -> None:
        for parse, happened in events:
            order.find(parse, happened, schema)

    steps = {"times": find_times, "dates": assign_dates, "order": find_order}
    if asked.profile:
        profile = cProfile.Profile()
        profile.runcall(lambda: [step() for step in steps.values()])
        pstats.Stats(profile).sort_stats("tottime").print_stats(35)
        return
    shares = []
    for _ in range(asked.rounds):
        spacy_seconds = cpu_seconds(bare)
        seconds = {name: cpu_seconds(step) for name, step in steps.items()}
        shares.append(sum(seconds.values()) / spacy_seconds)
        each = ", ".join(f"{name} {taken / spacy_seconds:.1%}" for name, taken in seconds.items())
        print(f"{len(chosen)} articles: bare spaCy {spacy_seconds:.1f} CPU s; {each}; together {shares[-1]:.1%}")
    print(f"median share {sorted(shares)[len(shares) // 2]:.1%} (at most 15 %)")


if __name__ == "__main__":
    main()
