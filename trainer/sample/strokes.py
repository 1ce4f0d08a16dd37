"""Covering a canvas with strokes that take their colour from a rough and their direction from its forms."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.random import Generator

from trainer.sample.brushes import VARIANTS, bristles, pick_mark
from trainer.sample.canvas import Canvas, Size, noise, sample
from trainer.sample.colour import Floats, Pixels, from_lch, to_lch, to_pixels
from trainer.sample.rough import Rough


@dataclass(frozen=True, slots=True)
class Layer:
    """How one layer of strokes is put on; deviations are standard ones."""

    length: int  # pixels
    width: int  # pixels
    spacing: float  # pixels
    swirl: float  # deviation of the direction from the form's own, in broad eddies, radians
    jitter: float  # and from stroke to stroke
    lightness: float = 0.04  # deviation between strokes
    chroma: float = 0.18  # relative deviation
    hue: float = 8.0  # deviation in degrees
    reach: int = 1  # marks drawn out one after the other along the form


def cover(canvas: Canvas, rough: Rough, layer: Layer, rng: Generator, where: Floats | None = None) -> None:
    """Put one layer of strokes on; `where` (height, width) is the chance that a place gets its stroke."""
    xs, ys = scatter(canvas.size, layer.spacing, rng)
    if where is not None:
        kept = rng.random(len(xs)) < sample(where, xs, ys)
        xs, ys = xs[kept], ys[kept]
    colours = break_up(sample(np.asarray(rough.picture), xs, ys), layer, rng)
    eddies = sample(noise(rng, canvas.size, 2.5, 2), xs, ys)
    angles = sample(rough.grain, xs, ys) + layer.swirl * eddies + rng.normal(0, layer.jitter, len(xs))
    marks = bristles(layer.length, layer.width)
    variants, thickness = rng.integers(0, VARIANTS, len(xs)), rng.integers(60, 200, len(xs))
    strokes = zip(
        xs.tolist(), ys.tolist(), angles.tolist(), colours.tolist(), variants, thickness.tolist(), strict=True
    )
    for x, y, angle, (red, green, blue), variant, thick in strokes:
        mark = pick_mark(marks, angle, variant)
        for step in range(layer.reach):
            along = (step - (layer.reach - 1) / 2) * layer.length * 0.6
            canvas.stamp(
                mark, x + along * math.cos(angle), y + along * math.sin(angle), (red, green, blue), thick
            )


def scatter(size: Size, spacing: float, rng: Generator) -> tuple[Floats, Floats]:
    """Places in pixels on a jittered grid that covers the canvas, in random order: xs and ys, (n,) each."""
    width, height = size
    rows, columns = np.mgrid[0 : height + spacing : spacing, 0 : width + spacing : spacing]
    order = rng.permutation(rows.size)
    shift = rng.uniform(-0.6, 0.6, (2, rows.size)) * spacing
    return (columns.ravel() + shift[0])[order], (rows.ravel() + shift[1])[order]


def break_up(colours: Pixels, layer: Layer, rng: Generator) -> Pixels:
    """Vary colours (n, 3) from stroke to stroke as the layer says."""
    lch = to_lch(colours)
    count = len(lch)
    lch[:, 0] += rng.normal(0, layer.lightness, count)
    lch[:, 1] *= np.clip(1 + rng.normal(0, layer.chroma, count), 0, 2)
    lch[:, 2] += rng.normal(0, layer.hue, count)
    return to_pixels(from_lch(lch))
