"""How soon the timeline is drawn and how smoothly it moves, beside vis-timeline given the same events all at once.

    python tests/benchmarks/timeline.py [EVENTS ...]

Chromium without a window or a GPU, 1400 × 900. "drawn": seconds from the view's being asked for until it is painted;
"frames": a second, and the longest in milliseconds, while the window moves over half of the time; "items": drawn.
"""

import sys
from datetime import date, timedelta
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "tests"))

from browsing import CHROMIUM, FLAGS  # noqa: E402
from playwright.sync_api import sync_playwright  # noqa: E402
from small import small_schema  # noqa: E402

from newsloom.exports.explorer.document import Page, complete  # noqa: E402
from newsloom.exports.explorer.parts import part  # noqa: E402
from newsloom.graph.model import Graph  # noqa: E402
from newsloom.graph.types import Event, When  # noqa: E402

PAINTED = "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
OPEN = f"""async () => {{
  const start = performance.now();
  await newsloom.open("timeline");
  await {PAINTED};
  return (performance.now() - start) / 1000;
}}"""
PAN = """async (chart) => {
  const { start, end } = chart.getWindow();
  const length = (end - start) / 2;
  const times = [performance.now()];
  while (times.at(-1) - times[0] < 3000) {
    const from = start.getTime() + (length * (times.at(-1) - times[0])) / 3000;
    chart.setWindow(from, from + length, { animation: false });
    times.push(await new Promise(requestAnimationFrame));
  }
  const steps = times.slice(1).map((time, at) => time - times[at]);
  return [steps.length / 3, Math.max(...steps), document.querySelectorAll(".vis-item").length];
}"""
ALL_AT_ONCE = f"""async () => {{
  const vis = await newsloom.library("vis-timeline");
  const room = newsloom.el("div", {{ style: {{ position: "fixed", inset: 0, background: "white" }} }});
  document.body.replaceChildren(room);
  const {{ lanes, dated }} = newsloom.moments.find();
  const items = [...dated.values()].map(({{ id, node, lane, from, to }}) =>
    ({{ id, content: newsloom.el("span", {{}}, node.name), group: lane, start: from, end: to }}));
  const groups = lanes.map(({{ name }}, id) => ({{ id, content: newsloom.el("span", {{}}, name) }}));
  const start = performance.now();
  window.plain = new vis.Timeline(room, items, groups, {{ height: "100%" }});
  await new Promise((done) => plain.on("changed", done));
  await {PAINTED};
  return (performance.now() - start) / 1000;
}}"""


def events(count: int) -> Graph:
    """So many events within ten years, the later the more, a third of them on days that are not sure."""
    chance = Random(1)
    found = []
    for n in range(count):
        day = date(2015, 1, 1) + timedelta(days=int(chance.random() ** 0.5 * 3650))
        when = When(day, day + timedelta(days=chance.choice((1, 1, 1, 1, 7, 30))), "day")
        found.append(Event(f"event/{n}", "CONSULT", f"Meeting number {n} of the council", when=when))
    return Graph(small_schema(), (), found, (), {})


def row(count: int, name: str, drawn: float, frames: list[float]) -> str:
    """A line of the table."""
    return f"| {count:,} | {name} | {drawn:.1f} | {frames[0]:.0f} | {frames[1]:.0f} | {frames[2]:.0f} |\n"


def main() -> None:
    """Measures for each number of events."""
    sys.stdout.write("| events | | drawn, s | frames/s | longest, ms | items |\n|---|---|---|---|---|---|\n")
    with TemporaryDirectory() as folder, sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        for count in map(int, sys.argv[1:] or (1000, 5000, 10_000)):
            path = Path(folder) / f"{count}.html"
            path.write_text(str(Page(complete("busy", [part(events(count))])).generate_html()), encoding="utf-8")
            page = browser.new_page(viewport={"width": 1400, "height": 900})
            page.set_default_timeout(180_000)
            page.goto(path.as_uri())
            page.wait_for_selector("html[data-ready]")
            drawn = page.evaluate(OPEN)
            sys.stdout.write(row(count, "newsloom", drawn, page.evaluate(f"({PAN})(newsloom.chart.body())")))
            drawn = page.evaluate(ALL_AT_ONCE)
            sys.stdout.write(row(count, "vis-timeline as it comes", drawn, page.evaluate(f"({PAN})(plain)")))
            sys.stdout.flush()
            page.close()
        browser.close()


if __name__ == "__main__":
    main()
