"""What the event heads learn from a batch of windows, and how well they do on texts that are left aside."""

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

import torch
from event_data import Part, Text, cut
from net import EventHeads, Net, padded
from torch import Tensor, nn

from newsloom.graph.reading.network import CLOSE, OPEN

MASK = 103
WARMTH = 0.1  # of the contrast between events
HIDDEN = 0.4  # how often an event's own word is hidden while its vector is learnt: the company tells, too
SHARE = {"event": 1.0, "told": 1.0, "type": 0.5, "same": 0.5}


class Labels(NamedTuple):
    """The labels of a batch for one task: row, place in it, label."""

    rows: Tensor
    places: Tensor
    labels: Tensor


def labels_of(parts: list[Part], task: str) -> Labels:
    """All labels of some windows."""
    found = [(row, place, label) for row, part in enumerate(parts) for place, label in part.labels(task)]
    return Labels(*(torch.tensor([one[n] for one in found], dtype=torch.long) for n in range(3)))


def windows_of(parts: list[Part]):
    """The windows of some parts."""
    return padded([[OPEN, *part.text.pieces.ids[part.start : part.end], CLOSE] for part in parts])


def loss_of(net: Net, parts: list[Part]) -> Tensor:
    """The loss of a batch over all tasks that it has labels of."""
    windows = windows_of(parts)
    tasks = {task: labels_of(parts, task) for task in SHARE}
    ids = windows.ids.clone()
    for task, often in (("type", torch.tensor([part.text.masked for part in parts])), ("same", None)):
        rows, places, _ = tasks[task]
        chance = often[rows] if often is not None and len(rows) else HIDDEN
        hide = torch.rand(len(rows)) < chance
        ids[rows[hide], places[hide]] = MASK
    vectors = net.encode(windows._replace(ids=ids))
    losses = [
        SHARE[task] * loss
        for task, (rows, places, labels) in tasks.items()
        if len(labels) and (loss := _loss(net.events, task, vectors, rows, windows.there, places, labels)) is not None
    ]
    return torch.stack(losses).sum()


def _loss(heads: EventHeads, task: str, vectors: Tensor, rows: Tensor, there: Tensor, places: Tensor, labels: Tensor):
    asked = heads.drop(vectors[rows, places])
    if task in ("event", "told"):
        scores = getattr(heads, task)(asked)[:, 0]
        return nn.functional.binary_cross_entropy_with_logits(scores, labels.float())
    if task == "type":
        return nn.functional.cross_entropy(heads.types(heads.senses(asked)), labels, label_smoothing=0.05)
    return contrast(heads.events(asked, means(vectors, there)[rows]), labels)


def means(vectors: Tensor, there: Tensor) -> Tensor:
    """The mean vector of each window."""
    return (vectors * there[..., None]).sum(1) / there.sum(1, keepdim=True)


def contrast(vectors: Tensor, clusters: Tensor) -> Tensor | None:
    """How much nearer other events of the batch lie than the same one (supervised contrast, Khosla et al. 2020)."""
    likeness = vectors @ vectors.T / WARMTH
    itself = torch.eye(len(clusters), dtype=torch.bool)
    same = (clusters[:, None] == clusters[None]) & ~itself
    sure = likeness - torch.logsumexp(likeness.masked_fill(itself, -1e9), 1, keepdim=True)
    count = same.sum(1)
    if not count.any():
        return None
    return -(sure * same).sum(1)[count > 0].div(count[count > 0]).mean()


@torch.no_grad()
def answers(net: Net, texts: Iterable[Text], task: str) -> list[tuple[Text, int, int, Tensor]]:
    """For each labelled word of some texts: the text, its piece, its label, and what the head says."""
    net.eval()
    found = []
    for part in cut(texts):
        rows, places, labels = labels_of([part], task)
        if not len(labels):
            continue
        windows = windows_of([part])
        vectors = net.encode(windows)
        asked = vectors[rows, places]
        heads = net.events
        if task == "same":
            said = heads.events(asked, means(vectors, windows.there)[rows])
        elif task == "type":
            said = heads.types(heads.senses(asked)).softmax(1)
        else:
            said = getattr(heads, task)(asked)[:, 0].sigmoid()
        pieces = (places - 1 + part.start).tolist()
        found += [(part.text, *one) for one in zip(pieces, labels.tolist(), said, strict=True)]
    return found


def figures(net: Net, aside: dict[str, list[Text]]) -> str:
    """F1 of words that tell of events, accuracy of types, how well vectors find pairs of one event in a topic."""
    said = []
    for task in ("event", "told"):
        pairs = [(label, one.item() >= 0.5) for _, _, label, one in answers(net, aside.get(task, ()), task)]
        right = sum(label and yes for label, yes in pairs)
        said.append(f"{task} F1 {2 * right / max(1, sum(map(sum, pairs))):.3f}")
    types = [
        (label, int(one.argmax()), float(one.max())) for _, _, label, one in answers(net, aside.get("type", ()), "type")
    ]
    right = sum(label == found for label, found, _ in types)
    sure = [(label == found) for label, found, p in types if p >= 0.7 and found]
    said.append(f"types {right / max(1, len(types)):.3f}, of {len(sure)} sure ones {sum(sure) / max(1, len(sure)):.3f}")
    said.append(f"same AP {_average_precision(net, aside.get('told', ())):.3f}")
    return ", ".join(said)


def _average_precision(net: Net, texts: Iterable[Text]) -> float:
    """Mean over topics: of the pairs of events, sorted by likeness, the precision at each that is one event."""
    by_topic = defaultdict(list)
    for text, _, label, vector in answers(net, texts, "same"):
        by_topic[text.topic].append((label, vector))
    found = []
    for group in by_topic.values():
        labels, vectors = torch.tensor([label for label, _ in group]), torch.stack([vector for _, vector in group])
        one, other = torch.triu_indices(len(labels), len(labels), 1)
        order = (vectors[one] * vectors[other]).sum(1).argsort(descending=True)
        hits = (labels[one] == labels[other])[order].float()
        if hits.any():
            found.append(((hits.cumsum(0) / torch.arange(1, len(hits) + 1)) * hits).sum().item() / hits.sum().item())
    return sum(found) / max(1, len(found))
