"""Simulated viewers, who disagree about a painting as much as ArtEmis' viewers do."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from numpy.random import Generator

from encoders.words.emotions import ARTEMIS_EMOTIONS
from trainer.sample.colour import Floats
from trainer.sample.moods import SHARES, Mood

PERSONAL = 0.40
"""Share of the named votes that tell of the viewer rather than of the painting (fitted, see moods.py)."""
UNDECIDED, UNDECIDED_FIRMNESS = 0.117, 7.4
"""Mean share of "something else" (ArtEmis: 11.7 %) and pseudo-counts of its spread (fitted, see moods.py)."""

FEWEST = 5
MORE = (0.88, 0.06, 0.03, 0.02, 0.01)
"""Chances of 0, 1, 2, 3, 4 viewers more than the fewest."""
CROWDS, CROWD = 701 / 80_031, (41, 49)
"""ArtEmis shows 701 of its 80,031 paintings to 41 viewers or more."""

Votes = npt.NDArray[np.int64]  # (9,), counts in ArtEmis' order


@dataclass(frozen=True, slots=True)
class Reception:
    """What a painting does to viewers: the chance of each answer (9,), and the answers given, as indices."""

    chances: Floats
    answers: npt.NDArray[np.int64]

    @property
    def emotions(self) -> tuple[str, ...]:
        """The answers by name, in the order they were given."""
        return tuple(ARTEMIS_EMOTIONS[answer] for answer in self.answers)

    @property
    def votes(self) -> Votes:
        return np.bincount(self.answers, minlength=len(ARTEMIS_EMOTIONS))


def show(mood: Mood, rng: Generator) -> Reception:
    """Show a painting of this mood to its viewers.

    A viewer answers "something else" with a chance that varies from painting to painting; otherwise the
    answer comes from the painted mood or, in a share `PERSONAL`, from what is felt before any painting.
    """
    undecided = rng.beta(UNDECIDED * UNDECIDED_FIRMNESS, (1 - UNDECIDED) * UNDECIDED_FIRMNESS)
    named = (1 - PERSONAL) * np.array(mood.weights) + PERSONAL * SHARES
    chances = np.append((1 - undecided) * named, undecided)
    return Reception(chances, rng.choice(len(chances), size=_count_viewers(rng), p=chances))


def _count_viewers(rng: Generator) -> int:
    if rng.random() < CROWDS:
        return int(rng.integers(*CROWD))
    return FEWEST + int(rng.choice(len(MORE), p=MORE))
