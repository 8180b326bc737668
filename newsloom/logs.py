"""What `-v` shows of the work: the lines that go through `logging`, on standard error.

Every part of newsloom logs to "newsloom" or a logger below it, and says nothing unless somebody listens: the command
line at `-v` (INFO: the steps of the work) and `-vv` (DEBUG: their parts), a program by its own handlers.
"""

import logging
import os

from .console import FAINT, say

NAME = "newsloom"
VARIABLE = "NEWSLOOM_LOG"  # tells processes that this one starts how much to show
LEVELS = (logging.WARNING, logging.INFO, logging.DEBUG)


class Lines(logging.Handler):
    """Prints records as lines in which nothing can steer a terminal."""

    def emit(self, record: logging.LogRecord) -> None:
        """Print a record with the time of day; what follows its first line, such as a traceback, is indented."""
        try:
            for number, line in enumerate(self.format(record).splitlines()):
                say((line, FAINT), indent=2 if number else 0, err=True)
        except Exception:
            self.handleError(record)


def listen(verbosity: int) -> None:
    """Show the log of this process and of those it starts from now on: nothing (0), INFO (1), DEBUG (2 and more)."""
    os.environ[VARIABLE] = str(verbosity)
    log = logging.getLogger(NAME)
    for handler in [known for known in log.handlers if isinstance(known, Lines | logging.NullHandler)]:
        log.removeHandler(handler)
    log.setLevel(logging.NOTSET if verbosity == 0 else LEVELS[min(verbosity, 2)])
    if verbosity == 0:
        log.addHandler(logging.NullHandler())
        return
    lines = Lines()
    form = "%(asctime)s %(message)s" if verbosity == 1 else "%(asctime)s %(name)s %(message)s"
    lines.setFormatter(logging.Formatter(form, datefmt="%H:%M:%S"))
    log.addHandler(lines)


def inherited() -> int:
    """How much the process that started this one shows."""
    told = os.environ.get(VARIABLE, "")
    return int(told) if told.isdecimal() else 0


def is_heard() -> bool:
    """Whether anybody sees what is logged at INFO by the command line."""
    return any(isinstance(handler, Lines) for handler in logging.getLogger(NAME).handlers)


def verbosity() -> int:
    """What `listen` was told: 0, 1 or 2; for a process that is to log as this one does."""
    if not is_heard():
        return 0
    return 2 if logging.getLogger(NAME).isEnabledFor(logging.DEBUG) else 1
