"""What a similarity means: its percentile in the reference bank and its coherence, a chance in [0, 1]."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from encoders.vectors import Vector, Vectors

Array = npt.NDArray[np.float64]
SMALLEST_SPREAD = 1e-6

UNSEEN_SLOPE = 0.25
UNSEEN_NEARNESS = 0.5
"""What is assumed of unseen words before anything was measured: little."""


@dataclass(frozen=True, slots=True)
class Calibration:
    """How standardised similarities become chances, for any word.

    coherence = sigmoid(slope * z + log_odds(word)), with z the similarity's distance from the mean of
    the reference bank's similarities to that word, in their standard deviations. One slope serves all
    seen words (a shared form of Platt scaling, Platt 1999), and their log-odds are fitted. An unseen
    word's log-odds are the mean of the seen words', weighted by softmax(cosine / temperature). Its slope
    is `unseen_slope`, never more than `slope`, and approaches `slope` as its cosine to the nearest seen word
    goes from `unseen_nearness` to 1.
    """

    slope: float
    log_odds: Mapping[str, float]
    temperature: float = 0.1
    unseen_slope: float = UNSEEN_SLOPE
    unseen_nearness: float = UNSEEN_NEARNESS

    def __post_init__(self) -> None:
        for slope in (self.slope, self.unseen_slope):
            if not (slope > 0 and np.isfinite(slope)):
                raise ValueError(f"The slope {slope} must be positive: coherence rises with similarity.")
        if not self.log_odds:
            raise ValueError("A calibration needs the log-odds of at least one seen word.")

    def log_odds_of(self, word: str, nearness: npt.ArrayLike) -> float:
        """The log-odds of a vote at the mean of the bank; `nearness` is the cosine to each seen word."""
        if word in self.log_odds:
            return self.log_odds[word]
        closeness = np.asarray(nearness, dtype=np.float64) / self.temperature
        weights = np.exp(closeness - closeness.max())
        return float(weights @ np.array(list(self.log_odds.values())) / weights.sum())

    def slope_of(self, word: str, nearness: npt.ArrayLike) -> float:
        """How fast a word's log-odds rise with z; `nearness` is the cosine to each seen word."""
        if word in self.log_odds:
            return self.slope
        nearest = float(np.max(nearness))
        share = np.clip((nearest - self.unseen_nearness) / max(1 - self.unseen_nearness, 1e-6), 0, 1)
        unseen = min(self.unseen_slope, self.slope)
        return float(unseen + share * (self.slope - unseen))


@dataclass(frozen=True, slots=True)
class ReferenceBank:
    """A fixed set of paintings' feelings, (m, d') of unit length, that similarities are measured against."""

    feelings: Vectors

    def __post_init__(self) -> None:
        if self.feelings.ndim != 2 or not len(self.feelings):
            raise ValueError(f"A reference bank needs feelings (m, d), not {self.feelings.shape}.")

    def similarities(self, vector: Vector) -> Array:
        """Cosine of every painting of the bank to a unit vector (d',): (m,), ascending."""
        return np.sort(self.feelings @ vector).astype(np.float64)


@dataclass(frozen=True, slots=True)
class CalibratedReading:
    """One word with all that is needed to read a similarity to it; see `encoders.encoder.Reading`."""

    word: str
    seen: bool
    vector: Vector
    reference: Array
    """The bank's similarities to this word, ascending."""
    slope: float
    log_odds: float

    def coherence(self, similarities: npt.ArrayLike) -> Array:
        return sigmoid(self.slope * standardise(similarities, self.reference) + self.log_odds)

    def percentile(self, similarities: npt.ArrayLike) -> Array:
        values = np.asarray(similarities, dtype=np.float64)
        below = np.searchsorted(self.reference, values, side="left")
        not_above = np.searchsorted(self.reference, values, side="right")
        return 50.0 * (below + not_above) / len(self.reference)


def standardise(similarities: npt.ArrayLike, reference: Array) -> Array:
    """Distances (n, ...) from the mean of the reference (m, ...), in its standard deviations."""
    spread = np.maximum(reference.std(axis=0), SMALLEST_SPREAD)
    standardised: Array = (np.asarray(similarities, dtype=np.float64) - reference.mean(axis=0)) / spread
    return standardised


def sigmoid(x: Array) -> Array:
    """1 / (1 + exp(-x)), without overflow."""
    return 0.5 * (1.0 + np.tanh(0.5 * x))
