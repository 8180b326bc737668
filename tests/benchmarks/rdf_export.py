"""Writing a graph as RDF, beside what pyoxigraph takes to dump the same triples from its store: seconds and memory.

    python tests/benchmarks/rdf_export.py [--copies N | --random EVENTS] [--rounds N] [--rdflib]

The graph is that of the sample articles, many times over, or a random one with every field that there is. For each
syntax: the seconds of both (the best of the rounds, taken in turns), their ratio, and how much memory writing takes at
most beside the graph, in a process of its own. With --rdflib also how long its parser and its Turtle serializer take,
and whether it reads the same triples.
"""

import argparse
import subprocess
import sys
import tempfile
import tracemalloc
from functools import partial
from pathlib import Path
from time import perf_counter

sys.path.insert(0, str(Path(__file__).parents[1]))

import pyoxigraph as ox
from random_graphs import random_graph
from repeated import repeated, samples

from newsloom import exports
from newsloom.exports.rdf.names import namespaces
from newsloom.graph.model import Graph

FORMATS = {
    ".ttl": ox.RdfFormat.TURTLE,
    ".trig": ox.RdfFormat.TRIG,
    ".nq": ox.RdfFormat.N_QUADS,
    ".jsonld": ox.RdfFormat.JSON_LD,
}
SEED = 7


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--copies", type=int, default=32, help="of the sample articles' graph, 35,000 triples each")
    parser.add_argument("--random", type=int, metavar="EVENTS", help="a random graph instead, 300 triples an event")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--rdflib", action="store_true")
    parser.add_argument("--memory", metavar="SUFFIX", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.memory:
        print(beyond(asked))
        return
    graph = made(asked)
    with tempfile.TemporaryDirectory() as folder:
        (quads,) = exports.write(graph, Path(folder, "graph.nq"))
        store = ox.Store()
        began = perf_counter()
        store.bulk_load(path=str(quads), format=ox.RdfFormat.N_QUADS)
        print(
            f"{len(graph.events)} events, {len(store)} triples; pyoxigraph loads them in {perf_counter() - began:.1f} s"
        )
        one = ox.Store()
        one.bulk_extend(ox.Quad(quad.subject, quad.predicate, quad.object) for quad in store)
        known = namespaces(graph.schema)
        print("syntax   newsloom  pyoxigraph  ratio  beyond the graph")
        for suffix, format in FORMATS.items():
            ours, theirs = [], []
            held = store if format.supports_datasets else one
            dump = partial(held.dump, str(Path(folder, "dump")), format, prefixes=known)
            if not format.supports_datasets:
                dump = partial(
                    one.dump, str(Path(folder, "dump")), format, from_graph=ox.DefaultGraph(), prefixes=known
                )
            for _ in range(asked.rounds):
                ours.append(seconds(partial(exports.write, graph, Path(folder, f"graph{suffix}"))))
                theirs.append(seconds(dump))
            ratio, memory = min(ours) / min(theirs), apart(suffix)
            print(f"{suffix:8} {min(ours):6.2f} s  {min(theirs):8.2f} s  {ratio:5.2f}  {memory} MB", flush=True)
        expected = {*map(triple, ox.parse(path=str(quads), format=ox.RdfFormat.N_QUADS))}
        for suffix, format in FORMATS.items():
            found = {*map(triple, ox.parse(path=str(Path(folder, f"graph{suffix}")), format=format))}
            assert found == expected, suffix
        if asked.rdflib:
            beside(quads, len(expected))


def triple(quad: ox.Quad) -> str:
    """The triple of a quad as a line."""
    return str(quad.triple)


def seconds(run) -> float:
    """How long it takes."""
    began = perf_counter()
    run()
    return perf_counter() - began


def made(asked: argparse.Namespace) -> Graph:
    """The graph that is asked for."""
    return random_graph(SEED, asked.random) if asked.random else repeated(samples(), asked.copies)


def apart(suffix: str) -> str:
    """What `beyond` says in a process of its own."""
    command = [sys.executable, *sys.argv, "--memory", suffix]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


def beyond(asked: argparse.Namespace) -> int:
    """How many MB more than the graph were taken at most while it was written."""
    graph = made(asked)
    tracemalloc.start()
    with tempfile.TemporaryDirectory() as folder:
        exports.write(graph, Path(folder, f"graph{asked.memory}"))
    return tracemalloc.get_traced_memory()[1] >> 20


def beside(quads: Path, expected: int) -> None:
    """rdflib's parser and serializer on the same triples."""
    import rdflib

    found = rdflib.Graph()
    lines = b"".join(f"{quad.triple} .\n".encode() for quad in ox.parse(path=str(quads), format=ox.RdfFormat.N_QUADS))
    print(f"rdflib reads them in {seconds(lambda: found.parse(data=lines, format='nt')):.1f} s")
    assert len(found) == expected, (len(found), expected)
    print(f"rdflib writes Turtle in {seconds(lambda: found.serialize(format='turtle')):.1f} s")


if __name__ == "__main__":
    main()
