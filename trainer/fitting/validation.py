"""How far a new model's scores can be believed, by votes that took no part in them."""

from dataclasses import dataclass

import numpy as np

from encoders.coherence import Array, sigmoid
from trainer.annotations.annotations import Counts
from trainer.calibration.platt import fit_seen
from trainer.calibration.trust import FOLDS, Scales, TrustByScale, on_every_scale, trust
from trainer.dataset.training_data import TrainingData
from trainer.fitting.model import Fitted
from trainer.fitting.round import standardise_by_bank
from trainer.fitting.unseen import cross_read

CHECKED = 2000
"""Held-out paintings that are checked at most."""


@dataclass(frozen=True, slots=True)
class CalibrationCheck:
    """The errors of the coherence, and of what it is compared with, on held-out paintings.

    All is a little better than on new paintings: the held-out ones chose when training ended, and the blend.
    """

    paintings: int
    seen: TrustByScale
    """Of the words trained on. Each painting's chances are calibrated by votes for others."""
    held_out: tuple[str, ...]
    """Words that were held out of training in their turn; none where too few words would have stayed."""
    unseen: TrustByScale
    """Of those, each read as an unseen word by what the words of other turns taught of unseen words."""


@dataclass(frozen=True, slots=True)
class Validation:
    """The check, and the tables (paintings, words) that it and a reliability diagram are made from."""

    check: CalibrationCheck
    seen: Scales
    unseen: Scales | None


def validate(fitted: Fitted, data: TrainingData) -> Validation:
    """Check a model on the held-out paintings of the data that it was fitted to, at most `CHECKED`."""
    turns, held_out = fitted.rotation.turns, data.split.held_out
    votes, viewers = data.counts[held_out], data.viewers[held_out]
    similarities = fitted.done.similarities
    rows = np.flatnonzero(viewers > 0)[:CHECKED]
    chances = _cross_calibrate(data.words, standardise_by_bank(similarities), votes, viewers)
    seen = on_every_scale(chances[rows], similarities[rows], votes[rows], viewers[rows])
    unseen = None
    if turns:
        similarities, votes = (
            np.hstack([getattr(turn, name) for turn in turns]) for name in ("similarities", "votes")
        )
        unseen = on_every_scale(cross_read(turns)[rows], similarities[rows], votes[rows], viewers[rows])
    check = CalibrationCheck(
        paintings=len(rows),
        seen=_errors(seen),
        held_out=tuple(word for turn in turns for word in turn.words),
        unseen=_errors(unseen) if unseen else {},
    )
    return Validation(check, seen, unseen)


def _errors(tables: Scales) -> TrustByScale:
    return trust([tables]) if len(tables.fractions) else {}


def _cross_calibrate(words: tuple[str, ...], z: Array, votes: Counts, viewers: Counts) -> Array:
    """Chances (n, k) of seen words, of each fold of the paintings by the votes for the others."""
    chances = np.empty_like(z)
    fold = np.arange(len(z)) % FOLDS
    for number in range(FOLDS):
        inside, others = fold == number, fold != number
        calibration = fit_seen(words, z[others], votes[others], viewers[others])
        log_odds = np.array([calibration.log_odds[word] for word in words])
        chances[inside] = sigmoid(calibration.slope * z[inside] + log_odds)
    return chances
