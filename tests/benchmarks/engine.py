"""A build on a Dask cluster whose worker is killed in the middle, beside the build on this machine: are they the same?

    python tests/benchmarks/engine.py [--bbc FILE] [--articles N] [--workers 2] [--killed weaving]
        [--engine dask://HOST:PORT]

Without `--engine` a cluster of so many worker processes is started on this machine, and one of them is killed (SIGKILL)
when half of the articles are read, or when what some happenings tell has come back. Prints seconds of both, what was
refused, and whether readings, nodes, relations and merges are the same.
"""

import argparse
import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from distributed import LocalCluster

from newsloom import building
from newsloom.graph.model import Graph
from newsloom.graph.types import Article

HAPPENINGS = 20  # whose articles are gathered before a worker is killed in weaving
BBC = Path(__file__).parents[3] / "shared" / "data" / "bbc" / "docs.jsonl"


def built(articles: list[Article], store: Path, told: Callable[[int, int], None], **how: Any) -> Graph:
    """The graph of a build into a new store, whose seconds are printed."""
    start = time.monotonic()
    outcome = building.run(articles, store=store, progress=told, **how)
    seconds = time.monotonic() - start
    print(f"{how}: {seconds:.1f} s, {outcome.read} articles read, {len(outcome.refused)} refused", flush=True)
    return building.load(store)


def killer(cluster: LocalCluster, enough: int) -> Callable[[int, int], None]:
    """Kills a worker of a cluster once, when enough is done."""
    killed: list[int] = []

    def told(done: int, _total: int) -> None:
        if done >= enough and not killed:
            worker = next(iter(cluster.workers.values()))
            killed.append(worker.process.process.pid)
            os.kill(killed[0], signal.SIGKILL)
            print(f"worker {killed[0]} killed after {done} articles or happenings", flush=True)

    return told


@contextmanager
def watched(told: Callable[[int, int], None]) -> Iterator[None]:
    """Tells how many happenings have been gathered in what it surrounds."""
    real = building.gathering

    def gathering(*how: Any) -> Any:
        def gathered(gatherer: Any, happenings: Any) -> Iterator[Any]:
            for number, found in enumerate(real(*how)(gatherer, happenings), 1):
                told(number, number)
                yield found

        return gathered

    building.gathering = gathering
    try:
        yield
    finally:
        building.gathering = real


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--bbc", default=str(BBC))
    options.add_argument("--articles", type=int, default=2225)
    options.add_argument("--workers", type=int, default=2)
    options.add_argument("--killed", choices=("reading", "weaving"), default="reading")
    options.add_argument("--engine")
    asked = options.parse_args()
    articles = list(islice(building.read_articles(asked.bbc), asked.articles))
    with TemporaryDirectory(prefix="newsloom-") as folder:
        if asked.engine:
            far = built(articles, Path(folder, "far.db"), lambda *_: None, engine=asked.engine)
        else:
            how = {"n_workers": asked.workers, "threads_per_worker": 1, "dashboard_address": "127.0.0.1:0"}
            with LocalCluster(host="127.0.0.1", silence_logs=50, **how) as cluster:
                address = cluster.scheduler_address.replace("tcp://", "dask://")
                far_db = Path(folder, "far.db")
                if asked.killed == "reading":
                    far = built(articles, far_db, killer(cluster, len(articles) // 2), engine=address)
                else:
                    with watched(killer(cluster, HAPPENINGS)):
                        far = built(articles, far_db, lambda *_: None, engine=address)
        near = built(articles, Path(folder, "near.db"), lambda *_: None, jobs=asked.workers)
    for what in ("readings", "nodes", "relations", "resolution", "merges", "dropped", "refused"):
        same = getattr(far, what) == getattr(near, what)
        print(f"{what}: {'the same' if same else 'DIFFERENT'} ({len(getattr(near, what))})")


if __name__ == "__main__":
    main()
