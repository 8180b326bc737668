"""Who did it to whom, against the sources and targets of PLOVER's gold standard records.

    python tests/benchmarks/plover_roles.py ../shared/data/plover/gold.jsonl [--held-out] [--errors]

The events that stand on a record's event words (EVT) are asked for their roles. Recall: has a gold source words of one
of their agents or participants, a gold target of one of their recipients, participants or places? Precision: has an
agent words of a gold source, a recipient of a target, a participant of either? The roles are those before coreference,
so a "they" that acts counts as wrong, as does the half of a record's actors that its event words have no event for;
the records whose words have one are counted by themselves too. Records are split as in plover_actors.py.
"""

import json
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from newsloom.graph import knowledge as room
from newsloom.graph.reading import events, names, roles
from newsloom.graph.reading.parse import Parser
from newsloom.graph.types import Article, Link, Mention
from newsloom.schemas import load_schema

SOURCE, TARGET = (
    frozenset({"agent", "participant"}),
    frozenset({"recipient", "participant", "place", "origin", "destination"}),
)
MARKED = re.compile(r"\(\w+(?:/\w+)?: ?|[(){}]")
EVENT_WORDS = re.compile(r"\(EVT: ?([^()}]+)[)}]")


def main(path: Path, held_out: bool, errors: bool) -> None:
    """Prints recall of sources and targets, and precision of agents, recipients and participants."""
    parser, schema, knowledge = Parser(), load_schema(), room.load()
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    chosen = rows[1::2] if held_out else rows[0::2]
    counts: Counter[str] = Counter()
    for row, parse in zip(chosen, parser.parse(Article(id=r["id"], text=r["text"]) for r in chosen), strict=True):
        mentions = names.find(parse, schema, knowledge)
        found = events.find(parse, schema)
        stretches = list(event_words(row))
        own = {m.id for m in found if any(start <= m.span.start < end for start, end in stretches)}
        links = [link for link in roles.find(parse, found, mentions, schema) if link.source in own]
        judged = list(score(row, links, {m.id: m for m in mentions}))
        counts.update(judged)
        counts.update(f"{name}, event found" for name in judged if own and "gold" in name)
        if errors and not held_out:
            print(
                row["event"],
                row["text"],
                *(f"{link.type} {link.rule} {link.target}" for link in links),
                judged,
                sep="\n    ",
            )
    right = {name: counts[f"right {name}"] for name in counts}
    label = "held out" if held_out else "development"
    for name in [name for name in sorted(counts) if not name.startswith("right ")]:
        print(f"{label:12} {name:30} {right[name]}/{counts[name]} = {right[name] / counts[name]:.3f}")


def event_words(row: dict) -> Iterator[tuple[int, int]]:
    """Where the words that the record marks as its event stand in its text."""
    info = row["textInfo"]
    markup = info["markup"] if isinstance(info, dict) else info
    for match in EVENT_WORDS.finditer(markup):
        words = match.group(1).strip()
        about = len(MARKED.sub("", markup[: match.start()]))
        places = [m.start() for m in re.finditer(re.escape(words), row["text"])]
        if places:
            start = min(places, key=lambda place: abs(place - about))
            yield start, start + len(words)


def score(row: dict, links: Iterable[Link], by_id: dict[str, Mention]) -> Iterator[str]:
    """The names of the counts that one record adds to."""
    gold = {
        side: [_words(a["actorText"]) for a in row.get(side, ()) if isinstance(a, dict)]
        for side in ("source", "target")
    }
    filled = [(link.type, _words(by_id[link.target].text)) for link in links]
    for side, types in (("source", SOURCE), ("target", TARGET)):
        for words in gold[side]:
            yield from _judged(f"gold {side}", any(type in types and words & other for type, other in filled))
    targets = gold["target"] or gold["source"]  # of those who act together the record names no target
    wanted = {"agent": gold["source"], "recipient": targets, "participant": gold["source"] + targets}
    for type, words in filled:
        if type in wanted:
            yield from _judged(type, any(words & other for other in wanted[type]))


def _judged(name: str, right: bool) -> Iterator[str]:
    yield name
    if right:
        yield f"right {name}"


def _words(text: str) -> set[str]:
    return set(text.lower().replace("'s", "").split()) - {"the", "a", "an", "of", "in"}


if __name__ == "__main__":
    main(Path(sys.argv[1]), "--held-out" in sys.argv, "--errors" in sys.argv)
