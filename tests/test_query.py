"""The questions, asked of the small graph and of graphs made of letters."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lettered import lines
from small import small_graph

from newsloom.graph.query import path
from newsloom.schemas.errors import NotFound, Unclear, UsageError


@pytest.fixture(scope="module")
def graph():
    return small_graph()


def why(graph, event: str, **options):
    return graph.why(event, **options).hops


def effects(graph, event: str, **options):
    return graph.effects(event, **options).hops


def told(hops) -> list[str]:
    return [f"{hop.depth} {hop.cause.id}>{hop.effect.id}" for hop in hops]


def test_why_follows_the_causes(graph):
    assert told(why(graph, "event/vow")) == ["1 event/launch>event/vow", "2 event/strike>event/launch"]
    assert told(why(graph, "event/vow", depth=1)) == ["1 event/launch>event/vow"]
    assert told(why(graph, "event/vow", min_confidence=0.7)) == []
    assert why(graph, "event/strike") == ()


def test_effects_is_the_other_direction(graph):
    assert told(effects(graph, "event/strike")) == ["1 event/strike>event/launch", "2 event/launch>event/vow"]


def test_every_kind_of_causal_relation_knows_its_cause():
    tied = lines("A causes Z\nB enables Z\nZ responds-to C\nE before Z\nF part-of Z")
    assert sorted(hop.cause.id for hop in why(tied, "Z")) == ["A", "B", "C"]


def test_circles_end():
    circle = lines("A causes B\nB causes C\nC causes A")
    assert told(why(circle, "A")) == ["1 C>A", "2 B>C"]
    assert told(why(lines("A causes A"), "A")) == []


def test_two_ways_to_one_cause_are_both_told():
    diamond = lines("A causes B 0.9\nA causes C 0.8\nB causes D 0.9\nC causes D 0.8\nX causes A")
    assert told(why(diamond, "D")) == ["1 B>D", "1 C>D", "2 A>B", "2 A>C", "3 X>A"]


@settings(deadline=None)
@given(st.lists(st.tuples(st.sampled_from("ABCDE"), st.sampled_from("ABCDE")), min_size=1, max_size=20))
def test_hops_are_relations_of_the_graph_each_once(pairs):
    tied = lines("\n".join(f"{a} causes {b}" for a, b in dict.fromkeys(pairs)))
    root = pairs[0][1]
    for hops in (why(tied, root), effects(tied, root)):
        assert len({(hop.cause.id, hop.effect.id) for hop in hops}) == len(hops)
        assert all(hop.relation in tied.relations for hop in hops)
        assert [hop.depth for hop in hops] == sorted(hop.depth for hop in hops)


@pytest.mark.parametrize(
    ("text", "direction", "event", "hops"),
    [
        ("Iran", "why", "launch", ["1 event/strike>event/launch"]),
        ("Iran launches drones", "why", "launch", ["1 event/strike>event/launch"]),
        ("actor/iran", "why", "launch", ["1 event/strike>event/launch"]),
        ("Israel", "why", "vow", ["1 event/launch>event/vow", "2 event/strike>event/launch"]),
        ("Israel vowed", "why", "vow", ["1 event/launch>event/vow", "2 event/strike>event/launch"]),
        ("the strike", "effects", "strike", ["1 event/strike>event/launch", "2 event/launch>event/vow"]),
        ("Damascus", "effects", "strike", ["1 event/strike>event/launch", "2 event/launch>event/vow"]),
        ("ASSAULT", "why", "launch", ["1 event/strike>event/launch"]),
        ("ASSAULT/aerial", "effects", "strike", ["1 event/strike>event/launch", "2 event/launch>event/vow"]),
        ("event/strike", "why", "strike", []),
    ],
)
def test_answers_to_words(graph, text, direction, event, hops):
    answer = (graph.why if direction == "why" else graph.effects)(text)
    assert (answer.asked, answer.direction, answer.event.id) == (text, direction, f"event/{event}")
    assert told(answer.hops) == hops


def test_an_answer_names_the_others_that_fit(graph):
    answer = graph.why("Israel")
    assert [event.id for event in answer.silent] == ["event/respond"]
    assert answer.others == ()  # what is told of is not told again


def test_an_actor_is_answered_with_its_own_deeds_first():
    tied = lines("A agent x\nB recipient x\nC agent x\nD causes A\nD causes B")
    answer = tied.why("x")
    assert (answer.event.id, [e.id for e in answer.silent], [e.id for e in answer.others]) == ("A", ["C"], ["B"])
    assert lines("A agent x\nB recipient x\nD causes B").why("x").event.id == "B"


def test_what_fits_about_equally_is_offered():
    tied = lines("A agent x\nB agent x\nC agent x\nD causes A\nD causes B")
    with pytest.raises(Unclear, match=r"'x' fits 2 events about equally.* A \(event A, undated\); B") as raised:
        tied.why("x")
    assert raised.value.offered == ("A", "B")
    assert tied.why("x", pick=2).event.id == "B"
    assert tied.why("x", pick=3).hops == ()
    with pytest.raises(UsageError, match="no number 4: 3 events fit 'x'"):
        tied.why("x", pick=4)


@pytest.mark.parametrize(
    ("filters", "event"),
    [
        ({"on": "2024-04-01"}, "strike"),
        ({"on": "2024-04-10/2024-04-14"}, "launch"),
        ({"place": "Syria"}, "strike"),
        ({"actor": "Iran"}, "launch"),
        ({"types": "THREATEN"}, "vow"),
    ],
)
def test_filters_say_which_event_is_meant(graph, filters, event):
    assert graph.why("ASSAULT" if event != "vow" else "Israel", **filters).event.id == f"event/{event}"


def test_filters_that_nothing_passes(graph):
    with pytest.raises(NotFound, match="fit 'Israel', but none of them the filters"):
        graph.why("Israel", on="1999")
    with pytest.raises(UsageError, match=r"has no mode 'drones'. Did you mean drone?"):
        graph.why("ASSAULT/drones")
    with pytest.raises(NotFound, match="no event of type PROTEST"):
        graph.why("PROTEST")


def test_nothing_to_ask_about(graph):
    with pytest.raises(NotFound, match="no event is called 'Zanzibar'"):
        graph.why("Zanzibar")
    with pytest.raises(NotFound, match="'x' takes part in no event"):
        lines("x leads y").why("x")


def walked(steps) -> str:
    if not steps:
        return ""
    return steps[0].source.id + "".join(f" {'' if s.forward else '^'}{s.relation.type} {s.target.id}" for s in steps)


def test_path(graph):
    assert walked(path(graph, "Iran", "actor/israel")) == "actor/iran ^agent event/launch recipient actor/israel"
    assert walked(graph.path("the strike", "Syria")) == "event/strike place place/damascus within place/syria"
    assert path(graph, "Iran", "actor/iran") == ()


def test_a_path_prefers_sure_relations_and_leaves_articles_out():
    tied = lines("A agent x 0.3\nA recipient y\nB agent x 0.9\nB recipient y\nx within y")
    assert walked(path(tied, "x", "y")) == "x ^agent B recipient y"
    only = lines("A reported-in /t\nB reported-in /t")
    assert walked(path(only, "A", "B")) == "A reported-in /t ^reported-in B"


def test_no_path():
    with pytest.raises(NotFound, match="nothing in the graph connects 'x' with 'v'"):
        path(lines("A agent x\nB agent v"), "x", "v")


def test_what_is_denied_connects_nothing():
    assert walked(path(lines("A causes B not\nA agent x\nB agent x"), "A", "B")) == "A agent x ^agent B"


def test_the_representation_counts(graph):
    assert "2 articles, " in repr(graph)
    assert repr(lines("A causes B")).startswith("<Graph: 1 article, 2 events, 0 actors, 0 places, 1 relation")
