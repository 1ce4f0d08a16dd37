"""Several feelings in one question: what the whole means, and which direction leads there.

Each part has its own coherence c, a chance. With weights w the whole is

    product of c_i ** (w_i / sum of w)        over the feelings asked for
    times product of (1 - c_j) ** (5 * |w_j|)    over those to be avoided.

The first is the weighted geometric mean of chances, a logarithmic opinion pool (Genest & Zidek 1986): one
feeling by itself keeps its coherence, parts of like chance keep that, a part without chance leaves none, and
how often a feeling is named at all does not change the order, as it would in a sum. The second is the
chance that none of five viewers, as many as ArtEmis asked at least, would name the avoided feeling: the
conjunction and negation of product logic (Hajek 1998) over viewers. One viewer would be too few to
avoid anything: most feelings have little chance anywhere.

A feeling that is asked for alone has no other to be weighed against; see `grading` for what its weight means.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from encoders.coherence import Array, ReferenceBank, percentile_among
from encoders.encoder import Reading
from encoders.vectors import Vector, Vectors, unit
from search_api.answering.grading import SMALLEST_CHANCE, best_of, grading

VIEWERS = 5
STEP = 1e-3
"""Of a similarity, for its effect on the whole."""


@dataclass(frozen=True, slots=True)
class Part:
    """One feeling of the question; a weight below 0 avoids it."""

    reading: Reading
    weight: float


@dataclass(frozen=True, slots=True)
class Scores:
    """Of n paintings the two numbers of the whole, (n,), and those of each of the k parts, (n, k)."""

    coherence: Array
    percentile: Array
    """Where the whole's coherence stands among that of the reference paintings, in [0, 100]."""
    chances: Array
    percentiles: Array


class Compound:
    """The parts of a question as a whole. Similarities and chances are (n, k): n paintings, k parts.

    Two of one model are equal if they ask for the same.
    """

    def __init__(self, parts: Sequence[Part], bank: ReferenceBank) -> None:
        self.parts = tuple(parts)
        self._vectors = np.stack([part.reading.vector for part in parts])  # (k, d')
        self._weights = np.array([part.weight for part in parts])
        self._bank = bank
        self._asked = tuple((part.reading.word, part.weight) for part in parts)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Compound) and self._asked == other._asked

    def __hash__(self) -> int:
        return hash(self._asked)

    @property
    def lone(self) -> bool:
        """Whether one feeling is asked for, and nothing else."""
        return len(self.parts) == 1 and self.parts[0].weight > 0

    @property
    def rising(self) -> bool:
        """Whether the whole rises with the similarity to one feeling, so that the nearest are the best."""
        return self.lone and self.parts[0].weight >= 1

    def similarities(self, feelings: Vectors) -> Array:
        """Feelings (n, d') -> cosines (n, k) to each part."""
        cosines: Array = np.einsum("nd,kd->nk", feelings, self._vectors, dtype=np.float64).clip(-1, 1)
        return cosines  # equal feelings have exactly equal ones, unlike in a matrix product

    def coherence(self, similarities: Array) -> Array:
        """The whole's, (n,) in [0, 1]."""
        return self._whole(self._chances(similarities))

    def scores(self, similarities: Array) -> Scores:
        """All that there is to say of n paintings."""
        chances, percentiles = self._chances(similarities), self._percentiles(similarities)
        coherence = self._whole(chances)
        place = percentiles[:, 0] if self.rising else percentile_among(self._reference, coherence)
        return Scores(coherence, place, chances, percentiles)

    @cached_property
    def vector(self) -> Vector:
        """(d',): where the paintings lie for which the whole is greatest.

        Of a lone feeling that is its own vector or, where it is to be slight, the middle of the best
        reference paintings. Else it is the direction in which the whole's logarithm grows fastest from
        those: a part counts by its weight, by how steeply its chance rises, and, if avoided, by how large
        that chance is; the mere sum of weighted word vectors points elsewhere.
        """
        own = self.parts[0].reading.vector
        if self.rising:
            return own
        direction = unit(self._bank.feelings[self._best].mean(axis=0) if self.lone else self._ascent())
        return direction if direction.any() else own

    def _ascent(self) -> Array:
        """(d',): how fast the whole's logarithm grows, in each direction."""
        start = self._bank_similarities[self._best].mean(axis=0)
        ahead = self._log(self._chances(start + STEP * np.eye(len(self.parts))))
        slopes: Array = ahead - self._log(self._chances(start[None]))
        return slopes @ self._vectors

    @cached_property
    def _bank_similarities(self) -> Array:
        return self.similarities(self._bank.feelings)

    @cached_property
    def _reference(self) -> Array:
        return np.sort(self.coherence(self._bank_similarities))

    @property
    def _best(self) -> npt.NDArray[np.intp]:
        """The places of the reference paintings that answer best, a tenth of them."""
        order = np.argsort(-self.coherence(self._bank_similarities), kind="stable")
        return order[: best_of(len(order))]

    @cached_property
    def _graded(self) -> Callable[[Array], Array]:
        [part] = self.parts
        return grading(part.reading, part.weight, self._bank_similarities[:, 0])

    def _chances(self, similarities: Array) -> Array:
        columns = zip(self.parts, similarities.T, strict=True)
        return np.array([part.reading.coherence(column) for part, column in columns]).T

    def _percentiles(self, similarities: Array) -> Array:
        columns = zip(self.parts, similarities.T, strict=True)
        return np.array([part.reading.percentile(column) for part, column in columns]).T

    def _whole(self, chances: Array) -> Array:
        return self._graded(chances[:, 0]) if self.lone else np.exp(self._log(chances))

    def _log(self, chances: Array) -> Array:
        asked = self._weights.clip(0, None)
        avoided = VIEWERS * (-self._weights).clip(0, None)
        named = np.log(chances.clip(SMALLEST_CHANCE, 1))
        unnamed = np.log1p(-chances.clip(0, 1 - SMALLEST_CHANCE))
        log: Array = named @ (asked / max(asked.sum(), SMALLEST_CHANCE)) + unnamed @ avoided
        return log
