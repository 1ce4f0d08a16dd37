"""Cubism: the scene broken into tilted planes, each seen from a slightly different place."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageFilter

from trainer.sample.canvas import noise, sample, to_image, weave
from trainer.sample.colour import Floats
from trainer.sample.painters.study import Study
from trainer.sample.rough import contours, lay_in

TILTS = (0.35, 1.2, 1.9, 2.75)
"""Directions that the cuts prefer, in radians."""


@dataclass(frozen=True, slots=True)
class Planes:
    """Planes: which one each pixel (height, width) belongs to, by number, and the pixels (n,) of each."""

    number: npt.NDArray[np.int64]
    area: npt.NDArray[np.int64]

    def mean(self, values: Floats) -> Floats:
        """The mean (n,) over each plane of values (height, width)."""
        means: Floats = np.bincount(self.number.ravel(), values.ravel()) / self.area
        return means


def paint(study: Study) -> Image.Image:
    """Cut the canvas into planes, shift what each shows, shade it from one edge, and draw the seams."""
    rough = lay_in(study.scene, study.size).picture
    rough.paste(study.palette.dark.rgb, mask=contours(study.scene, study.size, width=1, strength=255))
    planes = _cut(study)
    pixels = _flatten(_shift(np.asarray(rough, dtype=float), planes, study), planes, 0.3)
    pixels = pixels + _shade(planes, study)[..., None]
    seams = (_seams(planes) * (0.5 + 0.4 * study.character.contrast))[..., None]
    pixels = pixels * (1 - seams) + seams * study.palette.dark.rgb
    return weave(to_image(pixels + 3.5 * noise(study.rng, study.size, 40, 1)[..., None]), study.rng)


def _cut(study: Study) -> Planes:
    """Cut right across the canvas, bowed when round; the more angular the picture, the more often."""
    width, height = study.size
    rng, c = study.rng, study.character
    rows, columns = np.mgrid[:height, :width] / height
    label = np.zeros((height, width), dtype=np.int64)
    for _ in range(8 + int(3 * c.angularity)):
        angle = rng.choice(TILTS) + rng.normal(0, 0.15 + 0.3 * c.lean)
        x, y = columns - rng.uniform(0.1, 0.9) * width / height, rows - rng.uniform(0.1, 0.9)
        bow = rng.normal(0, 0.8) * (1 - c.angularity)
        across = x * np.cos(angle) + y * np.sin(angle)
        along = y * np.cos(angle) - x * np.sin(angle)
        label = 2 * label + (across + bow * along**2 > 0)
    _, number, area = np.unique(label, return_inverse=True, return_counts=True)
    return Planes(number.reshape(height, width), area)


def _shift(pixels: Floats, planes: Planes, study: Study) -> Floats:
    """Let each plane show a place a few hundredths of the height away, turned a little."""
    width, height = study.size
    rng, count = study.rng, len(planes.area)
    dx, dy = rng.normal(0, height * (0.02 + 0.03 * study.character.energy), (2, count))
    turn = rng.normal(0, 0.12, count)[planes.number]
    rows, columns = np.mgrid[:height, :width]
    xs = columns + dx[planes.number] - turn * (rows - height / 2)
    ys = rows + dy[planes.number] + turn * (columns - width / 2)
    return sample(pixels, xs, ys)


def _flatten(pixels: Floats, planes: Planes, share: float) -> Floats:
    """Draw each plane towards its own mean colour."""
    means = np.stack([planes.mean(pixels[..., channel]) for channel in range(3)], axis=-1)
    return pixels * (1 - share) + share * means[planes.number]


def _shade(planes: Planes, study: Study) -> Floats:
    """Light that grows across each plane in its own direction, as grey levels to add (height, width)."""
    height, width = planes.number.shape
    rng, contrast, count = study.rng, study.character.contrast, len(planes.area)
    rows, columns = np.mgrid[:height, :width].astype(float)
    x, y = columns - planes.mean(columns)[planes.number], rows - planes.mean(rows)[planes.number]
    angle = rng.uniform(0, 2 * np.pi, count)
    along = x * np.cos(angle)[planes.number] + y * np.sin(angle)[planes.number]
    slope = np.clip(along / np.sqrt(planes.area)[planes.number], -0.8, 0.8)
    level: Floats = rng.normal(0, 8 + 14 * contrast, count)[planes.number]
    shade: Floats = level + (30 + 50 * contrast) * slope
    return shade


def _seams(planes: Planes) -> Floats:
    """Where planes meet, (height, width) in [0, 1]."""
    number = planes.number
    edge = np.zeros(number.shape, dtype=np.uint8)
    edge[:, 1:][number[:, 1:] != number[:, :-1]] = 255
    edge[1:][number[1:] != number[:-1]] = 255
    return np.asarray(Image.fromarray(edge).filter(ImageFilter.GaussianBlur(0.7)), dtype=float) / 255
