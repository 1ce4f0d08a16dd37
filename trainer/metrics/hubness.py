"""Whether a few paintings crowd the answers to everything (Radovanović et al. 2010)."""

import numpy as np
import numpy.typing as npt

from trainer.metrics.bootstrap import draw
from trainer.metrics.measure import Table, Times, Values, divide

NEIGHBOURS = 10


def hubness(similarities: npt.ArrayLike, k: int = NEIGHBOURS) -> float:
    """Skewness of how often each painting is among the k nearest of a word.

    `similarities` (words, paintings) of a bank of emotion words. 0 where all paintings come equally often,
    high where a few are near everything.

    Raises:
        ValueError: there are fewer than k paintings, no words, or a number is not finite.
    """
    return float(_skewness(occurrences(similarities, k)[:, None].astype(float))[0])


def occurrences(similarities: npt.ArrayLike, k: int = NEIGHBOURS) -> npt.NDArray[np.int64]:
    """How often each painting is among the k nearest of a word: (paintings,), together words times k.

    Raises:
        ValueError: as `hubness`.
    """
    table = _checked(similarities, k)
    nearest = np.argpartition(-table, k - 1, axis=1)[:, :k]
    return np.bincount(nearest.ravel(), minlength=table.shape[1])


def resample_hubness(similarities: npt.ArrayLike, k: int = NEIGHBOURS, seed: int = 0) -> Values:
    """The hubness, and after it that of resamples of the paintings: (1 + resamples,).

    A painting that is drawn twice is two paintings, which share what is left where only one of them is
    among the k nearest.

    Raises:
        ValueError: as `hubness`.
    """
    nearest = np.argsort(-_checked(similarities, k), axis=1, kind="stable")
    blocks = draw(nearest.shape[1], seed)
    return np.concatenate([_skewness(_shared_occurrences(nearest, times, k), times) for times in blocks])


def _shared_occurrences(nearest: npt.NDArray[np.int64], times: Times, k: int) -> Times:
    """How often each copy of a painting comes on average, (n, b); `nearest` (words, n) in their order."""
    counts = np.zeros_like(times)
    for rows in nearest:
        leading = rows[: _enough(rows, times, k)]
        drawn = times[leading]
        before = np.cumsum(drawn, axis=0) - drawn
        counts[leading] += np.clip(k - before, 0, drawn) / np.maximum(drawn, 1)
    return counts


def _enough(rows: npt.NDArray[np.int64], times: Times, k: int) -> int:
    """How many of the rows hold k paintings in every resample."""
    size = 4 * k
    while size < len(rows) and times[rows[:size]].sum(axis=0).min() < k:
        size *= 2
    return size


def _skewness(counts: Times, times: Times | None = None) -> Values:
    """Of n counts in each of b columns, (n, b) -> (b,), each counted so many times; 0 where all are equal."""
    weights = np.ones_like(counts) if times is None else times
    size = weights.sum(axis=0)
    away = counts - (weights * counts).sum(axis=0) / size
    squares = weights * away * away
    spread = squares.sum(axis=0) / size
    return np.nan_to_num(divide((squares * away).sum(axis=0) / size, spread**1.5))


def _checked(similarities: npt.ArrayLike, k: int) -> Table:
    table = np.asarray(similarities, np.float64)
    if table.ndim != 2 or not len(table) or not 1 <= k <= table.shape[1] or not np.isfinite(table).all():
        raise ValueError(
            f"Similarities must be finite and (words, at least {k} paintings), not {table.shape}."
        )
    return table
