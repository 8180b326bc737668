"""One SPARQL query, in a process of its own that can be ended at any moment. It is run as a program, by itself.

Standard input holds what to ask as JSON (`serving.querying.Asking`). Standard output gets the media type on a line of
its own, then the answer. A query that is wrong is exit code `SYNTAX` or `WRONG`, an answer that comes in no form that
the asker takes `UNFIT`, each with the reason on standard error.
"""

import json
import sys
from typing import Any

MEMORY = 4 * 2**30  # bytes that a query may take, where the system can limit that
SYNTAX, WRONG, UNFIT = 2, 3, 4


def main() -> int:
    """The exit code of answering what standard input asks."""
    import pyoxigraph as ox

    _limit_memory()
    asked: dict[str, Any] = json.load(sys.stdin)
    store = ox.Store.read_only(asked["store"])
    try:
        found = store.query(
            asked["query"],
            base_iri=asked["base"],
            prefixes=asked["prefixes"],
            default_graph=[ox.NamedNode(iri) for iri in asked["default_graphs"]] or None,
            named_graphs=[ox.NamedNode(iri) for iri in asked["named_graphs"]] or None,
        )
        kinds = {ox.QueryBoolean: "boolean", ox.QuerySolutions: "solutions", ox.QueryTriples: "triples"}
        kind = kinds[type(found)]
        media = asked["media"][kind]
        if media is None:
            sys.stderr.write(kind)
            return UNFIT
        sys.stdout.buffer.write(f"{media}\n".encode())
        if isinstance(found, ox.QueryTriples):
            form = ox.RdfFormat.from_media_type(media)
            ox.serialize(sorted({*found}, key=str), sys.stdout.buffer, form, prefixes=asked["prefixes"])
        else:
            found.serialize(sys.stdout.buffer, ox.QueryResultsFormat.from_media_type(media))
    except (SyntaxError, ValueError, RuntimeError, OSError) as error:
        sys.stderr.write(str(error))
        return SYNTAX if isinstance(error, SyntaxError) else WRONG
    return 0


def _limit_memory() -> None:
    try:
        import resource
    except ImportError:  # Windows
        return
    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY if hard == resource.RLIM_INFINITY else min(MEMORY, hard), hard))


if __name__ == "__main__":
    sys.exit(main())
