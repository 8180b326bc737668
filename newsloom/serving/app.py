"""The ASGI application: the routes, and what becomes of errors."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from ..schemas.errors import NewsloomError
from . import page, sparql
from .answers import answer, failed, failure
from .api import routes
from .guard import Guard
from .querying import Engine
from .shelf import Shelf


def application(shelf: Shelf, host: str = "127.0.0.1", timeout: float = 30.0) -> Starlette:
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
        middleware=[Middleware(Guard, host=host)],
        exception_handlers={HTTPException: _refused, NewsloomError: _failed, Exception: _broken},
        lifespan=life,
    )
    app.router.redirect_slashes = False
    app.state.shelf = shelf
    return app


def _page(request: Request) -> Response:
    """The explorer."""
    edition = request.app.state.shelf.edition()
    made = edition.made("page", lambda: page.page(edition.graph))
    policy = {"Content-Security-Policy": made.policy}
    return answer(request, edition, lambda: made.content, "text/html; charset=utf-8", **policy)


async def _refused(_request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    told = {404: "there is nothing here. GET /api lists what there is.", 405: "this can only be read: use GET."}
    plain = error.detail if error.detail and error.status_code not in told else told.get(error.status_code, "")
    answered = failure(error.status_code, plain)
    answered.headers.update(error.headers or {})
    return answered


async def _failed(_request: Request, error: Exception) -> Response:
    assert isinstance(error, NewsloomError)
    return failed(error)


async def _broken(_request: Request, error: Exception) -> Response:
    message = f"an internal error of newsloom ({type(error).__name__}). Please report it, with what the server printed."
    return failure(500, message)
