"""Work in several processes of this machine, each on one thread, each with hands of its own.

They are started anew (not forked: this process has threads and an open database, and onnxruntime does not promise that
a session works after a fork) and are told what to work on over their standard input. One that dies or takes too long is
replaced; its batch is then worked on item by item, and an item that ends its process twice, or takes too long, is lost.
"""

import logging
import os
import pickle
import signal
import sys
import threading
from collections import deque
from collections.abc import Generator, Iterable, Sequence
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from contextlib import suppress
from queue import SimpleQueue
from subprocess import PIPE, Popen
from typing import Generic

import msgspec

from .. import logs
from ..schemas import errors
from ..schemas.errors import NewsloomError
from . import Answer, Gone, Hands, Item, time_for
from .frames import Ready, packed, receive, send

AHEAD = 4  # batches a process that are asked for before the first of them is done
STARTING = 300.0  # seconds until the models must be loaded
STARTS = 3  # processes that may die one after the other before their models are loaded
TRIES = 2  # processes that an item may end
ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS", "RAYON_NUM_THREADS")
log = logging.getLogger("newsloom")


class Died(Exception):
    """A process ended before it had answered: it took too long (`is_late`), or died of `cause`."""

    def __init__(self, cause: str, is_late: bool = False):
        super().__init__(cause)
        self.cause = cause
        self.is_late = is_late


class Processes(Generic[Item, Answer]):
    """Works in so many processes, which start when the first batches come and end with `close`."""

    def __init__(self, hands: Hands[Item, Answer], jobs: int):
        self._hands = hands
        self._recipe = packed(hands)
        self._jobs = jobs
        self._places: SimpleQueue[Worker | None] = SimpleQueue()
        self._working: set[Worker] = set()
        self._guard = threading.Lock()
        self._is_closed = False
        for _ in range(jobs):
            self._places.put(None)

    def map(self, batches: Iterable[Sequence[Item]]) -> Generator[Sequence[Answer], None, None]:
        """The answers to each batch, in their order.

        UsageError: a library that the work needs is not installed; Gone: no process can be started.
        """
        waiting: deque[Future[Sequence[Answer]]] = deque()
        threads = ThreadPoolExecutor(self._jobs)
        try:
            for batch in batches:
                waiting.append(threads.submit(self._answers, batch))
                if len(waiting) >= AHEAD * self._jobs:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        finally:
            self.close()
            threads.shutdown(cancel_futures=True)

    def close(self) -> None:
        """Ends all processes at once."""
        with self._guard:
            self._is_closed = True
            for worker in self._working:
                worker.end()

    def _answers(self, batch: Sequence[Item]) -> Sequence[Answer]:
        answers: Sequence[Answer] = pickle.loads(self.work(packed(batch), time_for(batch, self._hands)))
        return answers

    def work(self, batch: bytes, seconds: float) -> bytes:
        """The answers to a batch, both packed, by the next process that is free, which may take so many seconds.

        May be called from several threads.
        """
        try:
            return self._ask(batch, seconds)
        except Died as death:
            items: Sequence[Item] = pickle.loads(batch)
            log.info("a process was replaced (%s); the work it had (%d) is done one by one", death, len(items))
        return packed([self._alone(item) for item in items])

    def _alone(self, item: Item) -> Answer:
        """The answer to one item whose batch did not end well."""
        for _ in range(TRIES):
            try:
                answer: Answer = pickle.loads(self._ask(packed([item]), time_for([item], self._hands)))[0]
                return answer
            except Died as death:
                last = death
                if death.is_late:
                    break
        return self._hands.lost(item, None if last.is_late else last.cause)

    def _ask(self, batch: bytes, seconds: float) -> bytes:
        worker = self._places.get()
        try:
            worker = worker or self._started()
            return worker.ask(batch, seconds)
        except BaseException:
            if worker is not None:
                self._lose(worker)
                worker = None
            if self._is_closed:
                raise CancelledError from None
            raise
        finally:
            self._places.put(worker)

    def _started(self) -> "Worker":
        """A process that is ready to work."""
        for _ in range(STARTS):
            with self._guard:
                if self._is_closed:
                    raise CancelledError
                worker = Worker()
                self._working.add(worker)
            try:
                worker.begin(self._recipe)
                return worker
            except Died as death:
                last = death
                self._lose(worker)
                if self._is_closed:
                    raise CancelledError from None
            except BaseException:
                self._lose(worker)
                raise
        raise Gone(f"no process could be started ({last}). Try fewer with --jobs, or --jobs 1 to do without.")

    def _lose(self, worker: "Worker") -> None:
        with self._guard:
            self._working.discard(worker)
        worker.end()


class Worker:
    """One process that works."""

    def __init__(self) -> None:
        command = [sys.executable, "-P", "-m", f"{__package__}.worker", str(logs.verbosity())]
        self._process = Popen(command, stdin=PIPE, stdout=PIPE, env=_environment(), start_new_session=True)
        self._is_late = False

    def begin(self, recipe: bytes) -> None:
        """Sends it the hands that it works with, and waits until they are ready."""
        answer = msgspec.msgpack.decode(self.ask(recipe, STARTING), type=Ready)
        if answer.error is not None:
            raise getattr(errors, answer.kind, NewsloomError)(answer.error)

    def ask(self, message: bytes, seconds: float) -> bytes:
        """Its answer to a message; Died if it did not live to tell, or not in so many seconds."""
        timer = threading.Timer(seconds, self._expire)
        timer.daemon = True
        timer.start()
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        try:
            send(self._process.stdin, message)
            return receive(self._process.stdout)
        except (OSError, EOFError, ValueError):
            raise Died(self._cause(), self._is_late) from None
        finally:
            timer.cancel()

    def end(self) -> None:
        """Kills it, if it lives."""
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                with suppress(OSError):  # of what it was still to be told
                    pipe.close()

    def _expire(self) -> None:
        self._is_late = True
        self._process.kill()

    def _cause(self) -> str:
        """What it died of."""
        code = self._process.wait()
        if self._is_late:
            return "it took too long"
        if code >= 0:
            return f"exit code {code}"
        name = signal.Signals(-code).name
        return f"{name}, perhaps for want of memory" if name == "SIGKILL" else name


def _environment() -> dict[str, str]:
    """This process's, with one thread for every library and the folders that modules are found in."""
    paths = os.pathsep.join(path or os.getcwd() for path in sys.path)
    return {**os.environ, **dict.fromkeys(ONE_THREAD, "1"), "TOKENIZERS_PARALLELISM": "false", "PYTHONPATH": paths}
