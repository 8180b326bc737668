"""Reading in several processes of this machine, each on one thread, each with models of its own.

They are started anew (not forked: this process has threads and an open database, and onnxruntime does not promise that
a session works after a fork) and are told what to read over their standard input. One that dies or takes too long is
replaced; its batch is then read article by article, and an article that ends its process twice, or takes too long, is
refused.
"""

import logging
import os
import pickle
import signal
import sys
import threading
from collections import deque
from collections.abc import Generator, Iterable
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from contextlib import suppress
from queue import SimpleQueue
from subprocess import PIPE, Popen

import msgspec

from .. import logs
from ..graph.types import Article, Refusal
from ..schemas import errors
from ..schemas.errors import NewsloomError
from . import Batch, Reader, Result, joined, seconds_for, too_long, where
from .frames import Ready, receive, send

AHEAD = 4  # batches a process that are asked for before the first of them is done
STARTING = 300.0  # seconds until the models must be loaded
STARTS = 3  # processes that may die one after the other before their models are loaded
TRIES = 2  # processes that an article may end
ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS", "RAYON_NUM_THREADS")
log = logging.getLogger("newsloom")


class Died(Exception):
    """A process ended before it had answered: it took too long (`is_late`), or died of `cause`."""

    def __init__(self, cause: str, is_late: bool = False):
        super().__init__(cause)
        self.cause = cause
        self.is_late = is_late


class Processes:
    """Reads in so many processes, which start when the first batches come and end with `close`."""

    def __init__(self, reader: Reader, jobs: int):
        self._recipe = pickle.dumps(reader)
        self._jobs = jobs
        self._places: SimpleQueue[Worker | None] = SimpleQueue()
        self._working: set[Worker] = set()
        self._guard = threading.Lock()
        self._is_closed = False
        for _ in range(jobs):
            self._places.put(None)

    def read(self, batches: Iterable[Batch]) -> Generator[Result, None, None]:
        """What came of each batch, in their order.

        UsageError: a library of the models is not installed; NewsloomError: no process can be started.
        """
        waiting: deque[Future[Result]] = deque()
        threads = ThreadPoolExecutor(self._jobs)
        try:
            for batch in batches:
                waiting.append(threads.submit(self.read_batch, batch))
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

    def read_batch(self, batch: Batch) -> Result:
        """What came of a batch, read by the next process that is free; may be called from several threads."""
        try:
            return self._ask(batch)
        except Died as death:
            log.info("a reading process was replaced (%s); its %d articles are read one by one", death, len(batch))
        return joined(self._alone(article) for article in batch)

    def _alone(self, article: Article) -> Result:
        """What came of one article whose batch did not end well."""
        for _ in range(TRIES):
            try:
                return self._ask([article])
            except Died as death:
                last = death
                if death.is_late:
                    return Result((), (too_long(article),))
        return Result((), (Refusal(where(article), f"reading it ended the process that read it: {last.cause}"),))

    def _ask(self, batch: Batch) -> Result:
        worker = self._places.get()
        try:
            worker = worker or self._started()
            return worker.ask(batch)
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
        """A process that has loaded its models."""
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
        raise NewsloomError(
            f"no reading process could be started ({last}). Try fewer with --jobs, or --jobs 1 to read without them."
        )

    def _lose(self, worker: "Worker") -> None:
        with self._guard:
            self._working.discard(worker)
        worker.end()


class Worker:
    """One process that reads."""

    def __init__(self) -> None:
        command = [sys.executable, "-P", "-m", f"{__package__}.worker", str(logs.verbosity())]
        self._process = Popen(command, stdin=PIPE, stdout=PIPE, env=_environment(), start_new_session=True)
        self._is_late = False

    def begin(self, recipe: bytes) -> None:
        """Sends it what it reads with, and waits until its models are loaded."""
        answer = msgspec.msgpack.decode(self._answer(recipe, STARTING), type=Ready)
        if answer.error is not None:
            raise getattr(errors, answer.kind, NewsloomError)(answer.error)

    def ask(self, batch: Batch) -> Result:
        """What it reads in a batch; Died if it did not live to tell."""
        answer = self._answer(msgspec.msgpack.encode(batch), seconds_for(batch))
        return msgspec.msgpack.decode(answer, type=Result)

    def end(self) -> None:
        """Kills it, if it lives."""
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                with suppress(OSError):  # of what it was still to be told
                    pipe.close()

    def _answer(self, message: bytes, seconds: float) -> bytes:
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
