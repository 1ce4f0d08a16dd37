"""A page for each kind of problem, at the address that problems bear as their type."""

from typing import Annotated

from fastapi import APIRouter, HTTPException, Path

from search_api.http.problem_schema import ProblemKindSchema
from search_api.http.problems import KINDS
from search_api.http.routes.common import NO_QUERY, problems

router = APIRouter(prefix="/problems", dependencies=[NO_QUERY])


@router.get("/{kind}", responses=problems(404, 422), summary="What a kind of problem means")
def problem_kind(
    kind: Annotated[str, Path(description="As problems bear it.", examples=["unknown-painting"])],
) -> ProblemKindSchema:
    """Tell what is the same whenever this happens."""
    if kind not in KINDS:
        raise HTTPException(404)
    return ProblemKindSchema.of(KINDS[kind])
