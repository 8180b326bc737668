"""Where articles are read and what they tell is gathered: here, in several processes, or on a cluster.

    here       one batch after the other, in this process
    processes  a process for each core, replaced when it dies
    cluster    the workers of a Dask scheduler

An engine has some hands (`hands`) that do one kind of work, wherever they are. It is given batches of items and yields
the answers to each batch, an answer for each item, in the order of the batches. Since no item changes what comes of
another, all engines come to the same.
"""

import os
from collections.abc import Generator, Iterable, Sequence
from pathlib import Path
from typing import Any, Protocol, TypeVar

from ..graph.types import Article
from ..schemas.errors import NewsloomError, UsageError

Item = TypeVar("Item")
Answer = TypeVar("Answer")
Given = TypeVar("Given", contravariant=True)
Made = TypeVar("Made", covariant=True)
MOST_JOBS = 16  # one process stores what all of them read
ROOM = 1 << 30  # bytes that a process may need, half as much again as is common
CONTAINER = Path("/sys/fs/cgroup/memory.max")  # what a container may use, or "max"
PATIENCE = 60.0  # seconds that any article may take
SLOWEST = 1000  # characters a second below which nothing goes on that ends (common is ten times that)
SCHEMES = ("dask://",)


class Gone(NewsloomError):
    """An engine can do no more: its processes do not start, its cluster is gone. What it did before counts."""


class Hands(Protocol[Given, Made]):
    """Who does the work, here or elsewhere; made of what can be sent to another process."""

    @property
    def alike(self) -> str:
        """What decides what comes of the work; the same on every machine that works on one graph."""

    def ready(self) -> None:
        """Load what the work needs."""

    def work(self, items: Sequence[Given]) -> Sequence[Made]:
        """The answer to each item, in their order; one on which nothing can be done stops no other."""

    def size(self, item: Given) -> int:
        """How many characters of articles it is about."""

    def lost(self, item: Given, cause: str | None) -> Made:
        """The answer to an item that ended the processes that had it (of what `cause`), or took too long (None)."""


class Engine(Protocol[Given, Made]):
    """Has batches worked on, and gives back its processes when it is closed."""

    def map(self, batches: Iterable[Sequence[Given]]) -> Generator[Sequence[Made], None, None]:
        """The answers to each batch, in their order; few batches are asked for ahead."""

    def close(self) -> None:
        """Ends all work at once."""


def engine(hands: Hands[Item, Answer], jobs: int, address: str | None = None) -> Engine[Item, Answer]:
    """The engine at an address (dask://HOST:PORT), or that of so many processes on this machine.

    UsageError: the address is of no engine that newsloom knows, or its libraries are not installed.
    """
    if address is not None:
        from .cluster import Cluster

        return Cluster(hands, check_address(address))
    if jobs > 1:
        from .processes import Processes

        return Processes(hands, jobs)
    from .here import Here

    return Here(hands)


def check_address(address: str) -> str:
    """The address of an engine as it was given; UsageError when it is none."""
    scheme, _, place = address.partition("://")
    if f"{scheme}://" not in SCHEMES or not place:
        raise UsageError(
            f"{address!r} is no engine that newsloom knows. Possible: dask://HOST:PORT, where a Dask scheduler listens."
        )
    return address


def usual_jobs() -> int:
    """How many processes work when nobody says so: one for each core that this process may use and for each GB that
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


def seconds_for(characters: int) -> float:
    """How long the work on so many characters may take: a minute, and more the more there are.

    >>> seconds_for(5000)
    65.0
    """
    return PATIENCE + characters / SLOWEST


def time_for(items: Sequence[Any], hands: Hands[Any, Any]) -> float:
    """How many seconds the work on some items may take."""
    return seconds_for(sum(map(hands.size, items)))


def where(article: Article) -> str:
    """Where an article comes from, for a user."""
    return f"{article.origin}, article {article.id}" if article.origin else f"article {article.id}"
