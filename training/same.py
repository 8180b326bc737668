"""Trains the score of two event mentions being one event, on the development topics of ECB+.

    pip install -e ".[train,dev]"
    export PYTHONPATH=tests/benchmarks
    for n in 0 1 2 3; do python training/train.py ../shared/data --fold $n --vectors $n.npz; done
    python training/same.py ../shared/data/ecbplus/train_dev.jsonl --vectors ?.npz --folds
    python training/same.py ../shared/data/ecbplus/train_dev.jsonl --vectors ?.npz -o graph/models/same

The vectors of a mention are those of an encoder that has not seen its topic, so that the score learns how far they can
be trusted. With --folds every fourth topic is left out in turn, and what newsloom makes of their mentions is counted,
all together; nothing is written.
"""

import argparse
import json
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from unittest.mock import patch

import event_coreference as benchmark
import numpy
from msgspec import Struct, structs
from scipy.optimize import minimize

from newsloom.graph import knowledge as room
from newsloom.graph.corpus import Held
from newsloom.graph.knowledge import Knowledge
from newsloom.graph.reading.parse import Parser
from newsloom.graph.types import UNIT, Article, Reading
from newsloom.graph.weaving import sameness
from newsloom.graph.weaving.across import compared
from newsloom.graph.weaving.decided import Decided
from newsloom.graph.weaving.happenings import happenings, scene_of, tell
from newsloom.graph.weaving.sameness import NO_VECTOR, Features, Sameness, Weights, wording
from newsloom.graph.weaving.settling import settled
from newsloom.schemas import load_schema
from newsloom.schemas.types import Schema

FOLDS = 4  # as in train.py
WORDINGS = ("same", "kin", "other")
RIDGE = 30.0  # what large weights cost
FOR, AGAINST, EITHER = (0.0, None), (None, 0.0), (None, None)
SPEAKS_FOR = frozenset(
    ("lemma type manner agent recipient crossed subject object place day number sentence beside article vector").split()
) | {"crossed phrases", "share", "rarity", "taken up", "days allow"}
SPEAKS_AGAINST = frozenset(("far", "several", "one sentence", "in each other's sentence", "says")) | {
    f"other {what}"
    for what in "agent recipient people subject object place day number type manner status one clause".split()
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
    parser.add_argument("--vectors", type=Path, nargs="*", default=[], help="what train.py wrote for each fold")
    parser.add_argument("--folds", action="store_true", help="leave out every fourth topic in turn, and count")
    parser.add_argument("-o", "--output", type=Path, help="write the weights there")
    asked = parser.parse_args()
    if not asked.folds and asked.output is None:
        parser.error("give --folds to measure or --output to write the weights")
    schema, knowledge = load_schema(), room.load()
    documents = read(asked.path, vectors_in(asked.vectors), schema, knowledge)
    if asked.folds:
        measure(documents, schema, knowledge)
    if asked.output:
        write(fit(examples(documents, schema, knowledge)), asked.output)


def vectors_in(paths: list[Path]) -> dict[str, bytes]:
    """The vectors of gold mentions, by document and mention, as event mentions carry them."""
    found: dict[str, bytes] = {}
    for path in paths:
        kept = numpy.load(path)
        whole = numpy.round(kept["vectors"] * UNIT).astype(numpy.int8)
        found |= {str(name): vector.tobytes() for name, vector in zip(kept["names"], whole, strict=True)}
    return found


def read(path: Path, vectors: Mapping[str, bytes], schema: Schema, knowledge: Knowledge) -> list[Read]:
    """The development documents, read with their gold events and these vectors."""
    rows = benchmark.read_rows(path, "train")
    parses = Parser().parse(Article(id=row["id"], text=row["text"]) for row in rows)
    return [
        _placed(Read(row, *benchmark.given_reading(row, parse, schema, knowledge)), vectors)
        for row, parse in zip(rows, parses, strict=True)
    ]


def _placed(document: Read, vectors: Mapping[str, bytes]) -> Read:
    """A document whose mentions carry their vectors."""
    found = {own: vectors[gold] for gold, own in document.own.items() if gold in vectors}
    mentions = (
        structs.replace(m, value=structs.replace(m.value, vector=found[m.id])) if m.id in found else m
        for m in document.reading.mentions
    )
    return structs.replace(document, reading=structs.replace(document.reading, mentions=tuple(mentions)))


def examples(documents: list[Read], schema: Schema, knowledge: Knowledge) -> list[Example]:
    """The pairs that newsloom compares in these documents, with what it compares and whether they are one event."""
    corpus = Held(document.reading for document in documents)
    known = settled(corpus, schema, knowledge, Decided())
    event = gold_events(documents)
    found: list[Example] = []
    for articles in happenings(known.groups):
        readings = tuple(corpus.readings(articles))
        scene = scene_of(readings, known, schema)
        told = tell(readings, scene, known, known.rarity).values()
        judge = Sameness(scene, known.vectors, {})
        found += [
            Example(wording(one, other), judge.features(one, other), event[one.mention] == event[other.mention])
            for within in (True, False)
            for one, other in compared(told, scene, within)
        ]
    return found


def gold_events(documents: list[Read]) -> dict[str, int]:
    """The gold cluster of each event mention."""
    found = {}
    clusters = benchmark.gold_clusters(document.row for document in documents)
    cluster_of = {mention: n for n, cluster in enumerate(clusters) for mention in cluster}
    for document in documents:
        found |= {own: cluster_of[gold] for gold, own in document.own.items()}
    return found


def fit(found: list[Example]) -> dict[str, Weights]:
    """A regression for each wording, with the vectors of those that have them, and without those of all."""
    weights = {}
    for kind in WORDINGS:
        own = [example for example in found if example.wording.removesuffix(NO_VECTOR) == kind]
        weights[kind] = _fit([example for example in own if example.wording == kind] or own)
        weights[kind + NO_VECTOR] = _fit(
            [structs.replace(example, features=_bare(example.features)) for example in own]
        )
    return weights


def _bare(features: Features) -> Features:
    return {name: value for name, value in features.items() if name != "vector"}


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
    """Writes weights.json, and its digest beside it."""
    written = {kind: {"constant": kept.constant, "weights": dict(kept.of)} for kind, kept in weights.items()}
    text = json.dumps({"regressions": written}, indent=1)
    (folder / "weights.json").write_text(f"{text}\n", encoding="utf-8")
    digest = sha256((folder / "weights.json").read_bytes()).hexdigest()
    (folder / "digests.json").write_text(json.dumps({"weights.json": digest}, indent=2) + "\n", encoding="utf-8")


def measure(documents: list[Read], schema: Schema, knowledge: Knowledge) -> None:
    """Prints the scores over all topics, each resolved by weights of the others."""
    topics = sorted({document.row["topic"] for document in documents}, key=int)
    folds = [[d for d in documents if d.row["topic"] in topics[n::FOLDS]] for n in range(FOLDS)]
    pairs = [examples(fold, schema, knowledge) for fold in folds]
    found: list[set[str]] = []
    for n, fold in enumerate(folds):
        weights = fit([pair for other, own in enumerate(pairs) if other != n for pair in own])
        own = {gold: mention for document in fold for gold, mention in document.own.items()}
        with patch.object(sameness, "trained", lambda weights=weights: weights):
            found += benchmark.clusters_of([document.reading for document in fold], own, schema, knowledge)
    benchmark.report(benchmark.gold_clusters(document.row for document in documents), found)


if __name__ == "__main__":
    main()
