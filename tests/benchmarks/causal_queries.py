"""How quickly questions about causes are answered in a graph of 100,000 causal links, beside plain networkx.

    python tests/benchmarks/causal_queries.py [LINKS]

Three graphs of own making: `news`, where most events have few causes and some have hundreds and a cause is mostly
told before its effect; `hubs`, where twenty events share most links; `circles`, where links run in any direction, so
that most events lead to one another; and `line`, a single chain. Each line: the question, newsloom's milliseconds of
CPU (the middle and the slowest one of the events asked), the limit that it has, and networkx's in the same run.
"""

import random
import sys
import time
from collections.abc import Callable, Iterator
from statistics import median

import networkx as nx

from newsloom.graph.asking.meant import Scope
from newsloom.graph.model import Graph
from newsloom.graph.types import Article, Event, Evidence, Reading, Relation
from newsloom.schemas import load_schema

TEXT = "One thing led to another."
LIMITS = {"why": 50, "why --by": 50, "chain": 200, "roots": 2000, "turning points": 2000}
Pairs = list[tuple[int, int, float]]


def made(kind: str, links: int, seed: int = 13) -> Graph:
    """A graph of one of the kinds with so many causal links."""
    chance = random.Random(seed)
    pairs = {"news": _news, "hubs": _hubs, "circles": _circles, "line": _line}[kind](links, chance)
    count = 1 + max(max(cause, effect) for cause, effect, _ in pairs)
    articles = [Article(f"a{n}", TEXT, f"Report {n}", "2024-04-01", f"Outlet {n}") for n in range(100)]
    relations = (
        Relation(_id(c), "causes", _id(e), sure, (Evidence(f"a{c % 100}", 0, len(TEXT), "made", sure, (10, 16)),))
        for c, e, sure in pairs
    )
    nodes = (Event(_id(n), "ASSAULT", f"thing {n}") for n in range(count))
    return Graph(load_schema(), (Reading(article, (), (), ()) for article in articles), nodes, relations, {})


def _id(number: int) -> str:
    return f"event/{number:06}"


def _sure(chance: random.Random) -> float:
    return round(chance.uniform(0.5, 0.99), 3)


def _news(links: int, chance: random.Random) -> Pairs:
    """Two links to three events; causes are drawn from recent events and by how much they have caused before."""
    count, drawn, found = links * 2 // 3, [0, 1], {}
    while len(found) < links:
        effect = chance.randrange(2, count)
        cause = chance.choice(drawn) if chance.random() < 0.4 else max(0, effect - int(chance.expovariate(0.02)) - 1)
        if chance.random() < 0.01:
            cause, effect = effect, cause
        if cause != effect:
            found[cause, effect] = _sure(chance)
            drawn.append(cause)
    return [(*pair, sure) for pair, sure in found.items()]


def _hubs(links: int, chance: random.Random) -> Pairs:
    """Every second link begins or ends at one of twenty events, which are tied to one another."""
    count, found = links // 2, {}
    while len(found) < links:
        ends = [chance.randrange(count), chance.randrange(count)]
        if chance.random() < 0.7:
            ends[chance.randrange(2)] = chance.randrange(20)
        if ends[0] != ends[1]:
            found[ends[0], ends[1]] = _sure(chance)
    return [(*pair, sure) for pair, sure in found.items()]


def _circles(links: int, chance: random.Random) -> Pairs:
    found = {}
    while len(found) < links:
        cause, effect = chance.randrange(links // 3), chance.randrange(links // 3)
        if cause != effect:
            found[cause, effect] = _sure(chance)
    return [(*pair, sure) for pair, sure in found.items()]


def _line(links: int, chance: random.Random) -> Pairs:
    return [(n, n + 1, _sure(chance)) for n in range(links)]


def plain(graph: Graph) -> nx.DiGraph:
    """The same causes for networkx, each as long as it is unsure."""
    from math import log

    lines = nx.DiGraph()
    for relation in graph.relations:
        lines.add_edge(relation.source, relation.target, weight=-log(relation.confidence))
    return lines


def nx_why(lines: nx.DiGraph, event: str, depth: int = 6) -> list[tuple[str, str]]:
    """The causes of an event to a depth, as networkx has them."""
    return list(nx.bfs_edges(lines, event, reverse=True, depth_limit=depth))


def nx_chain(lines: nx.DiGraph, a: str, b: str) -> list[list[str]]:
    """The three surest ways, as networkx has them."""
    found = nx.shortest_simple_paths(lines, a, b, weight="weight")
    return [path for path, _ in zip(found, range(3), strict=False)]


def nx_reach(lines: nx.DiGraph) -> list[tuple[str, int, int]]:
    """How many events led to each and followed from it: one search an event and direction."""
    return [(event, len(nx.ancestors(lines, event)), len(nx.descendants(lines, event))) for event in lines]


def timed(ask: Callable[[], object]) -> float:
    """Milliseconds of CPU that it takes."""
    begun = time.process_time()
    ask()
    return 1000 * (time.process_time() - begun)


def asked(graph: Graph, number: int = 12, seed: int = 5) -> tuple[list[str], list[tuple[str, str]]]:
    """Events to ask of, the five with most causes and effects among them, and pairs that are tied."""
    chance = random.Random(seed)
    causality = graph.causality
    view = causality.view(Scope())
    count = len(causality.ids)
    tied_to = {n: sum(len(causality.pairs_at(n, way)) for way in ("why", "effects")) for n in range(count)}
    most = sorted(tied_to, key=tied_to.__getitem__)[-5:]
    events = [causality.ids[n] for n in most] + chance.sample(causality.ids, number - 5)
    tied = []
    while len(tied) < number:
        start = chance.randrange(len(causality.ids))
        found = causality.around(view, start, "effects", 30)
        if len(found.pairs) > 3:
            tied.append((causality.ids[start], causality.ids[int(causality.effect[chance.choice(found.pairs)])]))
    return events, [(a, b) for a, b in tied if a != b]


def report(kind: str, links: int) -> Iterator[str]:
    """The lines of one graph."""
    graph = made(kind, links)
    index = timed(lambda: graph.causality)
    words = timed(lambda: graph.index)
    lines = plain(graph)
    yield f"{kind}: {lines.number_of_nodes()} events, {lines.number_of_edges()} links"
    yield f"  made once: causes {index:.0f} ms, words {words:.0f} ms"
    events, tied = asked(graph)
    own = [timed(lambda e=e: graph.why(e, depth=6)) for e in events]
    yield row("why", own, [timed(lambda e=e: nx_why(lines, e)) for e in events])
    outlets = [f"Outlet {n}" for n in range(len(events))]
    pairs = list(zip(events, outlets, strict=True))
    yield row("why --by", [timed(lambda e=e, o=o: graph.why(e, depth=6, by=o)) for e, o in pairs], [])
    own = [timed(lambda p=p: graph.chain(*p)) for p in tied]
    yield row("chain", own, [timed(lambda p=p: nx_chain(lines, *p)) for p in tied[:3]])
    yield row("roots", [timed(graph.roots)], [])
    few = random.Random(3).sample(sorted(lines), 20)
    started = timed(lambda: [(nx.ancestors(lines, e), nx.descendants(lines, e)) for e in few])
    yield row("turning points", [timed(graph.turning_points)], [started * len(lines) / len(few)], estimated=True)


def row(name: str, own: list[float], other: list[float], estimated: bool = False) -> str:
    """A line of the report."""
    beside = f"networkx {median(other):9.1f}{' (reckoned from 20 events)' if estimated else ''}" if other else ""
    return f"  {name:15} {median(own):8.1f} ms, slowest {max(own):8.1f}, limit {LIMITS[name]:5}   {beside}"


if __name__ == "__main__":
    for kind in ("news", "hubs", "circles", "line"):
        for line in report(kind, int(sys.argv[1]) if len(sys.argv) > 1 else 100_000):
            print(line, flush=True)
