"""The ASGI application: the routes, and what becomes of errors."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp

from ..schemas.errors import NewsloomError
from . import sparql
from .answers import answer, failed, failure
from .api import routes
from .guard import Guard
from .querying import Engine
from .shelf import Shelf


def application(shelf: Shelf, host: str = "127.0.0.1", timeout: float = 30.0) -> ASGIApp:
    """The application that answers from a shelf, under the names of this machine and the `host` it is served at."""

    @asynccontextmanager
    async def life(app: Starlette) -> AsyncIterator[None]:
        app.state.engine = Engine(timeout)
        yield
        app.state.engine.close()

    app = Starlette(
        routes=[
            Route("/", _page, methods=["GET"]),
            *routes(),
            Route("/sparql", sparql.endpoint, methods=["GET", "POST"]),
        ],
        exception_handlers={HTTPException: _refused, NewsloomError: _failed, Exception: _broken},
        lifespan=life,
    )
    app.router.redirect_slashes = False
    app.state.shelf = shelf
    return Guard(app, host)


def _page(request: Request) -> Response:
    """The explorer."""
    edition = request.app.state.shelf.edition()
    made = edition.made("page", edition.pages.page)
    policy = {"Content-Security-Policy": made.policy}
    return answer(request, edition, lambda: made.content, "text/html; charset=utf-8", **policy)


async def _refused(_request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    allowed = ", ".join(sorted((error.headers or {}).get("Allow", "").split(", ")))
    told = {404: "there is nothing here. GET /api lists what there is.", 405: f"this takes {allowed} only."}
    answered = failure(error.status_code, told.get(error.status_code, error.detail))
    if allowed:
        answered.headers["Allow"] = allowed
    return answered


async def _failed(_request: Request, error: Exception) -> Response:
    assert isinstance(error, NewsloomError)
    return failed(error)


async def _broken(_request: Request, error: Exception) -> Response:
    message = f"an internal error of newsloom ({type(error).__name__}). Please report it, with what the server printed."
    return failure(500, message)
