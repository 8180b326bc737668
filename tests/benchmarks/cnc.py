"""How well causal sentences are told, and the words of cause, effect and signal, in the Causal News Corpus.

    python tests/benchmarks/cnc.py ../shared/data/cnc

The model that ships with newsloom has learnt from all of these sentences: what it does on others is measured by
training/causal.py, which trains without a fifth of them in turn and counts that with this file. Given a folder
of the same form that it has not learnt from, this is its figure.

The spans are counted as the corpus's shared task of 2023 does (Tan et al., CASE 2023): only sentences with relations
count; of these at most as many predictions as there are relations, the likeliest, paired so that F1 is best; fair F1 of
cause, effect and signal together (Ortmann, LREC 2022), in which a wrong boundary or label is half a miss and half a
false one. Words are what stands between spaces.

The corpus has no documents any more, but its sentences are numbered in the order in which they were taken from them.
A fold is a fifth of each of its parts in that order, so that a document's sentences stay together.
"""

import argparse
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from itertools import permutations
from pathlib import Path
from typing import NamedTuple

FOLDS = 5
CAUSAL = 0.4  # how likely a sentence must tell of a cause: chosen on development
ERRORS = ("LE", "BE", "LBE")


class Row(NamedTuple):
    """A row of the corpus: whether it is causal, and its relations as the corpus has them."""

    id: str
    text: str
    causal: bool
    relations: list[dict]
    fold: int


class Span(NamedTuple):
    """Words of a sentence, both ends included, and what they are."""

    label: str
    first: int
    last: int


def rows_of(folder: Path) -> list[Row]:
    """The corpus, in the order of its numbers, with the fold of each sentence."""
    causal = {row["id"]: row for row in _lines(folder / "subtask1_train.jsonl")}
    spans = {row["text"]: row["relations"] for row in _lines(folder / "subtask2_train.jsonl")}
    parts: dict[tuple[str, str], list[dict]] = defaultdict(list)
    for row in sorted(causal.values(), key=lambda row: place(row["id"])):
        parts[place(row["id"])[:2]].append(row)
    return [
        Row(row["id"], row["text"], bool(row["label"]), spans[row["text"]], number * FOLDS // len(part))
        for part in parts.values()
        for number, row in enumerate(part)
    ]


def place(id: str) -> tuple[str, str, int, int]:
    """Where a sentence stands: the part of the corpus, its section, the number in it ("train_01_107_3187")."""
    _, part, *rest = id.split("_")
    section = rest.pop(0) if not rest[0].isdigit() else ""
    numbers = [int(one) if one.isdigit() else 0 for one in (*rest, "0", "0")]
    return part, section, numbers[0], numbers[1]


def _lines(path: Path) -> list[dict]:
    return list(map(json.loads, path.read_text(encoding="utf-8").splitlines()))


class Scored(NamedTuple):
    """A sentence: what the corpus says of it, how likely it is causal, and the relations found, the likeliest first."""

    row: Row
    causal: float
    relations: list[list[Span]]


def spans_of(text: str, relation: dict) -> list[Span]:
    """A relation of the corpus, or one in its form, as words."""
    found = [_span("cause", text, relation["cause"]), _span("effect", text, relation["effect"])]
    return found + [_span("signal", text, signal) for signal in relation["signals"]]


def _span(label: str, text: str, span: dict) -> Span:
    return Span(label, text.count(" ", 0, span["start"]), text.count(" ", 0, max(span["start"], span["end"] - 1)))


def fair(gold: Iterable[Span], found: Iterable[Span]) -> Counter[str]:
    """What is right and wrong of one relation: TP, FP, FN and errors of label, of boundary, and of both.

    >>> fair([Span("cause", 0, 3)], [Span("cause", 0, 2), Span("effect", 5, 6)])
    Counter({'BE': 1, 'FP': 1})
    """
    missed, more = list(dict.fromkeys(gold)), list(dict.fromkeys(found))
    counts: Counter[str] = Counter()
    kinds = {
        "TP": lambda a, b: a == b,
        "LE": lambda a, b: a[1:] == b[1:],
        "BE": lambda a, b: a.label == b.label and _shared(a, b) > 0,
        "LBE": lambda a, b: _shared(a, b) > 0,
    }
    for kind, is_one in kinds.items():
        for span in list(missed):
            near = [other for other in more if is_one(span, other) and _is_tagged_with(span, other)]
            if near:
                counts[kind] += 1
                missed.remove(span)
                more.remove(max(near, key=lambda other: (_shared(span, other), -(other.last - other.first))))
    return counts + Counter(FN=len(missed), FP=len(more))


def _is_tagged_with(span: Span, other: Span) -> bool:
    """Whether two spans are counted against one another: signals are tagged apart from causes and effects."""
    return (span.label == "signal") == (other.label == "signal")


def _shared(a: Span, b: Span) -> int:
    return max(0, min(a.last, b.last) - max(a.first, b.first) + 1)


def counts_of(one: Scored) -> Counter[str]:
    """What is right and wrong of a sentence's relations, paired so that F1 is best."""
    gold = [spans_of(one.row.text, relation) for relation in one.row.relations]
    found = one.relations[: len(gold)]
    found = found + [[]] * (len(gold) - len(found))
    pairings = (sum((fair(a, b) for a, b in zip(gold, order, strict=True)), Counter()) for order in permutations(found))
    return max(pairings, key=lambda counts: scores(counts)[2])


def scores(counts: Counter[str]) -> tuple[float, float, float]:
    """Precision, recall and F1, errors of label and boundary counted half as misses, half as false ones."""
    half = sum(counts[error] for error in ERRORS) / 2
    precision = counts["TP"] / max(1, counts["TP"] + counts["FP"] + half)
    recall = counts["TP"] / max(1, counts["TP"] + counts["FN"] + half)
    return precision, recall, 2 * precision * recall / max(1e-9, precision + recall)


def causal_scores(scored: Sequence[Scored], threshold: float = CAUSAL) -> tuple[float, float, float]:
    """Precision, recall and F1 of the sentences that tell of a cause."""
    pairs = Counter((one.row.causal, one.causal >= threshold) for one in scored)
    return scores(Counter(TP=pairs[True, True], FN=pairs[True, False], FP=pairs[False, True]))


def figures(scored: Sequence[Scored]) -> str:
    """Both figures in words."""
    spans = sum((counts_of(one) for one in scored if one.row.relations), Counter())
    causal = "causal or not P {:.3f} R {:.3f} F1 {:.3f}".format(*causal_scores(scored))
    return causal + ", spans P {:.3f} R {:.3f} F1 {:.3f}".format(*scores(spans))


def main() -> None:
    from newsloom.graph.reading.causal_tagger import causal_tagger
    from newsloom.graph.reading.event_model import event_model
    from newsloom.graph.reading.parse import Parser
    from newsloom.graph.types import Article

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path, help="the folder of the Causal News Corpus")
    asked = parser.parse_args()
    rows = rows_of(asked.data)
    tagger = causal_tagger()
    parses = Parser(event_model()).parse(Article(id=row.id, text=row.text) for row in rows)
    scored = []
    for row, parse in zip(rows, parses, strict=True):
        said = tagger.tell(parse, parse.doc[:])
        relations = [spans_of(row.text, told.record()) for told in said.relations]
        scored.append(Scored(row, said.causal, relations))
    print(f"{len(scored)} sentences: {figures(scored)}")


if __name__ == "__main__":
    main()
