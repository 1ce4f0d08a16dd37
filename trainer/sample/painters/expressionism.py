"""Expressionism: forms bent by feeling, dark contours, long loaded strokes, heightened colour."""

from PIL import Image, ImageFilter

from trainer.sample.canvas import Canvas, bend, weave
from trainer.sample.painters.study import Study
from trainer.sample.rough import Rough, contours, lay_in
from trainer.sample.strokes import Layer, cover

HEIGHTENED = 0.28
"""Relative deviation of the chroma from stroke to stroke."""


def paint(study: Study) -> Image.Image:
    """Bend the rough together with its contours, stroke it over, and draw the contours on top."""
    c, rng = study.character, study.rng
    rough = lay_in(study.scene, study.size)
    drawing = rough.picture.copy()
    drawing.putalpha(contours(study.scene, study.size, width=2, strength=170))
    drawing = bend(drawing, study.size[1] * (0.006 + 0.010 * (c.energy + c.lean + 0.5 * c.droop)), 3, rng)
    bent = Rough(drawing.convert("RGB"), rough.grain)
    canvas = Canvas(bent.picture.filter(ImageFilter.GaussianBlur(2)))
    swirl = 0.25 + 0.5 * c.energy
    cover(canvas, bent, Layer(18, 5, 8.0, swirl, 0.08, chroma=HEIGHTENED, hue=10, reach=2), rng)
    cover(canvas, bent, Layer(12, 4, 5.2, swirl, 0.10, chroma=HEIGHTENED, hue=10), rng)
    picture = canvas.lit(0.30)
    picture.paste(study.palette.dark.rgb, mask=drawing.getchannel("A"))
    return weave(picture, rng)
