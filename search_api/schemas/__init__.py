"""The one set of schemas of `--json` and of HTTP."""

from search_api.schemas.base import COHERENCE, PERCENTILE, SIMILARITY, Schema
from search_api.schemas.emotions import MixtureSchema, ScoreSchema
from search_api.schemas.relations import BlendSchema, ContrastSchema, MoreLikeSchema, SimilarSchema
from search_api.schemas.searching import FacetsAnswerSchema, SearchSchema

__all__ = [
    "COHERENCE",
    "PERCENTILE",
    "SIMILARITY",
    "BlendSchema",
    "ContrastSchema",
    "FacetsAnswerSchema",
    "MixtureSchema",
    "MoreLikeSchema",
    "Schema",
    "ScoreSchema",
    "SearchSchema",
    "SimilarSchema",
]
