"""Paintings placed by hand: a title, where its look points in a plane, and its feeling."""

from pathlib import Path

import numpy as np
import numpy.typing as npt

from encoders.vectors import Vector, unit
from indexer.painting import Painting
from indexer.store.base import Point
from indexer.store.memory import MemoryStore


def direction(degrees: float) -> Vector:
    """In the plane; two of them are as similar as the cosine of the angle between them."""
    angle = np.radians(degrees)
    return np.array([np.cos(angle), np.sin(angle)], np.float32)


def placed(
    title: str,
    look: float = 0,
    feeling: npt.ArrayLike = (1, 0),
    style: str | None = None,
    like: str | None = None,
) -> Point:
    """`look` in degrees; the feeling is scaled to unit length; `like` is the title of a near-duplicate."""
    twin = None if like is None else painting(like).id
    return Point(painting(title, style), direction(look), unit(feeling), "", twin)


def painting(title: str, style: str | None = None) -> Painting:
    return Painting(title, Path(title), title, style=style)


def hung(*points: Point) -> MemoryStore:
    """A store that has them."""
    store = MemoryStore(len(points[0].look), len(points[0].feeling))
    store.upsert(points)
    return store
