"""What words that were held out of training teach of all unseen words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from encoders.coherence import Array, Calibration, sigmoid
from trainer.annotations.annotations import Counts
from trainer.calibration.platt import fit_slope
from trainer.fitting.round import AS_TRAINED, standardise_by_bank
from trainer.metrics.agreement import spearman

NOISE = 2.0
"""Standard errors by which a blend must be better than the heads as trained."""


@dataclass(frozen=True, slots=True)
class Turn:
    """h words and n held-out paintings as a round sees them that was trained without the words."""

    words: tuple[str, ...]
    columns: tuple[int, ...]
    """Of the data's words."""
    calibration: Calibration
    """Of the words that stayed; it says nothing of unseen words."""
    similarities: Array  # (n, h)
    nearness: Array  # (h, those that stayed), cosines
    votes: Counts  # (n, h)
    viewers: Counts  # (n,)

    def chances(self, calibration: Calibration) -> Array:
        """The words' coherence (n, h), by this calibration."""
        slopes, log_odds = self._read(calibration)
        return sigmoid(slopes * standardise_by_bank(self.similarities) + log_odds)

    def evidence(self, calibration: Calibration) -> tuple[Array, Array, Counts, Counts]:
        """What `fit_slope` takes. What a word has of its kin's slope is no longer in question."""
        z = standardise_by_bank(self.similarities)
        _, log_odds = self._read(calibration)
        kinship = np.array([calibration.kinship(*its).max() for its in self._words()])
        viewers = np.broadcast_to(self.viewers[:, None], self.votes.shape)
        given = kinship * calibration.slope * z + log_odds
        return ((1 - kinship) * z).ravel(), given.ravel(), self.votes.ravel(), viewers.ravel()

    def _read(self, calibration: Calibration) -> tuple[Array, Array]:
        slopes = [calibration.slope_of(*its) for its in self._words()]
        return np.array(slopes), np.array([calibration.log_odds_of(*its) for its in self._words()])

    def _words(self) -> list[tuple[str, Array]]:
        return list(zip(self.words, self.nearness, strict=True))


def learn_unseen(calibration: Calibration, turns: Sequence[Turn]) -> Calibration:
    """Add to a calibration what it may claim of unseen words; without turns it stays as cautious as it came.

    From the mean cosine of the held-out words to their nearest seen word a word begins to be of its kind.
    The slope is the one that fits the votes best when words have the log-odds that unseen words are given.
    """
    if not turns:
        return calibration
    nearness = float(np.concatenate([turn.nearness.max(axis=1) for turn in turns]).mean())
    evidence = [turn.evidence(replace(turn.calibration, unseen_nearness=nearness)) for turn in turns]
    slope = fit_slope(*(np.concatenate(parts) for parts in zip(*evidence, strict=True)))
    return replace(calibration, unseen_slope=slope, unseen_nearness=nearness)


def cross_read(turns: Sequence[Turn]) -> Array:
    """Each turn's words as unseen ones (n, h + h + ...), by what the other turns teach of unseen words."""
    others = [[*turns[:place], *turns[place + 1 :]] for place in range(len(turns))]
    tables = [
        turn.chances(learn_unseen(turn.calibration, its)) for turn, its in zip(turns, others, strict=True)
    ]
    return np.hstack(tables)


def rank_correlations(similarities: Array, votes: Counts, viewers: Counts) -> Array:
    """Between a word's similarities and the share of viewers who named it, (h,); nan where shares are one.

    Similarities and votes are (n, h), viewers (n,).
    """
    shares = votes / np.maximum(viewers, 1)[:, None]
    columns = range(votes.shape[1])
    return np.array([spearman.once(similarities[:, [column]], shares[:, [column]]) for column in columns])


def choose_blend(correlations: Mapping[float, Array]) -> float:
    """The weight of the trained heads by which held-out words order paintings best.

    Given are the words' rank correlations (words,) by weight. As trained is best until another weight is
    better by twice the standard error of the words' gains.
    """
    sure = {AS_TRAINED: 0.0}
    for weight, its in correlations.items():
        gains = its - correlations[AS_TRAINED]
        gains = gains[~np.isnan(gains)]
        if len(gains) > 1 and gains.mean() > NOISE * gains.std(ddof=1) / np.sqrt(len(gains)):
            sure[weight] = float(gains.mean())
    return max(sure, key=lambda weight: sure[weight])
