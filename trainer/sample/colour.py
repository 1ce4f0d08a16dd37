"""Colours as painters speak of them: lightness, chroma and hue, in Ottosson's OKLCH (2020).

OKLCH is a perceptual space: equal steps look about equally large, and lightness does not change
when hue does, so that a palette can be made darker or duller without changing its character.
"""

import math
from functools import lru_cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Pixels = npt.NDArray[np.uint8]
RGB = tuple[int, int, int]

_LMS_FROM_LAB = np.array(
    [
        [1.0, 0.3963377774, 0.2158037573],
        [1.0, -0.1055613458, -0.0638541728],
        [1.0, -0.0894841775, -1.2914855480],
    ]
)
_LINEAR_FROM_LMS = np.array(
    [
        [4.0767416621, -3.3077115913, 0.2309699292],
        [-1.2684380046, 2.6097574011, -0.3413193965],
        [-0.0041960863, -0.7034186147, 1.7076147010],
    ]
)
_LAB_FROM_LMS = np.linalg.inv(_LMS_FROM_LAB)
_LMS_FROM_LINEAR = np.linalg.inv(_LINEAR_FROM_LMS)
_DULLINGS = np.append(0.92 ** np.arange(40), 0)[:, None]  # steps to grey, until a colour can be displayed


class Colour(NamedTuple):
    """One colour: lightness in [0, 1], chroma from 0 (grey) to about 0.3, hue in degrees (red near 25)."""

    lightness: float
    chroma: float
    hue: float

    @property
    def rgb(self) -> RGB:
        """The most chromatic sRGB colour, 0 to 255, of this lightness and hue up to this chroma."""
        return _displayable(self)

    def lighter(self, step: float) -> "Colour":
        """Move in lightness; a negative step darkens."""
        return Colour(min(0.98, max(0.03, self.lightness + step)), self.chroma, self.hue)

    def duller(self, factor: float) -> "Colour":
        """Multiply the chroma."""
        return Colour(self.lightness, self.chroma * factor, self.hue)

    def turned(self, degrees: float) -> "Colour":
        """Turn the hue."""
        return Colour(self.lightness, self.chroma, (self.hue + degrees) % 360)

    def towards(self, other: "Colour", share: float) -> "Colour":
        """Mix with a share of another colour, along the straight line in OKLab."""
        mine, its = math.radians(self.hue), math.radians(other.hue)
        a = (1 - share) * self.chroma * math.cos(mine) + share * other.chroma * math.cos(its)
        b = (1 - share) * self.chroma * math.sin(mine) + share * other.chroma * math.sin(its)
        lightness = (1 - share) * self.lightness + share * other.lightness
        return Colour(lightness, math.hypot(a, b), math.degrees(math.atan2(b, a)) % 360)


def from_lch(lch: Floats) -> Floats:
    """OKLCH (..., 3) -> sRGB (..., 3), in [0, 1] where displayable and beyond it where not."""
    angle = np.radians(lch[..., 2])
    lab = np.stack([lch[..., 0], lch[..., 1] * np.cos(angle), lch[..., 1] * np.sin(angle)], axis=-1)
    linear = (lab @ _LMS_FROM_LAB.T) ** 3 @ _LINEAR_FROM_LMS.T
    encoded: Floats = np.where(
        linear > 0.0031308, 1.055 * np.abs(linear) ** (1 / 2.4) - 0.055, 12.92 * linear
    )
    return encoded


def to_lch(pixels: Pixels) -> Floats:
    """SRGB bytes (..., 3) -> OKLCH (..., 3)."""
    encoded = pixels / 255.0
    linear = np.where(encoded > 0.04045, ((encoded + 0.055) / 1.055) ** 2.4, encoded / 12.92)
    lab = np.cbrt(linear @ _LMS_FROM_LINEAR.T) @ _LAB_FROM_LMS.T
    chroma, hue = np.hypot(lab[..., 1], lab[..., 2]), np.degrees(np.arctan2(lab[..., 2], lab[..., 1]))
    return np.stack([lab[..., 0], chroma, hue % 360], axis=-1)


def to_pixels(rgb: Floats) -> Pixels:
    """SRGB in [0, 1], clipped, -> bytes."""
    return np.clip(rgb * 255 + 0.5, 0, 255).astype(np.uint8)


@lru_cache(maxsize=4096)
def _displayable(colour: Colour) -> RGB:
    duller = np.tile(np.array(colour), (len(_DULLINGS), 1))
    duller[:, 1:2] *= _DULLINGS
    rgb = from_lch(duller)
    fits = ((rgb > -0.002) & (rgb < 1.002)).all(axis=1)
    red, green, blue = to_pixels(rgb[int(np.argmax(fits))]).tolist()
    return red, green, blue
