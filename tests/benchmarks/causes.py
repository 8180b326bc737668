"""Causal links against tests/cases/causes_more.yaml: sentences with the links that they say, and traps without one.

    python tests/benchmarks/causes.py [--held-out]

A word of an expected link counts as an event whether or not a trigger of the schema takes it for one, so that what is
no event does not mix in. A link is right where source, relation and target are; its status and claimer are counted
apart, over the links that are right. Errors are listed for the development part alone: the part held out is counted,
never read.
"""

import argparse
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from newsloom.graph import knowledge as room
from newsloom.graph import pipeline
from newsloom.graph.knowledge import Knowledge
from newsloom.graph.reading import events
from newsloom.graph.reading.parse import Parse, Parser
from newsloom.graph.types import Article, Link, Mention, Reading
from newsloom.schemas import load_schema
from newsloom.schemas.loader import load_yaml
from newsloom.schemas.types import Schema

CASES = Path(__file__).parents[1] / "cases"
RELATIONS = ("causes", "intends-to-cause", "prevents", "enables", "responds-to")


class Said(NamedTuple):
    """A causal link in words: its ends as they stand in the text, its status, and the words of who claims it."""

    source: str
    relation: str
    target: str
    factuality: str = "asserted"
    claimed_by: str | None = None

    def is_like(self, other: "Said") -> bool:
        """Whether both tie the same words in the same way; of words with a bar between them either is meant."""
        ends = ((self.source, other.source), (self.target, other.target))
        return self.relation == other.relation and all(given in wanted.split("|") for given, wanted in ends)


class Judged(NamedTuple):
    """One text with the links that it says and those read from it."""

    text: str
    wanted: list[Said]
    given: list[Said]

    def right(self) -> list[tuple[Said, Said]]:
        """The links that are read as they should be, each with what was wanted."""
        pairs = [(one, next((other for other in self.wanted if one.is_like(other)), None)) for one in self.given]
        return [(one, other) for one, other in pairs if other is not None]


def judge(parser: Parser, cases: list[dict[str, Any]], schema: Schema, knowledge: Knowledge) -> list[Judged]:
    """Every case with what is read of it."""
    articles = [Article(id=str(number), text=case["text"]) for number, case in enumerate(cases)]
    return [_judged(parse, case, schema, knowledge) for parse, case in zip(parser.parse(articles), cases, strict=True)]


def _judged(parse: Parse, case: dict[str, Any], schema: Schema, knowledge: Knowledge) -> Judged:
    wanted = [Said(*link) for link in case["links"]]
    found = {event.id: event for event in events.find(parse, schema)}
    for word in {word for link in wanted for end in (link.source, link.target) for word in end.split("|")}:
        event = _event(parse, word, schema)
        found.setdefault(event.id, event)
    given = sorted(found.values(), key=lambda event: event.span.start)
    reading = pipeline.read_parse(parse, schema, knowledge, events_given=given)
    return Judged(case["text"], wanted, list(said(reading)))


def _event(parse: Parse, word: str, schema: Schema) -> Mention:
    match = re.search(rf"\b{re.escape(word)}\b", parse.article.text)
    assert match is not None, f"no {word} in: {parse.article.text}"
    return events.mention_of(parse, parse.tokens(*match.span()).root, schema)


def said(reading: Reading) -> Iterator[Said]:
    """The causal links of a reading in words."""
    by_id = {mention.id: mention for mention in reading.mentions}
    for link in reading.links:
        if link.type in RELATIONS:
            yield _said(link, by_id)


def _said(link: Link, by_id: Mapping[str, Mention]) -> Said:
    claimer = by_id[link.claimed_by].text if link.claimed_by else None
    return Said(by_id[link.source].text, link.type, by_id[link.target].text, link.factuality, claimer)


def is_claimer(given: str | None, wanted: str | None) -> bool:
    """Whether the words for who claims a link have the word that is asked for."""
    return (given is None) == (wanted is None) and (wanted or "") in (given or "")


def report(judged: list[Judged]) -> None:
    """Prints precision, recall and F1 in all and of each relation; statuses and claimers of what is right."""
    wanted = Counter(link.relation for one in judged for link in one.wanted)
    given = Counter(link.relation for one in judged for link in one.given)
    pairs = [pair for one in judged for pair in one.right()]
    right = Counter(link.relation for link, _ in pairs)
    traps = [one for one in judged if not one.wanted]
    print(f"{len(judged)} texts; of {len(traps)} traps {sum(not one.given for one in traps)} without a link")
    for name in ("all", *RELATIONS):
        w, g, r = (c.total() if name == "all" else c[name] for c in (wanted, given, right))
        precision, recall = r / max(1, g), r / max(1, w)
        f1 = 2 * precision * recall / max(1e-9, precision + recall)
        print(f"  {name:16} precision {precision:.3f}  recall {recall:.3f}  F1 {f1:.3f}  ({r} of {w}, {g} given)")
    statuses = sum(link.factuality == other.factuality for link, other in pairs)
    claimers = sum(is_claimer(link.claimed_by, other.claimed_by) for link, other in pairs)
    print(f"  of those right, the status is right of {statuses / max(1, len(pairs)):.3f}", end=", ")
    print(f"who claims it of {claimers / max(1, len(pairs)):.3f}")


def cases(held_out: bool = False) -> list[dict[str, Any]]:
    """The labelled texts of one part."""
    path = CASES / ("causes_held_out.yaml" if held_out else "causes_more.yaml")
    return load_yaml(path.read_text(encoding="utf-8"), path.name)


def errors(one: Judged) -> Iterator[str]:
    """What is wrong with the links of a text, in words."""
    right = one.right()
    for link in one.given:
        if not any(link is given for given, _ in right):
            yield f"not so: {' '.join(link[:3])}"
    for link in one.wanted:
        if not any(link is wanted for _, wanted in right):
            yield f"missed: {' '.join(link[:3])}"
    for given, wanted in right:
        if given.factuality != wanted.factuality:
            yield f"{given.factuality}, not {wanted.factuality}: {' '.join(given[:3])}"
        if not is_claimer(given.claimed_by, wanted.claimed_by):
            yield f"claimed by {given.claimed_by}, not {wanted.claimed_by}: {' '.join(given[:3])}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--held-out", action="store_true", help="count the part held out instead")
    asked = parser.parse_args()
    judged = judge(Parser(), cases(asked.held_out), load_schema(), room.load())
    report(judged)
    for one in () if asked.held_out else judged:
        for error in errors(one):
            print(f"- {error}: {one.text}")


if __name__ == "__main__":
    main()
