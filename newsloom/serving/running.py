"""The server itself: uvicorn, on one address, until Ctrl-C."""

import ipaddress
import os
import socket
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from threading import Thread

import uvicorn

from ..console import say
from ..schemas.errors import UsageError
from .app import application
from .guard import EVERYWHERE, LOOPBACK
from .shelf import Shelf


class Server(uvicorn.Server):
    """A server that says when it answers."""

    def __init__(self, config: uvicorn.Config, ready: Callable[[], object]):
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, then say so."""
        await super().startup(sockets=sockets)
        if self.started:
            self._ready()


def run_server(
    store: str | Path,
    host: str,
    port: int,
    timeout: float,
    ready: Callable[[str], object] | None = None,
    announce: Callable[[str], object] | None = None,
) -> None:
    """Serve a store until the process is interrupted; see `serving.run`."""
    shelf = Shelf(store)
    shelf.edition()
    with _listening(host, port) as listener:
        address = _address(host, listener.getsockname()[1])

        def started() -> None:
            if announce:
                announce(address)
            else:
                say(f"serving {store} at {address}  (Ctrl-C stops it)", err=True)
            if not _is_loopback(host):
                say(
                    f"warning: {host} is open to other machines. Whoever reaches it can read all of the graph and its "
                    "articles; there is no password and no encryption.",
                    err=True,
                )
            if ready:
                Thread(target=_show, args=(shelf, address, ready), daemon=True).start()

        config = uvicorn.Config(
            application(shelf, host, timeout),
            log_level="warning",
            access_log=False,
            server_header=False,
            proxy_headers=False,
            lifespan="on",
            timeout_graceful_shutdown=2,
            limit_concurrency=200,
            h11_max_incomplete_event_size=65_536,
        )
        with suppress(KeyboardInterrupt):  # that is how it is stopped
            Server(config, started).run(sockets=[listener])


def _show(shelf: Shelf, address: str, ready: Callable[[str], object]) -> None:
    """Call `ready` when the page is made: until then, a while for a large graph, a browser would show nothing."""
    try:
        edition = shelf.edition()
        edition.made("page", edition.pages.page)
    finally:
        ready(address)


def _listening(host: str, port: int) -> socket.socket:
    """A socket that listens; UsageError when the address cannot be used."""
    try:
        family, kind, protocol, _, place = socket.getaddrinfo(
            host.strip("[]") or "0.0.0.0", port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        listener = socket.socket(family, kind, protocol)
        try:
            if os.name == "posix":  # take a port that was just given back; elsewhere that would share one in use
                listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listener.bind(place)
        except OSError:
            listener.close()
            raise
        return listener
    except (OSError, UnicodeError) as error:
        reason = getattr(error, "strerror", None) or error
        raise UsageError(
            f"cannot serve at {host}, port {port}: {reason}. Another --port may be free (0 takes any), or name another "
            "--host."
        ) from error


def _address(host: str, port: int) -> str:
    """Where a browser on this machine finds the server.

    >>> _address("127.0.0.1", 8765), _address("::1", 80)
    ('http://127.0.0.1:8765/', 'http://[::1]:80/')
    """
    name = "127.0.0.1" if host in EVERYWHERE else host.strip("[]")
    return f"http://{f'[{name}]' if ':' in name else name}:{port}/"


def _is_loopback(host: str) -> bool:
    name = host.strip("[]").casefold()
    try:
        return name in LOOPBACK or ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False
