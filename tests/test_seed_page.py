"""A real scraped page: each event on its day. Skipped where the page, which is not part of the project, is absent."""

from pathlib import Path

import pytest

import newsloom
from newsloom.graph.edtf import to_edtf
from newsloom.schemas.loader import load_yaml
from newsloom.wording import remarks

PAGES = Path(__file__).parents[2] / "shared" / "samples"
CASES = load_yaml(Path(__file__).with_name("cases").joinpath("seed_page.yaml").read_text(encoding="utf-8"), "seed_page")

pytestmark = pytest.mark.skipif(not PAGES.is_dir(), reason="the page is not here")


@pytest.fixture(scope="module")
def graph():
    """The page with the day of its first article, and that of the other three."""
    return newsloom.build(newsloom.read_articles([PAGES], published=["2024-02-23", "2024-04-14"]))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case[0])
def test_an_event_is_on_its_day(graph, case):
    words, type, days, *status = case
    found = [e for e in graph.events if e.type == type and words in f"{e.name}{remarks(e)}"]
    assert [(to_edtf(event.when), event.factuality) for event in found] == [(days, *(status or ["asserted"]))]


def test_nothing_happened_after_the_last_article(graph):
    told = [e for e in graph.events if e.factuality in ("asserted", "alleged") and e.when and e.when.earliest]
    assert all(event.when.earliest.isoformat() <= "2024-04-14" for event in told)


def _hops(graph, text, direction="why", **asked):
    answer = getattr(graph, direction)(text, **asked)
    near = {answer.event.id}
    return [hop for hop in answer.hops if (hop.effect if direction == "why" else hop.cause).id in near]


def _event(graph, words, type):
    return next(event for event in graph.events if event.type == type and words in event.name)


def test_the_attack_answers_the_killing_and_the_silence_of_the_council(graph):
    attack = _event(graph, "fires missiles at Israel", "ASSAULT")
    hops = {hop.cause.name: hop for hop in _hops(graph, attack.id)}
    killing = next(hop for name, hop in hops.items() if "killing of senior IRGC commanders" in name)
    assert killing.relation.type == "responds-to"
    assert killing.factuality == "alleged"
    assert {graph.articles[graph.mentions[id].span.article].source for id in killing.cause.mentions} == {
        "CGTN",
        "Xinhua",
    }
    council = next(hop for name, hop in hops.items() if name.startswith("UN Security Council does not condemn"))
    assert council.grounds[0].claimant == "Wei Mingchen"


def test_a_vow_to_respond_follows_from_the_attack(graph):
    attack = _event(graph, "fires missiles at Israel", "ASSAULT")
    assert any("vows to respond" in hop.effect.name for hop in _hops(graph, attack.id, "effects"))


def test_the_attack_of_october_triggered_the_conflict(graph):
    attack = _event(graph, "October 7 attack on Israel", "ASSAULT")
    assert [hop.effect.type for hop in _hops(graph, attack.id, "effects")] == ["WAR"]


def test_the_crossing_is_opened_after_a_telephone_call(graph):
    crossing = _event(graph, "to open the Erez crossing", "RETREAT")
    assert [hop.cause.mode for hop in _hops(graph, crossing.id)] == ["phone"]
