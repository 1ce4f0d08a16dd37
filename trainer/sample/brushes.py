"""Brushes as stamps: grey masks of bristle marks, turned into many directions once and kept."""

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from PIL import Image

from trainer.sample.colour import Floats

DIRECTIONS = 24
VARIANTS = 4


@lru_cache(maxsize=64)
def bristles(length: int, width: int, softness: float = 0.35) -> tuple[tuple[Image.Image, ...], ...]:
    """Masks of a bristle brush: `VARIANTS` marks in each of `DIRECTIONS` directions over half a turn.

    Length and width are in pixels; softness from 0 to 1 feathers the rim.
    """
    rng = np.random.default_rng([length, width])
    hairs = rng.uniform(0.35, 1.0, (VARIANTS, max(3, width)))
    return tuple(
        tuple(_mark(length, width, softness, np.pi * turn / DIRECTIONS, hair) for hair in hairs)
        for turn in range(DIRECTIONS)
    )


@lru_cache(maxsize=64)
def dots(diameter: float) -> tuple[Image.Image, ...]:
    """Masks of round touches of about this diameter in pixels, none of them quite round."""
    rng = np.random.default_rng(round(diameter * 100))
    side = int(diameter) + 3
    v, u = np.mgrid[:side, :side] - (side - 1) / 2
    masks = []
    for stretch in rng.uniform(0.85, 1.18, 6):
        away = np.hypot(u * stretch, v / stretch)
        masks.append(_grey(np.clip(diameter / 2 + 0.5 - away, 0, 1)))
    return tuple(masks)


def pick_mark(marks: Sequence[Sequence[Image.Image]], angle: float, variant: int) -> Image.Image:
    """The mark nearest to a direction in radians; directions half a turn apart are one."""
    turn = round(angle / np.pi * DIRECTIONS) % DIRECTIONS
    return marks[turn][variant % VARIANTS]


def _mark(length: int, width: int, softness: float, angle: float, hairs: Floats) -> Image.Image:
    side = int(np.hypot(length, width)) + 3
    v, u = np.mgrid[:side, :side] - (side - 1) / 2
    along = u * np.cos(angle) + v * np.sin(angle)
    across = -u * np.sin(angle) + v * np.cos(angle)
    hair = np.interp(across / width + 0.5, np.linspace(0, 1, len(hairs)), hairs)
    rim = np.hypot(np.abs(along / (length / 2)) ** 1.6, np.abs(across / (width / 2)) ** 1.6)
    body = np.clip((1 - rim) / softness, 0, 1)
    dryness = np.clip(
        1.15 - (along / length + 0.5) * (1.25 - hair), 0, 1
    )  # bristles run dry along the stroke
    return _grey(body * (0.25 + 0.75 * hair) * dryness)


def _grey(mask: Floats) -> Image.Image:
    return Image.fromarray((np.clip(mask, 0, 1) * 255).astype(np.uint8))
