"""What processes tell one another over a pipe: messages of bytes, the length of each before it."""

import pickle
from struct import Struct as Layout
from typing import IO

from msgspec import Struct

LENGTH = Layout("<Q")


class Ready(Struct, frozen=True):
    """The first answer of a process: it is ready to work, or an error of newsloom, by its class."""

    error: str | None = None
    kind: str = ""


def packed(thing: object) -> bytes:
    """It as bytes that another process of the same newsloom unpacks."""
    return pickle.dumps(thing, pickle.HIGHEST_PROTOCOL)


def send(stream: IO[bytes], message: bytes) -> None:
    """Write a message; OSError when nobody reads it."""
    stream.write(LENGTH.pack(len(message)))
    stream.write(message)
    stream.flush()


def receive(stream: IO[bytes]) -> bytes:
    """The next message; EOFError when there is none.

    >>> from io import BytesIO
    >>> pipe = BytesIO()
    >>> send(pipe, b"hello"); _ = pipe.seek(0); receive(pipe)
    b'hello'
    """
    (length,) = LENGTH.unpack(_exactly(stream, LENGTH.size))
    return _exactly(stream, length)


def _exactly(stream: IO[bytes], size: int) -> bytes:
    data = stream.read(size)
    if len(data) < size:
        raise EOFError
    return data
