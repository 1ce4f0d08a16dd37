"""The web application, composed: routes, problem details, limits, the page."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.metadata import version
from pathlib import Path

from fastapi import FastAPI
from fastapi.concurrency import run_in_threadpool
from fastapi.staticfiles import StaticFiles

from encoders.errors import MoodseumError
from search_api.http.desk import Desk
from search_api.http.middleware import AnswerHeads, Guard
from search_api.http.routes import router
from search_api.http.routes.refusing import answer_with_problems
from search_api.settings import Settings

WEB = Path(__file__).parent / "web"
ABOUT = """
Moodseum finds paintings by the feeling they evoke. Three numbers say how a painting stands to a word:
**coherence**, the calibrated chance that a viewer would name this emotion; **percentile**, its place among
a fixed bank of reference paintings; and **similarity**, the raw cosine, which only ranks. Viewers disagree
much, so a coherence of 0.3 for one emotion among many can be high: read it beside the percentile.

What cannot be answered comes as problem details (RFC 9457): `detail` is one sentence with the value and the
remedy, `field` the parameter that is to blame, and `type` the address of a page on this kind of problem.
Parameters are named as in Python and on the command line; unknown ones are refused. HEAD is taken wherever
GET is.
"""
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
        generate_unique_id_function=lambda route: route.name,
    )
    app.state.desk = desk
    app.state.settings = settings
    app.state.turns = {}
    app.include_router(router)
    app.mount("/", StaticFiles(directory=WEB, html=True))
    answer_with_problems(app)
    app.add_middleware(Guard, settings=settings)
    app.add_middleware(AnswerHeads)
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
