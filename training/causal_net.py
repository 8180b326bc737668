"""The causal network: upper layers of its own over the lower layers that all models share, and what it asks of them."""

from typing import NamedTuple

import torch
from causal_data import Sentence
from net import ENCODER, SHARED, WIDTH
from torch import Tensor, nn
from transformers import BertModel

MIXED, ASKED = 256, 96
RARE = -3.0  # where the scores of junctions and signals start: few words are one
START, END, LAST, SIGNAL = range(4)


class CausalNet(nn.Module):
    """Says of a sentence whether it is causal, where its junctions are, and what belongs to each of them."""

    def __init__(self, drop: float = 0.2):
        super().__init__()
        bert = BertModel.from_pretrained(ENCODER, add_pooling_layer=False, attention_probs_dropout_prob=0.0)
        self.layers = bert.encoder.layer[SHARED:]
        self.drop = nn.Dropout(drop)
        self.mix = nn.Sequential(nn.Linear(WIDTH, MIXED), nn.GELU(), nn.Dropout(drop))
        self.junction = nn.Linear(MIXED, 2)
        self.sides = nn.Parameter(torch.randn(2, MIXED))
        self.ask = nn.Linear(MIXED, 4 * ASKED)
        self.key = nn.Linear(MIXED, 4 * ASKED)
        self.alone = nn.Linear(MIXED, 4)
        self.rare = nn.Parameter(torch.tensor([0.0, 0.0, 0.0, RARE]))
        self.whole = nn.Sequential(nn.Linear(2 * WIDTH + 2, 128), nn.GELU(), nn.Dropout(drop), nn.Linear(128, 1))

    def forward(self, lower: Tensor, there: Tensor) -> "Answers":
        """What it says of sentences by the lower layers' vectors, those of the pieces around them among them; `there`
        tells which are no padding."""
        mask = (1.0 - there[:, None, None, :].float()) * -1e4
        vectors = lower
        with torch.autocast("cpu", torch.bfloat16, enabled=self.training):
            for layer in self.layers:
                vectors = layer(vectors, mask.to(vectors.dtype))
        vectors = vectors.float()
        mixed = self.mix(self.drop(vectors))
        junctions = self.junction(mixed) + RARE
        absent = ~there.bool()[..., None]
        mean = vectors.masked_fill(absent, 0).sum(1) / there.sum(1, keepdim=True)
        most = vectors.masked_fill(absent, -1e4).amax(1)
        likeliest = junctions.detach().masked_fill(absent, -1e4).amax(1)
        whole = self.whole(torch.cat([self.drop(torch.cat([mean, most], 1)), likeliest], 1))
        return Answers(whole[:, 0], junctions, mixed)

    def reaches(self, mixed: Tensor, pieces: Tensor, sides: Tensor) -> Tensor:
        """Scores (junctions x pieces x 4) of what belongs to the junctions of one sentence."""
        asked = self.ask(nn.functional.gelu(mixed[pieces] + self.sides[sides])).view(-1, 4, ASKED)
        keys = self.key(mixed).view(-1, 4, ASKED)
        return torch.einsum("jfd,pfd->jpf", asked, keys) / ASKED**0.5 + self.alone(mixed) + self.rare


class Answers(NamedTuple):
    """Scores of the sentences, of their pieces as junctions (with the effect or the cause second); vectors to ask."""

    causal: Tensor
    junctions: Tensor
    mixed: Tensor


class Batch(NamedTuple):
    """Sentences, padded: the lower layers' vectors and which pieces are there."""

    lower: Tensor
    there: Tensor


def batch_of(lowers: list) -> Batch:
    """Some sentences' vectors as a batch."""
    lower = nn.utils.rnn.pad_sequence([torch.from_numpy(one).float() for one in lowers], batch_first=True)
    there = nn.utils.rnn.pad_sequence([torch.ones(len(one)) for one in lowers], batch_first=True)
    return Batch(lower, there)


def loss_of(net: CausalNet, sentences: list[Sentence], batch: Batch, smooth: float, whole: float) -> Tensor:
    """The loss of a batch: of the sentences, of the junctions, and of what belongs to the right ones."""
    said = net(*batch)
    causal = torch.tensor([float(one.row.causal) for one in sentences])
    labels = causal * (1 - 2 * smooth) + smooth
    loss = whole * nn.functional.binary_cross_entropy_with_logits(said.causal, labels)
    places = torch.zeros_like(said.junctions)
    for row, one in enumerate(sentences):
        for junction, _ in one.junctions:
            places[row, 1 + junction.piece, int(junction.cause_second)] = 1
    losses = nn.functional.binary_cross_entropy_with_logits(said.junctions, places, reduction="none")
    loss = loss + (losses * batch.there[..., None]).sum() / len(sentences)
    found = [_reach_loss(net, said.mixed[row], one) for row, one in enumerate(sentences) if one.junctions]
    return loss + sum(found) / len(sentences)


def _reach_loss(net: CausalNet, mixed: Tensor, sentence: Sentence) -> Tensor:
    """What is wrong about the parts and signals of a sentence's relations."""
    length = len(sentence.words)
    pieces = torch.tensor([junction.piece for junction, _ in sentence.junctions])
    sides = torch.tensor([int(junction.cause_second) for junction, _ in sentence.junctions])
    scores = net.reaches(mixed[: length + 2], 1 + pieces, sides)[:, 1:-1]
    before = torch.arange(length) < pieces[:, None]
    loss = mixed.new_zeros(())
    for scored, left, (_, reach) in zip(scores, before, sentence.junctions, strict=True):
        right = ((START, left, reach.first[0]), (END, left, reach.first[1] - 1), (LAST, ~left, reach.second[1] - 1))
        for task, allowed, piece in right:
            loss = loss - scored[:, task].masked_fill(~allowed, -1e4).log_softmax(0)[piece] / 3
        marked = torch.zeros(length)
        for start, end in reach.signals:
            marked[start:end] = 1
        signal = nn.functional.binary_cross_entropy_with_logits(scored[:, SIGNAL], marked, reduction="sum")
        loss = loss + signal / 4
    return loss


class AskedCauses(nn.Module):
    """One sentence as it is asked at run time: whether it is causal, all junctions, all that may belong to them."""

    def __init__(self, net: CausalNet):
        super().__init__()
        self.net = net

    def forward(self, lower: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        said = self.net(lower, torch.ones_like(lower[..., 0]))
        mixed = said.mixed[0]
        asked = self.net.ask(nn.functional.gelu(mixed[:, None] + self.net.sides)).view(-1, 2, 4, ASKED)
        keys = self.net.key(mixed).view(-1, 4, ASKED)
        scores = torch.einsum("jsfd,pfd->jspf", asked, keys) / ASKED**0.5
        reaches = scores + (self.net.alone(mixed) + self.net.rare)
        return said.causal.sigmoid(), said.junctions[0, 1:-1].sigmoid(), reaches[1:-1, :, 1:-1]
