"""Pictures that are sent here; none is kept."""

from fastapi import APIRouter

from encoders.errors import WordError
from search_api.errors import QueryError, blame
from search_api.http.routes.bodies import FORM, taking
from search_api.http.routes.common import NO_QUERY, TheSearcher, TheSettings, problems
from search_api.http.routes.forms import EmotionsForm, PictureForm, ScoreForm, Sent, SimilarForm
from search_api.http.routes.turns import LOOKING
from search_api.pictures import DECODING
from search_api.relating.anchors import Anchor
from search_api.schemas.emotions import MixtureSchema, ScoreSchema
from search_api.schemas.relations import SimilarSchema
from search_api.searcher import Searcher
from search_api.settings import Settings

router = APIRouter(
    prefix="/v1",
    route_class=taking(FORM),
    dependencies=[LOOKING, NO_QUERY],
    responses=problems(400, 411, 413, 415, 422, 503),
)


@router.post("/score", summary="Score a picture against emotions")
def score(sent: Sent[ScoreForm], searcher: TheSearcher, settings: TheSettings) -> ScoreSchema:
    """Score an uploaded picture against any words, trained on or not."""
    with DECODING, blame("word", QueryError, WordError):
        answer = searcher.score(sent.read(settings), sent.word, sent.name)
    return ScoreSchema.of(answer, searcher.release)


@router.post("/similar", summary="Paintings that look or feel like a picture")
def similar_to_picture(
    sent: Sent[SimilarForm], searcher: TheSearcher, settings: TheSettings
) -> SimilarSchema:
    """Find the paintings nearest to an uploaded picture by look or by feeling."""
    anchor = _anchor(sent, searcher, settings)
    found = searcher.similar(anchor, by=sent.by, where=sent.where, top_k=sent.top_k, fold=sent.fold)
    return SimilarSchema.of(found, searcher.release)


@router.post("/emotions", summary="The emotional mixture of a picture")
def mixture_of_picture(
    sent: Sent[EmotionsForm], searcher: TheSearcher, settings: TheSettings
) -> MixtureSchema:
    """Hold an uploaded picture against the whole vocabulary, or other words."""
    anchor = _anchor(sent, searcher, settings)
    with blame("word", WordError, QueryError):
        return MixtureSchema.of(searcher.emotions(anchor, sent.word or None, sent.rank), searcher.release)


def _anchor(sent: PictureForm, searcher: Searcher, settings: Settings) -> Anchor:
    with DECODING:
        return searcher.anchor(sent.read(settings), sent.name)
