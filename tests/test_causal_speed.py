"""Questions about causes stay quick in large graphs: measured against networkx in the same run, not in seconds."""

import random
import sys
from pathlib import Path

import networkx as nx
import pytest

sys.path.append(str(Path(__file__).parent / "benchmarks"))
from causal_queries import asked, made, nx_chain, plain, timed

LINKS = 10_000


@pytest.mark.parametrize("kind", ["news", "hubs", "circles"])
def test_as_quick_beside_networkx_as_promised(kind):
    graph = made(kind, LINKS)
    lines = plain(graph)
    events, tied = asked(graph)
    graph.why(events[0])  # what is made once
    whole = timed(lambda: [nx.ancestors(lines, event) for event in random.Random(3).sample(sorted(lines), 40)]) / 40
    every = whole * len(lines)  # about what counting the causes of each event one by one takes
    assert timed(graph.turning_points) < every / 4
    assert timed(graph.roots) < every / 4
    own = timed(lambda: [graph.chain(a, b) for a, b in tied])
    assert own < 2 * timed(lambda: [nx_chain(lines, a, b) for a, b in tied])
    hub = timed(lambda: graph.why(events[4], depth=6))
    assert hub < timed(lambda: plain(graph))  # walking over all links once
