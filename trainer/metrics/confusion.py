"""Which feelings are taken for which."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from trainer.metrics.agreement import DOMINANT
from trainer.metrics.measure import Table


@dataclass(frozen=True, slots=True)
class Confusion:
    """How often viewers and model chose what, over the paintings for which most viewers named one word."""

    words: tuple[str, ...]
    counts: tuple[tuple[int, ...], ...]
    """Row: the word that more than half of the viewers named. Column: the word of the highest score."""

    @property
    def paintings(self) -> int:
        return sum(map(sum, self.counts))


def confusion(scores: Table, fractions: Table, words: Sequence[str]) -> Confusion:
    """Count first choices of scores (n, k) against votes' fractions (n, k); the diagonal is right.

    The paintings are those of `accuracy_dominant`, which is the diagonal's share.
    """
    clear = fractions.max(axis=1) > DOMINANT
    counts = np.zeros((len(words), len(words)), np.int64)
    np.add.at(counts, (fractions[clear].argmax(axis=1), scores[clear].argmax(axis=1)), 1)
    return Confusion(tuple(words), tuple(map(tuple, counts.tolist())))
