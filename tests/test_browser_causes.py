"""The page of causes in Chromium: read without its script, stepped through with it, without an error or a request."""

import pytest
from small import small_graph
from test_causes_page import hop
from test_explorer import HOSTILE, hostile_graph

from newsloom.exports.causes_page import causes_page
from newsloom.graph.asking.reasons import Answer

pytestmark = pytest.mark.browser
playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")


@pytest.fixture(scope="module")
def why_file(tmp_path_factory):
    """Why Israel vows: two causes, the one behind the other, and a further one of the vow."""
    graph = small_graph()
    answer = graph.why("event/vow")
    more = hop(graph, "event/strike", "event/vow", 1, confidence=0.4)
    path = tmp_path_factory.mktemp("page") / "why.html"
    path.write_text(causes_page(graph, Answer("", "why", answer.event, (*answer.hops, more))), encoding="utf-8")
    return path


@pytest.fixture
def page(open_page, why_file):
    return open_page(why_file)


def focused(page) -> str:
    return page.evaluate("document.activeElement.id")


def marked(page) -> set[str]:
    return set(page.evaluate("[...document.querySelectorAll('.on')].map(e => e.id)"))


def box(page, words: str):
    return page.locator(".box", has_text=words)


def test_a_click_on_an_arrow_leads_to_its_sentence_and_back(page):
    page.locator("#arrow-2 .disc").click()
    assert page.evaluate("location.hash") == "#hop-2"
    assert focused(page) == "hop-2"
    assert {"arrow-2", "hop-2"} <= marked(page)
    assert page.locator("#hop-2").evaluate("e => e.getBoundingClientRect().top > 0")
    page.locator("#hop-1 .number").first.click()
    assert focused(page) == "arrow-1"
    assert {"arrow-1", "hop-1"} <= marked(page)


def test_a_click_on_an_event_leads_to_the_hop_that_tells_of_it(page):
    box(page, "Strike on").click()
    assert page.evaluate("location.hash") == "#hop-2"


def test_arrow_keys_step_along_causes_and_enter_opens_the_sentence(page):
    asked = page.locator(".box.asked")
    asked.focus()
    page.keyboard.press("ArrowLeft")
    assert "Iran launches" in page.evaluate("document.activeElement.getAttribute('aria-label')")
    page.keyboard.press("ArrowLeft")
    assert "Strike on" in page.evaluate("document.activeElement.getAttribute('aria-label')")
    page.keyboard.press("ArrowLeft")
    assert "Strike on" in page.evaluate("document.activeElement.getAttribute('aria-label')")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash") == "#hop-1"
    assert focused(page) == "hop-1"


def test_the_address_of_a_hop_shows_it(open_page, why_file):
    page = open_page(why_file, "#hop-2")
    assert {"arrow-2", "hop-2"} <= marked(page)
    assert focused(page) == "hop-2"


def test_it_is_read_without_its_script(browser, why_file):
    context = browser.new_context(java_script_enabled=False, offline=True, viewport={"width": 1400, "height": 900})
    page = context.new_page()
    page.goto(why_file.as_uri())
    assert page.locator("#arrow-1 .words").first.text_content() == "was answered by"
    assert not page.locator(".keys").is_visible()
    page.locator("#arrow-2 .disc").click()
    assert page.url.endswith("#hop-2")
    context.close()


@pytest.mark.parametrize(
    "options", [{"color_scheme": "dark"}, {"viewport": {"width": 390, "height": 800}}], ids=["dark", "phone"]
)
def test_dark_and_narrow_pages_work(browser, why_file, options):
    context = browser.new_context(**{"viewport": {"width": 1400, "height": 900}, "offline": True, **options})
    page = context.new_page()
    page.goto(why_file.as_uri())
    page.wait_for_selector("html[data-ready]")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    context.close()


def test_the_words_of_the_drawing_stay_in_their_boxes(page):
    outside = page.evaluate(
        """[...document.querySelectorAll('.box')].flatMap((box) => {
          const frame = box.querySelector('.frame').getBoundingClientRect();
          return [...box.querySelectorAll('text')].filter((text) => {
            const words = text.getBoundingClientRect();
            return words.left < frame.left || words.right > frame.right || words.bottom > frame.bottom + 1;
          }).map((text) => text.textContent);
        })"""
    )
    assert outside == []


def test_hostile_words_run_nothing(open_page, tmp_path):
    graph = hostile_graph(*HOSTILE)
    path = tmp_path / "hostile.html"
    path.write_text(causes_page(graph, graph.why("event/vow")), encoding="utf-8")
    page = open_page(path)
    assert page.evaluate("document.querySelectorAll('script, img, iframe, [onmouseover], [onerror]').length") == 1
    assert page.evaluate("[...document.querySelectorAll('a')].every(a => !/^javascript/.test(a.href))")


@pytest.mark.parametrize("address", ["", "#hop-2", "#arrow-1"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_serious_fault(open_page, why_file, address, scheme):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed")
    page = open_page(why_file, address, color_scheme=scheme)
    faults = axe.Axe().run(page).response["violations"]
    assert [(f["id"], f["nodes"][0]["html"]) for f in faults if f["impact"] in ("serious", "critical")] == []
