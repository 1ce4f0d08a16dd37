"""What an emotion does to the means of a picture other than its hues, after published findings.

The table `CHARACTERS` leans on these, and on no measurement of our own:

- Valdez & Mehrabian (1994): pleasure grows with a colour's brightness and, less, its saturation
  (.69 and .22), arousal with its saturation and against brightness (.60 and -.31), dominance with darkness.
- Wilms & Oberfeld (2018): saturated and bright colours are the most pleasant; saturation drives arousal most.
- Palmer, Schloss, Xu & Prado-León (2013): people match happy music with light, saturated, warmer colours and
  sad music with dark, greyish, bluish ones.
- Poffenberger & Barrows (1924), Lundholm (1921), Hevner (1935): slow descending curves look sad, gentle
  curves serene, angles furious or agitated.
- Aronoff, Woike & Hyman (1992): diagonals and angles look threatening, roundness warm; Bar & Neta (2006):
  people like curved things better than the same things with sharp angles.
- Kandinsky (1926): horizontals are calm, diagonals are tense.
- Keltner & Haidt (2003): awe is the response to what is vast.
- Itten (1961): the contrasts of light and dark, of hue and of saturation as means of expression.
- Machajdik & Hanbury (2010): such theories, turned into features, tell the emotions of art images apart.
"""

from dataclasses import dataclass, fields

import numpy as np
from numpy.random import Generator

from encoders.words.emotions import ARTEMIS_NAMED
from trainer.sample.moods import Mood

NOISE = 0.07
"""Standard deviation of a painter's own will in every trait, so that equal moods give unequal pictures."""


@dataclass(frozen=True, slots=True)
class Character:
    """The means of one picture, each in [0, 1]."""

    lightness: float  # mean lightness
    chroma: float  # 0 grey, 1 as pure as paint gets
    contrast: float  # distance between lights and darks
    variety: float  # how many different hues stand beside each other
    angularity: float  # round against jagged forms
    energy: float  # restless against calm brushwork, and waves, and weather
    lean: float  # diagonals against horizontals and verticals
    droop: float  # hanging and falling forms
    vastness: float  # wide space, low horizon, small things, great light
    murk: float  # stains and mottled, unclean passages
    bustle: float  # how many small, lively things there are


CHARACTERS = {
    "amusement": Character(0.78, 0.72, 0.40, 0.95, 0.12, 0.50, 0.25, 0.05, 0.20, 0.03, 0.95),
    "awe": Character(0.52, 0.55, 0.85, 0.35, 0.35, 0.35, 0.10, 0.05, 1.00, 0.05, 0.05),
    "contentment": Character(0.77, 0.42, 0.30, 0.30, 0.08, 0.10, 0.05, 0.10, 0.50, 0.03, 0.35),
    "excitement": Character(0.67, 0.98, 0.70, 0.70, 0.50, 0.95, 0.80, 0.05, 0.40, 0.05, 0.70),
    "anger": Character(0.36, 0.90, 0.95, 0.15, 0.98, 0.98, 0.95, 0.10, 0.25, 0.15, 0.15),
    "disgust": Character(0.47, 0.42, 0.40, 0.45, 0.35, 0.45, 0.35, 0.55, 0.10, 1.00, 0.30),
    "fear": Character(0.34, 0.30, 0.75, 0.15, 0.85, 0.45, 0.50, 0.30, 0.45, 0.15, 0.05),
    "sadness": Character(0.50, 0.22, 0.32, 0.10, 0.15, 0.10, 0.08, 0.95, 0.55, 0.12, 0.02),
}

TRAITS = tuple(field.name for field in fields(Character))


def express(mood: Mood, rng: Generator) -> Character:
    """Mix the characters of a mood's emotions and add the painter's own will."""
    table = np.array([[getattr(CHARACTERS[emotion], trait) for trait in TRAITS] for emotion in ARTEMIS_NAMED])
    traits = mood.sharpened @ table + rng.normal(0, NOISE, len(TRAITS))
    return Character(*(float(trait) for trait in np.clip(traits, 0, 1)))
