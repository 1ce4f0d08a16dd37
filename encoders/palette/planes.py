"""Planes: one number for each place in a picture, and their reduction to coarser ones."""

from typing import TypeAlias

import numpy as np
import numpy.typing as npt

Plane: TypeAlias = npt.NDArray[np.float32]  # (height, width)


def halve(plane: Plane) -> Plane:
    """Means of two by two; both sides must be even."""
    rows = plane[::2] + plane[1::2]
    return (rows[:, ::2] + rows[:, 1::2]) * np.float32(0.25)


def cells(plane: Plane, count: int) -> Plane:
    """Means over count x count equal cells of a square plane; its side must be a multiple of count."""
    side = plane.shape[0] // count
    rows = plane.reshape(count, side, -1).sum(axis=1)
    means: Plane = rows.reshape(count, count, side).sum(axis=2) * np.float32(1 / side**2)
    return means


def length(across: Plane, down: Plane) -> Plane:
    """Lengths of the vectors whose two parts are given place by place."""
    lengths: Plane = np.sqrt(across * across + down * down)
    return lengths


def ordered(plane: Plane) -> Plane:
    """(plane.size,), all values from the smallest to the largest."""
    return np.sort(plane, axis=None)
