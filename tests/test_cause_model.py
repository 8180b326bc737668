"""The model of causes between two events: what it must tell apart, and odd inputs."""

import numpy as np
import pytest
from test_events import marked

from newsloom.graph.reading.causal_tagger import Sentence, Told, causal_tagger
from newsloom.graph.reading.cause_features import NAMES, Events, steps
from newsloom.graph.reading.cause_model import CauseModel, standing
from newsloom.graph.reading.cause_parts import PAIR, Parts
from newsloom.schemas.errors import InputError

STORY = (
    "A bomb **exploded** in the market of Aden on Friday and **killed** nine people.\n"
    "Police **arrested** two men on Saturday. They were **charged** with the **bombing**.\n"
    "The mayor spoke of the weather, and shops **opened** again."
)


@pytest.fixture(scope="module")
def model():
    return CauseModel()


def _marked(parse, text):
    plain, starts = marked(text)
    parsed = parse(plain)
    return parsed, [parsed.tokens(start, start + 1).root for start in starts]


def _all(tokens):
    return [(a, b) for n, a in enumerate(tokens) for b in tokens[n + 1 :]]


def test_a_verdict_for_every_pair(parse, model):
    parsed, tokens = _marked(parse, STORY)
    found = model.judge(parsed, _all(tokens))
    assert len(found) == 15
    for likely in found:
        assert likely.causes + likely.caused + likely.neither == pytest.approx(1)
        assert min(likely[:3]) >= 0


def test_a_bomb_that_kills_is_likelier_a_cause_than_shops_that_open(parse, model):
    parsed, (exploded, killed, *_, opened) = _marked(parse, STORY)
    kills, opens = model.judge(parsed, [(exploded, killed), (killed, opened)])
    assert kills.neither < opens.neither
    assert kills.linked
    assert not opens.linked


def test_a_pair_the_other_way_round_is_turned(parse, model):
    parsed, tokens = _marked(parse, STORY)
    pairs = _all(tokens)
    forth = model.judge(parsed, pairs)
    back = model.judge(parsed, [(b, a) for a, b in pairs])
    assert [likely.turned() for likely in back] == forth


def test_the_same_every_time(parse, model):
    (parsed, tokens), (again, same_tokens) = _marked(parse, STORY), _marked(parse, STORY)
    assert model.judge(parsed, _all(tokens)) == CauseModel().judge(again, _all(same_tokens))


def test_no_text_and_no_pairs(parse, model):
    assert model.judge(parse(""), []) == []
    assert model.judge(parse("Floods."), []) == []


def test_one_word_with_itself_is_not_judged(parse, model):
    parsed = parse("Floods")
    assert model.judge(parsed, [(parsed.doc[0], parsed.doc[0])]) == [None]


def test_words_that_the_event_model_does_not_see(parse, model):
    parsed = parse("\n\n\u200b \ufffd\ufffd \u0001 fled")
    pairs = [(a, b) for a in parsed.doc for b in parsed.doc]
    found = model.judge(parsed, pairs)
    assert [likely is None for likely in found] == [a.i == b.i for a, b in pairs]
    assert all(np.isfinite(likely[:3]).all() for likely in found if likely)


def test_a_row_has_a_number_for_every_name(parse):
    parsed, tokens = _marked(parse, STORY)
    events = Events(parsed, tokens, causal_tagger())
    rows = events.numbers([0, 0], [1, 4])
    assert rows.shape == (2, len(NAMES))
    assert len(set(NAMES)) == len(NAMES)
    assert dict(zip(NAMES, rows[1].tolist(), strict=True))["sentences"] == 2
    assert events.same_sentence([0, 0], [1, 4]).tolist() == [True, False]


def test_the_way_through_the_parse(parse):
    _, (withdrew, attacked) = _marked(parse, "Troops **withdrew** after rebels **attacked** the base.")
    assert steps(withdrew, attacked) == ([], [attacked])


def test_what_the_tagger_tells_of_two_events(parse):
    parsed, (killed, attacked, opened) = _marked(parse, "Nine **killed** as rebels **attacked**. Shops **opened**.")
    (killing, attack), told = (_characters(token) for token in (killed, attacked)), _Tagger()
    told.relations = (Told(attack, killing, (), 0.75),)
    parts = Parts(parsed, [killed, attacked, opened], told)
    numbers = dict(zip(PAIR, parts.pair(killed, attacked), strict=True))
    assert numbers == {
        **{"first told as the cause": 0, "second told as the cause": 0.75},
        **{"1 told causal": 0.5, "1 told as a cause": 0, "1 told as an effect": 0.75},
        **{"2 told causal": 0.5, "2 told as a cause": 0.75, "2 told as an effect": 0},
    }


class _Tagger:
    """A tagger that tells the same relations of every sentence."""

    relations = ()

    def tell(self, parse, span):
        return Sentence(0.5, self.relations)


def _characters(token):
    return token.idx, token.idx + len(token.text)


def test_much_that_looks_causal_lowers_the_standing():
    sure = np.array([0.9, 0.9, 0.9, 0.5])
    same = np.array([True, True, False, False])
    high, also_high, across, _ = standing(sure, same).tolist()
    assert high == pytest.approx(also_high)
    assert high < across


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(InputError, match=r"net\.onnx"):
        CauseModel(tmp_path)
