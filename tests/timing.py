"""How long something takes, for tests that hold it against something else of the same run and not against seconds."""

import time
from collections.abc import Callable

from newsloom.graph.collecting import uncollected


def least(call: Callable[[], object], tries: int = 3) -> float:
    """The least CPU seconds of several tries: what else the machine does only adds.

    Without the collector, which would walk through the objects of all tests so far.
    """
    with uncollected():
        return min(_taken(call) for _ in range(tries))


def _taken(call: Callable[[], object]) -> float:
    start = time.process_time()
    call()
    return time.process_time() - start
