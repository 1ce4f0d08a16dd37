"""The exact similarity of stored vectors to a query."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from encoders.vectors import Vector, Vectors


def cosines(vectors: Vectors, vector: Vector) -> npt.NDArray[np.float64]:
    """(n, d) and (d,) -> (n,) in [-1, 1]; equal rows give exactly equal cosines, unlike a matrix product."""
    products = np.einsum("nd,d->n", vectors, vector, dtype=np.float64)
    similarities: npt.NDArray[np.float64] = products / (
        np.linalg.norm(vectors, axis=1) * np.linalg.norm(vector)
    )
    return similarities.clip(-1, 1)


def all_cosines(vectors: Vectors, others: Sequence[Vector]) -> npt.NDArray[np.float64]:
    """(n, d) and k times (d,) -> (n, k) in [-1, 1], each as `cosines` has it."""
    columns = [cosines(vectors, other) for other in others]
    return np.array(columns).reshape(len(others), len(vectors)).T


def preferences(
    vectors: Vectors, positive: Sequence[Vector], negative: Sequence[Vector]
) -> npt.NDArray[np.float64]:
    """(n, d) -> (n,) in [-1, 1]: the mean of cosines to the positive and of negated ones to the negative."""
    total = np.zeros(len(vectors))
    for example in positive:
        total += cosines(vectors, example)
    for example in negative:
        total -= cosines(vectors, example)
    return total / (len(positive) + len(negative))
