"""Event data of other programs in, a graph out: the whole way behind `newsloom import`, with or without a store.

What a file holds is told by its suffix. GDELT's rows become readings and are woven as if newsloom had read them;
RDF that newsloom wrote brings its readings and its graph with it.
"""

from collections.abc import Iterable
from functools import partial
from pathlib import Path

from msgspec import Struct

from . import building
from .building import Desk, Outcome, Progress, StrPath, desk_of
from .graph.model import Graph
from .graph.store import IMPORTED, Store
from .graph.types import Reading, Refusal
from .schemas import Schema, load_schema
from .schemas.errors import InputError, UsageError

SUFFIXES = {
    "gdelt": (".export.csv", ".gdelt.tsv"),
    "rdf": (".trig", ".nq", ".jsonld", ".ttl", ".nt", ".rdf"),
}
PACKED = {"gdelt": (".gz", ".zip"), "rdf": (".gz",)}
BATCH = 1000  # readings that are stored at once


class Found(Struct):
    """What some files hold: graphs, readings by the id of their article, and what was left out."""

    graphs: list[Graph]
    readings: dict[str, Reading]
    refused: list[Refusal]

    def is_one_graph(self) -> bool:
        """Whether there is a graph and nothing that it would have to be woven with."""
        return len(self.graphs) == 1 and self.readings.keys() == self.graphs[0].articles.keys()


def suffixes() -> tuple[str, ...]:
    """The suffixes that can be imported; all may be followed by `.gz`, those of GDELT also by `.zip`."""
    return tuple(suffix for own in SUFFIXES.values() for suffix in own)


def check(paths: Iterable[StrPath]) -> None:
    """Raise before any work is done: UsageError for files of an unknown suffix, InputError for those not there."""
    for path in paths:
        kind_of(path)
        if not Path(path).is_file():
            what = "is a folder" if Path(path).is_dir() else "does not exist"
            raise InputError(f"{path} {what}. Name a file whose name ends in {' '.join(suffixes())}.")


def kind_of(path: StrPath) -> str:
    """What a file holds, by its suffix: `gdelt` or `rdf`."""
    name = Path(path).name.lower()
    for kind, own in SUFFIXES.items():
        if any(name.endswith(f"{suffix}{packed}") for suffix in own for packed in ("", *PACKED[kind])):
            return kind
    raise UsageError(
        f"Cannot import {path}: its name tells no format. Possible: {' '.join(SUFFIXES['gdelt'])} (GDELT 2.0's events, "
        f"also with .gz and .zip), {' '.join(SUFFIXES['rdf'])} (newsloom's own RDF, also with .gz). "
        "Articles are read by `newsloom build`."
    )


def run(
    paths: Iterable[StrPath],
    *,
    schema: Schema | StrPath | None = None,
    knowledge: StrPath | None = None,
    store: StrPath | None = None,
    progress: Progress | None = None,
) -> Outcome:
    """The graph of what some files hold; with a `store`, of all that is in it by then. Numbers are of articles.

    `schema` and `knowledge` are as for `build`; a schema of one's own in RDF or in the store is kept. What is there
    already is skipped, unless it was imported with another schema or knowledge. A graph from RDF that meets nothing
    else stays as it is.
    """
    files = [Path(path) for path in paths]
    check(files)
    found = Found([], {}, [])
    for file in (file for file in files if kind_of(file) == "rdf"):
        _add_graph(found, file)
    desk = _desk(schema, knowledge, store, found.graphs)
    for number, file in enumerate(files, start=1):
        if kind_of(file) == "gdelt":
            _add_rows(found, file, desk)
        if progress:
            progress(number, len(files))
    if store is None:
        graph = found.graphs[0] if found.is_one_graph() else desk.weave(found.readings.values(), found.refused)
        return Outcome.of(graph, len(found.readings), refused=found.refused)
    with Store.open(store) as shelf:
        return _kept(found, desk, shelf)


def _add_graph(found: Found, file: Path) -> None:
    from .exports.rdf.reader import read

    graph = read(file)
    found.graphs.append(graph)
    found.readings |= graph.reading_of
    found.refused += graph.refused


def _add_rows(found: Found, file: Path, desk: Desk) -> None:
    from .graph.importing import read_gdelt

    for item in read_gdelt(file, desk.schema, desk.knowledge):
        if isinstance(item, Refusal):
            found.refused.append(item)
        else:
            found.readings[item.article.id] = item


def _desk(
    schema: Schema | StrPath | None, knowledge: StrPath | None, store: StrPath | None, graphs: list[Graph]
) -> Desk:
    """Where the graph is woven: with the schema that is given, that of the store, or that of the RDF."""
    from .graph.knowledge import load

    if schema is None and store is not None and Path(store).exists():
        return desk_of(store, knowledge)
    if schema is None:
        vocabulary = graphs[0].schema if graphs else load_schema()
    else:
        vocabulary = schema if isinstance(schema, Schema) else load_schema(schema)
    return Desk(vocabulary, load(Path(knowledge) if knowledge else None))


def _kept(found: Found, desk: Desk, shelf: Store) -> Outcome:
    """The graph of a store that has what was found from now on."""
    reader = f"{IMPORTED} {desk.reader}"
    was_empty = shelf.reader is None
    articles = [reading.article for reading in found.readings.values()]
    there, before = shelf.known(articles, reader), shelf.known(articles)
    new = [reading for id, reading in found.readings.items() if id not in there]
    for start in range(0, len(new), BATCH):
        shelf.add_readings(new[start : start + BATCH], reader)
    if was_empty and found.is_one_graph():
        shelf.replace_graph(found.graphs[0], shelf.revision, desk.reader)
    elif new or shelf.is_stale or shelf.reader != desk.reader:
        desk.weave_all(shelf, found.refused)
    again = len(before - there)
    load = partial(building.load, shelf.path)
    return Outcome(load, shelf.counts(), len(new) - again, len(there), again, tuple(found.refused))
