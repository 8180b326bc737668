"""What the page lets one do with nodes: each action by mouse and by key, taken back, and kept in the address."""

import csv
import io
from pathlib import Path
from xml.etree import ElementTree

import pytest
from browsing import heading, place
from msgspec import structs
from small import small_graph
from test_explorer import HOSTILE, hostile_graph

from newsloom.exports import explorer
from newsloom.graph.model import Graph

pytestmark = pytest.mark.browser
playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")

LAUNCH, STRIKE, VOW, RESPOND = (f"event/{name}" for name in ("launch", "strike", "vow", "respond"))
SVG = "{http://www.w3.org/2000/svg}"


def select(page, id: str) -> None:
    page.evaluate("id => newsloom.select(id)", id)


def shown(page) -> set[str]:
    """What the Story draws."""
    return set(page.evaluate("[...newsloom.data.nodes.keys()].filter(newsloom.canvas.isShown)"))


def chosen(page, name: str) -> set[str] | None:
    """A set of the state, by name."""
    ids = page.evaluate("name => newsloom.state[name] && [...newsloom.state[name]]", name)
    return None if ids is None else set(ids)


def act(page, how: str, button: str, key: str) -> None:
    """Does something by its button or by its key."""
    if how == "mouse":
        page.locator("#panel .acts").get_by_role("button", name=button).click()
    else:
        page.keyboard.press(key)


def draw(page, *corners: tuple[float, float]) -> None:
    page.mouse.move(*corners[0])
    page.mouse.down()
    for corner in corners[1:]:
        page.mouse.move(*corner, steps=4)
    page.mouse.up()


def around(page, *ids: str, margin: float = 14) -> list[tuple[float, float]]:
    """The corners of a rectangle around nodes."""
    xs, ys = zip(*(place(page, id) for id in ids), strict=True)
    left, right, top, bottom = min(xs) - margin, max(xs) + margin, min(ys) - margin, max(ys) + margin
    return [(left, top), (right, top), (right, bottom), (left, bottom)]


HOWS = pytest.mark.parametrize("how", ["mouse", "key"])
ACTIONS = {
    "Isolate": ("i", "only", {VOW, LAUNCH, "actor/israel"}),
    "Hide": ("h", "hidden", {VOW}),
    "Pin": ("k", "pinned", {VOW}),
}


@HOWS
@pytest.mark.parametrize("name", ACTIONS)
def test_an_action_is_one_step_of_undo(page, name, how):
    key, field, after = ACTIONS[name]
    select(page, VOW)
    before, drawn = chosen(page, field), shown(page)
    act(page, how, name, key)
    assert chosen(page, field) == after
    now = shown(page)
    page.keyboard.press("z")
    playwright.expect(page.locator("#panel h2")).to_have_text("Israel vows to respond")
    assert chosen(page, field) == before
    assert shown(page) == drawn
    page.keyboard.press("y")
    page.wait_for_function("([name, wanted]) => newsloom.state[name]?.size === wanted", arg=[field, len(after)])
    assert chosen(page, field) == after
    assert shown(page) == now


@pytest.mark.parametrize("name", ACTIONS)
def test_the_address_keeps_an_action(open_page, small_file, page, name):
    key, field, after = ACTIONS[name]
    select(page, VOW)
    page.keyboard.press(key)
    again = open_page(small_file, page.evaluate("location.hash"))
    assert chosen(again, field) == after
    assert shown(again) == shown(page)


@HOWS
def test_isolation_ends(page, how):
    everything = shown(page)
    select(page, VOW)
    act(page, how, "Isolate", "i")
    assert shown(page) == {VOW, LAUNCH, "actor/israel"}
    act(page, how, "Show all", "I")
    assert shown(page) == everything


@HOWS
def test_what_is_isolated_can_be_expanded(page, how):
    select(page, VOW)
    page.keyboard.press("i")
    select(page, LAUNCH)
    act(page, how, "Expand", "e")
    assert shown(page) == {VOW, LAUNCH, STRIKE, "actor/israel", "actor/iran", "place/israel"}
    page.keyboard.press("z")
    page.wait_for_function("newsloom.state.only.size === 3")


@HOWS
def test_expanding_looks_past_the_filters(page, how):
    page.evaluate("newsloom.state.change({typesOff: new Set(['THREATEN'])})")
    select(page, LAUNCH)
    assert VOW not in shown(page)
    act(page, how, "Expand", "e")
    assert VOW in shown(page)
    assert chosen(page, "added") == {VOW}
    act(page, how, "Fold back", "I")
    assert VOW not in shown(page)


@HOWS
def test_hidden_nodes_come_back(page, how):
    for id in (STRIKE, VOW):
        select(page, id)
        act(page, how, "Hide", "h")
    assert heading(page) == "Overview"
    assert not {STRIKE, VOW} & shown(page)
    act(page, how, "Show hidden (2)", "H")
    assert {STRIKE, VOW} <= shown(page)


@HOWS
def test_a_pinned_node_stays_in_sight(page, how):
    select(page, VOW)
    act(page, how, "Pin", "k")
    page.evaluate("newsloom.state.change({typesOff: new Set(['THREATEN']), selected: null})")
    assert VOW in shown(page)
    kept = page.locator("#panel .kept")
    assert kept.locator(".jump bdi").all_inner_texts() == ["Israel vows to respond"]
    assert page.locator("#panel .jump .pin").first.is_visible()
    kept.get_by_role("button", name="Unpin").click()
    assert VOW not in shown(page)


@pytest.mark.parametrize(
    ("view", "mark"),
    [
        ("actors", "#actors .who.pinned[data-id='actor/iran'] .pin"),
        ("timeline", "#timeline .vis-item.pinned [data-id='event/launch']"),
        ("table", "#table tr.pinned[data-id='event/launch']"),
    ],
)
def test_pinned_nodes_are_marked(page, view, mark):
    page.evaluate("newsloom.state.change({ pinned: new Set(['actor/iran', 'event/launch']) })")
    page.evaluate("(view) => newsloom.open(view)", view)
    page.locator(mark).wait_for()


def test_a_button_keeps_the_focus(page):
    select(page, VOW)
    button = page.locator("#panel .acts").get_by_role("button", name="Pin")
    button.focus()
    page.keyboard.press("Enter")
    playwright.expect(button).to_be_focused()
    assert button.get_attribute("aria-pressed") == "true"


@HOWS
def test_the_path_to_a_node_that_is_clicked(page, how):
    select(page, STRIKE)
    act(page, how, "Path to…", "t")
    page.mouse.click(*place(page, VOW))
    assert heading(page) == "Strike on the consulate in Damascus → Israel vows to respond"
    hops = page.locator("#panel .hop")
    assert hops.locator(".by .badge.line").all_inner_texts() == ["was answered by", "was answered by"]
    assert "90 %" in hops.first.inner_text()
    assert "in response to the strike" in hops.first.locator("blockquote").inner_text()
    assert "Iran launches drones at Israel" in hops.first.inner_text()
    assert "vowed to respond" in hops.last.locator("blockquote").inner_text()
    page.keyboard.press("z")
    playwright.expect(page.locator("#panel h2")).to_have_text("Strike on the consulate in Damascus")


def test_the_path_to_a_name_and_its_address(open_page, small_file, page):
    select(page, "place/syria")
    page.keyboard.press("t")
    page.keyboard.type("vows")
    playwright.expect(page.locator("#other-ends").get_by_role("option")).to_have_count(1)
    page.keyboard.press("Enter")
    told = page.inner_text("#panel")
    assert "4 steps" in told
    again = open_page(small_file, page.evaluate("location.hash"))
    assert again.inner_text("#panel") == told


def test_a_path_comes_into_sight(page):
    page.evaluate("newsloom.canvas.network().moveTo({position: {x: 3000, y: 3000}, scale: 3})")
    page.evaluate("newsloom.selectPath('event/strike', 'event/vow')")
    box = page.locator("#canvas").bounding_box()
    for x, y in (place(page, id) for id in (STRIKE, LAUNCH, VOW)):
        assert box["x"] < x < box["x"] + box["width"]
        assert box["y"] < y < box["y"] + box["height"]


def test_escape_ends_the_choice_of_an_end(page):
    select(page, STRIKE)
    page.keyboard.press("t")
    page.keyboard.press("Escape")
    assert heading(page) == "Strike on the consulate in Damascus"
    assert page.locator("#other-end").count() == 0
    page.mouse.click(*place(page, VOW))
    assert heading(page) == "Israel vows to respond"


def test_a_path_past_the_filters(page):
    page.evaluate("newsloom.state.change({hidden: new Set(['event/launch']), least: 0.7})")
    page.evaluate("newsloom.selectPath('event/strike', 'event/vow')")
    assert "no way between them over what is shown" in page.inner_text("#panel")
    page.get_by_role("button", name="Look past the filters: 2 steps").click()
    assert "2 steps" in page.inner_text("#panel")
    assert LAUNCH in shown(page)


def test_no_path_leads_through_an_article(page):
    page.evaluate("newsloom.state.change({kinds: {...newsloom.state.kinds, article: true}})")
    graph = small_graph()
    assert any(r.source == RESPOND and r.type == "reported-in" for r in graph.relations)
    ways = page.evaluate(
        "[...newsloom.data.nodes.keys()].map((id) => newsloom.paths.past('event/respond', id)?.nodes ?? [])"
    )
    assert not [way for way in ways if any(id.startswith("article/") for id in way)]


def test_the_surest_of_the_shortest_paths(open_page, tmp_path):
    graph = small_graph()
    more = [
        structs.replace(graph.relations[0], source=VOW, target="actor/iran", confidence=0.4),
        structs.replace(graph.relations[0], source=VOW, target="place/israel", type="place", confidence=0.99),
    ]
    rest = [r for r in graph.relations if {r.source, r.target} != {VOW, LAUNCH}]
    path = tmp_path / "ways.html"
    explorer.write(Graph(graph.schema, graph.readings, graph.nodes.values(), [*rest, *more], graph.resolution), path)
    way = open_page(path).evaluate("newsloom.paths.between('event/launch', 'event/vow').nodes")
    assert way == [LAUNCH, "place/israel", VOW]


@HOWS
def test_the_lasso_picks_what_is_inside(page, how):
    if how == "mouse":
        page.get_by_role("button", name="Lasso").click()
    else:
        page.keyboard.press("l")
    draw(page, *around(page, LAUNCH, STRIKE))
    assert {LAUNCH, STRIKE} <= chosen(page, "picked")
    assert VOW not in chosen(page, "picked")
    assert heading(page) == f"{len(chosen(page, 'picked'))} picked"
    assert page.get_by_role("button", name="Lasso").get_attribute("aria-pressed") == "false"
    page.keyboard.press("z")
    page.wait_for_function("newsloom.state.picked.size === 0")


def test_shift_draws_and_picks_single_nodes(open_page, small_file, page):
    page.keyboard.down("Shift")
    draw(page, *around(page, LAUNCH))
    page.mouse.click(*place(page, VOW))
    assert chosen(page, "picked") == {LAUNCH, VOW}
    page.mouse.click(*place(page, LAUNCH))
    assert chosen(page, "picked") == {VOW}
    draw(page, *around(page, STRIKE))
    page.keyboard.up("Shift")
    assert chosen(page, "picked") == {VOW, STRIKE}
    again = open_page(small_file, page.evaluate("location.hash"))
    assert heading(again) == "2 picked"


def test_the_lasso_in_the_view_of_actors(page):
    page.keyboard.press("2")
    page.wait_for_selector("#actors [data-id='actor/iran']")
    box = page.locator("#actors [data-id='actor/iran']").first.bounding_box()
    left, right, top, bottom = box["x"] - 9, box["x"] + box["width"] + 9, box["y"] - 9, box["y"] + box["height"] + 9
    page.keyboard.press("l")
    draw(page, (left, top), (right, top), (right, bottom), (left, bottom))
    assert chosen(page, "picked") == {"actor/iran"}
    page.keyboard.down("Shift")
    page.mouse.click((left + right) / 2, (top + bottom) / 2)
    assert chosen(page, "picked") == set()


def test_escape_puts_the_lasso_away(page):
    select(page, VOW)
    page.keyboard.press("l")
    page.keyboard.press("Escape")
    assert page.locator("svg.drawn").count() == 0
    assert heading(page) == "Israel vows to respond"


def test_what_can_be_done_with_what_is_picked(page):
    page.evaluate("newsloom.state.change({picked: new Set(['event/launch', 'event/vow', 'actor/iran'])})")
    panel = page.locator("#panel")
    assert "2 events" in panel.inner_text()
    assert "1 actor" in panel.inner_text()
    with page.expect_download() as saved:
        panel.get_by_role("button", name="CSV").click()
    rows = list(csv.DictReader(io.StringIO(Path(saved.value.path()).read_text(encoding="utf-8-sig"))))
    assert [(row["id"], row["kind"]) for row in rows] == [(LAUNCH, "event"), (VOW, "event"), ("actor/iran", "actor")]
    panel.get_by_role("button", name="Pin").click()
    assert chosen(page, "pinned") == {LAUNCH, VOW, "actor/iran"}
    panel.get_by_role("button", name="Let Iran go").click()
    panel.get_by_role("button", name="Hide").click()
    assert not {LAUNCH, VOW} & shown(page)
    assert "actor/iran" in shown(page)
    page.keyboard.press("z")
    page.wait_for_function("newsloom.state.picked.size === 2")
    panel.get_by_role("button", name="Causes of these").click()
    page.wait_for_function("document.body.dataset.view === 'causes'")


def test_x_picks_without_a_pointer(page):
    for id in (VOW, STRIKE):
        select(page, id)
        page.keyboard.press("x")
    page.keyboard.press("Escape")
    assert heading(page) == "2 picked"


def test_a_line_lists_all_its_relations(open_page, tmp_path):
    graph = small_graph()
    double = [*graph.relations, structs.replace(graph.relations[0], type="participant")]
    path = tmp_path / "double.html"
    explorer.write(Graph(graph.schema, graph.readings, graph.nodes.values(), double, graph.resolution), path)
    page = open_page(path)
    line = "[...newsloom.data.edges.values()].find((e) => e.from === 'event/launch' && e.to === 'actor/iran')"
    assert page.evaluate(f"newsloom.panel.edgeTitle({line})").endswith(", and 1 more relation")
    page.evaluate(f"newsloom.selectEdge({line}.id)")
    assert "2 relations" in page.inner_text("#panel")
    assert page.locator("#panel .badge.line").count() == 2
    causes = "[...newsloom.data.edges.values()].find((e) => e.from === 'event/launch' && e.to === 'event/vow')"
    page.evaluate(f"newsloom.selectEdge({causes}.id)")
    page.locator("#panel section", has_text="Also between them").locator(".jump").click()
    assert "before" in page.inner_text("#panel .badge.line")


def drawing(page) -> ElementTree.Element:
    """The Story as SVG, parsed; it may not declare anything."""
    with page.expect_download() as saved:
        page.keyboard.press("S")
    text = Path(saved.value.path()).read_text(encoding="utf-8")
    assert "<!" not in text
    return ElementTree.fromstring(text)


def words(root: ElementTree.Element) -> str:
    return " ".join(" ".join(element.itertext()) for element in root.iter(f"{SVG}text"))


def test_the_story_as_a_drawing(page):
    select(page, VOW)
    page.keyboard.press("k")
    page.keyboard.press("Escape")
    root = drawing(page)
    assert root.tag == f"{SVG}svg"
    for name in ("Israel vows", "Iran launches", "Damascus", "Actors", "Places", "13 Apr"):
        assert name in words(root)
    boxes = [path for path in root.iter(f"{SVG}path") if path.get("stroke", "none") != "none"]
    assert len(boxes) >= 4 + 2
    assert float(root.get("width")) == pytest.approx(page.evaluate("newsloom.data.view.layout.width"), abs=1)


def test_hostile_names_are_text_in_a_drawing(open_page, tmp_path):
    path = tmp_path / "hostile.html"
    explorer.write(hostile_graph(*HOSTILE), path)
    page = open_page(path)
    root = drawing(page)
    tags = {element.tag for element in root.iter()}
    assert tags <= {f"{SVG}{name}" for name in ("svg", "title", "defs", "clipPath", "g", "path", "rect", "text")}
    assert not [name for element in root.iter() for name in element.attrib if name.startswith("on") or "href" in name]
    assert "<script>" in words(root) or "<img" in words(root)


@pytest.fixture
def phone(browser, small_file):
    """The page on a screen of 390 pixels that is touched."""
    context = browser.new_context(
        viewport={"width": 390, "height": 800}, has_touch=True, is_mobile=True, offline=True, reduced_motion="reduce"
    )
    page = context.new_page()
    page.goto(small_file.as_uri())
    page.wait_for_selector("html[data-ready]")
    yield page
    context.close()


def test_tapping_and_pinching_on_a_phone(phone):
    page = phone
    page.locator("#canvas").scroll_into_view_if_needed()
    page.touchscreen.tap(*place(page, LAUNCH))
    playwright.expect(page.locator("#panel h2")).to_have_text("Iran launches drones at Israel")
    before = page.evaluate("newsloom.canvas.network().getScale()")
    box = page.locator("#canvas").bounding_box()
    middle, height = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    touch = page.context.new_cdp_session(page)

    def fingers(kind: str, apart: float) -> None:
        points = [] if kind == "touchEnd" else [{"x": middle + way * apart, "y": height} for way in (-1, 1)]
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    fingers("touchStart", 30)
    for apart in range(40, 121, 10):
        fingers("touchMove", apart)
    fingers("touchEnd", 0)
    assert page.evaluate("newsloom.canvas.network().getScale()") > before * 1.5


def test_one_finger_draws_the_lasso(phone):
    page = phone
    page.get_by_role("button", name="Lasso").tap()
    touch = page.context.new_cdp_session(page)
    corners = [{"x": x, "y": y} for x, y in around(page, LAUNCH)]
    for at, corner in enumerate(corners):
        touch.send("Input.dispatchTouchEvent", {"type": "touchMove" if at else "touchStart", "touchPoints": [corner]})
    touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    assert chosen(page, "picked") == {LAUNCH}


@pytest.mark.parametrize("state", ["node", "path", "choosing", "picked", "edge", "pinned"])
def test_axe_finds_no_serious_fault(page, state):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed")
    select(page, VOW)
    if state == "path":
        page.evaluate("newsloom.selectPath('event/strike', 'event/vow')")
    elif state == "choosing":
        page.keyboard.press("t")
        page.keyboard.type("is")
    elif state == "picked":
        page.evaluate("newsloom.state.change({picked: new Set(['event/launch', 'actor/iran']), selected: null})")
    elif state == "edge":
        page.evaluate("newsloom.selectEdge('e0')")
    elif state == "pinned":
        page.keyboard.press("k")
        page.keyboard.press("Escape")
    faults = axe.Axe().run(page).response["violations"]
    assert [(f["id"], f["nodes"][0]["html"]) for f in faults if f["impact"] in ("serious", "critical")] == []
