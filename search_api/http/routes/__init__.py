"""What Moodseum answers over HTTP."""

from fastapi import APIRouter

from search_api.http.routes import health, kinds, knowledge, paintings, relations, search, uploads
from search_api.http.routes.common import ONCE

router = APIRouter(dependencies=[ONCE])
for part in (
    search.router,
    search.many,
    paintings.router,
    relations.one,
    relations.several,
    uploads.router,
    knowledge.router,
    health.router,
    kinds.router,
):
    router.include_router(part)
