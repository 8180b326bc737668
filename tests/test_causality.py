"""What counts as a cause, for which question: status, source, day, order in time; routes, reach and conflicts."""

from itertools import pairwise
from math import prod

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lettered import lines

from newsloom.graph.asking import reach, routes
from newsloom.schemas.errors import NotFound, Unclear, UsageError


def told(hops) -> list[str]:
    return [f"{hop.cause.id}>{hop.effect.id}" for hop in hops]


STATUSES = lines(
    "A causes Z 0.9\nB causes Z 0.8 not x in u\nC enables Z 0.7 may\nD responds-to Z 0.6\nZ responds-to E x"
)


def test_a_denied_cause_is_no_hop_but_told():
    answer = STATUSES.why("Z")
    assert told(answer.hops) == ["E>Z", "A>Z", "C>Z"]
    (denied,) = answer.denied
    assert (told([denied]), denied.grounds, denied.denials[0].voice) == (["B>Z"], (), "x")
    assert denied.relation.type == "causes"


def test_a_hop_says_who_claims_it_and_whether_it_is_certain():
    claimed, certain, possible = STATUSES.why("Z").hops
    assert (claimed.grounds[0].claimant, claimed.grounds[0].voice, claimed.factuality) == ("x", "x", "asserted")
    assert (certain.grounds[0].claimant, certain.grounds[0].voice) == (None, "Wire")
    assert possible.factuality == "hypothetical"
    ground = certain.grounds[0]
    assert (ground.cue, ground.sentence[slice(*ground.cue_at)]) == ("because of", "because of")
    assert (ground.quote, ground.title, ground.published) == ("because of that", "Told", "2024-04-10")


def test_a_possible_cause_that_is_denied_elsewhere_stays_possible():
    (hop,) = lines("A causes B 0.9 not x in u\nA causes B 0.4 may").why("B").hops
    assert (hop.factuality, hop.confidence, hop.denials[0].voice) == ("hypothetical", 0.4, "x")


def test_a_hop_that_one_denies_and_another_claims_has_both():
    (hop,) = lines("A causes B 0.9\nA causes B 0.8 not x in u").why("B").hops
    assert ([g.outlet for g in hop.grounds], [g.voice for g in hop.denials]) == (["Wire"], ["x"])


def test_several_relations_of_a_pair_are_one_hop_with_the_surest_first():
    (hop,) = lines("A causes B 0.6\nB responds-to A 0.8").why("B").hops
    assert ([r.type for r in hop.relations], hop.confidence) == (["responds-to", "causes"], 0.8)
    assert [g.relation for g in hop.grounds] == ["responds-to", "causes"]


def test_what_prevents_is_told_beside_the_chain():
    tied = lines("A prevents B\nC causes A\nB causes D")
    assert told(tied.effects("A").hops) == []
    assert told(tied.effects("A").prevented) == ["A>B"]
    assert told(tied.why("B").prevented) == ["A>B"]
    assert told(tied.why("D").hops) == ["B>D"]


def test_what_runs_backwards_in_time_is_left_out_unless_asked_for():
    tied = lines("A causes B back\nB causes C")
    assert told(tied.why("C").hops) == ["B>C"]
    hops = tied.why("C", backwards=True).hops
    assert [(hop.depth, hop.backwards) for hop in hops] == [(1, False), (2, True)]


SOURCES = lines("A causes B 0.6 in t\nA causes B 0.9 in u\nC causes B 0.8 x in v\nD causes C")


@pytest.mark.parametrize(
    ("options", "hops"),
    [
        ({}, ["A>B", "C>B", "D>C"]),
        ({"by": "Wire"}, ["A>B"]),
        ({"by": "the post"}, ["A>B"]),
        ({"by": "x"}, ["C>B"]),
        ({"by": "Miror"}, ["C>B"]),
        ({"until": "2024-04-10"}, ["A>B"]),
        ({"until": "2024-04-09"}, []),
        ({"until": 2024, "by": "Post"}, ["A>B"]),
        ({"min_confidence": 0.85}, ["A>B"]),
    ],
)
def test_what_counts(options, hops):
    assert told(SOURCES.why("B", **options).hops) == hops


def test_what_is_left_of_the_evidence_bounds_how_sure_a_hop_is():
    (hop,) = SOURCES.why("B", by="Wire").hops
    assert (hop.confidence, [g.outlet for g in hop.grounds]) == (0.6, ["Wire"])
    assert ([e.article for e in hop.relation.evidence], hop.relation.confidence) == (["t"], 0.6)
    assert SOURCES.why("B").hops[0].confidence == 0.9


def test_nobody_speaks_by_that_name():
    with pytest.raises(NotFound, match=r"no outlet and no actor is called 'Zanzibar'. The outlets: Mirror; Post; Wire"):
        SOURCES.why("B", by="Zanzibar")
    with pytest.raises(UsageError, match="is no date"):
        SOURCES.why("B", until="soon")


def test_of_too_many_hops_the_surest_are_kept():
    names = [chr(ord("A") + n // 26) + chr(ord("A") + n % 26) for n in range(200)]
    hub = lines("\n".join(f"{name} causes ZZ {0.5 + n / 1000}" for n, name in enumerate(names)))
    answer = hub.why("ZZ", limit=10)
    assert [hop.cause.id for hop in answer.hops] == names[-1:-11:-1]
    assert answer.more == 190


def test_confidence_of_the_whole_way_and_the_surest_way_first():
    hops = lines("A causes B 0.5\nB causes D 0.9\nC causes D 0.8\nA causes C 0.9").why("D").hops
    assert [(h.cause.id, h.effect.id, h.path_confidence) for h in hops] == [
        ("B", "D", 0.9),
        ("C", "D", 0.8),
        ("A", "C", 0.72),
        ("A", "B", 0.45),
    ]


# chains ------------------------------------------------------------------------------------------------------------


def walked(found) -> list[str]:
    return ["".join([route.hops[0].cause.id, *(hop.effect.id for hop in route.hops)]) for route in found]


WAYS = lines(
    "A causes B 0.9\nB causes D 0.9\nA causes C 0.8\nC causes D 0.9\nA causes D 0.3\nB causes C 0.9\nD causes A"
)


def test_chains_are_the_surest_routes():
    found = WAYS.chain("A", "D", limit=9)
    assert walked(found) == ["ABD", "ABCD", "ACD", "AD"]
    assert [route.confidence for route in found] == [0.81, 0.729, 0.72, 0.3]
    assert [hop.depth for hop in found[1].hops] == [1, 2, 3]
    assert walked(WAYS.chain("A", "D")) == ["ABD", "ABCD", "ACD"]
    assert walked(WAYS.chain("A", "D", depth=1)) == ["AD"]
    assert walked(WAYS.chain("A", "D", depth=2)) == ["ABD", "ACD", "AD"]
    assert walked(WAYS.chain("A", "D", min_confidence=0.85)) == ["ABD", "ABCD"]


def test_no_chain():
    tied = lines("A causes B\nC causes D\nA agent x\nC agent x")
    with pytest.raises(NotFound, match=r"no chain of causes leads from 'event A' to 'event D'.$"):
        tied.chain("A", "D")
    with pytest.raises(NotFound, match="The other way round there is one"):
        tied.chain("B", "A")
    with pytest.raises(UsageError, match="are the same event"):
        tied.chain("A", "A")
    with pytest.raises(Unclear):
        tied.chain("x", "D")


PAIRS = st.lists(
    st.tuples(st.sampled_from("ABCDEFG"), st.sampled_from("ABCDEFG"), st.sampled_from((0.5, 0.7, 0.9, 1.0))),
    min_size=1,
    max_size=25,
)


def drawn(pairs) -> nx.DiGraph:
    surest = {(a, b): sure for a, b, sure in sorted(pairs, key=lambda pair: pair[2]) if a != b}
    tied = nx.DiGraph()
    tied.add_nodes_from("ABCDEFG")
    tied.add_weighted_edges_from(((*pair, sure) for pair, sure in surest.items()))
    return tied


@settings(deadline=None, max_examples=60)
@given(
    PAIRS, st.sampled_from((None, 1, 2, 3)), st.integers(1, 6), st.sampled_from((0, 1, 64)), st.sampled_from((1, 300))
)
def test_chains_are_those_that_a_search_of_all_finds(pairs, depth, limit, rounds, patience):
    tied = drawn(pairs)
    graph = lines("\n".join(f"{a} causes {b} {sure}" for a, b, sure in tied.edges.data("weight")) + "\nA causes H")
    every = nx.all_simple_paths(tied, "A", "G", cutoff=depth)
    sure = sorted((prod(tied.edges[e]["weight"] for e in pairwise(p)) for p in every), reverse=True)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(routes, "ROUNDS", rounds)
        patch.setattr(routes, "PATIENCE", patience)
        try:
            found = graph.chain("A", "G", limit=limit, depth=depth)
        except NotFound:
            found = ()
    assert [route.confidence for route in found] == pytest.approx(sure[:limit], abs=1e-3)
    assert len(set(walked(found))) == len(found)
    assert all(len(set(way)) == len(way) for way in walked(found))


# what stands out ---------------------------------------------------------------------------------------------------


def test_roots_are_what_most_follows_from():
    tied = lines("A causes B\nB causes C\nC causes B\nD causes C\nE causes F\nA before E")
    assert [(r.event.id, r.effects) for r in tied.roots()] == [("A", 2), ("D", 2), ("E", 1)]
    assert [r.event.id for r in tied.roots(limit=1)] == ["A"]
    assert tied.roots(on="2024") == ()


def test_turning_points_have_many_on_both_sides():
    tied = lines(
        "A causes M\nB causes M\nM causes X\nM causes Y\nA causes N\nN causes X\nN causes P\nN causes Q\nN causes R"
    )
    assert [(r.event.id, r.causes, r.effects) for r in tied.turning_points()] == [("M", 2, 2), ("N", 1, 4)]


@settings(deadline=None)
@given(PAIRS, st.sampled_from((1, 2, 8192)))
def test_reach_is_counted_exactly(pairs, share):
    tied = drawn(pairs)
    names = list(tied)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reach, "SHARE", share)
        found = reach.reached([[names.index(b) for b in tied[a]] for a in names])
    assert found == [len(nx.descendants(tied, a)) for a in names]


def test_conflicts_have_both_sides_and_what_is_given_instead():
    tied = lines(
        "A causes B 0.9\nA causes B 0.8 not x in u\nC causes B 0.7 x in u\nD causes B\nE causes F not x\nG causes B"
    )
    (conflict,) = tied.conflicts()
    assert (conflict.cause.id, conflict.effect.id) == ("A", "B")
    assert ([g.voice for g in conflict.claimed], [g.voice for g in conflict.denied]) == (["Wire"], ["x"])
    assert told(conflict.instead) == ["C>B"]
    assert len(tied.conflicts(by="x")) == len(tied.conflicts(by="Wire")) == 1
    assert tied.conflicts(until="2024-04-30") == ()


def test_who_contradicts_itself_is_no_conflict_of_sources():
    assert lines("A causes B x\nA causes B not x in u").conflicts() == ()


def test_a_graph_without_causes():
    tied = lines("A before B")
    assert (tied.roots(), tied.turning_points(), tied.conflicts()) == ((), (), ())
    assert (tied.why("A").hops, tied.effects("B", by="Wire", until=2024).hops) == ((), ())
    with pytest.raises(NotFound, match="no chain of causes"):
        tied.chain("A", "B")
