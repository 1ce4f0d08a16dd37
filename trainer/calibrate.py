"""Fits the calibration: from standardised similarities to the chance of a vote."""

import numpy as np
import torch
from torch.nn import functional

from encoders.coherence import Calibration, ReferenceBank, standardise
from encoders.vectors import Vectors
from trainer.annotations.annotations import Counts

STEPS = 200
PRIOR_VIEWERS = 1.0
"""Added to every emotion's votes and non-votes, so that an emotion nobody named keeps finite odds."""


def fit_calibration(
    words: tuple[str, ...],
    vectors: Vectors,
    feelings: Vectors,
    counts: Counts,
    viewers: Counts,
    bank: ReferenceBank,
) -> Calibration:
    """Fit one slope and each word's log-odds to held-out votes.

    `vectors` (k, d') are the words', `feelings` (n, d') the paintings', `counts` (n, k) how many of a
    painting's `viewers` (n,) named each word. Viewers who named none of the words count as viewers.
    The model is Platt scaling (Platt 1999) on counts, with a slope shared by all words. Maximised is the
    binomial likelihood times a weak prior: two votes, one for and one against each word at z = 0, and a
    log-normal slope around 1. So few votes still give finite numbers.
    """
    similarity = feelings @ vectors.T  # (n, k)
    reference = (bank.feelings @ vectors.T).astype(np.float64)  # (m, k)
    z = torch.from_numpy(standardise(similarity, reference))
    votes = torch.from_numpy(counts).double()
    others = torch.from_numpy(viewers[:, None] - counts).double()

    base = (votes.sum(dim=0) + PRIOR_VIEWERS) / (votes + others).sum(dim=0)
    log_slope = torch.zeros((), dtype=torch.float64, requires_grad=True)
    log_odds = torch.logit(base.clamp(max=0.99)).requires_grad_()
    optimizer = torch.optim.LBFGS([log_slope, log_odds], max_iter=STEPS, line_search_fn="strong_wolfe")

    def negative_log_likelihood() -> torch.Tensor:
        optimizer.zero_grad()
        logits = log_slope.exp() * z + log_odds  # (n, k)
        loss = (votes * functional.softplus(-logits) + others * functional.softplus(logits)).sum()
        prior = PRIOR_VIEWERS * (functional.softplus(-log_odds) + functional.softplus(log_odds)).sum()
        total = (loss + prior + log_slope.square()) / len(z)
        total.backward()  # type: ignore[no-untyped-call]
        return total

    optimizer.step(negative_log_likelihood)  # type: ignore[no-untyped-call]
    fitted = log_odds.detach().tolist()
    return Calibration(slope=log_slope.detach().exp().item(), log_odds=dict(zip(words, fitted, strict=True)))
