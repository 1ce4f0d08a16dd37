"""What to call every colour: soft memberships of all colours in named regions, looked up by a coarse code."""

from functools import cache
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
from PIL import ImageColor

from encoders.palette.cielab import to_lab

LEVELS = 16
"""Steps of each channel in a colour's code."""

TERMS = {
    "black": ("#000000",),
    "grey": ("#404040", "#808080", "#b8b8b8"),
    "white": ("#ffffff", "#f4f0e4"),
    "red": ("#ff0000", "#c02020", "#801010"),
    "orange": ("#ff8000", "#e07030"),
    "yellow": ("#ffff00", "#e8c840", "#f8eca0"),
    "green": ("#00c000", "#206030", "#608040", "#a0d090", "#008078"),
    "blue": ("#0000ff", "#000080", "#204080", "#3878c0", "#90c0e8", "#0090b0"),
    "purple": ("#8000a0", "#500090", "#502860", "#a888c8"),
    "pink": ("#ff70b0", "#f0b0b8"),
    "brown": ("#301808", "#6b3a1a", "#a0703c", "#c8a878"),
}
"""Typical colours of each of the eleven basic colour terms (Berlin & Kay 1969)."""
TERM_WIDTH = 0.14
"""How far a term reaches beyond its typical colours, in CIELAB / 100."""

HUES = ("rose", "vermilion", "yellow", "green", "teal", "azure", "blue", "violet")
"""Eight hue angles of CIELAB, 45 degrees apart, from 0."""
MUTED = tuple(f"{depth} {hue}" for depth in ("dark", "middle", "light") for hue in ("grey", *HUES))
VIVID = tuple(f"{depth} vivid {hue}" for depth in ("deep", "bright") for hue in HUES)
PATCHES = (*MUTED, *VIVID)

Floats: TypeAlias = npt.NDArray[np.float64]
Memberships: TypeAlias = npt.NDArray[np.float32]  # (LEVELS ** 3, names), rows sum to 1


def codes(rgb: npt.NDArray[np.uint8]) -> npt.NDArray[np.intp]:
    """sRGB (3, ...) -> code (...) in [0, LEVELS ** 3)."""
    red, green, blue = (rgb // (256 // LEVELS)).astype(np.intp)
    code: npt.NDArray[np.intp] = (red * LEVELS + green) * LEVELS + blue
    return code


@cache
def term_memberships() -> Memberships:
    """How much each code is called by each of TERMS."""
    apart = np.stack([_squared_distance(typical) for typical in TERMS.values()], axis=1)
    nearness = np.exp((apart.min(axis=1, keepdims=True) - apart) / TERM_WIDTH**2)
    shares: Memberships = (nearness / nearness.sum(axis=1, keepdims=True)).astype(np.float32)
    return shares


def _squared_distance(typical: tuple[str, ...]) -> Floats:
    """From every code to the nearest of the typical colours, (LEVELS ** 3,)."""
    rgb = np.array([ImageColor.getrgb(colour) for colour in typical], dtype=np.uint8)
    apart = _cube()[:, None] - to_lab(rgb.T).T
    nearest: Floats = (apart**2).sum(axis=2).min(axis=1)
    return nearest


@cache
def patch_memberships() -> Memberships:
    """How much each code belongs to each of PATCHES: regions of lightness, chroma and hue."""
    lightness, red, yellow = _cube().T
    chroma, hue = np.hypot(red, yellow), np.arctan2(yellow, red)
    hues = _around(hue[:, None], np.arange(len(HUES)) * np.pi / 4)  # (codes, 8)
    vivid = _rising(chroma, 0.18, 0.34)[:, None]
    coloured = _rising(chroma, 0.04, 0.14)[:, None]
    quiet = np.concatenate([1 - coloured, (coloured - vivid) * hues], axis=1)  # (codes, 9)
    depths = _triangles(lightness, (0.25, 0.5, 0.75))
    halves = _triangles(lightness, (0.4, 0.6))
    patches = [_products(depths, quiet), _products(halves, vivid * hues)]
    return np.concatenate(patches, axis=1).astype(np.float32)


def _cube() -> Floats:
    """CIELAB of every code, / 100: (LEVELS ** 3, 3)."""
    steps = np.linspace(0, 255, LEVELS).round().astype(np.uint8)
    channels = np.meshgrid(steps, steps, steps, indexing="ij")
    return to_lab(np.stack(channels).reshape(3, -1)).T.astype(np.float64)


def _triangles(x: Floats, peaks: tuple[float, ...]) -> Floats:
    """Memberships (n, peaks) in overlapping ranges; beyond the outer peaks the outer ranges hold all."""
    width = peaks[1] - peaks[0]
    inside = np.clip(x, peaks[0], peaks[-1])[:, None]
    return np.clip(1 - np.abs(inside - peaks) / width, 0, 1)


def _around(angle: Floats, peaks: Floats) -> Floats:
    apart = np.abs((angle - peaks + np.pi) % (2 * np.pi) - np.pi)
    return np.clip(1 - apart / (2 * np.pi / peaks.size), 0, 1)


def _rising(x: Floats, start: float, end: float) -> Floats:
    """0 up to `start`, 1 from `end`."""
    return np.clip((x - start) / (end - start), 0, 1)


def _products(first: Floats, second: Floats) -> Floats:
    """(n, a) and (n, b) -> (n, a * b)."""
    return (first[:, :, None] * second[:, None, :]).reshape(len(first), -1)
