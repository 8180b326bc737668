"""The type of the event of a sentence, against PLOVER's gold standard records.

    python tests/benchmarks/plover_types.py ../shared/data/plover/gold.jsonl [--held-out] [--list]

A record marks the words of its event. It is found when one of them is a trigger of newsloom's, and right when the
PLOVER type of that trigger's event is the record's. Of several triggers among the words the one highest in the parse
decides, of equals the first; "any right" also counts the others. Records are split by the parity of their place in the
file, even ones are for development; confusions are printed for these only (`--list`: with their words).

The records are of PLOVER 0.5, made from the examples of CAMEO's manual. Compared is as PLOVER itself went on:

- types that were renamed or merged, by its table from CAMEO (10 DEMAND is REQUEST, 11 DISAPPROVE and 09 INVESTIGATE are
  ACCUSE, 19 FIGHT is ASSAULT, and 1712, destruction, went from COERCE to ASSAULT);
- what is still to come is no type of its own in newsloom but a status (a planned CONSULT). PLOVER has one category for
  it: cooperation that somebody says it will do is AGREE (CAMEO 03, with 035 the intent to yield), conflict THREATEN
  (CAMEO 13). The figure without this step is printed as "bare".
"""

import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from difflib import SequenceMatcher
from pathlib import Path

from newsloom.graph import knowledge as room
from newsloom.graph.reading import events, names, status
from newsloom.graph.reading.event_model import event_model
from newsloom.graph.reading.parse import Parse, Parser, Token
from newsloom.graph.types import UNTYPED, Article, EventValue, Mention
from newsloom.schemas import load_schema
from newsloom.schemas.types import EventType, Schema

RENAMED = {"DEMAND": "REQUEST", "DISAPPROVE": "ACCUSE", "INVESTIGATE": "ACCUSE", "FIGHT": "ASSAULT"}
DESTRUCTION = ("COERCE", "destroy")
TAG = re.compile(r"\((?:SRC|TAR|EVT|LOC)[A-Z/]*:\s*|[)}{]")


def main(path: Path, held_out: bool, listed: bool) -> None:
    """Prints how many events were found, and of how many the type is right."""
    parser, schema, knowledge = Parser(event_model()), load_schema(), room.load()
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    chosen = rows[1::2] if held_out else rows[0::2]
    counts: Counter[str] = Counter()
    wrong: list[str] = []
    for row, parse in zip(chosen, parser.parse(Article(id=r["id"], text=r["text"]) for r in chosen), strict=True):
        gold = gold_type(row)
        words = event_words(row, parse)
        mentions = [m for m in events.find(parse, schema) if m.type != UNTYPED]
        mentions, _ = status.assess(parse, mentions, names.find(parse, schema, knowledge), schema)
        near = sorted((m for m in mentions if parse.head(m).i in words), key=lambda m: depth(parse.head(m)))
        types = [plover_type(mention, schema) for mention in near]
        counts.update(score(gold, types, [schema.event_types[m.type].plover for m in near]))
        if not types or types[0] != gold:
            told = ", ".join(f"{m.text} {m.type} {t}" for m, t in zip(near, types, strict=True))
            wrong.append(f"{gold:10} {told or '-'} | {row['eventText']}")
    half, total = ("held out" if held_out else "development"), counts["all"]
    for name in ("found", "right", "any right", "bare"):
        of = total if name == "found" else counts["found"]
        print(f"{half:12} {name:10} {counts[name]}/{of} = {counts[name] / of:.3f}")
    print(f"{half:12} {'right of all':10} {counts['right']}/{total} = {counts['right'] / total:.3f}")
    if listed and not held_out:
        print(*sorted(wrong), sep="\n")


def score(gold: str, types: list[str | None], bare: list[str | None]) -> Iterator[str]:
    """The names of the counts that one record adds to."""
    yield "all"
    if types:
        yield "found"
        yield from ("right",) if types[0] == gold else ()
        yield from ("any right",) if gold in types else ()
        yield from ("bare",) if bare[0] == gold else ()


def gold_type(row: dict) -> str:
    """The record's type, by the name that PLOVER gives it now."""
    name, mode = row["event"], (row.get("mode") or "").strip()
    return "ASSAULT" if (name, mode) == DESTRUCTION else RENAMED.get(name, name)


def plover_type(mention: Mention, schema: Schema) -> str | None:
    """PLOVER's one category for an event and its status."""
    event: EventType = schema.event_types[mention.type]
    assert isinstance(mention.value, EventValue)
    if mention.value.factuality != "planned" or event.plover in (None, "AGREE", "REJECT", "REQUEST", "ACCUSE"):
        return event.plover
    return "AGREE" if event.quad and event.quad.endswith("cooperation") else "THREATEN"


def event_words(row: dict, parse: Parse) -> set[int]:
    """The tokens that the record marks as its event."""
    info = row.get("textInfo")
    markup = (info.get("markup") if isinstance(info, dict) else info) or ""
    plain, marked = unmarked(markup)
    found: set[int] = set()
    for block in SequenceMatcher(None, plain, row["text"], autojunk=False).get_matching_blocks():
        inside = {n - block.a + block.b for n in marked if block.a <= n < block.a + block.size}
        found.update(token.i for token in parse.doc if token.idx in inside)
    return found


def unmarked(markup: str) -> tuple[str, set[int]]:
    """A marked text without its marks, and the places in it of the characters of the event."""
    plain, marked, opened, last = "", set(), [], 0
    for tag in (*TAG.finditer(markup), None):
        piece = markup[last : tag.start() if tag else len(markup)]
        if "EVT" in opened:
            marked.update(range(len(plain), len(plain) + len(piece)))
        plain += piece
        if tag is None:
            break
        last = tag.end()
        if tag[0].startswith("("):
            opened.append(tag[0][1:4])
        elif tag[0] != "{" and opened:
            opened.pop()
    return plain, marked


def depth(token: Token) -> int:
    """How many words stand above a token."""
    return sum(1 for _ in token.ancestors)


if __name__ == "__main__":
    main(Path(sys.argv[1]), "--held-out" in sys.argv, "--list" in sys.argv)
