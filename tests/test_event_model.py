"""The model of events: words that no trigger lists, types of one's own by examples, odd inputs, one way through it."""

from pathlib import Path

import numpy as np
import pytest
from test_events import marked

from newsloom.graph.reading import events
from newsloom.graph.reading.event_model import SIZE, EventModel, event_model, windows
from newsloom.graph.reading.network import Pieces
from newsloom.graph.reading.parse import Parser
from newsloom.graph.types import UNTYPED, Article
from newsloom.schemas import SchemaError, load_schema
from newsloom.schemas.errors import InputError
from newsloom.schemas.loader import load_yaml

CASES = Path(__file__).with_name("cases") / "event_model.yaml"
STRANDING = """
extends: plover
name: strandings
events:
  STRANDING:
    definition: A whale or a dolphin comes to lie on land.
    examples:
      - "Nine whales **beached** on a sandbank near Hobart."
      - "A sperm whale **washed** ashore in Galway."
      - "The **stranding** of the dolphins puzzled scientists."
"""


@pytest.fixture(scope="module")
def read():
    """A function from a text to its parse, with the model."""
    parser = Parser(event_model())
    return lambda text: next(parser.parse([Article(id="t", text=text)]))


@pytest.fixture(scope="module")
def strandings(tmp_path_factory):
    path = tmp_path_factory.mktemp("schema") / "strandings.yaml"
    path.write_text(STRANDING, encoding="utf-8")
    return load_schema(path)


def _at(mentions, start):
    return next((mention for mention in mentions if mention.span.start == start), None)


@pytest.mark.parametrize("case", load_yaml(CASES.read_text(encoding="utf-8"), CASES.name), ids=lambda c: c["text"][:60])
def test_a_word_that_no_trigger_lists(read, schema, case):
    plain, (start,) = marked(case["text"])
    found = _at(events.find(read(plain), schema), start)
    assert (found.type if found else None) == case["type"]
    if found:
        assert found.rule.startswith("model:")
        assert 0.5 <= found.confidence <= 1
        assert len(found.value.vector) == 96


def test_where_a_trigger_stands_it_decides(read, schema):
    (found,) = (m for m in events.find(read("Gunmen killed three guards."), schema) if m.text == "killed")
    assert found.rule == "trigger:ASSAULT/kill"
    assert found.value.vector


@pytest.mark.parametrize(
    "text", ["Forty pilot whales **ran** aground off Tasmania.", "A dead whale **drifted** onto the beach at Wexford."]
)
def test_words_of_like_sense_are_of_the_type_of_the_examples(read, schema, strandings, text):
    plain, (start,) = marked(text)
    found = _at(events.find(read(plain), strandings), start)
    assert (found.type, found.rule) == ("STRANDING", "example:STRANDING")
    without = _at(events.find(read(plain), schema), start)
    assert without is None or without.type != "STRANDING"


@pytest.mark.parametrize("text", ["The minister drifted away from her party.", "The waiter washed the glasses."])
def test_the_same_words_in_another_sense_are_not(read, strandings, text):
    assert "STRANDING" not in {mention.type for mention in events.find(read(text), strandings)}


def test_an_example_marks_one_word(tmp_path):
    path = tmp_path / "s.yaml"
    path.write_text(STRANDING.replace("**beached** on", "**beached on**"), encoding="utf-8")
    with pytest.raises(SchemaError, match="mark the word"):
        load_schema(path)


def test_a_schema_without_the_type_of_no_type_leaves_these_words_out(read, tmp_path):
    path = tmp_path / "s.yaml"
    path.write_text("extends: plover\nname: s\nevents: {OTHER: null}", encoding="utf-8")
    assert UNTYPED not in {
        mention.type for mention in events.find(read("Farmers harvested the barley."), load_schema(path))
    }


@pytest.mark.parametrize("text", ["", "\n\n", "\x03", "...", "\u200b \ufffd\ufffd \u0001 fled", "REUTER \x03 ****"])
def test_odd_inputs(read, schema, text):
    for mention in events.find(read(text), schema):
        assert any(character.isalpha() for character in mention.text)


def test_a_sentence_of_two_thousand_words(read, schema):
    parse = read("Rebels attacked and fled " + "and fled " * 1000 + "and cheered.")
    assert {token.i for token in parse.doc if token.pos_ != "PUNCT"} == set(parse.seen)


def test_windows_hold_every_piece_once():
    sentences = list(range(0, 1000, 37))
    found = windows(Pieces(list(range(1000)), [], sentences))
    assert [start for start, _ in found] == [0, *(end for _, end in found[:-1])]
    assert found[-1][1] == 1000
    assert all(0 < end - start <= SIZE for start, end in found)


def test_the_same_every_time(read):
    one, other = (EventModel().look(read("Police arrested nine men. They face trial in May.")).seen for _ in range(2))
    assert one.keys() == other.keys()
    assert all(np.array_equal(one[n].vector, other[n].vector) and one[n].event == other[n].event for n in one)


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(InputError, match=r"model\.onnx"):
        EventModel(tmp_path)
