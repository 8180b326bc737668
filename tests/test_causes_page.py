"""The page of an answer: what it tells, that it is closed to the network, and that hostile text stays text."""

import re

import pytest
from hostile import ATTACKS, hostile_graph
from msgspec import structs
from small import small_graph
from test_explorer import HOSTILE, Elements

from newsloom.exports import causes_page as module
from newsloom.exports.causes_drawing import fold, sources, width
from newsloom.exports.causes_page import causes_page
from newsloom.graph.asking.reasons import Answer, Ground, Hop, Route
from newsloom.graph.model import Graph
from newsloom.graph.types import Event, Relation


@pytest.fixture(scope="module")
def graph():
    return small_graph()


@pytest.fixture(scope="module")
def page(graph):
    return causes_page(graph, graph.why("event/vow"))


def ground(**fields) -> Ground:
    base = Ground(
        "causes", "Rain fell, and so the river rose.", "and so", "a1", 0, 33, "cue:so", 0.8, cue="so", cue_at=(15, 17)
    )
    return structs.replace(base, **fields)


def hop(graph: Graph, cause: str, effect: str, depth: int = 1, **fields) -> Hop:
    """A hop between two events of the graph."""
    base = Hop(
        depth,
        graph.nodes[cause],
        graph.nodes[effect],
        (Relation(cause, "causes", effect, 0.8, ()),),
        0.8,
        0.8,
        grounds=(ground(),),
    )
    return structs.replace(base, **fields)


def text_of(page: str, start: str, end: str = "</li>") -> str:
    """The words of a part of the page, without its tags."""
    part = page[page.index(start) :]
    return " ".join(re.sub("<[^>]*>", " ", part[part.index(">") + 1 : part.index(end)]).split())


def test_each_hop_is_told_with_its_sentence_and_its_article(page):
    told = text_of(page, '<li id="hop-1"')
    assert "was a response to Iran launches drones at Israel 13 April 2024" in told
    assert "After Iran launched drones on April 13, Israel vowed to respond." in told
    assert "Israel promises an answer · Example Post · 15 April 2024 · characters 0–" in told
    assert "60 % sure · 1 independent source" in told
    assert '<mark class="cue">After</mark>' in page


def test_a_cause_of_a_cause_stands_inside_the_item_of_the_cause(page):
    first = page.index('<li id="hop-1"')
    assert first < page.index('<ol class="hops">', first) < page.index('<li id="hop-2"') < page.index("</li>", first)
    assert "was a response to Strike on the consulate in Damascus 1 April 2024" in text_of(page, '<li id="hop-2"')


def test_an_arrow_reads_from_the_cause_to_the_effect(page):
    says = [a["aria-label"] for tag, a in Elements(page).tags if tag == "a" and "arrow" in (a.get("class") or "")]
    assert says == [
        "Hop 1: Iran launches drones at Israel was answered by Israel vows to respond; 60 % · 1 source",
        "Hop 2: Strike on the consulate in Damascus was answered by Iran launches drones at Israel; 90 % · 1 source",
    ]


def test_every_link_leads_somewhere(page):
    tags = Elements(page).tags
    ids = [a["id"] for _, a in tags if "id" in a]
    assert len(ids) == len(set(ids))
    links = {a["href"][1:] for _, a in tags if (a.get("href") or "").startswith("#")}
    assert {"hop-1", "hop-2", "arrow-1", "arrow-2", "part-1"} <= links <= set(ids)


def test_nothing_in_the_page_points_to_a_network(page):
    assert not [a for _, a in Elements(page).tags if {"src", "srcset", "action"} & a.keys()]
    assert "@import" not in page
    assert "url(" not in page
    policy = next(a["content"] for _, a in Elements(page).tags if a.get("http-equiv") == "Content-Security-Policy")
    assert policy.startswith("default-src 'none'; script-src 'sha256-")
    assert policy.count("sha256-") == page.count("<script>") == 1


def test_an_article_with_an_address_is_linked(graph):
    page = causes_page(graph, graph.why("event/launch"))
    assert 'href="https://example.org/iran" rel="noopener noreferrer"' in page


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "//example.org", 'https://x" onclick="y z'])
def test_an_address_that_is_none_is_not_linked(graph, url):
    answer = Answer("", "why", graph.nodes["event/vow"], (hop(graph, "event/launch", "event/vow"),))
    bad = structs.replace(answer.hops[0], grounds=(ground(url=url),))
    assert "noopener" not in causes_page(graph, structs.replace(answer, hops=(bad,)))


def test_the_same_answer_gives_the_same_page(graph, page):
    other = small_graph()
    assert causes_page(other, other.why("event/vow")) == page


@pytest.mark.parametrize("attack", [*ATTACKS.values(), *HOSTILE], ids=repr)
def test_hostile_text_stays_text(attack):
    graph, calm = hostile_graph(attack), small_graph()
    answers = [
        (graph.why(f"event/vow{attack}"), calm.why("event/vow")),
        (graph.effects(f"event/strike{attack}"), calm.effects("event/strike")),
    ]
    for hostile, harmless in answers:
        text = causes_page(graph, hostile)
        text.encode("utf-8")
        tags = Elements(text).tags
        wanted = {tag for tag, _ in Elements(causes_page(calm, harmless)).tags} | {"tspan"}
        assert {tag for tag, _ in tags} <= wanted
        assert sum(tag == "script" for tag, _ in tags) == 1
        assert not any(name.startswith("on") for _, attributes in tags for name in attributes)
        assert not {"\u2028", "\u2029", "\u202e", "\u2066", "\x00", "\x1b"} & set(text)


def test_a_turned_sentence_keeps_its_cue(graph):
    turned = ground(sentence="\u202eRain fell,\nand so the river rose.", cue_at=(16, 18))
    answer = Answer("", "why", graph.nodes["event/vow"], (hop(graph, "event/launch", "event/vow", grounds=(turned,)),))
    assert 'Rain fell, and <mark class="cue">so</mark> the river rose.' in causes_page(graph, answer)


def test_effects_are_told_from_cause_to_effect(graph):
    page = causes_page(graph, graph.effects("event/strike"))
    assert "What followed:" in page
    assert "was answered by Iran launches drones at Israel" in text_of(page, '<li id="hop-1"')


def test_each_way_of_a_chain_is_a_part(graph):
    ways = graph.chain("event/strike", "event/vow")
    page = causes_page(graph, [*ways, Route((hop(graph, "event/strike", "event/vow"),), 0.3)])
    assert "Strike on the consulate in Damascus → Israel vows to respond" in page
    assert re.findall(r"Way \d: \d hops?, \d+ %", page) == ["Way 1: 2 hops, 54 %", "Way 2: 1 hop, 30 %"]
    assert page.count("<svg viewBox") == 2


def test_the_status_of_events_and_hops_is_in_words(graph):
    claimed = ground(factuality="alleged", claimed_by="actor/iran", claimant="Iran")
    hops = (
        hop(graph, "event/launch", "event/respond", factuality="alleged", grounds=(claimed,)),
        hop(graph, "event/strike", "event/respond", backwards=True),
    )
    page = causes_page(graph, Answer("", "why", graph.nodes["event/respond"], hops))
    assert "claimed by Iran" in page
    assert "according to <bdi>Iran</bdi>" in page
    assert '<span class="tag">planned</span>' in page
    assert "The cause is dated after its effect." in page
    legend = text_of(page, '<p class="legend"', "</p>")
    assert ("claimed" in legend, "planned" in legend, "denied" in legend) == (True, True, False)


def test_what_was_prevented_and_what_is_denied_stand_apart(graph):
    vow, launch, strike = (graph.nodes[f"event/{name}"] for name in ("vow", "launch", "strike"))
    prevents = (Relation(launch.id, "prevents", vow.id, 0.7, ()),)
    answer = Answer(
        "",
        "why",
        vow,
        prevented=(hop(graph, launch.id, vow.id, relations=prevents),),
        denied=(hop(graph, strike.id, vow.id, grounds=(), denials=(ground(factuality="negated", claimant="Iran"),)),),
    )
    page = causes_page(graph, answer)
    assert "No cause of it is stated in the articles." in page
    assert "was prevented by Iran launches drones" in text_of(page, '<li id="hop-1"')
    assert "was caused by denied Strike on the consulate" in text_of(page, '<li id="hop-2"')
    assert "denied by Iran" in page


def test_no_hop_is_a_page_too(graph):
    page = causes_page(graph, graph.why("event/strike"))
    assert "No cause of it is stated in the articles." in page
    assert "<svg viewBox" not in page
    assert causes_page(graph, [])


def test_what_lies_behind_an_event_is_told_once(graph):
    hops = (
        hop(graph, "event/launch", "event/respond"),
        hop(graph, "event/vow", "event/respond"),
        hop(graph, "event/launch", "event/vow", 2),
        hop(graph, "event/strike", "event/launch", 2),
    )
    page = causes_page(graph, Answer("", "why", graph.nodes["event/respond"], hops))
    assert page.count('<li id="hop-') == 4
    assert 'stands at <a href="#hop-1">' in page


def test_what_is_left_out_is_said(graph, monkeypatch):
    monkeypatch.setattr(module, "MOST_HOPS", 1)
    answer = structs.replace(graph.why("event/vow"), more=3)
    assert "4 less sure or farther hops left out." in text_of(causes_page(graph, answer), "<header", "</header>")


def test_other_events_that_fit_are_named(graph):
    silent, other = graph.nodes["event/respond"], graph.nodes["event/launch"]
    page = causes_page(graph, structs.replace(graph.why("event/vow"), silent=(silent,), others=(other,)))
    named = text_of(page, '<section class="others"', "</section>")
    assert named.index("event/respond") < named.index("event/launch")


def test_two_hundred_hops_one_behind_the_other_are_a_page(graph):
    events = [Event(f"event/{n}", "OTHER", f"Step {n}") for n in range(201)]
    hops = [
        Hop(n, events[n], events[n - 1], (Relation(f"event/{n}", "causes", f"event/{n - 1}", 0.8, ()),), 0.8, 0.8)
        for n in range(1, 201)
    ]
    page = causes_page(graph, Answer("", "why", events[0], tuple(hops)))
    assert page.count('<li id="hop-') == 200


def test_events_of_no_type_show_none(graph):
    event = Event("event/x", "OTHER", "The dam breaks")
    odd = structs.replace(hop(graph, "event/launch", "event/vow"), cause=event)
    page = causes_page(graph, Answer("", "why", graph.nodes["event/vow"], (odd,)))
    assert "OTHER" not in page


def test_a_sentence_printed_twice_counts_once():
    copy = ground(outlet="Example Post", sentence="Rain fell,  and so the river ROSE.")
    other = ground(outlet="Example Post", sentence="The river rose because of the rain.")
    again = ground(outlet="Example Post", sentence="The rain made the river rise.")
    assert sources([ground(outlet="Example Wire"), copy]) == 1
    assert sources([ground(outlet="Example Wire"), copy, other, again]) == 2


@pytest.mark.parametrize("name", ["a short name", "Donaudampfschifffahrtskapitän " * 3, "港の火事" * 20, ""])
def test_folded_words_fit(name):
    rows = fold(name, 13, 150, 3)
    assert len(rows) <= 3
    assert all(width(row, 13) <= 150 for row in rows)
    assert "".join("".join(rows).split()).rstrip("…") in "".join(name.split())
