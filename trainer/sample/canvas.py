"""A canvas that takes coloured stamps and keeps the relief of the paint."""

from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt
from numpy.random import Generator
from PIL import Image

from trainer.sample.colour import RGB, Floats, Pixels

Size = tuple[int, int]  # width, height in pixels
Field = TypeVar("Field", bound=npt.NDArray[Any])

THIN = 90
"""Thickness of the ground, from 0 to 255."""


class Canvas:
    """Pigment and, in the fourth channel, the thickness of the paint, filled stamp by stamp."""

    def __init__(self, ground: Image.Image):
        self._paint = ground.copy()
        self._paint.putalpha(THIN)

    @property
    def size(self) -> Size:
        return self._paint.size

    def stamp(self, mask: Image.Image, x: float, y: float, colour: RGB, thickness: int = 140) -> None:
        """Press one brush, given as an "L" mask, centred on a place in pixels."""
        place = (int(x - mask.width / 2), int(y - mask.height / 2))
        self._paint.paste((*colour, thickness), place, mask)

    def lit(self, depth: float) -> Image.Image:
        """The paint under a raking light from the upper left, `depth` times as rough as it is."""
        paint = np.asarray(self._paint)
        return emboss(paint[..., :3], paint[..., 3], depth)


def emboss(pigment: Pixels, relief: Pixels, depth: float) -> Image.Image:
    """Light pigment (height, width, 3) from the upper left over a relief (height, width) of 0 to 255."""
    thick = relief.astype(np.float32)
    slope = np.zeros_like(thick)
    slope[1:, 1:] = thick[1:, 1:] - thick[:-1, :-1]
    return to_image(pigment + (np.clip(slope, -60, 60) * depth)[..., None])


def to_image(pixels: npt.NDArray[np.floating]) -> Image.Image:
    """Pixels (height, width, 3) of 0 to 255, clipped, as an RGB image."""
    return Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8))


def noise(rng: Generator, size: Size, cells: float, octaves: int, stretch: float = 1.0) -> Floats:
    """Smooth noise about 0 with a deviation near 1, (height, width).

    `cells` patches fit into the short side; `stretch` makes them that much longer than high.
    """
    width, height = size
    total = np.zeros((height, width))
    for octave in range(octaves):
        density = cells * 2**octave / min(size)
        coarse = (max(2, round(height * density) + 1), max(2, round(width * density / stretch) + 1))
        field = Image.fromarray(rng.normal(0, 1, coarse).astype(np.float32))
        total += np.asarray(field.resize(size, Image.Resampling.BICUBIC)) * 0.55**octave
    return total


def bend(picture: Image.Image, reach: float, cells: float, rng: Generator) -> Image.Image:
    """The picture as through wavy glass: every place shows what lies about `reach` pixels away."""
    width, height = picture.size
    rows, columns = np.mgrid[:height, :width]
    x = columns + reach * noise(rng, picture.size, cells, 2)
    y = rows + reach * noise(rng, picture.size, cells, 2)
    return Image.fromarray(sample(np.asarray(picture), x, y))


def sample(field: Field, xs: Floats, ys: Floats) -> Field:
    """The values of a field (height, width, ...) at places in pixels, clipped to its edges."""
    height, width = field.shape[:2]
    values: Field = field[np.clip(ys, 0, height - 1).astype(int), np.clip(xs, 0, width - 1).astype(int)]
    return values


def weave(picture: Image.Image, rng: Generator, strength: float = 1.0) -> Image.Image:
    """The picture on canvas: a faint weave, uneven tone, and the slight yellowing of old varnish."""
    width, height = picture.size
    threads = np.sin(np.arange(height) * 2.2)[:, None] + np.sin(np.arange(width) * 2.2)
    grain = 0.8 * threads + rng.normal(0, 2.2, (height, width)) + 1.5 * noise(rng, picture.size, 3, 2)
    return to_image(np.asarray(picture) * [1.0, 0.99, 0.965] + [2.0, 1.5, 0.0] + strength * grain[..., None])
