"""The tagger of causes: what it finds in plain sentences, and how scores become spans."""

import numpy as np
import pytest

from newsloom.graph.reading.causal_tagger import CausalTagger, Decoded, Junction, Reach, causal_tagger, decode
from newsloom.graph.reading.event_model import event_model
from newsloom.graph.reading.parse import Parser
from newsloom.graph.types import Article
from newsloom.schemas.errors import InputError


@pytest.fixture(scope="module")
def tell():
    parser = Parser(event_model(), causal_tagger())

    def tell(text):
        (parse,) = parser.parse([Article(id="a", text=text)])
        return parse, parse.tagger.tell(parse, parse.sentences[-1])

    return tell


@pytest.mark.parametrize(
    ("text", "cause", "effect"),
    [
        ("Workers at the mine went on strike because their wages had not been paid.", "their wages", "Workers"),
        ("A fire at the depot on Monday led to the closure of two roads.", "A fire", "closure"),
        ("Three people died after police opened fire on the protesters.", "police", "Three people"),
    ],
)
def test_what_is_plain_is_found(tell, text, cause, effect):
    parse, said = tell(text)
    best = said.relations[0]
    assert said.causal > 0.5
    assert best.sure > 0.5
    assert cause in parse.article.text[slice(*best.cause)]
    assert effect in parse.article.text[slice(*best.effect)]


def test_several_relations_of_a_sentence_are_several(tell):
    text = "Residents blocked the road to protest the killing of a boy, forcing the market to close."
    _, said = tell(text)
    sure = [one for one in said.relations if one.sure > 0.3]
    assert len(sure) >= 2
    assert len({(one.cause, one.effect) for one in sure}) == len(sure)


def test_what_tells_of_no_cause_is_hardly_causal(tell):
    _, said = tell("The meeting will be held in the town hall on Tuesday at noon.")
    assert said.causal < 0.5


def test_offsets_count_in_the_article(tell):
    parse, said = tell("Nothing was known at first. The bridge fell because of the storm.")
    best = said.relations[0]
    assert parse.article.text[slice(*best.cause)].endswith("storm")
    assert parse.article.text[slice(*best.effect)].startswith("The bridge")


def test_scores_become_whole_words():
    likely = np.zeros((5, 2), dtype=np.float32)
    likely[3, 1] = 0.9
    reaches = np.full((5, 2, 5, 4), -5.0, dtype=np.float32)
    reaches[3, 1, 1, 0] = 3  # the first part would start inside of a word
    reaches[3, 1, 0, 0] = 2
    reaches[3, 1, 2, 1] = 2
    reaches[3, 1, 4, 2] = 2
    reaches[3, 1, 3, 3] = 2
    found = decode(likely, reaches, [0, 0, 1, 2, 3])
    assert found[0] == Decoded(Junction(3, True), Reach((0, 3), (3, 5), ((3, 4),)), found[0].sure)
    assert found[0].cause == (3, 5)
    assert found[0].effect == (0, 3)


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(InputError, match=r"model\.onnx"):
        CausalTagger(tmp_path)
