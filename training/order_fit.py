"""What the order head learns from a batch of windows, and how well it does on documents that are left aside."""

from random import Random
from typing import NamedTuple

import torch
from matres import Judged, scores
from net import Net, Windows
from order_data import TASKS, UNKNOWN, Document, cut
from torch import Tensor, nn

from newsloom.graph.reading.order_model import LABELS, Question, inputs
from newsloom.graph.reading.order_windows import Window

SMOOTHING, WEAK, SIDE = 0.05, 0.5, 0.2
Part = tuple[Document, Window]


class Batch(NamedTuple):
    """Some windows, padded; then their pairs; then events of the side tasks."""

    windows: Windows
    rows: Tensor
    first: Tensor
    second: Tensor
    features: Tensor
    labels: Tensor
    gold: Tensor
    event_rows: Tensor
    event_pieces: Tensor
    event_labels: Tensor


class Collator(NamedTuple):
    """Makes batches from the very arrays that the model is asked with at run time."""

    features: list[str]
    tasks: dict[str, list[str]]

    def batch(self, parts: list[Part]) -> Batch:
        """The windows as one batch."""
        known = {name: number for number, name in enumerate(self.features, 1)}
        arrays, pairs, events = [], [], []
        for row, (document, window) in enumerate(parts):
            asked = [Question(pair.pieces, [known[n] for n in pair.features if n in known]) for pair in document.pairs]
            arrays.append(inputs(document.text, window, asked))
            pairs += [(row, document.pairs[number]) for number in window.pairs]
            for piece, labels in document.events.items():
                if window.start <= piece < window.end:
                    events.append((row, piece - window.start + 1, [self._number(task, labels) for task in TASKS]))

        def filled(name: str) -> Tensor:
            return nn.utils.rnn.pad_sequence([torch.from_numpy(one[name][0]) for one in arrays], batch_first=True)

        lists = [row for array in arrays for row in torch.from_numpy(array["features"]).unbind()]
        return Batch(
            windows=Windows(filled("ids"), filled("types"), (filled("ids") != 0).long()),
            rows=torch.tensor([row for row, _ in pairs]),
            first=torch.cat([torch.from_numpy(array["first"]) for array in arrays]),
            second=torch.cat([torch.from_numpy(array["second"]) for array in arrays]),
            features=nn.utils.rnn.pad_sequence(lists, batch_first=True),
            labels=torch.tensor([pair.label for _, pair in pairs]),
            gold=torch.tensor([pair.gold for _, pair in pairs]),
            event_rows=torch.tensor([row for row, _, _ in events], dtype=torch.long),
            event_pieces=torch.tensor([piece for _, piece, _ in events], dtype=torch.long),
            event_labels=torch.tensor([labels for _, _, labels in events], dtype=torch.long).reshape(-1, len(TASKS)),
        )

    def _number(self, task: str, labels: dict[str, str]) -> int:
        return self.tasks[task].index(labels[task]) if labels.get(task) in self.tasks[task] else UNKNOWN


def parts_of(documents: list[Document], chance: Random | None = None) -> list[Part]:
    """All windows of some documents."""
    return [part for document in documents for part in cut(document, chance)]


def loss_of(net: Net, batch: Batch) -> Tensor:
    """Cross-entropy of the gold pairs, less of the weaker pairs and of the side tasks."""
    vectors = net.encode(batch.windows)
    head = net.order
    sure, weak = head.judge(vectors[batch.rows, batch.first], vectors[batch.rows, batch.second], batch.features)
    loss = vectors.new_zeros(())
    if batch.gold.any():
        labels = batch.labels[batch.gold]
        loss = loss + nn.functional.cross_entropy(sure[batch.gold], labels, label_smoothing=SMOOTHING)
    if not batch.gold.all():
        loss = loss + WEAK * nn.functional.cross_entropy(weak[~batch.gold], batch.labels[~batch.gold])
    events = vectors[batch.event_rows, batch.event_pieces]
    for number, task in enumerate(TASKS):
        labels = batch.event_labels[:, number]
        if (labels != UNKNOWN).any():
            guess = head.tasks[f"of_{task}"](events)
            loss = loss + SIDE / len(TASKS) * nn.functional.cross_entropy(guess, labels, ignore_index=UNKNOWN)
    return loss


@torch.no_grad()
def judged(net: Net, documents: list[Document], collator: Collator) -> list[Judged]:
    """What the network says of the gold pairs of some documents."""
    net.eval()
    found = []
    for parts in (cut(document) for document in documents):
        if parts:
            batch = collator.batch(parts)
            vectors = net.encode(batch.windows)
            sure, _ = net.order.judge(
                vectors[batch.rows, batch.first], vectors[batch.rows, batch.second], batch.features
            )
            answers = zip(batch.labels.tolist(), sure.argmax(1).tolist(), strict=True)
            found += [(LABELS[gold], LABELS[answer], "") for gold, answer in answers]
    return found


def figures(net: Net, documents: list[Document], collator: Collator) -> str:
    """Precision, recall and F1 of the order in words."""
    return "order P {:.3f} R {:.3f} F1 {:.3f}".format(*scores(judged(net, documents, collator)))
