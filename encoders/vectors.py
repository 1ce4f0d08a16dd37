"""Arrays of unit vectors, the currency between rooms."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

Vector = npt.NDArray[np.float32]  # (d,), unit length
Vectors = npt.NDArray[np.float32]  # (n, d), rows of unit length
Prepared = npt.NDArray[np.generic]
"""All that embedding needs of one picture; its shape is the encoder's business."""


def unit(vectors: npt.ArrayLike) -> Vectors:
    """Scale the last axis to unit length, as float32; zeros stay zeros."""
    array = np.asarray(vectors, dtype=np.float32)
    lengths = np.linalg.norm(array, axis=-1, keepdims=True)
    scaled: Vectors = array / np.maximum(lengths, np.finfo(np.float32).tiny)
    return scaled


def stacked(vectors: Sequence[Vector], size: int) -> Vectors:
    """n times (size,) -> (n, size), also where there are none."""
    return np.array(vectors, np.float32).reshape(-1, size)
