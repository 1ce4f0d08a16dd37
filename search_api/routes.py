"""What Moodseum answers over HTTP."""

from collections.abc import Iterator
from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Depends, File, Form, Header, Path, Query, Request, Response, UploadFile

from encoders.images import read_for_look
from search_api.desk import Desk
from search_api.pictures import DECODING, LARGEST, MEDIA_TYPE, SMALLEST, entity_tag, thumbnail
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
from search_api.settings import MEGA, Settings

PROBLEM = "application/problem+json"

router = APIRouter()


def problems(*statuses: int) -> dict[int | str, dict[str, object]]:
    """For OpenAPI: these statuses come as problem details."""
    content = {PROBLEM: {"schema": ProblemSchema.model_json_schema()}}
    return {status: {"description": "A problem", "content": content} for status in statuses}


def _searcher(request: Request) -> Iterator[Searcher]:
    desk: Desk = request.app.state.desk
    with desk.searcher() as searcher:
        yield searcher


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
    answer = searcher.search(asked.q, where=asked.where, top_k=asked.top_k, fold=asked.fold)
    return SearchSchema.of(answer)


@router.post("/v1/score", responses=problems(411, 413, 422, 503), summary="Score a picture against emotions")
def score(
    image: Annotated[UploadFile, File(description="A picture in any format that Pillow reads.")],
    emotion: Annotated[list[str], Form(description="An emotion word or phrase; repeat it for more.")],
    searcher: TheSearcher,
    settings: TheSettings,
) -> ScoreSchema:
    """Score an uploaded picture against any words, trained on or not; the picture is not kept."""
    name = image.filename or "image"
    with DECODING:
        picture = read_for_look(image.file, name=name, max_pixels=settings.upload_megapixels * MEGA)
        return ScoreSchema.of(searcher.score(picture, emotion, name))


@router.get("/v1/paintings/{id}", responses=problems(404, 422, 503), summary="One painting")
def painting(id: PaintingId, searcher: TheSearcher, request: Request) -> PaintingSchema:
    """Return all that the index knows of a painting, and where its picture can be had."""
    image = request.app.url_path_for("painting_image", id=id)
    return PaintingSchema.of(searcher.painting(id), str(image))


@router.get(
    "/v1/paintings/{id}/image",
    responses={
        200: {"content": {MEDIA_TYPE: {}}},
        304: {"description": "The picture has not changed"},
        **problems(404, 422, 503),
    },
    response_class=Response,
    summary="The picture of one painting",
)
def painting_image(
    id: PaintingId,
    searcher: TheSearcher,
    settings: TheSettings,
    size: Annotated[int | None, Query(ge=SMALLEST, le=LARGEST, description="Longest side in pixels.")] = None,
    if_none_match: Annotated[str, Header(description="The ETag of a picture kept from before.")] = "",
) -> Response:
    """Send the picture as JPEG, made smaller where needed; only pictures of indexed paintings are sent."""
    work, side = searcher.painting(id), size or settings.image_size
    tag = entity_tag(work, side)
    headers = {"ETag": tag, "Cache-Control": "no-cache"}  # kept, but asked after each time
    if tag in if_none_match:
        return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=headers)
    return Response(thumbnail(work, side), media_type=MEDIA_TYPE, headers=headers)


@router.get("/health/live", summary="Is the process up?")
async def live() -> LiveSchema:
    """Answer as long as the process does, and without a worker thread, however many requests wait."""
    return LiveSchema()


@router.get("/health/ready", responses=problems(503), summary="Is a release served?")
def ready(searcher: TheSearcher) -> ReadySchema:
    """Say which release is served; 503 with the reason until one is."""
    return ReadySchema(release=ReleaseSchema.model_validate(searcher.release))
