"""From counts of votes to the targets of training."""

import numpy as np
import numpy.typing as npt

from trainer.annotations.annotations import Counts

Shares = npt.NDArray[np.float32]  # (n, k), rows sum to 1
SMOOTHING = 2.0
"""How many votes the collection's own histogram is worth beside a painting's few."""


def smoothed_shares(counts: Counts, prior: npt.ArrayLike, strength: float = SMOOTHING) -> Shares:
    """Each painting's vote distribution, drawn towards `prior` (k,) as by `strength` further votes.

    The mean of the Dirichlet posterior (Gelman et al., Bayesian Data Analysis, section 3.4): with five
    viewers a raw share says little.
    """
    weights = np.asarray(prior, np.float64)
    raised = counts + strength * weights / weights.sum()
    shares: Shares = (raised / raised.sum(axis=1, keepdims=True)).astype(np.float32)
    return shares
