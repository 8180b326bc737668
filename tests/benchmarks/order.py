"""The rules of order against MATRES: how many of its pairs each rule ties, and how many of these rightly.

    python tests/benchmarks/order.py ../shared/data [--held-out] [--wrong RULE]

MATRES orders the start points of verbs in TimeBank and AQUAINT: BEFORE, AFTER, EQUAL, or VAGUE where readers
disagree. Its verbs are given to the steps as event mentions; a link `before` or `includes` says that its source
starts first. Precision is told twice: of the pairs that are not vague, and of all. Rules are written looking at the
development part (timebank.py); `--wrong` shows what a rule gets wrong in it.
"""

import argparse
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path

from timebank import split

from newsloom.graph.reading import dates, events, order, status, times
from newsloom.graph.reading.parse import Parse, Parser
from newsloom.graph.types import Article, EventValue, Mention
from newsloom.schemas import load_schema
from newsloom.schemas.types import Schema

INVERSE = {"BEFORE": "AFTER", "AFTER": "BEFORE", "EQUAL": "EQUAL", "VAGUE": "VAGUE"}
SAID = {"before": "BEFORE", "includes": "BEFORE", "simultaneous": "EQUAL"}

Pairs = dict[tuple[str, str], str]  # ids of two mentions to how the first stands to the second


def gold(folder: Path) -> dict[str, list[dict]]:
    """MATRES's pairs by document, those whose verbs were found in the text."""
    found = defaultdict(list)
    for name in ("timebank", "aquaint"):
        for line in (folder / f"{name}.jsonl").read_text(encoding="utf-8").splitlines():
            pair = json.loads(line)
            if "start1" in pair and "start2" in pair:
                found[pair["doc"]].append(pair)
    return found


def placed(parse: Parse, pairs: Iterable[Mapping], schema: Schema) -> tuple[list[Mention], Pairs]:
    """Event mentions on MATRES's verbs, with status and days, and how each pair stands."""
    mentions: dict[tuple[int, int], Mention] = {}
    labels: Pairs = {}
    for pair in pairs:
        spans = [(pair[f"start{n}"], pair[f"end{n}"]) for n in (1, 2)]
        for span in spans:
            if span not in mentions:
                token = parse.tokens(*span).root
                value = EventValue(token.lemma_, span, tense=events.tense(token))
                mentions[span] = parse.mention(*span, "event", token.lemma_.upper(), value, "gold")
        one, other = (mentions[span].id for span in spans)
        labels[one, other], labels[other, one] = pair["rel"], INVERSE[pair["rel"]]
    ordered = [mentions[span] for span in sorted(mentions)]
    assessed, _ = status.assess(parse, ordered, [], schema)
    return dates.assign(parse, assessed, times.find(parse, schema), schema)[0], labels


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="the folder with tempeval3 and matres")
    parser.add_argument("--held-out", action="store_true", help="count the held-out part instead")
    parser.add_argument("--wrong", metavar="RULE", help="show the wrong links of the rules that start so")
    asked = parser.parse_args()
    if asked.wrong and asked.held_out:
        parser.error("the held-out part is counted, never read: leave --wrong or --held-out away")
    documents, schema, pairs = (
        split(asked.folder / "tempeval3")[asked.held_out],
        load_schema(),
        gold(asked.folder / "matres"),
    )
    articles = [Article(id=d["id"], text=d["text"], published=d["dct"]) for d in documents if d["id"] in pairs]
    counts: dict[str, Counter] = defaultdict(Counter)
    total = 0
    for parse in Parser().parse(articles):
        mentions, labels = placed(parse, pairs[parse.article.id], schema)
        total += sum(label != "VAGUE" for label in labels.values()) // 2
        for link in order.find(parse, mentions, schema):
            label = labels.get((link.source, link.target), "none")
            verdict = "right" if label == SAID[link.type] else label if label in ("VAGUE", "none") else "wrong"
            counts[link.rule][verdict] += 1
            if asked.wrong and link.rule.startswith(asked.wrong) and verdict in ("wrong", "VAGUE"):
                words = {mention.id: mention for mention in mentions}
                ends = sorted((words[link.source], words[link.target]), key=lambda mention: mention.span.start)
                text = parse.article.text[ends[0].span.start - 80 : ends[1].span.end + 80]
                print(
                    link.rule,
                    label,
                    words[link.source].text,
                    words[link.target].text,
                    " ".join(text.split()),
                    sep=" | ",
                )
    part = "held out" if asked.held_out else "development"
    print(f"{part}, {len(articles)} documents, {total} pairs that are not vague")
    for rule, count in (*sorted(counts.items()), ("all", sum(counts.values(), Counter()))):
        decided = count["right"] + count["wrong"]
        shares = [count["right"] / total if total else 0 for total in (decided, decided + count["VAGUE"])]
        print(f"{rule:24} precision {shares[0]:.3f} ({shares[1]:.3f} of all)  pairs {decided} + {count['VAGUE']} vague")
    decided = sum(count["right"] + count["wrong"] for count in counts.values())
    print(f"coverage {decided / total:.3f}")


if __name__ == "__main__":
    main()
