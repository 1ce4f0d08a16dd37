"""The latent emotion of a painting: a mixture of the eight named emotions, from which all else follows."""

from dataclasses import dataclass

import numpy as np
from numpy.random import Generator

from encoders.words.emotions import ARTEMIS_NAMED, ARTEMIS_POSITIVE
from trainer.sample.colour import Floats

SHARES = np.array([0.130, 0.191, 0.275, 0.081, 0.020, 0.056, 0.094, 0.124])
SHARES /= SHARES.sum()
"""How often each named emotion leads, in ArtEmis' order. 62 in 100 of ArtEmis' votes are positive and 26
negative (Achlioptas et al., 2021); the shares within either side are set so that viewers of *different*
paintings coincide as often (15 in 100) as ArtEmis' agreement of .25 and kappa of .115 imply."""

# The figures below, and those that viewers.py calls fitted, were found together by random search over the
# closed-form statistics of five viewers, then rounded, to match the six figures of ArtEmis' disagreement that
# tests/unit/test_sample_viewers.py states. They say that a quarter of the paintings speak clearly and that
# the others waver, mostly within one valence.
CLEAR = 0.24
"""Share of the paintings that speak clearly."""
PULL_CLEAR, PULL_MIXED = 0.93, 0.10
"""How much of its mood the leading emotion claims for itself, on average, in clear and in mixed paintings."""
FIRMNESS = 8.0
"""Pseudo-counts of the Beta distribution around either pull."""
KINSHIP = 6.5
"""How much likelier an emotion is joined by one of its own valence than by one of the other."""
COMPANY = 12.0
"""Pseudo-counts of the Dirichlet distribution of the emotions that join."""

_IS_POSITIVE = np.array([emotion in ARTEMIS_POSITIVE for emotion in ARTEMIS_NAMED])


@dataclass(frozen=True, slots=True)
class Mood:
    """Weights of the eight named emotions, in ArtEmis' order; they sum to 1."""

    weights: tuple[float, ...]

    @classmethod
    def pure(cls, emotion: str) -> "Mood":
        """Nothing but one named emotion.

        Raises:
            ValueError: the emotion is not among ArtEmis' eight named ones.
        """
        place = ARTEMIS_NAMED.index(emotion)
        return cls(tuple(float(i == place) for i in range(len(ARTEMIS_NAMED))))

    @property
    def leading(self) -> str:
        """The emotion with the largest weight."""
        return ARTEMIS_NAMED[int(np.argmax(self.weights))]

    @property
    def sharpened(self) -> Floats:
        """(8,) what a painter makes of the mood: squared and normalised, since a picture must take a side."""
        squares = np.square(self.weights)
        taken: Floats = squares / squares.sum()
        return taken


def draw_mood(rng: Generator) -> Mood:
    """Draw the mood of one painting: a leading emotion, how clearly it leads, and what joins it."""
    leading = rng.choice(len(SHARES), p=SHARES)
    pull = PULL_CLEAR if rng.random() < CLEAR else PULL_MIXED
    claimed = rng.beta(pull * FIRMNESS, (1 - pull) * FIRMNESS)
    company = SHARES * np.where(_IS_POSITIVE[leading] == _IS_POSITIVE, KINSHIP, 1.0)
    weights = (1 - claimed) * rng.dirichlet(COMPANY * company / company.sum())
    weights[leading] += claimed
    return Mood(tuple(weights.tolist()))
