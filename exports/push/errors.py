"""What went wrong between newsloom and a store, in one line: what happened, what the store says, what to do."""

import re

from requests import RequestException, Response, Timeout
from requests.exceptions import ProxyError, SSLError
from urllib3.exceptions import NameResolutionError, NewConnectionError, ReadTimeoutError

from ...schemas.errors import StoreError
from ..text import one_line
from .access import PASSWORD, TOKEN, schemes

PATHS = (
    "Stores have their endpoints at /store, /update and /query (Oxigraph), /sparql-graph-crud-auth and /sparql-auth "
    "(Virtuoso), /NAME/data, /NAME/update and /NAME/query (Fuseki), /repositories/NAME/rdf-graphs/service and "
    "/repositories/NAME/statements (GraphDB, RDF4J)"
)
AGAIN = "What was finished stays; the same command goes on from there."
_FULL = ("no space left", "disk full", "disk is full", "out of disk", "not enough space")


def unreachable(url: str, error: RequestException | OSError, timeout: float) -> StoreError:
    """The error for a request that got no answer."""
    reason = getattr(error.args[0], "reason", error) if error.args else error
    if isinstance(error, SSLError):
        return StoreError(
            f"{url} cannot be trusted: {one_line(str(reason))}. Give the name that its certificate has; one of an "
            "authority of your own is named by REQUESTS_CA_BUNDLE; for a server without TLS write http://."
        )
    if isinstance(error, ProxyError):
        return StoreError(f"The proxy on the way to {url} does not answer. Check HTTP_PROXY, HTTPS_PROXY and NO_PROXY.")
    if isinstance(error, Timeout) or isinstance(reason, ReadTimeoutError):
        return StoreError(
            f"{url} gave no answer within {timeout:g} seconds. Give it longer with --timeout, or see what "
            f"keeps it busy. {AGAIN}"
        )
    if isinstance(reason, NameResolutionError):
        return StoreError(f"{url} cannot be reached: there is no host of this name. Check how it is spelled.")
    why = "nothing listens there" if isinstance(reason, NewConnectionError) else "the connection was cut off"
    return StoreError(f"{url} cannot be reached: {why}. Start the store, or check host and port. {AGAIN}")


def redirected(url: str, response: Response) -> StoreError:
    """The error for an address that sends on to another: nothing is sent there unasked."""
    return StoreError(
        f"{url} sends on to {one_line(response.headers.get('Location', '?'))}, which is not followed. "
        "If that is the right address, give it instead."
    )


def refused(response: Response) -> StoreError:
    """The error for an answer that says no."""
    url = (response.url or "").partition("?")[0]
    said = _said(response)
    return StoreError(f"{url} answered {response.status_code} {response.reason}{said}. {_advice(response)}".strip())


def _advice(response: Response) -> str:
    """What to do about an answer."""
    status, text = response.status_code, _text(response).casefold()
    if status == 507 or any(words in text for words in _FULL):
        return f"The store has no room left: make some there. {AGAIN}"
    if status == 401:
        return _unknown(response)
    if "read-only" in text or "read only" in text or "readonly" in text or ("not allowed" in text and status == 403):
        return "The store takes no changes here: start it so that it does, or give the address where it does."
    if status == 403 or "permission" in text:
        return (
            f"Who asks may not do that: give another user with --user, or a token in {TOKEN}; "
            "Virtuoso takes changes only at /sparql-graph-crud-auth and /sparql-auth."
        )
    if status in (404, 405, 501):
        return f"That is no endpoint for this. {PATHS}; --update-url and --query-url name others."
    if status == 413:
        return "Even one triple is too much for it: raise the limit of the size of a request there."
    if status >= 500 or status == 429:
        return f"See the store's log, and try again later. {AGAIN}"
    return "Please report it if the store is sound."


def _unknown(response: Response) -> str:
    """What to do about a 401: which authentication was offered, and whether one was tried."""
    offered = " or ".join(scheme.capitalize() for scheme in schemes(response)) or "no authentication that is known"
    tried = response.request is not None and "Authorization" in response.request.headers
    if tried:
        return f"It offers {offered}: the user, the password or the token is wrong."
    return f"It offers {offered}: name a user with --user and set {PASSWORD}, or set {TOKEN}."


def _said(response: Response) -> str:
    """The first words of an answer, unless it is a page."""
    is_page = "html" in response.headers.get("Content-Type", "")
    text = one_line(re.sub(r"<[^>]*>", " ", _text(response)) if is_page else _text(response))
    return f": “{text}”" if text else ""


def _text(response: Response) -> str:
    return response.content.decode(response.encoding or "utf-8", "replace")
