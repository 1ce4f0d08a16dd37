"""Pointillism: dots of pure colour on a light ground, which mix in the eye."""

import numpy as np
from PIL import Image

from trainer.sample.brushes import dots
from trainer.sample.canvas import Canvas, sample, weave
from trainer.sample.colour import Pixels, from_lch, to_lch, to_pixels
from trainer.sample.painters.study import Study
from trainer.sample.rough import lay_in
from trainer.sample.strokes import scatter


def paint(study: Study) -> Image.Image:
    """Two showers of dots over a rough that is thinned with the light ground."""
    rough = lay_in(study.scene, study.size).picture
    ground = Image.new("RGB", study.size, study.palette.haze.lighter(0.1).rgb)
    canvas = Canvas(Image.blend(rough, ground, 0.35))
    for diameter, spacing in ((6.0, 5.2), (4.3, 3.7)):
        _shower(canvas, rough, study, diameter, spacing)
    return weave(canvas.lit(0.10), study.rng, 0.8)


def _shower(canvas: Canvas, rough: Image.Image, study: Study, diameter: float, spacing: float) -> None:
    xs, ys = scatter(study.size, spacing, study.rng)
    colours = _divide(sample(np.asarray(rough), xs, ys), study)
    masks = dots(diameter)
    picks = study.rng.integers(0, len(masks), len(xs)).tolist()
    for x, y, (red, green, blue), pick in zip(xs.tolist(), ys.tolist(), colours.tolist(), picks, strict=True):
        canvas.stamp(masks[pick], x, y, (red, green, blue))


def _divide(colours: Pixels, study: Study) -> Pixels:
    """Purify colours (n, 3) and scatter their hues; some turn complementary, more of them in the shadows."""
    c, rng = study.character, study.rng
    lch = to_lch(colours)
    count = len(lch)
    opposite = rng.random(count) < 0.05 + 0.12 * c.contrast * (lch[:, 0] < c.lightness)
    lch[:, 0] += rng.normal(0.005, 0.05, count)
    lch[:, 1] = lch[:, 1] * rng.uniform(0.9, 1.5, count) + 0.012
    lch[:, 2] += rng.normal(0, 14 + 22 * c.variety, count) + 180 * opposite
    return to_pixels(from_lch(lch))
