"""The panel in Chromium: everything known of a node or a line; what is unknown is said to be so."""

from datetime import date

import msgspec
import pytest
from small import APRIL_1, APRIL_13, small_graph

from newsloom.exports import explorer
from newsloom.graph.model import Graph
from newsloom.graph.types import Claim, Event, Figure

pytestmark = pytest.mark.browser
playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")


def told_twice() -> Graph:
    """The small graph; of the launch the second article says another number and that it did not happen."""
    graph = small_graph()
    first, second = graph.readings
    launch, again = first.mentions[1].id, second.mentions[1].id
    seven = first.mentions[9].id
    event = graph.nodes["event/launch"]
    assert isinstance(event, Event)
    claims = (
        Claim("asserted", None, launch, "a1", date(2024, 4, 14)),
        Claim("negated", "actor/iran", again, "a2", date(2024, 4, 15)),
    )
    figures = (
        Figure(7, "killed", None, seven, "a1", date(2024, 4, 14)),
        Figure(9, "killed", "at-least", "unknown", "a2", date(2024, 4, 15), "actor/iran", APRIL_13),
        Figure(300, "drones", None, "unknown", "a1", date(2024, 4, 14)),
    )
    changed = msgspec.structs.replace(event, claims=claims, figures=figures, when=APRIL_1)
    nodes = [changed if node.id == event.id else node for node in graph.nodes.values()]
    return Graph(graph.schema, graph.readings, nodes, graph.relations, graph.resolution)


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    folder = tmp_path_factory.mktemp("panel")
    explorer.write(small_graph(), folder / "small.html")
    explorer.write(told_twice(), folder / "twice.html")
    return folder


@pytest.fixture
def page(open_page, files):
    return open_page(files / "small.html")


@pytest.fixture
def twice(open_page, files):
    return open_page(files / "twice.html", "#node=event%2Flaunch")


def section(page, title: str):
    return page.locator("#panel section", has=page.get_by_role("heading", name=title))


def fact(page, name: str) -> str:
    return page.locator("#panel > dl > dt", has_text=name).locator("xpath=following-sibling::dd[1]").inner_text()


def test_an_event_says_what_when_who_and_where(page):
    page.evaluate("newsloom.select('event/launch')")
    assert fact(page, "When") == "13 April 2024 2024-04-13 “on Saturday”, rule weekday"
    assert fact(page, "Who").split() == ["agent", "Iran", "recipient", "Israel"]
    assert fact(page, "Where") == "Israel country"
    assert fact(page, "Status") == "reported as fact"
    assert "Strike on the consulate" in section(page, "Caused by").inner_text()
    assert "Israel vows" in section(page, "Leads to").inner_text()


def test_what_is_unknown_is_said(page):
    page.evaluate("newsloom.select('event/respond')")
    assert fact(page, "When") == "not said"
    assert fact(page, "Where") == "not said"
    page.evaluate("newsloom.select('actor/iran')")
    assert "unknown" not in page.inner_text("#panel > dl")


def test_numbers_are_a_table_by_what_they_count(twice):
    table = section(twice, "Numbers").locator("table")
    assert table.locator("thead th").all_inner_texts() == ["Number", "Says", "Reported"]
    assert table.locator("tbody th").all_inner_texts() == ["killed", "drones"]
    rows = [row.inner_text().split("\t") for row in table.locator("tbody tr:has(td)").all()]
    assert [row[0].split("\n")[0] for row in rows] == ["7 killed", "at least 9 killed, of 13 April 2024", "300 drones"]
    assert [row[1] for row in rows] == ["the article", "Iran", "the article"]
    assert [row[2] for row in rows] == [
        "Example Wire, 2024-04-14",
        "Example Post, 2024-04-15",
        "Example Wire, 2024-04-14",
    ]


def test_a_number_opens_its_sentence(twice):
    button = section(twice, "Numbers").get_by_role("button", name="sentence")
    assert button.count() == 1
    button.click()
    assert "seven officers" in section(twice, "Numbers").locator("blockquote").inner_text()
    assert button.get_attribute("aria-expanded") == "true"
    button.click()
    assert not section(twice, "Numbers").locator("blockquote").is_visible()


def test_each_articles_version_is_told_those_that_differ_first(twice):
    versions = section(twice, "What each article says (2)").locator(".version")
    assert [text.split("\n")[0] for text in versions.locator("h4").all_inner_texts()]
    post = versions.filter(has_text="Example Post")
    wire = versions.filter(has_text="Example Wire")
    assert "differs" in post.locator("h4").inner_text()
    assert "reported as not so, says Iran" in post.inner_text()
    assert "at least 9 killed" in post.inner_text()
    assert "Place\nnot said" in post.inner_text()
    assert "Place\nIsrael" in wire.inner_text()
    assert "13 April 2024" in wire.inner_text()
    post.get_by_role("button", name="its sentence").click()
    assert "After Iran launched drones" in post.locator("blockquote").inner_text()


def test_one_article_has_no_versions(page):
    page.evaluate("newsloom.select('event/vow')")
    assert section(page, "What each article says").count() == 0
    assert section(page, "Numbers").count() == 0


def test_a_section_folds_and_stays_folded(page):
    page.evaluate("newsloom.select('event/launch')")
    section(page, "Evidence").get_by_role("button", name="Evidence").click()
    assert not page.locator("#panel blockquote").first.is_visible()
    page.evaluate("newsloom.select('event/strike')")
    button = section(page, "Evidence").get_by_role("button", name="Evidence")
    assert button.get_attribute("aria-expanded") == "false"
    button.press("Enter")
    assert page.locator("#panel blockquote").first.is_visible()


def test_the_focus_follows_into_the_details(page):
    page.locator("#panel .jump").first.press("Enter")
    assert page.evaluate("document.activeElement.tagName") == "H2"
    assert page.evaluate("document.activeElement.textContent") == "Strike on the consulate in Damascus"


@pytest.mark.parametrize("id", ["actor/iran", "place/damascus", "article/a1"])
def test_other_nodes_say_what_they_are(page, id):
    page.evaluate("(id) => newsloom.select(id)", id)
    expected = {"actor/iran": "Q794", "place/damascus": "33.51, 36.29", "article/a1": "Example Wire"}[id]
    assert expected in page.inner_text("#panel > dl")
    assert page.locator("#panel section .jump").count()


@pytest.mark.parametrize("id", ["event/launch", "event/strike", "actor/iran", "place/israel", "article/a2"])
def test_nothing_is_wider_than_the_panel(open_page, files, id):
    page = open_page(files / "twice.html")
    page.evaluate("(id) => newsloom.select(id)", id)
    assert (
        page.evaluate("(() => { const p = document.getElementById('panel'); return p.scrollWidth - p.clientWidth })()")
        <= 0
    )
