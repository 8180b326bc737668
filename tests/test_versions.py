"""Who says what: sources and days of numbers, denials beside what they deny, tallies that go on, and their lines."""

import json

import pytest
from calling import keep

from newsloom.exports.labels import amount
from newsloom.graph import pipeline
from newsloom.graph.edtf import to_edtf
from newsloom.graph.types import Article, Claim, Event

FEBRUARY = (
    "2024-02-23",
    "Example Wire",
    "At least 29,514 people have been killed in Gaza since October 7, the Gaza health ministry said on Friday.",
)
APRIL = (
    "2024-04-11",
    "Example Post",
    "Israel's offensive in the past months has killed at least 33,482 people in Gaza, "
    "according to the Gaza health ministry.",
)
BOMBED = (
    "2022-03-10",
    "Example Wire",
    "Ukraine said Russia bombed a hospital in Mariupol on Wednesday. Russia denied bombing the hospital.",
)
DENIED = ("2022-03-11", "Example Post", "Russia denied on Thursday that it had bombed a hospital in Mariupol.")


@pytest.fixture(scope="module")
def woven(parser, schema, knowledge):
    """A function from (day, outlet, text) to the graph of these articles."""

    def of(*articles):
        given = [
            Article(id=f"a{n}", text=text, published=day, source=outlet, language="en")
            for n, (day, outlet, text) in enumerate(articles, 1)
        ]
        return pipeline.weave(pipeline.read(given, parser, schema, knowledge), schema, knowledge)

    return of


def _figures(graph):
    return [
        (f.count, f.of, f.source and graph.nodes[f.source].name, to_edtf(f.holds), str(f.reported))
        for event in graph.events
        for f in event.figures
    ]


TOLD = (
    # words, who gives the number, the days it is of
    (
        "Floods hit Kenya on Monday. The toll had risen to 70 by Friday, the Red Cross said.",
        "red cross",
        "../2024-05-03",
    ),
    ("Floods hit Kenya. The Red Cross put the death toll at 70 on Friday.", "red cross", "2024-05-03"),
    ("Floods killed 70 in Kenya since April 1, according to the Red Cross.", "red cross", "2024-04-01/2024-05-04"),
    ("Floods killed 70 people in Kenya.", None, None),
)


@pytest.mark.parametrize(("text", "source", "holds"), TOLD, ids=lambda value: str(value)[:40])
def test_who_gives_a_number_and_of_which_days(woven, text, source, holds):
    [(count, of, name, days, reported)] = _figures(woven(("2024-05-04", "Example Wire", text)))
    assert (count, of, days, reported) == (70, "killed", holds, "2024-05-04")
    assert name is None if source is None else source in name.lower()


def test_a_tally_of_one_source_is_one_event_and_a_series(woven):
    graph = woven(APRIL, FEBRUARY)
    told = [event for event in graph.events if event.figures]
    assert [(event.killed, to_edtf(event.when)) for event in told] == [(33482, "2023-10-07/2024-04-11")]
    assert [(figure.count, str(figure.reported)) for figure in told[0].figures] == [
        (29514, "2024-02-23"),
        (33482, "2024-04-11"),
    ]


def test_a_number_that_falls_is_no_tally(woven):
    fewer = (APRIL[0], APRIL[1], APRIL[2].replace("33,482", "3,482"))
    assert len([event for event in woven(FEBRUARY, fewer).events if event.figures]) == 2


def test_another_source_keeps_another_tally(woven):
    other = (APRIL[0], APRIL[1], APRIL[2].replace("the Gaza health ministry", "the Red Cross"))
    assert len([event for event in woven(FEBRUARY, other).events if event.figures]) == 2


def _claims(graph, event):
    return [(c.factuality, c.source and graph.nodes[c.source].name, c.article) for c in event.claims]


def test_what_one_denies_and_another_asserts_is_one_event(woven):
    graph = woven(BOMBED, DENIED)
    bombings = [event for event in graph.events if event.type == "ASSAULT"]
    assert [event.factuality for event in bombings] == ["asserted"]
    assert _claims(graph, bombings[0]) == [
        ("asserted", "Ukraine", "a1"),
        ("negated", "Russia", "a1"),
        ("negated", "Russia", "a2"),
    ]
    assert bombings[0].name.startswith("Russia bombs a hospital")


def test_a_denial_alone_stays_one(woven):
    graph = woven(DENIED)
    [bombing] = [event for event in graph.events if event.type == "ASSAULT"]
    assert (bombing.factuality, _claims(graph, bombing)) == ("negated", [("negated", "Russia", "a1")])


def test_what_nobody_denies_but_did_not_happen_stays_apart(woven):
    graph = woven(
        (BOMBED[0], BOMBED[1], "Russia bombed a hospital in Mariupol. Russia did not bomb the hospital in Kyiv.")
    )
    assert sorted(event.factuality for event in graph.events if event.type == "ASSAULT") == ["asserted", "negated"]


def test_numbers_of_the_denied_are_not_shown_as_what_happened(woven):
    text = (
        "Russia denied that it had killed 12 people in Kharkiv. "
        "Ukraine said Russia killed at least eight people in Kharkiv."
    )
    graph = woven(("2022-05-02", "Example Wire", text))
    told = [event for event in graph.events if event.figures]
    assert [(e.killed, sorted(f.count for f in e.figures)) for e in told] == [(8, [8, 12])]


def test_parts_are_not_added(woven):
    graph = woven(("2022-05-02", "Example Wire", "Shelling killed two soldiers and a civilian, including one officer."))
    [event] = [event for event in graph.events if event.figures]
    assert (event.killed, [(f.count, f.part) for f in event.figures]) == (3, [(2, False), (1, False), (1, True)])


@pytest.fixture
def kept_versions(woven, place):
    keep(woven(BOMBED, DENIED, FEBRUARY, APRIL), place / "newsloom.db")


def test_show_prints_who_says_what(kept_versions, call):
    lines = call("show", "Russia bombs a hospital")[1]
    assert "  asserted by Ukraine  (Example Wire, 2022-03-10)" in lines
    assert "  denied by Russia  (Example Wire, 2022-03-10, 2 articles)" in lines
    assert "      “Russia denied bombing the hospital.”" in lines


def test_show_prints_a_series(kept_versions, call):
    lines = [line.strip() for line in call("show", "33,482")[1] if line.startswith("  figure")]
    february, april = lines
    assert february.startswith(
        "figure  at least 29,514 killed  — Gaza Health Ministry (Example Wire, 2024-02-23), of 7 Oct"
    )
    assert april.startswith("figure  at least 33,482 killed  — Gaza Health Ministry (Example Post, 2024-04-11)")


def test_show_gives_the_same_as_data(kept_versions, call):
    shown = json.loads("\n".join(call("show", "Russia bombs a hospital", "--json")[1]))
    assert [(v["factuality"], v["said_by"], v["source_name"]) for v in shown["versions"]] == [
        ("asserted", "Ukraine", "Example Wire"),
        ("negated", "Russia", "Example Wire"),
        ("negated", "Russia", "Example Post"),
    ]
    assert [claim["factuality"] for claim in shown["claims"]] == ["asserted", "negated", "negated"]
    series = json.loads("\n".join(call("show", "33,482", "--json")[1]))["series"]
    assert [(f["count"], f["bound"], f["reported"]) for f in series] == [
        (29514, "at-least", "2024-02-23"),
        (33482, "at-least", "2024-04-11"),
    ]
    assert "29,514 people have been killed" in series[0]["sentence"]


def test_old_nodes_have_no_claims():
    assert Event("event/x", "ASSAULT", "x").claims == ()
    assert Claim("asserted", None, "m", "a").reported is None


def test_dozens_are_no_number_of_dead(woven):
    graph = woven(("2022-05-02", "Example Wire", "Shelling killed dozens of people in Kharkiv."))
    [event] = [event for event in graph.events if event.figures]
    [figure] = event.figures
    assert (event.killed, figure.count, figure.bound, figure.form) == (None, 24, "at-least", "plural")
    assert amount(figure, "dozens of people") == "at least 24 killed (“dozens of people”)"


NO_DENIALS = (
    "Iran said the attack on the ship was no surprise. The minister said he did not see the attack as a threat.",
    "The minister asked for a ceasefire in Gaza. The judge denied the minister's request.",
)


@pytest.mark.parametrize("text", NO_DENIALS)
def test_what_is_spoken_of_as_there_is_not_denied(woven, text):
    graph = woven(("2022-05-02", "Example Wire", text))
    assert not any("denied" in reason for event in graph.events for reason in event.reasons)
