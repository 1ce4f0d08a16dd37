"""Reads the cells of an annotation file, and names the first row that cannot be used."""

from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd

from trainer.annotations.annotations import Counts
from trainer.errors import AnnotationError

Mask = npt.NDArray[np.bool_]

MOST = 10**9
"""No painting was seen by more viewers; larger counts are damage."""


def whole_counts(file: Path, cells: "pd.Series[str]") -> Counts:
    """Read counts of viewers: 3, also as "3.0".

    Raises:
        AnnotationError: a cell is no whole number from 0 to 1,000,000,000; the first such row is named.
    """
    numbers = as_numbers(cells)
    whole = (numbers >= 0) & (numbers <= MOST) & (numbers == np.floor(numbers))
    refuse(file, cells, ~whole, "the count", f"counts are whole numbers from 0 to {MOST:,}")
    return numbers.astype(np.int64)


def as_numbers(cells: "pd.Series[str]") -> npt.NDArray[np.float64]:
    """Read numbers; what is none becomes NaN."""
    return pd.to_numeric(cells, errors="coerce").to_numpy(np.float64)


def refuse(file: Path, cells: "pd.Series[str]", wrong: Mask, what: str, rule: str) -> None:
    """Raise an error that names the first of the wrong cells, if there are any.

    Raises:
        AnnotationError: one of the cells is wrong.
    """
    if wrong.any():
        place = int(wrong.argmax())
        raise AnnotationError(
            f"{file} has {what} {cells.iloc[place][:200]!r} in row {cells.index[place]} ({rule}); "
            "mend or drop that row."
        )
