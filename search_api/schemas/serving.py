"""Schemas of what is served, and whether it is."""

from pathlib import Path
from typing import Self

from pydantic import Field

from search_api.about import About
from search_api.schemas.base import Schema
from search_api.schemas.works import ReleaseSchema


class BuildSchema(Schema):
    """The finished index that answers."""

    name: str
    created: str = Field(description="An ISO 8601 time.")
    source: str = Field(description="What the folder or the table that was indexed is called.")
    paintings: int
    duplicates: int = Field(description="How many of them look all but the same as another.")
    skipped: int = Field(description="How many pictures of the source could not be read.")


class ModelSchema(Schema):
    """The model that answers, and the build that was made with it."""

    name: str
    look_id: str = Field(description="Looks may be compared only under one look_id.")
    space_id: str = Field(description="Feelings may be compared only under one space_id.")
    reading_id: str = Field(description="Scores may be compared only under one reading_id.")
    backbone: str | None = Field(description="What it sees with; null where its record is not at hand.")
    created: str | None = Field(description="An ISO 8601 time.")
    doubts: tuple[str, ...] = Field(description="Where its scores are not to be trusted, a sentence each.")
    seen: tuple[str, ...] = Field(description="The emotions of the vocabulary that it learned from votes.")
    build: BuildSchema

    @classmethod
    def of(cls, about: About) -> Self:
        identity, made, record = about.identity, about.made, about.record
        return cls(
            name=made.model,
            look_id=identity.look_id,
            space_id=identity.space_id,
            reading_id=identity.reading_id,
            backbone=_called(record.backbone) if record else None,
            created=record.created if record else None,
            doubts=record.doubts if record else (),
            seen=about.seen,
            build=BuildSchema(
                name=made.build,
                created=made.created,
                source=_called(made.source),
                paintings=about.paintings,
                duplicates=made.duplicates,
                skipped=made.skipped,
            ),
        )


def _called(reference: str) -> str:
    """A folder by its last name, for where it lies concerns nobody outside; all else as it is."""
    path = Path(reference)
    return path.name if path.is_absolute() else reference


class LiveSchema(Schema):
    """The process answers."""

    status: str = "live"


class ReadySchema(Schema):
    """A release is served."""

    status: str = "ready"
    release: ReleaseSchema
