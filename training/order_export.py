"""The trained network as files: ONNX with eight-bit weights, the tokenizer, the names of the features, the digests."""

import json
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from order_fit import Trained
from order_net import OrderNet
from tokenizers import Tokenizer
from torch import Tensor, nn

MODEL = "model.onnx"


class Asked(nn.Module):
    """The network as it is asked at run time: one window, its pairs, and how likely each label is."""

    def __init__(self, net: OrderNet):
        super().__init__()
        self.net = net

    def forward(self, ids: Tensor, types: Tensor, first: Tensor, second: Tensor, features: Tensor) -> Tensor:
        vectors = self.net.encode(ids, types)[0]
        sure, _ = self.net.judge(vectors[first], vectors[second], features)
        return sure.softmax(1)


def write(trained: Trained, tokenizer: Tokenizer, folder: Path) -> None:
    """Writes model.onnx, float.onnx's eight-bit twin, tokenizer.json, features.json and digests.json."""
    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as place:
        exact = Path(place) / "float.onnx"
        _export(trained.net, exact)
        quantize_dynamic(exact, folder / MODEL, weight_type=QuantType.QInt8, per_channel=True)
    tokenizer.save(str(folder / "tokenizer.json"), pretty=False)
    (folder / "features.json").write_text(json.dumps({"features": trained.features}, indent=0) + "\n", encoding="utf-8")
    files = (MODEL, "tokenizer.json", "features.json")
    digests = {name: sha256((folder / name).read_bytes()).hexdigest() for name in files}
    (folder / "digests.json").write_text(json.dumps(digests, indent=2) + "\n", encoding="utf-8")


def _export(net: OrderNet, path: Path) -> None:
    """The network as ONNX with exact weights, for windows of any length and any number of pairs."""
    net.eval()
    example = (
        torch.tensor([[101, 2003, 2034, 2117, 102]]),
        torch.tensor([[0, 0, 1, 1, 0]]),
        torch.tensor([1, 2]),
        torch.tensor([2, 3]),
        torch.tensor([[1, 2, 0], [1, 2, 3]]),
    )
    axes = {
        "ids": {1: "pieces"},
        "types": {1: "pieces"},
        "first": {0: "pairs"},
        "second": {0: "pairs"},
        "features": {0: "pairs", 1: "names"},
        "likely": {0: "pairs"},
    }
    torch.onnx.export(
        Asked(net),
        example,
        path,
        input_names=list(axes)[:5],
        output_names=["likely"],
        dynamic_axes=axes,
        opset_version=17,
        dynamo=False,
    )
