"""Heat over a painting: its forms in grey, and the more colour, the more a region carries."""

import numpy as np
import numpy.typing as npt
from PIL import Image

from encoders.palette.cielab import SRGB_TO_XYZ, WHITE, to_lab
from encoders.why.regions import Regions, pixels_of

Floats = npt.NDArray[np.float64]

FOR = (0.40, 0.62)
"""Redness and yellowness of CIELAB / 100, an orange: the region that speaks for the word the most."""
AGAINST = (-0.02, -0.50)
"""A blue as strong as one that screens can show; people who confuse red and green tell it from orange."""
SWATCH = 0.62
"""The lightness at which the two are shown alone."""
DARKEST, LIGHTEST = 0.35, 0.85
"""The painting's lightness is brought into these bounds, where colours can be strong."""


def overlay(image: Image.Image, regions: Regions) -> Image.Image:
    """The RGB picture with heat in place of its own colours; what the model did not see stays black.

    Colour grows evenly to the eye: its strength in CIELAB is in proportion to what a region carries. The
    region that carries the most, for or against, has it in full.
    """
    box = pixels_of(image.size, regions.box)
    seen = image.crop(box)
    heat = spread(regions.grid / max(float(np.abs(regions.grid).max()), 1e-12), seen.size)
    lightness = to_lab(np.moveaxis(np.asarray(seen), -1, 0))[0].astype(np.float64)
    canvas = Image.new("RGB", image.size)
    canvas.paste(Image.fromarray(paint(DARKEST + (LIGHTEST - DARKEST) * lightness, heat)), box[:2])
    return canvas


def spread(grid: npt.NDArray[np.float32], size: tuple[int, int]) -> Floats:
    """A grid (rows, columns) over (height, width) pixels, running smoothly from region to region."""
    smooth = Image.fromarray(grid).resize(size, Image.Resampling.BILINEAR)
    return np.asarray(smooth, np.float64)


def paint(lightness: Floats, heat: Floats) -> npt.NDArray[np.uint8]:
    """Lightness in [0, 1] and heat in [-1, 1], both (height, width) -> sRGB (height, width, 3)."""
    ends = np.where(heat[..., None] > 0, FOR, AGAINST)
    red, yellow = np.moveaxis(np.abs(heat)[..., None] * ends, -1, 0)
    height = (lightness + 0.16) / 1.16
    xyz = np.stack([_light(height + red / 5), _light(height), _light(height - yellow / 2)], axis=-1)
    linear = np.clip(xyz * WHITE[:, 0] @ np.linalg.inv(SRGB_TO_XYZ).T, 0, 1)
    code = np.where(linear <= 0.0031308, 12.92 * linear, 1.055 * linear ** (1 / 2.4) - 0.055)
    painted: npt.NDArray[np.uint8] = np.rint(code * 255).astype(np.uint8)
    return painted


def _light(response: Floats) -> Floats:
    """From CIELAB's cube roots back to light."""
    return np.where(response > 6 / 29, response**3, 3 * (6 / 29) ** 2 * (response - 4 / 29))


def swatch(end: tuple[float, float]) -> tuple[int, int, int]:
    """The full colour of one side, for a key."""
    heat = np.array([[1.0 if end == FOR else -1.0]])
    red, green, blue = paint(np.full((1, 1), SWATCH), heat)[0, 0].tolist()
    return red, green, blue
