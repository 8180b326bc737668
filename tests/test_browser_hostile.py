"""Hostile texts in Chromium, in every view: nothing of them runs, nothing breaks, nothing is pushed out of the page."""

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hostile import ATTACKS, hostile_graph, large_graph

from newsloom.exports import explorer

pytestmark = pytest.mark.browser
playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")

LIVE = """() => [...document.querySelectorAll('*')].flatMap((element) => [
  ...(/^(script|img|image|iframe|object|embed|base|link|foreignObject|animate|set)$/i.test(element.tagName)
    ? [element.tagName] : []),
  ...[...element.attributes].filter(({ name, value }) => /^on/i.test(name)
    || (/href$|^src|action$|^data$/i.test(name) && !/^(https?:|#|data:|blob:)/i.test(value)))
    .map(({ name }) => `${element.tagName} ${name}`),
])"""
EVERYTHING = """async () => {
  for (const id of newsloom.data.nodes.keys()) newsloom.select(id);
  for (const id of newsloom.data.edges.keys()) newsloom.selectEdge(id);
  const [one, other] = newsloom.data.nodes.keys();
  for (const select of [newsloom.selectPair, newsloom.selectPath]) select(one, other);
  for (const id of newsloom.data.nodes.keys()) {
    newsloom.select(id);
    for (const more of document.querySelectorAll('#panel .more, #panel .quoted, #panel summary')) more.click();
    await new Promise((done) => setTimeout(done));
  }
}"""
WIDE = """() => [...document.querySelectorAll('html, body, #stage, #panel, header')]
  .filter((element) => element.scrollWidth > element.clientWidth + 1).map((element) => element.id || element.tagName)"""


def survives(page, words: str, start: list[str]) -> None:
    """Every view with the panel, the search, the pointer and the picture, and nothing that came alive."""
    for view in page.evaluate("newsloom.views.all().map(({ name }) => name)"):
        page.evaluate("async (name) => { newsloom.clear(); await newsloom.open(name); }", view)
        page.evaluate(EVERYTHING)
        assert alive(page) == start, view
        page.fill("#search", words[:2000])
        page.wait_for_timeout(120)
        page.evaluate("newsloom.clear()")
        page.fill("#search", "")
        page.wait_for_timeout(120)
        hover(page)
        drawing = page.evaluate("async () => (await newsloom.views.current().svg?.()) ?? null")
        if drawing is not None:
            is_dead(drawing)
        assert alive(page) == start, view
        assert page.evaluate(WIDE) == [], view


def alive(page) -> list[str]:
    """The elements and attributes that could run something, but for what stands in every page."""
    return sorted(set(page.evaluate(LIVE)))


def hover(page) -> None:
    box = page.locator("#stage").bounding_box()
    for share in (0.2, 0.4, 0.6, 0.8):
        page.mouse.move(box["x"] + box["width"] * share, box["y"] + box["height"] * share)


def is_dead(drawing: str) -> None:
    """An SVG that stands alone is XML in which nothing runs."""
    for element in ElementTree.fromstring(drawing).iter():
        assert not re.search("script|foreignObject|animate|handler", str(element.tag))
        for name, value in element.attrib.items():
            assert not name.lower().startswith("on")
            assert not name.endswith("href") or value.startswith(("#", "data:"))


@pytest.fixture(scope="module")
def start(browser, tmp_path_factory) -> list[str]:
    """What could run something in a page without an attack."""
    path = tmp_path_factory.mktemp("plain") / "plain.html"
    explorer.write(hostile_graph(""), path)
    page = browser.new_page(offline=True)
    page.goto(path.as_uri())
    page.wait_for_selector("html[data-ready]")
    for view in page.evaluate("newsloom.views.all().map(({ name }) => name)"):
        page.evaluate("async (name) => newsloom.open(name)", view)
    found = alive(page)
    page.close()
    return found


@pytest.mark.parametrize("attack", ATTACKS)
def test_nothing_runs_and_nothing_breaks(attack, start, open_page, tmp_path: Path):
    path = tmp_path / "hostile.html"
    explorer.write(hostile_graph(ATTACKS[attack]), path)
    survives(open_page(path), ATTACKS[attack], start)


@pytest.mark.parametrize("width", [1400, 390])
def test_long_texts_stay_in_the_page(width, start, open_page, tmp_path: Path):
    path = tmp_path / "large.html"
    explorer.write(large_graph(), path)
    page = open_page(path)
    page.set_viewport_size({"width": width, "height": 800})
    survives(page, "word" * 500, start)


def test_an_address_runs_nothing(start, open_page, tmp_path: Path):
    path = tmp_path / "hostile.html"
    explorer.write(hostile_graph(ATTACKS["markup"]), path)
    for name in (
        "view",
        "node",
        "edge",
        "pair",
        "query",
        "days",
        "only",
        "kinds",
        "part",
        "size",
        "theme",
        "__proto__",
    ):
        page = open_page(path, f"#{name}=%3Cimg%20src=x%20onerror=alert(1)%3E,__proto__,constructor")
        assert alive(page) == start
