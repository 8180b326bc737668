"""The trained networks as files: ONNX with eight-bit weights, the tokenizer, the names, the digests."""

import json
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

import torch
from event_fit import means
from fit import Trained
from net import SHARED, WIDTH, Encoder, EventHeads, OrderHead
from onnxruntime.quantization import QuantType, quantize_dynamic
from tokenizers import Tokenizer
from torch import Tensor, nn

MODEL = "model.onnx"


class AskedEncoder(nn.Module):
    """One window: vectors of the pieces that are asked about, the mean of all, all of them by the lower layers."""

    def __init__(self, encoder: Encoder):
        super().__init__()
        self.encoder = encoder

    def forward(self, ids: Tensor, types: Tensor, asked: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        states = self.encoder.bert(input_ids=ids, token_type_ids=types, output_hidden_states=True).hidden_states
        return states[-1][0][asked], means(states[-1], torch.ones_like(ids)), states[SHARED]


class AskedEvents(nn.Module):
    """What the event heads say of some words of one window."""

    def __init__(self, heads: EventHeads):
        super().__init__()
        self.heads = heads

    def forward(self, vectors: Tensor, mean: Tensor) -> tuple[Tensor, ...]:
        return (
            self.heads.event(vectors)[:, 0].sigmoid(),
            self.heads.types(self.heads.senses(vectors)).softmax(1),
            self.heads.events(vectors, mean.expand_as(vectors)),
        )


class AskedOrder(nn.Module):
    """How likely each order of some pairs is, by the vectors of their first and of their second events."""

    def __init__(self, head: OrderHead):
        super().__init__()
        self.head = head

    def forward(self, first: Tensor, second: Tensor, features: Tensor) -> Tensor:
        return self.head.judge(first, second, features)[0].softmax(1)


def write(trained: Trained, tokenizer: Tokenizer, folder: Path) -> None:
    """Writes the folders encoder, events and order."""
    net = trained.net.eval()
    encoder, events, order = (folder / name for name in ("encoder", "events", "order"))
    ids = torch.tensor([[101, 2003, 2034, 2117, 102]])
    write_onnx(
        AskedEncoder(net.encoder),
        (ids, torch.zeros_like(ids), torch.tensor([1, 3])),
        {"ids": {1: "pieces"}, "types": {1: "pieces"}, "asked": {0: "words"}},
        {"vectors": {0: "words"}, "mean": {}, "lower": {1: "pieces"}},
        encoder,
    )
    tokenizer.save(str(encoder / "tokenizer.json"), pretty=False)
    some, mean = torch.randn(3, WIDTH), torch.randn(1, WIDTH)
    outputs = {name: {0: "words"} for name in ("event", "type", "same")}
    write_onnx(
        AskedEvents(net.events), (some, mean), {"vectors": {0: "words"}, "mean": {}}, outputs, events, exact=True
    )
    _names(events / "types.json", "types", trained.types)
    write_onnx(
        AskedOrder(net.order),
        (some, some + 1, torch.tensor([[1, 2, 0], [1, 2, 3], [0, 0, 0]])),
        {"first": {0: "pairs"}, "second": {0: "pairs"}, "features": {0: "pairs", 1: "names"}},
        {"likely": {0: "pairs"}},
        order,
    )
    _names(order / "features.json", "features", trained.collator.features)
    for place in (encoder, events, order):
        digests(place)


def write_onnx(
    net: nn.Module, example: tuple, inputs: dict[str, dict], outputs: dict[str, dict], folder: Path, exact: bool = False
) -> None:
    """A network as ONNX, for windows of any length and any number of words; its weights in eight bits, or exact."""
    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as place:
        path = folder / MODEL if exact else Path(place) / MODEL
        torch.onnx.export(
            net.eval(),
            example,
            path,
            input_names=list(inputs),
            output_names=list(outputs),
            dynamic_axes={name: axes for name, axes in {**inputs, **outputs}.items() if axes},
            opset_version=17,
            dynamo=False,
        )
        if not exact:
            quantize_dynamic(path, folder / MODEL, weight_type=QuantType.QInt8, per_channel=True)


def _names(path: Path, key: str, names: list[str]) -> None:
    path.write_text(json.dumps({key: names}, indent=0) + "\n", encoding="utf-8")


def digests(folder: Path) -> None:
    files = sorted(
        path for path in folder.iterdir() if path.suffix in (".onnx", ".json") and path.name != "digests.json"
    )
    digests = {path.name: sha256(path.read_bytes()).hexdigest() for path in files}
    (folder / "digests.json").write_text(json.dumps(digests, indent=2) + "\n", encoding="utf-8")
