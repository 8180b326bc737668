"""Texts that attack the reading: its time grows with their length and no faster, and offsets stay right."""

import time
from itertools import pairwise

import pytest
from fuzz.contract import sound
from timing import least

import newsloom
from newsloom.graph import limits
from newsloom.graph.pipeline import read_parse
from newsloom.graph.reading.numbers import numerals_of
from newsloom.graph.reading.parse import _batches, paragraph_starts
from newsloom.graph.types import Article

# Each went with the square of its length, or the cube, before sentences and look-backs had an end.
UNITS = {
    "clauses": "the attack happened because ",
    "parts": "police killed three people; ",
    "verbs": "Iran attacked Israel and ",
    "nouns": "the killing of ",
    "names": "Emmanuel Macron, Vladimir Putin, Joe Biden, ",
    "brackets": "(attack ",
    "quotations": '"He said, "',
    "pronouns": "He said they told him it was his. ",
    "owners": "Iran's Israel's ",
    "tiny sentences": "Iran attacked. ",
    "speakers": "Macron said that ",
    "numbers": "two hundred million ",
    "days": "Monday ",
    "signs": "a-b-",
}


def seconds(parser, schema, knowledge, text: str) -> float:
    """What the reading takes once the text is parsed."""
    (parse,) = parser.parse([Article(id="t", text=text, published="2024-04-14")])
    start = time.process_time()
    reading = read_parse(parse, schema, knowledge)
    taken = time.process_time() - start
    sound(reading)
    assert all(end - start <= 300 * 30 for start, end in reading.sentences)
    return taken


@pytest.mark.parametrize("unit", UNITS)
def test_four_times_the_text_takes_about_four_times_the_time(parser, schema, knowledge, unit):
    short, long = ((UNITS[unit] * size)[: size - 1] + "." for size in (8_000, 32_000))
    first = seconds(parser, schema, knowledge, short)
    assert seconds(parser, schema, knowledge, long) < 8 * first + 1.0


@pytest.mark.parametrize("unit", ["(", ".", "'s", '"(', "*-"])
def test_signs_in_a_row_are_not_taken_apart(parser, unit):
    (parse,) = parser.parse([Article(id="t", text=f"The river rose {(unit * 30_000)[:30_000]} at night.")])
    assert len(parse.doc) < 12
    (parse,) = parser.parse([Article(id="t", text=f"The river rose {unit * 20} at night.")])
    assert len(parse.doc) >= 6


def test_no_sentence_is_longer_than_can_be_read(parser):
    text = "The river rose and the bridge fell, " * 400
    (parse,) = parser.parse([Article(id="t", text=text)])
    sentences = list(parse.doc.sents)
    assert len(parse.doc) > 10 * limits.MAX_SENTENCE
    assert max(map(len, sentences)) <= limits.MAX_SENTENCE
    assert all(one.end == other.start for one, other in pairwise(sentences))
    assert all(sentence.text.endswith(",") for sentence in sentences[:-1])  # behind a pause, where there is one


@pytest.mark.parametrize(
    ("text", "reason"),
    [("x " * 100_001, "200,002 characters; newsloom reads articles of up to 200,000"), ("- " * 60_000, "60,000 words")],
)
def test_what_is_too_long_is_not_read(parser, text, reason):
    with pytest.raises(limits.TooLong, match=reason):
        list(parser.parse([Article(id="t", text=text)]))


def test_what_is_too_long_is_listed_and_the_rest_is_built():
    good = Article(id="good", text="Rebels attacked the base in Aden and killed two soldiers.", published="2024-04-14")
    graph = newsloom.build(
        [Article(id="long", text="river " * 2_000_000), good, Article(id="signs", text="- " * 60_000)]
    )
    assert list(graph.articles) == ["good"]
    told = {refusal.origin: refusal.reason for refusal in graph.refused}
    assert "12,000,000 characters" in told["article long"]
    assert "60,000 words and signs" in told["article signs"]


def test_long_articles_are_parsed_apart(parser):
    articles = [Article(id=str(n), text="Rain fell on the town. " * 1_000) for n in range(10)]
    pairs = [(parser.nlp.make_doc(article.text), article) for article in articles]
    batches = list(_batches(pairs, 32))
    assert [pair for batch in batches for pair in batch] == pairs
    assert len(batches) == 3
    assert all(sum(len(doc) for doc, _ in batch) <= limits.MAX_AT_ONCE for batch in batches)
    assert [len(batch) for batch in _batches(pairs[:1] * 40, 2)] == [2] * 20


def test_numbers_without_end_are_none(schema):
    numerals = numerals_of(schema)
    for text in ("million " * 400, "9" * 5000, f"1 to {'9' * 5000}", "hundreds of " * 300 + "thousands"):
        assert all(amount.count < float("inf") for amount in numerals.find(text))
    assert [amount.count for amount in numerals.find("two million")] == [2e6]


def test_blank_lines_without_end_take_no_time():
    blank, many = ("\n \n" * count for count in (20_000, 200_000))
    assert paragraph_starts("Rain fell.\n\n  Hail fell." + many) == [0, 14]
    assert paragraph_starts("A\nB" + "\n" * 200_000) == [0, 2]
    assert least(lambda: paragraph_starts(many)) < 30 * least(lambda: paragraph_starts(blank))
