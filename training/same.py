"""Trains the score of two event mentions being one event, on the development topics of ECB+.

    pip install -e ".[train]"
    PYTHONPATH=tests/benchmarks python training/same.py ../shared/data/ecbplus/train_dev.jsonl --folds 5
    PYTHONPATH=tests/benchmarks python training/same.py ../shared/data/ecbplus/train_dev.jsonl -o graph/models/same

With --folds N every Nth topic is left out in turn, and what newsloom makes of their mentions is counted, all together;
nothing is written.
"""

import argparse
import json
from collections.abc import Mapping
from pathlib import Path

import event_coreference as benchmark
import numpy
from msgspec import Struct
from scipy.optimize import minimize

from newsloom.graph import knowledge as room
from newsloom.graph.knowledge import Knowledge
from newsloom.graph.reading.parse import Parser
from newsloom.graph.types import Article, Reading
from newsloom.graph.weaving import assemble, events, sameness
from newsloom.graph.weaving.across import compared
from newsloom.graph.weaving.cases import Scene
from newsloom.graph.weaving.clusters import in_order
from newsloom.graph.weaving.decided import Decided
from newsloom.graph.weaving.inside import roles_of
from newsloom.graph.weaving.sameness import Features, Sameness, Weights, wording
from newsloom.schemas import load_schema
from newsloom.schemas.types import Schema

WORDINGS = ("same", "kin", "other")
RIDGE = 30.0  # what large weights cost
FOR, AGAINST, EITHER = (0.0, None), (None, 0.0), (None, None)
SPEAKS_FOR = frozenset(
    ("lemma type manner agent recipient crossed subject object place day number sentence beside article vector").split()
) | {"crossed phrases", "share", "rarity", "taken up", "days allow"}
SPEAKS_AGAINST = frozenset(("far", "several", "one sentence", "in each other's sentence", "says")) | {
    f"other {what}" for what in "agent recipient people subject object place day number type manner status one".split()
}


class Read(Struct, frozen=True):
    """A document with its gold events: its topic, its reading, and the event mention of each gold one."""

    row: dict
    reading: Reading
    own: dict[str, str]


class Example(Struct, frozen=True):
    """A pair of mentions as the score sees it, and whether they are one event."""

    wording: str
    features: Features
    same: bool


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("path", type=Path)
    parser.add_argument("--folds", type=int, help="leave out every Nth topic in turn, and count")
    parser.add_argument("-o", "--output", type=Path, help="write the weights there")
    asked = parser.parse_args()
    if asked.folds is None and asked.output is None:
        parser.error("give --folds to measure or --output to write the weights")
    schema, knowledge = load_schema(), room.load()
    documents = read(asked.path, schema, knowledge)
    if asked.folds:
        measure(documents, asked.folds, schema, knowledge)
    if asked.output:
        write(fit(examples(documents, schema, knowledge)), asked.output)


def read(path: Path, schema: Schema, knowledge: Knowledge) -> list[Read]:
    """The development documents, read with their gold events."""
    rows = benchmark.read_rows(path, "train")
    parses = Parser().parse(Article(id=row["id"], text=row["text"]) for row in rows)
    return [
        Read(row, *benchmark.given_reading(row, parse, schema, knowledge))
        for row, parse in zip(rows, parses, strict=True)
    ]


def examples(documents: list[Read], schema: Schema, knowledge: Knowledge) -> list[Example]:
    """The pairs that newsloom compares in these documents, with what it compares and whether they are one event."""
    readings = tuple(in_order(document.reading for document in documents))
    nodes, resolution, _, covered = assemble.settled(readings, schema, knowledge, Decided())
    scene = Scene(nodes, resolution, schema, {m.id: m for reading in readings for m in reading.mentions})
    roles = {mention: own for reading in readings for mention, own in roles_of(reading).items()}
    told = events.tell(list(readings), roles, scene, covered.groups)
    judge = Sameness(scene, covered.vectors, {})
    event = gold_events(documents)
    return [
        Example(wording(one, other), judge.features(one, other), event[one.mention] == event[other.mention])
        for within in (True, False)
        for one, other in compared(told.values(), covered.groups, scene, within)
    ]


def gold_events(documents: list[Read]) -> dict[str, int]:
    """The gold cluster of each event mention."""
    found = {}
    clusters = benchmark.gold_clusters(document.row for document in documents)
    cluster_of = {mention: n for n, cluster in enumerate(clusters) for mention in cluster}
    for document in documents:
        found |= {own: cluster_of[gold] for gold, own in document.own.items()}
    return found


def fit(found: list[Example]) -> dict[str, Weights]:
    """A regression for each wording."""
    return {kind: _fit([example for example in found if example.wording == kind]) for kind in WORDINGS}


def _fit(found: list[Example]) -> Weights:
    """A logistic regression whose weights have the sign that their feature has by its meaning."""
    names = sorted({name for example in found for name in example.features})
    values = numpy.array([[1.0, *(example.features.get(name, 0.0) for name in names)] for example in found])
    same = numpy.array([1.0 if example.same else -1.0 for example in found])
    spread = numpy.array([1.0, *values[:, 1:].std(axis=0)])

    def loss(weights: numpy.ndarray) -> tuple[float, numpy.ndarray]:
        margins = same * (values @ weights)
        wrong = -same / (1 + numpy.exp(margins))
        ridge = RIDGE * spread * weights * (numpy.arange(len(weights)) > 0)
        total = numpy.logaddexp(0, -margins).sum() + (ridge * spread * weights).sum() / 2
        return total, values.T @ wrong + ridge * spread

    bounds = [
        (None, None),
        *(FOR if name in SPEAKS_FOR else AGAINST if name in SPEAKS_AGAINST else EITHER for name in names),
    ]
    weights = minimize(loss, numpy.zeros(len(bounds)), jac=True, method="L-BFGS-B", bounds=bounds).x
    kept = {
        name: round(float(weight), 3) for name, weight in zip(names, weights[1:], strict=True) if abs(weight) >= 0.001
    }
    return Weights(round(float(weights[0]), 3), kept)


def write(weights: Mapping[str, Weights], folder: Path) -> None:
    """Writes weights.json."""
    written = {kind: {"constant": kept.constant, "weights": dict(kept.of)} for kind, kept in weights.items()}
    text = json.dumps({"regressions": written}, indent=1)
    (folder / "weights.json").write_text(f"{text}\n", encoding="utf-8")


def measure(documents: list[Read], folds: int, schema: Schema, knowledge: Knowledge) -> None:
    """Prints the scores over all topics, each resolved by weights of the others."""
    topics = sorted({document.row["topic"] for document in documents}, key=int)
    found: list[set[str]] = []
    shipped = sameness.trained
    for fold in range(folds):
        left_out = set(topics[fold::folds])
        weights = fit(examples([d for d in documents if d.row["topic"] not in left_out], schema, knowledge))
        aside = [d for d in documents if d.row["topic"] in left_out]
        own = {gold: mention for document in aside for gold, mention in document.own.items()}
        sameness.trained = lambda weights=weights: weights
        found += benchmark.clusters_of([document.reading for document in aside], own, schema, knowledge)
    sameness.trained = shipped
    benchmark.report(benchmark.gold_clusters(document.row for document in documents), found)


if __name__ == "__main__":
    main()
