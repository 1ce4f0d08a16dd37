"""Schemas of paintings, and of who answers."""

from typing import Annotated

from pydantic import BeforeValidator, Field, JsonValue, computed_field

from search_api.schemas.base import Schema


class ReleaseSchema(Schema):
    """The model and the build that answered."""

    model: str
    space_id: str = Field(description="Similarities may be compared only under one space_id.")
    build: str


class WorkSchema(Schema):
    """What every answer tells of a painting; where its file lies is told `on_this_machine` only."""

    id: str = Field(examples=["5b0c7c3e-2a41-5f0a-9c55-0d5b8a3c8f10"])
    title: str
    artist: str | None
    style: str | None
    genre: str | None
    year: int | None
    path: Annotated[str, BeforeValidator(str)] = Field(exclude=True)

    @computed_field(description="Where the picture can be had, relative to this server.")
    def image(self) -> str:
        return f"/v1/paintings/{self.id}/image"

    @computed_field(description="Where its IIIF manifest can be had, relative to this server.")
    def manifest(self) -> str:
        return f"/v1/paintings/{self.id}/manifest.json"


class PaintingSchema(WorkSchema):
    """All that the index knows of one painting."""

    rights: str | None
    source: str | None


def on_this_machine(schema: Schema) -> dict[str, JsonValue]:
    """What those are told who can open files here: of each painting its path in place of addresses."""
    told: dict[str, JsonValue] = schema.model_dump(mode="json", exclude_computed_fields=True)
    if isinstance(schema, WorkSchema):
        told["path"] = schema.path
    hits: tuple[Schema, ...] = getattr(schema, "hits", ())
    if hits:
        told["hits"] = [on_this_machine(hit) for hit in hits]
    return told
