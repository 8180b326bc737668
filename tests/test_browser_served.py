"""The page as `newsloom serve` serves it, and as a notebook shows it, in Chromium."""

import pytest
from calling import keep
from served import Served
from small import small_graph

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


@pytest.fixture
def served_page(browser, server):
    """A function that opens the served page; at the end it fails on any error and any request to elsewhere."""
    faults: list[str] = []
    contexts = []

    def open_served(address: str = ""):
        context = browser.new_context(viewport={"width": 1400, "height": 900}, reduced_motion="reduce")
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda m: faults.append(m.text) if m.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on(
            "request", lambda r: None if r.url.startswith((server.root, "data:", "blob:")) else faults.append(r.url)
        )
        page.goto(server.address + address)
        page.wait_for_selector("html[data-ready]", timeout=20_000)
        return page

    yield open_served
    for context in contexts:
        context.close()
    assert faults == []


def test_the_served_page_fetches_what_it_shows(served_page):
    page = served_page()
    assert page.evaluate("newsloom.source.manifest.served") is True
    assert page.evaluate("newsloom.data.events.length") == 100
    assert "Hassan Diab" in page.inner_text("#panel")


def test_its_address_restores_what_was_chosen(served_page, demo):
    page = served_page()
    event = next(event for event in demo.events if "appoints Mustapha Adib" in event.name)
    page.evaluate("id => newsloom.select(id)", event.id)
    page.wait_for_function("location.hash.length > 1")
    again = served_page(page.evaluate("location.hash"))
    assert event.name in again.inner_text("#panel")


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
    inside.wait_for_function("newsloom.state.selected?.id === 'event/vow'")
    assert "Iran launches drones at Israel happened after" in inside.inner_text("#panel")
    inside.evaluate("newsloom.state.undo()")
    assert (
        inside.evaluate("(() => { try { return parent.document.title; } catch { return 'none of it'; } })()")
        == "none of it"
    )
    assert page.locator("iframe").bounding_box()["height"] == 720
    context.close()
    assert faults == []
