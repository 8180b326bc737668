"""docs/scale.md, what many articles need: its words in scale_page.md, its numbers from the figures in docs/scale.json.

    python tests/benchmarks/scale.py 500 bbc 5000 19043 --json sizes.json
    python tests/scale_page.py [sizes.json]      # takes the sizes over, if they are given, and writes the page anew

The JSON holds `machine`, `sizes` (what scale.py writes), `graph` (what one store came to as RDF, and in Oxigraph) and
`engines` (300 articles read by two workers, on each engine that was tried).
"""

import json
import math
import sys
from pathlib import Path
from typing import Any

DOCS = Path(__file__).parents[1] / "docs"
FIGURES, PAGE = DOCS / "scale.json", DOCS / "scale.md"
TEMPLATE = Path(__file__).with_suffix(".md")
DAY = 86_400  # seconds
MILLION = 1_000_000
ENOUGH = 5_000  # articles from which the time for a million can be told
LENGTH = 400  # words of a news article, about what the BBC's have
USE = 0.7  # share of a core's time that work finds it free


def page(figures: dict[str, Any]) -> str:
    """The page."""
    sizes, graph = figures["sizes"], figures["graph"]
    reuters = sorted((found for size, found in sizes.items() if size != "bbc"), key=lambda found: found["articles"])
    most = reuters[-1]
    articles, words = most["articles"], most["words"] / most["articles"]
    longer = LENGTH / words
    cpu, here = longer * most["reading CPU"] / articles, longer * most["reading CPU here"] / articles
    cores = MILLION * cpu / DAY / USE
    worker = max(found["all"] - found["here"] for found in sizes.values()) / figures["jobs"]  # while they read
    each = longer * most["store"] / articles
    triples = longer * graph["triples"] / graph["articles"]
    rate = graph["triples"] / graph["oxigraph load s"]
    quad, disk = (graph[what] * 2**20 / graph["triples"] for what in ("nquads MB", "oxigraph MB"))
    many = max(1, round(cpu / here))
    values = {
        "machine": figures["machine"],
        "rows": "\n".join(map(row, sorted(sizes.values(), key=lambda found: found["articles"]))),
        "growth": grown(reuters),
        "stored": 1000 * here / longer,
        "feeds": cpu / here,
        "length": LENGTH,
        "words": words,
        "longer": longer,
        "million": MILLION,
        "day": DAY,
        "use": USE,
        "rate_of": MILLION / DAY,
        "cpu": cpu,
        "size": articles,
        "cores": cores,
        "least": max(2, math.ceil(cores) + 1),
        "many": many,
        "days": 100 * MILLION * cpu / many / USE / DAY,
        "worker": worker,
        "memory": max(1, cores) * worker / 1024,
        "unpacked": longer * graph["unpacked KB"],
        "network": MILLION * longer * graph["unpacked KB"] / 1024 / DAY,
        "here": 1000 * here,
        "storing": MILLION * here / DAY,
        "each": 1024 * each,
        "store": MILLION * each / 1024,
        "year": 365 * MILLION * each / 1024 / 1024,
        "woven": longer * 1024 * most["here"] / articles,
        "together": MILLION * longer * most["here"] / articles / 1024,
        "articles": graph["articles"],
        "triples": triples,
        "quad": quad,
        "nquads": MILLION * triples * quad / 2**30,
        "disk": disk,
        "oxigraph": MILLION * triples * disk / 2**30,
        "rate": rate,
        "load": MILLION * triples / rate / 3600,
        "weaving": weaving(reuters, longer),
        "billions": 365 * triples * MILLION / 1e9,
        "engines": "\n".join(map(engine, figures["engines"])),
        "chosen": figures["chosen"],
    }
    return TEMPLATE.read_text(encoding="utf-8").format(**values)


def row(found: dict[str, Any]) -> str:
    """A line of the measured table."""
    articles, bare = found["articles"], found["sample words"] / found["bare"]
    cells = (
        f"{articles:,}",
        f"{found['words'] / articles:.0f}",
        f"{articles / found['reading']:.1f}",
        f"{found['reading CPU'] / articles:.3f}",
        f"{bare * found['reading CPU'] / found['words']:.2f}",
        f"{found['weaving']:.1f}",
        f"{found['weaving CPU']:.1f}",
        f"{found['weaving CPU'] / found['reading CPU']:.3f}",
        f"{found['here']:.0f}",
        f"{found['all']:.0f}",
        f"{found['store']:.0f}",
    )
    return f"| {' | '.join(cells)} |"


def engine(tried: dict[str, Any]) -> str:
    """A line of the table of engines."""
    seconds = (f"{tried[what]:.0f} s" if tried.get(what) else "-" for what in ("all", "killed"))
    return (
        f"| {tried['name']} | {tried['MB']} MB | {tried['starts']:.1f} s | {' | '.join(seconds)} | {tried['right']} |"
    )


def exponent(found: list[dict[str, Any]], what: str) -> float:
    """The slope of log seconds over log articles; 1 where there is but one size."""
    import numpy as np

    if len(found) < 2:
        return 1.0
    return float(np.polyfit(np.log([one["articles"] for one in found]), np.log([one[what] for one in found]), 1)[0])


def grown(found: list[dict[str, Any]]) -> str:
    """How time grows, in words."""
    if len(found) < 2:
        return "Of one size no growth can be told."
    reading, weaving = (
        f"{exponent(found, what):.2f} ({exponent(found, f'{what} CPU'):.2f} in CPU seconds)"
        for what in ("reading", "weaving")
    )
    return f"The time of reading grows with the exponent {reading}, that of weaving with {weaving}; 1 is proportional."


def weaving(found: list[dict[str, Any]], longer: float) -> str:
    """How long a million articles take to weave from scratch, in words."""
    most = found[-1]
    if most["articles"] < ENOUGH:
        return f"what a million articles take cannot be told from {most['articles']:,}"
    seconds = most["weaving"] * (longer * MILLION / most["articles"]) ** exponent(found, "weaving")
    return f"a million articles take {hours(seconds)} from scratch, if time grows on by the exponent above"


def hours(seconds: float) -> str:
    """A time in the unit that fits."""
    return f"{seconds / 3600:.1f} hours" if seconds < 2 * DAY else f"{seconds / DAY:.1f} days"


def main() -> None:
    figures = json.loads(FIGURES.read_text(encoding="utf-8"))
    if len(sys.argv) > 1:
        figures["sizes"] = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
        FIGURES.write_text(json.dumps(figures, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    PAGE.write_text(page(figures), encoding="utf-8")


if __name__ == "__main__":
    main()
