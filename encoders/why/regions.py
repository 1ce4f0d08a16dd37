"""Which regions of a picture carry its similarity to a word: a grid, measured by hiding them."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageFilter

from encoders.encoder import Encoder
from encoders.vectors import Vector

Grid: TypeAlias = npt.NDArray[np.float32]  # (rows, columns), from the top and from the left
Chosen: TypeAlias = npt.NDArray[np.bool_]  # (rows, columns)
Box: TypeAlias = tuple[float, float, float, float]
"""Left, top, right and bottom, as shares of a picture's width and height."""
Method: TypeAlias = Literal["hiding", "gradients"]
"""Measured with each region hidden, or estimated from gradients."""

WHOLE: Box = (0.0, 0.0, 1.0, 1.0)
SHAPE = (7, 7)
"""Rows and columns of ViT-B/32's patches; coarse enough to be read, fine enough to find a figure."""
BLUR = 1 / 4
"""Radius of the blur that hides a region, as a share of the shorter side: little of its colour is left."""


@dataclass(frozen=True, slots=True)
class Regions:
    """How much of a similarity each region carries; above 0 it speaks for the word, below 0 against it."""

    grid: Grid
    box: Box = WHOLE
    """The part of the picture that the grid covers; the model sees nothing of the rest."""
    method: Method = "hiding"


def occlude(
    encoder: Encoder,
    image: Image.Image,
    vector: Vector,
    shape: tuple[int, int] = SHAPE,
    box: Box = WHOLE,
) -> Regions:
    """What the similarity to a word's vector (d',) loses when each region is hidden, for any encoder.

    Measured, not estimated, at one look for each region (Zeiler & Fergus, "Visualizing and understanding
    convolutional networks", 2014).
    """
    veil = Veil(image, box)
    copies = [encoder.prepare(image), *(encoder.prepare(veil.over(alone)) for alone in _each_alone(shape))]
    whole, *without = encoder.feeling(encoder.embed(copies)) @ vector
    return Regions((whole - np.array(without, np.float32)).reshape(shape), box)


class Veil:
    """Hides regions of a picture under another, unless given the same one blurred (Fong & Vedaldi 2017)."""

    def __init__(self, image: Image.Image, box: Box = WHOLE, under: Image.Image | None = None) -> None:
        self._image = image
        self._under = under or image.filter(ImageFilter.GaussianBlur(BLUR * min(image.size)))
        self._frame = pixels_of(image.size, box)

    def over(self, chosen: Chosen) -> Image.Image:
        """The picture without the chosen regions, (rows, columns)."""
        left, top, right, bottom = self._frame
        regions = Image.fromarray(chosen.astype(np.uint8) * 255)
        mask = Image.new("L", self._image.size)
        mask.paste(regions.resize((right - left, bottom - top), Image.Resampling.NEAREST), (left, top))
        return Image.composite(self._under, self._image, mask)


def pixels_of(size: tuple[int, int], box: Box) -> tuple[int, int, int, int]:
    """A box in the pixels of a picture of this (width, height); at least one pixel wide and high."""
    left, right = (round(share * size[0]) for share in (box[0], box[2]))
    top, bottom = (round(share * size[1]) for share in (box[1], box[3]))
    return left, top, max(right, left + 1), max(bottom, top + 1)


def _each_alone(shape: tuple[int, int]) -> Iterator[Chosen]:
    for place in np.ndindex(shape):
        alone = np.zeros(shape, np.bool_)
        alone[place] = True
        yield alone
