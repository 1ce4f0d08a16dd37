"""Finding all pairs of points that are near each other, without comparing every point with every other."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from encoders.vectors import Vector, Vectors

BOUNDED = 8
"""Directions in which a tile is bounded: the first, where points should differ most."""
TILE = 2048
"""Points that lie together, at most; to look at many small tiles costs more than they save."""
STEP = 1024
"""Points that are compared with a tile at once."""
MOST_PAIRS = 4_000_000
"""Pairs that are held at a time, and as many more; of points that are all alike each is near all others."""

Rows = npt.NDArray[np.int64]


def close_rows(points: Vectors, farthest: float) -> Iterator[tuple[int, Rows]]:
    """Each row of points (n, d) that has others after it in reach, and those; both ascending, none missed.

    `farthest` is the squared distance that is still in reach, give or take float32's rounding. Points that
    lie together share a tile, and with a tile only those points are compared that reach the box around it:
    the better the first directions tell points apart, the fewer. (A box around a leaf prunes as in a k-d
    tree, Bentley 1975; comparing is left to matrix products, which are faster than any tree in many
    directions.)
    """
    if not len(points):
        return
    left, right = _as_factors(points)
    tiles = [_Tile.around(points, right, rows) for rows in _divide(points, np.arange(len(points)))]

    def compared(rows: Rows) -> Iterator[tuple[int, Rows]]:
        some, bounded = left[rows], points[rows, :BOUNDED]
        pairs = [_pairs(rows, some, rows, right[rows], farthest)]
        for tile in tiles:
            near, later = tile.reached(bounded, farthest), tile.after(rows[-1])
            pairs.append(_pairs(rows[near], some[near], tile.rows[later], tile.right[later], farthest))
            if len(rows) > 1 and sum(each.shape[1] for each in pairs) > MOST_PAIRS:
                for half in np.array_split(rows, 2):
                    yield from compared(half)
                return
        yield from _grouped(np.hstack(pairs))

    for rows in np.split(np.arange(len(points)), range(STEP, len(points), STEP)):
        yield from compared(rows)


@dataclass(frozen=True, slots=True)
class _Tile:
    """Points that lie together, and the box around them in the first directions."""

    rows: Rows  # (m,), ascending
    right: Vectors  # (m, d + 2), as factors
    low: Vector
    high: Vector

    @classmethod
    def around(cls, points: Vectors, right: Vectors, rows: Rows) -> "_Tile":
        rows = np.sort(rows)
        within = points[rows, :BOUNDED]
        return cls(rows, right[rows], within.min(axis=0), within.max(axis=0))

    def reached(self, some: Vectors, farthest: float) -> Rows:
        """Which points, in the first directions, have the box in reach."""
        gaps = some - some.clip(self.low, self.high)
        return np.flatnonzero(np.einsum("nd,nd->n", gaps, gaps) <= farthest)

    def after(self, row: int) -> slice:
        """Where its rows are beyond this one."""
        return slice(int(np.searchsorted(self.rows, row, side="right")), None)


def _divide(points: Vectors, rows: Rows) -> Iterator[Rows]:
    """Halve the rows along the direction in which their points differ most, again and again."""
    if len(rows) <= TILE:
        yield rows
        return
    within = points[rows]
    along = within[:, within.var(axis=0).argmax()]
    for half in np.array_split(rows[along.argpartition(len(rows) // 2)], 2):
        yield from _divide(points, half)


def _as_factors(points: Vectors) -> tuple[Vectors, Vectors]:
    """(n, d + 2) each, whose product left @ right.T is minus the squared distances."""
    squares, ones = np.sum(points**2, axis=1, keepdims=True), np.ones((len(points), 1), np.float32)
    return np.hstack([2 * points, -squares, -ones]), np.hstack([points, ones, squares])


def _pairs(some: Rows, left: Vectors, others: Rows, right: Vectors, farthest: float) -> Rows:
    """(2, m): rows among some and rows among the others that are in reach of each other, by their factors."""
    nearness = left @ right.T
    if nearness.size == 0 or nearness.max() < -farthest:  # mostly, and cheaper to know than where
        return np.empty((2, 0), np.int64)
    rows, columns = np.nonzero(nearness >= -farthest)
    return np.stack([some[rows], others[columns]])


def _grouped(pairs: Rows) -> Iterator[tuple[int, Rows]]:
    """The second rows of pairs (2, m) by their first ones, where they come after these."""
    pairs = pairs[:, pairs[1] > pairs[0]]
    firsts, seconds = pairs[:, np.lexsort(pairs[::-1])]
    rows, places = np.unique(firsts, return_index=True)
    return zip(rows.tolist(), np.split(seconds, places[1:]), strict=False)  # without rows there is a part
