"""Training: one encoder under all heads, batches of every kind in one shuffled row, the last epochs averaged."""

import math
import time
from collections.abc import Callable
from random import Random
from typing import NamedTuple

import event_fit
import order_fit
import torch
from event_data import Part, Text, cut
from matres import VAGUE
from net import EventHeads, Net, OrderHead
from order_data import Document, feature_names, task_labels
from torch import nn
from torch.optim.swa_utils import AveragedModel

from newsloom.graph.reading.order_model import LABELS


class Settings(NamedTuple):
    """What a run is made with."""

    seed: int = 7
    epochs: int = 5
    batch: int = 12
    stories: int = 16  # windows of one topic in a batch
    encoder_rate: float = 1e-4
    head_rate: float = 1e-3
    averaged: int = 2
    vague: float = 0.5  # what the likelihood of VAGUE is multiplied with: chosen on development
    untyped: float = 32.0  # the same of no type: the examples hold far fewer words of no type than news does


class Data(NamedTuple):
    """What is learnt from: texts whose events are known, stories, sentences with types, pairs with an order."""

    times: list[Text]
    stories: list[Text]
    types: list[Text]
    order: list[Document]


class Trained(NamedTuple):
    """A network with what it was built for."""

    net: Net
    types: list[str]
    collator: order_fit.Collator


def fit(data: Data, types: list[str], settings: Settings, after: Callable[[Trained], str] = lambda _: "") -> Trained:
    """A network trained on the data; what `after` says of it is printed behind the last epochs."""
    torch.manual_seed(settings.seed)
    torch.set_num_threads(1)  # sums come in the same order every time
    chance = Random(settings.seed)
    collator = order_fit.Collator(feature_names(data.order), task_labels(data.order))
    heads = EventHeads(len(types)), OrderHead(len(collator.features), len(LABELS), collator.tasks)
    trained = Trained(Net(*heads), types, collator)
    average = AveragedModel(trained.net)
    optimizer, schedule = _optimizer(trained.net, settings, len(_batches(data, settings, Random(0))))
    start = time.monotonic()
    for epoch in range(settings.epochs):
        trained.net.train()
        losses = []
        for kind, parts in _batches(data, settings, chance):
            ordered = kind == "order"
            loss = (
                order_fit.loss_of(trained.net, collator.batch(parts))
                if ordered
                else event_fit.loss_of(trained.net, parts)
            )
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(trained.net.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            losses.append(loss.item())
        if epoch >= settings.epochs - settings.averaged:
            average.update_parameters(trained.net)
        seconds, loss = time.monotonic() - start, sum(losses) / len(losses)
        said = after(trained) if epoch >= settings.epochs - settings.averaged else ""
        print(f"epoch {epoch + 1}: loss {loss:.3f}, {seconds:.0f} s {said}", flush=True)
    trained.net.load_state_dict(average.module.state_dict())
    with torch.no_grad():
        trained.net.order.label.bias[LABELS.index(VAGUE)] += math.log(settings.vague)
        trained.net.events.typing.bias[0] += math.log(settings.untyped)
    trained.net.eval()
    return trained


def _batches(data: Data, settings: Settings, chance: Random) -> list[tuple[str, list]]:
    """All windows in batches, shuffled: of about the same length, and of one topic where events are compared."""
    found = [
        *_alike("order", order_fit.parts_of(data.order, chance), settings.batch, lambda part: part[1], chance),
        *_alike("event", cut(data.times, chance), settings.batch, lambda part: part, chance),
        *_alike("type", cut(data.types), 2 * settings.batch, lambda part: part, chance),
        *_topics(cut(data.stories, chance), settings.stories, chance),
    ]
    chance.shuffle(found)
    return found


def _alike(kind: str, parts: list, size: int, window: Callable, chance: Random) -> list[tuple[str, list]]:
    """Batches of windows of about the same length."""
    parts.sort(key=lambda part: window(part).end - window(part).start + 16 * chance.random())
    return [(kind, parts[i : i + size]) for i in range(0, len(parts), size)]


def _topics(parts: list[Part], size: int, chance: Random) -> list[tuple[str, list]]:
    """Batches of windows of one topic."""
    topics = sorted({part.text.topic for part in parts})
    found = []
    for topic in topics:
        own = [part for part in parts if part.text.topic == topic]
        chance.shuffle(own)
        found += [("story", own[i : i + size]) for i in range(0, len(own), size)]
    return found


def _optimizer(net: Net, settings: Settings, steps: int):
    encoder = [weight for weight in net.encoder.parameters() if weight.requires_grad]
    rest = [*net.events.parameters(), *net.order.parameters()]
    groups = [{"params": encoder, "lr": settings.encoder_rate}, {"params": rest, "lr": settings.head_rate}]
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01, fused=True)
    total, warm = steps * settings.epochs, steps * settings.epochs / 10
    rate = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda i: min(i / warm, max(0.02, 1 - i / total)))
    return optimizer, rate
