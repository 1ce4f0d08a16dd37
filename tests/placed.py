"""Paintings placed by hand: a title, where its look points in a plane, and its feeling."""

from pathlib import Path

import numpy.typing as npt

from encoders.vectors import unit
from indexer.painting import Painting
from indexer.store.base import Point
from indexer.store.memory import MemoryStore
from tests.contract.test_store import direction


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
    store = MemoryStore(2, len(points[0].feeling))
    store.upsert(points)
    return store
