"""A page in Chromium: the fixtures that open it and watch it."""

from pathlib import Path

import pytest
from serving import missing
from small import small_graph

from newsloom.exports import explorer

CHROMIUM = next(
    (p for p in map(Path, ("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")) if p.exists()),
    None,
)
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="module")
def browser():
    """Chromium, without a window."""
    if CHROMIUM is None:
        missing("Chromium (apt-get install chromium)")
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def open_page(browser):
    """A function from a file to the opened page; at the end it fails on any error and any request to a network."""
    faults: list[str] = []
    contexts = []

    def open_file(path: Path, address: str = "", **options):
        context = browser.new_context(
            viewport={"width": 1400, "height": 900}, offline=True, reduced_motion="reduce", **options
        )
        contexts.append(context)
        page = context.new_page()
        page.on(
            "console", lambda message: faults.append(message.text) if message.type in ("error", "warning") else None
        )
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("dialog", lambda dialog: (faults.append(f"dialog {dialog.message}"), dialog.dismiss()))
        page.on("request", lambda r: None if r.url.startswith(("file:", "data:", "blob:")) else faults.append(r.url))
        page.goto(path.as_uri() + address)
        page.wait_for_selector("html[data-ready]", timeout=20_000)
        return page

    yield open_file
    for context in contexts:
        context.close()
    assert faults == []


@pytest.fixture(scope="session")
def small_file(tmp_path_factory):
    """The page of the small graph, as a file."""
    path = tmp_path_factory.mktemp("small") / "graph.html"
    explorer.write(small_graph(), path)
    return path


@pytest.fixture
def page(open_page, small_file):
    """That page, opened."""
    return open_page(small_file)


def heading(page) -> str:
    """What the panel is about."""
    return page.inner_text("#panel h2")


def place(page, id: str) -> tuple[float, float]:
    """Where a node of the Story stands on the screen."""
    at = page.evaluate("id => newsloom.canvas.network().canvasToDOM(newsloom.canvas.network().getPosition(id))", id)
    box = page.locator("#canvas").bounding_box()
    return box["x"] + at["x"], box["y"] + at["y"]
