"""Whether a text names a feeling at all, so that "invoice" and "qwertzu" are not answered as if they did.

A model places any text somewhere among its feelings, so nearness to paintings tells nothing. What tells is
where the text lies among words whose kind is known: the vocabulary's feelings, and `NO_FEELINGS`, everyday
words and nonsense. A linear discriminant (Fisher 1936; with a ridge, Friedman 1989) is fitted to their
vectors, whatever the model. Its thresholds are those that some of the words that are no feeling reach when
each is left out of the fit. Words that the vocabulary names need none of this.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from threading import Lock
from typing import Self

import numpy as np
import numpy.typing as npt

from encoders.encoder import Encoder
from encoders.vectors import Vector, Vectors
from encoders.words.emotions import find, vocabulary
from encoders.words.no_feelings import NO_FEELINGS
from search_api.answer import Match, WordMatch
from search_api.answering.loanwords import LOANWORDS

RIDGE = 0.01
WEAK, STRONG = 0.88, 0.96
"""The shares of words that are no feeling that lie below a weak and a strong match."""
JOINT = re.compile(r"\s+(?:and|or|&)\s+")
CHANCE_PERCENTILE = 50.0
"""Where a word's best painting is no better than the middle of the reference paintings, none evokes it."""


@dataclass(frozen=True, slots=True)
class Discriminant:
    """A direction (d',) and an offset; scores are around 1 for feelings and around -1 for others."""

    direction: npt.NDArray[np.float64]
    offset: float
    weak: float
    """The least score of a weak match."""
    strong: float

    @classmethod
    def between(cls, feelings: Vectors, others: Vectors) -> Self:
        """Fit to feelings (n, d') and others (m, d'), both sides counting alike."""
        kinds = np.repeat([1.0, -1.0], [len(feelings), len(others)])
        shares = np.repeat([0.5 / len(feelings), 0.5 / len(others)], [len(feelings), len(others)])
        rows = np.concatenate([feelings, others]).astype(np.float64)
        rows = np.column_stack([rows, np.ones(len(rows))])
        penalty = np.diag([RIDGE] * (rows.shape[1] - 1) + [0.0])
        inverse = np.linalg.inv((rows * shares[:, None]).T @ rows + penalty)
        weights = inverse @ (rows.T @ (shares * kinds))
        left_out = _left_out(rows, shares, kinds, inverse, weights)[len(feelings) :]
        weak, strong = np.quantile(left_out, [WEAK, STRONG])
        return cls(weights[:-1], float(weights[-1]), float(weak), float(strong))

    def score(self, vector: Vector) -> float:
        return float(vector @ self.direction) + self.offset


def _left_out(
    rows: npt.NDArray[np.float64],
    shares: npt.NDArray[np.float64],
    kinds: npt.NDArray[np.float64],
    inverse: npt.NDArray[np.float64],
    weights: npt.NDArray[np.float64],
) -> npt.NDArray[np.float64]:
    """What each row would score had it been left out of the fit (Allen 1974: PRESS), (n,)."""
    leverage = shares * np.einsum("nd,de,ne->n", rows, inverse, rows, optimize=True)
    scores: npt.NDArray[np.float64] = (rows @ weights - leverage * kinds) / (1 - leverage)
    return scores


class Matcher:
    """Tells feelings from other texts by one model. May be shared between threads.

    The first text that the vocabulary does not name takes a moment: the discriminant is fitted then.
    """

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self._fitting = Lock()

    def match(self, word: str) -> Match:
        """How surely a text names a feeling; perhaps, where half of "invoice and calm" names none.

        Raises:
            WordError: the text is blank or too long.
        """
        if find(word) or word in LOANWORDS:
            return "strong"
        score = self.score(word)
        if score >= self.discriminant.strong:
            return "weak" if self._half_of_it_is_none(word) else "strong"
        return "weak" if score >= self.discriminant.weak or _holds_a_feeling(word) else "none"

    def _half_of_it_is_none(self, text: str) -> bool:
        halves = JOINT.split(text)
        return len(halves) > 1 and any(self.match(half) == "none" for half in halves if half)

    def score(self, word: str) -> float:
        """Where a text lies by the discriminant alone; raises WordError as `match` does."""
        return self.discriminant.score(self._encoder.read(word).vector)

    @property
    def discriminant(self) -> Discriminant:
        with self._fitting:
            return self._fitted

    @cached_property
    def _fitted(self) -> Discriminant:
        return Discriminant.between(self._vectors(tuple(vocabulary())), self._vectors(NO_FEELINGS))

    def _vectors(self, words: Sequence[str]) -> Vectors:
        return np.stack([self._encoder.read(word).vector for word in words])


def _holds_a_feeling(text: str) -> bool:
    return any(find(word) for word in text.split())


def overall(asked: Sequence[WordMatch], best_percentile: float | None) -> Match:
    """How far the hits of a whole answer are to be believed; the percentile is that of the best, if any.

    None where nothing answers, where no word names a feeling, or where the best painting is no better than
    chance; strong where every word surely names one.
    """
    kinds = {each.match for each in asked}
    if best_percentile is None or best_percentile < CHANCE_PERCENTILE or kinds == {"none"}:
        return "none"
    return "strong" if kinds == {"strong"} else "weak"
