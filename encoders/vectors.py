"""Arrays of unit vectors, the currency between rooms."""

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
