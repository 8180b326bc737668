"""Trains the model of causes between two events (graph/reading/cause_model.py), on topics of EventStoryLine.

    pip install -e ".[train,dev]"
    PYTHONPATH=tests/benchmarks python training/cause_pairs.py ../shared/data --folds -o graph/models/cause_pairs

With --folds every fifth topic (in an order drawn with seed 6) is left out in turn; all of their pairs are counted
together, each fold with the thresholds that are best for the others. The thresholds that are written are the best over
all folds. Trees and networks (cause_trees.py, cause_net.py) are fitted to the same numbers, and their judgements are
averaged. The links of version 1.5 are learnt from, those of 1.0 are counted. The held-out topics are not read.
"""

import argparse
import json
import pickle
from collections.abc import Iterable, Sequence
from hashlib import sha256
from pathlib import Path
from random import Random
from typing import NamedTuple

import cause_net
import cause_trees
import eventstoryline as benchmark
import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper
from sklearn.ensemble import HistGradientBoostingClassifier
from torch import nn

from newsloom.graph.reading.causal_tagger import causal_tagger
from newsloom.graph.reading.cause_features import NAMES, Events
from newsloom.graph.reading.cause_model import standing

FOLDS = 5
SEEDS = (0, 1)  # of the networks
SENSES = 48  # main directions of the senses, which the trees see
TREES = {"same": (200, 10), "across": (200, 16)}  # how many, and their leaves
OPSET = [helper.make_opsetid("", 17), helper.make_opsetid("ai.onnx.ml", 3)]
LABELS = {0: 0, 1: 1, -1: 2}
Stood = tuple[benchmark.Judged, float]  # a judged pair, and its standing


class Read(NamedTuple):
    """A document as the model sees it, the labels to learn (by `LABELS`), and its pairs as they are counted."""

    topic: str
    senses: np.ndarray
    likeness: np.ndarray
    numbers: np.ndarray
    first: np.ndarray
    second: np.ndarray
    same: np.ndarray
    labels: np.ndarray
    pairs: list[benchmark.Pair]

    def given(self) -> cause_net.Given:
        """The same as the network is given it."""
        tensors = [torch.from_numpy(one) for one in self[1:7]]
        senses, likeness, numbers, first, second, same = tensors
        return cause_net.Given(senses, likeness, torch.ones_like(likeness), numbers, first, second, same)


class Fitted(NamedTuple):
    """The networks, the directions of the senses, and the trees for pairs of one sentence and across sentences."""

    nets: list[cause_net.CauseNet]
    directions: np.ndarray
    trees: dict[str, HistGradientBoostingClassifier]

    def judge(self, one: Read) -> np.ndarray:
        """How likely neither, the first and the second cause the other, for each pair."""
        with torch.no_grad():
            net = torch.stack([net(one.given())[1].softmax(1) for net in self.nets]).mean(0).numpy()
        rows = table(one, self.directions)
        grown = {name: trees.predict_proba(rows)[:, 1] for name, trees in self.trees.items()}
        sure = (np.where(one.same, grown["same"], grown["across"]) + 1 - net[:, 0]) / 2
        return np.stack([1 - sure, *(sure * net[:, 1:].T / net[:, 1:].sum(1))], 1)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path, help="the folder with eventstoryline and ecbplus")
    parser.add_argument("--folds", action="store_true", help="leave out every fifth topic in turn, and count")
    parser.add_argument("--kept", type=Path, help="a file of your own that keeps what was read, for the next time")
    parser.add_argument("-o", "--output", type=Path, help="write the model there")
    asked = parser.parse_args()
    torch.set_num_threads(1)
    documents = read(asked.data, asked.kept)
    if asked.folds:
        thresholds = measure(documents)
        if asked.output:
            write_thresholds(thresholds, asked.output)
    if asked.output:
        write(fit(documents), asked.output)


def read(data: Path, kept: Path | None = None) -> list[Read]:
    """The development documents."""
    if kept and kept.is_file():
        return [Read(*row) for row in pickle.loads(kept.read_bytes())]
    rows = benchmark.read_rows(data, held_out=False)
    found = [_read(row, document) for row, document in zip(rows, benchmark.documents(rows), strict=True)]
    if kept:
        kept.write_bytes(pickle.dumps([tuple(one) for one in found]))
    return found


def _read(row: dict, document: benchmark.Document) -> Read:
    events = Events(document.parse, document.tokens, causal_tagger())
    places = [events.place[token.i] for token in document.tokens]
    pairs = [pair for pair in document.pairs if places[pair.places[0]] < places[pair.places[1]]]
    first, second = ([places[pair.places[n]] for pair in pairs] for n in (0, 1))
    labels = {pair.places: LABELS[pair.gold] for pair in benchmark.pairs(row, crowd=True)}
    return Read(
        document.topic,
        events.senses,
        events.likeness,
        events.numbers(first, second),
        np.array(first, dtype=np.int64),
        np.array(second, dtype=np.int64),
        events.same_sentence(first, second),
        np.array([labels[pair.places] for pair in pairs], dtype=np.int64),
        pairs,
    )


def table(one: Read, directions: np.ndarray) -> np.ndarray:
    """What the trees see of a document's pairs."""
    seen = (one.senses @ directions).astype(np.float32)
    return np.hstack([one.numbers, seen[one.first], seen[one.second]])


def fit(documents: Sequence[Read]) -> Fitted:
    """Networks and trees that have learnt from these documents."""
    senses = np.concatenate([one.senses for one in documents])
    _, _, main_axes = np.linalg.svd(senses - senses.mean(0), full_matrices=False)
    directions = np.ascontiguousarray(main_axes[:SENSES].T, dtype=np.float32)
    rows = np.concatenate([table(one, directions) for one in documents])
    causal = np.concatenate([one.labels > 0 for one in documents])
    same = np.concatenate([one.same for one in documents])
    trees = {
        name: cause_trees.grow(rows[part], causal[part], *TREES[name])
        for name, part in (("same", same), ("across", ~same))
    }
    given = [(one.given(), torch.from_numpy(one.labels)) for one in documents]
    return Fitted([cause_net.fit(given, seed) for seed in SEEDS], directions, trees)


def measure(documents: Sequence[Read]) -> dict[str, float]:
    """Prints the figures over all folds, and gives the thresholds that are best over all of them."""
    topics = sorted({one.topic for one in documents}, key=int)
    Random(6).shuffle(topics)
    folds: list[list[Stood]] = []
    for number in range(FOLDS):
        aside = topics[number::FOLDS]
        fitted = fit([one for one in documents if one.topic not in aside])
        folds.append([pair for one in documents if one.topic in aside for pair in _judged(one, fitted)])
        print(f"fold {number} of topics {', '.join(aside)} done", flush=True)
    found: list[benchmark.Judged] = []
    for number, fold in enumerate(folds):
        limits = best(pair for other, pairs in enumerate(folds) if other != number for pair in pairs)
        own = [one._replace(linked=stands >= limits[_part(one)]) for one, stands in fold]
        print(f"fold {number}", *list(benchmark.report(own))[::8], sep="\n  ")
        found += own
    print("all folds", *benchmark.report(found), sep="\n")
    return best(pair for fold in folds for pair in fold)


def _judged(one: Read, fitted: Fitted) -> Iterable[Stood]:
    likely = fitted.judge(one)
    stands = standing(1 - likely[:, 0], one.same).tolist()
    for pair, (neither, causes, caused), stood in zip(one.pairs, likely.tolist(), stands, strict=True):
        yield benchmark.Judged(pair, 1 - neither, 1 if causes >= caused else -1, linked=False), stood


def _part(one: benchmark.Judged) -> str:
    return "same" if one.pair.same_sentence else "across"


def best(judged: Iterable[Stood]) -> dict[str, float]:
    """For pairs in one sentence and across sentences the standing from which on F1 is best."""
    found = {}
    counted = [(stands, one) for one, stands in judged if one.pair.counted]
    for name in TREES:
        part = sorted(((stands, one) for stands, one in counted if _part(one) == name), key=lambda pair: -pair[0])
        gold = np.array([one.pair.gold != 0 for _, one in part])
        scores = 2 * gold.cumsum() / (np.arange(1, len(gold) + 1) + gold.sum())
        found[name] = round(part[int(scores.argmax())][0], 3)
    return found


def write(fitted: Fitted, folder: Path) -> None:
    """Writes net.onnx and trees.onnx, and the digests of all files beside them."""
    folder.mkdir(parents=True, exist_ok=True)
    _write_net(fitted.nets, folder / "net.onnx")
    _write_trees(fitted, folder / "trees.onnx")
    files = sorted(path for path in folder.iterdir() if path.suffix in (".onnx", ".json") and path.stem != "digests")
    digests = {path.name: sha256(path.read_bytes()).hexdigest() for path in files}
    (folder / "digests.json").write_text(json.dumps(digests, indent=2) + "\n", encoding="utf-8")


def write_thresholds(thresholds: dict[str, float], folder: Path) -> None:
    """Writes thresholds.json."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "thresholds.json").write_text(json.dumps(thresholds, indent=2) + "\n", encoding="utf-8")


class _Asked(nn.Module):
    """The networks as they are asked about one document."""

    def __init__(self, nets: list[cause_net.CauseNet]):
        super().__init__()
        self.nets = nn.ModuleList(nets)

    def forward(self, senses, likeness, numbers, first, second, same):
        given = cause_net.Given(senses, likeness, torch.ones_like(likeness), numbers, first, second, same)
        return torch.stack([net(given)[1].softmax(1) for net in self.nets]).mean(0)


def _write_net(nets: list[cause_net.CauseNet], path: Path) -> None:
    count, asked = 3, torch.tensor([0, 0, 1])
    numbers = torch.zeros(3, len(NAMES))
    example = (torch.rand(count, cause_net.SENSE), torch.eye(count), numbers, asked, asked + 1, asked > 0)
    axes = {"senses": {0: "n"}, "likeness": {0: "n", 1: "n"}, "numbers": {0: "m"}, "first": {0: "m"}}
    torch.onnx.export(
        _Asked(nets).eval(),
        example,
        path,
        input_names=["senses", "likeness", "numbers", "first", "second", "same"],
        output_names=["likely"],
        dynamic_axes={**axes, "second": {0: "m"}, "same": {0: "m"}, "likely": {0: "m"}},
        opset_version=17,
        dynamo=False,
    )


def _write_trees(fitted: Fitted, path: Path) -> None:
    nodes = [
        helper.make_node("MatMul", ["senses", "directions"], ["seen"]),
        helper.make_node("Gather", ["seen", "first"], ["one"]),
        helper.make_node("Gather", ["seen", "second"], ["two"]),
        helper.make_node("Concat", ["numbers", "one", "two"], ["table"], axis=1),
        *(cause_trees.node(trees, "table", name) for name, trees in fitted.trees.items()),
    ]
    shapes = {"senses": ["n", cause_net.SENSE], "numbers": ["m", len(NAMES)]}
    graph = helper.make_graph(
        nodes,
        "trees",
        [
            *(helper.make_tensor_value_info(name, TensorProto.FLOAT, shape) for name, shape in shapes.items()),
            *(helper.make_tensor_value_info(name, TensorProto.INT64, ["m"]) for name in ("first", "second")),
        ],
        [helper.make_tensor_value_info(name, TensorProto.FLOAT, ["m", 1]) for name in TREES],
        [numpy_helper.from_array(fitted.directions, "directions")],
    )
    onnx.save(helper.make_model(graph, opset_imports=OPSET, ir_version=8), path)


if __name__ == "__main__":
    main()
