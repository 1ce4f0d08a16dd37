"""Points and filters in the words of a Qdrant server."""

import uuid
from typing import cast

import numpy as np
from qdrant_client import models

from encoders.vectors import Vector
from indexer.points import Payload, duplicate_of, fingerprint_of, to_painting, to_payload
from indexer.store.base import FacetField, Filter, Hit, Point, Space

KEYWORDS: tuple[FacetField, ...] = ("style", "artist", "genre")

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
    conditions: list[models.Condition] = [
        models.FieldCondition(key=field, match=models.MatchAny(any=list(values)))
        for field in KEYWORDS
        if (values := getattr(where, field))
    ]
    if where.year_from is not None or where.year_to is not None:
        years = models.Range(gte=where.year_from, lte=where.year_to)
        conditions.append(models.FieldCondition(key="year", range=years))
    return models.Filter(must=conditions) if conditions else None


def vector_of(answer: Answer, space: Space) -> Vector:
    """(d,) float32 of unit length, as an answer brought it."""
    vectors = cast("dict[Space, list[float]]", answer.vector)
    return np.array(vectors[space], np.float32)


def is_uuid(text: str) -> bool:
    """Whether a text could be an id at all; a server refuses others."""
    try:
        return str(uuid.UUID(text)) == text
    except ValueError:
        return False


def _payload(answer: Answer) -> Payload:
    return cast("Payload", answer.payload)
