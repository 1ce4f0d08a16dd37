"""What a measure is: one formula that serves a collection and all its resamples."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Table = npt.NDArray[np.float64]  # (n, k): a number for each painting and emotion
Column = npt.NDArray[np.float64]  # (n,): that of one emotion
Times = npt.NDArray[np.float64]  # (n, b): how often each painting occurs in each of b resamples
Values = npt.NDArray[np.float64]  # (b,): a figure for each resample, nan where it is undefined
Formula = Callable[[Table, Table, Times], Values]
OfOne = Callable[[Column, Column, Times], Values]


@dataclass(frozen=True)
class Measure:
    """A figure of scores against votes.

    `formula` takes scores (n, k), the votes' fractions (n, k) and times (n, b), all of them checked. To
    count a painting twice is to have it twice, so the plain figure is the resample that has each once.
    """

    formula: Formula
    of_one: OfOne | None = None
    """Where the formula is the mean over emotions: that of one, from columns of scores and fractions."""

    def __call__(self, scores: npt.ArrayLike, votes: npt.ArrayLike) -> float:
        """Scores (n, k) and votes (n, k) -> the figure; nan where nothing in them defines it.

        Raises:
            ValueError: as `check` does.
        """
        checked, fractions = check(scores, votes)
        return self.once(checked, fractions)

    def once(self, scores: Table, fractions: Table) -> float:
        """The figure of checked scores and fractions, each painting counted once."""
        return float(self.formula(scores, fractions, np.ones((len(scores), 1)))[0])


def measure(formula: Formula) -> Measure:
    """Make a documented formula a measure; the documentation stays with it."""
    return _documented(Measure(formula), formula.__doc__)


def mean_over_emotions(of_one: OfOne) -> Measure:
    """Make what is documented as a mean over emotions, and written for one of them, a measure.

    Emotions whose votes leave it undefined are left out of the mean.
    """

    def formula(scores: Table, fractions: Table, times: Times) -> Values:
        columns = zip(scores.T, fractions.T, strict=True)
        return mean_of_defined(np.stack([of_one(p, fraction, times) for p, fraction in columns]))

    return _documented(Measure(formula, of_one), of_one.__doc__)


def mean_of_defined(rows: Table) -> Values:
    """The mean (b,) of m rows (m, b), without those that are nan; nan where all are."""
    defined = ~np.isnan(rows)
    return divide(np.where(defined, rows, 0).sum(axis=0), defined.sum(axis=0).astype(float))


def divide(above: Values, below: Values) -> Values:
    """The quotient, nan where it would be by zero."""
    quotient: Values = np.divide(above, below, out=np.full(above.shape, np.nan), where=below > 0)
    return quotient


def check(scores: npt.ArrayLike, votes: npt.ArrayLike) -> tuple[Table, Table]:
    """Scores (n, k) as floats, and the fractions of each painting's votes; without votes it is left out.

    Raises:
        ValueError: the shapes differ or are not (n, k), a number is not finite, a count is negative, or no
            painting has votes.
    """
    table, counts = np.asarray(scores, np.float64), np.asarray(votes, np.float64)
    if table.shape != counts.shape or table.ndim != 2 or not table.shape[1]:
        raise ValueError(
            f"Scores {table.shape} and votes {counts.shape} must both be (paintings, emotions) and alike."
        )
    if not np.isfinite(table).all():
        row, column = np.argwhere(~np.isfinite(table))[0]
        raise ValueError(
            f"The score of painting {row} for emotion {column} is {table[row, column]}; give finite scores."
        )
    if not (np.isfinite(counts) & (counts >= 0)).all():
        row, column = np.argwhere(~(np.isfinite(counts) & (counts >= 0)))[0]
        raise ValueError(
            f"The votes of painting {row} for emotion {column} are {counts[row, column]}; give counts from 0."
        )
    voted = counts.sum(axis=1) > 0
    if not voted.any():
        raise ValueError(f"None of the {len(counts)} paintings has votes; give at least one that has.")
    return table[voted], counts[voted] / counts[voted].sum(axis=1, keepdims=True)


def _documented(made: Measure, documentation: str | None) -> Measure:
    object.__setattr__(made, "__doc__", documentation)
    return made
