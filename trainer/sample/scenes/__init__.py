"""Scenes: what is in a picture, before any style paints it."""

from collections.abc import Callable

from numpy.random import Generator

from trainer.sample.characters import Character
from trainer.sample.palettes import Palette
from trainer.sample.scenes.landscape import landscape, wood
from trainer.sample.scenes.portrait import portrait
from trainer.sample.scenes.scene import Glow, Scene, Shape
from trainer.sample.scenes.sea import sea
from trainer.sample.scenes.setting import Setting
from trainer.sample.scenes.still_life import still_life
from trainer.sample.scenes.town import town

__all__ = ["SUBJECTS", "Glow", "Scene", "Shape", "compose"]

SUBJECTS: dict[str, Callable[[Setting], Scene]] = {
    "landscape": landscape,
    "sea": sea,
    "wood": wood,
    "town": town,
    "still life": still_life,
    "portrait": portrait,
}


def compose(subject: str, aspect: float, character: Character, palette: Palette, rng: Generator) -> Scene:
    """Compose a scene of one of the `SUBJECTS`; the character decides its forms, the palette its colours."""
    return SUBJECTS[subject](Setting(aspect, character, palette, rng))
