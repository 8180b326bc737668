"""The order of event pairs against MATRES: precision, recall and F1 over all labels but VAGUE.

    python tests/benchmarks/matres.py ../shared/data [--held-out]
    python tests/benchmarks/matres.py --pairs pairs.jsonl --documents documents.jsonl

Counted as Ning et al. 2019 do: precision is right labels among those predicted other than VAGUE, recall right
labels among gold ones other than VAGUE. The pairs are given; the model that ships with newsloom judges them.
It was trained on the development part (timebank.py): what it scores there is no measure of anything.
A pair has doc, start1, end1, start2, end2, rel; a document id, text, dct.
"""

import argparse
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from timebank import split

from newsloom.graph.reading.order_model import LABELS, OrderModel
from newsloom.graph.reading.parse import Parse, Parser
from newsloom.graph.types import Article

VAGUE = "vague"
Judged = tuple[str, str, str]  # gold label, predicted label, where the two events stand


def read_pairs(paths: Iterable[Path]) -> dict[str, list[dict]]:
    """The pairs whose two events have offsets, by document; of the few others nothing can be asked."""
    found = defaultdict(list)
    for path in paths:
        for line in path.read_text(encoding="utf-8").splitlines():
            pair = json.loads(line)
            if "start1" in pair and "start2" in pair:
                found[pair["doc"]].append(pair)
    return found


def parsed(documents: Iterable[dict]) -> Iterator[Parse]:
    """The documents as newsloom parses them."""
    return Parser().parse(Article(id=d["id"], text=d["text"], published=d["dct"]) for d in documents)


def scores(judged: Iterable[Judged]) -> tuple[float, float, float]:
    """Precision, recall and F1 over all labels but VAGUE, 0 where there is nothing to count."""
    counts = Counter((gold, predicted) for gold, predicted, _ in judged)
    right = sum(n for (gold, predicted), n in counts.items() if gold == predicted != VAGUE)
    found = sum(n for (_, predicted), n in counts.items() if predicted != VAGUE)
    asked = sum(n for (gold, _), n in counts.items() if gold != VAGUE)
    return right / max(found, 1), right / max(asked, 1), 2 * right / max(found + asked, 1)


def judge(model: OrderModel, parse: Parse, pairs: Iterable[dict]) -> Iterator[Judged]:
    """What the model says of the pairs of a document; a pair it does not judge is VAGUE."""
    pairs = list(pairs)
    tokens = [
        (parse.tokens(pair["start1"], pair["end1"]).root, parse.tokens(pair["start2"], pair["end2"]).root)
        for pair in pairs
    ]
    for pair, (first, second), likely in zip(pairs, tokens, model.judge(parse, tokens), strict=True):
        where = "same sentence" if first.sent == second.sent else "across sentences"
        yield pair["rel"].lower(), likely.label if likely is not None else VAGUE, where


def report(judged: list[Judged]) -> Iterator[str]:
    """The lines of the table."""
    parts = {"all": judged}
    for where in ("same sentence", "across sentences"):
        parts[where] = [one for one in judged if one[2] == where]
    for name, part in parts.items():
        accuracy = sum(gold == predicted for gold, predicted, _ in part) / max(len(part), 1)
        precision, recall, f1 = scores(part)
        yield f"{name:17} {len(part):5} pairs  P {precision:.3f}  R {recall:.3f}  F1 {f1:.3f}  accuracy {accuracy:.3f}"
    for label in LABELS:
        gold, found = (sum(one[i] == label for one in judged) for i in (0, 1))
        right = sum(one[0] == one[1] == label for one in judged)
        yield (
            f"{label:17} {gold:5} gold   P {right / max(found, 1):.3f}  R {right / max(gold, 1):.3f}  "
            f"F1 {2 * right / max(gold + found, 1):.3f}  predicted {found}"
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path, nargs="?", help="the folder with tempeval3 and matres")
    parser.add_argument("--held-out", action="store_true", help="count the held-out part instead")
    parser.add_argument("--pairs", type=Path, help="another file of pairs")
    parser.add_argument("--documents", type=Path, help="and of their documents")
    asked = parser.parse_args()
    if asked.pairs and asked.documents:
        documents = [json.loads(line) for line in asked.documents.read_text(encoding="utf-8").splitlines()]
        pairs = read_pairs([asked.pairs])
    elif asked.data:
        documents = split(asked.data / "tempeval3")[asked.held_out]
        pairs = read_pairs(asked.data / "matres" / name for name in ("timebank.jsonl", "aquaint.jsonl"))
    else:
        parser.error("give the data folder, or --pairs with --documents")
    documents = [document for document in documents if pairs.get(document["id"])]
    model = OrderModel()
    judged = [one for parse in parsed(documents) for one in judge(model, parse, pairs[parse.article.id])]
    print(f"{len(documents)} documents, {len(judged)} pairs", *report(judged), sep="\n")


if __name__ == "__main__":
    main()
