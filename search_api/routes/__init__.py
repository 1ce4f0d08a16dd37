"""What Moodseum answers over HTTP."""

from fastapi import APIRouter

from search_api.routes import health, kinds, knowledge, paintings, relations, search, uploads

router = APIRouter()
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
