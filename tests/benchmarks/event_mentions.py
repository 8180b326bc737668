"""Which words tell of events, against TimeBank and AQUAINT: precision, recall and F1.

    python tests/benchmarks/event_mentions.py ../shared/data/tempeval3 [--held-out]

A gold event counts as found when a mention's trigger lies in its words (strict: nearly all of them are one word), each
once. `all` counts every gold event and every mention; `covered` those whose word is a trigger of the schema by its
lemma and part of speech, whatever company it keeps; `lexicon` only the mentions that triggers gave, against all gold
events. The model was trained on the development part (timebank.py): what it scores there is no measure of anything.
"""

import sys
from collections.abc import Callable, Iterable
from pathlib import Path

from timebank import split

from newsloom.graph.reading import events
from newsloom.graph.reading.event_model import event_model
from newsloom.graph.reading.parse import Parse, Parser, Token
from newsloom.graph.types import Article, Mention
from newsloom.schemas import load_schema

Counts = tuple[int, int, int]  # right, found, gold


def main(folder: Path, held_out: bool) -> None:
    """Prints the three tables."""
    development, aside = split(folder)
    documents = aside if held_out else development
    schema = load_schema()
    triggers = events.triggers_of(schema)
    tables: dict[str, list[Counts]] = {"all": [], "covered": [], "lexicon": []}
    articles = (Article(id=d["id"], text=d["text"], published=d["dct"]) for d in documents)
    for document, parse in zip(documents, Parser(event_model()).parse(articles), strict=True):
        gold = [(one["start"], one["end"]) for one in document["events"]]
        found = events.find(parse, schema)
        tables["all"].append(count(gold, found))
        tables["covered"].append(covered(parse, gold, found, triggers.lists))
        tables["lexicon"].append(count(gold, [m for m in found if m.rule.startswith("trigger:")]))
    for name, counts in tables.items():
        right, given, asked = (sum(one[n] for one in counts) for n in range(3))
        precision, recall = right / given, right / asked
        f1 = 2 * precision * recall / (precision + recall)
        print(f"{name:8} P {precision:.3f} R {recall:.3f} F1 {f1:.3f}  ({right} of {given} found, {asked} gold)")


def count(gold: list[tuple[int, int]], found: Iterable[Mention]) -> Counts:
    """Right, found and gold of one document."""
    starts = {mention.span.start for mention in found}
    right = sum(any(start <= at < end for at in starts) for start, end in gold)
    return right, len(starts), len(gold)


def covered(parse: Parse, gold: list[tuple[int, int]], found: list[Mention], lists: Callable[[Token], bool]) -> Counts:
    """The same of the words that the schema lists."""
    listed = {token.idx for token in parse.doc if lists(token)}
    inside = [(start, end) for start, end in gold if any(start <= at < end for at in listed)]
    return count(inside, [mention for mention in found if mention.span.start in listed])


if __name__ == "__main__":
    main(Path(sys.argv[1]), "--held-out" in sys.argv)
