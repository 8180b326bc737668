"""The pictures of README, taken anew: every view of the page of the bundled sample articles.

    python tools/screenshots.py [PAGE.html [FOLDER]]

Writes `docs/explorer/*.png`, or those of another page to another folder. Needs Chromium (apt-get install chromium).
"""

import sys
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, sync_playwright

import newsloom
from newsloom import exports

ROOT = Path(__file__).parents[1]
CHROMIUM = "/usr/bin/chromium"
FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-sync"]
LAPTOP = {"width": 1400, "height": 900}
PHONE = {"width": 390, "height": 800}
TOP = "newsloom.data.events.reduce((best, event) => event.importance > best.importance ? event : best)"
SELECT = f"newsloom.select({TOP}.id)"
SHOTS = {
    "story": ("", LAPTOP, "light", ""),
    "story-selected": ("", LAPTOP, "light", SELECT),
    "actors": ("#view=actors", LAPTOP, "light", ""),
    "causes": ("#view=causes", LAPTOP, "light", SELECT),
    "map": ("#view=map", LAPTOP, "light", ""),
    "timeline": ("#view=timeline", LAPTOP, "light", ""),
    "table": ("#view=table", LAPTOP, "light", ""),
    "dark": ("#view=actors", LAPTOP, "dark", ""),
    "phone": ("", PHONE, "light", SELECT),
}


def demo(folder: Path) -> Path:
    """The page of the bundled sample articles, as `make demo` writes it."""
    graph = newsloom.build(newsloom.read_articles([str(files("newsloom") / "samples")]))
    [page] = exports.write(graph, folder / "graph.html")
    return page


def take(browser: Browser, page: Path, folder: Path) -> None:
    """One picture of each kind."""
    for name, (address, viewport, scheme, act) in SHOTS.items():
        context = browser.new_context(viewport=viewport, color_scheme=scheme, reduced_motion="reduce", offline=True)
        shown = context.new_page()
        shown.goto(page.resolve().as_uri() + address)
        shown.wait_for_selector("html[data-ready]")
        if act:
            shown.evaluate(act)
        shown.wait_for_timeout(600)
        shown.screenshot(path=folder / f"{name}.png")
        context.close()


def main() -> None:
    """Takes them all."""
    with TemporaryDirectory() as made, sync_playwright() as driver:
        page = Path(sys.argv[1]) if len(sys.argv) > 1 else demo(Path(made))
        folder = Path(sys.argv[2]) if len(sys.argv) > 2 else ROOT / "docs" / "explorer"
        folder.mkdir(parents=True, exist_ok=True)
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        take(browser, page, folder)
        browser.close()


if __name__ == "__main__":
    main()
