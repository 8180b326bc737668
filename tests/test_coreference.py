"""Coreference: texts with what goes back to what."""

import doctest
from pathlib import Path

import pytest

from newsloom.graph.reading import coreference, names
from newsloom.schemas.loader import load_yaml

CASES = load_yaml(
    (Path(__file__).parent / "cases" / "coreference.yaml").read_text(encoding="utf-8"), "coreference.yaml"
)


def labels(mentions):
    """Mention id to its words, with a number from the second time they occur: "he#2"."""
    count, found = {}, {}
    for mention in mentions:
        words = mention.text
        count[words] = count.get(words, 0) + 1
        found[mention.id] = words if count[words] == 1 else f"{words}#{count[words]}"
    return found


def marked(case):
    gap = case.get("gap")
    return pytest.param(case, id=case["text"][:50], marks=[pytest.mark.xfail(reason=gap, strict=True)] if gap else [])


@pytest.mark.parametrize("case", [marked(case) for case in CASES])
def test_goes_back_to(case, parse, schema, knowledge):
    parsed = parse(case["text"])
    mentions = names.find(parsed, schema, knowledge)
    words = labels(mentions)
    links = coreference.find(parsed, mentions, knowledge)
    back = {words[link.source]: words[link.target] for link in links}
    assert {later: back.get(later) for later in case["links"]} == case["links"]
    starts = {mention.id: mention.span.start for mention in mentions}
    assert all(starts[link.target] <= starts[link.source] and link.type == "same-as" for link in links)


def test_two_people_in_one_clause_are_not_one(parse, schema, knowledge):
    parsed = parse("Anna Berg met Olga Lind. She thanked her.")
    mentions = names.find(parsed, schema, knowledge)
    links = {link.source: link.target for link in coreference.find(parsed, mentions, knowledge)}
    pronouns = [m.id for m in mentions if m.text in ("She", "her")]
    assert len({links.get(p) for p in pronouns} - {None}) == len([p for p in pronouns if links.get(p)])


def test_doctests():
    assert doctest.testmod(coreference).failed == 0
