"""The same event in many articles is one node, and its parts and its like are not: cases/once_each.yaml."""

from pathlib import Path

import pytest

from newsloom.graph import pipeline
from newsloom.graph.types import Article
from newsloom.schemas.loader import load_yaml

FILE = Path(__file__).parent / "cases" / "once_each.yaml"
CASES = load_yaml(FILE.read_text(encoding="utf-8"), str(FILE))


class Woven:
    """A graph whose events are found by their words."""

    def __init__(self, case, parser, schema, knowledge, backwards=False):
        given = case["articles"]
        self.articles = {
            id: Article(id=id, text=given[fields.get("like", id)]["text"], **_about(fields))
            for id, fields in given.items()
        }
        readings = list(pipeline.read(self.articles.values(), parser, schema, knowledge))
        self.graph = pipeline.weave(readings[:: -1 if backwards else 1], schema, knowledge)

    def event(self, words):
        """The node of an event by "article word" or "article word/2"."""
        article, word = words.split()
        word, _, times = word.partition("/")
        at = -1
        for _ in range(int(times or 1)):
            at = self.articles[article].text.index(word, at + 1)
        return self.graph.nodes[self.graph.resolution[f"{article}:{at}-{at + len(word)}:event"]]

    def check(self, case):
        for group in case.get("same", []):
            assert len({self.event(words).id for words in group}) == 1, group
        for group in case.get("apart", []):
            assert len({self.event(words).id for words in group}) == len(group), group
        parts = {(r.source, r.target) for r in self.graph.relations if r.type == "part-of"}
        for part, whole in case.get("part", []):
            assert (self.event(part).id, self.event(whole).id) in parts, (part, whole)
        for words, number in case.get("sources", {}).items():
            assert self.event(words).sources == number, words


def _about(fields):
    return {name: value for name, value in fields.items() if name not in ("text", "like")}


def _params():
    for case in CASES:
        marks = [pytest.mark.xfail(reason=case["gap"], strict=True)] if "gap" in case else []
        yield pytest.param(case, id=case["name"], marks=marks)


@pytest.mark.parametrize("case", list(_params()))
@pytest.mark.parametrize("backwards", [False, True], ids=["in order", "reversed"])
def test_once_each(case, backwards, parser, schema, knowledge):
    Woven(case, parser, schema, knowledge, backwards).check(case)


def test_every_merge_over_articles_says_why(parser, schema, knowledge):
    case = next(case for case in CASES if case["name"].startswith("three copies"))
    woven = Woven(case, parser, schema, knowledge)
    for event in woven.graph.events:
        if len({woven.graph.mentions[m].span.article for m in event.mentions}) > 1:
            assert event.reasons, event.name
