"""The graph in a store, served over HTTP: the explorer's page, JSON for programs, and a SPARQL endpoint.

    run("newsloom.db", port=8765)        serve until Ctrl-C
    application(Shelf("newsloom.db"))    the same as an ASGI application

All of it only reads. Who decides what: `shelf` which graph is answered from, `guard` who may ask and what every answer
carries, `api` what there is to ask, `sparql` the endpoint, whose queries run in processes of their own (`querying`,
`exports.queries.worker`), `running` the server itself.
"""

from collections.abc import Callable
from pathlib import Path

from ..schemas.errors import UsageError


def run(
    store: str | Path,
    host: str = "127.0.0.1",
    port: int = 8765,
    timeout: float = 30.0,
    ready: Callable[[str], object] | None = None,
    announce: Callable[[str], object] | None = None,
) -> None:
    """Serve the graph of a store until the process is interrupted.

    When it answers `announce` is called with the address (without it a line on standard error tells it), when the page
    is made, too, `ready`.
    A query of the endpoint is given up after `timeout` seconds. UsageError: the extra `newsloom[serve]` is not
    installed, or the address cannot be used; StoreError: no such store.
    """
    try:
        from .running import run_server
    except ModuleNotFoundError as error:
        if error.name not in ("starlette", "uvicorn", "anyio"):
            raise
        raise UsageError(f"To serve, newsloom needs {error.name}; get it with: pip install 'newsloom[serve]'") from None
    run_server(store, host, port, timeout, ready, announce)
