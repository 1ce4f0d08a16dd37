"""Schema of why a painting answers to a word."""

from typing import Self

from search_api.answer import ReleaseName
from search_api.explaining.explanation import Explanation
from search_api.explaining.schema import ExplanationSchema
from search_api.schemas.works import ReleaseSchema


class WhySchema(ExplanationSchema):
    """An explanation, and who gives it."""

    release: ReleaseSchema

    @classmethod
    def by(cls, explanation: Explanation, release: ReleaseName) -> Self:
        explained = ExplanationSchema.of(explanation)
        return cls(**dict(explained), release=ReleaseSchema.model_validate(release))
