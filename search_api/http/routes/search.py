"""Asking by words: one search, many at once, and the answer for viewers."""

from typing import Annotated

from fastapi import APIRouter, Body, Query, Request
from pydantic import Field, SkipValidation, ValidationError

from encoders.errors import MoodseumError, WordError
from search_api.errors import QueryError, blame
from search_api.http.iiif import Manifest, answer_manifest
from search_api.http.problem_schema import ProblemSchema
from search_api.http.problems import is_ours
from search_api.http.routes.bodies import JSON, taking
from search_api.http.routes.common import NO_QUERY, TheAddresses, TheSearcher, problems
from search_api.http.routes.manifests import ManifestResponse
from search_api.http.routes.refusing import invalid, refused
from search_api.http.routes.turns import ASKING
from search_api.limits import MOST_SEARCHES
from search_api.rendering.wording import understood
from search_api.schemas.parameters import FilterParameters, SearchParameters
from search_api.schemas.searching import FacetsAnswerSchema, SearchSchema
from search_api.searcher import Searcher

router = APIRouter(responses=problems(422, 503))
many = APIRouter(route_class=taking(JSON), responses=problems(400, 411, 413, 415, 422, 503))

EXAMPLES = [[{"q": "serene landscapes by Monet", "top_k": 3}, {"q": "calm -fear", "style": ["Cubism"]}]]


@router.get(
    "/v1/search",
    dependencies=[ASKING],
    responses=problems(410),
    summary="Find paintings by the feeling they evoke",
)
def search(asked: Annotated[SearchParameters, Query()], searcher: TheSearcher) -> SearchSchema:
    """Take a text apart into feelings, filters and ignored words, and rank the paintings by those feelings.

    Hits come best first. `coherence` is the chance that a viewer would name the feeling, `percentile` the
    place among reference paintings, `similarity` the raw cosine; the three are never mixed. Where no painting
    answers, `relaxations` tell which filters to let go; `match` tells whether to believe the hits.
    """
    return _answer(asked, searcher)


@many.post("/v1/search", dependencies=[ASKING, NO_QUERY], summary="Many searches at once")
def search_all(
    asked: Annotated[
        list[SkipValidation[SearchParameters]],
        Body(description="Each as the parameters of one search.", examples=EXAMPLES),
        Field(min_length=1, max_length=MOST_SEARCHES),
    ],
    searcher: TheSearcher,
) -> list[SearchSchema | ProblemSchema]:
    """Answer each search in its place, with what GET would have answered: hits, or a problem."""
    return [_answer_or_problem(one, searcher) for one in asked]


@router.get(
    "/v1/search/manifest.json",
    dependencies=[ASKING],
    response_class=ManifestResponse,
    response_model_exclude_none=True,
    responses=problems(410),
    summary="A search as an IIIF manifest",
)
def search_manifest(
    asked: Annotated[SearchParameters, Query()],
    searcher: TheSearcher,
    addresses: TheAddresses,
    request: Request,
) -> Manifest:
    """Put the hits of a search onto canvases, best first, for viewers such as Mirador."""
    with blame("q", QueryError, WordError):
        answer = searcher.ask(asked.question)
    address = f"{addresses.base}{request.url.path}?{request.url.query}"
    return answer_manifest(answer.hits, answer.query.text, understood(answer.query), address, addresses)


@router.get("/v1/facets", summary="Count styles, artists and genres")
def facets(asked: Annotated[FilterParameters, Query()], searcher: TheSearcher) -> FacetsAnswerSchema:
    """Count the paintings of each style, artist and genre under some filters, most frequent first."""
    return FacetsAnswerSchema.of(searcher.facets(asked.where), searcher.release)


def _answer(asked: SearchParameters, searcher: Searcher) -> SearchSchema:
    with blame("q", QueryError, WordError):
        return SearchSchema.of(searcher.ask(asked.question))


def _answer_or_problem(given: object, searcher: Searcher) -> SearchSchema | ProblemSchema:
    """An answer, or what the asker can mend; raises what the server has to."""
    try:
        return _answer(SearchParameters.model_validate(given), searcher)
    except ValidationError as error:
        return invalid(error.errors())
    except MoodseumError as error:
        if is_ours(error):
            raise
        return refused(error)
