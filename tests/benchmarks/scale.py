"""What a build costs as it grows: reading, weaving, memory, the size of the store; each size in a process of its own.

    python tests/benchmarks/scale.py [SIZES...] [--reuters FILE] [--bbc FILE] [--jobs N] [--json FILE]
    python tests/benchmarks/scale.py [SIZES...] --weave STORE     # weaving alone, of readings that a store has already

A size is a number of Reuters articles, or `bbc` for all of those (default: 500 bbc 5000 19043). Beside each stands one
bare pass of the same spaCy model over a sample of the same articles, in the same run: words a CPU-second, and how
many times as many CPU-seconds reading takes. Weaving is measured in CPU-seconds beside those of reading as well, since
not all of it is done by several processes. At the end the growth exponents: the slope of log seconds over log size of
the Reuters sizes (1 is proportional).
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

DATA = Path(__file__).parents[3] / "shared" / "data"
DEFAULT = ("500", "bbc", "5000", "19043")
SAMPLE = 200  # articles that are read bare
COLUMNS = (
    *("articles", "articles/s", "words/CPU s", "bare", "ratio", "reading s"),
    *("weaving s", "weaving CPU s", "weaving/reading CPU"),
    *("MB here", "MB all", "store MB"),
)


class Memory(threading.Thread):
    """The most memory that this process and those it started held at one time, in MB (looked at twice a second)."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.most = 0.0
        self._ended = threading.Event()

    def run(self) -> None:
        while not self._ended.wait(0.5):
            self.most = max(self.most, sum(map(resident, (os.getpid(), *children()))))

    def end(self) -> float:
        self._ended.set()
        return self.most


def resident(process: int) -> float:
    """The MB that a process holds; none if it has ended."""
    try:
        pages = int(Path(f"/proc/{process}/statm").read_text().split()[1])
    except OSError:
        return 0.0
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


def children() -> Iterator[int]:
    for file in Path("/proc/self/task").glob("*/children"):
        try:
            yield from map(int, file.read_text().split())
        except OSError:
            continue


def cpu_seconds() -> float:
    """Of this process and of those that it started and that have ended."""
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + spent.ru_utime + spent.ru_stime


def measured(size: int, files: list[str], jobs: int | None, given: str | None) -> dict[str, Any]:
    """One size, in this process: its figures."""
    from newsloom.building import Desk, read_articles
    from newsloom.graph import knowledge
    from newsloom.graph.store import Store
    from newsloom.schemas import load_schema

    memory = Memory()
    memory.start()
    desk = Desk(load_schema(), knowledge.load(), jobs=jobs)
    found: dict[str, Any] = {}
    with TemporaryDirectory(prefix="newsloom-") as folder:
        path = Path(folder, "scale.db")
        with Store.open(path) as shelf:
            articles = words = 0
            start, spent, own = time.monotonic(), cpu_seconds(), time.process_time()
            chosen = islice(read_articles(files), size)
            batches = desk.read(chosen) if given is None else copied(given, size)
            for batch in batches:
                shelf.add_readings(batch, desk.reader)
                articles += len(batch)
                words += sum(len(reading.article.text.split()) for reading in batch)
            found |= {"articles": articles, "words": words, "refused": len(desk.refused)}
            if given is None:
                found |= {"reading": time.monotonic() - start, "reading CPU": cpu_seconds() - spent}
                found["reading CPU here"] = time.process_time() - own  # handing out and storing, if others read
            before, spent = time.monotonic(), cpu_seconds()
            desk.weave_all(shelf, desk.refused)
            found |= {"weaving": time.monotonic() - before, "weaving CPU": cpu_seconds() - spent, **shelf.counts()}
        found["store"] = path.stat().st_size / 2**20
    found["all"] = memory.end()
    found["here"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return found | sampled(desk, files)


def copied(store: str, size: int) -> Iterator[list[Any]]:
    """The first readings of a store, some at a time."""
    from newsloom.graph.store import Store

    with Store.open(store, create=False) as shelf:
        waiting = islice(shelf.readings(), size)
        while batch := list(islice(waiting, 32)):
            yield batch


def sampled(desk: Any, files: list[str]) -> dict[str, float]:
    """CPU seconds of reading some articles in this process, and of one bare pass of spaCy over the same."""
    from newsloom.building import read_articles

    sample = list(islice(read_articles(files), SAMPLE))
    desk.ready()
    pipe = desk._parser.nlp.pipe
    for _ in pipe((article.text for article in sample[:32]), batch_size=32):
        pass  # so that both are warm
    start = time.process_time()
    for _ in pipe((article.text for article in sample), batch_size=32):
        pass
    bare = time.process_time()
    for number in range(0, len(sample), 32):
        desk.read_batch(sample[number : number + 32])
    end = time.process_time()
    words = sum(len(article.text.split()) for article in sample)
    return {"sample": len(sample), "sample words": words, "bare": bare - start, "sample CPU": end - bare}


def row(found: dict[str, Any]) -> list[str]:
    """A line of the table."""
    bare = found["sample words"] / found["bare"]
    cpu = found.get("reading CPU")
    rate = found["words"] / cpu if cpu else found["sample words"] / found["sample CPU"]
    reading = found.get("reading") or found["sample CPU"] / found["sample"] * found["articles"]
    return [
        f"{found['articles']:,}",
        f"{found['articles'] / reading:.1f}" if cpu else "-",
        f"{rate:,.0f}",
        f"{bare:,.0f}",
        f"{bare / rate:.2f}",
        f"{reading:.1f}{'' if cpu else ' (CPU, from the sample)'}",
        f"{found['weaving']:.1f}",
        f"{found['weaving CPU']:.1f}",
        f"{found['weaving CPU'] / (cpu or reading):.3f}",
        f"{found['here']:.0f}",
        f"{found['all']:.0f}",
        f"{found['store']:.0f}",
    ]


def exponent(sizes: list[int], seconds: list[float]) -> float:
    """The slope of log seconds over log size."""
    import numpy as np

    return float(np.polyfit(np.log(sizes), np.log(seconds), 1)[0])


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("sizes", nargs="*", default=DEFAULT)
    options.add_argument("--reuters", default=str(DATA / "reuters" / "docs.jsonl.gz"))
    options.add_argument("--bbc", default=str(DATA / "bbc" / "docs.jsonl"))
    options.add_argument("--jobs", type=int)
    options.add_argument("--weave", metavar="STORE", help="weave the readings of this store, read nothing")
    options.add_argument("--json", type=Path, help="write the figures there as well")
    options.add_argument("--one", action="store_true", help=argparse.SUPPRESS)
    asked = options.parse_args()
    if asked.one:
        (size,) = asked.sizes
        files = [asked.bbc if size == "bbc" else asked.reuters]
        print(json.dumps(measured(10**9 if size == "bbc" else int(size), files, asked.jobs, asked.weave)))
        return
    print(" | ".join(COLUMNS), flush=True)
    figures: dict[str, dict[str, Any]] = {}
    for size in asked.sizes:
        command = [sys.executable, __file__, size, "--one", "--reuters", asked.reuters, "--bbc", asked.bbc]
        command += ["--jobs", str(asked.jobs)] if asked.jobs else []
        command += ["--weave", asked.weave] if asked.weave else []
        done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
        figures[size] = json.loads(done.stdout.splitlines()[-1])
        print(" | ".join(row(figures[size])), flush=True)
    if asked.json:
        asked.json.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    grown = [found for size, found in figures.items() if size != "bbc"]
    if len(grown) > 1:
        sizes = [found["articles"] for found in grown]
        for what in ("reading", "weaving", "reading CPU", "weaving CPU"):
            if all(what in found for found in grown):
                print(f"{what} grows with exponent {exponent(sizes, [found[what] for found in grown]):.2f}")
        if all("reading" in found for found in grown):
            both = [found["reading"] + found["weaving"] for found in grown]
            print(f"both together grow with exponent {exponent(sizes, both):.2f} (at most 1.1)")


if __name__ == "__main__":
    main()
