"""What holds for every input: a refusal is the only error, and time grows with the length and no faster."""

import resource
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from msgspec import Struct

from newsloom.graph.types import Reading
from newsloom.schemas.errors import NewsloomError

MOST_MEMORY = 6 * 2**30  # bytes of address space of a process that fuzzes


class Slow(AssertionError):
    """An input took longer than its length allows."""


class Target(Struct, frozen=True):
    """Something that takes bytes; in so many seconds, and so many more for a kilobyte.

    `pieces` are what hostile inputs are made of. `guided` says that atheris fits: it is quick and written in Python.
    """

    name: str
    take: Callable[[bytes], object]
    pieces: tuple[bytes, ...]
    seconds: float = 3.0
    per_kilobyte: float = 0.1
    guided: bool = False

    def check(self, data: bytes) -> None:
        """Give it the bytes; raises whatever breaks the contract."""
        allowed = self.seconds + self.per_kilobyte * len(data) / 1000
        with _ended_after(4 * allowed):
            start = time.process_time()
            try:
                self.take(data)
            except NewsloomError as refused:
                told = str(refused)
                if not told.strip() or "\x1b" in told:
                    raise AssertionError(f"a message that cannot be shown: {told!r}") from refused
            taken = time.process_time() - start
        if taken > allowed:
            raise Slow(f"{taken:.1f} s for {len(data)} bytes; {allowed:.1f} s are allowed")


@contextmanager
def _ended_after(seconds: float) -> Iterator[None]:
    """Ends what takes much too long (in the main thread)."""

    def end(_signal: int, _frame: object) -> None:
        raise Slow(f"not done after {seconds:.0f} s")

    before = signal.signal(signal.SIGALRM, end)
    signal.setitimer(signal.ITIMER_REAL, 3 * seconds)  # others may use the machine
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def limit_memory() -> None:
    """No more memory than that for this process: what needs more fails."""
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))


def sound(reading: Reading) -> None:
    """Every offset is right, every id is there once, and links run between mentions of the article."""
    text = reading.article.text
    mentions = {mention.id: mention for mention in reading.mentions}
    assert len(mentions) == len(reading.mentions), "an id of a mention twice"
    for mention in reading.mentions:
        start, end = mention.span.start, mention.span.end
        assert 0 <= start < end <= len(text), f"{mention.id} lies outside"
        assert text[start:end] == mention.text, f"{mention.id} is not its words"
        assert 0 <= mention.confidence <= 1, f"{mention.id} is sure by {mention.confidence}"
    end = 0
    for start, stop in reading.sentences:
        assert end <= start < stop <= len(text), f"sentence {start}-{stop}"
        end = stop
    for link in reading.links:
        assert link.source in mentions, f"{link.source} is no mention"
        assert link.target in mentions, f"{link.target} is no mention"
        for span in (link.cue, link.source_span, link.target_span):
            assert span is None or 0 <= span[0] < span[1] <= len(text), f"{link.type} has {span}"
