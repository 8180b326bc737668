"""Who is let in: the secrets and where they come from, and how they are shown to a store.

Secrets come from the environment or a netrc, are sent only when a store asks for them (bearer tokens apart, for which
nobody asks), and in clear only to this machine, over TLS, or where the user says so.
"""

import os
from collections.abc import Callable, Mapping
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

from requests import PreparedRequest, Response
from requests.auth import AuthBase, HTTPBasicAuth, HTTPDigestAuth
from requests.utils import get_netrc_auth

from ...schemas.errors import UsageError

PASSWORD, TOKEN = "NEWSLOOM_PUSH_PASSWORD", "NEWSLOOM_PUSH_TOKEN"


def access(
    url: str,
    user: str | None,
    clear_text: bool,
    ask: Callable[[str], str] | None = None,
    environment: Mapping[str, str] = os.environ,
) -> AuthBase:
    """How to answer a store that asks who one is; UsageError if there is a user without a password."""
    if user is None and (token := environment.get(TOKEN)):
        return Bearer(token, clear_text)
    known_user, known_password = get_netrc_auth(url) or (None, None)
    password = environment.get(PASSWORD)
    if user is None:
        if password and not known_user:
            raise UsageError(f"{PASSWORD} is set, but for no user; name one with --user.")
        user = known_user
    if user is None:
        return Nobody()
    if password is None and user == known_user:
        password = known_password
    if password is None and ask:
        password = ask(f"Password of {user} at {urlsplit(url).hostname}")
    if password is None:
        raise UsageError(f"There is no password for {user}; set {PASSWORD}, or put one into a netrc.")
    return Challenged(user, password, clear_text)


def is_private(url: str) -> bool:
    """Whether nobody on the way can read along: over TLS, or on this machine.

    >>> is_private("http://127.0.0.1:7878/"), is_private("http://example.org/"), is_private("https://example.org/")
    (True, False, True)
    """
    parts = urlsplit(url)
    host = parts.hostname or ""
    if parts.scheme == "https" or host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


class Nobody(AuthBase):
    """Shows nothing (and keeps requests from looking into a netrc)."""

    def __call__(self, request: PreparedRequest) -> PreparedRequest:
        return request


class Bearer(AuthBase):
    """A token, sent along with every request."""

    def __init__(self, token: str, clear_text: bool):
        if not token.isascii() or not token.isprintable():
            raise UsageError(f"{TOKEN} is no token: it has a character that none can have.")
        self._token = token
        self._clear_text = clear_text

    def __call__(self, request: PreparedRequest) -> PreparedRequest:
        _check(request, "the token", self._clear_text)
        request.headers["Authorization"] = f"Bearer {self._token}"
        return request


class Challenged(AuthBase):
    """A user's password, shown in the way that a 401 asks for: Digest if it offers that, else Basic."""

    def __init__(self, user: str, password: str, clear_text: bool):
        self._user = user
        self._password = password
        self._clear_text = clear_text
        self._chosen: AuthBase | None = None

    def __call__(self, request: PreparedRequest) -> PreparedRequest:
        if isinstance(self._chosen, HTTPBasicAuth):
            _check(request, "the password", self._clear_text)
        if self._chosen:
            return self._chosen(request)
        request.register_hook("response", self._answer)
        return request

    def _answer(self, response: Response, **options: Any) -> Response:
        """The response to the same request, with what a 401 asks for."""
        if response.status_code != 401 or self._chosen:
            return response
        offered = schemes(response)
        if "digest" in offered:
            digest = HTTPDigestAuth(self._user, self._password)
            self._chosen = digest
            digest(response.request)
            return digest.handle_401(response, **options)
        if "basic" in offered:
            self._chosen = HTTPBasicAuth(self._user.encode(), self._password.encode())
            return self._again(response, **options)
        return response

    def _again(self, response: Response, **options: Any) -> Response:
        response.content  # noqa: B018  read to its end, so that the connection can be used again
        response.close()
        again = self(response.request.copy())
        found: Response = response.connection.send(again, **options)
        found.history.append(response)
        found.request = again
        return found


def schemes(response: Response) -> tuple[str, ...]:
    """The authentications that a store offers, in small letters.

    >>> response = Response()
    >>> response.headers["WWW-Authenticate"] = 'Digest realm="a, b", nonce="x", Basic realm="c"'
    >>> schemes(response)
    ('digest', 'basic')
    """
    asked = response.headers.get("WWW-Authenticate", "").lower()
    return tuple(scheme for scheme in ("digest", "basic", "bearer", "negotiate") if f"{scheme} " in f"{asked} ")


def _check(request: PreparedRequest, what: str, clear_text: bool) -> None:
    """UsageError before a secret would be sent so that others can read it."""
    if not (clear_text or is_private(request.url or "")):
        address = (request.url or "").partition("?")[0]
        raise UsageError(
            f"{address} is not encrypted, so that {what} could be read on the way; "
            "nothing was sent. Use https, or allow it with --clear-text."
        )
