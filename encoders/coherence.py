"""What a similarity means: its percentile in the reference bank and its coherence, a chance in [0, 1]."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from encoders.vectors import Vector, Vectors
from encoders.words.emotions import find

Array = npt.NDArray[np.float64]
SMALLEST_SPREAD = 1e-6

UNSEEN_SLOPE = 0.25
UNSEEN_NEARNESS = 0.5
"""What is assumed of unseen words before anything was measured: little."""

# The next three were chosen among few values by rates alone: of collections of 5 to 28 words drawn at random,
# with viewers of held-out words counted and not counted, and of the sample gallery.
REST_PART = 1 / 3
"""The part of the viewers who named no seen word that is expected to have had one unseen word in mind."""
REST_WEIGHT = 12.0
"""How many seen words weigh as much as that expectation."""
VALENCE_PRIOR = 1.0
"""How many words of the mean rate are added to those of one valence."""
FAMILY_KINSHIP = 0.5
"""A word of a seen word's family is at least half of its kind."""


@dataclass(frozen=True, slots=True)
class Calibration:
    """How standardised similarities become chances, for any word.

    coherence = sigmoid(slope * z + log_odds(word)), with z the similarity's distance from the mean of
    the reference bank's similarities to that word, in their standard deviations. One slope serves all
    seen words (a shared form of Platt scaling, Platt 1999), and their log-odds are fitted.

    An unseen word is known by its kinship to each seen one, in [0, 1] (see `kinship`). As far as it has
    none, its slope is `unseen_slope`, never more than `slope`, and its log-odds are the typical ones of its
    valence; as far as it has, they are its kin's.
    """

    slope: float
    log_odds: Mapping[str, float]
    rest: float | None = None
    """The share of viewers who named none of the seen words; None where that says nothing of other words."""
    unseen_slope: float = UNSEEN_SLOPE
    unseen_nearness: float = UNSEEN_NEARNESS
    """The cosine to a seen word from which on a word begins to be of its kind."""

    def __post_init__(self) -> None:
        for slope in (self.slope, self.unseen_slope):
            if not (slope > 0 and np.isfinite(slope)):
                raise ValueError(f"The slope {slope} must be positive: coherence rises with similarity.")
        if not self.log_odds:
            raise ValueError("A calibration needs the log-odds of at least one seen word.")
        if not np.isfinite(list(self.log_odds.values())).all():
            raise ValueError(f"Log-odds must be finite, not {dict(self.log_odds)}.")
        if self.rest is not None and not 0 < self.rest < 1:
            raise ValueError(f"The rest of the viewers is a share between 0 and 1, not {self.rest}.")

    def seen_as(self, word: str) -> str | None:
        """The seen word that a word is, or of whose emotion it is another name; None for unseen words."""
        if word in self.log_odds:
            return word
        emotion = find(word)
        if emotion is None:
            return None
        return next((seen for seen in self.log_odds if find(seen) == emotion), None)

    def log_odds_of(self, word: str, nearness: npt.ArrayLike) -> float:
        """The log-odds of a vote at the mean of the bank; `nearness` is the cosine to each seen word."""
        if seen := self.seen_as(word):
            return self.log_odds[seen]
        kinship = self.kinship(word, nearness)
        typical = self.typical_log_odds(word)
        return typical + float(kinship @ (self._odds() - typical)) / max(1.0, float(kinship.sum()))

    def slope_of(self, word: str, nearness: npt.ArrayLike) -> float:
        """How fast a word's log-odds rise with z; `nearness` is the cosine to each seen word."""
        if self.seen_as(word):
            return self.slope
        unseen = min(self.unseen_slope, self.slope)
        return unseen + float(self.kinship(word, nearness).max()) * (self.slope - unseen)

    def kinship(self, word: str, nearness: npt.ArrayLike) -> Array:
        """How far an unseen word is of each seen word's kind, (k,) in [0, 1].

        It goes from 0 at a cosine of `unseen_nearness` to 1 at a cosine of 1. Where the vocabulary knows
        both words it has its say: another name of the same emotion is of its kind, a word of the same
        family by half at least, an opposite not at all, however alike the sentences that hold them.
        """
        above = np.asarray(nearness, dtype=np.float64) - self.unseen_nearness
        near = np.clip(above / max(1 - self.unseen_nearness, 1e-6), 0, 1)
        least, most = np.array([_bounds(word, seen) for seen in self.log_odds]).T
        return np.clip(near, least, most)

    def typical_log_odds(self, word: str) -> float:
        """What is expected of an unseen word that is akin to no seen one.

        The mean of the seen words' log-odds (their typical rate; the mean of their rates would be that of
        the few frequent ones), moved towards those of the word's valence and, where `rest` is known,
        towards a third of it: whoever named a seen word named no other. All three are shrinkage by as many
        words as the constants say (partial pooling, Gelman & Hill 2007, chapter 12).
        """
        odds = self._odds()
        mean = float(odds.mean())
        alike = odds[_of_valence_of(word, self.log_odds)]
        lean = float((alike - mean).sum()) / (len(alike) + VALENCE_PRIOR)
        if self.rest is None:
            return mean + lean
        expected = float(np.log(self.rest * REST_PART) - np.log1p(-self.rest * REST_PART))
        return (len(odds) * mean + REST_WEIGHT * expected) / (len(odds) + REST_WEIGHT) + lean

    def reading(
        self, word: str, vector: Vector, nearness: npt.ArrayLike, bank: "ReferenceBank"
    ) -> "CalibratedReading":
        """What similarities to a word's vector (d',) mean; `nearness` is its cosine to each seen word."""
        return CalibratedReading(
            word=word,
            seen=self.seen_as(word) is not None,
            vector=vector,
            reference=bank.similarities(vector),
            slope=self.slope_of(word, nearness),
            log_odds=self.log_odds_of(word, nearness),
        )

    def _odds(self) -> Array:
        return np.array(list(self.log_odds.values()))


def _bounds(word: str, seen: str) -> tuple[float, float]:
    """The least and the most that two words are akin."""
    one, other = find(word), find(seen)
    if one is None or other is None:
        return 0.0, 1.0
    if one == other:
        return 1.0, 1.0
    if one.word in other.opposites:
        return 0.0, 0.0
    return (FAMILY_KINSHIP if one.family == other.family else 0.0), 1.0


def _of_valence_of(word: str, others: Mapping[str, float]) -> npt.NDArray[np.bool_]:
    """Which of the others are, like the word, positive, negative or neither; none for a word unknown."""
    emotion = find(word)
    found = [find(other) for other in others]
    return np.array([bool(emotion and other and emotion.valence == other.valence) for other in found])


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


@dataclass(frozen=True)
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
        return sigmoid(self.slope * _in_spreads(similarities, *self._usual) + self.log_odds)

    def percentile(self, similarities: npt.ArrayLike) -> Array:
        return percentile_among(self.reference, similarities)

    @cached_property
    def _usual(self) -> tuple[Array, Array]:
        return usual(self.reference)


def standardise(similarities: npt.ArrayLike, reference: Array) -> Array:
    """Distances (n, ...) from the mean of the reference (m, ...), in its standard deviations."""
    return _in_spreads(similarities, *usual(reference))


def usual(reference: Array) -> tuple[Array, Array]:
    """The mean of the reference (m, ...) and its standard deviation, which is never quite 0."""
    return reference.mean(axis=0), np.maximum(reference.std(axis=0), SMALLEST_SPREAD)


def _in_spreads(similarities: npt.ArrayLike, mean: Array, spread: Array) -> Array:
    distances: Array = (np.asarray(similarities, dtype=np.float64) - mean) / spread
    return distances


def percentile_among(reference: Array, values: npt.ArrayLike) -> Array:
    """Percentage in [0, 100] of an ascending reference (m,) below each value; equal ones count half."""
    below, not_above = reference.searchsorted(values, "left"), reference.searchsorted(values, "right")
    percentages: Array = 50.0 * (below + not_above) / len(reference)
    return percentages


def sigmoid(x: Array) -> Array:
    """1 / (1 + exp(-x)), without overflow."""
    return 0.5 * (1.0 + np.tanh(0.5 * x))
