"""Where a calibration cannot be trusted, in plain sentences.

The bounds come from the sample gallery, calibrated on ever fewer of its held-out paintings and measured on
new ones. The calibration error of seen words was .021 with 600 viewers' answers, .030 with 150 and .044 with
50. A word's base rate was off by a fifth where 20 to 39 answers named it, by a quarter with 10 to 19 and by
two fifths with 5 to 9. The slope of unseen words varied by a third when fitted to four held-out words
instead of eight, by more than a half when fitted to two.
"""

import numpy as np

from encoders.coherence import Array, Calibration
from trainer.annotations.annotations import Counts
from trainer.calibration.platt import PRIOR_PRECISION, slope_information
from trainer.calibration.trust import COHERENCE, TrustByScale
from trainer.dataset.training_data import TrainingData
from trainer.fitting.model import Fitted
from trainer.fitting.round import standardise_by_bank
from trainer.fitting.validation import CalibrationCheck

LEAST_ANSWERS = 150
LEAST_NAMED = 10
LEAST_HELD_OUT_WORDS = 4
LARGEST_ERROR = 0.1
"""Of the upper end of the interval of a calibration error."""
SHOWN = 8
"""Words that a sentence lists at most."""


def find_doubts(fitted: Fitted, data: TrainingData, check: CalibrationCheck) -> tuple[str, ...]:
    """Say where the scores of a model are not to be trusted; nothing where they are."""
    held_out = data.split.held_out
    votes, viewers = data.counts[held_out], data.viewers[held_out]
    calibration = fitted.model.calibration
    z = standardise_by_bank(fitted.done.similarities)
    doubts = [
        _few_answers(len(held_out), int(viewers.sum())),
        _rarely_named(dict(zip(data.words, votes.sum(axis=0).tolist(), strict=True))),
        _assumed_slope(calibration, z, viewers),
        _few_words_held_out(len(check.held_out)),
        _large_error("words with votes", check.paintings, check.seen),
        _large_error("words without votes", check.paintings, check.unseen),
    ]
    return tuple(doubt for doubt in doubts if doubt)


def find_no_gain(trained: float, histogram: float) -> tuple[str, ...]:
    """Say so where a model fits held-out votes no better, in nats, than always answering their histogram."""
    if trained < histogram:
        return ()
    return (
        f"On held-out paintings its chances are no better ({trained:.3f} nats) than always answering the "
        f"votes' histogram ({histogram:.3f}): little was learned that carries over to other paintings.",
    )


def _few_answers(paintings: int, answers: int) -> str:
    if answers >= LEAST_ANSWERS:
        return ""
    return (
        f"Scores were calibrated on {answers} viewers' answers to {paintings} held-out paintings; "
        f"with fewer than {LEAST_ANSWERS} chances are rough."
    )


def _rarely_named(named: dict[str, int]) -> str:
    rare = [f"{word} ({count})" for word, count in named.items() if count < LEAST_NAMED]
    if not rare:
        return ""
    more = f" and {len(rare) - SHOWN} more" if len(rare) > SHOWN else ""
    return (
        f"Fewer than {LEAST_NAMED} viewers of held-out paintings named {', '.join(rare[:SHOWN])}{more}: "
        "how often such a word is named is a guess."
    )


def _assumed_slope(calibration: Calibration, z: Array, viewers: Counts) -> str:
    log_odds = np.array(list(calibration.log_odds.values()))
    if slope_information(calibration.slope, z, log_odds, viewers) > PRIOR_PRECISION:
        return ""
    return (
        "The votes tell less of how scores rise with similarity than what was assumed of it beforehand: "
        "the differences between paintings' chances are a guess."
    )


def _few_words_held_out(words: int) -> str:
    if words >= LEAST_HELD_OUT_WORDS:
        return ""
    if not words:
        return (
            "No word could be held out of training, so what is claimed of words without votes is assumed, "
            "not measured."
        )
    return (
        f"Only {words} words could be held out of training: what is claimed of words without votes is rough."
    )


def _large_error(words: str, paintings: int, errors: TrustByScale) -> str:
    if not errors or not errors[COHERENCE].ece.high > LARGEST_ERROR:
        return ""
    return (
        f"By {paintings} held-out paintings the chances of {words} may be off by "
        f"{errors[COHERENCE].ece.high:.2f} on average, "
        "the upper end of a 95 % interval."
    )
