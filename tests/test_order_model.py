"""The model for the order of two events: cases/order_model.yaml and odd inputs."""

from itertools import pairwise
from pathlib import Path

import pytest
from test_events import marked

from newsloom.graph.reading.order_features import features
from newsloom.graph.reading.order_model import OrderModel
from newsloom.graph.reading.order_windows import SIZE, windows
from newsloom.schemas.errors import InputError
from newsloom.schemas.loader import load_yaml

CASES = Path(__file__).with_name("cases") / "order_model.yaml"


@pytest.fixture(scope="module")
def model():
    return OrderModel()


def _marked(parse, text):
    plain, starts = marked(text)
    parsed = parse(plain)
    return parsed, tuple(parsed.tokens(start, start + 1).root for start in starts)


@pytest.mark.parametrize("case", load_yaml(CASES.read_text(encoding="utf-8"), CASES.name), ids=lambda c: c["text"][:60])
def test_order(parse, model, case):
    parsed, pair = _marked(parse, case["text"])
    (likely,) = model.judge(parsed, [pair])
    assert likely.label == case["label"], likely
    assert sum(likely) == pytest.approx(1)


def test_a_pair_the_other_way_round_is_turned(parse, model):
    parsed, (first, second) = _marked(parse, "Troops **withdrew** after rebels **attacked** the base.")
    forth, back = model.judge(parsed, [(first, second), (second, first)])
    assert back == forth.turned()


def test_the_same_every_time(parse, model):
    text = "Police **arrested** nine men. They will **face** trial in May."
    parsed, pair = _marked(parse, text)
    again, same_pair = _marked(parse, text)
    assert model.judge(parsed, [pair]) == model.judge(parsed, [pair]) == OrderModel().judge(again, [same_pair])


def test_no_text_and_no_pairs(parse, model):
    assert model.judge(parse(""), []) == []
    assert model.judge(parse("Floods."), []) == []


def test_one_word_with_itself_is_not_judged(parse, model):
    parsed = parse("Floods")
    assert model.judge(parsed, [(parsed.doc[0], parsed.doc[0])]) == [None]


def test_words_that_leave_no_pieces(parse, model):
    parsed = parse("\n\n\u200b \ufffd\ufffd \u0001 fled")
    pairs = [(a, b) for a in parsed.doc for b in parsed.doc]
    assert len(model.judge(parsed, pairs)) == len(pairs)


def test_far_apart_is_not_judged_and_near_is(parse, model):
    parsed = parse("Rebels attacked. " + "The sky was blue. " * 60 + "Troops withdrew. Rebels cheered.")
    attacked, withdrew, cheered = (t for t in parsed.doc if t.text in ("attacked", "withdrew", "cheered"))
    far, near = model.judge(parsed, [(attacked, withdrew), (withdrew, cheered)])
    assert far is None
    assert near is not None


def test_a_sentence_of_two_thousand_words(parse, model):
    parsed = parse("Rebels attacked and fled " + "and fled " * 1000 + "and cheered.")
    verbs = [token for token in parsed.doc if token.text in ("attacked", "fled", "cheered")]
    answers = model.judge(parsed, list(pairwise(verbs)))
    assert len(answers) == len(verbs) - 1
    assert None not in answers


def test_windows_hold_every_pair_that_fits():
    sentences = list(range(0, 1000, 37))
    pairs = [(i, i + width) for i in range(0, 800, 13) for width in (1, 30, SIZE - 1, SIZE)]
    found = windows(pairs, sentences, 1000)
    held = sorted(number for window in found for number in window.pairs)
    assert held == [number for number, (a, b) in enumerate(pairs) if b - a < SIZE]
    for window in found:
        assert 0 < window.end - window.start <= SIZE
        assert all(window.start <= pairs[n][0] and pairs[n][1] < window.end for n in window.pairs)


def test_features_are_the_same_every_time_and_each_once(parse):
    _, pair = _marked(parse, "He **said** the guards had **fired** first.")
    names = features(*pair)
    assert names == features(*pair)
    assert len(names) == len(set(names))
    assert "2.tense=past perfect" in names


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(InputError, match=r"model\.onnx"):
        OrderModel(tmp_path)


def test_a_build_remembers_the_model(call):
    text = "Rebels attacked the base in Aden and burned two trucks. Soldiers fled and the town fell."
    Path("a.txt").write_text(text, encoding="utf-8")
    assert call("build", "a.txt", "--order-model")[0] == 0
    assert "1 skipped" in call("build", "a.txt")[2]
    assert "1 read again" in call("build", "a.txt", "--no-order-model")[2]
