"""The view of causes in Chromium: what is drawn of a selection, where, in which words, and how one goes through it."""

import xml.etree.ElementTree as ET
from collections.abc import Iterator

import pytest
from chains import related, tie, web
from msgspec import structs
from test_explorer import HOSTILE, hostile_graph

from newsloom.exports import explorer

pytestmark = pytest.mark.browser
playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
AT_CAUSES = "#view=causes"


@pytest.fixture(scope="module")
def mixed_file(tmp_path_factory):
    """0 → 1 → 2 → 3, beside which something is denied, prevented, dated backwards, claimed, and closes a circle."""
    relations = [
        tie(0, 1, "enables", 0.7),
        tie(1, 2, "causes", 0.95),
        tie(2, 3, "responds-to", 0.9, factuality="alleged"),
        tie(4, 2, "causes", 0.6, factuality="negated"),
        tie(2, 5, "prevents", 0.8),
        tie(6, 2, "causes", 0.5, backwards=True),
        tie(3, 1, "causes", 0.4),
        tie(7, 0, "causes", 0.9),
    ]
    path = tmp_path_factory.mktemp("page") / "mixed.html"
    explorer.write(related(9, relations), path)
    return path


@pytest.fixture(scope="module")
def web_file(tmp_path_factory):
    path = tmp_path_factory.mktemp("page") / "web.html"
    explorer.write(web(200), path)
    return path


def boxes(page) -> list[str]:
    """The ids of the boxes, when they are drawn."""
    page.wait_for_selector("#causes .box")
    return page.evaluate("[...document.querySelectorAll('#causes .box')].map(box => box.dataset.id)")


def select(page, id: str) -> None:
    page.evaluate("id => newsloom.select(id)", id)
    page.wait_for_function(
        "id => document.querySelector('#causes .box.asked')?.dataset.id === id", arg=id, timeout=5000
    )


def places(page) -> dict[str, dict[str, float]]:
    """Where the boxes stand on the screen."""
    return page.evaluate("""() => Object.fromEntries([...document.querySelectorAll('#causes .box')].map((box) => {
        const { left, right, top, bottom } = box.querySelector('.frame').getBoundingClientRect();
        return [box.dataset.id, { left, right, top, bottom }];
    }))""")


def arrow(page, words: str):
    return page.locator("#causes .sheet .arrow").filter(has_text=words)


def test_the_selected_event_stands_between_its_causes_and_its_effects(open_page, small_file):
    page = open_page(small_file, f"{AT_CAUSES}&node=event%2Flaunch")
    assert sorted(boxes(page)) == ["event/launch", "event/strike", "event/vow"]
    at = places(page)
    assert at["event/strike"]["right"] < at["event/launch"]["left"]
    assert at["event/launch"]["right"] < at["event/vow"]["left"]
    assert page.locator("#causes .box[aria-current=true]").get_attribute("data-id") == "event/launch"
    assert "1 event that led to it, 1 that followed" in page.inner_text("#causes .about")


def test_an_arrow_tells_its_relation_its_cue_and_how_sure_it_is(open_page, small_file):
    page = open_page(small_file, f"{AT_CAUSES}&node=event%2Flaunch")
    boxes(page)
    first = arrow(page, "90 %")
    assert first.locator("text").all_text_contents() == ["was answered by", "“in response to”", "90 % · 1 source"]
    assert first.get_attribute("aria-label") == (
        "Strike on the consulate in Damascus was answered by Iran launches drones at Israel; "
        "“in response to”, 90 % · 1 source"
    )


def test_a_click_on_a_box_selects_it_and_back_returns(open_page, small_file):
    page = open_page(small_file, f"{AT_CAUSES}&node=event%2Flaunch")
    boxes(page)
    page.locator("#causes .box[data-id='event/vow']").click()
    playwright.expect(page.locator("#panel h2")).to_have_text("Israel vows to respond")
    playwright.expect(page.locator("#causes .asked")).to_have_attribute("data-id", "event/vow")
    page.get_by_role("button", name="← Back").click()
    playwright.expect(page.locator("#panel h2")).to_have_text("Iran launches drones at Israel")
    playwright.expect(page.locator("#causes .asked")).to_have_attribute("data-id", "event/launch")


def test_a_click_on_an_arrow_shows_its_sentences_and_leaves_the_drawing(open_page, small_file):
    page = open_page(small_file, f"{AT_CAUSES}&node=event%2Flaunch")
    before = boxes(page)
    arrow(page, "60 %").locator(".words").click()
    assert "After Iran launched drones" in page.inner_text("#panel blockquote")
    assert arrow(page, "60 %").get_attribute("aria-pressed") == "true"
    assert boxes(page) == before


def test_keys_step_along_causes_and_between_boxes(open_page, web_file):
    page = open_page(web_file, f"{AT_CAUSES}&node=event%2F60")
    boxes(page)
    page.keyboard.press("ArrowLeft")
    cause = page.locator("#causes .asked")
    playwright.expect(cause).not_to_have_attribute("data-id", "event/60")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowDown")
    focused = "document.activeElement.dataset.id"
    first = page.evaluate(focused)
    at = places(page)
    page.keyboard.press("ArrowUp")
    second = page.evaluate(focused)
    assert {first, second} <= set(at)
    assert first == second or (at[second]["bottom"] <= at[first]["top"] and at[second]["left"] < at[first]["right"])
    page.keyboard.press("Enter")
    playwright.expect(page.locator("#causes .asked")).to_have_attribute("data-id", second)
    assert page.evaluate(focused) == second


def test_an_arrow_is_selected_with_the_keyboard(open_page, small_file):
    page = open_page(small_file, f"{AT_CAUSES}&node=event%2Flaunch")
    boxes(page)
    arrow(page, "60 %").focus()
    page.keyboard.press(" ")
    assert page.locator("#panel .badge.line").is_visible()


def test_what_is_denied_prevented_or_backwards_is_drawn_as_such(open_page, mixed_file):
    page = open_page(mixed_file, f"{AT_CAUSES}&node=event%2F2")
    assert {"event/4", "event/5", "event/6"} <= set(boxes(page))
    kinds = """() => [...document.querySelectorAll('#causes .sheet .arrow')]
        .map((arrow) => arrow.getAttribute('class').split(' ').slice(1, 3))"""
    assert sorted(page.evaluate(kinds)) == [
        *[["alleged", "cause"], ["asserted", "backwards"]],
        *[["asserted", "cause"]] * 4,
        *[["asserted", "prevents"], ["negated", "denied"]],
    ]
    assert "denied" in arrow(page, "denied").text_content()
    assert "%" not in arrow(page, "denied").text_content()
    assert "dated after its effect" in arrow(page, "50 %").get_attribute("aria-label")
    assert "claimed" in arrow(page, "claimed").text_content()
    assert page.locator("#causes .sheet .arrow .head.prevents").count() == 1
    at = places(page)
    assert at["event/2"]["right"] < at["event/6"]["left"]  # the later one, though it is told as the cause
    assert "3 denied, prevented or out of order" in page.inner_text("#causes .about")
    legend = page.inner_text("#causes .legend")
    for words in ("caused", "made possible", "was answered by", "prevented", "claimed", "denied"):
        assert words in legend


def test_no_effect_stands_left_of_its_cause_but_in_a_circle(open_page, mixed_file, web_file):
    page = open_page(mixed_file, f"{AT_CAUSES}&node=event%2F2")
    boxes(page)
    wrong = """() => {
        const frame = (id) => document.querySelector(`#causes .box[data-id="${id}"] .frame`);
        const left = (id) => frame(id).getBoundingClientRect().left;
        return [...document.querySelectorAll('#causes .sheet .arrow.cause')]
            .map(({ dataset }) => newsloom.chains.line(dataset.id))
            .filter(({ cause, effect }) => left(cause) >= left(effect)).map(({ cause, effect }) => [cause, effect]);
    }"""
    assert page.evaluate(wrong) == [["event/3", "event/1"]]
    page = open_page(web_file, f"{AT_CAUSES}&node=event%2F60")
    boxes(page)
    assert page.evaluate(wrong) == []


def test_depth_and_what_lies_behind(open_page, mixed_file):
    page = open_page(mixed_file, f"{AT_CAUSES}&node=event%2F2")
    page.get_by_label("How many hops").select_option("1")
    playwright.expect(page.locator("#causes .box")).to_have_count(6)
    stub = page.get_by_role("button", name="Show 1 more cause of Meeting 1")
    assert "+1" in stub.text_content()
    stub.click()
    playwright.expect(page.get_by_role("button", name="Show 1 more cause of Meeting 0")).to_be_visible()
    assert "event/7" not in boxes(page)
    page.get_by_label("How many hops").select_option("Infinity")
    playwright.expect(page.locator("#causes .box[data-id='event/7']")).to_have_count(1)
    assert page.locator("#causes .stub").count() == 0


def test_with_nothing_selected_the_richest_chains_are_shown(open_page, mixed_file, web_file):
    page = open_page(mixed_file, AT_CAUSES)
    assert len(boxes(page)) == 5
    assert "Nothing selected: the richest chain of 1, 5 of 5 events" in page.inner_text("#causes .about")
    page.get_by_text("Starting points").click()
    page.locator("#causes .starts .jump").first.click()
    playwright.expect(page.locator("#causes .asked")).to_have_attribute("data-id", "event/7")
    page = open_page(web_file, AT_CAUSES)
    assert 20 < len(boxes(page)) <= 60


def test_the_lasso_and_actors_choose_what_is_drawn(open_page, small_file):
    page = open_page(small_file, f"{AT_CAUSES}&node=actor%2Firan")
    assert "event/launch" in boxes(page)
    page.evaluate("newsloom.select('place/syria')")
    playwright.expect(page.locator("#causes .about")).to_contain_text("No event of “Syria” has a cause")
    page.evaluate("newsloom.selectPath('event/strike', 'event/launch')")
    playwright.expect(page.locator("#causes .about")).to_contain_text("2 events: 0 events that led to them, 1 that")
    page.evaluate("newsloom.clear()")
    page.evaluate("newsloom.state.change({ picked: new Set(['event/vow', 'actor/israel']) })")
    playwright.expect(page.locator("#causes .about")).to_contain_text("events")
    assert "event/vow" in boxes(page)


def test_filters_hide_boxes(open_page, small_file):
    page = open_page(small_file, f"{AT_CAUSES}&node=event%2Flaunch")
    boxes(page)
    page.evaluate("newsloom.state.change({ typesOff: new Set(['THREATEN']) })")
    playwright.expect(page.locator("#causes .box")).to_have_count(2)
    page.evaluate("newsloom.state.change({ typesOff: new Set(), least: 0.8 })")
    playwright.expect(page.locator("#causes .box[data-id='event/vow']")).to_have_count(0)
    page.evaluate("newsloom.select('event/respond')")
    playwright.expect(page.locator("#causes .about")).to_contain_text("No article says what led to")


def spans(page) -> Iterator[tuple[float, float, float, float]]:
    """Left, right, top and bottom of every box and of the words of every arrow."""
    for box in page.evaluate("""() => {
        const of = (parts) => {
            const all = parts.map((part) => part.getBoundingClientRect());
            return [Math.min(...all.map(r => r.left)), Math.max(...all.map(r => r.right)),
                    Math.min(...all.map(r => r.top)), Math.max(...all.map(r => r.bottom))];
        };
        return [...document.querySelectorAll('#causes .box')].map((box) => of([box.querySelector('.frame')]))
            .concat([...document.querySelectorAll('#causes .sheet .arrow')]
                .map((arrow) => of([...arrow.querySelectorAll('text')])));
    }"""):
        yield tuple(box)


@pytest.mark.parametrize("chosen", ["", "&node=event%2F60", "&node=event%2F150"])
def test_no_words_lie_over_others(open_page, web_file, chosen):
    page = open_page(web_file, AT_CAUSES + chosen)
    boxes(page)
    if chosen:
        page.get_by_label("How many hops").select_option("Infinity")
        page.wait_for_function("document.querySelectorAll('#causes .box').length > 25")
    found = list(spans(page))
    slack = 1.0
    over = [
        (a, b)
        for number, a in enumerate(found)
        for b in found[:number]
        if a[0] < b[1] - slack and b[0] < a[1] - slack and a[2] < b[3] - slack and b[2] < a[3] - slack
    ]
    assert over == []


def test_words_stay_in_their_boxes(open_page, tmp_path):
    names = ["Unfolded" * 60, "Ein sehr langer Name " * 40, "漢字" * 90, "مرحبا بكم " * 30, "WWWW MMMM " * 20]
    path = tmp_path / "long.html"
    explorer.write(related(5, [tie(n, n + 1) for n in range(4)], names), path)
    page = open_page(path, f"{AT_CAUSES}&node=event%2F2")
    boxes(page)
    outside = page.evaluate("""() => [...document.querySelectorAll('#causes .box')].filter((box) => {
        const frame = box.querySelector('.frame').getBoundingClientRect();
        return [...box.querySelectorAll('text')].some((text) => {
            const { left, right, top, bottom } = text.getBoundingClientRect();
            return left < frame.left || right > frame.right + 1 || top < frame.top - 1 || bottom > frame.bottom + 1;
        });
    }).length""")
    assert outside == 0


def test_zoom_drag_and_fit_move_the_drawing(open_page, web_file):
    page = open_page(web_file, f"{AT_CAUSES}&node=event%2F60")
    boxes(page)
    before = places(page)["event/60"]
    page.keyboard.press("-")
    assert places(page)["event/60"]["right"] - places(page)["event/60"]["left"] < before["right"] - before["left"]
    room = page.locator("#causes .sheet").bounding_box()
    page.keyboard.press("+")
    start = places(page)["event/60"]["left"]
    page.mouse.move(room["x"] + 20, room["y"] + room["height"] - 20)
    page.mouse.down()
    page.mouse.move(room["x"] + 60, room["y"] + room["height"] - 20, steps=4)
    page.mouse.up()
    assert places(page)["event/60"]["left"] != start
    page.keyboard.press("f")
    edges = places(page).values()
    assert min(box["left"] for box in edges) >= room["x"]
    assert max(box["right"] for box in edges) <= room["x"] + room["width"]


def test_the_list_has_what_the_drawing_has(open_page, mixed_file):
    page = open_page(mixed_file, f"{AT_CAUSES}&node=event%2F2")
    drawn = set(boxes(page))
    page.get_by_role("button", name="As a list").click()
    outline = page.locator("#causes .outline")
    assert outline.is_visible()
    assert set(outline.locator(".jump").evaluate_all("all => all.map(one => one.dataset.id)")) == drawn
    assert "What led to it" in outline.inner_text()
    outline.get_by_role("button", name="Sentences: Meeting 1 caused").first.click()
    assert page.locator("#panel .badge.line").first.inner_text() == "caused"
    outline.locator(".jump", has_text="Meeting 1").first.click()
    playwright.expect(page.locator("#panel h2")).to_have_text("Meeting 1")


def test_the_drawing_is_saved_whole(open_page, web_file):
    page = open_page(web_file, f"{AT_CAUSES}&node=event%2F60")
    shown = boxes(page)
    root = ET.fromstring(page.evaluate("newsloom.causes.svg()"))
    assert float(root.get("width")) > 500
    drawn = [(group.get("class") or "").split(" ")[0] for group in root.findall(".//{*}g")]
    assert drawn.count("box") == len(shown)
    assert drawn.count("arrow") == page.locator("#causes .sheet .arrow").count()
    assert "stub" not in drawn
    assert "fill: rgb" in root.find(".//{*}text").get("style")


def test_paper_has_the_whole_drawing(open_page, web_file):
    page = open_page(web_file, f"{AT_CAUSES}&node=event%2F60")
    boxes(page)
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    room = page.locator("#causes .sheet").bounding_box()
    assert min(box["left"] for box in places(page).values()) >= room["x"]
    assert max(box["right"] for box in places(page).values()) <= room["x"] + room["width"]
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.locator("#causes .sheet > svg").get_attribute("viewBox") is None


def test_hostile_names_are_words_in_the_drawing(open_page, tmp_path):
    path = tmp_path / "hostile.html"
    explorer.write(hostile_graph(*HOSTILE), path)
    page = open_page(path, f"{AT_CAUSES}&node=event%2Flaunch")
    boxes(page)
    live = "document.querySelectorAll('img, iframe, [onmouseover], [onerror], #causes script, #causes a').length"
    assert page.evaluate(live) == 0
    page.get_by_role("button", name="As a list").click()
    assert page.evaluate(live) == 0
    ET.fromstring(page.evaluate("newsloom.causes.svg()"))


def test_a_name_of_a_million_letters_is_drawn(open_page, tmp_path):
    graph = related(3, [tie(0, 1), tie(1, 2)])
    graph.nodes["event/1"] = structs.replace(graph.nodes["event/1"], name="Word" * 250_000)
    path = tmp_path / "long.html"
    explorer.write(graph, path)
    page = open_page(path, f"{AT_CAUSES}&node=event%2F1")
    assert len(boxes(page)) == 3
    assert "…" in page.locator("#causes .asked .name").last.text_content()


@pytest.mark.parametrize(
    "options",
    [{}, {"color_scheme": "dark"}, {"viewport": {"width": 390, "height": 800}}],
    ids=["light", "dark", "phone"],
)
@pytest.mark.parametrize("state", ["overview", "event", "edge", "list", "starts"])
def test_axe_finds_no_serious_fault(browser, mixed_file, options, state):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed")
    context = browser.new_context(**{"viewport": {"width": 1400, "height": 900}, "offline": True, **options})
    page = context.new_page()
    page.goto(mixed_file.as_uri() + AT_CAUSES + ("" if state in ("overview", "starts") else "&node=event%2F2"))
    page.wait_for_selector("html[data-ready]")
    boxes(page)
    if state == "edge":
        page.locator("#causes .sheet .arrow").first.focus()
        page.keyboard.press("Enter")
    elif state == "list":
        page.get_by_role("button", name="As a list").click()
    elif state == "starts":
        page.get_by_text("Starting points").click()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    faults = axe.Axe().run(page).response["violations"]
    context.close()
    assert [(f["id"], f["nodes"][0]["html"]) for f in faults if f["impact"] in ("serious", "critical")] == []
