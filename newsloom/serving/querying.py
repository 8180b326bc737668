"""SPARQL queries that cannot harm the server: each runs in a process, which is ended when its time is up.

The triples are written to a temporary folder when the first query comes, and once more with the graphs of the articles
when a query tells these apart; the processes read them there.
"""

import asyncio
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Lock

import msgspec

from ..exports.queries import worker
from ..exports.queries.running import load, syntax_error
from ..exports.rdf.names import BASE
from ..graph.model import Graph
from ..schemas.errors import NewsloomError, UsageError
from .shelf import Edition

AT_ONCE = 2  # queries that run
WAITING = 16  # queries that run or wait
MOST = 32 * 2**20  # bytes of an answer
PIECE = 2**16


class Asking(msgspec.Struct, frozen=True):
    """What a process is asked; `media` is the type of the answer for each kind: solutions, boolean, triples."""

    store: str
    query: str
    media: dict[str, str | None]
    base: str
    prefixes: dict[str, str]
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()


class Found(msgspec.Struct, frozen=True):
    """An answer and its media type."""

    media: str
    content: bytes


class Unfit(NewsloomError):
    """The answer comes in none of the forms that the asker takes; `kind` is what it is."""

    def __init__(self, kind: str):
        super().__init__(kind)
        self.kind = kind


class Busy(NewsloomError):
    """Too many queries wait."""


class TookTooLong(NewsloomError):
    """The time for a query is up."""


class TooLarge(NewsloomError):
    """An answer has more bytes than are sent."""


class Engine:
    """Answers queries over an edition, at most `AT_ONCE` at a time, each in at most `timeout` seconds."""

    def __init__(self, timeout: float):
        self.timeout = timeout
        self._room = asyncio.Semaphore(AT_ONCE)
        self._waiting = 0
        self._lock = Lock()
        self._stores: dict[tuple[str, bool], TemporaryDirectory[str]] = {}

    async def answer(self, edition: Edition, asking: Asking, apart: bool) -> Found:
        """The answer to a query, whose `store` is put in here; `apart` says that it tells graphs apart.

        UsageError: the query is wrong; Unfit: it comes in no form that is wanted; Busy, TookTooLong, TooLarge: it costs
        too much.
        """
        if self._waiting >= WAITING:
            raise Busy("too many queries wait for an answer. Ask again in a while.")
        self._waiting += 1
        try:
            async with self._room:
                folder = await asyncio.to_thread(self.folder, edition, apart)
                return await self._run(msgspec.structs.replace(asking, store=folder))
        finally:
            self._waiting -= 1

    def folder(self, edition: Edition, apart: bool) -> str:
        """The folder with the triples of an edition, written if they are not there yet; those of others go."""
        with self._lock:
            key = edition.tag, apart
            for old in [known for known in self._stores if known[0] != edition.tag]:
                self._stores.pop(old).cleanup()
            if key not in self._stores:
                made = TemporaryDirectory(prefix="newsloom-", ignore_cleanup_errors=True)
                _write(edition.graph, Path(made.name), apart)
                self._stores[key] = made
            return self._stores[key].name

    def close(self) -> None:
        """Remove the folders."""
        with self._lock:
            while self._stores:
                self._stores.popitem()[1].cleanup()

    async def _run(self, asking: Asking) -> Found:
        command = (sys.executable, "-P", worker.__file__)
        pipe = asyncio.subprocess.PIPE
        process = await asyncio.create_subprocess_exec(*command, stdin=pipe, stdout=pipe, stderr=pipe)
        try:
            async with asyncio.timeout(self.timeout):
                return await _conversation(process, asking)
        except TimeoutError:
            raise TookTooLong(
                f"the query was given up after {self.timeout:g} s. Make it narrower: a LIMIT, a bound end of a path, "
                "fewer patterns without a shared variable."
            ) from None
        finally:
            if process.returncode is None:
                process.kill()
                await process.wait()


def _write(graph: Graph, folder: Path, apart: bool) -> None:
    load(graph, BASE, None, apart, folder).flush()


async def _conversation(process: asyncio.subprocess.Process, asking: Asking) -> Found:
    """What a process answers; UsageError when it says that the query is wrong."""
    assert process.stdin
    assert process.stdout
    assert process.stderr
    process.stdin.write(msgspec.json.encode(asking))
    process.stdin.close()
    found, told = await asyncio.gather(_read(process.stdout), process.stderr.read())
    code = await process.wait()
    reason = told.decode(errors="replace")
    match code:
        case 0:
            media, _, content = found.partition(b"\n")
            return Found(media.decode(), content)
        case worker.SYNTAX:
            raise UsageError(syntax_error(asking.query, reason))
        case worker.WRONG:
            raise UsageError(f"the query cannot be run: {reason}")
        case worker.UNFIT:
            raise Unfit(reason)
    raise TookTooLong("the query took more memory than one may. Make it narrower, or give it a LIMIT.")


async def _read(stream: asyncio.StreamReader) -> bytes:
    pieces: list[bytes] = []
    size = 0
    while piece := await stream.read(PIECE):
        pieces.append(piece)
        size += len(piece)
        if size > MOST:
            raise TooLarge(f"the answer is larger than {MOST // 2**20} MB. Give the query a LIMIT.")
    return b"".join(pieces)
