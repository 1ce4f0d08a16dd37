"""What every store refuses, in the same words."""

from collections.abc import Sequence

import numpy as np

from encoders.vectors import Vector
from indexer.store.base import Point, Space

UNIT_TOLERANCE = 1e-3


def check_points(points: Sequence[Point], look_size: int, feeling_size: int) -> None:
    """Raise ValueError unless all vectors have these sizes and unit length."""
    for point in points:
        check_vector(point.look, look_size, "look")
        check_vector(point.feeling, feeling_size, "feeling")


def check_vector(vector: Vector, size: int, space: Space) -> None:
    """Raise ValueError unless the vector has shape (size,) and unit length."""
    if vector.shape != (size,):
        raise ValueError(f"A {space} in this store has shape ({size},), not {vector.shape}.")
    length = float(np.linalg.norm(vector))
    if not abs(length - 1) <= UNIT_TOLERANCE:  # also true of nan
        raise ValueError(f"A {space} must have unit length, not {length:.4g}; normalise it first.")


def check_examples(positive: Sequence[Vector], negative: Sequence[Vector], size: int, space: Space) -> None:
    """Raise ValueError unless there is an example and each could be searched for."""
    if not positive and not negative:
        raise ValueError("A recommendation needs an example; give a positive or a negative one.")
    for vector in (*positive, *negative):
        check_vector(vector, size, space)


def check_limit(limit: int) -> None:
    """Raise ValueError unless at least one hit is asked for."""
    if limit < 1:
        raise ValueError(f"limit must be at least 1, not {limit}.")
