"""Pictures that are sent here; none is kept."""

from typing import Annotated

from fastapi import APIRouter, Form, UploadFile
from PIL import Image
from pydantic import Field

from encoders.errors import ImageError, WordError
from encoders.images import read_for_look
from search_api.errors import QueryError, blame
from search_api.pictures import DECODING
from search_api.relating.anchors import Anchor
from search_api.routes.bodies import FORM, taking
from search_api.routes.common import Nothing, TheSearcher, TheSettings, problems
from search_api.routes.turns import LOOKING
from search_api.schemas.emotions import MixtureSchema, ScoreSchema
from search_api.schemas.parameters import EmotionsParameters, Parameters, SimilarParameters
from search_api.schemas.relations import SimilarSchema
from search_api.searcher import Searcher
from search_api.settings import MEGA, Settings

router = APIRouter(
    prefix="/v1",
    route_class=taking(FORM),
    dependencies=[LOOKING],
    responses=problems(400, 411, 413, 415, 422, 503),
)

Picture = Annotated[UploadFile, Field(description="A picture in any format that Pillow reads.")]


class ScoreForm(Parameters):
    """A picture and words."""

    image: Picture
    emotion: list[str] = Field(
        description="An emotion word or phrase; may be repeated.", examples=[["serenity", "menace"]]
    )


class SimilarForm(SimilarParameters):
    """A picture, and what neighbours of it are wanted."""

    image: Picture


class EmotionsForm(EmotionsParameters):
    """A picture, and which words it is held against."""

    image: Picture


@router.post("/score", summary="Score a picture against emotions")
def score(
    sent: Annotated[ScoreForm, Form(media_type=FORM)],
    searcher: TheSearcher,
    settings: TheSettings,
    nothing: Nothing,
) -> ScoreSchema:
    """Score an uploaded picture against any words, trained on or not."""
    with DECODING, blame("emotion", QueryError, WordError):
        answer = searcher.score(_read(sent.image, settings), sent.emotion, _name(sent.image))
    return ScoreSchema.of(answer, searcher.release)


@router.post("/similar", summary="Paintings that look or feel like a picture")
def similar_to_picture(
    sent: Annotated[SimilarForm, Form(media_type=FORM)],
    searcher: TheSearcher,
    settings: TheSettings,
    nothing: Nothing,
) -> SimilarSchema:
    """Find the paintings nearest to an uploaded picture by look or by feeling."""
    anchor = _anchor(sent.image, searcher, settings)
    found = searcher.similar(anchor, by=sent.by, where=sent.where, top_k=sent.top_k, fold=sent.fold)
    return SimilarSchema.of(found, searcher.release)


@router.post("/emotions", summary="The emotional mixture of a picture")
def mixture_of_picture(
    sent: Annotated[EmotionsForm, Form(media_type=FORM)],
    searcher: TheSearcher,
    settings: TheSettings,
    nothing: Nothing,
) -> MixtureSchema:
    """Hold an uploaded picture against the whole vocabulary, or other words."""
    anchor = _anchor(sent.image, searcher, settings)
    with blame("word", WordError, QueryError):
        return MixtureSchema.of(searcher.emotions(anchor, sent.word or None, sent.rank), searcher.release)


def _anchor(image: UploadFile, searcher: Searcher, settings: Settings) -> Anchor:
    with DECODING:
        return searcher.anchor(_read(image, settings), _name(image))


def _read(image: UploadFile, settings: Settings) -> Image.Image:
    with blame("image", ImageError):
        limit = settings.upload_megapixels * MEGA
        return read_for_look(image.file, name=_name(image), max_pixels=limit)


def _name(image: UploadFile) -> str:
    """What the sender calls it, fit to be sent back."""
    return (image.filename or "image").encode("utf-8", "replace").decode()
