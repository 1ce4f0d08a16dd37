"""The sketch: all that is decided about a painting before a brush touches the canvas."""

from dataclasses import dataclass

import numpy as np
from PIL import Image

from trainer.sample.canvas import Size
from trainer.sample.characters import Character, express
from trainer.sample.moods import Mood, draw_mood
from trainer.sample.painters import PAINTERS, WITHOUT_SUBJECT, Study
from trainer.sample.palettes import Palette, mix_palette
from trainer.sample.scenes import SUBJECTS, Scene, compose
from trainer.sample.titles import Label, make_label
from trainer.sample.utterances import Content, utter
from trainer.sample.viewers import Reception, show

SHORT_SIDE = 256  # pixels
ASPECTS = (0.72, 0.8, 1.0, 1.25, 1.25, 1.33, 1.5)  # width / height

_FOR_PLAN, _FOR_HAND, _FOR_VIEWERS = 0, 1, 2


@dataclass(frozen=True, slots=True)
class Sketch:
    """Painting `number` of the gallery with this seed; it depends on these two and on nothing else."""

    seed: int
    number: int
    style: str
    mood: Mood
    character: Character
    palette: Palette
    scene: Scene
    label: Label

    @property
    def size(self) -> Size:
        aspect = self.scene.aspect
        return round(SHORT_SIDE * max(1.0, aspect)), round(SHORT_SIDE * max(1.0, 1 / aspect))

    @property
    def things(self) -> tuple[str, ...]:
        """What viewers find to point at."""
        return ("shapes", "composition", "picture") if self.style in WITHOUT_SUBJECT else self.scene.things

    def paint(self) -> Image.Image:
        """Paint it; the same sketch gives the same pixels."""
        study = Study(
            self.scene, self.palette, self.character, self.size, _chance(self.seed, self.number, _FOR_HAND)
        )
        return PAINTERS[self.style](study)

    def exhibit(self) -> tuple[Reception, tuple[str, ...]]:
        """Show it to its viewers: what they answer, and a sentence from each."""
        rng = _chance(self.seed, self.number, _FOR_VIEWERS)
        reception = show(self.mood, rng)
        content = Content.of(self.style, self.things, self.palette, self.character)
        return reception, tuple(utter(answer, content, rng) for answer in reception.emotions)


def sketch(seed: int, number: int) -> Sketch:
    """Decide on style and subject, on a mood that is independent of both, and on what follows from it."""
    rng = _chance(seed, number, _FOR_PLAN)
    style, subject = str(rng.choice(list(PAINTERS))), str(rng.choice(list(SUBJECTS)))
    mood = draw_mood(rng)
    character = express(mood, rng)
    palette = mix_palette(mood, character, rng)
    scene = compose(subject, float(rng.choice(ASPECTS)), character, palette, rng)
    label = make_label(style, "" if style in WITHOUT_SUBJECT else subject, rng)
    return Sketch(seed, number, style, mood, character, palette, scene, label)


def _chance(seed: int, number: int, purpose: int) -> np.random.Generator:
    return np.random.default_rng([seed, number, purpose])
