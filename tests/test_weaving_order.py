"""What is said of the order of events is kept consistent: with itself, with the days, over all articles."""

from datetime import date

import networkx as nx
from calling import keep
from hypothesis import given, settings
from hypothesis import strategies as st
from timing import least

from newsloom.graph import pipeline
from newsloom.graph.types import Article, Event, Evidence, Relation, When
from newsloom.graph.weaving.order import checked
from newsloom.graph.weaving.points import Bounds, Tie, contradictions

DAYS = [date(2024, 4, n) for n in range(1, 7)]
ids = st.sampled_from("abcdef")
confidences = st.sampled_from([0.3, 0.5, 0.8, 0.9])


def line(source, type, target, confidence, article="a", rule="r"):
    return Relation(source, type, target, confidence, (Evidence(article, 0, 1, rule, confidence),))


@st.composite
def whens(draw):
    one, other = sorted(draw(st.tuples(st.integers(0, 5), st.integers(0, 5))))
    earliest, latest = draw(st.sampled_from([(DAYS[one], None), (None, DAYS[other]), (DAYS[one], DAYS[other])]))
    return None if earliest == latest else When(earliest, latest, "interval")


@st.composite
def graphs(draw):
    nodes = {id: Event(id, "ASSAULT", id, when=draw(st.none() | whens())) for id in "abcdef"}
    pairs = draw(st.lists(st.tuples(ids, st.sampled_from(["before", "includes", "simultaneous"]), ids), max_size=14))
    wanted = dict.fromkeys((s, t, o) for s, t, o in pairs if s != o)
    return nodes, [line(s, t, o, draw(confidences)) for s, t, o in wanted]


def consistent(nodes, relations) -> bool:
    """An oracle by difference constraints: whether starts and ends can be set on a line of quarter days."""
    graph = nx.DiGraph()

    def least(one, other, gap):  # other - one >= gap
        if not graph.has_edge(one, other) or graph[one][other]["weight"] > -gap:
            graph.add_edge(one, other, weight=-gap)

    small = 1 / 64
    for id, node in nodes.items():
        least((id, 0), (id, 1), 0)
        if node.when and node.when.earliest:
            least("zero", (id, 0), node.when.earliest.toordinal())
        if node.when and node.when.latest:
            least((id, 1), "zero", -node.when.latest.toordinal() + small / 2)
    for r in relations:
        s, t = r.source, r.target
        match r.type:
            case "before":
                least((s, 0), (t, 0), small)
                least((s, 1), (t, 0), 0)
            case "includes":
                least((s, 0), (t, 0), 0)
                least((t, 1), (s, 1), 0)
            case "simultaneous":
                for side in (0, 1):
                    least((s, side), (t, side), 0)
                    least((t, side), (s, side), 0)
    return not nx.negative_edge_cycle(graph) if graph.number_of_edges() else True


def key(relation):
    return relation.source, relation.type, relation.target


@settings(max_examples=300, deadline=None)
@given(graphs(), st.randoms(use_true_random=False))
def test_what_is_kept_holds_together_whatever_the_order_it_came_in(given_graph, chance):
    nodes, relations = given_graph
    kept, dropped = checked(relations, nodes, {"a": "a"})
    assert consistent(nodes, kept)
    assert sorted(map(key, [*kept, *(one.relation for one in dropped)])) == sorted(map(key, relations))
    if consistent(nodes, relations):
        assert dropped == []
    for one in dropped:
        assert not consistent(nodes, [*kept, one.relation])
        assert all(line in set(map(key, kept)) for line in one.chain)
    shuffled = chance.sample(relations, len(relations))
    again, gone = checked(shuffled, nodes, {"a": "a"})
    assert set(map(key, again)) == set(map(key, kept))
    assert [one.relation for one in gone] == [one.relation for one in dropped]


def test_an_order_against_the_days_is_dropped_and_says_which_days():
    nodes = {
        "early": Event("early", "ASSAULT", "early", when=When(DAYS[0], DAYS[1], "day")),
        "late": Event("late", "ASSAULT", "late", when=When(DAYS[3], DAYS[4], "day")),
        "between": Event("between", "ASSAULT", "between"),
    }
    wrong = [line("late", "before", "between", 0.9), line("between", "before", "early", 0.8)]
    kept, dropped = checked(wrong, nodes, {"a": "a"})
    assert kept == wrong[:1]
    (gone,) = dropped
    assert gone.relation == wrong[1]
    assert gone.chain == (("late", "before", "between"),)
    assert [(limit.event, limit.day) for limit in gone.limits] == [("late", DAYS[3]), ("early", DAYS[1])]


def test_of_equally_sure_lines_that_of_more_articles_stays():
    twice = Relation("x", "before", "y", 0.8, (Evidence("a", 0, 1, "r", 0.5), Evidence("b", 0, 1, "r", 0.5)))
    nodes = {id: Event(id, "ASSAULT", id) for id in "xy"}
    kept, _ = checked([line("y", "before", "x", 0.8), twice], nodes, {"a": "a", "b": "b"})
    assert kept == [twice]


def test_days_alone_make_no_line():
    nodes = {id: Event(id, "ASSAULT", id) for id in "xy"}
    assert checked([line("x", "before", "y", 0.9, rule="dates")], nodes, {"a": "a"}) == ([], [])


def test_time_grows_with_the_number_of_lines_not_with_its_square():
    def seconds(count):
        ties = [Tie(f"e{n}", "before", f"e{n + 1 + n % 7}") for n in range(count)]
        bounds = {f"e{n}": Bounds(None, None) for n in range(count + 8)}
        assert contradictions(ties, bounds) == {}
        return least(lambda: contradictions(ties, bounds))

    assert seconds(20_000) < 40 * max(seconds(2_000), 0.001)


def test_dropped_is_told_by_the_command_line(call, parser, schema, knowledge, tmp_path):
    text = (
        "Rebels attacked the base in Aden on Monday before troops shelled Mocha. Troops shelled Mocha before rebels "
        "attacked the base in Aden."
    )
    readings = pipeline.read([Article(id="a", text=text, published="2024-04-10")], parser, schema, knowledge)
    graph = pipeline.weave(readings, schema, knowledge)
    keep(graph)
    code, out, _ = call("dropped")
    assert code == 0
    assert len(graph.dropped) == 1
    assert any("but" in row for row in out)
    assert sum("happened before" in row for row in out) == 2
    _, records, _ = call("dropped", "--json")
    assert '"against"' in "\n".join(records)
