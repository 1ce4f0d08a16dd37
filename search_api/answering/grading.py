"""A lone feeling with a degree: what "very sad" and "slightly sad" ask of a painting.

A degree multiplies how strong a feeling is (Cliff 1959; see `search_api.parsing.degrees`). Here the strength
of a painting is how much more similar it is to the feeling than the mean of the reference bank, and a weight
w has one of two meanings.

Above 1, it takes w times the strength until half of the viewers name the feeling. Coherence is a logistic
curve over strength, so its log-odds lie lower by w - 1 times what those of a typical painting lack to 0, and
the order of paintings stays what it was.

Below 1, a painting is meant that is w times as strong as those that answer best, the best tenth of the bank.
If the chance of such a painting is one in n, the whole is the chance that of n viewers exactly one would
name the feeling: n * c * (1 - c) ** (n - 1), the binomial distribution, which is greatest at c = 1 / n and
falls to both sides. As n goes by the feeling, rare feelings have their slight paintings like frequent ones.
"""

from collections.abc import Callable

import numpy as np

from encoders.coherence import Array, sigmoid
from encoders.encoder import Reading

SMALLEST_CHANCE = 1e-12
BEST_SHARE = 10
"""One in so many reference paintings is among those that answer best."""


def grading(reading: Reading, weight: float, bank: Array) -> Callable[[Array], Array]:
    """What leads from a feeling's own coherences, (n,), to those of the feeling in this degree, in [0, 1].

    Args:
        weight: above 0; 1 changes nothing.
        bank: the similarities of the reference paintings to the feeling, (m,).
    """
    typical = float(bank.mean())
    if weight < 1:
        best = float(np.sort(bank)[-best_of(len(bank)) :].mean())
        viewers = 1 / _chance(reading, typical + weight * (best - typical))
        return lambda chances: viewers * chances * (1 - chances) ** (viewers - 1)
    if weight > 1:
        lacking = (weight - 1) * min(0.0, float(_log_odds(np.array(_chance(reading, typical)))))
        return lambda chances: sigmoid(_log_odds(chances) + lacking)
    return lambda chances: chances


def best_of(references: int) -> int:
    """How many of so many reference paintings are those that answer best."""
    return max(1, references // BEST_SHARE)


def _chance(reading: Reading, similarity: float) -> float:
    return max(SMALLEST_CHANCE, float(reading.coherence(similarity)))


def _log_odds(chances: Array) -> Array:
    clipped = chances.clip(SMALLEST_CHANCE, 1 - SMALLEST_CHANCE)
    log_odds: Array = np.log(clipped) - np.log1p(-clipped)
    return log_odds
