"""Where articles are read: in this process, in several processes of this machine, on a cluster.

    here       one batch after the other, in this process
    processes  a process for each core, replaced when it dies
    cluster    the workers of a Dask scheduler

An engine is given batches of articles and yields what was read in each, in the order of the batches. Since no batch
changes how another is read, all engines come to the same.
"""

import os
from collections.abc import Generator, Iterable, Sequence
from pathlib import Path
from typing import Protocol

from msgspec import Struct

from ..graph.types import Article, Reading, Refusal
from ..schemas.errors import UsageError

Batch = Sequence[Article]
MOST_JOBS = 16  # one process stores what all of them read
ROOM = 1 << 30  # bytes that a process may need, half as much again as is common
CONTAINER = Path("/sys/fs/cgroup/memory.max")  # what a container may use, or "max"
PATIENCE = 60.0  # seconds that any article may take
SLOWEST = 1000  # characters a second below which nothing goes on that ends (common is ten times that)
SCHEMES = ("dask://",)


class Result(Struct, frozen=True):
    """What came of a batch: readings in the order of its articles, and what was refused, with its reason."""

    readings: tuple[Reading, ...]
    refused: tuple[Refusal, ...] = ()


class Reader(Protocol):
    """Who reads a batch; made of what can be sent to another process, its models loaded when it is `ready`."""

    @property
    def reader(self) -> str:
        """What decides how an article is read; the same on every machine that works on one graph."""

    def ready(self) -> None:
        """Load what reading needs."""

    def read_batch(self, articles: Batch) -> Result:
        """What is read in some articles; one that cannot be read is refused and stops no other."""


class Engine(Protocol):
    """Reads batches, and gives back its processes when it is closed."""

    def read(self, batches: Iterable[Batch]) -> Generator[Result, None, None]:
        """What came of each batch, in their order; few batches are asked for ahead."""

    def close(self) -> None:
        """Ends all work at once."""


def engine(reader: Reader, jobs: int, address: str | None = None) -> Engine:
    """The engine at an address (dask://HOST:PORT), or that of so many processes on this machine.

    UsageError: the address is of no engine that newsloom knows, or its libraries are not installed.
    """
    if address is not None:
        from .cluster import Cluster

        return Cluster(reader, check_address(address))
    if jobs > 1:
        from .processes import Processes

        return Processes(reader, jobs)
    from .here import Here

    return Here(reader)


def check_address(address: str) -> str:
    """The address of an engine as it was given; UsageError when it is none."""
    scheme, _, place = address.partition("://")
    if f"{scheme}://" not in SCHEMES or not place:
        raise UsageError(
            f"{address!r} is no engine that newsloom knows. Possible: dask://HOST:PORT, where a Dask scheduler listens."
        )
    return address


def usual_jobs() -> int:
    """How many processes read when nobody says so: one for each core that this process may use and for each GB that
    there is, 16 at most.

    >>> 1 <= usual_jobs() <= 16
    True
    """
    affinity = getattr(os, "sched_getaffinity", None)
    cores = len(affinity(0)) if affinity else os.cpu_count() or 1
    return max(1, min(cores, memory() // ROOM, MOST_JOBS))


def memory() -> int:
    """The bytes of memory that this process may share with others, as far as that can be told."""
    try:
        there = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    except (AttributeError, ValueError, OSError):  # not on Windows
        return MOST_JOBS * ROOM
    try:
        allowed = CONTAINER.read_text().strip()
    except OSError:
        return there
    return min(there, int(allowed)) if allowed.isdecimal() else there


def seconds_for(articles: Batch) -> float:
    """How long reading some articles may take: a minute, and more the longer they are.

    >>> seconds_for([Article("1", "x" * 5000)])
    65.0
    """
    return PATIENCE + sum(len(article.text) for article in articles) / SLOWEST


def too_long(article: Article) -> Refusal:
    """The refusal of an article that took longer than it may."""
    return Refusal(where(article), f"reading it took longer than {seconds_for([article]):.0f} seconds")


def where(article: Article) -> str:
    """Where an article comes from, for a user."""
    return f"{article.origin}, article {article.id}" if article.origin else f"article {article.id}"


def joined(results: Iterable[Result]) -> Result:
    """Several results as one."""
    listed = tuple(results)
    readings = tuple(reading for result in listed for reading in result.readings)
    return Result(readings, tuple(refusal for result in listed for refusal in result.refused))
