"""A process that works for another one: it is told over its standard input what to work on, and with what hands.

It is started by `processes` and ends at once when the other process does, however that came about.
"""

import os
import pickle
import signal
import sys
import threading
from queue import SimpleQueue
from typing import BinaryIO

import msgspec

from .. import logs
from ..schemas.errors import NewsloomError
from .frames import Ready, packed, receive, send

MEMORY = 4 << 30  # bytes that the work may take, ten times what is common


def main() -> None:
    """Work on what comes until no more comes."""
    answers = _own_output()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the other process decides
    logs.listen(int(sys.argv[1]))
    _limit_memory()
    messages: SimpleQueue[bytes] = SimpleQueue()
    threading.Thread(target=_listen, args=(sys.stdin.buffer, messages), daemon=True).start()
    hands = pickle.loads(messages.get())
    try:
        hands.ready()
    except NewsloomError as error:
        send(answers, msgspec.msgpack.encode(Ready(str(error), type(error).__name__)))
        return
    send(answers, msgspec.msgpack.encode(Ready()))
    while True:
        send(answers, packed(hands.work(pickle.loads(messages.get()))))


def _own_output() -> BinaryIO:
    """Standard output for answers alone; what a library prints goes to standard error."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    return answers


def _listen(stream: BinaryIO, messages: "SimpleQueue[bytes]") -> None:
    """Takes messages in while others are worked on, to notice at once that nobody is there any more."""
    while True:
        try:
            messages.put(receive(stream))
        except (EOFError, OSError):
            os._exit(0)


def _limit_memory() -> None:
    """Lets what takes too much memory fail alone, before the machine is out of it."""
    try:
        import resource
    except ImportError:  # not on Windows
        return
    _, most = resource.getrlimit(resource.RLIMIT_DATA)
    if most == resource.RLIM_INFINITY or most > MEMORY:
        resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, most))


if __name__ == "__main__":
    main()
