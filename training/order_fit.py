"""Training: batches of windows of like length, one learning rate for the encoder and one for the rest, the last
epochs averaged."""

import math
import time
from collections.abc import Callable
from random import Random
from typing import NamedTuple

import torch
from matres import VAGUE, Judged, scores
from order_data import TASKS, UNKNOWN, Document, cut, feature_names, task_labels
from order_net import Batch, OrderNet, collate
from torch import Tensor, nn
from torch.optim.swa_utils import AveragedModel

from newsloom.graph.reading.order_model import LABELS

Part = tuple[Document, object]


class Settings(NamedTuple):
    """What a run is made with."""

    seed: int = 7
    epochs: int = 5
    batch: int = 12
    encoder_rate: float = 1e-4
    head_rate: float = 1e-3
    smoothing: float = 0.05
    weak: float = 0.5
    side: float = 0.2
    averaged: int = 2
    vague: float = 0.5  # what the likelihood of VAGUE is multiplied with: chosen on development


class Trained(NamedTuple):
    """A network with what it was built for."""

    net: OrderNet
    features: list[str]
    tasks: dict[str, list[str]]

    def batch(self, parts: list) -> Batch:
        """Windows as this network takes them."""
        return collate(parts, {name: number for number, name in enumerate(self.features, 1)}, self.tasks)


def fit(documents: list[Document], settings: Settings, after: Callable[[Trained], str] = lambda _: "") -> Trained:
    """A network trained on the documents; what `after` says of it is printed behind every epoch."""
    torch.manual_seed(settings.seed)
    torch.set_num_threads(1)  # sums come in the same order every time
    chance = Random(settings.seed)
    names, tasks = feature_names(documents), task_labels(documents)
    trained = Trained(OrderNet(len(names), tasks), names, tasks)
    average = AveragedModel(trained.net)
    optimizer, schedule = _optimizer(trained.net, settings, len(_batches(documents, settings, Random(0))))
    start = time.monotonic()
    for epoch in range(settings.epochs):
        trained.net.train()
        losses = [
            _step(trained, parts, settings, optimizer, schedule) for parts in _batches(documents, settings, chance)
        ]
        if epoch >= settings.epochs - settings.averaged:
            average.update_parameters(trained.net)
        seconds, loss = time.monotonic() - start, sum(losses) / len(losses)
        print(f"epoch {epoch + 1}: loss {loss:.3f}, {seconds:.0f} s {after(trained)}", flush=True)
    trained.net.load_state_dict(average.module.state_dict())
    with torch.no_grad():
        trained.net.label.bias[LABELS.index(VAGUE)] += math.log(settings.vague)
    trained.net.eval()
    return trained


def _batches(documents: list[Document], settings: Settings, chance: Random) -> list[list]:
    """All windows, in batches of about the same length, shuffled."""
    parts = [part for document in documents for part in cut(document, chance)]
    parts.sort(key=lambda part: part[1].end - part[1].start + 16 * chance.random())
    found = [parts[i : i + settings.batch] for i in range(0, len(parts), settings.batch)]
    chance.shuffle(found)
    return found


def _optimizer(net: OrderNet, settings: Settings, steps: int):
    encoder = [weight for weight in net.encoder.parameters() if weight.requires_grad]
    rest = [weight for name, weight in net.named_parameters() if not name.startswith("encoder.")]
    groups = [{"params": encoder, "lr": settings.encoder_rate}, {"params": rest, "lr": settings.head_rate}]
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01, fused=True)
    total, warm = steps * settings.epochs, steps * settings.epochs / 10
    rate = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda i: min(i / warm, max(0.02, 1 - i / total)))
    return optimizer, rate


def _step(trained: Trained, parts: list, settings: Settings, optimizer, schedule) -> float:
    """The loss of one batch, after the weights have moved by it."""
    loss = _loss(trained.net, trained.batch(parts), settings)
    optimizer.zero_grad()
    loss.backward()
    nn.utils.clip_grad_norm_(trained.net.parameters(), 1.0)
    optimizer.step()
    schedule.step()
    return loss.item()


def _loss(net: OrderNet, batch: Batch, settings: Settings) -> Tensor:
    """Cross-entropy of the gold pairs, less of the weaker pairs and of the side tasks."""
    with torch.autocast("cpu", torch.bfloat16):
        vectors = net.encode(batch.ids, batch.types, batch.there).float()
    sure, weak = net.judge(vectors[batch.rows, batch.first], vectors[batch.rows, batch.second], batch.features)
    loss = vectors.new_zeros(())
    if batch.gold.any():
        labels = batch.labels[batch.gold]
        loss = loss + nn.functional.cross_entropy(sure[batch.gold], labels, label_smoothing=settings.smoothing)
    if not batch.gold.all():
        loss = loss + settings.weak * nn.functional.cross_entropy(weak[~batch.gold], batch.labels[~batch.gold])
    events = vectors[batch.event_rows, batch.event_pieces]
    for number, task in enumerate(TASKS):
        labels = batch.event_labels[:, number]
        if (labels != UNKNOWN).any():
            guess = net.tasks[f"of_{task}"](events)
            loss = loss + settings.side / len(TASKS) * nn.functional.cross_entropy(guess, labels, ignore_index=UNKNOWN)
    return loss


@torch.no_grad()
def judged(trained: Trained, documents: list[Document]) -> list[Judged]:
    """What the network says of the gold pairs of some documents."""
    trained.net.eval()
    found = []
    for parts in (cut(document) for document in documents):
        if parts:
            batch = trained.batch(parts)
            vectors = trained.net.encode(batch.ids, batch.types, batch.there)
            sure, _ = trained.net.judge(
                vectors[batch.rows, batch.first], vectors[batch.rows, batch.second], batch.features
            )
            answers = zip(batch.labels.tolist(), sure.argmax(1).tolist(), strict=True)
            found += [(LABELS[gold], LABELS[answer], "") for gold, answer in answers]
    return found


def figures(trained: Trained, documents: list[Document]) -> str:
    """Precision, recall and F1 in words."""
    return "P {:.3f}  R {:.3f}  F1 {:.3f}".format(*scores(judged(trained, documents)))
