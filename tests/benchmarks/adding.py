"""What adding an article to a store takes, and how far the graph is then the one that weaving all anew makes.

    python tests/benchmarks/adding.py time --articles FILE [--number 20] STORE...
    python tests/benchmarks/adding.py agree [--number 50] STORE

`time`: articles of FILE that no store has (or later versions of those that one has) are added one by one to an empty
store and to a copy of each STORE, with the models loaded: medians of wall-clock milliseconds, those of the parts, and
the ratio to the empty store. `agree`: that many articles are taken out of a copy of STORE, all is woven without them,
and they are put onto the graph one by one, with the readings that the store has. Compared with the graph of all
articles, for the mentions of these: the share whose node has the same mentions, B-cubed, the pairs with mentions in
other articles, and the sentences of relations.
"""

import argparse
import random
import shutil
import sqlite3
import statistics
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import quote

from msgspec import structs

from newsloom import building
from newsloom.graph import knowledge, pipeline
from newsloom.graph.store import Store
from newsloom.graph.types import Article, Reading
from newsloom.schemas import load_schema

SEED = 5
SHORTEST = 600  # characters
Grouping = dict[str, str]


def copied(path: str, folder: str, name: str = "copy.db") -> Path:
    """A copy of a store in the folder, whole also while the store is open elsewhere."""
    target = Path(folder, name)
    with (
        closing(sqlite3.connect(f"file:{quote(path)}?mode=ro", uri=True)) as old,
        closing(sqlite3.connect(target)) as new,
    ):
        old.backup(new)
    return target


def warm_desk() -> building.Desk:
    """A desk whose models are loaded."""
    desk = building.Desk(load_schema(), knowledge.load(), jobs=1)
    desk.ready()
    return desk


# How long it takes


@contextmanager
def watched(spent: dict[str, float], places: Iterable[tuple[Any, str, str]]) -> Iterator[None]:
    """Adds up the seconds that functions take: (what has it, its name, the name of the part)."""
    before = [(owner, name, getattr(owner, name)) for owner, name, _ in places]
    for (owner, name, function), (_, _, part) in zip(before, places, strict=True):
        setattr(owner, name, _timed(function, part, spent))
    try:
        yield
    finally:
        for owner, name, function in before:
            setattr(owner, name, function)


def _timed(function: Callable[..., Any], part: str, spent: dict[str, float]) -> Callable[..., Any]:
    def timed(*given: Any, **named: Any) -> Any:
        start = time.perf_counter()
        try:
            return function(*given, **named)
        finally:
            spent[part] += time.perf_counter() - start

    return timed


def added(article: Article, path: Path, desk: building.Desk) -> dict[str, float]:
    """Seconds of adding an article to a store, in all and by part."""
    spent: dict[str, float] = defaultdict(float)
    parts = (
        (building.Desk, "read_batch", "reading"),
        (pipeline, "graft", "grafting"),
        (building.Desk, "_woven", "weaving all"),
        (Store, "add_readings", "storing"),
        (Store, "put", "storing"),
        (Store, "keep", "storing"),
    )
    with watched(spent, parts):
        start, worked = time.perf_counter(), time.process_time()
        with Store.open(path) as store:
            building._into(store, iter([article]), building.Intake([article]), desk, True)
        spent["all"] = time.perf_counter() - start
        spent["CPU of all"] = time.process_time() - worked
    return spent


def table(name: str, runs: Sequence[Mapping[str, float]]) -> dict[str, float]:
    """Prints the medians of some runs, in milliseconds, and returns them."""
    parts = dict.fromkeys(part for run in runs for part in run)
    medians = {part: 1000 * statistics.median(run.get(part, 0.0) for run in runs) for part in parts}
    print(f"{name:32}", "  ".join(f"{part} {ms:.0f} ms" for part, ms in sorted(medians.items())), flush=True)
    return medians


def unknown(articles: Sequence[Article], there: set[str], number: int) -> list[Article]:
    """So many articles that are not there, of some length; of those that are, later versions with a sentence more."""
    long = [article for article in articles if len(article.text) >= SHORTEST]
    found = [article for article in long if article.id not in there][:number]
    for article in random.Random(SEED).sample(long, number - len(found)):
        text = article.text.replace(" said", " told reporters") + " It was told again later."
        found.append(structs.replace(article, id=f"{article.id}-again", text=text))
    return found


def measure(stores: Sequence[str], file: str, number: int) -> None:
    """Print how long adding takes in an empty store and in each of the stores."""
    there: set[str] = set()
    for path in stores:
        with Store.open(path, create=False) as store:
            there |= {article.id for article in store.corpus().articles}
    articles = unknown(list(building.read_articles([file])), there, number)
    desk = warm_desk()
    for _ in desk.read(articles[:2]):
        pass
    with TemporaryDirectory(prefix="newsloom-") as folder:
        sizes = {copied(path, folder, f"{n}.db"): Path(path).name for n, path in enumerate(stores)}
        for target in sizes:
            with Store.open(target) as store:
                if store.reader != desk.reader or not store.size:
                    raise SystemExit(f"{sizes[target]} is of another reader or format: build it again")
                sizes[target] += f", {store.counts()['articles']:,} articles"
        runs: dict[str, list[dict[str, float]]] = defaultdict(list)
        for n, article in enumerate(articles):  # one after the other, so that what else runs slows all alike
            empty = Path(folder, f"empty{n}.db")
            Store.open(empty).close()
            for target, name in ((empty, "empty"), *sizes.items()):
                runs[name].append(added(article, target, desk))
    least = table("empty", runs["empty"])
    for name in sizes.values():
        took = table(name, runs[name])
        ratios = "  ".join(f"{part} {took[part] / least[part]:.2f}" for part in ("CPU of all", "all"))
        print(f"{'':32} times the empty store: {ratios}", flush=True)


# How far it agrees


def regrafted(path: Path, number: int, desk: building.Desk) -> tuple[list[Reading], float]:
    """The readings that were taken out of a store and put onto its graph again, and the seconds of CPU of one graft."""
    seconds = 0.0
    with Store.open(path) as store:
        readings = sorted(store.readings(), key=lambda reading: reading.article.id)
        chosen = random.Random(SEED).sample(readings, min(number, len(readings)))
        del readings
        store.remove([reading.article.id for reading in chosen])
        desk.weave_all(store, ())
        for reading in chosen:
            store.add_readings([reading], desk.reader)
            start = time.process_time()
            made = pipeline.graft(reading, store.stock(), desk.schema, desk.knowledge)
            seconds += time.process_time() - start
            store.put(made, reading.article, (), store.revision)
    return chosen, seconds / len(chosen)


def grouping(path: Path) -> tuple[Grouping, dict[str, set[tuple[Any, ...]]]]:
    """The node of each mention, and the sentences of relations by the article they are in."""
    said: dict[str, set[tuple[Any, ...]]] = defaultdict(set)
    with Store.open(path, create=False) as store:
        resolution = dict(store._rows("SELECT mention, node FROM resolution"))
        for relation in store.relations():
            for one in relation.evidence:
                said[one.article].add((relation.type, one.start, one.end, one.rule, one.source, one.target))
    return resolution, said


def members(resolution: Grouping) -> dict[str, set[str]]:
    """The mentions of each node."""
    found: dict[str, set[str]] = defaultdict(set)
    for mention, node in resolution.items():
        found[node].add(mention)
    return found


def shares(found: int, wanted: int, both: int) -> str:
    """Precision, recall and their harmonic mean."""
    precision, recall = both / found if found else 1.0, both / wanted if wanted else 1.0
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return f"P {precision:.3f} R {recall:.3f} F1 {f1:.3f} ({both:,} of {found:,} and {wanted:,})"


def compare(chosen: Sequence[Reading], grafted: Path, whole: Path) -> None:
    """Print how far the graph with grafts agrees with the whole one, on the mentions of the chosen articles."""
    (here, said_here), (there, said_there) = grouping(grafted), grouping(whole)
    nodes_here, nodes_there = members(here), members(there)
    for kind in ("actor", "place", "event"):
        own = [m.id for reading in chosen for m in reading.mentions if m.kind == kind]
        own = [mention for mention in own if mention in here or mention in there]
        same = 0
        scores: list[tuple[float, float]] = []
        pairs = [0, 0, 0]
        for mention in own:
            some = nodes_here[here[mention]] if mention in here else set()
            others = nodes_there[there[mention]] if mention in there else set()
            same += some == others
            both = some & others
            scores.append((len(both) / len(some) if some else 0.0, len(both) / len(others) if others else 0.0))
            article = mention.rpartition(":")[0].rpartition(":")[0]
            far = [sum(not one.startswith(f"{article}:") for one in group) for group in (some, others, both)]
            pairs = [total + count for total, count in zip(pairs, far, strict=True)]
        precision, recall = (statistics.fmean(score[n] for score in scores) for n in (0, 1))
        print(f"{kind}s: {len(own):,} mentions, {same / len(own):.3f} in a node of the same mentions;", end=" ")
        print(f"B-cubed P {precision:.3f} R {recall:.3f} F1 {2 * precision * recall / (precision + recall):.3f};")
        print(f"    pairs with other articles {shares(*pairs)}")
    ids = [reading.article.id for reading in chosen]
    some, others = ({(id, *one) for id in ids for one in said.get(id, ())} for said in (said_here, said_there))
    print(f"sentences of relations: {shares(len(some), len(others), len(some & others))}")


def agree(path: str, number: int) -> None:
    """Print how far grafting agrees with weaving all anew."""
    desk = building.Desk(load_schema(), knowledge.load(), jobs=1)
    with TemporaryDirectory(prefix="newsloom-") as folder:
        target = copied(path, folder)
        whole = Path(folder, "whole.db")
        with Store.open(target) as store:
            if store.is_stale or store.grafted or not store.size:
                desk.weave_all(store, ())
        shutil.copy(target, whole)
        chosen, seconds = regrafted(target, number, desk)
        print(f"{Path(path).name}: {len(chosen)} articles grafted, {1000 * seconds:.0f} ms of CPU each")
        compare(chosen, target, whole)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    verbs = options.add_subparsers(dest="verb", required=True)
    timing, agreement = verbs.add_parser("time"), verbs.add_parser("agree")
    timing.add_argument("--articles", required=True)
    timing.add_argument("--number", type=int, default=20)
    timing.add_argument("stores", nargs="+")
    agreement.add_argument("--number", type=int, default=50)
    agreement.add_argument("store")
    asked = options.parse_args()
    if asked.verb == "time":
        measure(asked.stores, asked.articles, asked.number)
    else:
        agree(asked.store, asked.number)


if __name__ == "__main__":
    main()
