"""Graphs to files, one module a format; the suffix of the path decides which.

Importing this package is cheap: a format and its libraries are imported when it is asked for.
"""

import gzip
import os
import shutil
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from ..graph.parquet import arrow
from ..graph.remote import file_system, is_remote, put
from ..schemas.errors import NewsloomError, UsageError

if TYPE_CHECKING:
    from ..graph.model import Graph

_MODULES = {
    ".csv": "tables",
    ".cypher": "cypher",
    ".gdelt.tsv": "gdelt",
    ".geojson": "geojson",
    ".gexf": "gexf",
    ".graphml": "graphml",
    ".html": "explorer",
    ".ics": "ics",
    ".json": "interchange",
    ".jsonld": "rdf",
    ".nq": "rdf",
    ".nt": "rdf",
    ".parquet": "parquet",
    ".plover.jsonl": "plover",
    ".rdf": "rdf",
    ".trig": "rdf",
    ".ttl": "rdf",
}


def suffixes() -> tuple[str, ...]:
    """The suffixes that `write` knows; each may be followed by `.gz`."""
    return tuple(_MODULES)


def check(path: str | os.PathLike[str], base: str | None = None, reify: bool = False) -> None:
    """Raise UsageError if `write` cannot write to `path` with these: call it before long work."""
    if is_remote(path):
        file_system(str(path))
    name = _format(path)
    if name == "parquet":
        arrow()
    if name == "rdf" and (reify or base is not None):
        import_module(".rdf", __name__).check(path, base, reify)


def write(
    graph: "Graph", path: str | os.PathLike[str], base: str | None = None, reify: bool = False
) -> tuple[Path | str, ...]:
    """The files written: one, or for `.csv` two (`graph.csv` gives `graph.nodes.csv` and `graph.edges.csv`), for
    `.parquet` five. A path may be an address (s3://bucket/graph.trig).

    The format is that of the suffix; a further `.gz` compresses. Files that were there are replaced
    when the new ones are complete, so that a failure leaves them as they were. In RDF `base` is what the IRIs
    start with, and `reify` adds the reifiers of RDF 1.2; other formats have neither. UsageError: an unknown
    suffix, a folder that does not exist, or a base that is no IRI; NewsloomError: the files cannot be written.
    """
    if is_remote(path):
        return _put(graph, str(path), base, reify)
    name = _format(os.path.realpath(path))
    module = import_module(f".{name}", __name__)
    if name == "rdf":
        return replace(path, lambda file: module.write(graph, file, base or module.BASE, reify))
    return replace(path, lambda file: module.write(graph, file))


def _put(graph: "Graph", address: str, base: str | None, reify: bool) -> tuple[str, ...]:
    """The files written at an address, when all of them are complete here."""
    with TemporaryDirectory(prefix="newsloom-") as folder:
        files = write(graph, Path(folder, address.rsplit("/", 1)[-1]), base, reify)
        try:
            return put([str(file) for file in files], address)
        except Exception as error:  # of whatever library writes there
            raise NewsloomError(
                f"Cannot write {address} ({type(error).__name__}: {error}). Check the address and the permissions."
            ) from error


def replace(path: str | os.PathLike[str], fill: Callable[[Path], object]) -> tuple[Path, ...]:
    """The files that `fill` wrote, put in their place when they are complete, compressed if `path` ends in `.gz`."""
    target = Path(os.path.realpath(path))
    try:
        with TemporaryDirectory(dir=target.parent, prefix=".newsloom-") as folder:
            name = target.name[:-3] if _is_compressed(target) else target.name
            fill(Path(folder, name))
            if _is_compressed(target):
                for file in sorted(Path(folder).iterdir()):
                    _compress(file)
            return tuple(file.replace(target.parent / file.name) for file in sorted(Path(folder).iterdir()))
    except OSError as error:
        reason = error.strerror or str(error)
        raise NewsloomError(
            f"Cannot write {path}: {reason}. What was there before is unchanged; "
            "make room, check the permissions or name another folder."
        ) from error


def _format(given: str | os.PathLike[str]) -> str:
    """The module that writes to this path."""
    path = Path(given)
    name = path.name[:-3] if _is_compressed(path) else path.name
    known = [end for end in _MODULES if name.lower().endswith(end) and len(name) > len(end)]
    suffix = max(known, key=len, default=Path(name).suffix)
    module = _MODULES.get(suffix.lower())
    if module is None:
        named = f"unknown suffix {suffix!r}" if suffix else "no suffix"
        raise UsageError(f"Cannot write {path}: {named}. Known: {', '.join(suffixes())} (and each with .gz).")
    if is_remote(given):
        return module
    if path.is_dir():
        raise UsageError(
            f"Cannot write {path}: it is a folder. Name a file in it, such as {path / ('graph' + suffix)}."
        )
    if not path.parent.is_dir():
        raise UsageError(f"Cannot write {path}: there is no folder {path.parent}. Create it, or name another one.")
    return module


def _is_compressed(path: Path) -> bool:
    return path.suffix.lower() == ".gz"


def _compress(file: Path) -> None:
    """Replace a file by its gzip, the same bytes for the same content."""
    with (
        open(file, "rb") as plain,
        open(f"{file}.gz", "wb") as packed,
        gzip.GzipFile(filename="", mode="wb", fileobj=packed, mtime=0) as stream,
    ):
        shutil.copyfileobj(plain, stream)
    file.unlink()
