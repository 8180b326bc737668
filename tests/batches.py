"""A build in small, quick enough to be killed a hundred times: readings made by hand, batch by batch, then a graph.

Run as a program it builds in a child whenever a line on standard input names a store and the seconds after which the
child is killed (or `-`). It prints each batch once it is safe, then whether the child was killed.
"""

import os
import random
import signal
import sys
import time
from pathlib import Path

from small import small_schema

from newsloom.graph.model import Graph
from newsloom.graph.store import Store
from newsloom.graph.types import Actor, ActorValue, Article, Evidence, Mention, Reading, Relation, Report, Span

READER = "reader 1"
BATCHES, SIZE = 24, 4
NAMES = ("Ada", "Bea", "Cem", "Dora", "Emil", "Fay", "Gus", "Hana", "Ivo", "Juno")


def readings(batch: int, size: int = SIZE) -> list[Reading]:
    """The readings of a batch: the same whenever they are asked for."""
    return [_reading(f"{batch}-{n}") for n in range(size)]


def all_readings(batches: int = BATCHES) -> list[Reading]:
    return [reading for batch in range(batches) for reading in readings(batch)]


def _reading(id: str) -> Reading:
    choice = random.Random(id)
    words = [choice.choice(NAMES) for _ in range(60)]
    text = " ".join(words)
    mentions, start = [], 0
    for word in words:
        span = Span(id, start, start + len(word))
        value = ActorValue(word, wikidata=f"Q{choice.randrange(10**9)}")
        mentions.append(
            Mention(f"{id}:{span.start}-{span.end}:actor", span, "actor", "Person", word, value, "by-hand", 0.9)
        )
        start = span.end + 1
    return Reading(Article(id, text, title=f"Article {id}"), ((0, len(text)),), tuple(mentions), ())


def woven(said: list[Reading]) -> Graph:
    """A graph of them: a node for each name and each article, and who stands in which."""
    mentions = [mention for reading in said for mention in reading.mentions]
    actors = (
        Actor(f"actor/{name}", "Person", name, (), tuple(m.id for m in mentions if m.text == name)) for name in NAMES
    )
    reports = (Report(f"article/{r.article.id}", "Article", r.article.title or "", r.article.id) for r in said)
    relations = (
        Relation(
            f"actor/{name}",
            "reported-in",
            f"article/{r.article.id}",
            1.0,
            (Evidence(r.article.id, *r.sentences[0], "mention", 1.0),),
        )
        for r in said
        for name in sorted({mention.text for mention in r.mentions})
    )
    return Graph(small_schema(), said, (*actors, *reports), relations, {m.id: f"actor/{m.text}" for m in mentions})


def build(path: Path | str, batches: int = BATCHES, told=lambda _: None) -> None:
    """Add what is not there yet and weave, as a build does."""
    with Store.open(path, wait=0) as store:
        for batch in range(batches):
            new = readings(batch)
            if len(store.known((reading.article for reading in new), READER)) < len(new):
                store.add_readings(new, READER)
            told(batch)
        if store.is_stale:
            store.replace_graph(woven(list(store.readings())), store.revision, READER)
        told(batches)


def _in_child(path: str, seconds: str) -> None:
    child = os.fork()
    if not child:
        build(path, told=lambda batch: os.write(1, f"{batch}\n".encode()))
        os._exit(0)
    if seconds != "-":
        time.sleep(float(seconds))
        os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    print("killed" if status == signal.SIGKILL else f"ended {status}", flush=True)


if __name__ == "__main__":
    for line in sys.stdin:
        _in_child(*line.strip().split("\t"))
