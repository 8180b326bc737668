"""How often an event is given the place that its sentence tells.

    python tests/benchmarks/event_places.py ../shared/data/ecbplus/train_dev.jsonl [--held-out]
    python tests/benchmarks/event_places.py --read ../shared/data/bbc/docs.jsonl [--articles 200] [--seed 11]

ECB+ has gold events and places, but nothing that ties them. Counted are validated sentences with one gold place
(LOC_GEO or LOC_FAC) and one gold event (ACTION_OCCURRENCE) that newsloom finds: how often newsloom has the place at
all, and how often it is the event's. Not every such place is the event's, so 100 % is not the aim. `--read` prints
random pairs of event and place with their sentence, from a fixed seed, for a reader to judge.
"""

import argparse
import json
import random
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from newsloom.graph import knowledge as room
from newsloom.graph.knowledge import Knowledge
from newsloom.graph.reading import events, names, roles
from newsloom.graph.reading.parse import Parse, Parser
from newsloom.graph.types import Article, EventValue, Link, Mention, Span
from newsloom.schemas import load_schema
from newsloom.schemas.types import Schema

LOCATIONS = {"LOC_GEO", "LOC_FAC"}


def main() -> None:
    """Prints the counts, or pairs to read."""
    options = argparse.ArgumentParser()
    options.add_argument("path", type=Path)
    options.add_argument("--held-out", action="store_true")
    options.add_argument("--read", action="store_true")
    options.add_argument("--articles", type=int, default=200)
    options.add_argument("--pairs", type=int, default=60)
    options.add_argument("--seed", type=int, default=11)
    given = options.parse_args()
    rows = [json.loads(line) for line in given.path.read_text(encoding="utf-8").splitlines()]
    schema, knowledge = load_schema(), room.load()
    if given.read:
        chance = random.Random(given.seed)
        chosen = chance.sample(rows, min(given.articles, len(rows)))
        read(chosen, schema, knowledge, given.pairs, chance)
    else:
        part = "dev" if given.held_out else "train"
        count([row for row in rows if row["split"] == part], schema, knowledge)


def parses_of(rows: list[dict]) -> Iterator[Parse]:
    return Parser().parse(Article(id=row["id"], text=row["text"], title=row.get("title")) for row in rows)


def scenes_of(parse: Parse, schema: Schema, knowledge: Knowledge) -> tuple[dict[str, Mention], list[Link]]:
    """An article's events and places by id, and its links from events to their places."""
    people = names.find(parse, schema, knowledge)
    found = events.find(parse, schema)
    mentions = {m.id: m for m in (*people, *found) if m.kind in ("event", "place")}
    return mentions, [link for link in roles.find(parse, found, people, schema) if link.type == "place"]


def count(rows: list[dict], schema: Schema, knowledge: Knowledge) -> None:
    """Print how many of the sentences have their place, and how many events theirs."""
    counts: Counter[str] = Counter()
    for row, parse in zip(rows, parses_of(rows), strict=True):
        mentions, links = scenes_of(parse, schema, knowledge)
        counts["events"] += sum(m.kind == "event" for m in mentions.values())
        counts["with a place"] += len({link.source for link in links})
        for number in row["validated_sentences"]:
            gold = [m for m in row["mentions"] if m["sentence"] == number]
            spots = [m for m in gold if m["tag"] in LOCATIONS]
            acts = [m for m in gold if m["tag"] == "ACTION_OCCURRENCE" and _found(m, mentions)]
            if len(spots) != 1 or len(acts) != 1:
                continue
            counts["sentences"] += 1
            places = {m.id for m in mentions.values() if m.kind == "place" and _overlap(m.span, spots[0])}
            own = {link.target for link in links if link.source in _found(acts[0], mentions)}
            counts["place found"] += bool(places)
            counts["linked"] += bool(places & own)
            counts["another place linked"] += bool(own - places)
    print(f"all events: {counts['events']}, with a place {counts['with a place']}")
    print(f"sentences with one gold place and one gold event that is found: {counts['sentences']}")
    for name in ("place found", "linked", "another place linked"):
        print(f"  {name}: {counts[name]} = {counts[name] / counts['sentences']:.3f}")


def _found(gold: dict, mentions: dict[str, Mention]) -> set[str]:
    """The events whose trigger stands in a gold mention."""
    return {
        m.id
        for m in mentions.values()
        if isinstance(m.value, EventValue) and m.value.trigger[0] < gold["end"] and gold["start"] < m.value.trigger[1]
    }


def _overlap(span: Span, gold: dict) -> bool:
    return span.start < gold["end"] and gold["start"] < span.end


def read(rows: list[dict], schema: Schema, knowledge: Knowledge, number: int, chance: random.Random) -> None:
    """Print random pairs of event and place."""
    pairs, total = [], 0
    for parse in parses_of(rows):
        mentions, links = scenes_of(parse, schema, knowledge)
        total += sum(m.kind == "event" for m in mentions.values())
        for link in links:
            event, place = mentions[link.source], mentions[link.target]
            sentence = " ".join(parse.head(event).sent.text.split())
            pairs.append((event.id, f"{event.type} [{event.text}] – [{place.text}] ({link.rule})\n    {sentence}"))
    print(f"{total} events in {len(rows)} articles, {len({id for id, _ in pairs})} with a place")
    for n, (_, text) in enumerate(chance.sample(pairs, min(number, len(pairs))), start=1):
        print(f"{n}. {text}")


if __name__ == "__main__":
    main()
