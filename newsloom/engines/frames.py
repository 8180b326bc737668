"""What processes tell one another over a pipe: messages of bytes, the length of each before it."""

from struct import Struct as Layout
from typing import IO

from msgspec import Struct

LENGTH = Layout("<Q")


class Ready(Struct, frozen=True):
    """The first answer of a process: its models are loaded, or an error of newsloom, by its class."""

    error: str | None = None
    kind: str = ""


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
