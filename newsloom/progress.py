"""How far long work has come, how fast it goes and how long it will take: a bar on a terminal, else lines of the log.

with progress("reading", "weaving", "article") as shown:
    ...
    shown(done, total)
"""

import logging
import sys
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic

from . import logs

log = logging.getLogger("newsloom.progress")
Shown = Callable[[int, int], None]
WINDOW = 60.0  # seconds over which the rate is taken
EVERY = 10.0  # seconds between two lines


class Pace:
    """The rate of the last minute, and what is left at that rate.

    The first stretch, in which models are loaded, counts only as long as there is no other.
    """

    def __init__(self, now: float):
        self._seen: deque[tuple[float, int]] = deque([(now, 0)])
        self._starting = True

    def note(self, now: float, done: int) -> None:
        """So much is done by now."""
        self._seen.append((now, done))
        while len(self._seen) > 2 and (self._starting or self._seen[1][0] < now - WINDOW):
            self._seen.popleft()
            self._starting = False

    @property
    def rate(self) -> float:
        """How many a second; 0 before anything is known."""
        (start, before), (now, done) = self._seen[0], self._seen[-1]
        return (done - before) / (now - start) if now > start else 0.0

    def told(self, done: int, total: int, what: str) -> str:
        """The rate and the time that is left, in words.

        >>> pace = Pace(0.0)
        >>> pace.note(10.0, 200)
        >>> pace.told(200, 2600, "article")
        '20 articles a second, 2 min left'
        """
        if not self.rate:
            return ""
        left = f", {duration((total - done) / self.rate)} left" if done < total else ""
        return f"{amount(self.rate)} {what}s a second{left}"


def amount(number: float) -> str:
    """A rate with as many digits as it deserves.

    >>> amount(1234.5), amount(17.31), amount(2.0), amount(0.25)
    ('1,234', '17.3', '2', '0.25')
    """
    digits = 0 if number >= 100 else 1 if number >= 10 else 2
    text = f"{number:,.{digits}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def duration(seconds: float) -> str:
    """A time for people, rounded up to what matters.

    >>> duration(8.2), duration(59.9), duration(61), duration(7260)
    ('9 s', '1 min', '2 min', '2 h 1 min')
    """
    whole = int(-(-seconds // 1))
    if whole < 60:
        return f"{whole} s"
    minutes = -(-whole // 60)
    return f"{minutes} min" if minutes < 60 else f"{minutes // 60} h {minutes % 60} min"


@contextmanager
def progress(label: str, afterwards: str, what: str) -> Iterator[Shown | None]:
    """A function to call with what is done and what there is to do; None where nobody would see it.

    On a terminal it moves a bar, which is labelled with what comes `afterwards` when all is done. Elsewhere, at `-v`,
    it logs a line every ten seconds. `what` is counted: "article".
    """
    if sys.stderr.isatty():
        with _bar(label, afterwards, what) as shown:
            yield shown
    else:
        yield _lines(label, afterwards, what) if logs.is_heard() else None


@contextmanager
def _bar(label: str, afterwards: str, what: str) -> Iterator[Shown]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    pace = Pace(monotonic())
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[pace]}"))
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(label, total=None, pace="")

        def shown(done: int, total: int) -> None:
            pace.note(monotonic(), done)
            now = label if done < total else afterwards
            bar.update(task, completed=done, total=total, description=now, pace=pace.told(done, total, what))

        yield shown


def _lines(label: str, afterwards: str, what: str) -> Shown:
    pace = Pace(monotonic())
    told = monotonic()

    def shown(done: int, total: int) -> None:
        nonlocal told
        now = monotonic()
        pace.note(now, done)
        if done < total and now - told < EVERY:
            return
        told = now
        next = "" if done < total else f"; {afterwards}"
        log.info("%s: %s of %s %ss, %s%s", label, f"{done:,}", f"{total:,}", what, pace.told(done, total, what), next)

    return shown
