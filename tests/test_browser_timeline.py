"""The timeline in Chromium: what stands where and how sure, what is counted, moved by mouse and keys."""

from datetime import date, timedelta
from xml.etree import ElementTree

import pytest
from browsing import heading
from small import small_graph, small_schema
from test_explorer import HOSTILE, hostile_graph

from newsloom.exports import explorer
from newsloom.graph.model import Graph
from newsloom.graph.types import Event, When

pytestmark = pytest.mark.browser
playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")

WORDS = {
    "day": When(date(2024, 3, 4), date(2024, 3, 5), "day", "on Monday"),
    "week": When(date(2024, 3, 4), date(2024, 3, 11), "week", "that week"),
    "before": When(None, date(2024, 3, 9), "before"),
    "after": When(date(2024, 3, 9), None, "after"),
    "old": When(date(70, 8, 1), date(70, 9, 1), "month", "in August 70"),
    "never": None,
}


def dated() -> Graph:
    """A graph of events whose days are known in different ways."""
    status = {"week": "planned", "after": "negated"}
    events = [
        Event(f"event/{name}", "CONSULT", f"Meeting ({name})", when=when, factuality=status.get(name, "asserted"))
        for name, when in WORDS.items()
    ]
    return Graph(small_schema(), (), events, (), {})


def busy(count: int) -> Graph:
    """A graph of so many events within ten years, the later the more."""
    first = date(2015, 1, 1)
    days = [first + timedelta(days=int((n / count) ** 0.5 * 3650)) for n in range(count)]
    events = [
        Event(f"event/{n}", "CONSULT", f"Meeting number {n} of the council", when=When(day, day + timedelta(1), "day"))
        for n, day in enumerate(days)
    ]
    return Graph(small_schema(), (), events, (), {})


@pytest.fixture(scope="module")
def files(tmp_path_factory, demo):
    folder = tmp_path_factory.mktemp("timeline")
    graphs = {
        "small": small_graph(),
        "dated": dated(),
        "demo": demo,
        "busy": busy(1500),
        "hostile": hostile_graph(*HOSTILE, "long " * 200_000),
        "undated": Graph(small_schema(), (), [Event("event/1", "CONSULT", "A meeting")], (), {}),
        "empty": Graph(small_schema(), (), (), (), {}),
    }
    for name, graph in graphs.items():
        explorer.write(graph, folder / f"{name}.html")
    return {name: folder / f"{name}.html" for name in graphs}


@pytest.fixture
def shown(open_page, files):
    """A function from the name of a graph to its page, the timeline open."""

    def show(name: str, address: str = "#view=timeline", **options):
        return open_page(files[name], address, **options)

    return show


def item(page, id: str):
    return page.locator(".vis-item", has=page.locator(f'.moment[data-id="{id}"]'))


def classes(page, id: str) -> set[str]:
    return set((item(page, id).get_attribute("class") or "").split())


def told(page) -> str:
    return page.inner_text("#timeline .told")


def window(page) -> list[float]:
    return page.evaluate("newsloom.chart.range()")


def overlaps(page) -> list[str]:
    """Pairs of names or counts that lie on one another."""
    return page.evaluate(
        """() => {
          const boxes = [...document.querySelectorAll("#moments .moment, #moments .more")].map((element) =>
            [element.textContent, element.getBoundingClientRect()]);
          return boxes.flatMap(([a, p], at) => boxes.slice(at + 1)
            .filter(([, q]) => p.left < q.right - 1 && q.left < p.right - 1)
            .filter(([, q]) => p.top < q.bottom - 1 && q.top < p.bottom - 1)
            .map(([b]) => `${a} / ${b}`));
        }"""
    )


def test_the_view_opens_by_its_button_and_its_key(shown):
    page = shown("small", "")
    page.get_by_role("button", name="Timeline").click()
    playwright.expect(page.locator("#timeline .moment")).to_have_count(3)
    assert page.locator("#strip").is_hidden()
    page.keyboard.press("1")
    assert page.locator("#strip").is_visible()
    page.keyboard.press("5")
    assert page.locator("#timeline").evaluate("element => !element.inert")


def test_how_sure_a_day_is_can_be_seen(shown):
    page = shown("dated")
    page.evaluate("newsloom.select('event/day')")
    page.evaluate("newsloom.chart.lookAt(Date.UTC(2024, 1, 25), Date.UTC(2024, 2, 25))")
    playwright.expect(item(page, "event/day")).to_be_visible()
    assert {"certain", "asserted", "self"} <= classes(page, "event/day")
    assert {"uncertain", "planned"} <= classes(page, "event/week")
    assert "open-before" in classes(page, "event/before")
    assert {"open-after", "negated"} <= classes(page, "event/after")
    line = item(page, "event/after").locator(".moment").evaluate("e => getComputedStyle(e).textDecorationLine")
    assert line == "line-through"
    bar = "([e, pseudo]) => getComputedStyle(e, pseudo).width"
    day, week = (
        page.evaluate(f"id => ({bar})([document.querySelector(`.vis-item:has([data-id='${{id}}'])`), '::before'])", id)
        for id in ("event/day", "event/week")
    )
    assert float(week.removesuffix("px")) > 4 * float(day.removesuffix("px"))


def test_events_without_a_day_have_a_list_of_their_own(shown):
    page = shown("dated")
    unknown = page.get_by_role("region", name="Events of which no day is known")
    assert "No day known: 1 event" in unknown.inner_text()
    unknown.get_by_role("button", name="Meeting (never)").click()
    assert heading(page) == "Meeting (never)"
    assert page.locator('.moment[data-id="event/never"]').count() == 0


@pytest.mark.parametrize("name", ["undated", "empty"])
def test_nothing_to_draw_is_no_fault(shown, name):
    page = shown(name)
    page.keyboard.press("f")
    page.keyboard.press("+")
    assert told(page) == "0 events named"


def test_where_no_day_is_known_the_list_has_all_of_the_room(shown):
    page = shown("undated")
    assert page.locator("#timeline .days").is_hidden()
    assert "No day known: 1 event, so none stands on a calendar" in page.inner_text("#timeline .undated")
    assert page.locator("#timeline .undated").bounding_box()["height"] > 600


def test_nothing_of_it_is_seen_in_other_views(shown):
    page = shown("demo")
    page.click("text=Table")
    assert page.locator("#timeline").evaluate("element => getComputedStyle(element).opacity") == "0"


def test_the_last_names_are_not_cut(shown):
    page = shown("demo")
    rights = page.evaluate(
        "[...document.querySelectorAll('#moments .moment')].map((one) => one.getBoundingClientRect().right)"
    )
    assert max(rights) < page.locator("#timeline").bounding_box()["width"]


def test_the_first_centuries_stand_in_their_own_century(shown):
    page = shown("dated")
    page.evaluate("newsloom.select('event/old')")
    start, end = window(page)
    year = page.evaluate("times => times.map(time => new Date(time).getUTCFullYear())", [start, end])
    assert year[0] <= 70 <= year[1]
    assert "Meeting (old), August" in (
        item(page, "event/old").locator("[aria-label]").get_attribute("aria-label") or ""
    )


def test_a_click_selects_and_marks_what_led_to_it_and_what_followed(shown):
    page = shown("small")
    item(page, "event/launch").locator(".moment").click()
    assert heading(page) == "Iran launches drones at Israel"
    assert "self" in classes(page, "event/launch")
    assert item(page, "event/strike").locator("small").inner_text() == "cause"
    assert item(page, "event/vow").locator("small").inner_text() == "effect"
    option = page.locator("#moments [aria-selected='true']")
    assert option.get_attribute("data-id") == "event/launch"
    assert page.locator("#moments").get_attribute("aria-activedescendant") == option.get_attribute("id")
    page.keyboard.press("Escape")
    assert "self" not in classes(page, "event/launch")


def test_keys_move_between_events_and_along_causes(shown):
    page = shown("small")
    page.locator("#moments").focus()
    page.keyboard.press("ArrowDown")
    assert heading(page) == "Strike on the consulate in Damascus"
    page.keyboard.press("ArrowRight")
    assert heading(page) == "Iran launches drones at Israel"
    page.keyboard.press("ArrowDown")
    assert heading(page) == "Israel vows to respond"
    page.keyboard.press("End")
    assert heading(page) == "Israel responds"
    page.keyboard.press("Home")
    assert heading(page) == "Strike on the consulate in Damascus"


def test_keys_zoom_and_fit(shown):
    page = shown("demo")
    page.keyboard.press("f")
    whole = window(page)
    page.keyboard.press("+")
    near = window(page)
    assert near[1] - near[0] == pytest.approx((whole[1] - whole[0]) / 2, rel=0.01)
    page.keyboard.press("-")
    page.keyboard.press("-")
    assert window(page)[1] - window(page)[0] > whole[1] - whole[0]
    page.keyboard.press("f")
    assert window(page) == pytest.approx(whole)


def test_the_wheel_zooms_and_the_mouse_moves(shown):
    page = shown("demo")
    box = page.locator("#moments").bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] - 10
    start, end = window(page)
    page.mouse.move(x, y)
    page.mouse.wheel(0, -300)
    page.wait_for_function(
        "before => newsloom.chart.range()[1] - newsloom.chart.range()[0] < before * 0.95", arg=end - start
    )
    start, _ = window(page)
    page.mouse.down()
    page.mouse.move(x - 200, y, steps=4)
    page.mouse.up()
    page.wait_for_function("before => newsloom.chart.range()[0] > before", arg=start)


def test_the_whole_words_stand_beside_the_pointer(shown):
    page = shown("demo")
    chip = page.locator("#moments .moment").first
    chip.hover()
    assert chip.locator("bdi").inner_text() in page.inner_text("#tip")


@pytest.mark.parametrize("name", ["demo", "busy", "dated"])
def test_names_never_lie_on_one_another(shown, name):
    page = shown(name)
    for _ in range(7):
        page.wait_for_timeout(120)
        assert overlaps(page) == []
        page.keyboard.press("+")
    page.evaluate("newsloom.select(newsloom.data.events.at(-1).id)")
    page.wait_for_timeout(120)
    assert overlaps(page) == []


def test_what_has_no_room_is_counted_and_found_by_zooming_in(shown):
    page = shown("busy")
    page.keyboard.press("f")
    counts = [int(text[1:].replace(",", "")) for text in page.locator("#moments .more").all_inner_texts()]
    named = page.locator("#moments .moment").count()
    assert sum(counts) + named == 1500
    assert int(page.locator("#timeline .days").get_attribute("data-items")) < 400
    before = window(page)
    page.locator("#moments .more").last.click()
    page.wait_for_function(
        "before => newsloom.chart.range()[1] - newsloom.chart.range()[0] < before / 3", arg=before[1] - before[0]
    )
    playwright.expect(page.locator("#timeline .foot")).to_contain_text("earlier")


def test_a_count_of_one_day_opens_its_lane(open_page, tmp_path):
    day = When(date(2024, 3, 4), date(2024, 3, 5), "day")
    events = [Event(f"event/{n}", "CONSULT", f"Meeting {n}", when=day) for n in range(40)]
    explorer.write(Graph(small_schema(), (), events, (), {}), tmp_path / "day.html")
    page = open_page(tmp_path / "day.html", "#view=timeline")
    assert page.locator("#moments .moment").count() < 40
    while page.locator("#moments .more").count():
        page.locator("#moments .more").first.click()
        page.wait_for_timeout(100)
    assert told(page) == "40 events named"


def test_those_that_matter_most_are_named(shown):
    page = shown("demo")
    named = page.locator("#moments .moment").evaluate_all(
        "all => all.map((element) => newsloom.data.nodes.get(element.dataset.id).importance)"
    )
    everything = page.evaluate(
        "newsloom.data.events.filter((node) => node.earliest || node.latest).map((node) => node.importance)"
    )
    assert sum(named) / len(named) > 1.3 * sum(everything) / len(everything)


def test_what_is_selected_is_named_even_if_it_matters_little(shown):
    page = shown("busy")
    hidden = page.evaluate("newsloom.data.events.find(({ id }) => !newsloom.chart.chip(id)?.isConnected).id")
    page.evaluate("id => newsloom.select(id)", hidden)
    playwright.expect(item(page, hidden)).to_be_visible()
    assert "self" in classes(page, hidden)


def test_what_is_filtered_out_is_gone(shown):
    page = shown("small")
    page.evaluate("newsloom.state.change({ factualityOff: new Set(['asserted']) })")
    assert page.locator("#moments .moment").count() < 3
    page.evaluate(
        "newsloom.state.change({ factualityOff: new Set(), kinds: { ...newsloom.state.kinds, event: false } })"
    )
    assert page.locator("#moments .moment").count() == 0


def test_the_name_of_a_lane_shows_all_of_it(shown):
    page = shown("demo")
    before = window(page)
    page.locator("#timeline .lane").first.click()
    after = window(page)
    assert after[1] - after[0] < (before[1] - before[0]) / 2
    page.get_by_role("button", name="later ▶").click()
    assert window(page)[0] > after[0]


def test_hostile_text_is_text_and_nothing_runs(shown):
    page = shown("hostile")
    playwright.expect(page.locator("#moments .moment")).to_have_count(3)
    assert page.locator("#timeline img, #timeline script, #timeline a").count() == 0
    for id in page.evaluate("newsloom.data.events.map(({ id }) => id)"):
        page.evaluate("id => newsloom.select(id)", id)
    drawing = ElementTree.fromstring(page.evaluate("newsloom.views.current().svg()"))
    assert {element.tag.split("}")[1] for element in drawing.iter()} <= {"svg", "g", "rect", "line", "text", "clipPath"}


def test_the_drawing_shows_what_the_window_shows(shown):
    page = shown("small")
    drawing = ElementTree.fromstring(page.evaluate("newsloom.views.current().svg()"))
    words = [element.text for element in drawing.iter() if element.tag.endswith("text")]
    assert {"Strike on the consulate in Damascus"[:12]} <= {word[:12] for word in words if word}
    assert any("April" in (word or "") for word in words)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("state", ["overview", "event"])
def test_axe_finds_no_serious_fault(shown, scheme, state):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed")
    page = shown("demo", color_scheme=scheme)
    if state == "event":
        page.evaluate("newsloom.select(newsloom.data.events[1].id)")
    faults = axe.Axe().run(page).response["violations"]
    assert [(f["id"], f["nodes"][0]["html"]) for f in faults if f["impact"] in ("serious", "critical")] == []


def test_every_lane_is_in_sight(shown):
    page = shown("demo")
    ends = page.locator("#timeline .vis-label").evaluate_all("all => all.map((e) => e.getBoundingClientRect().bottom)")
    foot = page.locator("#timeline .foot").bounding_box()
    assert max(ends) <= foot["y"] + 1


@pytest.mark.parametrize("width", [390, 1280])
def test_nothing_is_wider_than_the_window(shown, width):
    page = shown("demo")
    page.set_viewport_size({"width": width, "height": 720})
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.locator("#timeline .moment").count() > 0
