"""What may be asked over HTTP; an unknown parameter is refused rather than overlooked."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from indexer.store.base import Filter, Space
from search_api.answering.question import Question
from search_api.limits import CONTRAST_POOL, EARLIEST, LATEST, MOST_HITS, TOP_K
from search_api.pictures import LARGEST, SMALLEST
from search_api.relating.mixture import Rank

Year = Annotated[int, Field(ge=EARLIEST, le=LATEST)]
BY = "Whether paintings are compared by what they look like or by the feeling they evoke."
RANK = "Rank words by their coherence, or by what is more in this picture than in others."


def _values(what: str) -> list[str]:
    """A filter that may be repeated."""
    values: list[str] = Field(default=[], description=f"{what}; may be repeated.")
    return values


class Parameters(BaseModel):
    """None at all."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class FilterParameters(Parameters):
    """Which paintings may answer."""

    style: list[str] = _values("Only these styles, besides those that a text asks for")
    artist: list[str] = _values("Only these artists, by name or surname, besides those that a text asks for")
    genre: list[str] = _values("Only these genres, besides those that a text asks for")
    without_style: list[str] = _values("None of these styles")
    without_artist: list[str] = _values("None of these artists")
    without_genre: list[str] = _values("None of these genres")
    year_from: Year | None = Field(default=None, description="Only works of this year or later.")
    year_to: Year | None = Field(default=None, description="Only works of this year or earlier.")

    @property
    def where(self) -> Filter:
        return Filter(
            style=tuple(self.style),
            artist=tuple(self.artist),
            genre=tuple(self.genre),
            year_from=self.year_from,
            year_to=self.year_to,
            without_style=tuple(self.without_style),
            without_artist=tuple(self.without_artist),
            without_genre=tuple(self.without_genre),
        )


class RankedParameters(FilterParameters):
    """How many of the paintings that may answer are wanted."""

    top_k: int = Field(default=TOP_K, ge=1, le=MOST_HITS, description="How many paintings at most.")
    fold: bool = Field(
        default=False, description="Of paintings that look all but the same, show only the nearest."
    )


class SearchParameters(RankedParameters):
    """What a search may be asked with."""

    q: str = Field(
        description="What to look for, in plain words.",
        examples=["melancholy Impressionist paintings", "calm but not sad", "the calm after a storm"],
    )
    min_coherence: float = Field(default=0.0, ge=0, le=1, description="What is below does not answer.")
    per_artist: int | None = Field(default=None, ge=1, description="So many works of one artist at most.")
    diversity: float = Field(
        default=0.0, ge=0, le=1, description="How much hits are to differ in look, at the cost of coherence."
    )
    facets: bool = Field(default=False, description="Whether to count styles, artists and genres, too.")
    cursor: str | None = Field(
        default=None, description="The `next` of the page before; all else must be as it was there."
    )

    @property
    def question(self) -> Question:
        return Question(
            text=self.q,
            where=self.where,
            top_k=self.top_k,
            fold=self.fold,
            min_coherence=self.min_coherence,
            per_artist=self.per_artist,
            diversity=self.diversity,
            facets=self.facets,
            cursor=self.cursor,
        )


class SimilarParameters(RankedParameters):
    """What neighbours are wanted."""

    by: Space = Field(default="look", description=BY)


class ContrastParameters(RankedParameters):
    """What contrasts are wanted."""

    pool: int = Field(
        default=CONTRAST_POOL,
        ge=1,
        le=MOST_HITS,
        description="Among how many of the nearest by look contrasts are looked for.",
    )


class BlendParameters(RankedParameters):
    """What is mixed."""

    painting: list[str] = Field(
        default=[], description="The id of a painting, with a weight behind a colon; may be repeated."
    )
    word: list[str] = Field(
        default=[],
        description="An emotion word or phrase, with a weight behind a colon; below 0 it is avoided. "
        "May be repeated.",
        examples=[["serenity", "fear:-0.5"]],
    )


class MoreLikeParameters(RankedParameters):
    """What was liked and what was not."""

    liked: list[str] = Field(default=[], description="The id of a painting to go towards; may be repeated.")
    disliked: list[str] = Field(
        default=[], description="The id of a painting to go away from; may be repeated."
    )
    word: str | None = Field(default=None, description="A feeling to go towards.", examples=["serenity"])
    by: Space = Field(default="feeling", description=BY)


class EmotionsParameters(Parameters):
    """Which words a picture is held against."""

    word: list[str] = Field(
        default=[], description="An emotion word or phrase instead of the vocabulary; may be repeated."
    )
    rank: Rank = Field(default="coherence", description=RANK)


class ExplainParameters(Parameters):
    """What is to be explained."""

    word: str = Field(description="An emotion word or phrase.", examples=["melancholy"])
    exact: bool = Field(
        default=False, description="Measure each region, even where the model can estimate them."
    )


class ImageParameters(Parameters):
    """How large a picture is wanted."""

    size: int | None = Field(default=None, ge=SMALLEST, le=LARGEST, description="Longest side in pixels.")
