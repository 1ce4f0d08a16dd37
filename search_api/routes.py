"""What Moodseum answers over HTTP."""

from typing import Annotated

from fastapi import APIRouter, Depends, File, Form, Path, Query, Request, Response, UploadFile

from encoders.images import read_for_look
from search_api.desk import Desk
from search_api.pictures import LARGEST, MEDIA_TYPE, SMALLEST, thumbnail
from search_api.schemas import (
    LiveSchema,
    PaintingSchema,
    ProblemSchema,
    ReadySchema,
    ReleaseSchema,
    ScoreSchema,
    SearchParameters,
    SearchSchema,
)
from search_api.searcher import Searcher
from search_api.settings import Settings

PROBLEM = "application/problem+json"
KEEP_A_DAY = {"Cache-Control": "public, max-age=86400"}

router = APIRouter()


def problems(*statuses: int) -> dict[int | str, dict[str, object]]:
    """For OpenAPI: these statuses come as problem details."""
    content = {PROBLEM: {"schema": ProblemSchema.model_json_schema()}}
    return {status: {"description": "A problem", "content": content} for status in statuses}


def _searcher(request: Request) -> Searcher:
    desk: Desk = request.app.state.desk
    return desk.searcher()


def _settings(request: Request) -> Settings:
    settings: Settings = request.app.state.settings
    return settings


TheSearcher = Annotated[Searcher, Depends(_searcher)]
TheSettings = Annotated[Settings, Depends(_settings)]
PaintingId = Annotated[str, Path(description="The id of a painting, as a search gives it.")]


@router.get("/v1/search", responses=problems(422, 503), summary="Find paintings by the feeling they evoke")
def search(asked: Annotated[SearchParameters, Query()], searcher: TheSearcher) -> SearchSchema:
    """Take a text apart into a feeling, filters and ignored words, and rank the paintings by that feeling.

    Hits come best first. `coherence` is the chance that a viewer would name the feeling, `percentile` the
    place among reference paintings, `similarity` the raw cosine; the three are never mixed. A search that
    no painting passes answers with no hits.
    """
    return SearchSchema.of(searcher.search(asked.q, where=asked.where, top_k=asked.top_k))


@router.post("/v1/score", responses=problems(411, 413, 422, 503), summary="Score a picture against emotions")
def score(
    image: Annotated[UploadFile, File(description="A picture in any format that Pillow reads.")],
    emotion: Annotated[list[str], Form(description="An emotion word or phrase; repeat it for more.")],
    searcher: TheSearcher,
) -> ScoreSchema:
    """Score an uploaded picture against any words, trained on or not; the picture is not kept."""
    name = image.filename or "image"
    return ScoreSchema.of(searcher.score(read_for_look(image.file, name=name), emotion, name))


@router.get("/v1/paintings/{id}", responses=problems(404, 422, 503), summary="One painting")
def painting(id: PaintingId, searcher: TheSearcher, request: Request) -> PaintingSchema:
    """Return all that the index knows of a painting, and where its picture can be had."""
    image = request.app.url_path_for("painting_image", id=id)
    return PaintingSchema.of(searcher.painting(id), str(image))


@router.get(
    "/v1/paintings/{id}/image",
    responses={200: {"content": {MEDIA_TYPE: {}}}, **problems(404, 422, 503)},
    response_class=Response,
    summary="The picture of one painting",
)
def painting_image(
    id: PaintingId,
    searcher: TheSearcher,
    settings: TheSettings,
    size: Annotated[int | None, Query(ge=SMALLEST, le=LARGEST, description="Longest side in pixels.")] = None,
) -> Response:
    """Send the picture as JPEG, made smaller where needed; only pictures of indexed paintings are sent."""
    content = thumbnail(searcher.painting(id), size or settings.image_size)
    return Response(content, media_type=MEDIA_TYPE, headers=KEEP_A_DAY)


@router.get("/health/live", summary="Is the process up?")
def live() -> LiveSchema:
    """Answer as long as the process does."""
    return LiveSchema()


@router.get("/health/ready", responses=problems(503), summary="Is a release served?")
def ready(searcher: TheSearcher) -> ReadySchema:
    """Say which release is served; 503 with the reason until one is."""
    return ReadySchema(release=ReleaseSchema.model_validate(searcher.release))
