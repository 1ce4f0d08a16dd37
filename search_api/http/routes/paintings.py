"""One painting: what is known of it, its picture, and its manifest."""

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Header, Query, Response

from search_api.errors import PaintingNotFoundError, blame
from search_api.http.iiif import Manifest, painting_manifest
from search_api.http.routes.common import (
    NO_QUERY,
    PaintingId,
    TheAddresses,
    TheSearcher,
    TheSettings,
    problems,
)
from search_api.http.routes.manifests import ManifestResponse
from search_api.http.routes.turns import SHOWING
from search_api.pictures import MEDIA_TYPE, entity_tag, thumbnail
from search_api.schemas.parameters import ImageParameters
from search_api.schemas.works import PaintingSchema

router = APIRouter(prefix="/v1/paintings/{id}", responses=problems(404, 422, 503))


@router.get("", dependencies=[NO_QUERY], summary="One painting")
def painting(id: PaintingId, searcher: TheSearcher) -> PaintingSchema:
    """Return all that the index knows of a painting, and where its picture can be had."""
    with blame("id", PaintingNotFoundError):
        return PaintingSchema.model_validate(searcher.painting(id))


@router.get(
    "/image",
    responses={200: {"content": {MEDIA_TYPE: {}}}, 304: {"description": "The picture has not changed"}},
    response_class=Response,
    dependencies=[SHOWING],
    summary="The picture of one painting",
)
def painting_image(
    id: PaintingId,
    searcher: TheSearcher,
    settings: TheSettings,
    asked: Annotated[ImageParameters, Query()],
    if_none_match: Annotated[str, Header(description="The ETag of a picture kept from before.")] = "",
) -> Response:
    """Send the picture as JPEG, made smaller where needed; only pictures of indexed paintings are sent."""
    side = asked.size or settings.image_size
    with blame("id", PaintingNotFoundError):
        work = searcher.painting(id)
        tag = entity_tag(work, side)
        headers = {"ETag": tag, "Cache-Control": "no-cache"}  # kept, but asked after each time
        if tag in if_none_match:
            return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=headers)
        return Response(thumbnail(work, side), media_type=MEDIA_TYPE, headers=headers)


@router.get(
    "/manifest.json",
    response_class=ManifestResponse,
    response_model_exclude_none=True,
    dependencies=[NO_QUERY],
    summary="One painting as an IIIF manifest",
)
def manifest(id: PaintingId, searcher: TheSearcher, addresses: TheAddresses) -> Manifest:
    """Put a painting onto a canvas, with its facts and rights, for viewers such as Mirador."""
    with blame("id", PaintingNotFoundError):
        return painting_manifest(searcher.painting(id), addresses)
