"""How the votes of a painting's viewers spread, and how much so few viewers can tell."""

import math
from dataclasses import dataclass
from statistics import NormalDist

from indexer.viewers import Voices

LEVEL = 0.9
DEVIATES = NormalDist().inv_cdf((1 + LEVEL) / 2)


@dataclass(frozen=True, slots=True)
class VoteShare:
    """How many viewers named an emotion, and their share in [0, 1] with its 90 % interval.

    The interval says what share of many more viewers would go with this count; see `wilson`.
    """

    emotion: str
    count: int
    share: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Spread:
    """The votes of a painting, most frequent first; of as many `viewers` as were asked."""

    viewers: int
    shares: tuple[VoteShare, ...]


def spread_of(voices: Voices) -> Spread | None:
    """The spread of what viewers said; None where nobody was asked."""
    asked = voices.asked
    if not asked:
        return None
    ranked = sorted(voices.votes.items(), key=lambda vote: -vote[1])
    return Spread(asked, tuple(VoteShare(word, n, n / asked, *wilson(n, asked)) for word, n in ranked))


def wilson(count: int, trials: int) -> tuple[float, float]:
    """The 90 % score interval of a share, in [0, 1] (Wilson 1927).

    It keeps near its level for few trials and shares near 0 or 1 (Brown, Cai & DasGupta 2001). Of several
    shares of the same votes each holds by itself, not all together.
    """
    weight = DEVIATES**2 / trials
    share = count / trials
    centre = (share + weight / 2) / (1 + weight)
    margin = DEVIATES / (1 + weight) * math.sqrt(share * (1 - share) / trials + weight / (4 * trials))
    return max(0.0, centre - margin), min(1.0, centre + margin)
