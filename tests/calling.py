"""The command line as the tests call it; the fixtures `call`, `stored` and `terminal` stand in conftest.py."""

import io
from pathlib import Path

from newsloom.graph.model import Graph
from newsloom.graph.store import Store


class Terminal(io.StringIO):
    """What a terminal shows."""

    def isatty(self):
        return True


def keep(graph: Graph, path: str | Path = "newsloom.db") -> None:
    """Put a graph into a store."""
    with Store.open(path) as store:
        store.add_readings(graph.readings, "r")
        store.replace_graph(graph, store.revision, "r")


def fails(call, code: int, *arguments: str) -> str:
    """The one message of a call that fails with that code, and prints nothing else."""
    given, out, err = call(*arguments)
    assert (given, out) == (code, [])
    assert err.startswith("error: ")
    assert "Traceback" not in err
    return err.removeprefix("error: ")
