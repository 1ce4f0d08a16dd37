"""Ukiyo-e: flat areas of colour within key lines, graded at their edges (bokashi), printed on paper."""

import numpy as np
from PIL import Image, ImageDraw

from trainer.sample.canvas import noise, to_image
from trainer.sample.colour import Colour
from trainer.sample.painters.study import Study
from trainer.sample.rough import to_points

PAPER = Colour(0.92, 0.03, 85)
INDIGO = Colour(0.22, 0.05, 265)
VERMILION = Colour(0.55, 0.19, 28)
MARGIN = 7  # pixels
FINER = 2  # blocks are cut at twice the size, then reduced


def paint(study: Study) -> Image.Image:
    """Print the blocks, grade the sky and the horizon, mount the print, and age the sheet."""
    printed = _print_blocks(study).resize(study.size, Image.Resampling.LANCZOS)
    return _age(_mount(_grade(printed, study), study), study)


def _ink(study: Study) -> Colour:
    return study.palette.dark.towards(INDIGO, 0.5)


def _print_blocks(study: Study) -> Image.Image:
    width, height = study.size
    sheet = Image.new("RGB", (width * FINER, height * FINER), PAPER.rgb)
    pen, ink = ImageDraw.Draw(sheet), _ink(study).rgb
    for shape in study.scene.shapes:
        points = to_points(shape, sheet.size)
        pen.polygon(points, fill=shape.colour.towards(PAPER, 0.10).rgb)
        if shape.has_contour:
            pen.line([*points, points[0]], fill=ink, width=3, joint="curve")
    return sheet


def _grade(picture: Image.Image, study: Study) -> Image.Image:
    """Wipe a deeper colour down from the top, and a warm one along the horizon, into the flat areas."""
    p = study.palette
    height = np.linspace(0, 1, picture.height)[:, None, None]
    top = 0.85 * np.clip(1 - height / (0.16 + 0.12 * study.character.vastness), 0, 1) ** 1.2
    line = 0.18 * np.exp(-(((height - study.scene.horizon) / 0.05) ** 2))
    pixels = np.asarray(picture) * (1 - top) + top * p.sky.lighter(-0.22).rgb
    return to_image(pixels * (1 - line) + line * p.accent.towards(p.haze, 0.5).rgb)


def _mount(picture: Image.Image, study: Study) -> Image.Image:
    """The print within its border, with a slip for the title and the artist's seal."""
    width, height = picture.size
    sheet = Image.new("RGB", picture.size, PAPER.rgb)
    inner = picture.resize((width - 2 * MARGIN, height - 2 * MARGIN), Image.Resampling.LANCZOS)
    sheet.paste(inner, (MARGIN, MARGIN))
    pen = ImageDraw.Draw(sheet)
    pen.rectangle((MARGIN, MARGIN, width - MARGIN - 1, height - MARGIN - 1), outline=_ink(study).rgb)
    x = width - MARGIN - 24 if study.rng.random() < 0.5 else MARGIN + 8
    _write(pen, study, x, MARGIN + 8)
    _seal(pen, x + 2, height - MARGIN - 26)
    return sheet


def _write(pen: ImageDraw.ImageDraw, study: Study, x: int, y: int) -> None:
    """A slip of strokes that look like brush writing from afar and mean nothing."""
    ink, ground = _ink(study).rgb, study.palette.haze.towards(PAPER, 0.5).rgb
    pen.rectangle((x, y, x + 15, y + 46), fill=ground, outline=ink)
    for sign in range(4):
        for left, right, start, end in study.rng.integers((3, 3, 0, 0), (12, 12, 8, 8), (4, 4)).tolist():
            top = y + 5 + 10 * sign
            pen.line((x + left, top + start, x + right, top + end), fill=ink)


def _seal(pen: ImageDraw.ImageDraw, x: int, y: int) -> None:
    pen.rectangle((x, y, x + 11, y + 12), fill=VERMILION.rgb)
    pen.line((x + 3, y + 3, x + 8, y + 9), fill=PAPER.rgb)
    pen.line((x + 3, y + 9, x + 8, y + 3), fill=PAPER.rgb)


def _age(sheet: Image.Image, study: Study) -> Image.Image:
    """Paper fibres, the grain of the wood, uneven inking, and a yellowed sheet."""
    rng = study.rng
    fibres = noise(rng, sheet.size, 90, 1, 3.0)
    wood = rng.normal(0, 1.6, (sheet.height, 1))
    tone = 2.2 * noise(rng, sheet.size, 4, 3) + 1.5 * fibres + wood
    return to_image((np.asarray(sheet) + tone[..., None]) * [1.0, 0.985, 0.955])
