"""The explorer's page: its size beside the allowance, the seconds to make it, and until it is ready in a browser.

    python tests/benchmarks/explorer_page.py [STORE] [--nodes N ...] [--events N] [--wait SECONDS] [--no-pyvis]

The graph is that of the sample articles many times over, or of a store, as often as it takes; it is cut to the number
of nodes by importance. The seconds are those of this process (what else runs here does not count), the readiness is
the best of three openings in headless Chromium at 1400 x 900; of pyvis as it comes (physics on, the same nodes and
edges), that until it says that it is stable, which is given up after `--wait` seconds. `--events` (100,000) makes a
graph of so many events, which does not fit one part. What is printed is a table in Markdown.
"""

import argparse
import sys
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from browsing import CHROMIUM, FLAGS
from repeated import repeated, samples

from newsloom.exports.explorer.choice import Choice, Whole
from newsloom.exports.explorer.document import Page, complete
from newsloom.exports.explorer.parts import Parts
from newsloom.graph.model import Graph
from newsloom.graph.store import Store

ALLOWED = (1.5e6, 300)  # bytes of a page: so many, and so many for each node
ROUNDS = 3
HEAD = (
    *("nodes", "events", "relations", "MB", "of allowed", "bytes a node", "parts made (s)", "page made (s)"),
    *("ready (s)", "pyvis as it comes (s)"),
)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("store", nargs="?", type=Path, help="a store to take the graph from")
    parser.add_argument("--nodes", type=int, nargs="*", default=[1000, 5000, 10_000])
    parser.add_argument("--events", type=int, default=100_000, help="of the last row; 0: none")
    parser.add_argument("--wait", type=float, default=60, help="seconds for pyvis at most")
    parser.add_argument("--no-pyvis", action="store_true")
    asked = parser.parse_args()
    graph = samples() if asked.store is None else loaded(asked.store)
    print(f"| {' | '.join(HEAD)} |\n|{'---:|' * len(HEAD)}")
    with tempfile.TemporaryDirectory() as folder, Browser() as open_file:
        for number in asked.nodes:
            row(cut(graph, number), Path(folder), open_file, 0 if asked.no_pyvis else asked.wait)
        if asked.events:
            row(repeated(graph, -(-asked.events // len(graph.events))), Path(folder), open_file, 0)


def loaded(path: Path) -> Graph:
    """The graph of a store."""
    with Store.open(path, create=False) as store:
        return store.load()


def cut(graph: Graph, nodes: int) -> Graph:
    """A graph of exactly so many nodes: the events that matter most, with what goes with them."""
    times = -(-nodes // len(graph.nodes))
    return Choice(Whole(repeated(graph, times) if times > 1 else graph), most=nodes).graph


def row(graph: Graph, folder: Path, open_file: Callable[..., float | None], wait: float) -> None:
    """Prints a row of the table."""
    began = process_time()
    parts = list(Parts(graph))
    made = process_time() - began
    file = folder / "page.html"
    began = process_time()
    file.write_text(Page(complete("", parts)).generate_html(), encoding="utf-8")
    written = process_time() - began
    held = {node["id"] for part in parts for node in part["nodes"]}
    size = file.stat().st_size
    allowed = ALLOWED[0] + ALLOWED[1] * len(held)
    ready = min(open_file(file, "document.documentElement.dataset.ready", 60) or 60 for _ in range(ROUNDS))
    cells = [f"{len(held):,}", f"{len(graph.events):,}", f"{len(graph.relations):,}", f"{size / 1e6:.1f}"]
    if len(held) < len(graph.nodes):
        cells[0] = f"{len(held):,} of {len(graph.nodes):,}"
    cells += [f"{size / allowed:.0%}", f"{sum(map(len, complete('', parts).parts.values())) / len(held):.0f}"]
    cells += [f"{made:.1f}", f"{written:.1f}", f"{ready:.1f}", as_it_comes(parts[0], folder, open_file, wait)]
    print(f"| {' | '.join(cells)} |", flush=True)


def as_it_comes(part: Mapping[str, Any], folder: Path, open_file: Callable[..., float | None], wait: float) -> str:
    """The seconds until pyvis' own page of the same nodes and edges stands still."""
    if not wait:
        return "-"
    from pyvis.network import Network

    network = Network(directed=True, cdn_resources="in_line")
    ids = [node["id"] for node in part["nodes"]]
    network.nodes = [{"id": node["id"], "label": node["name"], "shape": "dot"} for node in part["nodes"]]
    network.edges = [{"from": ids[r["source"]], "to": ids[r["target"]]} for r in part["relations"]]
    page = network.generate_html().replace(
        "drawGraph();\n", 'drawGraph(); network.once("stabilizationIterationsDone", () => (window.still = true));\n', 1
    )
    file = folder / "pyvis.html"
    file.write_text(page, encoding="utf-8")
    found = open_file(file, "window.still", wait)
    return f"over {wait:.0f}" if found is None else f"{found:.1f}"


class Browser:
    """Chromium without a window: a function from a file and an expression to the seconds until that is true."""

    def __enter__(self) -> Callable[..., float | None]:
        from playwright.sync_api import sync_playwright

        self._driver = sync_playwright().start()
        self._browser = self._driver.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        return self.seconds

    def __exit__(self, *_: object) -> None:
        self._browser.close()
        self._driver.stop()

    def seconds(self, file: Path, ready: str, most: float) -> float | None:
        """The seconds until an expression of the page is true; None when that takes longer than `most`."""
        from playwright.sync_api import TimeoutError as Late

        context = self._browser.new_context(viewport={"width": 1400, "height": 900}, offline=True)
        page = context.new_page()
        began = perf_counter()
        try:
            page.goto(file.as_uri(), wait_until="commit")
            page.wait_for_function(f"() => {ready}", timeout=most * 1000)
            return perf_counter() - began
        except Late:
            return None
        finally:
            context.close()


if __name__ == "__main__":
    main()
