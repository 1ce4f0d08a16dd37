"""The one schema of `--json` and of HTTP."""

from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from indexer.painting import Painting
from indexer.store.base import Filter
from search_api.answer import Answer, ScoreAnswer, ScoredHit
from search_api.limits import MOST_HITS, TOP_K
from search_api.query import Query

COHERENCE = (
    "Chance in [0, 1] that a viewer would name this emotion for this painting, calibrated on the votes that "
    "the model was trained with; for a word without votes it is an estimate."
)
PERCENTILE = (
    "Where the similarity stands among a fixed bank of reference paintings, in [0, 100]: 97 means that it is "
    "closer to the word than 97 percent of them; those just as close count half."
)
SIMILARITY = (
    "Cosine in [-1, 1] between painting and word in the model's space. It ranks hits within one answer; its "
    "size means nothing across words or models."
)


def _unused(value: object) -> bool:
    return value is None


class Schema(BaseModel):
    """Immutable, and made from the objects inside by their attributes."""

    model_config = ConfigDict(frozen=True, from_attributes=True)


class SearchParameters(BaseModel):
    """What a search may be asked with; an unknown parameter is refused rather than overlooked."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    q: str = Field(description="What to look for, in plain words: 'melancholy Impressionist paintings'.")
    style: list[str] = Field(
        default=[], description="Only these styles, besides those in the text; may be repeated."
    )
    artist: list[str] = Field(
        default=[],
        description="Only these artists, by name or surname, besides those in the text; may be repeated.",
    )
    genre: list[str] = Field(
        default=[], description="Only these genres, besides those in the text; may be repeated."
    )
    year_from: int | None = Field(default=None, description="Only works of this year or later.")
    year_to: int | None = Field(default=None, description="Only works of this year or earlier.")
    top_k: int = Field(default=TOP_K, ge=1, le=MOST_HITS, description="How many paintings at most.")
    fold: bool = Field(
        default=False, description="Of paintings that look all but the same, show only the nearest."
    )

    @property
    def where(self) -> Filter:
        return Filter(tuple(self.style), tuple(self.artist), tuple(self.genre), self.year_from, self.year_to)


class EmotionSchema(Schema):
    """A feeling that was asked for."""

    word: str
    weight: float


class FilterSchema(Schema):
    """Which paintings could answer; a field that filters nothing is absent."""

    style: tuple[str, ...] | None = Field(default=None, exclude_if=_unused)
    artist: tuple[str, ...] | None = Field(default=None, exclude_if=_unused)
    genre: tuple[str, ...] | None = Field(default=None, exclude_if=_unused)
    year_from: int | None = Field(default=None, exclude_if=_unused, description="First year, inclusive.")
    year_to: int | None = Field(default=None, exclude_if=_unused, description="Last year, inclusive.")


class QuerySchema(Schema):
    """How the text was understood; every word of it is in one of these."""

    text: str
    emotions: tuple[EmotionSchema, ...]
    filters: FilterSchema
    ignored: tuple[str, ...] = Field(description="Words that name neither a feeling nor a filter.")

    @classmethod
    def of(cls, query: Query) -> "QuerySchema":
        where = query.where
        return cls(
            text=query.text,
            emotions=tuple(EmotionSchema.model_validate(emotion) for emotion in query.emotions),
            filters=FilterSchema(
                style=where.style or None,
                artist=where.artist or None,
                genre=where.genre or None,
                year_from=where.year_from,
                year_to=where.year_to,
            ),
            ignored=query.ignored,
        )


class ReleaseSchema(Schema):
    """The model and the build that answered."""

    model: str
    space_id: str = Field(description="Similarities may be compared only under one space_id.")
    build: str


class WorkSchema(Schema):
    """What every answer tells of a painting."""

    id: str
    title: str
    artist: str | None
    style: str | None
    genre: str | None
    year: int | None
    path: Annotated[str, BeforeValidator(str)]


class HitSchema(WorkSchema):
    """One painting of an answer."""

    coherence: float = Field(description=COHERENCE, ge=0, le=1)
    percentile: float = Field(description=PERCENTILE, ge=0, le=100)
    similarity: float = Field(description=SIMILARITY)

    @classmethod
    def of(cls, hit: ScoredHit) -> "HitSchema":
        return cls(
            **dict(WorkSchema.model_validate(hit.painting)),
            coherence=hit.coherence,
            percentile=hit.percentile,
            similarity=hit.similarity,
        )


class SearchSchema(Schema):
    """The answer to a search: hits are sorted by similarity, best first, and may be none."""

    query: QuerySchema
    release: ReleaseSchema
    hits: tuple[HitSchema, ...]

    @classmethod
    def of(cls, answer: Answer) -> "SearchSchema":
        return cls(
            query=QuerySchema.of(answer.query),
            release=ReleaseSchema.model_validate(answer.release),
            hits=tuple(HitSchema.of(hit) for hit in answer.hits),
        )


class EmotionScoreSchema(Schema):
    """An image against one emotion."""

    emotion: str
    coherence: float = Field(description=COHERENCE, ge=0, le=1)
    percentile: float = Field(description=PERCENTILE, ge=0, le=100)
    similarity: float = Field(description=SIMILARITY)
    seen: bool = Field(description="Whether the model was trained on votes for this very word.")


class ScoreSchema(Schema):
    """An image against the emotions asked for, in the order asked."""

    image: str
    scores: tuple[EmotionScoreSchema, ...]

    @classmethod
    def of(cls, answer: ScoreAnswer) -> "ScoreSchema":
        return cls.model_validate(answer)


class PaintingSchema(WorkSchema):
    """All that the index knows of one painting."""

    rights: str | None
    source: str | None
    image: str = Field(description="Where the picture can be had, relative to this server.")

    @classmethod
    def of(cls, painting: Painting, image: str) -> "PaintingSchema":
        return cls(
            **dict(WorkSchema.model_validate(painting)),
            rights=painting.rights,
            source=painting.source,
            image=image,
        )


class ProblemSchema(Schema):
    """What went wrong, as RFC 9457 describes it."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str = Field(description="One sentence with the value and the remedy.")


class LiveSchema(Schema):
    """The process answers."""

    status: str = "live"


class ReadySchema(Schema):
    """A release is served."""

    status: str = "ready"
    release: ReleaseSchema
