"""The web application, composed: routes, problem details, limits, the page."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from http import HTTPStatus
from importlib.metadata import version
from pathlib import Path

from fastapi import FastAPI, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from fastapi.staticfiles import StaticFiles

from encoders.errors import ImageError, MoodseumError, WordError
from search_api.desk import Desk
from search_api.errors import PaintingNotFoundError, QueryError, wrong_value
from search_api.routes import PROBLEM, router
from search_api.schemas import ProblemSchema
from search_api.settings import MEGA, Settings

WEB = Path(__file__).parent / "web"
ABOUT = """
Moodseum finds paintings by the feeling they evoke. Three numbers say how a painting stands to a word:
**coherence**, the calibrated chance that a viewer would name this emotion; **percentile**, its place among
a fixed bank of reference paintings; and **similarity**, the raw cosine, which only ranks. Viewers disagree
much, so a coherence of 0.3 for one emotion among many can be high: read it beside the percentile.
"""
ONLY_OURS = {
    "Content-Security-Policy": "default-src 'self'; img-src 'self' data:",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}

LOOK_SECONDS = 0.5
RETRY_SECONDS = 5.0

log = logging.getLogger(__name__)


def create_app(desk: Desk, settings: Settings) -> FastAPI:
    """Compose the application; the desk lends the searcher, and is looked after and closed here."""
    app = FastAPI(
        title="Moodseum",
        version=version("moodseum"),
        description=ABOUT,
        lifespan=_lifespan,
        docs_url=None,  # both would load scripts from another host
        redoc_url=None,
    )
    app.state.desk = desk
    app.state.settings = settings
    app.include_router(router)
    app.mount("/", StaticFiles(directory=WEB, html=True))
    _answer_with_problems(app)
    app.middleware("http")(_guard)
    return app


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    desk: Desk = app.state.desk
    try:
        await run_in_threadpool(desk.open)
    except MoodseumError as error:
        log.warning("Not ready yet: %s", error)
    watching = asyncio.create_task(_watch(desk))
    try:
        yield
    finally:
        watching.cancel()
        await run_in_threadpool(desk.close)


async def _watch(desk: Desk) -> None:
    """Take up what is promoted while the server runs."""
    while True:
        await asyncio.sleep(LOOK_SECONDS)
        try:
            if release := await run_in_threadpool(desk.refresh):
                log.info("Serving build %s with model %s from now on.", release.build, release.model)
        except Exception as error:  # whatever it is, the release before can still be served
            log.warning("What was promoted cannot be served yet: %s", error)
            await asyncio.sleep(RETRY_SECONDS)


async def _guard(request: Request, answer: Callable[[Request], Awaitable[Response]]) -> Response:
    """Refuse bodies that are too large before they are read; load nothing from other hosts."""
    response = _refuse_body(request) or await answer(request)
    response.headers.update(ONLY_OURS)
    return response


def _refuse_body(request: Request) -> Response | None:
    settings: Settings = request.app.state.settings
    if request.method in ("GET", "HEAD", "OPTIONS"):
        return None
    length = request.headers.get("content-length", "")
    if not length.isdecimal():
        return problem(
            HTTPStatus.LENGTH_REQUIRED, "The request does not say how long it is; send Content-Length."
        )
    if int(length) > settings.upload_mb * MEGA:
        return problem(
            HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
            f"The request has {int(length) / MEGA:.1f} MB; send at most {settings.upload_mb} MB.",
        )
    return None


def problem(status: int, detail: str) -> JSONResponse:
    """Problem details as in RFC 9457."""
    content = ProblemSchema(title=HTTPStatus(status).phrase, status=status, detail=detail)
    return JSONResponse(content.model_dump(), status, media_type=PROBLEM)


def _answer_with_problems(app: FastAPI) -> None:
    @app.exception_handler(MoodseumError)
    def refused(request: Request, error: MoodseumError) -> Response:
        return problem(_status(error), str(error))

    @app.exception_handler(RequestValidationError)
    def invalid(request: Request, error: RequestValidationError) -> Response:
        first = error.errors()[0]
        name = str(first["loc"][-1])
        if first["type"] == "extra_forbidden":
            return problem(422, f"There is no parameter {name}; see /openapi.json for those there are.")
        return problem(422, wrong_value(f"The parameter {name}", first))

    @app.exception_handler(400)
    def unreadable(request: Request, error: Exception) -> Response:
        return problem(400, "The body of the request cannot be read; send multipart/form-data.")

    @app.exception_handler(404)
    def absent(request: Request, error: Exception) -> Response:
        return problem(404, f"There is nothing at {request.url.path}; see /openapi.json for what there is.")

    @app.exception_handler(405)
    def unsupported(request: Request, error: Exception) -> Response:
        return problem(
            405, f"{request.url.path} does not take {request.method}; see /openapi.json for what it does."
        )

    @app.exception_handler(Exception)
    def failed(request: Request, error: Exception) -> Response:
        return problem(500, "Something went wrong inside; the server's log has the details.")


def _status(error: MoodseumError) -> int:
    """What the asker can mend is 4xx; an index or a model that is not there yet is 503."""
    if isinstance(error, PaintingNotFoundError):
        return HTTPStatus.NOT_FOUND
    if isinstance(error, QueryError | WordError | ImageError):
        return HTTPStatus.UNPROCESSABLE_ENTITY
    return HTTPStatus.SERVICE_UNAVAILABLE
