"""Whether a cause holds: by the link, by its ends, by all that say so, and by the days."""

from datetime import date

import pytest

from newsloom.graph.types import Event, EventValue, Evidence, Link, Mention, Relation, Span, When
from newsloom.graph.weaving.backwards import marked
from newsloom.graph.weaving.bounds import bounded
from newsloom.graph.weaving.standing import claimant, confidence, ends_of, status_of, together

CUE = (0, 1)
ALONE = {article: article for article in "abcd"}


def _mention(id: str, factuality="asserted", source: str | None = None) -> Mention:
    value = EventValue(id, (0, 1), factuality=factuality, source=source)
    return Mention(id, Span("a", 0, 1), "event", "ASSAULT", id, value, "by-hand")


def _said(article: str, confidence=0.8, factuality="asserted", by: str | None = None) -> Evidence:
    return Evidence(article, 0, 1, "r", confidence, claimed_by=by, factuality=factuality)


@pytest.mark.parametrize(
    ("type", "link", "cause", "effect", "expected"),
    [
        ("causes", "asserted", "asserted", "asserted", "asserted"),
        ("causes", "hypothetical", "asserted", "asserted", "hypothetical"),  # may have led to
        ("causes", "negated", "asserted", "asserted", "negated"),  # was not caused by
        ("causes", "negated", "planned", "hypothetical", "negated"),
        ("causes", "asserted", "alleged", "asserted", "alleged"),
        ("causes", "asserted", "planned", "asserted", "planned"),
        ("causes", "asserted", "hypothetical", "asserted", "hypothetical"),
        ("causes", "alleged", "planned", "hypothetical", "hypothetical"),  # the weakest counts
        ("causes", "asserted", "negated", "asserted", "asserted"),  # failed to condemn
        ("causes", "asserted", "negated", "hypothetical", "hypothetical"),  # had it not rained, it would have burnt
        ("causes", "asserted", "asserted", "negated", "asserted"),  # put off because of the storm
        ("causes", "asserted", "asserted", "planned", "planned"),  # will lead to
        ("causes", "asserted", "asserted", "hypothetical", "hypothetical"),  # could lead to
        ("responds-to", "asserted", "asserted", "planned", "planned"),  # vowed to avenge
        ("responds-to", "asserted", "planned", "asserted", "asserted"),  # protested against the planned law
        ("responds-to", "asserted", "hypothetical", "asserted", "asserted"),
        ("responds-to", "asserted", "alleged", "asserted", "alleged"),
        ("responds-to", "asserted", "negated", "asserted", "asserted"),
        ("intends-to-cause", "asserted", "asserted", "planned", "asserted"),
        ("intends-to-cause", "asserted", "asserted", "negated", "asserted"),
        ("intends-to-cause", "asserted", "planned", "hypothetical", "planned"),
        ("enables", "asserted", "asserted", "hypothetical", "asserted"),
        ("enables", "asserted", "hypothetical", "hypothetical", "hypothetical"),
        ("prevents", "asserted", "asserted", "negated", "asserted"),
        ("prevents", "asserted", "planned", "hypothetical", "planned"),  # aims to prevent
    ],
)
def test_the_weakest_of_link_and_ends_counts(type, link, cause, effect, expected):
    tie = Link("s", type, "t", "r", cue=CUE, factuality=link)
    assert status_of(tie, _mention("cause", cause), _mention("effect", effect)) == expected


def test_without_words_of_its_own_an_effect_that_did_not_happen_denies_the_cause():
    assert status_of(Link("s", "causes", "t", "r"), _mention("blast"), _mention("hurt", "negated")) == "negated"
    assert status_of(Link("s", "prevents", "t", "r"), _mention("wall"), _mention("flood", "negated")) == "asserted"


@pytest.mark.parametrize("denied", ["cause", "effect"])
def test_who_denies_an_end_denies_the_cause(denied):
    ends = _mention("cause", "negated"), _mention("effect", "negated")
    tie = Link("s", "causes", "t", "r", cue=CUE)
    assert status_of(tie, *ends, frozenset((denied,))) == "negated"
    assert status_of(tie, *ends) == "asserted"


def test_who_denies_both_ends_denies_the_cause():
    tie = Link("s", "causes", "t", "r", cue=CUE)
    raid, deaths, others = (_mention(id, "negated", by) for id, by in (("raid", "m1"), ("deaths", "m1"), ("x", "m2")))
    assert status_of(tie, raid, deaths) == "negated"
    assert status_of(tie, raid, others) == "asserted"


@pytest.mark.parametrize(
    ("link_by", "cause_by", "effect_by", "expected"),
    [
        ("m1", "m2", "m3", "actor/one"),
        (None, "m2", "m3", "actor/two"),
        (None, None, "m3", "actor/three"),
        (None, "nobody", "m3", "actor/three"),
        ("nobody", None, "m3", "actor/three"),
        (None, None, None, None),
        ("nobody", "nobody", None, None),
    ],
)
def test_the_claim_of_the_link_comes_before_those_of_its_ends(link_by, cause_by, effect_by, expected):
    who = {"m1": "actor/one", "m2": "actor/two", "m3": "actor/three"}
    ends = _mention("cause", source=cause_by), _mention("effect", source=effect_by)
    assert claimant(Link("s", "causes", "t", "r", claimed_by=link_by), ends, who) == expected


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (["asserted", "hypothetical", "negated"], "asserted"),
        (["alleged", "planned", "negated"], "alleged"),
        (["negated", "planned", "hypothetical"], "negated"),
        (["hypothetical", "planned"], "planned"),
        (["hypothetical"], "hypothetical"),
        ([], "asserted"),
    ],
)
def test_the_firmest_status_counts(given, expected):
    assert together([_said("a", factuality=one) for one in given], ALONE)[0] == expected
    assert together([_said("a", factuality=one) for one in given[::-1]], ALONE)[0] == expected


@pytest.mark.parametrize(
    ("evidence", "expected"),
    [
        ([_said("a", 0.5), _said("a", 0.6)], 0.6),  # one article
        ([_said("a", 0.5), _said("b", 0.5)], 0.75),
        ([_said("a", 0.5), _said("b", 0.5, by="actor/x")], 0.75),
        ([_said("a", 0.5, by="actor/x"), _said("b", 0.5, by="actor/x")], 0.5),  # one claimant
        ([_said("a", 0.5, by="actor/x"), _said("b", 0.5, by="actor/y")], 0.75),
        ([_said("a", 0.5), _said("b", 0.5, "alleged")], 0.75),
        ([_said("a", 0.5), _said("b", 0.9, "hypothetical"), _said("c", 0.9, "planned")], 0.5),
        ([_said("a", 0.8), _said("b", 0.5, "negated")], 0.6),  # denied
        ([_said("a", 0.8, "alleged", "actor/x"), _said("a", 0.5, "negated", "actor/y")], 0.6),
        ([_said("a", 0.8, "negated"), _said("b", 0.9, "hypothetical")], 0.8),
        ([_said("a", 1.0)], 0.99),
    ],
)
def test_those_who_agree_make_it_sure_and_those_who_deny_it_less_so(evidence, expected):
    assert together(evidence, ALONE)[1] == pytest.approx(expected)


def test_a_copy_and_another_article_of_the_source_are_no_voices_of_their_own():
    said = [Evidence(article, 0, 1, "r", 0.5) for article in ("a", "b", "c", "d")]
    assert confidence(said, {"a": "one", "b": "one", "c": "one", "d": "two"}) == 0.75


def test_which_end_is_the_cause(schema):
    ends = {type: ends_of(type, schema) for type in schema.relations if ends_of(type, schema)}
    forward = ("source", "target")
    assert ends == dict.fromkeys(("causes", "intends-to-cause", "enables", "prevents"), forward) | {
        "responds-to": ("target", "source")
    }


# Against time


def _dated(id: str, day: int | None, factuality="asserted", last: int | None = None) -> Event:
    first = date(2024, 4, day) if day else None
    over = date(2024, 4, last or day or 1)
    known = When(first, date.fromordinal(over.toordinal() + 1), "interval") if day or last else None
    return Event(id, "ASSAULT", id, when=known, factuality=factuality)


EARLY, LATE, UNKNOWN, PLANNED = (
    _dated("early", 1),
    _dated("late", 13),
    _dated("unknown", None),
    _dated("planned", 20, "planned"),
)
NODES = {node.id: node for node in (EARLY, LATE, UNKNOWN, PLANNED, _dated("span", 1, last=13))}


def _relation(source: str, type: str, target: str, confidence=0.9, rule="r", **fields) -> Relation:
    return Relation(source, type, target, confidence, (Evidence("a", 0, 1, rule, confidence),), **fields)


@pytest.mark.parametrize(
    ("source", "type", "target", "backwards"),
    [
        ("early", "causes", "late", False),
        ("late", "causes", "early", True),
        ("late", "enables", "early", True),
        ("late", "prevents", "early", True),
        ("late", "responds-to", "early", False),
        ("early", "responds-to", "late", True),
        ("early", "intends-to-cause", "late", False),
        ("late", "intends-to-cause", "early", True),
        ("late", "causes", "span", False),  # it may have been on the same day
        ("late", "causes", "unknown", False),
        ("late", "responds-to", "planned", False),  # an answer to a plan
        ("planned", "causes", "late", True),
        ("late", "before", "early", False),
    ],
)
def test_a_cause_behind_its_effect_is_marked_and_kept(schema, source, type, target, backwards):
    (found,) = marked([_relation(source, type, target)], NODES, schema)
    assert (found.backwards, found.confidence) == (backwards, 0.29 if backwards else 0.9)
    assert found.evidence == _relation(source, type, target).evidence


@pytest.mark.parametrize(
    ("order", "backwards"),
    [
        ([_relation("effect", "before", "cause")], True),
        ([_relation("effect", "before", "x"), _relation("x", "before", "cause")], True),
        ([_relation("cause", "before", "effect")], False),
        ([_relation("effect", "before", "cause", 0.7)], False),
        ([_relation("effect", "before", "cause", rule="model:order")], False),
        ([_relation("effect", "before", "cause", factuality="negated")], False),
        ([_relation("effect", "simultaneous", "cause")], False),
    ],
)
def test_sure_order_marks_as_well(schema, order, backwards):
    nodes = {id: _dated(id, None) for id in ("cause", "effect", "x")}
    found = marked([*order, _relation("cause", "causes", "effect")], nodes, schema)
    assert found[-1].backwards == backwards
    assert found[:-1] == order


def test_nothing_is_dated_by_what_runs_backwards_or_is_not_asserted(schema):
    nodes = {"late": LATE, "open": _dated("open", None)}
    assert bounded(nodes, [_relation("late", "causes", "open")], schema)["open"].when.earliest == date(2024, 4, 13)
    for fields in ({"backwards": True}, {"factuality": "negated"}, {"factuality": "hypothetical"}):
        assert bounded(nodes, [_relation("late", "causes", "open", **fields)], schema) == {}
