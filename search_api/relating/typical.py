"""How the feelings of a collection lie: around one place, and how far from it."""

from dataclasses import dataclass
from functools import cached_property
from typing import Self

import numpy as np
import numpy.typing as npt

from encoders.vectors import Vector, Vectors, unit
from indexer.store.base import Store
from search_api.errors import QueryError

SAMPLE = 1000
NEAREST = 0.95
SMALLEST_REACH = 1e-6


@dataclass(frozen=True)
class Typical:
    """Feelings (n, d') of paintings that stand for a whole collection.

    A model's paintings lie in a narrow cone apart from its words (the modality gap; Liang et al. 2022), so
    cosines to a painting hardly differ, cosines to a word differ much, and a plain sum of both is all word.
    Here either is measured by what it does among paintings.
    """

    feelings: Vectors

    @classmethod
    def of(cls, store: Store) -> Self:
        """A thousand paintings, drawn at random.

        Raises:
            QueryError: the index has no painting.
        """
        sample = store.sample(SAMPLE)
        if not len(sample):
            raise QueryError("The index has no painting to compare with; index a collection first.")
        return cls(sample)

    @cached_property
    def mean(self) -> Vector:
        """(d',), the middle of the collection; shorter than 1."""
        middle: Vector = self.feelings.mean(axis=0)
        return middle

    def leans(self, feelings: Vectors) -> Vectors:
        """Where feelings (n, d') or (d',) lie as seen from the middle of the collection; unit length."""
        return unit(feelings - self.mean)

    def reach(self, vector: Vector) -> float:
        """How much nearer a vector (d',) is to its nearest twentieth of paintings than to the median."""
        return float(self._reaches(vector[np.newaxis])[0])

    def as_painting(self, word: Vector) -> Vector:
        """The feeling of a painting that is not: a typical one, moved towards a word as far as they go."""
        return unit(self.mean + self._usual_reach / self.reach(word) * word)

    @cached_property
    def _usual_reach(self) -> float:
        return float(np.median(self._reaches(self.feelings)))

    def _reaches(self, vectors: Vectors) -> npt.NDArray[np.float32]:
        median, near = np.quantile(self.feelings @ vectors.T, [0.5, NEAREST], axis=0)
        reaches: npt.NDArray[np.float32] = np.maximum(near - median, SMALLEST_REACH)
        return reaches
