"""The network that judges all pairs of a document's events at once, and how it is fitted.

A pair is judged by the senses of its two events and its numbers, then again knowing what the first judgement said of
the other pairs: how causal each of its events is otherwise, and how causal the pairs of nearby mentions are.
"""

from random import Random
from typing import NamedTuple

import torch
from torch import Tensor, nn

WIDTH, HIDDEN, SECOND = 48, 96, 24
EPOCHS, RATE, DECAY, BATCH = 12, 1e-3, 0.05, 4
SENSE = 384
FAR = -5.0  # what stands for a pair that was not asked


class Given(NamedTuple):
    """A document: its events' senses and likeness, its pairs' numbers and places, and which are in one sentence.

    `beside` is 1 where two events are in one document, also an event and itself.
    """

    senses: Tensor
    likeness: Tensor
    beside: Tensor
    numbers: Tensor
    first: Tensor
    second: Tensor
    same: Tensor


class CauseNet(nn.Module):
    """Scores of three labels for each pair: neither, the first causes the second, the second the first."""

    def __init__(self, means: Tensor, spreads: Tensor):
        super().__init__()
        self.register_buffer("means", means)
        self.register_buffer("spreads", spreads)
        self.sense = nn.Linear(SENSE, WIDTH)
        self.hidden = nn.Linear(4 * WIDTH + len(means), HIDDEN)
        self.deeper = nn.Linear(HIDDEN, HIDDEN)
        self.label = nn.Linear(HIDDEN, 6)
        self.others = nn.Linear(11, SECOND)
        self.change = nn.Linear(SECOND, 6)
        nn.init.zeros_(self.change.weight)
        nn.init.zeros_(self.change.bias)
        self.sharp = nn.Parameter(torch.tensor(10.0))
        self.drop_sense, self.drop = nn.Dropout(0.5), nn.Dropout(0.4)

    def forward(self, given: Given) -> tuple[Tensor, Tensor]:
        """Scores of the first judgement and of the second."""
        senses = self.sense(self.drop_sense(16 * given.senses))
        one, two = self.drop(senses[given.first]), self.drop(senses[given.second])
        numbers = ((given.numbers - self.means) / self.spreads).clamp(-4, 4)
        seen = torch.cat([one, two, one * two, (one - two).abs(), numbers], 1)
        hidden = self.drop(nn.functional.gelu(self.hidden(seen)))
        hidden = self.drop(nn.functional.gelu(self.deeper(hidden))) + hidden
        same = given.same[:, None]
        before = _chosen(same, self.label(hidden))
        told = self._others(given, torch.logsumexp(before[:, 1:], 1) - before[:, 0])
        return before, before + _chosen(same, self.change(nn.functional.gelu(self.others(told))))

    def _others(self, given: Given, score: Tensor) -> Tensor:
        """What the first judgement says of the pairs around each pair."""
        first, second, beside = given.first, given.second, given.beside
        count = beside.shape[0]
        table = torch.full((count, count), FAR).index_put((first, second), score).index_put((second, first), score)
        others = beside * (1 - torch.eye(count))
        likely = torch.sigmoid(table) * others
        mean = likely.sum(1) / others.sum(1).clamp(min=1)
        most = likely.amax(1)
        near = torch.softmax(self.sharp * given.likeness + (beside - 1) * 1e4, 1)
        around = near @ table @ near.T
        whole = (beside @ mean) / beside.sum(1)
        both = mean[first] * mean[second]
        columns = [score, around[first, second], 5 * mean[first], 5 * mean[second], most[first], most[second]]
        columns += [5 * whole[first], 25 * both, given.same.float(), score - torch.log(both + 1e-4) / 2]
        return torch.stack([*columns, given.likeness[first, second]], 1)


def _chosen(same: Tensor, scores: Tensor) -> Tensor:
    """The scores for pairs of one sentence or those for pairs across sentences."""
    return torch.where(same, scores[:, :3], scores[:, 3:])


def joined(documents: list[Given]) -> Given:
    """Several documents as one, whose events are beside one another only inside each."""
    starts = torch.tensor([0, *(len(one.senses) for one in documents)]).cumsum(0)
    moved = [(one.first + start, one.second + start) for one, start in zip(documents, starts, strict=False)]
    return Given(
        torch.cat([one.senses for one in documents]),
        torch.block_diag(*(one.likeness for one in documents)),
        torch.block_diag(*(one.beside for one in documents)),
        torch.cat([one.numbers for one in documents]),
        torch.cat([first for first, _ in moved]),
        torch.cat([second for _, second in moved]),
        torch.cat([one.same for one in documents]),
    )


def fit(documents: list[tuple[Given, Tensor]], seed: int) -> CauseNet:
    """A network that has learnt the labels; a document counts by the root of its pairs."""
    torch.manual_seed(seed)
    chance = Random(seed)
    documents = [one for one in documents if len(one[1])]
    rows = torch.cat([given.numbers for given, _ in documents])
    net = CauseNet(rows.mean(0), rows.std(0) + 1e-6).train()
    steps = EPOCHS * -(-len(documents) // BATCH)
    optimizer = torch.optim.AdamW(net.parameters(), lr=RATE, weight_decay=DECAY)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, RATE, total_steps=steps, pct_start=0.1)
    for _ in range(EPOCHS):
        chance.shuffle(documents)
        for start in range(0, len(documents), BATCH):
            part = documents[start : start + BATCH]
            labels = torch.cat([labels for _, labels in part])
            weight = torch.cat([torch.full((len(labels),), len(labels) ** -0.5) for _, labels in part])
            before, after = net(joined([given for given, _ in part]))
            entropy = nn.functional.cross_entropy
            loss = entropy(after, labels, reduction="none") + 0.5 * entropy(before, labels, reduction="none")
            optimizer.zero_grad()
            ((loss * weight).sum() / weight.sum()).backward()
            nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            optimizer.step()
            schedule.step()
    return net.eval()
