"""How well scores fit viewers' votes: the measures, pure and by themselves.

Throughout, `votes` (n, k) counts how many viewers of a painting named each emotion, its *fractions* L are
the rows divided by their sums, and the scores (n, k) are P. Paintings without votes are left out. Where a
measure is a mean over emotions, an emotion whose votes leave it undefined is left out of the mean.
"""

import numpy as np
import numpy.typing as npt

from trainer.metrics.measure import (
    Column,
    Measure,
    Table,
    Times,
    Values,
    check,
    divide,
    mean_of_defined,
    mean_over_emotions,
    measure,
)
from trainer.metrics.ranks import Ties, ascending, discounted_gains, middle_ranks

DOMINANT = 0.5
PLACES = 100
LEAST = 1e-12
BINS = 15
SLACK = 1e-6
"""By how much rounding may carry a chance out of [0, 1]."""


@measure
def accuracy_dominant(scores: Table, fractions: Table, times: Times) -> Values:
    """Share of right first choices, argmax P = argmax L, over the paintings with max L > 0.5; in [0, 1].

    Of equal highest scores the first counts.
    """
    clear = fractions.max(axis=1) > DOMINANT
    right = scores.argmax(axis=1) == fractions.argmax(axis=1)
    return divide((clear & right).astype(float) @ times, clear.astype(float) @ times)


@mean_over_emotions
def spearman(p: Column, fraction: Column, times: Times) -> Values:
    """Rank correlation of P and L over paintings, the mean over emotions; in [-1, 1].

    Undefined where all paintings have one fraction. A score that is the same for all orders nothing: 0.
    """
    p, fraction, times = ascending(p, fraction, times)
    ties = Ties.of(p), Ties.of(fraction)
    sizes = [its.sums(times) for its in ties]
    x, y = (middle_ranks(size) - times.sum(axis=0) / 2 for size in sizes)  # (g, b) each
    spreads = [np.einsum("gb,gb,gb->b", *its) for its in ((sizes[0], x, x), (sizes[1], y, y))]
    both = np.einsum("gb,gb->b", ties[0].sums(times * y[ties[1].groups]), x)
    correlation = np.where(spreads[0] > 0, divide(both, np.sqrt(spreads[0] * spreads[1])), 0.0)
    return np.where(spreads[1] > 0, correlation, np.nan)


@mean_over_emotions
def auroc_any_vote(p: Column, fraction: Column, times: Times) -> Values:
    """Chance that P is higher for a painting with a vote for the emotion than for one without; in [0, 1].

    The area under the ROC curve of P for L > 0, equal scores counted half (Hanley and McNeil 1982), the
    mean over emotions. Undefined where all paintings have a vote or none has.
    """
    ties, voted = Ties.of(p), np.flatnonzero(fraction > 0)
    ranks = middle_ranks(ties.sums(times))[ties.groups[voted]]
    positive = times[voted].sum(axis=0)
    below = np.einsum("vb,vb->b", times[voted], ranks) - positive**2 / 2
    return divide(below, positive * (times.sum(axis=0) - positive))


@mean_over_emotions
def ndcg_at_100(p: Column, fraction: Column, times: Times) -> Values:
    """Normalised discounted cumulative gain of the first 100 paintings by P; in [0, 1].

    Gain L, discount 1 / log2(rank + 1), against the ranking by L itself (Järvelin and Kekäläinen 2002), the
    mean over emotions. Equal scores take the mean over their orders. Undefined where nobody named the
    emotion.
    """
    reached, best = (discounted_gains(values, fraction, times, PLACES) for values in (p, fraction))
    return divide(reached, best)


@measure
def kl(scores: Table, fractions: Table, times: Times) -> Values:
    """Mean over paintings of the divergence sum L log(L / P) in nats, both clipped at 1e-12.

    It is at least 0 (nearly: by the clipping) where the rows of P sum to 1, as L's do.

    Raises:
        ValueError: a score is no chance in [0, 1].
    """
    given, found = np.maximum(fractions, LEAST), np.maximum(_chances(scores), LEAST)
    return _over_paintings((given * np.log(given / found)).sum(axis=1), times)


@mean_over_emotions
def ece(p: Column, fraction: Column, times: Times) -> Values:
    """Expected calibration error (Naeini et al. 2015), the mean over emotions; in [0, 1].

    Of each emotion the sum over 15 equally wide bins of P of the bin's share of paintings times
    abs(mean P - mean L). A score on a border belongs to the upper bin, 1 to the last.

    Raises:
        ValueError: a score is no chance in [0, 1].
    """
    bins = bin_numbers(p)
    gaps = (bins == np.unique(bins)[:, None]) * (_chances(p) - fraction)  # (bins, n)
    return np.asarray(np.abs(gaps @ times).sum(axis=0) / times.sum(axis=0), np.float64)


@measure
def brier(scores: Table, fractions: Table, times: Times) -> Values:
    """Mean over paintings of the sum over emotions of (P - L)² (Brier 1950); in [0, k].

    Raises:
        ValueError: a score is no chance in [0, 1].
    """
    return _over_paintings(((_chances(scores) - fractions) ** 2).sum(axis=1), times)


@mean_over_emotions
def brier_per_word(p: Column, fraction: Column, times: Times) -> Values:
    """Mean over paintings of (P - L)², and over emotions: `brier` by their number, to compare several sets.

    Raises:
        ValueError: a score is no chance in [0, 1].
    """
    return _over_paintings((_chances(p) - fraction) ** 2, times)


MEASURES: dict[str, Measure] = {
    "accuracy_dominant": accuracy_dominant,
    "spearman": spearman,
    "auroc_any_vote": auroc_any_vote,
    "ndcg_at_100": ndcg_at_100,
    "kl": kl,
    "ece": ece,
    "brier": brier,
}


def evaluate(scores: npt.ArrayLike, votes: npt.ArrayLike) -> dict[str, float]:
    """Every measure of scores (n, k), chances in [0, 1], against votes (n, k), counts.

    Paintings without votes are left out. A measure that nothing in the votes defines is nan.

    Raises:
        ValueError: the shapes differ or are not (n, k), a number is not finite, a count is negative, a
            score is no chance, or no painting has votes.
    """
    checked, fractions = check(scores, votes)
    return {name: one.once(checked, fractions) for name, one in MEASURES.items()}


def spearman_ceiling(votes: npt.ArrayLike, viewers: npt.ArrayLike | None = None) -> float:
    """The rank correlation that even perfect scores would reach, about: the mean over emotions; in [0, 1].

    A few viewers' fractions are a noisy reading of what all viewers would say, and correlate with that by
    the square root of their reliability (Spearman 1904). The reliability is the part of their variance
    that is not sampling, L (1 - L) / (viewers - 1) on average. It is an estimate for linear correlations.
    `viewers` (n,) are by default the sums of the votes. Paintings with fewer than two are left out; nan
    where fewer than two paintings remain.

    Raises:
        ValueError: as `evaluate`.
    """
    counts = np.asarray(votes, np.float64)
    check(counts, counts)
    asked = counts.sum(axis=1) if viewers is None else np.asarray(viewers, np.float64)
    counts, asked = counts[asked >= 2], asked[asked >= 2, None]
    if len(counts) < 2:
        return float("nan")
    fractions = counts / asked
    sampling = (fractions * (1 - fractions) / (asked - 1)).mean(axis=0)
    reliability = 1 - divide(sampling, fractions.var(axis=0, ddof=1))
    return float(mean_of_defined(np.sqrt(reliability.clip(min=0))[:, None])[0])


def bin_numbers(scores: Table | Column) -> npt.NDArray[np.int64]:
    """Which of 15 equally wide bins of [0, 1] each score falls into, a border's into the upper one.

    Raises:
        ValueError: a score is no chance in [0, 1].
    """
    return np.minimum((_chances(scores) * BINS).astype(np.int64), BINS - 1)


def harmonic_mean(seen: float, unseen: float) -> float:
    """2 S U / (S + U) of one measure on emotions trained on and on others; 0 where one is not positive."""
    if seen <= 0 or unseen <= 0:
        return 0.0
    return 2 * seen * unseen / (seen + unseen)


def _chances(scores: Table | Column) -> Table:
    if scores.min() < -SLACK or scores.max() > 1 + SLACK:
        raise ValueError(
            f"The scores go from {scores.min():.3g} to {scores.max():.3g}; give chances in [0, 1]."
        )
    return scores.clip(0, 1)


def _over_paintings(figures: Column, times: Times) -> Values:
    return divide(figures @ times, times.sum(axis=0))
