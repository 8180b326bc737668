"""Status and source of events against tests/cases/factuality: sentences with one marked trigger each.

    python tests/benchmarks/factuality.py [--held-out]

The marked word counts as an event whether or not a trigger of the schema takes it for one, so that types do not mix
in. A source is right where the mention of the speaker has the word that the case names, or, where no actor is found
there, one inside its phrase ("a United Nations report"). Errors are listed for the development part alone: the part
held out is counted, never read.
"""

import argparse
import re
from collections import Counter
from pathlib import Path
from typing import Any, NamedTuple

from newsloom.graph import knowledge as room
from newsloom.graph.knowledge import Knowledge
from newsloom.graph.reading import events, names, status
from newsloom.graph.reading.parse import Parse, Parser
from newsloom.graph.types import Article, EventValue, Mention
from newsloom.schemas import load_schema
from newsloom.schemas.loader import load_yaml
from newsloom.schemas.types import Schema

CASES = Path(__file__).parents[1] / "cases" / "factuality"
MARK = re.compile(r"\*\*(.+?)\*\*")
STATUSES = ("asserted", "negated", "planned", "hypothetical", "alleged")


class Judged(NamedTuple):
    """One sentence: the status that it should have and the one given, the word for the source and whoever was found."""

    text: str
    wanted: str
    given: str
    source: str | None
    spoken: str | None
    source_right: bool


def judge(parser: Parser, cases: list[dict[str, Any]], schema: Schema, knowledge: Knowledge) -> list[Judged]:
    """Every case with what is read of it."""
    articles = [Article(id=str(number), text=MARK.sub(r"\1", case["text"])) for number, case in enumerate(cases)]
    return [_judged(parse, case, schema, knowledge) for parse, case in zip(parser.parse(articles), cases, strict=True)]


def _judged(parse: Parse, case: dict[str, Any], schema: Schema, knowledge: Knowledge) -> Judged:
    marked = MARK.search(case["text"])
    assert marked is not None, case["text"]
    start, end = marked.start(), marked.start() + len(marked.group(1))
    found = events.find(parse, schema)
    others = [event for event in found if event.span.start != start]
    event = next((event for event in found if event.span.start == start), None) or _event(parse, start, end)
    people = names.find(parse, schema, knowledge)
    assessed, _ = status.assess(parse, [event, *others], people, schema)
    value = assessed[0].value
    assert isinstance(value, EventValue)
    speaker = next((mention for mention in people if mention.id == value.source), None)
    right = _is_source(parse, case.get("source"), speaker, people)
    return Judged(case["text"], case["status"], value.factuality, case.get("source"), speaker and speaker.text, right)


def _event(parse: Parse, start: int, end: int) -> Mention:
    """The marked words as an event without a type."""
    token = parse.tokens(start, end).root
    return parse.mention(start, end, "event", "", EventValue(token.lemma_, (start, end)), "by-hand")


def _is_source(parse: Parse, word: str | None, speaker: Mention | None, people: list[Mention]) -> bool:
    if word is None or speaker is None:
        return word is None and speaker is None
    places = [match.span() for match in re.finditer(rf"\b{re.escape(word)}\b", parse.article.text)]
    if any(speaker.span.start < end and start < speaker.span.end for start, end in places):
        return True
    actors = [one.span for one in people if one.kind == "actor"]
    unnamed = [place for place in places if not any(one.start < place[1] and place[0] < one.end for one in actors)]
    phrases = [parse.tokens(*place).root.subtree for place in unnamed]
    return any(token.idx == speaker.span.start for phrase in phrases for token in phrase)


def accuracy(judged: list[Judged]) -> float:
    """The share of sentences with the right status."""
    return sum(one.wanted == one.given for one in judged) / len(judged)


def report(judged: list[Judged]) -> None:
    """Prints the accuracy in all, precision and recall of each status, and how many sources are right."""
    print(f"{len(judged)} sentences, {accuracy(judged):.3f} of their statuses right")
    wanted, given = Counter(one.wanted for one in judged), Counter(one.given for one in judged)
    right = Counter(one.wanted for one in judged if one.wanted == one.given)
    for name in STATUSES:
        precision, recall = right[name] / max(1, given[name]), right[name] / max(1, wanted[name])
        print(f"  {name:13} precision {precision:.3f}  recall {recall:.3f}  ({right[name]} of {wanted[name]})")
    asked = [one for one in judged if one.source is not None]
    answered = [one for one in asked if one.spoken is not None]
    hits = sum(one.source_right for one in asked)
    print(f"  {len(asked)} sources, {hits / len(asked):.3f} right, {hits / max(1, len(answered)):.3f} of those given")
    print(f"  {sum(one.source is None and one.spoken is not None for one in judged)} sources where none is asked for")


def cases(held_out: bool = False) -> list[dict[str, Any]]:
    """The labelled sentences of one part."""
    path = CASES / ("held_out.yaml" if held_out else "development.yaml")
    return load_yaml(path.read_text(encoding="utf-8"), path.name)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--held-out", action="store_true", help="count the part held out instead")
    asked = parser.parse_args()
    judged = judge(Parser(), cases(asked.held_out), load_schema(), room.load())
    report(judged)
    for one in () if asked.held_out else judged:
        if one.wanted != one.given:
            print(f"- {one.given}, not {one.wanted}: {one.text}")
        if not one.source_right:
            print(f"- said by {one.spoken}, not {one.source}: {one.text}")


if __name__ == "__main__":
    main()
