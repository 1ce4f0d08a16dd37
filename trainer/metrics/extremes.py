"""The paintings that tell most about how a word is read: the surest answers and the worst mistakes."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from trainer.annotations.annotations import Counts
from trainer.metrics.measure import Column

SHOWN = 6
FEWEST_VOTES = 2
"""For a feeling to have been missed: one viewer alone may feel anything."""


@dataclass(frozen=True, slots=True)
class Extreme:
    """One painting and one word: the coherence, and how many of its viewers named the word."""

    row: int
    coherence: float
    votes: int
    viewers: int


@dataclass(frozen=True, slots=True)
class Extremes:
    """Paintings for one word, the most telling first."""

    surest: tuple[Extreme, ...]
    """The highest coherences."""
    imagined: tuple[Extreme, ...]
    """The highest coherences where nobody named the word."""
    missed: tuple[Extreme, ...]
    """Where the part of the viewers who named it exceeds the coherence most."""


def extremes(coherences: Column, votes: Counts, viewers: Counts, most: int = SHOWN) -> Extremes:
    """Of coherences, votes and viewers (n,) at most so many paintings of each kind; of equals the first."""
    missing = votes / viewers - coherences

    def first(chosen: npt.NDArray[np.bool_], by: Column) -> tuple[Extreme, ...]:
        rows = np.flatnonzero(chosen)
        rows = rows[np.argsort(-by[rows], kind="stable")][:most]
        numbers = zip(*(its[rows].tolist() for its in (coherences, votes, viewers)), strict=True)
        return tuple(Extreme(row, *its) for row, its in zip(rows.tolist(), numbers, strict=True))

    return Extremes(
        surest=first(np.ones(len(votes), bool), coherences),
        imagined=first(votes == 0, coherences),
        missed=first((votes >= FEWEST_VOTES) & (missing > 0), missing),
    )
