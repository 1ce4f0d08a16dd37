"""The rough: a scene laid in with plain colours, as every painter's first stage."""

import math
from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageDraw

from trainer.sample.canvas import Size
from trainer.sample.colour import Floats
from trainer.sample.scenes import Glow, Scene, Shape

Points = list[tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Rough:
    """The laid-in picture, and the angle in radians (height, width) at which a brush follows its forms."""

    picture: Image.Image
    grain: Floats


def lay_in(scene: Scene, size: Size) -> Rough:
    """Lay a scene in, shape over shape, and let its light spread."""
    picture = Image.new("RGB", size)
    grain = Image.new("F", size)
    for shape in scene.shapes:
        points = to_points(shape, size)
        fill(picture, shape, points)
        ImageDraw.Draw(grain).polygon(points, fill=shape.grain)
    return Rough(spread(picture, scene.glow) if scene.glow else picture, np.asarray(grain, dtype=np.float64))


def contours(scene: Scene, size: Size, width: int, strength: int) -> Image.Image:
    """Where the scene's contours are to be seen, as an "L" mask of 0 and `strength`."""
    mask = Image.new("L", size)
    pen = ImageDraw.Draw(mask)
    for shape in scene.shapes:
        points = to_points(shape, size)
        pen.polygon(points, fill=0)
        if shape.has_contour:
            pen.line([*points, points[0]], fill=strength, width=width)
    return mask


def to_points(shape: Shape, size: Size) -> Points:
    """The outline in pixels."""
    return [(x, y) for x, y in (shape.outline * size[1]).tolist()]


def fill(picture: Image.Image, shape: Shape, points: Points) -> None:
    """Fill a shape, graded from its colour at the top to that at its foot."""
    if shape.foot is None:
        ImageDraw.Draw(picture).polygon(points, fill=shape.colour.rgb)
        return
    left, upper, right, lower = _bounds(points, picture.size)
    if right <= left or lower <= upper:
        return
    mask = Image.new("L", (right - left, lower - upper))
    ImageDraw.Draw(mask).polygon([(x - left, y - upper) for x, y in points], fill=255)
    steps = np.linspace(0, 1, lower - upper)[:, None, None]
    column = (1 - steps) * shape.colour.rgb + steps * shape.foot.rgb
    picture.paste(Image.fromarray(column.astype(np.uint8)).resize(mask.size), (left, upper), mask)


def spread(picture: Image.Image, glow: Glow) -> Image.Image:
    """Add the halo of a light around its source."""
    width, height = picture.size
    rows, columns = np.ogrid[:height, :width]
    away = np.hypot(columns / height - glow.x, rows / height - glow.y) / glow.radius
    share = (glow.strength * np.exp(-(away**1.3)))[..., None]
    pixels = np.asarray(picture) * (1 - share) + share * glow.colour.rgb
    return Image.fromarray(pixels.astype(np.uint8))


def _bounds(points: Points, size: Size) -> tuple[int, int, int, int]:
    xs, ys = zip(*points, strict=True)
    return (
        max(0, math.floor(min(xs))),
        max(0, math.floor(min(ys))),
        min(size[0], math.ceil(max(xs)) + 1),
        min(size[1], math.ceil(max(ys)) + 1),
    )
