"""Relations and their evidence, figures, copies of articles, circles in time, and the same graph from any order."""

from datetime import date
from itertools import permutations

import marked
import pytest
import small
from hypothesis import given
from hypothesis import strategies as st

from newsloom.graph.pipeline import weave
from newsloom.graph.types import Article, Event, Evidence, Figure, Relation
from newsloom.graph.weaving import order
from newsloom.graph.weaving.clusters import slug
from newsloom.graph.weaving.figures import best_figure
from newsloom.graph.weaving.repeats import originals

IRAN = "actor State key=IRN country=IRN sectors=GOV"
ISRAEL = "actor State key=ISR country=ISR sectors=GOV"
FIRST = marked.reading(
    "b1",
    f"[Iran](i {IRAN}) [fired](f event ASSAULT lemma=fire day=2024-04-13 tense=past) missiles at [Israel](s {ISRAEL}). "
    f"[Israel](t {ISRAEL}) [said](x event ACCUSE lemma=say source=t tense=past) so.",
    ["f agent i .8", "f recipient s .6", "x responds-to f .7", "x agent t .9"],
    published="2024-04-14",
)
SECOND = marked.reading(
    "b2",
    f"[Iran](i {IRAN}) [struck](f event ASSAULT lemma=strike day=2024-04-13 tense=past) [Israel](s {ISRAEL}). "
    "[Damascus](d place City key=geonames:170654 country=SYR within=Syria:SYR) was calm.",
    ["f agent i .5", "f recipient s .9", "s says s"],
    published="2024-04-15",
)


@pytest.fixture(scope="module")
def graph(schema, knowledge):
    return weave((FIRST, SECOND), schema, knowledge)


def _relation(graph, type, source=None):
    return [r for r in graph.relations if r.type == type and source in (None, r.source)]


def test_a_relation_keeps_the_evidence_of_every_article(graph):
    attack = graph.resolution[FIRST.mentions[1].id]
    (agent,) = _relation(graph, "agent", attack)
    assert [(e.article, graph.sentence(e)) for e in agent.evidence] == [
        ("b1", "Iran fired missiles at Israel."),
        ("b2", "Iran struck Israel."),
    ]
    assert agent.confidence == pytest.approx(1 - 0.2 * 0.5)
    assert agent.target == "actor/iran"


def test_evidence_names_its_mentions_and_who_claims_it(graph):
    (answer,) = _relation(graph, "responds-to")
    (evidence,) = answer.evidence
    assert (evidence.source, evidence.target) == (FIRST.mentions[4].id, FIRST.mentions[1].id)
    assert evidence.claimed_by == "actor/israel"


def test_every_relation_has_evidence_and_two_known_ends(graph):
    for relation in graph.relations:
        assert relation.evidence
        assert {relation.source, relation.target} <= graph.nodes.keys()
        assert relation.source != relation.target


def test_a_place_lies_in_what_the_gazetteer_says(graph):
    (within,) = _relation(graph, "within")
    assert (within.source, within.target, within.evidence[0].rule) == ("place/damascus", "place/syria", "gazetteer")
    assert graph.nodes["place/damascus"].within == "place/syria"


def test_events_are_reported_in_articles(graph):
    attack = graph.resolution[FIRST.mentions[1].id]
    assert {r.target for r in _relation(graph, "reported-in", attack)} == {"article/b1", "article/b2"}
    assert graph.nodes[attack].sources == 2


def test_merges_say_why(graph):
    attack = graph.nodes[graph.resolution[FIRST.mentions[1].id]]
    assert attack.reasons == ("same type, agent, day, recipient, in b1 and b2 (0.95)",)


def test_ids_are_fit_for_iris_and_the_same_from_any_order(schema, knowledge):
    readings = (FIRST, SECOND, *small.small_readings())
    first, *others = [weave(tuple(order), schema, knowledge) for order in permutations(readings)]
    for other in others:
        assert other.nodes == first.nodes
        assert other.relations == first.relations
        assert other.resolution == first.resolution
    assert all(slug(part) == part for id in first.nodes for part in id.split("/")), list(first.nodes)


def test_the_small_example_weaves_into_three_events_in_a_chain(schema, knowledge):
    readings = small.small_readings()
    graph = weave(readings, schema, knowledge)
    (launch, strike, strike_2), (launch_2, vow, _) = (
        [graph.resolution[m.id] for m in reading.mentions if m.kind == "event"] for reading in readings
    )
    assert (launch, strike) == (launch_2, strike_2)
    assert {(r.source, r.target) for r in graph.relations if r.type == "responds-to"} == {
        (launch, strike),
        (vow, launch),
    }
    assert (graph.nodes[strike].killed, graph.nodes[strike].when.earliest) == (7, date(2024, 4, 1))


@given(st.text(min_size=1, max_size=30))
def test_a_slug_is_always_fit_for_an_iri(text):
    assert slug(text).replace("-", "").isalnum()
    assert slug(text).isascii()


def _figure(count, bound=None, reported=date(2023, 2, 6), article="a", of="killed"):
    return Figure(count, of, bound, f"{article}:{count}", article, reported)


@pytest.mark.parametrize(
    ("figures", "killed"),
    [
        ([], None),
        ([_figure(5, of="injured")], None),
        ([_figure(1200), _figure(2300, reported=date(2023, 2, 7), article="b")], 2300),
        ([_figure(2500, "at-least"), _figure(2400)], 2400),
        ([_figure(9, reported=None), _figure(4)], 4),
        ([_figure(9, reported=None), _figure(11, reported=None, article="b")], 11),
    ],
)
def test_the_best_figure_is_exact_and_of_the_latest_report(figures, killed):
    assert best_figure(figures, "killed") == killed
    assert best_figure(figures[::-1], "killed") == killed


TEXT = " ".join(f"word{n} follows word{n * 7 % 31} here" for n in range(60))


def test_a_copy_is_no_second_source():
    articles = [
        Article("a", TEXT),
        Article("b", TEXT + " A line more."),
        Article("c", "Quite another text about the weather."),
    ]
    assert originals(articles) == {"a": "a", "b": "a", "c": "c"}


def _before(source, target, confidence):
    return Relation(source, "before", target, confidence, (Evidence("a", 0, 1, "r", confidence),))


def test_a_circle_in_time_opens_at_its_weakest_line():
    lines = [_before("x", "y", 0.9), _before("y", "z", 0.4), _before("z", "x", 0.8), _before("y", "w", 0.1)]
    nodes = {id: Event(id, "ASSAULT", id) for id in "wxyz"}
    kept, dropped = order.checked(lines, nodes, {"a": "a"})
    assert kept == [lines[0], lines[2], lines[3]]
    assert [(one.relation, one.chain, one.limits) for one in dropped] == [
        (lines[1], (("z", "before", "x"), ("x", "before", "y")), None)
    ]


def test_a_whole_has_the_toll_of_its_only_part(schema, knowledge):
    text = (
        "A [raid](r event ASSAULT lemma=raid day=2024-04-10) on "
        "[Sumy](p place City key=geonames:692194 country=UKR) "
        "[killed](k event ASSAULT lemma=kill day=2024-04-10 tense=past) "
        "[six people](n quantity killed count=6 of=killed). "
        "The [shelling](s event ASSAULT lemma=shelling day=2024-04-08) of "
        "[Lviv](l place City key=geonames:702550 country=UKR) "
        "had [hurt](h event ASSAULT lemma=hurt day=2024-04-08 tense=past) "
        "[two men](a quantity injured count=2 of=injured) "
        "and [wounded](w event ASSAULT lemma=wound day=2024-04-08 tense=past) "
        "[four women](b quantity injured count=4 of=injured)."
    )
    links = ["r place p", "k quantity n", "k part-of r", "s place l", "h quantity a", "w quantity b"]
    reading = marked.reading("t1", text, [*links, "h part-of s", "w part-of s", "h before w"], published="2024-04-11")
    handles = marked.handles("t1", text)
    woven = weave((reading,), schema, knowledge)
    whole, other = (woven.nodes[woven.resolution[handles[handle]]] for handle in ("t1.r", "t1.s"))
    assert isinstance(whole, Event)
    assert isinstance(other, Event)
    assert (whole.killed, whole.figures, other.injured) == (6, (), None)
    assert any(reason.startswith("killed as in its part") for reason in whole.reasons)


def test_a_relation_has_ends_of_the_kinds_of_the_schema(schema, knowledge):
    text = (
        "[Lviv](l place City key=geonames:702550 country=UKR) [fired](f event ASSAULT lemma=fire tense=past) "
        "on [Iran](i actor State key=IRN)."
    )
    woven = weave((marked.reading("t1", text, ["f agent l", "f place l", "f recipient i"]),), schema, knowledge)
    told = {relation.type for relation in woven.relations if woven.nodes[relation.source].kind == "event"}
    assert told == {"place", "recipient", "reported-in"}
