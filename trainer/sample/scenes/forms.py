"""Outlines whose roundness, jaggedness and droop follow a picture's character."""

import numpy as np
from numpy.random import Generator

from trainer.sample.colour import Floats


def band(aspect: float, top: float, bottom: float) -> Floats:
    """A rectangle across the whole picture."""
    return box(-0.02, top, aspect + 0.02, bottom)


def box(left: float, top: float, right: float, bottom: float) -> Floats:
    """An upright rectangle."""
    return np.array([[left, top], [right, top], [right, bottom], [left, bottom]])


def blob(
    rng: Generator, x: float, y: float, width: float, height: float, angularity: float = 0.0, points: int = 26
) -> Floats:
    """A closed form around (x, y): an egg when angularity is 0, a splinter of glass when it is 1."""
    turns = np.linspace(0, 2 * np.pi, points, endpoint=False) + rng.uniform(0, 6.28)
    waves = sum(rng.normal(0, 0.06) * np.cos(k * turns + rng.uniform(0, 6.28)) for k in (2, 3, 4))
    spikes = rng.uniform(-0.42, 0.30, points) * angularity**1.5
    radius = 1 + waves + spikes
    return np.stack([x + width / 2 * radius * np.cos(turns), y + height / 2 * radius * np.sin(turns)], axis=1)


def profile(rng: Generator, left: float, right: float, angularity: float, knots: int) -> Floats:
    """A line of heights from 0 to 1 between two places: rolling when round, jagged when angular. (n, 2)"""
    count = max(3, knots)
    heights = rng.uniform(0, 1, count)
    places = np.linspace(0, count - 1, 12 * count)
    low = places.astype(int).clip(0, count - 2)
    step = places - low
    rounded = (1 - np.cos(np.pi * step)) / 2
    blend = rounded + angularity * (step - rounded)
    line = heights[low] * (1 - blend) + heights[low + 1] * blend
    line = line + angularity * rng.normal(0, 0.05, len(line))
    return np.stack([np.linspace(left, right, len(line)), line], axis=1)


def ridge(
    rng: Generator,
    aspect: float,
    foot: float,
    height: float,
    angularity: float,
    knots: int = 5,
    bottom: float = 1.02,
) -> Floats:
    """A range of hills or mountains whose lowest point lies at `foot`, closed at `bottom`."""
    line = profile(rng, -0.03, aspect + 0.03, angularity, knots)
    line[:, 1] = foot - height * (line[:, 1] - line[:, 1].min())
    return np.concatenate([line, [[aspect + 0.03, bottom], [-0.03, bottom]]])


def limb(
    start: tuple[float, float], end: tuple[float, float], thick: float, thin: float, bend: float = 0.0
) -> Floats:
    """A tapering limb: a trunk, a branch, an arm, a stem; `bend` bows it sideways in parts of its length."""
    a, b = np.array(start), np.array(end)
    along = b - a
    across = np.array([-along[1], along[0]])
    normal = across / (np.hypot(*along) + 1e-9)
    t = np.linspace(0, 1, 9)[:, None]
    middle = a + t * along + 4 * bend * t * (1 - t) * across
    half = ((1 - t) * thick + t * thin) / 2
    return np.concatenate([middle + half * normal, (middle - half * normal)[::-1]])


def mirrored(outline: Floats, axis: float) -> Floats:
    """The outline reflected in the vertical line x = axis."""
    return np.stack([2 * axis - outline[:, 0], outline[:, 1]], axis=1)


def moved(outline: Floats, x: float, y: float) -> Floats:
    """The outline, drawn about (0, 0), brought to (x, y)."""
    there: Floats = outline + np.array([x, y])
    return there


def closed_by_mirror(side: Floats, axis: float) -> Floats:
    """A symmetric outline from its one side: of a vase, a bottle, a pair of shoulders."""
    return np.concatenate([side, mirrored(side, axis)[::-1]])


def rotated(outline: Floats, angle: float) -> Floats:
    """The outline turned about (0, 0), angles in radians."""
    cos, sin = np.cos(angle), np.sin(angle)
    turned: Floats = outline @ np.array([[cos, sin], [-sin, cos]])
    return turned


def crescent(x: float, y: float, radius: float, fullness: float) -> Floats:
    """A moon: full when `fullness` is 1, a sickle when it is small."""
    t = np.linspace(-np.pi / 2, np.pi / 2, 15)
    outer = np.stack([np.cos(t), np.sin(t)], axis=1)
    inner = np.stack([(1 - 2 * fullness) * np.cos(t), np.sin(t)], axis=1)[::-1]
    return moved(np.concatenate([outer, inner]) * radius, x, y)
