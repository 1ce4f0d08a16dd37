"""Schemas of pictures against words, and of the vocabulary."""

from collections.abc import Iterable
from typing import Self

from pydantic import Field

from encoders.words.emotions import Emotion, Valence
from search_api.answer import ReleaseName, ScoreAnswer
from search_api.relating.mixture import Family, Mixture
from search_api.schemas.base import COHERENCE, PERCENTILE, SIMILARITY, Schema, is_none
from search_api.schemas.works import ReleaseSchema


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
    release: ReleaseSchema | None = Field(
        default=None, exclude_if=is_none, description="Absent where no index was asked."
    )

    @classmethod
    def of(cls, answer: ScoreAnswer, release: ReleaseName | None = None) -> Self:
        scores = tuple(map(EmotionScoreSchema.model_validate, answer.scores))
        named = ReleaseSchema.model_validate(release) if release else None
        return cls(image=answer.image, scores=scores, release=named)


class FamilySchema(Schema):
    """Kindred words of the mixture, the strongest first."""

    name: str
    valence: Valence
    emotions: tuple[str, ...]

    @classmethod
    def of(cls, family: Family) -> Self:
        emotions = tuple(score.emotion for score in family.scores)
        return cls(name=family.name, valence=family.valence, emotions=emotions)


class ShareSchema(Schema):
    """One of ArtEmis' eight emotions, and its share of all eight."""

    emotion: str
    share: float = Field(ge=0, le=1)


class VoteShareSchema(Schema):
    """How many viewers named an emotion, and what share that is; the interval is the 90 % one of Wilson."""

    emotion: str
    count: int
    share: float = Field(ge=0, le=1)
    low: float
    high: float


class SpreadSchema(Schema):
    """What viewers said, most frequent first."""

    viewers: int
    shares: tuple[VoteShareSchema, ...]


class MixtureSchema(Schema):
    """What each of many words has to do with a picture, from the first in rank on."""

    id: str | None = Field(description="The painting's; null for an uploaded picture.")
    name: str
    release: ReleaseSchema
    scores: tuple[EmotionScoreSchema, ...] = Field(
        description="From the first in rank on; of the vocabulary, words without votes in training whose "
        "valence the picture speaks against stand behind all others."
    )
    families: tuple[FamilySchema, ...] = Field(description="In the order of their strongest words.")
    balance: float | None = Field(
        description="From -1, all negative, to 1, all positive; null without words of either kind."
    )
    shares: tuple[ShareSchema, ...] = Field(
        description="Of viewers who name one of ArtEmis' eight, how many name which; empty unless all eight "
        "were asked for and learned."
    )
    viewers: SpreadSchema | None = Field(description="What viewers of the painting said, where known.")

    @classmethod
    def of(cls, mixture: Mixture, release: ReleaseName) -> Self:
        return cls(
            id=mixture.painting.id if mixture.painting else None,
            name=mixture.name,
            release=ReleaseSchema.model_validate(release),
            scores=tuple(map(EmotionScoreSchema.model_validate, mixture.scores)),
            families=tuple(map(FamilySchema.of, mixture.families)),
            balance=mixture.balance,
            shares=tuple(map(ShareSchema.model_validate, mixture.shares)),
            viewers=SpreadSchema.model_validate(mixture.viewers) if mixture.viewers else None,
        )


class VocabularyWordSchema(Schema):
    """One emotion: a noun, and what is known of it."""

    word: str
    family: str = Field(description="The first word of its family.")
    valence: Valence
    synonyms: tuple[str, ...] = Field(description="Other texts for it, nouns before adjectives.")
    opposites: tuple[str, ...]
    sources: tuple[str, ...] = Field(description="The works that list it, or 'curated'.")
    seen: bool = Field(description="Whether the model was trained on votes for it.")


class VocabularySchema(Schema):
    """Every emotion that Moodseum knows of; any other word can be asked for as well."""

    release: ReleaseSchema
    emotions: tuple[VocabularyWordSchema, ...]

    @classmethod
    def of(cls, emotions: Iterable[tuple[Emotion, bool]], release: ReleaseName) -> Self:
        """Each emotion comes with whether the model has seen it."""
        return cls(
            release=ReleaseSchema.model_validate(release),
            emotions=tuple(
                VocabularyWordSchema(
                    word=emotion.word,
                    family=emotion.family,
                    valence=emotion.valence,
                    synonyms=emotion.synonyms,
                    opposites=emotion.opposites,
                    sources=emotion.sources,
                    seen=seen,
                )
                for emotion, seen in emotions
            ),
        )
