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
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from encoders.coherence import Array, ReferenceBank, percentile_among
from encoders.encoder import Reading
from encoders.vectors import Vector, Vectors, unit

VIEWERS = 5
SMALLEST_CHANCE = 1e-12
STEP = 1e-3
"""Of a similarity, for its effect on the whole."""


@dataclass(frozen=True, slots=True)
class Part:
    """One feeling of the question; a weight below 0 avoids it."""

    reading: Reading
    weight: float


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
    def plain(self) -> bool:
        """Whether one feeling is asked for, and nothing else: then the whole is that part."""
        return len(self.parts) == 1 and self.parts[0].weight > 0

    def similarities(self, feelings: Vectors) -> Array:
        """Feelings (n, d') -> cosines (n, k) to each part."""
        cosines: Array = np.einsum("nd,kd->nk", feelings, self._vectors, dtype=np.float64).clip(-1, 1)
        return cosines  # equal feelings have exactly equal ones, unlike in a matrix product

    def chances(self, similarities: Array) -> Array:
        """The coherence of each part, (n, k)."""
        columns = zip(self.parts, similarities.T, strict=True)
        return np.stack([part.reading.coherence(column) for part, column in columns], axis=1)

    def percentiles(self, similarities: Array) -> Array:
        """The percentile of each part, (n, k)."""
        columns = zip(self.parts, similarities.T, strict=True)
        return np.stack([part.reading.percentile(column) for part, column in columns], axis=1)

    def coherence(self, similarities: Array) -> Array:
        """The whole's, (n,) in [0, 1]."""
        chances = self.chances(similarities)
        return chances[:, 0] if self.plain else np.exp(self._log(chances))

    def percentile(self, similarities: Array) -> Array:
        """Where the whole's coherence stands among that of the reference paintings, (n,) in [0, 100]."""
        if self.plain:
            return self.percentiles(similarities)[:, 0]
        return percentile_among(self._reference, self.coherence(similarities))

    @cached_property
    def vector(self) -> Vector:
        """(d',): the direction in which the whole's logarithm grows fastest, from where references are best.

        So a part counts by its weight, by how steeply its chance rises, and, if avoided, by how large that
        chance is; the mere sum of weighted word vectors points elsewhere. Of a plain compound it is the
        feeling's own vector.
        """
        if self.plain:
            return self.parts[0].reading.vector
        start = self._best_of_bank.mean(axis=0)
        ahead = self._log(self.chances(start + STEP * np.eye(len(self.parts))))
        slopes = ahead - self._log(self.chances(start[None]))
        direction = unit(slopes @ self._vectors)
        return direction if direction.any() else self.parts[0].reading.vector

    @cached_property
    def _bank_similarities(self) -> Array:
        return self.similarities(self._bank.feelings)

    @cached_property
    def _reference(self) -> Array:
        return np.sort(self.coherence(self._bank_similarities))

    @property
    def _best_of_bank(self) -> Array:
        """Similarities of the tenth of the reference paintings that answers best."""
        order = np.argsort(-self.coherence(self._bank_similarities), kind="stable")
        return self._bank_similarities[order[: max(1, len(order) // 10)]]

    def _log(self, chances: Array) -> Array:
        asked = self._weights.clip(0, None)
        avoided = VIEWERS * (-self._weights).clip(0, None)
        named = np.log(chances.clip(SMALLEST_CHANCE, 1))
        unnamed = np.log1p(-chances.clip(0, 1 - SMALLEST_CHANCE))
        log: Array = named @ (asked / max(asked.sum(), SMALLEST_CHANCE)) + unnamed @ avoided
        return log
