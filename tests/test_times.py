"""Time expressions and their days, from cases/times*.yaml."""

import random
from pathlib import Path

import pytest
from msgspec import structs

from newsloom.graph.edtf import to_edtf
from newsloom.graph.reading import times
from newsloom.graph.types import Article
from newsloom.schemas.errors import SchemaError
from newsloom.schemas.loader import load_yaml

FILES = ("times.yaml", "times_found.yaml", "times_news.yaml")


def cases():
    """The cases of every file; a known gap must fail."""
    folder = Path(__file__).with_name("cases")
    for name in FILES:
        for case in load_yaml(folder.joinpath(name).read_text(encoding="utf-8"), name):
            marks = [pytest.mark.xfail(reason=case["gap"], strict=True)] if "gap" in case else []
            yield pytest.param(case, id=case["text"][:60], marks=marks)


@pytest.mark.parametrize("case", list(cases()))
def test_times(parse, schema, case):
    parsed = parse(case["text"], published=case.get("published"), body=case.get("body", 0))
    found = times.find(parsed, schema)
    assert [(m.text, m.type, m.value.value) for m in found] == [tuple(time[:3]) for time in case["times"]]
    for mention, time in zip(found, case["times"], strict=True):
        assert mention.text == case["text"][mention.span.start : mention.span.end]
        if len(time) > 3:
            assert to_edtf(mention.value.when) == time[3]
        if "published" not in case and len(time) == 3 and not time[2][:4].isdigit():
            assert mention.value.when is None


def with_times(schema, **parts):
    """The schema with some parts of its `times` replaced."""
    times_table = {**schema.raw["times"], **parts} if parts else {}
    return structs.replace(schema, raw={**schema.raw, "times": times_table}, digest="")


def test_a_schema_without_time_words_finds_none(parse, schema):
    assert times.find(parse("The ministers met on Tuesday."), with_times(schema)) == []


@pytest.mark.parametrize(
    ("patterns", "says"),
    [
        ({"weekday": "weekdy"}, "Did you mean weekday"),
        ({"weekdays": "weekday"}, "has no meaning. Did you mean weekday"),
    ],
)
def test_a_broken_pattern_says_what_is_known(parse, schema, patterns, says):
    with pytest.raises(SchemaError, match=says):
        times.find(parse("The ministers met on Tuesday."), with_times(schema, patterns=patterns))


def test_every_rule_has_a_pattern_and_every_pattern_a_rule(schema):
    from newsloom.graph.reading.timex_rules import RULES

    assert set(RULES) == set(schema.raw["times"]["patterns"])


def test_no_heap_of_time_words_breaks_the_calendar(parser, schema):
    words = [word for group in schema.raw["times"]["words"].values() for word in group]
    words += [
        "31",
        "0",
        "99",
        "24:00",
        "0000",
        "0001",
        "9999",
        "31/02/2020",
        "9999-12-31",
        "1/2",
        "00s",
        "\n\n",
        "٣",
        "²",
    ]
    chance = random.Random(7)
    days = [None, "0001-01-01", "9999-12-31", "2024-02-29", "2023-12-31T23:00:00Z"]
    articles = [
        Article(id=str(n), text=" ".join(chance.choices(words, k=20)), published=chance.choice(days))
        for n in range(150)
    ]
    for parsed in parser.parse(articles):
        for mention in times.find(parsed, schema):
            when = mention.value.when
            assert mention.text == parsed.article.text[mention.span.start : mention.span.end]
            if when is not None and when.earliest and when.latest:
                assert when.earliest < when.latest
                assert to_edtf(when)
