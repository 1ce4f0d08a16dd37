"""What a measure is: one formula that serves a collection and all its resamples."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Table = npt.NDArray[np.float64]  # (n, k): a number for each painting and emotion
Times = npt.NDArray[np.float64]  # (b, n): how often each painting occurs in each of b resamples
Values = npt.NDArray[np.float64]  # (b,): a figure for each resample, nan where it is undefined
Formula = Callable[[Table, Table, Times], Values]


@dataclass(frozen=True)
class Measure:
    """A figure of scores against votes.

    `formula` takes scores (n, k), the votes' fractions (n, k) and times (b, n), all of them checked. To
    count a painting twice is to have it twice, so the plain figure is the resample that has each once.
    """

    formula: Formula

    def __call__(self, scores: npt.ArrayLike, votes: npt.ArrayLike) -> float:
        """Scores (n, k) and votes (n, k) -> the figure; nan where nothing in them defines it.

        Raises:
            ValueError: as `check` does.
        """
        checked, fractions = check(scores, votes)
        return self.once(checked, fractions)

    def once(self, scores: Table, fractions: Table) -> float:
        """The figure of checked scores and fractions, each painting counted once."""
        return float(self.formula(scores, fractions, np.ones((1, len(scores))))[0])


def measure(formula: Formula) -> Measure:
    """Make a documented formula a measure; the documentation stays with it."""
    made = Measure(formula)
    object.__setattr__(made, "__doc__", formula.__doc__)
    return made


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
