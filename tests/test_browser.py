"""The page in Chromium: clicked, searched, filtered and stepped through, without an error or a request."""

from pathlib import Path

import pytest
from browsing import heading, place
from msgspec import structs
from small import small_graph
from test_explorer import HOSTILE, crowd, hostile_graph

from newsloom.exports import explorer
from newsloom.exports.explorer.document import Page, complete
from newsloom.exports.explorer.parts import part
from newsloom.graph.model import Graph

pytestmark = pytest.mark.browser
playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")


def look(page, id: str) -> dict:
    return page.evaluate("id => newsloom.canvas.network().body.data.nodes.get(id)", id)


def section(page, title: str):
    return page.locator("#panel section", has=page.get_by_role("heading", name=title))


def test_the_overview_lists_the_events_in_order(page):
    assert "4 events, 2 causal links from 2 articles" in page.inner_text("#panel")
    assert page.locator("#panel .list .jump bdi").all_inner_texts() == [
        "Strike on the consulate in Damascus",
        "Iran launches drones at Israel",
        "Israel vows to respond",
        "Israel responds",
    ]


def test_a_click_on_an_event_shows_its_evidence(page):
    page.mouse.click(*place(page, "event/launch"))
    assert heading(page) == "Iran launches drones at Israel"
    quotes = section(page, "Evidence")
    assert "Iran launched drones at Israel on Saturday" in quotes.locator("blockquote").first.inner_text()
    assert quotes.locator("mark.trigger").first.inner_text() == "launched"
    assert (
        "Iran fires drones at Israel · Example Wire · 2024-04-14 · characters 0–"
        in quotes.locator("figcaption").first.inner_text()
    )
    assert "13 April 2024" in page.inner_text("#panel dl")
    facts = page.inner_text("#panel dl")
    assert "“on Saturday”, rule weekday" in facts
    assert "earliest 2024-04-13, latest 2024-04-13, precision day" in facts
    assert "Strike on the consulate" in section(page, "Caused by").inner_text()
    assert "90 %" in section(page, "Caused by").inner_text()
    assert "Israel vows to respond" in section(page, "Leads to").inner_text()
    assert "Iran" in section(page, "Actors").inner_text()


def test_who_says_so_and_the_figures_are_shown(page):
    page.evaluate("newsloom.select('event/strike')")
    text = page.inner_text("#panel")
    assert "7 killed" in text
    assert "Example Wire, 2024-04-14" in text
    assert page.locator("#panel .says").inner_text().strip() == "says Iran"


def test_a_click_on_a_line_shows_what_it_rests_on(page):
    (x, y), (x2, y2) = place(page, "event/strike"), place(page, "event/launch")
    right = page.evaluate("newsloom.canvas.network().getBoundingBox('event/strike').right")
    left = page.evaluate("newsloom.canvas.network().getBoundingBox('event/launch').left")
    middle = page.evaluate("x => newsloom.canvas.network().canvasToDOM({x, y: 0}).x", (left + right) / 2)
    share = (page.locator("#canvas").bounding_box()["x"] + middle - x) / (x2 - x)
    page.mouse.click(x + (x2 - x) * share, y + (y2 - y) * share)
    assert page.locator("#panel .badge.line").is_visible()
    assert "Iran launched drones" in page.inner_text("#panel blockquote")


def test_the_empty_canvas_and_escape_clear(page):
    page.evaluate("newsloom.select('event/launch')")
    page.keyboard.press("Escape")
    assert heading(page) == "Overview"
    page.evaluate("newsloom.select('event/launch')")
    box = page.locator("#canvas").bounding_box()
    page.mouse.click(box["x"] + box["width"] - 4, box["y"] + box["height"] - 4)
    assert heading(page) == "Overview"


def test_arrows_step_along_causes(page):
    page.evaluate("newsloom.select('event/launch')")
    page.keyboard.press("ArrowRight")
    assert heading(page) == "Israel vows to respond"
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    assert heading(page) == "Strike on the consulate in Damascus"
    page.keyboard.press("ArrowLeft")
    assert heading(page) == "Strike on the consulate in Damascus"


def test_search_finds_names_and_evidence(page):
    page.keyboard.press("/")
    page.keyboard.type("consulate")
    playwright.expect(page.locator("#panel h2")).to_contain_text("consulate")
    names, texts = section(page, "In names"), section(page, "In evidence")
    assert "Strike on the consulate in Damascus" in names.inner_text()
    assert "Iran launches drones at Israel" in texts.inner_text()
    assert look(page, "event/vow")["color"] != look(page, "event/strike")["color"]
    page.keyboard.press("Escape")
    assert heading(page) == "Overview"


def test_chips_filter_kinds_and_lines(page):
    page.locator("#kinds").get_by_role("button", name="Places").click()
    assert look(page, "place/damascus")["hidden"]
    assert not look(page, "actor/iran")["hidden"]
    page.locator("#groups").get_by_role("button", name="Causes").click()
    hidden = page.evaluate("newsloom.canvas.network().body.data.edges.get({filter: e => !e.hidden}).map(e => e.id)")
    causes = page.evaluate("[...newsloom.data.edges.values()].filter(e => e.group === 'causes').map(e => e.id)")
    assert causes
    assert not set(causes) & set(hidden)


def test_types_and_status_filter_events(page):
    page.click("#filters summary")
    page.locator("#filters input[value=THREATEN]").uncheck()
    assert look(page, "event/vow")["hidden"]
    assert not look(page, "event/launch")["hidden"]
    page.locator("#filters input[value=planned]").uncheck()
    assert look(page, "event/respond")["hidden"]
    assert page.locator("#panel .list .jump").count() == 2


def test_the_slider_narrows_time_and_play_widens_it(page):
    page.focus("#high")
    page.keyboard.press("Home")
    assert page.inner_text("#to") == "2024-04-01"
    assert look(page, "event/launch")["hidden"]
    assert look(page, "event/respond")["hidden"]
    assert not look(page, "event/strike")["hidden"]
    assert look(page, "place/israel")["hidden"]
    page.click("#play")
    playwright.expect(page.locator("#to")).to_have_text("2024-04-15", timeout=8000)
    assert not look(page, "event/vow")["hidden"]


def test_lines_between_the_same_two_nodes_are_one(open_page, tmp_path):
    graph = small_graph()
    double = [*graph.relations, structs.replace(graph.relations[0], type="participant")]
    path = tmp_path / "double.html"
    explorer.write(Graph(graph.schema, graph.readings, graph.nodes.values(), double, graph.resolution), path)
    lines = "[...newsloom.data.edges.values()].filter((e) => e.from === 'event/launch' && e.to === 'actor/iran')"
    assert open_page(path).evaluate(f"{lines}.map((e) => e.relations.length)") == [2]


def test_a_causal_line_runs_from_the_cause(page):
    lines = page.evaluate("[...newsloom.data.edges.values()].filter((e) => e.group === 'causes')")
    assert ("event/strike", "event/launch") in [(line["from"], line["to"]) for line in lines]


def test_the_strip_selects(page):
    page.locator("#strip .event[data-id='event/vow']").click()
    assert heading(page) == "Israel vows to respond"
    assert "chosen" in page.locator("#strip .event[data-id='event/vow']").get_attribute("class")


def test_the_address_restores_the_selection(open_page, small_file):
    page = open_page(small_file)
    page.evaluate("newsloom.select('actor/iran')")
    address = page.evaluate("location.hash")
    again = open_page(small_file, address)
    assert heading(again) == "Iran"
    again.evaluate("newsloom.select('event/vow')")
    again.go_back()
    playwright.expect(again.locator("#panel h2")).to_have_text("Iran")


def test_lists_are_reached_with_the_keyboard(page):
    page.evaluate("document.querySelector('#panel').focus()")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert heading(page) == "Strike on the consulate in Damascus"


def test_an_actor_shows_its_events_and_sentences(page):
    page.evaluate("newsloom.select('actor/iran')")
    assert "Iran launches drones at Israel" in section(page, "Events").inner_text()
    assert page.locator("#panel mark.name").first.inner_text() == "Iran"


def test_the_picture_is_saved(page):
    with page.expect_download() as saved:
        page.keyboard.press("s")
    assert Path(saved.value.path()).read_bytes().startswith(b"\x89PNG")


@pytest.mark.parametrize(
    "options", [{"color_scheme": "dark"}, {"viewport": {"width": 390, "height": 800}}], ids=["dark", "phone"]
)
def test_dark_and_narrow_pages_work(browser, small_file, options):
    context = browser.new_context(**{"viewport": {"width": 1400, "height": 900}, "offline": True, **options})
    page = context.new_page()
    page.goto(small_file.as_uri())
    page.wait_for_selector("html[data-ready]")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.evaluate("newsloom.select('event/launch')")
    assert heading(page) == "Iran launches drones at Israel"
    context.close()


def test_hostile_words_run_nothing(open_page, tmp_path):
    path = tmp_path / "hostile.html"
    graph = hostile_graph(*HOSTILE)
    explorer.write(graph, path)
    page = open_page(path)
    live = "document.querySelectorAll('script:not([type]), img, iframe, [onmouseover], [onerror]').length"
    before = page.evaluate(live)
    for id in graph.nodes:
        page.evaluate("id => newsloom.select(id)", id)
        assert page.evaluate(live) == before
        assert page.evaluate("[...document.querySelectorAll('a')].every(a => !a.href.startsWith('javascript'))")
    page.mouse.move(*place(page, "event/launch"))
    for words in HOSTILE:
        page.fill("#search", words)
        playwright.expect(page.locator("#panel h2")).to_contain_text("“")
        assert page.evaluate(live) == before


def test_a_marked_word_is_found_behind_letters_of_two_units(open_page, tmp_path):
    graph = small_graph()
    first = graph.readings[0]
    shifted = structs.replace(first, article=structs.replace(first.article, text="𝕀" + first.article.text[1:]))
    path = tmp_path / "letters.html"
    explorer.write(
        Graph(graph.schema, [shifted, graph.readings[1]], graph.nodes.values(), graph.relations, graph.resolution), path
    )
    page = open_page(path, "#event%2Flaunch")
    assert page.locator("#panel mark.trigger").first.inner_text() == "launched"


def test_a_large_page_is_ready_soon_and_holds_everything(open_page, tmp_path):
    path = tmp_path / "large.html"
    explorer.write(crowd(small_graph(), 2500), path)
    assert path.stat().st_size < 1_500_000 + 300 * 2500
    page = open_page(path)
    assert page.evaluate("newsloom.data.nodes.size") == 2500
    assert page.locator("#left-out").count() == 0


def test_what_is_left_out_is_said(open_page, tmp_path):
    path = tmp_path / "cut.html"
    cut = complete("cut", [part(crowd(small_graph(), 80), most=50)])
    path.write_text(Page(cut).generate_html(), encoding="utf-8")
    assert "30 events left out" in open_page(path).inner_text("#left-out")


@pytest.mark.parametrize("state", ["overview", "event", "actor", "search", "filters", "more", "help"])
def test_axe_finds_no_serious_fault(open_page, small_file, state):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed")
    page = open_page(small_file)
    if state == "search":
        page.fill("#search", "iran")
        playwright.expect(page.locator("#panel h2")).to_contain_text("iran")
    elif state in ("filters", "more"):
        page.click(f"#{state} summary")
    elif state == "help":
        page.keyboard.press("?")
    elif state != "overview":
        page.evaluate("id => newsloom.select(id)", {"event": "event/strike", "actor": "actor/iran"}[state])
    faults = axe.Axe().run(page).response["violations"]
    assert [(f["id"], f["nodes"][0]["html"]) for f in faults if f["impact"] in ("serious", "critical")] == []
