"""What the tagger tells beside the cues: surer where both agree, an aim by itself, else a hint."""

import pytest
from msgspec import structs

from newsloom.graph import knowledge as room
from newsloom.graph import pipeline
from newsloom.graph.reading.causal_tagger import Sentence, Told
from newsloom.graph.reading.parse import Parser
from newsloom.graph.types import Article
from newsloom.schemas import load_schema

SCHEMA, KNOWLEDGE = load_schema(), room.load()


class Says:
    """A tagger that tells one relation, given by its words: cause, effect, signal."""

    def __init__(self, *words: str, sure: float = 0.9):
        self.words, self.sure = words, sure

    def tell(self, parse, sentence):
        text = parse.article.text
        cause, effect, *signals = ((text.index(word), text.index(word) + len(word)) for word in self.words)
        return Sentence(0.9, (Told(cause, effect, tuple(signals), self.sure),))


@pytest.fixture(scope="module")
def read():
    parser = Parser()

    def read(text, tagger=None, id="a"):
        (parse,) = parser.parse([Article(id=id, text=text, published="2024-05-02")])
        parse.tagger = tagger
        return pipeline.read_parse(parse, SCHEMA, KNOWLEDGE)

    return read


def ties(reading):
    text = {mention.id: mention.text for mention in reading.mentions}
    causal = ("causes", "intends-to-cause", "enables", "prevents", "responds-to")
    return {(text[link.source], link.type, text[link.target]): link for link in reading.links if link.type in causal}


def test_both_make_it_surer_and_the_tagger_gives_the_words(read):
    text = "Rail workers went on strike on Monday because of the arrest of two drivers in the port."
    alone = ties(read(text))["arrest", "causes", "strike"]
    tagger = Says("the arrest of two drivers in the port", "Rail workers went on strike on Monday", "because of")
    both = ties(read(text, tagger))["arrest", "causes", "strike"]
    assert both.rule == alone.rule
    assert both.confidence > alone.confidence
    assert text[slice(*both.source_span)] == "the arrest of two drivers in the port"
    assert text[slice(*both.target_span)] == "Rail workers went on strike on Monday"


def test_an_aim_stands_by_itself(read):
    text = "Miners blocked the road on Monday to attack the convoy."
    tagger = Says("to attack the convoy", "Miners blocked the road on Monday", "to")
    link = ties(read(text, tagger))["blocked", "intends-to-cause", "attack"]
    assert link.rule == "tagger:aim"
    assert not link.is_hint


def test_all_else_is_a_hint(read):
    text = "Miners blocked the road on Monday where police had arrested a driver."
    tagger = Says("police had arrested a driver", "Miners blocked the road on Monday")
    assert not ties(read(text))
    link = ties(read(text, tagger))["arrested", "causes", "blocked"]
    assert link.is_hint
    assert link.confidence < 0.5


def test_what_is_doubtful_is_not_told(read):
    text = "Miners blocked the road on Monday where police had arrested a driver."
    assert not ties(read(text, Says("police had arrested a driver", "Miners blocked the road on Monday", sure=0.3)))


@pytest.mark.parametrize(("sources", "drawn"), [(("Daily", "Daily"), False), (("Daily", "Post"), True)])
def test_a_hint_is_a_relation_where_a_second_voice_gives_it(read, sources, drawn):
    text = "Miners in Aden blocked the road on Monday where police had arrested a driver."
    tagger = Says("police had arrested a driver", "Miners in Aden blocked the road on Monday")
    other = "In Aden, miners blocked the road on Monday where police had arrested a driver."
    readings = [
        read(text, tagger, "a"),
        read(other, Says("police had arrested a driver", "miners blocked the road"), "b"),
    ]
    readings = [
        structs.replace(one, article=structs.replace(one.article, source=source))
        for one, source in zip(readings, sources, strict=True)
    ]
    graph = pipeline.weave(readings, SCHEMA, KNOWLEDGE)
    assert any(relation.type == "causes" for relation in graph.relations) is drawn
