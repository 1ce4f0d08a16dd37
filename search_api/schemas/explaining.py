"""Schema of why a painting answers to a word."""

from typing import Literal, Self

from pydantic import Field

from encoders.why.regions import Regions
from search_api.answer import ReleaseName
from search_api.relating.explanation import Explanation, NearUtterance
from search_api.schemas.base import COHERENCE, PERCENTILE, SIMILARITY, Schema
from search_api.schemas.works import ReleaseSchema


class RegionsSchema(Schema):
    """What each region carries of the similarity; above 0 it speaks for the word, below 0 against it."""

    grid: tuple[tuple[float, ...], ...] = Field(description="Rows from the top, in each from the left.")
    box: tuple[float, float, float, float] = Field(
        description="Left, top, right and bottom of the grid, as shares of the picture's width and height."
    )
    method: Literal["hiding", "gradients"] = Field(
        description="Measured with each region hidden, or estimated from gradients."
    )

    @classmethod
    def of(cls, regions: Regions) -> Self:
        """Write the grid as rows."""
        return cls(grid=tuple(map(tuple, regions.grid.tolist())), box=regions.box, method=regions.method)


class ContributionSchema(Schema):
    """What features that speak of one thing add to the similarity of an ordinary painting."""

    group: str | None = Field(description="colour, light, texture or composition; null for all else.")
    said: str
    value: float | None = Field(description="In [-1, 1], where an ordinary painting has 0.")
    similarity: float


class NearUtteranceSchema(Schema):
    """What a viewer said, and the cosine of that to the word."""

    emotion: str
    text: str
    similarity: float

    @classmethod
    def of(cls, near: NearUtterance) -> Self:
        """Put all on one level."""
        said = near.utterance
        return cls(emotion=said.emotion, text=said.text, similarity=near.similarity)


class ExplanationSchema(Schema):
    """Why a painting answers to a word as it does, and who says so."""

    word: str
    coherence: float = Field(description=COHERENCE)
    percentile: float = Field(description=PERCENTILE)
    similarity: float = Field(description=SIMILARITY)
    usual: float | None = Field(
        description="The similarity of an ordinary painting; the contributions lead from it to this one's. "
        "Null where the model has no features with names."
    )
    regions: RegionsSchema
    contributions: tuple[ContributionSchema, ...] = Field(description="Strongest first.")
    utterances: tuple[NearUtteranceSchema, ...] = Field(description="Nearest first.")
    release: ReleaseSchema

    @classmethod
    def of(cls, explanation: Explanation, release: ReleaseName) -> Self:
        return cls(
            word=explanation.word,
            coherence=explanation.coherence,
            percentile=explanation.percentile,
            similarity=explanation.similarity,
            usual=explanation.usual,
            regions=RegionsSchema.of(explanation.regions),
            contributions=tuple(map(ContributionSchema.model_validate, explanation.contributions)),
            utterances=tuple(map(NearUtteranceSchema.of, explanation.utterances)),
            release=ReleaseSchema.model_validate(release),
        )
