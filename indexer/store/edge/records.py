"""Points, filters and queries in the words of the embedded engine."""

from collections.abc import Iterable, Sequence
from typing import cast

import numpy as np
import qdrant_edge as qdrant

from encoders.vectors import Vector
from indexer.painting import may_be_id
from indexer.points import Payload, duplicate_of, fingerprint_of, to_painting, to_payload
from indexer.store.base import FACET_FIELDS, FacetField, Filter, Hit, Point, Space

Condition = qdrant.FieldCondition | qdrant.HasIdCondition


def to_record(point: Point) -> qdrant.Point:
    """What is kept of a point."""
    vectors = {"look": point.look.tolist(), "feeling": point.feeling.tolist()}
    payload = to_payload(point.painting, point.fingerprint, point.duplicate_of)
    return qdrant.Point(point.painting.id, vectors, payload)


def to_point(record: qdrant.Record) -> Point:
    """The point of a record that came with its payload and both vectors."""
    payload = _payload(record)
    look, feeling = vector_of(record, "look"), vector_of(record, "feeling")
    return Point(to_painting(payload), look, feeling, fingerprint_of(payload), duplicate_of(payload))


def vector_of(record: qdrant.Record, space: Space) -> Vector:
    """(d,) float32 of unit length, as a record brought it."""
    vectors = cast("dict[Space, list[float]]", record.vector)
    return np.array(vectors[space], np.float32)


def to_hit(answer: qdrant.ScoredPoint, examples: int = 1) -> Hit:
    """The hit of an answer whose score is a sum over so many examples."""
    payload = _payload(answer)
    similarity = min(1.0, max(-1.0, answer.score / examples))
    return Hit(to_painting(payload), similarity, duplicate_of(payload))


def to_query(positive: Sequence[Vector], negative: Sequence[Vector], space: Space) -> qdrant.Query:
    """What asks for the sum of the cosines to the positive vectors less those to the negative ones."""
    if len(positive) == 1 and not negative:
        return qdrant.Query.Nearest(positive[0].tolist(), using=space)
    examples = qdrant.RecommendQuery(
        [each.tolist() for each in positive], [each.tolist() for each in negative]
    )
    return qdrant.Query.RecommendSumScores(examples, using=space)


def to_condition(where: Filter) -> qdrant.Filter | None:
    """The engine's filter; None lets everything through."""
    must, must_not = _required(where), _excluded(where)
    return qdrant.Filter(must=[*must], must_not=[*must_not]) if must or must_not else None


def only(ids: Sequence[str]) -> qdrant.Filter:
    """Lets through the points with these ids."""
    return qdrant.Filter(must=[qdrant.HasIdCondition(_ids(ids))])


def _required(where: Filter) -> list[Condition]:
    conditions: list[Condition] = [
        _any_of(field, values) for field in FACET_FIELDS if (values := getattr(where, field))
    ]
    if where.year_from is not None or where.year_to is not None:
        years = qdrant.RangeFloat(gte=where.year_from, lte=where.year_to)
        conditions.append(qdrant.FieldCondition("year", range=years))
    return conditions


def _excluded(where: Filter) -> list[Condition]:
    conditions: list[Condition] = [
        _any_of(field, values) for field in FACET_FIELDS if (values := getattr(where, f"without_{field}"))
    ]
    if ids := _ids(where.without_ids):
        conditions.append(qdrant.HasIdCondition(ids))
    return conditions


def _ids(given: Iterable[str]) -> "set[qdrant.PointId]":
    """Those that may be ids of points; the engine refuses others."""
    return {id_ for id_ in given if may_be_id(id_)}


def _any_of(field: FacetField, values: Sequence[str]) -> qdrant.FieldCondition:
    return qdrant.FieldCondition(field, match=qdrant.MatchAny(list(values)))


def _payload(answer: qdrant.Record | qdrant.ScoredPoint) -> Payload:
    return cast("Payload", answer.payload)
