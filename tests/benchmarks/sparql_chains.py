"""Chains of causes by property path, beside `why` and `effects`: whether they are the same, and how long each takes.

    python tests/benchmarks/sparql_chains.py [LINKS]

The graphs are those of causal_queries.py, and `statuses`: `news` in which links are also denied, possible,
planned, meant or backwards. Seconds of CPU, of all threads. `first answer` is all that `newsloom query what-led-
to` does with a graph in memory: the triples that the query can see are made and loaded, and it runs. What follows
is one more query over what is loaded, the slowest of twelve events, and `why` without a limit. Where links run in
circles, `why` leaves out the hops that close one: there the events are compared, and each hop that SPARQL has more
must be one of a circle.
"""

import random
import sys
import time
from collections.abc import Callable, Iterator

import networkx as nx
from causal_queries import asked, made
from msgspec import structs

from newsloom.exports import queries, rdf
from newsloom.exports.queries.running import load
from newsloom.graph.model import Graph
from newsloom.graph.types import AIM, Relation

Hops = set[tuple[str, str]]
LIMIT = 5.0  # seconds
FAR = 10**9


def varied(graph: Graph, seed: int = 7) -> Graph:
    """The graph with links of every status among its own."""
    chance = random.Random(seed)
    return Graph(graph.schema, graph.readings, graph.nodes.values(), [_other(r, chance) for r in graph.relations], {})


def _other(relation: Relation, chance: random.Random) -> Relation:
    """The relation as it is in six of ten cases; else denied, possible, planned, meant, an answer or backwards."""
    way = chance.choice(["", "", "", "", "", "", "negated", "hypothetical", "planned", AIM, "responds-to", "backwards"])
    if way in ("negated", "hypothetical", "planned"):
        evidence = tuple(structs.replace(each, factuality=way) for each in relation.evidence)
        return structs.replace(relation, factuality=way, evidence=evidence)
    if way == AIM:
        return structs.replace(relation, type=AIM)
    if way == "responds-to":
        return structs.replace(relation, type=way, source=relation.target, target=relation.source)
    return structs.replace(relation, backwards=bool(way))


def by_path(ready: queries.Asked) -> Hops:
    """The hops that a query for chains finds, as ids of cause and effect."""
    return {
        (str(row["from"]).removeprefix(rdf.names.BASE), str(row["to"]).removeprefix(rdf.names.BASE))
        for row in ready.solutions().records
    }


def by_asking(graph: Graph, event: str, name: str) -> Hops:
    """The hops of `why` or `effects` without a limit."""
    ask = graph.why if name == "what-led-to" else graph.effects
    return {(hop.cause.id, hop.effect.id) for hop in ask(event, depth=FAR, limit=FAR).hops}


def differences(graph: Graph, event: str, name: str, paths: Hops, hops: Hops) -> Iterator[str]:
    """What is wrong: events that only one of both reaches, hops that only one has and that close no circle."""
    reached = [{end for hop in found for end in hop} | {event} for found in (paths, hops)]
    if reached[0] != reached[1]:
        yield f"{name} {event}: {len(reached[0] ^ reached[1])} events differ"
    if missing := hops - paths:
        yield f"{name} {event}: {len(missing)} hops are missing, such as {min(missing)}"
    circle_of = {}
    for number, circle in enumerate(nx.strongly_connected_components(nx.DiGraph(paths)) if paths - hops else ()):
        circle_of |= dict.fromkeys(circle, number)
    if wrong := [hop for hop in paths - hops if circle_of[hop[0]] != circle_of[hop[1]]]:
        yield f"{name} {event}: {len(wrong)} hops too many, such as {min(wrong)}"


def timed(do: Callable[[], object]) -> tuple[float, object]:
    """Seconds of CPU, and what comes back."""
    begun = time.process_time()
    found = do()
    return time.process_time() - begun, found


def report(kind: str, links: int) -> Iterator[str]:
    """The lines of one graph."""
    graph = varied(made("news", links)) if kind == "statuses" else made(kind, links)
    events = asked(graph)[0]
    yield f"{kind}: {len(graph.relations)} links"
    first = queries.ask(graph, queries.named("what-led-to"), {"event": events[0]})
    made_in, lines = timed(lambda: [line for named in rdf.graphs(graph) for line in named.lines])
    yield f"  all triples made {made_in:.2f} s ({len(lines)}; the exporter's own time)"
    del lines
    yield f"  all triples made and loaded {timed(lambda: load(graph, rdf.names.BASE, None, False))[0]:.2f} s"
    total, _ = timed(first.solutions)
    yield f"  first answer {total:.2f} s, limit {LIMIT:g}"
    slowest, asking, hops, wrong = 0.0, 0.0, 0, []
    for name in ("what-led-to", "what-followed"):
        for event in events:
            ready = queries.ask(graph, queries.named(name), {"event": event})
            ready.store = first.store
            took, paths = timed(lambda ready=ready: by_path(ready))
            own, told = timed(lambda event=event, name=name: by_asking(graph, event, name))
            slowest, asking, hops = max(slowest, took), max(asking, own), max(hops, len(paths))
            wrong += differences(graph, event, name, paths, told)
    yield f"  next answers at most {slowest:.2f} s, why and effects {asking:.2f} s; at most {hops} hops"
    yield "  the same chains" if not wrong else "  DIFFERENT: " + "; ".join(wrong)


if __name__ == "__main__":
    for kind in ("news", "statuses", "hubs", "circles"):
        for line in report(kind, int(sys.argv[1]) if len(sys.argv) > 1 else 100_000):
            print(line, flush=True)
