"""How well scores fit viewers' votes: the measures, pure and by themselves.

Throughout, `votes` (n, k) counts how many viewers of a painting named each emotion, its *fractions* L are
the rows divided by their sums, and the scores (n, k) are P. Paintings without votes are left out. Where a
measure is a mean over emotions, an emotion whose votes leave it undefined is left out of the mean.
"""

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

from trainer.evaluation.measure import Measure, Table, Times, Values, check, measure
from trainer.evaluation.ranks import expected_discounts, middle_ranks

DOMINANT = 0.5
PLACES = 100
LEAST = 1e-12
BINS = 15
NEIGHBOURS = 10
SLACK = 1e-6
"""By how much rounding may carry a chance out of [0, 1]."""


@measure
def accuracy_dominant(scores: Table, fractions: Table, times: Times) -> Values:
    """Share of right first choices, argmax P = argmax L, over the paintings with max L > 0.5; in [0, 1].

    Of equal highest scores the first counts.
    """
    clear = fractions.max(axis=1) > DOMINANT
    right = scores.argmax(axis=1) == fractions.argmax(axis=1)
    return _divide(times @ (clear & right).astype(float), times @ clear.astype(float))


@measure
def spearman(scores: Table, fractions: Table, times: Times) -> Values:
    """Rank correlation of P and L over paintings, the mean over emotions; in [-1, 1].

    Undefined where all paintings have one fraction. A score that is the same for all orders nothing: 0.
    """
    return _mean(_correlation(p, fraction, times) for p, fraction in zip(scores.T, fractions.T, strict=True))


@measure
def auroc_any_vote(scores: Table, fractions: Table, times: Times) -> Values:
    """Chance that P is higher for a painting with a vote for the emotion than for one without; in [0, 1].

    The area under the ROC curve of P for L > 0, equal scores counted half (Hanley and McNeil 1982), the
    mean over emotions. Undefined where all paintings have a vote or none has.
    """
    return _mean(_auroc(p, fraction > 0, times) for p, fraction in zip(scores.T, fractions.T, strict=True))


@measure
def ndcg_at_100(scores: Table, fractions: Table, times: Times) -> Values:
    """Normalised discounted cumulative gain of the first 100 paintings by P; in [0, 1].

    Gain L, discount 1 / log2(rank + 1), against the ranking by L itself (Järvelin and Kekäläinen 2002), the
    mean over emotions. Equal scores take the mean over their orders. Undefined where nobody named the
    emotion.
    """
    return _mean(_ndcg(p, fraction, times) for p, fraction in zip(scores.T, fractions.T, strict=True))


@measure
def kl(scores: Table, fractions: Table, times: Times) -> Values:
    """Mean over paintings of the divergence sum L log(L / P) in nats, both clipped at 1e-12.

    It is at least 0 (nearly: by the clipping) where the rows of P sum to 1, as L's do.

    Raises:
        ValueError: a score is no chance in [0, 1].
    """
    given, found = np.maximum(fractions, LEAST), np.maximum(_chances(scores), LEAST)
    return _over_paintings((given * np.log(given / found)).sum(axis=1), times)


@measure
def ece(scores: Table, fractions: Table, times: Times) -> Values:
    """Expected calibration error (Naeini et al. 2015), the mean over emotions; in [0, 1].

    Of each emotion the sum over 15 equally wide bins of P of the bin's share of paintings times
    abs(mean P - mean L). A score on a border belongs to the upper bin, 1 to the last.

    Raises:
        ValueError: a score is no chance in [0, 1].
    """
    scores = _chances(scores)
    bins = np.minimum((scores * BINS).astype(np.int64), BINS - 1)  # (n, k)
    size = times.sum(axis=1)
    gaps = (
        np.abs(times @ ((bins == number) * (scores - fractions))).mean(axis=1) / size  # (b, k) -> (b,)
        for number in np.unique(bins)
    )
    return np.asarray(sum(gaps), np.float64)


@measure
def brier(scores: Table, fractions: Table, times: Times) -> Values:
    """Mean over paintings of the sum over emotions of (P - L)² (Brier 1950); in [0, k].

    Raises:
        ValueError: a score is no chance in [0, 1].
    """
    return _over_paintings(((_chances(scores) - fractions) ** 2).sum(axis=1), times)


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
    reliability = 1 - _divide(sampling, fractions.var(axis=0, ddof=1))
    return float(_mean(np.sqrt(reliability.clip(min=0))[:, None])[0])


def hubness(similarities: npt.ArrayLike, k: int = NEIGHBOURS) -> float:
    """Skewness of how often each painting is among the k nearest of a word (Radovanović et al. 2010).

    `similarities` (words, paintings) of a bank of emotion words. 0 where all paintings come equally often,
    high where a few are near everything.

    Raises:
        ValueError: there are fewer than k paintings, no words, or a number is not finite.
    """
    table = np.asarray(similarities, np.float64)
    if table.ndim != 2 or not len(table) or not 1 <= k <= table.shape[1] or not np.isfinite(table).all():
        raise ValueError(
            f"Similarities must be finite and (words, at least {k} paintings), not {table.shape}."
        )
    nearest = np.argpartition(-table, k - 1, axis=1)[:, :k]
    occurrences = np.bincount(nearest.ravel(), minlength=table.shape[1])
    away = occurrences - occurrences.mean()
    spread = np.sqrt((away**2).mean())
    return float((away**3).mean() / spread**3) if spread else 0.0


def harmonic_mean(seen: float, unseen: float) -> float:
    """2 S U / (S + U) of one measure on emotions trained on and on others; 0 where one is not positive."""
    if seen <= 0 or unseen <= 0:
        return 0.0
    return 2 * seen * unseen / (seen + unseen)


def _correlation(p: Table, fraction: Table, times: Times) -> Values:
    middle = times.sum(axis=1, keepdims=True) / 2
    x, y = (middle_ranks(values, times) - middle for values in (p, fraction))  # (b, n) each
    weighted = times * y
    spreads = np.einsum("bn,bn,bn->b", times, x, x), np.einsum("bn,bn->b", weighted, y)
    both = np.einsum("bn,bn->b", weighted, x)
    correlation = np.where(spreads[0] > 0, _divide(both, np.sqrt(spreads[0] * spreads[1])), 0.0)
    return np.where(spreads[1] > 0, correlation, np.nan)


def _auroc(p: Table, voted: npt.NDArray[np.bool_], times: Times) -> Values:
    with_vote = times * voted
    positive = with_vote.sum(axis=1)
    below = np.einsum("bn,bn->b", with_vote, middle_ranks(p, times)) - positive**2 / 2
    return _divide(below, positive * (times.sum(axis=1) - positive))


def _ndcg(p: Table, fraction: Table, times: Times) -> Values:
    gains = times * fraction
    reached, best = (
        np.einsum("bn,bn->b", gains, expected_discounts(values, times, PLACES)) for values in (p, fraction)
    )
    return _divide(reached, best)


def _chances(scores: Table) -> Table:
    if scores.min() < -SLACK or scores.max() > 1 + SLACK:
        raise ValueError(
            f"The scores go from {scores.min():.3g} to {scores.max():.3g}; give chances in [0, 1]."
        )
    return scores.clip(0, 1)


def _over_paintings(figures: Table, times: Times) -> Values:
    return _divide(times @ figures, times.sum(axis=1))


def _mean(columns: Iterable[Values]) -> Values:
    """The mean of the columns that are defined, in each resample."""
    values = np.stack(list(columns))  # (k, b)
    defined = ~np.isnan(values)
    return _divide(np.where(defined, values, 0).sum(axis=0), defined.sum(axis=0).astype(float))


def _divide(above: Values, below: Values) -> Values:
    """The quotient, nan where it would be by zero."""
    quotient: Values = np.divide(above, below, out=np.full(above.shape, np.nan), where=below > 0)
    return quotient
