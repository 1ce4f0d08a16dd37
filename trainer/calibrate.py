"""Fits the calibration: from standardised similarities to the chance of a vote."""

import math
from collections.abc import Callable

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor
from torch.nn import functional

from encoders.coherence import UNSEEN_SLOPE, Calibration, ReferenceBank, standardise
from encoders.vectors import Vectors
from trainer.annotations.annotations import Counts

STEPS = 200
BANK_SIZE = 2000
"""Held-out paintings that make up a reference bank at most."""
PRIOR_VIEWERS = 1.0
"""Added to every emotion's votes and non-votes, so that an emotion nobody named keeps finite odds."""


def fit_seen(
    words: tuple[str, ...],
    vectors: Vectors,
    feelings: Vectors,
    counts: Counts,
    viewers: Counts,
    bank: ReferenceBank,
) -> Calibration:
    """Fit one slope and each word's log-odds to held-out votes; nothing is learned of unseen words.

    `vectors` (k, d') are the words', `feelings` (n, d') the paintings', `counts` (n, k) how many of a
    painting's `viewers` (n,) named each word. Viewers who named none of the words count as viewers.
    The model is Platt scaling (Platt 1999) on counts, with a slope shared by all words. Maximised is the
    binomial likelihood times a weak prior: two votes, one for and one against each word at z = 0, and a
    log-normal slope around 1. So few votes still give finite numbers.
    """
    reference = (bank.feelings @ vectors.T).astype(np.float64)  # (m, k)
    z = torch.from_numpy(standardise(feelings @ vectors.T, reference))  # (n, k)
    votes = torch.from_numpy(counts).double()
    others = torch.from_numpy(viewers[:, None] - counts).double()
    base = (votes.sum(dim=0) + PRIOR_VIEWERS) / (votes + others).sum(dim=0)
    log_slope = torch.zeros((), dtype=torch.float64, requires_grad=True)
    log_odds = torch.logit(base.clamp(max=0.99)).requires_grad_()

    def loss() -> Tensor:
        prior = PRIOR_VIEWERS * (functional.softplus(-log_odds) + functional.softplus(log_odds)).sum()
        return _misfit(log_slope.exp() * z + log_odds, votes, others) + prior + log_slope.square()

    _minimise([log_slope, log_odds], loss, len(z))
    fitted = log_odds.detach().tolist()
    return Calibration(slope=log_slope.detach().exp().item(), log_odds=dict(zip(words, fitted, strict=True)))


def fit_slope(
    z: npt.NDArray[np.float64],
    log_odds: npt.NDArray[np.float64],
    votes: npt.NDArray[np.int64],
    viewers: npt.NDArray[np.int64],
) -> float:
    """The slope alone, where the log-odds at z = 0 are given; all (m,).

    Maximised is the binomial likelihood times a log-normal prior around `UNSEEN_SLOPE`.
    """
    points, offsets = torch.from_numpy(z), torch.from_numpy(log_odds.astype(np.float64))
    yes, no = torch.from_numpy(votes).double(), torch.from_numpy(viewers - votes).double()
    start = math.log(UNSEEN_SLOPE)
    log_slope = torch.tensor(start, dtype=torch.float64, requires_grad=True)

    def loss() -> Tensor:
        return _misfit(log_slope.exp() * points + offsets, yes, no) + (log_slope - start).square()

    _minimise([log_slope], loss, len(z))
    return log_slope.detach().exp().item()


def _misfit(logits: Tensor, votes: Tensor, others: Tensor) -> Tensor:
    """Minus the binomial log-likelihood, without its constant."""
    return (votes * functional.softplus(-logits) + others * functional.softplus(logits)).sum()


def _minimise(parameters: list[Tensor], loss: Callable[[], Tensor], size: int) -> None:
    optimizer = torch.optim.LBFGS(parameters, max_iter=STEPS, line_search_fn="strong_wolfe")

    def closure() -> Tensor:
        optimizer.zero_grad()
        value = loss() / size
        value.backward()  # type: ignore[no-untyped-call]
        return value

    optimizer.step(closure)  # type: ignore[no-untyped-call]
