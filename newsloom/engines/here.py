"""Reading in this process, one batch after the other."""

import signal
import threading
from collections.abc import Generator, Iterable, Iterator
from contextlib import contextmanager
from types import FrameType

from . import Batch, Reader, Result, joined, seconds_for, too_long


class TooLong(BaseException):
    """Some articles took longer than they may; no handler of errors on the way is to stop it."""


class Here:
    """Reads in this process. What takes too long is refused where a signal can interrupt it: in the main thread."""

    def __init__(self, reader: Reader):
        self._reader = reader

    def read(self, batches: Iterable[Batch]) -> Generator[Result, None, None]:
        """What came of each batch, in their order."""
        for number, batch in enumerate(batches):
            if number == 0:
                self._reader.ready()
            yield self._read(batch)

    def close(self) -> None:
        """Nothing has to be ended."""

    def _read(self, batch: Batch) -> Result:
        """What came of a batch; one that takes too long is read article by article."""
        try:
            with within(seconds_for(batch)):
                return self._reader.read_batch(batch)
        except TooLong:
            if len(batch) == 1:
                return Result((), (too_long(batch[0]),))
        return joined(self._read([article]) for article in batch)


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Raises TooLong in what it surrounds after so many seconds, and again each second until that has ended."""
    if threading.current_thread() is not threading.main_thread() or not hasattr(signal, "setitimer"):
        yield
        return

    def stop(_number: int, _frame: FrameType | None) -> None:
        raise TooLong

    before = signal.signal(signal.SIGALRM, stop)
    left, again = signal.setitimer(signal.ITIMER_REAL, seconds, 1)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
        signal.setitimer(signal.ITIMER_REAL, left, again)  # the timer of whoever called
