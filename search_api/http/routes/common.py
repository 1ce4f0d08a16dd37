"""What routes are given, and what all of them may answer instead."""

from collections import Counter
from collections.abc import AsyncIterator
from typing import Annotated, get_origin

from fastapi import Depends, Path, Query, Request
from fastapi.concurrency import run_in_threadpool

from search_api.errors import QueryError, blame
from search_api.http.desk import Desk
from search_api.http.iiif import Addresses
from search_api.schemas.parameters import Parameters
from search_api.searcher import Searcher
from search_api.settings import Settings

PROBLEM = "application/problem+json"


def problems(*statuses: int) -> dict[int | str, dict[str, object]]:
    """For OpenAPI: these statuses come as problem details."""
    content = {PROBLEM: {"schema": {"$ref": "#/components/schemas/ProblemSchema"}}}  # as of POST /v1/search
    return {status: {"description": "A problem", "content": content} for status in statuses}


async def _searcher(request: Request) -> AsyncIterator[Searcher]:
    desk: Desk = request.app.state.desk
    if not desk.ready:
        await run_in_threadpool(desk.open)
    with desk.searcher() as searcher:
        yield searcher


async def _settings(request: Request) -> Settings:
    settings: Settings = request.app.state.settings
    return settings


TheSearcher = Annotated[Searcher, Depends(_searcher)]
TheSettings = Annotated[Settings, Depends(_settings)]
PaintingId = Annotated[
    str,
    Path(
        description="The id of a painting, as a search gives it.",
        examples=["5b0c7c3e-2a41-5f0a-9c55-0d5b8a3c8f10"],
    ),
]


async def _nothing(asked: Annotated[Parameters, Query()]) -> None:
    """Refuse any parameter of an address."""


NO_QUERY = Depends(_nothing)
"""Of a route without parameters."""


async def _once(request: Request) -> None:
    """Refuse a parameter that is repeated and is no list: all but the last would be overlooked.

    As a coroutine it takes no thread, of which liveness must need none.
    """
    models = [given.field_info.annotation for given in request.scope["route"].dependant.query_params]
    fields = {name: field for model in models for name, field in model.model_fields.items()}
    for name, times in Counter(name for name, _ in request.query_params.multi_items()).items():
        if times > 1 and name in fields and get_origin(fields[name].annotation) is not list:
            with blame(name, QueryError):
                raise QueryError(f"The parameter {name} is given {times} times; give it once.")


ONCE = Depends(_once)


async def _addresses(request: Request, settings: TheSettings) -> Addresses:
    return Addresses((settings.public_url or str(request.base_url)).rstrip("/"))


TheAddresses = Annotated[Addresses, Depends(_addresses)]
