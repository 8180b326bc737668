"""Who may ask, and what every answer carries: the ASGI layer around all routes.

A page of another site that a browser on this machine shows could ask a server on it, under a name of its own that it
lets point here (DNS rebinding), or blindly from a link or a picture. So only known names are answered, and what
another site asks for only if it is the page itself.
"""

import ipaddress
import re
import socket
from collections.abc import Iterable
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from .answers import failure

LONGEST = 16_384  # bytes of an address with its query; longer SPARQL goes by POST
LOOPBACK = frozenset(("localhost", "127.0.0.1", "::1"))
EVERYWHERE = frozenset(("0.0.0.0", "::", ""))  # a server that listens there is reached under any name
_HOST = re.compile(r"(\[[0-9a-f:.]+\]|[^\[\]:/@]+)(:\d{1,5})?")
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
POLICY = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
"""What an answer may do in a browser that is no page: nothing."""


class Guard:
    """Lets the requests through that name this server and come from no other site; puts the headers on answers."""

    def __init__(self, app: ASGIApp, host: str = "127.0.0.1"):
        self.app = app
        self.names = LOOPBACK | {host.strip("[]").casefold()}
        self.is_open = host in EVERYWHERE

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in {**HEADERS, "Content-Security-Policy": POLICY}.items():
                    headers.setdefault(name, value)
                if "server" in headers:
                    del headers["server"]
            await send(message)

        answer = self._refusal(scope)
        await (answer or self.app)(scope, receive, sent)

    def _refusal(self, scope: Scope) -> ASGIApp | None:
        """The answer to a request that is not let through."""
        headers = Headers(scope=scope)
        if not self.knows(headers.getlist("host")):
            return failure(421, "this server does not answer to that name. Ask it as localhost, or as the host given.")
        if is_foreign(headers) and scope["path"] != "/":
            return failure(403, "another site may not ask here. Open the page itself, or ask from a program.")
        if len(scope.get("raw_path") or b"") + len(scope["query_string"]) > LONGEST:
            return failure(414, f"the address is longer than {LONGEST} bytes. Send a long query by POST.")
        return None

    def knows(self, given: Iterable[str]) -> bool:
        """Whether the Host header (each of them, if there are several) names this server.

        >>> guard = Guard(None, "news.example")
        >>> [guard.knows([host]) for host in ("localhost:80", "[::1]:80", "news.example", "evil.example", "10.0.0.1")]
        [True, True, True, False, False]
        """
        hosts = list(given)
        found = _HOST.fullmatch(hosts[0].strip().casefold()) if len(hosts) == 1 else None
        if found is None:
            return False
        name = found[1].strip("[]").removesuffix(".")
        return name in self.names or (self.is_open and (_is_address(name) or name == socket.gethostname().casefold()))


def _is_address(name: str) -> bool:
    """Whether a name is an IP address, which no site can let point elsewhere."""
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


def is_foreign(headers: Headers) -> bool:
    """Whether a browser says that a page of another site asks (or one of another port of this machine)."""
    if headers.get("sec-fetch-site", "none") not in ("same-origin", "none"):
        return True
    origin = headers.get("origin")
    return origin is not None and urlsplit(origin).netloc.casefold() != headers.get("host", "").casefold()
