"""The same event in many articles is one node: event coreference in and across articles, against ECB+.

    python tests/benchmarks/event_coreference.py ../shared/data/ecbplus/train_dev.jsonl
        [--held-out] [--own] [--baselines]

Scored are the mentions in validated sentences, all topics together, with singletons: MUC, B-cubed, CEAF-e, and their
mean (CoNLL F1). All articles are woven together; nothing tells which topic one is of. Gold mentions become event
mentions as newsloom's own do: of a type where a trigger stands, else of none. With --own newsloom finds the mentions;
one is a gold one if its trigger is the head of that. Topics 2, 5, 12, 18, 21, 23, 34 and 35 are held out.

--baselines: gold mentions of one lemma, and of one lemma in articles that are grouped by tf-idf.
"""

import argparse
import json
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from coreference import report

from newsloom.graph import knowledge as room
from newsloom.graph import pipeline
from newsloom.graph.knowledge import Knowledge
from newsloom.graph.reading import events
from newsloom.graph.reading.event_model import event_model
from newsloom.graph.reading.parse import Parse, Parser, Token
from newsloom.graph.types import Article, Reading
from newsloom.graph.weaving.coverage import coverage, vectors_of
from newsloom.graph.weaving.rarity import Rarity, stems_of
from newsloom.schemas import load_schema
from newsloom.schemas.types import Schema

Clusters = list[set[str]]


def main() -> None:
    """Prints MUC, B-cubed, CEAF-e and CoNLL F1."""
    options = argparse.ArgumentParser()
    options.add_argument("path", type=Path)
    options.add_argument("--held-out", action="store_true")
    options.add_argument("--own", action="store_true")
    options.add_argument("--baselines", action="store_true")
    given = options.parse_args()
    rows = read_rows(given.path, "dev" if given.held_out else "train")
    schema, knowledge = load_schema(), room.load()
    parses = list(Parser(event_model()).parse(Article(id=row["id"], text=row["text"]) for row in rows))
    gold = gold_clusters(rows)
    if given.baselines:
        for name, found in baselines(rows, parses, schema):
            print(name)
            report(gold, found)
    own = own_clusters if given.own else given_clusters
    report(gold, own(rows, parses, schema, knowledge))


def read_rows(path: Path, part: str) -> list[dict]:
    """The documents of a part."""
    rows = (json.loads(line) for line in path.read_text(encoding="utf-8").splitlines())
    return [row for row in rows if row["split"] == part]


def gold_of(row: dict) -> list[dict]:
    """The gold events of a document that count."""
    return [m for m in row["mentions"] if m["sentence"] in row["validated_sentences"] and m["kind"] == "event"]


def gold_id(row: dict, mention: dict) -> str:
    return f"{row['id']}/{mention['id']}"


def gold_clusters(rows: Iterable[dict]) -> Clusters:
    """The gold clusters, with singletons."""
    clusters: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        for mention in gold_of(row):
            clusters[mention["cluster"] or gold_id(row, mention)].add(gold_id(row, mention))
    return list(clusters.values())


def head(parse: Parse, gold: dict) -> Token:
    """The token that carries a gold mention."""
    return parse.tokens(gold["start"], gold["end"]).root


def given_reading(row: dict, parse: Parse, schema: Schema, knowledge: Knowledge) -> tuple[Reading, dict[str, str]]:
    """An article read with its gold events for events, and the event mention of each gold one."""
    heads = {gold_id(row, m): head(parse, m) for m in gold_of(row)}
    tokens = {token.i: token for token in heads.values()}
    found = {i: events.mention_of(parse, token, schema) for i, token in sorted(tokens.items())}
    reading = pipeline.read_parse(parse, schema, knowledge, events_given=list(found.values()))
    return reading, {id: found[token.i].id for id, token in heads.items()}


def given_clusters(rows: list[dict], parses: list[Parse], schema: Schema, knowledge: Knowledge) -> Clusters:
    """What newsloom makes of the gold mentions."""
    readings: list[Reading] = []
    own: dict[str, str] = {}
    for row, parse in zip(rows, parses, strict=True):
        reading, mentions = given_reading(row, parse, schema, knowledge)
        readings.append(reading)
        own |= mentions
    return clusters_of(readings, own, schema, knowledge)


def own_clusters(rows: list[dict], parses: list[Parse], schema: Schema, knowledge: Knowledge) -> Clusters:
    """What newsloom makes of the events that it finds itself, in validated sentences."""
    readings: list[Reading] = []
    own: dict[str, str] = {}
    for row, parse in zip(rows, parses, strict=True):
        reading = pipeline.read_parse(parse, schema, knowledge)
        readings.append(reading)
        golds = {head(parse, m).i: gold_id(row, m) for m in gold_of(row)}
        counted = [row["sentences"][n] for n in row["validated_sentences"]]
        for mention in reading.mentions:
            if mention.kind == "event" and any(s["start"] <= mention.span.start < s["end"] for s in counted):
                own[golds.get(parse.head(mention).i, mention.id)] = mention.id
    return clusters_of(readings, own, schema, knowledge)


def clusters_of(readings: list[Reading], own: dict[str, str], schema: Schema, knowledge: Knowledge) -> Clusters:
    """The mentions of each node, by the ids that they are scored under."""
    graph = pipeline.weave(readings, schema, knowledge)
    clusters: dict[str, set[str]] = defaultdict(set)
    for id, mention in own.items():
        clusters[graph.resolution.get(mention, mention)].add(id)
    return list(clusters.values())


def baselines(rows: list[dict], parses: list[Parse], schema: Schema) -> Iterable[tuple[str, Clusters]]:
    """What to compare with: one cluster for each lemma, and for each lemma of articles that are alike."""
    lemmas: dict[str, set[str]] = defaultdict(set)
    grouped: dict[tuple[int, str], set[str]] = defaultdict(set)
    articles = [parse.article for parse in parses]
    stems = stems_of(articles, schema)
    groups = coverage(articles, vectors_of(stems, Rarity.among(stems.values())))
    for row, parse in zip(rows, parses, strict=True):
        for mention in gold_of(row):
            lemma = head(parse, mention).lemma_.lower()
            lemmas[lemma].add(gold_id(row, mention))
            grouped[groups[row["id"]], lemma].add(gold_id(row, mention))
    yield "same lemma", list(lemmas.values())
    yield "same lemma in articles alike by tf-idf", list(grouped.values())


if __name__ == "__main__":
    main()
