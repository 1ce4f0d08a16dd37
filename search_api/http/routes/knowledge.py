"""What Moodseum knows: emotion words, and the model and the build that answer."""

from fastapi import APIRouter

from encoders.words.emotions import vocabulary
from search_api.http.routes.common import NO_QUERY, TheSearcher, problems
from search_api.schemas.emotions import VocabularySchema
from search_api.schemas.serving import ModelSchema

router = APIRouter(prefix="/v1", dependencies=[NO_QUERY], responses=problems(422, 503))


@router.get("/emotions", summary="The vocabulary of emotions")
def emotions(searcher: TheSearcher) -> VocabularySchema:
    """List every emotion with its family, synonyms and opposites; any other word can be asked for as well."""
    learned = set(searcher.learned)
    known = ((emotion, word in learned) for word, emotion in vocabulary().items())
    return VocabularySchema.of(known, searcher.release)


@router.get("/model", summary="The model and the build that answer")
def model(searcher: TheSearcher) -> ModelSchema:
    """Tell what a score was made with, what the model learned from, and where it is not to be trusted."""
    return ModelSchema.of(searcher.about())
