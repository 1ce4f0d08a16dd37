"""Impressionism: broken colour in short dabs that follow the forms."""

import numpy as np
from PIL import Image, ImageFilter

from trainer.sample.canvas import Canvas, weave
from trainer.sample.colour import Floats
from trainer.sample.painters.study import Study
from trainer.sample.rough import lay_in
from trainer.sample.strokes import Layer, cover


def paint(study: Study) -> Image.Image:
    """Two layers of dabs, longer where the picture is restless, then small touches where the forms change."""
    c, rng = study.character, study.rng
    rough = lay_in(study.scene, study.size)
    canvas = Canvas(rough.picture.filter(ImageFilter.GaussianBlur(4)))
    swirl, hue, longer = 0.15 + 0.5 * c.energy, 5 + 12 * c.variety, 1 + 0.25 * c.energy
    cover(canvas, rough, Layer(int(22 * longer), 8, 8.4, swirl, 0.1 + 0.3 * c.energy, hue=hue), rng)
    cover(canvas, rough, Layer(int(11 * longer), 4, 4.9, swirl, 0.15 + 0.4 * c.energy, hue=1.3 * hue), rng)
    cover(canvas, rough, Layer(8, 3, 3.5, swirl, 0.3, hue=hue), rng, where=_edges(rough.picture))
    return weave(canvas.lit(0.22), rng)


def _edges(picture: Image.Image) -> Floats:
    """Chance of a small touch (height, width): where the picture changes within few pixels."""
    changes = np.asarray(picture.convert("L").filter(ImageFilter.FIND_EDGES), dtype=float)
    return np.clip(changes / 40, 0.04, 1)
