"""Schemas of paintings beside others: neighbours, contrasts, blends."""

from typing import Self

from pydantic import Field

from indexer.store.base import Space
from search_api.answer import ReleaseName
from search_api.relating.anchors import Anchor
from search_api.relating.blending import Blend, BlendHit
from search_api.relating.contrast import Contrast, ContrastHit
from search_api.relating.liking import Liking
from search_api.relating.neighbours import Neighbour, Neighbourhood
from search_api.schemas.base import Schema
from search_api.schemas.searching import FilterSchema, RelaxationSchema
from search_api.schemas.works import ReleaseSchema, WorkSchema


class AnchorSchema(Schema):
    """What others were looked for."""

    id: str | None = Field(description="The painting's; null for an uploaded picture.")
    name: str

    @classmethod
    def of(cls, anchor: Anchor) -> Self:
        return cls(id=anchor.id, name=anchor.name)


class FoundSchema(Schema):
    """What every answer tells besides its hits."""

    release: ReleaseSchema
    filters: FilterSchema
    relaxations: tuple[RelaxationSchema, ...] = Field(
        description="Only where no painting answers: what to let go, the most rewarding first."
    )


class NeighbourSchema(WorkSchema):
    """One painting, and how like it is."""

    similarity: float = Field(
        description="How near two pictures are, in [-1, 1]; no coherence, for it says nothing of a feeling."
    )

    @classmethod
    def of(cls, neighbour: Neighbour) -> Self:
        work = WorkSchema.model_validate(neighbour.painting)
        return cls(**dict(work), similarity=neighbour.similarity)


class SimilarSchema(FoundSchema):
    """Paintings that look or feel like another, the nearest first."""

    anchor: AnchorSchema
    by: Space
    hits: tuple[NeighbourSchema, ...]

    @classmethod
    def of(cls, found: Neighbourhood, release: ReleaseName) -> Self:
        return cls(
            release=ReleaseSchema.model_validate(release),
            filters=FilterSchema.of(found.where),
            relaxations=tuple(map(RelaxationSchema.of, found.relaxations)),
            anchor=AnchorSchema.of(found.of),
            by=found.space,
            hits=tuple(map(NeighbourSchema.of, found.hits)),
        )


class MoreLikeSchema(FoundSchema):
    """Paintings like what was liked and unlike what was not, best first."""

    by: Space
    word: str | None = Field(description="The feeling gone towards, as it was read.")
    hits: tuple[NeighbourSchema, ...]

    @classmethod
    def of(cls, found: Liking, release: ReleaseName) -> Self:
        return cls(
            release=ReleaseSchema.model_validate(release),
            filters=FilterSchema.of(found.where),
            relaxations=tuple(map(RelaxationSchema.of, found.relaxations)),
            by=found.space,
            word=found.word,
            hits=tuple(map(NeighbourSchema.of, found.hits)),
        )


class ShiftSchema(Schema):
    """The coherence of one emotion for the picture asked about and for the one that contrasts."""

    emotion: str
    here: float = Field(ge=0, le=1)
    there: float = Field(ge=0, le=1)


class ContrastHitSchema(WorkSchema):
    """One painting that looks like the picture asked about."""

    look: float = Field(description="Cosine of the two looks, in [-1, 1].")
    feeling: float = Field(description="Cosine of the two feelings, in [-1, 1].")
    lean: float = Field(
        description="Cosine of the two feelings as seen from the middle of the collection: below 0 where "
        "they differ from a typical painting in opposite ways."
    )
    more: tuple[ShiftSchema, ...] = Field(description="The emotions that gain most, first the most.")
    less: tuple[ShiftSchema, ...] = Field(description="The emotions that lose most, first the most.")

    @classmethod
    def of(cls, hit: ContrastHit) -> Self:
        return cls(
            **dict(WorkSchema.model_validate(hit.painting)),
            look=hit.look,
            feeling=hit.feeling,
            lean=hit.lean,
            more=tuple(map(ShiftSchema.model_validate, hit.more)),
            less=tuple(map(ShiftSchema.model_validate, hit.less)),
        )


class ContrastSchema(FoundSchema):
    """Paintings that look alike, the most opposite feeling first."""

    anchor: AnchorSchema
    hits: tuple[ContrastHitSchema, ...]

    @classmethod
    def of(cls, found: Contrast, release: ReleaseName) -> Self:
        return cls(
            release=ReleaseSchema.model_validate(release),
            filters=FilterSchema.of(found.where),
            relaxations=tuple(map(RelaxationSchema.of, found.relaxations)),
            anchor=AnchorSchema.of(found.of),
            hits=tuple(map(ContrastHitSchema.of, found.hits)),
        )


class IngredientSchema(Schema):
    """A painting, by its title, or a word, and its weight; below 0 it is avoided."""

    name: str
    weight: float


class BlendHitSchema(WorkSchema):
    """One painting beside the blend and beside each ingredient."""

    similarity: float = Field(description="Cosine to the blend, in [-1, 1].")
    parts: tuple[float, ...] = Field(
        description="Cosines to the ingredients, in their order; those to paintings and those to words are "
        "not to be compared with each other."
    )

    @classmethod
    def of(cls, hit: BlendHit) -> Self:
        work = WorkSchema.model_validate(hit.painting)
        return cls(**dict(work), similarity=hit.similarity, parts=hit.parts)


class BlendSchema(FoundSchema):
    """The paintings nearest to a mixture of paintings and words, best first."""

    ingredients: tuple[IngredientSchema, ...]
    hits: tuple[BlendHitSchema, ...]

    @classmethod
    def of(cls, blend: Blend, release: ReleaseName) -> Self:
        return cls(
            release=ReleaseSchema.model_validate(release),
            filters=FilterSchema.of(blend.where),
            relaxations=tuple(map(RelaxationSchema.of, blend.relaxations)),
            ingredients=tuple(map(IngredientSchema.model_validate, blend.ingredients)),
            hits=tuple(map(BlendHitSchema.of, blend.hits)),
        )
