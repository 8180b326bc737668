"""The page as `newsloom serve` serves it, and as a notebook shows it, in Chromium."""

import time

import pytest
from calling import keep
from served import Served
from small import small_graph

from newsloom.exports import explorer
from newsloom.exports.explorer import parts

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def server(tmp_path_factory, demo):
    """A server of the sample articles."""
    store = tmp_path_factory.mktemp("served") / "newsloom.db"
    keep(demo, store)
    server = Served(store)
    yield server
    assert server.stop() == 0
    assert "Traceback" not in server.said


@pytest.fixture(scope="module")
def divided(tmp_path_factory, demo):
    """The same, as a server of a graph that is too large for one part: an overview of ten events, and sections."""
    store = tmp_path_factory.mktemp("divided") / "newsloom.db"
    keep(demo, store)
    small = "from newsloom.exports.explorer import parts; parts.MOST_IN_OVERVIEW = 10; parts.MOST_NODES = 60"
    server = Served(store, before=small)
    yield server
    assert server.stop() == 0
    assert "Traceback" not in server.said


@pytest.fixture
def served_page(browser):
    """A function that opens a served page; at the end it fails on any error and any request to elsewhere."""
    faults: list[str] = []
    contexts = []

    def open_served(server: Served, address: str = ""):
        context = browser.new_context(viewport={"width": 1400, "height": 900}, reduced_motion="reduce")
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda m: faults.append(m.text) if m.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: faults.append(str(error)))
        near = (server.address, "data:", "blob:")
        page.on("request", lambda r: None if r.url.startswith(near) else faults.append(r.url))
        page.goto(server.address + address)
        page.wait_for_selector("html[data-ready]", timeout=20_000)
        return page

    yield open_served
    for context in contexts:
        context.close()
    assert faults == []


def until(page, expression: str, argument=None) -> None:
    """Wait for something to be so (the page's policy lets no string be run from inside it)."""
    end = time.monotonic() + 20
    while not page.evaluate(expression, argument):
        assert time.monotonic() < end, expression
        page.wait_for_timeout(20)


def elsewhere(page):
    """What was found in other parts."""
    return page.locator("#panel section", has_text="In other parts")


def events_of(page) -> set[str]:
    return set(page.evaluate("newsloom.data.events.map(({ id }) => id)"))


def test_the_served_page_fetches_what_it_shows(served_page, server):
    page = served_page(server)
    assert page.evaluate("newsloom.source.manifest.served") is True
    assert page.evaluate("newsloom.data.events.length") == 100
    assert "Hassan Diab" in page.inner_text("#panel")


def test_its_address_restores_what_was_chosen(served_page, server, demo):
    page = served_page(server)
    event = next(event for event in demo.events if "appoints Mustapha Adib" in event.name)
    page.evaluate("id => newsloom.select(id)", event.id)
    until(page, "location.hash.length > 1")
    again = served_page(server, page.evaluate("location.hash"))
    assert event.name in again.inner_text("#panel")


def test_a_large_graph_opens_with_an_overview_and_fetches_its_sections(served_page, divided):
    page = served_page(divided)
    listed = page.evaluate("newsloom.source.manifest.parts")
    assert [part["name"] for part in listed][:2] == ["overview", "story-1"]
    assert len(events_of(page)) == 10
    assert page.evaluate("newsloom.data.view.cells.length") > 0
    page.evaluate("newsloom.openPart('story-1')")
    until(page, "newsloom.state.part === 'story-1'")
    assert page.evaluate("newsloom.data.view.title") == listed[1]["title"]


def test_what_the_page_does_not_hold_is_searched_on_the_server_and_opened(served_page, divided, demo):
    page = served_page(divided)
    event = next(event for event in demo.events if event.name.startswith("Police fire tear gas"))
    assert event.id not in events_of(page)
    page.fill("#search", "fire tear gas")
    found = elsewhere(page).locator(".jump", has_text="Police fire tear gas").first
    found.wait_for()
    found.click()
    until(page, "id => newsloom.state.selected?.id === id", event.id)
    assert page.evaluate("newsloom.state.part").startswith("story-")
    assert event.id in events_of(page)
    assert event.name in page.inner_text("#panel")
    again = served_page(divided, page.evaluate("location.hash"))
    assert again.evaluate("newsloom.state.selected.id") == event.id
    page.evaluate("newsloom.state.undo()")
    until(page, "newsloom.state.selected === null")
    page.evaluate("newsloom.state.undo()")
    until(page, "newsloom.state.part === 'overview'")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_serious_fault(served_page, divided, demo, scheme):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed")
    page = served_page(divided)
    page.emulate_media(color_scheme=scheme)
    page.fill("#search", "fire tear gas")
    elsewhere(page).locator(".jump").first.wait_for()
    for _ in range(2):
        faults = axe.Axe().run(page).response["violations"]
        assert [fault["id"] for fault in faults if fault["impact"] in ("serious", "critical")] == []
        diab = next(actor for actor in demo.actors if actor.name == "Hassan Diab")
        page.evaluate("id => newsloom.select(id)", diab.id)
        page.locator("#beyond").wait_for()


def test_a_file_of_several_parts_is_searched_over_all_of_them(open_page, demo, tmp_path, monkeypatch):
    monkeypatch.setattr(parts, "MOST_IN_OVERVIEW", 10)
    monkeypatch.setattr(parts, "MOST_NODES", 60)
    file = tmp_path / "graph.html"
    explorer.write(demo, file)
    page = open_page(file)
    event = next(event for event in demo.events if event.name.startswith("Police fire tear gas"))
    assert event.id not in events_of(page)
    page.fill("#search", "GAS fire")
    elsewhere(page).locator(".jump", has_text=event.name).first.click()
    until(page, "id => newsloom.state.selected?.id === id", event.id)
    assert page.evaluate("newsloom.state.part").startswith("story-")
    assert page.locator("#beyond").count() == 0


def test_a_node_is_expanded_on_the_server(served_page, divided, demo):
    page = served_page(divided)
    diab = next(actor for actor in demo.actors if actor.name == "Hassan Diab")
    own = {relation.source for relation in demo.incoming[diab.id] if relation.source.startswith("event/")}
    page.evaluate("id => newsloom.select(id)", diab.id)
    page.click("#beyond button")
    until(page, "name => newsloom.state.part === name", f"around/{diab.id}")
    typed = {id for id in own if demo.nodes[id].type != "OTHER"}
    assert events_of(page) == typed
    assert page.locator("#beyond").count() == 0


def test_a_part_that_is_not_there_leaves_what_is_open(browser, divided):
    context = browser.new_context(viewport={"width": 1400, "height": 900}, reduced_motion="reduce")
    page = context.new_page()
    page.goto(f"{divided.address}#part=around/actor%2Fnobody")
    page.wait_for_selector("html[data-ready]", timeout=20_000)
    assert page.evaluate("newsloom.state.part") == "overview"
    assert page.evaluate("newsloom.openPart('around/actor/nobody')") is False
    assert "cannot be opened" in page.inner_text("#said")
    assert page.evaluate("newsloom.state.part") == "overview"
    context.close()


def test_a_notebook_shows_the_page_in_a_frame(browser, tmp_path):
    notebook = tmp_path / "notebook.html"
    shown = small_graph()._repr_html_()
    notebook.write_text(
        f"<!doctype html><meta charset=utf-8><link rel=icon href=data:,><title>n</title>{shown}", "utf-8"
    )
    context = browser.new_context(viewport={"width": 1100, "height": 900}, offline=True, reduced_motion="reduce")
    faults: list[str] = []
    page = context.new_page()
    page.on("console", lambda m: faults.append(m.text) if m.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("request", lambda r: None if r.url.startswith(("file:", "data:", "blob:")) else faults.append(r.url))
    page.goto(notebook.as_uri())
    frame = page.frame_locator("iframe")
    frame.locator("html[data-ready]").wait_for(timeout=20_000)
    frame.get_by_text("Israel vows to respond").first.click()
    inside = page.frames[1]
    until(inside, "newsloom.state.selected?.id === 'event/vow'")
    assert "Iran launches drones at Israel happened after" in inside.inner_text("#panel")
    inside.evaluate("newsloom.state.undo()")
    assert (
        inside.evaluate("(() => { try { return parent.document.title; } catch { return 'none of it'; } })()")
        == "none of it"
    )
    assert page.locator("iframe").bounding_box()["height"] == 720
    context.close()
    assert faults == []
