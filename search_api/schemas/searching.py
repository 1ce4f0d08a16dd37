"""Schemas of a search and its answer."""

from typing import Self

from pydantic import AliasGenerator, AliasPath, ConfigDict, Field

from indexer.store.base import FacetField, Filter
from search_api.answer import Answer, Facets, Match, Relaxation, ReleaseName, ScoredHit
from search_api.answering.diversity import CANDIDATES, CANDIDATES_PER_HIT
from search_api.answering.ranking import DEEPEST
from search_api.parsing.query import Query
from search_api.parsing.writing import write
from search_api.schemas.base import COHERENCE, PERCENTILE, SIMILARITY, Schema, is_none
from search_api.schemas.works import ReleaseSchema, WorkSchema

Values = tuple[str, ...] | None


class EmotionSchema(Schema):
    """A feeling that was asked for, or with a weight below 0 is to be avoided."""

    word: str
    weight: float = Field(
        description="1 where nothing more is said. Several feelings count beside each other; one that is "
        "asked for alone is to be slight where it weighs less than 1, and takes more where it weighs more."
    )


class FilterSchema(Schema):
    """Which paintings could answer; a field that filters nothing is absent."""

    style: Values = Field(default=None, exclude_if=is_none)
    artist: Values = Field(default=None, exclude_if=is_none)
    genre: Values = Field(default=None, exclude_if=is_none)
    without_style: Values = Field(default=None, exclude_if=is_none)
    without_artist: Values = Field(default=None, exclude_if=is_none)
    without_genre: Values = Field(default=None, exclude_if=is_none)
    year_from: int | None = Field(default=None, exclude_if=is_none, description="First year, inclusive.")
    year_to: int | None = Field(default=None, exclude_if=is_none, description="Last year, inclusive.")

    @classmethod
    def of(cls, where: Filter) -> Self:
        return cls(**{name: getattr(where, name) or None for name in cls.model_fields})


class RespellingSchema(Schema):
    """A misspelt word, and the feeling that it was read as."""

    typed: str
    read: str


class LackingSchema(Schema):
    """A style, an artist or a genre that was asked for and that no painting of the index has."""

    field: FacetField
    name: str


class QuerySchema(Schema):
    """How the text was understood."""

    text: str
    emotions: tuple[EmotionSchema, ...]
    filters: FilterSchema
    ignored: tuple[str, ...] = Field(
        description="Words that change nothing: they name neither a feeling nor what the index has."
    )
    lacking: tuple[LackingSchema, ...] = Field(
        description="What was asked for and the index lacks; in quotes it is searched for as a feeling."
    )
    respelt: tuple[RespellingSchema, ...] = Field(
        description="Words that were taken for misspelt feelings; in quotes they are left as they are."
    )
    written: str = Field(
        description="The same question with nothing left to be guessed; corrected, it may be sent as `q`.",
        examples=['feeling:"calm" -feeling:"sad" style:"Cubism" year:1880-1900'],
    )

    @classmethod
    def of(cls, query: Query) -> Self:
        return cls.model_validate(
            {
                "text": query.text,
                "emotions": query.emotions,
                "filters": FilterSchema.of(query.where),
                "ignored": query.ignored,
                "lacking": query.lacking,
                "respelt": query.respelt,
                "written": write(query.emotions, query.where),
            }
        )


class WordMatchSchema(Schema):
    """How surely a word of the text names a feeling."""

    word: str
    match: Match


class PartScoreSchema(Schema):
    """A painting and one of the feelings, by itself."""

    word: str
    weight: float
    coherence: float = Field(description=COHERENCE, ge=0, le=1)
    percentile: float = Field(description=PERCENTILE, ge=0, le=100)
    similarity: float = Field(description=SIMILARITY)


def _place(name: str) -> str | AliasPath:
    """Where a field of a hit is found: what every work tells lies with its painting."""
    return AliasPath("painting", name) if name in WorkSchema.model_fields else name


class HitSchema(WorkSchema):
    """One painting of an answer; of several feelings, or one in a degree, the numbers tell of the whole."""

    model_config = ConfigDict(alias_generator=AliasGenerator(validation_alias=_place), validate_by_name=True)

    coherence: float = Field(description=COHERENCE, ge=0, le=1)
    percentile: float = Field(description=PERCENTILE, ge=0, le=100)
    percentile_in_style: float | None = Field(
        description="The place among paintings of its own style, in [0, 100]; null where those are too few.",
        ge=0,
        le=100,
    )
    similarity: float = Field(description=SIMILARITY)
    parts: tuple[PartScoreSchema, ...] = Field(description="In the order of the query's emotions.")
    duplicate_of: str | None = Field(
        description="The id of the first painting that looks all but the same, where there is one before it."
    )

    @classmethod
    def of(cls, hit: ScoredHit) -> Self:
        return cls.model_validate(hit)


class RelaxationSchema(Schema):
    """What asking for less would give."""

    dropped: tuple[str, ...] = Field(
        description="What to let go, by the names of its parameters; `years` is both ends of them."
    )
    filters: FilterSchema = Field(description="What remains of them.")
    paintings: int = Field(description="How many would pass.")

    @classmethod
    def of(cls, relaxation: Relaxation) -> Self:
        return cls(
            dropped=relaxation.dropped,
            filters=FilterSchema.of(relaxation.where),
            paintings=relaxation.paintings,
        )


class FacetCountSchema(Schema):
    """How many of the paintings that may answer have this value."""

    value: str
    paintings: int


class FacetsSchema(Schema):
    """Counts under the filters, most frequent first."""

    style: tuple[FacetCountSchema, ...]
    artist: tuple[FacetCountSchema, ...]
    genre: tuple[FacetCountSchema, ...]


class FacetsAnswerSchema(FacetsSchema):
    """Counts under the filters, and who counted."""

    release: ReleaseSchema

    @classmethod
    def of(cls, facets: Facets, release: ReleaseName) -> Self:
        return cls(**dict(FacetsSchema.model_validate(facets)), release=ReleaseSchema.model_validate(release))


class SearchSchema(Schema):
    """The answer to a search: hits come best first, and may be none."""

    query: QuerySchema
    release: ReleaseSchema
    match: Match = Field(
        description="Whether to believe the hits: none where there are none, where the text names no "
        "feeling, or where the best of them is no better than chance."
    )
    words: tuple[WordMatchSchema, ...]
    candidates: int = Field(description="How many paintings pass the filters, whatever they evoke.")
    hits: tuple[HitSchema, ...]
    relaxations: tuple[RelaxationSchema, ...] = Field(
        description="Only where no painting answers: what to let go, the most rewarding first."
    )
    facets: FacetsSchema | None = Field(description="Only where asked for.")
    next: str | None = Field(
        description="The cursor of the next page; null after the last. An answer ends after "
        f"{DEEPEST:,} paintings; one with `diversity` after {CANDIDATES}, or {CANDIDATES_PER_HIT} times "
        "`top_k`."
    )

    @classmethod
    def of(cls, answer: Answer) -> Self:
        return cls.model_validate(
            {
                "query": QuerySchema.of(answer.query),
                "release": answer.release,
                "match": answer.match,
                "words": answer.words,
                "candidates": answer.candidates,
                "hits": answer.hits,
                "relaxations": tuple(map(RelaxationSchema.of, answer.relaxations)),
                "facets": answer.facets,
                "next": answer.next,
            }
        )
