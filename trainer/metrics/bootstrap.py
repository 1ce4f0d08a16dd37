"""How sure a figure is: intervals by resampling paintings (Efron and Tibshirani 1993, chapter 13)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from trainer.metrics.measure import Measure, Table, Times, Values, check, mean_of_defined

RESAMPLES = 1000
LEVEL = 0.95
BLOCK = 2**20
"""Numbers held at once: so many paintings in so many resamples."""
REMEMBERED = 64
"""Drawings, as every measure of a collection and of its styles asks for the same: a byte each."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure with its 95 % interval; all are nan where nothing defines it."""

    value: float
    low: float
    high: float


Figures = Mapping[str, Figure]
"""By measure."""


def interval(one: Measure, scores: npt.ArrayLike, votes: npt.ArrayLike, seed: int = 0) -> Figure:
    """A measure of scores (n, k) against votes (n, k) with its interval over 1,000 resamples of paintings.

    Raises:
        ValueError: as the measure does.
    """
    return figure(resample(one, *check(scores, votes), seed))


def resample(
    one: Measure, scores: Table, fractions: Table, seed: int = 0, resamples: int = RESAMPLES
) -> Values:
    """Of checked scores and fractions the figure, and after it those of its resamples: (1 + resamples,).

    Equal seeds draw equal paintings.
    """
    return mean_of_defined(resample_each(one, scores, fractions, seed, resamples))


def resample_each(
    one: Measure, scores: Table, fractions: Table, seed: int = 0, resamples: int = RESAMPLES
) -> Table:
    """As `resample`, but of a mean over emotions one row for each, (k, 1 + resamples), of others one row."""
    columns = list(zip(scores.T, fractions.T, strict=True))
    blocks = [
        one.formula(scores, fractions, times)[None]
        if one.of_one is None
        else np.stack([one.of_one(*column, times) for column in columns])
        for times in draw(len(scores), seed, resamples)
    ]
    return np.hstack(blocks)


def figure(values: Values) -> Figure:
    """A figure with the percentile interval of its resamples, which follow it; undefined ones are left out.

    Resampling raises a calibration error, as it adds noise to every bin; an interval that lies beyond its
    own figure is widened to reach it.
    """
    value, resampled = float(values[0]), values[1:]
    defined = resampled[~np.isnan(resampled)]
    if not len(defined):
        return Figure(value, float("nan"), float("nan"))
    low, high = np.quantile(defined, [(1 - LEVEL) / 2, (1 + LEVEL) / 2]).tolist()
    return Figure(value, min(low, value), max(high, value))


def draw(paintings: int, seed: int = 0, resamples: int = RESAMPLES) -> Iterator[Times]:
    """How often each of n paintings is drawn when n are drawn with replacement, in blocks (n, b).

    The first column of the first block is the collection itself, which has each once.
    """
    yield np.ones((paintings, 1))
    drawn = _drawn(paintings, seed, resamples)
    block = max(1, BLOCK // paintings)
    for start in range(0, resamples, block):
        yield drawn[:, start : start + block].astype(float)


@lru_cache(REMEMBERED)
def _drawn(paintings: int, seed: int, resamples: int) -> npt.NDArray[np.uint8]:
    """(n, resamples); that a painting is drawn more than 255 times does not happen."""
    rng = np.random.default_rng(seed)
    drawn = np.empty((paintings, resamples), np.uint8)
    for column in range(resamples):
        drawn[:, column] = np.bincount(rng.integers(paintings, size=paintings), minlength=paintings)
    return drawn
