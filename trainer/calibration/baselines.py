"""What the coherence is compared with: a score that nothing fitted, and one fitted to each emotion alone.

Similarities (n, k) are cosines of n paintings' feelings and k words, votes (n, k) how many of a painting's
viewers (n,) named each word.
"""

import numpy as np
import numpy.typing as npt

from encoders.coherence import sigmoid, standardise
from trainer.annotations.annotations import Counts
from trainer.calibration.platt import fit_each
from trainer.metrics.measure import Table


def rescaled_cosine(similarities: npt.ArrayLike) -> Table:
    """A raw cosine taken for a chance: (1 + cosine) / 2, (n, k) in [0, 1]. Nothing is fitted."""
    rescaled: Table = ((1 + np.asarray(similarities, np.float64)) / 2).clip(0, 1)
    return rescaled


def per_emotion(
    fit_similarities: npt.ArrayLike,
    fit_votes: Counts,
    fit_viewers: Counts,
    similarities: npt.ArrayLike,
) -> Table:
    """Chances (n, k) by Platt scaling of each emotion alone, fitted on its own votes (Platt 1999).

    It knows what no calibration of unseen words can know, their votes: the upper bound. Fitted on (m, k)
    similarities and votes of (m,) viewers, applied to (n, k); the two should not share paintings.
    """
    reference = np.asarray(fit_similarities, np.float64)
    slopes, log_odds = fit_each(standardise(reference, reference), fit_votes, fit_viewers)
    return sigmoid(slopes * standardise(similarities, reference) + log_odds)
