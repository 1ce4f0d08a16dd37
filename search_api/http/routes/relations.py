"""Paintings beside others, and beside words."""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from encoders.errors import WordError
from search_api.errors import PaintingNotFoundError, QueryError, blame
from search_api.http.routes.common import PaintingId, TheSearcher, TheSettings, problems
from search_api.http.routes.turns import LOOKING
from search_api.pictures import PNG, shrunk
from search_api.relating.weights import weigh_paintings, weigh_words
from search_api.rendering.drawing import png_of
from search_api.rendering.heat import overlay
from search_api.schemas.emotions import MixtureSchema
from search_api.schemas.explaining import ExplanationSchema
from search_api.schemas.parameters import (
    BlendParameters,
    ContrastParameters,
    EmotionsParameters,
    ExplainParameters,
    MoreLikeParameters,
    SimilarParameters,
)
from search_api.schemas.relations import BlendSchema, ContrastSchema, MoreLikeSchema, SimilarSchema

one = APIRouter(prefix="/v1/paintings/{id}", responses=problems(404, 422, 503))
several = APIRouter(prefix="/v1", responses=problems(404, 422, 503))


@one.get("/similar", summary="Paintings that look or feel like one")
def similar(
    id: PaintingId, asked: Annotated[SimilarParameters, Query()], searcher: TheSearcher
) -> SimilarSchema:
    """Find the nearest paintings by look or by feeling, without the painting itself."""
    with blame("id", PaintingNotFoundError):
        found = searcher.similar(id, by=asked.by, where=asked.where, top_k=asked.top_k, fold=asked.fold)
    return SimilarSchema.of(found, searcher.release)


@one.get("/contrast", summary="Paintings that look like one and feel otherwise")
def contrast(
    id: PaintingId, asked: Annotated[ContrastParameters, Query()], searcher: TheSearcher
) -> ContrastSchema:
    """Of the paintings that look alike find those with the most opposite feeling."""
    with blame("id", PaintingNotFoundError):
        found = searcher.contrast(id, where=asked.where, top_k=asked.top_k, pool=asked.pool, fold=asked.fold)
    return ContrastSchema.of(found, searcher.release)


@one.get("/emotions", summary="The emotional mixture of a painting")
def mixture(
    id: PaintingId, asked: Annotated[EmotionsParameters, Query()], searcher: TheSearcher
) -> MixtureSchema:
    """Hold a painting against the whole vocabulary, or other words, beside what its viewers said."""
    with blame("id", PaintingNotFoundError), blame("word", WordError, QueryError):
        return MixtureSchema.of(searcher.emotions(id, asked.word or None, asked.rank), searcher.release)


@one.get("/explain", dependencies=[LOOKING], summary="Why a painting answers to a word")
def explain(
    id: PaintingId, asked: Annotated[ExplainParameters, Query()], searcher: TheSearcher
) -> ExplanationSchema:
    """Tell which regions and features carry the score, and which viewers' sentences are nearest."""
    with blame("id", PaintingNotFoundError), blame("word", WordError):
        explained = searcher.explain(id, asked.word, exact=asked.exact)
    return ExplanationSchema.of(explained, searcher.release)


@one.get(
    "/explain/heatmap.png",
    responses={200: {"content": {PNG: {}}}},
    response_class=Response,
    dependencies=[LOOKING],
    summary="Where in a painting a word lies",
)
def heatmap(
    id: PaintingId,
    asked: Annotated[ExplainParameters, Query()],
    searcher: TheSearcher,
    settings: TheSettings,
) -> Response:
    """Paint heat over a painting: orange regions speak for the word, blue ones against it."""
    with blame("id", PaintingNotFoundError), blame("word", WordError):
        explained = searcher.explain(id, asked.word, exact=asked.exact)
        picture = shrunk(searcher.painting(id), settings.image_size)
    return Response(png_of(overlay(picture, explained.regions)), media_type=PNG)


@several.get("/blend", summary="Paintings near a mixture of paintings and words")
def blend(asked: Annotated[BlendParameters, Query()], searcher: TheSearcher) -> BlendSchema:
    """Mix the feelings of paintings with those of words, each by its weight."""
    with blame("painting", PaintingNotFoundError), blame("word", WordError):
        found = searcher.blend(
            weigh_paintings(asked.painting),
            weigh_words(asked.word),
            where=asked.where,
            top_k=asked.top_k,
            fold=asked.fold,
        )
    return BlendSchema.of(found, searcher.release)


@several.get("/more-like", summary="More like these and less like those")
def more_like(asked: Annotated[MoreLikeParameters, Query()], searcher: TheSearcher) -> MoreLikeSchema:
    """Go towards what was liked, away from what was not, and towards a feeling."""
    with blame("word", WordError):
        found = searcher.more_like(
            asked.liked,
            asked.disliked,
            word=asked.word,
            by=asked.by,
            where=asked.where,
            top_k=asked.top_k,
            fold=asked.fold,
        )
    return MoreLikeSchema.of(found, searcher.release)
