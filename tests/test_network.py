"""The files of the trained models: those that were trained, and what is said when something is missing."""

import sys
from hashlib import sha256

import pytest
from msgspec import json

from newsloom.graph.reading import network
from newsloom.graph.reading.event_model import event_model
from newsloom.schemas.errors import InputError, UsageError


@pytest.mark.parametrize("name", ["cause_pairs", "encoder", "events", "order", "same"])
def test_the_files_are_those_that_were_trained(name):
    folder = network.MODELS / name
    digests = json.decode((folder / "digests.json").read_bytes())
    assert digests == {file: sha256((folder / file).read_bytes()).hexdigest() for file in digests}
    assert {path.name for path in folder.iterdir()} == {*digests, "digests.json", "MODEL_CARD.md"}


def test_all_models_are_small():
    assert sum(path.stat().st_size for path in network.MODELS.rglob("*")) < 40_000_000


@pytest.mark.parametrize("library", ["onnxruntime", "tokenizers"])
def test_a_missing_library_says_how_to_get_it(monkeypatch, library):
    monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(UsageError, match=f"pip install {library}"):
        network.session(network.MODELS / "x") if library == "onnxruntime" else network.tokenizer(network.MODELS / "x")


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(InputError, match=r"model\.onnx"):
        network.session(tmp_path / "model.onnx")


def test_a_build_says_which_library_is_missing(call, place, monkeypatch):
    (place / "a.txt").write_text("Rebels attacked the base in Aden and burned two trucks.", encoding="utf-8")
    monkeypatch.setitem(sys.modules, "onnxruntime", None)
    event_model.cache_clear()
    code, _, told = call("build", "a.txt")
    assert code == 2
    assert "pip install onnxruntime" in told
