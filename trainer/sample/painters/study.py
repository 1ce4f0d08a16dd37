"""What a painter is given."""

from dataclasses import dataclass

from numpy.random import Generator

from trainer.sample.canvas import Size
from trainer.sample.characters import Character
from trainer.sample.palettes import Palette
from trainer.sample.scenes import Scene


@dataclass(frozen=True, slots=True)
class Study:
    """A composed scene, the means to paint it with, the size in pixels, and the painter's chance."""

    scene: Scene
    palette: Palette
    character: Character
    size: Size
    rng: Generator
