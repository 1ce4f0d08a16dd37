"""How sure a figure is: intervals by resampling paintings (Efron and Tibshirani 1993, chapter 13)."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from trainer.evaluation.measure import Measure, Table, Times, Values, check

RESAMPLES = 1000
LEVEL = 0.95
BLOCK = 2**19
"""Numbers held at once: so many paintings in so many resamples."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure with its 95 % interval; all are nan where nothing defines it."""

    value: float
    low: float
    high: float


def interval(one: Measure, scores: npt.ArrayLike, votes: npt.ArrayLike, seed: int = 0) -> Figure:
    """A measure of scores (n, k) against votes (n, k) with its interval over 1,000 resamples of paintings.

    Raises:
        ValueError: as the measure does.
    """
    checked, fractions = check(scores, votes)
    return figure(one.once(checked, fractions), resample(one, checked, fractions, seed))


def resample(
    one: Measure, scores: Table, fractions: Table, seed: int = 0, resamples: int = RESAMPLES
) -> Values:
    """The figure of each resample, of checked scores and fractions. Equal seeds draw equal paintings."""
    draws = _draw(len(scores), resamples, seed)
    return np.concatenate([one.formula(scores, fractions, times) for times in draws])


def figure(value: float, resampled: Values) -> Figure:
    """A value with the percentile interval of its resamples, those without a figure left out.

    Resampling raises a calibration error, as it adds noise to every bin; an interval that lies beyond its
    own figure is widened to reach it.
    """
    defined = resampled[~np.isnan(resampled)]
    if not len(defined):
        return Figure(value, float("nan"), float("nan"))
    low, high = np.quantile(defined, [(1 - LEVEL) / 2, (1 + LEVEL) / 2]).tolist()
    return Figure(value, min(low, value), max(high, value))


def _draw(paintings: int, resamples: int, seed: int) -> Iterator[Times]:
    """Blocks (b, n) of how often each of n paintings is drawn when n are drawn with replacement."""
    rng = np.random.default_rng(seed)
    block = max(1, BLOCK // paintings)
    for start in range(0, resamples, block):
        rows = min(block, resamples - start)
        drawn = rng.integers(paintings, size=(rows, paintings)) + paintings * np.arange(rows)[:, None]
        yield np.bincount(drawn.ravel(), minlength=rows * paintings).reshape(rows, paintings).astype(float)
