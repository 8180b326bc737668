"""The forms of answers: JSON, errors as JSON, and answers that need not be sent again while the graph is the same."""

import json
from collections.abc import Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from ..exports.text import unicode_text
from ..schemas.errors import InputError, NewsloomError, NotFound, StoreError, Unclear, UsageError
from .shelf import Edition

STATUS: dict[type[NewsloomError], int] = {NotFound: 404, UsageError: 400, InputError: 400, StoreError: 503}


def encoded(value: Any) -> bytes:
    """A value as JSON, UTF-8; half a surrogate pair, which UTF-8 cannot hold, is U+FFFD.

    >>> encoded({"name": "Zoë \\ud800"}).decode()
    '{"name":"Zoë \ufffd"}'
    """
    return unicode_text(json.dumps(value, ensure_ascii=False, separators=(",", ":"))).encode()


def failure(status: int, message: str, **more: Any) -> Response:
    """An error in the one form that errors have here: `{"error": {"status": ..., "message": ...}}`."""
    answer = encoded({"error": {"status": status, "message": message, **more}})
    return Response(answer, status, {"Cache-Control": "no-store"}, "application/json")


def failed(error: NewsloomError) -> Response:
    """The answer that one of newsloom's own errors gives, with what would have been possible."""
    status = next((status for kind, status in STATUS.items() if isinstance(error, kind)), 500)
    more: dict[str, Any] = {}
    if isinstance(error, NotFound) and error.nearest:
        more["nearest"] = error.nearest
    if isinstance(error, Unclear) and error.offered:
        more["offered"] = error.offered
    return failure(status, str(error), **more)


def answer(
    request: Request, edition: Edition, make: Callable[[], bytes], media: str = "application/json", **headers: str
) -> Response:
    """What `make` returns, or 304 and nothing when the asker has it of this edition."""
    tag = f'W/"{edition.tag}"'
    fresh = {"ETag": tag, "Cache-Control": "no-cache", **headers}
    known = [given.strip().removeprefix("W/") for given in request.headers.get("if-none-match", "").split(",")]
    if tag.removeprefix("W/") in known or "*" in known:
        return Response(status_code=304, headers=fresh)
    return Response(make(), headers=fresh, media_type=media)
