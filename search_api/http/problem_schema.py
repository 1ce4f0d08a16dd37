"""Schemas of what goes wrong."""

from typing import Self

from pydantic import Field

from search_api.http.problems import Kind
from search_api.schemas.base import Schema, is_none


class ProblemSchema(Schema):
    """What went wrong, as RFC 9457 describes it."""

    type: str = Field(description="The kind of problem; a page of this server tells of it.")
    title: str
    status: int
    detail: str = Field(description="One sentence with the value and the remedy.")
    field: str | None = Field(description="The parameter that is to blame, where it is one.")
    errors: dict[str, str] | None = Field(
        default=None, exclude_if=is_none, description="A sentence for each field, where several are wrong."
    )

    @classmethod
    def of(
        cls, kind: Kind, detail: str, field: str | None = None, errors: dict[str, str] | None = None
    ) -> Self:
        return cls(
            type=kind.address, title=kind.title, status=kind.status, detail=detail, field=field, errors=errors
        )


class ProblemKindSchema(Schema):
    """A kind of problem, whatever brings it about."""

    type: str
    title: str
    status: int
    remedy: str

    @classmethod
    def of(cls, kind: Kind) -> Self:
        return cls(type=kind.address, title=kind.title, status=kind.status, remedy=kind.remedy)
