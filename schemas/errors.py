"""Every error that newsloom raises on purpose.

    NewsloomError            exit 1   something went wrong that newsloom knows how to explain
    ├── UsageError           exit 2   the call itself: an unknown suffix, a date that is none
    │   └── Unclear                   words that may mean several nodes (carries the ids of these)
    ├── InputError           exit 3   a file or an article that cannot be used
    ├── SchemaError          exit 4   the vocabulary: file, key, nearest known names
    ├── StoreError           exit 5   the database: locked, full, corrupt, of another version
    └── NotFound             exit 6   a node that is not in the graph (carries the nearest names)

A message says what was wrong, what was possible, and what to do. Anything else that escapes is a
bug of newsloom: the command line turns it into one sentence and exit code 70. `EXIT_CODES` lists them all.
"""

from collections.abc import Iterable
from difflib import get_close_matches

INTERNAL, INTERRUPTED = 70, 130
EXIT_CODES: dict[int, tuple[str, str]] = {  # of the command line: a name for programs, and what it means
    0: ("done", "what was asked for was done"),
    1: ("failed", "it could not be done: a file cannot be written, time is up, nobody reads the output any more"),
    2: ("usage", "the call itself is wrong: an unknown option or suffix, a date that is none"),
    3: ("input", "a file or an article cannot be used, or `validate` found something"),
    4: ("schema", "the vocabulary cannot be used"),
    5: ("store", "the store cannot be opened, read or written"),
    6: ("not-found", "nothing in the graph goes by that name, or fits all that is asked for"),
    INTERNAL: ("internal", "an error of newsloom's own, to be reported"),
    INTERRUPTED: ("interrupted", "stopped by Ctrl-C; what was finished by then is kept"),
}


class NewsloomError(Exception):
    """The root of newsloom's own errors; `exit_code` is what the command line returns."""

    exit_code = 1


class UsageError(NewsloomError):
    """The call is wrong: nothing was read and nothing was written."""

    exit_code = 2


class Unclear(UsageError):
    """Words (`text`) may mean several nodes about equally well; `offered` are the ids of these, best first."""

    def __init__(self, message: str, text: str = "", offered: Iterable[str] = ()):
        super().__init__(message)
        self.text = text
        self.offered = tuple(offered)


class InputError(NewsloomError):
    """A file or an article cannot be used."""

    exit_code = 3


class SchemaError(NewsloomError):
    """The vocabulary is broken; the message names the file, the key and the nearest known names."""

    exit_code = 4


class StoreError(NewsloomError):
    """The database cannot be opened, read or written."""

    exit_code = 5


class NotFound(NewsloomError):
    """Nothing in the graph goes by that name; `nearest` lists what comes close."""

    exit_code = 6

    def __init__(self, message: str, nearest: Iterable[str] = ()):
        super().__init__(message)
        self.nearest = tuple(nearest)


def nearest(word: str, known: Iterable[str], n: int = 3) -> str:
    """A tail for a message, `" Did you mean ASSAULT?"`, or the known names when none comes close.

    >>> nearest("ASAULT", ["ASSAULT", "AID"])
    ' Did you mean ASSAULT?'
    """
    names = sorted(known)
    written = {name.casefold(): name for name in reversed(names)}
    close = get_close_matches(word.casefold(), written, n=n, cutoff=0.6)
    if close:
        return f" Did you mean {' or '.join(written[name] for name in close)}?"
    return f" Known: {', '.join(names)}." if names else ""
