"""How long the steps of some work took, for whoever listens to the log.

clock = Clock(log)
...
clock.step("places", nodes)        # "places: 611 in 0.8 s"
clock.done("woven")                # "woven in 4.2 s"
"""

import logging
from collections.abc import Sized
from time import monotonic


class Clock:
    """Logs each step with the seconds since the one before: steps at DEBUG, what is done at INFO."""

    def __init__(self, log: logging.Logger):
        self._log = log
        self._start = self._last = monotonic()

    def step(self, what: str, made: Sized | None = None) -> None:
        """A step has ended; `made` is what it gives."""
        now = monotonic()
        number = "" if made is None else f": {len(made):,}"
        self._log.debug("%s%s in %.1f s", what, number, now - self._last)
        self._last = now

    def done(self, what: str) -> None:
        """All of it has ended."""
        self._log.info("%s in %.1f s", what, monotonic() - self._start)
