"""Requests to a store: sent again when that may help, never redirected, every failure one line.

All that is sent may be sent twice: it has no blank nodes, so that putting, adding, removing and asking come to the
same the second time.
"""

from collections.abc import Mapping
from typing import Any, Self

from requests import PreparedRequest, Request, RequestException, Response, Session
from requests.adapters import HTTPAdapter
from requests.auth import AuthBase
from urllib3.exceptions import ReadTimeoutError
from urllib3.response import BaseHTTPResponse
from urllib3.util import Retry

from ..._version import __version__
from . import errors

CONNECTING = 10.0  # seconds
LONGEST_PAUSE = 120.0  # seconds that a store may ask to wait
BUSY = (429, 502, 503, 504)


class Client:
    """Sends requests; `tries` is how often one is sent again, `timeout` how many seconds an answer may take."""

    def __init__(self, auth: AuthBase, timeout: float, tries: int):
        self._timeout = (min(CONNECTING, timeout), timeout)
        self._session = Session()
        self._session.auth = auth
        self._session.headers["User-Agent"] = f"newsloom/{__version__}"
        for scheme in ("http://", "https://"):
            self._session.mount(scheme, HTTPAdapter(max_retries=_retries(tries)))

    def send(
        self,
        method: str,
        url: str,
        *,
        params: Mapping[str, str] | None = None,
        form: Mapping[str, str] | None = None,
        body: bytes | None = None,
        type: str | None = None,
        accept: str = "*/*",
        stream: bool = False,
    ) -> Response:
        """The store's answer, whatever it is, with `stream` without its body.

        StoreError: there is none, or it sends on to another address.
        """
        headers = {"Accept": accept, **({"Content-Type": type} if type else {})}
        request = Request(method, url, params=params, data=body if form is None else form, headers=headers)
        try:
            prepared = self._session.prepare_request(request)
            response = self._session.send(
                prepared, allow_redirects=False, timeout=self._timeout, **self._way(prepared, stream)
            )
            if stream:
                response.close()
        except (RequestException, OSError) as error:
            raise errors.unreachable(url, error, self._timeout[1]) from error
        if response.is_redirect:
            raise errors.redirected(url, response)
        return response

    def _way(self, request: PreparedRequest, stream: bool) -> dict[str, Any]:
        """Proxies and certificates, as the environment has them."""
        return dict(self._session.merge_environment_settings(request.url or "", {}, stream, None, None))


class _Retry(Retry):
    """Waits no longer than `LONGEST_PAUSE`, whatever a store asks for, and does not repeat what took too long: the
    store may still be at it.
    """

    def increment(self, *given: Any, **more: Any) -> Self:
        if isinstance(error := more.get("error"), ReadTimeoutError):
            raise error
        return super().increment(*given, **more)

    def get_retry_after(self, response: BaseHTTPResponse) -> float | None:
        asked = super().get_retry_after(response)
        return None if asked is None else min(asked, LONGEST_PAUSE)


def _retries(tries: int) -> Retry:
    return _Retry(
        total=tries,
        read=min(tries, 2),
        allowed_methods=None,  # every method: see above
        status_forcelist=BUSY,
        backoff_factor=0.5,
        raise_on_status=False,
        redirect=False,
    )
