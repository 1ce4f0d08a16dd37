"""Points, filters and queries in the words of a Qdrant server."""

from collections.abc import Sequence
from typing import cast

import numpy as np
from qdrant_client import models

from encoders.vectors import Vector
from indexer.painting import may_be_id
from indexer.points import Payload, duplicate_of, fingerprint_of, to_painting, to_payload
from indexer.store.base import FACET_FIELDS, FacetField, Filter, Hit, Point, Space

Answer = models.Record | models.ScoredPoint


def to_record(point: Point) -> models.PointStruct:
    """What is sent to be kept of a point."""
    return models.PointStruct(
        id=point.painting.id,
        vector={"look": point.look.tolist(), "feeling": point.feeling.tolist()},
        payload=to_payload(point.painting, point.fingerprint, point.duplicate_of),
    )


def to_point(record: models.Record) -> Point:
    """The point of a record that came with its payload and both vectors."""
    payload = _payload(record)
    look, feeling = vector_of(record, "look"), vector_of(record, "feeling")
    return Point(to_painting(payload), look, feeling, fingerprint_of(payload), duplicate_of(payload))


def to_hit(answer: models.ScoredPoint, similarity: float) -> Hit:
    """The hit of an answer that came with its payload."""
    payload = _payload(answer)
    return Hit(to_painting(payload), similarity, duplicate_of(payload))


def to_condition(where: Filter) -> models.Filter | None:
    """The server's filter; None lets everything through."""
    must, must_not = _required(where), _excluded(where)
    return models.Filter(must=must or None, must_not=must_not or None) if must or must_not else None


def to_query(
    positive: Sequence[Vector], negative: Sequence[Vector]
) -> models.NearestQuery | models.RecommendQuery:
    """What asks for the sum of the cosines to the positive vectors less those to the negative ones."""
    if len(positive) == 1 and not negative:
        return models.NearestQuery(nearest=positive[0].tolist())
    examples = models.RecommendInput(
        positive=[each.tolist() for each in positive],
        negative=[each.tolist() for each in negative],
        strategy=models.RecommendStrategy.SUM_SCORES,
    )
    return models.RecommendQuery(recommend=examples)


def vector_of(answer: Answer, space: Space) -> Vector:
    """(d,) float32 of unit length, as an answer brought it."""
    vectors = cast("dict[Space, list[float]]", answer.vector)
    return np.array(vectors[space], np.float32)


def _required(where: Filter) -> list[models.Condition]:
    conditions: list[models.Condition] = [
        _any_of(field, values) for field in FACET_FIELDS if (values := getattr(where, field))
    ]
    if where.year_from is not None or where.year_to is not None:
        years = models.Range(gte=where.year_from, lte=where.year_to)
        conditions.append(models.FieldCondition(key="year", range=years))
    return conditions


def _excluded(where: Filter) -> list[models.Condition]:
    conditions: list[models.Condition] = [
        _any_of(field, values) for field in FACET_FIELDS if (values := getattr(where, f"without_{field}"))
    ]
    if ids := [id_ for id_ in where.without_ids if may_be_id(id_)]:
        conditions.append(models.HasIdCondition(has_id=list(ids)))
    return conditions


def _any_of(field: FacetField, values: Sequence[str]) -> models.FieldCondition:
    return models.FieldCondition(key=field, match=models.MatchAny(any=list(values)))


def _payload(answer: Answer) -> Payload:
    return cast("Payload", answer.payload)
