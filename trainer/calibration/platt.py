"""Fits the calibration: from standardised similarities to the chance of a vote.

Throughout, z (n, k) are standardised similarities of n paintings to k words, `counts` (n, k) how many of a
painting's `viewers` (n,) named each word. Viewers who named none of the words count as viewers. Maximised is
the binomial likelihood times weak priors, so that few votes, or none, still give finite numbers.
"""

import math
from collections.abc import Callable

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor
from torch.nn import functional

from encoders.coherence import UNSEEN_SLOPE, Array, Calibration, sigmoid
from trainer.annotations.annotations import Counts

STEPS = 200
PRIOR_VIEWERS = 1.0
"""Added to every emotion's votes and non-votes, so that an emotion nobody named keeps finite odds."""
PRIOR_PRECISION = 2.0
"""Of the logarithm of a slope, around 1 for seen and `UNSEEN_SLOPE` for unseen words."""


def fit_seen(words: tuple[str, ...], z: npt.ArrayLike, counts: Counts, viewers: Counts) -> Calibration:
    """Fit one slope for all words and each word's log-odds; nothing is learned of unseen words.

    Platt scaling (Platt 1999) on counts, with a shared slope. The prior is two votes, one for and one
    against each word at z = 0, and a log-normal slope.
    """
    slope, log_odds = _fit_platt(z, counts, viewers, one_slope=True)
    return Calibration(
        slope=float(slope[0]),
        log_odds=dict(zip(words, log_odds.tolist(), strict=True)),
        rest=_rest(counts, viewers),
    )


def fit_each(z: npt.ArrayLike, counts: Counts, viewers: Counts) -> tuple[Array, Array]:
    """As `fit_seen`, but a slope for each word: slopes (k,) and log-odds (k,)."""
    return _fit_platt(z, counts, viewers, one_slope=False)


def fit_slope(z: Array, log_odds: Array, votes: Counts, viewers: Counts) -> float:
    """The slope alone, where the log-odds at z = 0 are given; all (m,), of unseen words.

    The prior is a log-normal slope around `UNSEEN_SLOPE`.
    """
    points, offsets = torch.from_numpy(z), torch.from_numpy(log_odds.astype(np.float64))
    yes, no = torch.from_numpy(votes).double(), torch.from_numpy(viewers - votes).double()
    start = math.log(UNSEEN_SLOPE)
    log_slope = torch.tensor(start, dtype=torch.float64, requires_grad=True)

    def loss() -> Tensor:
        prior = PRIOR_PRECISION / 2 * (log_slope - start).square()
        return _misfit(log_slope.exp() * points + offsets, yes, no) + prior

    _minimise([log_slope], loss, float(viewers.sum()))
    return log_slope.detach().exp().item()


def slope_information(slope: float, z: Array, log_odds: Array, viewers: Counts) -> float:
    """What the votes tell of the logarithm of a slope (Fisher information), beside `PRIOR_PRECISION`.

    z is (n, k), `log_odds` (k,).
    """
    chances = sigmoid(slope * z + log_odds)
    return float((viewers[:, None] * chances * (1 - chances) * (slope * z) ** 2).sum())


def _fit_platt(z: npt.ArrayLike, counts: Counts, viewers: Counts, one_slope: bool) -> tuple[Array, Array]:
    points = torch.from_numpy(np.asarray(z, np.float64))
    votes = torch.from_numpy(counts).double()
    others = torch.from_numpy(viewers[:, None] - counts).double()
    rate = (votes.sum(dim=0) + PRIOR_VIEWERS) / ((votes + others).sum(dim=0) + 2 * PRIOR_VIEWERS)
    log_odds = torch.logit(rate).requires_grad_()
    log_slope = torch.zeros(1 if one_slope else counts.shape[1], dtype=torch.float64, requires_grad=True)

    def loss() -> Tensor:
        prior = PRIOR_VIEWERS * (functional.softplus(-log_odds) + functional.softplus(log_odds)).sum()
        prior = prior + PRIOR_PRECISION / 2 * log_slope.square().sum()
        return _misfit(log_slope.exp() * points + log_odds, votes, others) + prior

    _minimise([log_slope, log_odds], loss, float(viewers.sum()))
    return log_slope.detach().exp().numpy(), log_odds.detach().numpy()


def _rest(counts: Counts, viewers: Counts) -> float | None:
    """The share of viewers who named none of the words.

    None where viewers could name several words, and where none named anything else: perhaps none could.
    """
    none = viewers - counts.sum(axis=1)
    if (none < 0).any() or not none.any():
        return None
    return float((none.sum() + PRIOR_VIEWERS) / (viewers.sum() + 2 * PRIOR_VIEWERS))


def _misfit(logits: Tensor, votes: Tensor, others: Tensor) -> Tensor:
    """Minus the binomial log-likelihood, without its constant."""
    return (votes * functional.softplus(-logits) + others * functional.softplus(logits)).sum()


def _minimise(parameters: list[Tensor], loss: Callable[[], Tensor], size: float) -> None:
    """Change the parameters, in place, to where the loss per viewer is least.

    They stay as they came where the search does not better them.
    """
    start = [parameter.detach().clone() for parameter in parameters]
    before = loss().item()
    optimizer = torch.optim.LBFGS(
        parameters, max_iter=STEPS, tolerance_change=1e-12, line_search_fn="strong_wolfe"
    )

    def closure() -> Tensor:
        optimizer.zero_grad()
        value = loss() / max(size, 1.0)
        value.backward()  # type: ignore[no-untyped-call]
        return value

    optimizer.step(closure)  # type: ignore[no-untyped-call]
    if not loss().item() <= before:
        with torch.no_grad():
            for parameter, value in zip(parameters, start, strict=True):
                parameter.copy_(value)
