"""How a picture is worked: fine or coarse, smooth or rough, straight or curved, in which directions."""

import numpy as np
import numpy.typing as npt

from encoders.palette.family import Family, Values, each
from encoders.palette.planes import Plane, cells, halve
from encoders.palette.view import FINE, SCALES, View

RINGS = (1.5, 3.0, 6.0, 12.0, 24.0, 48.0, 96.0)
"""Octaves of spatial frequency, in cycles per picture."""
LINES = ("vertical", "rising", "horizontal", "falling")
"""Directions of lines; the frequency runs across them."""
BANDS = (len(RINGS) - 1) * len(LINES)
PERCENTILES = (30, 60, 80, 95)
STEPS = 256
"""Slopes are counted in steps of 1/256 of the way from black to white."""
DIRECTIONS = 8
LEAST_SLOPE = 1e-3
BLOCK = 6
"""Side of the blocks in which lines are asked whether they agree in direction."""
TONES = 8
DISTANCES = (1, 4)
"""How far apart the tones of a pair are."""


def spectrum(view: View) -> Values:
    """log10 of the energy in six octaves and four directions of the Fourier spectrum."""
    waves = np.fft.rfft2((view.luma - view.luma.mean()) * WINDOW)
    power = waves.real**2 + waves.imag**2
    energy = np.bincount(BAND_OF_WAVE.ravel(), weights=power.ravel(), minlength=BANDS + 1)[:BANDS]
    return [*np.log10(energy / FINE**4 + 1e-7)]


def _bands_of_waves() -> npt.NDArray[np.intp]:
    """The band of each coefficient of the half-plane spectrum; BANDS where it is in none."""
    down, right = np.fft.fftfreq(FINE, 1 / FINE)[:, None], np.fft.rfftfreq(FINE, 1 / FINE)
    ring = np.digitize(np.hypot(right, down), RINGS) - 1
    line = np.rint(np.arctan2(down, right) / (np.pi / len(LINES))).astype(np.intp) % len(LINES)
    inside = (ring >= 0) & (ring < len(RINGS) - 1)
    return np.where(inside, ring * len(LINES) + line, BANDS)


BAND_OF_WAVE = _bands_of_waves()
HANN = np.hanning(FINE + 2)[1:-1].astype(np.float32)
WINDOW = np.outer(HANN, HANN)


def steepness(view: View) -> Values:
    """log10 of the slope that each percentage of the picture stays below, at each scale."""
    values: list[float] = []
    for slope in view.slopes:
        below = np.cumsum(np.bincount((slope * STEPS).astype(np.intp).ravel()))
        limits = np.searchsorted(below, np.array(PERCENTILES) * slope.size // 100)
        values += [*np.log10((limits + 1) / STEPS)]
    return values


def roughness(view: View) -> Values:
    """At each scale log10 of the mean squared slope, then how unevenly it lies in the picture."""
    energy = [_blocks(slope * slope) for slope in view.slopes]
    levels = [np.log10(blocks.mean() + 1e-5) for blocks in energy]
    unevenness = [blocks.std() / max(blocks.mean(), 1e-4) for blocks in energy]
    return [*levels, *unevenness]


def straightness(view: View) -> Values:
    """At each scale, how far a block's gradients agree in direction, in [0, 1] (Bigün & Granlund 1987)."""
    values: list[float] = []
    for right, down in view.gradients:
        across, along, both = _blocks(right * right), _blocks(down * down), _blocks(right * down)
        agreement = np.sqrt((across - along) ** 2 + 4 * both**2)
        total = across + along
        values.append(agreement.sum() / max(total.sum(), 1e-4 * total.size))
    return values


def _blocks(plane: Plane) -> Plane:
    """Means over whole blocks; what the sides of all scales have over is left out at both edges alike."""
    inner = plane[2:-2, 2:-2]
    return cells(inner, inner.shape[0] // BLOCK)


def directions(view: View) -> Values:
    """Square roots of the shares of eight directions of change, at each but the finest scale.

    0° changes from left to right, as a vertical line does; 90° from top to bottom.
    """
    values: list[float] = []
    for (right, down), slope in zip(view.gradients[1:], view.slopes[1:], strict=True):
        turn = np.rint(np.arctan2(down, right) * np.float32(DIRECTIONS / np.pi)).astype(np.intp) % DIRECTIONS
        mass = np.bincount(turn.ravel(), weights=slope.ravel(), minlength=DIRECTIONS)
        values += [*np.sqrt(mass / max(mass.sum(), LEAST_SLOPE * slope.size))]
    return values


def colour_grain(view: View) -> Values:
    """log10 of the detail that redness, then yellowness, loses in each halving (Haar wavelets)."""
    values: list[float] = []
    for plane in (view.red, view.yellow):
        for _ in SCALES:
            half = halve(plane)
            detail = np.abs(plane - half.repeat(2, axis=0).repeat(2, axis=1)).mean()
            values.append(np.log10(detail + 1e-3))
            plane = half
    return values


def tone_pairs(view: View) -> Values:
    """Contrast, homogeneity, energy and entropy of grey-level co-occurrence (Haralick 1973), near and far."""
    tones = np.minimum(view.luma * TONES, TONES - 1).astype(np.intp)
    values: list[float] = []
    for distance in DISTANCES:
        beside = tones[:, distance:] * TONES + tones[:, :-distance]
        below = tones[distance:] * TONES + tones[:-distance]
        counts = np.bincount(np.concatenate([beside.ravel(), below.ravel()]), minlength=TONES**2)
        mutual = counts + counts.reshape(TONES, TONES).T.ravel()
        shares = mutual / mutual.sum()
        entropy = -(shares @ np.log(np.maximum(shares, 1e-9))) / np.log(TONES**2)
        values += [shares @ TONE_STEP**2, shares @ (1 / (1 + TONE_STEP)), np.sqrt(shares @ shares), entropy]
    return values


TONE_STEP = np.abs(np.subtract.outer(np.arange(TONES), np.arange(TONES))).ravel()

FAMILIES = (
    Family(
        "spectrum",
        "texture",
        each(*(f"{low:g}-{2 * low:g} cycles" for low in RINGS[:-1]), of=LINES),
        spectrum,
        ordinary=(*(8 * (-4.1,)), *(8 * (-4.0,)), *(4 * (-4.4,)), *(4 * (-4.8,))),
        reach=0.5,
    ),
    Family(
        "steepness",
        "texture",
        each(*SCALES, of=tuple(f"percentile {rank}" for rank in PERCENTILES)),
        steepness,
        ordinary=(
            *(-1.6, -1.15, -0.85, -0.55),
            *(-1.4, -1.0, -0.75, -0.45),
            *(-1.25, -0.9, -0.65, -0.4),
            *(-1.1, -0.8, -0.6, -0.4),
        ),
        reach=0.25,
    ),
    Family(
        "roughness",
        "texture",
        each("level", "unevenness", of=SCALES),
        roughness,
        ordinary=(-1.8, -1.6, -1.45, -1.35, 1.3, 1.05, 0.85, 0.6),
        reach=0.35,
    ),
    Family(
        "straightness",
        "texture",
        SCALES,
        straightness,
        ordinary=(0.64, 0.57, 0.5, 0.43),
        reach=0.13,
    ),
    Family(
        "direction",
        "texture",
        each(*SCALES[1:], of=tuple(f"{turn * 180 / DIRECTIONS:g}°" for turn in range(DIRECTIONS))),
        directions,
        ordinary=6 * (0.38, 0.33, 0.34, 0.33),
        reach=0.06,
    ),
    Family(
        "colour grain",
        "texture",
        each("red", "yellow", of=SCALES),
        colour_grain,
        ordinary=(-1.95, -1.8, -1.75, -1.7, -1.8, -1.6, -1.5, -1.45),
        reach=0.35,
    ),
    Family(
        "tone pairs",
        "texture",
        each("near", "far", of=("contrast", "homogeneity", "energy", "entropy")),
        tone_pairs,
        ordinary=(0.35, 0.87, 0.38, 0.58, 1.3, 0.76, 0.31, 0.68),
        reach=(0.25, 0.06, 0.12, 0.12, 1.0, 0.08, 0.12, 0.12),
    ),
)
