"""Whether the server is up, and ready."""

from fastapi import APIRouter

from search_api.http.routes.common import TheSearcher, problems
from search_api.schemas.serving import LiveSchema, ReadySchema
from search_api.schemas.works import ReleaseSchema

router = APIRouter(prefix="/health")


@router.get("/live", summary="Is the process up?")
async def live() -> LiveSchema:
    """Answer as long as the process does, and without a worker thread, however many requests wait."""
    return LiveSchema()


@router.get("/ready", responses=problems(503), summary="Is a release served?")
def ready(searcher: TheSearcher) -> ReadySchema:
    """Say which release is served; 503 with the reason until one is."""
    return ReadySchema(release=ReleaseSchema.model_validate(searcher.release))
