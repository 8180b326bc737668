"""RDF files: their syntaxes by suffix, and what stands in them."""

import gzip
import os
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO, cast

from pyoxigraph import Quad, RdfFormat, parse

from ...schemas.errors import InputError, UsageError
from ..text import one_line

FORMATS = {
    ".jsonld": RdfFormat.JSON_LD,
    ".nq": RdfFormat.N_QUADS,
    ".nt": RdfFormat.N_TRIPLES,
    ".rdf": RdfFormat.RDF_XML,
    ".trig": RdfFormat.TRIG,
    ".ttl": RdfFormat.TURTLE,
}


def quads_in(path: str | os.PathLike[str]) -> Iterator[Quad]:
    """The quads of an RDF file; its suffix tells the syntax, a further `.gz` that it is compressed.

    UsageError: an unknown suffix; InputError: the file cannot be read, or is not of that syntax.
    """
    file = Path(path)
    is_packed = file.suffix.lower() == ".gz"
    format = FORMATS.get((file.with_suffix("") if is_packed else file).suffix.lower())
    if format is None:
        known = ", ".join(FORMATS)
        raise UsageError(f"Cannot read {file}: its suffix is none of {known} (and each with .gz). Rename the file.")
    try:
        if is_packed:
            with gzip.open(file) as content:
                yield from parse(cast(IO[bytes], content), format=format)
        else:
            yield from parse(path=file, format=format)
    except SyntaxError as error:
        raise InputError(f"{file}: this is not {format.name}: {one_line(f'{error.msg}')}.") from None
    except (OSError, EOFError, zlib.error) as error:
        reason = getattr(error, "strerror", None) or one_line(str(error))
        raise InputError(f"{file}: cannot be read: {reason}.") from None
