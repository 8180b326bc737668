"""Files at an address, s3://bucket/news/*.jsonl or file:///data/news.parquet: the only place that imports fsspec.

Nothing is fetched but what a user's address names: one file, what a pattern fits, or what lies below a folder.
"""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, BinaryIO

from ..schemas.errors import InputError, UsageError

MAGIC = "*?["


def is_remote(path: object) -> bool:
    """Whether a path is an address.

    >>> is_remote("s3://bucket/news.parquet"), is_remote("news.parquet")
    (True, False)
    """
    return isinstance(path, str) and "://" in path


def file_system(address: str) -> tuple[Any, str]:
    """What an address is looked up in, and its path there. UsageError: no such kind, or its library is missing."""
    try:
        import fsspec
    except ImportError as error:
        raise UsageError(
            f"{address} needs fsspec, which is not installed. Get it with: pip install 'newsloom[parquet]'"
        ) from error
    try:
        system, path = fsspec.core.url_to_fs(address)
    except ImportError as error:
        raise UsageError(f"{address} cannot be read: {error}") from error
    except ValueError as error:
        raise UsageError(
            f"{address} is no address that newsloom knows ({error}). Possible: the name of a file, "
            "file:// s3:// gs:// and what else fsspec knows."
        ) from error
    return system, path


def check_address(address: str) -> None:
    """Raise UsageError for an address that cannot be looked up, InputError when nothing is there."""
    system, path = file_system(address)
    try:
        found = bool(system.glob(path)) if _is_pattern(path) else system.exists(path)
    except Exception as error:  # of whatever library looks there
        raise InputError(f"{address} cannot be reached ({type(error).__name__}: {error}).") from error
    if not found:
        raise InputError(f"there is nothing at {address}.")


def files_at(address: str, is_known: Callable[[str], bool]) -> Iterator[tuple[str, Callable[[], BinaryIO]]]:
    """The files at an address, sorted, and how each is opened; below a folder those whose name is known."""
    system, path = file_system(address)
    if _is_pattern(path):
        names = [name for name in sorted(system.glob(path)) if not system.isdir(name)]
    elif system.isdir(path):
        names = [name for name in sorted(system.find(path)) if is_known(name)]
    else:
        names = [path]
    for name in names:
        yield system.unstrip_protocol(name), partial(system.open, name, "rb")


def put(files: list[str], address: str) -> tuple[str, ...]:
    """Where some files are, copied into the folder of an address; OSError when they cannot be."""
    system, path = file_system(address)
    folder = system._parent(path)
    placed = []
    for file in files:
        target = f"{folder}/{file.rsplit('/', 1)[-1]}"
        system.put_file(file, target)
        placed.append(system.unstrip_protocol(target))
    return tuple(placed)


def _is_pattern(path: str) -> bool:
    return any(sign in path for sign in MAGIC)
