"""The colours of a picture, chosen by its mood and tuned by its character.

The keys lean on Jonauskaite et al. (2020), who asked 4,598 people in 30 nations which emotions go with which
colour terms and found the answers much alike everywhere: among the common ones are black with sadness and
fear, grey with sadness, red with love and with anger, yellow and orange with joy, brown with disgust, pink
with love, and blue and green with calm, pleasant feelings. The keys of awe are our own reading of Itten
(1961): gold light against deep blue and violet, in complementary and cold-warm contrasts. Curtis, Aunger &
Rabie (2004) found pictures more disgusting when they hinted at disease; stained yellowish greens do so here.
"""

from dataclasses import dataclass

import numpy as np
from numpy.random import Generator

from encoders.words.emotions import ARTEMIS_NAMED
from trainer.sample.characters import Character
from trainer.sample.colour import Colour
from trainer.sample.moods import Mood

HUE_NOISE = 10.0  # degrees
SECOND = 0.25
"""Share of the colours that come from a second emotion's key."""
FREE = 0.08
"""Share of the colours that follow no mood at all: painters also paint what is there."""
PUREST = 0.21  # OKLCH chroma of a character of 1


@dataclass(frozen=True, slots=True)
class Key:
    """Hues in OKLCH degrees, each with a factor on the chroma."""

    sky: tuple[float, float]
    land: tuple[float, float]
    water: tuple[float, float]
    accent: tuple[float, float]
    counter: tuple[float, float]


KEYS = {
    "amusement": (
        Key((215, 0.6), (135, 0.8), (195, 0.8), (92, 1.2), (5, 1.0)),
        Key((355, 0.5), (105, 0.8), (190, 0.9), (60, 1.2), (230, 0.9)),
        Key((88, 0.5), (150, 0.8), (215, 0.8), (28, 1.1), (310, 0.8)),
    ),
    "awe": (
        Key((272, 1.0), (262, 0.8), (258, 1.0), (85, 1.2), (300, 0.7)),
        Key((255, 0.9), (300, 0.6), (245, 0.9), (70, 1.2), (90, 0.9)),
        Key((75, 0.8), (270, 0.7), (265, 0.8), (90, 1.1), (20, 0.7)),
    ),
    "contentment": (
        Key((235, 0.8), (135, 1.1), (225, 0.9), (88, 1.0), (10, 0.8)),
        Key((85, 0.6), (125, 0.9), (205, 0.7), (50, 1.0), (230, 0.7)),
        Key((205, 0.7), (148, 1.0), (215, 0.8), (60, 0.9), (95, 0.8)),
    ),
    "excitement": (
        Key((62, 0.9), (30, 1.0), (20, 0.9), (98, 1.1), (255, 0.8)),
        Key((88, 0.9), (48, 1.0), (215, 0.8), (352, 1.1), (205, 0.7)),
        Key((345, 0.8), (45, 1.0), (300, 0.8), (92, 1.1), (280, 0.8)),
    ),
    "anger": (
        Key((27, 1.1), (20, 0.4), (24, 0.9), (35, 1.3), (60, 0.9)),
        Key((20, 0.5), (28, 1.1), (20, 0.7), (29, 1.4), (45, 0.9)),
        Key((32, 0.9), (15, 0.3), (30, 0.5), (27, 1.4), (85, 0.8)),
    ),
    "disgust": (
        Key((105, 0.8), (72, 0.9), (115, 1.0), (118, 1.5), (345, 0.6)),
        Key((65, 0.7), (108, 1.0), (95, 0.9), (30, 0.7), (122, 1.3)),
        Key((122, 0.6), (88, 1.0), (70, 0.8), (55, 1.0), (320, 0.6)),
    ),
    "fear": (
        Key((268, 0.8), (275, 0.5), (255, 0.7), (145, 0.9), (300, 0.6)),
        Key((300, 0.7), (285, 0.5), (270, 0.6), (225, 0.6), (25, 1.3)),
        Key((205, 0.5), (240, 0.4), (215, 0.6), (100, 1.0), (260, 0.5)),
    ),
    "sadness": (
        Key((245, 0.9), (252, 0.7), (240, 1.0), (290, 0.7), (225, 0.5)),
        Key((250, 0.4), (65, 0.5), (245, 0.8), (250, 1.2), (60, 0.5)),
        Key((290, 0.6), (258, 0.7), (265, 0.9), (245, 1.0), (200, 0.5)),
    ),
}


@dataclass(frozen=True, slots=True)
class Palette:
    """The colours of a picture by what they are used for."""

    sky: Colour
    haze: Colour  # the sky near the horizon
    far: Colour
    near: Colour
    water: Colour
    dark: Colour
    light: Colour
    accent: Colour
    counter: Colour

    def pick(self, rng: Generator) -> Colour:
        """Any colour of the palette."""
        names = self.__slots__
        colour: Colour = getattr(self, names[rng.integers(len(names))])
        return colour


def mix_palette(mood: Mood, character: Character, rng: Generator) -> Palette:
    """Take each colour from a key of one of the mood's emotions, mostly of a leading one."""
    chances = mood.sharpened
    emotions = (*rng.choice(len(chances), size=2, p=chances), rng.integers(len(chances)))
    keys = [KEYS[ARTEMIS_NAMED[emotion]][rng.integers(3)] for emotion in emotions]

    def tone(role: str, lightness: float, chroma: float) -> Colour:
        key = keys[rng.choice(3, p=(1 - SECOND - FREE, SECOND, FREE))]
        hue, factor = getattr(key, role)
        light = character.lightness + lightness * (0.25 + 0.75 * character.contrast) + rng.normal(0, 0.02)
        return Colour(
            float(np.clip(light, 0.07, 0.97)),
            max(0.0, factor * chroma * character.chroma * PUREST),
            float(hue + rng.normal(0, HUE_NOISE)) % 360,
        )

    return Palette(
        sky=tone("sky", 0.00, 0.75),
        haze=tone("sky", 0.22, 0.55),
        far=tone("land", -0.05, 0.6),
        near=tone("land", -0.20, 0.9),
        water=tone("water", -0.10, 0.85),
        dark=tone("land", -0.45, 0.5),
        light=tone("accent", 0.36, 0.45),
        accent=tone("accent", 0.10, 1.1),
        counter=tone("counter", 0.02, 1.0),
    )
