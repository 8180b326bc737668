"""What articles tell of events, gathered by the processes of an engine, as far as it can; what is left, in this one."""

import logging
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import closing
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING

from . import engines
from .engines.hands import Gathers

if TYPE_CHECKING:
    from .graph.weaving.happenings import Gathered, Gatherer, Gathering, Happening

LEAST = 1000  # articles that are gathered sooner in this process than others have started
BATCH = 32  # articles that are gathered at once, unless one happening has more
log = logging.getLogger("newsloom")


def gathering(jobs: int, address: str | None = None) -> "Gathering":
    """Who gathers in so many processes of this machine, or at the address of an engine."""
    return partial(_gathered, jobs, address)


def _gathered(
    jobs: int, address: str | None, gatherer: "Gatherer", happenings: Iterable["Happening"]
) -> Iterator["Gathered"]:
    """What each happening tells, in their order."""
    batches = _batches(happenings)
    asked: deque[list[Happening]] = deque()

    def handed_out() -> Iterator[list["Happening"]]:
        for batch in batches:
            asked.append(batch)
            yield batch

    try:
        with (
            closing(engines.engine(Gathers(gatherer), jobs, address)) as engine,
            closing(engine.map(handed_out())) as answered,
        ):
            for answers in answered:
                for happening, told in zip(asked.popleft(), answers, strict=True):
                    yield gatherer.gather(happening) if told is None else told
    except engines.Gone as error:
        log.warning("the rest is woven by one process: %s", error)
    for batch in chain(asked, batches):
        yield from map(gatherer.gather, batch)


def _batches(happenings: Iterable["Happening"]) -> Iterator[list["Happening"]]:
    """The happenings, as many at once as have few articles together."""
    batch: list[Happening] = []
    size = 0
    for happening in happenings:
        if batch and size + len(happening.readings) > BATCH:
            yield batch
            batch, size = [], 0
        batch.append(happening)
        size += len(happening.readings)
    if batch:
        yield batch
