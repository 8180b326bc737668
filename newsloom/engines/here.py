"""Work in this process, one batch after the other."""

import signal
import threading
from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import contextmanager
from types import FrameType
from typing import Generic

from . import Answer, Hands, Item, time_for


class TooLong(BaseException):
    """Some items took longer than they may; no handler of errors on the way is to stop it."""


class Here(Generic[Item, Answer]):
    """Works in this process. What takes too long is lost where a signal can interrupt it: in the main thread."""

    def __init__(self, hands: Hands[Item, Answer]):
        self._hands = hands

    def map(self, batches: Iterable[Sequence[Item]]) -> Generator[Sequence[Answer], None, None]:
        """The answers to each batch, in their order."""
        for number, batch in enumerate(batches):
            if number == 0:
                self._hands.ready()
            yield self._answers(batch)

    def close(self) -> None:
        """Nothing has to be ended."""

    def _answers(self, batch: Sequence[Item]) -> Sequence[Answer]:
        """The answers to a batch; one that takes too long is worked on item by item."""
        try:
            with within(time_for(batch, self._hands)):
                return self._hands.work(batch)
        except TooLong:
            if len(batch) == 1:
                return [self._hands.lost(batch[0], None)]
        return [answer for item in batch for answer in self._answers([item])]


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
