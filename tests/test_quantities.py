"""Quantities of a sentence and the events they belong to, from cases/quantities.yaml and quantities_more.yaml."""

from pathlib import Path

import pytest
from telling import expected, told

from newsloom.graph.reading import events, quantities
from newsloom.graph.reading.numbers import numerals_of
from newsloom.schemas.loader import load_yaml

FILE = Path(__file__).with_name("cases") / "quantities.yaml"
CASES = load_yaml(FILE.read_text(encoding="utf-8"), FILE.name)
MORE = load_yaml(FILE.with_stem("quantities_more").read_text(encoding="utf-8"), "quantities_more.yaml")
WORTH = (
    # words, count, bound, upper end, currency
    ("At least 40 people", 40, "at-least", None, None),
    ("10-15 villagers", 10, "at-least", 15, None),
    ("between 10 and 15 million", 10e6, "at-least", 15e6, None),
    ("50 to 60 men", 50, "at-least", 60, None),
    ("two hundred and seven", 207, None, None, None),
    ("half a million", 500_000, None, None, None),
    ("two and a half million", 2_500_000, None, None, None),
    ("half a dozen", 6, None, None, None),
    ("a hundred thousand", 100_000, None, None, None),
    ("dozens", 24, "at-least", None, None),
    ("tens of thousands", 20_000, "at-least", None, None),
    ("several hundred", 200, "at-least", None, None),
    ("a couple of guards", 2, "about", None, None),
    ("no one", 0, None, None, None),
    ("50 or more", 50, "at-least", None, None),
    ("as many as 60", 60, "at-most", None, None),
    ("up to US$7 billion", 7e9, "at-most", None, "USD"),
    ("£2m", 2e6, None, None, "GBP"),
    ("a 500 million euro loan", 500e6, None, None, "EUR"),
    ("a $31.5-million contract", 31.5e6, None, None, "USD"),
    ("hundreds of millions of dollars", 200e6, "at-least", None, "USD"),
    ("300 rupees", 300, None, None, None),  # of which country, the word does not say
)
NO_NUMBERS = ("a 23-year-old man", "61%", "at 10:30", "on 2024-02-23", "an F-16", "a 3-1 win", "a 12 to 10 vote")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:60])
def test_quantities(parse, schema, case):
    parsed = parse(case["text"])
    found = events.find(parsed, schema)
    mentions, links = quantities.find(parsed, found, schema)
    lemmas = {event.id: event.value.lemma for event in found}
    owner = {link.target: lemmas[link.source] for link in links}
    told = [[m.text, m.value.count, m.value.of, m.value.bound, owner.get(m.id)] for m in mentions]
    assert told == case["found"]


@pytest.mark.parametrize("case", MORE, ids=lambda case: case["text"][:60])
def test_what_numbers_tell(parse, schema, case):
    parsed = parse(case["text"])
    assert told(parsed, schema) == expected(case, parsed, schema)


@pytest.mark.parametrize(("words", "count", "bound", "upper", "currency"), WORTH, ids=lambda value: str(value))
def test_what_number_words_are_worth(schema, words, count, bound, upper, currency):
    found = [(a.count, a.bound, a.upper, a.currency) for a in numerals_of(schema).find(words)]
    assert found == [(count, bound, upper, currency)]


@pytest.mark.parametrize("words", NO_NUMBERS)
def test_what_is_no_number(schema, words):
    assert list(numerals_of(schema).find(words)) == []


def test_an_empty_schema_has_digits_only(parse, schema):
    from msgspec import structs

    bare = structs.replace(schema, raw={}, digest="bare")
    assert [amount.count for amount in numerals_of(bare).find("Twelve men and 12 women")] == [12]
    assert quantities.find(parse("Twelve men and 12 women fled."), [], bare) == ([], [])
