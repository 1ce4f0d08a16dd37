"""How far the coherence can be trusted, beside a score that nothing fitted and one that saw the votes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
import numpy.typing as npt

from trainer.annotations.annotations import Counts
from trainer.calibration.baselines import per_emotion, rescaled_cosine
from trainer.metrics.agreement import brier_per_word, ece
from trainer.metrics.bootstrap import Figure, figure, resample
from trainer.metrics.measure import Measure, Table, mean_of_defined
from trainer.metrics.parallel import work_off

COHERENCE, RESCALED_COSINE, PER_EMOTION = SCALES = ("coherence", "rescaled_cosine", "per_emotion")
SEEN, UNSEEN = "seen", "unseen"
"""Whether training had votes for a word."""
FOLDS = 5
"""Of the paintings: each one's chances by emotion come from votes for the others."""
LEAST = 2 * FOLDS
"""Paintings below which nothing is fitted."""


@dataclass(frozen=True, slots=True)
class Trust:
    """The calibration error and the squared error of chances, both as means over words."""

    ece: Figure
    brier_per_word: Figure


TrustByScale = Mapping[str, Trust]


@dataclass(frozen=True, slots=True)
class Scales:
    """Chances (n, k) on each scale, and the part of the viewers who named each word, (n, k)."""

    chances: Mapping[str, Table]
    fractions: Table

    def only(self, words: npt.NDArray[np.bool_]) -> "Scales":
        """Only the words that a mask (k,) chooses."""
        return Scales({name: its[:, words] for name, its in self.chances.items()}, self.fractions[:, words])


def beside(rounds: Sequence[Scales]) -> Scales:
    """The words of all rounds beside each other, (n, k + k + ...)."""
    chances = {scale: np.hstack([its.chances[scale] for its in rounds]) for scale in rounds[0].chances}
    return Scales(chances, np.hstack([its.fractions for its in rounds]))


def on_every_scale(coherences: Table, cosines: Table, votes: Counts, viewers: Counts) -> Scales:
    """Chances (n, k) as they are served, as rescaled cosines, and by calibrators that know each word's votes.

    The last are an upper bound. They are fitted to the votes (n, k) of the viewers (n,) of the very
    collection, for unseen words, too; but each painting gets its chances from votes for others.
    """
    chances = {COHERENCE: coherences, RESCALED_COSINE: rescaled_cosine(cosines)}
    if len(cosines) >= LEAST:
        chances[PER_EMOTION] = _cross_fit(cosines, votes, viewers)
    return Scales(chances, votes / viewers[:, None])


def trust(rounds: Sequence[Scales]) -> TrustByScale:
    """What each scale is worth, as the mean over rounds."""
    scales, measures = rounds[0].chances, (ece, brier_per_word)
    work = {(scale, one): partial(_mean, one, scale, rounds) for scale in scales for one in measures}
    found = work_off(work, "Measuring calibration")
    return {scale: Trust(*(found[scale, one] for one in measures)) for scale in scales}


def _mean(one: Measure, scale: str, rounds: Sequence[Scales]) -> Figure:
    values = [resample(one, its.chances[scale], its.fractions) for its in rounds]
    return figure(mean_of_defined(np.stack(values)))


def _cross_fit(cosines: Table, votes: Counts, viewers: Counts) -> Table:
    chances = np.empty_like(cosines)
    fold = np.arange(len(cosines)) % FOLDS
    for number in range(FOLDS):
        inside, others = fold == number, fold != number
        chances[inside] = per_emotion(cosines[others], votes[others], viewers[others], cosines[inside])
    return chances
