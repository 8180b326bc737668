"""Documents with labels as the order model learns from them.

Gold pairs come from MATRES. TimeBank's and AQUAINT's own links between events, as the order of their starts, are
weaker further pairs; tense, aspect, class, polarity of events and their order to the publication are side tasks.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from random import Random
from typing import NamedTuple

from matres import parsed, read_pairs
from timebank import split
from tokenizers import Tokenizer

from newsloom.graph.reading.network import Pieces, pieces
from newsloom.graph.reading.order_features import features
from newsloom.graph.reading.order_model import LABELS
from newsloom.graph.reading.order_windows import CONTEXT, Window, windows
from newsloom.graph.reading.parse import Parse

UNKNOWN = -100  # a label that no loss counts
TASKS = ("class", "tense", "aspect", "polarity", "publication")
INVERSE = {
    "BEFORE": "AFTER",
    "AFTER": "BEFORE",
    "IBEFORE": "IAFTER",
    "IAFTER": "IBEFORE",
    "INCLUDES": "IS_INCLUDED",
    "IS_INCLUDED": "INCLUDES",
    "ENDS": "ENDED_BY",
    "ENDED_BY": "ENDS",
}
STARTS = {
    "before": ("BEFORE", "IBEFORE", "INCLUDES", "ENDED_BY"),
    "after": ("AFTER", "IAFTER", "IS_INCLUDED", "ENDS"),
    "equal": ("SIMULTANEOUS", "IDENTITY", "BEGINS", "BEGUN_BY", "DURING"),
}
START_OF = {link: label for label, links in STARTS.items() for link in links}


class Pair(NamedTuple):
    """Two events in text order by their pieces, what grammar tells, the label, and whether MATRES says so."""

    pieces: tuple[int, int]
    features: list[str]
    label: int
    gold: bool


class Document(NamedTuple):
    """A document's pieces, its pairs, and by piece the labels of its events for the side tasks."""

    text: Pieces
    pairs: list[Pair]
    events: dict[int, dict[str, str]]


def read(data: Path, tokenizer: Tokenizer) -> list[Document]:
    """The development documents, in the order of the split; the held-out ones are not looked at."""
    development, _ = split(data / "tempeval3")
    gold = read_pairs(data / "matres" / name for name in ("timebank.jsonl", "aquaint.jsonl"))
    both = zip(development, parsed(development), strict=True)
    return [_document(source, parse, gold.get(source["id"], []), tokenizer) for source, parse in both]


def _document(source: dict, parse: Parse, gold: Iterable[dict], tokenizer: Tokenizer) -> Document:
    text = pieces(parse, tokenizer)
    tokens = {event["eid"]: parse.tokens(event["start"], event["end"]).root for event in source["events"]}
    pairs: dict[tuple[int, int], Pair] = {}
    labelled = [(tokens[one["eid1"]], tokens[one["eid2"]], one["rel"].lower(), True) for one in gold]
    for first, second, label, sure in (*labelled, *_links(source, tokens)):
        places = text.at(first), text.at(second)
        if places[0] < places[1] and places not in pairs:
            pairs[places] = Pair(places, features(first, second), LABELS.index(label), sure)
    published = _order_to_publication(source)
    events = {}
    for event in source["events"]:
        instance = event["instances"][0] if event["instances"] else {}
        tasks = {**{task: instance.get(task) for task in TASKS}, "class": event["class"]}
        tasks["publication"] = published.get(event["eid"])
        events[text.at(tokens[event["eid"]])] = {task: label for task, label in tasks.items() if label is not None}
    return Document(text, list(pairs.values()), events)


def _links(source: dict, tokens: dict) -> Iterator[tuple]:
    """The document's own links between two events, in text order."""
    for link in source["tlinks"]:
        first, second, relation = tokens.get(link["source"]), tokens.get(link["target"]), link["rel"]
        if first is None or second is None:
            continue
        if first.i > second.i:
            first, second, relation = second, first, INVERSE.get(relation, relation)
        if relation in START_OF:
            yield first, second, START_OF[relation], False


def _order_to_publication(source: dict) -> dict[str, str]:
    """By event, how it lies to the document's date."""
    found = {}
    for link in source["tlinks"]:
        if link["target"] == source["dct_tid"]:
            found[link["source"]] = link["rel"]
        elif link["source"] == source["dct_tid"]:
            found[link["target"]] = INVERSE.get(link["rel"], link["rel"])
    return found


def feature_names(documents: Iterable[Document], least: int = 3) -> list[str]:
    """The features that at least some pairs have, sorted."""
    counts = Counter(name for document in documents for pair in document.pairs for name in pair.features)
    return sorted(name for name, count in counts.items() if count >= least)


def task_labels(documents: Iterable[Document]) -> dict[str, list[str]]:
    """The labels of each side task, sorted."""
    events = [event for document in documents for event in document.events.values()]
    return {task: sorted({event[task] for event in events if task in event}) for task in TASKS}


def cut(document: Document, chance: Random | None = None) -> list[tuple[Document, Window]]:
    """A document's windows: those it is asked with, or with `chance` those it learns from, of weaker pairs too."""
    if chance is None:
        document = document._replace(pairs=[pair for pair in document.pairs if pair.gold])
    context = CONTEXT if chance is None else chance.randint(0, CONTEXT + 1)
    spans = [pair.pieces for pair in document.pairs]
    found = windows(spans, document.text.sentences, len(document.text.ids), context)
    return [(document, window) for window in found]
