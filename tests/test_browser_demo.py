"""What the explorer can do, each once, on the page of the sample articles."""

import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from browsing import place

from newsloom.exports import explorer

pytestmark = pytest.mark.browser
playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
expect = playwright.expect
VIEWS = {"story": "1", "actors": "2", "causes": "3", "map": "4", "timeline": "5", "table": "6"}


@pytest.fixture(scope="module")
def file(tmp_path_factory, demo):
    path = tmp_path_factory.mktemp("demo") / "graph.html"
    explorer.write(demo, path)
    return path


@pytest.fixture
def page(open_page, file):
    return open_page(file)


def state(page, expression: str):
    return page.evaluate(f"newsloom.state.{expression}")


def find(page, name: str) -> str:
    return page.evaluate("name => [...newsloom.data.nodes.values()].find(node => node.name === name).id", name)


def select(page, name: str) -> None:
    page.evaluate("id => newsloom.select(id)", find(page, name))
    expect(page.locator("#panel h2")).to_have_text(name)


def test_search_and_details(page):
    page.keyboard.press("/")
    page.keyboard.type("cabinet")
    expect(page.locator("#panel h2")).to_contain_text("cabinet")
    panel = page.locator("#panel")
    expect(panel).to_contain_text("In names", ignore_case=True)
    expect(panel).to_contain_text("In evidence", ignore_case=True)
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    select(page, "Hassan Diab resigns with his whole cabinet")
    for words in ("When", "Who", "Where", "Evidence", "Caused by", "Leads to"):
        expect(panel).to_contain_text(words, ignore_case=True)
    expect(panel.locator("blockquote mark").first).to_be_visible()
    expect(panel.locator("cite").first).to_be_visible()
    page.keyboard.press("ArrowLeft")
    expect(panel.locator("h2")).to_have_text("People protested in Beirut")
    page.keyboard.press("ArrowRight")
    expect(panel.locator("h2")).not_to_have_text("People protested in Beirut")


def test_filters_and_time(page):
    before = state(page, "visible.size")
    page.click("#filters summary")
    for title in ("Event types", "Status", "Modes", "Sources"):
        box = page.locator("#filters fieldset", has_text=title).first.locator("input[type=checkbox]").first
        box.uncheck()
        assert state(page, "visible.size") < before, title
        box.check()
        assert state(page, "visible.size") == before, title
    for title in ("Actors", "Places"):
        box = (
            page.locator("#filters fieldset", has=page.locator(f"legend:text-is('{title}')"))
            .locator("input[type=checkbox]")
            .first
        )
        box.check()
        assert 0 < state(page, "visible.size") < before, title
        box.uncheck()
    lines = "[...newsloom.data.edges.values()].filter(newsloom.state.isLineShown).length"
    all_lines = page.evaluate(lines)
    page.locator("#filters input[type=range]").fill("90")
    assert 0 < page.evaluate(lines) < all_lines
    page.locator("#filters input[type=range]").fill("0")
    page.keyboard.press("Escape")
    page.locator("#high").press("Home")
    assert state(page, "visible.size") < before
    now = state(page, "range")[1]
    page.click("#play")
    page.wait_for_timeout(1500)
    page.click("#play")
    assert state(page, "range")[1] > now
    page.evaluate("newsloom.state.change({ range: null })")
    page.locator("#kinds .chip").nth(1).click()
    assert state(page, "visible.size") < before


def test_actions_undo_and_address(open_page, page, file):
    select(page, "Michel Aoun")
    page.keyboard.press("e")
    page.keyboard.press("k")
    assert state(page, "pinned.size") == 1
    page.keyboard.press("z")
    assert state(page, "pinned.size") == 0
    page.keyboard.press("y")
    assert state(page, "pinned.size") == 1
    page.evaluate("([a, b]) => newsloom.selectPath(a, b)", [find(page, "Michel Aoun"), find(page, "Mustapha Adib")])
    assert page.locator("#panel .hop").count() > 0
    again = open_page(file, page.evaluate("location.hash"))
    assert state(again, "selected.kind") == "path"
    page.keyboard.press("Escape")
    select(page, "Emmanuel Macron")
    page.keyboard.press("h")
    assert state(page, "hidden.size") == 1
    page.keyboard.press("H")
    assert state(page, "hidden.size") == 0
    page.keyboard.press("l")
    box = page.locator("#canvas").bounding_box()
    page.mouse.move(box["x"] + 20, box["y"] + 20)
    page.mouse.down()
    for x, y in ((700, 20), (700, 300), (20, 300)):
        page.mouse.move(box["x"] + x, box["y"] + y, steps=4)
    page.mouse.up()
    assert state(page, "picked.size") > 1
    page.evaluate("newsloom.state.change({ size: 'importance', picked: new Set() })")
    page.keyboard.press("d")
    assert state(page, "theme") == "dark"
    page.keyboard.press("?")
    expect(page.locator("#help kbd").first).to_be_visible()


def test_every_view_is_saved_and_printed(page):
    for view, key in VIEWS.items():
        page.keyboard.press(key)
        expect(page.locator("#views button[aria-pressed=true]")).to_have_text(view.capitalize())
        page.wait_for_timeout(300)
        page.emulate_media(media="print")
        assert page.locator(f"#{view}").bounding_box()["height"] > 200, view
        assert len(page.pdf()) > 10_000, view
        page.emulate_media(media="screen")
        if view == "table":
            continue  # has its CSV
        for saving, suffix in (("s", "png"), ("S", "svg")):
            with page.expect_download() as download:
                page.keyboard.press(saving)
            assert download.value.suggested_filename == f"newsloom-{view}.{suffix}"
            saved = Path(download.value.path()).read_bytes()
            assert len(saved) > 2000, view
            if suffix == "svg":
                assert ET.fromstring(saved).tag.endswith("svg")
            else:
                assert saved.startswith(b"\x89PNG")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_serious_fault(page, scheme):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed")
    page.emulate_media(color_scheme=scheme)
    for view in VIEWS:
        page.evaluate("view => newsloom.open(view)", view)
        for act in ("newsloom.clear()", "newsloom.select(newsloom.data.events[1].id)"):
            page.evaluate(act)
            faults = axe.Axe().run(page).response["violations"]
            assert [fault["id"] for fault in faults if fault["impact"] in ("serious", "critical")] == [], (view, act)


def test_the_pointer_on_the_canvas_lines_sizes_and_what_is_said(page):
    resigns = find(page, "Hassan Diab resigns with his whole cabinet")
    protested = find(page, "People protested in Beirut")
    select(page, "People protested in Beirut")
    page.mouse.click(*place(page, resigns))
    expect(page.locator("#panel h2")).to_have_text("Hassan Diab resigns with his whole cabinet")
    expect(page.locator("#said")).to_have_text("event: Hassan Diab resigns with his whole cabinet")
    page.keyboard.press("t")
    page.mouse.click(*place(page, protested))
    expect(page.locator("#panel .badge").first).to_have_text("path")
    expect(page.locator("#panel blockquote").first).to_be_visible()
    page.keyboard.press("Escape")

    merged = page.evaluate(
        "[...newsloom.data.edges.values()].find((edge) => edge.relations.length > 1"
        " && newsloom.canvas.isShown(edge.from) && newsloom.canvas.isShown(edge.to)).id"
    )
    page.evaluate("id => newsloom.selectEdge(id)", merged)
    count = page.evaluate("id => newsloom.data.edges.get(id).relations.length", merged)
    expect(page.locator("#panel")).to_contain_text(f"{count} relations")
    expect(page.locator("#panel .badge.line")).to_have_count(count)
    page.keyboard.press("Escape")

    page.click("#more summary")
    page.get_by_role("radio", name="importance").check()
    page.keyboard.press("Escape")
    assert state(page, "size") == "importance"
    for view in ("actors", "map"):
        page.keyboard.press(VIEWS[view])
        assert page.locator(f"#{view} svg [role=button]").first.get_attribute("aria-label")
