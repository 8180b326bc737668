"""Writing a graph as RDF, beside what pyoxigraph takes to dump the same triples from its store: seconds and memory.

    python tests/benchmarks/rdf_export.py [--events N] [--rounds N] [--rdflib]

Prints, for each syntax, the seconds of both (the best of the rounds, taken in turns), their ratio, and how much memory
writing took beyond the graph itself (in a process of its own). With --rdflib also its parser and its serializer, which
take minutes; whether it reads the same triples is checked then.
"""

import argparse
import resource
import subprocess
import sys
import tempfile
from functools import partial
from pathlib import Path
from time import perf_counter

sys.path.insert(0, str(Path(__file__).parents[1]))

import pyoxigraph as ox
from random_graphs import random_graph

from newsloom import exports
from newsloom.exports.rdf.names import namespaces

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
    parser.add_argument("--events", type=int, default=3350, help="about 300 triples each")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--rdflib", action="store_true")
    parser.add_argument("--memory", metavar="SUFFIX", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.memory:
        print(beyond(asked.events, asked.memory))
        return
    graph = random_graph(SEED, asked.events)
    with tempfile.TemporaryDirectory() as folder:
        (quads,) = exports.write(graph, Path(folder, "graph.nq"))
        store = ox.Store()
        began = perf_counter()
        store.bulk_load(path=str(quads), format=ox.RdfFormat.N_QUADS)
        print(f"{asked.events} events, {len(store)} triples; pyoxigraph loads them in {perf_counter() - began:.1f} s")
        expected = {*map(triple, ox.parse(path=str(quads), format=ox.RdfFormat.N_QUADS))}
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
            ratio, memory = min(ours) / min(theirs), apart(asked.events, suffix)
            print(f"{suffix:8} {min(ours):6.2f} s  {min(theirs):8.2f} s  {ratio:5.2f}  {memory} MB", flush=True)
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


def apart(events: int, suffix: str) -> str:
    """What `beyond` says in a process of its own."""
    command = [sys.executable, __file__, "--events", str(events), "--memory", suffix]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


def beyond(events: int, suffix: str) -> int:
    """How many MB the largest memory grew by while the graph was written."""
    graph = random_graph(SEED, events)
    _ = graph.articles, graph.mentions, graph.events
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with tempfile.TemporaryDirectory() as folder:
        exports.write(graph, Path(folder, f"graph{suffix}"))
    return (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024


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
