"""Schemas of paintings, and of who answers."""

from typing import Annotated, Self

from pydantic import BeforeValidator, Field

from indexer.painting import Painting
from search_api.schemas.base import Schema


class ReleaseSchema(Schema):
    """The model and the build that answered."""

    model: str
    space_id: str = Field(description="Similarities may be compared only under one space_id.")
    build: str


class WorkSchema(Schema):
    """What every answer tells of a painting."""

    id: str = Field(examples=["5b0c7c3e-2a41-5f0a-9c55-0d5b8a3c8f10"])
    title: str
    artist: str | None
    style: str | None
    genre: str | None
    year: int | None
    path: Annotated[str, BeforeValidator(str)]


class PaintingSchema(WorkSchema):
    """All that the index knows of one painting."""

    rights: str | None
    source: str | None
    image: str = Field(description="Where the picture can be had, relative to this server.")
    manifest: str = Field(description="Where its IIIF manifest can be had, relative to this server.")

    @classmethod
    def of(cls, painting: Painting, image: str, manifest: str) -> Self:
        return cls(
            **dict(WorkSchema.model_validate(painting)),
            rights=painting.rights,
            source=painting.source,
            image=image,
            manifest=manifest,
        )
